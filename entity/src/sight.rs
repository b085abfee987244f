//! What a viewer may see, as conditions that every finder carries.
//!
//! A role covers its unit and all below it, never beside or above. What is outside does not exist:
//! rows are left out in SQL, so that no list, count or sum can differ from what was shown.

use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Alias, Expr, Func, IntoColumnRef, Query, SelectStatement},
};
use uuid::Uuid;

use crate::organisation::{org_unit, org_unit_closure};

/// The units that a kind of sight reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of every organisation (open data).
    Everything,
    /// These units and all below them.
    Under(Vec<Uuid>),
    /// The same, asked row by row: for rows that are found by something else, few of how many there are. The database
    /// would begin with everything that is reached otherwise.
    Each(Vec<Uuid>),
}

impl Reach {
    /// Whether the unit in that column is reached.
    pub fn units(&self, column: impl IntoColumnRef) -> Expr {
        match self {
            Self::Everything => Expr::cust("TRUE"),
            Self::Under(units) | Self::Each(units) if units.is_empty() => Expr::cust("FALSE"),
            Self::Under(units) => Expr::col(column).in_subquery(below(units)),
            Self::Each(units) => {
                use org_unit_closure::Column;
                // A name of its own: the rows that are asked about may be the closure's.
                let reach = Alias::new("reach");
                let above = Query::select()
                    .expr(Expr::val(1))
                    .from_as(org_unit_closure::Entity, reach.clone())
                    .and_where(
                        Expr::col((reach.clone(), Column::DescendantId)).eq(Expr::col(column)),
                    )
                    .and_where(Expr::col((reach, Column::AncestorId)).is_in(units.iter().copied()))
                    .to_owned();
                by_itself(Expr::exists(above))
            }
        }
    }

    fn row_by_row(&self) -> Self {
        match self {
            Self::Everything => Self::Everything,
            Self::Under(units) | Self::Each(units) => Self::Each(units.clone()),
        }
    }

    /// Whether nothing at all is reached.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Under(units) | Self::Each(units) if units.is_empty())
    }
}

/// The same condition, which PostgreSQL does not turn into a join: it is asked of each row.
pub fn by_itself(condition: Expr) -> Expr {
    Func::coalesce([condition, Expr::cust("FALSE")]).into()
}

fn below(units: &[Uuid]) -> SelectStatement {
    Query::select()
        .column(org_unit_closure::Column::DescendantId)
        .from(org_unit_closure::Entity)
        .and_where(Expr::col(org_unit_closure::Column::AncestorId).is_in(units.iter().copied()))
        .to_owned()
}

/// What somebody may see: published things under some units, drafts too under some of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sight {
    /// Where decided plans, confirmed outcomes and approved reports are seen.
    pub published: Reach,
    /// Where drafts and preliminary outcomes are seen as well.
    pub drafts: Reach,
    /// Where role grants are seen: by administrators.
    pub administers: Reach,
    /// The viewer's own grants, which it sees wherever they are.
    pub held: Vec<Uuid>,
    /// The organisations of what is published, when it is all of them: nobody has to ask unit by unit then. Empty when it
    /// is not, or not known, as after a change of grants in the same operation.
    pub whole: Vec<Uuid>,
    /// Whether confidential values are kept back where drafts are seen too: for what is about to be published.
    pub discreet: bool,
}

impl Sight {
    /// Sees all there is: for Rödtråd's own work, never for a request.
    pub const ALL: Self = Self {
        published: Reach::Everything,
        drafts: Reach::Everything,
        administers: Reach::Everything,
        held: Vec::new(),
        whole: Vec::new(),
        discreet: false,
    };

    /// Sees what a unit's own roles see, drafts too, and nothing above it: for Rödtråd's own work.
    #[must_use]
    pub fn at(unit: Uuid) -> Self {
        Self {
            published: Reach::Under(vec![unit]),
            drafts: Reach::Under(vec![unit]),
            administers: Reach::Under(Vec::new()),
            held: Vec::new(),
            whole: Vec::new(),
            discreet: false,
        }
    }

    /// The same sight, for rows that are found by something else: by their ids, or under a parent.
    #[must_use]
    pub fn row_by_row(&self) -> Self {
        Self {
            published: self.published.row_by_row(),
            drafts: self.drafts.row_by_row(),
            administers: self.administers.row_by_row(),
            held: self.held.clone(),
            whole: self.whole.clone(),
            discreet: self.discreet,
        }
    }

    /// The same sight, for rows that hang under what the viewer has been shown. Nothing crosses organisations, so who sees
    /// all of them need not be asked about again.
    #[must_use]
    pub fn under_what_is_shown(&self) -> Self {
        if self.whole.is_empty() {
            return self.clone();
        }
        let all = self.published == self.drafts;
        let drafts = if all { Reach::Everything } else { self.drafts.clone() };
        Self { published: Reach::Everything, drafts, whole: Vec::new(), ..self.clone() }
    }

    /// The organisations of which all is seen, drafts too; none when it is not so simple.
    #[must_use]
    pub fn all_of(&self) -> Option<&[Uuid]> {
        (!self.whole.is_empty() && self.published == self.drafts).then_some(&self.whole)
    }

    /// Whether rows are asked one by one.
    #[must_use]
    pub fn is_row_by_row(&self) -> bool {
        [&self.published, &self.drafts].iter().any(|reach| matches!(reach, Reach::Each(_)))
    }

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
            Reach::Everything => Expr::cust("TRUE"),
            Reach::Under(units) | Reach::Each(units) if units.is_empty() => Expr::cust("FALSE"),
            _ if !self.whole.is_empty() => Expr::col(column).is_in(self.whole.iter().copied()),
            Reach::Under(units) | Reach::Each(units) => Expr::col(column).in_subquery(
                Query::select()
                    .column(org_unit::Column::OrganisationId)
                    .from(org_unit::Entity)
                    .and_where(Expr::col(org_unit::Column::Id).is_in(units.iter().copied()))
                    .to_owned(),
            ),
        }
    }
}
