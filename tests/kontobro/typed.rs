//! What was typed is not lost: over a session that ended, a login, and a choice of language.

use lambda_http::http::Method;

use crate::support::{Browser, Kontobro, Person, minutes};

const MINID: &str = "idporten-loa-substantial";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const KEPT: &str = "Logg inn igjen innen en time, så står det der fortsatt.";

/// Kari has been at her profile for more than half an hour, and has typed something.
async fn kari_types_for_half_an_hour(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await.opens("/profil").await;
    kari.types("Fornavn", "Kari Anne").types("Telefon (valgfritt)", "900 00 000");
    kontobro.clock.passes(minutes(31));
    kari
}

fn typed(browser: &Browser, fields: [&str; 2]) -> [String; 2] {
    fields.map(|field| browser.page().value(field).to_owned())
}

#[tokio::test]
async fn what_was_typed_in_the_profile_outlives_the_session() {
    let kontobro = Kontobro::start().await;
    let kari = kari_types_for_half_an_hour(&kontobro).await;
    kari.presses("Lagre").await;
    kari.sees("Du har blitt logget ut").reads("er ikke lagret ennå").reads(KEPT);
    kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil").reads("Det du skrev, står her fortsatt.");
    assert_eq!(typed(&kari, ["fornavn", "telefon"]), ["Kari Anne", "900 00 000"]);
    assert_eq!(kontobro.books().account(kari.address)["first_name"]["S"], "Kari");
    kari.presses("Lagre").await;
    kari.sees("Endringene er lagret");
    assert_eq!(kontobro.books().account(kari.address)["first_name"]["S"], "Kari Anne");
}

#[tokio::test]
async fn what_was_typed_in_a_search_outlives_the_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    kontobro.clock.passes(minutes(31));
    kari.searches_for("kari.n@example.no").await;
    kari.sees("Du har blitt logget ut").reads(KEPT);
    kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    assert_eq!(kari.page().value("epost"), "kari.n@example.no");
    assert!(kari.page().errors.is_empty() && kontobro.books().of_kind("DAY#").is_empty());

    kari.presses("Søk").await;
    kari.sees("Vi fant ingen konto").presses("Opprett en helt ny brukerkonto").await;
    kontobro.clock.passes(minutes(31));
    kari.presses("Bekreft").await;
    kari.sees("Du har blitt logget ut").reads(KEPT);
    kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    assert_eq!(kari.page().value("epost"), "kari.n@example.no");
}

#[tokio::test]
async fn t15_what_was_typed_when_the_session_ended_is_for_nobody_else() {
    let kontobro = Kontobro::start().await;
    let ola = kontobro.person("Ola Nordmann");
    ola.has_an_old_account().await;
    ola.links_the_old_account().await.saves().await;
    let kari = kari_types_for_half_an_hour(&kontobro).await;
    kari.presses("Lagre").await;
    kari.goes_to_idporten().await.identifies_as(ola.pid, MINID).await;
    kari.opens("/profil").await;
    kari.does_not_read("står her fortsatt");
    assert_eq!(typed(&kari, ["fornavn", "epost"]), ["Ola", ola.address]);
}

#[tokio::test]
async fn t24_a_foreign_form_leaves_nothing_behind_when_the_session_has_ended() {
    let kontobro = Kontobro::start().await;
    let kari = kari_types_for_half_an_hour(&kontobro).await;
    let (_, _, body) = kari.filled_in(&kari.page(), "Lagre");
    let csrf = kari.page().value("csrf").to_owned();
    let elsewhere = [FORM, ("sec-fetch-site", "cross-site")];
    for (headers, body) in [(&elsewhere[..], body.clone()), (&[FORM], body.replace(&csrf, "x"))] {
        let session = kari.cookies().get("__Host-kontobro").expect("a session").to_owned();
        let page = kari.sends(Method::POST, "/profil", headers, body).await;
        assert!(page.status == 403 && !page.text.contains(KEPT), "{page}");
        assert!(kari.cookies().get("__Host-melding").is_none());
        kari.change_cookies(|jar| jar.set("__Host-kontobro", &session));
    }
}

#[tokio::test]
async fn another_language_keeps_what_was_typed() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    kari.types("epost", "kari.n@example.no").presses("Nynorsk").await;
    kari.is_at("/sok");
    assert_eq!((&*kari.page().lang, kari.page().value("epost")), ("nn", "kari.n@example.no"));
    assert!(kari.page().errors.is_empty() && kontobro.books().of_kind("DAY#").is_empty());

    kari.presses("Søk").await;
    kari.presses("Opprett ein heilt ny brukarkonto").await;
    kari.types("ny", "ja").presses("English").await;
    assert_eq!(kari.page().lang, "en");
    let form = kari.page();
    let (form, _) = form.form_of("Confirm");
    assert!(form.fields.iter().any(|field| field.name == "ny" && field.counts), "still ticked");

    kari.presses("Bokmål").await;
    kari.links_the_old_account().await;
    kari.types("Fornavn", "Kari Anne").types("E-post", "kari@").presses("English").await;
    kari.is_at("/profil").reads("What you entered is still here.");
    assert_eq!(typed(&kari, ["fornavn", "epost"]), ["Kari Anne", "kari@"]);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn the_longest_form_there_can_be_fits_what_browsers_keep() {
    let kontobro = Kontobro::start().await;
    let kari = kari_types_for_half_an_hour(&kontobro).await;
    let long = "Å".repeat(500);
    for field in ["fornavn", "etternavn", "epost", "telefon"] {
        kari.types(field, &long);
    }
    kari.presses("Lagre").await;
    kari.reads(KEPT);
    let jar = kari.cookies();
    let sizes: Vec<_> =
        jar.names().map(|name| name.len() + jar.get(name).map_or(0, str::len)).collect();
    assert!(sizes.iter().all(|size| *size <= 4096), "{sizes:?}");
    assert!(sizes.iter().sum::<usize>() <= 6 * 1024, "{sizes:?}");
}
