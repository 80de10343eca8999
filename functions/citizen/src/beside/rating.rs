//! How content somebody is, once a dossier after its end. It is kept without the dossier, and never asked after a death.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Key, rating_key};
use pages::Form;
use pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use pages::part::field::{Field, Line};
use pages::part::notice::Notice;
use rules::http::{Response, respond};
use rules::language::Both;
use rules::rating::{LONGEST, Level, Rating, counts_on, text};
use rules::worklist::SearchKey;

use super::{Held, What, form, page};
use crate::frame::Frame;
use crate::problem::Problem;

const LEVEL: &str = "level";
const TEXT: &str = "text";
const LEVEL_NAME: Both = ["Mức độ hài lòng", "How content you are"];
const TEXT_NAME: Both = ["Ý kiến", "What you want to say"];

/// Shows the question, or that it was answered.
pub(super) async fn show(site: &Site, frame: &Frame<'_>, held: &Held<'_>) -> Result<Response, Problem> {
    if !held.is_rated() {
        return Ok(page(frame, held, (200, What::Rating), &not_asked(frame)));
    }
    let content = match site.recorder.store().is_rated(&key(site, frame, held)).await? {
        true => noted(frame),
        false => asks(frame, held, (None, None), &Mistakes::default()),
    };
    Ok(page(frame, held, (200, What::Rating), &content))
}

/// Keeps a rating. The second one of a dossier changes nothing.
pub(super) async fn rate(site: &Site, frame: &Frame<'_>, held: &Held<'_>, sent: &Form) -> Result<Response, Problem> {
    if !held.is_rated() {
        return Ok(page(frame, held, (409, What::Rating), &not_asked(frame)));
    }
    let level = sent.get(LEVEL).and_then(|level| level.parse::<u8>().ok()).and_then(|it| Level::try_from(it).ok());
    let typed = sent.get(TEXT).unwrap_or_default();
    let mut mistakes = Mistakes::default();
    let mut wrong = |at: &str, name: Both, why: Both| {
        let (name, why) = (frame.say(name).to_owned(), frame.say(why).to_owned());
        mistakes.push(Mistake { at: Some(at.to_owned()), name, why });
    };
    if level.is_none() {
        wrong(LEVEL, LEVEL_NAME, ["Chọn một mức.", "Choose one."]);
    }
    let kept = text(typed);
    if kept.is_none() {
        wrong(TEXT, TEXT_NAME, ["Viết tối đa 1000 ký tự.", "Write 1000 characters at most."]);
    }
    let (Some(level), Some(text)) = (level, kept) else {
        let content = asks(frame, held, (level, Some(typed)), &mistakes);
        return Ok(page(frame, held, (400, What::Rating), &content));
    };
    // Whoever sends it twice, or has another link, reads the same page.
    site.recorder.store().rate(&key(site, frame, held), &Rating { level, text }).await?;
    Ok(respond::see_other(frame.way(&What::Rating.path(held.token))))
}

fn key(site: &Site, frame: &Frame<'_>, held: &Held<'_>) -> Key {
    rating_key(&SearchKey::of(site.config.id_key()), frame.agency.key(), held.id(), counts_on(&held.dossier))
}

fn not_asked(frame: &Frame<'_>) -> Markup {
    html! { p { (frame.say([
        "Hồ sơ này hiện không có gì để đánh giá.", "There is nothing to rate about this dossier now.",
    ])) } }
}

fn noted(frame: &Frame<'_>) -> Markup {
    Notice::Done.of(&html! { p {
        strong { (frame.say(["Cảm ơn ông/bà. Đánh giá đã được ghi.", "Thank you. The rating is noted."])) } " "
        (frame.say([
            "Đánh giá được lưu không kèm tên và số hồ sơ.", "It is kept without your name and without the dossier.",
        ]))
    } })
}

fn asks(
    frame: &Frame<'_>,
    held: &Held<'_>,
    (level, typed): (Option<Level>, Option<&str>),
    mistakes: &Mistakes,
) -> Markup {
    let levels = Level::ALL.map(|it| (it.number().to_string(), frame.say(it.said()).to_owned()));
    let chosen = level.map(|it| it.number().to_string());
    let of = |id, name| Field::new(frame.lang, id, frame.say(name)).wrong(mistakes.why(id));
    let hint = frame.say([
        "Tối đa 1000 ký tự. Đừng ghi tên, số điện thoại hay mã hồ sơ.",
        "1000 characters at most. Write no name, telephone or number of a dossier.",
    ]);
    let line = Line { name: TEXT, value: typed, longest: Some(LONGEST), ..Line::default() };
    html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        p { (frame.say([
            "Cơ quan giải quyết hồ sơ này thế nào? Người đánh giá không bị lưu tên; lãnh đạo chỉ đọc được ý kiến khi có từ năm đánh giá.",
            "How did the office handle this dossier? Your name is not kept, and the office's head reads texts only of five ratings or more.",
        ])) }
        (form(frame, held, What::Rating, &html! {
            (of(LEVEL, LEVEL_NAME).choice(LEVEL, &levels, chosen.as_deref(), false))
            (of(TEXT, TEXT_NAME).optional().hinted(hint).lines(&line))
            p { button.main { (frame.say(["Gửi đánh giá", "Send it"])) } }
        }))
    }
}
