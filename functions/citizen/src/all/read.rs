//! Everything of a dossier that its people may see, read in one call. No name, telephone or address of theirs is among it; who
//! handles it is named (NĐ 224/2026/NĐ-CP, article 15(1)(g)).

use maud::Markup;
use motcua::checkout::Checkout;
use motcua::site::Site;
use motcua::store::{Error, SentMessage, Voucher};
use rules::dossier::{Debt, FeeState, Recorded, Terms};
use rules::id::DossierId;
use rules::person::Person;
use rules::receipt::Lawful;
use rules::token::Token;

use crate::beside;
use crate::frame::Frame;
use crate::opened::Opened;
use crate::path::{self, LOOKS};

/// The way by which a reader came, which every link of their pages keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By<'a> {
    /// The digits: a cookie holds the pass.
    Digits(DossierId),
    /// A link.
    Link(&'a Token),
    /// A link that shows the page to a member of staff, who can do nothing on it.
    Staff(&'a Token),
}

impl By<'_> {
    /// The path of the page.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Digits(id) => path::of_dossier(id),
            Self::Link(token) | Self::Staff(token) => path::of_link(token),
        }
    }

    /// The path of the page of those who looked at the dossier.
    pub(crate) fn looks(self) -> String {
        format!("{}{LOOKS}", self.path())
    }

    /// Whether its reader may send anything.
    pub(crate) fn acts(self) -> bool {
        !matches!(self, Self::Staff(_))
    }
}

/// All of a dossier.
pub(crate) struct All {
    /// Its state, and what its dates are counted by.
    pub opened: Opened,
    /// Its people, of whom no page shows anything; `None` if they were erased.
    pub person: Option<Person>,
    /// Every commit, oldest first.
    pub history: Vec<Recorded>,
    /// The messages that it sent, oldest first.
    pub messages: Vec<SentMessage>,
    /// The numbers of what was paid.
    pub vouchers: Vec<Voucher>,
    /// The lawful receipts of what was paid.
    pub receipts: Vec<Lawful>,
    /// The orders at gateways.
    pub orders: Vec<Checkout>,
    /// Number of the files that the office keeps of it.
    pub files: usize,
}

impl All {
    /// Reads it as it is at this moment; `None` if this agency has no such dossier.
    pub(crate) async fn read(site: &Site, frame: &Frame<'_>, id: DossierId) -> Result<Option<Self>, Error> {
        let (store, agency) = (site.recorder.store(), frame.agency.key());
        let (whole, people) = tokio::join!(store.whole(agency, id), store.people(agency, frame.now));
        let Some(whole) = whole? else { return Ok(None) };
        let mut opened = Opened::of(site, frame, whole.dossier).await?;
        opened.is_shown_whole = true;
        opened.handled_by = match (people, &opened.dossier.assignee) {
            (Ok(people), Some(account)) => people.name_of(account).map(str::to_owned),
            (Ok(_), None) => None,
            (Err(error), _) => {
                tracing::warn!(%error, "a dossier is shown without who handles it");
                None
            }
        };
        let orders = whole.orders.iter().map(Checkout::read).collect::<Result<_, _>>()?;
        let (history, messages, vouchers, receipts) = (whole.history, whole.messages, whole.vouchers, whole.receipts);
        Ok(Some(Self {
            opened,
            person: whole.person,
            history,
            messages,
            vouchers,
            receipts,
            orders,
            files: whole.scans.len(),
        }))
    }

    /// Terms that its dates rest on.
    pub(crate) fn terms(&self) -> Terms<'_> {
        self.opened.terms()
    }

    /// The ways to what stands beside these pages, for the end of each.
    pub(crate) fn foot(&self, frame: &Frame<'_>, by: By<'_>) -> Markup {
        let Opened { dossier, procedure, .. } = &self.opened;
        match by {
            By::Link(token) => beside::foot(frame, token, (dossier, procedure.as_deref(), self.person.as_ref())),
            By::Digits(id) => beside::call_me(frame, id),
            By::Staff(_) => Markup::default(),
        }
    }

    /// The name of a fee, by the number of an attempt to collect it.
    pub(crate) fn fee<'a>(&'a self, frame: &Frame<'_>, attempt: u8) -> &'a str {
        let debt = self.opened.dossier.debt(attempt);
        let code = debt.and_then(|debt| self.opened.dossier.attempt(debt.fee)?.code.as_deref());
        let terms = self.opened.procedure.as_deref().map(|it| it.fees.as_slice()).unwrap_or_default();
        let named = code.and_then(|code| terms.iter().find(|fee| fee.code == code));
        match (code, named) {
            (_, Some(fee)) => &fee.name_vi,
            (Some(rules::post::postage::POSTAGE), None) => frame.lang.pick(["Cước bưu chính", "Postage"]),
            (_, None) => frame.lang.pick(["Phí, lệ phí", "Fee"]),
        }
    }

    /// The attempt by which a fee is collected now.
    pub(crate) fn asked(&self, debt: &Debt) -> Option<u8> {
        let fees = self.opened.dossier.fees.iter().filter(|fee| fee.fee() == debt.fee);
        fees.filter(|fee| fee.state == FeeState::Open && fee.channel.is_some()).map(|fee| fee.attempt).next_back()
    }
}
