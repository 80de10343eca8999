//! Mistakes in a catalogue, in both languages: the reader reports them in English, in a few fixed words.

use rules::language::Language;

/// The mistake in this language; in English if its words are not known here.
pub(super) fn told(what: &str, lang: Language) -> String {
    match lang {
        Language::En => what.to_owned(),
        Language::Vi => whole(what).map(str::to_owned).or_else(|| with_values(what)).unwrap_or_else(|| what.to_owned()),
    }
}

fn whole(what: &str) -> Option<&'static str> {
    Some(match what {
        "is missing" => "thiếu",
        "is empty" => "để trống",
        "is not a text" => "không phải văn bản",
        "is negative" => "là số âm",
        "is not a whole number" => "không phải số nguyên",
        "is not a number" => "không phải số",
        "is neither true nor false" => "không phải true hoặc false",
        "is not a day such as 2026-07-01" => "không phải ngày, viết như 2026-07-01",
        "is not a time of day such as 15:00" => "không phải giờ, viết như 15:00",
        "is not a table" => "không phải bảng",
        "is not a list of tables" | "procedures is not a list of tables" => "không phải danh sách bảng",
        "is not a field of this table" => "không phải trường của bảng này",
        "is not UTF-8" => "không phải UTF-8",
        "holds a control character" => "có ký tự điều khiển",
        "holds a space" => "có dấu cách",
        "holds no [[procedures]]" => "không có mục [[procedures]] nào",
        "only [[procedures]] may stand at the top of a catalogue" => "chỉ [[procedures]] được đứng ở mức ngoài cùng",
        "lies before valid_from" => "trước valid_from",
        "is another step's name" => "trùng tên bước khác",
        "is listed twice in this step" => "lặp lại trong bước này",
        "is another paper's code" => "trùng mã giấy tờ khác",
        "is another fee's code" => "trùng mã khoản phí khác",
        "is another pause's reason" => "trùng lý do dừng tính khác",
        "is one of the three that every procedure has" => "là một trong ba lý do mà thủ tục nào cũng có",
        "is nothing: leave out a fee that costs nothing" => "bằng 0: bỏ khoản không phải nộp",
        "is auto, and no pause has a wait that could be missed" => "là auto mà không lần dừng tính nào có hạn chờ",
        "is fee_paid, and no fee is due on_acceptance: the clock would never start" => {
            "là fee_paid mà không có khoản nộp khi tiếp nhận: thời hạn sẽ không bao giờ bắt đầu"
        }
        _ => return None,
    })
}

/// Mistakes that name a number, a word or a line.
fn with_values(what: &str) -> Option<String> {
    let after = |start: &str| what.strip_prefix(start);
    if let Some(words) = after("is none of ") {
        return Some(format!("không phải một trong: {words}"));
    }
    if let Some(why) = after("is not TOML: ") {
        return Some(format!("không đúng cú pháp TOML: {why}"));
    }
    if let Some((least, most)) = after("is not between ").and_then(|rest| rest.split_once(" and ")) {
        return Some(format!("không nằm trong khoảng từ {least} đến {most}"));
    }
    if let Some(most) = after("is longer than ").and_then(|rest| rest.strip_suffix(" characters")) {
        return Some(format!("dài quá {most} ký tự"));
    }
    if let Some(most) = after("has more than ").and_then(|rest| rest.strip_suffix(" entries")) {
        return Some(format!("có hơn {most} mục"));
    }
    if let Some(line) = after("is the version of line ").and_then(|rest| rest.strip_suffix(" too")) {
        return Some(format!("cũng là phiên bản của dòng {line}"));
    }
    if let Some((version, line)) = after("claims days of version ").and_then(|rest| rest.split_once(", line ")) {
        return Some(format!("trùng ngày hiệu lực với phiên bản {version}, dòng {line}"));
    }
    if let Some(most) = after("is above ") {
        return Some(format!("lớn hơn {most}"));
    }
    None
}
