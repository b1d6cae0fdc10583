//! What can happen in one step.
//!
//! To add one: a variant, how it is done in `perform`, and when it is drawn in `draw`. A deed that
//! makes no sense where it stands does nothing: so any step can be taken out of a history.

use serde::{Deserialize, Serialize};

use super::{
    browser::{Purpose, Seat},
    keyring::Set,
};

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Someone does something at a browser.
    At(Seat, Act),
    /// Someone does it and does not wait for the answer.
    Abandoned(Seat, Act),
    /// Seconds go by.
    Waits(i64),
    /// The sweeper's minute has come.
    Sweeper,
    /// DynamoDB removes what has expired (F12).
    Broom,
    /// SES tells of a mail: the nth newest; the news of one mail come in any order, and twice (F17).
    News(usize, News),
    /// ID-porten ends one of its sessions and tells of it.
    Ends(usize, Told),
    /// ID-porten signs with a new key from now on.
    NewSigningKey,
    /// ID-porten's next ID token is wrong in this (F15).
    BadToken(Flaw),
    /// A logout token that was sent before is sent again.
    ReplaysLogout,
    /// An operator starts a function anew; the instance before lives on beside it (F20).
    Starts(String),
    /// From now on the older of two instances answers, or the newer (F20).
    OldInstances(bool),
    /// An operator takes the next step in changing a key.
    ChangesKey(Set),
    /// An operator imports an old account again.
    ImportsAgain(usize),
    /// The service changes an old account that nobody has linked: closes it, or gives it another
    /// address.
    Alters(usize, Alteration),
    /// A function's clock is so many seconds off (F18).
    ClockOff(String, i64),
}

/// What a person does at a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Types one of our addresses.
    Types(Place),
    /// Through ID-porten.
    LogsIn(Login),
    /// Searches for the address of a mailbox, on the search page.
    Searches(usize),
    /// «Slå sammen», the nth hit.
    Chooses(usize),
    /// «Bekreft», on the page that is open.
    Confirms,
    /// «Opprett en helt ny brukerkonto», on the result page.
    WantsNewAccount,
    /// «Bekreft» for a new account; with the box ticked, or forgotten.
    ConfirmsNew(bool),
    /// A button of the waiting page.
    Presses(Waiting),
    /// Follows the link in the nth newest mail of a mailbox.
    OpensMail {
        mailbox: usize,
        nth: usize,
        how: How,
    },
    /// «Bekreft brukerkonto», on the page that a mailed link may show.
    PressesLink,
    /// «Jeg ba ikke om e-posten», on the page of another person's link.
    DidNotAsk,
    /// «Ikke deg? Logg ut og logg inn selv», there.
    LeavesForLink,
    /// Somebody else sits down here and logs in, to go on with a mailed link.
    AnotherLogsIn(usize),
    /// «Lagre», with these changes.
    Saves(Change),
    /// «Logg ut».
    LogsOut,
    /// «Logg ut», and away before ID-porten has answered: its own session goes on.
    LogsOutHereAlone,
    Reloads,
    GoesBack,
    /// The same once more: a double click.
    Again,
    /// Sends a form of a page that was shown so many pages ago.
    SendsOldForm {
        back: usize,
        form: usize,
    },
    /// Sends a form of somebody else's page, with their handles, from here.
    SendsFormOf {
        seat: Seat,
        form: usize,
    },
    /// Copies somebody else's cookie of a kind into this browser: a stolen or a forged one.
    TakesCookie {
        seat: Seat,
        name: String,
    },
    /// Changes one letter of a cookie of this browser.
    ForgesCookie {
        name: String,
        at: usize,
    },
}

/// An address of ours that can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Start,
    Search,
    Hits,
    Sent,
    Profile,
    Done,
    LogOut,
    LoggedOut,
    /// The return from ID-porten, without an attempt.
    Return,
    /// A parked link.
    Link,
}

/// How somebody logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Login {
    Well,
    /// To go on with a change of address (T53).
    Afresh,
    /// To go on with a mailed link (T108).
    ForLink,
    /// «Avbryt».
    Cancelled,
    /// With an electronic id that is too weak.
    Weakly,
}

/// The buttons of the waiting page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    GoesOn,
    Again,
    Cancels,
}

impl Waiting {
    /// What the button sends.
    pub fn value(self) -> &'static str {
        match self {
            Self::GoesOn => "videre",
            Self::Again => "igjen",
            Self::Cancels => "avbryt",
        }
    }
}

/// How a mailed link is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// Chosen in the mail, in this browser.
    By(Purpose),
    /// `HEAD`, with this browser's cookies.
    Head,
    /// A scanner without cookies: GET.
    ScannerGet,
    /// A scanner without cookies: POST.
    ScannerPost,
}

/// What is different in a saved profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Nothing,
    Name(u8),
    /// The address of this mailbox.
    Email(usize),
    /// A name that is none.
    Faulty,
}

/// What SES tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    Sent,
    Delivered,
    Delayed,
    Bounced,
    BouncedTransiently,
    Complained,
    Rejected,
}

/// How ID-porten tells of the end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    Front,
    Back,
    /// A token with `sub` alone.
    BackBySubject,
    /// Not at all: only ID-porten's own session ends.
    Nobody,
}

/// What is wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    Audience,
    Nonce,
    Signature,
    Expired,
    NoPid,
    NoSid,
}

/// What the service does to an old account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alteration {
    Closes,
    /// The address of this mailbox.
    Moves(usize),
}
