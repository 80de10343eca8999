//! Procedures that come later than their dossiers.

use motcua_local::samples;
use serde_json::{Value, json};

use crate::town::{Town, form};

#[tokio::test]
async fn a_dossier_filed_before_the_catalogue_knew_its_procedure_is_accepted_once_it_does() {
    let town = Town::new().await;
    let mut early = form("G22-1");
    early["MaTTHC"] = json!("9.999999");
    assert_eq!(town.portal("dossier.submitted", "d1", early).await.status, 200);
    let id = town.id_of("G22-1");
    let refused = town.staff("clerk", id, "accept", &json!({})).await;
    assert_eq!(refused.status, 422, "{}", refused.body);

    let mut procedure = samples::procedures().remove(0);
    "9.999999".clone_into(&mut procedure.code);
    let site = town.office.site();
    site.recorder.catalogue().import(&town.agency(), &procedure).await.unwrap();
    let accepted: Value = town.clerk(id, "accept", json!({})).await;
    assert_eq!(accepted["dossier"]["due"]["on"], "2020-05-08");
    assert_eq!(town.dossier(id).await.unwrap().procedure, procedure.reference());
    // And so it goes on, under the version it was accepted with.
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
}
