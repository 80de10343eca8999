//! Ten thousand callbacks of every gateway, shuffled, repeated and disturbed, against a tally kept apart.

use std::collections::BTreeMap;

use fastrand::Rng;
use motcua::store::{Item, Money, Owner, text};
use motcua_local::senders::{Payment, payment};
use motcua_local::wire::faults::{Fault, Faults, Plan};
use motcua_local::wire::seed_jitter;
use rules::config::{Channel, Gateway};
use rules::dossier::Event;
use rules::http::{Reply, Response};
use rules::id::DossierId;
use rules::vnd::Vnd;
use serde_json::Value;

use crate::town::{FEE_VND, Town, rsp_code};

/// Callbacks sent, without those sent again because the answer was "later".
const CALLBACKS: usize = 10_000;
/// Dossiers whose fee is asked through each channel.
const DOSSIERS_A_CHANNEL: usize = 40;
/// Number of times that a sender comes back after an answer that asks for it.
const RETRIES: usize = 8;

/// One message that a gateway sends, in as many copies as it likes.
#[derive(Clone)]
struct Told {
    channel: Channel,
    written: Payment,
}

/// Counts that must hold in the end.
#[derive(Default)]
struct Tally {
    /// Distinct messages by channel, reference and amount. The national platform's message names a payment by its
    /// reference alone, so no transaction number distinguishes two of them.
    sent: BTreeMap<(String, String, u64), usize>,
    /// Dossiers for which a payment in full was reported, with its channel.
    paid: BTreeMap<DossierId, String>,
}

struct Senders {
    town: Town,
    rng: Rng,
    next_transaction: u64,
    tally: Tally,
    told: Vec<Told>,
}

impl Senders {
    async fn ready(seed: u64) -> Self {
        let town = Town::new().await;
        Self { town, rng: Rng::with_seed(seed), next_transaction: 200_000_000, tally: Tally::default(), told: vec![] }
    }

    fn tell(&mut self, channel: &Channel, reference: &str, amount: u64, paid: bool) {
        self.next_transaction += 1;
        let (reference, transaction) = (reference.to_owned(), self.next_transaction.to_string());
        *self.tally.sent.entry((channel.id.clone(), reference.clone(), amount)).or_default() += 1;
        let (amount_vnd, at) = (Vnd::new(amount).unwrap(), self.town.clock.now());
        let written = Payment { reference, transaction, amount_vnd, paid, at };
        self.told.push(Told { channel: channel.clone(), written });
    }

    /// Sends the messages about one fee: the payer failed, paid, paid once more, paid something else; and one about a
    /// dossier that nobody knows.
    async fn about_a_fee(&mut self, channel: &Channel, number: usize) {
        let (id, reference) = self.town.asked_through(&format!("G22-{}-{number}", channel.id), &channel.id).await;
        let known_by =
            |id: DossierId| if channel.gateway == Gateway::Payos { order_code(id) } else { format!("{id}01") };
        let reference = if channel.gateway == Gateway::Payos { known_by(id) } else { reference };
        let tells_failures = !matches!(channel.gateway, Gateway::Zalopay | Gateway::Payos);
        if tells_failures && self.rng.bool() {
            self.tell(channel, &reference, FEE_VND, false);
        }
        if self.rng.u8(..10) < 9 {
            self.tell(channel, &reference, FEE_VND, true);
            self.tally.paid.insert(id, channel.id.clone());
        }
        if self.rng.u8(..10) < 3 {
            self.tell(channel, &reference, FEE_VND, true);
            self.tally.paid.insert(id, channel.id.clone());
        }
        let other_amount = FEE_VND + self.rng.u64(1..1_000_000);
        self.tell(channel, &reference, other_amount, true);
        let nobody = known_by(DossierId::from_random(self.rng.u64(1 << 40..1 << 50)));
        self.tell(channel, &nobody, FEE_VND, true);
    }

    /// Returns every message two to ten times, in any order.
    fn shuffled(&mut self) -> Vec<Told> {
        let mut copies = Vec::new();
        for told in &self.told {
            copies.extend(std::iter::repeat_n(told.clone(), self.rng.usize(2..=10)));
        }
        while copies.len() < CALLBACKS {
            copies.push(self.told[self.rng.usize(..self.told.len())].clone());
        }
        self.rng.shuffle(&mut copies);
        copies
    }

    /// Sends one, disturbed one time in five, and again while the answer asks for it.
    async fn send(&mut self, told: &Told) {
        for attempt in 0..=RETRIES {
            let disturbed = attempt == 0 && self.rng.u8(..5) == 0;
            let plan = if disturbed { self.fault() } else { Plan::Calm };
            self.town.office.wire().set_faults(Faults::from_seed(self.rng.u64(..), plan));
            let letter = payment(&told.channel, &told.written, self.town.clock.now()).unwrap();
            let response = self.town.send(&letter).await;
            if !asks_again(told.channel.gateway, &response) {
                return;
            }
        }
    }

    fn fault(&mut self) -> Plan<Fault> {
        let fault = Fault::ALL[self.rng.usize(..Fault::ALL.len())];
        // Either one call, which the client repeats, or as many as it tries.
        let calls = if self.rng.bool() { 1 } else { 3 };
        Plan::Burst { first_call: self.rng.u64(1..=3), calls, fault }
    }
}

/// Returns a whole number for a dossier, as payOS wants for an order.
fn order_code(id: DossierId) -> String {
    id.as_str().bytes().fold(0_u64, |sum, byte| (sum * 37 + u64::from(byte)) % (1 << 52)).to_string()
}

/// Whether this answer makes the gateway call again, by its own rules.
fn asks_again(gateway: Gateway, response: &Response) -> bool {
    let body = || serde_json::from_str::<Value>(response.text()).unwrap();
    match gateway {
        Gateway::Vnpay => rsp_code(response) == "99",
        Gateway::Zalopay => body()["return_code"] == 0,
        // It knows two answers: any that is not success is tried again, an unknown order too.
        Gateway::Onepay => !response.text().contains("responsecode=1"),
        _ => response.status().as_u16() >= 500,
    }
}

async fn all_money(town: &Town) -> Vec<Money> {
    let site = town.office.site();
    let store = site.recorder.store();
    let (mut money, mut from) = (Vec::new(), None);
    loop {
        let page = store.client().scan().table_name(store.table()).set_exclusive_start_key(from).send().await.unwrap();
        let is_money = |item: &&Item| text(item, "sk") == Some("money");
        money.extend(page.items().iter().filter(is_money).map(|item| Money::read(item).unwrap()));
        match page.last_evaluated_key {
            Some(key) => from = Some(key),
            None => return money,
        }
    }
}

#[tokio::test]
async fn ten_thousand_callbacks_leave_every_payment_recorded_once_with_one_owner() {
    seed_jitter(4);
    let mut senders = Box::pin(Senders::ready(4)).await;
    let channels: Vec<Channel> = senders.town.office.site().config.channels().cloned().collect();
    assert!(Gateway::ALL.iter().all(|gateway| channels.iter().any(|channel| channel.gateway == *gateway)));
    for channel in &channels {
        for number in 0..DOSSIERS_A_CHANNEL {
            Box::pin(senders.about_a_fee(channel, number)).await;
        }
    }
    let copies = senders.shuffled();
    assert!(copies.len() >= CALLBACKS);
    for told in &copies {
        Box::pin(senders.send(told)).await;
    }
    let Senders { town, tally, .. } = senders;
    town.office.wire().set_faults(Faults::none());
    town.minutes(5);
    town.office.sweep().await;
    check(&town, &tally).await;
}

async fn check(town: &Town, tally: &Tally) {
    let money = all_money(town).await;
    let mut recorded: BTreeMap<_, usize> = BTreeMap::new();
    for record in &money {
        // ZaloPay puts the day before our reference.
        let reference = record.reference.rsplit('_').next().unwrap().to_owned();
        let amount = record.payment.amount_vnd.unwrap().dong();
        *recorded.entry((record.payment.channel.clone(), reference, amount)).or_default() += 1;
    }
    assert_eq!(recorded, tally.sent, "as many records as distinct messages");
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in &money {
        if let Owner::Dossier(id) = record.owner {
            owners.entry(id.to_string()).or_default().push(record.payment.identity.clone());
        }
    }
    for (id, channel) in &tally.paid {
        let events = town.events(*id).await;
        let paid = events.iter().filter_map(|event| match event {
            Event::FeePaid { identity, amount_vnd, .. } => Some((identity.clone(), amount_vnd.dong())),
            _ => None,
        });
        let paid: Vec<_> = paid.collect();
        // payOS's number of an order is not a reference of ours: its money waits for a person.
        let expected = usize::from(!channel.starts_with("payos"));
        assert_eq!(paid.len(), expected, "{channel} {id}");
        for (identity, amount) in paid {
            assert_eq!(amount, FEE_VND);
            assert!(owners[&id.to_string()].contains(&identity), "{channel} {id}: the dossier owns what paid it");
        }
    }
}
