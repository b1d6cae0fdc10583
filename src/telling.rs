//! What a function tells those who watch over it: log lines in JSON, and the numbers that alarms and
//! the dashboard are made of.
//!
//! Never tells who: no person, address, account or link is in any of it (T96). The names are kept:
//! `docs/observability.md` lists them.

use std::{io::Write as _, panic::PanicHookInfo};

use serde_json::{Map, Value, json};
use strum::{IntoStaticStr, VariantNames};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    Layer, filter::filter_fn, fmt, layer::Context, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// The target of the events that are numbers.
const NUMBER: &str = "number";
/// What the numbers are found under in CloudWatch.
const NAMESPACE: &str = "Kontobro";

/// A number. Counts are of what has taken effect, once it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "docs/observability.md says of each what it counts")]
pub enum Number {
    Logins,
    Searches,
    Hits,
    Requests,
    MailsHandedOver,
    Deliveries,
    Bounces,
    Complaints,
    Links,
    NewAccounts,
    Gathered,
    Saves,
    Logouts,
    Refusals,
    Faults,
    LogoutDuration,
    LogoutsLost,
    MailsRefused,
    MailsGivenUp,
    OutboxAge,
    AccountsAskedOften,
    UnknownNews,
    KeyDaysLeft,
}

impl Number {
    /// One more.
    pub fn count(self) {
        self.tell(1);
    }

    /// One more of this kind: a refusal's reason, a fault's function.
    pub fn count_of(self, kind: &str) {
        self.told(1, Some(kind));
    }

    /// A measure: milliseconds, seconds or days, as the name says.
    pub fn tell(self, value: u64) {
        self.told(value, None);
    }

    fn told(self, value: u64, kind: Option<&str>) {
        let name: &str = self.into();
        tracing::info!(target: NUMBER, number = name, unit = self.unit(), value, by = self.by(), kind);
    }

    fn unit(self) -> &'static str {
        match self {
            Self::LogoutDuration => "Milliseconds",
            Self::OutboxAge => "Seconds",
            Self::KeyDaysLeft => "None",
            _ => "Count",
        }
    }

    /// What its kinds are.
    fn by(self) -> Option<&'static str> {
        match self {
            Self::Refusals => Some("Reason"),
            Self::Faults => Some("Function"),
            _ => None,
        }
    }
}

/// From now on everything that is told goes to standard output, for as long as the process lives.
/// Log lines have no clock of their own: Lambda stamps them. `stack` tells one service's numbers
/// from another's.
pub fn begin(stack: &str) {
    let lines = fmt::layer().json().flatten_event(true).with_target(false).without_time();
    let lines = lines.with_filter(filter_fn(|told| told.target() != NUMBER));
    let numbers = Numbers { stack: stack.to_owned() };
    tracing_subscriber::registry().with(lines).with(numbers).with(LevelFilter::INFO).init();
}

/// Says where a panic was. Not what it said: that may hold anything.
pub fn panicked(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string);
    tracing::error!(event = "panicked", at);
}

/// Writes numbers in CloudWatch's embedded metric format, a line each.
/// Source: "Specification: Embedded metric format".
struct Numbers {
    stack: String,
}

impl<S: Subscriber> Layer<S> for Numbers {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != NUMBER {
            return;
        }
        let mut told = Told::default();
        event.record(&mut told);
        let now = jiff::Timestamp::now().as_millisecond();
        // Nobody is there to hear of it if standard output is gone.
        let _ = writeln!(std::io::stdout(), "{}", embedded(&told.0, &self.stack, now));
    }
}

/// The line: under the stack alone, and where there is a kind under both.
fn embedded(told: &Map<String, Value>, stack: &str, now: i64) -> Value {
    let text = |name: &str| told.get(name).and_then(Value::as_str);
    let number = text("number").unwrap_or_default();
    let mut line = json!({ "Stack": stack, number: told.get("value") });
    let mut dimensions = vec![vec!["Stack"]];
    if let (Some(by), Some(kind)) = (text("by"), text("kind")) {
        line[by] = kind.into();
        dimensions.push(vec!["Stack", by]);
    }
    line["_aws"] = json!({
        "Timestamp": now,
        "CloudWatchMetrics": [{
            "Namespace": NAMESPACE,
            "Dimensions": dimensions,
            "Metrics": [{ "Name": number, "Unit": text("unit") }],
        }],
    });
    line
}

/// The fields of an event.
#[derive(Default)]
struct Told(Map<String, Value>);

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pairs: &[(&str, Value)]) -> Value {
        let told = pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        embedded(&told.collect(), "kontobro", 1_764_072_000_000)
    }

    #[test]
    fn a_number_is_found_under_its_stack() {
        let told =
            [("number", "OutboxAge".into()), ("unit", "Seconds".into()), ("value", 61.into())];
        assert_eq!(
            line(&told),
            json!({
                "Stack": "kontobro",
                "OutboxAge": 61,
                "_aws": {
                    "Timestamp": 1_764_072_000_000_i64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Kontobro",
                        "Dimensions": [["Stack"]],
                        "Metrics": [{ "Name": "OutboxAge", "Unit": "Seconds" }],
                    }],
                },
            })
        );
    }

    #[test]
    fn a_number_of_a_kind_is_found_under_both() {
        let line = line(&[
            ("number", "Refusals".into()),
            ("unit", "Count".into()),
            ("value", 1.into()),
            ("by", "Reason".into()),
            ("kind", "LinkExpired".into()),
        ]);
        assert_eq!(line["Reason"], "LinkExpired");
        let metrics = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(metrics["Dimensions"], json!([["Stack"], ["Stack", "Reason"]]));
    }
}
