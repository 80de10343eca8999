//! Which page a path names.

use rules::id::DossierId;
use rules::papers::ContentHash;

use super::layout::Place;
use crate::permission::Permission;
use crate::register::Part;
use crate::reports::As;

/// The pages there are.
pub(super) enum Page {
    Dossier(DossierId),
    Command(DossierId, String),
    Pay(DossierId),
    Printed(DossierId, String),
    Files(DossierId),
    File(DossierId, ContentHash),
    Work(String),
    Search,
    New,
    Bulk,
    Asides,
    Aside(String),
    Money,
    Book,
    Settlement,
    Payment(String),
    Decision(String, String),
    Admin(String),
    Reports(As),
    Register(Part),
}

impl Page {
    /// None for a path that is no page's.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.strip_prefix("/desk")?.trim_start_matches('/').split('/').collect();
        Some(match *parts.as_slice() {
            [""] => Self::Work("running".into()),
            ["lists", list] => Self::Work(list.to_owned()),
            ["search"] => Self::Search,
            ["new"] => Self::New,
            ["bulk"] => Self::Bulk,
            ["dossiers", id] => Self::Dossier(DossierId::parse(id).ok()?),
            ["dossiers", id, "pay"] => Self::Pay(DossierId::parse(id).ok()?),
            ["dossiers", id, "print", form] => Self::Printed(DossierId::parse(id).ok()?, form.to_owned()),
            ["dossiers", id, "files"] => Self::Files(DossierId::parse(id).ok()?),
            ["dossiers", id, "files", content] => {
                Self::File(DossierId::parse(id).ok()?, ContentHash::parse(content).ok()?)
            }
            ["dossiers", id, command] => Self::Command(DossierId::parse(id).ok()?, command.to_owned()),
            ["admin", ..] => Self::Admin(path.strip_prefix("/desk/admin")?.to_owned()),
            ["reports"] => Self::Reports(As::Page),
            ["reports.xlsx"] => Self::Reports(As::Xlsx),
            ["reports.csv"] => Self::Reports(As::Csv),
            ["register"] => Self::Register(Part::Page),
            ["register", "print"] => Self::Register(Part::Print),
            ["register", "export"] => Self::Register(Part::Export),
            ["register", "export.xlsx"] => Self::Register(Part::Xlsx),
            ["register", "export.csv"] => Self::Register(Part::Csv),
            ["aside"] => Self::Asides,
            ["aside", name] => Self::Aside(name.to_owned()),
            ["money"] => Self::Money,
            ["money", "book"] => Self::Book,
            ["money", "settlement"] => Self::Settlement,
            ["money", name] => Self::Payment(name.to_owned()),
            ["money", name, decision] => Self::Decision(name.to_owned(), decision.to_owned()),
            _ => return None,
        })
    }

    /// What somebody must hold to open it; administration tells its own pages apart, a command asks for more.
    pub(super) fn needs(&self) -> Permission {
        if matches!(self, Self::Reports(_)) { Permission::SeeReports } else { Permission::Read }
    }

    /// The part of the menu it belongs to.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Dossier(_)
            | Self::Command(..)
            | Self::Pay(_)
            | Self::Printed(..)
            | Self::Files(_)
            | Self::File(..) => Place::Dossier,
            Self::New => Place::New,
            Self::Asides | Self::Aside(_) => Place::Aside,
            Self::Admin(_) => Place::Admin,
            Self::Reports(_) => Place::Reports,
            Self::Bulk | Self::Work(_) | Self::Register(_) => Place::Work,
            Self::Search => Place::Search,
            Self::Money | Self::Book | Self::Settlement | Self::Payment(_) | Self::Decision(..) => Place::Money,
        }
    }
}
