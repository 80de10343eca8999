//! The record `HoSo`.

use serde_json::{Map, Value};

use super::progress::of_actor;
use super::standing::Standing;
use super::subject::Subject;
use super::supplements::Supplement;
use super::text::{Fields, Lengths, cut, flag};
use crate::catalogue::{FeeDue, FeeKind};
use crate::dossier::{CASH, Debt, Dossier, FeeState, Filing, Source, Stage, spoken};
use crate::language::Language;
use crate::vietnam::portal_instant;

/// A request that is still open, and one that was answered.
const AWAITED: &str = "0";
const ANSWERED: &str = "1";

pub(super) fn dossier(subject: &Subject<'_>, standing: &Standing, code: &str) -> Map<String, Value> {
    let mut fields = Fields::default();
    fields.set("MaHoSo", code);
    fields.set("MaTTHC", standing.dossier.procedure.code.as_str());
    let name = subject.procedure.map_or("", |procedure| procedure.name_vi.as_str());
    fields.set("TenTTHC", cut(name, Lengths::OTHER));
    fields.set("TrichYeuHoSo", cut(name, Lengths::SUMMARY));
    filed(&mut fields, subject, &standing.dossier);
    owner(&mut fields, subject);
    instants(&mut fields, standing);
    fields.set("DonViXuLy", cut(subject.agency_name, Lengths::OTHER));
    fields.list("TaiLieuNop", files(subject));
    fields.list("DanhSachLePhi", standing.dossier.debts().map(|debt| fee(subject, &standing.dossier, &debt)).collect());
    let supplements = standing.supplements.iter().map(|request| supplement(subject, request));
    fields.list("DanhSachHoSoBoSung", supplements.collect());
    fields.list("DanhSachGiayToKetQua", result(name, &standing.dossier));
    fields.done()
}

fn filed(fields: &mut Fields, subject: &Subject<'_>, dossier: &Dossier) {
    fields.set(
        "KenhThucHien",
        match dossier.filing {
            Filing::Desk => "1",
            Filing::Online => "2",
            Filing::Post => "3",
        },
    );
    let from_there = matches!(&dossier.source, Source::Portal(id) if id == subject.portal);
    fields.set("NoiNopHoSo", if from_there { "1" } else { "2" });
    fields.maybe("HinhThuc", dossier.returns_by_post.map(|by_post| if by_post { "1" } else { "0" }));
    let through_gateway = |debt: &Debt| {
        let attempts = dossier.fees.iter().filter(|it| it.fee() == debt.fee && it.state == FeeState::Paid);
        attempts.filter_map(|it| it.channel.as_deref()).any(|channel| channel != CASH)
    };
    fields.maybe("DuocThanhToanTrucTuyen", dossier.debts().any(|debt| through_gateway(&debt)).then_some("2"));
}

fn owner(fields: &mut Fields, subject: &Subject<'_>) {
    let owner = &subject.person.applicant;
    fields.set("ChuHoSo", cut(&owner.name, Lengths::OTHER));
    let number = owner.identity_no.as_deref().map(str::trim).filter(|number| !number.is_empty());
    let digits = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())).map(str::len);
    // A citizen's number has nine or twelve digits, an enterprise's ten, of a branch thirteen.
    let (owner_is, paper) = match digits {
        Some(12) => ("1", Some("1")),
        Some(9) => ("1", Some("2")),
        Some(10 | 13) => ("2", None),
        Some(_) | None => ("4", None),
    };
    fields.set("LoaiDoiTuong", owner_is);
    fields.maybe("SoGiayToChuHoSo", number.map(|number| cut(number, Lengths::OTHER)));
    if let (Some(kind), Some(number)) = (paper, number) {
        let mut identity = Fields::default();
        identity.set("LoaiDinhDanh", kind);
        identity.set("SoDinhDanh", number);
        fields.list("DinhDanhCHS", vec![identity]);
    }
    fields.maybe("Email", owner.email.as_deref().map(|email| cut(email, Lengths::OTHER)));
    fields.maybe("SoDienThoai", owner.phone.as_deref().map(|phone| cut(phone, Lengths::OTHER)));
}

fn instants(fields: &mut Fields, standing: &Standing) {
    let dossier = &standing.dossier;
    let clock = dossier.clock.as_ref();
    fields.set("TrangThaiHoSo", dossier.stage.portal_status().to_string());
    fields.set("NgayNopHoSo", portal_instant(dossier.submitted_at));
    fields.maybe("NgayTiepNhan", clock.map(|clock| portal_instant(clock.accepted_at)));
    fields.maybe("NgayHenTra", dossier.due().map(|due| portal_instant(due.at)));
    fields.maybe("NgayKetThucXuLy", clock.and_then(|clock| clock.ended_at).map(portal_instant));
    fields.maybe("NgayTra", standing.returned_at.map(portal_instant));
    fields.maybe("NgayTuChoi", standing.refused.as_ref().map(|(at, _)| portal_instant(*at)));
    let why = standing.refused.as_ref().map(|(_, why)| why).or(standing.reason.as_ref());
    fields.maybe("GhiChu", why.map(|why| cut(why, Lengths::OTHER)));
}

fn files(subject: &Subject<'_>) -> Vec<Fields> {
    let file = |(place, file): (usize, &crate::attachment::Attachment)| {
        let mut fields = Fields::default();
        fields.set("TepDinhKemId", (place + 1).to_string());
        let name = match (file.name.trim(), &file.paper) {
            ("", Some(paper)) => paper,
            (name, _) => name,
        };
        fields.set("TenTepDinhKem", cut(name, Lengths::FILE_NAME));
        fields.set("IsDeleted", flag(false));
        fields.maybe("MaThanhPhanHoSo", file.paper.as_deref());
        fields
    };
    subject.files.iter().enumerate().map(file).collect()
}

fn fee(subject: &Subject<'_>, dossier: &Dossier, debt: &Debt) -> Fields {
    let own = dossier.attempt(debt.fee).and_then(|fee| fee.code.as_deref());
    let terms = own.and_then(|code| subject.procedure?.fees.iter().find(|fee| fee.code == code));
    let mut fields = Fields::default();
    fields.set("TenPhiLePhi", cut(terms.map_or("Phí, lệ phí", |terms| &terms.name_vi), Lengths::OTHER));
    fields.maybe("MaPhiLePhi", own);
    // Collected on receipt, with a supplement, or with the result.
    fields.set(
        "HinhThucThu",
        match terms.map(|terms| terms.due) {
            Some(FeeDue::OnAcceptance) => "1",
            Some(FeeDue::OnReturn) => "4",
            None => "2",
        },
    );
    fields.set("Gia", debt.amount_vnd.dong().to_string());
    fields.set("LoaiPhiLePhi", if terms.is_some_and(|terms| terms.kind == FeeKind::Charge) { "2" } else { "1" });
    fields
}

fn supplement(subject: &Subject<'_>, request: &Supplement) -> Fields {
    let mut fields = Fields::default();
    // The same for ever, so that a portal finds its row again.
    fields.set("HoSoBoSungId", format!("{}-{}", subject.id, request.version));
    let asked_by = of_actor(subject, &request.asked_by);
    fields.set("NguoiYeuCauBoSung", cut(&asked_by.name, Lengths::HANDLER));
    let reasons: Vec<_> = request.reasons.iter().map(|reason| spoken::reason(reason, Language::Vi)).collect();
    fields.set("NoiDungBoSung", cut(&format!("Chờ {}", reasons.join(", ")), Lengths::OTHER));
    fields.set("NgayBoSung", portal_instant(request.asked_at));
    fields.maybe("NgayHenTraTruoc", request.due_before.map(|due| portal_instant(due.at)));
    let papers = request.papers.iter().map(|paper| {
        let listed = subject.procedure.and_then(|procedure| procedure.paper(paper));
        let mut fields = Fields::default();
        fields.set("TenGiayTo", cut(listed.map_or(paper, |listed| &listed.name_vi), Lengths::PAPER_NAME));
        fields.set("MaThanhPhanHoSo", paper.as_str());
        fields
    });
    fields.list("DanhSachGiayToBoSung", papers.collect());
    let Some(answer) = &request.answer else {
        fields.set("TrangThaiBoSung", AWAITED);
        return fields;
    };
    fields.set("TrangThaiBoSung", ANSWERED);
    fields.set("NgayTiepNhanBoSung", portal_instant(answer.at));
    fields.set("NguoiTiepNhanBoSung", cut(&of_actor(subject, &answer.by).name, Lengths::HANDLER));
    let told = answer.void.as_deref().unwrap_or("Đã nhận đủ");
    fields.set("ThongTinTiepNhan", cut(told, Lengths::OTHER));
    // While the clock stands for a fee, nobody knows the next date.
    fields.maybe("NgayHenTraMoi", answer.due_after.map(|due| portal_instant(due.at)));
    fields
}

fn result(name: &str, dossier: &Dossier) -> Vec<Fields> {
    if !matches!(dossier.stage, Stage::Done { .. } | Stage::InPost { .. } | Stage::Returned { .. }) {
        return Vec::new();
    }
    let mut paper = Fields::default();
    paper.set("TenGiayTo", cut(&format!("Kết quả giải quyết: {name}"), Lengths::PAPER_NAME));
    paper.set("GiayToId", format!("{}-1", dossier.id));
    vec![paper]
}
