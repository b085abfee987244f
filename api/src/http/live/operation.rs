//! One operation, from what was asked to the last thing that it says.
//!
//! A query or mutation is answered once. A subscription has a turn, and then another whenever something has changed that
//! its last answer rested on: the proof is the one by which answers are kept. Each turn is by whoever the caller is *then*.

use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::web;
use async_graphql::{ServerError, parser::types::OperationType};
use bytes::Bytes;
use futures_util::FutureExt as _;
use tokio::{sync::oneshot, time::sleep};

use super::{
    at, deadline,
    outlet::{Outlet, Slot, What},
    rests::{Rests, mark, tomorrow},
    turn::Answered,
};
use crate::{
    answers::Caller,
    fresh::{Follower, Mark},
    graphql::code::Code,
    http::{
        Edge,
        reply::{self, Refusal, code_of},
        request::Wanted,
        trace::RequestId,
        within::{refused, within},
    },
};

/// The pauses after which a turn is tried again that the database was not there for: the first, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// An operation that is to run.
pub(in crate::http) struct Operation {
    pub edge: web::Data<Edge>,
    pub caller: Caller,
    pub wanted: Wanted,
    pub id: RequestId,
}

/// Why an operation says no more.
pub(super) enum End {
    /// There is no more to say.
    Complete,
    /// Nobody listens.
    Unheard,
    Errors(Vec<ServerError>),
}

impl From<ServerError> for End {
    fn from(error: ServerError) -> Self {
        Self::Errors(vec![error])
    }
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::from(refusal.into_error())
    }
}

impl Operation {
    /// Runs it to its end. `begun` hears when everything that is committed from then on is told.
    pub(super) async fn run(self, outlet: Outlet, begun: oneshot::Sender<()>) {
        let _counted = self.edge.live.operate();
        let end = AssertUnwindSafe(self.answer(&outlet, begun)).catch_unwind().await;
        let errors = match end {
            Ok(Ok(())) | Ok(Err(End::Complete)) => Vec::new(),
            Ok(Err(End::Unheard)) => return,
            Ok(Err(End::Errors(errors))) => errors,
            Err(_) => {
                tracing::error!("an operation panicked");
                vec![Refusal::internal(&self.id).into_error()]
            }
        };
        if let Some(slot) = outlet.slot().await {
            slot.say(What::End(errors));
        }
    }

    async fn answer(&self, outlet: &Outlet, begun: oneshot::Sender<()>) -> Result<(), End> {
        let mut request = self.wanted.request();
        let limits = &self.edge.config.limits;
        let operation = self.edge.documents.admit(&mut request, limits)?.operation;
        // Hears of everything that is committed after the caller's proof is read.
        let follower =
            (operation == OperationType::Subscription).then(|| self.edge.engine.follow());
        let caller = self.again(&self.caller).await?;
        // Whoever waited for this may have left.
        let _ = begun.send(());
        if let Some(follower) = follower {
            return self.follow(outlet, follower, caller).await;
        }
        let slot = outlet.slot().await.ok_or(End::Unheard)?;
        let request = request.data(self.id.clone());
        let execution = self.edge.engine.execute(&caller, request);
        let (mut response, _) = within(&self.edge, &self.id, execution).await?;
        if !reply::settle(&mut response, &self.id) && !response.errors.is_empty() {
            return Err(End::Errors(response.errors));
        }
        slot.say(What::Next(self.json(&response)?));
        Ok(())
    }

    /// Has turn after turn.
    async fn follow(
        &self,
        outlet: &Outlet,
        mut follower: Follower,
        mut caller: Caller,
    ) -> Result<(), End> {
        let (asked, mut told, mut place) = (self.asked(), None, None);
        let mut pause = PAUSES.0;
        loop {
            let since = mark(&caller);
            // Nothing is made that there is no place for.
            let slot = outlet.slot().await.ok_or(End::Unheard)?;
            match self.turn(&caller, &asked, place).await {
                Ok(turn) => {
                    self.tell(outlet, slot, &turn, &mut told).await?;
                    pause = PAUSES.0;
                    let known = since.map(|since| Rests { since, nodes: turn.nodes });
                    let to_end =
                        turn.reached.is_none_or(|reached| Some(reached) == since.map(Mark::last));
                    place = turn.reached;
                    caller = match known.filter(|_| to_end) {
                        Some(rests) => self.rest(&mut follower, caller, rests, &mut place).await?,
                        None => self.again(&caller).await?,
                    };
                }
                // What has been told stays true until the database is back.
                Err(End::Errors(errors))
                    if is_passing(&errors) && (told.is_some() || place.is_some()) =>
                {
                    drop(slot);
                    sleep(pause).await;
                    pause = PAUSES.1.min(pause * 2);
                    caller = self.again_in_time(caller).await?;
                }
                Err(end) => return Err(end),
            }
        }
    }

    /// Says what a turn has to say, as far as it is new.
    async fn tell(
        &self,
        outlet: &Outlet,
        slot: Slot<'_>,
        answered: &Answered,
        told: &mut Option<Bytes>,
    ) -> Result<(), End> {
        let mut slot = Some(slot);
        for next in &answered.said {
            // How things stand is told when it is new; what happens is told each time.
            if answered.reached.is_none() {
                if told.as_ref() == Some(next) {
                    continue;
                }
                *told = Some(next.clone());
            }
            let slot = match slot.take() {
                Some(slot) => slot,
                None => outlet.slot().await.ok_or(End::Unheard)?,
            };
            slot.say(What::Next(next.clone()));
        }
        Ok(())
    }

    /// Waits until there may be something new to say: who asks then.
    async fn rest(
        &self,
        follower: &mut Follower,
        mut caller: Caller,
        mut rests: Rests,
        place: &mut Option<i64>,
    ) -> Result<Caller, End> {
        let midnight = deadline(tomorrow(caller.now));
        loop {
            let proof = tokio::select! {
                // Nobody watches the database any more when the server stops.
                proof = follower.moved() => proof.ok_or(End::Complete)?,
                // What depends on the day is another the next day.
                () = at(midnight) => return self.again_in_time(caller).await,
            };
            let is_same = rests.hold(&proof, &caller.known.organisations);
            if is_same && rests.roles_hold(&proof) {
                rests.read_on(&proof, place);
                continue;
            }
            let now = self.again_in_time(caller.clone()).await?;
            let is_same = now.known.grants == caller.known.grants
                && now
                    .proof
                    .as_ref()
                    .is_some_and(|proof| rests.hold(proof, &caller.known.organisations));
            if !is_same {
                return Ok(now);
            }
            if let Some(proof) = &now.proof {
                rests.read_on(proof, place);
            }
            caller = now;
        }
    }

    async fn again(&self, caller: &Caller) -> Result<Caller, End> {
        let again = within(&self.edge, &self.id, self.edge.engine.again(caller)).await?;
        again.map_err(|error| refused(error, caller.principal.is_some(), &self.id).into())
    }

    /// The same, tried until the database is there.
    async fn again_in_time(&self, caller: Caller) -> Result<Caller, End> {
        let mut pause = PAUSES.0;
        loop {
            match self.again(&caller).await {
                Err(End::Errors(errors)) if is_passing(&errors) => {
                    sleep(pause).await;
                    pause = PAUSES.1.min(pause * 2);
                }
                again => return again,
            }
        }
    }
}

/// Whether the same may succeed later.
fn is_passing(errors: &[ServerError]) -> bool {
    let is = |error| code_of(error) == Some(Code::Unavailable.as_str());
    !errors.is_empty() && errors.iter().all(is)
}
