//! A manifest's rows, for the page, paper and files. Those of a closed one are as they were at the pick-up.

use std::collections::HashMap;

use motcua::store::Did;
use rules::dossier::Dossier;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::language::Language;
use rules::person::{Label, Person};
use rules::post::{Manifest, ManifestNo, Parcel, ParcelNo};
use rules::vietnam;
use rules::worklist::Row as Listed;

use super::{ROOT, called};
use crate::pages::problem::Problem;
use crate::pages::reports::xlsx;
use crate::pages::visit::Visit;
use crate::print::post::{self as paper, Bill, Row, Slip};
use ::pages::part::phone;

/// Keys of one batch.
const BATCH: usize = 100;

/// A manifest's parcels, each with its row.
pub(super) struct Content {
    /// The parcels that are in it.
    pub parcels: Vec<Parcel>,
    /// Their rows, in the same order.
    pub rows: Vec<Row>,
}

/// Dossiers with their people.
pub(super) struct Known {
    /// The dossiers.
    pub dossiers: HashMap<DossierId, Dossier>,
    /// Their people.
    pub people: HashMap<DossierId, Person>,
    /// Codes of the originals that each still lacks, by name.
    lacking: HashMap<DossierId, Vec<String>>,
}

/// Reads dossiers and people, as they were a moment ago.
pub(super) async fn known(visit: &Visit<'_>, ids: &[DossierId]) -> Result<Known, Problem> {
    let Visit { site, staff, .. } = *visit;
    let store = site.recorder.store();
    let mut dossiers = Vec::new();
    for ids in ids.chunks(BATCH) {
        dossiers.extend(store.dossiers_lately(&staff.agency, ids).await?);
    }
    let rows: Vec<Listed> = dossiers.iter().map(Listed::of).collect();
    let procedures = site.recorder.catalogue().of_rows(&staff.agency, rows.iter()).await?;
    let lacking = |dossier: &Dossier| -> Vec<String> {
        let Some(Some(procedure)) = procedures.get(&dossier.procedure) else { return Vec::new() };
        let lacks = procedure.originals().into_iter().filter(|code| !dossier.papers.contains_key(*code));
        lacks.map(|code| procedure.paper(code).map_or(code, |paper| &paper.name_vi).to_owned()).collect()
    };
    let lacking = dossiers.iter().map(|dossier| (dossier.id, lacking(dossier))).collect();
    let listed = store.with_people(&staff.agency, rows).await?;
    let people = listed.into_iter().filter_map(|listed| Some((listed.row.id, listed.person?))).collect();
    let dossiers = dossiers.into_iter().map(|dossier| (dossier.id, dossier)).collect();
    Ok(Known { dossiers, people, lacking })
}

/// Reads everything of a manifest.
pub(super) async fn content(visit: &Visit<'_>, manifest: &Manifest) -> Result<Content, Problem> {
    let Visit { site, staff, .. } = *visit;
    let store = site.recorder.store();
    let mut parcels = Vec::new();
    for nos in manifest.parcels.chunks(BATCH) {
        parcels.extend(store.parcels(&staff.agency, nos).await?);
    }
    parcels.retain(|parcel| manifest.is_closed() || parcel.inside().next().is_some());
    let ids: Vec<DossierId> = parcels.iter().flat_map(|parcel| parcel.dossiers.iter().map(|it| it.id)).collect();
    let known = known(visit, &ids).await?;
    let mut rows = Vec::with_capacity(parcels.len());
    for parcel in &parcels {
        rows.push(row(visit, parcel, &known).await?);
    }
    Ok(Content { parcels, rows })
}

/// The row of a parcel: as its label was at the pick-up, or as it would be written now.
pub(super) async fn row(visit: &Visit<'_>, parcel: &Parcel, known: &Known) -> Result<Row, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let first = parcel.inside().next().or(parcel.dossiers.first()).map(|it| it.id);
    let kept = match (parcel.closed_at, first) {
        (Some(_), Some(first)) => site.recorder.store().label(&staff.agency, first, parcel.no).await?,
        _ => None,
    };
    let person = first.and_then(|first| known.people.get(&first));
    let label = kept.or_else(|| person.map(|person| Label::of(person, site.units(), vietnam::day(now))));
    Ok(written(parcel, label, known))
}

fn written(parcel: &Parcel, label: Option<Label>, known: &Known) -> Row {
    let inside = || {
        parcel.dossiers.iter().filter(|it| parcel.closed_at.is_some() || parcel.inside().any(|in_it| in_it.id == it.id))
    };
    let code = |id: DossierId| known.dossiers.get(&id).map_or_else(|| id.to_string(), |it| it.called().to_owned());
    let free = inside().filter_map(|it| known.dossiers.get(&it.id)).any(|it| it.free_postage.is_some());
    let paid = inside().filter_map(|it| known.dossiers.get(&it.id)).any(|it| it.postage().is_some());
    let postage = match (free, paid) {
        (true, _) => "Miễn cước",
        (false, true) => "Đã nộp",
        (false, false) => "Người nhận trả",
    };
    let collects = inside().filter_map(|it| known.lacking.get(&it.id)).flatten().cloned().collect();
    let dossiers = inside().map(|it| code(it.id)).collect();
    let (to, lines, may_receive, telephone) = match label {
        Some(label) => (label.name, label.lines, label.may_receive, label.telephone),
        None => Default::default(),
    };
    Row {
        parcel: parcel.no.to_string(),
        waybill: parcel.waybill.clone(),
        to,
        telephone: telephone.map(|number| phone::shown(&number)).unwrap_or_default(),
        lines,
        may_receive,
        collects,
        dossiers,
        postage: postage.to_owned(),
    }
}

/// Shows a manifest as paper, as labels or as a file.
pub(super) async fn show(visit: &Visit<'_>, no: ManifestNo, what: &str) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    if !["print", "labels", "xlsx", "csv"].contains(&what) {
        return Err(Problem::NotFound);
    }
    let manifest = site.recorder.store().manifest(&staff.agency, no).await?.ok_or(Problem::NotFound)?;
    visit.audits(Did::Post { what: "print".to_owned(), no: no.to_string() }).await?;
    let (content, people) = tokio::join!(content(visit, &manifest), visit.people());
    let (content, people) = (content?, people?);
    let number = no.to_string();
    let bill = Bill {
        agency_name: &frame.office,
        emblem: frame.mark.emblem(),
        number: &number,
        operator: called(visit, &manifest.operator),
        closed_at: manifest.closed.as_ref().map(|(at, _)| *at),
        rows: &content.rows,
        back: &format!("{ROOT}/manifests/{no}"),
        people: &people,
        clerk: &staff.subject,
        now,
    };
    Ok(match what {
        "print" => respond::html(200, paper::sheet(&bill).into_string()),
        "labels" => respond::html(200, paper::labels(&bill).into_string()),
        "csv" => respond::file("text/csv; charset=utf-8", &format!("bang-ke-{number}.csv"), paper::csv(&bill)),
        _ => {
            let made = paper::xlsx(&bill).map_err(|error| Problem::Later(error.to_string()))?;
            respond::file(xlsx::CONTENT_TYPE, &format!("bang-ke-{number}.xlsx"), made)
        }
    })
}

/// A slip that asks the operator to deliver to the address that is confirmed now.
pub(super) async fn slip(visit: &Visit<'_>, no: ParcelNo) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let parcel = site.recorder.store().parcel(&staff.agency, no).await?.ok_or(Problem::NotFound)?;
    let ids: Vec<DossierId> = parcel.dossiers.iter().map(|it| it.id).collect();
    visit.audits_of(Did::Post { what: "print".to_owned(), no: no.to_string() }, &ids).await?;
    let known = known(visit, &ids).await?;
    let person = parcel.inside().next().and_then(|it| known.people.get(&it.id));
    let label = person.map(|person| Label::of(person, site.units(), vietnam::day(now)));
    let row = written(&parcel, label, &known);
    let people = visit.people().await?;
    let agency = site.config.agency(staff.agency.as_str());
    let bill = Bill {
        agency_name: &frame.office,
        emblem: frame.mark.emblem(),
        number: "",
        operator: called(visit, &parcel.operator),
        closed_at: None,
        rows: &[],
        back: &format!("{ROOT}/parcels/{no}"),
        people: &people,
        clerk: &staff.subject,
        now,
    };
    // The slip goes to a Vietnamese operator, whatever the reader's language.
    let asks = Language::Vi.pick([
        "Đề nghị bưu điện phát bưu gửi này theo tên, điện thoại và địa chỉ ghi trên phiếu, và mời nhận lại nếu đã phát không thành.",
        "",
    ]);
    let contact = agency.map(|agency| &agency.contact);
    Ok(respond::html(200, paper::slip(&bill, &Slip { row: &row, asks, contact }).into_string()))
}
