//! `rodtrad token`: grants a role on a unit and prints a token for the principal.

use std::time::Duration;

use clap::Args;
use entity::{
    access::role_grant,
    node_id,
    organisation::org_unit,
    vocabulary::{ActorKind, ChangeKind, NodeType, PrincipalKind, Role},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    access::{
        token,
        viewer::{Principal, Viewer},
    },
    app::App,
    domain::write::{FieldChange, Scope, Write},
    error::{Error, Result},
};

/// Grants a role and prints a token.
#[derive(Args, Debug)]
pub(super) struct Token {
    /// Whom the token speaks for (`sub`).
    #[arg(long)]
    subject: String,
    /// READER, REPORTER, PLANNER, CONTROLLER, ADMIN or INTEGRATION.
    #[arg(long, value_parser = role)]
    role: Role,
    /// The unit, by its code or id; the role holds for it and all below it.
    #[arg(long)]
    unit: String,
    /// The name that is shown for the subject.
    #[arg(long)]
    name: Option<String>,
    /// Whether another system uses the token, and not a person.
    #[arg(long)]
    service: bool,
    /// How many days the token is good.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=366))]
    days: u32,
}

fn role(text: &str) -> std::result::Result<Role, String> {
    Role::parse(&text.to_uppercase()).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("choose one of {}", roles.join(", "))
    })
}

impl Token {
    pub(super) async fn run(&self, app: &App) -> Result<()> {
        let now = (app.clock())();
        let kind = if self.service { PrincipalKind::Service } else { PrincipalKind::User };
        let mut write = app.db().write(&Viewer::system(), now).await?;
        let unit = find_unit(&write, &self.unit).await?;
        grant(&mut write, &self.subject, kind, self.role, &unit).await?;
        write.commit(Vec::new()).await?;
        let principal = Principal {
            kind: if self.service { ActorKind::Service } else { ActorKind::User },
            subject: self.subject.clone(),
            name: self.name.clone(),
            groups: Vec::new(),
            operator: false,
        };
        let valid = chrono::Duration::days(i64::from(self.days));
        println!("{}", token::issue(&app.config().token, &principal, now, valid)?);
        Ok(())
    }
}

async fn find_unit(write: &Write, text: &str) -> Result<org_unit::Model> {
    let wanted = match node_id::decode(text) {
        Some((NodeType::OrgUnit, id)) => org_unit::Column::Id.eq(id),
        _ => org_unit::Column::Code.eq(text),
    };
    let mut found = org_unit::Entity::find().filter(wanted).all(write.connection()).await?;
    match found.len() {
        0 => Err(Error::BadInput(format!("There is no unit with the code or id {text}."))),
        1 => found.pop().ok_or_else(|| Error::internal("one unit is none")),
        _ => {
            Err(Error::BadInput(format!("Several organisations have a unit {text}; give its id.")))
        }
    }
}

async fn grant(
    write: &mut Write,
    principal: &str,
    principal_kind: PrincipalKind,
    role: Role,
    unit: &org_unit::Model,
) -> Result<()> {
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::Principal.eq(principal))
        .filter(role_grant::Column::PrincipalKind.eq(principal_kind))
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::OrgUnitId.eq(unit.id))
        .one(write.connection())
        .await?;
    if held.is_some() {
        return Ok(());
    }
    let id = Uuid::now_v7();
    let row = role_grant::Model {
        id,
        principal: principal.to_owned(),
        principal_kind,
        role,
        org_unit_id: unit.id,
    };
    role_grant::Entity::insert(row.into_active_model())
        .exec_without_returning(write.connection())
        .await?;
    let scope = Scope { organisation_id: unit.organisation_id, org_unit_id: unit.id, draft: false };
    let field = |field: &str, after: &str| FieldChange {
        field: field.to_owned(),
        before: None,
        after: Some(after.to_owned()),
    };
    let fields = vec![field("principal", principal), field("role", role.as_str())];
    write.log_node(&scope, NodeType::RoleGrant, id, 1, ChangeKind::Created, fields)
}

/// Makes somebody administrator of every organisation.
pub(super) async fn grant_everywhere(app: &App, subject: &str, system: &Viewer) -> Result<()> {
    let mut write = app.db().write(system, (app.clock())()).await?;
    let roots = org_unit::Entity::find()
        .filter(org_unit::Column::ParentId.is_null())
        .all(write.connection())
        .await?;
    for root in &roots {
        grant(&mut write, subject, PrincipalKind::User, Role::Admin, root).await?;
    }
    write.commit(Vec::new()).await?;
    Ok(())
}

/// A token for a person whose roles are granted already.
pub(super) fn print_for(app: &App, subject: &str, valid: Duration) -> Result<String> {
    let principal = Principal {
        kind: ActorKind::User,
        subject: subject.to_owned(),
        name: None,
        groups: Vec::new(),
        operator: true,
    };
    let valid = chrono::Duration::from_std(valid).map_err(Error::internal)?;
    token::issue(&app.config().token, &principal, (app.clock())(), valid)
}
