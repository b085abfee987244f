//! The log of changes, and the answers that an idempotency key is owed. `change_head` is the one row that a writer locks first: changes are numbered in the order in which they commit, without gaps.

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
                "CREATE TABLE change_head (
                    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
                    last bigint NOT NULL
                )",
                "INSERT INTO change_head (id, last) VALUES (1, 0)",
                "CREATE TABLE change (
                    seq bigint NOT NULL PRIMARY KEY,
                    at {instant} NOT NULL,
                    organisation_id {uuid} NOT NULL,
                    org_unit_id {uuid} NOT NULL,
                    node_type text NOT NULL,
                    node_id {uuid} NOT NULL,
                    node_version integer NOT NULL,
                    kind text NOT NULL CHECK (kind IN ('CREATED', 'UPDATED', 'DELETED')),
                    actor_id {uuid} NOT NULL REFERENCES actor (id),
                    draft boolean NOT NULL,
                    fields text NOT NULL
                )",
                "CREATE INDEX change_node_idx ON change (node_id, seq)",
                "CREATE INDEX change_org_unit_idx ON change (org_unit_id, seq)",
                "CREATE INDEX change_organisation_idx ON change (organisation_id, seq)",
                "CREATE INDEX change_actor_idx ON change (actor_id)",
                "CREATE TABLE idempotency (
                    actor_id {uuid} NOT NULL REFERENCES actor (id),
                    key text NOT NULL CHECK (key <> ''),
                    mutation text NOT NULL,
                    digest text NOT NULL,
                    answer text NOT NULL,
                    seq bigint NOT NULL,
                    at {instant} NOT NULL,
                    PRIMARY KEY (actor_id, key)
                )",
                "CREATE INDEX idempotency_at_idx ON idempotency (at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency", "change", "change_head"]).await
    }
}
