//! The page of one procedure, in the version that counts today.

use std::sync::Arc;

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::facts;
use pages::part::notice::Notice;
use rules::catalogue::{ClockStart, Procedure, in_force, spoken};
use rules::http::Response;
use rules::language::Both;
use rules::vietnam;

use super::{filing, papers};
use crate::frame::Frame;
use crate::notices::effects;
use crate::path;
use crate::postage;
use crate::problem::Problem;

/// The most effects of notices that are told above a procedure.
const MOST: usize = 6;

/// Shows the page.
pub(super) async fn show(site: &Site, frame: &Frame<'_>, code: &str) -> Result<Response, Problem> {
    let code = path::code(code).ok_or(Problem::NoProcedure)?;
    let (versions, ()) = tokio::join!(
        site.recorder.catalogue().versions_lately(frame.agency.key(), &code, frame.now),
        frame.learn(site)
    );
    let versions = versions.map_err(Problem::of_procedures)?;
    let today = in_force(&versions, frame.today());
    let last = versions.iter().max_by_key(|version| version.version);
    let procedure: &Procedure = today.or(last).ok_or(Problem::NoProcedure)?;
    let title = frame.say([&procedure.name_vi, &procedure.name_en]);
    let content = html! {
        h1 { bdi { (title) } }
        p.soft { (frame.say(["Mã thủ tục ", "Code "])) span.wide { (procedure.code) } }
        @if today.is_none() { (not_received(frame, &versions)) }
        @if today.is_some() { (running(frame, procedure)) (filing::shown(site, frame, procedure)) }
        (papers::shown(frame, procedure))
        h2 { (frame.say(["Thời hạn và lệ phí", "Time and fee"])) }
        (facts::summary(&terms(frame, procedure)))
        @if today.is_some() && procedure.returns_by_post {
            h2 { (frame.say(["Cước bưu điện hôm nay", "Postage today"])) }
            (postage::shown(site, frame, Some(&procedure.code)))
        }
        p { a href=(frame.way("/procedures")) { (frame.say(["Các thủ tục khác", "All procedures"])) } }
    };
    Ok(frame.page(200, title, &content))
}

/// Says that nothing is filed under it today, and since when or from when on.
fn not_received(frame: &Frame<'_>, versions: &[Arc<Procedure>]) -> Markup {
    let today = frame.today();
    let begins = versions.iter().filter_map(|it| it.valid_from).filter(|first| *first > today).min();
    let ended = versions.iter().filter_map(|it| it.valid_until).filter(|last| *last < today).max();
    let told = |words: Both, day| html! { strong { (frame.say(words)) (vietnam::written(day)) "." } };
    Notice::Warning.of(&html! {
        p { @match (begins, ended) {
            (Some(first), _) => (told(["Thủ tục này được tiếp nhận từ ngày ", "This procedure is received from "], first)),
            (None, Some(last)) => (told([
                "Thủ tục này không còn áp dụng: ngày tiếp nhận cuối cùng là ",
                "This procedure is no longer in force: its last day was ",
            ], last)),
            (None, None) => strong { (frame.say(["Hiện không tiếp nhận thủ tục này.", "This procedure is not received now."])) },
        } }
        p { (frame.say([
            "Hồ sơ đã được tiếp nhận vẫn được giải quyết. Gọi cơ quan để biết thủ tục nào thay thế.",
            "Dossiers that were accepted go on. Call the office to learn what replaces it.",
        ])) }
    })
}

/// Measures of notices that run for it today.
fn running(frame: &Frame<'_>, procedure: &Procedure) -> Markup {
    let told = frame.standing().for_applicants(&procedure.code, frame.today());
    html! { @if !told.is_empty() { (Notice::Told.of(&html! { ul { @for (effect, card) in told.iter().take(MOST) { li {
        (effects::line(frame, effect)) " "
        a href=(frame.way(&path::of_notice(card.number))) { (frame.say(["Thông báo số ", "Notice no. "])) (card.number) }
    } } } })) } }
}

/// Time, fee, the event that starts the clock, and by what right.
fn terms<'f>(frame: &'f Frame<'_>, procedure: &Procedure) -> Vec<(&'f str, Markup)> {
    let start = match procedure.starts_on {
        ClockStart::Acceptance => ["tính từ ngày tiếp nhận hồ sơ", "counted from acceptance"],
        ClockStart::FeePaid => ["tính từ khi nộp đủ phí, lệ phí", "counted from when the fee is paid"],
    };
    let time = html! { strong { (spoken::limit(procedure.limit.allowance, frame.lang)) } ", " (frame.say(start)) };
    let fee = match &procedure.fees[..] {
        [] => html! { (frame.say(["Không thu", "None"])) },
        fees => html! { ul.plain { @for fee in fees { li {
            bdi lang="vi" { (fee.name_vi) } ": " strong.nowrap { (fee.amount_vnd) } ", " (frame.say(spoken::fee_due(fee.due)))
        } } } },
    };
    let result = match procedure.returns_by_post {
        true => ["Tại nhà qua bưu điện, hoặc tại Bộ phận Một cửa", "At home by post, or at the one-stop desk"],
        false => ["Tại Bộ phận Một cửa", "At the one-stop desk"],
    };
    vec![
        (frame.say(["Thời hạn", "Time"]), time),
        (frame.say(["Phí, lệ phí", "Fee"]), fee),
        (frame.say(["Nhận kết quả", "The result"]), html! { (frame.say(result)) }),
        (frame.say(["Căn cứ", "Legal basis"]), html! { bdi lang="vi" { (procedure.legal_basis) } }),
    ]
}
