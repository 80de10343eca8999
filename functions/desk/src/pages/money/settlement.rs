//! A gateway's settlement file, sent as a form, against the book: the differences, and what they mean.

use maud::{Markup, html};
use motcua::store::{AuditEntry, Did};
use rules::gateway::settlement::Line;
use rules::http::{Request, Response};
use rules::language::Both;

use super::book::{days, gateways, too_many};
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::money::compare::{Columns, Compared, compared, read};
use crate::pages::period::Period;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words;
use ::pages::form::{Form, is_own};
use ::pages::multipart;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::{Field, Line as Typed};

const ROOT: &str = "/desk/money/settlement";
/// Lines shown of each difference; their total is always shown.
const MOST_SHOWN: usize = 200;

/// Characters between columns, by their name in the form.
const DELIMITERS: [(&str, char, [&str; 2]); 3] = [
    ("comma", ',', ["dấu phẩy", "comma"]),
    ("semicolon", ';', ["dấu chấm phẩy", "semicolon"]),
    ("tab", '\t', ["dấu tab", "tab"]),
];

/// Shows the empty form, or the outcome of a file.
pub(crate) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, request, .. } = *visit;
    staff.needs(Permission::DecideMoney)?;
    if request.method() == http::Method::GET || request.method() == http::Method::HEAD {
        return Ok(shown(frame, 200, &asking(visit, &Form::of_query(request), &Mistakes::default())));
    }
    if request.method() != http::Method::POST {
        return Err(Problem::Method);
    }
    let (sent, file) = sent(request).await?;
    is_own(&frame.csrf, sent.get("csrf"))?;
    let notice = match outcome(visit, &sent, &file).await? {
        Ok((channel, period, compared)) => {
            let differences = compared.differences.count();
            let did = Did::Compared { channel: channel.clone(), from: period.from, until: period.until, differences };
            let entry = AuditEntry { at: frame.now, who: staff.subject.clone(), did };
            site.recorder.store().audit(&staff.agency, &entry).await?;
            found(frame, words::channel(&channel, &site.config, frame.lang), &compared)
        }
        Err(mistakes) => {
            let summary = mistakes.summary(frame.lang, NOT_COMPARED);
            return Ok(shown(frame, 422, &html! { (summary) (asking(visit, &sent, &mistakes)) }));
        }
    };
    Ok(shown(frame, 200, &html! { (notice) (asking(visit, &sent, &Mistakes::default())) }))
}

/// The fields of the form, and its file.
async fn sent(request: &Request) -> Result<(Form, Vec<u8>), Problem> {
    let names = ["csrf", "channel", "from", "until", "file", "transaction", "reference", "amount", "delimiter"];
    let (mut fields, mut file) = (Vec::new(), Vec::new());
    for part in multipart::parts(request, &names, multipart::MOST_BYTES).await? {
        match names.into_iter().find(|name| *name == part.name) {
            Some("file") => file = part.content.into(),
            Some(name) => fields.push((name, String::from_utf8_lossy(&part.content).into_owned())),
            None => {}
        }
    }
    Ok((Form::of_pairs(&fields), file))
}

/// The words for a file of which nothing came.
const NOT_COMPARED: Both = [
    "Chưa so sánh gì. Những gì đã điền vẫn còn; tệp phải chọn lại.",
    "Nothing was compared. What you typed is kept; the file must be chosen again.",
];

async fn outcome(
    visit: &Visit<'_>,
    sent: &Form,
    file: &[u8],
) -> Result<Result<(String, Period, Compared), Mistakes>, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let chosen = sent.get("channel").unwrap_or_default();
    let channel = gateways(site, staff).find(|channel| channel == chosen).ok_or(Problem::NotFound)?;
    let period = match Period::of(sent, frame.now) {
        Ok(period) => period,
        Err(wrong) => return Ok(Err(wrong.mistakes(frame.lang))),
    };
    let of_file = |why: &str| Ok(Err(Mistakes::at("file", "", why)));
    if file.is_empty() {
        return of_file(frame.say("Hãy chọn tệp đối soát.", "Choose the settlement file."));
    }
    let lines = match read(file, &columns(sent)) {
        Ok(lines) => lines,
        Err(error) => return of_file(frame.lang.pick([&error.vi(), &error.to_string()])),
    };
    let compared = compared(site, &staff.agency, &channel, (period.from, period.until), lines).await?;
    Ok(compared.map(|compared| (channel, period, compared)).ok_or_else(|| too_many().mistakes(frame.lang)))
}

fn columns(sent: &Form) -> Columns {
    let named = |field: &str, otherwise: String| sent.get(field).map_or(otherwise, |name| name.trim().to_owned());
    let usual = Columns::default();
    let delimiter = DELIMITERS.iter().find(|(name, ..)| sent.get("delimiter") == Some(*name));
    Columns {
        transaction: named("transaction", usual.transaction),
        reference: named("reference", usual.reference),
        amount: named("amount", usual.amount),
        delimiter: delimiter.map_or(usual.delimiter, |(_, delimiter, _)| *delimiter),
    }
}

fn shown(frame: &Frame, status: u16, content: &Markup) -> Response {
    framed(status, frame, Place::Money, frame.say("Đối soát với cổng thanh toán", "Settlement of a gateway"), content)
}

fn asking(visit: &Visit<'_>, sent: &Form, mistakes: &Mistakes) -> Markup {
    let Visit { site, staff, frame, .. } = *visit;
    let columns = columns(sent);
    let column = |name: &str, label: Both, value: &str| {
        let line = Typed { name, value: Some(value), longest: Some(100), ..Typed::default() };
        Field::new(frame.lang, name, frame.lang.pick(label)).line(&line)
    };
    let channels: Vec<_> = gateways(site, staff)
        .map(|it| (it.clone(), words::channel(&it, &site.config, frame.lang).to_owned()))
        .collect();
    let channel = Field::new(frame.lang, "channel", frame.say("Kênh", "Channel"));
    let delimiters = DELIMITERS.map(|(name, _, label)| (name.to_owned(), frame.lang.pick(label).to_owned()));
    let delimiter = DELIMITERS.iter().find(|(_, delimiter, _)| columns.delimiter == *delimiter).map(|(name, ..)| *name);
    let file =
        Field::new(frame.lang, "file", frame.say("Tệp đối soát (tối đa 4 MB)", "Settlement file (4 MB at most)"));
    let file = file.wrong(mistakes.why("file"));
    html! {
        p { (frame.say(
            "Tệp CSV mã UTF-8, có một dòng là tên cột, số tiền là số đồng nguyên. Tệp được so với những khoản người nộp đã trả trong những ngày dưới đây; không có gì bị ghi hay đổi.",
            "A CSV file in UTF-8 with a line that names the columns and amounts in whole đồng. It is compared with what the payers paid on these days; nothing is recorded or changed.",
        )) }
        form method="post" action=(ROOT) enctype="multipart/form-data" novalidate {
            (frame.csrf_field())
            div.filter {
                (channel.list("channel", &channels, sent.get("channel"), false))
                (days(frame, sent, mistakes))
            }
            (file.around(&html! {
                input id="file" name="file" type="file" accept=".csv,text/csv,text/plain" aria-invalid=[file.invalid()]
                    aria-describedby=[file.described_by()];
            }))
            div.filter {
                (column("transaction", ["Cột mã giao dịch", "Column of the transaction"], &columns.transaction))
                (column("reference", ["Cột mã tham chiếu", "Column of the reference"], &columns.reference))
                (column("amount", ["Cột số tiền", "Column of the amount"], &columns.amount))
                (Field::new(frame.lang, "delimiter", frame.say("Phân cách", "Delimiter")).list("delimiter", &delimiters, delimiter, false))
            }
            div.buttons { button.main { (frame.say("So sánh", "Compare")) } }
        }
    }
}

/// Differences between the two.
fn found(frame: &Frame, channel: &str, compared: &Compared) -> Markup {
    let it = &compared.differences;
    html! {
        div class={ "notice " (if it.is_empty() { "done" } else { "bad" }) } role="status" {
            p { strong { (channel) ": " (it.agreed) " " (frame.say("khoản khớp", "agree")) ", " (it.count()) " " (frame.say("khác biệt", "differ")) "." } }
        }
        (list(frame, compared, "not-ours", &it.not_ours, ["Có trong tệp, không có trong sổ", "In the file and not in the book"], [
            "Cổng đã thu nhưng văn phòng chưa ghi nhận: yêu cầu cổng gửi lại thông báo, hoặc hỏi cổng về đơn này.",
            "The gateway took it and the office does not know: have the gateway send its message again, or ask it about the order.",
        ]))
        (list(frame, compared, "not-settled", &it.not_settled, ["Có trong sổ, không có trong tệp", "In the book and not in the file"], [
            "Văn phòng đã ghi nhận nhưng cổng chưa chuyển: có thể thuộc kỳ sau, hoặc cần hỏi cổng.",
            "The office has recorded it and the gateway has not handed it over: it may be in the next file, or is to be asked for.",
        ]))
        (list(frame, compared, "repeated", &it.repeated, ["Lặp lại trong tệp", "More than once in the file"], [
            "Cổng ghi cùng một giao dịch nhiều lần.", "The gateway lists the same transaction again.",
        ]))
        @if !compared.other_days.is_empty() {
            h2 { (frame.say("Đã ghi sổ vào ngày khác", "Booked on another day")) " (" (compared.other_days.len()) ")" }
            p { (frame.say(
                "Văn phòng đã ghi nhận những khoản này, nhưng người nộp trả ngoài những ngày đã chọn.",
                "The office has recorded these; their payers paid outside the days chosen.",
            )) }
            @let heads = [frame.say("Mã giao dịch", "Transaction"), frame.say("Mã tham chiếu", "Reference"),
                frame.say("Số tiền", "Amount"), frame.say("Ngày ghi sổ", "Booked on")];
            div.list { table.rows id="other-days" {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for (line, day) in compared.other_days.iter().take(MOST_SHOWN) {
                    (row(compared, line, &heads, Some(&rules::vietnam::written(*day))))
                } }
            } }
            (more(frame, compared.other_days.len()))
        }
        @if !it.amounts.is_empty() {
            h2 { (frame.say("Khác số tiền", "Another amount")) " (" (it.amounts.len()) ")" }
            @let heads = [frame.say("Mã giao dịch", "Transaction"), frame.say("Mã tham chiếu", "Reference"),
                frame.say("Trong tệp", "In the file"), frame.say("Trong sổ", "In the book")];
            div.list { table.rows id="amounts" {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for (line, ours) in it.amounts.iter().take(MOST_SHOWN) { (row(compared, line, &heads, Some(&ours.to_string()))) } }
            } }
            (more(frame, it.amounts.len()))
        }
    }
}

fn list(frame: &Frame, compared: &Compared, id: &str, lines: &[Line], title: [&str; 2], what: [&str; 2]) -> Markup {
    let heads = [
        frame.say("Mã giao dịch", "Transaction"),
        frame.say("Mã tham chiếu", "Reference"),
        frame.say("Số tiền", "Amount"),
        "",
    ];
    html! { @if !lines.is_empty() {
        h2 { (frame.lang.pick(title)) " (" (lines.len()) ")" }
        p { (frame.lang.pick(what)) }
        div.list { table.rows id=(id) {
            thead { tr { @for head in &heads[..3] { th scope="col" { (head) } } } }
            tbody { @for line in lines.iter().take(MOST_SHOWN) { (row(compared, line, &heads, None)) } }
        } }
        (more(frame, lines.len()))
    } }
}

fn row(compared: &Compared, line: &Line, heads: &[&str; 4], last: Option<&str>) -> Markup {
    let Line { transaction, reference, amount_vnd } = line;
    html! { tr {
        td.code data-name=(heads[0]) {
            @if let Some(name) = compared.name_of(line) { a href={ "/desk/money/" (name) } { (transaction) } }
            @else { bdi { (transaction) } }
        }
        td.code data-name=(heads[1]) { bdi { (reference) } }
        td data-name=(heads[2]) { strong { (amount_vnd) } }
        @if let Some(last) = last { td data-name=(heads[3]) { strong { (last) } } }
    } }
}

fn more(frame: &Frame, count: usize) -> Markup {
    html! { @if count > MOST_SHOWN {
        p { (frame.say("… và", "… and")) " " (count - MOST_SHOWN) " " (frame.say("khoản nữa", "more")) }
    } }
}
