//! Assignments, activities, and who answers for them.

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
                "CREATE TABLE assignment (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    focus_area_id {uuid} REFERENCES focus_area (id),
                    goal_id {uuid} REFERENCES goal (id),
                    parent_id {uuid} REFERENCES assignment (id),
                    number text,
                    name text NOT NULL CHECK (name <> ''),
                    description text,
                    cascades boolean,
                    starts_on {date},
                    ends_on {date},
                    status text NOT NULL CHECK (status IN ('NOT_STARTED', 'ONGOING', 'DELAYED', 'DONE', 'CANCELLED')),
                    {tracked},
                    CONSTRAINT assignment_parent_check CHECK (parent_id <> id),
                    CONSTRAINT assignment_dates_check CHECK (ends_on >= starts_on)
                )",
                "CREATE INDEX assignment_plan_idx ON assignment (plan_id)",
                "CREATE INDEX assignment_focus_area_idx ON assignment (focus_area_id)",
                "CREATE INDEX assignment_goal_idx ON assignment (goal_id)",
                "CREATE INDEX assignment_parent_idx ON assignment (parent_id)",
                "CREATE INDEX assignment_name_idx ON assignment (name COLLATE swedish, id)",
                "CREATE INDEX assignment_number_idx ON assignment (coalesce(number, '') COLLATE swedish_numeric, id)",
                "CREATE INDEX assignment_ends_on_idx ON assignment (coalesce(ends_on, '9999-12-31'), id)",
                "CREATE INDEX assignment_status_idx ON assignment (status, coalesce(ends_on, '9999-12-31'), id)",
                "CREATE INDEX assignment_updated_by_idx ON assignment (updated_by)",
                "CREATE TABLE activity (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    kind text NOT NULL CHECK (kind IN ('OPERATIONS', 'COMPETENCE', 'WORK_ENVIRONMENT')),
                    assignment_id {uuid} REFERENCES assignment (id),
                    name text NOT NULL CHECK (name <> ''),
                    description text,
                    starts_on {date},
                    due_on {date},
                    status text NOT NULL CHECK (status IN ('NOT_STARTED', 'ONGOING', 'DELAYED', 'DONE', 'CANCELLED')),
                    percent_done integer CHECK (percent_done BETWEEN 0 AND 100),
                    competence_category text CHECK (competence_category IN ('DEVELOP', 'PHASE_OUT', 'ATTRACT', 'RECRUIT', 'RETAIN')),
                    follow_up_comment text,
                    {tracked},
                    CONSTRAINT activity_dates_check CHECK (due_on >= starts_on),
                    CONSTRAINT activity_competence_check CHECK (competence_category IS NULL OR kind = 'COMPETENCE')
                )",
                "CREATE INDEX activity_plan_idx ON activity (plan_id)",
                "CREATE INDEX activity_org_unit_idx ON activity (org_unit_id)",
                "CREATE INDEX activity_assignment_idx ON activity (assignment_id)",
                "CREATE INDEX activity_name_idx ON activity (name COLLATE swedish, id)",
                "CREATE INDEX activity_due_on_idx ON activity (coalesce(due_on, '9999-12-31'), id)",
                "CREATE INDEX activity_status_idx ON activity (status, coalesce(due_on, '9999-12-31'), id)",
                "CREATE INDEX activity_kind_idx ON activity (kind, competence_category, id)",
                "CREATE INDEX activity_updated_by_idx ON activity (updated_by)",
                "CREATE TABLE activity_goal (
                    activity_id {uuid} NOT NULL REFERENCES activity (id),
                    goal_id {uuid} NOT NULL REFERENCES goal (id),
                    PRIMARY KEY (activity_id, goal_id)
                )",
                "CREATE INDEX activity_goal_goal_idx ON activity_goal (goal_id)",
                "CREATE TABLE responsibility (
                    id {uuid} NOT NULL PRIMARY KEY,
                    assignment_id {uuid} REFERENCES assignment (id),
                    activity_id {uuid} REFERENCES activity (id),
                    position integer NOT NULL CHECK (position >= 0),
                    kind text NOT NULL CHECK (kind IN ('RESPONSIBLE', 'REPORTING', 'SUPPORTING')),
                    function text CHECK (function <> ''),
                    org_unit_id {uuid} REFERENCES org_unit (id),
                    CONSTRAINT responsibility_owner_check CHECK ((assignment_id IS NULL) <> (activity_id IS NULL)),
                    CONSTRAINT responsibility_who_check CHECK (function IS NOT NULL OR org_unit_id IS NOT NULL)
                )",
                "CREATE INDEX responsibility_assignment_idx ON responsibility (assignment_id)",
                "CREATE INDEX responsibility_activity_idx ON responsibility (activity_id)",
                "CREATE INDEX responsibility_org_unit_idx ON responsibility (org_unit_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["responsibility", "activity_goal", "activity", "assignment"]).await
    }
}
