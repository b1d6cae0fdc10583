//! All functions in one process, as the local run and the journeys use them.
//!
//! Each function still gets only its own settings and meets the world only through events, so what
//! runs here is what runs in Lambda. No function's binary contains this.

use serde_json::Value;

use crate::{
    ambient::Ambient,
    function::Function,
    handlers::{
        account_search, email_confirmation, login, logout, mail_feedback, mail_sweeper,
        merge_request, oidc_callback, profile, registration, start,
    },
    settings::Settings,
};

/// Why a function did not start, or what it would have reported to the Lambda runtime.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

macro_rules! bundle {
    (pages: $($page:ident = $page_name:literal),+; events: $($event:ident = $event_name:literal),+) => {
        /// Every function, ready to take events.
        pub struct Bundle {
            $($page: Function<$page::Deps>,)+
            $($event: Function<$event::Deps>,)+
        }

        impl Bundle {
            /// The functions' names, as `Cargo.toml` and `template.yaml` have them.
            pub const FUNCTIONS: &[&str] = &[$($page_name,)+ $($event_name,)+];

            /// Starts every function with the settings of its own.
            ///
            /// # Errors
            /// Whatever keeps one of them from starting, with the function's name in front.
            pub async fn start(settings: impl Fn(&str) -> Settings, ambient: &Ambient) -> Result<Self, Failed> {
                Ok(Self {
                    $($page: Function::start($page_name, settings($page_name), ambient, $page::Deps::from)
                        .await.map_err(|error| format!("{}: {error}", $page_name))?,)+
                    $($event: Function::start($event_name, settings($event_name), ambient, $event::Deps::from)
                        .await.map_err(|error| format!("{}: {error}", $event_name))?,)+
                })
            }

            /// Hands `event` to a function and waits for its answer: the JSON that it would have
            /// given the Lambda runtime.
            ///
            /// # Errors
            /// No such function, or what it would have reported.
            pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, Failed> {
                match function {
                    $($page_name => {
                        let answer = self.$page.answer($page::Deps::from, $page::handle, event).await;
                        Ok(serde_json::to_value(answer)?)
                    })+
                    $($event_name => {
                        self.$event.take($event::Deps::from, $event::handle, event).await?;
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
