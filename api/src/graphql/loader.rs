//! Batches what the fields of one operation ask for: one statement for each kind of question, however many rows.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};

use async_graphql::{Context, dataloader::Loader};
use entity::access::{actor, external_ref};
use uuid::Uuid;

use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        fetch::{self, Loadable, ModelOf},
        history::{self, History},
        listing::{Cut, Link, List, Listed, Part},
        permission,
    },
    error::{Error, Result},
};

/// Answers batches for one viewer.
pub struct Fetch {
    /// The database.
    pub db: Db,
    /// Who asks.
    pub viewer: Arc<Viewer>,
}

/// A row by its id.
pub struct ById<E>(pub Uuid, PhantomData<fn() -> E>);

impl<E> ById<E> {
    /// The row with that id.
    #[must_use]
    pub fn new(id: Uuid) -> Self {
        Self(id, PhantomData)
    }
}

impl<E> Clone for ById<E> {
    fn clone(&self) -> Self {
        Self(self.0, PhantomData)
    }
}

impl<E> PartialEq for ById<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for ById<E> {}

impl<E> Hash for ById<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<E: Loadable> Loader<ById<E>> for Fetch {
    type Value = ModelOf<E>;
    type Error = Error;

    async fn load(&self, keys: &[ById<E>]) -> Result<HashMap<ById<E>, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = fetch::by_id::<E>(self.db.reader(), self.viewer.sight()?, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (ById::new(id), row)).collect())
    }
}

/// A part of what hangs under one parent. Fields that ask for the same part of different parents share a statement.
pub struct Under<E: Listed> {
    parent: Uuid,
    link: Link,
    list: Arc<List<E>>,
    /// What tells lists apart: the field of the document that asks.
    field: usize,
}

impl<E: Listed> Under<E> {
    /// That part of the rows that hang under `parent` by `link`, as one field of the operation's document asks for it: the
    /// arguments of a field are the same wherever it is reached.
    #[must_use]
    pub fn new(ctx: &Context<'_>, parent: Uuid, link: Link, list: List<E>) -> Self {
        let field = std::ptr::from_ref(ctx.item).addr();
        Self { parent, link, list: Arc::new(list), field }
    }

    fn mark(&self) -> (usize, &'static str) {
        (self.field, self.link.name)
    }
}

impl<E: Listed> Clone for Under<E> {
    fn clone(&self) -> Self {
        Self {
            parent: self.parent,
            link: self.link,
            list: Arc::clone(&self.list),
            field: self.field,
        }
    }
}

impl<E: Listed> PartialEq for Under<E> {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.mark() == other.mark()
    }
}

impl<E: Listed> Eq for Under<E> {}

impl<E: Listed> Hash for Under<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parent.hash(state);
        self.field.hash(state);
    }
}

impl<E: Listed> Loader<Under<E>> for Fetch {
    type Value = Arc<Part<ModelOf<E>>>;
    type Error = Error;

    async fn load(&self, keys: &[Under<E>]) -> Result<HashMap<Under<E>, Self::Value>> {
        let mut lists: HashMap<_, Vec<&Under<E>>> = HashMap::new();
        for key in keys {
            lists.entry(key.mark()).or_default().push(key);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for same in lists.into_values() {
            let Some(first) = same.first() else { continue };
            debug_assert!(
                same.iter().all(|key| format!("{:?}", key.list) == format!("{:?}", first.list)),
                "a list depends on nothing but its field's arguments"
            );
            let parents: Vec<Uuid> = same.iter().map(|key| key.parent).collect();
            let mut parts = first
                .list
                .under(self.db.reader(), self.viewer.sight()?, first.link, &parents)
                .await?;
            answers.extend(
                same.iter().filter_map(|key| Some(((*key).clone(), parts.remove(&key.parent)?))),
            );
        }
        Ok(answers)
    }
}

/// An actor by its id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ActorOf(pub Uuid);

impl Loader<ActorOf> for Fetch {
    type Value = actor::Model;
    type Error = Error;

    async fn load(&self, keys: &[ActorOf]) -> Result<HashMap<ActorOf, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = fetch::actors(self.db.reader(), &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (ActorOf(id), row)).collect())
    }
}

/// The external ids of a node.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ExternalRefsOf(pub Uuid);

impl Loader<ExternalRefsOf> for Fetch {
    type Value = Vec<external_ref::Model>;
    type Error = Error;

    async fn load(&self, keys: &[ExternalRefsOf]) -> Result<HashMap<ExternalRefsOf, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = fetch::external_refs(self.db.reader(), &ids).await?;
        Ok(rows.into_iter().map(|(id, refs)| (ExternalRefsOf(id), refs)).collect())
    }
}

/// Whether the viewer may do something on a unit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct May(pub Action, pub Uuid);

impl Loader<May> for Fetch {
    type Value = bool;
    type Error = Error;

    async fn load(&self, keys: &[May]) -> Result<HashMap<May, bool>> {
        let mut answers = HashMap::with_capacity(keys.len());
        for action in Action::ALL {
            let units: Vec<Uuid> =
                keys.iter().filter(|key| key.0 == action).map(|key| key.1).collect();
            if units.is_empty() {
                continue;
            }
            let allowed =
                permission::allowed(self.db.reader(), &self.viewer, action, &units).await?;
            answers
                .extend(units.into_iter().map(|unit| (May(action, unit), allowed.contains(&unit))));
        }
        Ok(answers)
    }
}

/// A part of a node's history.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HistoryOf(pub Uuid, pub Cut);

impl Loader<HistoryOf> for Fetch {
    type Value = History;
    type Error = Error;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, History>> {
        let mut cuts: HashMap<&Cut, Vec<Uuid>> = HashMap::new();
        for key in keys {
            cuts.entry(&key.1).or_default().push(key.0);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (cut, nodes) in cuts {
            let histories =
                history::of_nodes(self.db.reader(), self.viewer.sight()?, &nodes, cut).await?;
            answers.extend(
                histories
                    .into_iter()
                    .map(|(node, history)| (HistoryOf(node, cut.clone()), history)),
            );
        }
        Ok(answers)
    }
}
