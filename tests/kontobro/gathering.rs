//! More than one old account: the first is linked, the others are gathered into it.

use kontobro::{
    domain::{Account, AccountId, Request, Wish},
    store::{NotErased, NotGiven, NotTakenBack, Store},
};
use lambda_http::http::Method;
use serde_json::{Value, json};

use crate::{
    conditions::{KARI, OTHER, asks, confirmed, gives, kari, kari_has_it, ola, wish},
    erased::erased,
    support::{Kontobro, Person, old_account, text},
    taken_back::taken_back,
};

/// Kari, who is done, and another old account of hers.
pub async fn kari_has_two(kontobro: &Kontobro) -> (Person<'_>, [AccountId; 2]) {
    let kari = kontobro.person("Kari Nordmann");
    let first = kari.has_an_old_account().await;
    let account = old_account("Kari Nordmann", OTHER);
    let second = kontobro.has(Account { username: "karinor2".into(), ..account }).await;
    kari.links_the_old_account().await.saves().await;
    (kari, [first, second])
}

async fn follows_the_mail_to_the_other(kontobro: &Kontobro, who: &Person<'_>) {
    who.opens_from_elsewhere(&kontobro.outbox().newest_mail_to(OTHER).link()).await;
}

#[tokio::test]
async fn t55_who_has_an_account_gathers_another_into_it_with_the_same_proof() {
    let kontobro = Kontobro::start().await;
    let (kari, [first, second]) = kari_has_two(&kontobro).await;
    let person = text(kontobro.books().account(kari.address), "person");

    kari.opens("/profil").await;
    kari.follows("Slå sammen med en konto til").await;
    kari.sees("Kontoen din er allerede koblet til ID-porten").reads("Har du en konto til?");
    kari.searches_for(OTHER).await.sees("Vi fant én konto");
    kari.does_not_read("Steg").does_not_read("Opprett en helt ny brukerkonto");
    kari.presses("Slå sammen").await;
    kari.reads("slått sammen med kontoen du har").presses("Bekreft").await;
    kari.sees("Sjekk e-posten din").does_not_read("Steg");
    kari.opens("/profil").await;
    kari.reads("Du har bedt om å slå sammen en konto til.").follows("Sjekk e-posten din").await;
    kari.is_at("/sendt");
    follows_the_mail_to_the_other(&kontobro, &kari).await;
    kari.sees("Kontoene er slått sammen").is_at("/ferdig");

    let books = kontobro.books();
    let (mine, other) = (books.account(kari.address), books.account(OTHER));
    assert_eq!(text(other, "status"), "merged");
    assert_eq!(text(other, "merged_into"), first.to_string());
    assert_eq!(other["password_void"]["BOOL"], true);
    assert!(other.get("person").is_none(), "it has no owner of its own");
    assert_eq!(text(other, "username"), "karinor2", "nothing is deleted");
    assert_eq!(mine["gathered"]["SS"], json!([second.to_string()]));
    assert_eq!(text(mine, "person"), person);
    assert_eq!(books.of_kind("PERSON").len(), 1, "one account a person");
    assert_eq!(books.history_of(OTHER), ["requested", "gathered"]);
    let trail = books.of_kind("AUDIT#");
    let gathered = trail.iter().find(|entry| text(entry, "event") == "gathered");
    assert_eq!(text(gathered.expect("an entry"), "into"), first.to_string());

    kari.follows("Se over profilen din").await;
    kari.reads("Kontoer slått sammen med denne");
    kontobro.sweeps().await;
    let receipt = kontobro.outbox().newest_mail_to(OTHER);
    assert!(receipt.says("Kontoen med brukernavn ka•••2 ble slått sammen med en annen konto"));
    assert!(!receipt.has_link());
    kari.opens("/sok").await;
    kari.searches_for(OTHER).await.sees("Kontoen din er allerede koblet til ID-porten");
    kari.follows("Søk med en annen e-postadresse").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn whoever_made_a_new_account_by_mistake_gathers_the_old_one_into_it() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kontobro.has(old_account("Kari Nordmann", OTHER)).await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Opprett en helt ny brukerkonto").await;
    kari.ticks("ny").presses("Bekreft").await;
    kari.follows_the_mail().await.sees("Fyll ut profilen din");

    kari.follows("Slå sammen med en konto til").await;
    kari.asks_for(OTHER).await;
    follows_the_mail_to_the_other(&kontobro, &kari).await;
    kari.sees("Fyll ut profilen din").reads("Kontoer slått sammen med denne");
    kari.types("Fornavn", "Kari").types("Etternavn", "Nordmann").presses("Lagre").await;
    kari.sees("Du er ferdig");
}

#[tokio::test]
async fn of_several_accounts_with_one_address_the_others_can_be_gathered() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    // Logged in before the link, the phone learns of it by the search.
    let phone = kari.on_another_device();
    phone.logs_in().await;
    kari.links_the_old_account().await;
    let account = old_account("Kari Nordmann", kari.address);
    kontobro.has(Account { username: "gammel".into(), ..account }).await;
    phone.searches_for(kari.address).await.sees("Vi fant én konto").reads("ga•••l");
    phone.presses("Slå sammen").await;
    phone.reads("slått sammen med kontoen du har");
}

/// Kari has searched and found `usernames` on one address.
async fn kari_finds<'k>(kontobro: &'k Kontobro, usernames: &[&str]) -> Person<'k> {
    let kari = kontobro.person("Kari Nordmann");
    for username in usernames {
        let account = old_account("Kari Nordmann", kari.address);
        kontobro.has(Account { username: (*username).into(), ..account }).await;
    }
    kari.logs_in().await.searches_for(kari.address).await;
    kari
}

#[tokio::test]
async fn who_found_two_accounts_is_offered_the_second_where_the_first_is_done() {
    let kontobro = Kontobro::start().await;
    let kari = kari_finds(&kontobro, &["kari-en", "kari-to"]).await;
    let second_is_first = kari.page().text.find("ka•••o") < kari.page().text.find("ka•••n");
    let first = if second_is_first { "2" } else { "1" };
    kari.presses(&format!("Slå sammen (konto {first})")).await;
    kari.reads("ka•••n").presses("Bekreft").await;
    kari.follows_the_mail().await.saves().await;
    kari.sees("Du er ferdig").presses("Slå sammen med ka•••o").await;
    kari.sees("Er dette riktig konto?").reads("ka•••o").presses("Bekreft").await;
    kari.follows_the_mail().await.sees("Kontoene er slått sammen");
    // There is no third.
    assert_eq!(kari.page().buttons(), ["Logg ut"]);
}

#[tokio::test]
async fn who_comes_to_the_end_at_another_browser_finds_the_way_to_one_more_account_there() {
    let kontobro = Kontobro::start().await;
    let kari = kari_finds(&kontobro, &["kari-en", "kari-to"]).await;
    kari.presses("Slå sammen (konto 1)").await;
    kari.presses("Bekreft").await;
    let phone = kari.on_another_device();
    phone.logs_in().await.follows_the_mail().await.saves().await;
    phone.sees("Du er ferdig").follows("Slå sammen med en konto til").await;
    phone.is_at("/sok");
}

#[tokio::test]
async fn t44_a_link_to_gather_is_for_who_asked_from_whichever_device_and_inert_for_others() {
    let kontobro = Kontobro::start().await;
    let (kari, [first, _]) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    follows_the_mail_to_the_other(&kontobro, &ola).await;
    ola.sees("Lenken hører til en annen person");
    assert_eq!(text(kontobro.books().account(OTHER), "status"), "active");

    let phone = kari.on_another_device();
    phone.logs_in().await;
    follows_the_mail_to_the_other(&kontobro, &phone).await;
    phone.sees("Kontoene er slått sammen");
    assert_eq!(text(kontobro.books().account(OTHER), "merged_into"), first.to_string());
    kari.opens("/sendt").await;
    kari.sees("Kontoene er slått sammen").opens("/profil").await;
    assert_eq!(kari.page().value("epost"), kari.address, "it is still the first");
}

#[tokio::test]
async fn t51_who_was_stopped_gathers_that_account_no_more() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    follows_the_mail_to_the_other(&kontobro, &ola).await;
    ola.says_not_me().await;
    ola.sees("Takk, nå er det stoppet").reads("kan ikke be om denne kontoen igjen");
    kari.opens("/profil").await;
    kari.reads("Kontoen er ikke koblet til deg, og lenken i e-posten virker ikke lenger.");
    kari.searches_for(OTHER).await.sees("Vi kan ikke slå sammen denne kontoen");
}

#[tokio::test]
async fn who_calls_a_gathering_off_is_told_that_nothing_is_merged() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    kari.presses("Trekk tilbake forespørselen").await;
    kari.is_at("/sok").reads("Du har trukket tilbake forespørselen. Kontoene er ikke slått sammen");
    assert_eq!(kontobro.books().history_of(OTHER), ["requested", "cancelled"]);
}

#[tokio::test]
async fn who_waits_for_another_address_is_told_before_an_account_takes_its_place() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.opens("/profil").await;
    kari.types("epost", new).presses("Lagre").await;
    kari.opens("/sendt").await;
    kari.is_at("/profil"); // there is nothing to wait for on that page
    kari.searches_for(OTHER).await;
    kari.presses("Slå sammen").await;
    kari.reads("Du har bedt om å bytte e-postadresse til").presses("Bekreft").await;
    kari.searches_for(OTHER).await;
    kari.presses("Slå sammen").await;
    kari.does_not_read("Du har bedt om å bytte e-postadresse til");
}

#[tokio::test]
async fn t98_the_file_holds_the_gathered_accounts_too() {
    let kontobro = Kontobro::start().await;
    let (kari, ids) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    follows_the_mail_to_the_other(&kontobro, &kari).await;
    let file = kari.sends(Method::GET, "/profil/data", &[], "").await;
    let data: Value = serde_json::from_str(&file.html).expect("JSON");
    let gathered = &data["slatt_sammen"][0];
    assert_eq!(data["konto"]["epost"], kari.address);
    assert_eq!(
        (&gathered["konto"]["epost"], &gathered["konto"]["brukernavn"]),
        (&OTHER.into(), &"karinor2".into())
    );
    let told = "Kontoen ble slått sammen med en annen av kontoene dine.";
    assert_eq!(gathered["historikk"][1]["hva"], told);
    assert!(ids.iter().all(|id| !file.html.contains(&id.to_string())));
}

#[tokio::test]
async fn t99_a_gathered_account_is_taken_back_before_the_one_it_was_gathered_into() {
    let kontobro = Kontobro::start().await;
    let (kari, [first, second]) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    let link = kontobro.outbox().newest_mail_to(OTHER).link();
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.asks_for(OTHER).await;
    kari.opens_from_elsewhere(&link).await;
    let refused = taken_back(&kontobro, first, 1).await;
    assert!(matches!(refused, Err(NotTakenBack::HasGathered(ids)) if ids == second.to_string()));
    let reference = taken_back(&kontobro, second, 2).await.expect("it is taken back");
    let karis = kontobro
        .books()
        .of_kind("AUDIT#")
        .into_iter()
        .find(|it| text(it, "event") == "gathered")
        .map(|it| text(it, "reference"));
    assert_eq!(Some(reference), karis);

    let books = kontobro.books();
    let other = books.account(OTHER);
    assert_eq!(text(other, "status"), "active");
    assert!(other.get("merged_into").is_none());
    assert!(books.account(kari.address).get("gathered").is_none());
    assert_eq!(books.history_of(OTHER), ["requested", "requested", "gathered", "taken_back"]);
    kari.searches_for(OTHER).await.sees("Vi kan ikke slå sammen denne kontoen");
    kari.opens("/profil").await;
    kari.sees("Se over profilen din").does_not_read("Kontoer slått sammen med denne");
    assert!(matches!(taken_back(&kontobro, second, 3).await, Err(NotTakenBack::NotLinked)));
    taken_back(&kontobro, first, 4).await.expect("it is taken back");
}

/// Closing it in the portal is what staff do first when somebody says that it is theirs.
#[tokio::test]
async fn t99_a_gathered_account_that_was_closed_meanwhile_is_taken_back_and_stays_closed() {
    let kontobro = Kontobro::start().await;
    let (_, account, other) = kari_has_gathered(&kontobro).await;
    kontobro.alters(OTHER, "status", json!({ "S": "closed" }));
    taken_back(&kontobro, other.id, 1).await.expect("it is taken back");
    let books = kontobro.books();
    assert_eq!(text(books.account(OTHER), "status"), "closed");
    assert!(books.account(OTHER).get("merged_into").is_none());
    assert!(books.account(account.email.as_given()).get("gathered").is_none());
}

/// However the portal sets its status, whoever has the other account has it.
#[tokio::test]
async fn t55_a_gathered_account_that_the_portal_has_opened_is_offered_to_nobody() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    follows_the_mail_to_the_other(&kontobro, &kari).await;
    kontobro.alters(OTHER, "status", json!({ "S": "active" }));
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.searches_for(OTHER).await;
    ola.sees("Vi kan ikke slå sammen denne kontoen");
    kari.searches_for(OTHER).await.sees("Kontoen din er allerede koblet til ID-porten");
}

#[tokio::test]
async fn t98_a_gathered_account_is_erased_before_the_one_it_was_gathered_into() {
    let kontobro = Kontobro::start().await;
    let (kari, [first, second]) = kari_has_two(&kontobro).await;
    kari.asks_for(OTHER).await;
    follows_the_mail_to_the_other(&kontobro, &kari).await;
    let refused = erased(&kontobro, first, 1).await;
    assert!(matches!(refused, Err(NotErased::HasGathered(ids)) if ids == second.to_string()));
    erased(&kontobro, second, 2).await.expect("it is erased");
    assert!(kontobro.books().account(kari.address).get("gathered").is_none());
    erased(&kontobro, first, 3).await.expect("it is erased");
    assert!(kontobro.books().of_kind("ACCOUNT").is_empty());
}

/// Kari's account, another old one, and her request to gather that into this.
async fn kari_asks_for_another(
    kontobro: &Kontobro,
    into: Option<AccountId>,
) -> (Store, Account, Account, Request) {
    let (store, account, used) = kari_has_it(kontobro).await;
    let other = old_account("Kari Nordmann", OTHER);
    kontobro.has(other.clone()).await;
    let gather = Wish::Gather { into: into.unwrap_or(account.id) };
    let request = wish(kontobro, &kari(), &other, gather);
    asks(&store, &kari(), &request, Some(&used)).await.expect("a request decides nothing");
    (store, account, other, request)
}

/// The same once it is done.
pub async fn kari_has_gathered(kontobro: &Kontobro) -> (Store, Account, Account) {
    let (store, account, other, request) = kari_asks_for_another(kontobro, None).await;
    gives(&store, &confirmed(&request, &kari())).await.expect("nothing is in the way");
    (store, account, other)
}

#[tokio::test]
async fn t55_an_account_is_gathered_once_and_into_what_is_the_persons_still() {
    let changes: [(fn(&Kontobro), _); 8] = [
        (|kontobro| kontobro.alters(KARI, "person", key_of_ola()), "the first is another's"),
        (
            |kontobro| kontobro.alters(KARI, "status", json!({ "S": "closed" })),
            "the first is closed",
        ),
        (|kontobro| kontobro.alters(OTHER, "person", key_of_ola()), "the second is"),
        (|kontobro| kontobro.alters(OTHER, "status", json!({ "S": "closed" })), "it is closed"),
        (|kontobro| kontobro.alters(OTHER, "status", json!({ "S": "merged" })), "it is gathered"),
        (
            |kontobro| kontobro.alters(OTHER, "merged_into", json!({ "S": "another" })),
            "it is gathered, and the portal has opened it",
        ),
        (|kontobro| kontobro.alters(OTHER, "version", json!({ "N": "2" })), "it has changed"),
        (
            |kontobro| kontobro.alters(OTHER, "email", json!({ "S": "k@example.no" })),
            "it has moved",
        ),
    ];
    for (happens, what) in changes {
        let kontobro = Kontobro::start().await;
        let (store, _, _, request) = kari_asks_for_another(&kontobro, None).await;
        happens(&kontobro);
        let given = gives(&store, &confirmed(&request, &kari())).await;
        let refused = matches!(given, Err(NotGiven::AccountChanged | NotGiven::AccountTaken));
        assert!(refused, "{what}");
    }
    let kontobro = Kontobro::start().await;
    let nobodys = AccountId::new(kontobro.clock.now(), [9; 10]);
    let (store, _, _, request) = kari_asks_for_another(&kontobro, Some(nobodys)).await;
    let given = gives(&store, &confirmed(&request, &kari())).await;
    assert!(matches!(given, Err(NotGiven::AccountChanged)));
    assert_eq!(text(kontobro.books().account(OTHER), "status"), "active");
}

fn key_of_ola() -> Value {
    json!({ "S": ola().key().to_store() })
}
