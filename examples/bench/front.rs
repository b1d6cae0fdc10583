//! TLS before the stand-ins, as AWS and ID-porten have it: RSA keys of 2048 bits, a certificate
//! from an intermediate authority, and a root that only who is told trusts.
//!
//! On the way to DynamoDB it also asks what each operation costs, which the functions never do.

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex},
};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    PKCS_RSA_SHA256,
};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use serde_json::{Value, json};
use standins::{http, idporten::keys::rsa, loopback};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::world::Failure;

/// What came through: TLS connections made, read and write request units.
#[derive(Clone, Copy, Default)]
pub struct Bill {
    /// Each began with a handshake.
    pub connections: usize,
    /// Consistent read of 4 KB: one.
    pub reads: f64,
    /// Write of 1 KB: one.
    pub writes: f64,
}

/// The authority behind every front, and the bill.
pub struct Fronts {
    tls: TlsAcceptor,
    bill: Arc<Mutex<Bill>>,
}

impl Fronts {
    /// Makes the certificates; writes the root to `bundle`.
    pub fn new(bundle: &Path) -> Result<Self, Failure> {
        let named = |name: &str| {
            let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
            params.distinguished_name = DistinguishedName::new();
            params.distinguished_name.push(DnType::CommonName, name);
            let pem = rsa(name).private_pem().to_owned();
            let key = KeyPair::from_pem_and_sign_algo(&pem, &PKCS_RSA_SHA256)?;
            Ok::<_, rcgen::Error>((params, key, pem))
        };
        let (mut root, root_key, _) = named("root")?;
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_certificate = root.self_signed(&root_key)?;
        let root = Issuer::new(root, root_key);
        let (mut between, between_key, _) = named("intermediate")?;
        between.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let between_certificate = between.signed_by(&between_key, &root)?;
        let between = Issuer::new(between, between_key);
        let (leaf, leaf_key, pem) = named("localhost")?;
        let leaf = leaf.signed_by(&leaf_key, &between)?;
        std::fs::write(bundle, root_certificate.pem())?;

        let chain: Vec<CertificateDer<'static>> =
            vec![leaf.der().clone(), between_certificate.der().clone()];
        // AWS's endpoints choose, and choose AES-128 before AES-256.
        let mut provider = rustls::crypto::ring::default_provider();
        provider
            .cipher_suites
            .sort_by_key(|suite| suite.suite() != rustls::CipherSuite::TLS13_AES_128_GCM_SHA256);
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_slice(pem.as_bytes())?)?;
        config.ignore_client_order = true;
        Ok(Self { tls: TlsAcceptor::from(Arc::new(config)), bill: Arc::default() })
    }

    /// Opens a front before the stand-in at `behind`, for as long as the process lives.
    ///
    /// # Returns
    /// Its base URL.
    pub async fn open(&self, behind: &str) -> io::Result<String> {
        let listener = TcpListener::bind(loopback(0)).await?;
        let url = format!("https://localhost:{}", listener.local_addr()?.port());
        let (tls, bill, behind) = (self.tls.clone(), self.bill.clone(), behind.to_owned());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, bill, behind) = (tls.clone(), bill.clone(), behind.clone());
                tokio::spawn(async move {
                    let _ = stream.set_nodelay(true);
                    let Ok(stream) = tls.accept(stream).await else { return };
                    bill.lock().expect("no holder panics").connections += 1;
                    let hand_on = service_fn(|request| hand_on(request, &behind, &bill));
                    // A connection that breaks is the function's to notice.
                    let _ =
                        http1::Builder::new().serve_connection(TokioIo::new(stream), hand_on).await;
                });
            }
        });
        Ok(url)
    }

    /// What came through since this was asked last.
    pub fn bill(&self) -> Bill {
        std::mem::take(&mut *self.bill.lock().expect("no holder panics"))
    }
}

async fn hand_on(
    request: Request<Incoming>,
    behind: &str,
    bill: &Mutex<Bill>,
) -> Result<Response<Full<Bytes>>, Failure> {
    let (head, body) = request.into_parts();
    let mut body = body.collect().await?.to_bytes();
    let operation = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    let operation = operation.and_then(|target| target.strip_prefix("DynamoDB_20120810."));
    if operation.is_some() {
        let mut asked: Value = serde_json::from_slice(&body)?;
        asked["ReturnConsumedCapacity"] = json!("TOTAL");
        body = asked.to_string().into();
    }
    let kept = head.headers.iter().filter(|(name, _)| *name != "content-length" && *name != "host");
    let headers: Vec<_> =
        kept.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let answer = http::call(head.method, &format!("{behind}{path}"), &headers, body).await?;
    if let Some(operation) = operation {
        let units = consumed(&answer.json()["ConsumedCapacity"]);
        let mut bill = bill.lock().expect("no holder panics");
        match operation {
            "GetItem" | "BatchGetItem" | "Query" => bill.reads += units,
            _ => bill.writes += units,
        }
    }
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status.try_into()?;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

/// One table's, or a list of several.
fn consumed(capacity: &Value) -> f64 {
    match capacity.as_array() {
        Some(tables) => tables.iter().map(consumed).sum(),
        None => capacity["CapacityUnits"].as_f64().unwrap_or_default(),
    }
}
