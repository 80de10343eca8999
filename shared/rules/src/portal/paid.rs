//! A payment that was made at the portal: `payment.confirmed`.
//!
//! Its fields are those of the national payment platform's confirmation: `MaThamChieu` (the order), `SoTien`, `MaTienTe`
//! (đồng if it is absent), `MaGiaoDich`, `ThoiGianGD`, `MaDoiTac` (the merchant), `MaLoi` (absent, or 00), and beside them
//! `MaHoSo` and `MaPhiLePhi` (which fee, if the order is not of ours). With them it is the same payment as the one that
//! the platform reports to the office itself.

use jiff::Timestamp;

use super::remark::instant;
use crate::dossier::{Dossier, FeeState, PaymentOutcome};
use crate::gateway::{Found, identity};
use crate::id::Reference;
use crate::json::{Fields, Malformed};
use crate::limits::LONGEST_CODE;
use crate::vnd::Vnd;

/// A payment as the portal tells it.
pub struct Paid {
    /// `MaThamChieu`.
    pub order: String,
    /// `MaGiaoDich`.
    pub transaction: String,
    /// `MaTienTe`.
    pub currency: String,
    /// `SoTien`.
    pub units: u64,
    /// `MaDoiTac`.
    pub merchant: Option<String>,
    /// `MaPhiLePhi`.
    pub fee: Option<String>,
    /// `ThoiGianGD`.
    pub at: Option<Timestamp>,
}

impl Paid {
    /// Returns the amount; `None` if it is not in đồng.
    #[must_use]
    pub fn amount_vnd(&self) -> Option<Vnd> {
        Vnd::new(self.units).ok().filter(|_| self.currency == "VND")
    }

    /// Returns the payment as the channel's gateway would report it to the office itself.
    #[must_use]
    pub fn found(&self, merchant: Option<&str>) -> Found {
        let merchant = self.merchant.as_deref().or(merchant).unwrap_or_default();
        Found {
            identity: identity(&[merchant, &self.order]),
            amount_vnd: self.amount_vnd(),
            outcome: PaymentOutcome::Paid,
            at: self.at,
        }
    }

    /// Returns the reference of the fee that it pays: the order itself if that is one of ours, else the only open fee of
    /// the dossier that was asked for through this channel with this amount. Any other order stays as it is named.
    #[must_use]
    pub fn reference(&self, dossier: &Dossier, channel: &str) -> String {
        if Reference::parse(&self.order).is_ok() {
            return self.order.clone();
        }
        let fits = |fee: &&crate::dossier::Fee| {
            fee.state == FeeState::Open
                && fee.channel.as_deref() == Some(channel)
                && Some(fee.amount_vnd) == self.amount_vnd()
                && self.fee.as_ref().is_none_or(|named| fee.code.as_ref() == Some(named))
        };
        let mut fees = dossier.fees.iter().filter(fits);
        match (fees.next(), fees.next()) {
            (Some(fee), None) => Reference { id: dossier.id, attempt: fee.attempt }.to_string(),
            (_, Some(_)) | (None, None) => self.order.clone(),
        }
    }
}

pub(super) fn confirmed(data: &Fields<'_>) -> Result<Paid, Malformed> {
    if data.code("MaLoi", LONGEST_CODE)?.is_some_and(|code| !code.bytes().all(|byte| byte == b'0')) {
        return Err(data.malformed("MaLoi", "is not 00"));
    }
    let text = |name: &'static str| data.required(name, data.code(name, LONGEST_CODE)?);
    let units = text("SoTien")?;
    let units = units.parse::<u64>().ok().filter(|units| *units > 0);
    Ok(Paid {
        order: text("MaThamChieu")?,
        transaction: text("MaGiaoDich")?,
        currency: data.line("MaTienTe", LONGEST_CODE)?.map_or_else(|| "VND".to_owned(), |it| it.to_uppercase()),
        units: units.ok_or_else(|| data.malformed("SoTien", "is not a whole number above 0"))?,
        merchant: data.code("MaDoiTac", LONGEST_CODE)?,
        fee: data.code("MaPhiLePhi", LONGEST_CODE)?,
        at: instant(data, "ThoiGianGD")?,
    })
}
