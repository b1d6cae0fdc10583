//! One page in the making: whose service, which reader, which language.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, Render, html};

use super::{Answer, Visit, html as parts, session, visit::LANGUAGE};
use crate::{
    settings::{Site, dialled},
    texts::{Language, Passage, Texts, dates, fill, texts},
};

/// Steps of the whole way, as the start page lists them.
const STEPS: u8 = 5;

/// The `id` of the form in which something is typed.
const TYPED_FORM: &str = "skjema";

/// What texts name outside our own pages, and where it is.
const ELSEWHERE: [(&str, &str); 5] = [
    ("status.digdir.no", "https://status.digdir.no"),
    ("+47 800 30 300", "tel:+4780030300"),
    ("800 30 300", "tel:+4780030300"),
    ("datatilsynet.no", "https://www.datatilsynet.no"),
    ("diskrimineringsnemnda.no", "https://www.diskrimineringsnemnda.no"),
];

/// What a page is made with.
#[derive(Clone)]
pub struct Scene<'a> {
    /// Whose service it is.
    pub site: &'a Site,
    /// Who reads it.
    pub visit: &'a Visit,
    /// The words, in the reader's language.
    pub texts: &'static Texts,
    /// What a mail to support from this page is about; empty if nobody knows.
    subject: String,
}

/// A page, but for what every page has.
pub struct Page {
    /// The `h1`, for the title.
    pub title: String,
    /// Which step of the way it is.
    pub step: Option<u8>,
    /// Does it tell of mistakes in a form?
    pub has_errors: bool,
    /// What stands on it, `h1` included.
    pub body: Markup,
}

impl<'a> Scene<'a> {
    /// For one reader.
    pub fn new(site: &'a Site, visit: &'a Visit) -> Self {
        Self { site, visit, texts: texts(visit.language), subject: String::new() }
    }

    /// For a page about the request of this reference: who writes to support from there has it in the
    /// subject.
    #[must_use]
    pub fn about(&self, reference: &str) -> Self {
        Self { subject: fill(self.texts.common.subject, &[("ref", reference)]), ..self.clone() }
    }

    /// For a page that tells an error id: the same.
    #[must_use]
    pub fn about_error(&self) -> Self {
        let id = [("error_id", self.visit.error_id.as_str())];
        Self { subject: fill(self.texts.common.subject_error, &id), ..self.clone() }
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.visit.language
    }

    /// Has the reader an account already? Then what they ask for is gathered into that, and no step of
    /// the way.
    pub fn has_account(&self) -> bool {
        self.visit.session().is_some_and(|session| session.account.is_some())
    }

    /// A text with its values; those of the service itself are known.
    pub fn fill(&self, text: &str, values: &[(&str, &str)]) -> String {
        let site = self.site;
        let known = [
            ("service_name", site.service_name.as_str()),
            ("support_email", &site.support_email),
            ("link_host", site.host()),
            ("error_id", &self.visit.error_id),
            ("owner", &site.owner),
            ("privacy_contact", &site.privacy_contact),
            ("legal_basis", self.legal_basis()),
        ];
        fill(text, &[values, &known].concat())
    }

    fn legal_basis(&self) -> &str {
        let of_the_owner = self.site.legal_basis.as_ref();
        of_the_owner.map_or(self.texts.legal_basis, |basis| basis.words(self.language()))
    }

    /// When what is closed opens again, as people are told: «i morgen kl. 08.00».
    pub fn opens(&self) -> String {
        let until = self.site.closed.until.filter(|until| *until > self.visit.now);
        until.map_or_else(
            || self.texts.system.opens_soon.to_owned(),
            |until| dates::coming(self.language(), until, self.visit.now),
        )
    }

    /// Whole minutes until then, as people are told to wait: rounded up, two at least.
    pub fn minutes_until(&self, until: Timestamp) -> String {
        let seconds = until.as_second() - self.visit.now.as_second();
        (seconds + 59).div_euclid(60).max(2).to_string()
    }

    /// A text on one line; addresses to write to become links, the reader's own values stand out.
    pub fn line(&self, text: &str, values: &[(&str, &str)]) -> Markup {
        let filled = self.fill(text, values);
        parts::marked(&filled, &self.marks(values))
    }

    /// Paragraphs, as [`Self::line`].
    pub fn paragraphs(&self, paragraphs: &[&str], values: &[(&str, &str)]) -> Markup {
        let filled: Vec<_> = paragraphs.iter().map(|text| self.fill(text, values)).collect();
        let marks = self.marks(values);
        html! { @for paragraph in &filled { (parts::passage(paragraph, &marks)) } }
    }

    /// Heading and paragraphs.
    pub fn passage(&self, passage: &Passage, values: &[(&str, &str)]) -> Markup {
        html! {
            (parts::heading(&self.fill(passage.heading, values)))
            (self.paragraphs(passage.paragraphs, values))
        }
    }

    fn marks<'b>(&'b self, values: &[(&str, &'b str)]) -> Vec<parts::Mark<'b>> {
        let own = values.iter().filter(|(name, _)| ["email", "ref"].contains(name));
        let own = own.map(|(_, value)| parts::Mark::Value(value));
        let own = own.chain([parts::Mark::Value(&self.visit.error_id)]);
        let links = ELSEWHERE.map(|(words, href)| parts::Mark::Link { words, href });
        own.chain([
            parts::Mark::Mail { address: &self.site.support_email, subject: &self.subject },
            parts::Mark::Mail { address: &self.site.privacy_contact, subject: "" },
        ])
        .chain(links)
        .collect()
    }

    /// How else support can be reached, and how soon it answers: as far as the owner has set it.
    pub fn more_support(&self) -> Vec<Markup> {
        let (common, support) = (&self.texts.common, &self.site.support);
        let hours = support.hours.as_ref().map(|hours| hours.words(self.language()));
        let call = support.phone.as_deref().map(|phone| {
            let (text, hours) = match hours {
                Some(hours) => (common.call_at, hours),
                None => (common.call, ""),
            };
            let text = self.fill(text, &[("support_phone", phone), ("support_hours", hours)]);
            let href = format!("tel:{}", dialled(phone).unwrap_or_default());
            parts::marked(&text, &[parts::Mark::Link { words: phone, href: &href }])
        });
        let reply = support.reply_days.map(|days| {
            let text = if days == 1 { common.reply_day } else { common.reply_days };
            self.line(text, &[("n", &days.to_string())])
        });
        call.into_iter().chain(reply).collect()
    }

    /// Where to find help, on every page.
    fn help(&self) -> Markup {
        html! {
            (self.line(self.texts.common.need_help, &[]))
            @for line in self.more_support() { " " (line) }
        }
    }

    /// A form of the reader's session around `body`.
    pub fn form(&self, action: &str, hidden: &[(&str, &str)], body: impl Render) -> Markup {
        parts::Form { action, csrf: &self.csrf(), id: None, hidden }.around(body)
    }

    /// The one form of a page in which something is typed: see [`Self::page_to_type_in`].
    pub fn form_to_type_in(
        &self,
        action: &str,
        hidden: &[(&str, &str)],
        body: impl Render,
    ) -> Markup {
        parts::Form { action, csrf: &self.csrf(), id: Some(TYPED_FORM), hidden }.around(body)
    }

    /// What the session's forms carry; empty for a reader who is not logged in.
    fn csrf(&self) -> String {
        self.visit.session().map(session::csrf).unwrap_or_default()
    }

    /// The answer: the page with everything that every page has.
    pub fn page(&self, status: StatusCode, page: Page) -> Answer {
        self.document(status, page, None)
    }

    /// As [`Self::page`], around a [`Self::form_to_type_in`]: choosing another language sends that
    /// form, whose handler keeps what was typed (see [`Visit::takes_language`]).
    pub fn page_to_type_in(&self, status: StatusCode, page: Page) -> Answer {
        self.document(status, page, Some(TYPED_FORM))
    }

    fn document(&self, status: StatusCode, page: Page, typed_in: Option<&str>) -> Answer {
        let common = &self.texts.common;
        let languages: Vec<_> =
            Language::ALL.iter().map(|language| (*language, self.here_in(*language))).collect();
        let languages: Vec<_> = languages
            .iter()
            .map(|(language, href)| parts::Language {
                tag: language.tag(),
                name: language.name(),
                href,
                current: *language == self.language(),
            })
            .collect();
        let csrf = self.visit.session().map(session::csrf);
        let has_cookie = self.visit.has_session_cookie();
        let step =
            page.step.map(|number| (number, self.fill(common.step, &[("n", &number.to_string())])));
        let prefix = format!("{} ", common.error_prefix);
        let owner = self.fill(common.run_by, &[]);
        let frame = parts::Frame {
            lang: self.language().tag(),
            title: &page.title,
            error_prefix: if page.has_errors { &prefix } else { "" },
            service_name: &self.site.service_name,
            skip_link: common.skip_to_content,
            languages_label: common.language,
            languages: &languages,
            typed_in,
            step: step.as_ref().map(|(number, text)| parts::Step {
                number: *number,
                of: STEPS,
                text,
            }),
            way_out: has_cookie.then_some(parts::WayOut {
                label: common.log_out,
                action: "/logg-ut",
                session: csrf
                    .as_deref()
                    .map(|csrf| parts::LoggedIn { text: common.logged_in, csrf }),
            }),
            help: self.help(),
            footer: &[
                parts::Link { href: "/hjelp", text: common.footer_help },
                parts::Link { href: "/personvern", text: common.footer_privacy },
                parts::Link { href: "/tilgjengelighet", text: common.footer_accessibility },
            ],
            owner: (self.site.owner != self.site.service_name).then_some(owner.as_str()),
        };
        Answer::page(status, parts::layout(&frame, page.body))
    }

    /// This page in another language; the front page, where there is no page at this address.
    fn here_in(&self, language: Language) -> String {
        match self.visit.address() {
            Some(path) => format!("{path}?{}", self.visit.query.with(LANGUAGE, language.tag())),
            None => format!("/?{LANGUAGE}={}", language.tag()),
        }
    }
}
