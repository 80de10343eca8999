//! The stages of a broadcast, and the table of what may follow what.

use serde::{Deserialize, Serialize};

use crate::language::Both;

/// Stage of a broadcast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody writes it.
    Drafted,
    /// Its receivers are looked for.
    Gathering,
    /// It waits for somebody to release it.
    Ready,
    /// It leaves.
    Sending,
    /// Somebody stopped it on the way.
    Stopped,
    /// Everybody was told, or could not be.
    Done,
    /// It never leaves, or the rest of it never does.
    Cancelled,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Drafted, Self::Gathering, Self::Ready, Self::Sending, Self::Stopped, Self::Done, Self::Cancelled];

    /// Returns its name for people.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Drafted => ["Bản nháp", "Draft"],
            Self::Gathering => ["Đang lập danh sách người nhận", "Finding the receivers"],
            Self::Ready => ["Chờ duyệt gửi", "Waits for release"],
            Self::Sending => ["Đang gửi", "Being sent"],
            Self::Stopped => ["Đã dừng", "Stopped"],
            Self::Done => ["Đã gửi xong", "Sent"],
            Self::Cancelled => ["Đã hủy", "Cancelled"],
        }
    }

    /// Whether it moves by itself, so that its page is worth another look.
    #[must_use]
    pub fn moves(self) -> bool {
        matches!(self, Self::Gathering | Self::Sending)
    }
}

/// An act on a broadcast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// It is written, or changed.
    Write,
    /// Its receivers are to be found.
    Gather,
    /// They were found.
    Found,
    /// A person releases it.
    Release,
    /// It goes back to be changed, for a reason.
    Return,
    /// It is stopped on the way.
    Stop,
    /// It goes on.
    Continue,
    /// It never leaves, or the rest of it never does.
    Cancel,
    /// Everybody was tried.
    End,
}

/// Acts, the stages from which each is possible, and the stage after it.
const TABLE: [(Act, &[Stage], Stage); 9] = [
    (Act::Write, &[Stage::Drafted], Stage::Drafted),
    (Act::Gather, &[Stage::Drafted], Stage::Gathering),
    (Act::Found, &[Stage::Gathering], Stage::Ready),
    (Act::Release, &[Stage::Ready], Stage::Sending),
    (Act::Return, &[Stage::Gathering, Stage::Ready], Stage::Drafted),
    (Act::Stop, &[Stage::Sending], Stage::Stopped),
    (Act::Continue, &[Stage::Stopped], Stage::Sending),
    (Act::Cancel, &[Stage::Drafted, Stage::Gathering, Stage::Ready, Stage::Stopped], Stage::Cancelled),
    (Act::End, &[Stage::Sending], Stage::Done),
];

impl Act {
    /// All of them, in the order of the table.
    pub const ALL: [Self; TABLE.len()] = [
        Self::Write,
        Self::Gather,
        Self::Found,
        Self::Release,
        Self::Return,
        Self::Stop,
        Self::Continue,
        Self::Cancel,
        Self::End,
    ];

    /// Returns the stage that follows; `None` if this cannot happen at that stage.
    #[must_use]
    pub fn after(self, stage: Stage) -> Option<Stage> {
        TABLE.iter().find(|(act, from, _)| *act == self && from.contains(&stage)).map(|(_, _, to)| *to)
    }

    /// Whether it has happened already and a repeat changes nothing, such as a second click.
    #[must_use]
    pub fn is_done_at(self, stage: Stage) -> bool {
        match self {
            Self::Write | Self::Found | Self::End => false,
            Self::Gather => matches!(stage, Stage::Gathering | Stage::Ready),
            Self::Release => matches!(stage, Stage::Sending | Stage::Stopped | Stage::Done),
            Self::Return => stage == Stage::Drafted,
            Self::Stop => matches!(stage, Stage::Stopped | Stage::Done),
            Self::Continue => stage == Stage::Sending,
            Self::Cancel => stage == Stage::Cancelled,
        }
    }

    /// Returns its name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Gather => "gather",
            Self::Found => "found",
            Self::Release => "release",
            Self::Return => "return",
            Self::Stop => "stop",
            Self::Continue => "continue",
            Self::Cancel => "cancel",
            Self::End => "end",
        }
    }

    /// Returns its name for people, as the history shows it.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Write => ["Soạn", "Written"],
            Self::Gather => ["Lập danh sách người nhận", "Receivers asked for"],
            Self::Found => ["Đã có danh sách người nhận", "Receivers found"],
            Self::Release => ["Duyệt gửi", "Released"],
            Self::Return => ["Trả lại để sửa", "Returned"],
            Self::Stop => ["Dừng", "Stopped"],
            Self::Continue => ["Gửi tiếp", "Continued"],
            Self::Cancel => ["Hủy", "Cancelled"],
            Self::End => ["Gửi xong", "Everybody tried"],
        }
    }
}
