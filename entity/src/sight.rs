//! What a viewer may see, as conditions that every finder carries.
//!
//! A role covers its unit and all below it, never beside or above. What is outside does not exist:
//! rows are left out in SQL, so that no list, count or sum can differ from what was shown.

use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Expr, IntoColumnRef, Query, SelectStatement},
};
use uuid::Uuid;

use crate::organisation::{org_unit, org_unit_closure};

/// The units that a kind of sight reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of every organisation (open data).
    Everything,
    /// These units and all below them.
    Under(Vec<Uuid>),
}

impl Reach {
    /// Whether the unit in that column is reached.
    pub fn units(&self, column: impl IntoColumnRef) -> Expr {
        match self {
            Self::Everything => Expr::val(1).eq(1),
            Self::Under(units) if units.is_empty() => Expr::val(1).eq(0),
            Self::Under(units) => Expr::col(column).in_subquery(below(units)),
        }
    }

    /// Whether nothing at all is reached.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Under(units) if units.is_empty())
    }
}

fn below(units: &[Uuid]) -> SelectStatement {
    Query::select()
        .column(org_unit_closure::Column::DescendantId)
        .from(org_unit_closure::Entity)
        .and_where(Expr::col(org_unit_closure::Column::AncestorId).is_in(units.iter().copied()))
        .to_owned()
}

/// What somebody may see: published things under some units, drafts too under some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Where decided plans, confirmed outcomes and approved reports are seen.
    pub published: Reach,
    /// Where drafts and preliminary outcomes are seen as well.
    pub drafts: Reach,
    /// Where role grants are seen: by administrators.
    pub administers: Reach,
    /// The viewer's own grants, which it sees wherever they are.
    pub held: Vec<Uuid>,
}

impl Sight {
    /// Sees all there is: for Rödtråd's own work, never for a request.
    pub const ALL: Self = Self {
        published: Reach::Everything,
        drafts: Reach::Everything,
        administers: Reach::Everything,
        held: Vec::new(),
    };

    /// Rows of a unit in `column` that are published under `published_when`, or drafts that the viewer may see.
    pub fn published_or_draft(
        &self,
        column: impl IntoColumnRef + Copy,
        published_when: Expr,
    ) -> Condition {
        if self.published == self.drafts {
            return Condition::all().add(self.drafts.units(column));
        }
        Condition::any()
            .add(self.published.units(column).and(published_when))
            .add(self.drafts.units(column))
    }

    /// Rows of organisations in which the viewer has any sight, by the organisation in `column`.
    pub fn organisations(&self, column: impl IntoColumnRef) -> Expr {
        match &self.published {
            Reach::Everything => Expr::val(1).eq(1),
            Reach::Under(units) if units.is_empty() => Expr::val(1).eq(0),
            Reach::Under(units) => Expr::col(column).in_subquery(
                Query::select()
                    .column(org_unit::Column::OrganisationId)
                    .from(org_unit::Entity)
                    .and_where(Expr::col(org_unit::Column::Id).is_in(units.iter().copied()))
                    .to_owned(),
            ),
        }
    }
}
