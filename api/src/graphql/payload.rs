//! Payloads of mutations: the changed node, the mistakes, and the place in the log of changes.

/// Declares the payload of a mutation that makes or changes one node.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident, $field:ident: $node:ident of $entity:path) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            /// The node as it is now; null when there are userErrors.
            pub $field: Option<$node>,
            /// What the caller can mend. When there is anything here, nothing was changed.
            pub user_errors: Vec<$crate::graphql::user_error::UserError>,
            /// The place in the log of changes after this mutation's own effect.
            pub cursor: String,
        }

        impl $name {
            pub(crate) async fn of(
                ctx: &async_graphql::Context<'_>,
                result: $crate::error::Result<$crate::domain::write::Done>,
            ) -> $crate::error::Result<Self> {
                let ($field, user_errors, cursor) =
                    $crate::graphql::payload::settle::<$entity, $node>(ctx, result).await?;
                Ok(Self { $field, user_errors, cursor })
            }
        }
    };
}

/// Declares the input and the payload of a mutation that removes a node.
macro_rules! removal {
    ($(#[$doc:meta])* $input:ident => $payload:ident) => {
        /// Which node to remove.
        #[derive(async_graphql::InputObject, Clone, Debug)]
        pub struct $input {
            /// The node.
            pub id: async_graphql::ID,
            /// The version that the caller has read.
            pub version: i32,
        }

        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            /// The id that is gone; null when there are userErrors.
            pub deleted_id: Option<async_graphql::ID>,
            /// What the caller can mend. When there is anything here, nothing was changed.
            pub user_errors: Vec<$crate::graphql::user_error::UserError>,
            /// The place in the log of changes after this mutation's own effect.
            pub cursor: String,
        }

        impl $payload {
            pub(crate) async fn of(
                ctx: &async_graphql::Context<'_>,
                id: async_graphql::ID,
                result: $crate::error::Result<$crate::domain::write::Done>,
            ) -> $crate::error::Result<Self> {
                let (done, user_errors, cursor) = $crate::graphql::payload::effect(ctx, result).await?;
                Ok(Self { deleted_id: done.map(|_| id), user_errors, cursor })
            }
        }
    };
}

/// Declares the payload of a mutation that makes or changes many nodes, which are loaded when they are asked for.
macro_rules! bulk {
    ($(#[$doc:meta])* $name:ident, $field:ident: $node:ident of $entity:path) => {
        $(#[$doc])*
        pub struct $name {
            ids: Vec<uuid::Uuid>,
            user_errors: Vec<$crate::graphql::user_error::UserError>,
            cursor: String,
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            /// The nodes as they are now, in the order of the input; empty when there are userErrors.
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> $crate::error::Result<Vec<$node>> {
                $crate::graphql::payload::nodes::<$entity, $node>(ctx, &self.ids).await
            }

            /// What the caller can mend. When there is anything here, nothing was changed.
            async fn user_errors(&self) -> &[$crate::graphql::user_error::UserError] {
                &self.user_errors
            }

            /// The place in the log of changes after this mutation's own effect.
            async fn cursor(&self) -> &str {
                &self.cursor
            }
        }

        impl $name {
            pub(crate) async fn of(
                ctx: &async_graphql::Context<'_>,
                result: $crate::error::Result<$crate::domain::write::Done>,
            ) -> $crate::error::Result<Self> {
                let (done, user_errors, cursor) = $crate::graphql::payload::effect(ctx, result).await?;
                Ok(Self { ids: done.map(|done| done.ids).unwrap_or_default(), user_errors, cursor })
            }
        }
    };
}

pub(crate) use {bulk, payload, removal};

use async_graphql::Context;
use uuid::Uuid;

use super::{
    context::{Session, session},
    loader::ById,
    user_error::{UserError, mistakes},
};
use crate::{
    domain::{
        fetch::{Loadable, ModelOf},
        history,
        write::{self, Done},
    },
    error::Result,
};

/// The surroundings of a mutation. What it loads is not kept: the next mutation of the same operation may change it.
pub fn mutation<'c>(ctx: &Context<'c>) -> &'c Session {
    let session = session(ctx);
    session.loader.forget();
    session
}

/// What a mutation came to, with its mistakes and its place in the log of changes.
///
/// # Errors
/// Everything that a person cannot mend.
pub async fn effect(
    ctx: &Context<'_>,
    result: Result<Done>,
) -> Result<(Option<Done>, Vec<UserError>, String)> {
    let (done, user_errors) = mistakes(ctx, result)?;
    let seq = match &done {
        Some(done) => done.seq,
        None => write::head(session(ctx).db.reader()).await?,
    };
    Ok((done, user_errors, history::cursor(seq)))
}

/// The same, with the node that was made or changed.
///
/// # Errors
/// Everything that a person cannot mend.
pub async fn settle<E, T>(
    ctx: &Context<'_>,
    result: Result<Done>,
) -> Result<(Option<T>, Vec<UserError>, String)>
where
    E: Loadable,
    T: From<ModelOf<E>>,
{
    let (done, user_errors, cursor) = effect(ctx, result).await?;
    let node = match done.and_then(|done| done.ids.first().copied()) {
        Some(id) => session(ctx).loader.load_one(ById::<E>::new(id)).await?.map(T::from),
        None => None,
    };
    Ok((node, user_errors, cursor))
}

/// The nodes that a mutation made or changed, in the same order.
///
/// # Errors
/// Whatever the database says.
pub async fn nodes<E, T>(ctx: &Context<'_>, ids: &[Uuid]) -> Result<Vec<T>>
where
    E: Loadable,
    T: From<ModelOf<E>>,
{
    session(ctx).spend(ids.len())?;
    let keys = ids.iter().map(|id| ById::<E>::new(*id));
    let rows = session(ctx).loader.load_many(keys).await?;
    Ok(ids.iter().filter_map(|id| rows.get(&ById::new(*id)).cloned().map(T::from)).collect())
}
