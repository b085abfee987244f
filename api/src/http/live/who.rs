//! Who asks over a WebSocket.

use serde_json::{Map, Value};

use super::close::Close;
use crate::{
    answers::Caller,
    http::{Edge, EdgeError, trace::RequestId, within::within},
};

/// What the handshake says of who asks, for clients that can add headers to it.
pub(super) struct Hello {
    pub authorization: Option<String>,
    pub language: Option<String>,
}

impl Hello {
    /// Who asks: by what connection_init says, or else the handshake.
    pub(super) async fn recognise(
        &self,
        edge: &Edge,
        payload: &Map<String, Value>,
        id: &RequestId,
    ) -> Result<Caller, Close> {
        let said = |name: &str| {
            let found = payload.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
            found.as_str().filter(|text| !text.is_empty())
        };
        let authorization = said("authorization").or(self.authorization.as_deref());
        let language = said("accept-language").or(self.language.as_deref());
        let recognised = edge.engine.recognise(authorization, language);
        let internal = || Close::Internal(format!("Internal error; quote request id {}.", id.0));
        match within(edge, id, recognised).await {
            Ok(Ok(caller)) if caller.principal.is_none() && !caller.known.view.is_open() => {
                Err(Close::Unauthorized(
                    "Send a token in connection_init: {\"Authorization\": \"Bearer …\"}.",
                ))
            }
            Ok(Ok(caller)) => Ok(caller),
            Ok(Err(EdgeError::Unauthenticated(message))) => Err(Close::Forbidden(message)),
            Ok(Err(EdgeError::Unavailable(reason))) => {
                tracing::warn!(reason, "unavailable");
                Err(Close::Unavailable)
            }
            Ok(Err(EdgeError::Internal(chain))) => {
                tracing::error!(chain, "internal error");
                Err(internal())
            }
            // What went wrong is in the log.
            Err(_) => Err(internal()),
        }
    }
}
