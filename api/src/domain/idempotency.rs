//! The same key and the same input get the first answer again; nothing is done twice.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use entity::access::idempotency;
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    form::{CODE, check_text},
    problem::{Code, Problem},
    write::{Done, Write},
};
use crate::{
    access::viewer::Viewer,
    db::Db,
    error::{Error, Result},
};

/// A key that this write answers for.
pub struct Claimed {
    key: String,
    mutation: &'static str,
    digest: String,
}

/// Whether there is anything to do.
pub enum Attempt {
    /// It was done before; this was the answer.
    Before(Done),
    /// It is to be done now.
    Now(Box<Write>),
}

impl Db {
    /// Begins to write, unless the caller's key says that it was done before.
    ///
    /// # Errors
    /// [`Code::Duplicate`] when the key came with another input; otherwise as [`Db::write`].
    pub async fn write_once(
        &self,
        viewer: &Viewer,
        now: DateTime<Utc>,
        mutation: &'static str,
        key: Option<String>,
        input: &(impl Debug + Sync),
    ) -> Result<Attempt> {
        let Some(key) = key else {
            return Ok(Attempt::Now(Box::new(self.write(viewer, now).await?)));
        };
        if key.is_empty() {
            return Err(super::form::required("idempotencyKey").into());
        }
        check_text(&key, CODE).map_err(|problem| problem.at("idempotencyKey"))?;
        let digest = hex(&Sha256::digest(format!("{input:?}")));
        let mut write = self.write(viewer, now).await?;
        let kept = idempotency::Entity::find_by_id((write.actor_id(), key.clone()))
            .one(write.connection())
            .await?;
        match kept {
            None => {
                write.claimed = Some(Claimed { key, mutation, digest });
                Ok(Attempt::Now(Box::new(write)))
            }
            Some(kept) if kept.mutation == mutation && kept.digest == digest => {
                Ok(Attempt::Before(Done {
                    ids: serde_json::from_str::<Vec<Uuid>>(&kept.answer)
                        .map_err(Error::internal)?,
                    seq: kept.seq,
                }))
            }
            Some(_) => Err(Problem::new(
                Code::Duplicate,
                "Nyckeln har redan använts med ett annat innehåll.",
                "The key has been used with another input.",
            )
            .at("idempotencyKey")
            .into()),
        }
    }
}

impl Claimed {
    pub(super) async fn keep(self, write: &Write, done: &Done) -> Result<()> {
        let row = idempotency::Model {
            actor_id: write.actor_id(),
            key: self.key,
            mutation: self.mutation.to_owned(),
            digest: self.digest,
            answer: serde_json::to_string(&done.ids).map_err(Error::internal)?,
            seq: done.seq,
            at: write.now(),
        };
        idempotency::Entity::insert(row.into_active_model())
            .exec_without_returning(write.connection())
            .await?;
        Ok(())
    }
}

/// Bytes as lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
