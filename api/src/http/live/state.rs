//! How a conversation of graphql-transport-ws stands, and what a message makes of it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{close::Close, message::Message};
use crate::http::request::Wanted;

/// How a conversation stands. `R` is what an operation runs as.
pub(super) struct State<R> {
    phase: Phase,
    running: HashMap<String, R>,
    most: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody has said who asks.
    Silent,
    /// Who asks is being looked at.
    Asked,
    /// Who asks is known.
    Known,
}

/// What a message leads to.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    Nothing,
    /// Look who asks, and [acknowledge](State::acknowledge) it.
    Recognise(Map<String, Value>),
    /// Answer a ping.
    Pong(Option<Map<String, Value>>),
    /// Begin an operation, and [keep](State::begun) what it runs as.
    Begin(String, Box<Wanted>),
    /// Tell that there are as many operations as may be.
    TooMany(String),
    Close(Close),
}

impl<R> State<R> {
    /// At the beginning. `most` operations may run at a time.
    pub(super) fn new(most: usize) -> Self {
        Self { phase: Phase::Silent, running: HashMap::new(), most }
    }

    /// Takes a message. What stops is dropped.
    pub(super) fn receive(&mut self, message: Message) -> Next {
        match message {
            Message::Ping(payload) => Next::Pong(payload),
            Message::Pong => Next::Nothing,
            Message::Init(payload) if self.phase == Phase::Silent => {
                self.phase = Phase::Asked;
                Next::Recognise(payload)
            }
            Message::Init(_) => Next::Close(Close::InitTwice),
            Message::Subscribe(..) if self.phase != Phase::Known => {
                Next::Close(Close::Unauthorized("Send connection_init first."))
            }
            Message::Subscribe(id, _) if self.running.contains_key(&id) => {
                Next::Close(Close::Duplicate(id))
            }
            Message::Subscribe(id, _) if self.running.len() >= self.most => Next::TooMany(id),
            Message::Subscribe(id, wanted) => Next::Begin(id, wanted),
            Message::Complete(id) => {
                // It may have ended by itself while this was on its way.
                self.running.remove(&id);
                Next::Nothing
            }
        }
    }

    /// Who asks is known.
    pub(super) fn acknowledge(&mut self) {
        self.phase = Phase::Known;
    }

    /// Whether nobody has said yet who asks.
    pub(super) fn is_silent(&self) -> bool {
        self.phase == Phase::Silent
    }

    /// An operation has begun.
    pub(super) fn begun(&mut self, id: String, run: R) {
        self.running.insert(id, run);
    }

    /// An operation has ended.
    pub(super) fn ended(&mut self, id: &str) {
        self.running.remove(id);
    }

    /// The operation of that id, if it runs.
    pub(super) fn running(&self, id: &str) -> Option<&R> {
        self.running.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::message::read, *};

    /// Sends messages to a conversation in which two operations may run; says what the last one led to.
    fn after(messages: &[&str]) -> String {
        let mut state = State::new(2);
        let mut last = String::new();
        for message in messages {
            let text = match message.split_once(' ') {
                Some(("subscribe", id)) => {
                    format!(r#"{{"type":"subscribe","id":"{id}","payload":{{"query":"x"}}}}"#)
                }
                Some((kind, id)) => format!(r#"{{"type":"{kind}","id":"{id}"}}"#),
                None => format!(r#"{{"type":"{message}"}}"#),
            };
            let message = if *message == "known" {
                state.acknowledge();
                continue;
            } else {
                read(&text).unwrap()
            };
            last = match state.receive(message) {
                Next::Nothing => "nothing".to_owned(),
                Next::Recognise(_) => "recognise".to_owned(),
                Next::Pong(_) => "pong".to_owned(),
                Next::TooMany(id) => format!("too many {id}"),
                Next::Close(close) => close.told().unwrap().0.to_string(),
                Next::Begin(id, _) => {
                    let said = format!("begin {id}");
                    state.begun(id, ());
                    said
                }
            };
        }
        last
    }

    #[test]
    fn every_message_in_every_state() {
        const INIT: &str = "connection_init";
        for (messages, next) in [
            (&["ping"][..], "pong"),
            (&["pong"], "nothing"),
            (&["complete 1"], "nothing"),
            (&["subscribe 1"], "4401"),
            (&[INIT], "recognise"),
            (&[INIT, "subscribe 1"], "4401"),
            (&[INIT, INIT], "4429"),
            (&[INIT, "known", INIT], "4429"),
            (&[INIT, "known", "ping"], "pong"),
            (&[INIT, "known", "subscribe 1"], "begin 1"),
            (&[INIT, "known", "subscribe 1", "subscribe 1"], "4409"),
            (&[INIT, "known", "subscribe 1", "subscribe 2"], "begin 2"),
            (&[INIT, "known", "subscribe 1", "subscribe 2", "subscribe 3"], "too many 3"),
            (&[INIT, "known", "subscribe 1", "subscribe 2", "subscribe 1"], "4409"),
            (&[INIT, "known", "subscribe 1", "complete 1", "subscribe 1"], "begin 1"),
            (&[INIT, "known", "complete 1"], "nothing"),
            (
                &[INIT, "known", "subscribe 1", "subscribe 2", "complete 1", "subscribe 3"],
                "begin 3",
            ),
        ] {
            assert_eq!(after(messages), next, "{messages:?}");
        }
    }
}
