//! What is asked for of a type, looked up once for all its rows.

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned,
    parser::types::{Field, Selection},
};

use super::{Direct, json};

/// What is asked for inside a field.
pub enum Inside<'plan> {
    /// Nothing: it is a scalar, an enum or a list of them.
    Leaf,
    /// Fields that are written without waiting.
    Fields(Plan<'plan>),
    /// Something that has to wait, so that the field around it has to wait too.
    Later,
}

/// The fields that are asked for of a type, in the order of the answer.
pub struct Plan<'plan> {
    pub(super) steps: Vec<Step<'plan>>,
}

pub(super) struct Step<'plan> {
    /// `"key":`, as it stands in the answer.
    pub key: Vec<u8>,
    pub field: &'plan Positioned<Field>,
    pub what: What<'plan>,
}

pub(super) enum What<'plan> {
    TypeName,
    Direct(u16, Inside<'plan>),
    /// It has to wait; without a place, for the library.
    Later(Option<u16>),
}

impl<'plan> Plan<'plan> {
    /// What is asked for of `T`.
    #[must_use]
    pub fn of<T: Direct>(selection: &ContextSelectionSet<'plan>) -> Self {
        let mut plan = Self { steps: Vec::with_capacity(selection.item.node.items.len()) };
        plan.add::<T>(selection);
        plan
    }

    /// What is asked for inside a field of type `T`.
    #[must_use]
    pub fn inside<T: Direct>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        let plan = Self::of::<T>(selection);
        if plan.waits() { Inside::Later } else { Inside::Fields(plan) }
    }

    /// Whether anything in it has to wait.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.what, What::Later(_)))
    }

    /// Whether a row has all that is asked for directly.
    #[must_use]
    pub fn is_ready_for<T: Direct>(&self, row: &T) -> bool {
        self.steps.iter().all(|step| match &step.what {
            What::Direct(place, inside) => row.is_ready(*place, inside),
            _ => true,
        })
    }

    /// Lets those fields wait that are not ready.
    pub(super) fn delay(&mut self, is_delayed: impl Fn(u16, &Inside<'_>) -> bool) {
        for step in &mut self.steps {
            if let What::Direct(place, inside) = &step.what
                && is_delayed(*place, inside)
            {
                step.what = What::Later(Some(*place));
            }
        }
    }

    fn add<T: Direct>(&mut self, selection: &ContextSelectionSet<'plan>) {
        for item in &selection.item.node.items {
            match &item.node {
                Selection::Field(field) => self.add_field::<T>(selection, field),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    if on.is_none_or(|on| applies::<T>(selection, on.node.on.node.as_str())) {
                        let inside = &fragment.node.selection_set;
                        self.add::<T>(&selection.with_selection_set(inside));
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = selection.query_env.fragments.get(name) else { continue };
                    if applies::<T>(selection, fragment.node.type_condition.node.on.node.as_str()) {
                        let inside = &fragment.node.selection_set;
                        self.add::<T>(&selection.with_selection_set(inside));
                    }
                }
            }
        }
    }

    fn add_field<T: Direct>(
        &mut self,
        selection: &ContextSelectionSet<'plan>,
        field: &'plan Positioned<Field>,
    ) {
        let mut key = Vec::with_capacity(24);
        json::write_text(field.node.response_key().node.as_str(), &mut key);
        key.push(b':');
        // The same field asked for twice is answered once; fields with something inside that would have to be merged
        // never come here (`Merges`).
        if self.steps.iter().any(|step| step.key == key) {
            return;
        }
        let name = field.node.name.node.as_str();
        let what = if name == "__typename" {
            What::TypeName
        } else {
            let direct = T::place(name).map(|place| {
                let inside = selection.with_selection_set(&field.node.selection_set);
                (place, T::inside(place, &inside))
            });
            match direct {
                Some((place, inside)) if !matches!(inside, Inside::Later) => {
                    What::Direct(place, inside)
                }
                direct => What::Later(direct.map(|(place, _)| place)),
            }
        };
        self.steps.push(Step { key, field, what });
    }
}

/// Whether a fragment on that type is for `T`.
fn applies<T: OutputType>(selection: &ContextSelectionSet<'_>, on: &str) -> bool {
    let name = T::type_name();
    name == on
        || (selection.schema_env.registry.implements.get(name.as_ref()))
            .is_some_and(|interfaces| interfaces.contains(on))
}

/// Writes an object of which nothing has to wait.
pub fn write_object<T: Direct>(object: &T, inside: &Inside<'_>, out: &mut Vec<u8>) {
    let Inside::Fields(plan) = inside else { return out.extend_from_slice(b"null") };
    let mut separator = b'{';
    for step in &plan.steps {
        out.push(separator);
        separator = b',';
        out.extend_from_slice(&step.key);
        write_step(object, step, out);
    }
    close(separator, out);
}

/// Writes one field of an object, which does not have to wait.
pub(super) fn write_step<T: Direct>(object: &T, step: &Step<'_>, out: &mut Vec<u8>) {
    match &step.what {
        What::TypeName => json::write_text(&T::type_name(), out),
        What::Direct(place, inside) => object.write_field(*place, inside, out),
        What::Later(_) => out.extend_from_slice(b"null"),
    }
}

/// Ends an object, also one of which nothing was asked.
pub(super) fn close(separator: u8, out: &mut Vec<u8>) {
    if separator == b'{' {
        out.push(b'{');
    }
    out.push(b'}');
}
