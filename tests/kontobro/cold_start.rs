//! Functions that start while Secrets Manager does not answer (T86).

use std::time::{Duration, Instant};

use serde_json::json;
use standins::wire::{Fault, Kind, Wire};

use crate::support::Kontobro;

const NOTHING_CHANGED: &str = "Beklager, vi får ikke gjort dette nå";

/// A Kontobro whose functions have all started in vain.
async fn started_without_secrets() -> Kontobro {
    let wire = Wire::new();
    let denied = Kind::Refuse { status: 400, error: "AccessDeniedException".into() };
    wire.fail(Fault::on("secrets", denied));
    Kontobro::start_on(wire).await
}

#[tokio::test]
async fn t86_without_secrets_every_page_says_so_and_works_again_once_they_are_back() {
    let kontobro = started_without_secrets().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.opens("/").await;
    kari.sees("Koble kontoen din til ID-porten").goes_to_idporten().await;
    for path in ["/logg-inn", "/logg-inn/svar", "/sok", "/bekreft", "/ny", "/b?t=x", "/profil"] {
        kari.opens(path).await;
        assert_eq!(kari.page().status, 503, "{path}");
        kari.sees(NOTHING_CHANGED).reads("Ingenting ble endret.").reads("oppgir feil-ID");
    }
    kari.opens("/logg-inn?sprak=nn").await;
    kari.sees("Beklagar, vi får ikkje gjort dette no");

    kontobro.heals();
    kari.follows(kari.texts().common.try_again).await;
    kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
    kari.asks_for(kari.address).await.follows_the_mail().await.saves().await;
    kari.sees("Du er ferdig");
}

#[tokio::test]
async fn t86_a_secret_that_cannot_be_read_is_named_once_a_try() {
    let kontobro = started_without_secrets().await;
    let named = || kontobro.log().matches("the secret client cannot be read").count();
    assert_eq!(named(), 1, "by `login`, when it started: {}", kontobro.log());
    let stranger = kontobro.browser();
    for tries in 2..4 {
        stranger.opens("/logg-inn").await;
        assert_eq!(named(), tries);
    }
    let lines = kontobro.log();
    let mut told = lines.lines().filter(|line| line.contains("the secret client cannot be read"));
    assert!(told.all(|line| line.contains("\"level\":\"ERROR\"")), "{lines}");
}

#[tokio::test]
async fn t86_without_secrets_the_sweeper_reports_a_failure_and_sweeps_later() {
    let kontobro = started_without_secrets().await;
    let tick = || kontobro.world.invoke("mail-sweeper", json!({ "source": "aws.events" }));
    let error = tick().await.expect_err("Lambda must hear of it");
    assert_eq!(error.to_string(), "the secret link cannot be read");
    kontobro.heals();
    tick().await.expect("a sweep");
}

#[tokio::test]
async fn t86_secrets_that_never_come_are_given_up_in_time() {
    let kontobro = started_without_secrets().await;
    kontobro.heals();
    kontobro.breaks("secrets", Kind::Hang);
    let stranger = kontobro.browser();
    let begun = Instant::now();
    stranger.opens("/logg-inn/svar").await;
    stranger.sees(NOTHING_CHANGED);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
