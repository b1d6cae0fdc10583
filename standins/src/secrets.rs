//! Secrets Manager: `GetSecretValue`, in its AWS JSON 1.1 form.
//!
//! A secret has a current value and, once rotated, the one before. Nothing else is kept.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use crate::{Server, locked, server::Listener, wire::Wire};

/// The value now and the value before.
type Versions = (String, Option<String>);

/// A running Secrets Manager; the wire knows it as `secrets`.
pub struct Secrets {
    server: Server,
    kept: Arc<Mutex<HashMap<String, Versions>>>,
}

impl Secrets {
    /// Starts with these secrets, name and value.
    ///
    /// # Errors
    /// When the address cannot be bound; the message names it.
    pub async fn start(
        address: SocketAddr,
        secrets: &[(&str, &str)],
        wire: &Wire,
    ) -> io::Result<Self> {
        let listener = Listener::bind(address).await?;
        let first =
            secrets.iter().map(|(name, value)| (name.to_string(), (value.to_string(), None)));
        let kept = Arc::new(Mutex::new(first.collect::<HashMap<_, _>>()));
        let asked = kept.clone();
        let answer = move |headers: HeaderMap, body: String| async move {
            get_secret_value(&locked(&asked), &headers, &body)
        };
        let server = listener.serve("secrets", wire, Router::new().route("/", post(answer)));
        Ok(Self { server, kept })
    }

    /// Its server, to be closed and opened again.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Base URL.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Gives the secret a new current value; the old one becomes `AWSPREVIOUS`.
    pub fn rotate(&self, name: &str, value: &str) {
        let mut kept = locked(&self.kept);
        let before = kept.remove(name).map(|(current, _)| current);
        kept.insert(name.to_owned(), (value.to_owned(), before));
    }
}

fn get_secret_value(kept: &HashMap<String, Versions>, headers: &HeaderMap, body: &str) -> Response {
    if headers.get("x-amz-target").is_none_or(|target| target != "secretsmanager.GetSecretValue") {
        return refused("UnknownOperationException", "Only GetSecretValue is known here.");
    }
    let request: Value = serde_json::from_str(body).unwrap_or_default();
    let id = request["SecretId"].as_str().unwrap_or_default();
    let name = id.rsplit_once(":secret:").map_or(id, |(_, name)| name);
    let stage = request["VersionStage"].as_str().unwrap_or("AWSCURRENT");
    let value = kept.get(name).and_then(|(current, previous)| match stage {
        "AWSCURRENT" => Some(current),
        "AWSPREVIOUS" => previous.as_ref(),
        _ => None,
    });
    let Some(value) = value else {
        return refused(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret.",
        );
    };
    let answer = json!({
        "ARN": format!("arn:aws:secretsmanager:eu-north-1:123456789012:secret:{name}"),
        "Name": name,
        "SecretString": value,
        "VersionId": format!("{:0>32}", stage.to_lowercase()),
        "VersionStages": [stage],
    });
    Json(answer).into_response()
}

fn refused(error: &str, message: &str) -> Response {
    let body = json!({ "__type": error, "Message": message });
    (StatusCode::BAD_REQUEST, [("x-amzn-errortype", error.to_owned())], Json(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http, loopback};
    use axum::http::Method;

    #[tokio::test]
    async fn a_rotated_secret_still_has_its_value_before() {
        let secrets =
            Secrets::start(loopback(0), &[("link-key", "old")], &Wire::new()).await.unwrap();
        secrets.rotate("link-key", "new");
        let ask = async |body: &str| {
            let target = [("x-amz-target", "secretsmanager.GetSecretValue")];
            http::call(Method::POST, secrets.url(), &target, body.to_owned()).await.unwrap()
        };
        assert_eq!(ask(r#"{"SecretId":"link-key"}"#).await.json()["SecretString"], "new");
        let before = r#"{"SecretId":"link-key","VersionStage":"AWSPREVIOUS"}"#;
        assert_eq!(ask(before).await.json()["SecretString"], "old");
        let unknown = ask(r#"{"SecretId":"other"}"#).await;
        assert_eq!(unknown.headers["x-amzn-errortype"], "ResourceNotFoundException");
    }
}
