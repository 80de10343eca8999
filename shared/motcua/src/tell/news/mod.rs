//! News for people: every event is decided here, and nowhere else.

mod join;

use jiff::{SignedDuration, Timestamp};

use rules::catalogue::Reason;
use rules::clock::last_day;
use rules::dossier::{
    Actor, Awaited, Consent, Dossier, DueDate, Event, Recorded, Recounted, RecountedWait, ResultKind, Stage, Whose,
};
use rules::message::News;
use rules::post::postage::POSTAGE;
use rules::vietnam::day;

/// Decision about an event.
enum Told<'a> {
    /// Nobody is told by SMS.
    Nobody,
    /// The event says everything.
    News(News<'a>),
    /// A reminder, told only while the thing is still awaited.
    Reminder { reason: &'a Reason, until: Option<Timestamp> },
}

/// Returns what people are told about a commit, in one message. It is `None` if nobody is told, or if all its news are
/// reminders that come too late. `dossier` is its state now.
#[must_use]
pub fn news<'a>(recorded: &'a Recorded, dossier: Option<&Dossier>) -> Option<News<'a>> {
    recorded.events.iter().filter_map(|event| of_event(event, recorded, dossier)).reduce(join::joined)
}

/// Returns the same as it is told if the message of an acceptance waits for so long: what is asked for within that time
/// is told together with the acceptance.
#[must_use]
pub fn after_waiting<'a>(recorded: &'a Recorded, dossier: Option<&Dossier>, wait: SignedDuration) -> Option<News<'a>> {
    let news = news(recorded, dossier)?;
    let asked = recorded.events.iter().filter_map(|event| match event {
        Event::ClockPaused { awaited, .. } | Event::AwaitedAdded { awaited, .. } => Some(awaited),
        _ => None,
    });
    let with_acceptance = dossier.is_some_and(|dossier| asks_within(dossier, asked, wait));
    Some(if with_acceptance { join::joined(News::Accepted { due_on: None }, news) } else { news })
}

/// Whether a message that waited says nothing that a later one does not: of an arrival, if the dossier went on; of an
/// acceptance, if something was asked for meanwhile.
#[must_use]
pub(super) fn is_overtaken(news: &News<'_>, recorded: &Recorded, dossier: &Dossier, wait: SignedDuration) -> bool {
    match news {
        News::Received { .. } => !wait.is_zero() && dossier.stage != Stage::Submitted,
        // A due date that is counted at last is told in these words too, and in no other message.
        News::Accepted { .. } => accepted(recorded) && asks_within(dossier, dossier.awaited(), wait),
        _ => false,
    }
}

/// Whether one of these things is asked of the applicant before the message of the acceptance has left.
fn asks_within<'t>(dossier: &Dossier, things: impl IntoIterator<Item = &'t Awaited>, wait: SignedDuration) -> bool {
    let Some(accepted_at) = dossier.clock.as_ref().map(|clock| clock.accepted_at) else { return false };
    let within = |thing: &Awaited| {
        let is_told = matches!(thing.reason, Reason::Supplement | Reason::Originals | Reason::Fee);
        is_told && accepted_at <= thing.since && thing.since < accepted_at + wait
    };
    things.into_iter().any(within)
}

/// Whether a commit holds nothing but what the receiver at this place agreed to on the phone. They know it, so nobody calls
/// them if the message reaches them by no outlet.
#[must_use]
pub(super) fn is_known_from_the_phone(recorded: &Recorded, receiver: usize) -> bool {
    let known = |event: &Event| match event {
        Event::ReturnChosen { consent, .. } | Event::AddressConfirmed { consent, .. } => {
            receiver == 0 && *consent == Some(Consent::Phone)
        }
        Event::ContactCorrected { whose, consent, .. } => {
            receiver == usize::from(*whose == Whose::Filer) && *consent == Consent::Phone
        }
        _ => false,
    };
    !recorded.events.is_empty() && recorded.events.iter().all(known)
}

/// Returns the news of one event of a commit by itself.
#[must_use]
pub fn of_event<'a>(event: &'a Event, recorded: &'a Recorded, dossier: Option<&Dossier>) -> Option<News<'a>> {
    // A result that goes by post is told when it is posted.
    let posted = dossier.is_some_and(|dossier| dossier.returns_by_post == Some(true));
    if posted && matches!(event, Event::ResultReady { result: ResultKind::Positive, .. }) {
        return None;
    }
    match told(event, recorded) {
        Told::Nobody => None,
        Told::News(news) => Some(news),
        Told::Reminder { reason, until } => reminder(dossier?, reason, until),
    }
}

/// Returns the places of the events that may be told, in their order.
pub fn places(recorded: &Recorded) -> impl Iterator<Item = usize> {
    let events = recorded.events.iter().enumerate();
    events.filter(|(_, event)| !matches!(told(event, recorded), Told::Nobody)).map(|(place, _)| place)
}

fn told<'a>(event: &'a Event, recorded: &'a Recorded) -> Told<'a> {
    // These events are long past, and were told by the earlier software or by nobody.
    if matches!(recorded.actor, Actor::Takeover(_)) {
        return Told::Nobody;
    }
    match event {
        // A dossier filed and accepted at the counter gets one message, not two.
        Event::Submitted { .. } if !accepted(recorded) => {
            Told::News(News::Received { received_on: day(recorded.at) })
        }
        Event::Accepted { .. } => Told::News(News::Accepted { due_on: started(recorded).flatten() }),
        // If acceptance itself starts the clock, its own message names the date.
        Event::ClockStarted { due: Some(due), .. } if !accepted(recorded) => {
            Told::News(News::Accepted { due_on: Some(due.on) })
        }
        // A date that was over before it was known is no news: the dossier is late, and what was due says the rest.
        Event::DueCounted { due, promised } if promised.unwrap_or(*due).at < recorded.recorded_at => Told::Nobody,
        // This is the date that acceptance could not name yet.
        Event::DueCounted { due, promised } => {
            Told::News(News::Accepted { due_on: Some(promised.unwrap_or(*due).on) })
        }
        Event::Recounted(Recounted { was: Some(was), due, promised, .. }) => match promised.or(*due) {
            Some(now) if now.on != was.on => Told::News(News::DateMoved { was_on: was.on, due_on: now.on }),
            Some(_) | None => Told::Nobody,
        },
        Event::Recounted(Recounted { waits, .. }) => moved_wait(waits),
        Event::IntakeRefused { .. } => Told::News(News::NotAccepted { refused_on: day(recorded.at) }),
        Event::IntakeSupplementRequested { awaited, .. }
        | Event::ClockPaused { awaited, .. }
        | Event::AwaitedAdded { awaited, .. } => asked(awaited).map_or(Told::Nobody, Told::News),
        Event::ContactCorrected { .. } => Told::News(News::ContactCorrected { corrected_on: day(recorded.at), due_on: None }),
        // An applicant who chose this when filing already knows.
        Event::ReturnChosen { by_post, free, .. } if !submitted(recorded) => {
            let free_of_charge = free.is_some();
            Told::News(News::ReturnChosen { by_post: *by_post, free_of_charge, due_on: None })
        }
        // By a link: whoever did not do that learns of it at once. Of an address as it was declared nobody is told.
        Event::AddressConfirmed { differs: true, consent: None } => {
            Told::News(News::ContactCorrected { corrected_on: day(recorded.at), due_on: None })
        }
        // If the clock stops for the papers, the message about that says what is missing.
        Event::ReceiptCorrected { papers, .. } if !stopped(recorded) => {
            Told::News(News::ReceiptCorrected { missing: count(papers.len()), due_on: None })
        }
        Event::IntakeCompleted { at, .. } => resumed(recorded, *at, [None, None], true),
        Event::PartlyReceived { received, missing, at } => Told::News(News::PartlyIn {
            received: count(*received),
            awaited: count(received + missing),
            received_on: day(*at),
        }),
        Event::ClockResumed { at, due, promised, was, at_once, .. } => {
            resumed(recorded, *at, [promised.or(*due), *was], !at_once)
        }
        Event::PauseVoided { since, due, .. } => {
            Told::News(News::PauseVoid { paused_on: day(*since), due_on: due.map(|due| due.on) })
        }
        Event::WaitReminded { reason, until } => Told::Reminder { reason, until: Some(*until) },
        Event::StillAwaited { reason, .. } => Told::Reminder { reason, until: None },
        Event::FeeAsked { amount_vnd, until, code, .. } => Told::News(News::FeeAsked {
            fee_vnd: *amount_vnd,
            pay_by: until.map(last_day),
            postage: code.as_deref() == Some(POSTAGE),
        }),
        Event::FeePaid { amount_vnd, total_vnd, receipt_no, .. } => Told::News(News::Paid {
            paid_vnd: total_vnd.unwrap_or(*amount_vnd),
            receipt_no: receipt_no.as_deref(),
            goes_on: false,
            due_on: None,
        }),
        Event::ResultReady { result: ResultKind::Positive, .. } | Event::ResultReissued { .. } => {
            Told::News(News::Ready { fee_vnd: None })
        }
        Event::ResultReady { result: ResultKind::Negative, at, .. } => {
            Told::News(News::NegativeResult { decided_on: day(*at) })
        }
        Event::ResultPosted { item_code, free } => Told::News(News::Posted {
            posted_on: day(recorded.at),
            parcel_no: Some(item_code),
            free_of_charge: free.is_some(),
        }),
        Event::AddressAsked { free, .. } => Told::News(News::AddressAsked { free_of_charge: free.is_some() }),
        Event::DeliveryFailed { at, first: true, .. } => Told::News(News::DeliveryFailed { failed_on: day(*at) }),
        Event::ResultUndelivered => Told::News(News::CameBack { came_back_on: day(recorded.at) }),
        Event::ResultDelivered { at } => Told::News(News::Delivered { delivered_at: *at }),
        Event::Closed { at, .. } => Told::News(News::Closed { closed_on: day(*at) }),
        Event::Apologised { was: Some(was), promised, .. } => {
            Told::News(News::Apology { missed_on: was.on, due_on: promised.on })
        }
        // Told by the event that follows in the same commit: the pause, the resumption, the part that is in.
        Event::SupplementRequested { .. }
        | Event::PapersReceived { .. }
        | Event::SupplementReceived { .. }
        | Event::DocumentReceived { .. }
        | Event::ReceiptCorrected { .. }
        | Event::Submitted { .. }
        | Event::ReturnChosen { .. }
        | Event::AwaitedWaived { .. }
        | Event::ClockStarted { .. }
        // These go to a person of the office, who decides what the applicant is told.
        | Event::AcceptanceLate
        | Event::WaitMissed { .. }
        | Event::DatesDiffer { .. }
        | Event::DatesSettled { .. }
        | Event::PaymentSetAside { .. }
        | Event::MoneyAttached { .. }
        | Event::FeeOwed { .. }
        | Event::ArrivalKept { .. }
        | Event::OriginalsAnnounced { .. }
        | Event::FilesAnnounced { .. }
        | Event::FilingChanged { .. }
        // These go to the office, which is to add a table of days off.
        | Event::GapMet { .. }
        | Event::WaitCounted { .. }
        | Event::Reopened { .. }
        // Work inside the office, and what the applicant did or already holds.
        | Event::StepEntered { .. }
        | Event::Forwarded { .. }
        | Event::PutToLeader { .. }
        | Event::ReturnedToDesk
        | Event::SlipReplaced { .. }
        | Event::ParcelMade { .. }
        | Event::ParcelTakenOff { .. }
        | Event::DeliveryFailed { first: false, .. }
        | Event::AddressConfirmed { .. }
        | Event::PaymentFailed { .. }
        | Event::FeePartPaid { .. }
        | Event::PartHandedOut { .. }
        | Event::HandedOut { .. }
        | Event::Withdrawn { .. }
        // An apology for no date is never decided.
        | Event::Apologised { was: None, .. } => Told::Nobody,
    }
}

/// Returns the due date of the clock that started in this commit, if one did and the year has its holidays.
fn started(recorded: &Recorded) -> Option<Option<jiff::civil::Date>> {
    recorded.events.iter().find_map(|event| match event {
        Event::ClockStarted { due, .. } => Some(due.map(|due| due.on)),
        _ => None,
    })
}

/// Returns the news that the clock goes on, with the date that holds now and the one before. It names papers only if this
/// commit brought some; a fee brings none.
fn resumed(recorded: &Recorded, at: Timestamp, dates: [Option<DueDate>; 2], stood: bool) -> Told<'static> {
    let papers = |event: &Event| matches!(event, Event::PapersReceived { .. } | Event::SupplementReceived { .. });
    let papers_in = recorded.events.iter().any(papers);
    let [due_on, was_on] = dates.map(|date| date.map(|due| due.on));
    Told::News(News::Resumed { papers_in, resumed_on: day(at), due_on, was_on, stood })
}

/// Returns the news that the applicant has until another day: a reminder of what is awaited, with that day.
fn moved_wait(waits: &[RecountedWait]) -> Told<'_> {
    let moved = waits.iter().find_map(|moved| Some((&moved.reason, moved.wait?)));
    moved.map_or(Told::Nobody, |(reason, wait)| Told::Reminder { reason, until: Some(wait.until) })
}

fn submitted(recorded: &Recorded) -> bool {
    recorded.events.iter().any(|event| matches!(event, Event::Submitted { .. }))
}

/// Whether this commit stopped the clock, or added to the things that it waits for.
fn stopped(recorded: &Recorded) -> bool {
    recorded.events.iter().any(|event| matches!(event, Event::ClockPaused { .. } | Event::AwaitedAdded { .. }))
}

fn accepted(recorded: &Recorded) -> bool {
    recorded.events.iter().any(|event| matches!(event, Event::Accepted { .. }))
}

/// Returns the news for a person when something of theirs is awaited. A fee has its own event beside the pause. What
/// another agency owes (an opinion, an inspection) has no text and is shown where the dossier is looked up.
fn asked(awaited: &Awaited) -> Option<News<'static>> {
    let send_by = awaited.wait.map(|wait| wait.last_day());
    match awaited.reason {
        Reason::Supplement => Some(News::SupplementAsked { papers: count(awaited.papers.len()), send_by }),
        Reason::Originals => Some(News::PausedForOriginals {
            paused_on: day(awaited.since),
            missing: count(awaited.papers.len()),
            send_by,
        }),
        Reason::Fee | Reason::Further(_) => None,
    }
}

/// Returns the reminder. It repeats what was said when the things were asked, with what is outstanding now. One event
/// reminds of all that is awaited for one reason until one instant.
fn reminder(dossier: &Dossier, reason: &Reason, until: Option<Timestamp>) -> Option<News<'static>> {
    let things = match &dossier.stage {
        Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
        Stage::Paused(pause) => pause.awaited.as_slice(),
        _ => return None,
    };
    let still =
        |thing: &&Awaited| thing.reason == *reason && thing.wait.map(|wait| wait.last_day()) == until.map(last_day);
    let again = |thing: &Awaited| match thing.reason {
        Reason::Fee => {
            let fee = dossier.debt(thing.attempt?)?;
            Some(News::FeeAsked { fee_vnd: fee.missing_vnd(), pay_by: until.map(last_day), postage: false })
        }
        Reason::Originals | Reason::Supplement | Reason::Further(_) => asked(thing),
    };
    things.iter().filter(still).filter_map(again).reduce(join::joined)
}

fn count(papers: usize) -> u32 {
    u32::try_from(papers).unwrap_or(u32::MAX)
}
