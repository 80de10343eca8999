//! Results that are ready for the post, by receiver: one parcel takes all that go to one person at one address. What cannot
//! go yet stands apart, with what to do.

use motcua::store::Listed;
use rules::config::Post;
use rules::dossier::Dossier;
use rules::id::DossierId;
use rules::notice::{Mail, Standing};
use rules::person::Label;
use rules::post::MOST_DOSSIERS;
use rules::post::postage::Payer;
use rules::vietnam;
use rules::vnd::Vnd;
use rules::worklist::Row;
use units::Units;

use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// Reason why a result cannot go yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocked {
    /// Nobody confirmed the address; `true` if the applicant was asked.
    NoAddress(bool),
    /// The postage was not asked for.
    PostageUnasked(Vnd),
    /// The postage is not paid.
    PostageUnpaid(Vnd),
    /// A fee is not paid.
    FeeUnpaid,
}

/// One result.
#[derive(Clone, Debug)]
pub(super) struct One {
    /// The dossier.
    pub id: DossierId,
    /// Its code.
    pub called: String,
    /// Payer of the postage.
    pub payer: Payer,
}

/// The results of one receiver.
#[derive(Debug)]
pub(super) struct Group {
    /// The text of the label.
    pub label: Label,
    /// The results, longest ready first.
    pub results: Vec<One>,
}

/// One that cannot go yet.
#[derive(Debug)]
pub(super) struct Apart {
    /// The result.
    pub one: One,
    /// The applicant.
    pub name: String,
    /// The reason.
    pub why: Blocked,
}

/// Everything on the page.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Those that can go.
    pub ready: Vec<Group>,
    /// Those that cannot.
    pub apart: Vec<Apart>,
}

/// Reads these dossiers with their people, as they were a moment ago. Those that do not wait for the post are left out.
pub(super) async fn of(visit: &Visit<'_>, ids: &[DossierId]) -> Result<Groups, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let store = site.recorder.store();
    let mut dossiers = Vec::new();
    for ids in ids.chunks(100) {
        dossiers.extend(store.dossiers_lately(&staff.agency, ids).await?);
    }
    dossiers.retain(|dossier| dossier.returns_by_post == Some(true) && dossier.parcel.is_none());
    let place = |dossier: &Dossier| ids.iter().position(|id| *id == dossier.id);
    dossiers.sort_by_key(place);
    let rows = dossiers.iter().map(Row::of).collect();
    let (listed, notices) =
        tokio::join!(store.with_people(&staff.agency, rows), store.notices_lately(&staff.agency, now));
    let (listed, notices) = (listed?, notices?);
    let post = super::operators(visit).into_iter().find(|post| post.postage.is_some());
    let mut groups = Groups::default();
    for (dossier, listed) in dossiers.iter().zip(&listed) {
        groups.add(dossier, listed, (post, &notices), (site.units(), vietnam::day(now)));
    }
    Ok(groups)
}

impl Groups {
    fn add(
        &mut self,
        dossier: &Dossier,
        listed: &Listed,
        (post, notices): (Option<&Post>, &Standing),
        (units, day): (&Units, jiff::civil::Date),
    ) {
        let label = listed.person.as_ref().map(|person| Label::of(person, units, day));
        let free = dossier.free_postage.or_else(|| notices.free_postage(Mail::Results, &dossier.procedure.code, day));
        let amount = label.as_ref().zip(post).and_then(|(label, post)| amount(units, post, label));
        let one = One { id: dossier.id, called: listed.row.called().to_owned(), payer: Payer::of(free, amount) };
        match (label, blocked(dossier, one.payer)) {
            (Some(label), None) if label.confirmed => self.put(label, one),
            (label, why) => {
                let why = why.unwrap_or(Blocked::NoAddress(dossier.address_asked_at.is_some()));
                self.apart.push(Apart { one, name: label.map(|label| label.name).unwrap_or_default(), why });
            }
        }
    }

    fn put(&mut self, label: Label, one: One) {
        let same = |group: &&mut Group| group.label == label && group.results.len() < MOST_DOSSIERS;
        match self.ready.iter_mut().find(same) {
            Some(group) => group.results.push(one),
            None => self.ready.push(Group { label, results: vec![one] }),
        }
    }
}

fn blocked(dossier: &Dossier, payer: Payer) -> Option<Blocked> {
    if dossier.owes() && !dossier.owes_postage_alone() {
        return Some(Blocked::FeeUnpaid);
    }
    if !dossier.address_confirmed {
        return Some(Blocked::NoAddress(dossier.address_asked_at.is_some()));
    }
    match (payer, dossier.postage()) {
        (Payer::Free(_) | Payer::AtTheDoor, _) => None,
        (Payer::Applicant(amount), None) => Some(Blocked::PostageUnasked(amount)),
        (Payer::Applicant(_), Some(debt)) => {
            Some(debt.missing_vnd()).filter(|missing| *missing > Vnd::ZERO).map(Blocked::PostageUnpaid)
        }
    }
}

/// The postage by the operator's table. A receiver whose province is not known is taken for one of another province.
fn amount(units: &Units, post: &Post, label: &Label) -> Option<Vnd> {
    let here = post.place.and_then(|place| units.unit(&place.commune)?.province()).map(|unit| unit.code().code);
    let same = here.is_some() && here == label.province.map(|province| province.code);
    post.postage.as_ref()?.amount(same, None)
}
