//! Outcomes of a call to a person, and telephone numbers that turned out to be of no use.

use serde::{Deserialize, Serialize};

/// Reason why a telephone number is of no use for a person. No SMS leaves to it for them until it is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// It does not exist, or is another's.
    WrongNumber,
    /// Whoever answers is somebody else.
    NotThisPerson,
    /// The person died.
    Died,
}

impl Unusable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WrongNumber, Self::NotThisPerson, Self::Died];

    /// Returns the code kept with a message that did not leave because of it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongNumber => "wrong_number",
            Self::NotThisPerson => "not_this_person",
            Self::Died => "died",
        }
    }
}

/// Outcome of a call, or what was done instead of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The person was told everything.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The person asked to be called at another time.
    CallBack,
    /// The person was reached and needs an interpreter.
    NeedsInterpreter,
    /// The person was reached and cannot read, so a message is of no use.
    CannotRead,
    /// The number does not exist, or is another's.
    WrongNumber,
    /// Somebody answered who is not this person and cannot tell them.
    NotThisPerson,
    /// The person died.
    Died,
    /// A letter was sent instead.
    LetterSent,
    /// Nothing is left to tell: the person came, or the matter is over.
    NotNeeded,
    /// The messages are sent once more.
    SendAgain,
}

/// Effect of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The messages end.
    Ends,
    /// The messages are sent once more, and end in the list.
    SendsAgain,
    /// The person is called at another time.
    Sleeps,
    /// No further SMS leaves to the number for this person, until the contact is corrected.
    Marks(Unusable),
    /// It is noted, and the messages stay.
    Notes,
}

impl Outcome {
    /// All of them, the likeliest first.
    pub const ALL: [Self; 11] = [
        Self::Reached,
        Self::NoAnswer,
        Self::CallBack,
        Self::NeedsInterpreter,
        Self::CannotRead,
        Self::WrongNumber,
        Self::NotThisPerson,
        Self::Died,
        Self::LetterSent,
        Self::NotNeeded,
        Self::SendAgain,
    ];

    /// Returns its name in forms and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no-answer",
            Self::CallBack => "call-back",
            Self::NeedsInterpreter => "needs-interpreter",
            Self::CannotRead => "cannot-read",
            Self::WrongNumber => "wrong-number",
            Self::NotThisPerson => "not-this-person",
            Self::Died => "died",
            Self::LetterSent => "letter-sent",
            Self::NotNeeded => "not-needed",
            Self::SendAgain => "send-again",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// Whether somebody spoke with the person, who may have agreed to something.
    #[must_use]
    pub fn was_spoken_with(self) -> bool {
        match self {
            Self::Reached | Self::CallBack | Self::NeedsInterpreter | Self::CannotRead => true,
            Self::NoAnswer
            | Self::WrongNumber
            | Self::NotThisPerson
            | Self::Died
            | Self::LetterSent
            | Self::NotNeeded
            | Self::SendAgain => false,
        }
    }

    /// Whether whoever wished to be called has been, or is not to be.
    #[must_use]
    pub fn ends_a_wish(self) -> bool {
        self.effect() == Effect::Ends
    }

    /// Returns its effect.
    #[must_use]
    pub fn effect(self) -> Effect {
        match self {
            Self::Reached | Self::LetterSent | Self::NotNeeded => Effect::Ends,
            Self::SendAgain => Effect::SendsAgain,
            Self::NoAnswer | Self::CallBack => Effect::Sleeps,
            Self::WrongNumber => Effect::Marks(Unusable::WrongNumber),
            Self::NotThisPerson => Effect::Marks(Unusable::NotThisPerson),
            Self::Died => Effect::Marks(Unusable::Died),
            Self::NeedsInterpreter | Self::CannotRead => Effect::Notes,
        }
    }
}
