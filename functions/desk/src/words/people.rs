//! Papers and documents over the counter, corrections, and the return of a result, one sentence for each event.

use rules::dossier::{Consent, Event, Identity, Recipient, Whose};
use rules::notice::Granted;
use rules::vietnam;

use super::names::Names;
use super::{Both, reason};

#[expect(clippy::wildcard_enum_match_arm, reason = "the other events are told by the caller, which lists all of them")]
pub(super) fn narrated(event: &Event, names: Names<'_>) -> String {
    let say = |vi: String, en: String| names.both(vi, en);
    let of = |both: Both| names.lang.pick(both);
    match event {
        Event::PapersReceived { papers, copies, minutes_no, by_post, .. } => {
            let by = of(if *by_post { ["qua bưu điện", "by post"] } else { ["trực tiếp", "by hand"] });
            let mut kinds = Vec::new();
            if !papers.is_empty() {
                let papers = names.papers(papers);
                kinds.push(if copies.is_empty() {
                    papers
                } else {
                    say(format!("bản chính {papers}"), papers.clone())
                });
            }
            if !copies.is_empty() {
                let copies = names.papers(copies);
                kinds.push(say(format!("bản sao {copies}"), format!("copies of {copies}")));
            }
            let what = kinds.join("; ");
            say(
                format!("Nhận {by}, biên bản {minutes_no}: {what}"),
                format!("Received {by}, minutes {minutes_no}: {what}"),
            )
        }
        Event::SupplementReceived { papers, .. } => {
            let papers = names.papers(papers);
            say(format!("Bổ sung qua cổng dịch vụ công {papers}"), format!("Supplemented through the portal {papers}"))
        }
        Event::OriginalsAnnounced { papers, by_post: None } => {
            let papers = names.papers(papers);
            say(format!("Cổng báo đã nộp bản chính: {papers}"), format!("The portal announced originals: {papers}"))
        }
        Event::OriginalsAnnounced { papers, by_post: Some(by_post) } => {
            let papers = names.papers(papers);
            let [vi, en] =
                if *by_post { ["gửi qua bưu điện", "by post"] } else { ["đem đến quầy", "at the desk"] };
            say(
                format!("Người nộp báo sẽ {vi}: {papers}"),
                format!("The applicant says that papers come {en}: {papers}"),
            )
        }
        Event::FilesAnnounced { files } => {
            say(format!("Cổng báo còn giữ {files} tệp"), format!("The portal keeps {files} files"))
        }
        Event::FilingChanged { files } => say(
            format!("Người nộp sửa nội dung trên cổng, kèm {files} tệp"),
            format!("The filer changed the form at the portal, with {files} files"),
        ),
        Event::ReceiptCorrected { papers, because, .. } => {
            let papers = names.papers(papers);
            say(
                format!("Sửa ghi nhận, chưa nhận {papers}: {because}"),
                format!("Corrected, not received: {papers}: {because}"),
            )
        }
        Event::DocumentReceived { reason: name, document_no, issued_on, .. } => {
            let (what, on) = (reason(name, names.lang), vietnam::written(*issued_on));
            say(
                format!("Nhận {what}: văn bản số {document_no} ngày {on}"),
                format!("Received {what}: document {document_no} of {on}"),
            )
        }
        Event::ContactCorrected { whose, address, phone, consent: how, because } => {
            let what = of(match (address, phone) {
                (true, true) => ["địa chỉ, số điện thoại", "address and phone number"],
                (_, true) => ["số điện thoại", "phone number"],
                (_, _) => ["địa chỉ", "address"],
            });
            let whose = of(match whose {
                Whose::Applicant => ["chủ hồ sơ", "the applicant"],
                Whose::Filer => ["người nộp", "the filer"],
            });
            let how = of(consent(*how));
            say(
                format!("Sửa {what} của {whose} (đồng ý {how}): {because}"),
                format!("Corrected the {what} of {whose} (agreed {how}): {because}"),
            )
        }
        Event::AddressAsked { .. } => say(
            "Hỏi cách nhận kết quả và địa chỉ".to_owned(),
            "Asked how the result comes back, and to which address".to_owned(),
        ),
        Event::AddressConfirmed { differs, consent: how } => {
            let how = how.map(|how| of(consent(how)));
            let how = how.map(|how| say(format!(" (đồng ý {how})"), format!(" (agreed {how})"))).unwrap_or_default();
            let other = if *differs { of([", khác địa chỉ đã khai", ", another than declared"]) } else { "" };
            say(
                format!("Xác nhận địa chỉ nhận kết quả{other}{how}"),
                format!("Confirmed the address for the result{other}{how}"),
            )
        }
        Event::ReturnChosen { by_post, consent: how, free } => {
            let way = of(if *by_post { ["qua bưu điện", "by post"] } else { ["tại quầy", "at the desk"] });
            let how = how.map(|how| of(consent(how)));
            let how = how.map(|how| say(format!(" (đồng ý {how})"), format!(" (agreed {how})"))).unwrap_or_default();
            let [vi, en] = postage(*free);
            say(format!("Đăng ký nhận kết quả {way}{how}{vi}"), format!("The result comes back {way}{how}{en}"))
        }
        Event::PartHandedOut { to, shown, .. } => {
            let whom = whom(*to, *shown, names);
            say(format!("Trả một phần kết quả{whom}"), format!("Part of the result was handed out{whom}"))
        }
        Event::HandedOut { to, shown, .. } => {
            let whom = whom(*to, *shown, names);
            say(format!("Đã trả kết quả{whom}"), format!("The result was handed out{whom}"))
        }
        _ => String::new(),
    }
}

/// The notice that makes postage free, as a sentence goes on.
pub(super) fn postage(free: Option<Granted>) -> [String; 2] {
    let said = |free: Granted| {
        let Granted { notice, .. } = free;
        [format!(", miễn cước theo thông báo {notice}"), format!(", postage free by notice {notice}")]
    };
    free.map(said).unwrap_or_default()
}

/// The recipient and the paper they showed; empty for a hand-out that was recorded before this was asked.
fn whom(to: Option<Recipient>, shown: Option<Identity>, names: Names<'_>) -> String {
    let Some((to, shown)) = to.zip(shown) else { return String::new() };
    let to = names.lang.pick(recipient(to));
    let shown = names.lang.pick(identity(shown));
    names.both(format!(" cho {to} (xuất trình {shown})"), format!(" to {to} (showed {shown})"))
}

fn consent(how: Consent) -> Both {
    match how {
        Consent::Phone => ["qua điện thoại", "on the phone"],
        Consent::Desk => ["tại quầy", "at the desk"],
        Consent::Writing => ["bằng văn bản", "in writing"],
    }
}

fn recipient(to: Recipient) -> Both {
    match to {
        Recipient::Applicant => ["chủ hồ sơ", "the applicant"],
        Recipient::Filer => ["người nộp", "the filer"],
        Recipient::Proxy => ["người được ủy quyền", "a proxy"],
    }
}

fn identity(shown: Identity) -> Both {
    match shown {
        Identity::CitizenCard => ["căn cước", "a citizen card"],
        Identity::IdentityCard => ["chứng minh nhân dân", "an identity card"],
        Identity::Passport => ["hộ chiếu", "a passport"],
        Identity::Electronic => ["định danh điện tử", "an electronic identity"],
        Identity::Other => ["giấy tờ khác", "another paper"],
    }
}
