//! Answers to a declined command.

use std::collections::BTreeSet;

use super::super::table::{Cell, cell, sentence_en, sentence_vi};
use super::*;

#[test]
fn every_refusal_has_a_sentence_of_its_own_in_both_languages() {
    let mut said = BTreeSet::new();
    let mut refusals = Vec::new();
    for phase in Phase::ALL {
        for kind in Kind::ALL {
            assert!(!sentence_en(kind, phase).is_empty() && !sentence_vi(kind, phase).is_empty());
            if cell(phase, kind) == Cell::Refused {
                refusals.push(Refusal::Phase { kind, phase });
            }
        }
    }
    refusals.extend(other_refusals());
    for refusal in refusals {
        let (en, vi) = (refusal.to_string(), refusal.vi());
        assert!(
            vi.chars().any(|c| "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự".contains(c)),
            "{vi}"
        );
        assert!(en.is_ascii() && en.ends_with('.') && vi.ends_with('.'), "{en} / {vi}");
        assert!(said.insert(en.clone()), "said twice: {en}");
        assert!(said.insert(vi.clone()), "said twice: {vi}");
    }
}

/// Returns every refusal that is not a cell's. The match makes a new one fail to compile until it is listed.
fn other_refusals() -> Vec<Refusal> {
    let all = vec![
        Refusal::UnknownStep,
        Refusal::UnknownProcedure,
        Refusal::UnknownReason,
        Refusal::NotAwaited,
        Refusal::NothingMissing,
        Refusal::NoPapers,
        Refusal::NotReceived,
        Refusal::NoClock,
        Refusal::NotADocument,
        Refusal::IssuedLater,
        Refusal::NothingCorrected,
        Refusal::SameContact,
        Refusal::NoFiler,
        Refusal::NoFilerToReceive,
        Refusal::UnknownAccount,
        Refusal::ClosedAccount,
        Refusal::NoHandler,
        Refusal::NoLeader,
        Refusal::AtTheDesk,
        Refusal::OtherProcedure,
        Refusal::NoPeople,
        Refusal::SameReturn,
        Refusal::Text("reason", 500),
        Refusal::NoCode,
        Refusal::TooManyRounds(1),
        Refusal::TooManyAttempts,
        Refusal::ZeroFee,
        Refusal::FeeAlreadyAsked,
        Refusal::FeeNotOpen,
        Refusal::CashDiffers(dong(50_000)),
        Refusal::ReceiptUsed,
        Refusal::PaperReceiptOver,
        Refusal::NoMoney,
        Refusal::MoneySettled,
        Refusal::NotMarked,
        Refusal::NoVoucher,
        Refusal::DatesHold,
        Refusal::FeeOwed,
        Refusal::NotByPost,
        Refusal::PostNotChosen,
        Refusal::AddressNotConfirmed,
        Refusal::AddressAsked,
        Refusal::PostageFree,
        Refusal::InAParcel,
        Refusal::NoParcel,
        Refusal::OnlyNegative,
        Refusal::NoReason,
        Refusal::AlreadyApologised,
        Refusal::NothingDue,
        Refusal::NotLater,
        Refusal::Gap,
        Refusal::OutsideLimits {
            channel: "vnpay".into(),
            limits: crate::vnd::Limits { min_vnd: Some(dong(5_000)), max_vnd: Some(dong(999_999_999)) },
            others: vec!["momo".into()],
        },
        Refusal::OutsideLimits {
            channel: "vnpay".into(),
            limits: crate::vnd::Limits { min_vnd: Some(dong(5_000)), max_vnd: None },
            others: Vec::new(),
        },
        Refusal::TooLarge,
    ];
    for refusal in &all {
        match refusal {
            Refusal::Phase { .. } => panic!("a cell's own"),
            Refusal::UnknownStep
            | Refusal::UnknownProcedure
            | Refusal::UnknownReason
            | Refusal::NotAwaited
            | Refusal::NothingMissing
            | Refusal::NoPapers
            | Refusal::NotReceived
            | Refusal::NoClock
            | Refusal::NotADocument
            | Refusal::IssuedLater
            | Refusal::NothingCorrected
            | Refusal::SameContact
            | Refusal::NoFiler
            | Refusal::NoFilerToReceive
            | Refusal::UnknownAccount
            | Refusal::ClosedAccount
            | Refusal::NoHandler
            | Refusal::NoLeader
            | Refusal::AtTheDesk
            | Refusal::OtherProcedure
            | Refusal::NoPeople
            | Refusal::SameReturn
            | Refusal::Text(..)
            | Refusal::NoCode
            | Refusal::TooManyRounds(_)
            | Refusal::TooManyAttempts
            | Refusal::ZeroFee
            | Refusal::OutsideLimits { .. }
            | Refusal::FeeAlreadyAsked
            | Refusal::FeeNotOpen
            | Refusal::CashDiffers(_)
            | Refusal::ReceiptUsed
            | Refusal::PaperReceiptOver
            | Refusal::NoMoney
            | Refusal::MoneySettled
            | Refusal::NotMarked
            | Refusal::NoVoucher
            | Refusal::DatesHold
            | Refusal::FeeOwed
            | Refusal::NotByPost
            | Refusal::PostNotChosen
            | Refusal::AddressNotConfirmed
            | Refusal::AddressAsked
            | Refusal::PostageFree
            | Refusal::InAParcel
            | Refusal::NoParcel
            | Refusal::OnlyNegative
            | Refusal::NoReason
            | Refusal::AlreadyApologised
            | Refusal::NothingDue
            | Refusal::NotLater
            | Refusal::Gap
            | Refusal::TooLarge => {}
        }
    }
    all
}

#[test]
fn a_field_is_named_in_the_reader_s_language() {
    for field in [
        "reason",
        "because",
        "article",
        "minutes_no",
        "document_no",
        "receipt_no",
        "to",
        "item_code",
        "code",
        "channel",
        "papers",
    ] {
        assert!(!Refusal::Text(field, 500).vi().contains(field), "{field} is left in English");
    }
}
