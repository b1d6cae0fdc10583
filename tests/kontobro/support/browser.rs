//! A browser without JavaScript: cookies, redirects, forms, frames, and the headers that Chromium
//! sends. What Chromium would refuse to do, it refuses too.

use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

use kontobro::texts::{Language, Texts, texts};
use lambda_http::http::Method;
use standins::http;

use super::{house_rules, jar::Jar, page::Page, secrets::Secrets};

/// Redirects in a row before a browser gives up.
const REDIRECTS: usize = 20;

/// A browser with one tab.
pub struct Browser {
    kontobro: String,
    jar: RefCell<Jar>,
    page: RefCell<Rc<Page>>,
    filled: RefCell<Vec<(String, String)>>,
    /// `Accept-Language`.
    pub prefers: Cell<&'static str>,
    secrets: Secrets,
}

/// Source where a request comes.
#[derive(Clone)]
enum Source {
    /// The address bar, or a bookmark.
    Typed,
    /// A page of this origin; those of ours tell nobody.
    Page { origin: String, silent: bool, form_action: Option<String> },
    /// A mail, or another site.
    Elsewhere,
}

impl Source {
    /// A press or a click on this page, or what it loads by itself.
    fn of(page: &Page) -> Self {
        let policy = page.header("content-security-policy");
        let form_action =
            policy.split(';').find_map(|part| part.trim().strip_prefix("form-action "));
        Self::Page {
            origin: origin(&page.url),
            silent: page.header("referrer-policy") == "no-referrer",
            form_action: form_action.map(str::to_owned),
        }
    }
}

struct Going {
    method: Method,
    url: String,
    body: String,
    from: Source,
    dest: &'static str,
}

impl Browser {
    pub fn new(kontobro: &str, secrets: Secrets) -> Self {
        Self {
            kontobro: kontobro.to_owned(),
            jar: RefCell::default(),
            page: RefCell::default(),
            filled: RefCell::default(),
            prefers: Cell::new("nb-NO,nb;q=0.9"),
            secrets,
        }
    }

    /// Another tab, with the cookies of this moment, on the same page.
    pub fn copy(&self) -> Self {
        let tab = Self::new(&self.kontobro, self.secrets.clone());
        *tab.jar.borrow_mut() = self.jar.borrow().clone();
        *tab.page.borrow_mut() = self.page();
        tab.prefers.set(self.prefers.get());
        tab
    }

    /// What is on the screen.
    pub fn page(&self) -> Rc<Page> {
        self.page.borrow().clone()
    }

    /// The words of the language that the page is in.
    pub fn texts(&self) -> &'static Texts {
        texts(Language::from_tag(&self.page().lang).unwrap_or_default())
    }

    pub fn cookies(&self) -> Ref<'_, Jar> {
        self.jar.borrow()
    }

    pub fn change_cookies(&self, change: impl FnOnce(&mut Jar)) {
        change(&mut self.jar.borrow_mut());
    }

    /// Two tabs of one browser have the same cookies.
    pub fn shares_cookies_with(&self, tab: &Self) {
        let cookies = tab.jar.borrow().clone();
        *self.jar.borrow_mut() = cookies;
    }

    /// Back to the page that another tab still shows.
    pub fn goes_back_to(&self, tab: &Self) {
        *self.page.borrow_mut() = tab.page();
    }

    /// Types an address, or a path of Kontobro's, into the address bar.
    pub async fn opens(&self, address: &str) -> Rc<Page> {
        self.visits(Method::GET, self.absolute(address), String::new(), Source::Typed).await
    }

    /// Chooses a link in a mail, or on another site.
    pub async fn opens_from_elsewhere(&self, address: &str) -> Rc<Page> {
        self.visits(Method::GET, self.absolute(address), String::new(), Source::Elsewhere).await
    }

    pub async fn reloads(&self) -> Rc<Page> {
        self.opens(&self.page().url).await
    }

    /// Chooses the first link of this label.
    pub async fn follows(&self, label: &str) -> Rc<Page> {
        let page = self.page();
        let url = resolve(&page.url, page.link(label));
        self.visits(Method::GET, url, String::new(), Source::of(&page)).await
    }

    /// Fills in a field, by its name or label, for the next button.
    pub fn types(&self, field: &str, value: &str) -> &Self {
        let page = self.page();
        let found = page.fields.iter().find(|of| of.name == field || of.label == field);
        let name = &found.unwrap_or_else(|| panic!("no field «{field}» on {page}")).name;
        self.filled.borrow_mut().push((name.clone(), value.to_owned()));
        self
    }

    /// Ticks the box of this name.
    pub fn ticks(&self, name: &str) -> &Self {
        let value = self.page().value(name).to_owned();
        self.types(name, &value)
    }

    /// Presses the one button of this label.
    pub async fn presses(&self, label: &str) -> Rc<Page> {
        let page = self.page();
        let (method, url, body) = self.filled_in(&page, label);
        self.visits(method, url, body, Source::of(&page)).await
    }

    /// On another person's link: «Jeg ba ikke om e-posten», and «Dette var ikke meg» after the second look.
    pub async fn says_not_me(&self) -> Rc<Page> {
        let texts = &self.texts().stop;
        if self.page().links.iter().any(|link| link.label == texts.not_asked_button) {
            self.follows(texts.not_asked_button).await;
        }
        self.presses(texts.button).await
    }

    /// What pressing a button would send: method, address, body.
    pub fn filled_in(&self, page: &Page, label: &str) -> (Method, String, String) {
        let (form, button) = page.form_of(label);
        let filled = self.filled.borrow();
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        for field in &form.fields {
            let typed = filled.iter().rev().find(|(name, _)| *name == field.name);
            match typed {
                Some((name, value)) => drop(encoded.append_pair(name, value)),
                None if field.counts => drop(encoded.append_pair(&field.name, &field.value)),
                None => {}
            }
        }
        encoded.extend_pairs(button.sends.iter().map(|(name, value)| (name, value)));
        let (url, data) = (resolve(&page.url, &form.action), encoded.finish());
        let (path, fragment) = url.split_once('#').unwrap_or((&url, ""));
        if form.method == "POST" {
            (Method::POST, url, data)
        } else {
            assert!(fragment.is_empty(), "no form of ours has that");
            (Method::GET, format!("{path}?{data}"), String::new())
        }
    }

    /// Chooses «Logg inn med ID-porten» on whichever page it stands; «Gå videre» on the front page
    /// of whoever was logged in.
    pub async fn goes_to_idporten(&self) -> &Self {
        let ways = [self.texts().common.log_in, self.texts().start.go_on];
        let page = self.page();
        let stands = |label: &&str| page.links.iter().any(|link| link.label == *label);
        self.follows(ways.into_iter().find(stands).unwrap_or(ways[0])).await;
        self
    }

    /// Fills in ID-porten's login page, unless single sign-on has answered already.
    pub async fn identifies_as(&self, pid: &str, level: &str) -> &Self {
        if self.page().heading() == "Logg inn" {
            self.types("pid", pid).types("level", level).presses("Logg inn").await;
        }
        self
    }

    /// A request by hand, with the cookies of this browser and these headers alone.
    pub async fn sends(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Rc<Page> {
        let (url, cookies) = (self.absolute(path), self.jar.borrow().line(true));
        let mut headers = headers.to_vec();
        headers.extend([("cookie", &*cookies), ("accept-language", self.prefers.get())]);
        let is_head = method == Method::HEAD;
        let answer = http::call(method, &url, &headers, body.into()).await.expect("an answer");
        self.take(&url, &answer);
        let page = Rc::new(Page::read(answer.status, &url, answer.headers.clone(), answer.text()));
        if !is_head {
            house_rules::check(&page, &self.kontobro, &self.jar.borrow());
        }
        page
    }

    #[track_caller]
    pub fn sees(&self, heading: &str) -> &Self {
        let page = self.page();
        assert_eq!(page.heading(), heading, "on {page}");
        self
    }

    #[track_caller]
    pub fn reads(&self, words: &str) -> &Self {
        let page = self.page();
        assert!(page.text.contains(words), "«{words}» does not stand on {page}");
        self
    }

    #[track_caller]
    pub fn does_not_read(&self, words: &str) -> &Self {
        let page = self.page();
        assert!(!page.plain_html().contains(words), "«{words}» stands on {page}");
        self
    }

    /// Where it is: path and query.
    #[track_caller]
    pub fn is_at(&self, path: &str) -> &Self {
        let page = self.page();
        assert_eq!(page.path(), path, "on {page}");
        self
    }

    fn absolute(&self, address: &str) -> String {
        if address.starts_with('/') {
            format!("{}{address}", self.kontobro)
        } else {
            address.into()
        }
    }

    async fn visits(&self, method: Method, url: String, body: String, from: Source) -> Rc<Page> {
        self.filled.borrow_mut().clear();
        let mut going = Going { method, url, body, from, dest: "document" };
        loop {
            let page = Rc::new(self.goes(going).await);
            *self.page.borrow_mut() = page.clone();
            for frame in &page.frames {
                let from = Source::of(&page);
                let url = resolve(&page.url, frame);
                let body = String::new();
                let framed =
                    self.goes(Going { method: Method::GET, url, body, from, dest: "iframe" }).await;
                let allowed = framed.header("content-security-policy").to_owned();
                let ancestors = allowed.split(';').find(|part| part.contains("frame-ancestors"));
                let shows = ancestors.is_some_and(|who| who.contains(&origin(&page.url)));
                // What has failed is in nobody's frame: there it stays empty.
                assert_eq!(shows, framed.status < 500, "in a frame: {framed}");
            }
            let Some(next) = &page.goes_on_to else { return page };
            let url = resolve(&page.url, next);
            let body = String::new();
            going =
                Going { method: Method::GET, url, body, from: Source::of(&page), dest: "document" };
        }
    }

    async fn goes(&self, going: Going) -> Page {
        let Going { mut method, mut url, mut body, from, dest } = going;
        let is_post = method == Method::POST;
        let mut foreign = false;
        for _ in 0..REDIRECTS {
            let site = match &from {
                Source::Typed => "none",
                Source::Elsewhere => "cross-site",
                Source::Page { origin: of, form_action, .. } => {
                    foreign |= *of != origin(&url);
                    if is_post && let Some(allowed) = form_action {
                        let ok = *of == origin(&url) || allowed.contains(&origin(&url));
                        assert!(ok, "the policy of {of} lets no form lead to {url}");
                    }
                    if foreign { "cross-site" } else { "same-origin" }
                }
            };
            let goes_here = site != "cross-site" || (method == Method::GET && dest == "document");
            let cookies = self.jar.borrow().line(goes_here);
            let mode = "navigate";
            let mut headers = vec![
                ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                ("accept-language", self.prefers.get()),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
                ("upgrade-insecure-requests", "1"),
            ];
            if !cookies.is_empty() {
                headers.push(("cookie", &cookies));
            }
            if dest == "document" {
                headers.push(("sec-fetch-user", "?1"));
            }
            if method == Method::POST {
                headers.push(("content-type", "application/x-www-form-urlencoded"));
                headers.push((
                    "origin",
                    match &from {
                        Source::Page { origin, silent: false, .. } => origin,
                        _ => "null",
                    },
                ));
            }
            let (sent_to, _) = url.split_once('#').unwrap_or((&url, ""));
            let answer = http::call(method.clone(), sent_to, &headers, body.clone());
            let answer = answer.await.unwrap_or_else(|error| panic!("{url}: {error}"));
            self.take(sent_to, &answer);
            if !matches!(answer.status, 301..=303 | 307 | 308) {
                let page =
                    Page::read(answer.status, sent_to, answer.headers.clone(), answer.text());
                if dest == "document" {
                    house_rules::check(&page, &self.kontobro, &self.jar.borrow());
                }
                return page;
            }
            assert_eq!(answer.status, 303, "every redirect of ours says GET: {url}");
            (method, body) = (Method::GET, String::new());
            url = resolve(&url, &answer.location());
        }
        panic!("{url} leads in circles");
    }

    fn take(&self, url: &str, answer: &http::Answer) {
        self.secrets.visited(url);
        self.secrets.visited(&answer.location());
        let mut jar = self.jar.borrow_mut();
        jar.take(&answer.headers);
        let sealed =
            jar.names().filter(|name| name.starts_with("__Host-") && *name != "__Host-sprak");
        for name in sealed.map(str::to_owned).collect::<Vec<_>>() {
            self.secrets.cookie(jar.get(&name).unwrap_or_default());
        }
        house_rules::cookies(&jar);
    }
}

/// Scheme, host and port.
pub fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_else(|| panic!("absolute: {url}"));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{host}")
}

fn resolve(base: &str, to: &str) -> String {
    match to {
        to if to.contains("://") => to.to_owned(),
        to if to.starts_with('/') => format!("{}{to}", origin(base)),
        to => panic!("an address that no page here has: {to}"),
    }
}
