//! Cookies as Chromium keeps them: shared by all ports of a host, `__Host-` by its rules.

use std::collections::BTreeMap;

use cookie::{Cookie, SameSite};
use lambda_http::http::HeaderMap;

/// No browser takes more of a name and its value (RFC 6265bis).
const COOKIE_BYTES: usize = 4096;

/// The cookies of one browser. `localhost` is the only host there is.
#[derive(Clone, Default)]
pub struct Jar {
    kept: BTreeMap<String, Kept>,
    /// What a neighbouring host has set for the whole domain, `name=value`: sent before the others
    /// where its path is longer, else behind them.
    planted_in_front: Vec<String>,
    planted_behind: Vec<String>,
}

#[derive(Clone)]
struct Kept {
    value: String,
    /// Goes along from other sites' pages only when a person goes here (`SameSite=Lax`).
    lax: bool,
}

impl Jar {
    /// Takes what an answer sets, and lets go of what it takes away.
    pub fn take(&mut self, headers: &HeaderMap) {
        for line in headers.get_all("set-cookie") {
            let line = line.to_str().expect("a cookie is ASCII");
            let cookie = Cookie::parse(line.to_owned()).expect("a cookie");
            let (name, value) = (cookie.name().to_owned(), cookie.value().to_owned());
            let as_promised = cookie.secure() == Some(true)
                && cookie.path() == Some("/")
                && cookie.domain().is_none()
                && cookie.http_only() == Some(true);
            assert!(!name.starts_with("__Host-") || as_promised, "a browser drops {line}");
            assert!(name.len() + value.len() <= COOKIE_BYTES, "a browser drops {name}");
            if cookie.max_age().is_some_and(|age| !age.is_positive()) {
                self.kept.remove(&name);
            } else {
                let lax = cookie.same_site() == Some(SameSite::Lax);
                self.kept.insert(name, Kept { value, lax });
            }
        }
    }

    /// The `Cookie` header; `goes_here` unless another site's page sends the request by itself.
    pub fn line(&self, goes_here: bool) -> String {
        let sent = self.kept.iter().filter(|(_, kept)| goes_here || !kept.lax);
        let pairs: Vec<_> = sent.map(|(name, kept)| format!("{name}={}", kept.value)).collect();
        let pairs = [&self.planted_in_front[..], &pairs, &self.planted_behind];
        pairs.concat().join("; ")
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.kept.get(name).map(|kept| kept.value.as_str())
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.kept.keys().map(String::as_str)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.kept.insert(name.to_owned(), Kept { value: value.to_owned(), lax: true });
    }

    /// A neighbouring host sets `name=value`, which goes along to us and nobody takes away.
    pub fn plant(&mut self, pair: &str, in_front: bool) {
        let planted = if in_front { &mut self.planted_in_front } else { &mut self.planted_behind };
        planted.push(pair.to_owned());
    }

    pub fn remove(&mut self, name: &str) {
        self.kept.remove(name);
    }
}
