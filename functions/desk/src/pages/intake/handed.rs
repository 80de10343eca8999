//! Papers handed over with a dossier, by the check-list of its procedure, and the choice of the result.

use ::pages::part::field::Field;
use ::pages::part::notice::Notice;
use maud::{Markup, html};
use motcua::store::How;
use rules::catalogue::{Paper, Procedure};
use rules::dossier::Kind;
use rules::limits::LONGEST_DOCUMENT_NO;
use serde_json::{Value, json};

use super::Wrong;
use super::carried::{PAPER, hidden, of_people};
use super::case::{case, kind_of};
use super::ending::End;
use super::people::to_mend;
use crate::pages::layout::Frame;
use crate::words::{self, choice, field};
use ::pages::form::Form;

/// The second page, with what was typed and the mistake in it.
pub(super) fn form(frame: &Frame, procedure: &Procedure, sent: &Form, wrong: Option<&Wrong>) -> Markup {
    let papers = &procedure.papers;
    html! {
        @if let Some(wrong) = wrong { (wrong.summary(frame)) }
        form method="post" action=(super::ROOT) novalidate {
            // The Enter key takes the first button of a form. A dossier is accepted or refused by its own button alone.
            button hidden tabindex="-1" { (frame.say("Ghi vào sổ, chưa tiếp nhận", "Enter without accepting")) }
            (frame.csrf_field())
            input type="hidden" name="listed" value=(procedure.version);
            (case(frame, procedure, sent))
            (online(frame, procedure, sent))
            // Of two values the first counts, so that what is mended here goes before what is carried along.
            (to_mend(frame, sent))
            (hidden(of_people(sent)))
            @if papers.is_empty() {
                p.soft { (frame.say("Thủ tục không có danh mục giấy tờ.", "The procedure has no check-list.")) }
            } @else { (check_list(frame, papers, sent, wrong)) }
            @if procedure.returns_by_post { (way_back(frame, sent, wrong.and_then(|wrong| wrong.why("return")))) }
            (results(frame, papers.is_empty() && wrong.is_none()))
        }
    }
}

/// Says first that the procedure can be filed online, and takes down that it was told.
fn online(frame: &Frame, procedure: &Procedure, sent: &Form) -> Markup {
    if sent.get("guided").and_then(How::named).is_some() {
        return Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi: đã hướng dẫn nộp trực tuyến.", "Recorded: told how to file online.")) } } });
    }
    html! { @if procedure.online {
        (Notice::Told.of(&html! {
            p { strong { (frame.say("Thủ tục này nộp trực tuyến được.", "This procedure can be filed online.")) } " "
                (frame.say("Hãy hướng dẫn trước khi nhận giấy.", "Say so before you take papers.")) }
            div.buttons {
                a.button href={ (super::ROOT) "/guide/print?procedure=" (procedure.code) } { (frame.say("In hướng dẫn (A5)", "Print the guide (A5)")) }
                button name="guided" value=(How::Desk.name()) { (frame.say("Ghi: đã hướng dẫn", "Record: told")) }
            }
        }))
    } }
}

/// Each paper of the procedure once: not handed over, as original, or as copy.
fn check_list(frame: &Frame, papers: &[Paper], sent: &Form, wrong: Option<&Wrong>) -> Markup {
    let why = |id: &str| wrong.and_then(|wrong| wrong.why(id));
    let (of_papers, of_minutes) = (why("all"), why("minutes_no"));
    let minutes = Field::new(frame.lang, "minutes_no", frame.lang.pick(field(Kind::Submit, "minutes_no")))
        .hinted(frame.say("Cần khi có giấy tờ đã nhận.", "Needed where papers were handed over."))
        .wrong(of_minutes);
    html! {
        fieldset.bad-field[of_papers.is_some()] {
            legend { (frame.say("Giấy tờ đã nhận", "Papers handed over")) }
            @if let Some(why) = of_papers { p.wrong id="all-wrong" { (why) } }
            div.field.check { label {
                input id="all" type="checkbox" name="all" value="1" aria-describedby=[of_papers.map(|_| "all-wrong")] autofocus[wrong.is_none()] checked[sent.get("all").is_some()];
                strong { (frame.say("Đủ các giấy tờ luôn cần, đúng loại ghi bên dưới", "All that is always needed, each as said below")) }
            } }
            @for paper in papers { (row(frame, paper, sent)) }
            (minutes.around(&html! {
                input id="minutes_no" name="minutes_no" autocomplete="off" maxlength=(LONGEST_DOCUMENT_NO) value=[sent.get("minutes_no")]
                    aria-invalid=[minutes.invalid()] aria-describedby=[minutes.described_by()];
            }))
        }
    }
}

fn row(frame: &Frame, paper: &Paper, sent: &Form) -> Markup {
    let kinds = [("", ["chưa nộp", "not yet"]), ("original", ["bản chính", "original"]), ("copy", ["bản sao", "copy"])];
    let name = format!("{PAPER}{}", paper.code);
    let chosen = sent.get(&name).unwrap_or_default();
    html! {
        fieldset.check {
            legend { bdi { (frame.lang.pick(paper.names())) } " " span.code { (paper.code) } }
            p.hint {
                (words::copies(paper, frame.lang))
                @if let Some(when) = paper.when() { ", " bdi { (frame.lang.pick(when)) } }
                @if paper.form.is_some() { "; " (frame.say("mẫu:", "form:")) " " (words::form_of(paper)) }
            }
            div.buttons { @for (kind, said) in kinds {
                label { input type="radio" name=(name) value=(kind) checked[kind == chosen]; (frame.lang.pick(said)) }
            } }
        }
    }
}

fn way_back(frame: &Frame, sent: &Form, wrong: Option<&str>) -> Markup {
    let said = |way: &str| match way {
        "" => frame.say("Chưa chọn", "Not chosen yet").to_owned(),
        way => choice(way, frame.lang).to_owned(),
    };
    let ways = ["", "desk", "post"].map(|way| (way.to_owned(), said(way)));
    let tied = Field::new(frame.lang, "return", frame.lang.pick(field(Kind::ChooseReturn, "by"))).wrong(wrong);
    tied.choice("return", &ways, sent.get("return").or(Some("")), false)
}

/// The three results of an intake, and the register alone.
fn results(frame: &Frame, focus: bool) -> Markup {
    let may = |end: End| end.kind().is_none_or(|kind| frame.role.may(kind));
    html! {
        h2 { (frame.say("Kết quả tiếp nhận", "Result of the intake")) }
        div.buttons {
            @if may(End::Accepted) {
                button.main name="accept" value="1" autofocus[focus] { (frame.say("Tiếp nhận và in giấy hẹn", "Accept and print the slip")) }
            }
            @for (end, said) in [(End::Supplement, ["Yêu cầu bổ sung", "Ask for a supplement"]), (End::Refused, ["Từ chối tiếp nhận", "Refuse"])] {
                @if may(end) { button name="end" value=(end.name()) { (frame.lang.pick(said)) } }
            }
        }
        div.buttons {
            button.quiet { (frame.say("Ghi vào sổ, chưa tiếp nhận", "Enter without accepting")) }
            button.quiet name="back" value="1" { (frame.say("Quay lại", "Back")) }
            a.button.quiet href="/desk" { (frame.say("Hủy", "Cancel")) }
        }
    }
}

/// The codes that were ticked and are not in the list of this version.
pub(super) fn gone(procedure: &Procedure, sent: &Form) -> Vec<String> {
    let ticked = sent.fields().filter(|(_, value)| !value.is_empty()).filter_map(|(name, _)| name.strip_prefix(PAPER));
    ticked.filter(|code| procedure.paper(code).is_none()).map(str::to_owned).collect()
}

/// Adds to a filing what was said on this page, as the API would get it.
pub(super) fn added(mut filing: Value, procedure: &Procedure, sent: &Form) -> Value {
    let handed = procedure.papers.iter().filter_map(|paper| {
        let kind = kind_of(procedure, sent, &paper.code)?;
        Some(json!({ "code": paper.code, "kind": kind }))
    });
    let handed: Vec<_> = handed.collect();
    if !handed.is_empty() {
        filing["papers"] = handed.into();
    }
    for name in ["minutes_no", "return"] {
        if let Some(typed) = sent.get(name) {
            filing[name] = json!(typed);
        }
    }
    if End::of(sent) == End::Accepted {
        filing["accept"] = json!(true);
    }
    filing
}
