//! Metadata and public keys.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::{
    keys::{Algorithm, P256Key},
    provider::Provider,
};
use crate::locked;

/// Levels that a client may ask for.
pub(super) const LEVELS: [&str; 7] = [
    "idporten-loa-low",
    "idporten-loa-substantial",
    "idporten-loa-high",
    "eidas-loa-low",
    "eidas-loa-substantial",
    "eidas-loa-high",
    "selfregistered-email",
];
/// Languages of the login pages.
pub(super) const LOCALES: [&str; 4] = ["nb", "nn", "en", "se"];

pub(super) async fn metadata(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let issuer = provider.issuer();
    let mut announced = vec![Algorithm::Rs256.name(), provider.algorithm().name()];
    announced.dedup();
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks.json"),
        "end_session_endpoint": format!("{issuer}/logout"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "id_token_signing_alg_values_supported": announced,
        "subject_types_supported": ["pairwise"],
        "scopes_supported": ["openid", "profile"],
        "acr_values_supported": LEVELS,
        "ui_locales_supported": LOCALES,
        "prompt_values_supported": ["login", "none"],
        "authorization_response_iss_parameter_supported": true,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
    });
    if let Some(change) = &locked(&provider.state).change_metadata {
        change(&mut metadata);
    }
    Json(metadata)
}

pub(super) async fn jwks(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let keys = provider.published_keys();
    let mut published: Vec<_> = keys.iter().map(|key| key.public_jwk()).collect();
    match provider.algorithm() {
        Algorithm::Rs256 => {}
        Algorithm::Ps256 => published.extend(keys.iter().map(|key| key.pss_jwk())),
        Algorithm::Es256 => published.push(P256Key::of_the_provider().public_jwk()),
    }
    Json(json!({ "keys": published }))
}
