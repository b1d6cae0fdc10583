//! The settings of a function: environment variables in Lambda, a map elsewhere.
//!
//! A missing or impossible setting stops the start, by name (T91). Secrets are no settings: see
//! [`crate::keys`].

mod support;
mod translated;

use std::collections::HashMap;

use jiff::Timestamp;

pub use support::{Support, dialled};
pub use translated::Translated;

/// The one setting that nobody makes: which function this is.
const FUNCTION: &str = "FUNCTION";

/// Every setting, as text.
pub struct Settings(HashMap<String, String>);

/// A setting that keeps a function from starting.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    /// Not set, or empty.
    #[error("the setting {0} is missing")]
    Missing(&'static str),
    /// Set to something impossible.
    #[error("the setting {name} {reason}")]
    Impossible {
        /// Which.
        name: &'static str,
        /// What it must be instead: a sentence that goes on after the name.
        reason: &'static str,
    },
}

impl Settings {
    /// The process's environment.
    pub fn from_env() -> Self {
        Self(std::env::vars().collect())
    }

    /// Settings from elsewhere.
    pub fn new(settings: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(settings.into_iter().collect())
    }

    /// With the name of the function whose settings these are.
    #[must_use]
    pub fn of_function(mut self, name: &str) -> Self {
        self.0.insert(FUNCTION.into(), name.into());
        self
    }

    /// A setting that may be left out.
    pub fn optional(&self, name: &'static str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A setting that may not.
    pub fn required(&self, name: &'static str) -> Result<&str, BadSetting> {
        self.optional(name).ok_or(BadSetting::Missing(name))
    }

    /// A base URL without its trailing slash: `https`, or `http` on this very machine.
    pub fn url(&self, name: &'static str) -> Result<String, BadSetting> {
        let url = self.required(name)?.trim_end_matches('/');
        let local = url.strip_prefix("http://").is_some_and(|rest| {
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            ["localhost", "127.0.0.1"].contains(&host)
        });
        if url.starts_with("https://") || local {
            return Ok(url.to_owned());
        }
        Err(BadSetting::Impossible { name, reason: "must begin with https://" })
    }

    /// A moment in ISO 8601, such as `2026-11-25T12:00:00Z`, if it is set.
    pub fn moment(&self, name: &'static str) -> Result<Option<Timestamp>, BadSetting> {
        let moment = self.optional(name).map(str::parse).transpose();
        moment.map_err(|_| BadSetting::Impossible { name, reason: "must be a moment in ISO 8601" })
    }

    /// The owner's words, one text a language: `nb=… | nn=… | en=…`. All three or none, as no page
    /// falls back from one language to another.
    pub fn translated(&self, name: &'static str) -> Result<Option<Translated>, BadSetting> {
        let reason = "must be in all three languages, as nb=… | nn=… | en=…";
        let wrong = || BadSetting::Impossible { name, reason };
        self.optional(name).map(|text| Translated::parse(text).ok_or_else(wrong)).transpose()
    }

    /// Is this the real service? Anything but `false` is yes, so that forgetting is safe.
    pub fn production(&self) -> bool {
        self.optional("PRODUCTION") != Some("false")
    }
}

/// A part of the service that can be closed for itself while everything else goes on (T100).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Finding old accounts.
    Search,
    /// Asking for mails, and sending them: the outbox keeps what it has.
    Mail,
    /// Using a mailed link. It stays good.
    Links,
}

/// The parts that are closed just now, and until when.
#[derive(Clone, Default)]
pub struct Closed {
    parts: Vec<Part>,
    /// None where nobody can say.
    pub until: Option<Timestamp>,
}

impl Closed {
    /// Reads `CLOSED`, such as `search,mail`, and `REOPENS`.
    fn from(settings: &Settings) -> Result<Self, BadSetting> {
        let part = |word: &str| match word.trim() {
            "search" => Ok(Part::Search),
            "mail" => Ok(Part::Mail),
            "links" => Ok(Part::Links),
            _ => Err(BadSetting::Impossible {
                name: "CLOSED",
                reason: "must be a list of search, mail, links",
            }),
        };
        let parts = settings.optional("CLOSED").into_iter().flat_map(|parts| parts.split(','));
        Ok(Self {
            parts: parts.map(part).collect::<Result<_, _>>()?,
            until: settings.moment("REOPENS")?,
        })
    }

    /// Is any?
    pub fn any(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Is this part closed?
    pub fn is(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// Who runs the service, as pages and mails name it. NAKOS is the default, not a constant.
#[derive(Clone)]
pub struct Site {
    /// Which function this is: `account-search`.
    pub function: String,
    /// `https://konto.example.no`, without a trailing slash: what links and redirects begin with.
    pub base_url: String,
    /// The service people have their account with.
    pub service_name: String,
    /// Where linked people are sent.
    pub portal_url: String,
    /// Where people write when they are stuck.
    pub support_email: String,
    /// How else they reach somebody, and when.
    pub support: Support,
    /// Who answers for the personal data, as the privacy notice names them.
    pub owner: String,
    /// Where questions about privacy go; the support address unless set.
    pub privacy_contact: String,
    /// The legal basis, as the privacy notice states it; none where it is the usual one.
    pub legal_basis: Option<Translated>,
    /// Where the accessibility statement of the service is published, at uustatus.no; none until it is.
    pub accessibility_statement: Option<String>,
    /// ID-porten's origins, the issuer's and its `login.` host: they may be posted to, and may
    /// frame the one answer that front-channel logout needs.
    pub login_origins: String,
    /// What is closed just now.
    pub closed: Closed,
}

impl Site {
    /// Reads `BASE_URL`, `PORTAL_URL`, `SUPPORT_EMAIL` and `OIDC_ISSUER`, and what may be left out:
    /// `SERVICE_NAME`, `SUPPORT_PHONE`, `SUPPORT_HOURS`, `SUPPORT_REPLY_DAYS`, `OWNER`,
    /// `PRIVACY_CONTACT`, `LEGAL_BASIS`, `ACCESSIBILITY_STATEMENT`, `CLOSED`, `REOPENS`.
    pub fn from(settings: &Settings) -> Result<Self, BadSetting> {
        let base_url = settings.url("BASE_URL")?;
        // Cookies, routes and what is registered with ID-porten hang on the whole host.
        let host = base_url.split("://").nth(1).unwrap_or_default();
        if host.contains(['/', '?', '#']) {
            let reason = "must be a host alone, without a path";
            return Err(BadSetting::Impossible { name: "BASE_URL", reason });
        }
        let issuer = settings.url("OIDC_ISSUER")?;
        let support_email = settings.required("SUPPORT_EMAIL")?;
        let service_name = settings.optional("SERVICE_NAME").unwrap_or("NAKOS");
        let or = |name, other: &str| settings.optional(name).unwrap_or(other).to_owned();
        Ok(Self {
            function: or(FUNCTION, ""),
            base_url,
            portal_url: settings.url("PORTAL_URL")?,
            service_name: service_name.to_owned(),
            support_email: support_email.to_owned(),
            support: Support::from(settings)?,
            owner: or("OWNER", service_name),
            privacy_contact: or("PRIVACY_CONTACT", support_email),
            legal_basis: settings.translated("LEGAL_BASIS")?,
            accessibility_statement: settings
                .optional("ACCESSIBILITY_STATEMENT")
                .map(|_| settings.url("ACCESSIBILITY_STATEMENT"))
                .transpose()?,
            login_origins: match issuer.strip_prefix("https://") {
                Some(host) => format!("{issuer} https://login.{host}"),
                None => issuer,
            },
            closed: Closed::from(settings)?,
        })
    }

    /// The host that links in mails lead to: `konto.example.no`.
    pub fn host(&self) -> &str {
        host(&self.base_url)
    }

    /// The host that people type to get to the portal: `portal.example.no`.
    pub fn portal_host(&self) -> &str {
        host(&self.portal_url)
    }
}

/// The host of a URL, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        Settings::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn t91_a_missing_setting_is_named() {
        let error = Site::from(&settings(&[])).err().expect("nothing is set");
        assert_eq!(error.to_string(), "the setting BASE_URL is missing");
    }

    #[test]
    fn t91_plain_http_is_for_this_machine_only() {
        let url = |value| settings(&[("BASE_URL", value)]).url("BASE_URL").ok();
        assert_eq!(url("http://localhost:9000/"), Some("http://localhost:9000".into()));
        assert_eq!(url("https://konto.example.no"), Some("https://konto.example.no".into()));
        for wrong in [
            "http://konto.example.no",
            "http://localhost.evil.example",
            "konto.example.no",
            "ftp://x",
        ] {
            assert_eq!(url(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn t100_each_part_is_closed_for_itself_and_an_unknown_one_stops_the_start() {
        let closed = |parts| Closed::from(&settings(&[("CLOSED", parts)]));
        let all = [Part::Search, Part::Mail, Part::Links];
        for (parts, are) in [
            ("", [false, false, false]),
            ("search", [true, false, false]),
            ("links, mail", [false, true, true]),
        ] {
            let closed = closed(parts).expect("known parts");
            assert_eq!(all.map(|part| closed.is(part)), are, "{parts}");
        }
        for unknown in ["serach", "search;mail", "search,", "Search"] {
            let error = closed(unknown).err().expect("no such part");
            assert!(error.to_string().starts_with("the setting CLOSED must be"), "{unknown}");
        }
    }

    #[test]
    fn t68_a_moment_is_written_in_full() {
        let moment = |text| settings(&[("NOT_BEFORE", text)]).moment("NOT_BEFORE");
        assert_eq!(moment("").expect("not set"), None);
        assert!(moment("2026-11-25T12:00:00Z").expect("a moment").is_some());
        assert!(moment("2026-11-25T13:00:00+01:00").expect("a moment").is_some());
        for wrong in ["2026-11-25", "13:00", "yesterday", "1764072000"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn t91_when_the_service_opens_again_is_a_moment() {
        let closed = |until| Closed::from(&settings(&[("CLOSED", "search"), ("REOPENS", until)]));
        assert!(closed("2026-11-25T08:00:00+01:00").expect("a moment").until.is_some());
        let error = closed("i morgen kl. 8").err().expect("words of one language");
        assert_eq!(error.to_string(), "the setting REOPENS must be a moment in ISO 8601");
    }

    #[test]
    fn t91_a_service_is_in_production_unless_it_says_otherwise() {
        assert!(settings(&[]).production());
        assert!(settings(&[("PRODUCTION", "no")]).production());
        assert!(!settings(&[("PRODUCTION", "false")]).production());
    }
}
