//! Search and its audit, through the real store: what is found, by whom it was looked for, and what no key tells.

mod audit;
mod keys;
mod names;
mod numbers;
mod repeats;

use motcua::catalogue::ProcedureRef;
use motcua::dossier::{Action, Filing, Source, Submission};
use motcua::id::{AgencyCode, DossierId};
use motcua::person::{Party, Person};
use motcua::recorder::Order;
use motcua::store::{FoundPage, Search};
use motcua::worklist::{After, Kind, SearchKey, Sought};
use motcua_local::wire::stream::{Settings, Trigger};
use serde_json::Value;

use crate::fixture::{Office, PROCEDURE, TABLE, procedure};

/// Whose searches these are.
const WHO: &str = "u-17";
/// As the applicant's number is written, and the identity numbers of both.
const PHONE: &str = "0912 345 678";
const IDENTITY: &str = "056 099 001 234";

/// An office whose stream is read by `project`.
struct Desk {
    office: Office,
    key: SearchKey,
}

impl Desk {
    async fn open() -> Self {
        let office = Office::open().await;
        let key = SearchKey::of(office.site.config.id_key());
        Self { office, key }
    }

    /// Lets `project` read the stream from its beginning, in batches as these settings make them.
    async fn project(&self, settings: Settings) {
        let mut stream = Trigger::open(self.office.wire.database(), TABLE, "project", None, settings).unwrap();
        stream.drain(async |event: Value| project::handle(&self.office.site, &event).await).await.unwrap();
        assert_eq!(stream.given_up().len(), 0);
    }

    async fn filed(&self, number: u64, person: Person) -> DossierId {
        let id = self.office.submit(number, person).await;
        self.project(Settings::default()).await;
        id
    }

    /// Files under a foreign code, with any agency.
    async fn filed_as(&self, agency: &AgencyCode, number: u64, code: Option<&str>, person: Person) -> DossierId {
        let id = DossierId::from_random(number);
        let submission = Submission {
            source: Source::Office,
            filing: Filing::Online,
            procedure: ProcedureRef { code: PROCEDURE.into(), version: 0 },
            code: code.map(str::to_owned),
        };
        self.order(agency, id, Action::Submit(submission), Some(person)).await;
        self.project(Settings::default()).await;
        id
    }

    async fn order(&self, agency: &AgencyCode, id: DossierId, action: Action, person: Option<Person>) {
        let order = Order { agency: agency.clone(), ..self.office.written(id, action, person) };
        self.office.site.recorder.record(&order).await.unwrap();
    }

    async fn page(&self, agency: &AgencyCode, kind: Kind, text: &str, after: Option<&After>) -> FoundPage {
        let sought = Sought::of(kind, text).unwrap();
        let search = Search { key: &self.key, sought: &sought, after, who: WHO, at: self.office.now() };
        self.office.store().find(agency, &search).await.unwrap()
    }

    /// The ids of the first page.
    async fn found(&self, kind: Kind, text: &str) -> Vec<DossierId> {
        let page = self.page(&self.office.agency, kind, text, None).await;
        page.rows.iter().map(|listed| listed.row.id).collect()
    }

    /// Another agency of the same table, with the same procedure.
    async fn neighbour(&self) -> AgencyCode {
        let other = AgencyCode::parse("000.00.02.H32").unwrap();
        self.office.site.recorder.catalogue().import(&other, &procedure()).await.unwrap();
        other
    }
}

fn named(name: &str) -> Person {
    let applicant =
        Party { name: name.into(), phone: Some(PHONE.into()), identity_no: Some(IDENTITY.into()), ..Party::default() };
    Person { applicant, filer: None }
}

fn filed_by(applicant: &str, filer: &str) -> Person {
    let party = |name: &str| Party { name: name.into(), ..Party::default() };
    Person { applicant: party(applicant), filer: Some(party(filer)) }
}
