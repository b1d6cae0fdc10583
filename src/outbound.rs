//! The one HTTP client of a function: AWS and ID-porten are called through the same.
//!
//! Owns connections, trust and deadlines. Never retries, never follows a redirect. The AWS SDK's
//! own client would bring a second one, and parse certificates at every cold start.

use std::time::Duration;

use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedCredentialsProvider, retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector as SdkConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
        http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt as _, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use lambda_http::http::{Request, Response};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::settings::{BadSetting, Settings};

/// A connection must stand within this.
const CONNECT: Duration = Duration::from_secs(1);
/// One call, from its first byte to its answer's last.
const CALL: Duration = Duration::from_secs(3);
/// One operation of the AWS SDK, retries included; well under half of a function's 10 seconds.
const OPERATION: Duration = Duration::from_secs(4);
/// What a function does ahead, while it starts, may take so long.
const AHEAD: Duration = Duration::from_secs(2);
/// Bytes of an answer that are read at most: DynamoDB's own limit is 1 MB a page, and some.
const ANSWER: usize = 4 * 1024 * 1024;

const BUNDLE: &str = "AWS_CA_BUNDLE";
const NO_BUNDLE: BadSetting =
    BadSetting::Impossible { name: BUNDLE, reason: "must name a file of certificates in PEM" };

/// The client. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct Outbound(Client<HttpsConnector<HttpConnector>, SdkBody>);

/// Why there is no answer. Names neither the address nor the content of the call.
#[derive(Debug, thiserror::Error)]
pub enum CallFailed {
    /// No connection: the request cannot have arrived.
    #[error("no connection")]
    Connect(#[source] hyper_util::client::legacy::Error),
    /// The connection broke: the request may have arrived.
    #[error("the connection broke")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No whole answer in time: the request may have arrived.
    #[error("no answer in time")]
    Late,
}

impl Outbound {
    /// A client that trusts the public roots compiled into it; or, where `AWS_CA_BUNDLE` names a
    /// PEM file, as the AWS tools have it, the roots in there instead.
    pub fn new(settings: &Settings) -> Result<Self, BadSetting> {
        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let https = HttpsConnectorBuilder::new();
        let https = match settings.optional(BUNDLE) {
            Some(file) => https.with_tls_config(trusting_only(file).ok_or(NO_BUNDLE)?),
            None => https
                .with_provider_and_webpki_roots(rustls_ring())
                .expect("ring supports the protocol versions that rustls asks for"),
        };
        let https = https.https_or_http().enable_http1().wrap_connector(tcp);
        Ok(Self(Client::builder(TokioExecutor::new()).build(https)))
    }

    /// Sends one request and reads the whole answer.
    pub async fn call(&self, request: Request<SdkBody>) -> Result<Response<Vec<u8>>, CallFailed> {
        let exchange = async {
            let answer = self.0.request(request).await.map_err(|error| {
                if error.is_connect() {
                    CallFailed::Connect(error)
                } else {
                    CallFailed::Broken(error.into())
                }
            })?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER).collect().await.map_err(CallFailed::Broken)?;
            // The connection is free again once its own task has run. Without this pause the next
            // call would find none, and pay for a handshake.
            tokio::task::yield_now().await;
            Ok(Response::from_parts(head, body.to_bytes().into()))
        };
        tokio::time::timeout(CALL, exchange).await.unwrap_or(Err(CallFailed::Late))
    }

    /// The settings that every AWS client of a function shares. Credentials and region come from
    /// the environment that Lambda sets; `endpoint` names the setting that moves the service.
    pub fn aws(
        &self,
        settings: &Settings,
        endpoint: &'static str,
    ) -> Result<AwsConfig, BadSetting> {
        let credentials = Credentials::new(
            settings.required("AWS_ACCESS_KEY_ID")?,
            settings.required("AWS_SECRET_ACCESS_KEY")?,
            settings.optional("AWS_SESSION_TOKEN").map(str::to_owned),
            None,
            "environment",
        );
        Ok(AwsConfig {
            http: self.for_sdk(),
            credentials: SharedCredentialsProvider::new(credentials),
            region: Region::new(settings.required("AWS_REGION")?.to_owned()),
            endpoint: settings.optional(endpoint).map(str::to_owned),
        })
    }

    fn for_sdk(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(self.clone());
        http_client_fn(move |_, _| connector.clone())
    }
}

/// Work that is done while a function starts, on a full core and before anyone waits. What comes
/// of it is no matter, and it holds nothing up for long: the first request does it again.
pub async fn ahead(work: impl Future) {
    let _ = tokio::time::timeout(AHEAD, work).await;
}

/// Was there no connection at all? Then nobody has heard of the call.
pub fn never_arrived(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut chain = std::iter::successors(Some(error), |error| error.source());
    chain.any(|error| matches!(error.downcast_ref(), Some(CallFailed::Connect(_))))
}

impl SdkConnector for Outbound {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.clone();
        HttpConnectorFuture::new(async move {
            let request =
                request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let answer = Self::call(&client, request).await.map_err(|error| match error {
                CallFailed::Late => ConnectorError::timeout(error.into()),
                CallFailed::Connect(_) | CallFailed::Broken(_) => ConnectorError::io(error.into()),
            })?;
            HttpResponse::try_from(answer.map(SdkBody::from))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// What [`Outbound::aws`] gives; [`aws_config!`] turns it into one SDK's own configuration.
pub struct AwsConfig {
    pub(crate) http: SharedHttpClient,
    pub(crate) credentials: SharedCredentialsProvider,
    pub(crate) region: Region,
    pub(crate) endpoint: Option<String>,
}

impl AwsConfig {
    pub(crate) fn behavior() -> BehaviorVersion {
        BehaviorVersion::latest()
    }

    /// Two tries more, with the SDK's own jitter (T58).
    pub(crate) fn retries() -> RetryConfig {
        RetryConfig::standard().with_max_attempts(3)
    }

    pub(crate) fn deadlines() -> TimeoutConfig {
        TimeoutConfig::builder()
            .operation_attempt_timeout(CALL)
            .operation_timeout(OPERATION)
            .build()
    }
}

/// The SDK crates share no configuration type without `aws-config`: the same lines for each.
macro_rules! aws_config {
    ($sdk:ident, $config:expr) => {{
        let config: $crate::outbound::AwsConfig = $config;
        let mut builder = $sdk::Config::builder()
            .behavior_version($crate::outbound::AwsConfig::behavior())
            .http_client(config.http)
            .credentials_provider(config.credentials)
            .region(config.region)
            .retry_config($crate::outbound::AwsConfig::retries())
            .timeout_config($crate::outbound::AwsConfig::deadlines());
        builder.set_endpoint_url(config.endpoint);
        builder.build()
    }};
}
pub(crate) use aws_config;

fn trusting_only(file: &str) -> Option<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(file).ok()? {
        roots.add(root.ok()?).ok()?;
    }
    let versions = ClientConfig::builder_with_provider(rustls_ring().into())
        .with_safe_default_protocol_versions()
        .ok()?;
    (!roots.is_empty()).then(|| versions.with_root_certificates(roots).with_no_client_auth())
}

fn rustls_ring() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}
