//! The provider's own pages, in Norwegian. They work without scripts.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Person, provider::Provider};

const STYLE: &str = "
body { font: 17px/1.5 system-ui; margin: 0; background: #f4f5f6; color: #1e2b3c }
main { max-width: 32rem; margin: 8vh auto; background: #fff; padding: 1.5rem 2rem 2rem; border-top: 6px solid #e11b22 }
fieldset { border: 0; padding: 0; margin: 0 0 1rem } legend, .label { font-weight: 600; display: block }
label { display: block; padding: .2rem 0 } select, input[name=pid] { font: inherit; padding: .4rem; width: 100%; box-sizing: border-box }
button { font: inherit; padding: .5rem 1.2rem; margin: 1rem .5rem 0 0 } .wrong { color: #b3000c; font-weight: 600 }
small { color: #555 } iframe { display: none }
";

/// Levels on the login page and what they are.
const LEVELS: [(&str, &str); 5] = [
    ("idporten-loa-substantial", "Betydelig (MinID)"),
    ("idporten-loa-high", "Høyt (BankID)"),
    ("idporten-loa-low", "Lavt (idporten-loa-low)"),
    ("eidas-loa-substantial", "eIDAS, uten fødselsnummer"),
    ("selfregistered-email", "E-postinnlogging, uten fødselsnummer"),
];

/// The login page; `asked` preselects the level, `wrong` is shown above the form.
pub(super) fn login(
    people: &[Person],
    attempt: &str,
    asked: &[String],
    wrong: Option<&str>,
) -> Response {
    let body = html! {
        h1 { "Logg inn" }
        @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
        form method="post" action="/login" {
            input type="hidden" name="attempt" value=(attempt);
            @if !people.is_empty() {
                fieldset {
                    legend { "Testperson" }
                    @for (index, person) in people.iter().enumerate() {
                        label {
                            input type="radio" name="person" value=(person.pid) checked[index == 0];
                            " " (person.name) " " small { (person.pid) }
                        }
                    }
                }
            }
            label {
                span.label { "Fødselsnummer" }
                input name="pid" inputmode="numeric" autocomplete="off";
                small { "Fyll ut for å logge inn som en annen." }
            }
            label {
                span.label { "Nivå" }
                select name="level" {
                    @for (acr, label) in LEVELS {
                        option value=(acr) selected[asked.first().is_some_and(|asked| asked == acr)] {
                            (label)
                        }
                    }
                }
            }
            button name="action" value="login" { "Logg inn" }
            button name="action" value="cancel" { "Avbryt" }
        }
    };
    page(StatusCode::OK, "Logg inn", None, &body)
}

/// The end of a request that cannot be sent back to its client.
pub(super) fn refused(why: &str) -> Response {
    let body = html! {
        h1 { "Noe gikk galt" }
        p { "Gå tilbake til tjenesten og prøv igjen." }
        p { small { "invalid_request: " (why) } }
    };
    page(StatusCode::BAD_REQUEST, "Noe gikk galt", None, &body)
}

/// Loads the front-channel addresses, then goes on.
pub(super) fn logged_out(frames: &[String], then: Option<&str>) -> Response {
    let body = html! {
        h1 { "Du er logget ut" }
        @if let Some(then) = then { p { a id="videre" href=(then) { "Gå videre" } } }
        @for frame in frames { iframe title="Utlogging" src=(frame) {} }
    };
    page(StatusCode::OK, "Du er logget ut", then, &body)
}

/// `GET /`.
pub(super) async fn home(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    let sid = provider.session_of(&headers);
    let who = sid.and_then(|sid| {
        provider.state().sessions.get(&sid).map(|session| session.login.subject.clone())
    });
    let body = html! {
        h1 { "ID-porten, lokal utgave" }
        @match who {
            Some(who) => {
                p { "Innlogget: " (who) }
                form method="post" action="/logout" { button { "Logg ut av alle tjenester" } }
            }
            None => p { "Ingen er innlogget i denne nettleseren." },
        }
    };
    page(StatusCode::OK, "ID-porten", None, &body)
}

/// `then` is where the page goes by itself after a second.
fn page(status: StatusCode, title: &str, then: Option<&str>, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="nb" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                @if let Some(then) = then { meta http-equiv="refresh" content={ "1;url=" (then) }; }
                title { (title) " – ID-porten (lokal)" }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page.into_string())).into_response()
}
