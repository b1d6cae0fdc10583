//! The way to the provider: the authorization request, pushed when the provider takes that.

use form_urlencoded::Serializer;
use jiff::Timestamp;
use openidconnect::{
    AuthenticationContextClass, ClientId, CsrfToken, JsonWebKeySet, LanguageTag, Nonce,
    PkceCodeChallenge, PkceCodeVerifier,
    core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient},
    http::StatusCode,
    url::Url,
};
use serde::Deserialize;

use super::{Attempt, ClientKey, Provider, SUBSTANTIAL, Unreachable, directory::Directory};
use crate::ambient::Ambient;

/// `private_key_jwt`. Source: RFC 7523 §2.2.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The answer to a pushed request (RFC 9126 §2.2).
#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

impl Provider<ClientKey> {
    /// Begins a login. Gives the attempt, to be sealed into a cookie, and the address to send the
    /// browser to. `locale` is `nb`, `nn`, `en` or `se`; `fresh` asks for a new login although the
    /// person may have one running with ID-porten.
    pub async fn begin(
        &self,
        ambient: &Ambient,
        locale: &str,
        fresh: bool,
    ) -> Result<(Attempt, String), Unreachable> {
        let now = ambient.now();
        let directory = self.directories.current(now).await?;
        let attempt = Attempt::new(ambient);
        let request = self.authorization_request(&directory, &attempt, locale, fresh);
        let address = match &directory.par {
            Some(endpoint) => self.push(&directory, endpoint, &request, now).await?,
            None => request,
        };
        Ok((attempt, address.into()))
    }

    /// Scope `openid` alone: `profile` would bring names, which nothing here uses.
    fn authorization_request(
        &self,
        directory: &Directory,
        attempt: &Attempt,
        locale: &str,
        fresh: bool,
    ) -> Url {
        let client_id = ClientId::new(self.party.client_id.clone());
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let state = CsrfToken::new(attempt.state.clone());
        let nonce = Nonce::new(attempt.nonce.clone());
        let client =
            CoreClient::new(client_id, self.party.issuer.url().clone(), JsonWebKeySet::default())
                .set_auth_uri(directory.authorize.clone())
                .set_redirect_uri(self.redirect_uri.clone());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_auth_context_value(AuthenticationContextClass::new(SUBSTANTIAL.into()))
            .add_ui_locale(LanguageTag::new(locale.into()))
            .add_extra_param("response_mode", "query");
        if fresh {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        request.url().0
    }

    /// Tells the provider the request itself, so that the browser carries only a reference.
    async fn push(
        &self,
        directory: &Directory,
        endpoint: &Url,
        request: &Url,
        now: Timestamp,
    ) -> Result<Url, Unreachable> {
        let form = self.authenticated(request.query().unwrap_or_default().to_owned(), now);
        let answer = self.directories.wire.post(endpoint, form, now).await?;
        if ![StatusCode::CREATED, StatusCode::OK].contains(&answer.status()) {
            return Err(Unreachable::Status(answer.status()));
        }
        let pushed: Pushed = serde_json::from_slice(answer.body())
            .map_err(|_| Unreachable::Nonsense("the answer to a pushed request"))?;
        let mut address = directory.authorize.url().clone();
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.party.client_id)
            .append_pair("request_uri", &pushed.request_uri);
        Ok(address)
    }

    /// Completes a form with the proof of who sends it.
    pub(super) fn authenticated(&self, form: String, now: Timestamp) -> String {
        let assertion = self.key.assertion(&self.party.client_id, self.party.issuer.name(), now);
        Serializer::new(form)
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion)
            .finish()
    }
}
