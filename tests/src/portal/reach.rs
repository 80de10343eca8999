//! Telephone numbers in a portal's submission: read in one way, and what cannot be reached is said while it can be mended.

use rules::http::Reply;

use super::*;

/// Files a dossier with this number, and returns the answer's body.
async fn filed(town: &Town, code: &str, phone: &str) -> Value {
    let data = form_with(code, json!({ "SoDienThoai": phone }));
    let answer = town.send(&told_by(town, NATIONAL, "dossier.submitted", &format!("msg-{code}"), &data)).await;
    assert_eq!(answer.status().as_u16(), 200, "{phone}: {}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

#[tokio::test]
async fn a_number_with_what_copying_left_in_it_is_reached_and_nothing_is_remarked() {
    let town = Town::new().await;
    let copied = [
        "\u{202a}0905000001\u{202c}",
        "\u{202e}0905\u{200b}000\u{ad}001\u{feff}",
        "0905\u{2060}000001",
        "0905–000–001",
        "0905\u{2011}000\u{2212}001",
        "0905\u{2007}000\u{2009}001\u{202f}",
        "(+84) 905 000 001",
    ];
    for (number, phone) in copied.iter().enumerate() {
        let answer = filed(&town, &format!("G22-{number}"), phone).await;
        assert_eq!((&answer["status"], &answer["remarks"]), (&json!("recorded"), &Value::Null), "{phone:?}");
    }
    town.office.deliver().await.unwrap();
    let sent = town.sms();
    assert_eq!(sent.len(), copied.len());
    assert!(sent.iter().all(|sms| sms.phone_number == "+84905000001"));
}

#[tokio::test]
async fn what_cannot_be_reached_is_said_in_the_answer_and_in_the_answer_to_a_repetition() {
    let town = Town::new().await;
    let odd = ["09050000012", "12345", "ĐT: 0905000001", "0258 3822 222", "+1 202 555 0100"];
    for (number, phone) in odd.iter().enumerate() {
        let code = format!("G22-{number}");
        for status in ["recorded", "already_recorded"] {
            let answer = filed(&town, &code, phone).await;
            let remarks = answer["remarks"].as_array().unwrap();
            assert_eq!((&answer["status"], remarks.len()), (&json!(status), 1), "{phone}");
            assert_eq!(remarks[0]["field"], "SoDienThoai");
            assert!(remarks[0]["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
            assert!(!answer.to_string().contains(phone), "{answer}");
        }
    }
    town.office.deliver().await.unwrap();
    assert!(town.sms().is_empty());
}

#[tokio::test]
async fn the_first_of_two_usable_numbers_is_told_and_the_answer_says_that_there_are_two() {
    let town = Town::new().await;
    for (number, phone) in ["0905000001/0905000002", "0258 3822 222 - 0905 000 001"].iter().enumerate() {
        let answer = filed(&town, &format!("G22-{number}"), phone).await;
        assert!(answer["remarks"][0]["reason"].as_str().unwrap().contains("several numbers"), "{answer}");
    }
    town.office.deliver().await.unwrap();
    let receivers: Vec<_> = town.sms().into_iter().map(|sms| sms.phone_number).collect();
    assert_eq!(receivers, ["+84905000001", "+84905000001"]);
}
