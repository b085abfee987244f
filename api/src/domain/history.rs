//! Who changed what: the log of changes read back, as far as the viewer may know it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    access::change,
    sight::Sight,
    vocabulary::{ChangeKind, NodeType},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    FromQueryResult as _, QueryFilter as _, QueryTrait as _,
    sea_query::{Alias, Expr, Order, Query, WindowStatement},
};
use uuid::Uuid;

use super::{indicators::outcome, listing::Cut, mention, write::FieldChange};
use crate::error::{Error, Result};

/// One change as the viewer may know it.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its place in the log.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Made, changed or removed.
    pub kind: ChangeKind,
    /// The type of the node.
    pub node_type: NodeType,
    /// The node.
    pub node_id: Uuid,
    /// By whom.
    pub actor_id: Uuid,
    /// The fields, before and after.
    pub fields: Vec<FieldChange>,
}

/// A part of the log, newest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The changes.
    pub changes: Vec<Change>,
    /// Whether there are older ones.
    pub has_next: bool,
    /// How many there are, when that was asked for.
    pub total: Option<u64>,
}

/// A part of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The change before it.
    pub after: i64,
    /// Its last change.
    pub until: i64,
}

/// The cursor that names a place in the log.
#[must_use]
pub fn cursor(seq: i64) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("c{seq}"))
}

/// The place in the log that a cursor names.
#[must_use]
pub fn place(cursor: &str) -> Option<i64> {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(cursor).ok()?;
    std::str::from_utf8(&text).ok()?.strip_prefix('c')?.parse().ok()
}

/// The histories of nodes that the viewer has been shown, the same part of each: one statement however many,
/// and one more when counted. What was done while a node was a draft is for those who see drafts there.
///
/// # Errors
/// [`Error::BadInput`] for a cursor that is none.
pub async fn of_nodes(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    nodes: &[Uuid],
    cut: &Cut,
) -> Result<HashMap<Uuid, History>> {
    if cut.backwards {
        return Err(Error::BadInput("A history is read with `first` and `after`.".to_owned()));
    }
    let known = Condition::any()
        .add(change::Column::Draft.eq(false))
        .add(sight.drafts.units((change::Entity, change::Column::OrgUnitId)));
    let all = change::Entity::find()
        .filter(change::Column::NodeId.is_in(nodes.iter().copied()))
        .filter(known)
        .into_query();
    let mut page = all.clone();
    if let Some(text) = &cut.cursor {
        let place = place(text).ok_or_else(|| {
            Error::BadInput("The cursor is not one that a history gave.".to_owned())
        })?;
        page.and_where(change::Column::Seq.lt(place));
    }
    let place = Alias::new("place");
    let window = WindowStatement::partition_by(change::Column::NodeId)
        .order_by(change::Column::Seq, Order::Desc)
        .take();
    page.expr_window_as(Expr::cust("ROW_NUMBER()"), window, place.clone());
    let newest = Query::select()
        .expr(Expr::cust("*"))
        .from_subquery(page, Alias::new("ranked"))
        .and_where(Expr::col(place.clone()).lte(cut.size + 1))
        .order_by(place, Order::Asc)
        .to_owned();
    let mut changes = Vec::new();
    for row in connection.query_all(&newest).await? {
        changes.push(read(change::Model::from_query_result(&row, "")?)?);
    }
    hide_references(connection, sight, &mut changes).await?;
    outcome::secret::conceal(connection, sight, &mut changes).await?;
    let mut totals = HashMap::new();
    if cut.counted {
        let mut count = all;
        count
            .clear_selects()
            .column(change::Column::NodeId)
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("total"))
            .group_by_col(change::Column::NodeId);
        for row in connection.query_all(&count).await? {
            totals.insert(
                row.try_get::<Uuid>("", "node_id")?,
                u64::try_from(row.try_get::<i64>("", "total")?).unwrap_or(0),
            );
        }
    }
    let size = usize::try_from(cut.size).map_err(Error::internal)?;
    let mut histories: HashMap<Uuid, History> = nodes
        .iter()
        .map(|node| {
            let total = cut.counted.then(|| totals.get(node).copied().unwrap_or(0));
            (*node, History { total, ..History::default() })
        })
        .collect();
    for change in changes {
        if let Some(history) = histories.get_mut(&change.node_id) {
            if history.changes.len() < size {
                history.changes.push(change);
            } else {
                history.has_next = true;
            }
        }
    }
    Ok(histories)
}

fn read(row: change::Model) -> Result<Change> {
    Ok(Change {
        seq: row.seq,
        at: row.at,
        kind: row.kind,
        node_type: row.node_type,
        node_id: row.node_id,
        actor_id: row.actor_id,
        fields: serde_json::from_str(&row.fields).map_err(Error::internal)?,
    })
}

/// An id of something that the viewer cannot see is left out, as everywhere else.
async fn hide_references(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    changes: &mut [Change],
) -> Result<()> {
    let mut named: HashSet<(NodeType, Uuid)> = HashSet::new();
    for value in changes
        .iter()
        .flat_map(|change| &change.fields)
        .flat_map(|field| [&field.before, &field.after])
    {
        named.extend(value.iter().flat_map(|text| mention::nodes(text)));
    }
    if named.is_empty() {
        return Ok(());
    }
    let seen = super::visible::among(connection, sight, &named).await?;
    for field in changes.iter_mut().flat_map(|change| &mut change.fields) {
        for value in [&mut field.before, &mut field.after] {
            if let Some(text) = value {
                *value = mention::without(text, |node| !seen.contains(&node));
            }
        }
    }
    Ok(())
}
