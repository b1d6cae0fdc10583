//! The provider's own documents: discovery and JWKS.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{LazyLock, Mutex},
    thread,
};

use kontobro::{oidc::Provider, outbound::Outbound};
use serde_json::Value;

use crate::{
    now,
    signer::{CLIENT, JWKS, settings},
    token::GIVEN,
};

/// The documents that are served just now: discovery, and the answer to everything else.
static DOCUMENTS: Mutex<[Vec<u8>; 2]> = Mutex::new([Vec::new(), Vec::new()]);

/// Where they are served, on loopback: `Provider` reads them as it reads the real ones.
static ISSUER: LazyLock<String> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || listener.incoming().flatten().for_each(|caller| drop(serve(&caller))));
    format!("http://{address}")
});

fn serve(mut caller: &TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(caller).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let is_discovery = first.contains("/.well-known/");
    let document = {
        let documents = DOCUMENTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        documents[usize::from(!is_discovery)].clone()
    };
    let length = document.len();
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json";
    caller.write_all(format!("{head}\r\ncontent-length: {length}\r\n\r\n").as_bytes())?;
    caller.write_all(&document)
}

/// Whatever the provider publishes: people are sent to an address of its own, with what we say of
/// ourselves and nothing else; and a token is believed with a published key alone.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data).replace("ISSUER", &ISSUER);
    let (discovery, jwks) = text.split_once("\n\n").unwrap_or((&text, ""));
    let ours = JWKS.to_string();
    let jwks = if jwks.is_empty() { &ours } else { jwks };
    *DOCUMENTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
        [discovery.as_bytes().to_vec(), jwks.as_bytes().to_vec()];

    let settings = settings(&ISSUER);
    let outbound = Outbound::new(&settings).expect("nothing need be set");
    let provider = Provider::from(&settings, &outbound).expect("all is set");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let address = runtime.block_on(provider.end_session_url("state", now()));
    if let Ok(address) = address {
        assert!(address.starts_with(ISSUER.as_str()), "{address}");
        assert!(address.contains(&format!("client_id={CLIENT}")), "{address}");
        assert!(address.contains("state=state"), "{address}");
    }
    // Its claims are from another issuer: with the right key it is refused for that, and no sooner.
    let refused = runtime.block_on(provider.logout_token(&GIVEN[1], now())).err();
    let reason = refused.expect("of another issuer").reason();
    let published = serde_json::from_str(jwks).unwrap_or(Value::Null);
    let published = published["keys"]
        .as_array()
        .is_some_and(|keys| keys.iter().any(|key| key["n"] == JWKS["keys"][0]["n"]));
    assert!(reason != "token_iss" || published, "believed without a key");
}
