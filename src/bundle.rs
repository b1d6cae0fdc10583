//! All functions in one process, as the local run and the journeys use them.
//!
//! Each function still gets only its own settings and meets the world only through events, so what
//! runs here is what runs in Lambda. No function's binary contains this.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::{
    ambient::Ambient,
    function::Function,
    handlers::{
        Invocation, account_search, email_confirmation, login, logout, mail_feedback, mail_sweeper,
        merge_request, oidc_callback, profile, registration, start,
    },
    settings::Settings,
};

/// Why a function did not start, or what it would have reported to the Lambda runtime.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

macro_rules! bundle {
    (pages: $($page:ident = $page_name:literal),+; events: $($event:ident = $event_name:literal),+) => {
        /// Every function, or some of them, ready to take events.
        #[derive(Default)]
        pub struct Bundle {
            $($page: Option<Function<$page::Deps>>,)+
            $($event: Option<Function<$event::Deps>>,)+
        }

        impl Bundle {
            /// The functions' names, as `Cargo.toml` and `template.yaml` have them.
            pub const FUNCTIONS: &[&str] = &[$($page_name,)+ $($event_name,)+];

            /// Starts every function with the settings of its own.
            ///
            /// # Errors
            /// Whatever keeps one of them from starting, with the function's name in front.
            pub async fn start(settings: impl Fn(&str) -> Settings, ambient: &Ambient) -> Result<Self, Failed> {
                let mut bundle = Self::default();
                for function in Self::FUNCTIONS {
                    bundle.add(function, settings(function), ambient).await?;
                }
                Ok(bundle)
            }

            /// Starts one function more, or the same anew.
            ///
            /// # Errors
            /// No such function, or whatever keeps it from starting, with its name in front.
            pub async fn add(&mut self, function: &str, settings: Settings, ambient: &Ambient) -> Result<(), Failed> {
                match function {
                    $($page_name => {
                        let started = Function::start($page_name, settings, ambient, $page::Deps::from).await;
                        self.$page = Some(started.map_err(|error| format!("{function}: {error}"))?);
                    })+
                    $($event_name => {
                        let started = Function::start($event_name, settings, ambient, $event::Deps::from).await;
                        self.$event = Some(started.map_err(|error| format!("{function}: {error}"))?);
                    })+
                    unknown => return Err(format!("there is no function {unknown}").into()),
                }
                Ok(())
            }

            /// Hands `event` to a function and waits for its answer: the JSON that it would have
            /// given the Lambda runtime. `timeout` is the function's, as `template.yaml` has it; who
            /// calls is to keep it.
            ///
            /// # Errors
            /// No such function here, or what it would have reported.
            pub async fn invoke(&self, function: &str, event: Value, timeout: Duration) -> Result<Value, Failed> {
                let until = Instant::now() + timeout;
                let not_here = || format!("the function {function} was not started");
                match function {
                    $($page_name => {
                        let function = self.$page.as_ref().ok_or_else(not_here)?;
                        let answer = function.answer($page::Deps::from, $page::handle, event).await;
                        Ok(serde_json::to_value(answer)?)
                    })+
                    $($event_name => {
                        let function = self.$event.as_ref().ok_or_else(not_here)?;
                        let invocation = Invocation { event, until };
                        function.take($event::Deps::from, $event::handle, invocation).await?;
                        Ok(Value::Null)
                    })+
                    unknown => Err(format!("there is no function {unknown}").into()),
                }
            }
        }
    };
}

bundle! {
    pages:
        start = "start",
        login = "login",
        oidc_callback = "oidc-callback",
        account_search = "account-search",
        merge_request = "merge-request",
        registration = "registration",
        email_confirmation = "email-confirmation",
        profile = "profile",
        logout = "logout";
    events:
        mail_feedback = "mail-feedback",
        mail_sweeper = "mail-sweeper"
}
