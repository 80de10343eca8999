//! The points that the sources leave open, each as a setting with a default.

use serde::{Deserialize, Serialize};

/// The rules by which cases are judged. The default is the first reading of every point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The date by which a dossier is judged.
    pub due_basis: DueBasis,
    /// The point at which a supplement that was asked and has not come ends a dossier for index 766.
    pub unanswered_supplement: UnansweredSupplement,
    /// The meaning of a second request for a supplement for index 766.
    pub second_request: SecondRequest,
}

/// The date by which a dossier is judged. No text settles whether a date promised with an apology replaces the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueBasis {
    /// The promised date, else the counted one: the date given as NgayHenTra.
    #[default]
    Promised,
    /// The counted date with every pause, whatever was promised.
    Counted,
    /// The first date ever counted, whatever was promised and however long the clock was stopped.
    Original,
}

/// The point at which a supplement that was asked once and has not come ends a dossier (Decision 766/QĐ-TTg).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnansweredSupplement {
    /// At the request: the office did its part by then.
    #[default]
    EndsAtTheRequest,
    /// Nowhere: the dossier goes on and is judged once it ends.
    GoesOn,
}

/// The meaning of a second request for a supplement for index 766.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondRequest {
    /// The dossier counts as overdue, whenever it ends.
    #[default]
    IsOverdue,
    /// It is judged like any other.
    ByItsDate,
}

/// One reading of the open points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The name its figures are kept under: never changed, and unique.
    pub name: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
    /// Its settings.
    pub settings: Settings,
}

/// Returns the default, then every other reading of one point with the default of the others.
#[must_use]
pub fn readings() -> [Reading; 5] {
    let usual = Settings::default();
    [
        Reading {
            name: "promised",
            vi: "theo ngày hẹn trả đang có hiệu lực",
            en: "by the date that holds",
            settings: usual,
        },
        Reading {
            name: "counted",
            vi: "theo ngày hẹn trả tính được, không kể lần hẹn lại",
            en: "by the counted date, whatever was promised",
            settings: Settings { due_basis: DueBasis::Counted, ..usual },
        },
        Reading {
            name: "original",
            vi: "theo ngày hẹn trả đầu tiên, không trừ thời gian dừng tính",
            en: "by the first date ever counted, pauses not taken off",
            settings: Settings { due_basis: DueBasis::Original, ..usual },
        },
        Reading {
            name: "goes_on",
            vi: "hồ sơ chưa bổ sung vẫn tính là đang giải quyết",
            en: "a dossier whose supplement has not come goes on",
            settings: Settings { unanswered_supplement: UnansweredSupplement::GoesOn, ..usual },
        },
        Reading {
            name: "by_date",
            vi: "yêu cầu bổ sung lần hai không bị tính là quá hạn",
            en: "a second request for a supplement is not overdue by itself",
            settings: Settings { second_request: SecondRequest::ByItsDate, ..usual },
        },
    ]
}
