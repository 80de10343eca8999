//! The forms, filled from dossiers that lived through the same commands as the office's.

mod forms;
mod odd;
mod registers;
mod since;
mod which;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rules::catalogue::Procedure;
use rules::clock::Office;
use rules::dossier::{
    Action, Actor, Command, Dossier, Enclosed, Filing, Payment, PaymentOutcome, Recorded, ResultKind, Source,
    Submission, Terms, decide, evolve,
};
use rules::id::{AgencyCode, DossierId};
use rules::notice::Standing;
use rules::person::{Party, Person};
use rules::vietnam;
use rules::vnd::Vnd;

use super::{Form, Sheet, sheet};

/// A directory without anybody in it.
static CONFIG: std::sync::LazyLock<rules::config::Config> = std::sync::LazyLock::new(rules::config::Config::demo);
static NOBODY: std::sync::LazyLock<motcua::store::People> = std::sync::LazyLock::new(motcua::store::People::default);

/// Ten working days; two papers are needed in the original before signing; a charge at once and a fee on return.
const PROCEDURE: &str = r#"
    code = "1.005129"
    version = 1
    name_vi = "Cấp giấy phép xây dựng trong khu kinh tế (mẫu)"
    name_en = "Construction permit in the economic zone (sample)"
    legal_basis = "quy định mẫu"
    limit = { allowance = { n = 10, unit = "working_days" } }

    [pauses]
    originals = { policy = "resume", wait = { n = 10, unit = "working_days" }, legal_basis = "Công văn 2964/UBND-KSTT" }
    supplement = { policy = "restart", wait = { n = 15, unit = "calendar_days" }, legal_basis = "NĐ 61/2018/NĐ-CP Điều 19 khoản 4" }

    [[steps]]
    name = "appraisal"
    name_vi = "Thẩm định"

    [[steps]]
    name = "signing"
    name_vi = "Ký duyệt"
    originals = [
      { code = "GPXD-DON", name_vi = "Đơn đề nghị cấp giấy phép xây dựng" },
      { code = "GPXD-BV", name_vi = "Bản vẽ thiết kế xây dựng" },
    ]

    [[fees]]
    code = "PTD"
    name_vi = "Phí thẩm định thiết kế"
    kind = "charge"
    amount_vnd = 1500000
    legal_basis = "quy định mẫu"
    due = "on_acceptance"

    [[fees]]
    code = "LPC"
    name_vi = "Lệ phí cấp phép"
    kind = "fee"
    amount_vnd = 150000
    legal_basis = "quy định mẫu"
    due = "on_return"
"#;

/// The portal's declaration: two files of papers that the catalogue knows, one that it does not, and return by post.
const DECLARED: &str = r#"{"HinhThuc":"1","TaiLieuNop":[
    {"MaThanhPhanHoSo":"GPXD-DON","TenTepDinhKem":"don.pdf"},{"MaThanhPhanHoSo":"GPXD-BV","TenTepDinhKem":"bv.dwg"},
    {"MaThanhPhanHoSo":"X","TenTepDinhKem":"xoa.pdf","IsDeleted":"True"},{"TenTepDinhKem":"anh-hien-trang.jpg"}],
    "DanhSachTepDinhKemKhac":[{"TenGiayTo":"Bản cam kết","SoLuong":2,"LoaiGiayTo":"bản sao"}]}"#;

fn procedure() -> Procedure {
    toml::from_str(PROCEDURE).unwrap()
}

/// The instant at which the wall clock in Vietnam shows `text`.
fn at(text: &str) -> Timestamp {
    vietnam::instant(text.parse::<DateTime>().unwrap()).unwrap()
}

fn company() -> Person {
    Person {
        applicant: Party {
            name: "Công ty TNHH Cảng Vân Phong (mẫu)".into(),
            phone: Some("+84901234567".into()),
            address: Some("Lô 7, Khu kinh tế Vân Phong, Khánh Hòa".into()),
            identity_no: Some("4200000000".into()),
            email: Some("vanthu@cang.example".into()),
            ..Party::default()
        },
        filer: Some(Party { name: "Văn phòng dịch vụ Vạn Ninh (mẫu)".into(), ..Party::default() }),
        ..Person::default()
    }
}

/// A dossier with everything its papers are filled from.
struct Life {
    procedure: Procedure,
    office: Office,
    person: Option<Person>,
    declared: Vec<(u64, String)>,
    tracking: Option<&'static str>,
    dossier: Dossier,
    history: Vec<Recorded>,
}

impl Life {
    /// A dossier filed then, with the declaration.
    fn filed(when: &str, filing: Filing, declared: Option<&str>) -> Self {
        Self::filed_with(when, filing, declared, Enclosed::default())
    }

    /// The same, with the papers handed over.
    fn filed_with(when: &str, filing: Filing, declared: Option<&str>, enclosed: Enclosed) -> Self {
        let procedure = procedure();
        let agency = AgencyCode::parse("000.00.01.H32").unwrap();
        let source = Source::Portal("dvcqg".into());
        let id = DossierId::from_random(20_200_415);
        let code = Some("000.00.01.H32-200414-0007".to_owned());
        let reference = procedure.reference();
        let mut life = Self {
            office: Office::official(),
            person: Some(company()),
            declared: declared.map(|text| (1, text.to_owned())).into_iter().collect(),
            tracking: Some("https://motcua.example/d/ABC"),
            dossier: Dossier::before(agency, id, reference.clone(), at(when)),
            history: Vec::new(),
            procedure,
        };
        life.done(when, Action::Submit(Submission { source, filing, procedure: reference, code, enclosed }));
        life
    }

    /// Filed online on Tuesday 14 April 2020, accepted on the Wednesday, and its charge paid at once: version 3.
    fn accepted() -> Self {
        let mut life = Self::filed("2020-04-14 16:00", Filing::Online, Some(DECLARED));
        life.done("2020-04-15 08:00", Action::Accept { code: None });
        life.done("2020-04-15 08:30", paid(1, 1_500_000));
        life
    }

    fn done(&mut self, now: &str, action: Action) {
        let actor = Actor::Staff("can-bo-17".into());
        let command = Command::now(at(now), actor, action);
        let terms = Terms {
            procedure: Some(&self.procedure),
            office: &self.office,
            channel: Some("vnpay-khvp"),
            notices: Standing::none(),
        };
        let before = (!self.history.is_empty()).then_some(&self.dossier);
        let events = decide(before, &command, terms).unwrap_or_else(|refused| panic!("{refused}"));
        let mut after = events.iter().fold(self.dossier.clone(), evolve);
        after.version += 1;
        self.history.push(Recorded::new(&command, &after, events));
        self.dossier = after;
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            dossier: &self.dossier,
            history: &self.history,
            declared: &self.declared,
            person: self.person.as_ref(),
            procedure: Some(&self.procedure),
            office: &self.office,
            agency_name: "Ban Quản lý Khu kinh tế Vân Phong",
            emblem: None,
            contact: None,
            tracking: self.tracking,
            six: self.tracking.map(|_| "123456"),
            people: &NOBODY,
            config: &CONFIG,
            notices: Standing::none(),
            clerk: "can-bo-17",
            now: self.history.last().unwrap().recorded_at,
        }
    }

    fn printable(&self) -> Vec<String> {
        Form::printable(&self.dossier, &self.history).into_iter().map(Form::name).collect()
    }

    /// The page of that form.
    fn page(&self, name: &str) -> String {
        let form = Form::named(name).unwrap_or_else(|| panic!("{name} is no form"));
        sheet(form, &self.sheet()).unwrap_or_else(|| panic!("no cause for {name}")).into_string()
    }

    /// Text of that form.
    fn says(&self, name: &str) -> String {
        text(&self.page(name))
    }
}

fn supplement(papers: &[&str], reason: &str) -> Action {
    Action::RequestSupplement { papers: names(papers), reason: reason.into() }
}

fn receipt(papers: &[&str]) -> Action {
    Action::RecordReceipt { papers: names(papers), minutes_no: "12/BBGN".into(), by_post: true }
}

fn names(papers: &[&str]) -> Vec<String> {
    papers.iter().map(|paper| (*paper).to_owned()).collect()
}

fn negative() -> Action {
    Action::RecordResult { kind: ResultKind::Negative, reason: Some("không phù hợp quy hoạch".into()) }
}

fn paid(attempt: u8, dong: u64) -> Action {
    Action::RecordPayment(Payment {
        channel: "vnpay-khvp".into(),
        identity: "14012345".into(),
        attempt,
        amount_vnd: Some(Vnd::new(dong).unwrap()),
        outcome: PaymentOutcome::Paid,
        in_parts: false,
        conflict: false,
        after_reversal: false,
    })
}

/// The words of a page, a line for each paragraph, fact and row; pictures left out.
fn text(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1;
    let (mut text, mut rest, mut in_picture) = (String::new(), body, false);
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        text.push_str(if in_picture { "" } else { before });
        let name = tag.split_whitespace().next().unwrap();
        in_picture = (in_picture || name == "svg") && name != "/svg";
        text.push_str(match name {
            "/p" | "/h1" | "/h2" | "/tr" | "/dd" | "/nav" | "/figcaption" => "\n",
            "/td" | "/th" => " | ",
            "/dt" | "/span" => " ",
            _ => "",
        });
        rest = after;
    }
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = text.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    lines.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
