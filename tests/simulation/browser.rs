//! A browser without JavaScript, as in the journeys, but without a socket and without opinions: what
//! it is given to do it does, and it remembers the pages it has shown.

use bytes::Bytes;
use lambda_http::http::{Method, Request, header};
use standins::http::Answer;

use super::{
    page::Page,
    world::{KONTOBRO, World},
};
use crate::jar::Jar;

/// Redirects in a row before a browser gives up.
const REDIRECTS: usize = 20;
/// Pages that can be gone back to.
const REMEMBERED: usize = 10;

/// One browser with one tab.
#[derive(Default)]
pub struct Browser {
    pub jar: Jar,
    /// The newest last.
    pages: Vec<Page>,
    /// What it asked for last.
    last: Option<Going>,
}

/// Which browser: of whom, and which of theirs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Seat {
    pub person: usize,
    pub device: usize,
}

/// A way to go.
#[derive(Clone, Debug)]
pub struct Going {
    pub method: Method,
    pub url: String,
    pub body: String,
    pub from: Source,
    /// Headers that say what the request is for; a person's own navigation by default.
    pub purpose: Purpose,
}

/// Where from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The address bar, a bookmark.
    Typed,
    /// A page of this origin.
    Page(String),
    /// A mail, or another site.
    Elsewhere,
}

/// What a request is for, as its headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Purpose {
    /// Somebody goes there.
    Navigation,
    /// The browser loads ahead.
    Prefetch,
    /// Something that says nothing about itself, with the browser's cookies: an old browser, or a
    /// program that has stolen them.
    Nothing,
    /// A frame on somebody's page.
    Frame,
}

impl Going {
    pub fn to(url: &str, from: Source) -> Self {
        let (method, purpose) = (Method::GET, Purpose::Navigation);
        Self { method, url: absolute(url), body: String::new(), from, purpose }
    }

    pub fn typed(path: &str) -> Self {
        Self::to(path, Source::Typed)
    }

    fn redirected(self, to: &str) -> Self {
        let (method, body, url) = (Method::GET, String::new(), resolve(&self.url, to));
        // Once a chain has left the origin it began at, it is another site's doing.
        let from = match self.from {
            Source::Page(origin) if origin_of(&url) != origin => Source::Elsewhere,
            from => from,
        };
        Self { method, url, body, from, purpose: self.purpose }
    }

    fn site(&self) -> &'static str {
        match &self.from {
            Source::Typed => "none",
            Source::Page(origin) if *origin == origin_of(&self.url) => "same-origin",
            _ => "cross-site",
        }
    }

    pub fn request(&self, jar: &Jar) -> Request<Bytes> {
        let (is_post, site) = (self.method == Method::POST, self.site());
        let is_document = matches!(self.purpose, Purpose::Navigation | Purpose::Prefetch);
        let goes_here = site != "cross-site" || (!is_post && is_document);
        let cookies = jar.line(goes_here);
        let url = self.url.split('#').next().unwrap_or_default();
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(url)
            .header(header::HOST, url.split('/').nth(2).unwrap_or_default())
            .header(header::ACCEPT_LANGUAGE, "nb-NO,nb;q=0.9");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        if self.purpose != Purpose::Nothing {
            let dest = if is_document { "document" } else { "iframe" };
            request = request
                .header("sec-fetch-site", site)
                .header("sec-fetch-mode", "navigate")
                .header("sec-fetch-dest", dest);
        }
        if self.purpose == Purpose::Prefetch {
            request = request.header("sec-purpose", "prefetch");
        }
        if is_post {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ORIGIN, "null");
        }
        request.body(Bytes::from(self.body.clone())).expect("an address and headers of ours")
    }
}

impl Browser {
    /// What is on the screen.
    pub fn page(&self) -> Page {
        self.pages.last().cloned().unwrap_or_default()
    }

    /// The page shown so many pages ago.
    pub fn page_before(&self, back: usize) -> Option<&Page> {
        self.pages.iter().rev().nth(back)
    }

    pub fn goes_back(&mut self) {
        if self.pages.len() > 1 {
            self.pages.pop();
        }
    }

    /// What it asked for last: for whoever clicks twice, or reloads.
    pub fn last(&self) -> Option<Going> {
        self.last.clone()
    }

    fn shows(&mut self, page: Page) {
        self.pages.push(page);
        if self.pages.len() > REMEMBERED {
            self.pages.remove(0);
        }
    }
}

impl World {
    pub fn browser<T>(&self, seat: Seat, look: impl FnOnce(&mut Browser) -> T) -> T {
        look(&mut self.browsers.borrow_mut()[seat.person][seat.device])
    }

    /// Goes somewhere and wherever that leads. Whoever does not stay for the answer leaves the
    /// browser as it was.
    pub async fn goes(&self, seat: Seat, going: Going, stays: bool) {
        self.browser(seat, |browser| browser.last = Some(going.clone()));
        let mut going = going;
        loop {
            let Some(page) = self.arrives(seat, going, stays).await else { return };
            let from = Source::Page(origin_of(&page.url));
            for frame in page.frames.clone() {
                let frame = Going { purpose: Purpose::Frame, ..Going::to(&frame, from.clone()) };
                let request = frame.request(&Jar::default());
                self.answers(request).await;
            }
            let next = page.goes_on_to.as_ref().map(|to| resolve(&page.url, to));
            self.browser(seat, |browser| browser.shows(page));
            match next {
                Some(next) => going = Going::to(&next, from),
                None => return,
            }
        }
    }

    /// Goes somewhere, takes what the answer sets, and no way that it points.
    pub async fn leaves(&self, seat: Seat, going: &Going) {
        let request = self.browser(seat, |browser| going.request(&browser.jar));
        let answer: Answer = self.answers(request).await;
        self.browser(seat, |browser| browser.jar.take(&answer.headers));
    }

    async fn arrives(&self, seat: Seat, mut going: Going, stays: bool) -> Option<Page> {
        for _ in 0..REDIRECTS {
            let request = self.browser(seat, |browser| going.request(&browser.jar));
            let answer: Answer = self.answers(request).await;
            if !stays {
                return None;
            }
            self.browser(seat, |browser| browser.jar.take(&answer.headers));
            if !matches!(answer.status, 301..=303 | 307 | 308) {
                return Some(Page::read(answer.status, &going.url, &answer.text()));
            }
            going = going.redirected(&answer.location());
        }
        panic!("{} leads in circles", going.url);
    }
}

/// Scheme, host and port.
pub fn origin_of(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

fn absolute(address: &str) -> String {
    if address.starts_with('/') { format!("{KONTOBRO}{address}") } else { address.to_owned() }
}

fn resolve(base: &str, to: &str) -> String {
    if to.starts_with('/') { format!("{}{to}", origin_of(base)) } else { to.to_owned() }
}
