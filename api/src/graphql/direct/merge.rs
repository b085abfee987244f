//! Documents that ask for the same field in two places, so that what is inside it has to be put together.
//!
//! `{ goal { id } goal { name } }` answers one goal with both. The library merges such values; what was written
//! directly cannot be merged, so the library resolves all of such a document. Tools that put fragments side by side make
//! some; they are rare.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// Among the data of a request: its fields have to be merged.
pub struct Merges;

/// Whether any operation of the document has two fields of the same key with something inside. Fragments are expanded:
/// for documents that have been measured only.
#[must_use]
pub fn merges(document: &ExecutableDocument) -> bool {
    document
        .operations
        .iter()
        .any(|(_, operation)| in_set(document, &operation.node.selection_set.node))
}

fn in_set(document: &ExecutableDocument, set: &SelectionSet) -> bool {
    let mut seen = HashSet::new();
    in_scope(document, set, &mut seen)
}

fn in_scope<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    seen: &mut HashSet<&'d str>,
) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            let inside = &field.node.selection_set.node;
            !inside.items.is_empty()
                && (!seen.insert(field.node.response_key().node.as_str())
                    || in_set(document, inside))
        }
        Selection::InlineFragment(fragment) => {
            in_scope(document, &fragment.node.selection_set.node, seen)
        }
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .is_some_and(|fragment| in_scope(document, &fragment.node.selection_set.node, seen)),
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn fields_that_have_to_be_merged_are_found() {
        for (text, merged) in [
            ("{ a { b } }", false),
            ("{ a { b b } }", false),
            ("{ a { b } a { c } }", true),
            ("{ a { b } x: a { c } }", false),
            ("{ a { b } ... { a { c } } }", true),
            ("{ a { ...F ...F } } fragment F on T { b }", false),
            ("{ a { ...F ...F } } fragment F on T { b { c } }", true),
            ("{ a { ...F } b { ...F } } fragment F on T { b { c } }", false),
            ("{ x { a { b } ...G } } fragment G on T { c { d { e } d { f } } }", true),
            ("query A { a { b } } query B { a { c } }", false),
        ] {
            assert_eq!(merges(&parse_query(text).unwrap()), merged, "{text}");
        }
    }
}
