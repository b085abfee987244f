//! The count itself: once through the document, each fragment once.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{
    Directive, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

use super::{
    BudgetError, DEFAULT_PAGE, MAX_ARGUMENTS, MAX_INTROSPECTION_LISTS, MAX_NESTING, MAX_PAGE,
    ROWS_PER_POINT, as_u64, within,
};

/// What stands in a selection set, with its fragments expanded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) complexity: u64,
    pub(super) depth: usize,
    pub(super) fields: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    pub(super) values: u64,
    /// Fields of the set itself.
    pub(super) width: u64,
    /// Selection sets inside one another.
    nesting: usize,
    /// Lists of the introspection inside one another.
    lists: usize,
    /// It has `nodes` or `edges`, so that the field it belongs to is a connection.
    paged: bool,
}

impl Tally {
    /// Adds what stands beside this.
    pub(super) fn join(&mut self, other: Self) {
        self.complexity = self.complexity.saturating_add(other.complexity);
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.values = self.values.saturating_add(other.values);
        self.width = self.width.saturating_add(other.width);
        self.nesting = self.nesting.max(other.nesting);
        self.lists = self.lists.max(other.lists);
        self.paged |= other.paged;
    }
}

type Constant = Result<Value, Infallible>;

enum Fragment {
    /// It is being counted, so that whoever meets it now is inside it.
    Open,
    Counted(Tally),
}

/// One pass over a document.
pub(super) struct Walk<'a> {
    definitions: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    fragments: HashMap<&'a str, Fragment>,
    chosen: Option<&'a OperationDefinition>,
    variables: &'a Variables,
    weights: HashMap<&'a str, u64>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        definitions: &'a HashMap<Name, Positioned<FragmentDefinition>>,
        chosen: Option<&'a OperationDefinition>,
        variables: &'a Variables,
    ) -> Self {
        let weights =
            variables.iter().map(|(name, value)| (name.as_str(), weight(value))).collect();
        Self { definitions, fragments: HashMap::new(), chosen, variables, weights }
    }

    pub(super) fn operation(
        &mut self,
        operation: &'a OperationDefinition,
    ) -> Result<Tally, BudgetError> {
        let mut tally = self.set(&operation.selection_set.node, 0, false)?;
        tally.join(self.directives(&operation.directives)?);
        for definition in &operation.variable_definitions {
            tally.join(self.directives(&definition.node.directives)?);
        }
        Ok(tally)
    }

    pub(super) fn fragment(&mut self, name: &str, level: usize) -> Result<Tally, BudgetError> {
        let Some((name, definition)) = self.definitions.get_key_value(name) else {
            return Ok(Tally::default());
        };
        match self.fragments.get(name.as_str()) {
            Some(Fragment::Counted(tally)) => return Ok(*tally),
            Some(Fragment::Open) => return Err(BudgetError::FragmentCycle(name.to_string())),
            None => self.fragments.insert(name, Fragment::Open),
        };
        let definition = &definition.node;
        let introspection = definition.type_condition.node.on.node.starts_with("__");
        let mut tally = self.set(&definition.selection_set.node, level, introspection)?;
        tally.join(self.directives(&definition.directives)?);
        self.fragments.insert(name, Fragment::Counted(tally));
        Ok(tally)
    }

    fn set(
        &mut self,
        set: &'a SelectionSet,
        level: usize,
        introspection: bool,
    ) -> Result<Tally, BudgetError> {
        // Before going down, or a long chain of fragments would exhaust the stack.
        nests(level)?;
        let mut tally = Tally::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, level, introspection)?,
                Selection::FragmentSpread(spread) => {
                    one_deeper(self.fragment(&spread.node.fragment_name.node, level + 1)?)
                }
                Selection::InlineFragment(inline) => {
                    let introspection = match &inline.node.type_condition {
                        Some(condition) => condition.node.on.node.starts_with("__"),
                        None => introspection,
                    };
                    one_deeper(self.set(
                        &inline.node.selection_set.node,
                        level + 1,
                        introspection,
                    )?)
                }
            };
            tally.join(part);
            tally.join(self.directives(selection.node.directives())?);
        }
        // Again on the way up: a fragment that was counted before is not gone down into.
        nests(tally.nesting)?;
        Ok(tally)
    }

    fn field(
        &mut self,
        field: &'a Field,
        level: usize,
        introspection: bool,
    ) -> Result<Tally, BudgetError> {
        let name = field.name.node.as_str();
        let root = matches!(name, "__schema" | "__type");
        let inside = if field.selection_set.node.items.is_empty() {
            Tally::default()
        } else {
            one_deeper(self.set(&field.selection_set.node, level + 1, introspection || root)?)
        };
        if root && inside.lists > MAX_INTROSPECTION_LISTS {
            return Err(BudgetError::TooDeep {
                what: "lists of the introspection",
                limit: MAX_INTROSPECTION_LISTS,
            });
        }
        within(as_u64(field.arguments.len()), as_u64(MAX_ARGUMENTS), "arguments of one field")?;
        let values = field.arguments.iter().fold(inside.values, |sum, (_, value)| {
            sum.saturating_add(
                self.argument(|variable| value.node.clone().into_const_with(variable)),
            )
        });
        let times = self.rows(field, inside.paged, introspection).div_ceil(ROWS_PER_POINT).max(1);
        let list = introspection
            && matches!(name, "fields" | "inputFields" | "interfaces" | "possibleTypes");
        Ok(Tally {
            complexity: inside.complexity.saturating_mul(times).saturating_add(1),
            depth: inside.depth + 1,
            fields: inside.fields.saturating_add(1),
            aliases: inside.aliases.saturating_add(u64::from(field.alias.is_some())),
            values,
            width: 1,
            lists: inside.lists + usize::from(list),
            paged: matches!(name, "nodes" | "edges"),
            ..inside
        })
    }

    fn directives(&self, directives: &'a [Positioned<Directive>]) -> Result<Tally, BudgetError> {
        let mut tally = Tally { directives: as_u64(directives.len()), ..Tally::default() };
        for directive in directives {
            let arguments = &directive.node.arguments;
            within(as_u64(arguments.len()), as_u64(MAX_ARGUMENTS), "arguments of one directive")?;
            tally.values = arguments.iter().fold(tally.values, |sum, (_, value)| {
                sum.saturating_add(
                    self.argument(|variable| value.node.clone().into_const_with(variable)),
                )
            });
        }
        Ok(tally)
    }

    /// What an argument weighs. `resolve` puts the values that it is given in the place of variables: the
    /// library does not export the type of a value that has variables in it.
    fn argument(&self, resolve: impl FnOnce(&mut dyn FnMut(Name) -> Constant) -> Constant) -> u64 {
        let mut variables = 0_u64;
        let Ok(literal) = resolve(&mut |name| {
            variables =
                variables.saturating_add(self.weights.get(name.as_str()).copied().unwrap_or(1));
            Ok(Value::Null)
        });
        variables.saturating_add(weight(&literal))
    }

    /// The rows that a field asks for; 0 when it is no list that can grow.
    fn rows(&self, field: &Field, paged: bool, introspection: bool) -> u64 {
        if introspection {
            let list = matches!(
                field.name.node.as_str(),
                "types"
                    | "directives"
                    | "fields"
                    | "inputFields"
                    | "interfaces"
                    | "possibleTypes"
                    | "enumValues"
                    | "args"
            );
            return if list { DEFAULT_PAGE } else { 0 };
        }
        let asked = |name| {
            let value = field.get_argument(name)?.node.clone();
            let number = |name| {
                self.variable(&name)
                    .and_then(count)
                    .map(|number| Value::Number(number.into()))
                    .ok_or(())
            };
            Some(value.into_const_with(number).ok().as_ref().and_then(count))
        };
        match (asked("first").max(asked("last")), asked("ids")) {
            (Some(page), _) => page.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE),
            (None, Some(ids)) => ids.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE),
            (None, None) if paged => DEFAULT_PAGE,
            (None, None) => 0,
        }
    }

    fn variable(&self, name: &Name) -> Option<&Value> {
        self.variables.get(name).or_else(|| {
            let mut definitions = self.chosen?.variable_definitions.iter();
            definitions
                .find(|definition| definition.node.name.node == *name)?
                .node
                .default_value
                .as_ref()
                .map(|value| &value.node)
        })
    }
}

/// The number that a value is, or the length of its list.
fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::List(items) => Some(as_u64(items.len())),
        _ => None,
    }
}

fn weight(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().fold(1, |sum, item| sum.saturating_add(weight(item))),
        Value::Object(fields) => {
            fields.values().fold(1, |sum, item| sum.saturating_add(weight(item)))
        }
        Value::String(text) => text_weight(text),
        _ => 1,
    }
}

fn text_weight(text: &str) -> u64 {
    as_u64(text.len() / 256).saturating_add(1)
}

fn one_deeper(tally: Tally) -> Tally {
    Tally { nesting: tally.nesting + 1, ..tally }
}

fn nests(levels: usize) -> Result<(), BudgetError> {
    if levels > MAX_NESTING {
        Err(BudgetError::TooDeep { what: "selections", limit: MAX_NESTING })
    } else {
        Ok(())
    }
}
