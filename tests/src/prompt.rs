//! An agency whose messages leave at once and at every hour, for stories about something else.

#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use rules::config::{
    Config, DEMO, DEMO_AGENCY_CODE, DEMO_AGENCY_EMAIL, DEMO_AGENCY_NAME, DEMO_AGENCY_SMS_PREFIX, Host,
};

/// The line of its entry that says so.
pub const AT_ONCE: &str = "messages = { wait_minutes = 0, quiet_hours = \"none\" }\n";

/// The line of an agency whose messages have no links, for stories that count the calls of a message.
pub const LINKLESS: &str = "links_in_messages = false\n";

/// Returns the demo configuration with an agency whose messages leave at once.
pub fn prompt() -> Config {
    prompt_with("")
}

/// Returns the same with these lines in its agency's entry.
pub fn prompt_with(lines: &str) -> Config {
    let letters = "outlets = [\"sms\", \"email\"]\nemail_events = \"letters\"\n";
    demo_agency(&format!("email_from = \"{DEMO_AGENCY_EMAIL}\"\n{letters}{AT_ONCE}{lines}"))
}

/// Returns the demo configuration with these lines in its agency's entry.
pub fn demo_agency(lines: &str) -> Config {
    let demo = Config::demo();
    let contact = &demo.agencies()[0].contact;
    let [vi, en] = contact.visiting_hours.clone().unwrap();
    let (telephone, address) = (contact.telephone.clone().unwrap(), contact.address.clone().unwrap());
    let text = format!(
        "{DEMO}\n[[agencies]]\ncode = \"{DEMO_AGENCY_CODE}\"\nname = \"{DEMO_AGENCY_NAME}\"\n\
         sms_prefix = \"{DEMO_AGENCY_SMS_PREFIX}\"\ntelephone = \"{telephone}\"\naddress = \"{address}\"\n\
         visiting_hours = {{ vi = \"{vi}\", en = \"{en}\" }}\n{lines}"
    );
    Config::strict(&text, Host::Loopback).unwrap()
}
