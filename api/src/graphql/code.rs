//! The codes that a top-level error can carry in `extensions.code`, in one table.

/// Why a request, or a field of it, got no answer. What a person can mend is a `UserError` instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// There was no token, or not a good one.
    Unauthenticated,
    /// Visible, but not the caller's to do.
    Forbidden,
    /// The request, its variables or an argument cannot be used as they stand.
    BadUserInput,
    /// The document is no GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// The document costs more than one request may.
    QueryTooComplex,
    /// The document nests deeper than one request may.
    QueryTooDeep,
    /// The caller has used up its allowance for now.
    RateLimited,
    /// The server keeps no persisted queries: send the document itself.
    PersistedQueryNotFound,
    /// The answer was not ready in time; what a mutation had not committed by then is rolled back.
    Timeout,
    /// Something that the server needs is out of reach; the same request may succeed later.
    Unavailable,
    /// A fault of the server's. The error carries a request id, and nothing else.
    Internal,
}

impl Code {
    /// Every code there is.
    pub const ALL: [Self; 12] = [
        Self::Unauthenticated,
        Self::Forbidden,
        Self::BadUserInput,
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::QueryTooComplex,
        Self::QueryTooDeep,
        Self::RateLimited,
        Self::PersistedQueryNotFound,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// As it stands in `extensions.code`.
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status of a request that got this and no data.
    pub const fn status(self) -> u16 {
        self.row().1
    }

    /// The code that reads `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    const fn row(self) -> (&'static str, u16) {
        match self {
            Self::Unauthenticated => ("UNAUTHENTICATED", 401),
            Self::Forbidden => ("FORBIDDEN", 403),
            Self::BadUserInput => ("BAD_USER_INPUT", 400),
            Self::ParseFailed => ("GRAPHQL_PARSE_FAILED", 400),
            Self::ValidationFailed => ("GRAPHQL_VALIDATION_FAILED", 400),
            Self::QueryTooComplex => ("QUERY_TOO_COMPLEX", 400),
            Self::QueryTooDeep => ("QUERY_TOO_DEEP", 400),
            Self::RateLimited => ("RATE_LIMITED", 429),
            Self::PersistedQueryNotFound => ("PERSISTED_QUERY_NOT_FOUND", 400),
            Self::Timeout => ("TIMEOUT", 504),
            Self::Unavailable => ("UNAVAILABLE", 503),
            Self::Internal => ("INTERNAL", 500),
        }
    }
}
