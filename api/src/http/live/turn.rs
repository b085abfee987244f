//! One turn of a subscription: made, or shared with those who ask the same at the same time.
//!
//! Dashboards of people with the same roles show the same. When something of theirs has changed, one of them has it put
//! together, and the others are given that, by the rules by which answers of queries are kept.

use async_graphql::{Response, Value};
use bytes::Bytes;

use super::operation::{End, Operation};
use crate::{
    answers::{Asked, Boarding, Caller, Flight, Page},
    fresh::Nodes,
    http::{
        Turn,
        reply::{self, Refusal},
        within::within,
    },
};

/// Tells answers of turns from others, in what is kept.
const FORM: &str = "live";

/// What came of a turn.
pub(super) struct Answered {
    /// What there is to say, as JSON.
    pub said: Vec<Bytes>,
    /// The types of node whose changes may give it something new to say.
    pub nodes: Nodes,
    /// How far it has read the log, when it tells of each change in turn.
    pub reached: Option<i64>,
}

impl From<Page> for Answered {
    fn from(page: Page) -> Self {
        Self { said: vec![page.body], nodes: page.nodes, reached: None }
    }
}

impl Operation {
    /// What an operation asks, to the byte.
    pub(super) fn asked(&self) -> Asked {
        let wanted = (&self.wanted.query, &self.wanted.operation_name, &self.wanted.variables);
        // Of texts and values that were read from JSON.
        let text = serde_json::to_vec(&wanted).unwrap_or_default();
        Asked { by_url: false, text: text.into(), form: FORM }
    }

    /// Has a turn. Without data it ends the operation.
    pub(super) async fn turn(
        &self,
        caller: &Caller,
        asked: &Asked,
        place: Option<i64>,
    ) -> Result<Answered, End> {
        // Whoever tells of each change in turn has a place of its own.
        if place.is_some() {
            return self.make(caller, asked, place, None).await;
        }
        let answers = self.edge.engine.answers();
        if let Some(page) = answers.kept(caller, asked) {
            return Ok(page.into());
        }
        match within(&self.edge, &self.id, answers.board(caller, asked)).await? {
            Boarding::Landed(page) => Ok(page.into()),
            Boarding::Make(flight) => self.make(caller, asked, place, flight).await,
        }
    }

    async fn make(
        &self,
        caller: &Caller,
        asked: &Asked,
        place: Option<i64>,
        flight: Option<Flight>,
    ) -> Result<Answered, End> {
        let mut request = self.wanted.request();
        self.edge.documents.admit(&mut request, &self.edge.config.limits)?;
        let turn = self.edge.engine.turn(caller, request.data(self.id.clone()), place);
        let Turn { mut said, rests, reached } = within(&self.edge, &self.id, turn).await?;
        for response in &mut said {
            reply::settle(response, &self.id);
            if response.data == Value::Null && !response.errors.is_empty() {
                return Err(End::Errors(std::mem::take(&mut response.errors)));
            }
        }
        let is_whole = said.iter().all(|response| response.errors.is_empty());
        let json = said.iter().map(|response| self.json(response));
        let said = json.collect::<Result<Vec<Bytes>, End>>()?;
        let nodes = rests.tables.nodes();
        if let [body] = said.as_slice()
            && is_whole
            && reached.is_none()
        {
            let page = Page { nodes, ..Page::new(FORM, body.to_vec()) };
            self.edge.engine.answers().keep(caller, asked, flight, &page, rests);
        }
        Ok(Answered { said, nodes, reached })
    }

    pub(super) fn json(&self, response: &Response) -> Result<Bytes, End> {
        reply::payload(response).map(Bytes::from).map_err(|error| {
            tracing::error!(%error, "the answer cannot be written as JSON");
            Refusal::internal(&self.id).into()
        })
    }
}
