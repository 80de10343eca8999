//! Bucket for the scans of papers.

use super::Config;
use super::entry::Entry;

/// Ends of names to which S3 gives another meaning, such as buckets of another kind.
const ANOTHER_KIND: [&str; 4] = ["-s3alias", "--ol-s3", "--x-s3", "--table-s3"];

/// Reads the name of a bucket. A dot in it would spoil the certificate of its address.
pub(super) fn bucket(top: &mut Entry<'_>) -> Option<String> {
    const FIELD: &str = "papers_bucket";
    let name = top.optional_text(FIELD)?;
    if !is_bucket(name) {
        top.problem(FIELD, "takes 3 to 63 small letters, digits and dashes, as S3 names a bucket");
        return None;
    }
    Some(name.to_owned())
}

fn is_bucket(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&name.len())
        && name.bytes().all(plain)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.starts_with("xn--")
        && !ANOTHER_KIND.iter().any(|end| name.ends_with(end))
}

impl Config {
    /// Returns the bucket that scans of papers are kept in; `None` if the office keeps none.
    pub fn papers_bucket(&self) -> Option<&str> {
        self.papers_bucket.as_deref()
    }
}
