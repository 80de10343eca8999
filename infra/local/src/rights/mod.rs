//! Each function's own rights, held against every call that it makes: a call that the template does not allow is denied
//! here as it is on AWS.
//!
//! A function runs in a [`role`](in_role); a call made outside of any role is the laptop's own and is not looked at.
//! Every statement used is noted, so that the template's statements that no story needs can be listed.

mod call;
mod template;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::Value;
use template::Statement;

pub(crate) use call::Call;

static POLICIES: LazyLock<BTreeMap<String, Vec<Statement>>> = LazyLock::new(template::policies);
static USED: Mutex<BTreeSet<Use>> = Mutex::new(BTreeSet::new());

tokio::task_local! {
    static ROLE: &'static str;
}

/// A statement of a function's policy that a call needed: the function, the statement's name, the action.
pub type Use = (String, String, String);

/// A call that the template does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{role} is not authorized to perform {action} on {resource}")]
pub struct Denied {
    /// The function.
    pub role: String,
    /// The action.
    pub action: String,
    /// The resource, and the leading keys if there are any.
    pub resource: String,
}

/// Runs `work` as the function of that name.
pub fn in_role<T>(function: &'static str, work: impl Future<Output = T>) -> impl Future<Output = T> {
    ROLE.scope(function, Box::pin(work))
}

/// Returns the role of the function of that name. A name of no function has a role without any right.
pub(crate) fn role_of(function: &str) -> &'static str {
    POLICIES.get_key_value(function).map_or("nobody", |(name, _)| name.as_str())
}

/// Returns the function that runs here; `None` outside of any.
pub(crate) fn role() -> Option<&'static str> {
    ROLE.try_with(|role| *role).ok()
}

/// Holds a call of DynamoDB against the policy of the function that makes it.
///
/// # Errors
/// [`Denied`].
pub(crate) fn of_table(role: &str, operation: &str, body: &Value) -> Result<(), Denied> {
    call::of_table(operation, body).iter().try_for_each(|call| allow(role, call))
}

/// Holds one call against the policy of a function.
///
/// # Errors
/// [`Denied`].
pub(crate) fn allow(role: &str, call: &Call) -> Result<(), Denied> {
    let statements = POLICIES.get(role).map(Vec::as_slice).unwrap_or_default();
    let Some(statement) = statements.iter().find(|statement| statement.allows(call)) else {
        let resource = format!("{} {}", call.resource, call.keys.join(" "));
        return Err(Denied { role: role.to_owned(), action: call.action.to_owned(), resource });
    };
    note((role.to_owned(), statement.sid.clone(), call.action.to_owned()));
    Ok(())
}

/// Notes the first use of a statement in this process, if the tests want it written.
fn note(used: Use) {
    static LIST: LazyLock<Option<std::ffi::OsString>> = LazyLock::new(|| std::env::var_os("MOTCUA_RIGHTS_USED"));
    let mut known = USED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(list) = LIST.as_ref().filter(|_| !known.contains(&used)) else { return };
    let line = format!("{}\t{}\t{}\n", used.0, used.1, used.2);
    let written = std::fs::OpenOptions::new().create(true).append(true).open(list);
    if let Err(error) = written.and_then(|mut file| std::io::Write::write_all(&mut file, line.as_bytes())) {
        tracing::error!(%error, "the list of used rights cannot be written");
    }
    known.insert(used);
}

/// Returns everything that the template allows to functions by a call of theirs.
#[must_use]
pub fn allowed() -> BTreeSet<Use> {
    let each = POLICIES.iter().flat_map(|(role, statements)| {
        statements.iter().flat_map(move |statement| {
            statement.actions.iter().map(move |action| (role.clone(), statement.sid.clone(), action.clone()))
        })
    });
    each.collect()
}

impl Statement {
    fn allows(&self, call: &Call) -> bool {
        let named = self.resources.iter().any(|resource| call.is_on(resource));
        let fits = |key: &String| self.leading_keys.iter().any(|pattern| is_like(pattern, key));
        // A condition on keys is not met by a call without keys: the template asks for them by "Null".
        let keys = self.leading_keys.is_empty() || (!call.keys.is_empty() && call.keys.iter().all(fits));
        self.actions.iter().any(|action| action == call.action) && named != self.inverted && keys
    }
}

/// Whether a text fits a pattern in which `*` stands for any text, also for none.
fn is_like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(place) = rest.find(part) else { return false };
        rest = &rest[place + part.len()..];
    }
    rest.ends_with(last)
}
