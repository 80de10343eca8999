//! The check-list of the procedure on the dossier's own page: each paper, whether it is in and in which kind, and what is
//! missing.

use std::collections::BTreeSet;

use ::pages::part::tag::{Tone, tag};
use ::pages::part::task::tasks;
use maud::{Markup, html};
use rules::catalogue::Paper;
use rules::dossier::{Event, PaperState};

use crate::pages::dossier::files;
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::words;

/// Papers that came beside the originals, which the dossier itself knows: by their codes.
#[derive(Default)]
struct Beside {
    copies: BTreeSet<String>,
    files: BTreeSet<String>,
}

/// Writes the list: the papers of the check-list in its order, then the others that came.
pub(super) fn shown(frame: &Frame, opened: &Opened) -> Markup {
    let beside = Beside::of(opened);
    let papers = opened.procedure.as_deref().map(|procedure| procedure.papers.as_slice()).unwrap_or_default();
    let listed = |code: &str| papers.iter().any(|paper| paper.code == code);
    let others: BTreeSet<&String> = opened.dossier().papers.keys().chain(&beside.copies).chain(&beside.files).collect();
    let mut rows: Vec<_> = papers.iter().map(|paper| row(frame, opened, &beside, (&paper.code, Some(paper)))).collect();
    let others = others.into_iter().filter(|code| !listed(code));
    rows.extend(others.map(|code| row(frame, opened, &beside, (code, None))));
    let needed = papers.iter().filter(|paper| paper.when().is_none());
    let (all, is_in) = needed.fold((0, 0), |(all, is_in), paper| {
        (all + 1, is_in + usize::from(state(opened, &beside, &paper.code, Some(paper)).is_in()))
    });
    html! {
        @if all > 0 { p { (frame.say("Giấy tờ luôn cần: đã có", "Always needed: in")) " " strong { (is_in) "/" (all) } "." } }
        @if rows.is_empty() { p.soft { (frame.say("Thủ tục không có danh mục giấy tờ.", "The procedure has no check-list.")) } }
        @else { (tasks(&rows)) }
    }
}

/// What is known of one paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Original,
    Waived,
    /// A copy or a file came, and no original is needed.
    Copy,
    File,
    /// The original is needed and is not in; whether a copy or a file is.
    LacksOriginal(bool),
    Missing,
    /// It is needed in some case only, and did not come.
    InACase,
}

impl State {
    fn is_in(self) -> bool {
        matches!(self, Self::Original | Self::Waived | Self::Copy | Self::File)
    }

    fn told(self) -> (Tone, [&'static str; 2]) {
        match self {
            Self::Original => (Tone::Green, words::paper(PaperState::Received)),
            Self::Waived => (Tone::Neutral, words::paper(PaperState::Waived)),
            Self::Copy => (Tone::Green, ["đã nhận bản sao", "copy received"]),
            Self::File => (Tone::Green, ["đã có bản điện tử", "file received"]),
            Self::LacksOriginal(true) => {
                (Tone::Amber, ["có bản sao hoặc tệp, chưa có bản chính", "copy or file, no original yet"])
            }
            Self::LacksOriginal(false) => (Tone::Amber, ["chưa có bản chính", "no original yet"]),
            Self::Missing => (Tone::Amber, ["chưa nộp", "missing"]),
            Self::InACase => (Tone::Neutral, ["chưa nộp", "not filed"]),
        }
    }
}

fn state(opened: &Opened, beside: &Beside, code: &str, paper: Option<&Paper>) -> State {
    let (copy, file) = (beside.copies.contains(code), beside.files.contains(code));
    let needs_original = opened.missing_originals().iter().any(|missing| missing == code);
    match opened.dossier().papers.get(code) {
        Some(PaperState::Received) => State::Original,
        Some(PaperState::Waived) => State::Waived,
        None if needs_original => State::LacksOriginal(copy || file),
        None if copy => State::Copy,
        None if file => State::File,
        None if paper.is_some_and(|paper| paper.when().is_some()) => State::InACase,
        None => State::Missing,
    }
}

fn row(frame: &Frame, opened: &Opened, beside: &Beside, (code, paper): (&str, Option<&Paper>)) -> (Markup, Markup) {
    let (tone, told) = state(opened, beside, code, paper).told();
    let name = html! {
        bdi { (opened.names(frame.lang).paper(code)) }
        @if let Some(paper) = paper {
            br; small { (words::copies(paper, frame.lang)) @if let Some(when) = paper.when() { ", " bdi { (frame.lang.pick(when)) } } }
        }
    };
    (name, tag(tone, frame.lang.pick(told)))
}

impl Beside {
    fn of(opened: &Opened) -> Self {
        let mut beside = Self::default();
        beside.files.extend(files::papers_sent(opened));
        for event in opened.whole.history.iter().flat_map(|commit| &commit.events) {
            if let Event::PapersReceived { copies, .. } = event {
                beside.copies.extend(copies.iter().cloned());
            } else if let Event::ReceiptCorrected { papers, .. } = event {
                papers.iter().for_each(|code| _ = beside.copies.remove(code));
            } else if let Event::SupplementReceived { papers, .. } = event {
                beside.files.extend(papers.iter().cloned());
            }
        }
        let scans = opened.whole.scans.iter().filter_map(|scan| scan.paper.clone());
        beside.files.extend(scans);
        beside
    }
}
