//! A second dossier, whose applicant stays at home: paid, and its result packed, handed over and delivered.

use motcua::post::{close, open, put};
use rules::config::Post;
use rules::id::{AgencyCode, DossierId};
use rules::vietnam;
use serde_json::{Value, json};

use super::teller::Teller;
use super::{DemoError, citizen, expect, text};
use crate::office::Office;

const CODE: &str = "G22.99-200507-0002";
/// The account of the clerk.
const CLERK: &str = "clerk";

/// Tells it from the filing to the delivery.
pub(super) async fn tell(teller: &mut Teller<'_>, office: &Office, agency: &AgencyCode) -> Result<(), DemoError> {
    let site = office.site();
    let post = site.config.posts().find(|post| post.agency == *agency).cloned();
    let post = post.ok_or(DemoError::Nobody("postal operator"))?;
    let now = teller.until("2020-05-07T09:00:00+07:00").await?;
    teller.say("\nAn applicant who stays at home.")?;
    teller.step("A second dossier is filed, and accepted").await?;
    let form = json!({
        "MaHoSo": CODE, "MaTTHC": "1.005129", "KenhThucHien": "2", "LoaiDoiTuong": "2",
        "ChuHoSo": "Công ty TNHH Thử Nghiệm", "SoDienThoai": citizen::PHONE,
        "DiaChi": "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh",
        "NgayNopHoSo": vietnam::portal_instant(now),
    });
    let answer = teller.portal("dossier.submitted", form, now).await?;
    let id = text(&answer, "/dossier").to_owned();
    teller.until("2020-05-07T09:01:00+07:00").await?;
    teller.clerk(&id, "accept", json!({})).await?;
    teller.until("2020-05-07T09:10:00+07:00").await?;
    teller.message("Da tiep nhan ho so").await?;
    citizen::pays(teller, &id).await?;
    citizen::confirms(teller, &id).await?;
    ready(teller, &id).await?;
    let parcel = handed_over(teller, office, (agency, &post), &id).await?;
    delivered(teller, &post, (&parcel, &id)).await?;
    citizen::rates(teller).await
}

async fn ready(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.until("2020-05-08T10:00:00+07:00").await?;
    teller.step("The result is ready: no message, since the posting will be told").await?;
    teller.clerk(id, "record-result", json!({ "kind": "positive" })).await?;
    teller.no_more_messages().await
}

/// A clerk puts it into a manifest and hands it over. Returns the number of the parcel.
async fn handed_over(
    teller: &mut Teller<'_>,
    office: &Office,
    (agency, post): (&AgencyCode, &Post),
    id: &str,
) -> Result<String, DemoError> {
    let now = teller.until("2020-05-08T10:30:00+07:00").await?;
    teller.step("It goes into a parcel of a manifest, which the post picks up").await?;
    let (site, dossier) = (office.site(), DossierId::parse(id).map_err(|_| DemoError::Nobody("dossier"))?);
    let manifest = Box::pin(open(&site, agency, &post.id, CLERK, now)).await?;
    let made = Box::pin(put(&site, agency, (manifest.no, &[dossier]), CLERK, now)).await?;
    let no = made.parcel.no.to_string();
    teller.say(&format!("   clerk    : manifest {}, parcel {no}", manifest.no))?;
    Box::pin(close(&site, agency, manifest.no, CLERK, now)).await?;
    teller.message("gui buu dien 08/05/2020").await?;
    Ok(no)
}

async fn delivered(teller: &mut Teller<'_>, post: &Post, (parcel, id): (&str, &str)) -> Result<(), DemoError> {
    let now = teller.until("2020-05-11T15:00:00+07:00").await?;
    teller.step("The post says that it delivered it").await?;
    let data = json!({ "order": parcel, "code": "4", "at": vietnam::portal_instant(now), "to": "receiver" });
    teller.operator(post.keys.current(), "post.delivered", data, now).await?;
    teller.until("2020-05-11T15:05:00+07:00").await?;
    teller.message("da phat 11/05/2020").await?;
    let dossier: Value = teller.dossier(id).await?;
    expect("phase", &"returned", &text(&dossier, "/phase"))?;
    teller.no_more_messages().await
}
