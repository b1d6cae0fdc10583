//! Search: exact, masked, neutral about what is not the searcher's, counted.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use kontobro::domain::{Account, account::Status};
use ring::digest::{SHA256, digest};
use serde_json::json;

use crate::support::{Kontobro, Person, hours, minutes, number, old_account};

#[tokio::test]
async fn an_unknown_address_leads_to_the_ways_on() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.searches_for("kari.n@example.no").await;
    kari.sees("Vi fant ingen konto").reads("kari.n@example.no").reads("support@nakos.example");
    kari.reads("Ikke opprett en ny konto hvis du har en fra før.");
    let page = kari.page();
    assert_eq!(page.buttons(), ["Logg ut", "Søk", "Opprett en helt ny brukerkonto"]);
    // The address is there to be corrected.
    assert_eq!(page.value("epost"), "kari.n@example.no");
    kari.has_an_old_account().await;
    kari.types("epost", kari.address).presses("Søk").await;
    kari.sees("Vi fant én konto");
}

#[tokio::test]
async fn a_hit_is_masked_and_says_enough_to_be_known_by_its_owner() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.sees("Vi fant én konto").reads("Ka••• No•••").reads("ka•••1");
    kari.reads("begynner med Ka, begynner med No").reads("begynner med ka, slutter med 1");
    kari.reads("Opprettet 2014").reads("Sist brukt august 2026");
    kari.does_not_read("Nordmann").does_not_read("karinordmann1").does_not_read("59 00");
    kari.does_not_read("Fjordby");
}

#[tokio::test]
async fn an_account_that_was_never_used_says_so() {
    let kontobro = Kontobro::start().await;
    let ingrid = kontobro.person("Ingrid Vik");
    let unused = Account {
        first_name: String::new(),
        last_name: String::new(),
        created_on: None,
        last_used_on: None,
        ..old_account(ingrid.name, ingrid.address)
    };
    kontobro.has(unused).await;
    ingrid.logs_in().await.searches_for(ingrid.address).await;
    ingrid.reads("Navn Ikke kjent").reads("Opprettet Ikke kjent").reads("Sist brukt Aldri");
}

#[tokio::test]
async fn of_several_accounts_each_has_its_own_card_and_button() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Hansen");
    let family = "familien.hansen@example.org";
    kontobro.has(old_account("Kari Hansen", family)).await;
    kontobro.has(old_account("Per Hansen", "Familien.Hansen@Example.org")).await;
    kari.logs_in().await.searches_for(family).await;
    kari.sees("Vi fant 2 kontoer").reads("Konto 1 av 2").reads("Konto 2 av 2");
    kari.reads("Velg kontoen du bruker mest.");
    let first_is_kari = kari.page().text.find("Ka•••") < kari.page().text.find("P•••");
    let hers = if first_is_kari { "1" } else { "2" };
    kari.presses(&format!("Slå sammen (konto {hers})")).await;
    kari.sees("Er dette riktig konto?").reads("Ka••• Ha•••");
}

#[tokio::test]
async fn five_accounts_are_shown_and_six_are_for_support() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Hansen");
    for name in ["A A", "B B", "C C", "D D", "E E"] {
        kontobro.has(old_account(name, kari.address)).await;
    }
    kari.logs_in().await.searches_for(kari.address).await.sees("Vi fant 5 kontoer");
    kontobro.has(old_account("F F", kari.address)).await;
    kari.searches_for(kari.address).await.sees("Vi fant mange kontoer");
    assert!(!kari.page().buttons().contains(&"Slå sammen"));
}

#[tokio::test]
async fn capitals_spaces_and_norwegian_letters_find_what_they_should() {
    let kontobro = Kontobro::start().await;
    let bjorn = kontobro.person("Bjørn Åsen");
    kontobro.has(old_account("Bjørn Åsen", "Bjørn.Åsen@example.no")).await;
    kontobro.has(old_account("Solveig Bærøe", "solveig@blåbær.example.no")).await;
    let kari = kontobro.person("Kari Nordmann");
    bjorn.logs_in().await;
    kari.logs_in().await;
    let both = [&bjorn, &kari].into_iter().cycle(); // ten searches an hour are the most for one
    let searches = [
        (" Bjørn.Åsen@EXAMPLE.no ", true),
        ("BJØRN.ÅSEN@example.no", true),
        ("bjørn.a\u{30a}sen@example.no", true),
        ("\u{200b}bjørn.åsen@exam\u{ad}ple.no\u{a0}", true),
        ("\u{202a}bjørn.åsen\u{a0}@example.no\u{202c}", true),
        ("mailto:Solveig@bl%C3%A5b%C3%A6r.example.no?subject=Hei", true),
        ("\"Bærøe, Solveig\" <solveig@blåbær.example.no>;", true),
        ("solveig@blåbær.example.no.", true),
        ("bjorn.asen@example.no", false),
        ("Solveig@BLÅBÆR.example.no", true),
        ("solveig@xn--blbr-roah.example.no", true),
        ("solveig@blabaer.example.no", false),
        ("solveig+kurs@blåbær.example.no", false),
    ];
    for ((typed, found), who) in searches.into_iter().zip(both) {
        who.searches_for(typed).await;
        who.sees(if found { "Vi fant én konto" } else { "Vi fant ingen konto" });
    }
}

#[tokio::test]
async fn t35_taken_and_closed_accounts_get_the_same_neutral_words() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    let closed = old_account("Gunnar Moe", "gunnar.moe@example.no");
    kontobro.has(Account { status: Status::Closed, ..closed }).await;

    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    let mut pages = Vec::new();
    for address in [kari.address, "gunnar.moe@example.no"] {
        ola.searches_for(address).await.sees("Vi kan ikke slå sammen denne kontoen");
        ola.does_not_read("Ka•••").does_not_read("Gu•••");
        // Whoever's account is closed is not to have another beside it.
        ola.does_not_read("Opprett en helt ny brukerkonto");
        assert_eq!(ola.page().buttons(), ["Logg ut", "Søk"]);
        pages.push(ola.page().text.replace(address, ""));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn beside_an_open_account_the_others_are_mentioned_and_no_more() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Hansen");
    kontobro.has(old_account("Kari Hansen", kari.address)).await;
    let closed = old_account("Per Hansen", kari.address);
    kontobro.has(Account { status: Status::Closed, ..closed }).await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.sees("Vi fant én konto").does_not_read("P•••");
    kari.reads("Noen kontoer med denne adressen kan ikke slås sammen.");
}

#[tokio::test]
async fn who_has_an_account_is_told_so_before_they_are_asked_for_another() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.opens("/sok").await;
    kari.sees("Kontoen din er allerede koblet til ID-porten").does_not_read("Steg");
    kari.reads("Du trenger ikke gjøre noe mer.").reads("Har du en konto til?");
    kari.follows("Se over profilen din").await;
    kari.is_at("/profil");
}

#[tokio::test]
async fn a_page_from_before_one_had_an_account_knows_of_it() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let phone = kari.on_another_device();
    phone.logs_in().await;
    kari.links_the_old_account().await;
    phone.searches_for(kari.address).await;
    phone.sees("Kontoen din er allerede koblet til ID-porten").does_not_read("Steg");
    assert_eq!(phone.page().buttons(), ["Logg ut"]);
    phone.searches_for("kari.gammel@example.no").await.sees("Vi fant ingen konto");
    phone.does_not_read("Opprett en helt ny brukerkonto");
}

#[tokio::test]
async fn a_username_that_looks_like_an_address_is_no_address() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let odd = old_account("Siv Berg", "siv.berg@example.com");
    kontobro.has(Account { username: "siv.berg@example.org".into(), ..odd }).await;
    kari.logs_in().await.searches_for("siv.berg@example.org").await.sees("Vi fant ingen konto");
}

#[tokio::test]
async fn t35_the_eleventh_search_of_an_hour_waits_for_the_next() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.logs_in().await;
    kontobro.clock.passes(minutes(12));
    for n in 0..10 {
        kari.searches_for(&format!("a{n}@example.no")).await.sees("Vi fant ingen konto");
    }
    kari.searches_for("a10@example.no").await;
    let page = kari.page();
    assert_eq!(page.alerts, ["Du har søkt mange ganger. Vent 48 minutter før du søker igjen."]);
    assert_eq!(page.value("epost"), "a10@example.no");
    // Nothing is wrong with the address.
    assert!(page.errors.is_empty() && !page.title.starts_with("Feil:"), "{page}");
    assert!(!page.html.contains("aria-invalid"), "{page}");
    kari.searches_for("tull").await;
    let no_at = "E-postadressen mangler @. Skriv den slik: navn@eksempel.no.";
    assert_eq!(kari.page().errors, [no_at]);
    ola.logs_in().await.searches_for("a10@example.no").await.sees("Vi fant ingen konto");
    kontobro.clock.passes(minutes(20));
    kari.opens("/sok").await;
    kontobro.clock.passes(minutes(29));
    kari.searches_for("a10@example.no").await.sees("Vi fant ingen konto");
}

#[tokio::test]
async fn t35_the_thirty_first_search_of_a_day_waits_for_tomorrow() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    for hour in 0..3 {
        kari.logs_in().await;
        for n in 0..10 {
            kari.searches_for(&format!("a{hour}{n}@example.no")).await.sees("Vi fant ingen konto");
        }
        kontobro.clock.passes(hours(1));
    }
    kari.logs_in().await.searches_for("a@example.no").await;
    let alert = "Du har søkt mange ganger. Vent 720 minutter før du søker igjen.";
    assert_eq!(kari.page().alerts, [alert]);
    kontobro.clock.passes(hours(12));
    kari.logs_in().await.searches_for("a@example.no").await.sees("Vi fant ingen konto");
}

#[tokio::test]
async fn a_search_for_nothing_or_nonsense_says_what_is_wrong_and_keeps_it() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for (typed, wrong) in [
        ("", "Skriv inn e-postadressen din."),
        ("   ", "Skriv inn e-postadressen din."),
        ("kari", "E-postadressen mangler @. Skriv den slik: navn@eksempel.no."),
        ("kari@example", "E-postadressen mangler slutten, for eksempel .no eller .com."),
        ("a@b.no, c@d.no", "Skriv bare én e-postadresse."),
        ("kari＠example.no", "E-postadressen mangler @. Skriv den slik: navn@eksempel.no."),
        ("kari@(example).no", "Vi kan ikke ta imot ( i en e-postadresse. Sjekk at den er riktig."),
        (
            "=?utf-8?q?x?=@e.no",
            "Vi kan ikke ta imot =? i en e-postadresse. Sjekk at den er riktig.",
        ),
    ] {
        kari.searches_for(typed).await;
        let page = kari.page();
        assert_eq!(page.errors, [wrong], "{typed}");
        assert!(page.title.starts_with("Feil: "), "{}", page.title);
        assert_eq!(page.value("epost"), typed);
        assert_eq!(page.text.matches(wrong).count(), 2, "in the summary and at the field");
        assert_eq!(page.link(wrong), "#epost");
    }
    kari.reloads().await;
    assert!(kari.page().errors.is_empty(), "told once");
    assert!(kontobro.books().of_kind("DAY#").is_empty(), "what is no search is not counted");
}

#[tokio::test]
async fn t38_hits_are_gone_with_the_session_they_were_found_in() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await.sees("Vi fant én konto");
    kari.logs_out().await.logs_in().await;
    kari.opens("/treff").await;
    kari.is_at("/sok");
}

/// What is kept of the addresses that were searched for.
async fn sought(kontobro: &Kontobro, addresses: &[&str]) -> Vec<String> {
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for address in addresses {
        kari.searches_for(address).await;
    }
    let books = kontobro.books();
    let [counter] = books.of_kind("DAY#")[..] else { panic!("one person, one day") };
    let names = counter.as_object().expect("an item").keys();
    names.filter_map(|name| name.strip_prefix("sought_").map(str::to_owned)).collect()
}

#[tokio::test]
async fn t35_what_is_kept_of_a_searched_address_tells_nothing_without_the_key() {
    let address = "kari.nordmann@example.no";
    let kontobro = Kontobro::start().await;
    let marks = sought(&kontobro, &[address, "KARI.nordmann@example.no", "ola@example.no"]).await;
    assert_eq!(marks.len(), 2, "two addresses: {marks:?}");
    let guess = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, address.as_bytes()));
    assert!(marks.iter().all(|mark| !guess.starts_with(mark.as_str())), "a plain hash");
    let elsewhere = sought(&Kontobro::start().await, &[address]).await;
    assert!(!marks.contains(&elsewhere[0]), "another key, another mark");
}

#[tokio::test]
async fn t98_what_is_counted_of_a_search_is_kept_for_a_week() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.searches_for(kari.address).await;
    let books = kontobro.books();
    let [counter] = books.of_kind("DAY#")[..] else { panic!("one counter") };
    let now = usize::try_from(kontobro.clock.now().as_second()).expect("after 1970");
    assert_eq!(number(counter, "expires_at"), now + 7 * 24 * 60 * 60);
}

const NEW: &str = "kari.ny@example.org";

/// Support gives Kari's account another address. Not every hand that does so raises the version.
fn support_changes_karis_address(kontobro: &Kontobro, kari: &Person<'_>) {
    kontobro.alters(kari.address, "email_key", json!({ "S": NEW }));
    kontobro.alters(kari.address, "email", json!({ "S": NEW }));
}

#[tokio::test]
async fn t117_whoever_found_an_account_by_its_old_address_is_not_shown_the_new_one() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.searches_for(kari.address).await.sees("Vi fant én konto");
    let looked = ola.in_another_tab();
    looked.presses("Slå sammen").await;
    looked.reads(kari.address);
    support_changes_karis_address(&kontobro, &kari);

    ola.presses("Slå sammen").await;
    looked.presses("Bekreft").await;
    for tab in [&ola, &looked] {
        tab.sees("Kontoen er endret siden du søkte").does_not_read(NEW);
        tab.reads("Vi har ikke sendt noen e-post nå");
        assert_eq!(tab.page().status, 409);
    }
    assert!(kontobro.outbox().all().is_empty());
    ola.follows("Søk på nytt").await;
    ola.searches_for(kari.address).await.sees("Vi fant ingen konto");
    ola.searches_for(NEW).await.presses("Slå sammen").await;
    ola.sees("Er dette riktig konto?").reads(NEW);
}

#[tokio::test]
async fn t117_an_index_that_still_has_the_old_address_does_not_show_the_new_one_either() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await;
    // What the index is made of stays as it was.
    kontobro.alters(kari.address, "email", json!({ "S": NEW }));
    ola.searches_for(kari.address).await.sees("Vi fant én konto").presses("Slå sammen").await;
    ola.sees("Kontoen er endret siden du søkte").does_not_read(NEW);
}

#[tokio::test]
async fn t117_another_spelling_of_the_same_address_is_the_same_account() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kontobro.alters(kari.address, "email", json!({ "S": "Kari.Nordmann@Example.no" }));
    kari.presses("Slå sammen").await;
    kari.sees("Er dette riktig konto?").reads("Kari.Nordmann@Example.no").presses("Bekreft").await;
    kari.sees("Sjekk e-posten din");
}
