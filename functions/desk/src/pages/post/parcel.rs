//! One parcel: its state, its dossiers, what the operator said of it, and what a person may do.

use maud::{Markup, html};
use motcua::post;
use motcua::store::{Did, People};
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::limits::LONGEST_TEXT;
use rules::post::{Direction, Ordering, Parcel, ParcelNo, Place, Standing, State, To};
use rules::vietnam;

use super::bill::{self, Known};
use super::transit::{Counting, Time};
use super::{ROOT, called, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words::named;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::{Field, Line};
use ::pages::part::notice::Notice;
use ::pages::part::tag::tag;

/// Ends that a person may record.
const ENDS: [State; 5] = [State::Delivered, State::Returned, State::Lost, State::Cancelled, State::InTransit];

pub(super) async fn show(visit: &Visit<'_>, no: ParcelNo) -> Result<Response, Problem> {
    whole(visit, no, 200, (&Form::default(), &Mistakes::default())).await
}

async fn whole(visit: &Visit<'_>, no: ParcelNo, status: u16, typed: (&Form, &Mistakes)) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let parcel = site.recorder.store().parcel(&staff.agency, no).await?.ok_or(Problem::NotFound)?;
    let ids: Vec<DossierId> = parcel.dossiers.iter().map(|it| it.id).collect();
    visit.audits_of(Did::Post { what: "look".to_owned(), no: no.to_string() }, &ids).await?;
    let (known, people) = tokio::join!(bill::known(visit, &ids), visit.people());
    let (known, people) = (known?, people?);
    let standing = parcel.standing();
    let office = site.recorder.office(&staff.agency);
    let counting = Counting { units: site.units(), office: &office, today: vietnam::day(now) };
    let person = parcel.dossiers.first().and_then(|it| known.people.get(&it.id));
    let time = Time::of(&parcel, &standing, site.config.post(&parcel.operator).ok(), person, counting);
    let row = bill::row(visit, &parcel, &known).await?;
    let may = staff.needs(Permission::Handle).is_ok();
    let content = html! {
        (typed.1.summary(frame.lang, NOT_RECORDED))
        @if visit.asked().get("done").is_some() { (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi.", "Recorded.")) } } })) }
        @if let Some(trouble) = parcel.trouble(&standing) { (Notice::Bad.of(&html! { p { strong { (frame.lang.pick(said::trouble(trouble))) } } })) }
        (head(visit, &parcel, &standing, &people))
        @if let Some((at, by)) = &parcel.told_address {
            p { (frame.say("Đã báo bưu điện địa chỉ tốt hơn lúc", "The operator was told of a better address at")) " " (vietnam::date_time(*at)) ", " (named(by, &people, frame.lang)) "." }
        }
        p { strong { bdi { (row.to) } } @if !row.telephone.is_empty() { ", " (row.telephone) } @for line in &row.lines { br; bdi { (line) } } }
        (time.said(frame, &standing))
        (inside(visit, &parcel, &known, may))
        (history(visit, &parcel))
        @if may { (forms(visit, (&parcel, &standing), typed)) }
    };
    let title = format!("{} {no}", frame.say("Bưu gửi", "Parcel"));
    page(visit, status, (None, &title), &content).await
}

fn head(visit: &Visit<'_>, parcel: &Parcel, standing: &Standing, people: &People) -> Markup {
    let frame = visit.frame;
    let way = match parcel.direction {
        Direction::Result => frame.say("Kết quả gửi đi", "A result goes out"),
        Direction::Collection => frame.say("Giấy tờ nhận về", "Papers come in"),
    };
    html! {
        p {
            (tag(said::tone(standing.state), frame.lang.pick(standing.state.said())))
            @if let Some(since) = standing.since { " " (vietnam::date_time(since)) }
            @match standing.to {
                Some(To::Receiver) => { ", " (frame.say("người nhận ký", "taken by the receiver")) }
                Some(To::Other) => { ", " (frame.say("người khác nhận thay", "taken by somebody else")) }
                None => {}
            }
        }
        p {
            (way) ", " strong { (called(visit, &parcel.operator)) } ". "
            (frame.say("Số hiệu", "Number")) ": " span.code { (parcel.waybill.as_deref().unwrap_or("–")) } ". "
            (frame.say("Đơn", "Order")) ": " (frame.lang.pick(said::order(&parcel.order)))
            @if let Ordering::Refused(code) = &parcel.order { " (" span.code { (code) } ")" } "."
        }
        @if let Some(doubt) = parcel.waybill.as_deref().and_then(said::doubt) { p.soon { (frame.lang.pick(doubt)) } }
        p {
            (frame.say("Lập lúc", "Made at")) " " (vietnam::date_time(parcel.made_at)) ", " (named(&parcel.made_by, people, frame.lang))
            @if let Some(manifest) = parcel.manifest { ", " a.code href={ (ROOT) "/manifests/" (manifest) } { (frame.say("bảng kê", "manifest")) " " (manifest) } }
            "."
        }
    }
}

fn inside(visit: &Visit<'_>, parcel: &Parcel, known: &Known, may: bool) -> Markup {
    let frame = visit.frame;
    let open = parcel.closed_at.is_none() && parcel.direction == Direction::Result;
    html! {
        h2 { (frame.say("Hồ sơ trong bưu gửi", "Dossiers in it")) }
        ul { @for it in &parcel.dossiers { li {
            a.code href={ "/desk/dossiers/" (it.id) } { (known.dossiers.get(&it.id).map_or_else(|| it.id.to_string(), |dossier| dossier.called().to_owned())) }
            @match it.place {
                Place::In => {}
                Place::Leaving | Place::Left => { " – " (frame.say("đã lấy ra", "taken out")) @if let Some(because) = &it.because { ": " bdi { (because) } } }
            }
            @if let Some(declined) = &it.declined { " " span.late { (frame.say("hồ sơ không nhận", "the dossier would not take it")) ": " (declined) } }
            @if let Some(complaint) = it.complaint {
                ": " strong { (frame.lang.pick(complaint.what.said())) } ", " (vietnam::date_time(complaint.at))
                @if may { " – " a href={ "/desk/dossiers/" (it.id) "/reissue-result" } { (frame.say("Cấp lại kết quả", "Issue the result anew")) } }
            }
            @if may && open && it.place == Place::In { (take_off(visit, parcel, it.id)) }
        } } }
    }
}

fn take_off(visit: &Visit<'_>, parcel: &Parcel, id: DossierId) -> Markup {
    let frame = visit.frame;
    let name = format!("because-{id}");
    let why = Field::new(frame.lang, &name, frame.say("Lý do lấy ra", "Reason"));
    let line = Line { name: "because", longest: Some(LONGEST_TEXT), ..Line::default() };
    html! { details { summary { (frame.say("Lấy ra khỏi bưu gửi", "Take it out")) }
        form method="post" action={ (ROOT) "/parcels/" (parcel.no) "/take-off" } novalidate {
            (frame.csrf_field())
            input type="hidden" name="dossier" value=(id);
            (why.line(&line))
            button { (frame.say("Lấy ra", "Take out")) }
        }
    } }
}

/// The words of the operator, by its own time, the newest first.
fn history(visit: &Visit<'_>, parcel: &Parcel) -> Markup {
    let frame = visit.frame;
    let mut events: Vec<_> = parcel.events.iter().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.counts_at()));
    let [at, what, code, place, source] = [
        frame.say("Lúc", "At"),
        frame.say("Việc", "What"),
        frame.say("Mã của bưu điện", "Operator's code"),
        frame.say("Nơi", "Place"),
        frame.say("Nguồn, biết lúc", "Source, heard at"),
    ];
    html! {
        h2 { (frame.say("Hành trình", "History")) }
        @if events.is_empty() { p { (frame.say("Bưu điện chưa báo gì.", "The operator has told nothing yet.")) } }
        @else { div.list { table.rows {
            thead { tr { @for head in [at, what, code, place, source] { th scope="col" { (head) } } } }
            tbody { @for event in events { tr {
                td.nowrap data-name=(at) { (vietnam::date_time(event.at)) @if event.is_of_the_future() { br; small.late { (frame.say("giờ chưa tới", "a time to come")) } } }
                td.wide data-name=(what) {
                    @match event.state { Some(state) => (frame.lang.pick(state.said())), None => { (frame.say("mã chưa biết", "a code that nobody knows")) } }
                    @if let Some(attempt) = event.attempt { ", " (frame.say("lần", "attempt")) " " (attempt) }
                    @if let Some(why) = event.why { ": " (frame.lang.pick(why.said())) }
                }
                td.code data-name=(code) { (event.code) }
                td data-name=(place) { (event.place.as_deref().unwrap_or("–")) }
                td data-name=(source) { (frame.lang.pick(said::source(event.source))) br; small { (vietnam::date_time(event.heard_at)) } }
            } } }
        } } }
    }
}

fn forms(visit: &Visit<'_>, (parcel, standing): (&Parcel, &Standing), (sent, mistakes): (&Form, &Mistakes)) -> Markup {
    let frame = visit.frame;
    let under = format!("{ROOT}/parcels/{}", parcel.no);
    let waybill = Field::new(frame.lang, "waybill", frame.say("Số hiệu bưu gửi", "The operator's number"));
    let line = Line {
        name: "waybill",
        value: sent.get("waybill").or(parcel.waybill.as_deref()),
        longest: Some(30),
        ..Line::default()
    };
    let ends: Vec<_> =
        ENDS.iter().map(|state| (state.name().to_owned(), frame.lang.pick(state.said()).to_owned())).collect();
    let underway = standing.since.is_some() || parcel.closed_at.is_some();
    html! {
        h2 { (frame.say("Việc khác", "Other work")) }
        form method="post" action={ (under) "/waybill" } novalidate {
            (frame.csrf_field())
            (waybill.wrong(mistakes.why("waybill")).line(&line))
            button { (frame.say("Ghi số hiệu", "Record the number")) }
        }
        @if underway && !standing.state.is_terminal() {
            @match parcel.untold_address(standing) {
                Some(at) => {
                    p { (frame.say("Địa chỉ tốt hơn, xác nhận lúc", "A better address, confirmed at")) " " (vietnam::date_time(at)) ". " (frame.say("In phiếu, đưa bưu điện, rồi ghi là đã báo.", "Print the slip, give it to the operator, then note it.")) }
                    form method="post" action={ (under) "/told-address" } {
                        (frame.csrf_field())
                        button { (frame.say("Đã báo bưu điện", "The operator was told")) }
                    }
                },
                None => p { (frame.say("Địa chỉ tốt hơn: xác nhận trong hồ sơ, rồi in phiếu cho bưu điện.", "A better address: confirm it in the dossier, then print a slip for the operator.")) }
            }
            ul.actions {
                @for it in parcel.inside() { li { a.button.quiet href={ "/desk/dossiers/" (it.id) "/confirm-address" } { (frame.say("Xác nhận địa chỉ", "Confirm the address")) } } }
                li { a.button.quiet href={ (under) "/slip" } { (frame.say("In phiếu đề nghị bưu điện", "Print a slip for the operator")) } }
            }
        }
        @if underway {
            form method="post" action={ (under) "/decide" } novalidate {
                (frame.csrf_field())
                (Field::new(frame.lang, "state", frame.say("Kết cục, sau khi hỏi bưu điện", "The truth, after asking the operator")).wrong(mistakes.why("state")).list("state", &ends, sent.get("state"), false))
                button { (frame.say("Ghi kết cục", "Record it")) }
            }
        }
    }
}

/// Takes a dossier out, notes the operator's number, or records what a person found out.
pub(super) async fn act(visit: &Visit<'_>, no: ParcelNo, act: &str, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    let malformed = || Problem::Form(NotAForm::Malformed);
    let agency = &staff.agency;
    let (field, done) = match act {
        "waybill" => {
            let number = sent.get("waybill").unwrap_or_default();
            ("waybill", post::name_waybill(site, agency, no, number, now).await)
        }
        "take-off" => {
            let id = sent.get("dossier").and_then(|id| DossierId::parse(id).ok()).ok_or_else(malformed)?;
            let because = sent.get("because").unwrap_or_default().trim();
            if !because.chars().any(char::is_alphanumeric) || because.chars().count() > LONGEST_TEXT {
                let why = frame.say("Hãy ghi lý do, tối đa 500 ký tự.", "Say why, in 500 characters at most.");
                let found = Mistakes::at(format!("because-{id}"), frame.say("Lý do lấy ra", "Reason"), why);
                return whole(visit, no, 422, (sent, &found)).await;
            }
            ("", Box::pin(post::take_off(site, agency, (no, id), (&staff.subject, because), now)).await)
        }
        "told-address" => ("", Box::pin(post::tell_address(site, agency, no, &staff.subject, now)).await),
        "decide" => {
            let state =
                sent.get("state").and_then(State::named).filter(|state| ENDS.contains(state)).ok_or_else(malformed)?;
            ("state", Box::pin(post::decide(site, agency, (no, state), now)).await)
        }
        _ => return Err(Problem::NotFound),
    };
    match done {
        Ok(_) => {
            visit.audits(Did::Post { what: act.to_owned(), no: no.to_string() }).await?;
            site.recorder.store().forget_set_aside(agency);
            Ok(respond::see_other(format!("{ROOT}/parcels/{no}?done=1")))
        }
        Err(why) => {
            let why = said::not_done(frame, why, &*visit.people().await?)?;
            let found = if field.is_empty() { Mistakes::of_all(why) } else { Mistakes::at(field, "", why) };
            whole(visit, no, 422, (sent, &found)).await
        }
    }
}
