//! Words of a letter to somebody who may come to the desk on this day.

use crate::language::Language;
use crate::message::{Closed, News, Visit};
use crate::vietnam::{written, written_english};

/// Returns what the reader is to do, with the advice to visitors. Nobody is invited into a closed desk.
pub(super) fn to_do(language: Language, news: &News<'_>, asked: Option<String>, visit: Visit<'_>) -> Option<String> {
    if !news.asks_to_come() {
        return asked;
    }
    let is_ready = matches!(news, News::Ready { .. } | News::CameBack { .. });
    let asked = asked.filter(|_| !is_ready || visit.closed.is_none());
    let free = (visit.sends_free && !is_ready).then(|| {
        let free = ["Gửi giấy tờ qua bưu điện được miễn cước.", "The post carries your papers free of charge."];
        language.pick(free).to_owned()
    });
    let home = (visit.by_post && matches!(news, News::Ready { .. })).then(|| {
        language.pick(["Có thể nhận kết quả tại nhà qua bưu điện.", "The post can bring it to your home."]).to_owned()
    });
    let advice: Vec<&str> = visit.advice.iter().flatten().map(|advice| advice.trim_end_matches('.')).collect();
    let about_visits = match (visit.closed, advice.is_empty()) {
        (Some(closed), _) => Some(is_closed(language, closed)),
        (None, false) => {
            let heeded = language.pick(["Khi đến, xin lưu ý:", "If you come, please note:"]);
            Some(format!("{heeded} {}.", advice.join("; ")))
        }
        (None, true) => None,
    };
    let all: Vec<_> = [asked, home, free, about_visits].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn is_closed(language: Language, closed: Closed) -> String {
    match (language, closed.opens_on) {
        (Language::Vi, Some(day)) => {
            format!("Quầy tạm ngừng tiếp; xin chỉ đến từ ngày {} hoặc gửi qua bưu điện.", written(day))
        }
        (Language::Vi, None) => "Quầy tạm ngừng tiếp; xin chưa đến, có thể gửi qua bưu điện hoặc gọi điện.".into(),
        (Language::En, Some(day)) => {
            format!("The desk is closed; please come from {} on only, or use the post.", written_english(day))
        }
        (Language::En, None) => "The desk is closed; please do not come yet, but use the post or call.".into(),
    }
}
