use std::sync::Mutex;

use super::*;
use crate::{
    http, locked, loopback, system_clock,
    wire::{Fault, Wire},
};
use axum::http::Method;
use serde_json::json;

async fn ses(file: Option<Box<Path>>, wire: &Wire) -> (Ses, Arc<Mutex<Vec<Value>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = told.clone();
    let feedback: Feedback = Arc::new(move |event| {
        locked(&teller).push(event);
        Box::pin(async {})
    });
    let identity = "example.no".to_owned();
    let settings = Settings { identity, file, feedback, clock: system_clock() };
    (Ses::start(loopback(0), settings, wire).await.unwrap(), told)
}

fn mail(from: &str, to: &str) -> Value {
    json!({
        "FromEmailAddress": from,
        "Destination": { "ToAddresses": [to] },
        "ReplyToAddresses": ["hjelp@example.no"],
        "ConfigurationSetName": "mail",
        "EmailTags": [{ "Name": "request", "Value": "01ABC" }],
        "Content": { "Simple": {
            "Subject": { "Data": "Bekreft æøå" },
            "Headers": [{ "Name": "Auto-Submitted", "Value": "auto-generated" }],
            "Body": { "Text": { "Data": "Hei https://x.no/b?t=1" }, "Html": { "Data": "<p>Hei</p>" } },
        } },
    })
}

async fn send(ses: &Ses, mail: &Value) -> (u16, String, Value) {
    let url = format!("{}/v2/email/outbound-emails", ses.url());
    let answer = http::call(Method::POST, &url, &[], mail.to_string()).await.unwrap();
    let error = answer.headers.get("x-amzn-errortype").map(|error| error.to_str().unwrap());
    (answer.status, error.unwrap_or_default().to_owned(), answer.json())
}

#[tokio::test]
async fn mail_is_kept_over_a_restart_and_shown_newest_first() {
    let file = std::env::temp_dir().join(format!("outbox-{}.jsonl", crate::random_hex(8)));
    let wire = Wire::new();
    let (first, _) = ses(Some(file.clone().into()), &wire).await;
    let from = "Tjenesten <svar-ikke@post.example.no>";
    send(&first, &mail(from, "kari@example.no")).await;
    let (_, _, newest) = send(&first, &mail(from, "Ola <ola@example.no>")).await;
    drop(first);
    let (second, _) = ses(Some(file.clone().into()), &wire).await;
    let kept = http::get(&format!("{}/messages", second.url())).await.unwrap().json();
    assert_eq!(kept[0]["message_id"], newest["MessageId"]);
    assert_eq!(kept[1]["to"], "kari@example.no");
    assert_eq!(kept[1]["subject"], "Bekreft æøå");
    assert_eq!(kept[1]["headers"], json!([["Auto-Submitted", "auto-generated"]]));
    let page = http::get(second.url()).await.unwrap().text();
    assert!(page.find("ola@example.no") < page.find("kari@example.no"));
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn senders_and_recipients_are_checked_as_ses_does() {
    let wire = Wire::new();
    let (ses, _) = ses(None, &wire).await;
    let refused = async |from: &str, to: &str| send(&ses, &mail(from, to)).await.1;
    assert_eq!(refused("a@evil-example.no", "kari@example.no").await, "MessageRejected");
    for address in [
        "",
        "kari",
        "kari@localhost",
        "kåri@example.no",
        "kari@blåbær.no",
        "a b@example.no",
        "a@b..no",
    ] {
        assert_eq!(refused("a@example.no", address).await, "BadRequestException", "{address}");
    }
    let mut answered_elsewhere = mail("a@example.no", "kari@example.no");
    answered_elsewhere["ReplyToAddresses"] = json!(["hjelp@blåbær.no"]);
    assert_eq!(send(&ses, &answered_elsewhere).await.1, "BadRequestException");
    wire.fail(Fault::on("ses", throttled()).times(1));
    let (status, error, _) = send(&ses, &mail("a@example.no", "kari@example.no")).await;
    assert_eq!((status, error.as_str()), (429, "TooManyRequestsException"));
    assert!(ses.messages().is_empty());
}

#[tokio::test]
async fn the_bounce_button_tells_what_ses_would_publish() {
    let (ses, told) = ses(None, &Wire::new()).await;
    let (_, _, sent) = send(&ses, &mail("a@example.no", "kari@example.no")).await;
    let id = sent["MessageId"].as_str().unwrap();
    let button = format!("{}/mail/{id}/feedback", ses.url());
    assert_eq!(http::post_form(&button, &[("fate", "bounce")]).await.unwrap().status, 303);
    let event = locked(&told)[0].clone();
    assert_eq!(event["source"], "aws.ses");
    assert_eq!(event["detail-type"], "Email Bounced");
    let detail = &event["detail"];
    assert_eq!(detail["mail"]["messageId"], id);
    assert_eq!(detail["mail"]["tags"]["request"], json!(["01ABC"]));
    assert_eq!(detail["bounce"]["bounceType"], "Permanent");
    assert_eq!(detail["bounce"]["bouncedRecipients"][0]["emailAddress"], "kari@example.no");
    let page = http::get(&format!("{}/mail/{id}", ses.url())).await.unwrap().text();
    assert!(page.contains("Kom i retur") && page.contains("href=\"https://x.no/b?t=1\""));
}

#[tokio::test]
async fn an_address_that_bounced_is_sent_nothing_more_and_that_is_told() {
    let (ses, told) = ses(None, &Wire::new()).await;
    let (_, _, first) = send(&ses, &mail("a@example.no", "kari@example.no")).await;
    assert!(ses.decide(first["MessageId"].as_str().unwrap(), Fate::Bounced).await);
    let (status, _, second) = send(&ses, &mail("a@example.no", "kari@example.no")).await;
    send(&ses, &mail("a@example.no", "ola@example.no")).await;
    assert_eq!(status, 200);
    let told = locked(&told);
    let [_, suppressed] = &told[..] else { panic!("{} events", told.len()) };
    assert_eq!(suppressed["detail"]["mail"]["messageId"], second["MessageId"]);
    assert_eq!(suppressed["detail"]["bounce"]["bounceSubType"], "OnAccountSuppressionList");
}
