//! The mails that were sent, as their receivers read them.

use std::sync::Arc;

use standins::ses::{Fate, Message, Ses};

/// The outbox.
pub struct Outbox<'a>(pub &'a Ses);

/// One mail.
pub struct Mail(pub Arc<Message>);

impl Outbox<'_> {
    /// Every mail to an address, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.all();
        mails.retain(|mail| mail.0.to == address);
        mails
    }

    /// The one mail to an address: there is no other.
    #[track_caller]
    pub fn only_mail_to(&self, address: &str) -> Mail {
        let mut mails = self.mails_to(address);
        assert_eq!(mails.len(), 1, "mails to {address}");
        mails.remove(0)
    }

    #[track_caller]
    pub fn newest_mail_to(&self, address: &str) -> Mail {
        self.mails_to(address).pop().unwrap_or_else(|| panic!("no mail to {address}"))
    }

    /// Every mail that somebody got, oldest first.
    pub fn all(&self) -> Vec<Mail> {
        let mails = self.0.messages().into_iter().rev();
        mails.filter(|mail| !mail.fates.contains(&Fate::Suppressed)).map(Mail).collect()
    }

    /// What becomes of a mail; returns when Kontobro has heard of it.
    pub async fn tells(&self, mail: &Mail, fate: Fate) {
        assert!(self.0.decide(&mail.0.message_id, fate).await, "a mail that was sent");
    }
}

impl Mail {
    /// The link, the same in both parts.
    #[track_caller]
    pub fn link(&self) -> String {
        let lines = self.0.text.lines().filter(|line| line.contains("/b?t="));
        let [link] = lines.collect::<Vec<_>>()[..] else { panic!("one link in {}", self.0.text) };
        assert!(self.0.html.contains(&format!("href=\"{link}\"")), "the same link in the HTML");
        link.to_owned()
    }

    /// The secret of the link.
    pub fn token(&self) -> String {
        let link = self.link();
        link.split_once("t=").expect("a link has a token").1.to_owned()
    }

    pub fn has_link(&self) -> bool {
        [&self.0.text, &self.0.html].iter().any(|part| part.contains("http"))
    }

    pub fn says(&self, words: &str) -> bool {
        self.0.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
    }
}
