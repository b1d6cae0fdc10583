//! «Bekreft»: one request, one mail, and nothing before the second look.

use kontobro::domain::{Account, Email, RequestId};
use lambda_http::http::Method;

use crate::support::{Kontobro, hours, minutes, old_account, seconds, text};

#[tokio::test]
async fn the_reference_on_the_screen_is_the_one_in_the_mail() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    let text = kari.page().text.clone();
    let reference = &text.split("Referansen ").nth(1).expect("a reference")[..9];
    assert!(mail.says(&format!("Referanse: {reference}.")));
    kari.reads("Vi har sendt en e-post til kari.nordmann@example.no.");
    kari.reads("Lenken virker til 5. mars 2030 kl. 10.00.").reads("søppelposten (spam)");
    assert!(mail.says("Den virker til 5. mars 2030 kl. 10.00"));
}

#[tokio::test]
async fn t40_the_mail_goes_to_the_address_of_the_account_letter_by_letter() {
    let kontobro = Kontobro::start().await;
    let ola = kontobro.person("Ola Nordmann");
    kontobro.has(old_account("Ola Nordmann", "Ola.Nordmann@Example.NO")).await;
    ola.logs_in().await.asks_for("OLA.nordmann@example.no").await.sees("Sjekk e-posten din");
    assert_eq!(kontobro.outbox().all().len(), 1);
    kontobro.outbox().only_mail_to("Ola.Nordmann@Example.NO");
}

#[tokio::test]
async fn d2_a_new_mail_replaces_the_older_link() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let first = kontobro.outbox().only_mail_to(kari.address).link();
    kari.presses("Send e-posten på nytt").await;
    kari.reads("Vent 2 minutter før du sender e-posten på nytt.");
    kontobro.outbox().only_mail_to(kari.address);

    kontobro.clock.passes(minutes(2));
    kari.presses("Send e-posten på nytt").await;
    kari.reads("Vi har sendt en ny e-post. Lenken i den gamle virker ikke lenger.");
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 2);
    kari.opens_from_elsewhere(&first).await;
    kari.sees("Du har fått en nyere e-post");
    assert_eq!(kari.page().status, 410);
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn mails_of_one_request_are_told_apart_and_the_newest_says_that_it_is() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kontobro.clock.passes(minutes(3));
    kari.presses("Send e-posten på nytt").await;
    let [first, newest] = &kontobro.outbox().mails_to(kari.address)[..] else {
        panic!("two mails")
    };
    let more = newest.0.subject.strip_prefix(&first.0.subject).expect("the same, and more");
    assert!(more.contains("ny lenke kl."), "{more}");
    let names = [first, newest].map(|mail| {
        let header = |named: &str| mail.0.headers.iter().find(|(name, _)| name == named);
        assert!(["In-Reply-To", "References"].map(header).iter().all(Option::is_none));
        header("X-Entity-Ref-ID").expect("a name of its own")
    });
    assert_ne!(names[0], names[1]);
}

#[tokio::test]
async fn t39_three_mails_a_day_and_the_newest_link_still_works() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    for _ in 0..2 {
        kontobro.clock.passes(minutes(3));
        kari.presses("Send e-posten på nytt").await;
    }
    kontobro.clock.passes(minutes(3));
    kari.presses("Send e-posten på nytt").await;
    kari.sees("Du har bedt om mange e-poster i dag");
    assert_eq!(kari.page().status, 429);
    kari.asks_for(kari.address).await.sees("Sjekk e-posten din");
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 3);
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t39_cancelling_and_asking_again_does_not_reset_the_count() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    for _ in 0..3 {
        kari.asks_for(kari.address).await.sees("Sjekk e-posten din");
        kari.presses("Trekk tilbake forespørselen").await;
    }
    kari.asks_for(kari.address).await.sees("Du har bedt om mange e-poster i dag");
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 3);
    kontobro.clock.passes(hours(24));
    kari.logs_in().await.asks_for(kari.address).await.sees("Sjekk e-posten din");
}

#[tokio::test]
async fn t39_ten_mails_a_day_about_one_account_over_all_persons() {
    let kontobro = Kontobro::start().await;
    let owner = kontobro.person("Kari Nordmann");
    owner.has_an_old_account().await;
    owner.logs_in().await.asks_for(owner.address).await;
    let names = ["Ola Nordmann", "Bjørn Åsen", "Kari Hansen"];
    for name in names {
        let stranger = kontobro.person(name);
        stranger.logs_in().await.asks_for(owner.address).await;
        for _ in 0..2 {
            kontobro.clock.passes(minutes(3));
            stranger.presses("Send e-posten på nytt").await;
        }
    }
    let mails = kontobro.outbox().mails_to(owner.address);
    assert_eq!(mails.len(), 10);
    let late = kontobro.person("Gunnar Moe");
    late.logs_in().await.asks_for(owner.address).await;
    late.sees("Vi har sendt mange e-poster om denne kontoen i dag");
    assert_eq!(late.page().status, 429);
    assert_eq!(kontobro.outbox().all().len(), 10);
    assert!(kontobro.log().contains("account_asked_for_too_often"));
    owner.opens_from_elsewhere(&mails[0].link()).await;
    owner.sees("Bekreft brukerkontoen din").presses("Bekreft brukerkonto").await; // 18 minutes later
    owner.sees("Se over profilen din");
}

#[tokio::test]
async fn who_cancels_is_free_to_search_and_the_link_is_dead() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.presses("Trekk tilbake forespørselen").await;
    kari.is_at("/sok").reads("Du har trukket tilbake forespørselen. Ingen konto er koblet til deg");
    kari.follows_the_mail().await.sees("Du trakk tilbake forespørselen");
    assert_eq!(kari.page().status, 410);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "cancelled"]);
    kari.opens("/sendt").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn a_double_click_on_bekreft_is_one_request_with_one_mail() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Slå sammen").await;
    let [one, two] = [kari.in_another_tab(), kari.in_another_tab()];
    tokio::join!(one.presses("Bekreft"), two.presses("Bekreft"), kari.presses("Bekreft"));
    for tab in [&one, &two, &kari] {
        tab.sees("Sjekk e-posten din");
    }
    kontobro.outbox().only_mail_to(kari.address);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn coming_back_to_bekreft_a_little_later_asks_for_nothing_new() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Slå sammen").await;
    let back = kari.in_another_tab();
    kari.presses("Bekreft").await;
    kontobro.clock.passes(seconds(100));
    back.presses("Bekreft").await;
    back.sees("Sjekk e-posten din");
    kontobro.outbox().only_mail_to(kari.address);
}

#[tokio::test]
async fn t37_a_hit_is_good_for_an_hour_and_for_its_own_session_only() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    let (_, handle, _) = kari.browser.filled_in(&kari.page(), "Slå sammen");
    ola.logs_in().await.opens(&handle).await;
    ola.sees("Siden gjelder ikke lenger");
    assert_eq!(ola.page().status, 409);
    for _ in 0..3 {
        kontobro.clock.passes(minutes(20));
        kari.opens("/hjelp").await;
        kari.opens("/sok").await;
    }
    kari.opens(&handle).await;
    kari.sees("Siden gjelder ikke lenger").follows("Søk på nytt").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t38_nothing_is_asked_for_without_the_second_look() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    let page = kari.page();
    let (_, address, _) = kari.browser.filled_in(&page, "Slå sammen");
    let hit = address.split_once("konto=").expect("a handle").1;
    let csrf = page.value("csrf");
    let of_the_new_account = page.value("adresse");
    for konto in [hit, of_the_new_account, "", "x"] {
        let body = format!("csrf={csrf}&konto={konto}");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let answer = kari.sends(Method::POST, "/bekreft", &form, body).await;
        assert_eq!(answer.heading(), "Siden gjelder ikke lenger", "{konto}");
    }
    assert!(kontobro.outbox().all().is_empty());
    assert!(kontobro.books().of_kind("REQUEST").is_empty());
}

#[tokio::test]
async fn t43_an_account_that_changed_since_the_second_look_is_looked_at_again() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.searches_for(kari.address).await;
    ola.presses("Slå sammen").await;
    kari.links_the_old_account().await;
    ola.presses("Bekreft").await;
    ola.sees("Vi kan ikke slå sammen denne kontoen");
    assert_eq!(kontobro.outbox().all().len(), 1);
}

#[tokio::test]
async fn asking_for_another_account_replaces_what_was_asked_for_before() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let other = "kari.gammel@example.no";
    kontobro.has(old_account("Kari Nordmann", other)).await;
    kari.logs_in().await.asks_for(other).await;
    kari.asks_for(kari.address).await.sees("Sjekk e-posten din").reads(kari.address);
    kari.opens_from_elsewhere(&kontobro.outbox().only_mail_to(other).link()).await;
    kari.sees("Du har bedt om noe annet siden");
    kari.follows_the_mail().await.sees("Se over profilen din");
    assert_eq!(kari.page().value("E-post"), kari.address);
}

#[tokio::test]
async fn t40_an_account_is_found_by_the_address_it_has_now() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let moved = Account {
        email: Email::parse("kari.ny@example.no").expect("an address"),
        ..old_account("Kari Nordmann", kari.address)
    };
    kontobro.has(moved).await;
    kari.logs_in().await.searches_for(kari.address).await.sees("Vi fant ingen konto");
    kari.asks_for("kari.ny@example.no").await;
    kontobro.outbox().only_mail_to("kari.ny@example.no");
}

const OTHER: &str = "kari.gammel@example.no";

/// The reference of the newest mail to this address.
fn reference(kontobro: &Kontobro) -> String {
    let books = kontobro.books();
    let [request] = books.of_kind("REQUEST")[..] else { panic!("one person has asked") };
    RequestId::parse(&text(request, "id")).expect("an id").reference()
}

#[tokio::test]
async fn the_second_look_says_that_the_link_of_what_was_asked_before_will_die() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.has(old_account("Kari Nordmann", OTHER)).await;
    kari.logs_in().await.searches_for(kari.address).await.presses("Slå sammen").await;
    kari.does_not_read("Du har allerede bedt om").presses("Bekreft").await;
    let first = reference(&kontobro);
    kari.searches_for(OTHER).await.presses("Slå sammen").await;
    kari.reads("Du har allerede bedt om en annen konto.").reads(&format!("referansen {first}"));
    kari.reads(&format!("E-posten til {}", kari.address)).reads("virker ikke lenken i den lenger");

    // The same account again: its newest mail counts.
    let again = kari.in_another_tab();
    again.searches_for(kari.address).await.presses("Slå sammen").await;
    again.reads("Du har allerede bedt om denne kontoen.").reads(&first);
    // And a new account.
    let new = kari.in_another_tab();
    new.searches_for("kari.ny@example.org").await.presses("Opprett en helt ny brukerkonto").await;
    new.reads("Du har allerede bedt om en annen konto.").reads(&first);
    new.ticks("ny").presses("Bekreft").await;
    let second = reference(&kontobro);
    again.reloads().await;
    again.reads("Du har allerede bedt om en ny konto.").reads(&second).does_not_read(&first);
    new.searches_for("kari.ny@example.org").await.presses("Opprett en helt ny brukerkonto").await;
    new.reads("Du har allerede bedt om denne kontoen.").reads(&second);

    kari.presses("Bekreft").await;
    kari.sees("Sjekk e-posten din");
    kari.follows_the_mail().await.sees("Du har bedt om noe annet siden");
    kontobro.clock.passes(hours(25));
    kari.logs_in().await.searches_for(kari.address).await.presses("Slå sammen").await;
    kari.does_not_read("Du har allerede bedt om"); // that link is dead already
}

#[tokio::test]
async fn giving_a_request_up_is_called_what_it_is_and_says_what_becomes_of_the_link() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.does_not_read("Avbryt").reads("Da virker ikke lenken i e-posten lenger");
    kari.presses("Trekk tilbake forespørselen").await;
    kari.is_at("/sok").reads("Du har trukket tilbake forespørselen.");
    let cancel = kari.page().link("Avbryt").to_owned();
    let history = kontobro.books().history_of(kari.address);
    kari.opens(&cancel).await;
    assert_eq!(kontobro.books().history_of(kari.address), history, "«Avbryt» changes nothing");
}
