//! Accounts that work may go to: of the sender's agency, open, and of a role that handles dossiers.

use motcua::site::Site;
use motcua::store::{Error, Member};
use rules::dossier::{Action, Kind, Refusal};

use crate::permission::{Permission, Role, Staff};

/// Refusal of a command whose receiver cannot take the work. Their entry is read as it is now.
pub(crate) async fn refused(site: &Site, staff: &Staff, action: &Action) -> Result<Option<Refusal>, Error> {
    let (Action::Forward { to } | Action::PutToLeader { to }) = action else { return Ok(None) };
    let member = site.recorder.store().member(&staff.agency, to).await?;
    Ok(refuses(member.as_ref(), action.kind()))
}

/// Reason why an account may not be given work by a command of this kind.
pub(crate) fn refuses(member: Option<&Member>, kind: Kind) -> Option<Refusal> {
    let Some(member) = member else { return Some(Refusal::UnknownAccount) };
    let role = Role::from_name(&member.seen.role);
    let holds = |permission| role.is_some_and(|role| role.holds(permission));
    if member.closed {
        Some(Refusal::ClosedAccount)
    } else if !holds(Permission::Handle) {
        Some(Refusal::NoHandler)
    } else if kind == Kind::PutToLeader && !holds(Permission::Overrule) {
        Some(Refusal::NoLeader)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use motcua::store::Seen;

    use super::*;

    #[test]
    fn work_goes_to_open_accounts_that_handle_dossiers_and_is_submitted_to_leaders_only() {
        let member = |role: &str, closed| {
            let at = "2020-04-15T01:00:00Z".parse().unwrap();
            Member { seen: Seen { who: "u".into(), role: role.into(), at }, name: None, closed }
        };
        let told =
            |role, closed| [Kind::Forward, Kind::PutToLeader].map(|kind| refuses(Some(&member(role, closed)), kind));
        assert_eq!(refuses(None, Kind::Forward), Some(Refusal::UnknownAccount));
        assert_eq!(told("manager", false), [None, None]);
        for role in ["clerk", "specialist"] {
            assert_eq!(told(role, false), [None, Some(Refusal::NoLeader)], "{role}");
        }
        for role in ["administrator", "auditor"] {
            assert_eq!(told(role, false), [Some(Refusal::NoHandler), Some(Refusal::NoHandler)], "{role}");
        }
        assert_eq!(told("manager", true), [Some(Refusal::ClosedAccount), Some(Refusal::ClosedAccount)]);
    }
}
