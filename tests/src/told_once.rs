//! Messages of one dossier's life: as many as its applicant should get, and the same by a third party's services.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use motcua::aws::Aws;
use motcua::tell::{Email, Outlets, Sms};
use motcua_local::directive;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::config::{Config, DEMO, DEMO_AGENCY_CODE, Host};
use rules::message::{gsm7_len, parts};
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::one_dossier::{live, submission};
use crate::prompt::LINKLESS;
use crate::runtime_api::target;
use crate::town::{MORNING, Town, at};

/// The most SMS that the demonstration's dossier may cost.
const MOST_SMS: usize = 6;
/// Longest time until the other services answer.
const PATIENCE: Duration = Duration::from_secs(30);
const MAILBOX: &str = "nguoi.nop@example.vn";
const FROM: &str = "mot-cua@example.vn";

/// Opens a town whose agency sends by this outlet.
async fn town(outlet: &str) -> Town {
    let config = format!(
        "{DEMO}\n[[agencies]]\ncode = \"{DEMO_AGENCY_CODE}\"\nname = \"Ban Quản lý Khu kinh tế\"\n\
         sms_prefix = \"KKT Van Phong\"\nsms_sender_id = \"KKTVanPhong\"\nsms_max_price = \"0.20\"\n\
         outlets = [\"{outlet}\"]\nemail_from = \"{FROM}\"\n{LINKLESS}"
    );
    with(Config::strict(&config, Host::Loopback).unwrap()).await
}

async fn with(config: Config) -> Town {
    let clock = VirtualClock::new(at(MORNING));
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Box::pin(Town::with(clock, config, wire, sns, Settings::default())).await
}

fn with_mailbox() -> Value {
    let mut form = submission();
    form["Email"] = json!(MAILBOX);
    form
}

#[tokio::test]
async fn the_demonstration_s_dossier_costs_no_more_sms_than_its_applicant_should_get() {
    let town = with(Config::demo()).await;
    let agency = town.agency();
    directive::publish(town.office.site().recorder.store(), &agency, ("manager", at(MORNING)), []).await.unwrap();
    live(&town, submission()).await;
    let lived: Vec<_> =
        town.sms().into_iter().map(|sms| format!("{}: {}", sms.phone_number, portless(&sms.text))).collect();
    let mut told = Vec::new();
    motcua_local::demo::run(Config::demo(), &mut told).await.unwrap();
    let told = String::from_utf8(told).unwrap();
    // The second dossier of the demonstration, whose result goes home, is another story.
    let told: Vec<_> = told.lines().filter_map(|line| line.trim().strip_prefix("SMS      > ")).collect();
    let told: Vec<_> = told.into_iter().filter(|text| text.contains("G22.99-200415-0001")).map(portless).collect();
    assert_eq!(lived, told, "the same life as cargo run -- demo tells it");
    let pieces: Vec<_> = town.sms().iter().map(|sms| parts(&sms.text)).collect();
    assert!(pieces.iter().all(|parts| *parts == Some(1)), "{lived:?}");
    assert!(lived.len() <= MOST_SMS, "{} SMS: {lived:#?}", lived.len());
}

/// A text without the port of its link, which the system draws for the demonstration.
fn portless(text: &str) -> String {
    let home = "http://127.0.0.1:";
    let Some((before, after)) = text.split_once(home) else { return text.to_owned() };
    format!("{before}{home}{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}

/// A letter as its receiver reads it: the boundary between its parts is the only thing that no two letters share.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    from: String,
    to: String,
    subject: String,
    id: String,
    at: Option<i64>,
    plain: String,
    html: String,
}

fn read(raw: &str) -> Read {
    let letter = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let address = |of: Option<&mail_parser::Address<'_>>| {
        of.and_then(|of| of.first()).and_then(|it| it.address()).unwrap_or_default().to_owned()
    };
    Read {
        from: address(letter.from()),
        to: address(letter.to()),
        subject: letter.subject().unwrap().to_owned(),
        id: letter.message_id().unwrap().to_owned(),
        at: letter.date().map(mail_parser::DateTime::to_timestamp),
        plain: letter.body_text(0).unwrap().into_owned(),
        html: letter.body_html(0).unwrap().into_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_sns_and_ses_get_exactly_what_our_recorders_get() {
    let began = Instant::now();
    let (mut sms, mut letters) = (town("sms").await, town("email").await);
    Box::pin(live(&sms, submission())).await;
    Box::pin(live(&letters, with_mailbox())).await;
    let ours = sms.sms().into_iter().map(|sms| (sms.phone_number, sms.text)).collect::<Vec<_>>();
    let our_letters: Vec<_> = letters.office.ses().mails().iter().map(|mail| read(&mail.raw)).collect();
    insta::assert_snapshot!(
        ours.iter().map(|(number, text)| format!("{number} {text}")).collect::<Vec<_>>().join("\n")
    );
    insta::assert_snapshot!(
        our_letters
            .iter()
            .map(|letter| format!("{} {}\n{}", letter.to, letter.subject, letter.plain))
            .collect::<Vec<_>>()
            .join("\n\n")
    );
    let moto = Moto::start().await;
    moto.owns(FROM).await;
    (sms, letters) = (town("sms").await, town("email").await);
    sms.office.send_by(moto.outlets());
    letters.office.send_by(moto.outlets());
    Box::pin(live(&sms, submission())).await;
    Box::pin(live(&letters, with_mailbox())).await;
    assert!(sms.sms().is_empty() && letters.office.ses().mails().is_empty(), "nothing went to our own recorders");
    let (theirs, their_letters) = moto.taken().await;
    assert_eq!(theirs, ours);
    assert_eq!(their_letters, our_letters);
    assert!(ours.iter().all(|(_, text)| gsm7_len(text).is_some_and(|length| length <= 160)));
    let took = began.elapsed();
    // Past the capture of what tests print.
    writeln!(std::io::stderr(), "told by another SNS and SES in {:.1} s", took.as_secs_f32()).unwrap();
}

/// The other services, as a process.
struct Moto {
    address: SocketAddr,
    _child: Child,
}

impl Moto {
    async fn start() -> Self {
        let server: PathBuf = target().join("moto/bin/moto_server");
        assert!(server.is_file(), "tests/moto/install puts it there");
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(server);
        command.args(["--host", "127.0.0.1", "--port", &address.port().to_string()]).kill_on_drop(true);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let child = command.spawn().unwrap();
        let began = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            assert!(began.elapsed() < PATIENCE, "it does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self { address, _child: child }
    }

    /// Returns our own clients, as a function has them, with their addresses turned to the process.
    fn outlets(&self) -> Outlets {
        let aws = Aws::from_variables(|name| match name {
            "AWS_REGION" => Some("ap-southeast-1".into()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("local".into()),
            "AWS_ENDPOINT_URL" => Some(format!("http://{}", self.address)),
            _ => None,
        });
        let aws = aws.unwrap();
        Outlets { sms: Sms::new(&aws.sns()), email: Email::new(&aws.ses()) }
    }

    /// Lets a sender's address belong to the account.
    async fn owns(&self, address: &str) {
        let scope = "AWS4-HMAC-SHA256 Credential=local/20200415/ap-southeast-1/ses/aws4_request";
        let headers = [("authorization", scope), ("content-type", "application/json")];
        let body = json!({ "EmailIdentity": address }).to_string();
        let target = "/v2/email/identities";
        let (status, told) = crate::plain_http::send(self.address, "POST", target, &headers, body.as_bytes()).await;
        assert_eq!(status, 200, "{told}");
    }

    /// Returns number and text of each SMS, and each letter, in their order.
    async fn taken(&self) -> (Vec<(String, String)>, Vec<Read>) {
        let (status, told) = crate::plain_http::send(self.address, "GET", "/moto-api/data.json", &[], b"").await;
        assert_eq!(status, 200);
        let told: Value = serde_json::from_str(&told).unwrap();
        let list = |service: &str, kind: &str| told[service][kind].as_array().cloned().unwrap();
        let word = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
        let sms = list("sns", "SMS").iter().map(|sms| (word(sms, "phone_number"), word(sms, "message"))).collect();
        let letters = list("ses", "RawMessage").iter().map(|letter| read(&word(letter, "raw_data"))).collect();
        (sms, letters)
    }
}
