//! The words of `/local` in its two languages.

mod english;
mod vietnamese;

use motcua::store::Owner;
use rules::clock::{Measure, Policy};
use rules::dossier::{FeeState, Phase, StretchKind};
use rules::language::Language;

pub(super) use english::ENGLISH;
pub(super) use vietnamese::VIETNAMESE;

/// One language.
pub(super) struct Words {
    pub lang: Language,
    pub other_lang: &'static str,
    pub other_href: &'static str,
    pub other: &'static str,
    pub title: &'static str,
    pub now: &'static str,
    pub frozen: &'static str,
    pub clock: &'static str,
    pub hours: &'static str,
    pub working_days: &'static str,
    pub advance: &'static str,
    pub freeze: &'static str,
    pub run: &'static str,
    pub sweep: &'static str,
    pub dossiers: &'static str,
    pub no_dossiers: &'static str,
    pub code: &'static str,
    pub state: &'static str,
    pub due: &'static str,
    pub why: &'static str,
    pub fees: &'static str,
    pub pay: &'static str,
    pub gateways: &'static str,
    pub due_soon: &'static str,
    pub held_by: &'static str,
    pub desk: &'static str,
    /// The original date, the counted and the promised one.
    pub dates: [&'static str; 3],
    pub not_started: &'static str,
    pub unclaimed: &'static str,
    pub received_at: &'static str,
    pub channel: &'static str,
    pub reference: &'static str,
    pub amount: &'static str,
    pub messages: &'static str,
    pub no_messages: &'static str,
    pub sent_at: &'static str,
    pub number: &'static str,
    pub text: &'static str,
    pub unavailable: &'static str,
    pub figures: &'static str,
    /// Sign between whole and hundredths.
    pub decimal: char,
    pub segments: &'static str,
    /// From, to, act of the clock, how much it counted, why, by which article, through whom.
    pub segment: [&'static str; 7],
    pub voided: &'static str,
    /// The place of this language among the two.
    place: usize,
    late: [&'static str; 2],
    ahead: [&'static str; 2],
    spans: [&'static str; 3],
    /// More than the fee lacked, and marked to go back.
    surplus: &'static str,
    pub to_refund: &'static str,
}

impl Words {
    pub(super) fn phase(&self, phase: Phase) -> &'static str {
        self.of(rules::dossier::spoken::phase(phase))
    }

    pub(super) fn fee(&self, state: FeeState) -> &'static str {
        self.of(desk::words::fee(state))
    }

    /// Returns the one in this language of a text in Vietnamese and in English.
    pub(super) fn of<'t>(&self, both: [&'t str; 2]) -> &'t str {
        both[self.place]
    }

    /// Names the act of the clock.
    pub(super) fn did(&self, kind: StretchKind) -> &'static str {
        self.of(desk::words::stretch(kind))
    }

    /// Names the effect of the receipt that ends a pause.
    pub(super) fn then(&self, policy: Policy) -> &'static str {
        self.of(desk::words::policy(policy))
    }

    /// Says how much the clock counted.
    pub(super) fn counted(&self, n: u32, unit: Measure) -> String {
        format!("{n} {}", self.of(desk::words::unit(unit)))
    }

    /// Says that it is late, and by how many working days.
    pub(super) fn late_by(&self, working_days: Option<u32>) -> String {
        let [late, by] = self.late;
        match working_days {
            None | Some(0) => late.to_owned(),
            Some(days) => by.replace('#', &days.to_string()),
        }
    }

    pub(super) fn owner(&self, owner: Owner) -> &'static str {
        match owner {
            Owner::Unclaimed(because) => self.of(desk::words::because(because)),
            Owner::Dossier(_) => self.surplus,
        }
    }

    pub(super) fn ahead(&self, seconds: i64) -> String {
        let [ahead, behind] = self.ahead;
        let side = if seconds < 0 { behind } else { ahead };
        let [minute, hour, day] = self.spans;
        let (count, unit) = match seconds.unsigned_abs() / 60 {
            minutes @ 0..120 => (minutes, minute),
            minutes @ 120..2_880 => (minutes / 60, hour),
            minutes => (minutes / 1_440, day),
        };
        side.replace('#', &format!("{count} {unit}"))
    }
}
