//! Units by what they are known by, and lists of them.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{organisation::org_unit, vocabulary::NodeType};

use super::OrgUnit;
use crate::{
    domain::{
        access::external_ref,
        listing::{Cut, List},
        organisation::org_unit as domain,
        reference::key_of,
    },
    error::Result,
    graphql::{
        access::external_ref::ExternalRefInput,
        context::session,
        direct::Row,
        id::text,
        loader::ById,
        page::{self, Connection, OrderDirection},
        scalar::Date,
        vocabulary::OrgUnitKind,
    },
};

/// Names a unit in one of three ways.
#[derive(OneofObject, Clone, Debug)]
pub enum OrgUnitBy {
    /// By its global id.
    Id(ID),
    /// By its code. When several organisations that the caller sees use it, ask by id.
    Code(String),
    /// By the id that another system knows it by.
    External(ExternalRefInput),
}

/// Which units. All that is given must hold; an unknown id matches nothing.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OrgUnitFilter {
    /// Of one of these kinds.
    pub kind: Option<Vec<OrgUnitKind>>,
    /// Right below that unit.
    pub parent: Option<ID>,
    /// That unit and all below it.
    pub under: Option<ID>,
    /// Active on that day: begun by then, and not ended before it.
    pub active_on: Option<Date>,
    /// Only those whose `parent` is null: for most callers the organisations, for those who see a part of one the
    /// topmost units of that part.
    #[graphql(default)]
    pub roots_only: bool,
}

impl From<OrgUnitFilter> for domain::OrgUnitFilter {
    fn from(filter: OrgUnitFilter) -> Self {
        let OrgUnitFilter { kind, parent, under, active_on, roots_only } = filter;
        Self {
            kind: kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            parent: text(parent),
            under: text(under),
            active_on: active_on.map(|day| day.0),
            roots_only,
        }
    }
}

/// By what units are ordered; the id comes last.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::OrgUnitOrderField")]
pub enum OrgUnitOrderField {
    /// The name, sorted as Swedish.
    Name,
    /// The code, its numbers as numbers: 9 before 10.
    Code,
}

/// In which order units come.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct OrgUnitOrder {
    /// By what.
    pub field: OrgUnitOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl From<OrgUnitOrder> for domain::OrgUnitOrder {
    fn from(order: OrgUnitOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction.is_descending() }
    }
}

/// The list of units that a field's arguments ask for.
///
/// # Errors
/// A problem for what is no id.
pub fn list(
    ctx: &Context<'_>,
    filter: Option<OrgUnitFilter>,
    order: Option<OrgUnitOrder>,
    cut: Cut,
) -> Result<List<org_unit::Entity>> {
    let filter = domain::OrgUnitFilter::from(filter.unwrap_or_default());
    Ok(List {
        wanted: filter.condition(session(ctx).viewer.sight()?)?.into(),
        order: order.map(Into::into).unwrap_or_default(),
        cut,
    })
}

/// Queries for units.
#[derive(Default)]
pub struct OrgUnitQuery;

#[Object]
impl OrgUnitQuery {
    /// A unit (enhet); null when there is none that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for
    /// what is no unit's id, or a code or external id that several organisations use.
    async fn org_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which unit.")] by: OrgUnitBy,
    ) -> Result<Option<Row<OrgUnit>>> {
        let session = session(ctx);
        let (reader, sight) = (session.db.reader(), session.viewer.sight()?);
        let found = match by {
            OrgUnitBy::Id(id) => {
                let key = key_of(NodeType::OrgUnit, &id)?;
                session.loader.load_one(ById::<org_unit::Entity>::new(key)).await?
            }
            OrgUnitBy::Code(code) => domain::by_code(reader, sight, &code).await?,
            OrgUnitBy::External(by) => {
                let (source, id) = (&by.source, &by.external_id);
                external_ref::find::<org_unit::Entity>(reader, sight, source, id).await?
            }
        };
        Ok(found.map(|found| Row(OrgUnit(found))))
    }

    /// Units (enheter) of all organisations that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT for an
    /// impossible page or what is no unit's id.
    async fn org_units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<OrgUnitFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<OrgUnitOrder>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Row<Connection<OrgUnit>>> {
        page::all(ctx, list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?)
            .await
    }
}
