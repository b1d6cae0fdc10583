//! The profile, «Lagre», the receipt, and another address.

use kontobro::domain::Account;

use crate::support::{Kontobro, Person, minutes, old_account};

const MINID: &str = "idporten-loa-substantial";
const LOG_IN_AGAIN: &str = "Logg inn på nytt for å bytte e-postadresse";

/// Kari has just used her link.
async fn kari_at_her_profile(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kari
}

#[tokio::test]
async fn s26_the_profile_is_filled_in_and_lagre_ends_the_way() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let page = kari.page();
    let filled = ["Fornavn", "Etternavn", "E-post", "Telefon (valgfritt)"].map(|f| page.value(f));
    assert_eq!(filled, ["Kari", "Nordmann", kari.address, "+47 59 00 00 01"]);
    kari.reads("Brukernavn karinordmann1").reads("Opprettet 11. mars 2014");
    kari.types("Fornavn", " Kari Anne ").types("Telefon (valgfritt)", "").presses("Lagre").await;
    kari.sees("Du er ferdig").is_at("/ferdig");
    kari.reads("Kontoen din ble koblet til ID-porten 4. mars 2030 kl. 10.00.");
    assert_eq!(kari.page().link("Gå til NAKOS"), kontobro.world.urls.portal);
    kari.opens("/profil").await;
    assert_eq!(kari.page().value("Fornavn"), "Kari Anne");
    assert_eq!(kari.page().value("Telefon (valgfritt)"), "");
}

#[tokio::test]
async fn every_fault_is_told_and_nothing_typed_is_lost() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let long = "Å".repeat(101);
    kari.types("Fornavn", "").types("Etternavn", &long).types("E-post", "kari@");
    kari.types("Telefon (valgfritt)", "ring meg").presses("Lagre").await;
    let page = kari.page();
    assert_eq!(
        page.errors,
        [
            "Skriv inn fornavnet ditt.",
            "Etternavnet er for langt. Skriv høyst 100 tegn.",
            "E-postadressen mangler det som skal stå etter @. Skriv den slik: navn@eksempel.no.",
            "Telefonnummeret må ha 5 til 15 siffer, gjerne med + og landkode foran.",
        ]
    );
    assert!(page.title.starts_with("Feil: Se over profilen din"));
    let typed = ["fornavn", "etternavn", "epost", "telefon"].map(|field| page.value(field));
    assert_eq!(typed, ["", &long, "kari@", "ring meg"]);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn t36_ones_own_address_in_another_spelling_is_no_other_address() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    for typed in [
        "KARI.NORDMANN@example.no",
        "mailto:kari.nordmann@example.no",
        "Kari Nordmann <kari.nordmann@example.no>",
        "kari.nordmann\u{200b}@example.no",
    ] {
        kari.opens("/profil").await;
        kari.types("E-post", typed).presses("Lagre").await;
        kari.is_at("/ferdig").does_not_read("bekreftelseslenke");
    }
}

#[tokio::test]
async fn a_phone_number_is_saved_in_one_form_however_it_was_pasted() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    for (pasted, kept) in [
        ("(+47)\u{a0}900\u{2009}00\u{202f}000", "+47 900 00 000"),
        ("\u{202d}900.00.000\u{202c}", "900 00 000"),
        ("0047 90-00-00-00", "+47 90 00 00 00"),
    ] {
        kari.opens("/profil").await;
        kari.types("Telefon (valgfritt)", pasted).presses("Lagre").await;
        kari.is_at("/ferdig");
        assert_eq!(kontobro.books().account(kari.address)["phone"]["S"], kept);
    }
}

#[tokio::test]
async fn what_the_import_brought_does_not_block_lagre_while_it_is_left_as_it_was() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let phone = "90000000 (jobb), eller spør etter meg på vakta";
    let odd = old_account(kari.name, kari.address);
    kontobro.has(Account { last_name: String::new(), phone: phone.into(), ..odd }).await;
    kari.links_the_old_account().await;
    kari.types("Fornavn", "").presses("Lagre").await;
    assert_eq!(kari.page().errors, ["Skriv inn fornavnet ditt."]);
    kari.types("Fornavn", "Kari Anne").presses("Lagre").await;
    kari.sees("Du er ferdig");
    let books = kontobro.books();
    let account = books.account(kari.address);
    let [first, last, kept] = ["first_name", "last_name", "phone"].map(|of| &account[of]["S"]);
    assert_eq!([first, last, kept], ["Kari Anne", "", phone]);

    kari.opens("/profil").await;
    kari.types("Telefon (valgfritt)", "90000000 (hjem)").types("Etternavn", " ");
    kari.presses("Lagre").await;
    let wrong = "Telefonnummeret må ha 5 til 15 siffer, gjerne med + og landkode foran.";
    assert_eq!(kari.page().errors, [wrong]);
}

#[tokio::test]
async fn t67_an_identity_number_in_place_of_a_name_is_refused_and_not_kept() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kari.types("Fornavn", kari.pid).types("Etternavn", "018190 100 01").presses("Lagre").await;
    let page = kari.page();
    assert_eq!(
        page.errors,
        [
            "Skriv fornavnet ditt, ikke fødselsnummeret. Fødselsnummeret lagrer vi ikke.",
            "Skriv etternavnet ditt, ikke fødselsnummeret. Fødselsnummeret lagrer vi ikke.",
        ]
    );
    assert_eq!(["fornavn", "etternavn"].map(|field| page.value(field)), ["", ""]);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn t66_a_second_tab_is_told_and_keeps_what_was_typed() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let second = kari.in_another_tab();
    kari.types("Fornavn", "Kari Anne").presses("Lagre").await;
    second.types("Etternavn", "Hansen").presses("Lagre").await;
    second.sees("Se over profilen din").reads("Profilen er endret i en annen fane");
    assert_eq!(second.page().value("Etternavn"), "Hansen");
    second.presses("Lagre").await;
    second.sees("Endringene er lagret");
    let books = kontobro.books();
    assert_eq!(books.account(kari.address)["last_name"]["S"], "Hansen");
    assert_eq!(books.history_of(kari.address), ["requested", "linked", "saved", "saved"]);
}

#[tokio::test]
async fn a_double_click_on_lagre_saves_once() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let again = kari.in_another_tab();
    kari.types("Fornavn", "Kari Anne");
    again.types("Fornavn", "Kari Anne");
    tokio::join!(kari.presses("Lagre"), again.presses("Lagre"));
    kari.sees("Du er ferdig");
    again.sees("Du er ferdig");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked", "saved"]);
}

#[tokio::test]
async fn what_the_import_brought_besides_stays_untouched() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kari.saves().await.sees("Du er ferdig");
    let books = kontobro.books();
    let account = books.account(kari.address);
    assert_eq!(account["other"]["M"]["employer"]["S"], "Fjordby ambulansestasjon");
    assert_eq!(account["username"]["S"], "karinordmann1");
    assert_eq!(account["created_at"]["S"], "2014-03-11");
}

#[tokio::test]
async fn d4_one_receipt_without_links_comes_by_the_sweeper() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let asked = kontobro.outbox().only_mail_to(kari.address);
    kari.saves().await.reads("Du får også en kvittering på e-post.");
    for _ in 0..5 {
        kontobro.sweeps().await;
        kontobro.clock.passes(minutes(1));
    }
    let mails = kontobro.outbox().mails_to(kari.address);
    let [_, receipt] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!(receipt.0.subject, "Brukerkontoen din er nå koblet til ID-porten");
    assert!(!receipt.has_link());
    let reference = asked.0.text.split("Referanse: ").nth(1).expect("a reference")[..9].to_owned();
    assert!(receipt.says(&reference));
    let books = kontobro.books();
    let trail = books.of_kind("AUDIT#");
    assert!(!trail.iter().any(|entry| entry.to_string().contains('@')), "the trail names nobody");
}

#[tokio::test]
async fn nobody_without_an_account_sees_a_profile() {
    let kontobro = Kontobro::start().await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    for path in ["/profil", "/ferdig"] {
        ola.opens(path).await;
        ola.is_at("/sok");
    }
}

#[tokio::test]
async fn done_is_not_shown_before_lagre() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kari.opens("/ferdig").await;
    kari.is_at("/profil");
}

#[tokio::test]
async fn t53_another_address_counts_once_it_is_proved_and_the_old_one_is_told() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kontobro.sweeps().await;
    kari.types("E-post", new).presses("Lagre").await;
    kari.sees("Du er ferdig").reads("Vi sender en bekreftelseslenke til kari.ny@example.org.");
    kari.opens("/profil").await;
    assert_eq!(kari.page().value("E-post"), kari.address);

    kontobro.sweeps().await;
    let told = kontobro.outbox().newest_mail_to(kari.address);
    assert_eq!(told.0.subject, "E-postadressen for kontoen din blir byttet");
    assert!(!told.has_link());
    let proof = kontobro.outbox().only_mail_to(new);
    // The second mail of the day: its subject tells it from the one before.
    let subject = "Bekreft e-postadressen din hos NAKOS – ny lenke kl.\u{a0}10.00";
    assert_eq!(proof.0.subject, subject);
    kari.opens_from_elsewhere(&proof.link()).await;
    kari.sees("Endringene er lagret").reads("E-postadressen din er nå kari.ny@example.org.");
    let history = ["requested", "linked", "saved", "email_requested", "email_changed"];
    assert_eq!(kontobro.books().history_of(new), history);

    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.searches_for(kari.address).await.sees("Vi fant ingen konto");
}

#[tokio::test]
async fn t53_saving_something_else_leaves_an_address_waiting_for_its_proof() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.types("E-post", new).presses("Lagre").await;
    for name in ["Kari Anne", "Kari"] {
        kari.opens("/profil").await;
        kari.reads("Vi sender en bekreftelseslenke til kari.ny@example.org.");
        kari.types("Fornavn", name).presses("Lagre").await;
    }
    kari.opens("/profil").await;
    kari.types("E-post", new).types("Fornavn", "Kari Anne").presses("Lagre").await; // once more
    kari.opens_from_elsewhere(&kontobro.outbox().only_mail_to(new).link()).await;
    kari.reads("E-postadressen din er nå kari.ny@example.org.");
    assert_eq!(kontobro.books().account(new)["first_name"]["S"], "Kari Anne");
}

#[tokio::test]
async fn t44_the_proof_of_an_address_is_inert_for_another_person() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.types("E-post", new).presses("Lagre").await;
    let proof = kontobro.outbox().only_mail_to(new).link();
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.opens_from_elsewhere(&proof).await;
    ola.sees("Lenken hører til en annen person");
    kari.opens_from_elsewhere(&proof).await;
    kari.reads("E-postadressen din er nå kari.ny@example.org.");
}

/// Kari has typed another address and another name, six minutes after her login.
async fn kari_changes_her_address_too_late(kontobro: &Kontobro) -> Person<'_> {
    let kari = kari_at_her_profile(kontobro).await;
    kontobro.secrets.address("kari.ny@example.org");
    kontobro.clock.passes(minutes(6));
    kari.types("Fornavn", "Kari Anne")
        .types("E-post", "kari.ny@example.org")
        .presses("Lagre")
        .await;
    kari
}

#[tokio::test]
async fn t53_another_address_needs_a_fresh_login_and_nothing_typed_is_lost() {
    let kontobro = Kontobro::start().await;
    let kari = kari_changes_her_address_too_late(&kontobro).await;
    kari.sees(LOG_IN_AGAIN).reads("Ingenting er lagret ennå.");
    assert_eq!(kari.page().status, 403);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);

    kari.goes_to_idporten().await.sees("Logg inn"); // although ID-porten knows her already
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil").reads("Det du skrev, står her fortsatt.");
    let typed = ["Fornavn", "Etternavn", "E-post"].map(|name| kari.page().value(name).to_owned());
    assert_eq!(typed, ["Kari Anne", "Nordmann", "kari.ny@example.org"]);
    kari.presses("Lagre").await;
    kari.sees("Du er ferdig").reads("Vi sender en bekreftelseslenke til kari.ny@example.org.");
    let history = ["requested", "linked", "saved", "email_requested"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn t53_five_minutes_are_fresh_enough_and_other_changes_need_no_new_login() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kontobro.secrets.address("kari.ny@example.org");
    kontobro.clock.passes(minutes(5));
    kari.types("E-post", "kari.ny@example.org").presses("Lagre").await;
    kari.sees("Du er ferdig");
    kontobro.clock.passes(minutes(5));
    kari.opens("/profil").await;
    kari.types("E-post", "KARI.nordmann@example.no").types("Fornavn", "Kari Anne");
    kari.presses("Lagre").await;
    kari.sees("Endringene er lagret");
}

#[tokio::test]
async fn t39_another_address_after_many_mails_is_not_asked_for_and_the_rest_is_saved() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    for nth in 1..=3 {
        let new = format!("kari.{nth}@example.org");
        kontobro.secrets.address(&new);
        kari.opens("/profil").await;
        kari.types("Fornavn", &format!("Kari {nth}")).types("E-post", &new).presses("Lagre").await;
    }
    kari.sees("Endringene er lagret").reads("Kontoen har fortsatt den gamle e-postadressen.");
    assert_eq!(kari.page().status, 200);
    assert_eq!(kontobro.books().account(kari.address)["first_name"]["S"], "Kari 3");
    assert!(kontobro.outbox().mails_to("kari.3@example.org").is_empty());
}

#[tokio::test]
async fn an_address_that_takes_no_mail_is_told_at_its_field_and_nothing_is_saved() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kari.types("E-post", "kåri@example.no").types("Fornavn", "Kari Anne").presses("Lagre").await;
    kari.is_at("/profil").reads("Vi kan ikke sende e-post til adresser med æ, ø, å");
    assert_eq!(kari.page().value("E-post"), "kåri@example.no");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn t53_a_provider_that_does_not_ask_again_gives_no_fresh_login() {
    let kontobro = Kontobro::start().await;
    let kari = kari_changes_her_address_too_late(&kontobro).await;
    let long_ago = (kontobro.clock.now() - minutes(6)).as_second();
    kari.goes_to_idporten().await;
    kontobro.world.idporten.next_id_token(move |token| token.claim("auth_time", long_ago));
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil").presses("Lagre").await;
    kari.sees(LOG_IN_AGAIN);

    kari.goes_to_idporten().await;
    let now = kontobro.clock.now();
    let as_old_as_a_token_may_be = (now - minutes(6)).as_second();
    kontobro.world.idporten.next_id_token(move |token| {
        token.claim("auth_time", serde_json::Value::Null);
        token.claim("iat", as_old_as_a_token_may_be);
    });
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil").presses("Lagre").await;
    kari.sees(LOG_IN_AGAIN);

    // A token of just now that does not say when she showed who she is, or says what cannot be.
    for auth_time in [serde_json::Value::Null, (now + minutes(60)).as_second().into()] {
        kari.goes_to_idporten().await;
        kontobro.world.idporten.next_id_token(move |token| token.claim("auth_time", auth_time));
        kari.identifies_as(kari.pid, MINID).await;
        kari.is_at("/profil").presses("Lagre").await;
        kari.sees(LOG_IN_AGAIN);
    }

    kari.goes_to_idporten().await;
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil").presses("Lagre").await;
    kari.sees("Du er ferdig");
}

#[tokio::test]
async fn t53_going_on_from_another_service_is_no_fresh_login() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    kari.saves().await;
    kontobro.clock.passes(minutes(20));
    kari.opens("/logg-inn").await; // by single sign-on: a new session, an old proof
    kari.opens("/profil").await;
    kari.types("E-post", "kari.ny@example.org").presses("Lagre").await;
    kari.sees(LOG_IN_AGAIN);
}

#[tokio::test]
async fn t15_what_was_typed_before_logging_in_again_is_for_nobody_else() {
    let kontobro = Kontobro::start().await;
    let ola = kontobro.person("Ola Nordmann");
    ola.has_an_old_account().await;
    ola.links_the_old_account().await.saves().await;
    let kari = kari_changes_her_address_too_late(&kontobro).await;
    kari.goes_to_idporten().await.identifies_as(ola.pid, MINID).await;
    kari.is_at("/profil").does_not_read("Kari").does_not_read("kari.ny");
    assert_eq!(kari.page().value("E-post"), ola.address);
}

#[tokio::test]
async fn t14_a_login_leads_to_a_page_by_its_name_and_never_to_an_address() {
    let kontobro = Kontobro::start().await;
    let ola = kontobro.person("Ola Nordmann");
    for til in ["https://evil.example/", "//evil.example", "/profil", "ferdig", "Profile"] {
        ola.opens(&format!("/logg-inn?til={til}")).await;
        ola.identifies_as(ola.pid, MINID).await;
        ola.is_at("/sok");
    }
    ola.opens("/logg-inn?til=profil").await;
    ola.identifies_as(ola.pid, MINID).await;
    ola.is_at("/sok"); // he has no profile
}

#[tokio::test]
async fn t66_a_form_with_mistakes_is_still_based_on_what_its_reader_saw() {
    let kontobro = Kontobro::start().await;
    let kari = kari_at_her_profile(&kontobro).await;
    let second = kari.in_another_tab();
    kari.types("Etternavn", "Hansen").presses("Lagre").await;
    second.types("Fornavn", "").presses("Lagre").await;
    second.types("Fornavn", "Kari Anne").presses("Lagre").await;
    second.reads("Profilen er endret i en annen fane");
    assert_eq!(kontobro.books().account(kari.address)["last_name"]["S"], "Hansen");
}

#[tokio::test]
async fn t53_what_was_asked_for_dies_when_the_address_changes() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.asks_for(kari.address).await;
    let olas = kontobro.outbox().only_mail_to(kari.address).link();
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.links_the_old_account().await.types("E-post", new).presses("Lagre").await;
    kari.opens_from_elsewhere(&kontobro.outbox().only_mail_to(new).link()).await;
    kari.reads("E-postadressen din er nå kari.ny@example.org.");
    ola.opens_from_elsewhere(&olas).await;
    ola.sees("Vi kan ikke slå sammen denne kontoen");

    // Before anyone owns it, too: support or the portal may change it.
    let ingrid = kontobro.person("Ingrid Vik");
    ingrid.has_an_old_account().await;
    ingrid.logs_in().await.asks_for(ingrid.address).await;
    let link = kontobro.outbox().only_mail_to(ingrid.address).link();
    kontobro.alters(ingrid.address, "version", serde_json::json!({ "N": "2" }));
    ingrid.opens_from_elsewhere(&link).await;
    ingrid.sees("Kontoen er endret siden du ba om e-posten");
    let owner = kontobro.books().account(ingrid.address).get("person").cloned();
    assert_eq!(owner, None);
}
