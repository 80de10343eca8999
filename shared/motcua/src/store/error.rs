//! Failure of the shell: nothing is known to be wrong with the request.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// Reasons why the store did not do what was asked. All but [`Error::TooLarge`] are answered with *later*.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Throttled, timed out, reset: whether it was applied is not known.
    #[error("the store did not answer {operation}: {reason}")]
    Unavailable {
        /// The call.
        operation: &'static str,
        /// The error's code, never its content.
        reason: String,
    },
    /// Five rounds of load, decide and write all met another writer.
    #[error("the dossier was written by others in each of {0} rounds")]
    Contended(u32),
    /// An item was written by newer code, so this code writes nothing.
    #[error("an item has shape {0}, newer than this code knows")]
    TooNew(u64),
    /// An item that this code cannot read.
    #[error("an item under {sk} cannot be read: {reason}")]
    Unreadable {
        /// The sort key: it holds no personal data.
        sk: String,
        /// The fault.
        reason: String,
    },
    /// A state beyond the limit.
    #[error("an item of {0} bytes is beyond the limit")]
    TooLarge(usize),
}

impl Error {
    /// Wraps an SDK error: its code and kind, never the request or the response, which hold personal data.
    pub fn from_sdk<E: ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> Self {
        let reason = match error {
            SdkError::ServiceError(inner) => inner.err().code().unwrap_or("unknown code").to_owned(),
            SdkError::TimeoutError(_) => "timeout".to_owned(),
            SdkError::DispatchFailure(failure) if failure.is_timeout() => "timeout".to_owned(),
            SdkError::DispatchFailure(_) => "dispatch failure".to_owned(),
            SdkError::ResponseError(_) => "unreadable response".to_owned(),
            _ => "request not built".to_owned(),
        };
        Self::Unavailable { operation, reason }
    }
}
