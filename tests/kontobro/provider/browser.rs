//! A browser without JavaScript: keeps cookies, follows redirects, sends forms.
//!
//! Everything here is on `localhost`, so cookies go everywhere, whatever the port, as in a real one.

use std::collections::BTreeMap;

use cookie::{Cookie, time::Duration};
use lambda_http::http::{Method, header::SET_COOKIE};
use openidconnect::url::Url;
use standins::http::{self, Answer};

/// One person's browser. A clone is the same browser at this moment.
#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

/// Where a request led.
pub struct Page {
    /// Every address on the way; the last is the page's own.
    pub way: Vec<Url>,
    /// HTTP status.
    pub status: u16,
    /// The document.
    pub text: String,
}

impl Browser {
    /// Goes to an address.
    pub async fn visit(&mut self, address: &str) -> Page {
        let address = Url::parse(address).expect("an address");
        self.go(Method::GET, address, String::new()).await
    }

    /// Sends the form that goes to a place like `action`, with its hidden fields and these.
    pub async fn submit(&mut self, page: &Page, action: &str, filled: &[(&str, &str)]) -> Page {
        let (address, hidden) = page.form(action);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(hidden)
            .extend_pairs(filled)
            .finish();
        self.go(Method::POST, address, body).await
    }

    /// Has it a cookie of this name?
    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.contains_key(name)
    }

    async fn go(&mut self, mut method: Method, mut address: Url, mut body: String) -> Page {
        let mut way = Vec::new();
        loop {
            let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            let cookies = cookies.collect::<Vec<_>>().join("; ");
            let mut headers = vec![
                ("cookie", cookies.as_str()),
                ("accept-language", "nb"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "document"),
            ];
            if method == Method::POST {
                // From a page with `Referrer-Policy: no-referrer`, as Chromium does it.
                headers.extend([("origin", "null"), ("sec-fetch-site", "same-origin")]);
                headers.push(("content-type", "application/x-www-form-urlencoded"));
            }
            let answer = http::call(method, address.as_str(), &headers, body).await;
            let answer = answer.unwrap_or_else(|error| panic!("{address}: {error}"));
            self.keep_cookies(&answer);
            way.push(address.clone());
            assert!(way.len() < 20, "sent in circles: {way:#?}");
            let next = answer.location();
            if next.is_empty() {
                return Page { way, status: answer.status, text: answer.text() };
            }
            address = address.join(&next).expect("an address");
            (method, body) = (Method::GET, String::new());
        }
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = Cookie::parse(cookie.to_str().expect("ASCII")).expect("a cookie");
            if cookie.value().is_empty() || cookie.max_age() == Some(Duration::ZERO) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }
}

impl Page {
    /// The page's own address.
    pub fn address(&self) -> &Url {
        self.way.last().expect("every page has one")
    }

    fn form(&self, action: &str) -> (Url, Vec<(String, String)>) {
        let mut forms = self.text.split("<form ").skip(1);
        let form = forms.find(|form| attribute(form, "action").contains(action));
        let form = form.unwrap_or_else(|| panic!("no form for {action} in {}", self.text));
        let form = form.split("</form>").next().expect("split gives one part at least");
        let inputs = form.split("<input ").skip(1).filter(|input| input.contains("\"hidden\""));
        let hidden = inputs.map(|input| (attribute(input, "name"), attribute(input, "value")));
        let address = self.address().join(&attribute(form, "action")).expect("an address");
        (address, hidden.collect())
    }
}

/// The value of a tag's attribute; empty when it has none of that name.
fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or("", |(value, _)| value).replace("&amp;", "&")
}
