//! «Opprett en helt ny brukerkonto»: for one who never had an account, by the same mailed proof.

use lambda_http::http::Method;

use crate::support::{Kontobro, Person, minutes};

/// Nora has searched in vain and chosen to make an account.
async fn nora_at_the_form(kontobro: &Kontobro) -> Person<'_> {
    let nora = kontobro.person("Nora Ny");
    nora.logs_in().await.searches_for(nora.address).await;
    nora.presses("Opprett en helt ny brukerkonto").await;
    nora
}

#[tokio::test]
async fn s14_without_the_tick_nothing_is_asked_for() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    nora.reads("Ikke opprett en ny konto hvis du har en fra før.");
    nora.presses("Bekreft").await;
    let error =
        "Kryss av for at du ikke har hatt konto tidligere, eller søk med en annen e-postadresse.";
    assert_eq!(nora.page().errors, [error]);
    assert!(nora.page().title.starts_with("Feil: "));
    assert!(kontobro.outbox().all().is_empty());
    assert!(kontobro.books().of_kind("REQUEST").is_empty());
    nora.ticks("ny").presses("Bekreft").await;
    nora.sees("Sjekk e-posten din");
    kontobro.outbox().only_mail_to(nora.address);
}

#[tokio::test]
async fn a_new_account_exists_only_once_the_link_is_used() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    nora.ticks("ny").presses("Bekreft").await;
    assert!(kontobro.books().of_kind("ACCOUNT").is_empty());
    nora.follows_the_mail().await.sees("Fyll ut profilen din");
    assert_eq!(nora.page().value("Fornavn"), "");
    kontobro.sweeps().await;
    let receipt = kontobro.outbox().newest_mail_to(nora.address);
    assert_eq!(receipt.0.subject, "Brukerkontoen din hos NAKOS er opprettet");
    assert!(!receipt.has_link());
}

#[tokio::test]
async fn a_new_profile_is_filled_in_once_and_looked_over_later() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    nora.ticks("ny").presses("Bekreft").await;
    nora.follows_the_mail().await.sees("Fyll ut profilen din").reads("Steg 5 av 5");
    nora.types("Fornavn", "Nora").types("Etternavn", "Ny").presses("Lagre").await;
    nora.opens("/profil").await;
    nora.sees("Se over profilen din").does_not_read("Steg");
}

#[tokio::test]
async fn t38_the_address_of_a_new_account_is_the_one_that_was_searched_for() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    let csrf = nora.page().value("csrf").to_owned();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for address in ["", "other@example.no", "x"] {
        let body = format!("csrf={csrf}&ny=ja&adresse={address}");
        let answer = nora.sends(Method::POST, "/ny", &form, body).await;
        assert_eq!(answer.heading(), "Siden gjelder ikke lenger");
    }
    nora.opens("/ny").await;
    nora.is_at("/sok");
    assert!(kontobro.outbox().all().is_empty());
}

#[tokio::test]
async fn a_form_left_open_over_an_hour_begins_again_at_the_search() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    let form = nora.in_another_tab();
    for _ in 0..3 {
        kontobro.clock.passes(minutes(21));
        nora.opens("/sok").await;
    }
    form.browser.change_cookies(|jar| *jar = nora.cookies().clone());
    form.ticks("ny").presses("Bekreft").await;
    form.sees("Siden gjelder ikke lenger").follows("Søk på nytt").await;
    form.is_at("/sok");
}

#[tokio::test]
async fn a_double_click_asks_for_one_new_account() {
    let kontobro = Kontobro::start().await;
    let nora = nora_at_the_form(&kontobro).await;
    let again = nora.in_another_tab();
    nora.ticks("ny");
    again.ticks("ny");
    tokio::join!(nora.presses("Bekreft"), again.presses("Bekreft"));
    nora.sees("Sjekk e-posten din");
    again.sees("Sjekk e-posten din");
    kontobro.outbox().only_mail_to(nora.address);
    nora.follows_the_mail().await.sees("Fyll ut profilen din");
}

#[tokio::test]
async fn a_new_account_after_an_old_one_is_asked_for_at_the_first_try() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.searches_for("kari.ny@example.no").await;
    kari.presses("Opprett en helt ny brukerkonto").await;
    kontobro.wire.clear();
    kari.ticks("ny").presses("Bekreft").await;
    let calls = kontobro.calls_to("dynamodb");
    let asked = calls.iter().filter(|call| call.operation == "TransactWriteItems");
    assert_eq!(asked.count(), 1, "its trail begins with it, whatever the old account's says");
}

#[tokio::test]
async fn t56_the_last_wish_counts_when_one_asks_for_an_old_account_and_then_a_new_one() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let old = kontobro.outbox().only_mail_to(kari.address).link();
    kari.searches_for("kari.ny@example.no").await;
    kari.presses("Opprett en helt ny brukerkonto").await;
    kari.ticks("ny").presses("Bekreft").await;
    let new = kontobro.outbox().only_mail_to("kari.ny@example.no").link();
    let other_tab = kari.in_another_tab();
    tokio::join!(kari.opens_from_elsewhere(&new), other_tab.opens_from_elsewhere(&old));
    kari.sees("Fyll ut profilen din");
    assert_eq!(kontobro.books().of_kind("PERSON").len(), 1);
}
