//! Reasons why nothing was filed.

use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use maud::Markup;
use rules::dossier::{Kind, Refusal};
use rules::json::Malformed;

use crate::pages::layout::Frame;
use crate::words::{complaint, field};

/// Reason why nothing was filed.
pub(super) enum Wrong {
    /// A field is not as it should be.
    Field(Malformed),
    /// The rules decline it.
    Refused(String),
    /// The check-list that was ticked is not the one in force; the codes that were ticked and are no longer in it.
    OtherList(Vec<String>),
}

impl Wrong {
    pub(super) fn refused(frame: &Frame, refusal: &Refusal) -> Self {
        Self::Refused(frame.lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned())
    }

    /// The status of the page that shows it.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Field(_) => 400,
            Self::Refused(_) => 422,
            Self::OtherList(_) => 409,
        }
    }

    fn at(&self) -> Option<&str> {
        match self {
            Self::Field(malformed) => Some(malformed.field.split('[').next().unwrap_or_default()),
            Self::Refused(_) | Self::OtherList(_) => None,
        }
    }

    /// The mistake in the field of this name.
    pub(super) fn why(&self, frame: &Frame, name: &str) -> Option<String> {
        match self {
            Self::Field(malformed) if self.at() == Some(name) => Some(complaint(&malformed.why, frame.lang)),
            Self::Field(_) | Self::Refused(_) | Self::OtherList(_) => None,
        }
    }

    /// The summary above a form of that command.
    pub(super) fn summary(&self, frame: &Frame, kind: Kind) -> Markup {
        let mistakes = match self {
            Self::Refused(why) => Mistakes::of_all(why),
            Self::OtherList(gone) => Mistakes::of_all(other_list(frame, gone)),
            Self::Field(malformed) => {
                let at = self.at().unwrap_or_default();
                // A person without a name is told at the name; the papers at the first box of the list.
                let id = match at {
                    "applicant" | "filer" => format!("{at}.name"),
                    "papers" => "all".to_owned(),
                    at => at.to_owned(),
                };
                Mistakes::at(id, frame.lang.pick(field(kind, at)), complaint(&malformed.why, frame.lang))
            }
        };
        mistakes.summary(frame.lang, NOT_RECORDED)
    }
}

fn other_list(frame: &Frame, gone: &[String]) -> String {
    let mut said = frame
        .say(
            "Thành phần hồ sơ của thủ tục vừa thay đổi. Hãy kiểm tra lại các mục đã chọn.",
            "The check-list of the procedure has just changed. Look at what you ticked again.",
        )
        .to_owned();
    if !gone.is_empty() {
        said.push_str(frame.say(" Không còn trong danh mục: ", " No longer in the list: "));
        said.push_str(&gone.join(", "));
        said.push('.');
    }
    said
}
