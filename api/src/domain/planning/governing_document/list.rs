//! In which order governing documents come, and what they hang under.

use entity::planning::governing_document;
use sea_orm::sea_query::Expr;

use crate::domain::listing::{Link, Listed, SortKey, swedish};

impl Listed for governing_document::Entity {
    /// By title.
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<governing_document::Model>> {
        vec![SortKey::text(
            swedish(Expr::col((Self, governing_document::Column::Title))),
            |row: &governing_document::Model| row.title.clone(),
        )]
    }
}

/// The governing documents of a plan.
pub const OF_PLAN: Link = Link {
    name: "governing documents of plan",
    apply: |_| Expr::col((governing_document::Entity, governing_document::Column::PlanId)),
};
