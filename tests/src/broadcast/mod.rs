//! Broadcasts: gathered, looked at, released by a second person, and told once to each.

mod faults;
mod gathering;
mod limits;
mod pages;
mod phone;
mod sending;
mod unsubscribe;

use jiff::SignedDuration;
use motcua::site::Site;
use motcua_local::rights::in_role;
use rules::broadcast::{Act, Audience, Broadcast, Letter, Refusal, Stage, Texts};
use rules::calls;
use rules::id::DossierId;
use rules::person::{Party, Person, Wishes};
use rules::worklist::SearchKey;

use crate::fixture::Office;
use crate::prompt::{AT_ONCE, demo_agency};

/// Lines of the agency: texts first, then letters, at every hour.
const LINES: &str = "outlets = [\"sms\", \"email\"]\nemail_from = \"mot-cua@example.vn\"\n\
                     hosts = [\"motcua.example.vn\"]\n";

/// Opens an office whose agency has these lines more.
async fn office(more: &str) -> Office {
    office_of(&format!("{LINES}{AT_ONCE}{more}")).await
}

async fn office_of(lines: &str) -> Office {
    let mut office = Office::open().await;
    office.site = Site::new(demo_agency(lines), office.store().clone());
    office
}

/// Returns somebody with this number and identity number.
fn somebody(phone: Option<&str>, identity: &str) -> Person {
    let applicant = Party {
        name: "Công ty TNHH Thử Nghiệm".into(),
        phone: phone.map(str::to_owned),
        identity_no: Some(identity.to_owned()),
        ..Party::default()
    };
    Person { applicant, ..Person::default() }
}

/// Returns the mobile number of that person, and how it is written to.
fn mobile(number: u64) -> (String, String) {
    (format!("09{:08}", 12_000_000 + number), format!("+849{:08}", 12_000_000 + number))
}

/// Files this many dossiers, each of somebody else.
async fn filed(office: &Office, count: u64) {
    for number in 1..=count {
        office.submit(number, somebody(Some(&mobile(number).0), &number.to_string())).await;
    }
    project(office).await;
}

/// Lets `project` read everything the stream holds.
async fn project(office: &Office) {
    let batch = office.batch().await;
    let answer = in_role("project", project::handle(&office.site, &batch)).await;
    assert_eq!(answer.to_string(), r#"{"batchItemFailures":[]}"#);
}

fn texts() -> Texts {
    Texts {
        sms_vi: "Từ 01/04/2020 bộ phận một cửa tạm đóng cửa".into(),
        sms_en: Some("The desk is closed from 01/04/2020".into()),
        letter_vi: Some(Letter {
            subject: "Tạm đóng cửa".into(),
            text: "Kính gửi ông/bà.\n\nXin nộp qua mạng.".into(),
        }),
        letter_en: None,
    }
}

/// Writes a broadcast and asks for its receivers; returns its number.
async fn written(office: &Office, audience: Audience) -> u32 {
    let new = Broadcast::new((audience, texts(), None), "lan", office.now());
    let it =
        office.store().open_broadcast(&office.agency, new, ("lan", &office.now().to_string())).await.unwrap().unwrap();
    acts(office, it.number, Act::Gather, "lan").await.unwrap();
    it.number
}

/// Lets a person act on it as it is now.
async fn acts(office: &Office, number: u32, act: Act, who: &str) -> Result<Broadcast, Refusal> {
    let it = it(office, number).await;
    let settings = office.site.config.agency(office.agency.as_str()).unwrap().broadcasts;
    match it.acted(act, (who, office.now()), (it.round, Some("sai ngày")), &settings)? {
        None => Ok(it),
        Some(after) => Ok(office.store().move_broadcast(&office.agency, &after, None).await.unwrap().unwrap()),
    }
}

async fn it(office: &Office, number: u32) -> Broadcast {
    office.store().broadcast(&office.agency, number).await.unwrap().unwrap()
}

/// Lets a minute pass, and the schedule run.
async fn minute(office: &Office) -> motcua::tell::Progress {
    office.wait(SignedDuration::from_mins(1));
    office.broadcast().await
}

/// Gathers and releases a broadcast; returns its number.
async fn released(office: &Office, audience: Audience) -> u32 {
    let number = written(office, audience).await;
    minute(office).await;
    assert_eq!(it(office, number).await.stage, Stage::Ready);
    acts(office, number, Act::Release, "hoa").await.unwrap();
    number
}

/// Changes the wishes of the applicant of a dossier.
async fn wishes(office: &Office, id: DossierId, person: &Person, change: impl Fn(&Wishes) -> Option<Wishes>) {
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(person), (id, 0));
    let was = office.store().wishes(&office.agency, &name).await.unwrap();
    assert!(office.store().keep_wishes(&office.agency, &name, &change(&was).unwrap()).await.unwrap());
}
