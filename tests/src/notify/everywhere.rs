//! News that somebody changed where the result goes: told at once by every way, to both.

use motcua::store::TaskKind;
use motcua_local::neighbours::sns;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::dossier::Action;
use rules::id::DossierId;
use rules::person::Person;

use super::DONE;
use super::outlets::office;
use crate::fixture::{APPLICANT, FILER, Office, people};

const APPLICANTS: &str = "chu.ho.so@example.vn";
const FILERS: &str = "nguoi.nop@example.vn";

/// Two people of whom each has a telephone and a mailbox.
fn both(filer: &str) -> Person {
    let mut person = people(Some(APPLICANT.0), Some(filer));
    person.applicant.email = Some(APPLICANTS.to_owned());
    person.filer.as_mut().unwrap().email = Some(FILERS.to_owned());
    person
}

/// Files a dossier, lets its first messages leave, and changes the return as a link does.
async fn changed(office: &mut Office, person: Person) -> DossierId {
    let id = office.submit(1, person).await;
    office.tell().await;
    let before = (office.sent().len(), office.ses.mails().len());
    office.order(id, Action::ChooseReturn { by_post: true, consent: None }).await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), before);
    id
}

#[tokio::test]
async fn both_learn_of_it_by_telephone_and_by_mail_and_once_only() {
    for outlets in [["sms", "email"], ["email", "sms"]] {
        let mut office = office(&outlets).await;
        let id = changed(&mut office, both(FILER.0)).await;
        let first = office.messages(id).await.len();
        office.tell().await;
        assert_eq!(office.messages(id).await.len() - first, 4, "two ways to each of two");
        let told = office.sent().into_iter().filter(|(_, text)| text.contains("gui qua buu dien"));
        assert_eq!(told.map(|(to, _)| to).collect::<Vec<_>>(), [APPLICANT.1, FILER.1]);
        let mails = office.ses.mails();
        for address in [APPLICANTS, FILERS] {
            assert!(mails.iter().any(|mail| mail.to == address), "{outlets:?} {address}");
        }
        let counts = (office.sent().len(), mails.len());
        assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
        assert_eq!((office.sent().len(), office.ses.mails().len()), counts);
    }
}

#[tokio::test]
async fn an_address_that_both_have_is_told_once() {
    let mut office = office(&["sms", "email"]).await;
    let id = changed(&mut office, both(APPLICANT.0)).await;
    office.tell().await;
    assert_eq!(office.sent_to(APPLICANT.1), 2, "the arrival, and the change");
    assert_eq!(office.ses.mails().len(), 2, "each mailbox");
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
    // What one mailbox takes no more is seen to by itself.
    assert_eq!(office.messages(id).await.len(), 4);
}

#[tokio::test]
async fn a_way_that_fails_holds_the_other_up_by_nothing() {
    let mut office = office(&["sms", "email"]).await;
    let mut person = people(Some(APPLICANT.0), None);
    person.applicant.email = Some(APPLICANTS.to_owned());
    let id = changed(&mut office, person).await;
    let down = Plan::Burst { first_call: 1, calls: 9, fault: sns::Failure::InternalError };
    office.sns.set_failures(Faults::from_seed(1, down));
    office.tell().await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (1, 1), "the letter is out, the SMS waits");
    office.sns.set_failures(Faults::none());
    office.wait_until("2020-04-15T10:00:00+07:00");
    office.sweep().await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (2, 1));
    assert_eq!(office.messages(id).await.len(), 3);
}

#[tokio::test]
async fn a_number_that_takes_no_sms_leaves_the_letter_alone() {
    let mut office = office(&["sms", "email"]).await;
    let mut person = people(Some(APPLICANT.0), None);
    person.applicant.email = Some(APPLICANTS.to_owned());
    changed(&mut office, person).await;
    let refused = Plan::Burst { first_call: 1, calls: 1, fault: sns::Failure::OptedOut };
    office.sns.set_failures(Faults::from_seed(1, refused));
    office.tell().await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (1, 1), "passed on to what was told already");
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
}
