//! Forms in force on each day: the instruments as data. An instrument that was read in secondary texts only is marked,
//! and the screen warns the clerk.

use jiff::civil::{Date, date};

/// The kinds of form that the law names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Receipt and appointment slip.
    Receipt,
    /// Supplement request.
    Supplement,
    /// Refusal, at intake or because the conditions for granting are not met.
    Refusal,
    /// Apology with a new date.
    Apology,
    /// Notice that the dossier is closed.
    Closing,
    /// Control slip.
    Control,
    /// Register.
    Register,
}

/// A form as one instrument sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edition {
    /// The circular that holds the form.
    pub circular: &'static str,
    /// The decree in force on that day.
    decree: &'static Decree,
    /// The form's number in it.
    pub number: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Articles of the decree that it rests on, before acceptance and after; empty if none was read.
    articles: [&'static str; 2],
    /// Whether the text of the instrument itself was read, and not only secondary texts.
    pub confirmed: bool,
}

/// A decree on the one-stop office.
#[derive(Debug, PartialEq, Eq)]
struct Decree {
    name: &'static str,
    from: Date,
    /// Whether its text was read.
    confirmed: bool,
}

/// The decrees, in their order. The second one replaced the first before there were forms of its own.
const DECREES: [Decree; 2] = [
    Decree { name: "Nghị định 61/2018/NĐ-CP", from: date(2018, 6, 21), confirmed: true },
    Decree { name: "Nghị định 118/2025/NĐ-CP", from: date(2025, 7, 1), confirmed: false },
];

impl Edition {
    /// The decree with the article, if that is known.
    pub(crate) fn basis(&self, accepted: bool) -> String {
        match self.articles[usize::from(accepted)] {
            "" => self.decree.name.to_owned(),
            article => format!("{article}, {}", self.decree.name),
        }
    }

    /// The same as it is printed: marked if its text was not read.
    pub(crate) fn cited(&self, accepted: bool) -> String {
        let mark = if self.decree.confirmed { "" } else { " (chưa đối chiếu)" };
        self.basis(accepted) + mark
    }
}

struct Instrument {
    circular: &'static str,
    from: Date,
    confirmed: bool,
    forms: &'static [Line],
}

struct Line(Kind, &'static str, &'static str, [&'static str; 2]);

/// The instruments, in their order. The circular of 2025 is known from secondary texts: they give its titles and say
/// that its forms are used from the day it was issued.
const INSTRUMENTS: [Instrument; 2] = [
    Instrument {
        circular: "Thông tư 01/2018/TT-VPCP",
        from: date(2019, 1, 6),
        confirmed: true,
        forms: &[
            Line(Kind::Receipt, "01", RECEIPT, ["Điều 17 khoản 1"; 2]),
            Line(Kind::Supplement, "02", SUPPLEMENT, ["Điều 17 khoản 1", "Điều 19 khoản 4"]),
            Line(Kind::Refusal, "03", REFUSAL, ["Điều 17 khoản 1", "Điều 19 khoản 8"]),
            Line(Kind::Apology, "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", ["Điều 19 khoản 9"; 2]),
            Line(Kind::Control, "05", CONTROL, [""; 2]),
            Line(Kind::Register, "06", REGISTER, [""; 2]),
        ],
    },
    Instrument {
        circular: "Thông tư 03/2025/TT-VPCP",
        from: date(2025, 9, 15),
        confirmed: false,
        forms: &[
            Line(Kind::Receipt, "01", RECEIPT, [""; 2]),
            Line(Kind::Supplement, "02", SUPPLEMENT, [""; 2]),
            Line(Kind::Refusal, "03", REFUSAL, [""; 2]),
            Line(Kind::Apology, "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", [""; 2]),
            Line(Kind::Closing, "05", "Thông báo dừng giải quyết hồ sơ", [""; 2]),
            Line(Kind::Control, "06", CONTROL, [""; 2]),
            Line(Kind::Register, "07", REGISTER, [""; 2]),
        ],
    },
];

const RECEIPT: &str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả";
const SUPPLEMENT: &str = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ";
const REFUSAL: &str = "Phiếu từ chối tiếp nhận giải quyết hồ sơ";
const CONTROL: &str = "Phiếu kiểm soát quá trình giải quyết hồ sơ";
const REGISTER: &str = "Sổ theo dõi hồ sơ";

/// The form of that kind for what was received on that day; `None` if the instrument of that day has no such form.
/// Before the first instrument nothing was read, so its form is taken and marked.
pub(crate) fn in_force(kind: Kind, on: Date) -> Option<Edition> {
    let [first, _] = &INSTRUMENTS;
    let begun = INSTRUMENTS.iter().rev().find(|instrument| instrument.from <= on);
    let Instrument { circular, confirmed, forms, .. } = begun.unwrap_or(first);
    let [older, _] = &DECREES;
    let decree = DECREES.iter().rev().find(|decree| decree.from <= on).unwrap_or(older);
    let Line(_, number, title, articles) = forms.iter().find(|line| line.0 == kind)?;
    let confirmed = *confirmed && begun.is_some();
    // The articles are those of a decree that was read.
    let articles = if decree.confirmed { *articles } else { [""; 2] };
    Some(Edition { circular, decree, number, title, articles, confirmed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, on: &str) -> Option<String> {
        let Edition { circular, number, confirmed, .. } = in_force(kind, on.parse().unwrap())?;
        Some(format!("{number} {circular}{}", if confirmed { "" } else { "?" }))
    }

    #[test]
    fn the_form_is_the_one_in_force_on_the_day_of_receipt() {
        let check = |kind, on: &str, expected: Option<&str>| assert_eq!(told(kind, on).as_deref(), expected, "{on}");
        check(Kind::Receipt, "2019-01-05", Some("01 Thông tư 01/2018/TT-VPCP?"));
        check(Kind::Receipt, "2019-01-06", Some("01 Thông tư 01/2018/TT-VPCP"));
        check(Kind::Control, "2025-09-14", Some("05 Thông tư 01/2018/TT-VPCP"));
        check(Kind::Control, "2025-09-15", Some("06 Thông tư 03/2025/TT-VPCP?"));
        check(Kind::Register, "2020-04-15", Some("06 Thông tư 01/2018/TT-VPCP"));
        check(Kind::Register, "2026-04-15", Some("07 Thông tư 03/2025/TT-VPCP?"));
        check(Kind::Closing, "2025-09-14", None);
        check(Kind::Closing, "2025-09-15", Some("05 Thông tư 03/2025/TT-VPCP?"));
    }

    #[test]
    fn an_article_is_cited_only_where_it_was_read() {
        let basis = |on: &str, accepted| in_force(Kind::Refusal, on.parse().unwrap()).unwrap().basis(accepted);
        assert_eq!(basis("2020-04-15", false), "Điều 17 khoản 1, Nghị định 61/2018/NĐ-CP");
        assert_eq!(basis("2020-04-15", true), "Điều 19 khoản 8, Nghị định 61/2018/NĐ-CP");
        assert_eq!(basis("2026-04-15", true), "Nghị định 118/2025/NĐ-CP");
        assert_eq!(basis("2025-06-30", true), "Điều 19 khoản 8, Nghị định 61/2018/NĐ-CP");
        assert_eq!(
            basis("2025-07-01", true),
            "Nghị định 118/2025/NĐ-CP",
            "replaced, though the forms were still in use"
        );
        let cited = |on: &str| in_force(Kind::Refusal, on.parse().unwrap()).unwrap().cited(true);
        assert_eq!(cited("2020-04-15"), "Điều 19 khoản 8, Nghị định 61/2018/NĐ-CP");
        assert_eq!(cited("2025-07-01"), "Nghị định 118/2025/NĐ-CP (chưa đối chiếu)");
    }
}
