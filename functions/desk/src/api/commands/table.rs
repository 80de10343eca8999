//! All commands, each with its fields and how they are read.

use rules::catalogue::Reason;
use rules::dossier::{Action, Kind};
use rules::person::Personal;

use super::read::attempt;
use super::{Field, Is, Spec};

/// Ways in which somebody agreed to a change that staff make for them.
const CONSENT: Is = Is::OneOf(&["phone", "desk", "writing"]);

/// Reasons for which papers that are taken back can be awaited.
const AWAITED_AS: Is = Is::OneOf(&[Reason::Originals.as_str(), Reason::Supplement.as_str()]);

/// All commands.
pub(crate) static COMMANDS: [Spec; 33] = [
    Spec { name: "accept", kind: Kind::Accept, fields: &[], read: |_| Ok(Action::Accept { code: None }), people: None },
    Spec {
        name: "refuse-intake",
        kind: Kind::RefuseIntake,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::RefuseIntake { reason: body.prose("reason")? }),
        people: None,
    },
    Spec {
        name: "request-supplement",
        kind: Kind::RequestSupplement,
        fields: &[Field::needed("reason", Is::Prose), Field::optional("papers", Is::Papers)],
        read: |body| Ok(Action::RequestSupplement { papers: body.papers()?, reason: body.prose("reason")? }),
        people: None,
    },
    Spec {
        name: "pause-clock",
        kind: Kind::PauseClock,
        fields: &[Field::needed("reason", Is::PauseReason), Field::optional("papers", Is::Papers)],
        read: |body| Ok(Action::PauseClock { reason: body.reason()?, papers: body.papers()? }),
        people: None,
    },
    Spec {
        name: "ask-fee",
        kind: Kind::AskFee,
        fields: &[Field::needed("channel", Is::Channel), Field::needed("amount_vnd", Is::Amount)],
        read: |body| body.fee(),
        people: None,
    },
    Spec {
        name: "ask-postage",
        kind: Kind::AskPostage,
        fields: &[Field::needed("amount_vnd", Is::Amount)],
        read: |body| body.postage(),
        people: None,
    },
    Spec {
        name: "ask-again",
        kind: Kind::AskAgain,
        fields: &[Field::needed("attempt", Is::Attempt), Field::needed("channel", Is::Channel)],
        read: |body| Ok(Action::AskAgain { attempt: attempt(&body.fields)?, channel: body.channel()? }),
        people: None,
    },
    Spec {
        name: "record-cash-payment",
        kind: Kind::RecordCash,
        fields: &[
            Field::needed("attempt", Is::Attempt),
            Field::needed("amount_vnd", Is::Amount),
            Field::optional("receipt_no", Is::Line),
        ],
        read: |body| body.cash(),
        people: None,
    },
    Spec {
        name: "record-receipt",
        kind: Kind::RecordReceipt,
        fields: &[
            Field::needed("minutes_no", Is::DocumentNo),
            Field::needed("papers", Is::Papers),
            Field::needed("by", Is::OneOf(&["hand", "post"])),
        ],
        read: |body| body.receipt(),
        people: None,
    },
    Spec {
        name: "correct-receipt",
        kind: Kind::CorrectReceipt,
        fields: &[
            Field::needed("papers", Is::Papers),
            Field::optional("awaited_as", AWAITED_AS),
            Field::needed("because", Is::Prose),
        ],
        read: |body| body.correct_receipt(),
        people: None,
    },
    Spec {
        name: "record-document",
        kind: Kind::RecordDocument,
        fields: &[
            Field::needed("reason", Is::AwaitedReason),
            Field::optional("papers", Is::Papers),
            Field::needed("document_no", Is::DocumentNo),
            Field::needed("issued_on", Is::Day),
        ],
        read: |body| body.document(),
        people: None,
    },
    Spec {
        name: "waive",
        kind: Kind::Waive,
        fields: &[
            Field::needed("reason", Is::AwaitedReason),
            Field::optional("papers", Is::Papers),
            Field::needed("because", Is::Prose),
        ],
        read: |body| {
            let (reason, because) = (body.reason()?, body.prose("because")?);
            Ok(Action::Waive { reason, papers: body.papers()?, because })
        },
        people: None,
    },
    Spec {
        name: "void-pause",
        kind: Kind::VoidPause,
        fields: &[Field::needed("because", Is::Prose)],
        read: |body| Ok(Action::VoidPause { because: body.prose("because")? }),
        people: None,
    },
    Spec {
        name: "enter-step",
        kind: Kind::EnterStep,
        fields: &[Field::needed("step", Is::Step)],
        read: |body| Ok(Action::EnterStep { step: body.line("step")? }),
        people: None,
    },
    Spec {
        name: "forward",
        kind: Kind::Forward,
        fields: &[Field::needed("to", Is::Account)],
        read: |body| Ok(Action::Forward { to: body.account("to")? }),
        people: None,
    },
    Spec {
        name: "put-to-leader",
        kind: Kind::PutToLeader,
        fields: &[Field::needed("to", Is::Account)],
        read: |body| Ok(Action::PutToLeader { to: body.account("to")? }),
        people: None,
    },
    Spec {
        name: "return-to-desk",
        kind: Kind::ReturnToDesk,
        fields: &[],
        read: |_| Ok(Action::ReturnToDesk),
        people: None,
    },
    Spec {
        name: "replace-slip",
        kind: Kind::ReplaceSlip,
        fields: &[],
        read: |_| Ok(Action::ReplaceSlip),
        people: None,
    },
    Spec {
        name: "record-result",
        kind: Kind::RecordResult,
        fields: &[Field::needed("kind", Is::OneOf(&["positive", "negative"])), Field::optional("reason", Is::Prose)],
        read: |body| body.result(),
        people: None,
    },
    Spec {
        name: "correct-contact",
        kind: Kind::CorrectContact,
        fields: &[
            Field::needed("whose", Is::OneOf(&["applicant", "filer"])),
            Field::optional("address", Is::Address),
            Field::optional("phone", Is::Phone),
            Field::optional("shared", Is::Flag),
            Field::needed("consent", CONSENT),
            Field::optional("given_by", Is::Name),
            Field::needed("because", Is::Prose),
        ],
        read: |body| body.correction(),
        people: Some(|body| body.contact()),
    },
    Spec {
        name: "choose-return",
        kind: Kind::ChooseReturn,
        fields: &[
            Field::needed("by", Is::OneOf(&["post", "desk"])),
            Field::needed("consent", CONSENT),
            Field::optional("given_by", Is::Name),
        ],
        read: |body| body.chosen_return(),
        people: Some(|body| Ok(Personal::Return { given_by: body.name("given_by")? })),
    },
    Spec { name: "ask-address", kind: Kind::AskAddress, fields: &[], read: |_| Ok(Action::AskAddress), people: None },
    Spec {
        name: "confirm-address",
        kind: Kind::ConfirmAddress,
        fields: &[
            Field::needed("street", Is::Address),
            Field::needed("commune", Is::Line),
            Field::optional("old", Is::Line),
            Field::optional("receiver", Is::Name),
            Field::optional("phone", Is::Phone),
            Field::needed("consent", CONSENT),
            Field::optional("given_by", Is::Name),
        ],
        read: |body| body.confirmed_address(),
        people: Some(|body| body.mailing()),
    },
    Spec {
        name: "hand-out",
        kind: Kind::HandOut,
        fields: &[
            Field::needed("to", Is::OneOf(&["applicant", "filer", "proxy"])),
            Field::optional("name", Is::Name),
            Field::needed("shown", Is::OneOf(&["citizen_card", "identity_card", "passport", "electronic", "other"])),
            Field::needed("paper_no", Is::IdentityNo),
            Field::optional("part", Is::Flag),
        ],
        read: |body| body.hand_out(),
        people: Some(|body| body.recipient()),
    },
    Spec {
        name: "post-result",
        kind: Kind::PostResult,
        fields: &[Field::needed("item_code", Is::Line)],
        read: |body| Ok(Action::PostResult { item_code: body.line("item_code")? }),
        people: None,
    },
    Spec {
        name: "record-delivery",
        kind: Kind::RecordDelivery,
        fields: &[],
        read: |_| Ok(Action::RecordDelivery),
        people: None,
    },
    Spec {
        name: "record-undelivered",
        kind: Kind::RecordUndelivered,
        fields: &[],
        read: |_| Ok(Action::RecordUndelivered),
        people: None,
    },
    Spec {
        name: "withdraw",
        kind: Kind::Withdraw,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::Withdraw { reason: body.prose("reason")? }),
        people: None,
    },
    Spec {
        name: "reissue-result",
        kind: Kind::ReissueResult,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::ReissueResult { reason: body.prose("reason")? }),
        people: None,
    },
    Spec {
        name: "close",
        kind: Kind::Close,
        fields: &[Field::needed("reason", Is::Prose), Field::needed("article", Is::Prose)],
        read: |body| Ok(Action::Close { reason: body.prose("reason")?, article: body.prose("article")? }),
        people: None,
    },
    Spec {
        name: "reopen",
        kind: Kind::Reopen,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::Reopen { reason: body.prose("reason")? }),
        people: None,
    },
    Spec {
        name: "apologise",
        kind: Kind::Apologise,
        fields: &[Field::needed("reason", Is::Prose), Field::needed("new_due_on", Is::Day)],
        read: |body| body.apology(),
        people: None,
    },
    Spec {
        name: "settle-dates",
        kind: Kind::SettleDates,
        fields: &[Field::needed("dates", Is::OneOf(&["keep", "anew"])), Field::needed("because", Is::Prose)],
        read: |body| body.settled_dates(),
        people: None,
    },
];
