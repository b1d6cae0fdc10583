//! The outbox as a mailbox: list, mail, buttons. For people at a laptop; tests use `/messages`.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;

use super::{Fate, Message};

type Ses = Arc<super::State>;

const STYLE: &str = "
body { font: 16px/1.5 system-ui; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1e2b3c }
a { color: #0062ba } table { width: 100%; border-collapse: collapse }
td, th { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #d2d5d8; vertical-align: top }
td:first-child, th + td { overflow-wrap: anywhere }
iframe { width: 100%; height: 34rem; border: 1px solid #d2d5d8 }
pre { white-space: pre-wrap; background: #f4f5f6; padding: 1rem; overflow-wrap: anywhere }
button { font: inherit; padding: .4rem 1rem; margin-right: .5rem } form { display: inline }
";

pub(super) fn routes() -> Router<Ses> {
    Router::new()
        .route("/", get(list))
        .route("/messages", get(messages))
        .route("/mail/{id}", get(mail))
        .route("/mail/{id}/html", get(html_part))
        .route("/mail/{id}/feedback", post(feedback))
}

async fn messages(State(ses): State<Ses>) -> Response {
    let messages = ses.outbox.messages();
    Json(messages.iter().map(|message| &**message).collect::<Vec<_>>()).into_response()
}

async fn list(State(ses): State<Ses>) -> Html<String> {
    let messages = ses.outbox.messages();
    page(
        "Utboks",
        &html! {
            h1 { "Utboks" }
            @if messages.is_empty() { p { "Ingen e-post er sendt ennå." } }
            @else {
                table {
                    tr { th { "E-post" } th { "Sendt" } th { "Status" } }
                    @for message in &messages {
                        tr {
                            td { a href={ "/mail/" (message.message_id) } { (message.subject) } br; (message.to) }
                            td { (message.sent_at.strftime("%Y-%m-%d %H:%M:%S UTC")) }
                            td { (status(message)) }
                        }
                    }
                }
            }
            p { a href="/messages" { "Som JSON" } }
        },
    )
}

async fn mail(State(ses): State<Ses>, Path(id): Path<String>) -> Response {
    let Some(message) = ses.outbox.message(&id) else { return missing() };
    let known = [("Fra", &message.from), ("Til", &message.to), ("Svar til", &message.reply_to)];
    let body = html! {
        p { a href="/" { "Utboks" } }
        h1 { (message.subject) }
        table {
            @for (name, value) in known { tr { th { (name) } td { (value) } } }
            tr { th { "Sendt" } td { (message.sent_at) } }
            @for (name, value) in message.headers.iter().chain(&message.tags) {
                tr { th { (name) } td { (value) } }
            }
            tr { th { "Status" } td { (status(&message)) } }
        }
        p {
            @for (fate, label) in [("deliver", "Lever"), ("delay", "Forsink"), ("return", "Full boks"), ("away", "Fravær"), ("refuse", "Avvis"), ("bounce", "Sprett")] {
                form method="post" action={ "/mail/" (id) "/feedback" } {
                    button name="fate" value=(fate) { (label) }
                }
            }
        }
        @if !message.html.is_empty() {
            h2 { "HTML" }
            // Links may be followed, into this window or a new one; scripts never run.
            iframe title="E-posten som HTML" src={ "/mail/" (id) "/html" }
                sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" {}
        }
        @if !message.text.is_empty() { h2 { "Tekst" } pre { (linked(&message.text)) } }
    };
    page(&message.subject, &body).into_response()
}

async fn html_part(State(ses): State<Ses>, Path(id): Path<String>) -> Response {
    let Some(message) = ses.outbox.message(&id) else { return missing() };
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    // A mail's links open outside its frame.
    let base = r#"<base target="_top">"#;
    let html = match message.html.split_once("<head>") {
        Some((before, after)) => format!("{before}<head>{base}{after}"),
        None => format!("{base}{}", message.html),
    };
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

#[derive(Deserialize)]
struct Button {
    fate: String,
}

async fn feedback(
    State(ses): State<Ses>,
    Path(id): Path<String>,
    Form(button): Form<Button>,
) -> Response {
    let fate = match button.fate.as_str() {
        "deliver" => Fate::Delivered,
        "delay" => Fate::Delayed,
        "return" => Fate::BouncedTransiently,
        "bounce" => Fate::Bounced,
        "away" => Fate::AnsweredByAbsence,
        "refuse" => Fate::BouncedForContent,
        "complain" => Fate::Complained,
        _ => return StatusCode::BAD_REQUEST.into_response(),
    };
    if ses.decide(&id, fate).await {
        Redirect::to(&format!("/mail/{id}")).into_response()
    } else {
        missing()
    }
}

fn status(message: &Message) -> &'static str {
    match message.fates.last() {
        None | Some(Fate::Sent) => "Sendt",
        Some(Fate::Delivered) => "Levert",
        Some(Fate::Delayed) => "Forsinket",
        Some(
            Fate::Bounced
            | Fate::BouncedTransiently
            | Fate::BouncedWith(..)
            | Fate::BouncedUnclearly,
        ) => "Kom i retur",
        Some(Fate::AnsweredByAbsence) => "Fraværssvar",
        Some(Fate::Suppressed) => "Ikke sendt: adressen er undertrykt",
        Some(Fate::Complained) => "Meldt som søppelpost",
        Some(Fate::Rejected | Fate::BouncedForContent) => "Avvist",
    }
}

/// Addresses become links, as in a mail program.
fn linked(text: &str) -> Markup {
    let words = text.split_inclusive(char::is_whitespace);
    html! {
        @for word in words {
            @let bare = word.trim_end();
            @if bare.starts_with("http://") || bare.starts_with("https://") {
                a href=(bare) { (bare) } (&word[bare.len()..])
            } @else { (word) }
        }
    }
}

fn page(title: &str, body: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="nb" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    Html(page.into_string())
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, page("Ikke funnet", &html! { h1 { "Ingen slik e-post" } }))
        .into_response()
}
