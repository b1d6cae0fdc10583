//! The portal people are sent to when they are done. One page, whatever is asked for.
//!
//! Nothing in a request is shown or kept.

use std::{io, net::SocketAddr};

use axum::{Router, response::Html};

use crate::{Server, server::Listener, wire::Wire};

const PAGE: &str = r#"<!doctype html>
<html lang="nb">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Portalen</title>
<style>body{font:18px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem}</style>
<h1>Du er på portalen</h1>
<p>Her slutter den lokale prøvekjøringen. Alt gikk bra.</p>
</html>
"#;

/// Starts the portal.
///
/// # Errors
/// When the address cannot be bound; the message names it.
pub async fn start(address: SocketAddr) -> io::Result<Server> {
    let app = Router::new().fallback(|| async { Html(PAGE) });
    Ok(Listener::bind(address).await?.serve("portal", &Wire::new(), app))
}
