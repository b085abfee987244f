//! Role grants, and the ids that other systems know a node by.

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
                "CREATE TABLE role_grant (
                    id {uuid} NOT NULL PRIMARY KEY,
                    principal text NOT NULL CHECK (principal <> ''),
                    principal_kind text NOT NULL CHECK (principal_kind IN ('USER', 'GROUP', 'SERVICE')),
                    role text NOT NULL CHECK (role IN ('READER', 'REPORTER', 'PLANNER', 'CONTROLLER', 'ADMIN', 'INTEGRATION')),
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    CONSTRAINT role_grant_key UNIQUE (principal, principal_kind, role, org_unit_id)
                )",
                "CREATE INDEX role_grant_org_unit_idx ON role_grant (org_unit_id)",
                "CREATE TABLE external_ref (
                    id {uuid} NOT NULL PRIMARY KEY,
                    organisation_id {uuid} NOT NULL REFERENCES org_unit (id),
                    node_type text NOT NULL,
                    node_id {uuid} NOT NULL,
                    source text NOT NULL CHECK (source <> ''),
                    external_id text NOT NULL CHECK (external_id <> ''),
                    url text,
                    CONSTRAINT external_ref_key UNIQUE (organisation_id, source, node_type, external_id)
                )",
                "CREATE INDEX external_ref_node_idx ON external_ref (node_id)",
                "CREATE INDEX external_ref_lookup_idx ON external_ref (node_type, source, external_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["external_ref", "role_grant"]).await
    }
}
