//! The words of the desk, in Vietnamese and in English.

mod events;
mod fields;
mod people;

use rules::dossier::{Filing, ResultKind};

use crate::permission::Role;

pub(crate) use crate::words::{Both, because, fee, fee_due, limit, phase, policy, stretch, unit};
pub(crate) use events::{Names, narrated};
pub(crate) use fields::{choice, complaint, field, of_command, reason};

impl Role {
    /// What somebody is at the office.
    pub(crate) fn told(self, lang: rules::message::Language) -> &'static str {
        let both = match self {
            Self::Clerk => ["cán bộ một cửa", "clerk"],
            Self::Specialist => ["chuyên viên", "specialist"],
            Self::Manager => ["lãnh đạo", "manager"],
            Self::Administrator => ["quản trị", "administrator"],
        };
        super::layout::pick(lang, both)
    }
}

/// The way in.
pub(crate) fn filing(filing: Filing) -> Both {
    match filing {
        Filing::Desk => ["Tại quầy", "At the desk"],
        Filing::Online => ["Trực tuyến", "Online"],
        Filing::Post => ["Qua bưu điện", "By post"],
    }
}

/// How a result turned out.
pub(crate) fn result(kind: ResultKind) -> Both {
    match kind {
        ResultKind::Positive => ["đủ điều kiện, có kết quả", "granted"],
        ResultKind::Negative => ["không đủ điều kiện giải quyết", "not eligible"],
    }
}
