//! ID-porten, there and back.

use standins::{
    idporten::Algorithm,
    wire::{Fault, Kind},
};

use crate::support::{Kontobro, minutes};

const MINID: &str = "idporten-loa-substantial";

#[tokio::test]
async fn s9_minid_suffices_and_bankid_too() {
    let kontobro = Kontobro::start().await;
    for level in ["idporten-loa-substantial", "idporten-loa-high"] {
        let kari = kontobro.person("Kari Nordmann");
        kari.logs_in_at(level).await.is_at("/sok");
    }
}

#[tokio::test]
async fn who_cancels_at_idporten_may_log_in_again() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    kari.goes_to_idporten().await.presses("Avbryt").await;
    kari.sees("Du avbrøt innloggingen").reads("Ingenting er endret.");
    kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t07_a_weak_login_is_refused_with_the_way_on() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in_at("idporten-loa-low").await;
    kari.sees("Du må logge inn med en sikrere elektronisk ID");
    assert_eq!(kari.page().status, 403);
    kari.opens("/sok").await;
    kari.is_at("/");
}

#[tokio::test]
async fn t08_a_login_without_identity_number_leads_to_support() {
    for level in ["eidas-loa-substantial", "selfregistered-email"] {
        let kontobro = Kontobro::start().await;
        let agnieszka = kontobro.person("Agnieszka Kowalska");
        agnieszka.logs_in_at(level).await;
        agnieszka.sees("Vi kan ikke koble kontoen med denne innloggingen");
        agnieszka
            .reads("Vi trenger norsk fødselsnummer eller d-nummer")
            .reads("support@nakos.example");
        assert_eq!(agnieszka.page().status, 403);
        agnieszka.opens("/sok").await;
        agnieszka.is_at("/");
    }
}

#[tokio::test]
async fn t02_a_callback_replayed_makes_no_second_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let callback = kontobro.secrets.visited_with("/logg-inn/svar?");
    let stranger = kontobro.browser();
    stranger.opens(&callback).await;
    stranger.sees("Innloggingen ble ikke fullført");
    assert!(stranger.cookies().get("__Host-kontobro").is_none());
    let before = kari.cookies().clone();
    kari.opens(&callback).await;
    kari.is_at("/sok");

    let with_old_cookies = kontobro.browser();
    with_old_cookies.change_cookies(|jar| *jar = before);
    with_old_cookies.change_cookies(|jar| jar.remove("__Host-kontobro"));
    with_old_cookies.opens(&callback).await;
    with_old_cookies.sees("Innloggingen ble ikke fullført");
}

/// How often a code was sent to ID-porten since this was asked last.
fn redeemed(kontobro: &Kontobro) -> usize {
    let calls = kontobro.calls_to("idporten");
    calls.iter().filter(|call| call.operation == "POST /token").count()
}

/// Cookies are copied, and browsers restore theirs: the attempt itself is used up, not only its cookie.
#[tokio::test]
async fn t02_a_callback_replayed_with_the_cookie_of_then_asks_nobody_anything() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    kari.goes_to_idporten().await;
    let of_then = kari.cookies().clone();
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    assert_eq!(redeemed(&kontobro), 1);
    let callback = kontobro.secrets.visited_with("/logg-inn/svar?");

    let thief = kontobro.browser();
    thief.change_cookies(|jar| *jar = of_then.clone());
    thief.opens(&callback).await;
    thief.sees("Innloggingen ble ikke fullført");
    assert!(thief.cookies().get("__Host-kontobro").is_none());

    // Whoever is logged in goes on from there.
    let attempt = of_then.names().find(|name| name.starts_with("__Host-forsok-"));
    let attempt = attempt.expect("an attempt");
    let sealed = of_then.get(attempt).expect("its cookie");
    kari.change_cookies(|jar| jar.set(attempt, sealed));
    kari.opens(&callback).await;
    kari.is_at("/sok");
    assert_eq!(redeemed(&kontobro), 0, "since then");
}

#[tokio::test]
async fn t02_a_code_is_redeemed_only_once_the_attempt_is_known_to_be_used_up() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    kari.goes_to_idporten().await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::CutBefore).only("PutItem"));
    kari.identifies_as(kari.pid, MINID).await;
    kari.sees("Beklager, vi får ikke gjort dette nå");
    assert_eq!(redeemed(&kontobro), 0);
    kontobro.heals();
    kari.follows("Prøv igjen").await;
    kari.is_at("/sok");
}

/// The store has taken it, and its answer was lost: the next try finds its own mark.
#[tokio::test]
async fn t57_an_attempt_whose_use_was_written_and_not_confirmed_is_a_login_all_the_same() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    kari.goes_to_idporten().await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::CutAfter).only("PutItem").times(1));
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    assert_eq!((redeemed(&kontobro), kontobro.wire.struck()), (1, 1));
}

/// ID-porten may change how it signs, and does so between two logins.
#[tokio::test]
async fn t106_a_login_is_taken_however_idporten_signs_of_what_it_announces() {
    for algorithm in [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256] {
        let kontobro = Kontobro::start().await;
        let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
        kari.logs_in().await.is_at("/sok");
        kontobro.world.idporten.sign_with(algorithm);
        ola.logs_in().await.is_at("/sok");
        let sid = kontobro.world.idporten.sessions().pop().expect("a session");
        let frames = kontobro.world.idporten.log_out(&sid).await; // by the back channel too
        assert_eq!(frames.len(), 1);
        ola.opens("/sok").await;
        ola.sees("Du har blitt logget ut");
    }
}

#[tokio::test]
async fn t106_a_login_signed_as_idporten_has_not_announced_is_refused() {
    for algorithm in [Algorithm::Ps256, Algorithm::Es256] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        let idporten = &kontobro.world.idporten;
        idporten.sign_with(algorithm);
        idporten.change_metadata(|metadata| {
            metadata["id_token_signing_alg_values_supported"] = serde_json::json!(["RS256"]);
        });
        kari.logs_in().await.sees("Vi fikk ikke logget deg inn");
        assert!(kari.cookies().get("__Host-kontobro").is_none());
        assert!(kontobro.log().contains("token_algorithm_not_announced"), "{algorithm:?}");
    }
}

#[tokio::test]
async fn t01_a_callback_in_another_browser_is_nobodys_login() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    kari.goes_to_idporten().await;
    kari.browser.change_cookies(|jar| *jar = kontobro.browser().cookies().clone());
    kari.identifies_as(kari.pid, MINID).await;
    kari.sees("Innloggingen ble ikke fullført");
    assert_eq!(kari.page().status, 400);
    assert!(kontobro.calls_to("idporten").iter().all(|call| call.operation != "POST /token"));
}

#[tokio::test]
async fn t02_two_tabs_may_both_finish() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/").await;
    let tab = kari.in_another_tab();
    kari.goes_to_idporten().await;
    tab.shares_cookies_with(&kari);
    tab.goes_to_idporten().await;
    let both = tab.cookies().names().filter(|name| name.starts_with("__Host-forsok-")).count();
    assert_eq!(both, 2);
    kari.shares_cookies_with(&tab);
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    tab.shares_cookies_with(&kari);
    tab.identifies_as(kari.pid, MINID).await;
    tab.is_at("/sok");
}

#[tokio::test]
async fn t02_of_four_attempts_the_newest_three_are_kept() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    for _ in 0..4 {
        kari.opens("/logg-inn").await;
        kontobro.clock.passes(minutes(1));
    }
    let attempts = || kari.cookies().names().filter(|n| n.starts_with("__Host-forsok-")).count();
    assert_eq!(attempts(), 3);
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
    assert_eq!(attempts(), 2);
}

/// Five tabs at the same moment. Whichever names their attempts have, the first ones go first.
#[tokio::test]
async fn t02_of_many_tabs_the_oldest_login_is_dropped_and_its_tab_says_so() {
    for _ in 0..3 {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        let mut tabs = Vec::new();
        for _ in 0..5 {
            let tab = kari.in_another_tab();
            tab.shares_cookies_with(&kari);
            tab.opens("/logg-inn").await;
            kari.shares_cookies_with(&tab);
            tabs.push(tab);
        }
        for (n, tab) in tabs.iter().enumerate() {
            tab.shares_cookies_with(&kari);
            tab.identifies_as(kari.pid, MINID).await;
            if n < 2 {
                tab.sees("Du har begynt på flere innlogginger").reads("Ingenting er endret.");
                assert_eq!(tab.page().status, 409);
            } else {
                tab.is_at("/sok");
            }
            kari.shares_cookies_with(tab);
        }
        tabs[0].follows("Logg inn med ID-porten").await;
        tabs[0].is_at("/sok");
    }
}

#[tokio::test]
async fn an_attempt_is_good_for_ten_minutes() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/logg-inn").await;
    kontobro.clock.passes(minutes(10));
    kari.identifies_as(kari.pid, MINID).await;
    kari.sees("Innloggingen ble ikke fullført").follows("Logg inn med ID-porten").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t15_the_next_person_at_the_same_browser_gets_nothing_of_the_first() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await.sees("Vi fant én konto");
    let first_session = kari.in_another_tab();
    kontobro.clock.passes(minutes(31));

    kari.opens("/logg-inn").await;
    kari.identifies_as(ola.pid, MINID).await;
    kari.is_at("/sok");
    kari.opens("/treff").await;
    kari.is_at("/sok").does_not_read("Ka•••");
    let form = first_session.filled_in(&first_session.page(), "Slå sammen").1;
    kari.opens(&form).await;
    kari.sees("Siden gjelder ikke lenger");
}

#[tokio::test]
async fn t18_while_idporten_is_down_the_page_says_so_in_english_too() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kontobro.breaks("idporten", Kind::CutBefore);
    kari.opens("/logg-inn").await;
    kari.sees("Vi får ikke kontakt med ID-porten").reads("status.digdir.no");
    kari.reads("We cannot reach ID-porten");
    assert_eq!(kari.page().status, 503);
    kontobro.heals();
    kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t11_a_token_endpoint_that_fails_costs_one_more_login() {
    for fault in [
        Kind::Refuse { status: 500, error: "server_error".into() },
        Kind::Refuse { status: 503, error: "temporarily_unavailable".into() },
        Kind::CutBefore,
        Kind::CutAfter,
    ] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kontobro.wire.fail(Fault::on("idporten", fault.clone()).only("POST /token").times(1));
        kari.logs_in().await;
        kari.sees("Vi får ikke kontakt med ID-porten");
        assert_eq!(kari.page().status, 503, "{fault:?}");
        let calls = kontobro.calls_to("idporten");
        let redeemed = calls.iter().filter(|call| call.operation == "POST /token").count();
        assert_eq!(redeemed, 1, "a code is used once");
        kari.goes_to_idporten().await.identifies_as(kari.pid, MINID).await;
        kari.is_at("/sok");
    }
}

#[tokio::test]
async fn t06_a_token_that_is_not_trusted_gives_no_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kontobro.world.idporten.next_id_token(|token| token.claim("aud", "somebody-else"));
    kari.logs_in().await;
    kari.sees("Vi fikk ikke logget deg inn").reads("feil-ID").does_not_read("aud");
    assert!(kari.cookies().get("__Host-kontobro").is_none());
    assert!(kontobro.books().but_for("ATTEMPT").is_empty());
}

#[tokio::test]
async fn keys_may_rotate_between_two_logins() {
    let kontobro = Kontobro::start().await;
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.logs_in().await.is_at("/sok");
    kontobro.world.idporten.rotate();
    kontobro.clock.passes(minutes(2));
    ola.logs_in().await.is_at("/sok");
}

#[tokio::test]
async fn the_language_chosen_at_idporten_goes_on_afterwards() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kontobro.world.idporten.next_id_token(|token| token.claim("locale", "nn"));
    kari.logs_in().await;
    assert_eq!(kari.page().lang, "nn");
}

#[tokio::test]
async fn who_is_not_logged_in_is_led_to_the_start_from_every_step() {
    let kontobro = Kontobro::start().await;
    let stranger = kontobro.browser();
    for path in ["/sok", "/treff", "/bekreft", "/sendt", "/ny", "/profil", "/ferdig"] {
        stranger.opens(path).await;
        stranger.is_at("/");
    }
}

/// A d-number that becomes a fødselsnummer is a new person here: support joins them, no rule does.
#[tokio::test]
async fn t17_another_identity_number_is_another_person_whatever_else_is_the_same() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await;
    let later = kari.on_another_device();
    kontobro.secrets.pid("53845912345");
    later.opens("/").await;
    later.goes_to_idporten().await.identifies_as("53845912345", MINID).await;
    later.is_at("/sok");
    later.searches_for(kari.address).await;
    later.sees("Vi kan ikke slå sammen denne kontoen");
    assert_eq!(kontobro.books().of_kind("PERSON").len(), 1);
}
