//! The words of the desk, in Vietnamese and in English.

mod events;
mod fields;
mod names;
mod people;
mod terms;

use rules::dossier::{Filing, ResultKind};

use rules::language::Both;

use crate::permission::Role;

pub(crate) use events::narrated;
pub(crate) use fields::{choice, complaint, field, of_command, reason};
pub(crate) use names::Names;
pub use terms::{because, fee, fee_due, limit, phase, policy, stretch, unit};

impl Role {
    /// Name of the role at the office.
    pub(crate) fn told(self, lang: rules::language::Language) -> &'static str {
        let both = match self {
            Self::Clerk => ["cán bộ một cửa", "clerk"],
            Self::Specialist => ["chuyên viên", "specialist"],
            Self::Manager => ["lãnh đạo", "manager"],
            Self::Administrator => ["quản trị", "administrator"],
        };
        lang.pick(both)
    }
}

/// The way a dossier was filed.
pub(crate) fn filing(filing: Filing) -> Both {
    match filing {
        Filing::Desk => ["Tại quầy", "At the desk"],
        Filing::Online => ["Trực tuyến", "Online"],
        Filing::Post => ["Qua bưu điện", "By post"],
    }
}

/// Outcome of a result.
pub(crate) fn result(kind: ResultKind) -> Both {
    match kind {
        ResultKind::Positive => ["đủ điều kiện, có kết quả", "granted"],
        ResultKind::Negative => ["không đủ điều kiện giải quyết", "not eligible"],
    }
}
