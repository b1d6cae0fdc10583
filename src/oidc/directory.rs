//! Where the provider's endpoints are and which keys it signs with: discovery and JWKS, cached.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, DiscoveryError, EndSessionUrl, JsonWebKeySet,
    JsonWebKeySetUrl, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
    url::Url,
};
use serde::{Deserialize, Serialize};

use super::{Issuer, Keys, Unreachable, jwks::Algorithm, wire::Wire};

/// How long the document is good. Source: docs.digdir.no, `oidc_func_wellknown`.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Between two fetches that a stranger could provoke with tokens of unknown keys, and between two
/// tries to replace an old document by a new one (T09, T10).
const AT_MOST_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What the provider says about itself, checked (T09).
#[derive(Clone)]
pub(super) struct Directory {
    pub(super) authorize: AuthUrl,
    pub(super) token: Url,
    /// Pushed authorization requests (RFC 9126), if it takes them.
    pub(super) par: Option<Url>,
    pub(super) end_session: Option<EndSessionUrl>,
    /// Does every answer to the browser carry `iss` (RFC 9207)?
    pub(super) announces_iss: bool,
    pub(super) keys: Keys,
    jwks: JsonWebKeySetUrl,
}

/// The last good directory of one provider. A newer that cannot be had leaves the old one.
pub(super) struct Directories {
    pub(super) wire: Wire,
    issuer: Issuer,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    directory: Option<Arc<Directory>>,
    renew_at: Timestamp,
    again_at: Timestamp,
}

/// Metadata beyond OIDC Discovery 1.0.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extensions {
    pushed_authorization_request_endpoint: Option<Url>,
    end_session_endpoint: Option<EndSessionUrl>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}
impl AdditionalProviderMetadata for Extensions {}

type Metadata = ProviderMetadata<
    Extensions,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

impl Directories {
    pub(super) fn new(wire: Wire, issuer: Issuer) -> Self {
        Self { wire, issuer, known: Mutex::default() }
    }

    /// The directory, at most a day old if the provider can be reached.
    pub(super) async fn current(&self, now: Timestamp) -> Result<Arc<Directory>, Unreachable> {
        let (last_good, renew_at) = {
            let known = self.lock();
            (known.directory.clone(), known.renew_at)
        };
        match last_good {
            Some(directory) if now < renew_at => Ok(directory),
            last_good => match (self.discover(now).await, last_good) {
                (Ok(directory), _) => Ok(self.remember(directory, now + GOOD_FOR)),
                (Err(_), Some(directory)) => {
                    self.lock().renew_at = now + AT_MOST_EVERY;
                    Ok(directory)
                }
                (Err(error), None) => Err(error),
            },
        }
    }

    /// The directory with keys fetched anew, because a token names a key that is not among the old
    /// ones. `None` if the last such fetch is less than a minute old, or this one fails.
    pub(super) async fn with_newer_keys(&self, now: Timestamp) -> Option<Arc<Directory>> {
        if !self.may_fetch_again(now) {
            return None;
        }
        let (directory, renew_at) = {
            let known = self.lock();
            (known.directory.clone()?, known.renew_at)
        };
        let http = self.wire.at(now);
        let published = JsonWebKeySet::fetch_async(&directory.jwks, &http).await.ok()?;
        let keys = directory.keys.renewed(&published);
        Some(self.remember(Directory { keys, ..(*directory).clone() }, renew_at))
    }

    /// The directory fetched anew, because a token is signed in a way that the old one does not announce.
    /// `None` as in [`Self::with_newer_keys`].
    pub(super) async fn anew(&self, now: Timestamp) -> Option<Arc<Directory>> {
        if !self.may_fetch_again(now) {
            return None;
        }
        let directory = self.discover(now).await.ok()?;
        Some(self.remember(directory, now + GOOD_FOR))
    }

    /// Is the last fetch that a token provoked long enough ago? Then this is the next.
    fn may_fetch_again(&self, now: Timestamp) -> bool {
        let mut known = self.lock();
        let may = known.again_at <= now;
        if may {
            known.again_at = now + AT_MOST_EVERY;
        }
        may
    }

    async fn discover(&self, now: Timestamp) -> Result<Directory, Unreachable> {
        let http = self.wire.at(now);
        let found = Metadata::discover_async(self.issuer.url().clone(), &http).await;
        let found = found.map_err(|error| match error {
            DiscoveryError::Request(error) => error,
            DiscoveryError::Response(status, ..) => Unreachable::Status(status),
            DiscoveryError::Validation(_) => Unreachable::Nonsense("metadata of another issuer"),
            _ => Unreachable::Nonsense("metadata or JWKS"),
        })?;
        let announced = found.id_token_signing_alg_values_supported();
        let algorithms: Vec<_> = announced.iter().filter_map(Algorithm::of).collect();
        if algorithms.is_empty() {
            return Err(Unreachable::Nonsense("metadata without a signature that we take"));
        }
        let more = found.additional_metadata();
        let directory = Directory {
            authorize: found.authorization_endpoint().clone(),
            token: match found.token_endpoint() {
                Some(token) => token.url().clone(),
                None => return Err(Unreachable::Nonsense("metadata without token endpoint")),
            },
            par: more.pushed_authorization_request_endpoint.clone(),
            end_session: more.end_session_endpoint.clone(),
            announces_iss: more.authorization_response_iss_parameter_supported,
            keys: Keys::announced(found.jwks(), algorithms),
            jwks: found.jwks_uri().clone(),
        };
        let endpoints = [Some(directory.authorize.url()), Some(&directory.token)]
            .into_iter()
            .chain([directory.par.as_ref(), directory.end_session.as_ref().map(EndSessionUrl::url)])
            .chain([Some(directory.jwks.url())]);
        if endpoints.flatten().all(|endpoint| self.issuer.owns(endpoint)) {
            Ok(directory)
        } else {
            Err(Unreachable::ForeignHost)
        }
    }

    fn remember(&self, directory: Directory, renew_at: Timestamp) -> Arc<Directory> {
        let directory = Arc::new(directory);
        let mut known = self.lock();
        known.directory = Some(Arc::clone(&directory));
        known.renew_at = renew_at;
        directory
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().expect("no holder panics")
    }
}
