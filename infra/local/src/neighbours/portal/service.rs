//! The calls of one portal, and what it keeps of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rules::vietnam::portal_instant;
use serde_json::{Map, Value, json};

use super::fields::{DOSSIER, STEP, wrong};
use super::order::{text, wrong_dossier, wrong_steps};
use super::{KnownDossier, Tally};

/// The most rows of one call.
const MOST_ROWS: usize = 10;
/// Time for which a session holds.
const SESSION: SignedDuration = SignedDuration::from_mins(30);

/// People who are let in.
#[derive(Clone)]
pub struct Account {
    /// The name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The bus's name of the portal.
    pub service: String,
    /// `madonvi`.
    pub unit: String,
}

/// An answer of the portal.
pub struct Said(pub(super) Value);

impl Said {
    pub(super) fn no(code: &str, message: &str) -> Self {
        Self(json!({ "error_code": code, "message": message }))
    }

    fn yes() -> Self {
        Self(json!({ "error_code": "0" }))
    }
}

pub(super) struct Service {
    pub(super) account: Account,
    pub(super) known: BTreeMap<String, KnownDossier>,
    pub(super) tally: Tally,
    pub(super) order: Vec<String>,
    pub(super) hides_steps: bool,
    sessions: BTreeMap<String, Timestamp>,
    issued: u64,
}

impl Service {
    pub(super) fn new(account: Account) -> Self {
        Self {
            account,
            known: BTreeMap::new(),
            tally: Tally::default(),
            order: Vec::new(),
            hides_steps: false,
            sessions: BTreeMap::new(),
            issued: 0,
        }
    }

    pub(super) fn end_sessions(&mut self) {
        self.sessions.clear();
    }

    pub(super) fn answer(&mut self, call: &str, destination: &str, body: &[u8], now: Timestamp) -> Said {
        self.tally.calls += 1;
        let said = match serde_json::from_slice::<Map<String, Value>>(body) {
            Err(_) => Said::no("400", "Nội dung không phải JSON"),
            Ok(_) if destination != self.account.service => Said::no("403", "Sai dstcode"),
            Ok(body) if call == "login" => return self.log_in(&body, now),
            Ok(body) => match self.closed(call, &body, now) {
                Some(said) => return said,
                None => self.serve(call, &body, now),
            },
        };
        if let Some(message) = said.0.get("message").and_then(Value::as_str) {
            match message.contains("đã tồn tại") {
                true => self.tally.repeats += 1,
                false => self.tally.refusals += 1,
            }
            tracing::warn!(call, message, "a portal refuses");
        }
        said
    }

    fn log_in(&mut self, body: &Map<String, Value>, now: Timestamp) -> Said {
        self.tally.log_ins += 1;
        let own = [self.account.username.as_str(), self.account.password.as_str()];
        if ["username", "password"].map(|field| text(body, field)) != own {
            return Said::no("1", "Sai tên đăng nhập hoặc mật khẩu");
        }
        self.issued += 1;
        let session = format!("S{:08}", self.issued);
        self.sessions.insert(session.clone(), now + SESSION);
        Said(json!({ "error_code": "0", "session": session }))
    }

    /// Returns why a call is not served: its session, its office or its own name is wrong.
    fn closed(&self, call: &str, body: &Map<String, Value>, now: Timestamp) -> Option<Said> {
        if self.sessions.get(text(body, "session")).is_none_or(|until| *until <= now) {
            return Some(Said::no("2", "Phiên làm việc đã hết hạn"));
        }
        if text(body, "madonvi") != self.account.unit {
            return Some(Said::no("403", "Sai madonvi"));
        }
        (text(body, "service") != call).then(|| Said::no("404", "Trường service không khớp địa chỉ"))
    }

    fn serve(&mut self, call: &str, body: &Map<String, Value>, now: Timestamp) -> Said {
        let records: Vec<_> =
            body.get("data").and_then(Value::as_array).into_iter().flatten().map(Value::as_object).collect();
        let records: Option<Vec<_>> = records.into_iter().collect();
        match (call, records) {
            ("TraCuuHoSo", _) => self.look_up(text(body, "mahoso")),
            (_, None) => Said::no("7", "Trường data có phần tử không phải đối tượng"),
            (_, Some(records)) if records.is_empty() || records.len() > MOST_ROWS => {
                Said::no("8", "Trường data nhận từ 1 đến 10 bản ghi")
            }
            ("DongBoHoSoMC", Some(records)) => self.take(text(body, "isUpdating"), &records),
            ("CapNhatTienDoHoSoMC", Some(records)) => self.progress(&records, now),
            _ => Said::no("404", "Không có dịch vụ này"),
        }
    }

    fn look_up(&self, code: &str) -> Said {
        let Some(known) = self.known.get(code) else {
            return Said(json!({ "error_code": "0", "data": [] }));
        };
        let mut dossier = known.dossier.clone();
        dossier.insert("MaDonVi".to_owned(), json!(known.unit));
        if !self.hides_steps {
            dossier.insert("DanhSachTienTrinh".to_owned(), json!(known.steps));
        }
        Said(json!({ "error_code": "0", "data": [dossier] }))
    }

    fn take(&mut self, updating: &str, records: &[&Map<String, Value>]) -> Said {
        let updates = match updating {
            "True" => true,
            "False" => false,
            _ => return Said::no("7", "Trường isUpdating phải là True hoặc False"),
        };
        for record in records {
            let before = self.known.get(text(record, "MaHoSo"));
            if let Some(why) = wrong(record, DOSSIER) {
                return Said::no("7", &why);
            }
            match (updates, before) {
                (false, Some(_)) => return Said::no("-3", "Hồ sơ đã tồn tại"),
                (true, None) => return Said::no("4", "Hồ sơ không tồn tại"),
                (true, Some(known)) if known.unit != self.account.unit => {
                    return Said::no("5", "Trường MaHoSo thuộc đơn vị khác");
                }
                (true, Some(_)) | (false, None) => {}
            }
            if let Some(why) = wrong_dossier(record, before.map(|known| &known.dossier)) {
                return Said::no("7", &why);
            }
        }
        for record in records {
            let known = self.known.entry(text(record, "MaHoSo").to_owned()).or_default();
            known.unit.clone_from(&self.account.unit);
            known.dossier = (*record).clone();
        }
        Said::yes()
    }

    /// Takes all steps of a call or none.
    fn progress(&mut self, records: &[&Map<String, Value>], now: Timestamp) -> Said {
        let code = text(records[0], "MaHoSo").to_owned();
        if let Some(why) = records.iter().find_map(|record| wrong(record, STEP)) {
            return Said::no("7", &why);
        }
        if records.iter().any(|record| text(record, "MaHoSo") != code) {
            return Said::no("7", "Trường MaHoSo khác nhau trong một lần gửi");
        }
        let Some(known) = self.known.get_mut(&code) else { return Said::no("4", "Hồ sơ không tồn tại") };
        if records.iter().any(|record| known.steps.contains(record)) {
            return Said::no("-3", "Bước xử lý đã tồn tại");
        }
        if let Some(why) = wrong_steps(&known.steps, records, &portal_instant(now)) {
            return Said::no("7", &why);
        }
        if known.steps.is_empty() {
            self.order.push(code);
        }
        known.steps.extend(records.iter().map(|record| (*record).clone()));
        Said::yes()
    }
}
