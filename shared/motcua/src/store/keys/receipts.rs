//! The keys of lawful receipts and of the tables of their days.

use data_encoding::BASE64URL_NOPAD;
use jiff::civil::Date;

use super::{Key, LONGEST_PART, part};
use rules::id::{AgencyCode, DossierId};

/// Shards of what is to be asked of providers of receipts. There are few of them, because every run reads all.
pub const RECEIPT_SHARDS: u32 = 4;

const RECEIPT: &str = "receipt#";

/// Returns the partition of one shard in which receipts wait. A job of its own reads it, because a provider may take long to
/// answer, or be down for days.
#[must_use]
pub fn receipt_pk(agency: &AgencyCode, shard: u32) -> String {
    format!("{agency}#receipts#{shard:02}")
}

/// Returns the index partition of the days whose table is not reported yet, the oldest first.
#[must_use]
pub fn unreported_pk(agency: &AgencyCode) -> String {
    format!("{agency}#receipts-unreported")
}

/// Beginning of the names of providers' doors.
const PROVIDER: &str = "receipts:";

impl Key {
    /// Returns the key of the lawful receipt of a payment, which lies in the dossier whose fee it pays.
    #[must_use]
    pub fn receipt(agency: &AgencyCode, id: DossierId, channel: &str, identity: &str) -> Self {
        Self::in_dossier(agency, id, format!("{RECEIPT}{channel}#{}", part(identity)))
    }

    /// Returns the name of a receipt within its dossier, for a path.
    #[must_use]
    pub fn receipt_name(&self) -> Option<String> {
        Some(BASE64URL_NOPAD.encode(self.sk.strip_prefix(RECEIPT)?.as_bytes()))
    }

    /// Returns the key of the receipt with this name.
    #[must_use]
    pub fn receipt_named(agency: &AgencyCode, id: DossierId, name: &str) -> Option<Self> {
        let rest = BASE64URL_NOPAD.decode(name.as_bytes()).ok().filter(|rest| rest.len() <= 2 * LONGEST_PART)?;
        let rest = String::from_utf8(rest).ok().filter(|rest| rest.contains('#'))?;
        Some(Self::in_dossier(agency, id, format!("{RECEIPT}{rest}")))
    }

    /// Returns the partition of the days on which receipts were issued, replaced or cancelled.
    #[must_use]
    pub fn receipt_days_pk(agency: &AgencyCode) -> String {
        format!("{agency}#receipt-days")
    }

    /// Returns the key of the table of a day.
    #[must_use]
    pub fn receipt_day(agency: &AgencyCode, day: Date) -> Self {
        Self { pk: Self::receipt_days_pk(agency), sk: day.to_string() }
    }

    /// Returns the partition of the rows of a day's table.
    #[must_use]
    pub fn receipt_rows_pk(agency: &AgencyCode, day: Date) -> String {
        format!("{agency}#receipt-rows#{day}")
    }

    /// Returns the key of a row, by its place from 1.
    #[must_use]
    pub fn receipt_row(agency: &AgencyCode, day: Date, place: u64) -> Self {
        Self { pk: Self::receipt_rows_pk(agency, day), sk: format!("row#{place:08}") }
    }

    /// Returns the key of the reminder of a day, which tells whoever reports of what is not reported.
    #[must_use]
    pub fn receipt_reminder(agency: &AgencyCode, day: Date) -> Self {
        Self { pk: format!("{agency}#receipt-reminders"), sk: day.to_string() }
    }

    /// Returns the name by which a provider's door is kept beside those of portals. No portal is called so.
    #[must_use]
    pub fn providers_door(provider: &str) -> String {
        format!("{PROVIDER}{provider}")
    }

    /// Returns the provider, if a door is one's.
    #[must_use]
    pub fn provider_of(door: &str) -> Option<&str> {
        door.strip_prefix(PROVIDER)
    }

    /// Returns the day, if this is the key of a day's table.
    #[must_use]
    pub fn day_of_receipts(&self) -> Option<Date> {
        self.sk.parse().ok().filter(|_| self.pk.ends_with("#receipt-days"))
    }

    pub(super) fn is_receipt(&self) -> bool {
        self.sk.starts_with(RECEIPT)
    }
}
