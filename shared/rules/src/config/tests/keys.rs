//! Days from which keys are in use.

use super::super::{Config, Host};

fn read(lines: &str) -> Result<Vec<String>, String> {
    let text = format!(
        "id_key = \"0123456789abcdef\"\n[[channels]]\nid = \"vnpay-khvp\"\ngateway = \"vnpay\"\nmerchant = \"M\"\n{lines}"
    );
    let config = Config::strict(&text, Host::Loopback).map_err(|problems| problems.to_string())?;
    let channel = config.channel("vnpay-khvp").map_err(|error| error.to_string())?;
    Ok(channel.keys_since.iter().map(ToString::to_string).collect())
}

const TWO: &str = "keys = [\"0123456789abcdef0\", \"0123456789abcdef1\"]\n";

#[test]
fn an_entry_may_say_since_when_its_keys_are_in_use() {
    assert_eq!(read(TWO).unwrap(), Vec::<String>::new());
    assert_eq!(read(&format!("{TWO}keys_since = [\"2026-01-05\"]")).unwrap(), ["2026-01-05"]);
    assert_eq!(
        read(&format!("{TWO}keys_since = [\"2026-01-05\", \"2025-01-05\"]")).unwrap(),
        ["2026-01-05", "2025-01-05"]
    );
}

#[test]
fn a_day_that_is_none_or_that_no_key_stands_for_is_a_mistake() {
    let wrong = |days: &str| read(&format!("{TWO}keys_since = {days}")).unwrap_err();
    let channel = "channels[0] (vnpay-khvp): keys_since";
    assert_eq!(wrong("[\"5/1/2026\"]"), format!("{channel}[0]: is not a day such as 2027-01-01"));
    assert_eq!(wrong("\"2026-01-05\""), format!("{channel}: is not a list"));
    let three = "[\"2026-01-05\", \"2025-01-05\", \"2024-01-05\"]";
    assert_eq!(wrong(three), format!("{channel}: names more days than there are keys"));
}
