use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::routing::post;

use super::*;
use crate::{http, loopback, server::Listener};

pub(super) async fn counter(wire: &Wire) -> (crate::Server, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let app = Router::new().route(
        "/count",
        post(move || async move { counted.fetch_add(1, Ordering::SeqCst).to_string() }),
    );
    (Listener::bind(loopback(0)).await.unwrap().serve("counter", wire, app), count)
}

#[tokio::test]
async fn a_cut_before_applies_nothing_and_a_cut_after_loses_only_the_answer() {
    let wire = Wire::new();
    let (server, count) = counter(&wire).await;
    let url = format!("{}/count", server.url());
    wire.fail(Fault::on("counter", Kind::CutBefore).times(1));
    assert!(http::post_form(&url, &[]).await.is_err());
    assert_eq!(count.load(Ordering::SeqCst), 0);
    wire.fail(Fault::on("counter", Kind::CutAfter).only("POST /count").times(1));
    assert!(http::post_form(&url, &[]).await.is_err());
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "1");
    let statuses: Vec<_> = wire.taken().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [None, None, Some(200)]);
}

#[tokio::test]
async fn a_refusal_names_its_error_type_until_healed() {
    let wire = Wire::new();
    let (server, _) = counter(&wire).await;
    let url = format!("{}/count", server.url());
    let kind = Kind::Refuse { status: 400, error: "ThrottlingException".to_owned() };
    wire.fail(Fault::on("counter", kind));
    let refused = http::post_form(&url, &[]).await.unwrap();
    assert_eq!(refused.status, 400);
    assert_eq!(refused.headers["x-amzn-errortype"], "ThrottlingException");
    wire.heal();
    assert_eq!(http::post_form(&url, &[]).await.unwrap().status, 200);
}

#[tokio::test]
async fn what_is_delivered_twice_or_arrives_in_part_was_applied() {
    let wire = Wire::new();
    let (server, count) = counter(&wire).await;
    let url = format!("{}/count", server.url());
    wire.fail(Fault::on("counter", Kind::Twice).times(1));
    assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "1");
    count.store(9_999, Ordering::SeqCst);
    wire.fail(Fault::on("counter", Kind::Truncated).times(1));
    assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "99");
    wire.fail(Fault::on("counter", Kind::Padded(3)).times(1));
    assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "10000   ");
    let failed = Kind::RefuseAfter { status: 500, error: "InternalServerError".to_owned() };
    wire.fail(Fault::on("counter", failed).times(1));
    assert_eq!(http::post_form(&url, &[]).await.unwrap().status, 500);
    assert_eq!(count.load(Ordering::SeqCst), 10_002);
}

#[tokio::test]
async fn a_held_request_is_its_holders_to_apply_and_to_answer() {
    let wire = Wire::new();
    let (server, count) = counter(&wire).await;
    let url = format!("{}/count", server.url());
    let mut held = wire.hold();
    let asking = tokio::spawn(async move { http::post_form(&url, &[]).await });
    let waiting = held.recv().await.unwrap();
    assert_eq!(waiting.call.operation, "POST /count");
    assert_eq!(count.load(Ordering::SeqCst), 0);
    let answer = waiting.apply().await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
    waiting.answer(Outcome::Answer(answer));
    assert_eq!(asking.await.unwrap().unwrap().text(), "0");
    drop(held);
    let url = format!("{}/count", server.url());
    assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "1");
}
