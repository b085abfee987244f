//! Global ids in and out.

use async_graphql::{ID, MaybeUndefined};
use entity::{node_id, vocabulary::NodeType};
use uuid::Uuid;

use super::access::external_ref::ExternalRefSet;
use crate::domain::{access::external_ref::ExternalId, form::Sent};

/// The global id of a stored node.
#[must_use]
pub fn global(node: NodeType, id: Uuid) -> ID {
    node_id::encode(node, id).into()
}

/// An id that an input may leave out.
#[must_use]
pub fn text(id: Option<ID>) -> Option<String> {
    id.map(|id| id.0)
}

/// A value that a create input may leave out: null is the same as leaving it out.
#[must_use]
pub fn given<T>(value: Option<T>) -> Sent<T> {
    value.map(Some)
}

/// A reference that a create input may leave out.
#[must_use]
pub fn given_id(id: Option<ID>) -> Sent<String> {
    given(text(id))
}

/// A value that an update input leaves out, clears or sets.
#[must_use]
pub fn sent<T, U: From<T>>(value: MaybeUndefined<T>) -> Sent<U> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value.into())),
    }
}

/// A reference that an update input leaves out, clears or sets.
#[must_use]
pub fn sent_id(id: MaybeUndefined<ID>) -> Sent<String> {
    sent::<String, String>(id.map_value(|id| id.0))
}

/// A list of references that an update input leaves out, clears or sets.
#[must_use]
pub fn sent_ids(ids: MaybeUndefined<Vec<ID>>) -> Sent<Vec<String>> {
    sent::<Vec<String>, Vec<String>>(ids.map_value(texts))
}

/// A list of references.
#[must_use]
pub fn texts(ids: Vec<ID>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

/// External ids of an update input.
#[must_use]
pub fn sent_refs(refs: MaybeUndefined<Vec<ExternalRefSet>>) -> Sent<Vec<ExternalId>> {
    sent::<Vec<ExternalId>, Vec<ExternalId>>(refs.map_value(external_ids))
}

/// External ids of a create input.
#[must_use]
pub fn given_refs(refs: Option<Vec<ExternalRefSet>>) -> Sent<Vec<ExternalId>> {
    given(refs.map(external_ids))
}

fn external_ids(refs: Vec<ExternalRefSet>) -> Vec<ExternalId> {
    refs.into_iter().map(Into::into).collect()
}
