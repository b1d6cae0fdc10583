//! Client authentication: `private_key_jwt` with RS256, and nothing else.
//!
//! Source: RFC 7523, and Digdir's limits: exp − iat at most 120 s, `jti` used once, `aud` the
//! issuer or the endpoint, `client_id` repeated in the body.

use serde::Deserialize;
use serde_json::Value;

use super::{
    Client,
    fields::{Fields, Refused},
    keys,
    provider::Provider,
};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// An assertion may live so long, in seconds.
const LONGEST_LIFE: i64 = 120;
/// A client's clock may be ahead by so many seconds.
const SKEW: i64 = 10;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    iat: i64,
    exp: i64,
    jti: String,
}

impl Provider {
    /// The client that signed this request to `endpoint` (its path).
    pub(super) fn authenticate(&self, fields: &Fields, endpoint: &str) -> Result<Client, Refused> {
        let refused = |why: &str| Refused::new("invalid_client", why);
        if fields.get("client_assertion_type") != Some(ASSERTION_TYPE) {
            return Err(refused("client_assertion_type is not jwt-bearer"));
        }
        let assertion = fields.get("client_assertion").ok_or_else(|| refused("no assertion"))?;
        let client_id = fields.get("client_id").ok_or_else(|| refused("client_id is missing"))?;
        let mut state = self.state();
        let client = state.clients.get(client_id).cloned();
        let client = client.ok_or_else(|| refused("unknown client"))?;
        let claims = signed(assertion, &client).map_err(refused)?;
        if claims.iss != client_id || claims.sub != client_id {
            return Err(refused("iss and sub must be the client_id"));
        }
        if !self.is_audience(&claims.aud, endpoint) {
            return Err(refused("aud is neither the issuer nor this endpoint"));
        }
        let now = self.now();
        if claims.exp <= now || now + SKEW < claims.iat || claims.exp - claims.iat > LONGEST_LIFE {
            return Err(refused("the assertion is expired, too early or lives too long"));
        }
        state.assertions.retain(|_, expires| now < *expires);
        if claims.jti.is_empty() || state.assertions.insert(claims.jti, claims.exp).is_some() {
            return Err(refused("jti is missing or used before"));
        }
        Ok(client)
    }

    fn is_audience(&self, aud: &Value, endpoint: &str) -> bool {
        let aud = match aud.as_array().map(Vec::as_slice) {
            Some([only]) => only,
            _ => aud,
        };
        *aud == self.issuer() || *aud == format!("{}{endpoint}", self.issuer())
    }
}

/// The claims, when one of the client's keys signed them.
fn signed(assertion: &str, client: &Client) -> Result<Claims, &'static str> {
    let header = keys::header(assertion).ok_or("the assertion is no JWT")?;
    if header["alg"] != "RS256" {
        return Err("the assertion is not signed with RS256");
    }
    let kid = header["kid"].as_str().ok_or("the assertion has no kid")?;
    let key = client.jwks.iter().find(|jwk| jwk["kid"] == kid);
    let key = key.ok_or("no registered key has this kid")?;
    let claims = keys::verified(assertion, key).ok_or("the signature is wrong")?;
    serde_json::from_value(claims).map_err(|_| "iss, sub, aud, iat, exp and jti are required")
}
