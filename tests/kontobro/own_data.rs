//! One's own data, to take home (T98).

use lambda_http::http::Method;
use serde_json::Value;

use crate::support::{Kontobro, Page, text};

fn read(file: &Page) -> Value {
    assert_eq!((file.status, file.header("content-type")), (200, "application/json"), "{file}");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"opplysninger.json\"");
    assert_eq!(file.header("cache-control"), "no-store");
    serde_json::from_str(&file.html).expect("JSON")
}

#[tokio::test]
async fn t98_the_file_holds_the_account_and_its_history_and_nobody_elses_data() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.has_an_old_account().await;
    ola.links_the_old_account().await;
    let bjorn = kontobro.person("Bjørn Åsen");
    bjorn.logs_in().await.asks_for(kari.address).await;
    kari.links_the_old_account().await;
    assert_eq!(kari.page().link("Last ned opplysningene dine"), "/profil/data");
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.types("E-post", new).presses("Lagre").await;

    let file = kari.sends(Method::GET, "/profil/data", &[], "").await;
    let data = read(&file);
    let account = &data["konto"];
    assert_eq!(account["epost"], kari.address);
    assert_eq!((&account["fornavn"], &account["etternavn"]), (&"Kari".into(), &"Nordmann".into()));
    assert_eq!(account["brukernavn"], "karinordmann1");
    assert_eq!(account["annet"]["employer"], "Fjordby ambulansestasjon");
    assert_eq!(data["foresporsel"]["epost"], new);
    let history: Vec<_> =
        data["historikk"].as_array().expect("a list").iter().map(|it| &it["hva"]).collect();
    assert_eq!(history.len(), 5, "{history:?}");
    assert_eq!(history[2], "Kontoen ble koblet til deg.");

    let books = kontobro.books();
    let keys = books.of_kind("PERSON").into_iter().map(|item| text(item, "pk"));
    let keys = keys.map(|pk| pk.replace("PERSON#", ""));
    let requests = books.of_kind("REQUEST");
    let hidden = ["id", "digest", "person", "account"]
        .map(|name| requests.iter().map(move |request| text(request, name)).collect::<Vec<_>>());
    let others = [ola.address, ola.pid, bjorn.pid, kari.pid, "Ola"].map(str::to_owned);
    let hashes = books.of_kind("AUDIT#").into_iter().map(|entry| text(entry, "hash"));
    for secret in keys.chain(hidden.concat()).chain(others).chain(hashes) {
        assert!(!file.html.contains(&secret), "{secret} stands in {}", file.html);
    }
}

#[tokio::test]
async fn t98_the_words_are_in_the_readers_language_and_the_names_the_same() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kari.presses("English").await;
    let data = read(&*kari.sends(Method::GET, "/profil/data", &[], "").await);
    assert_eq!(data["historikk"][1]["hva"], "The account was linked to you.");
    assert_eq!(data["foresporsel"], Value::Null, "nothing is waited for");
}

#[tokio::test]
async fn t98_who_has_no_account_or_is_not_logged_in_gets_no_file() {
    let kontobro = Kontobro::start().await;
    let stranger = kontobro.browser();
    let answer = stranger.sends(Method::GET, "/profil/data", &[], "").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    let answer = ola.sends(Method::GET, "/profil/data", &[], "").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/sok"));
}

#[tokio::test]
async fn t98_a_long_history_is_told_to_its_end_and_in_order() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    for n in 0..103 {
        kari.opens("/profil").await;
        kari.types("Fornavn", &format!("Kari {n}")).presses("Lagre").await;
    }
    let data = read(&*kari.sends(Method::GET, "/profil/data", &[], "").await);
    let history = data["historikk"].as_array().expect("a list");
    assert_eq!(history.len(), 105);
    assert_eq!(history[1]["hva"], "Kontoen ble koblet til deg.");
    assert_eq!(history[104]["hva"], "Profilen ble lagret.");
}
