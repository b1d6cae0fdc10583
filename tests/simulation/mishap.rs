//! What may go wrong at one outbound call: the faults of the threat model, F1 to F15.
//!
//! To add one: a variant here, what the wire makes of it in [`Mishap::at_the_wire`] (or what the
//! conductor does), and where it can strike in [`Mishap::all_at`].

use serde::{Deserialize, Serialize};
use standins::wire::Kind;

use super::site::Site;

/// One fault at one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mishap {
    /// F1: the connection breaks, and the service refuses every other until the event is over.
    Refused,
    /// F2: the connection breaks before the request is applied.
    CutBefore,
    /// F3: the request is applied, the answer is lost.
    CutAfter,
    /// F4: no answer, and nothing applied.
    Silent,
    /// F4: applied, and no answer.
    SilentAfter,
    /// F4: no answer, and applied only so many steps after the caller gave up.
    Late(u8),
    /// F5: delivered twice.
    Twice,
    /// F6: asked to slow down.
    Throttled,
    /// F7: another write was at the same item.
    Conflict,
    /// F8: the same transaction is under way.
    InProgress,
    /// F9: the same token with other content.
    Mismatch,
    /// F10: a server error; nothing applied.
    Broken,
    /// F10: a server error, after the work was done.
    BrokenAfter,
    /// F11: an index that has not seen the newest so many changes.
    Stale(u8),
    /// F13: the function is killed.
    Killed(Moment),
    /// F13: the function stands still for so many minutes, and goes on as if nothing had been.
    Frozen(Moment, u8),
    /// The answer takes its time: so many steps of others happen meanwhile.
    Held(Moment, u8),
    /// F14: the account may not send for now.
    Paused,
    /// F14: the account is in the sandbox.
    Sandboxed,
    /// F14: accepted, and never seen again.
    Lost,
    /// F15: half an answer.
    Truncated,
    /// F15: an answer that is far too long.
    Padded,
}

/// When it strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Moment {
    /// The request has not been applied.
    Before,
    /// It has been applied, its answer is on the way.
    Applied,
    /// The answer has arrived.
    Answered,
}

impl Mishap {
    /// Everything that can go wrong at a site. Amounts are to be drawn; they are 1 here.
    pub fn all_at(site: &Site) -> Vec<Self> {
        use Moment::{Answered, Applied, Before};
        let mut all = vec![
            Self::Refused,
            Self::CutBefore,
            Self::CutAfter,
            Self::Silent,
            Self::SilentAfter,
            Self::Late(1),
            Self::Twice,
            Self::Throttled,
            Self::Broken,
            Self::BrokenAfter,
            Self::Killed(Before),
            Self::Killed(Applied),
            Self::Killed(Answered),
            Self::Frozen(Before, 1),
            Self::Frozen(Applied, 1),
            Self::Held(Before, 1),
            Self::Held(Applied, 1),
            Self::Truncated,
        ];
        match (site.service, site.operation.as_str()) {
            ("dynamodb", "TransactWriteItems") => {
                all.extend([Self::Conflict, Self::InProgress, Self::Mismatch]);
            }
            ("dynamodb", "UpdateItem" | "PutItem") => all.push(Self::Conflict),
            ("dynamodb", "Query") => all.push(Self::Stale(1)),
            ("ses", _) => all.extend([Self::Paused, Self::Sandboxed, Self::Lost]),
            ("idporten", _) => all.push(Self::Padded),
            _ => {}
        }
        all
    }

    /// The same with amounts of someone's choosing.
    #[must_use]
    pub fn of_amount(self, amount: u8) -> Self {
        match self {
            Self::Late(_) => Self::Late(amount % 4),
            Self::Stale(_) => Self::Stale(1 + amount % 12),
            Self::Frozen(moment, _) => Self::Frozen(moment, 1 + amount % 60),
            Self::Held(moment, _) => Self::Held(moment, 1 + amount % 5),
            same => same,
        }
    }

    /// Its name in the table of faults, without amounts.
    pub fn name(self) -> String {
        format!("{:?}", self.of_amount(0))
            .replace(", 1)", ")")
            .replace("(0)", "")
            .replace("(1)", "")
    }

    /// What the wire does, for what the wire can do alone.
    pub fn at_the_wire(self, site: &Site) -> Option<Kind> {
        let refuse = |status, error: &str| Kind::Refuse { status, error: error.to_owned() };
        let is_transaction = site.operation == "TransactWriteItems";
        Some(match self {
            Self::CutBefore | Self::Refused => Kind::CutBefore,
            Self::CutAfter => Kind::CutAfter,
            Self::Silent | Self::Late(_) => Kind::Hang,
            Self::SilentAfter => Kind::HangAfter,
            Self::Twice => Kind::Twice,
            Self::Throttled => match site.service {
                "dynamodb" => refuse(400, "ProvisionedThroughputExceededException"),
                "ses" => standins::ses::throttled(),
                "secrets" => refuse(400, "ThrottlingException"),
                _ => refuse(429, "temporarily_unavailable"),
            },
            Self::Conflict if is_transaction => Kind::Conflict,
            Self::Conflict => refuse(400, "TransactionConflictException"),
            Self::InProgress => refuse(400, "TransactionInProgressException"),
            Self::Mismatch => refuse(400, "IdempotentParameterMismatchException"),
            Self::Broken => refuse(500, "InternalServerError"),
            Self::BrokenAfter => {
                Kind::RefuseAfter { status: 500, error: "InternalServerError".to_owned() }
            }
            Self::Stale(changes) => Kind::Stale(changes.into()),
            Self::Paused => standins::ses::paused(),
            Self::Sandboxed => standins::ses::sandboxed(),
            Self::Truncated => Kind::Truncated,
            Self::Padded => Kind::Padded(200 * 1024),
            Self::Killed(_) | Self::Frozen(..) | Self::Held(..) | Self::Lost => return None,
        })
    }
}
