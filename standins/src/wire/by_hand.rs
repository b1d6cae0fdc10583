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
