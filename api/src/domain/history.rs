//! Who changed what: the log of changes read back, as far as the viewer may know it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    access::change,
    node_id,
    sight::Sight,
    vocabulary::{ChangeKind, NodeType},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{listing::Cut, write::FieldChange};
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

/// The history of a node that the viewer has been shown. What was done while it was a draft is for those who
/// see drafts there.
///
/// # Errors
/// [`Error::BadInput`] for a cursor that is none.
pub async fn of_node(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    node: Uuid,
    cut: &Cut,
) -> Result<History> {
    let known = Condition::any()
        .add(change::Column::Draft.eq(false))
        .add(sight.drafts.units((change::Entity, change::Column::OrgUnitId)));
    let all = change::Entity::find().filter(change::Column::NodeId.eq(node)).filter(known);
    let mut page = all.clone();
    if let Some(text) = &cut.cursor {
        let place = place(text).ok_or_else(|| {
            Error::BadInput("The cursor is not one that a history gave.".to_owned())
        })?;
        page = page.filter(change::Column::Seq.lt(place));
    }
    let mut rows =
        page.order_by_desc(change::Column::Seq).limit(cut.size + 1).all(connection).await?;
    let size = usize::try_from(cut.size).map_err(Error::internal)?;
    let has_next = rows.len() > size;
    rows.truncate(size);
    let total = if cut.counted { Some(all.count(connection).await?) } else { None };
    let mut changes = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    hide_references(connection, sight, &mut changes).await?;
    Ok(History { changes, has_next, total })
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
        named.extend(value.as_deref().and_then(node_id::decode));
    }
    if named.is_empty() {
        return Ok(());
    }
    let seen = super::visible::among(connection, sight, &named).await?;
    for field in changes.iter_mut().flat_map(|change| &mut change.fields) {
        for value in [&mut field.before, &mut field.after] {
            if value.as_deref().and_then(node_id::decode).is_some_and(|node| !seen.contains(&node))
            {
                *value = None;
            }
        }
    }
    Ok(())
}
