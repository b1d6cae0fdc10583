//! When SES fails, or everything stops between store and mail: the mail goes later, with its link.

use standins::wire::Kind;

use crate::support::{Kontobro, Service, minutes, old_account};

#[tokio::test]
async fn t72_ses_being_down_is_told_as_on_its_way_and_the_sweeper_sends_the_same_link_later() {
    for fault in [standins::ses::paused(), standins::ses::sandboxed(), Kind::CutBefore] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.breaks("ses", fault);
        kari.logs_in().await.asks_for(kari.address).await;
        kari.sees("Sjekk e-posten din").reads("En e-post til kari.nordmann@example.no er på vei.");
        kari.reads("E-posten er på vei. Det kan ta litt tid.").does_not_read("Vi har sendt");
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
        assert!(kontobro.outbox().all().is_empty());
        kontobro.heals();
        kontobro.clock.passes(minutes(5));
        kontobro.sweeps().await;
        kontobro.outbox().only_mail_to(kari.address);
        kari.reloads().await;
        kari.reads("Vi har sendt en e-post til kari.nordmann@example.no.");
        kari.follows_the_mail().await.sees("Se over profilen din");
    }
}

#[tokio::test]
async fn t71_a_mail_that_ses_took_without_an_answer_comes_again_with_the_same_link() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.breaks("ses", Kind::CutAfter);
    kari.logs_in().await.asks_for(kari.address).await;
    for _ in 0..5 {
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
    }
    let handed_over: Vec<_> = kontobro.calls_to("ses");
    let mails = kontobro.outbox().mails_to(kari.address);
    assert_eq!(mails.len(), handed_over.len());
    assert!(mails.len() <= 3, "{} mails", mails.len());
    let links: Vec<_> = mails.iter().map(|mail| mail.link()).collect();
    assert!(links.iter().all(|link| *link == links[0]), "one link");
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn a_receipt_that_ses_does_not_take_is_owed_until_it_does() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.breaks("ses", standins::ses::paused());
    kontobro.sweeps().await;
    assert_eq!(kontobro.outbox().all().len(), 1);
    kontobro.heals();
    for _ in 0..10 {
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
    }
    assert_eq!(kontobro.outbox().all().len(), 2);
}

#[tokio::test]
async fn a_receipt_that_ses_refuses_is_tried_again_after_a_pause_however_often() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.breaks("ses", standins::ses::sandboxed());
    kontobro.calls_to("ses");
    for tries in [1, 0, 1, 0, 1, 0, 1] {
        kontobro.sweeps().await;
        assert_eq!(kontobro.calls_to("ses").len(), tries);
        kontobro.clock.passes(if tries == 1 { minutes(4) } else { minutes(1) });
    }
    kontobro.heals();
    kontobro.clock.passes(minutes(5));
    kontobro.sweeps().await;
    assert_eq!(kontobro.outbox().all().len(), 2);
}

#[tokio::test]
async fn t72_an_address_that_ses_can_never_mail_is_told_as_dead_and_not_tried_again() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let never = Kind::Refuse { status: 400, error: "BadRequestException".to_owned() };
    kontobro.breaks("ses", never);
    kari.logs_in().await.asks_for(kari.address).await;
    kari.reads("Vi kan ikke sende flere e-poster til");
    kontobro.heals();
    kontobro.calls_to("ses");
    kontobro.clock.passes(minutes(10));
    kontobro.sweeps().await;
    assert!(kontobro.calls_to("ses").is_empty());
}

#[tokio::test]
async fn an_address_of_a_form_that_ses_never_takes_is_told_before_bekreft() {
    let kontobro = Kontobro::start().await;
    let (old, new) = ("bjørn.åsen@example.no", "bjørn.ny@example.no");
    kontobro.has(old_account("Bjørn Åsen", old)).await;
    kontobro.secrets.address(new);
    let bjorn = kontobro.person("Kari Nordmann");
    bjorn.logs_in().await;
    for (address, on) in [(old, "Slå sammen"), (new, "Opprett en helt ny brukerkonto")] {
        bjorn.searches_for(address).await.presses(on).await;
        bjorn.sees("Vi kan ikke sende e-post til adressen").reads("æ, ø, å");
        assert_eq!(bjorn.page().status, 409);
    }
    assert!(kontobro.books().history_of(old).is_empty());
    assert!(kontobro.calls_to("ses").is_empty());
}

#[tokio::test]
async fn t70_killed_between_store_and_mail_a_restart_sends_the_mail() {
    let service = Service::new();
    let browser;
    {
        let kontobro = service.starts().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.breaks("ses", Kind::CutBefore);
        kari.logs_in().await.asks_for(kari.address).await;
        browser = kari.cookies().clone();
    }
    service.clock.passes(minutes(2));
    let kontobro = service.starts().await;
    let kari = kontobro.person("Kari Nordmann");
    assert!(kontobro.outbox().all().is_empty());
    kontobro.sweeps().await;
    kari.browser.change_cookies(|jar| *jar = browser);
    kari.follows_the_mail().await.sees("Se over profilen din");
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn a_restart_after_bekreft_loses_nothing() {
    let service = Service::new();
    {
        let kontobro = service.starts().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
    }
    let kontobro = service.starts().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.sees("Sjekk e-posten din");
    let token = kontobro.outbox().only_mail_to(kari.address).token();
    kari.opens(&format!("/b?t={token}")).await;
    kari.sees("Se over profilen din");
}
