//! How the public reaches an agency, and whose pages lie at an address.

use super::*;
use crate::http::Domain;

const ONE: &str = "[[agencies]]\ncode = \"H32\"\nname = \"Ban\"\n";
const OTHER: &str = "[[agencies]]\ncode = \"H33\"\nname = \"Sở\"\n";

fn read(text: &str, reach: Host) -> Config {
    Config::strict(&keyed(text), reach).unwrap()
}

/// Returns the code of the agency at an address, and the path within its pages.
fn at(config: &Config, host: &str, path: &str) -> Option<(String, String, String)> {
    let host = Domain(host.to_owned());
    let door = config.door(Some(&host), path)?;
    Some((door.agency.code.to_string(), door.root.to_owned(), door.rest.to_owned()))
}

fn found(code: &str, root: &str, rest: &str) -> Option<(String, String, String)> {
    Some((code.to_owned(), root.to_owned(), rest.to_owned()))
}

#[test]
fn an_agency_tells_how_it_is_reached() {
    let text = "hosts = [\"motcua.vanphong.example\", \"abc123.execute-api.ap-southeast-1.amazonaws.com\"]\n\
        telephone = \"0258 3 123 456\"\naddress = \"Số 1, đường Mẫu\"\nlinks_in_messages = true\n\
        visiting_hours = { vi = \"Thứ Hai, 07:30–11:00\", en = \"Monday, 07:30–11:00\" }\n";
    let config = read(&format!("{ONE}{text}"), Host::Public);
    let contact = &config.agencies()[0].contact;
    assert_eq!(contact.hosts.len(), 2);
    assert_eq!(contact.telephone.as_deref(), Some("0258 3 123 456"));
    assert_eq!(contact.dialled().as_deref(), Some("02583123456"));
    assert_eq!(contact.hours(Language::En), Some("Monday, 07:30–11:00"));
    assert_eq!((contact.links_in_messages, contact.writes_links()), (Some(true), true));
    let without = read(ONE, Host::Public).agencies()[0].contact.clone();
    assert_eq!(without, Contact::default());
    assert!(without.writes_links());
    assert!(!read(&format!("{ONE}links_in_messages = false\n"), Host::Public).agencies()[0].contact.writes_links());
    let demo = Config::demo();
    let demo = &demo.agencies()[0].contact;
    assert!(demo.telephone.is_some() && demo.address.is_some() && demo.visiting_hours.is_some());
}

#[test]
fn what_is_wrong_with_it_is_told_with_its_field() {
    for (line, expected) in [
        ("hosts = [\"Motcua.example\"]", "hosts[0]: is not a host"),
        ("hosts = [\"https://motcua.example\"]", "hosts[0]: is not a host"),
        ("hosts = [\"motcua.example:443\"]", "hosts[0]: is not a host"),
        ("hosts = [\"127.0.0.1\"]", "hosts[0]: is not a host"),
        ("hosts = [\"motcua\"]", "hosts[0]: is not a host"),
        ("hosts = [\"-a.example\"]", "hosts[0]: is not a host"),
        ("hosts = [\"a..example\"]", "hosts[0]: is not a host"),
        ("hosts = [\"một-cửa.example\"]", "hosts[0]: is not a host"),
        ("hosts = [\"a.example\", \"a.example\"]", "hosts[1]: is named twice"),
        ("hosts = \"a.example\"", "hosts: is not a list"),
        ("hosts = [\"a.x\", \"b.x\", \"c.x\", \"d.x\", \"e.x\", \"f.x\"]", "hosts: names more than 5"),
        ("path = \"KKT\"", "path: takes small letters"),
        ("path = \"desk\"", "path: takes small letters"),
        ("path = \"d\"", "path: takes small letters"),
        ("path = \"a/b\"", "path: takes small letters"),
        ("path = \"mot-cua-van-phong\"", "path: takes small letters"),
        ("telephone = \"gọi số 1\"", "telephone: takes digits"),
        ("telephone = \"0258  3\"", "telephone: takes digits"),
        ("telephone = \"12\"", "telephone: takes digits"),
        ("telephone = \"0258 3 123 456 789 000\"", "telephone: takes digits"),
        ("address = \"a\\nb\"", "address: takes one line"),
        ("visiting_hours = \"07:30\"", "visiting_hours: takes {"),
        ("visiting_hours = { vi = \"a\" }", "visiting_hours: takes {"),
        ("visiting_hours = { vi = \"a\", en = \" \" }", "visiting_hours: takes {"),
        ("visiting_hours = { vi = \"a\", en = \"b\", fr = \"c\" }", "visiting_hours: takes {"),
        ("links_in_messages = true", "links_in_messages: needs hosts"),
    ] {
        let told = problems(&format!("{ONE}{line}\n"), Host::Public);
        assert_eq!(told.len(), 1, "{line}: {told:?}");
        assert!(told[0].starts_with(&format!("agencies[0] (H32): {expected}")), "{line}: {told:?}");
    }
}

#[test]
fn a_host_is_one_agency_s_unless_each_has_a_path() {
    let two =
        |one: &str, other: &str| format!("{ONE}hosts = [\"a.example\"]\n{one}{OTHER}hosts = [\"a.example\"]\n{other}");
    for (one, other) in [("", ""), ("path = \"x\"\n", ""), ("", "path = \"x\"\n"), ("path = \"x\"\n", "path = \"x\"\n")]
    {
        let told = problems(&two(one, other), Host::Public);
        assert_eq!(told, ["agencies[1] (H33): hosts: is another agency's too: each of them needs a path of its own"]);
    }
    let config = read(&two("path = \"x\"\n", "path = \"y\"\n"), Host::Public);
    assert_eq!(at(&config, "a.example", "/x/d/7K3M"), found("H32", "/x", "/d/7K3M"));
    assert_eq!(at(&config, "A.Example", "/y"), found("H33", "/y", "/"));
    assert_eq!(at(&config, "a.example", "/y/"), found("H33", "/y", "/"));
    for path in ["/d/7K3M", "/", "", "/z/d/7K3M", "/X/d/7K3M", "//x/d", "/xy/d/7K3M"] {
        assert_eq!(at(&config, "a.example", path), None, "{path}");
    }
    let agencies = config.agencies();
    assert_eq!(config.page(&agencies[1], "/t/0123456789").as_deref(), Some("https://a.example/y/t/0123456789"));
}

#[test]
fn an_agency_is_known_by_its_host_and_an_unknown_host_is_nobody_s() {
    let text = format!("public_url = \"https://office.example\"\n{ID_KEY}{ONE}hosts = [\"a.example\"]\n{OTHER}");
    let config = read(&text, Host::Public);
    assert_eq!(at(&config, "a.example", "/d/7K3M"), found("H32", "", "/d/7K3M"));
    for host in
        ["office.example", "b.example", "a.example.evil", "xa.example", "a.example:443", "", "127.0.0.1", "localhost"]
    {
        assert_eq!(at(&config, host, "/d/7K3M"), None, "{host}");
    }
    assert_eq!(config.door(None, "/d/7K3M"), None);
    assert_eq!(config.page(&config.agencies()[1], "/d/7K3M"), None);
}

#[test]
fn the_only_agency_is_reached_at_the_office_s_own_address_if_it_names_no_host() {
    let config = read(&format!("public_url = \"https://office.example:8443\"\n{ID_KEY}{ONE}"), Host::Public);
    assert_eq!(at(&config, "office.example", "/d/7K3M"), found("H32", "", "/d/7K3M"));
    assert_eq!(config.page(&config.agencies()[0], "/d/7K3M").as_deref(), Some("https://office.example:8443/d/7K3M"));
    assert_eq!(read(ONE, Host::Public).page(&read(ONE, Host::Public).agencies()[0], "/d/7K3M"), None);
    let named = format!("public_url = \"https://office.example\"\n{ID_KEY}{ONE}hosts = [\"a.example\"]\n");
    assert_eq!(at(&read(&named, Host::Public), "office.example", "/d/7K3M"), None);
}

#[test]
fn on_loopback_this_machine_is_the_first_agency_s_or_by_path_another_s() {
    let config = read(&format!("{ONE}{OTHER}path = \"so\"\n"), Host::Loopback);
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(at(&config, host, "/d/7K3M"), found("H32", "", "/d/7K3M"), "{host}");
        assert_eq!(at(&config, host, "/so/d/7K3M"), found("H33", "/so", "/d/7K3M"), "{host}");
    }
    assert_eq!(at(&config, "evil.example", "/d/7K3M"), None);
    let pages: Vec<_> = config.agencies().iter().map(|agency| config.page(agency, "/d/7K3M").unwrap()).collect();
    assert_eq!(pages, ["http://127.0.0.1:8080/d/7K3M", "http://127.0.0.1:8080/so/d/7K3M"]);
    let both = read(&format!("{ONE}{OTHER}"), Host::Loopback);
    assert_eq!(both.page(&both.agencies()[1], "/d/7K3M"), None);
}

#[test]
fn an_office_on_a_laptop_is_where_it_listens_unless_somebody_wrote_another_address() {
    let listening = |text: &str| read(text, Host::Loopback).listening_at("http://127.0.0.1:9000");
    assert_eq!(listening("").public_url(), Some("http://127.0.0.1:9000"));
    let written = format!("public_url = \"https://tunnel.example\"\n{ID_KEY}");
    assert_eq!(listening(&written).public_url(), Some("https://tunnel.example"));
    assert_eq!(read(ONE, Host::Public).listening_at("http://127.0.0.1:9000").public_url(), None);
}
