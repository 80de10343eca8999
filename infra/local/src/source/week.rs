//! The days of the play, in the order of the source's sentences.

use jiff::civil::{Date, date};
use motcua::post::{close, open, put};
use motcua::store::{Guided, How, Total};
use rules::calls;
use rules::id::DossierId;
use rules::phone::Phone;
use rules::statistics::Flow;
use serde_json::json;

use super::played::{Filed, Played};
use crate::demo::browser::{link, lives};
use crate::demo::{DemoError, expect};
use crate::directive;

/// Filed before the directive; answers by the link, and has moved.
const MOVED: Filed = Filed { code: "G22.99-200325-0001", phone: "0905000011", portal: 0, by_post: false };
/// Filed before the directive; does not answer, and is called.
const SILENT: Filed = Filed { code: "G22.99-200325-0002", phone: "0905000012", portal: 0, by_post: false };
/// Told on the phone to file online, and wants the result by post.
const GUIDED: Filed = Filed { code: "G22.99-200402-0003", phone: "0905000013", portal: 0, by_post: true };
/// Files online, with the originals late.
const LATE: Filed = Filed { code: "G22.99-200402-0004", phone: "0905000014", portal: 0, by_post: false };
/// Files at the provincial centre, and pays at the desk.
const PROVINCIAL: Filed = Filed { code: "G22.99-200402-0005", phone: "0905000015", portal: 1, by_post: false };

/// The account of the clerk.
const CLERK: &str = "clerk";
/// The period of the report.
const PERIOD: [Date; 2] = [date(2020, 4, 1), date(2020, 4, 15)];
/// The way of the notice's pages.
const NOTICE: &str = "/notices/1";

/// The dossiers, by their ids.
struct Ids {
    moved: String,
    silent: String,
    guided: String,
    late: String,
    provincial: String,
}

/// Plays the days.
pub(super) async fn play(it: &mut Played<'_>) -> Result<(), DemoError> {
    let moved = it.files(MOVED).await?;
    let silent = it.files(SILENT).await?;
    for id in [&moved, &silent] {
        it.clerk(id, "accept", json!({})).await?;
    }
    Box::pin(directed(it)).await?;
    Box::pin(guided(it)).await?;
    let [guided, late, provincial] = Box::pin(filed(it)).await?;
    let ids = Ids { moved, silent, guided, late, provincial };
    Box::pin(asked(it, &ids)).await?;
    Box::pin(stopped(it, &ids)).await?;
    Box::pin(home(it, &ids)).await?;
    Box::pin(reported(it)).await?;
    Box::pin(after(it, &ids)).await
}

async fn directed(it: &mut Played<'_>) -> Result<(), DemoError> {
    let now = it.on("01 08:00").await?;
    let site = it.office.site();
    directive::publish(site.recorder.store(), it.agency, ("manager", now), [CLERK]).await?;
    // What a process read of the notices stands for a minute.
    it.later(2).await?;
    it.sentence(
        1,
        "On 1 April 2020 the province orders urgent measures at every one-stop desk; staff are held to them.",
    )?;
    it.page(NOTICE, "2964/UBND-KSTT").await?;
    let read = site.recorder.store().readers_of_notice(it.agency, 1).await?.len();
    it.shows("figure", &format!("members of staff who confirmed that they read it: {read}"))?;
    it.sentence(2, "The measures are made public: at the office, on the website and by every fitting means.")?;
    it.page("/notices", "Biện pháp cấp bách").await?;
    for copy in ["/notices/1/poster", "/notices.atom", "/notices/1.txt", "/notices/1/script"] {
        it.page(copy, "Biện pháp").await?;
    }
    it.sentence(3, "Visitors wear a mask and wash their hands.")?;
    it.page(NOTICE, "Đeo khẩu trang, rửa tay").await.map(drop)
}

async fn guided(it: &mut Played<'_>) -> Result<(), DemoError> {
    it.sentence(4, "Staff guide people to file online, at the provincial centre or the national portal.")?;
    let site = it.office.site();
    let key = project::search_key(&site.config);
    for (place, (how, phone)) in
        [(How::Desk, "0905000021"), (How::Phone, GUIDED.phone), (How::Phone, "0905000022")].into_iter().enumerate()
    {
        let at = it.later(10).await?;
        let phone = Phone::parse(phone).map_err(|_| DemoError::Nobody("telephone"))?;
        let who = Some(calls::guided(&key, it.agency, &phone));
        let guided = Guided { procedure: None, how, by: CLERK.to_owned(), at, who };
        site.recorder.store().note_guided(it.agency, &format!("source-{place}"), &guided).await?;
    }
    it.page(NOTICE, "Cổng Dịch vụ công Quốc gia").await?;
    it.page("/procedures", "/procedures/1.005129").await?;
    it.page("/procedures/1.005129", "Nộp hồ sơ ở đâu").await.map(drop)
}

async fn filed(it: &mut Played<'_>) -> Result<[String; 3], DemoError> {
    it.on("02 08:30").await?;
    let mut ids = Vec::new();
    for filed in [GUIDED, LATE, PROVINCIAL] {
        let id = it.files(filed).await?;
        it.later(3).await?;
        it.clerk(&id, "accept", json!({})).await?;
        ids.push(id);
    }
    it.page(&format!("/d/{}", ids[0]), GUIDED.code).await?;
    let site = it.office.site();
    let told = site.recorder.store().guided(it.agency, PERIOD[0], PERIOD[1]).await?;
    let shown =
        format!("told at the desk {}, on the phone {}, of them filed online {}", told.desk, told.phone, told.filed);
    it.shows("figure", &shown)?;
    expect("guided", &(1, 2, 1), &(told.desk, told.phone, told.filed))?;
    it.sentence(5, "Fees and charges are paid online.")?;
    for id in &ids[..2] {
        it.pays_online(id).await?;
    }
    it.sms(GUIDED.phone, "Da thu 125.000d").await?;
    paid_at_the_desk(it, &ids[2]).await?;
    it.sentence(6, "The result is registered to come home by the public post, with the filing or later.")?;
    it.shows("filing", &format!("{} names the post as the way of its result", GUIDED.code))?;
    let [guided, late, provincial] = ids.try_into().map_err(|_| DemoError::Nobody("dossier"))?;
    Ok([guided, late, provincial])
}

async fn paid_at_the_desk(it: &mut Played<'_>, id: &str) -> Result<(), DemoError> {
    let channel = it.teller.channel.id.clone();
    it.clerk(id, "ask-fee", json!({ "channel": channel, "amount_vnd": 125_000 })).await?;
    it.counts(Flow::Paused).await?;
    it.later(20).await?;
    let cash = json!({ "attempt": 1, "amount_vnd": 125_000, "receipt_no": "0001234" });
    it.clerk(id, "record-cash-payment", cash).await?;
    it.counts(Flow::PaidInCash).await?;
    it.counts(Flow::Resumed).await
}

async fn asked(it: &mut Played<'_>, ids: &Ids) -> Result<(), DemoError> {
    it.sentence(
        7,
        "Who filed without it is contacted, the right address established and the service registered for them.",
    )?;
    it.on("02 14:00").await?;
    for id in [&ids.moved, &ids.silent, &ids.guided] {
        it.clerk(id, "ask-address", json!({})).await?;
        it.counts(Flow::PostAsked).await?;
    }
    it.later(10).await?;
    let way = link(&it.sms(MOVED.phone, "/t/").await?);
    it.page(&way, "qua bưu điện").await?;
    it.teller.answers((&way, &ids.moved), &[("by", "post")]).await?;
    it.counts(Flow::PostByLink).await?;
    it.sentence(8, "An address that is not the declared one is checked and corrected; both are kept.")?;
    it.teller.answers((&way, &ids.moved), &lives("14 Pasteur")).await?;
    it.counts(Flow::AddressCorrected).await?;
    it.page(&way, "14 Pasteur").await?;
    let other = link(&it.teller.sent_to(GUIDED.phone, "/t/").await?);
    it.teller.answers((&other, &ids.guided), &lives("12 Lê Lợi")).await?;
    it.on("06 09:00").await?;
    it.settled().await?;
    let calls = it.teller.calls().await?;
    let call = calls.iter().find(|call| call.to_string().contains(&ids.silent)).cloned();
    let call = call.ok_or(DemoError::Nobody("call to whom the message brought no answer from"))?;
    it.shows("call", "two days without an answer: on the phone list with the reason post")?;
    let reached = json!({ "outcome": "reached", "agreed": ["wants-post"], "consent": true });
    it.teller.called(&call, reached).await?;
    it.clerk(&ids.silent, "choose-return", json!({ "by": "post", "consent": "phone" })).await?;
    it.counts(Flow::PostByStaff).await?;
    let address = json!({ "street": "12 Lê Lợi", "commune": "26740@2025-06-30", "consent": "phone" });
    it.clerk(&ids.silent, "confirm-address", address).await?;
    it.sentence(9, "The post is free of charge while people are asked to stay at home, and they are told so.")?;
    it.page(&way, "iễn cước").await.map(drop)
}

async fn stopped(it: &mut Played<'_>, ids: &Ids) -> Result<(), DemoError> {
    it.sentence(10, "An online dossier reaches a step that needs its originals: \"Dừng tính bổ sung hồ sơ\", and goes on at once with them.")?;
    it.on("07 08:30").await?;
    it.clerk(&ids.late, "enter-step", json!({ "step": "verification" })).await?;
    it.on("09 17:10").await?;
    it.counts(Flow::Paused).await?;
    it.sms(LATE.phone, "cho 2 ban chinh").await?;
    it.page(&format!("/d/{}", ids.late), "bản chính").await.map(drop)
}

async fn home(it: &mut Played<'_>, ids: &Ids) -> Result<(), DemoError> {
    it.sentence(11, "The order and the result are handed over to the post.")?;
    it.on("10 09:00").await?;
    let mut parcels = Vec::new();
    let (site, now) = (it.office.site(), it.now().await?);
    let manifest = Box::pin(open(&site, it.agency, &it.post.id, CLERK, now)).await?;
    for id in [&ids.moved, &ids.silent, &ids.guided] {
        it.clerk(id, "record-result", json!({ "kind": "positive" })).await?;
        let id = DossierId::parse(id).map_err(|_| DemoError::Nobody("dossier"))?;
        let made = Box::pin(put(&site, it.agency, (manifest.no, &[id]), CLERK, it.now().await?)).await?;
        parcels.push(made.parcel.no.to_string());
    }
    Box::pin(close(&site, it.agency, manifest.no, CLERK, it.now().await?)).await?;
    for _ in &parcels {
        it.counts(Flow::Posted).await?;
        it.counts(Flow::PostedFree).await?;
    }
    it.later(10).await?;
    it.sms(MOVED.phone, "gui buu dien 10/04/2020").await?;
    it.on("11 10:00").await?;
    says(it, &parcels[0], "post.delivered").await?;
    says(it, &parcels[1], "post.attempt_failed").await?;
    it.later(10).await?;
    let way = link(&it.sms(SILENT.phone, "chua phat duoc").await?);
    it.page(&way, "ịa chỉ").await?;
    it.teller.answers((&way, &ids.silent), &lives("99 Pasteur")).await?;
    it.counts(Flow::AddressCorrected).await?;
    it.on("13 10:00").await?;
    let papers = json!({ "papers": ["GPXD-DON", "GPXD-BV"], "minutes_no": "BB-13/04", "by": "post" });
    it.clerk(&ids.late, "record-receipt", papers).await?;
    it.counts(Flow::Resumed).await?;
    says(it, &parcels[1], "post.delivered").await?;
    says(it, &parcels[2], "post.delivered").await?;
    it.later(10).await?;
    it.sms(LATE.phone, "tinh tiep tu 13/04/2020").await?;
    it.sms(SILENT.phone, "da phat 13/04/2020").await.map(drop)
}

/// Has the operator tell what became of a parcel.
async fn says(it: &mut Played<'_>, parcel: &str, kind: &str) -> Result<(), DemoError> {
    let now = it.now().await?;
    let data = json!({ "order": parcel, "at": now });
    it.teller.operator(it.post.keys.current(), kind, data, now).await?;
    it.counts(if kind == "post.delivered" { Flow::Delivered } else { Flow::DeliveryFailed }).await
}

async fn reported(it: &mut Played<'_>) -> Result<(), DemoError> {
    it.on("15 17:00").await?;
    it.sentence(12, "The results are reported as of 15 April 2020.")?;
    it.settled().await?;
    let (site, [from, to]) = (it.office.site(), PERIOD);
    let kept = site.recorder.store().totals(it.agency, from, to).await?;
    let report = Total::together(from, to, &kept).sum(|_| true);
    for (name, number) in it.count.agrees(&report, from, to)? {
        it.shows("figure", &format!("{number:>3}  {name}"))?;
    }
    it.shows("", "Each figure of /desk/reports equals the player's own count.")
}

async fn after(it: &mut Played<'_>, ids: &Ids) -> Result<(), DemoError> {
    it.on("16 09:00").await?;
    it.sentence(
        13,
        "The office goes on guiding people until the epidemic is over; what ended with the isolation has ended.",
    )?;
    let notice = it.page(NOTICE, "đến hết 15/04/2020").await?;
    expect("the guidance has no last day", &true, &notice.contains("Từ 01/04/2020"))?;
    it.clerk(&ids.provincial, "ask-address", json!({})).await?;
    it.later(10).await?;
    let sms = it.sms(PROVINCIAL.phone, "/t/").await?;
    expect("free of charge after its last day", &false, &sms.contains("mien cuoc"))?;
    it.shows("", "Everything was as the source says.")
}
