//! Papers handed over with a dossier, and its next steps: the check-list of the procedure.

use maud::{Markup, html};
use rules::catalogue::{Paper, Procedure};
use rules::dossier::Kind;
use rules::limits::LONGEST_DOCUMENT_NO;
use serde_json::{Value, json};

use super::Wrong;
use super::carried::{PAPER, of_people};
use super::people::to_mend;
use crate::pages::layout::Frame;
use crate::words::{self, choice, field};
use ::pages::form::Form;

/// The second page, with what was typed and the mistake in it.
pub(super) fn form(frame: &Frame, procedure: &Procedure, sent: &Form, wrong: Option<&Wrong>) -> Markup {
    let papers = papers(procedure);
    let is_wrong = |name: &str| wrong.and_then(Wrong::field) == Some(name);
    html! {
        @if let Some(wrong) = wrong { (wrong.notice(frame)) }
        dl.facts {
            dt { (frame.lang.pick(field(Kind::Submit, "procedure"))) }
            dd { strong { (frame.lang.pick([&procedure.name_vi, &procedure.name_en])) } " " span.code { (procedure.code) } }
            dt { (frame.say("Chủ hồ sơ", "Applicant")) } dd { bdi { (sent.get("applicant.name").unwrap_or_default()) } }
            dt { (frame.say("Thời hạn", "Time limit")) }
            dd { (words::limit(procedure.limit.allowance, frame.lang)) " (" (procedure.legal_basis) ")" }
            @for fee in &procedure.fees {
                dt { (fee.name_vi) } dd { (fee.amount_vnd) " – " (frame.lang.pick(words::fee_due(fee.due))) }
            }
        }
        form method="post" action="/desk/new" {
            (frame.csrf_field())
            input type="hidden" name="listed" value="1";
            // Of two values the first counts, so that what is mended here goes before what is carried along.
            (to_mend(frame, sent))
            @for (name, value) in of_people(sent) { input type="hidden" name=(name) value=(value); }
            @if papers.is_empty() {
                p.soft { (frame.say("Thủ tục không cần bản chính nào.", "The procedure needs no original.")) }
            } @else { (check_list(frame, &papers, sent, &is_wrong)) }
            @if procedure.returns_by_post { (way_back(frame, sent)) }
            div.field.check { label {
                input type="checkbox" name="accept" value="1" autofocus[papers.is_empty()] checked[sent.get("accept").is_some()];
                (frame.say(
                    "Tiếp nhận ngay: hồ sơ đủ, đúng; đồng hồ chạy theo quy định của thủ tục",
                    "Accept at once: complete and correct; the clock starts as the procedure says",
                ))
            } }
            div.actions {
                button.main { (frame.lang.pick(words::of_command(Kind::Submit))) }
                button name="back" value="1" formnovalidate { (frame.say("Quay lại", "Back")) }
                a.button href="/desk" { (frame.say("Bỏ", "Cancel")) }
            }
        }
    }
}

/// Each paper of the procedure once: not handed over, as original, or as copy.
fn check_list(frame: &Frame, papers: &[&Paper], sent: &Form, is_wrong: &dyn Fn(&str) -> bool) -> Markup {
    let kinds = [("", ["chưa nộp", "not yet"]), ("original", ["bản chính", "original"]), ("copy", ["bản sao", "copy"])];
    html! {
        fieldset.bad-field[is_wrong("papers")] {
            legend { (frame.say("Giấy tờ đã nhận", "Papers handed over")) }
            div.field.check { label {
                input type="checkbox" name="all" value="1" autofocus checked[sent.get("all").is_some()];
                (frame.say("Đủ bản chính của mọi giấy tờ còn để trống bên dưới", "Originals of every paper left open below"))
            } }
            @for paper in papers {
                @let name = format!("{PAPER}{}", paper.code);
                @let chosen = sent.get(&name).unwrap_or_default();
                fieldset.check {
                    legend { bdi { (paper.name_vi) } " " span.code { (paper.code) } }
                    @for (kind, said) in kinds {
                        label { input type="radio" name=(name) value=(kind) checked[kind == chosen]; (frame.lang.pick(said)) }
                    }
                }
            }
            div.field.bad-field[is_wrong("minutes_no")] {
                label for="minutes_no" { (frame.lang.pick(field(Kind::Submit, "minutes_no"))) }
                input id="minutes_no" name="minutes_no" maxlength=(LONGEST_DOCUMENT_NO) autocomplete="off" value=[sent.get("minutes_no")];
                p.hint { (frame.say("Cần khi có giấy tờ đã nhận.", "Needed where papers were handed over.")) }
            }
        }
    }
}

fn way_back(frame: &Frame, sent: &Form) -> Markup {
    let chosen = sent.get("return").unwrap_or_default();
    html! {
        fieldset.check {
            legend { (frame.lang.pick(field(Kind::ChooseReturn, "by"))) }
            @for way in ["", "desk", "post"] {
                label {
                    input type="radio" name="return" value=(way) checked[way == chosen];
                    @if way.is_empty() { (frame.say("Chưa chọn", "Not chosen yet")) } @else { (choice(way, frame.lang)) }
                }
            }
        }
    }
}

/// Adds to a filing what was said on this page, as the API would get it.
pub(super) fn added(mut filing: Value, procedure: &Procedure, sent: &Form) -> Value {
    let every = sent.get("all").map(|_| "original");
    let handed = papers(procedure).into_iter().filter_map(|paper| {
        let kind = sent.get(&format!("{PAPER}{}", paper.code)).or(every)?;
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
    if sent.get("accept").is_some() {
        filing["accept"] = json!(true);
    }
    filing
}

/// The originals of all steps, each once.
fn papers(procedure: &Procedure) -> Vec<&Paper> {
    let mut papers: Vec<&Paper> = Vec::new();
    for paper in procedure.steps.iter().flat_map(|step| &step.originals) {
        if !papers.iter().any(|it| it.code == paper.code) {
            papers.push(paper);
        }
    }
    papers
}
