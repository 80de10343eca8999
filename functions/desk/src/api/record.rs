//! From a request to the record, and from the record to the answer.

use jiff::Timestamp;
use motcua::recorder::{Done, Order, Receipt};
use motcua::site::Site;
use motcua::store::{Key, read_json};
use rules::catalogue::ProcedureRef;
use rules::dossier::{Action, Actor, Command, Refusal, Source, Submission};
use rules::id::DossierId;
use rules::person::{Person, Personal};
use rules::repeat;
use rules::vietnam;

use crate::api::answer::Answer;
use crate::api::intake::Filed;
use crate::api::view;
use crate::permission::Staff;

/// Source of the receipts of staff.
const DESK: &str = "desk";

/// A command as read.
pub(crate) struct Wish {
    /// The dossier, by its id or code.
    pub name: String,
    /// The version it was decided on.
    pub version: u64,
    /// The action.
    pub action: Action,
    /// When it happened.
    pub at: Timestamp,
    /// The personal data in it.
    pub personal: Option<Personal>,
}

/// Files a dossier. Its id comes from the idempotency key, so that a repeat finds the dossier it made.
pub(crate) async fn file(
    site: &Site,
    staff: &Staff,
    receipt: Receipt,
    filed: Filed,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let catalogue = site.recorder.catalogue();
    // A portal's dossier is taken whatever it names; at the desk, a clerk can look the procedure up.
    let in_force = catalogue.in_force(&staff.agency, &filed.procedure, filed.at, now).await;
    if in_force?.is_none() {
        return Err(Answer::Refused(Refusal::UnknownProcedure));
    }
    let submission = Submission {
        source: Source::Office,
        filing: filed.filing,
        procedure: ProcedureRef { code: filed.procedure, version: 0 },
        code: None,
        enclosed: filed.enclosed,
    };
    let order = Order {
        agency: staff.agency.clone(),
        id: DossierId::of_foreign(site.config.id_key().expose(), &staff.agency, DESK, &receipt.delivery),
        command: command_of(staff, Action::Submit(submission), filed.at, now),
        receipt,
        called: None,
        expected_version: None,
        form: filed.form,
        person: Some(Personal::Filed(Box::new(filed.person))),
        accept: filed.accept,
    };
    record(site, &order).await
}

/// Records a command on a dossier.
pub(crate) async fn command(
    site: &Site,
    staff: &Staff,
    receipt: Receipt,
    wish: Wish,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let id = match DossierId::parse(&wish.name) {
        Ok(id) => id,
        Err(_) => {
            let found = site.recorder.store().id_of(&staff.agency, &wish.name).await;
            found?.ok_or(Answer::NotFound)?
        }
    };
    let action = compared(site, staff, id, (&wish, now)).await?.unwrap_or(wish.action);
    let order = Order {
        agency: staff.agency.clone(),
        id,
        command: command_of(staff, action, wish.at, now),
        receipt,
        called: None,
        expected_version: Some(wish.version),
        form: None,
        person: wish.personal,
        accept: false,
    };
    match super::receivers::refused(site, staff, &order.command.action).await? {
        None => record(site, &order).await,
        // A repeat is answered as it was, whatever became of the receiver since.
        Some(refusal) => match site.recorder.recorded_before(&order).await? {
            Some(done) => Ok(answered(site, &order, done).await),
            None => Err(Answer::Refused(refusal)),
        },
    }
}

/// Returns the confirmation of an address with whether it is another than declared, which only the record knows.
async fn compared(
    site: &Site,
    staff: &Staff,
    id: DossierId,
    (wish, now): (&Wish, Timestamp),
) -> Result<Option<Action>, Answer> {
    let (Action::ConfirmAddress { consent, .. }, Some(Personal::Mailing { is, .. })) = (&wish.action, &wish.personal)
    else {
        return Ok(None);
    };
    let item = site.recorder.store().item(&Key::person(&staff.agency, id)).await?;
    let person: Option<Person> = item.map(|item| read_json(&item, "person")).transpose()?;
    let declared = person.as_ref().and_then(Person::declared_address);
    let differs = declared.is_none_or(|text| is.address.differs(site.units(), vietnam::day(now), text));
    Ok(Some(Action::ConfirmAddress { differs, consent: *consent }))
}

fn command_of(staff: &Staff, action: Action, at: Timestamp, now: Timestamp) -> Command {
    Command { at, now, actor: Actor::Staff(staff.subject.clone()), action }
}

/// The same key from another account, for another path or with another body is something else. The version in
/// `If-Match` is not part of it: a client unsure whether a command was recorded reads the dossier and repeats it.
pub(crate) fn receipt(staff: &Staff, key: &str, path: &str, body: &[u8]) -> Receipt {
    let [digest, as_written] = repeat::of_command(&staff.subject, path, body);
    Receipt { source: DESK.into(), delivery: key.to_owned(), digest, as_written }
}

async fn record(site: &Site, order: &Order) -> Result<Answer, Answer> {
    let done = site.recorder.record(order).await?;
    Ok(answered(site, order, done).await)
}

async fn answered(site: &Site, order: &Order, done: Done) -> Answer {
    match done {
        Done::Now(dossier) => {
            Answer::Recorded(dossier.version, view::summary(site, &dossier, &[], order.command.now).await)
        }
        Done::Before(version, Some(dossier)) => {
            Answer::AlreadyRecorded(version, Some(view::summary(site, &dossier, &[], order.command.now).await))
        }
        Done::Before(version, None) => Answer::AlreadyRecorded(version, None),
        // Only a partner's code can belong to another dossier; staff file without one.
        Done::Elsewhere(_) => Answer::KeyReused,
    }
}
