//! People: each with an identity number, an address and a browser.

use std::ops::Deref;

use kontobro::domain::AccountId;

use super::{
    browser::Browser,
    kontobro::{Kontobro, old_account},
};
use crate::world::people;

/// Someone at a browser. What a browser does, a person does.
pub struct Person<'k> {
    pub name: &'static str,
    pub pid: &'static str,
    /// Their e-mail address.
    pub address: &'static str,
    pub browser: Browser,
    kontobro: &'k Kontobro,
}

impl Deref for Person<'_> {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl<'k> Person<'k> {
    pub fn new(kontobro: &'k Kontobro, of: &people::Person) -> Self {
        kontobro.secrets.pid(of.pid);
        let (name, pid, address) = (of.name, of.pid, of.address);
        Self { name, pid, address, browser: kontobro.browser(), kontobro }
    }

    /// The same person at a browser that nobody has used.
    pub fn on_another_device(&self) -> Self {
        Self { browser: self.kontobro.browser(), ..*self }
    }

    /// The same person in a second tab.
    pub fn in_another_tab(&self) -> Self {
        Self { browser: self.browser.copy(), ..*self }
    }

    /// Has had an account since 2014.
    pub async fn has_an_old_account(&self) -> AccountId {
        self.kontobro.has(old_account(self.name, self.address)).await
    }

    /// From the front page through ID-porten, with `MinID`.
    pub async fn logs_in(&self) -> &Self {
        self.logs_in_at("idporten-loa-substantial").await
    }

    /// The same with an electronic id of another level.
    pub async fn logs_in_at(&self, level: &str) -> &Self {
        self.opens("/").await;
        self.goes_to_idporten().await;
        self.identifies_as(self.pid, level).await;
        self
    }

    /// On the search page.
    pub async fn searches_for(&self, address: &str) -> &Self {
        self.kontobro.secrets.address(address.trim());
        if !self.page().path().starts_with("/sok") {
            self.opens("/sok").await;
        }
        self.types("epost", address).presses(self.texts().search.button).await;
        self
    }

    /// Search, «Slå sammen», «Bekreft»: the mail is sent.
    pub async fn asks_for(&self, address: &str) -> &Self {
        self.searches_for(address).await;
        self.presses(self.texts().result.merge).await;
        self.presses(self.texts().common.confirm).await;
        self
    }

    /// Chooses the link in the newest mail to them.
    pub async fn follows_the_mail(&self) -> &Self {
        let link = self.kontobro.outbox().newest_mail_to(self.address).link();
        self.opens_from_elsewhere(&link).await;
        self
    }

    /// «Lagre».
    pub async fn saves(&self) -> &Self {
        self.presses(self.texts().profile.save).await;
        self
    }

    /// The whole way to «Se over profilen din».
    pub async fn links_the_old_account(&self) -> &Self {
        self.logs_in().await.asks_for(self.address).await.follows_the_mail().await
    }

    /// «Logg ut», of all services.
    pub async fn logs_out(&self) -> &Self {
        self.presses(self.texts().common.log_out).await;
        self
    }
}
