//! The fault switch over HTTP, for whoever stands outside this process: a person who wants to see
//! what a failing service looks like, or a test in a browser.
//!
//! ```text
//! curl -d kind=hang -d operation=TransactWriteItems localhost:9003/wire
//! curl -d kind=heal localhost:9003/wire
//! ```

use axum::{body::Body, response::Response};

use super::{Fault, Kind, Wire};

/// Where the switch is, at every stand-in.
pub(super) const PATH: &str = "/wire";

/// Switches a fault of `service` on, or all faults off; 400 for what is no fault.
pub(super) fn switch(wire: &Wire, service: &'static str, form: &[u8]) -> Response {
    let value = |name: &str| {
        form_urlencoded::parse(form).find(|(known, _)| known == name).map(|(_, value)| value)
    };
    let kind = match value("kind").as_deref() {
        Some("heal") => {
            wire.heal();
            return status(204);
        }
        Some("refuse") => Kind::Refuse { status: 400, error: "AccessDeniedException".to_owned() },
        Some("hang") => Kind::Hang,
        Some("cut-before") => Kind::CutBefore,
        Some("cut-after") => Kind::CutAfter,
        _ => return status(400),
    };
    let fault = Fault::on(service, kind);
    wire.fail(match value("operation") {
        Some(operation) => fault.only(&operation),
        None => fault,
    });
    status(204)
}

fn status(status: u16) -> Response {
    Response::builder().status(status).body(Body::empty()).expect("a valid status")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::{super::tests::counter, *};
    use crate::http;

    #[tokio::test]
    async fn the_switch_can_be_turned_by_hand() {
        let (server, count) = counter(&Wire::new()).await;
        let [count_url, switch] = ["count", "wire"].map(|path| format!("{}/{path}", server.url()));
        for (fields, works) in [
            (&[("kind", "cut-after"), ("operation", "POST /other")][..], true),
            (&[("kind", "cut-before"), ("operation", "POST /count")], false),
            (&[("kind", "heal")], true),
        ] {
            assert_eq!(http::post_form(&switch, fields).await.unwrap().status, 204);
            assert_eq!(http::post_form(&count_url, &[]).await.is_ok(), works, "{fields:?}");
        }
        assert_eq!(http::post_form(&switch, &[("kind", "magic")]).await.unwrap().status, 400);
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}
