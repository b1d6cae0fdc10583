//! How much, how often, how long: every number a person can meet, in one place.

use jiff::SignedDuration;

/// A login attempt, from the button to the return from ID-porten.
pub const ATTEMPT: SignedDuration = SignedDuration::from_mins(10);
/// A session without a request. ID-porten asks every service for 30 minutes at most.
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session in all, as long as ID-porten's own.
pub const SESSION_ABSOLUTE: SignedDuration = SignedDuration::from_mins(120);
/// A login that is fresh enough to change the address that mail goes to (T53).
pub const FRESH_LOGIN: SignedDuration = SignedDuration::from_mins(5);
/// A login that is fresh enough for a mailed link to do its work as soon as it is opened: nobody leaves a
/// browser behind that fast, and whoever has just asked is served at once (T108).
pub const LOGIN_TO_OPEN_LINK: SignedDuration = SignedDuration::from_mins(10);
/// A login that «Bekreft brukerkonto» on the link's page still counts on (T108).
pub const LOGIN_TO_PRESS_LINK: SignedDuration = SignedDuration::from_mins(30);
/// A mailed link. Over 20 hours, so that WCAG 2.2.1 sets no further duty, and greylisting is no problem.
pub const LINK: SignedDuration = SignedDuration::from_hours(24);
/// How long a request is kept after its link has died, for support.
pub const REQUEST_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a receipt is owed at most: as long as a link can be taken back.
pub const RECEIPT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a day's counter is kept.
pub const COUNTER_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A hit or a chosen account on a page that was left open.
pub const HANDLE: SignedDuration = SignedDuration::from_mins(60);
/// Between two mails of one request.
pub const RESEND_PAUSE: SignedDuration = SignedDuration::from_mins(2);
/// How far ID-porten's clock and ours may differ.
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(30);

/// More than the clocks of two of our functions, or of one and ID-porten, ever differ: the simulation
/// puts each off by up to two minutes. Only where nothing but clocks tells a login from an earlier
/// logout ([`super::logout`]).
pub const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);
/// Logouts that a browser remembers having been told of.
pub const KNOWN_LOGOUTS: usize = 4;

/// Searches per person and hour.
pub const SEARCHES_PER_HOUR: u32 = 10;
/// Searches per person and day.
pub const SEARCHES_PER_DAY: u32 = 30;
/// Mails with a link per person and day.
pub const MAILS_PER_PERSON_AND_DAY: u32 = 3;
/// Earlier requests that a request remembers: all that may have a link of the last 24 hours.
pub const EARLIER_REQUESTS: usize = 2 * MAILS_PER_PERSON_AND_DAY as usize;
/// Mails with a link per account and day, over all persons.
pub const MAILS_PER_ACCOUNT_AND_DAY: u32 = 10;
/// Persons that one account is closed to before it is closed to all (T62).
pub const FREEZES_PER_ACCOUNT: usize = 20;
/// Hits shown for one address.
pub const HITS_SHOWN: usize = 5;
/// Times one mail is handed to SES, whatever crashes (T71).
pub const HANDOVERS_PER_MAIL: u32 = 3;
/// Bytes of a request's body.
pub const BODY_BYTES: usize = 64 * 1024;
/// Fields of a query or a form: our largest form has seven.
pub const FIELDS: usize = 50;
/// Characters of what support writes down about a decision.
pub const REASON_CHARS: usize = 500;
/// Characters of a name.
pub const NAME_CHARS: usize = 100;
/// Bytes of a phone number, spaces included.
pub const PHONE_BYTES: usize = 25;
