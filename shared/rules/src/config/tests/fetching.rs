//! Hosts from which files are fetched, and the channel of payments made at a portal.

use super::*;

fn with(setting: &str, host: Host) -> Result<Config, Problems> {
    let text = format!(
        "id_key = \"0123456789abcdef\"\n[[portals]]\nid = \"p\"\nkeys = [\"whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=\"]\n{setting}\n"
    );
    Config::strict(&text, host)
}

#[test]
fn public_names_are_taken_and_on_loopback_this_machine_with_a_port() {
    let hosts = |setting: &str, host| with(setting, host).map(|config| config.portal("p").unwrap().fetch.clone());
    assert_eq!(hosts("", Host::Public), Ok(Vec::new()));
    assert_eq!(hosts("fetch = { hosts = [\"TEP.example.vn\"] }", Host::Public), Ok(vec!["tep.example.vn".to_owned()]));
    let here = "fetch = { hosts = [\"127.0.0.1:8090\", \"localhost:1\"] }";
    assert_eq!(hosts(here, Host::Loopback).map(|hosts| hosts.len()), Ok(2));
    for (setting, host) in [
        (here, Host::Public),
        ("fetch = { hosts = [\"10.0.0.5\"] }", Host::Loopback),
        ("fetch = { hosts = [\"127.0.0.1\"] }", Host::Loopback),
        ("fetch = { hosts = [\"localhost:0\"] }", Host::Loopback),
        ("fetch = { hosts = [\"169.254.169.254\"] }", Host::Public),
        ("fetch = { hosts = [\"kho.internal\"] }", Host::Public),
        ("fetch = { hosts = [\"https://tep.example.vn\"] }", Host::Public),
        ("fetch = { hosts = [] }", Host::Public),
        ("fetch = { }", Host::Public),
        ("fetch = { hosts = [\"tep.example.vn\"], at_once = true }", Host::Public),
        ("fetch = [\"tep.example.vn\"]", Host::Public),
    ] {
        assert!(hosts(setting, host).is_err(), "{setting}");
    }
}

#[test]
fn payments_at_a_portal_count_for_a_channel_of_its_agency() {
    let channel =
        "[[channels]]\nid = \"paygov\"\ngateway = \"vnpay\"\nmerchant = \"M1\"\nkeys = [\"0123456789abcdef\"]\n";
    let config = with(&format!("payments = \"paygov\"\n{channel}"), Host::Public).unwrap();
    assert_eq!(config.portal("p").unwrap().payments.as_deref(), Some("paygov"));
    let problem = |setting: &str| with(setting, Host::Public).err().unwrap().to_string();
    assert_eq!(problem("payments = \"paygov\""), "portals (p): payments: is no channel of this agency");
    assert_eq!(problem("payments = 1"), "portals[0] (p): payments: is not a text");
}
