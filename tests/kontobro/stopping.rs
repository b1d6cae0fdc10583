//! «Dette var ikke meg»: whoever has the mailbox stops what someone else has asked for (T51).

use kontobro::{
    domain::{AccountId, Decision},
    store::{Attempt, NotLifted},
};
use lambda_http::http::Method;
use standins::wire::{Fault, Kind};

use crate::support::{Kontobro, Person, hours, minutes, old_account, text};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const NOT_ME: &str = "Dette var ikke meg";
const STOPPED: &str = "Takk, nå er det stoppet";
const TOLD: &str = "Vi kunne ikke fullføre dette";
const TAKEN: &str = "Vi kan ikke slå sammen denne kontoen";

/// Ola has asked for Kari's account, and Kari, who is logged in, has the mail.
async fn ola_asks_for_karis_account(kontobro: &Kontobro) -> (Person<'_>, Person<'_>, String) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.asks_for(kari.address).await;
    kari.logs_in().await;
    let link = kontobro.outbox().only_mail_to(kari.address).link();
    (kari, ola, link)
}

/// The same, and Kari has stopped it.
pub async fn kari_has_stopped_ola(kontobro: &Kontobro) -> (Person<'_>, Person<'_>, String) {
    let (kari, ola, link) = ola_asks_for_karis_account(kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    (kari, ola, link)
}

pub fn reference_of_the_stop(kontobro: &Kontobro) -> String {
    let books = kontobro.books();
    let entries = books.of_kind("AUDIT#");
    let stop = entries.into_iter().find(|entry| text(entry, "event") == "stopped");
    text(stop.expect("a stop"), "reference")
}

#[tokio::test]
async fn t51_whoever_has_the_mailbox_stops_it_with_one_button_and_who_asked_is_told_neutrally() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Lenken hører til en annen person").says_not_me().await;
    let reference = reference_of_the_stop(&kontobro);
    kari.sees(STOPPED).is_at("/stoppet").reads(&reference).reads("kan ikke be om denne kontoen");
    kari.reloads().await;
    kari.sees(STOPPED);
    let history = ["requested", "opened_by_another", "stopped"];
    assert_eq!(kontobro.books().history_of(kari.address), history);

    ola.reloads().await;
    ola.sees(TOLD).reads(&reference).reads("Kontoen er ikke koblet til deg");
    ola.does_not_read("Kari").does_not_read("stoppet");
    ola.opens_from_elsewhere(&link).await;
    ola.sees(TOLD);
    assert_eq!(ola.page().status, 410);
    ola.logs_in().await.sees(TOLD);
    assert!(kontobro.books().of_kind("PERSON").is_empty());

    kari.asks_for(kari.address).await.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t109_nobody_is_kept_out_by_one_press_and_the_other_way_keeps_the_link() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    let wrong_person = "Logg ut og logg inn som riktig person";
    assert_eq!(
        kari.page().buttons().last(),
        Some(&wrong_person),
        "the first in the page's own form"
    );
    kari.follows("Jeg ba ikke om e-posten").await;
    kari.sees("Vil du stoppe dette?").reads("ikke be om kontoen igjen").does_not_read("Ola");
    kari.reloads().await;
    let history = ["requested", "opened_by_another"];
    assert_eq!(kontobro.books().history_of(kari.address), history, "a look stops nothing");
    kari.follows("Ikke stopp det").await;
    // It was Ola's all the time: he sits down, and logs in as himself.
    kari.sees("Lenken hører til en annen person").presses(wrong_person).await;
    kari.sees("Logg inn for å bekrefte kontoen").goes_to_idporten().await;
    kari.sees("Logg inn").identifies_as(ola.pid, "idporten-loa-substantial").await;
    kari.sees("Se over profilen din");
    assert_eq!(
        kontobro.books().history_of(kari.address),
        ["requested", "opened_by_another", "linked"]
    );
}

#[tokio::test]
async fn t51_who_was_stopped_cannot_ask_again_until_support_opens_and_anyone_else_can() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, _) = kari_has_stopped_ola(&kontobro).await;
    let bjorn = kontobro.person("Bjørn Åsen");
    bjorn.logs_in().await.asks_for(kari.address).await.sees("Sjekk e-posten din");
    kontobro.clock.passes(hours(24 * 30));
    ola.logs_in().await.searches_for(kari.address).await;
    ola.sees(TAKEN).does_not_read("Ka•••").reads("Skriv til support@nakos.example");
    assert!(!ola.page().buttons().contains(&"Slå sammen"));

    let store = kontobro.world.store();
    let books = kontobro.books();
    let account = text(books.account(kari.address), "account");
    let account = AccountId::parse(&account).expect("an id");
    let decision = Decision::new(["anne", "bo"], "Ola showed who he is").expect("a decision");
    let (reference, now) = (reference_of_the_stop(&kontobro), kontobro.clock.now());
    let lift = async |reference: &str, dice: u8| {
        let attempt = Attempt::new([dice; 16]);
        store.lift_freeze(account, reference, (&decision, now), &attempt).await
    };
    assert!(matches!(lift("AAAA-AAAA", 1).await, Err(NotLifted::NotFrozen)));
    lift(&reference, 2).await.expect("it is lifted");
    assert!(matches!(lift(&reference, 3).await, Err(NotLifted::NotFrozen)));
    let lifted = kontobro.books().history_of(kari.address);
    assert_eq!(lifted.iter().filter(|event| *event == "freeze_lifted").count(), 1, "{lifted:?}");
    ola.asks_for(kari.address).await.sees("Sjekk e-posten din");
    ola.opens_from_elsewhere(&kontobro.outbox().newest_mail_to(kari.address).link()).await;
    ola.sees("Se over profilen din");
}

#[tokio::test]
async fn t51_a_second_look_from_before_the_stop_asks_for_nothing() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    let tab = ola.in_another_tab();
    tab.searches_for(kari.address).await.presses("Slå sammen").await;
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kontobro.clock.passes(minutes(3));
    tab.presses("Bekreft").await;
    tab.sees(TAKEN);
    kontobro.outbox().only_mail_to(kari.address);
}

#[tokio::test]
async fn t116_a_stop_holds_while_every_index_is_late() {
    let kontobro = Kontobro::start().await;
    kontobro.world.dynamodb.keep_journal();
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Stale(50)));
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees(STOPPED);
    ola.opens_from_elsewhere(&link).await;
    ola.sees(TOLD);
    assert!(kontobro.books().of_kind("PERSON").is_empty());
    let history = ["requested", "opened_by_another", "stopped"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn t51_an_account_is_not_offered_to_whom_it_was_closed_to_and_to_everyone_else_it_is() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kontobro.has(old_account("Per Nordmann", kari.address)).await;
    let tab = ola.in_another_tab();
    tab.searches_for(kari.address).await.sees("Vi fant 2 kontoer");
    let from_before = tab.in_another_tab();
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;

    ola.reloads().await;
    ola.sees(TOLD).reads("Du kan ikke be om denne kontoen igjen før vi har undersøkt saken.");
    ola.reads("Skriv til support@nakos.example og oppgi referansen");
    ola.does_not_read("Søk på nytt").follows("Søk med en annen e-postadresse").await;
    ola.is_at("/sok");
    ola.searches_for(kari.address).await;
    ola.sees("Vi fant én konto").reads("P•••").does_not_read("Ka•••");
    ola.reads("Noen kontoer med denne adressen kan ikke slås sammen.");
    tab.reloads().await;
    tab.sees("Vi fant én konto");
    kari.searches_for(kari.address).await.sees("Vi fant 2 kontoer");

    let hers = if from_before.page().text.find("Ka•••") < from_before.page().text.find("P•••")
    {
        1
    } else {
        2
    };
    from_before.presses(&format!("Slå sammen (konto {hers})")).await;
    from_before.sees(TAKEN);
}

#[tokio::test]
async fn t45_a_scanner_that_gets_posts_and_heads_everything_neither_confirms_nor_stops() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    let scanner = kontobro.browser();
    let token = link.split_once("t=").expect("a token").1;
    for method in [Method::GET, Method::HEAD, Method::POST] {
        for address in [link.clone(), format!("{link}&valg=stopp"), "/b".into(), "/stoppet".into()]
        {
            for body in [String::new(), format!("t={token}"), format!("t={token}&valg=stopp&csrf=")]
            {
                let sent = if method == Method::POST { body } else { String::new() };
                let answer = scanner.sends(method.clone(), &address, &[FORM], sent).await;
                assert!(answer.status < 500, "{answer}");
            }
        }
    }
    assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
    ola.opens_from_elsewhere(&link).await;
    ola.sees("Se over profilen din");
}

#[tokio::test]
async fn t24_the_button_needs_the_form_of_its_own_session() {
    let kontobro = Kontobro::start().await;
    let (kari, _, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    let page = kari.sends(Method::GET, &format!("{link}&valg=stopp"), &[], "").await;
    let (_, _, body) = kari.filled_in(&page, NOT_ME);
    let token = body.split('&').find(|field| field.starts_with("t=")).expect("the token");
    let elsewhere = [FORM, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    for (headers, body) in [(&[FORM][..], format!("{token}&valg=stopp")), (&elsewhere, body)] {
        let foreign = kari.sends(Method::POST, "/b", headers, body).await;
        assert_eq!(foreign.heading(), "Vi kunne ikke ta imot skjemaet");
    }
    let history = ["requested", "opened_by_another"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn who_asked_cannot_stop_as_someone_else() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    let page = ola.sends(Method::GET, &link, &[], "").await;
    let (_, _, body) = ola.filled_in(&page, "Bekreft brukerkonto");
    let look = ola.sends(Method::GET, &format!("{link}&valg=stopp"), &[], "").await;
    assert_eq!(look.status, 400, "{look}");
    for choice in ["stopp", "noe", ""] {
        let body = format!("{body}&valg={choice}");
        let answer = ola.sends(Method::POST, "/b", &[FORM], body).await;
        assert_eq!(answer.status, 400, "{answer}");
    }
    assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
}

#[tokio::test]
async fn pressed_twice_it_is_stopped_once_and_thanked_for_twice() {
    let kontobro = Kontobro::start().await;
    let (kari, _, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    let [one, two] = [kari.in_another_tab(), kari.in_another_tab()];
    tokio::join!(one.says_not_me(), two.says_not_me());
    kari.says_not_me().await;
    for tab in [&one, &two, &kari] {
        tab.sees(STOPPED);
    }
    let history = ["requested", "opened_by_another", "stopped"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn stopping_and_confirming_at_once_one_wins_and_both_hear_the_truth() {
    for _ in 0..4 {
        let kontobro = Kontobro::start().await;
        let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
        kari.opens_from_elsewhere(&link).await;
        tokio::join!(ola.opens_from_elsewhere(&link), kari.says_not_me());
        let linked = !kontobro.books().of_kind("PERSON").is_empty();
        if linked {
            ola.sees("Se over profilen din");
            kari.sees("Det er for sent å stoppe dette her");
        } else {
            ola.sees(TOLD);
            kari.sees(STOPPED);
        }
        let history = kontobro.books().history_of(kari.address);
        assert_eq!(history.iter().any(|event| event == "stopped"), !linked, "{history:?}");
    }
}

#[tokio::test]
async fn after_the_link_was_used_it_is_too_late_and_that_is_said() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    ola.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees("Det er for sent å stoppe dette her").reads("oppgi referansen ");
    assert_eq!(kari.page().status, 409);
    let history = ["requested", "opened_by_another", "linked"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn it_is_too_late_whatever_was_asked_for_since_the_link_was_used() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    ola.has_an_old_account().await;
    ola.opens_from_elsewhere(&link).await;
    ola.saves().await;
    ola.asks_for(ola.address).await.sees("Sjekk e-posten din");
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees("Det er for sent å stoppe dette her").reads("oppgi referansen ");
}

#[tokio::test]
async fn what_was_called_off_is_no_longer_there_to_be_stopped() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    ola.presses("Trekk tilbake forespørselen").await;
    kari.says_not_me().await;
    kari.sees("Det er ingenting å stoppe");
    ola.asks_for(kari.address).await.sees("Sjekk e-posten din");
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await; // the link of what has been replaced
    kari.sees("Det er ingenting å stoppe");
}

#[tokio::test]
async fn an_older_mail_stops_as_well_as_the_newest_and_what_is_queued_goes_out_no_more() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kontobro.clock.passes(minutes(3));
    kontobro.breaks("ses", Kind::CutBefore);
    ola.presses("Send e-posten på nytt").await;
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees(STOPPED);
    kontobro.heals();
    for _ in 0..5 {
        kontobro.clock.passes(minutes(5));
        kontobro.sweeps().await;
    }
    kontobro.outbox().only_mail_to(kari.address);
}

#[tokio::test]
async fn a_link_that_has_had_its_day_still_tells_who_is_to_be_kept_out() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_asks_for_karis_account(&kontobro).await;
    kontobro.clock.passes(hours(30));
    kari.logs_in().await.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees(STOPPED);
    ola.logs_in().await.searches_for(kari.address).await.sees(TAKEN);
}

#[tokio::test]
async fn a_new_account_that_was_stopped_closes_nothing_to_anyone() {
    let kontobro = Kontobro::start().await;
    let (nora, ola) = (kontobro.person("Nora Ny"), kontobro.person("Ola Nordmann"));
    let asks = async || {
        nora.searches_for(ola.address).await.presses("Opprett en helt ny brukerkonto").await;
        nora.ticks("ny").presses("Bekreft").await;
        nora.sees("Sjekk e-posten din");
    };
    nora.logs_in().await;
    asks().await;
    ola.logs_in().await.follows_the_mail().await.says_not_me().await;
    ola.sees(STOPPED).does_not_read("denne kontoen igjen");
    nora.reloads().await;
    nora.sees("Vi kunne ikke opprette kontoen").follows("Søk på nytt").await;
    asks().await;
}

#[tokio::test]
async fn whoever_gets_the_proof_of_an_address_that_is_theirs_stops_it() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.secrets.address(ola.address);
    kari.types("E-post", ola.address).presses("Lagre").await;
    ola.logs_in().await.follows_the_mail().await.says_not_me().await;
    ola.sees(STOPPED).does_not_read("denne kontoen igjen");
    kari.opens("/profil").await;
    kari.reads("Kontoen har fortsatt den gamle adressen.");
    kari.opens_from_elsewhere(&kontobro.outbox().newest_mail_to(ola.address).link()).await;
    kari.sees("Vi kunne ikke bytte e-postadressen");
    kari.opens("/profil").await;
    kari.types("Fornavn", "Kari Anne").presses("Lagre").await;
    kari.sees("Endringene er lagret");
}

#[tokio::test]
async fn t44_the_button_is_there_even_when_the_trail_cannot_be_written() {
    let kontobro = Kontobro::start().await;
    let (kari, _, link) = ola_asks_for_karis_account(&kontobro).await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::CutBefore).only("TransactWriteItems"));
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Lenken hører til en annen person");
    assert!(kontobro.log().contains("opening_not_noted"));
    kari.says_not_me().await;
    kari.sees("Vi vet ikke om det gikk i orden").reads("Prøv en gang til. Det er trygt");
    kontobro.heals();
    kari.opens_from_elsewhere(&link).await;
    kari.says_not_me().await;
    kari.sees(STOPPED);
}

#[tokio::test]
async fn thanks_are_for_whoever_has_stopped_something() {
    let kontobro = Kontobro::start().await;
    let (kari, _, _) = kari_has_stopped_ola(&kontobro).await;
    let stranger = kontobro.browser();
    stranger.opens("/stoppet").await;
    stranger.is_at("/");
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.opens("/stoppet").await;
    ola.is_at("/");
    kari.opens("/stoppet").await;
    kari.sees(STOPPED);
}
