//! All functions in one process, as the local run and the journeys use them.
//!
//! Each function still gets only its own settings and meets the world only through events, so what
//! runs here is what runs in Lambda. No function's binary contains this.

use serde_json::Value;

use crate::{ambient::Ambient, settings::Settings};

/// Every function, ready to take events.
pub struct Bundle {}

/// Why a function did not start.
pub type NotReady = Box<dyn std::error::Error + Send + Sync>;

impl Bundle {
    /// Starts every function with the settings of its own.
    ///
    /// # Errors
    /// Whatever keeps one of them from starting, with the function's name in front.
    pub async fn start(
        settings: impl Fn(&str) -> Settings,
        ambient: &Ambient,
    ) -> Result<Self, NotReady> {
        let _ = (settings, ambient);
        Ok(Self {})
    }

    /// Hands `event` to the function called `function` and waits for its answer: the JSON that the
    /// function would have given the Lambda runtime.
    ///
    /// # Errors
    /// No such function, or what the function would have reported to the runtime.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, NotReady> {
        let _ = event;
        Err(format!("there is no function {function}").into())
    }
}
