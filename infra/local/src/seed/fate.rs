//! Future of a dossier, drawn as it is filed.

use fastrand::Rng;
use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use rules::catalogue::Procedure;
use rules::clock::Unit;
use rules::dossier::Filing;

use super::days::{self, ISOLATION, LAST};

/// The course of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Usual,
    Negative,
    RefusedAtIntake,
    SupplementAtIntake,
    Supplement,
    NeverSupplements,
    Opinion,
    Withdrawn,
    LateWithApology,
    Late,
    PaysTwice,
    PaysAnotherAmount,
    Undelivered,
    Reissued,
    /// It stays in one place, for a list of the last day.
    Stays(Place),
}

/// Place in which the last day finds a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    New,
    /// Nobody accepted it in time.
    Undecided,
    Incomplete,
    InProgress,
    /// No message reaches its applicant.
    Unreachable,
    DueSoon,
    Late,
    AwaitsFee,
    AwaitsOriginals,
    AwaitsSupplement,
    Ready,
    InPost,
}

const PLACES: [Place; 12] = [
    Place::New,
    Place::Undecided,
    Place::Incomplete,
    Place::InProgress,
    Place::Unreachable,
    Place::DueSoon,
    Place::Late,
    Place::AwaitsFee,
    Place::AwaitsOriginals,
    Place::AwaitsSupplement,
    Place::Ready,
    Place::InPost,
];

/// Courses, each with its share in a hundred dossiers.
const WEIGHTS: [(Fate, u32); 14] = [
    (Fate::Usual, 44),
    (Fate::Supplement, 10),
    (Fate::SupplementAtIntake, 8),
    (Fate::Opinion, 6),
    (Fate::LateWithApology, 5),
    (Fate::Late, 5),
    (Fate::RefusedAtIntake, 4),
    (Fate::Negative, 4),
    (Fate::PaysTwice, 3),
    (Fate::PaysAnotherAmount, 3),
    (Fate::Withdrawn, 3),
    (Fate::NeverSupplements, 2),
    (Fate::Undelivered, 2),
    (Fate::Reissued, 1),
];

/// Procedures of the sample catalogue that people file, each with its share in a hundred dossiers.
const PROCEDURES: [(&str, u32); 14] = [
    ("1.005129", 16),
    ("2.000488", 14),
    ("1.009645", 10),
    ("2.000192", 10),
    ("1.009974", 9),
    ("2.001955", 7),
    ("1.000105", 7),
    ("1.009994", 6),
    ("1.009756", 5),
    ("1.010730", 4),
    ("1.010733", 4),
    ("1.012789", 3),
    ("1.009972", 3),
    ("1.012790", 2),
];

fn weighted<T: Copy>(rng: &mut Rng, list: &[(T, u32)]) -> T {
    let mut left = rng.u32(..list.iter().map(|(_, weight)| weight).sum::<u32>());
    for (thing, weight) in list {
        match left.checked_sub(*weight) {
            Some(rest) => left = rest,
            None => return *thing,
        }
    }
    list[0].0
}

/// A dossier as drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub fate: Fate,
    pub procedure: &'static str,
    pub filing: Filing,
    pub filed_at: Timestamp,
}

impl Drawn {
    /// Draws the `number`th of `all`: the last eighth fills the lists of the last day.
    pub fn draw(number: usize, all: usize, worked: &[Date], rng: &mut Rng) -> Self {
        let staying = (all / 8).max(PLACES.len()).min(all);
        match number.checked_sub(all - staying) {
            Some(place) => Self::staying(PLACES[place % PLACES.len()], rng),
            None => {
                let day = worked[rng.usize(..worked.len())];
                let (procedure, fate) = (weighted(rng, &PROCEDURES), weighted(rng, &WEIGHTS));
                let filing = filing(day, rng);
                Self { fate, procedure, filing, filed_at: days::within(day, filing == Filing::Online, rng) }
            }
        }
    }

    fn staying(place: Place, rng: &mut Rng) -> Self {
        let day = |from: i8, to: i8| (from, to);
        let (procedure, filing, (from, to)) = match place {
            Place::New => ("1.009645", Filing::Online, day(28, 29)),
            Place::Incomplete => ("1.000105", Filing::Post, day(24, 27)),
            Place::Undecided => ("1.009645", Filing::Online, day(22, 23)),
            Place::InProgress | Place::Unreachable => ("1.009756", Filing::Desk, day(20, 23)),
            // Ten working days from 15 April end on 29 April.
            Place::DueSoon => ("1.009645", Filing::Desk, day(15, 15)),
            Place::Late => ("2.001955", Filing::Desk, day(7, 10)),
            Place::AwaitsFee => ("1.010733", Filing::Online, day(21, 24)),
            Place::AwaitsOriginals => ("2.000488", Filing::Online, day(20, 24)),
            Place::AwaitsSupplement => ("1.005129", Filing::Online, day(20, 23)),
            Place::Ready => ("1.009994", Filing::Desk, day(20, 22)),
            Place::InPost => ("2.001955", Filing::Post, day(15, 16)),
        };
        let mut day = date(2020, 4, rng.i8(from..=to));
        // The days are fixed above: a weekend among them becomes the Friday before.
        while matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            day = day.yesterday().unwrap_or(day);
        }
        let filed_at = match place {
            Place::DueSoon | Place::Late => days::at(day, time(8, rng.i8(0..60), 0, 0)),
            Place::New if day == LAST => days::at(day, time(13, rng.i8(10..60), 0, 0)),
            _ => days::within(day, false, rng),
        };
        Self { fate: Fate::Stays(place), procedure, filing, filed_at }
    }

    /// Draws how many office minutes the work takes.
    pub fn work_minutes(&self, procedure: &Procedure, rng: &mut Rng) -> u32 {
        let n = procedure.limit.allowance.n;
        let allowed = match procedure.limit.allowance.unit {
            Unit::WorkingDays => n * 480,
            Unit::CalendarDays => n * 480 * 5 / 7,
            Unit::Months => n * 480 * 21,
            Unit::WorkingHours => n * 60,
        };
        let percent = match self.fate {
            Fate::Late | Fate::LateWithApology => rng.u32(125..170),
            Fate::Stays(_) => 25,
            _ => rng.u32(45..88),
        };
        (allowed * percent / 100).max(60)
    }
}

/// Draws how it is filed. Until March most people come to the desk; from 1 April on most file online, the rest by post.
fn filing(day: Date, rng: &mut Rng) -> Filing {
    let weights = match day < ISOLATION {
        true => [(Filing::Desk, 58), (Filing::Online, 32), (Filing::Post, 10)],
        false => [(Filing::Desk, 6), (Filing::Online, 74), (Filing::Post, 20)],
    };
    weighted(rng, &weights)
}
