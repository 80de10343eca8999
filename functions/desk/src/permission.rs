//! Who asks, and what they may do.

use std::collections::BTreeMap;

use motcua::config::Config;
use motcua::dossier::Kind;
use motcua::id::AgencyCode;

use crate::answer::Answer;

/// The longest subject of a sign-in taken, in bytes.
const LONGEST_SUBJECT: usize = 128;

/// A member of staff, as the authorizer vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Staff {
    /// The account, never a name.
    pub subject: String,
    /// The agency they serve: all they see lies under it.
    pub agency: AgencyCode,
    role: Role,
}

/// What somebody is at the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Clerk,
    Specialist,
    Manager,
    Administrator,
}

impl Role {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "clerk" => Some(Self::Clerk),
            "specialist" => Some(Self::Specialist),
            "manager" => Some(Self::Manager),
            "administrator" => Some(Self::Administrator),
            _ => None,
        }
    }

    /// The one table of permissions. An administrator keeps the system and decides nothing about a dossier; what
    /// undoes a decision or moves a promised date is a manager's.
    pub(crate) fn may(self, kind: Kind) -> bool {
        match (self, kind) {
            // These come from partners and from time, never from staff.
            (_, Kind::RecordPayment | Kind::RecordSupplement | Kind::AnnounceOriginals | Kind::Wake) => false,
            (Self::Administrator, _) => false,
            (Self::Manager, _) => true,
            (Self::Clerk | Self::Specialist, Kind::Reopen | Kind::Apologise | Kind::AttachMoney) => false,
            (Self::Clerk | Self::Specialist, _) => true,
        }
    }
}

impl Staff {
    /// Reads the claims of the authorizer: 401 without them, 403 for an agency or a role that is none of ours.
    pub(crate) fn of(config: &Config, claims: &BTreeMap<String, String>) -> Result<Self, Answer> {
        let claim = |name: &str| claims.get(name).filter(|value| !value.is_empty());
        let subject = claim("sub").ok_or(Answer::SignInFirst)?;
        if subject.len() > LONGEST_SUBJECT || !subject.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Answer::SignInFirst);
        }
        let agency = claim("agency").and_then(|code| config.agency(code)).ok_or(Answer::NotAllowed)?;
        let role = claim("role").and_then(|name| Role::from_name(name)).ok_or(Answer::NotAllowed)?;
        Ok(Self { subject: subject.clone(), agency: agency.code.clone(), role })
    }

    /// What they are at the office.
    pub(crate) fn role(&self) -> Role {
        self.role
    }

    /// Money that was set aside is a manager's to decide, and its message theirs to read.
    pub(crate) fn decides_money(&self) -> bool {
        self.role.may(Kind::AttachMoney)
    }

    /// 403 but for an administrator, who keeps the system.
    pub(crate) fn may_keep_the_catalogue(&self) -> Result<(), Answer> {
        if self.role == Role::Administrator { Ok(()) } else { Err(Answer::NotAllowed) }
    }

    /// 403 where the role may not give this command. Reading needs none: every role reads its own agency's dossiers.
    pub(crate) fn may(&self, kind: Kind) -> Result<(), Answer> {
        if self.role.may(kind) { Ok(()) } else { Err(Answer::NotAllowed) }
    }
}
