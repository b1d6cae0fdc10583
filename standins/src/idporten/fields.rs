//! Parameters of a query or a form, each at most once, and OAuth's way to refuse them.

use std::collections::HashMap;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A refusal in OAuth's words.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) error: &'static str,
    pub(super) why: String,
}

impl Refused {
    pub(super) fn new(error: &'static str, why: impl Into<String>) -> Self {
        let status = match error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, error, why: why.into() }
    }

    pub(super) fn request(why: impl Into<String>) -> Self {
        Self::new("invalid_request", why)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.error, "error_description": self.why }));
        (self.status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
    }
}

pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// An empty value counts as absent (RFC 6749, 3.1); a repeated parameter is refused.
    pub(super) fn read(encoded: &str) -> Result<Self, Refused> {
        let mut fields = HashMap::new();
        for (name, value) in form_urlencoded::parse(encoded.as_bytes()) {
            if fields.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(Refused::request(format!("{name} is given twice")));
            }
        }
        fields.retain(|_, value| !value.is_empty());
        Ok(Self(fields))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn need(&self, name: &str) -> Result<&str, Refused> {
        self.get(name).ok_or_else(|| Refused::request(format!("{name} is missing")))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
