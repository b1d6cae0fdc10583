//! Whom we trust, and where it may live.

use openidconnect::{IssuerUrl, url::Url};

use crate::settings::{BadSetting, Settings};

const SETTING: &str = "OIDC_ISSUER";

/// The configured issuer, spelled exactly as its tokens must spell it, and the origins that its
/// endpoints may have (T09): its own and, as ID-porten does it, that of its `login.` host.
#[derive(Clone, Debug)]
pub struct Issuer {
    name: IssuerUrl,
    origins: Vec<String>,
}

impl Issuer {
    /// Reads `OIDC_ISSUER`. Refuses, in production, a test issuer and one on this very machine.
    pub fn from(settings: &Settings) -> Result<Self, BadSetting> {
        let impossible = |reason| BadSetting::Impossible { name: SETTING, reason };
        let name = IssuerUrl::new(settings.url(SETTING)?);
        let name = name.map_err(|_| impossible("is not a URL"))?;
        let url = name.url();
        let test = url.host_str().is_none_or(|host| host.starts_with("test."));
        let local = url.scheme() == "http";
        if settings.production() && (test || local) {
            return Err(impossible("is a test issuer, in production"));
        }
        let own = url.origin().ascii_serialization();
        let login = (!local).then(|| own.replacen("://", "://login.", 1));
        Ok(Self { name, origins: [Some(own), login].into_iter().flatten().collect() })
    }

    /// The name, as in the claim `iss`: `https://idporten.no`.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The same, for `openidconnect`.
    pub(super) fn url(&self) -> &IssuerUrl {
        &self.name
    }

    /// Is this an address of the issuer?
    pub(super) fn owns(&self, url: &Url) -> bool {
        self.origins.contains(&url.origin().ascii_serialization())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(url: &str, production: &str) -> Result<Issuer, BadSetting> {
        let pairs = [(SETTING, url), ("PRODUCTION", production)];
        Issuer::from(&Settings::new(pairs.map(|(name, value)| (name.into(), value.into()))))
    }

    #[test]
    fn t08_production_refuses_the_test_issuer_and_a_local_one() {
        assert!(issuer("https://idporten.no", "true").is_ok());
        for test in ["https://test.idporten.no", "http://localhost:9001", "http://127.0.0.1:9001"] {
            assert!(issuer(test, "true").is_err(), "{test}");
            assert!(issuer(test, "false").is_ok(), "{test}");
        }
    }

    #[test]
    fn t09_only_the_issuer_and_its_login_host_are_its_addresses() {
        let issuer = issuer("https://idporten.no", "true").expect("a good issuer");
        let owns = |url| issuer.owns(&Url::parse(url).expect("a URL"));
        assert!(owns("https://idporten.no/token"));
        assert!(owns("https://login.idporten.no/authorize"));
        for foreign in [
            "http://idporten.no/token",
            "https://idporten.no:8443/token",
            "https://idporten.no.evil.example/token",
            "https://idporten.no@evil.example/token",
            "https://evil.idporten.no/token",
            "https://evillogin.idporten.no/token",
        ] {
            assert!(!owns(foreign), "{foreign}");
        }
    }

    #[test]
    fn t09_a_local_issuer_is_one_origin() {
        let issuer = issuer("http://localhost:9001/", "false").expect("a good issuer");
        assert_eq!((issuer.name(), issuer.origins.len()), ("http://localhost:9001", 1));
    }
}
