//! The form of a broadcast: whom it is for, and its texts.

use maud::{Markup, html};
use motcua::store::AuditEntry;
use motcua::tell::{around, notice_link};
use rules::broadcast::{
    Act, Broadcast, Draft, LONGEST_SMS, LONGEST_SUBJECT, LONGEST_TEXT, Letter, Mistake as Wrong, Part, Post, Stage,
    filing_name,
};
use rules::dossier::Filing;
use rules::http::{Response, respond};
use rules::language::Both;
use rules::message::Outlet;

use super::{ROOT, found, settings};
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::{Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words;
use ::pages::form::{Form, NotAForm};
use ::pages::part::button::row;
use ::pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use ::pages::part::field::{Field, Line};

/// Rounds of load and write, in case the broadcast moved meanwhile.
const ROUNDS: u32 = 4;

/// Answers `/desk/broadcasts/new`.
pub(super) async fn new(visit: &Visit<'_>) -> Result<Response, Problem> {
    let sent = visit.sent()?;
    visit.needs(Permission::Broadcast)?;
    let Some(sent) = sent else {
        let asked = visit.asked();
        let notice = asked.get("notice").map(|notice| ("notice", notice.to_owned()));
        let typed = Form::of_pairs(notice.as_slice());
        return Ok(page(visit, None, (200, &typed, &Mistakes::default())));
    };
    let draft = match checked(visit, &sent).await? {
        Ok(draft) => draft,
        Err(mistakes) => return Ok(page(visit, None, (422, &sent, &mistakes))),
    };
    let key = sent.get("key").ok_or(Problem::Form(NotAForm::Malformed))?;
    let (store, who) = (visit.site.recorder.store(), visit.staff.subject.as_str());
    for _ in 0..ROUNDS {
        let written = Broadcast::new((draft.audience.clone(), draft.texts.clone(), draft.notice), who, visit.now);
        if let Some(it) = store.open_broadcast(&visit.staff.agency, written, (who, key)).await? {
            return then(visit, it, &sent).await;
        }
    }
    Err(Problem::Later("a number of a broadcast was taken again and again".to_owned()))
}

/// Answers `/desk/broadcasts/{number}/edit`.
pub(super) async fn edit(visit: &Visit<'_>, number: u32) -> Result<Response, Problem> {
    let sent = visit.sent()?;
    visit.needs(Permission::Broadcast)?;
    let it = found(visit, number).await?;
    let Some(sent) = sent else {
        if it.stage != Stage::Drafted {
            return Ok(respond::see_other(format!("{ROOT}/{number}")));
        }
        return Ok(page(visit, Some(number), (200, &typed(&it), &Mistakes::default())));
    };
    let draft = match checked(visit, &sent).await? {
        Ok(draft) => draft,
        Err(mistakes) => return Ok(page(visit, Some(number), (422, &sent, &mistakes))),
    };
    let who = &visit.staff.subject;
    let changed = it.written((draft.audience, draft.texts, draft.notice), who, visit.now);
    let seen = sent.get("version").and_then(|version| version.parse().ok());
    let refused = match changed {
        Ok(changed) if seen == Some(it.version) => {
            let entry = entry(visit, number, Act::Write);
            match visit.site.recorder.store().move_broadcast(&visit.staff.agency, &changed, Some(&entry)).await? {
                Some(it) => return then(visit, it, &sent).await,
                None => rules::broadcast::Refusal::Changed,
            }
        }
        Ok(_) => rules::broadcast::Refusal::Changed,
        Err(refusal) => refusal,
    };
    let [vi, en] = refused.said();
    let mistakes = Mistakes::of_all(visit.frame.lang.pick([&vi, &en]));
    Ok(page(visit, Some(number), (409, &sent.with("version", &it.version.to_string()), &mistakes)))
}

/// Next step after the writing: the receivers are looked for, or not yet.
async fn then(visit: &Visit<'_>, it: Broadcast, sent: &Form) -> Result<Response, Problem> {
    if sent.get("then") == Some("gather") && it.stage == Stage::Drafted {
        let by = (visit.staff.subject.as_str(), visit.now);
        if let Ok(Some(gathering)) = it.acted(Act::Gather, by, (it.round, None), &settings(visit)) {
            let entry = entry(visit, it.number, Act::Gather);
            visit.site.recorder.store().move_broadcast(&visit.staff.agency, &gathering, Some(&entry)).await?;
        }
    }
    Ok(respond::see_other(format!("{ROOT}/{}", it.number)))
}

pub(super) fn entry(visit: &Visit<'_>, number: u32, act: Act) -> AuditEntry {
    visit.entry(motcua::store::Did::Broadcast { number, act })
}

/// Reads the form, or tells every mistake in it.
async fn checked(visit: &Visit<'_>, sent: &Form) -> Result<Result<Draft, Mistakes>, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let agency = site.config.agency(staff.agency.as_str());
    let link = |notice: u32| agency.and_then(|agency| notice_link(&site.config, agency, notice));
    let draft = Draft::read(|name| sent.get(name), &around(agency, None), link, sends_letters(visit));
    let mistake = |field: &str, said: [String; 2]| Mistake {
        at: Some(field.to_owned()),
        name: frame.lang.pick(label(field)).to_owned(),
        why: frame.lang.pick([&said[0], &said[1]]).to_owned(),
    };
    let draft = match draft {
        Ok(draft) => draft,
        Err(wrong) => {
            let mut mistakes = Mistakes::default();
            wrong.into_iter().for_each(|Wrong { field, fault }| mistakes.push(mistake(field, fault.said())));
            return Ok(Err(mistakes));
        }
    };
    if let Some(number) = draft.notice
        && site.recorder.store().notice(&staff.agency, number).await?.is_none()
    {
        let said = ["không có thông báo số này.".to_owned(), "there is no notice of this number.".to_owned()];
        let mut mistakes = Mistakes::default();
        mistakes.push(mistake("notice", said));
        return Ok(Err(mistakes));
    }
    Ok(Ok(draft))
}

fn sends_letters(visit: &Visit<'_>) -> bool {
    let agency = visit.site.config.agency(visit.staff.agency.as_str());
    agency.is_some_and(|agency| agency.outlets.contains(&Outlet::Email))
}

/// The fields of a broadcast as they were typed.
fn typed(it: &Broadcast) -> Form {
    let mut pairs: Vec<(String, String)> = vec![
        ("version".into(), it.version.to_string()),
        ("procedures".into(), it.audience.procedures.join(", ")),
        ("post".into(), it.audience.post.name().into()),
        ("notice".into(), it.notice.map(|notice| notice.to_string()).unwrap_or_default()),
        ("sms_vi".into(), it.texts.sms_vi.clone()),
        ("sms_en".into(), it.texts.sms_en.clone().unwrap_or_default()),
    ];
    for (letter, [subject, text]) in
        [(&it.texts.letter_vi, ["subject_vi", "text_vi"]), (&it.texts.letter_en, ["subject_en", "text_en"])]
    {
        if let Some(Letter { subject: line, text: body }) = letter {
            pairs.extend([(subject.to_owned(), line.clone()), (text.to_owned(), body.clone())]);
        }
    }
    let filings = it.audience.filings.iter().map(|filing| format!("filing_{}", filing_name(*filing)));
    let parts = it.audience.parts.iter().map(|part| format!("part_{}", part.name()));
    pairs.extend(filings.chain(parts).map(|name| (name, "on".to_owned())));
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    Form::of_pairs(&pairs)
}

fn label(field: &str) -> Both {
    match field {
        "procedures" => ["Mã thủ tục", "Codes of procedures"],
        "post" => ["Cách nhận kết quả", "How the result is returned"],
        "notice" => ["Số thông báo", "Number of the notice"],
        "sms_vi" => ["Tin nhắn tiếng Việt", "SMS in Vietnamese"],
        "sms_en" => ["Tin nhắn tiếng Anh", "SMS in English"],
        "subject_vi" => ["Tiêu đề thư tiếng Việt", "Subject of the e-mail in Vietnamese"],
        "text_vi" => ["Nội dung thư tiếng Việt", "Text of the e-mail in Vietnamese"],
        "subject_en" => ["Tiêu đề thư tiếng Anh", "Subject of the e-mail in English"],
        "text_en" => ["Nội dung thư tiếng Anh", "Text of the e-mail in English"],
        _ => ["", ""],
    }
}

fn page(visit: &Visit<'_>, number: Option<u32>, (status, typed, mistakes): (u16, &Form, &Mistakes)) -> Response {
    let frame = visit.frame;
    let action = number.map_or_else(|| format!("{ROOT}/new"), |number| format!("{ROOT}/{number}/edit"));
    let key = typed.get("key").map_or_else(fresh_key, str::to_owned);
    // The last one is the one that was read.
    let version = typed.all("version").last();
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        form.sheet method="post" action=(action) novalidate {
            (frame.csrf_field())
            input type="hidden" name="key" value=(key);
            @if let Some(version) = version { input type="hidden" name="version" value=(version); }
            h2 { (frame.say("Gửi cho ai", "Whom it is for")) }
            p.hint { (frame.say(
                "Người nộp của các hồ sơ đang giải quyết. Không chọn gì ở một mục là chọn tất cả.",
                "The applicants of open dossiers. Where nothing is chosen, all are.",
            )) }
            (audience(visit, typed, mistakes))
            h2 { (frame.say("Nội dung", "Text")) }
            (texts(visit, typed, mistakes))
            (row(&html! {
                button.main name="then" value="gather" { (frame.say("Lưu và lập danh sách người nhận", "Save and find the receivers")) }
                button name="then" value="keep" { (frame.say("Lưu bản nháp", "Save the draft")) }
            }))
        }
        p { a href=(ROOT) { (frame.say("Về danh sách", "Back to the list")) } }
    };
    let title = match number {
        None => frame.say("Soạn tin gửi hàng loạt", "Write a broadcast").to_owned(),
        Some(number) => format!("{} {number}", frame.say("Sửa tin số", "Change broadcast")),
    };
    framed(status, frame, Place::Broadcasts, &title, &content)
}

fn audience(visit: &Visit<'_>, typed: &Form, mistakes: &Mistakes) -> Markup {
    let frame = visit.frame;
    let field =
        |name: &'static str| Field::new(frame.lang, name, frame.lang.pick(label(name))).wrong(mistakes.why(name));
    let line = |name: &'static str| Line { name, value: typed.get(name), ..Line::default() };
    let boxes = |group: &str, choices: Vec<(String, &str)>| {
        html! { @for (name, words) in &choices {
            @let name = format!("{group}_{name}");
            label { input type="checkbox" name=(name) value="on" checked[typed.get(&name).is_some()]; " " (words) }
        } }
    };
    let parts = Part::ALL.map(|part| (part.name().to_owned(), frame.lang.pick(part.said()))).to_vec();
    let filings = [Filing::Desk, Filing::Online, Filing::Post];
    let filings = filings.map(|it| (filing_name(it).to_owned(), frame.lang.pick(words::filing(it)))).to_vec();
    let posts = Post::ALL.map(|post| (post.name().to_owned(), frame.lang.pick(post.said()).to_owned()));
    let hint = frame.say("Nhiều mã cách nhau bằng dấu phẩy.", "Several codes with commas between them.");
    html! {
        (field("procedures").optional().hinted(hint).line(&line("procedures")))
        fieldset.check { legend { (frame.say("Hồ sơ đang ở đâu", "Where the dossier is")) } (boxes("part", parts)) }
        fieldset.check { legend { (frame.say("Cách nộp", "How it was filed")) } (boxes("filing", filings)) }
        (field("post").choice("post", &posts, Some(typed.get("post").unwrap_or(Post::Any.name())), false))
    }
}

fn texts(visit: &Visit<'_>, typed: &Form, mistakes: &Mistakes) -> Markup {
    let frame = visit.frame;
    let field =
        |name: &'static str| Field::new(frame.lang, name, frame.lang.pick(label(name))).wrong(mistakes.why(name));
    let line = |name: &'static str, longest: usize| Line {
        name,
        value: typed.get(name),
        longest: Some(longest),
        ..Line::default()
    };
    let number = Line { name: "notice", value: typed.get("notice"), keys: "numeric", short: true, ..Line::default() };
    let sms = frame.say(
        "Gửi đi không dấu, có tên cơ quan ở đầu và đường dẫn hoặc số điện thoại ở cuối. Một tin 160 ký tự, tối đa hai tin.",
        "It leaves without marks, with the office before it and a link or the telephone behind it. 160 characters are one message, two at most.",
    );
    let letters = sends_letters(visit);
    html! {
        (field("notice").optional().line(&number))
        (field("sms_vi").hinted(sms).lines(&line("sms_vi", LONGEST_SMS)))
        (field("sms_en").optional().lines(&line("sms_en", LONGEST_SMS)))
        @if letters {
            (field("subject_vi").line(&line("subject_vi", LONGEST_SUBJECT)))
            (field("text_vi").lines(&line("text_vi", LONGEST_TEXT)))
            (field("subject_en").optional().line(&line("subject_en", LONGEST_SUBJECT)))
            (field("text_en").optional().lines(&line("text_en", LONGEST_TEXT)))
        }
    }
}
