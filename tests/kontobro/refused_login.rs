//! A login that came to nothing: told on a page of our own, which keeps the reason in every language, repeats
//! nothing of ID-porten's, and has the way on and the way out.

use lambda_http::http::Method;
use standins::wire::{Fault, Kind};

use crate::support::{Kontobro, Person, minutes};

const PAGE: &str = "/logg-inn/ikke-innlogget";
const MINID: &str = "idporten-loa-substantial";
/// Words that a careless page would repeat.
const DESCRIPTION: &str = "noe-som-ID-porten-sier";

/// How a login comes to nothing.
#[derive(Clone, Copy, Debug)]
enum Cause {
    Cancelled,
    TooWeak,
    NoNumber,
    ProviderDown,
    TokenEndpointDown,
    Untrusted,
    ErrorOfTheirs,
    TooLate,
    Doubled,
    StoreDown,
    EndedMeanwhile,
}
use Cause::{
    Cancelled, Doubled, EndedMeanwhile, ErrorOfTheirs, NoNumber, ProviderDown, StoreDown,
    TokenEndpointDown, TooLate, TooWeak, Untrusted,
};

/// Cause, status, the page's heading in bokmål, nynorsk and English, and the label of the way on.
type Case = (Cause, u16, [&'static str; 3], &'static str);

const LOG_IN: &str = "Logg inn med ID-porten";

const CASES: [Case; 11] = [
    (
        Cancelled,
        200,
        ["Du avbrøt innloggingen", "Du avbraut innlogginga", "You cancelled the login"],
        LOG_IN,
    ),
    (
        TooWeak,
        403,
        [
            "Du må logge inn med en sikrere elektronisk ID",
            "Du må logge inn med ein sikrare elektronisk ID",
            "You must log in with a more secure electronic ID",
        ],
        LOG_IN,
    ),
    (
        NoNumber,
        403,
        [
            "Vi kan ikke koble kontoen med denne innloggingen",
            "Vi kan ikkje kople kontoen med denne innlogginga",
            "We cannot link the account with this login",
        ],
        "Gå til forsiden",
    ),
    (ProviderDown, 503, DOWN, LOG_IN),
    (TokenEndpointDown, 503, DOWN, LOG_IN),
    (Untrusted, 403, FAILED, LOG_IN),
    (ErrorOfTheirs, 403, FAILED, LOG_IN),
    (
        TooLate,
        400,
        [
            "Innloggingen ble ikke fullført",
            "Innlogginga blei ikkje fullført",
            "The login was not completed",
        ],
        LOG_IN,
    ),
    (
        Doubled,
        400,
        [
            "Vi forsto ikke det nettleseren sendte",
            "Vi forstod ikkje det nettlesaren sende",
            "We did not understand what the browser sent",
        ],
        "Gå til forsiden",
    ),
    (
        StoreDown,
        503,
        [
            "Beklager, vi får ikke gjort dette nå",
            "Beklagar, vi får ikkje gjort dette no",
            "Sorry, we cannot do this now",
        ],
        "Prøv igjen",
    ),
    (
        EndedMeanwhile,
        403,
        ["Du har blitt logget ut", "Du har blitt logga ut", "You have been logged out"],
        LOG_IN,
    ),
];
const DOWN: [&str; 3] = [
    "Vi får ikke kontakt med ID-porten",
    "Vi får ikkje kontakt med ID-porten",
    "We cannot reach ID-porten",
];
const FAILED: [&str; 3] =
    ["Vi fikk ikke logget deg inn", "Vi fekk ikkje logga deg inn", "We could not log you in"];

async fn comes_to_nothing(kontobro: &Kontobro, kari: &Person<'_>, cause: Cause) {
    let idporten = &kontobro.world.idporten;
    kari.opens("/").await;
    if matches!(cause, ProviderDown) {
        kontobro.breaks("idporten", Kind::CutBefore);
        kari.opens("/logg-inn").await;
        kontobro.heals();
        return;
    }
    kari.goes_to_idporten().await;
    idporten.next_callback(move |parameters| {
        parameters.retain(|(name, _)| name != "error_description");
        parameters.push(("error_description".into(), DESCRIPTION.into()));
        match cause {
            ErrorOfTheirs => parameters.push(("error".into(), "invalid_scope".into())),
            Doubled => parameters.push(("state".into(), "another".into())),
            _ => {}
        }
    });
    let level = match cause {
        TooWeak => "idporten-loa-low",
        NoNumber => "eidas-loa-substantial",
        _ => MINID,
    };
    match cause {
        Cancelled => {
            kari.presses("Avbryt").await;
            return;
        }
        TokenEndpointDown => {
            kontobro.wire.fail(Fault::on("idporten", Kind::CutBefore).only("POST /token"));
        }
        Untrusted => idporten.next_id_token(|token| token.claim("aud", "another")),
        TooLate => kontobro.clock.passes(minutes(11)),
        StoreDown => kontobro.breaks("dynamodb", Kind::CutBefore),
        EndedMeanwhile => {
            idporten.next_id_token(|token| token.claim("sid", "the-session"));
            kontobro.has_ended("the-session");
        }
        _ => {}
    }
    kari.identifies_as(kari.pid, level).await;
    kontobro.heals();
}

/// Every link of the page.
fn addresses(kari: &Person<'_>) -> Vec<String> {
    let page = kari.page();
    let links = page.links.iter().map(|link| link.href.clone());
    links.chain(page.forms.iter().map(|form| form.action.clone())).collect()
}

#[tokio::test]
async fn t107_whatever_a_login_comes_to_is_told_in_every_language_and_has_its_way_on() {
    for (cause, status, headings, way_on) in CASES {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        comes_to_nothing(&kontobro, &kari, cause).await;
        kari.is_at(PAGE).sees(headings[0]);
        assert_eq!(kari.page().status, status, "{cause:?}");
        assert!(kari.cookies().get("__Host-kontobro").is_none(), "{cause:?}");
        let error_id = kari.page().text.split("feil-ID ").nth(1).map(|text| text[..9].to_owned());
        for (language, heading) in [("Nynorsk", headings[1]), ("English", headings[2])] {
            kari.follows(language).await;
            kari.sees(heading);
            assert_eq!(kari.page().path().split('?').next(), Some(PAGE));
            assert_eq!(kari.page().status, status, "{cause:?}");
        }
        kari.follows("Bokmål").await;
        kari.sees(headings[0]);
        kari.reloads().await;
        kari.sees(headings[0]);
        if let Some(error_id) = error_id {
            kari.reads(&error_id);
            let log = kontobro.log();
            let fault = log.lines().find(|line| line.contains(&error_id)).expect("a line");
            assert!(fault.contains("/logg-inn"), "the fault itself: {fault}");
        }
        for address in addresses(&kari) {
            for theirs in ["code=", "state=", "iss=", "error", DESCRIPTION] {
                assert!(!address.contains(theirs), "{cause:?}: {address}");
            }
        }
        assert!(!kari.page().html.contains(DESCRIPTION), "{cause:?}");
        kari.follows(way_on).await;
        if way_on == "Gå til forsiden" {
            kari.is_at("/").goes_to_idporten().await;
        }
        kari.identifies_as(kari.pid, MINID).await;
        kari.is_at("/sok");
        kari.opens(PAGE).await;
        kari.is_at("/");
    }
}

/// The address that ID-porten sends people back to is never the address of a page.
#[tokio::test]
async fn t107_the_callback_always_leads_somewhere_else() {
    let kontobro = Kontobro::start().await;
    let stranger = kontobro.browser();
    for query in [
        "",
        "?code=x&state=y",
        "?error=access_denied&state=y",
        "?state=a&state=b",
        "?sprak=nn",
        "?error_description=x",
    ] {
        let answer = stranger.sends(Method::GET, &format!("/logg-inn/svar{query}"), &[], "").await;
        assert_eq!((answer.status, answer.header("location")), (303, PAGE), "{query}");
        assert_eq!(answer.html, "");
    }
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let answer = kari.sends(Method::GET, "/logg-inn/svar?code=x&state=y", &[], "").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/sok"));
}

/// Verification test 6: who may not come in here is logged in at ID-porten all the same.
#[tokio::test]
async fn t107_who_may_not_come_in_finds_the_way_out_of_idporten() {
    for level in ["idporten-loa-low", "eidas-loa-substantial", "selfregistered-email"] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.logs_in_at(level).await.is_at(PAGE);
        kari.reads("Du kan fortsatt være logget inn i ID-porten.");
        // Single sign-on is for those with a number, and a session for all.
        assert_eq!(kontobro.world.idporten.sessions().len(), 1, "{level}");
        let has_number = level == "idporten-loa-low";
        kari.presses("Logg ut").await;
        kari.sees("Du er logget ut");
        assert_eq!(kontobro.world.idporten.sessions().is_empty(), has_number, "{level}");
        kari.opens("/").await;
        kari.goes_to_idporten().await.sees("Logg inn");
    }
}

/// Where nothing is known of a login at ID-porten, nothing is said of one.
#[tokio::test]
async fn t107_who_cancelled_is_not_told_to_be_logged_in() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    comes_to_nothing(&kontobro, &kari, Cancelled).await;
    kari.does_not_read("logget inn i ID-porten");
    assert!(!kari.page().buttons().contains(&"Logg ut"));
}

/// A step-up that was cancelled: who was logged in is so still, and the way on is the same step.
#[tokio::test]
async fn t107_a_cancelled_second_login_leaves_the_first_and_leads_back_to_what_it_was_for() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await;
    kari.opens("/logg-inn?til=profil").await;
    kari.presses("Avbryt").await;
    kari.is_at(PAGE).sees("Du avbrøt innloggingen");
    assert_eq!(kari.page().buttons(), ["Logg ut"], "of the session, once");
    assert_eq!(kari.page().link(LOG_IN), "/logg-inn?til=profil");
    kari.follows(LOG_IN).await;
    kari.identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil");
}

/// A note that is not ours, or has had its time, tells nothing.
#[tokio::test]
async fn t107_nobody_is_told_anything_by_a_forged_or_an_old_note() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    comes_to_nothing(&kontobro, &kari, Cancelled).await;
    let note = kari.cookies().get("__Host-innlogging").expect("a note").to_owned();
    let stranger = kontobro.browser();
    stranger.change_cookies(|jar| jar.set("__Host-innlogging", &note[1..]));
    stranger.opens(PAGE).await;
    stranger.is_at("/");
    kontobro.clock.passes(minutes(10));
    kari.opens(PAGE).await;
    kari.is_at("/");
}
