//! VNPAY's query: raw against re-encoded, repeats, odd spellings, both codes, missing fields.

use super::*;
use crate::callback::Concerns;
use crate::callback::SignedForm;
use rules::http::Received;
use rules::signature::SignatureError;

const PAID: &str = "vnp_Amount=12500000&vnp_OrderInfo=Le+phi%3A+ho+so&vnp_PayDate=20261010153200&vnp_ResponseCode=00&vnp_TmnCode=KHVP&vnp_TransactionNo=14422574&vnp_TransactionStatus=00&vnp_TxnRef=R1";

fn forged(request: &Request) -> SignatureError {
    match receive(Gateway::Vnpay, request).unwrap_err() {
        Rejection::Forged(error) => error,
        Rejection::Unusable(error) => panic!("authentic, but {error}"),
    }
}

/// Returns the signed query with its pairs rewritten after signing.
fn rewritten(from: &str, to: &str) -> Request {
    let mut request = vnpay_signed(PAID);
    assert!(request.raw_query().contains(from));
    request = get(&request.raw_query().replace(from, to));
    request
}

#[test]
fn a_paid_query_is_read_whole() {
    let callback = receive(Gateway::Vnpay, &vnpay_signed(PAID)).unwrap();
    assert_eq!(
        callback,
        Callback {
            reference: "R1".to_owned(),
            found: Some(Found {
                identity: "KHVP/R1/14422574".to_owned(),
                amount_vnd: dong(125_000),
                outcome: PaymentOutcome::Paid,
                at: Some("2026-10-10T08:32:00Z".parse().unwrap()),
            }),
            transaction: "14422574".to_owned(),
            currency: "VND".to_owned(),
            merchant: Some("KHVP".to_owned()),
            units: 12_500_000,
            signed_form: SignedForm::AsReceived,
            concerns: Concerns::Whole,
        }
    );
    assert!(callback.is_for(&channel(Gateway::Vnpay)));
}

#[test]
fn a_message_for_another_terminal_is_seen_as_such() {
    let request = vnpay_signed(&PAID.replace("KHVP", "OTHER"));
    let callback = receive(Gateway::Vnpay, &request).unwrap();
    assert!(!callback.is_for(&channel(Gateway::Vnpay)));
}

#[test]
fn another_spelling_of_the_same_values_is_believed_re_encoded() {
    for (from, to) in [
        ("Le+phi%3A+ho+so", "Le%20phi%3A%20ho%20so"),
        ("Le+phi%3A+ho+so", "Le+phi%3a+ho+so"),
        ("Le+phi%3A+ho+so", "Le+phi:+ho+so"),
        ("vnp_TmnCode=", "vnp%5FTmnCode="),
        ("vnp_TmnCode=", "vnp_BankTranNo=&vnp_TmnCode="),
        ("vnp_TmnCode=", "vnp_BankTranNo&vnp_TmnCode="),
    ] {
        let callback = receive(Gateway::Vnpay, &rewritten(from, to)).unwrap();
        assert_eq!(callback.signed_form, SignedForm::Reencoded, "{to}");
    }
}

#[test]
fn a_spelling_that_our_encoder_would_not_choose_is_believed_as_received() {
    for spelling in ["a%2fb", "a/b", "a%20b", "~*'()!", "%c4%91", "a=b"] {
        let request = vnpay_signed(&PAID.replace("Le+phi%3A+ho+so", spelling));
        let callback = receive(Gateway::Vnpay, &request).unwrap();
        assert_eq!(callback.signed_form, SignedForm::AsReceived, "{spelling}");
    }
}

#[test]
fn the_payers_copy_in_another_order_is_the_same_message() {
    let original = receive(Gateway::Vnpay, &vnpay_signed(PAID)).unwrap();
    let mut copy = vnpay_signed(PAID);
    let mut segments: Vec<_> = copy.raw_query().split('&').collect();
    segments.reverse();
    copy = get(&segments.join("&"));
    let copy = receive(Gateway::Vnpay, &copy).unwrap();
    assert_eq!(original.found, copy.found);
}

#[test]
fn another_result_of_the_same_transaction_means_something_else() {
    let paid = receive(Gateway::Vnpay, &vnpay_signed(PAID)).unwrap();
    let failed = PAID.replace("ResponseCode=00", "ResponseCode=24");
    let failed = receive(Gateway::Vnpay, &vnpay_signed(&failed)).unwrap();
    let (paid, failed) = (paid.found.unwrap(), failed.found.unwrap());
    assert_eq!(paid.identity, failed.identity);
    assert_ne!(paid.meaning("", ""), failed.meaning("", ""));
}

#[test]
fn a_query_without_a_usable_signature_is_refused_by_its_fault() {
    let tag = "ab".repeat(64);
    let hash = "vnp_SecureHash";
    for (query, expected) in [
        (PAID.to_owned(), SignatureError::Missing(hash)),
        (String::new(), SignatureError::Missing(hash)),
        (format!("{PAID}&{hash}="), SignatureError::Missing(hash)),
        (format!("{PAID}&{hash}={tag}"), SignatureError::Mismatch),
        (format!("{PAID}&{hash}={}", &tag[..64]), SignatureError::Mismatch),
        (format!("{PAID}&{hash}=xyz"), SignatureError::Malformed(hash)),
        (format!("{PAID}&{hash}=+{tag}"), SignatureError::Malformed(hash)),
        (format!("{PAID}&{hash}=%ff"), SignatureError::Malformed(hash)),
        (format!("{PAID}&{hash}={tag}&{hash}={tag}"), SignatureError::Duplicated(hash)),
    ] {
        assert_eq!(forged(&get(&query)), expected, "{query}");
    }
}

#[test]
fn a_parameter_doubled_on_the_way_is_forged() {
    for more in ["&vnp_Amount=12500000", "&vnp_Amount=1", "&vnp%5FAmount=1", "&vnp_Amount="] {
        let mut request = vnpay_signed(PAID);
        request = get(&format!("{}{}", request.raw_query(), more));
        assert_eq!(forged(&request), SignatureError::Mismatch, "{more}");
    }
}

#[test]
fn a_parameter_that_the_sender_signed_twice_is_malformed() {
    let doubled = vnpay_signed(&format!("{PAID}&vnp_Amount=1"));
    let expected = malformed("a parameter given twice", Some("R1"));
    assert_eq!(unusable(Gateway::Vnpay, &doubled), expected);
    let reference = vnpay_signed(&format!("{PAID}&vnp_TxnRef=R2"));
    assert_eq!(unusable(Gateway::Vnpay, &reference), malformed("vnp_TxnRef", None));
}

#[test]
fn an_escaped_name_never_passes_an_unsigned_value_for_a_signed_one() {
    for stowaway in ["&vnp%5FPayDate=20200101000000", "&%76np_Locale=vn"] {
        let without_date = PAID.replace("vnp_PayDate=20261010153200&", "");
        let mut request = vnpay_signed(&without_date);
        request = get(&format!("{}{}", request.raw_query(), stowaway));
        assert_eq!(forged(&request), SignatureError::Mismatch, "{stowaway}");
    }
}

#[test]
fn the_hash_type_is_never_obeyed() {
    for kind in ["MD5", "SHA256", "none", ""] {
        let mut request = vnpay_signed(PAID);
        request = get(&format!("{}&vnp_SecureHashType={kind}", request.raw_query()));
        assert_eq!(outcome(Gateway::Vnpay, &request), Some(PaymentOutcome::Paid), "{kind}");
    }
}

#[test]
fn both_codes_decide() {
    let failed = |code: &str| Some(PaymentOutcome::Failed(code.to_owned()));
    for (response, status, expected) in [
        ("00", "00", Some(PaymentOutcome::Paid)),
        ("24", "02", failed("24")),
        ("99", "00", failed("99")),
        ("00", "02", failed("02")),
        ("00", "01", None),
        ("11", "01", failed("11")),
        ("07", "00", Some(PaymentOutcome::Suspected)),
        ("00", "07", Some(PaymentOutcome::Suspected)),
        ("00", "09", Some(PaymentOutcome::Suspected)),
        ("00", "04", Some(PaymentOutcome::Reversed)),
        ("00", "05", Some(PaymentOutcome::Reversed)),
        ("99", "06", Some(PaymentOutcome::Reversed)),
    ] {
        let query = PAID
            .replace("ResponseCode=00", &format!("ResponseCode={response}"))
            .replace("TransactionStatus=00", &format!("TransactionStatus={status}"));
        assert_eq!(outcome(Gateway::Vnpay, &vnpay_signed(&query)), expected, "{response} {status}");
    }
}

#[test]
fn an_authentic_query_without_a_field_still_tells_its_reference() {
    for field in ["vnp_Amount", "vnp_TmnCode", "vnp_TransactionNo", "vnp_ResponseCode", "vnp_TransactionStatus"] {
        let query: Vec<_> = PAID.split('&').filter(|it| !it.starts_with(field)).collect();
        let error = unusable(Gateway::Vnpay, &vnpay_signed(&query.join("&")));
        assert_eq!(error, missing(field, Some("R1")));
    }
    let nameless = PAID.replace("&vnp_TxnRef=R1", "");
    assert_eq!(unusable(Gateway::Vnpay, &vnpay_signed(&nameless)), missing("vnp_TxnRef", None));
}

#[test]
fn an_authentic_query_with_an_odd_field_names_it() {
    for (field, odd) in [
        ("vnp_Amount", "1e3"),
        ("vnp_Amount", "1.0"),
        ("vnp_Amount", "-1"),
        ("vnp_Amount", "%2B1"),
        ("vnp_Amount", "9007199254740993"),
        ("vnp_Amount", "99999999999999999999"),
        ("vnp_Amount", "%d9%a1"),
        ("vnp_ResponseCode", "0"),
        ("vnp_ResponseCode", "000"),
        ("vnp_TransactionStatus", "xx"),
        ("vnp_PayDate", "20260230000000"),
        ("vnp_PayDate", "2026"),
        ("vnp_TmnCode", "%00"),
        ("vnp_TransactionNo", "%ff"),
    ] {
        let segments: Vec<_> = PAID
            .split('&')
            .map(|it| if it.starts_with(field) { format!("{field}={odd}") } else { it.to_owned() })
            .collect();
        let error = unusable(Gateway::Vnpay, &vnpay_signed(&segments.join("&")));
        assert_eq!(error, malformed(field, Some("R1")), "{odd}");
    }
    let endless = PAID.replace("TxnRef=R1", &format!("TxnRef={}", "R".repeat(101)));
    assert_eq!(unusable(Gateway::Vnpay, &vnpay_signed(&endless)), malformed("vnp_TxnRef", None));
}

#[test]
fn a_part_of_a_dong_is_seen_and_never_rounded() {
    let request = vnpay_signed(&PAID.replace("12500000", "12500050"));
    let found = found(Gateway::Vnpay, &request);
    assert_eq!((found.amount_vnd, found.outcome), (None, PaymentOutcome::Paid));
}
