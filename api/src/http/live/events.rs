//! One operation over server-sent events, as the "distinct connections mode" of graphql-sse has it.
//!
//! <https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md>

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE},
    rt,
    web::Bytes,
};
use async_graphql::ServerError;
use futures_util::stream;
use tokio::{
    sync::{
        mpsc::{Sender, channel},
        oneshot,
    },
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};
use tracing::Instrument as _;

use super::{
    Place, at, deadline,
    operation::Operation,
    outlet::{Outlet, What},
};
use crate::graphql::{code::Code, document::coded};

/// What a client accepts that wants events.
pub(in crate::http) const MEDIA_TYPE: &str = "text/event-stream";

/// The end of an operation.
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// Says nothing, and that somebody is there.
const ALIVE: &[u8] = b":\n\n";

/// Answers an operation with events.
pub(in crate::http) fn answer(operation: Operation, place: Place) -> HttpResponse {
    let (sender, receiver) = channel(1);
    let talk = async move {
        talk(operation, &sender).await;
        drop(place);
    };
    rt::spawn(talk.instrument(tracing::Span::current()));
    let body = stream::unfold(receiver, async |mut events| {
        let event: Bytes = events.recv().await?;
        Some((Ok::<_, actix_web::Error>(event), events))
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header(("X-Accel-Buffering", "no"))
        // Compressed, they would be held back until there are many.
        .insert_header((CONTENT_ENCODING, "identity"))
        .streaming(body)
}

/// Has the operation's events sent, until it has ended or nobody takes them.
async fn talk(operation: Operation, events: &Sender<Bytes>) {
    let live = operation.edge.live.clone();
    let config = operation.edge.config.live.clone();
    let runs_out = deadline(operation.caller.until);
    let (sender, mut said) = channel(1);
    let (begun, _) = oneshot::channel();
    let mut run = std::pin::pin!(operation.run(Outlet::new(sender, String::new(), 0), begun));
    let mut alive = interval_at(Instant::now() + config.keep_alive, config.keep_alive);
    alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut runs = true;
    loop {
        let (event, last) = tokio::select! {
            () = &mut run, if runs => {
                runs = false;
                continue;
            }
            said = said.recv() => match said.map(|said| said.what) {
                Some(What::Next(payload)) => (next(&payload), false),
                Some(What::End(errors)) => (end(&errors), true),
                None => return,
            },
            _ = alive.tick() => (ALIVE.to_vec(), false),
            () = at(runs_out) => {
                let error = coded(Code::Unauthenticated, "The token has run out.");
                (end(&[error]), true)
            }
            () = live.closing() => return,
            () = events.closed() => return,
        };
        if !send(events, event, config.stall).await || last {
            return;
        }
    }
}

/// Sends an event; false when nobody takes it.
async fn send(events: &Sender<Bytes>, event: Vec<u8>, stall: Duration) -> bool {
    match timeout(stall, events.send(event.into())).await {
        Ok(sent) => sent.is_ok(),
        Err(_) => {
            tracing::info!(?stall, "events were not taken in time");
            false
        }
    }
}

/// JSON has no line breaks of its own, so that it is one line of data.
fn next(payload: &[u8]) -> Vec<u8> {
    [b"event: next\ndata: ", payload, b"\n\n"].concat()
}

/// The end, with an answer before it that says what went wrong.
fn end(errors: &[ServerError]) -> Vec<u8> {
    if errors.is_empty() {
        return COMPLETE.to_vec();
    }
    // Of texts, numbers and lists of them.
    let errors = serde_json::to_string(errors).unwrap_or_else(|_| "[]".to_owned());
    [next(format!(r#"{{"errors":{errors}}}"#).as_bytes()), COMPLETE.to_vec()].concat()
}
