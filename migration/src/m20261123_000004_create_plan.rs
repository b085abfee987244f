//! Plans with the chain of superior plans that each answers, their chapters, governing documents and focus areas.

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
                "CREATE TABLE plan (
                    id {uuid} NOT NULL PRIMARY KEY,
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    title text NOT NULL CHECK (title <> ''),
                    registry_number text,
                    status text NOT NULL CHECK (status IN ('DRAFT', 'DECIDED', 'CLOSED')),
                    decided_on {date},
                    decided_by text,
                    based_on_id {uuid} REFERENCES plan (id),
                    {tracked},
                    CONSTRAINT plan_org_unit_year_key UNIQUE (org_unit_id, year),
                    CONSTRAINT plan_decided_check CHECK (status = 'DRAFT' OR (decided_on IS NOT NULL AND decided_by IS NOT NULL)),
                    CONSTRAINT plan_based_on_check CHECK (based_on_id <> id)
                )",
                "CREATE INDEX plan_year_idx ON plan (year, id)",
                "CREATE INDEX plan_status_idx ON plan (status, id)",
                "CREATE INDEX plan_title_idx ON plan (title COLLATE swedish, id)",
                "CREATE INDEX plan_based_on_idx ON plan (based_on_id)",
                "CREATE INDEX plan_updated_by_idx ON plan (updated_by)",
                "CREATE TABLE plan_basis (
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    basis_id {uuid} NOT NULL REFERENCES plan (id),
                    depth integer NOT NULL CHECK (depth >= 0),
                    PRIMARY KEY (plan_id, basis_id)
                )",
                "CREATE INDEX plan_basis_basis_idx ON plan_basis (basis_id, plan_id)",
                "CREATE TABLE plan_section (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    number text,
                    heading text NOT NULL CHECK (heading <> ''),
                    text text NOT NULL,
                    {tracked}
                )",
                "CREATE INDEX plan_section_plan_idx ON plan_section (plan_id)",
                "CREATE INDEX plan_section_updated_by_idx ON plan_section (updated_by)",
                "CREATE TABLE governing_document (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    title text NOT NULL CHECK (title <> ''),
                    kind text NOT NULL CHECK (kind IN ('LAW', 'POLICY', 'PROGRAMME', 'GUIDELINE', 'ROUTINE', 'OTHER')),
                    decided_by text,
                    decided_on text CHECK (length(decided_on) IN (4, 7, 10)),
                    registry_number text,
                    {tracked}
                )",
                "CREATE INDEX governing_document_plan_idx ON governing_document (plan_id)",
                "CREATE INDEX governing_document_updated_by_idx ON governing_document (updated_by)",
                "CREATE TABLE focus_area (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    number text,
                    name text NOT NULL CHECK (name <> ''),
                    description text,
                    origin text NOT NULL CHECK (origin IN ('COUNCIL', 'OWN')),
                    {tracked}
                )",
                "CREATE INDEX focus_area_plan_idx ON focus_area (plan_id)",
                "CREATE INDEX focus_area_updated_by_idx ON focus_area (updated_by)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["focus_area", "governing_document", "plan_section", "plan_basis", "plan"],
        )
        .await
    }
}
