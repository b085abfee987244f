//! The periods that outcomes and reports are for.

use async_graphql::{Context, InputObject};
use entity::vocabulary::PeriodKind as StoredKind;
use macros::object;
use uuid::Uuid;

use super::loader::CycleOf;
use crate::{
    domain::organisation::{cycle::Cycle, period as domain},
    error::{Error, Result},
    graphql::{context::session, scalar::Date, vocabulary::PeriodKind},
};

/// Names a period (period).
#[derive(InputObject, Clone, Copy, Debug)]
pub struct PeriodInput {
    /// The year, 1900 to 2200.
    pub year: i32,
    /// The kind of period.
    pub kind: PeriodKind,
    /// Which month, 1 to 12: for the kind MONTH, and only for that.
    pub month: Option<i32>,
}

impl From<PeriodInput> for domain::AskedPeriod {
    fn from(input: PeriodInput) -> Self {
        let PeriodInput { year, kind, month } = input;
        Self { year, kind: kind.into(), month }
    }
}

impl PeriodInput {
    /// The period that a query asks for. A mutation hands the domain a [`domain::AskedPeriod`] instead.
    ///
    /// # Errors
    /// [`Error::BadInput`] when there is no such period.
    pub fn period(self) -> Result<domain::Period> {
        Ok(domain::AskedPeriod::from(self).period()?)
    }
}

/// A period of an organisation, which says where its follow-ups end and what they are called.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    organisation_id: Uuid,
    period: domain::Period,
}

impl Period {
    /// That period, as that organisation writes it.
    #[must_use]
    pub fn new(organisation_id: Uuid, period: domain::Period) -> Self {
        Self { organisation_id, period }
    }

    /// Whether it is the same in every cycle.
    fn is_settled(&self) -> bool {
        self.period.kind() == StoredKind::Month
    }

    fn settled(&self) -> Cycle {
        Cycle::of(self.period.year(), &[])
    }

    fn settled_end(&self) -> Date {
        Date(self.period.end(&self.settled()))
    }

    fn settled_label(&self) -> String {
        self.period.label(&self.settled())
    }

    async fn cycle(&self, ctx: &Context<'_>) -> Result<Cycle> {
        if self.is_settled() {
            return Ok(self.settled());
        }
        let settings = session(ctx).loader.load_one(CycleOf(self.organisation_id)).await?;
        let settings = settings.ok_or_else(|| Error::internal("no answer about a cycle"))?;
        Ok(Cycle::of(self.period.year(), &settings))
    }
}

/// A period (period): a month, or one of the year's follow-ups, which all run from 1 January, so that UR2 and
/// AR contain the earlier ones.
#[object]
impl Period {
    /// The year.
    fn year(&self) -> i32 {
        self.period.year()
    }

    /// The kind of period.
    fn kind(&self) -> PeriodKind {
        self.period.kind().into()
    }

    /// Which month, 1 to 12; null for other kinds than MONTH.
    fn month(&self) -> Option<u32> {
        self.period.month()
    }

    /// The first day.
    fn start(&self) -> Date {
        Date(self.period.start())
    }

    /// The last day, by the organisation's reporting cycle of the year.
    #[direct(settled_end, when = is_settled)]
    async fn end(&self, ctx: &Context<'_>) -> Result<Date> {
        Ok(Date(self.period.end(&self.cycle(ctx).await?)))
    }

    /// As the organisation writes it: "januari 2024", "T1 2024".
    #[direct(settled_label, when = is_settled)]
    async fn label(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.period.label(&self.cycle(ctx).await?))
    }
}
