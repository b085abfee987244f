//! Global ids that callers send, and what is wrong with them when they name nothing.

use entity::{node_id, vocabulary::NodeType};
use uuid::Uuid;

use super::problem::{Code, Problem};

/// The key behind the global id of a node of that type.
///
/// # Errors
/// [`Code::Invalid`] for what is no id, or the id of another type.
pub fn key_of(wanted: NodeType, id: &str) -> Result<Uuid, Problem> {
    match node_id::decode(id) {
        Some((node, key)) if node == wanted => Ok(key),
        Some((node, _)) => Err(Problem::new(
            Code::Invalid,
            format!("Id:t hör till {}, men här behövs {}.", node.as_str(), wanted.as_str()),
            format!("The id is that of a {}, but a {} is wanted.", node.as_str(), wanted.as_str()),
        )),
        None => Err(Problem::new(Code::Invalid, "Det är inget id.", "That is not an id.")),
    }
}

/// The values of a list, each once: a caller may repeat a word as often as it likes, a statement need not.
pub fn each_once<T: Copy + Eq + std::hash::Hash>(values: &[T]) -> impl Iterator<Item = T> + use<T> {
    values.iter().copied().collect::<std::collections::HashSet<T>>().into_iter()
}
