//! Outcome of a command, told on the dossier's page by the events that it left.

use rules::dossier::Actor;

use crate::api::commands::Spec;
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::permission::Staff;
use crate::words::{narrated, of_command};
use rules::language::Language;

/// Tells what this member of staff recorded last; only that the command was recorded if nothing can be told.
pub(crate) fn told(staff: &Staff, frame: &Frame, opened: &Opened, spec: &Spec) -> String {
    let names = opened.names(frame.lang);
    let own = |actor: &Actor| matches!(actor, Actor::Staff(who) if *who == staff.subject);
    let last = opened.whole.history.iter().rev().find(|commit| own(&commit.actor));
    let events = last.map(|commit| commit.events.as_slice()).unwrap_or_default();
    let sentences: Vec<_> = events.iter().map(|event| narrated(event, names)).filter(|it| !it.is_empty()).collect();
    match (sentences.split_first(), frame.lang) {
        (None, lang) => format!("{}: {}", lang.pick(["Đã ghi", "Recorded"]), lang.pick(of_command(spec.kind))),
        (Some((first, rest)), Language::Vi) => joined(done(first), rest),
        (Some((first, rest)), Language::En) => joined(first.clone(), rest),
    }
}

/// The first sentence as one of what was done.
fn done(sentence: &str) -> String {
    match sentence.split_whitespace().next() {
        Some("Đã" | "Bưu") => sentence.to_owned(),
        Some("Bước" | "Kết" | "Chờ") => format!("Đã ghi {}", small(sentence)),
        _ => format!("Đã {}", small(sentence)),
    }
}

fn joined(first: String, rest: &[String]) -> String {
    rest.iter().fold(first, |told, sentence| format!("{}; {}", told.trim_end_matches('.'), small(sentence)))
}

/// The sentence with a small first letter.
fn small(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_what_happened_become_one_of_what_was_done() {
        for (told, expected) in [
            ("Đã thu tiền mặt 125.000 ₫, biên lai số 7", "Đã thu tiền mặt 125.000 ₫, biên lai số 7"),
            ("Tiếp nhận, mã H32-1", "Đã tiếp nhận, mã H32-1"),
            ("Kết quả: đủ điều kiện", "Đã ghi kết quả: đủ điều kiện"),
            ("Bưu điện chuyển hoàn", "Bưu điện chuyển hoàn"),
        ] {
            assert_eq!(done(told), expected);
        }
        let rest = ["Đã nhận đủ, tính tiếp; hẹn trả 22/05/2020".to_owned()];
        assert_eq!(
            joined("Đã thu tiền mặt.".into(), &rest),
            "Đã thu tiền mặt; đã nhận đủ, tính tiếp; hẹn trả 22/05/2020"
        );
    }
}
