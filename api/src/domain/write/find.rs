//! Finds what a caller named, and refuses what the caller may not.

use entity::tracked::{Tracked, Visible};
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::Write;
use crate::{
    access::policy::Action,
    domain::{permission, problem::Problem, reference},
    error::{Error, Result},
};

impl Write {
    /// Finds a node that the caller named by its global id.
    ///
    /// # Errors
    /// [`crate::domain::problem::Code::Invalid`] for what is no id or the id of another type, [`crate::domain::problem::Code::NotFound`] for what the caller cannot see.
    pub async fn find<M: Tracked>(&self, field: &str, id: &str) -> Result<M> {
        let key = reference::key_of(<M::Entity as Visible>::NODE, id)
            .map_err(|problem| problem.at(field))?;
        self.find_key(field, key).await
    }

    /// Finds a node by its key.
    ///
    /// # Errors
    /// [`crate::domain::problem::Code::NotFound`] for what the caller cannot see.
    pub async fn find_key<M: Tracked>(&self, field: &str, key: Uuid) -> Result<M> {
        M::Entity::find_visible(self.sight()?)
            .filter(<M::Entity as Visible>::id_column().eq(key))
            .one(&self.transaction)
            .await?
            .ok_or_else(|| Problem::not_found(field).into())
    }

    /// Finds a node that the caller may have named.
    ///
    /// # Errors
    /// As [`Write::find`].
    pub async fn find_optional<M: Tracked>(
        &self,
        field: &str,
        id: Option<&str>,
    ) -> Result<Option<M>> {
        match id {
            Some(id) => Ok(Some(self.find::<M>(field, id).await?)),
            None => Ok(None),
        }
    }

    /// Refuses what the caller may not do on that unit.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn require(&self, action: Action, unit: Uuid) -> Result<()> {
        if permission::allowed(&self.transaction, &self.viewer, action, &[unit])
            .await?
            .contains(&unit)
        {
            Ok(())
        } else {
            Err(Error::Forbidden(format!("Your roles do not allow {action:?} here.")))
        }
    }
}
