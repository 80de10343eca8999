//! The tables of a report, the same on the page and in the files.

use rules::dossier::Filing;
use rules::language::Language;
use rules::rating::Level;
use rules::statistics::{Class, FIGURES, Figure, Flow, Scale, Sum};
use rules::vietnam;

use super::asked::{Asked, By};
use super::data::{Report, channel_told};

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its short name, at most 31 characters.
    pub name: &'static str,
    /// Its subject.
    pub title: String,
    /// The names of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A text.
    Text(String),
    /// A count.
    Number(u64),
    /// A share or an average, with its numerator and denominator.
    Figure(Figure),
}

/// Every table of a report.
pub(crate) fn sheets(report: &Report, lang: Language) -> Vec<Sheet> {
    vec![figures(report, lang), counts(report, lang), shares(report, lang), flows(report, lang), portals(report, lang)]
}

/// Subject of the report, in a sentence.
pub(crate) fn period(asked: &Asked, lang: Language) -> String {
    let day = |day| match lang {
        Language::Vi => vietnam::written(day),
        Language::En => vietnam::written_english(day),
    };
    let (from, to, as_of) = (day(asked.from), day(asked.to), day(asked.as_of));
    match lang {
        Language::Vi => format!("Từ {from} đến {to}, số liệu chốt đến hết ngày {as_of}"),
        Language::En => format!("From {from} to {to}, as of the end of {as_of}"),
    }
}

/// Every figure of the whole, with numerator and denominator in words.
pub(crate) fn figures(report: &Report, lang: Language) -> Sheet {
    let head = [
        ["Chỉ tiêu", "Figure"],
        ["Giá trị", "Value"],
        ["Tử số", "Numerator"],
        ["Số hồ sơ, điểm", "Dossiers or points"],
        ["Mẫu số", "Denominator"],
        ["Số hồ sơ", "Dossiers"],
        ["Căn cứ", "Source"],
    ];
    let tally = report.whole.tally(&report.asked.reading);
    let row = |definition: &rules::statistics::Definition| {
        let figure = definition.of(&tally);
        let text = |texts: [&str; 2]| Cell::Text(lang.pick(texts).to_owned());
        vec![
            text(definition.title),
            Cell::Text(value(&figure, lang)),
            text(definition.numerator),
            Cell::Number(figure.count),
            text(definition.denominator),
            Cell::Number(figure.among),
            Cell::Text(definition.source.to_owned()),
        ]
    };
    Sheet {
        name: lang.pick(["Chỉ tiêu", "Figures"]),
        title: lang.pick(["Chỉ tiêu của cả kỳ", "Figures of the whole period"]).to_owned(),
        head: head.map(|texts| lang.pick(texts).to_owned()).into(),
        rows: FIGURES.iter().map(row).collect(),
    }
}

/// Counts of each kind, one row for each group.
pub(crate) fn counts(report: &Report, lang: Language) -> Sheet {
    let channels = [Filing::Online, Filing::Desk, Filing::Post];
    let received = channels.map(|channel| {
        let told = lang.pick(channel_told(channel)).to_lowercase();
        format!("{} {told}", lang.pick(["Tiếp nhận", "Received"]))
    });
    let others = [["Tổng tiếp nhận trong kỳ", "Received in all"], ["Kỳ trước chuyển sang", "Carried over"]];
    let others = others.map(|texts| lang.pick(texts).to_owned());
    let fees = [["Phải nộp phí, lệ phí", "With a fee"], ["Đã nộp trực tuyến", "Paid online"]];
    let columns = received.into_iter().chain(others);
    let columns = columns.chain(Class::ALL.map(|class| first_upper(lang.pick(class.named()))));
    let post = ["Nhận kết quả qua bưu chính (tiếp nhận trong kỳ)", "Result by post (received in the period)"];
    let columns = columns.chain(fees.into_iter().chain([post]).map(|texts| lang.pick(texts).to_owned())).collect();
    by_group(
        report,
        lang,
        ["Số lượng", "Counts"],
        ["Số lượng hồ sơ", "Numbers of dossiers"],
        columns,
        |sum| {
            let tally = sum.tally(&report.asked.reading);
            let received = channels.map(|channel| tally.received_through(channel));
            let others = [tally.received_in_period(), tally.carried_over];
            let classes = Class::ALL.map(|class| tally.of(class));
            let beside = [tally.fee_asked, tally.paid_online, sum.returned_by_post()];
            let all = received.into_iter().chain(others).chain(classes).chain(beside);
            all.map(Cell::Number).collect()
        },
    )
}

/// Every figure, one row for each group.
pub(crate) fn shares(report: &Report, lang: Language) -> Sheet {
    let columns = FIGURES.iter().map(|it| lang.pick(it.title).to_owned()).collect();
    let title = ["Chỉ tiêu theo nhóm (tử số/mẫu số)", "Figures by group (numerator/denominator)"];
    by_group(report, lang, ["Tỷ lệ", "Shares"], title, columns, |sum| {
        let tally = sum.tally(&report.asked.reading);
        FIGURES.iter().map(|definition| Cell::Figure(definition.of(&tally))).collect()
    })
}

/// Counts of each event, one row for each group.
pub(crate) fn flows(report: &Report, lang: Language) -> Sheet {
    let columns = Flow::ALL.iter().map(|flow| first_upper(lang.pick(flow.told()))).collect();
    let title = ["Việc phát sinh, theo ngày ghi nhận", "What happened, by the day it was recorded"];
    by_group(report, lang, ["Phát sinh", "Happened"], title, columns, |sum| {
        Flow::ALL.iter().map(|flow| Cell::Number(sum.flow(*flow))).collect()
    })
}

/// Counts by portal.
pub(crate) fn portals(report: &Report, lang: Language) -> Sheet {
    let row = |(portal, number): &(String, u64)| vec![Cell::Text(portal.clone()), Cell::Number(*number)];
    Sheet {
        name: lang.pick(["Nguồn", "Sources"]),
        title: lang.pick(["Tiếp nhận qua từng cổng", "Received from each portal"]).to_owned(),
        head: [["Cổng", "Portal"], ["Tiếp nhận trong kỳ", "Received in the period"]]
            .map(|texts| lang.pick(texts).to_owned())
            .into(),
        rows: report.portals.iter().map(row).collect(),
    }
}

/// Ratings by their levels, for a file; `None` of so few that somebody may know whose they are.
pub(crate) fn ratings(report: &Report, lang: Language) -> Option<Sheet> {
    let figures = report.ratings.is_shown().then_some(&report.ratings)?;
    let row = |level: Level| {
        let number = figures.of_level[usize::from(level.number()) - 1];
        vec![Cell::Text(lang.pick(level.said()).to_owned()), Cell::Number(number)]
    };
    Some(Sheet {
        name: lang.pick(["Đánh giá", "Ratings"]),
        title: lang.pick(["Đánh giá của người dân", "Ratings"]).to_owned(),
        head: [["Mức độ hài lòng", "Level"], ["Số đánh giá", "Ratings"]]
            .map(|texts| lang.pick(texts).to_owned())
            .into(),
        rows: Level::ALL.map(row).into(),
    })
}

fn by_group(
    report: &Report,
    lang: Language,
    name: [&'static str; 2],
    title: [&'static str; 2],
    columns: Vec<String>,
    cells: impl Fn(&Sum) -> Vec<Cell>,
) -> Sheet {
    let coded = report.asked.by == By::Procedure;
    let names = |code: &str, name: &str| {
        let code = coded.then(|| Cell::Text(code.to_owned()));
        code.into_iter().chain([Cell::Text(name.to_owned())]).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> =
        report.rows.iter().map(|row| [names(&row.code, &row.name), cells(&row.sum)].concat()).collect();
    rows.push([names("", lang.pick(["Cả kỳ", "Whole period"])), cells(&report.whole)].concat());
    let code = coded.then(|| lang.pick(["Mã thủ tục", "Code"]).to_owned());
    let head = code.into_iter().chain([lang.pick(report.asked.by.told()).to_owned()]).chain(columns).collect();
    Sheet { name: lang.pick(name), title: lang.pick(title).to_owned(), head, rows }
}

/// `66,67 %`, or `1,50` points; a dash if there is nothing to divide by.
pub(crate) fn value(figure: &Figure, lang: Language) -> String {
    let Some(value) = figure.value else { return "–".to_owned() };
    let unit = match figure.scale {
        Scale::BasisPoints => " %",
        Scale::HundredthsOfAPoint => "",
    };
    format!("{}{}{:02}{unit}", value / 100, lang.pick([",", "."]), value % 100)
}

fn first_upper(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
