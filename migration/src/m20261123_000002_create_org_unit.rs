//! Actors, and the tree of units with its closure, which every question about "this unit and all below it" asks.

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
                "CREATE TABLE actor (
                    id {uuid} NOT NULL PRIMARY KEY,
                    kind text NOT NULL CHECK (kind IN ('USER', 'SERVICE', 'SYSTEM')),
                    subject text NOT NULL CHECK (subject <> ''),
                    name text,
                    CONSTRAINT actor_subject_key UNIQUE (subject, kind)
                )",
                "CREATE TABLE org_unit (
                    id {uuid} NOT NULL PRIMARY KEY,
                    organisation_id {uuid} NOT NULL REFERENCES org_unit (id),
                    parent_id {uuid} REFERENCES org_unit (id),
                    code text NOT NULL CHECK (code <> ''),
                    name text NOT NULL CHECK (name <> ''),
                    kind text NOT NULL CHECK (kind IN ('COUNCIL', 'BOARD', 'ADMINISTRATION', 'AREA', 'DEPARTMENT', 'UNIT', 'COMPANY')),
                    active_from {date},
                    active_to {date},
                    {tracked},
                    CONSTRAINT org_unit_code_key UNIQUE (organisation_id, code),
                    CONSTRAINT org_unit_root_check CHECK ((parent_id IS NULL) = (organisation_id = id)),
                    CONSTRAINT org_unit_active_check CHECK (active_to >= active_from)
                )",
                "CREATE INDEX org_unit_parent_idx ON org_unit (parent_id, name COLLATE swedish, id)",
                "CREATE INDEX org_unit_code_idx ON org_unit (code)",
                "CREATE INDEX org_unit_name_idx ON org_unit (name COLLATE swedish, id)",
                "CREATE INDEX org_unit_code_order_idx ON org_unit (code COLLATE swedish_numeric, id)",
                "CREATE INDEX org_unit_updated_by_idx ON org_unit (updated_by)",
                "CREATE TABLE org_unit_closure (
                    ancestor_id {uuid} NOT NULL REFERENCES org_unit (id),
                    descendant_id {uuid} NOT NULL REFERENCES org_unit (id),
                    depth integer NOT NULL CHECK (depth >= 0),
                    PRIMARY KEY (ancestor_id, descendant_id)
                )",
                "CREATE INDEX org_unit_closure_descendant_idx ON org_unit_closure (descendant_id, ancestor_id)",
                "CREATE TABLE reporting_period (
                    organisation_id {uuid} NOT NULL REFERENCES org_unit (id),
                    year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    kind text NOT NULL CHECK (kind IN ('UR1', 'UR2', 'AR')),
                    label text NOT NULL CHECK (label <> ''),
                    end_month integer NOT NULL CHECK (end_month BETWEEN 1 AND 12),
                    due_on {date} NOT NULL,
                    PRIMARY KEY (organisation_id, year, kind)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["reporting_period", "org_unit_closure", "org_unit", "actor"]).await
    }
}
