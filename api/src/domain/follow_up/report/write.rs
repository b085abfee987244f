//! Changes what a report says as a whole.

use chrono::{DateTime, Utc};
use entity::{
    follow_up::report,
    vocabulary::{InternalControlConclusion, PeriodKind},
};

use super::{lock::refuse_locked, scope};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        form::{Form, Sent, TEXT, written},
        problem::{Code, Problem},
        write::{Done, Edit},
    },
    error::Result,
};

/// What a caller sends of a report.
#[derive(Clone, Debug, Default)]
pub struct ReportFields {
    /// What it comes to.
    pub summary: Sent<String>,
    /// What the annual report says of the internal control.
    pub internal_control_conclusion: Sent<InternalControlConclusion>,
    /// What is said of the period's economy.
    pub economy_comment: Sent<String>,
    /// What is said of the period's investments.
    pub investment_comment: Sent<String>,
}

/// Changes a report that is open.
///
/// # Errors
/// What is wrong with the input, that it is locked, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: ReportFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: report::Model = write.find("id", id).await?;
    write.require(Action::Report, before.org_unit_id).await?;
    refuse_locked(before.status).map_err(|problem| problem.at("id"))?;
    let mut after = before.clone();
    let mut form = Form::default();
    form.text("summary", &mut after.summary, written(fields.summary), TEXT);
    let economy = written(fields.economy_comment);
    form.text("economyComment", &mut after.economy_comment, economy, TEXT);
    let investment = written(fields.investment_comment);
    form.text("investmentComment", &mut after.investment_comment, investment, TEXT);
    form.optional(
        "internalControlConclusion",
        &mut after.internal_control_conclusion,
        fields.internal_control_conclusion,
    );
    if after.internal_control_conclusion.is_some() && after.kind != PeriodKind::Ar {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Finns bara i årsrapporten (AR).",
                "Only in the annual report (AR).",
            )
            .at("internalControlConclusion"),
        );
    }
    let edit = Edit { version, sent: form.finish()? };
    let scope = scope(&write, &before).await?;
    write.update(&scope, &before, after, Vec::new(), &edit).await?;
    write.commit(vec![before.id]).await
}
