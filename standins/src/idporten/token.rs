//! The token endpoint, and ID tokens of every kind.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};

use super::{
    fields::{Fields, Refused},
    keys,
    provider::Provider,
    state::{Grant, Login, take},
};
use crate::random_hex;

/// An ID token lives so many seconds.
const LIFE: i64 = 120;

/// A token before it is signed. Every part may be changed.
#[derive(Clone, Debug)]
pub struct Token {
    /// The JOSE header: `alg`, `kid`, `typ`. Nothing keeps it true to the signer.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    /// Who signs.
    pub signer: Signer,
}

/// How a token is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The provider, with its key and as it signs just now.
    Provider,
    /// RS256 with a key that is published nowhere.
    Stranger,
    /// The provider, then one bit flipped.
    Broken,
    /// HS256 with these bytes as the secret.
    Hs256(Vec<u8>),
    /// ES256 with a key that is published nowhere.
    Es256,
    /// No signature at all.
    Nobody,
}

impl Token {
    /// Signed by another, with `alg` in the header to match.
    #[must_use]
    pub fn signed_by(mut self, signer: Signer) -> Self {
        self.sign_by(signer);
        self
    }

    /// The same in place.
    pub fn sign_by(&mut self, signer: Signer) {
        let alg = match signer {
            Signer::Provider | Signer::Broken => None, // as it was made
            Signer::Stranger => Some("RS256"),
            Signer::Hs256(_) => Some("HS256"),
            Signer::Es256 => Some("ES256"),
            Signer::Nobody => Some("none"),
        };
        self.header.extend(alg.map(|alg| ("alg".to_owned(), json!(alg))));
        self.signer = signer;
    }

    /// Sets a claim; null removes it.
    pub fn claim(&mut self, name: &str, value: impl Into<Value>) {
        match value.into() {
            Value::Null => self.claims.remove(name),
            value => self.claims.insert(name.to_owned(), value),
        };
    }
}

impl Provider {
    /// A token that this provider signs, of this type.
    pub(super) fn token(&self, typ: &str, claims: Value) -> Token {
        let header =
            json!({ "alg": self.algorithm().name(), "typ": typ, "kid": self.signing_kid() });
        let map = |value| serde_json::from_value(value).expect("made as a map");
        Token { header: map(header), claims: map(claims), signer: Signer::Provider }
    }

    pub(super) fn mint(&self, token: &Token) -> String {
        let part = |map: &Map<String, Value>| {
            URL_SAFE_NO_PAD.encode(serde_json::to_vec(map).expect("a map of JSON"))
        };
        let message = format!("{}.{}", part(&token.header), part(&token.claims));
        let signature = match &token.signer {
            Signer::Provider => self.sign(message.as_bytes()),
            Signer::Stranger => keys::rsa("stranger").sign(message.as_bytes()),
            Signer::Broken => broken(&self.sign(message.as_bytes())),
            Signer::Hs256(secret) => keys::sign_hs256(secret, message.as_bytes()),
            Signer::Es256 => keys::sign_es256(message.as_bytes()),
            Signer::Nobody => String::new(),
        };
        format!("{message}.{signature}")
    }

    fn id_token(&self, grant: &Grant) -> Token {
        let (request, login) = (&grant.request, &grant.login);
        let mut token = self.bare_id_token(&request.client_id, login, &grant.sid);
        token.claim("nonce", request.nonce.as_str());
        if request.profile {
            token.claim("locale", request.locale.as_str());
        }
        if request.profile || login.pid.is_none() {
            token.claims.extend(login.more.clone());
        }
        token
    }

    fn bare_id_token(&self, client_id: &str, login: &Login, sid: &str) -> Token {
        let now = self.now();
        let claims = json!({
            "iss": self.issuer(),
            "aud": client_id,
            "sub": pairwise(client_id, &login.subject),
            "acr": login.acr,
            "amr": [login.amr],
            "nonce": "",
            "sid": sid,
            "jti": random_hex(16),
            "auth_time": login.at,
            "iat": now,
            "exp": now + LIFE,
        });
        let mut token = self.token("JWT", claims);
        if let Some(pid) = &login.pid {
            token.claim("pid", pid.as_str());
        }
        token
    }
}

/// `POST /token`.
pub(super) async fn redeem(State(provider): State<Arc<Provider>>, body: String) -> Response {
    match Fields::read(&body).and_then(|fields| granted(&provider, &fields)) {
        Ok(answer) => ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(refused) => refused.into_response(),
    }
}

fn granted(provider: &Provider, fields: &Fields) -> Result<Value, Refused> {
    let client = provider.authenticate(fields, "/token")?;
    if fields.need("grant_type")? != "authorization_code" {
        return Err(Refused::new("unsupported_grant_type", "only authorization_code is known"));
    }
    let refused = |why: &str| Refused::new("invalid_grant", why);
    let grant = take(&mut provider.state().codes, fields.need("code")?, provider.now());
    let grant = grant.ok_or_else(|| refused("the code is unknown, used or expired"))?;
    if grant.request.client_id != client.client_id {
        return Err(refused("the code is another client's"));
    }
    if fields.need("redirect_uri")? != grant.request.redirect_uri {
        return Err(refused("redirect_uri is not the one the code was sent to"));
    }
    let verifier = fields.need("code_verifier")?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    if !(43..=128).contains(&verifier.len())
        || !verifier.chars().all(allowed)
        || challenge != grant.request.code_challenge
    {
        return Err(refused("code_verifier does not fit"));
    }
    let mut token = provider.id_token(&grant);
    let change = provider.state().next_id_tokens.pop_front();
    if let Some(change) = change {
        change(&mut token);
    }
    let (access_token, id_token) = (random_hex(32), provider.mint(&token));
    provider.state().handed_out.extend([access_token.clone(), id_token.clone()]);
    let mut answer = json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": LIFE,
        "scope": if grant.request.profile { "openid profile" } else { "openid" },
        "id_token": id_token,
    });
    let change = provider.state().next_token_answers.pop_front();
    if let Some(change) = change {
        change(&mut answer);
    }
    Ok(answer)
}

/// What [`super::IdPorten::id_token`] promises.
pub(super) fn sample(provider: &Provider, client_id: &str, pid: &str, sid: &str) -> Token {
    let login = Login {
        subject: pid.to_owned(),
        pid: Some(pid.to_owned()),
        acr: "idporten-loa-substantial".to_owned(),
        amr: "Minid-APP",
        at: provider.now(),
        more: Map::new(),
    };
    provider.bare_id_token(client_id, &login, sid)
}

/// An opaque name for the person, 98 characters, another for each client.
fn pairwise(client_id: &str, subject: &str) -> String {
    let both = format!("{client_id}\0{subject}");
    let bytes = [&Sha512::digest(&both)[..], &Sha256::digest(&both)[..9]].concat();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn broken(signature: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).expect("made by us");
    bytes[0] ^= 1;
    URL_SAFE_NO_PAD.encode(bytes)
}
