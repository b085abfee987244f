//! Batched questions about reports and the calendar of the year.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::follow_up::{calendar_event, report, report_event};
use uuid::Uuid;

use crate::{
    domain::{
        fetch,
        follow_up::{
            assessment::{About, Told, told},
            calendar_event::{Wheel, due_days, of_wheels},
            decision::{self, Decision},
            report::{
                Completeness, Due, Progress, ReportKey, by_keys, completeness, of_reports, progress,
            },
        },
    },
    error::{Error, Result},
    graphql::loader::Fetch,
};

impl Loader<ReportKey> for Fetch {
    type Value = report::Model;
    type Error = Error;

    async fn load(&self, keys: &[ReportKey]) -> Result<HashMap<ReportKey, report::Model>> {
        by_keys(self.db.reader(), self.viewer.sight()?, keys).await
    }
}

/// How far a report has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CompletenessOf(pub Uuid);

impl Loader<CompletenessOf> for Fetch {
    type Value = Arc<Completeness>;
    type Error = Error;

    async fn load(&self, keys: &[CompletenessOf]) -> Result<HashMap<CompletenessOf, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let (reader, sight) = (self.db.reader(), self.viewer.sight()?);
        let reports = fetch::by_id::<report::Entity>(reader, sight, &ids).await?;
        let asked: Vec<Due> = reports.values().map(Due::of).collect::<Result<_>>()?;
        let found = completeness(reader, sight, &asked).await?.into_iter();
        let by_report =
            found.filter_map(|(due, found)| Some((CompletenessOf(due.report?), Arc::new(found))));
        Ok(by_report.collect())
    }
}

/// What happened to a report.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventsOf(pub Uuid);

impl Loader<EventsOf> for Fetch {
    type Value = Vec<report_event::Model>;
    type Error = Error;

    async fn load(&self, keys: &[EventsOf]) -> Result<HashMap<EventsOf, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = of_reports(self.db.reader(), self.viewer.sight()?, &ids).await?;
        Ok(found.into_iter().map(|(id, events)| (EventsOf(id), events)).collect())
    }
}

/// What reports have said of something over time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ToldOf(pub About);

impl Loader<ToldOf> for Fetch {
    type Value = Arc<Vec<Told>>;
    type Error = Error;

    async fn load(&self, keys: &[ToldOf]) -> Result<HashMap<ToldOf, Self::Value>> {
        let asked: Vec<About> = keys.iter().map(|key| key.0).collect();
        let found = told(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(found.into_iter().map(|(about, told)| (ToldOf(about), Arc::new(told))).collect())
    }
}

/// How far the units right below have come with theirs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProgressOf(pub ReportKey);

impl Loader<ProgressOf> for Fetch {
    type Value = Arc<Vec<Progress>>;
    type Error = Error;

    async fn load(&self, keys: &[ProgressOf]) -> Result<HashMap<ProgressOf, Self::Value>> {
        let asked: Vec<ReportKey> = keys.iter().map(|key| key.0).collect();
        let found = progress(self.db.reader(), self.viewer.sight()?, &asked).await?;
        Ok(found.into_iter().map(|(key, found)| (ProgressOf(key), Arc::new(found))).collect())
    }
}

/// What was decided of a report.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DecisionsOf(pub Uuid);

impl Loader<DecisionsOf> for Fetch {
    type Value = Vec<Decision>;
    type Error = Error;

    async fn load(&self, keys: &[DecisionsOf]) -> Result<HashMap<DecisionsOf, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = decision::of_reports(self.db.reader(), self.viewer.sight()?, &ids).await?;
        Ok(found.into_iter().map(|(id, decisions)| (DecisionsOf(id), decisions)).collect())
    }
}

/// When a report is due, where its unit has said so itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DueOf(pub ReportKey);

impl Loader<DueOf> for Fetch {
    type Value = NaiveDate;
    type Error = Error;

    async fn load(&self, keys: &[DueOf]) -> Result<HashMap<DueOf, NaiveDate>> {
        let keys: Vec<ReportKey> = keys.iter().map(|key| key.0).collect();
        let found = due_days(self.db.reader(), self.viewer.sight()?, &keys).await?;
        Ok(found.into_iter().map(|(key, day)| (DueOf(key), day)).collect())
    }
}

impl Loader<Wheel> for Fetch {
    type Value = Vec<calendar_event::Model>;
    type Error = Error;

    async fn load(&self, keys: &[Wheel]) -> Result<HashMap<Wheel, Self::Value>> {
        of_wheels(self.db.reader(), self.viewer.sight()?, keys).await
    }
}

/// What was ever decided of a unit's reports of a period.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DecidedOf(pub ReportKey);

impl Loader<DecidedOf> for Fetch {
    type Value = Vec<Decision>;
    type Error = Error;

    async fn load(&self, keys: &[DecidedOf]) -> Result<HashMap<DecidedOf, Self::Value>> {
        let keys: Vec<ReportKey> = keys.iter().map(|key| key.0).collect();
        let found = decision::of_units(self.db.reader(), self.viewer.sight()?, &keys).await?;
        Ok(found.into_iter().map(|(key, decisions)| (DecidedOf(key), decisions)).collect())
    }
}
