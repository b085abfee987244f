//! Where a page begins: the values that a row is ordered by, and its id.

use entity::tracked::Identified as _;
use sea_orm::{Condition, ExprTrait as _, sea_query::Expr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Key, List, Listed, SortKey};
use crate::error::{Error, Result};

/// The order, the values and the id.
#[derive(Serialize, Deserialize)]
struct Cursor(String, Vec<Key>, Uuid);

impl<E: Listed> List<E> {
    /// What tells its order from others.
    pub(super) fn order_name(&self) -> String {
        format!("{:?}", self.order)
    }

    /// The place of a row.
    pub(super) fn cursor_of(&self, keys: &[SortKey<E::Model>], row: &E::Model) -> Result<String> {
        let cursor =
            Cursor(self.order_name(), keys.iter().map(|key| key.value(row)).collect(), row.id());
        let json = serde_json::to_vec(&cursor).map_err(Error::internal)?;
        Ok(encode(&json))
    }

    fn start(&self) -> Result<Option<Cursor>> {
        let Some(text) = &self.cut.cursor else { return Ok(None) };
        let bad = || Error::BadInput("The cursor is not one that this list gave.".to_owned());
        let cursor: Cursor =
            decode(text).and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(bad)?;
        if cursor.0 != self.order_name() {
            return Err(Error::BadInput(
                "The cursor belongs to another order than `orderBy` asks for.".to_owned(),
            ));
        }
        Ok(Some(cursor))
    }

    /// Rows strictly after the cursor, in the direction that is read.
    pub(super) fn beyond(&self, keys: &[SortKey<E::Model>]) -> Result<Option<Condition>> {
        let Some(Cursor(_, values, id)) = self.start()? else { return Ok(None) };
        if values.len() != keys.len()
            || !keys.iter().zip(&values).all(|(key, value)| key.takes(value))
        {
            return Err(Error::BadInput("The cursor is not one that this list gave.".to_owned()));
        }
        let id_expr = || Expr::col((E::default(), E::id_column()));
        let mut any = Condition::any();
        let mut equal = Condition::all();
        for (key, value) in keys.iter().zip(&values) {
            let further = if key.descending == self.cut.backwards {
                key.expr.clone().gt(value.expr())
            } else {
                key.expr.clone().lt(value.expr())
            };
            any = any.add(equal.clone().add(further));
            equal = equal.add(key.expr.clone().eq(value.expr()));
        }
        let further = if id_descends(keys) == self.cut.backwards {
            id_expr().gt(id)
        } else {
            id_expr().lt(id)
        };
        Ok(Some(any.add(equal.add(further))))
    }
}

/// The id goes the way of what stands before it, so that the index that has both is read from either end.
pub(super) fn id_descends<M>(keys: &[SortKey<M>]) -> bool {
    keys.last().is_some_and(|key| key.descending)
}

fn encode(json: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()
}
