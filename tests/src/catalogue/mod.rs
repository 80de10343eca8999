//! The catalogue as stored: versions that never change, and procedures that come later than their dossiers.

mod commands;
mod gap;
mod import;
mod listed;
mod tables;

use motcua::recorder::{ImportError, Imported};
use motcua_local::samples;
use rules::catalogue::Procedure;
use rules::clock::{Limit, Unit};
use rules::http::Reply;
use rules::id::DossierId;
use serde_json::{Value, json};

use crate::town::{PERMIT, Town, form};

#[tokio::test]
async fn a_dossier_filed_before_the_catalogue_knew_its_procedure_is_accepted_once_it_does() {
    let town = Town::new().await;
    let mut early = form("G22-1");
    early["MaTTHC"] = json!("9.999999");
    assert_eq!(town.portal("dossier.submitted", "d1", early).await.status().as_u16(), 200);
    let id = town.id_of("G22-1");
    let refused = town.staff("clerk", id, "accept", &json!({})).await;
    assert_eq!(refused.status().as_u16(), 422, "{}", refused.text());

    let mut procedure = samples::procedures().remove(0);
    "9.999999".clone_into(&mut procedure.code);
    let site = town.office.site();
    site.recorder.catalogue().import(&town.agency(), &procedure).await.unwrap();
    let accepted: Value = town.clerk(id, "accept", json!({})).await;
    assert_eq!(accepted["dossier"]["due"]["on"], "2020-05-08");
    assert_eq!(town.dossier(id).await.unwrap().procedure, procedure.reference());
    // It goes on so, under the version it was accepted with.
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
}

/// Returns the second version of the sample permit: one working day, for dossiers received from that day on.
fn second(valid_from: &str) -> Procedure {
    Procedure {
        version: 2,
        limit: Limit::civil_code(1, Unit::WorkingDays),
        valid_from: Some(valid_from.parse().unwrap()),
        ..samples::procedures().into_iter().find(|procedure| procedure.code == PERMIT).unwrap()
    }
}

/// Files a permit at the desk, handed over at that instant, and accepts it.
async fn filed_and_accepted(town: &Town, key: &str, handed_over_at: &str) -> DossierId {
    let body = json!({
        "procedure": PERMIT, "filing": "desk", "applicant": { "name": "Công ty TNHH Thử Nghiệm" }, "at": handed_over_at,
    });
    let filed = town.as_staff("clerk", http::Method::POST, "/api/v1/dossiers", key, &body).await;
    assert_eq!(filed.status().as_u16(), 200, "{}", filed.text());
    let filed: Value = serde_json::from_str(filed.text()).unwrap();
    let id = DossierId::parse(filed["dossier"]["id"].as_str().unwrap()).unwrap();
    town.clerk(id, "accept", json!({})).await;
    id
}

async fn due(town: &Town, id: DossierId) -> String {
    town.dossier(id).await.unwrap().due().map_or("none".into(), |due| due.on.to_string())
}

#[tokio::test]
async fn a_later_version_moves_no_old_due_date_whatever_happens_to_the_dossier() {
    let town = Town::new().await;
    let old = filed_and_accepted(&town, "k1", "2020-04-15T08:00:00+07:00").await;
    assert_eq!(due(&town, old).await, "2020-05-08");
    let site = town.office.site();
    site.recorder.catalogue().import(&town.agency(), &second("2020-04-16")).await.unwrap();
    town.until("2020-04-16T09:00:00+07:00");
    // Paused over two working days' ends and resumed: counted again, under the version it was received under.
    let papers = json!(["GPXD-BV"]);
    town.clerk(old, "pause-clock", json!({ "reason": "originals", "papers": papers })).await;
    town.until("2020-04-20T09:00:00+07:00");
    town.clerk(old, "record-receipt", json!({ "papers": papers, "minutes_no": "1", "by": "hand" })).await;
    assert_eq!((due(&town, old).await.as_str(), town.dossier(old).await.unwrap().procedure.version), ("2020-05-12", 1));
    // One handed over today is under the new version; one handed over yesterday and recorded today under the old.
    let new = filed_and_accepted(&town, "k2", "2020-04-20T09:00:00+07:00").await;
    assert_eq!((due(&town, new).await.as_str(), town.dossier(new).await.unwrap().procedure.version), ("2020-04-21", 2));
    let late = filed_and_accepted(&town, "k3", "2020-04-15T23:59:59+07:00").await;
    assert_eq!(town.dossier(late).await.unwrap().procedure.version, 1);
    // A reader who loads the catalogue afresh finds the same.
    let site = motcua::site::Site::new(crate::prompt::prompt(), site.recorder.store().clone());
    let [old, new] = [town.dossier(old).await.unwrap(), town.dossier(new).await.unwrap()];
    for (dossier, days) in [(old, 15), (new, 1)] {
        let procedure = site.recorder.catalogue().version(&town.agency(), &dossier.procedure).await.unwrap().unwrap();
        assert_eq!(procedure.limit.allowance.n, days);
    }
}

#[tokio::test]
async fn a_version_never_changes_and_the_same_once_more_is_nothing() {
    let town = Town::new().await;
    let site = town.office.site();
    let (catalogue, agency) = (site.recorder.catalogue(), town.agency());
    let version = second("2020-07-01");
    assert_eq!(catalogue.import(&agency, &version).await.unwrap(), Imported::Now);
    assert_eq!(catalogue.import(&agency, &version).await.unwrap(), Imported::Before);
    let changed = Procedure { name_en: "Another name".into(), ..version.clone() };
    let refused = catalogue.import(&agency, &changed).await.unwrap_err();
    assert!(matches!(refused, ImportError::Changed { version: 2, .. }));
    let said = "1.005129 version 2 is there with other content, and a version never changes: give it a new number";
    assert_eq!(refused.to_string(), said);
    let earlier = Procedure { version: 3, valid_from: Some("2020-07-01".parse().unwrap()), ..version.clone() };
    let refused = catalogue.import(&agency, &earlier).await.unwrap_err();
    assert!(matches!(refused, ImportError::Overlaps { version: 3, other: 2, .. }), "{refused}");
    let versions = catalogue.versions(&agency, PERMIT).await.unwrap();
    assert_eq!(versions.iter().map(|it| it.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(*versions[1], version);
}

#[tokio::test]
async fn two_who_import_one_number_at_once_make_one_version() {
    let town = Town::new().await;
    let site = town.office.site();
    let (catalogue, agency) = (site.recorder.catalogue(), town.agency());
    let one = second("2020-07-01");
    let other = Procedure { name_en: "Another name".into(), ..one.clone() };
    let (first, second) = tokio::join!(catalogue.import(&agency, &one), catalogue.import(&agency, &other));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let stored = catalogue.versions(&agency, PERMIT).await.unwrap();
    assert_eq!(stored.len(), 2);
    assert_eq!(*stored[1], if first.is_ok() { one } else { other });
}
