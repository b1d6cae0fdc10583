//! The mails people get: a link to use, a receipt for what was done, a notice of what is under way.
//!
//! Owns what stands in each mail and in which order; `letter` owns how it looks. A mail to a
//! mailbox may be read by anyone, so it shows only masked values, and a receipt has no link at
//! all. Nothing here is loaded from a host, counted or tracked.

mod letter;
mod post;
mod retries;

pub use post::{NotSent, Post};

use jiff::Timestamp;

use crate::domain::{Card, mask};
use crate::settings::Site;
use crate::texts::{Language, Mails, ReceiptMail, dates, fill, texts};
use letter::{Letter, Part};

/// A finished mail. Both parts say the same.
pub struct Mail {
    /// For the header; holds nothing that a citizen has typed (T75).
    pub subject: String,
    /// The plain part: paragraphs between empty lines, addresses on lines of their own.
    pub text: String,
    /// The HTML part: a whole document with its styles inside.
    pub html: String,
}

/// A link to be used by the person who asked for it.
pub struct Confirmation<'a> {
    /// The same as on the screen of the person who asked.
    pub reference: &'a str,
    /// The whole address with its secret.
    pub link: &'a str,
    /// When the person asked.
    pub asked_at: Timestamp,
    /// Has the person been mailed before, so that older links lie in a mailbox?
    pub is_another: bool,
    /// From when on the link is dead.
    pub expires_at: Timestamp,
}

/// Something that was done, or will be unless the reader says no.
pub struct Receipt<'a> {
    /// The same as on the screen of the person who asked.
    pub reference: &'a str,
    /// When it was done, or asked for.
    pub at: Timestamp,
}

/// «Bekreft brukerkonto»: proves the mailbox of an old account, or (`None`) of a new one.
pub fn confirmation(
    language: Language,
    site: &Site,
    account: Option<&Card>,
    asked: &Confirmation,
) -> Mail {
    let mail = &texts(language).mail;
    let own = &mail.confirmation;
    let values = Values::of_link(language, site, asked);
    let (values, who, afterwards) = match account {
        Some(card) => {
            (values.of_account(mail, card), [own.asked, own.reference], Some(own.afterwards))
        }
        None => (values, [own.asked_new, own.reference_new], None),
    };
    linked(&values, own.subject, who, own.button, asked, afterwards)
}

/// «Bekreft e-postadresse»: proves the new address of an account that is linked already. The
/// account itself is not shown, as the address may be anyone's.
pub fn email_proof(language: Language, site: &Site, asked: &Confirmation) -> Mail {
    let own = &texts(language).mail.email_proof;
    let values = Values::of_link(language, site, asked);
    linked(&values, own.subject, [own.asked, own.reference], own.button, asked, None)
}

/// Tells that an old account was linked, or (`None`) a new one created.
pub fn receipt(language: Language, site: &Site, account: Option<&Card>, done: &Receipt) -> Mail {
    let mail = &texts(language).mail;
    let values = Values::of(language, site, done.reference, done.at);
    match account {
        Some(card) => unlinked(&values.of_account(mail, card), &mail.receipt),
        None => unlinked(&values, &mail.receipt_new),
    }
}

/// Tells that an old account was gathered into another of the same person.
pub fn receipt_gathered(language: Language, site: &Site, account: &Card, done: &Receipt) -> Mail {
    let mail = &texts(language).mail;
    let values = Values::of(language, site, done.reference, done.at).of_account(mail, account);
    unlinked(&values, &mail.receipt_gathered)
}

/// Tells the old address that a new one was asked for.
pub fn email_notice(language: Language, site: &Site, asked: &Receipt) -> Mail {
    let values = Values::of(language, site, asked.reference, asked.at);
    unlinked(&values, &texts(language).mail.email_notice)
}

/// A mail with a button: who asked, the link, what if it was not you.
fn linked(
    values: &Values,
    subject: &str,
    who: [&str; 2],
    button: &'static str,
    asked: &Confirmation,
    afterwards: Option<&str>,
) -> Mail {
    let (mail, link) = (&texts(values.language).mail, asked.link);
    let paragraph = |text: &str| Part::Paragraph(values.fill(text));
    let mut parts = vec![paragraph(mail.greeting)];
    let [who_asked, reference] = who;
    parts.extend([paragraph(who_asked), Part::Reference(values.fill(reference))]);
    parts.push(paragraph(mail.was_it_you));
    parts.push(Part::Button { label: button, link: link.to_owned(), if_no_button: mail.copy_link });
    parts.push(paragraph(mail.link_belongs));
    parts.extend(afterwards.map(paragraph));
    parts.extend([mail.was_it_not_you, mail.we_never_ask].map(paragraph));
    parts.push(Part::Signature(values.fill(mail.signature)));
    let mut letter = values.letter(subject, mail.preheader, parts);
    if asked.is_another {
        letter.subject.extend([" – ", &values.fill(mail.another)]);
    }
    letter.into()
}

/// A mail without links: what happened, what if it was not you.
fn unlinked(values: &Values, own: &ReceiptMail) -> Mail {
    let mail = &texts(values.language).mail;
    let around = [&[mail.greeting], own.body, &[own.not_you]];
    let parts = around.into_iter().flatten().map(|text| Part::Paragraph(values.fill(text)));
    let signature = Part::Signature(values.fill(mail.signature));
    values.letter(own.subject, own.preheader, parts.chain([signature]).collect()).into()
}

/// What the placeholders of one mail stand for.
struct Values {
    language: Language,
    values: Vec<(&'static str, String)>,
}

impl Values {
    /// Those that every mail has.
    fn of(language: Language, site: &Site, reference: &str, at: Timestamp) -> Self {
        let at = dates::in_norway(at);
        Self { language, values: Vec::with_capacity(12) }
            .and("service_name", &site.service_name)
            .and("support_email", &site.support_email)
            .and("link_host", site.host())
            .and("portal_host", site.portal_host())
            .and("ref", reference)
            .and("date", &dates::date(language, at.date()))
            .and("time", &dates::time(language, at.time()))
    }

    fn of_link(language: Language, site: &Site, asked: &Confirmation) -> Self {
        Self::of(language, site, asked.reference, asked.asked_at)
            .and("expires", &dates::date_and_time(language, asked.expires_at))
    }

    fn of_account(self, mail: &Mails, card: &Card) -> Self {
        let (name, year) = (card.name_mask(), dates::year(self.language, card.created));
        let username = card.user_mask();
        self.and("name_mask", if name.is_empty() { mail.no_name } else { &name })
            .and("user_mask", if username.is_empty() { mask::DOTS } else { &username })
            .and("year", &year)
    }

    fn and(mut self, name: &'static str, value: &str) -> Self {
        self.values.push((name, value.to_owned()));
        self
    }

    fn fill(&self, text: &str) -> String {
        let values: Vec<_> = self.values.iter().map(|(name, value)| (*name, &**value)).collect();
        fill(text, &values)
    }

    fn letter(&self, subject: &str, preheader: &str, parts: Vec<Part>) -> Letter {
        let (heading, preheader) = (self.fill(subject), self.fill(preheader));
        let (subject, reference) = (heading.clone(), self.fill("{ref}"));
        Letter { language: self.language, subject, heading, preheader, reference, parts }
    }
}

#[cfg(test)]
mod tests;
