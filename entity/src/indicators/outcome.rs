//! What was measured.

use sea_orm::{
    DbBackend, ExprTrait,
    entity::prelude::*,
    sea_query::{
        Func, IntoCondition as _, Query, SelectStatement, SubQueryStatement,
        extension::postgres::PgFunc,
    },
};

use crate::{
    fixed::Fixed,
    indicators::indicator,
    sight::{Sight, by_itself},
    tracked::{Seen, Shown as _, Visible, reference, tracked},
    vocabulary::{Gender, MissingReason, NodeType, OutcomeOrigin, OutcomeState, PeriodKind},
};

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "outcome")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// For which unit.
    pub org_unit_id: Uuid,
    /// The period: its year,
    pub year: i32,
    /// kind
    pub kind: PeriodKind,
    /// and month, 0 for all but months.
    pub month: i32,
    /// Orders periods over years and kinds.
    pub period_order: i32,
    /// About whom.
    pub gender: Gender,
    /// The value, when it counts and is no secret.
    pub value: Option<Fixed>,
    /// What RATIO divides.
    pub numerator: Option<Fixed>,
    /// What RATIO divides by.
    pub denominator: Option<Fixed>,
    /// Why there is no value.
    pub missing_reason: Option<MissingReason>,
    /// A confidential or guarded value.
    pub hidden_value: Option<Fixed>,
    /// A confidential numerator.
    pub hidden_numerator: Option<Fixed>,
    /// A confidential denominator.
    pub hidden_denominator: Option<Fixed>,
    /// Whether it would give away a confidential value, and so lies in the hidden columns itself.
    pub guarded: bool,
    /// The forecast for the whole year.
    pub forecast: Option<Fixed>,
    /// Reported, imported or computed.
    pub origin: OutcomeOrigin,
    /// Preliminary or confirmed.
    pub state: OutcomeState,
    /// What is said about it.
    pub comment: Option<String>,
    /// Counts up by one for each change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// The actor that changed it last.
    pub updated_by: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What stands in the log of changes for a value that lies in the hidden columns, or is said about one.
pub const CONFIDENTIAL: &str = "confidential";

impl Model {
    /// Whether its value, and what is said about it, is only for those who see drafts where it belongs.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.guarded || self.missing_reason == Some(MissingReason::Confidential)
    }

    fn logged(&self, open: Option<String>, hidden: Option<Fixed>) -> Option<String> {
        if self.is_secret() {
            open.or_else(|| hidden.shown()).map(|_| CONFIDENTIAL.to_owned())
        } else {
            open
        }
    }
}

tracked!(Outcome, self => [
    ("indicator", reference(NodeType::Indicator, self.indicator_id)),
    ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)),
    ("year", self.year.shown()),
    ("kind", self.kind.shown()),
    ("month", (self.month > 0).then_some(self.month).shown()),
    ("gender", self.gender.shown()),
    ("value", self.logged(self.value.shown(), self.hidden_value)),
    ("numerator", self.logged(self.numerator.shown(), self.hidden_numerator)),
    ("denominator", self.logged(self.denominator.shown(), self.hidden_denominator)),
    ("missingReason", self.missing_reason.shown()),
    ("forecast", self.logged(self.forecast.shown(), None)),
    ("origin", self.origin.shown()),
    ("state", self.state.shown()),
    ("comment", self.logged(self.comment.shown(), None)),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Outcome;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        match of_all_organisations(sight) {
            Some(theirs) => {
                Expr::col((Entity, Column::IndicatorId)).in_subquery(theirs).into_condition()
            }
            None => sight.published_or_draft((Entity, Column::OrgUnitId), is_published()),
        }
    }

    /// PostgreSQL reads an index by the keys of an array, and begins with the indicators when they are given as rows. SQLite
    /// would begin with the units or indicators of whole organisations, and sort all that hangs under them: it is made to
    /// ask of each outcome that it comes by, most of which are seen.
    fn visible_on(backend: DbBackend, sight: &Sight) -> sea_orm::Condition {
        match of_all_organisations(sight) {
            _ if backend == DbBackend::Sqlite && !sight.whole.is_empty() => {
                by_itself(Self::visible(sight).into()).into_condition()
            }
            Some(theirs) if backend == DbBackend::Postgres => among(theirs),
            _ => Self::visible(sight),
        }
    }
}

impl Entity {
    /// The outcomes of these indicators that the viewer may see, where that is asked as one: PostgreSQL takes two arrays
    /// for more telling than they are together.
    #[must_use]
    pub fn visible_of(backend: DbBackend, sight: &Sight, indicators: &[Uuid]) -> Option<Seen> {
        let mut theirs = of_all_organisations(sight).filter(|_| backend == DbBackend::Postgres)?;
        let wanted = Expr::col(indicator::Column::Id).eq(PgFunc::any(indicators.to_vec()));
        Some(Seen::through(among(theirs.and_where(wanted).take())))
    }
}

fn among(indicators: SelectStatement) -> sea_orm::Condition {
    let keys = Func::cust("ARRAY").arg(SubQueryStatement::SelectStatement(indicators));
    Expr::col((Entity, Column::IndicatorId)).eq(PgFunc::any(keys)).into_condition()
}

/// The indicators of the organisations of which the viewer sees everything. An outcome's indicator and unit are of one
/// organisation, whoever writes it; and indicators are few.
fn of_all_organisations(sight: &Sight) -> Option<SelectStatement> {
    let organisations = sight.all_of().filter(|_| !sight.is_row_by_row())?;
    let theirs = Query::select()
        .column(indicator::Column::Id)
        .from(indicator::Entity)
        .and_where(
            Expr::col(indicator::Column::OrganisationId).is_in(organisations.iter().copied()),
        )
        .to_owned();
    Some(theirs)
}

/// Whether an outcome is no draft: confirmed, or of a month.
#[must_use]
pub fn is_published() -> Expr {
    Expr::col((Entity, Column::State)).eq(OutcomeState::Confirmed.as_str()).or(Expr::col((
        Entity,
        Column::Kind,
    ))
    .eq(PeriodKind::Month.as_str()))
}
