//! Number and times of a gateway's calls, and the answer that ends them.

use http::StatusCode;
use jiff::SignedDuration;
use rules::config::Gateway;
use rules::http::{Reply, Response};
use serde_json::Value;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// Returns the pauses between one call and the next, in seconds: one fewer than there are calls.
fn pauses_s(gateway: Gateway) -> &'static [i64] {
    match gateway {
        // At most ten calls, 5 minutes apart.
        Gateway::Vnpay => &[5 * MINUTE; 9],
        // At most three more calls; the pause is not documented.
        Gateway::Zalopay => &[5 * MINUTE; 3],
        // Nothing is documented: we assume three calls.
        Gateway::Momo | Gateway::Payos | Gateway::Onepay | Gateway::Dvcqg => &[5 * MINUTE; 2],
        // The schedule that the standard gives as an example.
        Gateway::StandardWebhooks => {
            &[5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
        }
        // Up to three days, ever more slowly.
        Gateway::Stripe => &[HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR],
        // Never again by itself.
        Gateway::Github => &[],
    }
}

/// Returns the pause between the last of the first `made` calls and the next one; `None` if there is no further one.
pub(super) fn pause_after(gateway: Gateway, made: usize) -> Option<SignedDuration> {
    let pause = pauses_s(gateway).get(made.checked_sub(1)?)?;
    Some(SignedDuration::from_secs(*pause))
}

/// Whether the gateway is content with an answer and calls no more.
pub(super) fn ends(gateway: Gateway, answer: &Response) -> bool {
    let json = || serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
    let accepted = answer.status().is_success();
    match gateway {
        // The code in the body counts, never the status.
        Gateway::Vnpay => matches!(json()["RspCode"].as_str(), Some("00" | "02")),
        // Only 0 causes another call.
        Gateway::Zalopay => json()["return_code"].as_i64().is_some_and(|code| code != 0),
        Gateway::Onepay => answer.text().contains("responsecode=1"),
        Gateway::Dvcqg => accepted && json()["MaLoi"] == "00",
        Gateway::StandardWebhooks => accepted || answer.status() == StatusCode::GONE,
        Gateway::Momo | Gateway::Payos | Gateway::Stripe | Gateway::Github => accepted,
    }
}

#[cfg(test)]
mod tests {
    use rules::http::respond;

    use super::*;

    fn calls_and_minutes(gateway: Gateway) -> (usize, i64) {
        let pauses: Vec<_> = (1..).map_while(|made| pause_after(gateway, made)).collect();
        (pauses.len() + 1, pauses.iter().map(SignedDuration::as_mins).sum())
    }

    #[test]
    fn each_gateway_calls_as_often_as_it_says() {
        assert_eq!(calls_and_minutes(Gateway::Vnpay), (10, 45));
        assert_eq!(calls_and_minutes(Gateway::Zalopay), (4, 15));
        assert_eq!(calls_and_minutes(Gateway::Momo).0, 3);
        assert_eq!(calls_and_minutes(Gateway::StandardWebhooks).0, 10);
        assert_eq!(calls_and_minutes(Gateway::Stripe), (7, 55 * 60));
        assert_eq!(calls_and_minutes(Gateway::Github), (1, 0));
    }

    #[test]
    fn each_gateway_reads_the_answer_in_its_own_way() {
        let vnpay = |code: &str| ends(Gateway::Vnpay, &respond::json(200, format!(r#"{{"RspCode":"{code}"}}"#)));
        assert!(vnpay("00") && vnpay("02") && !vnpay("01") && !vnpay("97") && !vnpay("99"));
        let zalopay = |code: i64| ends(Gateway::Zalopay, &respond::json(200, format!(r#"{{"return_code":{code}}}"#)));
        assert!(zalopay(1) && zalopay(-1) && !zalopay(0));
        assert!(!ends(Gateway::Zalopay, &respond::text(502, "")));
        assert!(ends(Gateway::Momo, &respond::empty(204)) && !ends(Gateway::Momo, &respond::empty(503)));
        assert!(ends(Gateway::Onepay, &respond::text(200, "responsecode=1&desc=confirm-success")));
        assert!(!ends(Gateway::Onepay, &respond::text(200, "responsecode=0&desc=confirm-fail")));
        assert!(!ends(Gateway::Dvcqg, &respond::json(200, r#"{"MaLoi":"99"}"#)));
        assert!(ends(Gateway::StandardWebhooks, &respond::empty(410)));
    }
}
