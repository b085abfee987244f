//! One conversation over a WebSocket, from the first message to the last.
//!
//! All of it happens in one task, but for the operations, which run in tasks of their own and are dropped with it.

use std::{collections::VecDeque, time::Duration};

use actix_web::web;
use actix_ws::{AggregatedMessage as Frame, AggregatedMessageStream, ProtocolError};
use tokio::{
    sync::{
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
    task::{AbortHandle, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval_at, timeout},
};

use super::{
    at,
    close::Close,
    deadline, message,
    operation::Operation,
    outlet::{Outlet, Said, What},
    state::{Next, State},
    who::Hello,
    wire::Wire,
};
use crate::{
    answers::Caller,
    graphql::{code::Code, document::coded},
    http::{Edge, request::Wanted, trace::RequestId},
};

/// Answers that wait for the peer, of all its operations together.
const WAITING: usize = 8;

/// Replies to messages that wait for the peer. With more, nothing is read.
const REPLIES: usize = 16;

/// How long the peer's own goodbye is waited for, so that ours is not lost on the way.
const GOODBYE: Duration = Duration::from_secs(1);

/// One conversation.
pub(super) struct Connection {
    edge: web::Data<Edge>,
    wire: Wire,
    hello: Hello,
    id: RequestId,
    caller: Option<Caller>,
    state: State<Run>,
    tasks: JoinSet<()>,
    replies: VecDeque<Reply>,
    /// Operations that have been begun.
    count: u64,
    said: (Sender<Said>, Receiver<Said>),
    /// The operation that is beginning. The next message is read when it has.
    beginning: Option<oneshot::Receiver<()>>,
    /// Rounds of pings since something was heard.
    silence: u32,
}

enum Reply {
    Text(String),
    Pong(web::Bytes),
}

/// An operation that runs. It stops when it is dropped.
struct Run {
    number: u64,
    task: AbortHandle,
}

impl Drop for Run {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Connection {
    pub(super) fn new(edge: web::Data<Edge>, wire: Wire, hello: Hello, id: RequestId) -> Self {
        let state = State::new(edge.config.live.operations);
        Self {
            edge,
            wire,
            hello,
            id,
            caller: None,
            state,
            tasks: JoinSet::new(),
            replies: VecDeque::new(),
            count: 0,
            said: channel(WAITING),
            beginning: None,
            silence: 0,
        }
    }

    /// Has the conversation.
    pub(super) async fn talk(mut self, mut incoming: AggregatedMessageStream) {
        let close = self.converse(&mut incoming).await;
        tracing::debug!(?close, "a conversation has ended");
        self.tasks.abort_all();
        self.wire.close(&close).await;
        if close != Close::Gone {
            let rest = async { while incoming.recv().await.is_some_and(|frame| frame.is_ok()) {} };
            // Whoever does not answer has no more time than this.
            let _ = timeout(GOODBYE, rest).await;
        }
    }

    async fn converse(&mut self, incoming: &mut AggregatedMessageStream) -> Close {
        let live = self.edge.live.clone();
        let config = self.edge.config.live.clone();
        let mut closing = std::pin::pin!(live.closing());
        let init = Instant::now() + config.init_timeout;
        let mut pings = pings(config.ping_interval);
        loop {
            while self.tasks.try_join_next().is_some() {}
            let free = self.wire.is_free() && self.replies.is_empty();
            let reads = self.beginning.is_none() && self.replies.len() < REPLIES;
            let runs_out = deadline(self.caller.as_ref().and_then(|caller| caller.until));
            let done = tokio::select! {
                frame = incoming.recv(), if reads => self.hear(frame).await,
                Some(said) = self.said.1.recv(), if free => self.pass(said).await,
                freed = self.wire.freed() => freed,
                _ = begun(&mut self.beginning) => {
                    self.beginning = None;
                    Ok(())
                }
                _ = pings.tick() => self.ask().await,
                () = at(runs_out) => Err(Close::Forbidden("The token has run out.".to_owned())),
                () = at(Some(init)), if self.state.is_silent() => Err(Close::InitTimeout),
                () = &mut closing => Err(Close::Stopping),
            };
            if let Err(close) = done {
                return close;
            }
            if let Err(close) = self.reply().await {
                return close;
            }
        }
    }

    /// Takes what the peer has sent.
    async fn hear(&mut self, frame: Option<Result<Frame, ProtocolError>>) -> Result<(), Close> {
        self.silence = 0;
        let text = match frame {
            Some(Ok(Frame::Text(text))) => text,
            Some(Ok(Frame::Ping(payload))) => {
                self.replies.push_back(Reply::Pong(payload));
                return Ok(());
            }
            Some(Ok(Frame::Pong(_))) => return Ok(()),
            Some(Ok(Frame::Binary(_))) => {
                return Err(Close::BadMessage("Messages are text.".to_owned()));
            }
            Some(Ok(Frame::Close(_))) => return Err(Close::Asked),
            Some(Err(error)) => return Err(Close::BadMessage(format!("{error}."))),
            None => return Err(Close::Gone),
        };
        let message = message::read(&text).map_err(Close::BadMessage)?;
        match self.state.receive(message) {
            Next::Nothing => {}
            Next::Close(close) => return Err(close),
            Next::Pong(payload) => self.replies.push_back(Reply::Text(message::pong(payload))),
            Next::Recognise(payload) => {
                let caller = self.hello.recognise(&self.edge, &payload, &self.id).await?;
                self.caller = Some(caller);
                self.state.acknowledge();
                self.replies.push_back(Reply::Text(message::ACK.to_owned()));
            }
            Next::TooMany(id) => {
                let most = self.edge.config.live.operations;
                let error = coded(
                    Code::RateLimited,
                    format!(
                        "A connection has at most {most} operations at a time. Complete some first."
                    ),
                );
                self.replies.push_back(Reply::Text(message::end(&id, &[error])));
            }
            Next::Begin(id, wanted) => self.begin(id, *wanted),
        }
        Ok(())
    }

    fn begin(&mut self, id: String, wanted: Wanted) {
        let Some(caller) = self.caller.clone() else { return };
        self.count += 1;
        let number = self.count;
        let operation = Operation {
            edge: self.edge.clone(),
            caller,
            wanted,
            id: RequestId(format!("{}.{number}", self.id.0)),
        };
        let (begun, beginning) = oneshot::channel();
        let run = operation.run(Outlet::new(self.said.0.clone(), id.clone(), number), begun);
        let task = self.tasks.spawn_local(run);
        self.beginning = Some(beginning);
        self.state.begun(id, Run { number, task });
    }

    /// Passes on what an operation says, unless it was stopped meanwhile.
    async fn pass(&mut self, said: Said) -> Result<(), Close> {
        let Said { id, number, what } = said;
        if self.state.running(&id).is_none_or(|run| run.number != number) {
            return Ok(());
        }
        let text = match what {
            What::Next(payload) => message::next(&id, &payload),
            What::End(errors) => {
                self.state.ended(&id);
                message::end(&id, &errors)
            }
        };
        self.wire.say(text).await
    }

    /// Asks whether the peer is there, or finds that it is not.
    async fn ask(&mut self) -> Result<(), Close> {
        self.silence += 1;
        if self.silence > 2 {
            return Err(Close::Gone);
        }
        self.wire.ping().await
    }

    /// Sends a reply, if one waits and the way is free.
    async fn reply(&mut self) -> Result<(), Close> {
        if !self.wire.is_free() {
            return Ok(());
        }
        match self.replies.pop_front() {
            Some(Reply::Text(text)) => self.wire.say(text).await,
            Some(Reply::Pong(payload)) => self.wire.pong(&payload).await,
            None => Ok(()),
        }
    }
}

fn pings(every: Duration) -> Interval {
    let mut pings = interval_at(Instant::now() + every, every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}

/// Waits until the operation has begun, or has ended without.
async fn begun(beginning: &mut Option<oneshot::Receiver<()>>) {
    match beginning {
        Some(begun) => drop(begun.await),
        None => std::future::pending().await,
    }
}
