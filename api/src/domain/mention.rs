//! Ids that a text of the log mentions: alone, or in a list with words beside them.

use entity::{node_id, vocabulary::NodeType};
use uuid::Uuid;

/// The nodes that a text mentions by their global ids.
pub fn nodes(text: &str) -> impl Iterator<Item = (NodeType, Uuid)> {
    text.split(", ").flat_map(|item| item.split(' ')).filter_map(node_id::decode)
}

/// The text without the ids of nodes that are hidden; nothing when nothing else is left.
pub fn without(text: &str, hidden: impl Fn((NodeType, Uuid)) -> bool) -> Option<String> {
    let shown = |word: &&str| !node_id::decode(word).is_some_and(&hidden);
    if text.split(", ").flat_map(|item| item.split(' ')).all(|word| shown(&word)) {
        return Some(text.to_owned());
    }
    let items: Vec<String> = text
        .split(", ")
        .map(|item| item.split(' ').filter(shown).collect::<Vec<_>>().join(" "))
        .filter(|item| !item.is_empty())
        .collect();
    (!items.is_empty()).then(|| items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_hidden_is_left_out() {
        let (seen, hidden) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let id = |key| node_id::encode(NodeType::OrgUnit, key);
        let read = |text: &str| without(text, |(_, key)| key == hidden);
        let (a, b) = (id(seen), id(hidden));
        assert_eq!(read(&a), Some(a.clone()));
        assert_eq!(read(&b), None);
        assert_eq!(read(&format!("{b}, {b}")), None);
        assert_eq!(read(&format!("{a}, {b}")), Some(a.clone()));
        assert_eq!(
            read(&format!("RESPONSIBLE Chef {b}, SUPPORTING {a}")),
            Some(format!("RESPONSIBLE Chef, SUPPORTING {a}"))
        );
        let words = "Fritext, med  dubbla blanksteg,\n och rader, ";
        assert_eq!(read(words), Some(words.to_owned()));
        assert_eq!(nodes(&format!("{a}, x {b}")).count(), 2);
    }
}
