//! Results by public post: parcels and manifests, what operators say, orders, and what people then have to do.

mod parcels;
mod said;
mod spoken;
mod story;
mod told;

use jiff::Timestamp;
use motcua::post::{About, Put};
use rules::dossier::Phase;
use rules::http::Reply;
use rules::id::DossierId;
use rules::post::{Manifest, Parcel, ParcelNo, Source, State, Tracked};
use serde_json::json;

use crate::town::{Town, form};

/// The operator of the demo configuration.
pub const OPERATOR: &str = "vnpost-demo";
/// The account of the clerk.
pub const CLERK: &str = "clerk";

/// Returns a dossier whose result is ready and is to come by post, to an address that was confirmed.
pub async fn ready(town: &Town, code: &str) -> DossierId {
    let id = unconfirmed(town, code, "0905000001").await;
    confirmed(town, id).await;
    id
}

/// Returns the same of an applicant with this telephone, whose address nobody has confirmed.
pub async fn unconfirmed(town: &Town, code: &str, telephone: &str) -> DossierId {
    let mut form = form(code);
    form["SoDienThoai"] = json!(telephone);
    form["DiaChi"] = json!("12 Trần Phú, phường Lộc Thọ, thành phố Nha Trang, tỉnh Khánh Hòa");
    let answer = town.portal("dossier.submitted", &format!("submit-{}", code.replace('.', "-")), form).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    let id = town.id_of(code);
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    id
}

/// Confirms the address of a dossier, in Phường Lộc Thọ of Nha Trang.
pub async fn confirmed(town: &Town, id: DossierId) {
    let address = json!({ "street": "12 Trần Phú", "commune": "22363@2025-06-30", "consent": "phone" });
    town.clerk(id, "confirm-address", address).await;
}

/// Opens a manifest.
pub async fn opened(town: &Town) -> Manifest {
    motcua::post::open(&town.office.site(), &town.agency(), OPERATOR, CLERK, town.clock.now()).await.unwrap()
}

/// Puts dossiers into a parcel of a manifest.
pub async fn put(town: &Town, manifest: &Manifest, ids: &[DossierId]) -> Put {
    let (site, agency) = (town.office.site(), town.agency());
    Box::pin(motcua::post::put(&site, &agency, (manifest.no, ids), CLERK, town.clock.now())).await.unwrap()
}

/// Returns a parcel that the operator has, with its dossier.
pub async fn posted(town: &Town, code: &str) -> (DossierId, ParcelNo) {
    let id = ready(town, code).await;
    let manifest = opened(town).await;
    let no = put(town, &manifest, &[id]).await.parcel.no;
    let (site, agency) = (town.office.site(), town.agency());
    Box::pin(motcua::post::close(&site, &agency, manifest.no, CLERK, town.clock.now())).await.unwrap();
    (id, no)
}

/// Returns a parcel as stored.
pub async fn parcel(town: &Town, no: ParcelNo) -> Parcel {
    town.office.site().recorder.store().parcel(&town.agency(), no).await.unwrap().unwrap()
}

/// Returns an event of now.
pub fn event(state: State, at: Timestamp) -> Tracked {
    Tracked {
        code: state.name().into(),
        state: Some(state),
        at,
        heard_at: at,
        place: None,
        attempt: None,
        why: None,
        to: None,
        source: Source::Signed,
    }
}

/// Records an event about a parcel, and tells its dossiers.
pub async fn hear(town: &Town, no: ParcelNo, event: &Tracked) {
    let (site, now) = (town.office.site(), town.clock.now());
    let post = site.config.post(OPERATOR).unwrap();
    let about = About { order: Some(no.to_string()), waybill: None };
    Box::pin(motcua::post::tracked(&site, post, &about, event, now)).await.unwrap();
    Box::pin(motcua::post::apply(&site, &town.agency(), no, now)).await.unwrap();
}

/// Records an event about a parcel, and does no more.
pub async fn hear_only(town: &Town, no: ParcelNo, event: &Tracked) {
    let (site, now) = (town.office.site(), town.clock.now());
    let post = site.config.post(OPERATOR).unwrap();
    let about = About { order: Some(no.to_string()), waybill: None };
    Box::pin(motcua::post::tracked(&site, post, &about, event, now)).await.unwrap();
}

/// Returns the phase of a dossier.
pub async fn phase(town: &Town, id: DossierId) -> Phase {
    town.dossier(id).await.unwrap().phase()
}
