//! A channel: the agreement of an office with a gateway.

use jiff::civil::Date;

use super::kind::Gateway;
use crate::id::AgencyCode;
use crate::signature::{Key, Keys};

/// The ten signed fields of the national payment platform's confirmation, in the order of the partner system that
/// enforces the check. No official text was found, so the order is a setting.
pub const DVCQG_FIELDS: [&str; 10] = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
];

/// One payment channel: one gateway's contract with one agency.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name in the callback's path.
    pub id: String,
    /// Its name for people, in Vietnamese; `None` if it has none but its id.
    pub name: Option<String>,
    /// The code of the agency it collects for.
    pub agency: AgencyCode,
    /// The gateway in whose format it speaks.
    pub gateway: Gateway,
    /// The gateway's name for us: TmnCode, partnerCode, app_id, vpc_Merchant, MaDoiTac.
    pub merchant: Option<String>,
    /// The keys that verify callbacks.
    pub keys: Keys,
    /// The day since which each of them is in use, as far as the configuration gives it.
    pub keys_since: Vec<Date>,
    /// MoMo's access key, which is in the signed text and not in the message.
    pub access_key: Option<Key>,
    /// The key of our own requests: ZaloPay's key1, payOS's API key.
    pub request_key: Option<Key>,
    /// The order in which the national payment platform's fields are signed.
    pub field_order: Option<[&'static str; DVCQG_FIELDS.len()]>,
    /// The page that a payer is sent to with a query of ours; `None` if orders are not opened so.
    pub pay_url: Option<String>,
    /// The address of our own requests, without a slash at its end; `None` if nothing is asked of the gateway.
    pub api_url: Option<String>,
    /// Whether the account at the gateway is the office's alone, so that a payment without a reference is money that
    /// waits, and not another application's.
    pub own_account: bool,
    /// Whether the channel takes the gateway's test money, and then no other.
    pub test: bool,
    /// The account that transfers go to, if the gateway only reports transfers.
    pub bank_account: Option<BankAccount>,
}

impl Channel {
    /// Its name for people; its id if it has no other.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// A bank account as a VietQR code names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccount {
    /// The bank's six digits at NAPAS, such as `970436`.
    pub bank_bin: String,
    /// The number of the account: 6 to 19 digits or capitals.
    pub number: String,
}
