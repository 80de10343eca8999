//! Orders, cancellations and questions to an operator about one parcel.

use std::convert::Infallible;

use jiff::Timestamp;
use motcua::post::{About, name_waybill, note, tracked_all};
use motcua::store::{Error, Key, read_json};
use motcua::web::Silence;
use rules::gateway::Call;
use rules::person::{Label, Person};
use rules::post::{Ordering, Parcel, Source};
use rules::vietnam;
use serde_json::Value;

use crate::answer::{Answer, rows};
use crate::calls::{self, Unwritable};
use crate::line::Line;
use crate::report::Report;

/// Trouble with a parcel.
pub(crate) enum Trouble {
    /// The operator does not answer.
    Silent(Silence),
    /// The store does not answer.
    Store(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Gives, cancels or asks about an order, as the parcel wants it. The outcome is noted at once, so that a run that is killed
/// repeats one call at most, with the same number.
pub(crate) async fn say(line: &Line<'_>, parcel: &Parcel, now: Timestamp, report: &mut Report) -> Result<(), Trouble> {
    match parcel.order {
        Ordering::Wanted => order(line, parcel, now, report).await,
        Ordering::CancelWanted => cancel(line, parcel, now, report).await,
        Ordering::OnPaper
        | Ordering::Sent(_)
        | Ordering::Refused(_)
        | Ordering::CancelRefused(_)
        | Ordering::Cancelled => match parcel.look_up_at(&parcel.standing(), now) {
            Some(at) if at <= now => look_up(line, parcel, now, report).await,
            Some(_) | None => Ok(()),
        },
    }
}

async fn order(line: &Line<'_>, parcel: &Parcel, now: Timestamp, report: &mut Report) -> Result<(), Trouble> {
    let label = label(line, parcel, now).await?;
    let answer = match label {
        None => Err(Unwritable("no_people")),
        Some(label) => {
            let call = |token: &str| calls::order((line.to, line.site.units()), token, parcel, &label);
            line.ask(call).await.map_err(Trouble::Silent)?
        }
    };
    let (order, waybill) = match answer {
        // An order that is there already is ours: nobody else has this number.
        Ok(Answer::Done(body)) => (Ordering::Sent(now), given(&body)),
        Ok(Answer::Exists) => (Ordering::Sent(now), None),
        Ok(Answer::Missing | Answer::TokenOver) => (Ordering::Refused("unknown".into()), None),
        Ok(Answer::Refused(code)) => (Ordering::Refused(code), None),
        Err(Unwritable(what)) => (Ordering::Refused(what.into()), None),
    };
    let taken = matches!(order, Ordering::Sent(_));
    note(line.site, &line.post.agency, parcel.no, now, |parcel| match (&parcel.order, taken) {
        (Ordering::Wanted, _) => parcel.order = order.clone(),
        // It was cancelled while the call was under way: an operator that refused it knows of none.
        (Ordering::CancelWanted, false) => parcel.order = Ordering::Cancelled,
        _ => {}
    })
    .await?;
    match taken {
        true => report.ordered += 1,
        false => refused(line, parcel, report, &order),
    }
    if let Some(number) = waybill.filter(|_| parcel.waybill.is_none())
        && let Err(error) = name_waybill(line.site, &line.post.agency, parcel.no, &number, now).await
    {
        // The alias of another parcel stays: a clerk sees that this one has no number.
        tracing::error!(parcel = %parcel.no, %error, "an operator gave a number that cannot be used");
    }
    Ok(())
}

async fn cancel(line: &Line<'_>, parcel: &Parcel, now: Timestamp, report: &mut Report) -> Result<(), Trouble> {
    let call = |token: &str| Ok::<Call, Infallible>(calls::cancel(line.to, token, parcel));
    let Ok(answer) = line.ask(call).await.map_err(Trouble::Silent)?;
    let order = match answer {
        // An order that is not there need not be cancelled.
        Answer::Done(_) | Answer::Exists | Answer::Missing => Ordering::Cancelled,
        Answer::TokenOver => Ordering::CancelRefused("unknown".into()),
        Answer::Refused(code) => Ordering::CancelRefused(code),
    };
    note(line.site, &line.post.agency, parcel.no, now, |parcel| {
        if parcel.order == Ordering::CancelWanted {
            parcel.order = order.clone();
        }
    })
    .await?;
    match order {
        Ordering::Cancelled => report.cancelled += 1,
        _ => refused(line, parcel, report, &order),
    }
    Ok(())
}

/// Asks about an end that nobody signed. Where the operator has no look-up its feed confirms it, or in the end a person.
async fn look_up(line: &Line<'_>, parcel: &Parcel, now: Timestamp, report: &mut Report) -> Result<(), Trouble> {
    if let Some(url) = &line.to.look_up_url {
        let call = |token: &str| Ok::<Call, Infallible>(calls::look_up(line.to, url, token, parcel));
        let Ok(answer) = line.ask(call).await.map_err(Trouble::Silent)?;
        if let Answer::Done(body) = answer
            && let Some((rows, ..)) = rows(&body, &line.post.codes, Source::LookUp, now)
        {
            // It was asked about this parcel, so what it tells of another one is not taken.
            let own = rows.into_iter().filter(|row| row.order.as_deref() == Some(&parcel.no.to_string()));
            let told = own.map(|row| (About { order: row.order, ..About::default() }, row.event)).collect();
            tracked_all(line.site, line.post, told, now).await?;
        }
    }
    report.looked_up += 1;
    note(line.site, &line.post.agency, parcel.no, now, |parcel| {
        let times = parcel.looked.map_or(0, |(times, _)| times);
        parcel.looked = Some((times + 1, now));
    })
    .await?;
    Ok(())
}

fn refused(line: &Line<'_>, parcel: &Parcel, report: &mut Report, order: &Ordering) {
    report.refused += 1;
    // The alarm in infra/template.yaml waits for these words.
    tracing::error!(operator = line.post.id, parcel = %parcel.no, ?order, "a postal operator refuses a parcel");
}

/// Returns the text of the label as of now: what is told to the operator is what is printed.
async fn label(line: &Line<'_>, parcel: &Parcel, now: Timestamp) -> Result<Option<Label>, Error> {
    let (store, agency) = (line.site.recorder.store(), &line.post.agency);
    let Some(first) = parcel.inside().next() else { return Ok(None) };
    if parcel.closed_at.is_some()
        && let Some(label) = store.label(agency, first.id, parcel.no).await?
    {
        return Ok(Some(label));
    }
    let Some(item) = store.item(&Key::person(agency, first.id)).await? else { return Ok(None) };
    let person: Person = read_json(&item, "person")?;
    Ok(Some(Label::of(&person, line.site.units(), vietnam::day(now))))
}

fn given(body: &Value) -> Option<String> {
    body.get("ItemCode").and_then(Value::as_str).map(str::to_owned).filter(|number| !number.trim().is_empty())
}
