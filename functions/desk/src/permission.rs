//! Members of staff, and what they may do.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::config::{Agency, Config};
use rules::dossier::Kind;
use rules::id::AgencyCode;
use rules::limits::LONGEST_ACCOUNT;

/// A member of staff, as the provider vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Staff {
    /// The account, never a name.
    pub subject: String,
    /// The agency they serve: all they see lies under it.
    pub agency: AgencyCode,
    role: Role,
}

/// Role of a member of staff at the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Clerk,
    Specialist,
    Manager,
    Administrator,
}

/// The role lacks the permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub(crate) struct NotAllowed;

/// Reason why claims belong to no member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Nobody {
    /// There are no claims, or they name nobody.
    #[error("nobody signed in")]
    SignedIn,
    /// The agency or the role is unknown to this office, or the claims name conflicting ones.
    #[error("no member of staff")]
    OfOurs,
}

/// Actions that can be permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    /// To look at dossiers, their people and their money, and to search.
    Read,
    /// To file dossiers, give every command that the next one does not name, open orders at gateways, store scans, note
    /// official receipts.
    Handle,
    /// To undo a decision or move a promised date (reopen, apologise), and to deal with what no function could finish.
    Overrule,
    /// To decide about money that fits nothing, read its message, cancel vouchers, settle with gateways.
    DecideMoney,
    /// To write broadcasts, and to release, stop and cancel them.
    Broadcast,
    /// To see figures and to export them.
    SeeReports,
    /// To publish, change and withdraw notices, and to see who has not read one.
    PublishNotices,
    /// To see who did what, and who searched for what.
    SeeAudit,
    /// To end the sessions and tokens of an account.
    EndSessions,
    /// To import procedures and the dossiers of an earlier software.
    KeepCatalogue,
    /// To see channels and keys by age, and to keep the directory of staff.
    Administer,
}

/// The one table of permissions, with columns in the order of [`Role::ALL`]. An administrator keeps the system and
/// decides nothing about a dossier. Undoing a decision, moving a promised date and settling money go to a manager.
const TABLE: [(Permission, [bool; 4]); 11] = {
    const YES: bool = true;
    const NO: bool = false;
    [
        (Permission::Read, [YES, YES, YES, YES]),
        (Permission::Handle, [YES, YES, YES, NO]),
        (Permission::Overrule, [NO, NO, YES, NO]),
        (Permission::DecideMoney, [NO, NO, YES, NO]),
        (Permission::Broadcast, [NO, NO, YES, NO]),
        (Permission::SeeReports, [YES, YES, YES, YES]),
        (Permission::PublishNotices, [NO, NO, YES, NO]),
        (Permission::SeeAudit, [NO, NO, YES, YES]),
        (Permission::EndSessions, [NO, NO, YES, YES]),
        (Permission::KeepCatalogue, [NO, NO, NO, YES]),
        (Permission::Administer, [NO, NO, NO, YES]),
    ]
};

impl Permission {
    /// Permission that a command needs; `None` if it comes from partners or time, and never from staff.
    pub(crate) fn for_command(kind: Kind) -> Option<Self> {
        if matches!(
            kind,
            Kind::RecordPayment
                | Kind::RecordSupplement
                | Kind::AnnounceOriginals
                | Kind::AnnounceFiles
                | Kind::ChangeFiling
                | Kind::RecordFailedAttempt
                | Kind::Wake
        ) {
            None
        } else if matches!(kind, Kind::Reopen | Kind::Apologise | Kind::SettleDates) {
            Some(Self::Overrule)
        } else if kind == Kind::AttachMoney {
            Some(Self::DecideMoney)
        } else {
            Some(Self::Handle)
        }
    }
}

impl Role {
    /// Every role, in the order of [`rules::config::ROLES`].
    pub(crate) const ALL: [Self; 4] = [Self::Clerk, Self::Specialist, Self::Manager, Self::Administrator];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Its name in configuration and tokens.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Specialist => "specialist",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
        }
    }

    /// Whether this role has a permission.
    pub(crate) fn holds(self, permission: Permission) -> bool {
        let row = TABLE.iter().find(|(it, _)| *it == permission);
        row.is_some_and(|(_, roles)| Self::ALL.iter().zip(roles).any(|(role, holds)| *role == self && *holds))
    }

    /// The names of the roles that have a permission.
    pub(crate) fn holding(permission: Option<Permission>) -> Vec<&'static str> {
        let holds = |role: &Self| permission.is_some_and(|permission| role.holds(permission));
        Self::ALL.into_iter().filter(holds).map(Self::name).collect()
    }

    /// Whether this role may give a command of this kind.
    pub(crate) fn may(self, kind: Kind) -> bool {
        Permission::for_command(kind).is_some_and(|permission| self.holds(permission))
    }
}

impl Staff {
    /// The member of staff that a session names; `None` if the office has no such agency, or the role does not exist.
    pub(crate) fn known(config: &Config, subject: &str, agency: &str, role: &str) -> Option<Self> {
        let agency = config.agency(agency)?.key().clone();
        Some(Self { subject: subject.to_owned(), agency, role: Role::from_name(role)? })
    }

    /// Reads verified claims: 401 without them, 403 if agency or role is unknown here, or they conflict.
    pub(crate) fn of(config: &Config, claims: &BTreeMap<String, String>) -> Result<Self, Nobody> {
        let claim = |name: &str| claims.get(name).filter(|value| !value.is_empty());
        let names = config.staff_claims();
        let subject = claim("sub").ok_or(Nobody::SignedIn)?;
        if subject.len() > LONGEST_ACCOUNT || !subject.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Nobody::SignedIn);
        }
        let client = config.sign_in().ok().map(|sign_in| sign_in.client_id.as_str());
        if !is_for(client, claim("azp").map(String::as_str), claim("aud").map(|text| values(text).values.len())) {
            return Err(Nobody::SignedIn);
        }
        let listed = |name: &str| claim(name).map(|text| values(text)).unwrap_or_default();
        let agencies = known(listed(&names.agency), |code| config.agency(code).map(Agency::key));
        let agency = agencies.and_then(|agencies| only_one(agencies.into_iter())).ok_or(Nobody::OfOurs)?;
        let roles = known(listed(&names.role), |value| names.role_of(value).and_then(Role::from_name));
        let role = roles.and_then(|roles| strongest(roles.into_iter())).ok_or(Nobody::OfOurs)?;
        Ok(Self { subject: subject.clone(), agency: agency.clone(), role })
    }

    /// The agency that claims name, for an entry about somebody who is not let in; the first one if they name none or
    /// several.
    pub(crate) fn agency_of<'c>(config: &'c Config, claims: &BTreeMap<String, String>) -> &'c AgencyCode {
        let listed = claims.get(&config.staff_claims().agency).map(|text| values(text)).unwrap_or_default();
        let agencies = known(listed, |code| config.agency(code).map(Agency::key));
        let first = || config.agencies().first().expect("an office has an agency").key();
        agencies.and_then(|agencies| only_one(agencies.into_iter())).unwrap_or_else(first)
    }

    /// Their role at the office.
    pub(crate) fn role(&self) -> Role {
        self.role
    }

    /// Whether they may decide about money that was set aside and read its message: it goes to a manager.
    pub(crate) fn decides_money(&self) -> bool {
        self.role.holds(Permission::DecideMoney)
    }

    /// 403 for everybody but an administrator, who keeps the system.
    pub(crate) fn may_keep_the_catalogue(&self) -> Result<(), NotAllowed> {
        self.needs(Permission::KeepCatalogue)
    }

    /// 403 if the role lacks this permission.
    pub(crate) fn needs(&self, permission: Permission) -> Result<(), NotAllowed> {
        if self.role.holds(permission) { Ok(()) } else { Err(NotAllowed) }
    }

    /// 403 if the role may not give this command.
    pub(crate) fn may(&self, kind: Kind) -> Result<(), NotAllowed> {
        if self.role.may(kind) { Ok(()) } else { Err(NotAllowed) }
    }
}

/// The instant at which a token was issued; the beginning of time if it does not say.
pub(crate) fn issued_at(claims: &BTreeMap<String, String>) -> Timestamp {
    let seconds = claims.get("iat").and_then(|iat| iat.parse().ok());
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(Timestamp::MIN)
}

/// Whether a token was issued to this client. `azp` names the client that got it, which may be another one than those
/// that it is for; one that is for several must say.
pub(crate) fn is_for(client: Option<&str>, azp: Option<&str>, audiences: Option<usize>) -> bool {
    match (client, azp) {
        (None, _) => true,
        (Some(client), Some(azp)) => azp == client,
        (Some(_), None) => audiences.is_none_or(|count| count <= 1),
    }
}

/// The values of a claim.
#[derive(Default)]
struct Values<'a> {
    values: Vec<Cow<'a, str>>,
    /// Whether each value is known for sure to be one.
    exact: bool,
}

/// Reads the values of a claim. A token has a list as JSON. `[a b]` is what the authorizer makes of it, if the token itself
/// is not there to be read: it may as well be one value with a space in it.
fn values(text: &str) -> Values<'_> {
    let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return Values { values: vec![text.into()], exact: true };
    };
    match serde_json::from_str::<Vec<String>>(text) {
        Ok(list) => Values { values: list.into_iter().map(Cow::Owned).collect(), exact: true },
        Err(_) => Values { values: inner.split_ascii_whitespace().map(Cow::Borrowed).collect(), exact: false },
    }
}

/// The values that mean something here; `None` if one that may be half a value means nothing.
fn known<T>(Values { values, exact }: Values<'_>, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<_> = values.iter().map(|value| read(value)).collect();
    (exact || read.iter().all(Option::is_some)).then(|| read.into_iter().flatten().collect())
}

/// Staff of two agencies have two accounts, because a token that claims both does not say which one is meant.
fn only_one<'a>(mut agencies: impl Iterator<Item = &'a AgencyCode>) -> Option<&'a AgencyCode> {
    let first = agencies.next()?;
    agencies.all(|other| other == first).then_some(first)
}

/// The strongest role. Keeping the system and deciding about dossiers need two accounts, so that nobody does both.
fn strongest(roles: impl Iterator<Item = Role>) -> Option<Role> {
    let roles: Vec<_> = roles.collect();
    let keeps = roles.contains(&Role::Administrator);
    let decides = [Role::Manager, Role::Specialist, Role::Clerk].into_iter().find(|role| roles.contains(role));
    match (decides, keeps) {
        (Some(_), true) => None,
        (Some(role), false) => Some(role),
        (None, true) => Some(Role::Administrator),
        (None, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of each permission in README.
    const NAMES: [(Permission, &str); TABLE.len()] = [
        (Permission::Read, "read dossiers, people and money, search"),
        (Permission::Handle, "file dossiers, give every other command, store scans, `official-receipt`"),
        (Permission::Overrule, "`reopen`, `apologise`, `settle-dates`, what no function could finish"),
        (
            Permission::DecideMoney,
            "every other decision about money, its message as received, settlement with gateways",
        ),
        (Permission::Broadcast, "write, release, stop and cancel broadcasts"),
        (Permission::SeeReports, "figures and their export"),
        (Permission::PublishNotices, "publish, change and withdraw notices"),
        (Permission::SeeAudit, "who did what, who searched for what"),
        (Permission::EndSessions, "end the sessions and tokens of an account"),
        (Permission::KeepCatalogue, "catalogue, take-over of dossiers"),
        (Permission::Administer, "channels, keys by age, the directory of staff: close and open accounts"),
    ];

    #[test]
    fn readme_has_the_table() {
        let mut table =
            format!("| may | {} |\n| --- | :-: | :-: | :-: | :-: |\n", Role::ALL.map(Role::name).join(" | "));
        for (permission, name) in NAMES {
            let cells = Role::ALL.map(|role| if role.holds(permission) { "yes" } else { "–" });
            table.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
        }
        assert!(include_str!("../README.md").contains(&table), "put this into functions/desk/README.md:\n{table}");
    }

    #[test]
    fn each_permission_has_one_row_and_each_role_its_name_in_the_configuration() {
        assert!(TABLE.iter().zip(NAMES).all(|((one, _), (other, _))| *one == other));
        assert_eq!(Role::ALL.map(Role::name), rules::config::ROLES);
        assert!(Role::ALL.iter().all(|role| Role::from_name(role.name()) == Some(*role)));
    }

    fn of(claims: &[(&str, &str)]) -> Result<Staff, Nobody> {
        let claims = claims.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Staff::of(&Config::demo(), &claims)
    }

    #[test]
    fn a_claim_may_be_a_list_and_names_one_agency_and_one_kind_of_account() {
        let role = |text: &str| of(&[("sub", "u"), ("agency", "000.00.01.H32"), ("role", text)]).map(|it| it.role);
        assert_eq!(role("clerk"), Ok(Role::Clerk));
        assert_eq!(role("[clerk manager]"), Ok(Role::Manager));
        assert_eq!(role(r#"["offline_access","clerk","manager"]"#), Ok(Role::Manager));
        assert_eq!(role(r#"["specialist","uma authorization"]"#), Ok(Role::Specialist));
        assert_eq!(role("[administrator]"), Ok(Role::Administrator));
        // One value with a space in it is written in the same way.
        assert_eq!(role("[x manager]"), Err(Nobody::OfOurs));
        assert_eq!(role(r#"["x manager"]"#), Err(Nobody::OfOurs));
        for none in ["", "[]", "boss", "Clerk", "clerk ", "[administrator clerk]", "clerk manager"] {
            assert_eq!(role(none), Err(Nobody::OfOurs), "{none}");
        }
        let agency = |text: &str| of(&[("sub", "u"), ("agency", text), ("role", "clerk")]).is_ok();
        assert!(agency(r#"["000.00.01.H32","H32"]"#) && agency("[000.00.01.H32 000.00.01.H32]"));
        assert!(!agency("H32") && !agency("") && !agency("[x 000.00.01.H32]"));
    }
}
