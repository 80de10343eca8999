use motcua::store::TaskKind;
use motcua_local::neighbours::gateways::CallBack;
use rules::dossier::Event;
use rules::http::Reply;

use super::*;

/// Makes an order at any gateway, whether the office opens orders there or not.
async fn ordered(town: &Town, channel: &Channel) -> (DossierId, String) {
    let id = asked(town, &format!("G22-{}", channel.id), &channel.id).await;
    let number = match open(town, id, Wish::Current).await {
        Ok(order) => order.number,
        Err(OpenError::Unsendable(_)) => format!("{id}01"),
        Err(error) => panic!("{error}"),
    };
    let amount = rules::vnd::Vnd::new(FEE_VND).unwrap();
    town.office.gateways().know(&channel.id, &number, amount, None);
    (id, number)
}

fn call(town: &Town, channel: &Channel, number: &str) -> CallBack {
    town.office.gateways().calls(&channel.id, number).remove(0)
}

#[tokio::test]
async fn each_gateway_s_payment_is_recorded_at_its_first_call_and_it_is_content() {
    let town = Town::new().await;
    for channel in every_channel(&town) {
        let (id, number) = ordered(&town, &channel).await;
        town.office.gateways().act(&channel.id, &number, Act::Pay).unwrap();
        town.office.call_back().await;
        let call = call(&town, &channel, &number);
        assert_eq!((call.told.len(), call.next_at), (1, None), "{}: {call:?}", channel.id);
        assert_eq!(fee(&town, id).await, FeeState::Paid, "{}", channel.id);
    }
}

#[tokio::test]
async fn a_lost_answer_brings_the_next_call_and_nothing_twice() {
    for channel in every_channel(&Town::new().await) {
        let town = Town::new().await;
        let (id, number) = ordered(&town, &channel).await;
        town.office.gateways().act(&channel.id, &number, Act::LoseAnswer).unwrap();
        town.office.call_back().await;
        assert_eq!(fee(&town, id).await, FeeState::Paid, "{}", channel.id);
        let first = call(&town, &channel, &number);
        let next = first.next_at;
        assert_eq!((first.told.len(), next.is_none()), (1, channel.gateway == Gateway::Github), "{}", channel.id);
        if let Some(next) = next {
            town.clock.advance_to(next);
            town.office.call_back().await;
            let call = call(&town, &channel, &number);
            assert_eq!((call.told.len(), call.next_at), (2, None), "{}: {call:?}", channel.id);
        }
        let paid = town.events(id).await.into_iter().filter(|event| matches!(event, Event::FeePaid { .. }));
        assert_eq!((paid.count(), town.for_a_person(TaskKind::Money).await), (1, 0), "{}", channel.id);
    }
}

#[tokio::test]
async fn a_forged_call_is_refused_and_a_second_payment_is_money_before_a_person() {
    for channel in every_channel(&Town::new().await) {
        let town = Town::new().await;
        let (id, number) = ordered(&town, &channel).await;
        let gateways = town.office.gateways();
        gateways.act(&channel.id, &number, Act::Forge).unwrap();
        town.office.call_back().await;
        assert_eq!(fee(&town, id).await, FeeState::Open, "{}", channel.id);
        gateways.act(&channel.id, &number, Act::PayTwice).unwrap();
        town.office.call_back().await;
        assert_eq!(fee(&town, id).await, FeeState::Paid, "{}", channel.id);
        // The national platform names a payment by its reference, so a second one is a conflict with the first.
        assert_eq!(town.for_a_person(TaskKind::Money).await, 1, "{}", channel.id);
    }
}

#[tokio::test]
async fn a_refusal_is_noted_by_the_gateways_that_tell_of_one() {
    for channel in every_channel(&Town::new().await) {
        for act in [Act::Fail, Act::Cancel] {
            let town = Town::new().await;
            let (id, number) = ordered(&town, &channel).await;
            town.office.gateways().act(&channel.id, &number, act).unwrap();
            let calls = town.office.call_back().await;
            let silent = matches!(channel.gateway, Gateway::Zalopay | Gateway::Payos);
            assert_eq!(calls, u32::from(!silent), "{}", channel.id);
            let noted = town.events(id).await.iter().any(|event| matches!(event, Event::PaymentFailed { .. }));
            assert_eq!((noted, fee(&town, id).await), (!silent, FeeState::Open), "{} {act:?}", channel.id);
        }
    }
}

#[tokio::test]
async fn vnpay_calls_ten_times_about_an_order_that_the_office_does_not_know() {
    let town = Town::new().await;
    let gateways = town.office.gateways();
    gateways.know("vnpay-demo", "ZZZZZZZZZZZZ01", rules::vnd::Vnd::new(FEE_VND).unwrap(), None);
    gateways.act("vnpay-demo", "ZZZZZZZZZZZZ01", Act::Pay).unwrap();
    let start = now(&town);
    minutes(&town, 120).await;
    let call = gateways.calls("vnpay-demo", "ZZZZZZZZZZZZ01").remove(0);
    let at: Vec<_> = call.told.iter().map(|told| told.at.duration_since(start).as_mins()).collect();
    assert_eq!(at, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    assert!(call.told.iter().all(|told| told.answer.as_ref().unwrap().text().contains("\"01\"")));
}
