//! Why a WebSocket is closed, with the codes of graphql-transport-ws.

use actix_ws::{CloseCode, CloseReason};

/// Bytes of a reason: a control frame holds 125, two of which are the code.
const MOST: usize = 123;

/// Why a WebSocket is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The peer has closed it.
    Asked,
    /// The peer is gone; nobody would hear a reason.
    Gone,
    /// The server stops.
    Stopping,
    /// The peer takes nothing.
    Stalled,
    /// The database is out of reach.
    Unavailable,
    /// A message that is none.
    BadMessage(String),
    /// An operation before anybody has said who asks, or nobody that may.
    Unauthorized(&'static str),
    /// No good token, or no longer.
    Forbidden(String),
    /// Another protocol than ours.
    Protocol,
    /// Nobody has said in time who asks.
    InitTimeout,
    /// An operation with an id that is in use.
    Duplicate(String),
    /// Who asks was said twice.
    InitTwice,
    /// A fault of ours.
    Internal(String),
}

impl Close {
    /// The code and the reason.
    pub(super) fn told(&self) -> Option<(u16, String)> {
        let (code, reason) = match self {
            Self::Gone => return None,
            Self::Asked => (1000, "Goodbye.".to_owned()),
            Self::Stopping => (1001, "The server stops. Connect again.".to_owned()),
            Self::Stalled => (1013, "Messages were not taken in time. Connect again.".to_owned()),
            Self::Unavailable => {
                (1013, "The server cannot answer right now. Try again.".to_owned())
            }
            Self::BadMessage(reason) => (4400, reason.clone()),
            Self::Unauthorized(reason) => (4401, (*reason).to_owned()),
            Self::Forbidden(reason) => (4403, reason.clone()),
            Self::Protocol => {
                (4406, "Speak graphql-transport-ws: name it as subprotocol.".to_owned())
            }
            Self::InitTimeout => (4408, "connection_init did not come in time.".to_owned()),
            Self::Duplicate(id) => (4409, format!("Subscriber for {id} already exists")),
            Self::InitTwice => (4429, "Too many initialisation requests".to_owned()),
            Self::Internal(reason) => (4500, reason.clone()),
        };
        Some((code, cut(reason)))
    }

    /// As it is sent.
    pub(super) fn frame(&self) -> Option<CloseReason> {
        let (code, description) = self.told()?;
        Some(CloseReason { code: CloseCode::from(code), description: Some(description) })
    }
}

fn cut(mut reason: String) -> String {
    let end = (0..=MOST.min(reason.len())).rev().find(|end| reason.is_char_boundary(*end));
    reason.truncate(end.unwrap_or_default());
    reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_fits_its_frame() {
        for (reason, length) in [
            (String::new(), 0),
            ("x".repeat(123), 123),
            ("x".repeat(124), 123),
            ("å".repeat(62), 122),
            (format!("x{}", "å".repeat(62)), 123),
            ("€".repeat(100), 123),
        ] {
            let (code, told) = Close::BadMessage(reason.clone()).told().unwrap();
            assert_eq!((code, told.len()), (4400, length), "{reason}");
            assert!(reason.starts_with(&told));
        }
        assert_eq!(Close::Gone.frame(), None);
        assert_eq!(u16::from(Close::InitTwice.frame().unwrap().code), 4429);
    }
}
