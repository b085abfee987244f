//! Organisations of several shapes with answers of every kind, written straight into the database.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    access::actor,
    fixed::Fixed,
    indicators::{indicator, outcome},
    organisation::{org_unit, org_unit_closure},
    period_kinds::PeriodKinds,
    vocabulary::{
        ActorKind, Gender, IndicatorAggregation, IndicatorCategory, IndicatorDirection,
        MissingReason, OrgUnitKind, OutcomeOrigin, OutcomeState, PeriodKind,
    },
};
use rodtrad::{db::Db, domain::organisation::period::Period};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

const UNITS: usize = 90;

/// Periods whose units answer each in their own way.
fn periods() -> [Period; 3] {
    [(2023, PeriodKind::Ar), (2024, PeriodKind::Ar), (2024, PeriodKind::Ur1)]
        .map(|(year, kind)| Period::new(year, kind, None).expect("a period"))
}

/// How the indicators are put together.
const KINDS: [IndicatorAggregation; 3] =
    [IndicatorAggregation::Sum, IndicatorAggregation::Average, IndicatorAggregation::Ratio];

/// How a tree is drawn: the number of the unit above each.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    name: &'static str,
    above: fn(usize) -> usize,
}

/// Boards with all others right below them; all right below the root; two below each.
pub const SHAPES: [Shape; 3] = [
    Shape { name: "boards", above: |unit| if unit <= 4 { 0 } else { 1 + unit % 4 } },
    Shape { name: "flat", above: |_| 0 },
    Shape { name: "deep", above: |unit| (unit - 1) / 2 },
];

/// An organisation, as it was written.
pub struct Made {
    /// Its shape.
    pub shape: Shape,
    /// Its units, each after the one above it.
    pub units: Vec<org_unit::Model>,
    /// One for each way of putting together.
    pub indicators: Vec<indicator::Model>,
    /// What the units have answered.
    pub outcomes: Vec<outcome::Model>,
}

/// Small numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn number(&mut self) -> Fixed {
        Fixed(i64::try_from(self.below(2_000_000_000)).unwrap_or_default() - 500_000_000)
    }
}

impl Made {
    /// Makes one, and writes it.
    pub async fn new(db: &Db, shape: Shape) -> Self {
        let mut dice = Dice(7);
        let root = Uuid::now_v7();
        let mut units: Vec<org_unit::Model> = Vec::new();
        for number in 0..UNITS {
            let id = if number == 0 { root } else { Uuid::now_v7() };
            let parent = (number > 0).then(|| units[(shape.above)(number)].id);
            units.push(unit(&mut dice, number, id, root, parent));
        }
        let indicators: Vec<_> = KINDS.iter().map(|kind| indicator_of(root, *kind)).collect();
        let mut made = Self { shape, units, indicators, outcomes: Vec::new() };
        made.answer(&mut dice);
        made.write(db).await;
        made
    }

    /// Each thing that can be asked of a unit.
    pub fn questions(&self) -> impl Iterator<Item = (Uuid, IndicatorAggregation, Period, Gender)> {
        self.indicators.iter().flat_map(|indicator| {
            periods().into_iter().flat_map(move |period| {
                let ask =
                    move |gender: &Gender| (indicator.id, indicator.aggregation, period, *gender);
                Gender::ALL.iter().map(ask)
            })
        })
    }

    /// A unit and those above it.
    pub fn line(&self, unit: Uuid) -> impl Iterator<Item = Uuid> {
        let above = |id: &Uuid| self.units.iter().find(|unit| unit.id == *id)?.parent_id;
        std::iter::successors(Some(unit), above)
    }

    /// In the first period some answer here and there, in the second all right below the root as well, in the third
    /// only those who have nobody below.
    fn answer(&mut self, dice: &mut Dice) {
        let questions: Vec<_> = self.questions().collect();
        for (indicator, kind, period, gender) in questions {
            for number in 1..UNITS {
                let parent = self.units[number].parent_id;
                let leaf =
                    self.units.iter().all(|unit| unit.parent_id != Some(self.units[number].id));
                let answers = match (period.year(), period.kind()) {
                    (2023, _) => dice.one_in(3),
                    (_, PeriodKind::Ar) => parent == Some(self.units[0].id) || dice.one_in(3),
                    _ => leaf && !dice.one_in(4),
                };
                if answers && !(gender == Gender::Total && dice.one_in(2)) {
                    let unit = self.units[number].id;
                    let question = (indicator, kind, period, gender);
                    let who = self.units[0].id;
                    self.outcomes.push(outcome_of(dice, question, unit, who));
                }
            }
        }
    }

    async fn write(&self, db: &Db) {
        let transaction = db.begin().await.expect("a transaction");
        let who = actor::Model {
            id: self.units[0].id,
            kind: ActorKind::User,
            subject: self.shape.name.to_owned(),
            name: None,
        };
        let closure = self.units.iter().flat_map(|unit| {
            (0..).zip(self.line(unit.id)).map(|(depth, ancestor)| org_unit_closure::Model {
                ancestor_id: ancestor,
                descendant_id: unit.id,
                depth,
            })
        });
        insert::<actor::Entity>(&transaction, [who]).await;
        insert::<org_unit::Entity>(&transaction, self.units.iter().cloned()).await;
        insert::<org_unit_closure::Entity>(&transaction, closure).await;
        insert::<indicator::Entity>(&transaction, self.indicators.iter().cloned()).await;
        insert::<outcome::Entity>(&transaction, self.outcomes.iter().cloned()).await;
        transaction.commit().await.expect("the rows are kept");
    }
}

async fn insert<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = E::Model>,
) where
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    let rows: Vec<_> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    for some in rows.chunks(500) {
        E::insert_many(some.to_vec())
            .exec_without_returning(connection)
            .await
            .expect("the rows are written");
    }
}

fn at(second: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + i64::try_from(second).unwrap_or_default(), 0)
        .unwrap_or_default()
}

fn unit(
    dice: &mut Dice,
    number: usize,
    id: Uuid,
    root: Uuid,
    parent: Option<Uuid>,
) -> org_unit::Model {
    let day = |year| NaiveDate::from_ymd_opt(year, 6, 30);
    let (active_from, active_to) = match dice.below(12) {
        _ if number < 3 => (None, None),
        0 => (day(2024), None),
        1 => (None, day(2023)),
        2 => (day(2020), day(2030)),
        _ => (None, None),
    };
    org_unit::Model {
        id,
        organisation_id: root,
        parent_id: parent,
        code: format!("E{number}"),
        name: format!("Enhet {number}"),
        kind: OrgUnitKind::Unit,
        active_from,
        active_to,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
        updated_by: root,
    }
}

fn indicator_of(root: Uuid, aggregation: IndicatorAggregation) -> indicator::Model {
    indicator::Model {
        id: Uuid::now_v7(),
        organisation_id: root,
        code: aggregation.as_str().to_owned(),
        name: aggregation.as_str().to_owned(),
        definition: None,
        category: IndicatorCategory::Staff,
        unit: "%".to_owned(),
        decimals: 1,
        direction: IndicatorDirection::HigherIsBetter,
        aggregation,
        frequency: PeriodKinds::from_iter(PeriodKind::ALL.iter().copied()),
        tolerance: None,
        computed: None,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
        updated_by: root,
    }
}

/// A value, a reason, a secret, or what would give a secret away.
fn outcome_of(
    dice: &mut Dice,
    (indicator, kind, period, gender): (Uuid, IndicatorAggregation, Period, Gender),
    unit: Uuid,
    who: Uuid,
) -> outcome::Model {
    let ratio = kind == IndicatorAggregation::Ratio;
    let value = Some(dice.number());
    let fraction = (ratio && !dice.one_in(5)).then(|| (dice.number(), dice.number()));
    let (numerator, denominator) = fraction.unzip();
    let reason = MissingReason::ALL[usize::try_from(dice.below(5)).unwrap_or_default()];
    let missing = dice.one_in(6).then_some(reason);
    let confidential = missing == Some(MissingReason::Confidential);
    let guarded = missing.is_none() && dice.one_in(8);
    let open = missing.is_none() && !guarded;
    let secret = guarded || confidential;
    let state = if dice.one_in(5) { OutcomeState::Preliminary } else { OutcomeState::Confirmed };
    outcome::Model {
        id: Uuid::now_v7(),
        indicator_id: indicator,
        org_unit_id: unit,
        year: period.year(),
        kind: period.kind(),
        month: 0,
        period_order: period.year(),
        gender,
        value: value.filter(|_| open),
        numerator: numerator.filter(|_| open),
        denominator: denominator.filter(|_| open),
        missing_reason: missing,
        hidden_value: value.filter(|_| secret),
        hidden_numerator: numerator.filter(|_| secret),
        hidden_denominator: denominator.filter(|_| secret),
        guarded,
        forecast: None,
        origin: OutcomeOrigin::Reported,
        state,
        comment: None,
        version: 1,
        created_at: at(0),
        updated_at: at(dice.below(100_000)),
        updated_by: who,
    }
}
