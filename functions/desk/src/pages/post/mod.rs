//! The public post: results that wait for it, manifests, parcels, and what is late, came back or is doubtful.

mod bill;
mod collect;
mod groups;
mod lists;
mod manifest;
mod manifests;
mod parcel;
mod said;
mod transit;
mod waiting;

use maud::Markup;
use motcua::store::Posted;
use rules::config::Post;
use rules::http::Response;
use rules::post::{ManifestNo, ParcelNo};

use super::layout::{Place, framed};
use super::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::part::tabs::{Tab, tabs};

/// Path of the results that wait for the post.
const ROOT: &str = "/desk/post";

/// A part of the pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Waiting,
    Manifests,
    InPost,
    CameBack,
    ForAPerson,
}

impl Part {
    const ALL: [Self; 5] = [Self::Waiting, Self::Manifests, Self::InPost, Self::CameBack, Self::ForAPerson];

    fn href(self) -> &'static str {
        match self {
            Self::Waiting => ROOT,
            Self::Manifests => "/desk/post/manifests",
            Self::InPost => "/desk/post/parcels/in-post",
            Self::CameBack => "/desk/post/parcels/came-back",
            Self::ForAPerson => "/desk/post/parcels/to-look-at",
        }
    }

    fn name(self) -> [&'static str; 2] {
        match self {
            Self::Waiting => ["Kết quả chờ gửi", "Results to post"],
            Self::Manifests => ["Bảng kê", "Manifests"],
            Self::InPost => ["Đang gửi, trễ", "On the way, late"],
            Self::CameBack => ["Chuyển hoàn", "Came back"],
            Self::ForAPerson => ["Cần xem lại", "To look at"],
        }
    }
}

/// Answers everything below `/desk/post`.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    let sent = visit.sent()?;
    match (path.get(1..).unwrap_or_default(), &sent) {
        ([], None) => Box::pin(waiting::show(visit)).await,
        (["put"], Some(sent)) => Box::pin(waiting::put(visit, sent)).await,
        (["manifests"], None) => manifests::show(visit).await,
        (["manifests"], Some(sent)) => manifests::open(visit, sent).await,
        (["manifests", no], None) => Box::pin(manifest::show(visit, manifest_no(no)?)).await,
        (["manifests", no, "close"], Some(_)) => Box::pin(manifest::close(visit, manifest_no(no)?)).await,
        (["manifests", no, paper], None) => Box::pin(bill::show(visit, manifest_no(no)?, paper)).await,
        (["parcels", "in-post"], None) => Box::pin(lists::show(visit, Part::InPost)).await,
        (["parcels", "came-back"], None) => Box::pin(lists::show(visit, Part::CameBack)).await,
        (["parcels", "to-look-at"], None) => Box::pin(lists::show(visit, Part::ForAPerson)).await,
        (["parcels", no], None) => Box::pin(parcel::show(visit, parcel_no(no)?)).await,
        (["parcels", no, "slip"], None) => Box::pin(bill::slip(visit, parcel_no(no)?)).await,
        (["parcels", no, act], Some(sent)) => Box::pin(parcel::act(visit, parcel_no(no)?, act, sent)).await,
        (["collect", id], None) => collect::show(visit, id).await,
        (["collect", id], Some(sent)) => Box::pin(collect::order(visit, id, sent)).await,
        (["put"], None) | ([] | ["manifests", ..], Some(_)) => Err(Problem::Method),
        _ => Err(Problem::NotFound),
    }
}

fn manifest_no(text: &str) -> Result<ManifestNo, Problem> {
    ManifestNo::parse(text).map_err(|_| Problem::NotFound)
}

fn parcel_no(text: &str) -> Result<ParcelNo, Problem> {
    ParcelNo::parse(text).map_err(|_| Problem::NotFound)
}

/// The operators of the visitor's agency.
fn operators<'v>(visit: &Visit<'v>) -> Vec<&'v Post> {
    let agency = &visit.staff.agency;
    visit.site.config.posts().filter(|post| post.agency == *agency).collect()
}

/// The name of an operator for people.
fn called<'o>(visit: &Visit<'o>, operator: &'o str) -> &'o str {
    visit.site.config.post(operator).map_or(operator, Post::called)
}

/// A page with the parts above it, and with the numbers of parcels that somebody must look at.
async fn page(
    visit: &Visit<'_>,
    status: u16,
    (open, title): (Option<Part>, &str),
    content: &Markup,
) -> Result<Response, Problem> {
    let (frame, store, agency) = (visit.frame, visit.site.recorder.store(), &visit.staff.agency);
    let number = |list| store.number_posted(agency, list);
    let (came_back, to_look_at) = tokio::join!(number(Posted::CameBack), number(Posted::ForAPerson));
    let (came_back, to_look_at) = (came_back?, to_look_at?);
    let tab = |part: Part| Tab {
        href: part.href().to_owned(),
        name: part.name(),
        count: match part {
            Part::CameBack => Some(came_back),
            Part::ForAPerson => Some(to_look_at),
            Part::Waiting | Part::Manifests | Part::InPost => None,
        },
        presses: part == Part::ForAPerson,
        open: open == Some(part),
    };
    let parts = tabs(frame.lang, frame.say("Phần", "Part"), &Part::ALL.map(tab));
    Ok(framed(status, frame, Place::Post, title, &maud::html! { (parts) (content) }))
}
