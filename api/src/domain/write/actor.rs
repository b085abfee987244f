//! Keeps who makes changes, with the name that the token last gave.

use entity::{access::actor, vocabulary::ActorKind};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, Set,
};
use uuid::Uuid;

use crate::error::Result;

pub(super) async fn remember(
    transaction: &DatabaseTransaction,
    kind: ActorKind,
    subject: &str,
    name: Option<String>,
) -> Result<Uuid> {
    let known = actor::Entity::find()
        .filter(actor::Column::Kind.eq(kind))
        .filter(actor::Column::Subject.eq(subject))
        .one(transaction)
        .await?;
    match known {
        Some(known) if name.is_none() || known.name == name => Ok(known.id),
        Some(known) => {
            let id = known.id;
            let mut known = known.into_active_model();
            known.name = Set(name);
            known.update(transaction).await?;
            Ok(id)
        }
        None => {
            let id = Uuid::now_v7();
            let made = actor::Model { id, kind, subject: subject.to_owned(), name };
            actor::Entity::insert(made.into_active_model())
                .exec_without_returning(transaction)
                .await?;
            Ok(id)
        }
    }
}
