//! Addresses whose domain has letters beyond ASCII: pages and mails show them as written, and SES is
//! given the A-labels that it takes.

use crate::support::{Kontobro, Service, minutes, old_account};

/// An account of `events/accounts.csv`.
const SOLVEIG: &str = "solveig@blåbær.example.no";
/// The same as SES takes it.
const SOLVEIG_ON_THE_WIRE: &str = "solveig@xn--blbr-roah.example.no";
/// Another that a person may choose.
const NEW: &str = "Solveig.Ny@tyttebær.example.no";
const NEW_ON_THE_WIRE: &str = "Solveig.Ny@xn--tyttebr-rxa.example.no";

#[tokio::test]
async fn t115_an_account_with_an_idn_domain_is_linked_by_mail_and_its_receipt_arrives() {
    let kontobro = Kontobro::start().await;
    let solveig = kontobro.person("Kari Nordmann");
    kontobro.has(old_account("Solveig Bærøe", SOLVEIG)).await;
    solveig.logs_in().await.asks_for(SOLVEIG).await;
    solveig.sees("Sjekk e-posten din").reads(&format!("Vi har sendt en e-post til {SOLVEIG}."));

    let mail = kontobro.outbox().only_mail_to(SOLVEIG_ON_THE_WIRE);
    solveig.opens_from_elsewhere(&mail.link()).await;
    solveig.sees("Se over profilen din");
    assert_eq!(solveig.page().value("E-post"), SOLVEIG);
    solveig.saves().await.sees("Du er ferdig");
    kontobro.sweeps().await;
    assert_eq!(
        kontobro.outbox().mails_to(SOLVEIG_ON_THE_WIRE).len(),
        2,
        "the link and the receipt"
    );
}

#[tokio::test]
async fn t115_a_new_account_may_have_an_address_with_an_idn_domain() {
    let kontobro = Kontobro::start().await;
    let nora = kontobro.person("Nora Ny");
    nora.logs_in().await.searches_for(SOLVEIG).await;
    nora.presses("Opprett en helt ny brukerkonto").await;
    nora.ticks("ny").presses("Bekreft").await;
    let mail = kontobro.outbox().only_mail_to(SOLVEIG_ON_THE_WIRE);
    nora.opens_from_elsewhere(&mail.link()).await;
    nora.sees("Fyll ut profilen din");
}

#[tokio::test]
async fn t115_an_address_is_changed_from_one_idn_domain_to_another_and_both_are_told() {
    let kontobro = Kontobro::start().await;
    let solveig = kontobro.person("Kari Nordmann");
    kontobro.has(old_account("Solveig Bærøe", SOLVEIG)).await;
    kontobro.secrets.address(NEW);
    solveig.logs_in().await.asks_for(SOLVEIG).await;
    let link = kontobro.outbox().only_mail_to(SOLVEIG_ON_THE_WIRE).link();
    solveig.opens_from_elsewhere(&link).await;
    solveig.saves().await;

    solveig.opens("/profil").await;
    solveig.types("E-post", NEW).presses("Lagre").await;
    kontobro.clock.passes(minutes(1));
    kontobro.sweeps().await;
    let told = kontobro.outbox().newest_mail_to(SOLVEIG_ON_THE_WIRE);
    assert!(told.says("om å bytte e-postadresse"), "{}", told.0.text);
    let proof = kontobro.outbox().only_mail_to(NEW_ON_THE_WIRE);
    solveig.opens_from_elsewhere(&proof.link()).await;
    solveig.opens("/profil").await;
    assert_eq!(solveig.page().value("E-post"), NEW);
}

#[tokio::test]
async fn t115_answers_go_to_a_support_address_with_an_idn_domain_that_is_shown_as_written() {
    let support = "hjelp@blåbær.example.no";
    let service = Service::new();
    let kontobro = service.starts_with(&[("SUPPORT_EMAIL", support)]).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.reads(support);
    kari.asks_for(kari.address).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    assert_eq!(mail.0.reply_to, "hjelp@xn--blbr-roah.example.no");
    assert!(mail.says(support));
}
