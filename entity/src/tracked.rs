//! What all that people edit has in common: a version, a trace, and fields that can be compared.

use chrono::{DateTime, Utc};
use sea_orm::{
    DbBackend, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait, PrimaryKeyTrait,
    QueryResult, prelude::*,
};
use uuid::Uuid;

use crate::{node_id, sight::Sight, vocabulary::NodeType};

/// Tables whose rows may be hidden from a viewer. What a viewer is shown comes through [`Visible::find_visible`];
/// writes that must know of hidden rows, such as uniqueness, look past it and show nothing of them.
pub trait Visible: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = Uuid>> {
    /// The type of node that a row is.
    const NODE: NodeType;

    /// The primary key's column.
    fn id_column() -> Self::Column;

    /// Which rows that viewer may see.
    fn visible(sight: &Sight) -> sea_orm::Condition;

    /// The same, in the words that the database plans best.
    fn visible_on(_: DbBackend, sight: &Sight) -> sea_orm::Condition {
        Self::visible(sight)
    }

    /// Rows that the viewer may see.
    fn find_visible(sight: &Sight) -> Select<Self> {
        Self::find().filter(Self::visible(sight))
    }
}

/// A condition that only lets through what a viewer may see, and is asked in place of [`Visible::visible`].
#[derive(Clone, Debug)]
pub struct Seen(sea_orm::Condition);

impl Seen {
    pub(crate) fn through(condition: sea_orm::Condition) -> Self {
        Self(condition)
    }
}

impl From<Seen> for sea_orm::Condition {
    fn from(seen: Seen) -> Self {
        seen.0
    }
}

/// A row that is read column by column, as a table's columns stand in [`EntityTrait::find`]. Looking them up by their
/// names costs more than reading them.
pub trait InOrder: Sized {
    /// How many columns the table has.
    const COLUMNS: usize;

    /// The row, when its columns begin at `first`.
    ///
    /// # Errors
    /// When a column holds something else.
    fn in_order_from(row: &QueryResult, first: usize) -> Result<Self, DbErr>;

    /// The row.
    ///
    /// # Errors
    /// When a column holds something else.
    fn in_order(row: &QueryResult) -> Result<Self, DbErr> {
        Self::in_order_from(row, 0)
    }
}

/// A row with an id.
pub trait Identified {
    /// Its key.
    fn id(&self) -> Uuid;
}

/// A row that people edit.
pub trait Tracked:
    ModelTrait<Entity: Visible<Model = Self>>
    + FromQueryResult
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Identified
    + Clone
    + PartialEq
    + Send
    + Sync
{
    /// Counts up by one for each change.
    fn version(&self) -> i32;
    /// When it was made.
    fn created_at(&self) -> DateTime<Utc>;
    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc>;
    /// The actor that changed it last.
    fn updated_by(&self) -> Uuid;
    /// Notes a new version, by whom and when.
    fn stamp(&mut self, version: i32, at: DateTime<Utc>, by: Uuid);
    /// The fields that people change, by their API names, as text for the log of changes.
    fn values(&self) -> Vec<(&'static str, Option<String>)>;
}

/// A value as the log of changes shows it.
pub trait Shown {
    /// The text, or nothing for null.
    fn shown(&self) -> Option<String>;
}

macro_rules! shown_by_display {
    ($($type:ty),+) => { $(impl Shown for $type {
        fn shown(&self) -> Option<String> { Some(self.to_string()) }
    })+ };
}
shown_by_display!(String, i32, bool, chrono::NaiveDate);

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Option<String> {
        self.as_ref().and_then(Shown::shown)
    }
}

impl Shown for crate::fixed::Fixed {
    fn shown(&self) -> Option<String> {
        Some(self.to_decimal().to_string())
    }
}

impl Shown for crate::money::Hundredths {
    fn shown(&self) -> Option<String> {
        Some(self.to_decimal().to_string())
    }
}

/// A reference to another node, as its global id.
pub fn reference(node: NodeType, id: impl Into<Option<Uuid>>) -> Option<String> {
    id.into().map(|id| node_id::encode(node, id))
}

macro_rules! tracked {
    ($node:ident, $self:ident => [$($value:expr),* $(,)?]) => {
        impl crate::tracked::Identified for Model {
            fn id(&self) -> uuid::Uuid { self.id }
        }

        impl crate::tracked::Tracked for Model {
            fn version(&self) -> i32 { self.version }
            fn created_at(&self) -> chrono::DateTime<chrono::Utc> { self.created_at }
            fn updated_at(&self) -> chrono::DateTime<chrono::Utc> { self.updated_at }
            fn updated_by(&self) -> uuid::Uuid { self.updated_by }
            fn stamp(&mut self, version: i32, at: chrono::DateTime<chrono::Utc>, by: uuid::Uuid) {
                if version == 1 {
                    self.created_at = at;
                }
                self.version = version;
                self.updated_at = at;
                self.updated_by = by;
            }
            fn values(&$self) -> Vec<(&'static str, Option<String>)> {
                vec![$($value),*]
            }
        }
    };
}
pub(crate) use tracked;
