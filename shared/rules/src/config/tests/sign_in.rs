//! Sign-in of staff.

use super::*;

const PROVIDER: &str = "public_url = \"https://motcua.example\"\n[sign_in]\nissuer = \"https://sso.example/realms/m/\"\n\
                        client_id = \"motcua-desk\"\nkeys = [\"0123456789abcdef0123456789abcdef\"]\n";

#[test]
fn a_provider_is_read_with_the_usual_claims() {
    let config = Config::strict(&keyed(PROVIDER), Host::Public).unwrap();
    let sign_in = config.sign_in().unwrap();
    assert_eq!((sign_in.issuer.as_str(), sign_in.client_id.as_str()), ("https://sso.example/realms/m/", "motcua-desk"));
    assert_eq!(sign_in.scopes, ["profile"]);
    assert_eq!(*config.staff_claims(), StaffClaims::default());
    assert_eq!(config.desk_url(), Some("https://motcua.example"));
    assert!(Config::demo().sign_in().is_err());
}

#[test]
fn claims_and_their_values_may_have_other_names() {
    let text = format!(
        "{PROVIDER}role_claim = \"cognito:groups\"\nclient_secret = \"s\"\n\
         [sign_in.roles]\nclerk = [\"/can-bo\", \"/tiep-nhan\"]\n"
    );
    let config = Config::strict(&keyed(&text), Host::Public).unwrap();
    let claims = config.staff_claims();
    assert_eq!(claims.role, "cognito:groups");
    let roles = ["/can-bo", "/tiep-nhan", "manager", "clerk", ""].map(|value| claims.role_of(value));
    assert_eq!(roles, [Some("clerk"), Some("clerk"), Some("manager"), None, None]);
    assert!(!format!("{config:?}").contains("0123456789abcdef0123456789abcdef"));
}

#[test]
fn every_mistake_is_told_and_none_of_the_values() {
    let text = "[sign_in]\nissuer = \"http://sso.example\"\nclient_id = \"a\"\nkeys = [\"short-but-over-sixteen\"]\n\
                scopes = [\"a b\"]\nrealm = \"x\"\n[sign_in.roles]\nclerk = [\"x\"]\nmanager = [\"x\"]\nboss = [\"y\"]\n";
    assert_eq!(
        problems(text, Host::Public),
        [
            "sign_in: needs public_url, to which the provider leads back",
            "sign_in: issuer: is not an address that begins with https://",
            "sign_in: keys[0]: the key has 22 bytes, the minimum is 32",
            "sign_in: scopes: takes visible ASCII without spaces, at most 100 characters",
            "sign_in: realm: is not a field of this entry",
            "sign_in.roles: has a value that stands for two roles",
            "sign_in.roles: boss: is not a field of this entry",
        ]
    );
    assert_eq!(problems("sign_in = 1", Host::Loopback)[0], "sign_in: is not a table");
}

#[test]
fn a_wrong_table_keeps_staff_out_and_nobody_else() {
    let text = keyed(&PROVIDER.replace("issuer", "isuer"));
    let config = Config::per_channel(&text, Host::Public).unwrap();
    assert!(matches!(config.sign_in(), Err(Unavailable::Closed(_))));
    assert_eq!(config.problems().iter().count(), 2);
}
