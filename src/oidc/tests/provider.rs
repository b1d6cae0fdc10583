//! A provider on loopback that answers what it is told to, and remembers what it was asked.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};

use super::{Token, jwk};

/// Answers by path. A path without an answer is not found.
pub(super) struct Stub {
    pub(super) issuer: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    answers: HashMap<String, (u16, String)>,
    calls: Vec<(String, String)>,
}

impl Stub {
    /// A provider in good health: discovery, one key, PAR, and a token endpoint with a good token.
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::<Mutex<Shared>>::default();
        let stub = Self { issuer, shared: Arc::clone(&shared) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &shared);
            }
        });
        stub.announces(&stub.metadata());
        stub.answers("/jwks.json", 200, &json!({ "keys": [jwk(0, "first")] }));
        stub.answers("/par", 201, &json!({ "request_uri": "urn:idporten:1", "expires_in": 120 }));
        stub.hands_out(&Token::id(&stub.issuer));
        stub
    }

    pub(super) fn metadata(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks.json"),
            "pushed_authorization_request_endpoint": at("/par"),
            "end_session_endpoint": at("/logout"),
            "authorization_response_iss_parameter_supported": true,
            "response_types_supported": ["code"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "ui_locales_supported": ["nb", "nn", "en", "se"],
            "prompt_values_supported": ["login", "none", "consent"],
        })
    }

    pub(super) fn announces(&self, metadata: &Value) {
        self.answers("/.well-known/openid-configuration", 200, metadata);
    }

    pub(super) fn hands_out(&self, id_token: &Token) {
        let tokens = json!({
            "id_token": id_token.signed(), "access_token": "access",
            "token_type": "Bearer", "expires_in": 120,
        });
        self.answers("/token", 200, &tokens);
    }

    pub(super) fn answers(&self, path: &str, status: u16, body: &Value) {
        let answer = (status, body.to_string());
        self.shared.lock().expect("a lock").answers.insert(path.into(), answer);
    }

    /// The bodies that came to a path, in order.
    pub(super) fn calls(&self, path: &str) -> Vec<String> {
        let shared = self.shared.lock().expect("a lock");
        shared.calls.iter().filter(|(at, _)| at == path).map(|(_, body)| body.clone()).collect()
    }

    /// The fields of the only form that came to a path.
    pub(super) fn form(&self, path: &str) -> HashMap<String, String> {
        let [form] = self.calls(path).try_into().expect("one call");
        form_urlencoded::parse(form.as_bytes()).into_owned().collect()
    }
}

fn answer(stream: TcpStream, shared: &Mutex<Shared>) {
    let mut reader = BufReader::new(stream);
    let head: Vec<String> =
        reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else { return };
    let length = head.iter().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
    });
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body).expect("the announced body");
    let (status, answer) = {
        let mut shared = shared.lock().expect("a lock");
        shared.calls.push((path.to_owned(), String::from_utf8(body).expect("UTF-8")));
        shared.answers.get(path).cloned().unwrap_or((404, "{}".into()))
    };
    let head = format!(
        "HTTP/1.1 {status} Answer\r\ncontent-type: application/json\r\nlocation: /elsewhere\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        answer.len()
    );
    // Who hangs up has its reasons.
    let _ = reader.into_inner().write_all(format!("{head}{answer}").as_bytes());
}
