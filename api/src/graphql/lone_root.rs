//! The one field that a subscription asks for at its root.
//!
//! GraphQL wants exactly one, which fragments may lead to. The library looks at nothing but fields there, and would take
//! a fragment for the end of the subscription: so it is written out before.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

use super::{code::Code, document::coded};

/// The type at the root of subscriptions.
const ROOT: &str = "Subscription";

/// Selections that are looked at: more than any client writes, and too few to be made a bomb of.
const MOST: usize = 64;

/// The same document, whose subscriptions name their fields without fragments.
#[must_use]
pub fn written_out(mut document: ExecutableDocument) -> ExecutableDocument {
    let (mut sets, mut used) = (Vec::new(), HashSet::new());
    for (_, operation) in document.operations.iter() {
        let mut out =
            Out { document: &document, left: MOST, fields: Vec::new(), used: HashSet::new() };
        let is_subscription = operation.node.ty == OperationType::Subscription;
        let whole = is_subscription && out.take(&operation.node.selection_set.node);
        used.extend(out.used.iter().filter(|_| whole).cloned());
        sets.push(whole.then_some(out.fields));
    }
    for (operation, fields) in operations(&mut document).zip(sets) {
        if let Some(fields) = fields {
            operation.items = fields;
        }
    }
    // They are of a type that is nowhere but at the root, so that nothing else uses them.
    document.fragments.retain(|name, _| !used.contains(name));
    document
}

fn operations(document: &mut ExecutableDocument) -> impl Iterator<Item = &mut SelectionSet> {
    use async_graphql::parser::types::DocumentOperations::{Multiple, Single};
    let (single, multiple) = match &mut document.operations {
        Single(operation) => (Some(operation), None),
        Multiple(operations) => (None, Some(operations.values_mut())),
    };
    single.into_iter().chain(multiple.into_iter().flatten()).map(|o| &mut o.node.selection_set.node)
}

struct Out<'d> {
    document: &'d ExecutableDocument,
    left: usize,
    fields: Vec<Positioned<Selection>>,
    used: HashSet<Name>,
}

impl<'d> Out<'d> {
    /// Whether all of it could be written out.
    fn take(&mut self, set: &'d SelectionSet) -> bool {
        set.items.iter().all(|item| {
            self.left = self.left.saturating_sub(1);
            self.left > 0
                && match &item.node {
                    Selection::Field(_) => {
                        self.fields.push(item.clone());
                        true
                    }
                    Selection::InlineFragment(fragment) => {
                        let of = fragment.node.type_condition.as_ref();
                        fragment.node.directives.is_empty()
                            && of.is_none_or(|of| of.node.on.node == ROOT)
                            && self.take(&fragment.node.selection_set.node)
                    }
                    Selection::FragmentSpread(spread) => {
                        let name = &spread.node.fragment_name.node;
                        let Some(fragment) = self.document.fragments.get(name) else {
                            return false;
                        };
                        self.used.insert(name.clone());
                        spread.node.directives.is_empty()
                            && fragment.node.type_condition.node.on.node == ROOT
                            && self.take(&fragment.node.selection_set.node)
                    }
                }
        })
    }
}

/// Refuses a subscription that asks for anything but one field that is always there.
///
/// # Errors
/// GRAPHQL_VALIDATION_FAILED.
pub fn check(root: &SelectionSet) -> Result<(), ServerError> {
    let plain = |field: &Field| {
        let switched = field.directives.iter().any(|directive| {
            let name = directive.node.name.node.as_str();
            name == "skip" || name == "include"
        });
        !switched && !field.name.node.starts_with("__")
    };
    match root.items.as_slice() {
        [Positioned { node: Selection::Field(field), .. }] if plain(&field.node) => Ok(()),
        _ => Err(coded(
            Code::ValidationFailed,
            "A subscription asks for exactly one field at its root, without @skip or @include.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn fragments_at_the_root_are_written_out() {
        for (text, good, fragments) in [
            ("subscription { a { b } }", true, 0),
            ("subscription { ... { a } }", true, 0),
            ("subscription { ... on Subscription { a } }", true, 0),
            (
                "subscription { ...F } fragment F on Subscription { a { ...G } } fragment G on T { b }",
                true,
                1,
            ),
            (
                "subscription { ...F } fragment F on Subscription { ...G } fragment G on Subscription { a }",
                true,
                0,
            ),
            ("subscription { a b }", false, 0),
            ("subscription { ...F b } fragment F on Subscription { a }", false, 0),
            ("subscription { ...F } fragment F on Query { a }", false, 1),
            ("subscription { ...F } fragment F on Subscription { ...F }", false, 1),
            ("subscription { ...F }", false, 0),
            ("subscription { __typename }", false, 0),
            ("subscription ($x: Boolean!) { a @skip(if: $x) }", false, 0),
            ("subscription ($x: Boolean!) { ... @include(if: $x) { a } }", false, 0),
        ] {
            let document = written_out(parse_query(text).unwrap());
            assert_eq!(document.fragments.len(), fragments, "{text}");
            let (_, operation) = document.operations.iter().next().unwrap();
            assert_eq!(check(&operation.node.selection_set.node).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn queries_stay_as_they_are() {
        let text = "query { ...F } fragment F on Query { a }";
        let (before, after) = (parse_query(text).unwrap(), written_out(parse_query(text).unwrap()));
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
    }

    #[test]
    fn a_bomb_of_fragments_is_left_to_the_budget() {
        let fragments: String = (0..24)
            .map(|n| format!("fragment f{n} on Subscription {{ ...f{m} ...f{m} }} ", m = n + 1))
            .collect();
        let text =
            format!("subscription {{ ...f0 }} {fragments} fragment f24 on Subscription {{ a }}");
        let document = written_out(parse_query(text).unwrap());
        assert_eq!(document.fragments.len(), 25);
    }
}
