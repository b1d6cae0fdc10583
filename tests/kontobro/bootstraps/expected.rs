//! What comes of each event in `events/`: nobody in them is logged in, and none of them is ours.

const START: &str = "<title>Koble kontoen din til ID-porten";
const LOGGED_OUT: &str = "<title>Du har blitt logget ut";
const NOT_LOGGED_IN: &str = "<title>Du er ikke logget inn";
const NOT_UNDERSTOOD: &str = "<title>Vi forsto ikke det nettleseren sendte";
const NO_SUCH_PAGE: &str = "<title>Vi fant ikke siden";
const LINK_BROKEN: &str = "<title>Lenken virker ikke";
const FOREIGN_FORM: &str = "<title>Vi kunne ikke ta imot skjemaet";
const LOGIN_TOO_OLD: &str = "<title>Innloggingen ble ikke fullført";

/// Event, status, and words of the page; for a redirect, words of where it leads. No words: an
/// empty answer.
pub const ANSWERS: [(&str, u16, &str); 61] = [
    ("account-search--bad-base64", 400, NOT_UNDERSTOOD),
    ("account-search--bad-utf8", 403, NOT_LOGGED_IN),
    ("account-search--doubled-parameter", 400, NOT_UNDERSTOOD),
    ("account-search--forged-session", 403, LOGGED_OUT),
    ("account-search--form-base64", 403, NOT_LOGGED_IN),
    ("account-search--form-plain", 403, NOT_LOGGED_IN),
    ("account-search--hits-not-logged-in", 303, "/"),
    ("account-search--mixed-case-headers", 403, "<title>You are not logged in"),
    ("account-search--not-logged-in", 303, "/"),
    ("account-search--wrong-content-type", 400, NOT_UNDERSTOOD),
    ("email-confirmation--bad-percent-code", 404, LINK_BROKEN),
    ("email-confirmation--garbled-link", 404, LINK_BROKEN),
    ("email-confirmation--no-link", 404, LINK_BROKEN),
    ("email-confirmation--prefetch", 404, LINK_BROKEN),
    ("email-confirmation--scanner-get", 404, LINK_BROKEN),
    ("email-confirmation--scanner-head", 200, ""),
    ("email-confirmation--scanner-post", 403, NOT_LOGGED_IN),
    ("email-confirmation--scanner-stops", 403, NOT_LOGGED_IN),
    ("email-confirmation--stopped-not-logged-in", 303, "/"),
    ("email-confirmation--unknown-link", 404, LINK_BROKEN),
    ("login--begin", 303, "/authorize?"),
    ("logout--back-channel-empty", 400, ""),
    ("logout--back-channel-garbled", 400, ""),
    ("logout--back-channel-unsigned", 400, ""),
    ("logout--done", 200, "<title>Du er logget ut"),
    ("logout--front-channel-foreign-issuer", 200, ""),
    ("logout--front-channel-unknown-sid", 200, ""),
    ("logout--own-not-logged-in", 303, "/logout?"),
    ("merge-request--ask-not-logged-in", 403, NOT_LOGGED_IN),
    ("merge-request--cross-site-post", 403, FOREIGN_FORM),
    ("merge-request--not-logged-in", 303, "/"),
    ("merge-request--status-not-logged-in", 303, "/"),
    ("merge-request--waiting-not-logged-in", 303, "/"),
    ("oidc-callback--cancelled", 400, LOGIN_TOO_OLD),
    ("oidc-callback--doubled-state", 400, NOT_UNDERSTOOD),
    ("oidc-callback--foreign-cookie", 400, LOGIN_TOO_OLD),
    ("oidc-callback--no-attempt", 400, LOGIN_TOO_OLD),
    ("oidc-callback--nothing-in-query", 400, LOGIN_TOO_OLD),
    ("profile--data-not-logged-in", 303, "/"),
    ("profile--done-not-logged-in", 303, "/"),
    ("profile--not-logged-in", 303, "/"),
    ("profile--save-not-logged-in", 403, NOT_LOGGED_IN),
    ("registration--ask-not-logged-in", 403, NOT_LOGGED_IN),
    ("registration--not-logged-in", 303, "/"),
    ("start--accessibility", 200, "<title>Tilgjengelighet"),
    ("start--asset", 200, "Permission is hereby granted"),
    ("start--asset-climbs-out", 404, NO_SUCH_PAGE),
    ("start--asset-name-decoded", 404, NO_SUCH_PAGE),
    ("start--default-route", 404, NO_SUCH_PAGE),
    ("start--every-field-of-the-documentation", 200, "lang=\"nn\""),
    ("start--fields-that-are-null", 200, "<title>Hjelp"),
    ("start--front-page", 200, START),
    ("start--front-page-nynorsk", 200, "<title>Kople kontoen din til ID-porten"),
    ("start--help", 200, "<title>Hjelp"),
    ("start--host-that-is-none", 200, START),
    ("start--missing-optional-fields", 200, START),
    ("start--privacy", 200, "<title>Personvern"),
    ("start--privacy-in-english", 200, "<title>Privacy"),
    ("start--query-with-raw-characters", 200, START),
    ("start--stage-in-path", 200, "<title>Hjelp"),
    ("start--style-sheet-missing", 404, NO_SUCH_PAGE),
];

/// What the functions that answer nobody report: nothing, or why Lambda must try again.
pub const OUTCOMES: [(&str, Option<&str>); 17] = [
    ("mail-feedback--bounced-absence-note", None),
    ("mail-feedback--bounced-content", None),
    ("mail-feedback--bounced-mailbox-full", None),
    ("mail-feedback--bounced-permanent", None),
    ("mail-feedback--bounced-suppressed", None),
    ("mail-feedback--bounced-undetermined", None),
    ("mail-feedback--bounced-unknown-type", Some("SES tells something new: Feathered")),
    ("mail-feedback--complaint", None),
    ("mail-feedback--delayed", None),
    ("mail-feedback--delivered", None),
    ("mail-feedback--foreign-configuration-set", Some("the event is of another configuration set")),
    ("mail-feedback--no-mail", Some("the event is not one of SES")),
    ("mail-feedback--rejected", None),
    ("mail-feedback--rendering-failed", None),
    ("mail-feedback--sent", None),
    ("mail-feedback--unknown-type", Some("SES tells something new: OwlPost")),
    ("mail-sweeper--tick", None),
];
