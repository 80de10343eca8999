//! Time that the post has for a parcel, and what it owes the receiver.

use jiff::civil::Date;
use maud::{Markup, html};
use rules::clock::Office;
use rules::config::Post;
use rules::person::Person;
use rules::post::transit::{Invitations, Place, Reach, Transit};
use rules::post::{Parcel, Standing, State};
use rules::vietnam;
use units::Units;

use crate::pages::layout::Frame;

/// Facts about a parcel's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// The days that it has; `None` if the office's or the receiver's commune is not known, or no table counts the days.
    pub transit: Option<Transit>,
    /// The working days by which it is late.
    pub late_by: Option<u32>,
    /// The invitations of the receiver, if it waits for them or goes back.
    pub invitations: Option<Invitations>,
}

/// Everything that time is counted with.
#[derive(Clone, Copy)]
pub(super) struct Counting<'a> {
    pub units: &'a Units,
    pub office: &'a Office,
    pub today: Date,
}

impl Time {
    /// Counts the time of a parcel that goes to, or comes from, this person.
    pub(super) fn of(
        parcel: &Parcel,
        standing: &Standing,
        post: Option<&Post>,
        person: Option<&Person>,
        counting: Counting<'_>,
    ) -> Self {
        let Counting { units, office, today } = counting;
        let there = person.and_then(|person| person.mailing.as_deref());
        let there = there.map(|mailing| Place { commune: mailing.address.commune(), old: mailing.address.old() });
        let taken = standing.collected_at.or(parcel.closed_at);
        let ways = post.and_then(|post| post.place).zip(there).zip(taken);
        let transit = ways.and_then(|((here, there), at)| {
            let reach = Reach::between(units, &here, &there, vietnam::day(at));
            Transit::one_way(at, reach, &office.calendar).ok()
        });
        let at_the_door = standing.failed.first().map(|failed| failed.at);
        let end = standing.since.filter(|_| standing.state.is_terminal());
        let arrived = at_the_door.or(end).map(vietnam::day);
        let late_by = transit.and_then(|transit| transit.late_by(arrived, today, &office.calendar).ok().flatten());
        let waits = !standing.failed.is_empty()
            && matches!(standing.state, State::AttemptFailed | State::AtOffice | State::Returning | State::Returned);
        let times: Vec<_> = standing.failed.iter().map(|failed| failed.at).collect();
        let invitations = waits.then(|| Invitations::of(&times, &office.calendar).ok()).flatten();
        Self { transit, late_by, invitations }
    }

    /// The operator sent it back, or is about to, before it invited the receiver as often as it has to.
    pub(super) fn owes_an_invitation(&self, standing: &Standing) -> bool {
        let back = matches!(standing.state, State::Returning | State::Returned);
        // Only an absent receiver is invited again: nobody invites a wrong address.
        let absent = standing.failed.iter().all(|failed| failed.why.is_none_or(|why| why == rules::post::Why::Absent));
        back && absent && self.invitations.is_some_and(Invitations::is_missing)
    }

    /// Sentences about it.
    pub(super) fn said(&self, frame: &Frame, standing: &Standing) -> Markup {
        html! {
            @if let Some(transit) = self.transit {
                p {
                    (frame.say("Thời hạn toàn trình: đến hết ngày", "To arrive by the end of")) " " (vietnam::written(transit.until))
                    " (Thông tư 17/2017/TT-BTTTT)."
                    @if let Some(days) = self.late_by { " " strong.late { (frame.say("Trễ", "Late by")) " " (days) " " (frame.say("ngày làm việc.", "working days.")) } }
                }
            }
            @match self.invitations {
                Some(Invitations::One { second_from }) => p {
                    (frame.say("Bưu điện đã mời nhận một lần; lần thứ hai từ ngày", "The receiver was invited once; the second time counts from")) " "
                    (vietnam::written(second_from)) " (Luật Bưu chính Điều 17)."
                },
                Some(Invitations::TooClose { second_from }) => p {
                    (frame.say("Các lần mời nhận quá gần nhau; phải mời lại từ ngày", "The invitations were too close; another one is due from")) " "
                    (vietnam::written(second_from)) " (Luật Bưu chính Điều 17)."
                },
                Some(Invitations::Enough) => p { (frame.say("Bưu điện đã mời nhận đủ hai lần.", "The receiver was invited twice, as the law asks.")) },
                Some(Invitations::None) | None => {}
            }
            @if self.owes_an_invitation(standing) {
                p { strong.late { (frame.say(
                    "Bưu điện chuyển hoàn khi chưa mời đủ hai lần cách nhau hai ngày làm việc: có quyền đề nghị phát lại.",
                    "The operator sends it back without two invitations two working days apart: ask for another delivery.",
                )) } }
            }
        }
    }
}
