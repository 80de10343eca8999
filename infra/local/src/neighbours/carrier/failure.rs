//! Failures that a test lets happen.

/// Failure of a request. Only [`Failure::TimeoutSent`] lets the message out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// 503: later.
    Unavailable,
    /// 429: later.
    Throttled,
    /// 401: it does not believe the signature.
    Unauthorized,
    /// 302 to another address, which nobody ought to follow.
    Moved,
    /// 422: never this message.
    Refused,
    /// The answer never came and the message was not sent.
    TimeoutNotSent,
    /// The answer never came but the message was sent.
    TimeoutSent,
}

impl Failure {
    /// Every failure, for walking them all.
    pub const ALL: [Self; 7] = [
        Self::Unavailable,
        Self::Throttled,
        Self::Unauthorized,
        Self::Moved,
        Self::Refused,
        Self::TimeoutNotSent,
        Self::TimeoutSent,
    ];
}
