//! A person's own link that completes nothing: what became of it × what the person has now. Each pair is
//! told the truth, and has a way on.

use kontobro::domain::AccountId;

use crate::{
    conditions::OTHER,
    support::{Kontobro, Person, hours, minutes, old_account},
    taken_back::taken_back,
};

const THIRD: &str = "kari.tredje@example.no";

/// What became of the link, which was mailed for the first of Kari's accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Used,
    /// Used; then staff took the account back.
    UsedAndTakenBack,
    /// She sent the mail again.
    NewerMail,
    /// She asked for another account while it waited.
    Superseded,
    Cancelled,
    Stopped,
    Expired,
    /// Nobody knows, as after a restore.
    Unknown,
}

/// What she has now; where it takes a request, that is for the next of her accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Now {
    /// Nothing since.
    AsItWas,
    /// A request that was cancelled.
    Nothing,
    /// A request that waits.
    Waits,
    /// An account.
    Account,
    /// An account, and a request that waits.
    AccountAndWaits,
    /// A request whose link is too old.
    Lapsed,
    /// A request that somebody stopped.
    Stopped,
}

/// The way on: which button, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    SendAgain,
    Wait,
    See,
    Profile,
    Search,
    /// Straight to the profile, where the account is.
    Straight,
    /// The page of what was stopped.
    Support,
}

const OLD: &str = "Lenken er for gammel";
const NEWER: &str = "Du har fått en nyere e-post";
const SUPERSEDED: &str = "Du har bedt om noe annet siden";
const USED: &str = "Lenken er allerede brukt";
const CANCELLED: &str = "Du trakk tilbake forespørselen";
const STOPPED: &str = "Vi kunne ikke fullføre dette";
const UNKNOWN: &str = "Lenken virker ikke lenger";
const PROFILE: &str = "Se over profilen din";

/// Every pair that there can be.
#[rustfmt::skip]
const TABLE: [(Fate, Now, &str, Way); 45] = {
    use Fate as F;
    use Now as N;
    use Way as W;
    [
        (F::Used, N::AsItWas, PROFILE, W::Straight),
        (F::Used, N::Nothing, PROFILE, W::Straight),
        (F::Used, N::Account, PROFILE, W::Straight),
        (F::Used, N::AccountAndWaits, PROFILE, W::Straight),
        (F::Used, N::Lapsed, PROFILE, W::Straight),
        (F::Used, N::Stopped, PROFILE, W::Straight),
        (F::UsedAndTakenBack, N::AsItWas, USED, W::Search),
        (F::UsedAndTakenBack, N::Nothing, USED, W::Search),
        (F::UsedAndTakenBack, N::Waits, USED, W::Wait),
        (F::UsedAndTakenBack, N::Account, PROFILE, W::Straight),
        (F::UsedAndTakenBack, N::AccountAndWaits, PROFILE, W::Straight),
        (F::UsedAndTakenBack, N::Lapsed, USED, W::See),
        (F::UsedAndTakenBack, N::Stopped, USED, W::See),
        (F::NewerMail, N::AsItWas, NEWER, W::Wait),
        (F::Superseded, N::Nothing, SUPERSEDED, W::Search),
        (F::Superseded, N::Waits, SUPERSEDED, W::Wait),
        (F::Superseded, N::Account, SUPERSEDED, W::Profile),
        (F::Superseded, N::AccountAndWaits, SUPERSEDED, W::Wait),
        (F::Superseded, N::Lapsed, SUPERSEDED, W::See),
        (F::Superseded, N::Stopped, SUPERSEDED, W::See),
        (F::Cancelled, N::AsItWas, CANCELLED, W::Search),
        (F::Cancelled, N::Nothing, CANCELLED, W::Search),
        (F::Cancelled, N::Waits, CANCELLED, W::Wait),
        (F::Cancelled, N::Account, CANCELLED, W::Profile),
        (F::Cancelled, N::AccountAndWaits, CANCELLED, W::Wait),
        (F::Cancelled, N::Lapsed, CANCELLED, W::See),
        (F::Cancelled, N::Stopped, CANCELLED, W::See),
        (F::Stopped, N::AsItWas, STOPPED, W::Support),
        (F::Stopped, N::Nothing, STOPPED, W::Support),
        (F::Stopped, N::Waits, STOPPED, W::Support),
        (F::Stopped, N::Account, STOPPED, W::Support),
        (F::Stopped, N::AccountAndWaits, STOPPED, W::Support),
        (F::Stopped, N::Lapsed, STOPPED, W::Support),
        (F::Stopped, N::Stopped, STOPPED, W::Support),
        (F::Expired, N::AsItWas, OLD, W::SendAgain),
        (F::Expired, N::Nothing, OLD, W::Search),
        (F::Expired, N::Waits, OLD, W::Wait),
        (F::Expired, N::Account, OLD, W::Profile),
        (F::Expired, N::AccountAndWaits, OLD, W::Wait),
        (F::Expired, N::Lapsed, OLD, W::See),
        (F::Expired, N::Stopped, OLD, W::See),
        (F::Unknown, N::AsItWas, UNKNOWN, W::Wait),
        (F::Unknown, N::Nothing, UNKNOWN, W::Search),
        (F::Unknown, N::Account, UNKNOWN, W::Profile),
        (F::Unknown, N::AccountAndWaits, UNKNOWN, W::Wait),
    ]
};

#[tokio::test]
async fn t47_every_link_tells_what_became_of_it_and_the_way_on_from_what_its_owner_has() {
    for (fate, now, heading, way) in TABLE {
        let kontobro = Kontobro::start().await;
        let cast = Cast::with_three_accounts(&kontobro).await;
        let link = cast.meets(fate).await;
        cast.comes_to(now).await;
        cast.is_told(&link, heading, way, &format!("{fate:?} × {now:?}")).await;
    }
}

struct Cast<'k> {
    kontobro: &'k Kontobro,
    kari: Person<'k>,
    ola: Person<'k>,
    first: AccountId,
}

impl<'k> Cast<'k> {
    async fn with_three_accounts(kontobro: &'k Kontobro) -> Self {
        let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
        let first = kari.has_an_old_account().await;
        for other in [OTHER, THIRD] {
            kontobro.has(old_account("Kari Nordmann", other)).await;
        }
        kari.logs_in().await;
        Self { kontobro, kari, ola, first }
    }

    async fn asks(&self, address: &str) -> String {
        self.kari.asks_for(address).await.sees("Sjekk e-posten din");
        self.kontobro.outbox().newest_mail_to(address).link()
    }

    async fn meets(&self, fate: Fate) -> String {
        let (kontobro, kari) = (self.kontobro, &self.kari);
        let link = self.asks(kari.address).await;
        match fate {
            Fate::Used => {
                kari.opens_from_elsewhere(&link).await;
                kari.saves().await;
            }
            Fate::UsedAndTakenBack => {
                kari.opens_from_elsewhere(&link).await;
                kari.saves().await;
                taken_back(kontobro, self.first, 1).await.expect("it is taken back");
                kontobro.clock.passes(minutes(1));
                kari.logs_in().await;
            }
            Fate::NewerMail => {
                kontobro.clock.passes(minutes(3));
                kari.presses("Send e-posten på nytt").await;
            }
            Fate::Superseded => {} // by what comes next
            Fate::Cancelled => drop(kari.presses("Trekk tilbake forespørselen").await),
            Fate::Stopped => self.is_stopped_by_ola(&link).await,
            Fate::Expired => {
                kontobro.clock.passes(hours(24));
                kari.logs_in().await;
            }
            Fate::Unknown => kontobro.is_asked_anew(),
        }
        link
    }

    async fn comes_to(&self, now: Now) {
        let (kontobro, kari) = (self.kontobro, &self.kari);
        if now == Now::AsItWas {
            return;
        }
        let link = self.asks(OTHER).await;
        match now {
            Now::AsItWas | Now::Waits => {}
            Now::Nothing => drop(kari.presses("Trekk tilbake forespørselen").await),
            Now::Account => drop(kari.opens_from_elsewhere(&link).await),
            Now::AccountAndWaits => {
                kari.opens_from_elsewhere(&link).await;
                if kari.page().path() == "/profil" {
                    kari.saves().await;
                }
                self.asks(THIRD).await;
            }
            Now::Lapsed => {
                kontobro.clock.passes(hours(24));
                kari.logs_in().await;
            }
            Now::Stopped => self.is_stopped_by_ola(&link).await,
        }
    }

    async fn is_stopped_by_ola(&self, link: &str) {
        self.ola.logs_in().await.opens_from_elsewhere(link).await;
        self.ola.says_not_me().await;
        self.ola.sees("Takk, nå er det stoppet");
    }

    async fn is_told(&self, link: &str, heading: &str, way: Way, pair: &str) {
        let kari = &self.kari;
        let before = self.kontobro.outbox().all().len();
        let page = kari.opens_from_elsewhere(link).await;
        assert_eq!(page.heading(), heading, "{pair}: {page}");
        let (button, to) = match way {
            Way::Straight => return,
            Way::Support => {
                assert!(page.text.contains("oppgi referansen"), "{pair}: {page}");
                return;
            }
            Way::SendAgain => ("Send ny e-post", "/sendt"),
            Way::Wait | Way::See => ("Gå videre", "/sendt"),
            Way::Profile => ("Gå videre", "/profil"),
            Way::Search => ("Søk på nytt", "/sok"),
        };
        assert!(!page.text.contains(OTHER) && !page.text.contains(kari.address), "{pair}: {page}");
        assert_eq!(page.status, 410, "{pair}: {page}");
        let next = if way == Way::SendAgain {
            kari.presses(button).await
        } else {
            kari.follows(button).await
        };
        assert_eq!(next.path(), to, "{pair}: {next}");
        let mails = self.kontobro.outbox().all().len() - before;
        assert_eq!(mails, usize::from(way == Way::SendAgain), "{pair}");
    }
}

#[tokio::test]
async fn an_expired_link_sends_a_new_mail_with_one_button_within_the_limits() {
    let kontobro = Kontobro::start().await;
    let cast = Cast::with_three_accounts(&kontobro).await;
    let link = cast.meets(Fate::Expired).await;
    let kari = &cast.kari;
    kari.opens_from_elsewhere(&link).await;
    kari.sees(OLD).reads("virker i 24 timer").presses("Send ny e-post").await;
    kari.sees("Sjekk e-posten din").reads("Vi har sendt en ny e-post");
    kari.opens_from_elsewhere(&link).await;
    kari.sees(NEWER);
    kari.follows_the_mail().await.sees(PROFILE);
}

#[tokio::test]
async fn t24_the_new_mail_needs_the_form_of_its_own_session() {
    let kontobro = Kontobro::start().await;
    let cast = Cast::with_three_accounts(&kontobro).await;
    let link = cast.meets(Fate::Expired).await;
    cast.kari.opens_from_elsewhere(&link).await;
    let (_, to, body) = cast.kari.filled_in(&cast.kari.page(), "Send ny e-post");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let elsewhere = [form, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let foreign = cast.kari.sends(lambda_http::http::Method::POST, &to, &elsewhere, body).await;
    assert_eq!(foreign.heading(), "Vi kunne ikke ta imot skjemaet");
    assert_eq!(kontobro.outbox().all().len(), 1);
}

#[tokio::test]
async fn t53_an_expired_link_of_another_address_leads_to_the_profile() {
    let kontobro = Kontobro::start().await;
    let cast = Cast::with_three_accounts(&kontobro).await;
    cast.meets(Fate::Used).await;
    let new = "kari@ny.example.no";
    kontobro.secrets.address(new);
    cast.kari.opens("/profil").await;
    cast.kari.types("E-post", new).presses("Lagre").await;
    let proof = kontobro.outbox().newest_mail_to(new).link();
    kontobro.clock.passes(hours(24));
    cast.kari.logs_in().await.opens_from_elsewhere(&proof).await;
    cast.kari.sees(OLD).follows("Gå videre").await;
    cast.kari.is_at("/profil");
}
