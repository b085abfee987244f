//! Follow-up reports, what is assessed in them, what happened to them, and what was decided.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "CREATE TABLE report (
                    id {uuid} NOT NULL PRIMARY KEY,
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    year integer NOT NULL,
                    kind text NOT NULL CHECK (kind IN ('UR1', 'UR2', 'AR')),
                    period_order integer NOT NULL,
                    status text NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED')),
                    summary text,
                    internal_control_conclusion text
                        CHECK (internal_control_conclusion IN ('SUFFICIENT', 'PARTLY_SUFFICIENT', 'INSUFFICIENT')),
                    {tracked},
                    CONSTRAINT report_key UNIQUE (org_unit_id, year, kind),
                    CONSTRAINT report_conclusion_check CHECK (internal_control_conclusion IS NULL OR kind = 'AR')
                )",
                "CREATE INDEX report_plan_idx ON report (plan_id)",
                "CREATE INDEX report_order_idx ON report (period_order, id)",
                "CREATE INDEX report_unit_order_idx ON report (org_unit_id, period_order, id)",
                "CREATE INDEX report_status_idx ON report (status, period_order, id)",
                "CREATE INDEX report_updated_by_idx ON report (updated_by)",
                "CREATE TABLE assessment (
                    id {uuid} NOT NULL PRIMARY KEY,
                    report_id {uuid} NOT NULL REFERENCES report (id),
                    focus_area_id {uuid} REFERENCES focus_area (id),
                    goal_id {uuid} REFERENCES goal (id),
                    assignment_id {uuid} REFERENCES assignment (id),
                    activity_id {uuid} REFERENCES activity (id),
                    indicator_id {uuid} REFERENCES indicator (id),
                    verdict text CHECK (verdict IN ('MET', 'PARTLY_MET', 'NOT_MET', 'CANNOT_BE_ASSESSED')),
                    progress text CHECK (progress IN ('NOT_STARTED', 'ONGOING', 'DELAYED', 'DONE', 'CANCELLED')),
                    comment text,
                    obstacles text,
                    next_steps text,
                    {tracked},
                    CONSTRAINT assessment_subject_check CHECK (
                        (CASE WHEN focus_area_id IS NULL THEN 0 ELSE 1 END)
                        + (CASE WHEN goal_id IS NULL THEN 0 ELSE 1 END)
                        + (CASE WHEN assignment_id IS NULL THEN 0 ELSE 1 END)
                        + (CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END)
                        + (CASE WHEN indicator_id IS NULL THEN 0 ELSE 1 END) = 1
                    ),
                    CONSTRAINT assessment_judged_check CHECK (
                        verdict IS NULL OR (activity_id IS NULL AND indicator_id IS NULL)
                    ),
                    CONSTRAINT assessment_advanced_check CHECK (
                        progress IS NULL OR assignment_id IS NOT NULL OR activity_id IS NOT NULL
                    ),
                    CONSTRAINT assessment_focus_area_key UNIQUE (focus_area_id, report_id),
                    CONSTRAINT assessment_goal_key UNIQUE (goal_id, report_id),
                    CONSTRAINT assessment_assignment_key UNIQUE (assignment_id, report_id),
                    CONSTRAINT assessment_activity_key UNIQUE (activity_id, report_id),
                    CONSTRAINT assessment_indicator_key UNIQUE (indicator_id, report_id)
                )",
                "CREATE INDEX assessment_report_idx ON assessment (report_id, id)",
                "CREATE INDEX assessment_updated_by_idx ON assessment (updated_by)",
                "CREATE TABLE report_event (
                    report_id {uuid} NOT NULL REFERENCES report (id),
                    number integer NOT NULL CHECK (number >= 1),
                    at {instant} NOT NULL,
                    actor_id {uuid} NOT NULL REFERENCES actor (id),
                    from_status text CHECK (from_status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED')),
                    to_status text NOT NULL CHECK (to_status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED')),
                    reason text CHECK (reason <> ''),
                    PRIMARY KEY (report_id, number)
                )",
                "CREATE INDEX report_event_actor_idx ON report_event (actor_id)",
                "CREATE TABLE report_decision (
                    report_id {uuid} NOT NULL REFERENCES report (id),
                    number integer NOT NULL CHECK (number >= 1),
                    at {instant} NOT NULL,
                    actor_id {uuid} NOT NULL REFERENCES actor (id),
                    sha256 text NOT NULL CHECK (length(sha256) = 64),
                    content text NOT NULL,
                    PRIMARY KEY (report_id, number)
                )",
                "CREATE INDEX report_decision_actor_idx ON report_decision (actor_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["report_decision", "report_event", "assessment", "report"]).await
    }
}
