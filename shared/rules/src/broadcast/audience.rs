//! The dossiers whose applicants are told.

use serde::{Deserialize, Serialize};

use crate::dossier::Filing;
use crate::language::Both;
use crate::worklist::{List, Row};

/// A part of the open dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Not accepted yet.
    Submitted,
    /// The clock runs.
    InProgress,
    /// The clock is stopped.
    Paused,
    /// The result is there, to be fetched or with the post.
    Done,
}

impl Part {
    /// All of them, in the order of a dossier's life.
    pub const ALL: [Self; 4] = [Self::Submitted, Self::InProgress, Self::Paused, Self::Done];

    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InProgress => "in_progress",
            Self::Paused => "paused",
            Self::Done => "done",
        }
    }

    /// Returns its name for people.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Submitted => ["Chờ tiếp nhận", "Not accepted yet"],
            Self::InProgress => ["Đang giải quyết", "In progress"],
            Self::Paused => ["Đang tạm dừng", "Paused"],
            Self::Done => ["Đã có kết quả, chưa trả", "Result ready, not handed out"],
        }
    }

    fn list(self) -> List {
        match self {
            Self::Submitted => List::New,
            Self::InProgress => List::Running,
            Self::Paused => List::Paused,
            Self::Done => List::Ready,
        }
    }
}

/// Whether the result is to come by post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// Either way.
    #[default]
    Any,
    /// Only those who chose the post.
    Chosen,
    /// Only those who did not.
    NotChosen,
}

impl Post {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Any, Self::Chosen, Self::NotChosen];

    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Chosen => "chosen",
            Self::NotChosen => "not_chosen",
        }
    }

    /// Returns its name for people.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Any => ["Không phân biệt", "Either way"],
            Self::Chosen => ["Đã chọn nhận kết quả qua bưu chính", "Chose the post for the result"],
            Self::NotChosen => ["Không chọn nhận kết quả qua bưu chính", "Did not choose the post for the result"],
        }
    }
}

/// The open dossiers that a broadcast is about. An empty choice chooses all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// The codes of procedures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<String>,
    /// The ways of filing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filings: Vec<Filing>,
    /// The parts of the open dossiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The way of return.
    #[serde(default)]
    pub post: Post,
}

impl Audience {
    /// Returns the lists that hold these dossiers, in the order in which they are walked. A dossier that goes on while
    /// they are walked goes ahead of the walk; only the end of a pause leads back, so those whose clock runs are walked
    /// once more.
    #[must_use]
    pub fn lists(&self) -> Vec<List> {
        let mut lists: Vec<List> = Part::ALL.into_iter().filter(|part| self.includes(*part)).map(Part::list).collect();
        if self.includes(Part::InProgress) && self.includes(Part::Paused) {
            lists.push(List::Running);
        }
        lists
    }

    fn includes(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }

    /// Whether a dossier of these lists belongs to it, as far as its line tells.
    #[must_use]
    pub fn takes(&self, row: &Row) -> bool {
        let procedure = self.procedures.is_empty() || self.procedures.contains(&row.procedure.code);
        procedure && (self.filings.is_empty() || self.filings.contains(&row.filing))
    }

    /// Whether it asks for the way of return, which only the dossier itself tells.
    #[must_use]
    pub fn asks_for_post(&self) -> bool {
        self.post != Post::Any
    }

    /// Whether a dossier whose result is returned in this way belongs to it.
    #[must_use]
    pub fn takes_return(&self, by_post: Option<bool>) -> bool {
        match self.post {
            Post::Any => true,
            Post::Chosen => by_post == Some(true),
            Post::NotChosen => by_post != Some(true),
        }
    }
}
