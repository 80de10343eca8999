//! The directive of April 2020 that the sample office and the demo carry out: Công văn 2964/UBND-KSTT.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use motcua::store::{Error, Published, ReadBy, Store};
use rules::id::AgencyCode;
use rules::notice::{Effect, Mail, Measure, Notice, Told};

/// The first day.
pub(crate) const FROM: Date = date(2020, 4, 1);
/// The last day of the isolation, and with it of free postage.
const ISOLATED_UNTIL: Date = date(2020, 4, 15);

/// Returns the notice, as a manager writes it.
#[must_use]
pub fn directive(published_at: Timestamp, published_by: &str) -> Notice {
    let told = |title: &str, text: &str| Told { title: title.to_owned(), text: text.to_owned() };
    let effect = |measure, until| Effect { measure, from: FROM, until };
    Notice {
        number: 0,
        version: 1,
        issuer: "UBND tỉnh Khánh Hòa".to_owned(),
        legal_basis: "Công văn 2964/UBND-KSTT ngày 01/04/2020".to_owned(),
        vi: told(
            "Biện pháp cấp bách tại Bộ phận Một cửa",
            "Để hạn chế tiếp xúc, xin ông bà nộp hồ sơ trực tuyến qua Trung tâm Dịch vụ hành chính công trực tuyến tỉnh \
             hoặc Cổng Dịch vụ công Quốc gia, thanh toán trực tuyến và đăng ký nhận kết quả qua bưu chính công ích.\n\n\
             Khi hồ sơ cần bản chính, xin gửi qua bưu điện. Nếu phải đến, xin thực hiện các khuyến cáo phòng dịch.",
        ),
        en: Some(told(
            "Urgent measures at the one-stop desk",
            "To keep people apart, please file online through the provincial centre or the National Public Service \
             Portal, pay online, and have the result sent by public post.\n\n\
             If originals are needed, please send them by post. If you have to come, please follow the advice.",
        )),
        further: Vec::new(),
        procedures: Vec::new(),
        effects: vec![
            effect(Measure::FreePostage { of: Mail::Results }, Some(ISOLATED_UNTIL)),
            effect(Measure::OriginalsByPost, Some(ISOLATED_UNTIL)),
            effect(Measure::Guidance, None),
            effect(
                Measure::Advice {
                    vi: "Đeo khẩu trang, rửa tay".to_owned(), en: "Wear a mask, wash hands".to_owned()
                },
                None,
            ),
        ],
        enclosures: Vec::new(),
        first_published_at: published_at,
        published_at,
        published_by: published_by.to_owned(),
        withdrawn: false,
    }
}

/// Publishes it, and has these accounts confirm that they read it.
///
/// # Errors
/// [`Error`].
pub async fn publish(
    store: &Store,
    agency: &AgencyCode,
    (by, now): (&str, Timestamp),
    readers: impl IntoIterator<Item = &str>,
) -> Result<(), Error> {
    let stood = store.standing_notices(agency).await?;
    let notice = directive(now, by);
    if let Published::Now(number) = store.publish(agency, notice, &stood, "directive").await? {
        for account in readers {
            let read_by = ReadBy { account: account.to_owned(), version: 1, at: now };
            store.confirm_notice(agency, number, &read_by).await?;
        }
    }
    Ok(())
}
