//! Work of the office.

use rules::dossier::{Dossier, FeeState};
use rules::vietnam;
use serde_json::json;

use super::super::SeedError;
use super::super::days::ISOLATION;
use super::super::fate::{Fate, Place};
use super::super::town::Town;
use super::super::words::{Party, pick};
use super::{Around, Case, SUPPLEMENT};

/// Fee that a clerk asks for a construction permit, which no catalogue asks.
const PERMIT: (&str, u64) = ("1.005129", 125_000);

const CLERKS: [&str; 3] = ["canbo01", "canbo02", "canbo03"];
const SPECIALISTS: [&str; 5] = ["chuyenvien01", "chuyenvien02", "chuyenvien03", "chuyenvien04", "chuyenvien05"];

impl Case {
    pub(super) async fn at_intake(&mut self, town: &mut Town, dossier: &Dossier) -> Result<Option<u32>, SeedError> {
        let clerk = ("clerk", pick(&mut self.rng, &CLERKS));
        match self.drawn.fate {
            Fate::RefusedAtIntake => {
                let body = json!({ "reason": "Không thuộc thẩm quyền giải quyết của cơ quan" });
                town.command(clerk, dossier, "refuse-intake", &body).await?;
                Ok(None)
            }
            Fate::SupplementAtIntake | Fate::Stays(Place::Incomplete) if !self.done.supplement => {
                self.done.supplement = true;
                let body = json!({ "reason": "Hồ sơ thiếu thành phần theo quy định", "papers": &SUPPLEMENT[..2] });
                town.command(clerk, dossier, "request-supplement", &body).await?;
                Ok(Some(self.rng.u32(480..2400)))
            }
            _ => {
                town.command(clerk, dossier, "accept", &json!({})).await?;
                Ok(Some(self.rng.u32(5..40)))
            }
        }
    }

    /// Works while the clock runs: fees are asked, then it goes from hand to hand and from step to step.
    pub(super) async fn work(
        &mut self,
        town: &mut Town,
        dossier: &Dossier,
        around: &Around<'_>,
    ) -> Result<Option<u32>, SeedError> {
        if let Some(next) = self.collect(town, dossier).await? {
            return Ok(Some(next));
        }
        if let Some(channel) = self.channel.clone().filter(|_| self.asks_a_fee()) {
            self.done.fee = true;
            let body = json!({ "channel": channel, "amount_vnd": PERMIT.1 });
            town.command(("clerk", "canbo03"), dossier, "ask-fee", &body).await?;
            return Ok(Some(self.rng.u32(5..30)));
        }
        let holder = dossier.assignee.clone();
        let Some(holder) = holder else {
            let to = pick(&mut self.rng, &SPECIALISTS);
            town.command(("clerk", "canbo01"), dossier, "forward", &json!({ "to": to })).await?;
            return Ok(Some(self.chunk));
        };
        if let Some(next) = self.reach(town, dossier, around).await? {
            return Ok(Some(next));
        }
        let specialist = ("specialist", holder.as_str());
        if self.apologise(town, dossier, around).await? || self.stop(town, dossier, specialist).await? {
            return Ok(Some(self.chunk));
        }
        if self.drawn.fate == Fate::Withdrawn {
            return self.withdraw(town, dossier).await.map(|()| None);
        }
        let at =
            dossier.step.as_ref().and_then(|visit| self.procedure.steps.iter().position(|it| it.name == visit.name));
        let next = at.and_then(|at| self.procedure.steps.get(at + 1)).filter(|step| step.name != "return");
        match next {
            Some(step) => town.command(specialist, dossier, "enter-step", &json!({ "step": step.name })).await?,
            None => {
                let body = match self.drawn.fate {
                    Fate::Negative => json!({ "kind": "negative", "reason": "Không đủ điều kiện theo quy định mẫu" }),
                    _ => json!({ "kind": "positive" }),
                };
                town.command(specialist, dossier, "record-result", &body).await?
            }
        };
        Ok(Some(self.chunk))
    }

    /// Calls people during isolation: about the return by post, and whether the address is right.
    async fn reach(
        &mut self,
        town: &mut Town,
        dossier: &Dossier,
        around: &Around<'_>,
    ) -> Result<Option<u32>, SeedError> {
        if self.done.reached || vietnam::day(town.clock.now()) < ISOLATION {
            return Ok(None);
        }
        self.done.reached = true;
        let answer = self.rng.u32(..100);
        if answer < 45 && !self.by_post && self.procedure.returns_by_post {
            self.by_post = true;
            let body = json!({ "by": "post", "consent": "phone" });
            town.command(("clerk", "canbo02"), dossier, "choose-return", &body).await?;
            return Ok(Some(self.rng.u32(10..60)));
        }
        if answer < 60 {
            let was = around.parties[self.applicant].address();
            // The first party that lives elsewhere, beginning anywhere among them.
            let (before, from) = around.parties.split_at(self.rng.usize(..around.parties.len()));
            let others = from.iter().chain(before).map(Party::address);
            let Some(address) = others.into_iter().find(|address| *address != was) else { return Ok(None) };
            let body = json!({
                "whose": "applicant", "address": address, "consent": "phone", "because": "Địa chỉ nhận kết quả đã đổi",
            });
            town.command(("clerk", "canbo02"), dossier, "correct-contact", &body).await?;
            return Ok(Some(self.rng.u32(10..60)));
        }
        Ok(None)
    }

    fn asks_a_fee(&self) -> bool {
        let unasked = !self.done.fee && !self.pays_cash && self.number.is_multiple_of(2);
        unasked && self.procedure.code == PERMIT.0 && self.drawn.fate != Fate::Stays(Place::AwaitsSupplement)
    }

    /// Stops the clock for a supplement, or for another agency's opinion.
    async fn stop(&mut self, town: &mut Town, dossier: &Dossier, who: (&str, &str)) -> Result<bool, SeedError> {
        match self.drawn.fate {
            Fate::Supplement | Fate::NeverSupplements | Fate::Stays(Place::AwaitsSupplement)
                if !self.done.supplement =>
            {
                self.done.supplement = true;
                let papers = &SUPPLEMENT[..self.rng.usize(1..=SUPPLEMENT.len())];
                let body = json!({ "reason": "Nội dung hồ sơ chưa thống nhất, cần bổ sung", "papers": papers });
                town.command(who, dossier, "request-supplement", &body).await
            }
            Fate::Opinion if !self.done.opinion && self.procedure.pause(&"opinion".into()).is_some() => {
                self.done.opinion = true;
                town.command(who, dossier, "pause-clock", &json!({ "reason": "opinion" })).await
            }
            _ => Ok(false),
        }
    }

    /// Apologises on the day before it is due, or later.
    async fn apologise(&mut self, town: &mut Town, dossier: &Dossier, around: &Around<'_>) -> Result<bool, SeedError> {
        let Some(due) = dossier.due().filter(|_| self.drawn.fate == Fate::LateWithApology && !self.done.apology) else {
            return Ok(false);
        };
        let (calendar, today) = (&around.hours.calendar, vietnam::day(town.clock.now()));
        let day_before = calendar.subtract_working_days(due.on, 1).unwrap_or(due.on);
        let Some(new) = calendar.add_working_days(due.on.max(today), 5).ok().filter(|_| today >= day_before) else {
            return Ok(false);
        };
        self.done.apology = true;
        let body = json!({ "reason": "Cần thêm thời gian thẩm định", "new_due_on": new.to_string() });
        town.command(("manager", "lanhdao01"), dossier, "apologise", &body).await
    }

    async fn withdraw(&self, town: &mut Town, dossier: &Dossier) -> Result<(), SeedError> {
        if let (rules::dossier::Source::Portal(portal), Some(code)) = (&dossier.source, &self.code) {
            return town.portal(portal, "dossier.withdrawn", super::object(&json!({ "MaHoSo": code }))).await;
        }
        let body = json!({ "reason": "Chủ hồ sơ đề nghị rút" });
        town.command(("clerk", "canbo02"), dossier, "withdraw", &body).await.map(|_| ())
    }

    /// Hands out or posts the result that is there, after its fees are paid.
    pub(super) async fn ready(&mut self, town: &mut Town, dossier: &Dossier) -> Result<Option<u32>, SeedError> {
        if let Some(next) = self.collect(town, dossier).await? {
            return Ok(Some(next));
        }
        if dossier.fees.iter().any(|fee| fee.state == FeeState::Open) {
            return Ok(Some(240));
        }
        let clerk = ("clerk", pick(&mut self.rng, &CLERKS));
        if self.by_post && self.procedure.returns_by_post {
            let item_code = format!("CE{:09}VN", 400_000_000 + self.number * 10 + usize::from(self.done.undelivered));
            town.command(clerk, dossier, "post-result", &json!({ "item_code": item_code })).await?;
            return Ok(Some(self.rng.u32(480..1440)));
        }
        let paper_no = format!("0560{:08}", self.number);
        let body = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": paper_no });
        town.command(clerk, dossier, "hand-out", &body).await?;
        Ok(Some(self.rng.u32(960..2400)))
    }

    pub(super) async fn in_the_post(&mut self, town: &mut Town, dossier: &Dossier) -> Result<Option<u32>, SeedError> {
        let comes_back = self.drawn.fate == Fate::Undelivered && !self.done.undelivered;
        self.done.undelivered |= comes_back;
        let command = if comes_back { "record-undelivered" } else { "record-delivery" };
        town.command(("clerk", "canbo02"), dossier, command, &json!({})).await?;
        Ok(Some(self.rng.u32(480..1440)))
    }

    pub(super) async fn returned(&mut self, town: &mut Town, dossier: &Dossier) -> Result<Option<u32>, SeedError> {
        if self.drawn.fate != Fate::Reissued || self.done.reissued {
            return Ok(None);
        }
        self.done.reissued = true;
        let body = json!({ "reason": "Sai tên trên kết quả" });
        town.command(("clerk", "canbo01"), dossier, "reissue-result", &body).await?;
        Ok(Some(self.rng.u32(240..720)))
    }
}
