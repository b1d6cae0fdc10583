//! The whole way, as people go it.

use kontobro::{
    domain::limits,
    texts::{Language, fill, texts},
};

use crate::support::{Books, Kontobro, hours, minutes};

#[tokio::test]
async fn a_citizen_moves_an_old_account_to_idporten() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;

    kari.opens("/").await;
    kari.sees("Koble kontoen din til ID-porten").follows("Logg inn med ID-porten").await;
    kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
    kari.sees("Hvilken e-postadresse har du brukt hos NAKOS?").is_at("/sok");
    kari.types("epost", "kari.nordmann@example.no").presses("Søk").await;
    kari.sees("Vi fant én konto").reads("Ka••• No•••").reads("ka•••1");
    kari.presses("Slå sammen").await;
    kari.sees("Er dette riktig konto?").reads("Ka••• No•••").reads(kari.address);
    assert!(kontobro.outbox().all().is_empty(), "no mail before «Bekreft» (S21)");
    kari.presses("Bekreft").await;
    kari.sees("Sjekk e-posten din").is_at("/sendt");

    let mail = kontobro.outbox().only_mail_to("kari.nordmann@example.no");
    kari.opens_from_elsewhere(&mail.link()).await;
    kari.sees("Se over profilen din").is_at("/profil");
    assert_eq!(kari.page().value("Fornavn"), "Kari");
    kari.presses("Lagre").await;
    kari.sees("Du er ferdig").follows("Gå til NAKOS").await;
    kari.sees("Du er på portalen");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked", "saved"]);
}

#[tokio::test]
async fn the_whole_way_is_there_in_bokmaal_nynorsk_and_english() {
    for language in Language::ALL {
        let kontobro = Kontobro::start().await;
        let (kari, t) = (kontobro.person("Kari Nordmann"), texts(language));
        kari.has_an_old_account().await;
        let nakos = |text| fill(text, &[("service_name", "NAKOS")]);
        let here = |heading: &str| {
            kari.sees(heading);
            assert_eq!(kari.page().lang, language.tag());
        };

        kari.opens("/").await;
        kari.follows(language.name()).await;
        here(t.start.heading);
        kari.goes_to_idporten().await;
        kari.identifies_as(kari.pid, "idporten-loa-high").await;
        here(&nakos(t.search.heading));
        kari.types("epost", kari.address).presses(t.search.button).await;
        here(t.result.one);
        kari.presses(t.result.merge).await;
        here(t.check.page.heading);
        kari.presses(t.common.confirm).await;
        here(t.sent.page.heading);
        let mail = kontobro.outbox().only_mail_to(kari.address);
        assert_eq!(mail.0.subject, nakos(t.mail.confirmation.subject));
        assert!(mail.says(t.mail.confirmation.button));
        kari.opens_from_elsewhere(&mail.link()).await;
        here(t.profile.page.heading);
        kari.presses(t.profile.save).await;
        here(t.done.page.heading);
        kontobro.sweeps().await;
        let receipt = kontobro.outbox().newest_mail_to(kari.address);
        assert_eq!(receipt.0.subject, nakos(t.mail.receipt.subject));
        kari.presses(t.common.log_out).await;
        here(t.system.logged_out.heading);
    }
}

#[tokio::test]
async fn a_language_chosen_on_a_page_stays_and_keeps_the_page() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Slå sammen").await;
    kari.follows("English").await;
    kari.sees("Is this the right account?").presses("Confirm").await;
    kari.sees("Check your email");
    assert_eq!(
        kontobro.outbox().only_mail_to(kari.address).0.subject,
        "Confirm your NAKOS account"
    );
}

#[tokio::test]
async fn someone_new_types_a_wrong_address_twice_and_makes_an_account() {
    let kontobro = Kontobro::start().await;
    let nora = kontobro.person("Nora Ny");
    nora.logs_in().await.searches_for("nora ny at example").await;
    nora.sees("Hvilken e-postadresse har du brukt hos NAKOS?");
    assert_eq!(nora.page().errors, ["E-postadressen mangler @. Skriv den slik: navn@eksempel.no."]);
    nora.searches_for("nora.nyy@example.no").await;
    nora.sees("Vi fant ingen konto").reads("nora.nyy@example.no");
    nora.types("epost", "nora.ny@example.no").presses("Søk").await;
    nora.sees("Vi fant ingen konto").presses("Opprett en helt ny brukerkonto").await;
    nora.sees("Opprett en helt ny brukerkonto").reads("nora.ny@example.no");
    nora.ticks("ny").presses("Bekreft").await;
    nora.sees("Sjekk e-posten din");

    let mail = kontobro.outbox().only_mail_to("nora.ny@example.no");
    assert!(mail.says("om en ny brukerkonto hos NAKOS"));
    nora.opens_from_elsewhere(&mail.link()).await;
    nora.sees("Fyll ut profilen din");
    nora.types("Fornavn", "Nora").types("Etternavn", "Ny").presses("Lagre").await;
    nora.sees("Du er ferdig").reads("Kontoen din ble opprettet 4. mars 2030 kl. 10.00");
    assert_eq!(kontobro.books().history_of(nora.address), ["requested", "created", "saved"]);
}

#[tokio::test]
async fn the_waiting_page_knows_whether_the_link_has_been_used() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.presses("Jeg har brukt lenken, gå videre").await;
    kari.sees("Sjekk e-posten din").reads("Lenken er ikke brukt ennå.");

    let phone = kari.on_another_device();
    phone.logs_in().await.follows_the_mail().await.sees("Se over profilen din");
    kari.presses("Jeg har brukt lenken, gå videre").await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn s10_who_is_done_goes_straight_to_the_portal() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await.logs_out().await;
    kari.logs_in().await.sees("Du er på portalen");
}

#[tokio::test]
async fn s26_who_left_before_lagre_sees_the_profile_at_the_next_login() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.logs_out().await;
    kontobro.clock.passes(hours(50));
    kari.logs_in().await.sees("Se over profilen din");
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn t61_a_request_that_is_over_leads_nobody_to_its_waiting_page() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kontobro.clock.passes(limits::LINK + limits::REQUEST_KEPT);
    let waited = || kontobro.log().matches("GET /sendt").count();
    let before = waited();
    kari.logs_in().await.is_at("/sok");
    assert_eq!((before > 0, waited()), (true, before));
    kari.opens("/sendt").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn d1_a_request_survives_logout() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    kari.logs_out().await;
    kontobro.clock.passes(minutes(90));

    kari.logs_in().await.sees("Sjekk e-posten din");
    kari.reads("Vi venter på at du bekrefter.");
    let reference = kari.page().text.split("Referansen ").nth(1).unwrap()[..9].to_owned();
    assert!(mail.says(&reference));
    kari.opens_from_elsewhere(&mail.link()).await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn searching_again_is_free_while_a_request_waits_and_its_mail_still_works() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.searches_for("kari.annen@example.no").await.sees("Vi fant ingen konto");
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t97_a_trail_that_was_changed_shortened_or_cut_in_two_is_noticed() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await;
    let whole = kontobro.books().0;
    let entries: Vec<_> = (0..whole.len()).filter(|at| !whole[*at]["seq"].is_null()).collect();
    let entries = entries.into_iter().filter(|at| whole[*at]["sk"]["S"] != "LEDGER");
    for entry in entries {
        let mut changed = whole.clone();
        changed[entry]["actor"] = serde_json::json!({ "S": "somebody else" });
        let mut shortened = whole.clone();
        shortened.remove(entry);
        for books in [Books(changed), Books(shortened)] {
            assert!(std::panic::catch_unwind(|| books.balance()).is_err(), "entry {entry}");
        }
    }
}
