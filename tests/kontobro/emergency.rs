//! What an operator can do in an emergency: close a part (T100), void what a restore revives (T68).

use crate::support::{Kontobro, Service, minutes};

const CLOSED: &str = "Tjenesten er stengt akkurat nå";
/// Far ahead, in the winter: a whole date.
const REOPENS: &str = "2099-11-25T08:00:00+01:00";
const REOPENS_IN_WORDS: &str = "Vi åpner igjen 25. november 2099 kl. 08.00.";
const SOON: [&str; 3] = [
    "Vi åpner igjen så snart vi kan.",
    "Vi opnar igjen så snart vi kan.",
    "We reopen as soon as we can.",
];
const NEW: &str = "kari.ny@example.org";

async fn closed(service: &Service, parts: &str) -> Kontobro {
    service.starts_with(&[("CLOSED", parts), ("REOPENS", REOPENS)]).await
}

/// From a backup, just now.
async fn restored(service: &Service) -> Kontobro {
    service.starts_with(&[("NOT_BEFORE", &*service.clock.now().to_string())]).await
}

#[tokio::test]
async fn t100_while_searching_is_closed_everything_else_goes_on() {
    let service = Service::new();
    {
        let kontobro = service.starts().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
    }
    let kontobro = closed(&service, "search").await;
    let ola = kontobro.person("Ola Nordmann");
    ola.opens("/").await;
    ola.reads("Du kan ikke koble kontoen din akkurat nå.").reads(REOPENS_IN_WORDS);
    ola.logs_in().await.is_at("/sok");
    for path in ["/sok", "/treff"] {
        ola.opens(path).await;
        ola.sees(CLOSED).reads(REOPENS_IN_WORDS);
        assert_eq!(ola.page().status, 503);
    }
    ola.logs_out().await.sees("Du er logget ut");
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.sees("Sjekk e-posten din");
    let link = kontobro.outbox().only_mail_to(kari.address).token();
    kari.opens(&format!("/b?t={link}")).await;
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn t100_while_mail_is_closed_none_is_asked_for_and_the_outbox_keeps_what_it_has() {
    let service = Service::new();
    {
        let kontobro = service.starts().await;
        let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
        kari.has_an_old_account().await;
        ola.has_an_old_account().await;
        ola.links_the_old_account().await.saves().await;
        kontobro.breaks("ses", standins::ses::paused());
        kari.logs_in().await.asks_for(kari.address).await;
    }
    {
        let kontobro = closed(&service, "mail").await;
        let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
        for _ in 0..10 {
            service.clock.passes(minutes(1));
            kontobro.sweeps().await;
        }
        assert_eq!(kontobro.outbox().all().len(), 1, "the one that Ola used");
        kari.logs_in().await.presses("Send e-posten på nytt").await;
        kari.sees(CLOSED);
        kari.searches_for(kari.address).await.presses("Slå sammen").await;
        kari.presses("Bekreft").await;
        kari.sees(CLOSED);

        kontobro.secrets.address(NEW);
        ola.logs_in().await.opens("/profil").await;
        ola.types("Fornavn", "Ole").types("E-post", NEW).presses("Lagre").await;
        ola.sees(CLOSED);
        ola.opens("/profil").await;
        let typed = ["Fornavn", "E-post"].map(|name| ola.page().value(name).to_owned());
        assert_eq!(typed, ["Ole", NEW]);
        ola.types("E-post", ola.address).presses("Lagre").await;
        ola.sees("Endringene er lagret");

        let nora = kontobro.person("Nora Ny");
        nora.logs_in().await.searches_for(nora.address).await;
        nora.presses("Opprett en helt ny brukerkonto").await;
        nora.ticks("ny").presses("Bekreft").await;
        nora.sees(CLOSED);
        assert_eq!(kontobro.books().of_kind("REQUEST").len(), 2, "Kari's, and Ola's from before");
    }
    let kontobro = service.starts().await;
    kontobro.sweeps().await;
    let kari = kontobro.person("Kari Nordmann");
    let link = kontobro.outbox().only_mail_to(kari.address).token();
    assert_eq!(kontobro.outbox().mails_to("ola.nordmann@example.no").len(), 2, "and his receipt");
    kari.logs_in().await.opens(&format!("/b?t={link}")).await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t100_while_links_are_closed_a_link_stays_good() {
    let service = Service::new();
    let (link, cookies) = {
        let kontobro = service.starts().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
        let link = kontobro.outbox().only_mail_to(kari.address).token();
        (format!("/b?t={link}"), kari.cookies().clone())
    };
    {
        let kontobro = closed(&service, "links,search").await;
        let kari = kontobro.person("Kari Nordmann");
        kari.browser.change_cookies(|jar| *jar = cookies.clone());
        for _ in 0..2 {
            kari.opens(&link).await;
            kari.sees(CLOSED)
                .reads("Har du fått en e-post med en lenke fra oss, kan du bruke lenken etterpå.");
        }
        let stranger = kontobro.browser();
        stranger.opens(&format!("{link}&sprak=en")).await;
        stranger.sees("Sorry, the service is closed right now");
        assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
    }
    let kontobro = service.starts().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.browser.change_cookies(|jar| *jar = cookies);
    kari.opens(&link).await;
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn t100_when_the_service_opens_again_is_told_in_each_language() {
    for (reopens, words) in [
        (
            REOPENS,
            [
                REOPENS_IN_WORDS,
                "Vi opnar igjen 25. november 2099 kl. 08.00.",
                "We reopen on 25 November 2099 at 08:00.",
            ],
        ),
        // It is Monday 4 March 2030, ten in the morning.
        (
            "2030-03-04T14:30:00+01:00",
            [
                "Vi åpner igjen i dag kl. 14.30.",
                "Vi opnar igjen i dag kl. 14.30.",
                "We reopen today at 14:30.",
            ],
        ),
        (
            "2030-03-05T07:00:00Z",
            [
                "Vi åpner igjen i morgen kl. 08.00.",
                "Vi opnar igjen i morgon kl. 08.00.",
                "We reopen tomorrow at 08:00.",
            ],
        ),
        // Nobody knows, or what was promised has passed.
        ("", SOON),
        ("2020-11-25T08:00:00Z", SOON),
    ] {
        let service = Service::new();
        let kontobro = service.starts_with(&[("CLOSED", "links"), ("REOPENS", reopens)]).await;
        let stranger = kontobro.browser();
        for (language, words) in ["nb", "nn", "en"].into_iter().zip(words) {
            stranger.opens(&format!("/b?t=x&sprak={language}")).await;
            stranger.reads(words);
        }
    }
}

/// A backup brings back what the tables were then: sessions that ended since, links that were used
/// or replaced since, mails that were sent since.
#[tokio::test]
async fn t68_after_a_restore_neither_sessions_nor_links_nor_mails_from_before_are_alive() {
    let service = Service::new();
    let (link, cookies) = {
        let kontobro = service.starts().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.breaks("ses", standins::wire::Kind::CutAfter); // sent, but it is not known
        kari.logs_in().await.asks_for(kari.address).await;
        let link = kontobro.outbox().mails_to(kari.address)[0].token();
        (format!("/b?t={link}"), kari.cookies().clone())
    };
    service.clock.passes(minutes(5));
    let kontobro = restored(&service).await;
    let kari = kontobro.person("Kari Nordmann");
    let sent = kontobro.outbox().all().len();
    kontobro.sweeps().await;
    assert_eq!(kontobro.outbox().all().len(), sent, "a dead link is not mailed again");
    kari.browser.change_cookies(|jar| *jar = cookies);
    kari.opens("/sendt").await;
    kari.sees("Du har blitt logget ut");

    kari.logs_in().await;
    kari.opens(&link).await;
    kari.sees("Lenken er for gammel");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
    kari.asks_for(kari.address).await.follows_the_mail().await.saves().await;
    kari.sees("Du er ferdig");
}

#[tokio::test]
async fn t68_what_began_after_a_restore_is_alive() {
    let service = Service::new();
    let kontobro = restored(&service).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await.sees("Du er ferdig");
}
