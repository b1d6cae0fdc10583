//! The cookies that came with a request. Owns how a `Cookie` line is read; says nothing of what is
//! sealed in one.
//!
//! A browser keeps a `__Host-` cookie out of every other host's reach, and goes by the bytes of its
//! name. So we read a name exactly as the browser wrote it (RFC 6265 §4.2, §5.4): lines are split
//! at `;`, and only space and tab are stripped, never all that Unicode calls white space. Else
//! `\u{2000}__Host-kontobro`, which a neighbouring host may set for its whole domain, would count
//! as the session (T102). The crate `cookie`, which writes ours, trims by Unicode.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpRequest, http::header};

/// How a name begins that a browser takes from this very host alone (RFC 6265bis §4.1.3.2).
const THIS_HOST_ALONE: &str = "__Host-";

/// Names with their values, as they came.
#[derive(Default)]
pub(super) struct Cookies(Vec<(String, String)>);
crate::domain::redacted!(Cookies);

impl Cookies {
    /// Reads the event's `cookies`, and the header that they were taken from if that is still there.
    pub fn of(event: &ApiGatewayV2httpRequest) -> Self {
        let from_event = event.cookies.iter().flatten().map(String::as_str);
        let in_event: Vec<_> = from_event.flat_map(pairs).collect();
        let lines = event.headers.get_all(header::COOKIE).iter();
        let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()));
        let in_header: Vec<_> = lines.flat_map(|line| pairs(&line).collect::<Vec<_>>()).collect();
        // Some gateways say the same in both places.
        let is_said_again = in_header == in_event;
        let in_header = in_header.into_iter().filter(|_| !is_said_again);
        Self(in_event.into_iter().chain(in_header).collect())
    }

    /// The value of the cookie of this name. A browser has a `__Host-` name once: if it stands
    /// twice, at least one of the two is somebody else's, and so neither counts.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        let is_anybodys = name.starts_with(THIS_HOST_ALONE) && self.is_doubled(name);
        (!is_anybodys).then_some(value)
    }

    /// Does a cookie of this name stand twice?
    pub fn is_doubled(&self, name: &str) -> bool {
        self.0.iter().filter(|(known, _)| known == name).count() > 1
    }

    /// Does a cookie of this name stand here, whether or not it counts?
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every cookie whose name begins so and that counts: `(name, value)`.
    pub fn named(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        let names = names.filter(move |name| name.starts_with(prefix));
        names.filter_map(|name| Some((name, self.get(name)?)))
    }
}

/// What stands in one line.
fn pairs(line: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = line.split(';').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (stripped(name), stripped(value)))
}

/// Without spaces and tabs at either end: the only white space of a cookie (RFC 6265bis §5.6).
fn stripped(text: &str) -> String {
    text.trim_matches([' ', '\t']).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NAME: &str = "__Host-kontobro";

    fn cookies(in_event: &[&str], in_header: Option<&str>) -> Cookies {
        let mut event = json!({
            "cookies": in_event, "headers": {},
            "requestContext": { "http": { "method": "GET", "path": "/" } },
        });
        if let Some(line) = in_header {
            event["headers"]["cookie"] = json!(line);
        }
        Cookies::of(&serde_json::from_value(event).expect("an event"))
    }

    /// What browsers let a neighbour set, and what only space and tab make of it.
    #[test]
    fn t102_a_name_with_something_around_it_is_another_name() {
        for around in [
            '\u{2000}', '\u{a0}', '\u{3000}', '\u{2028}', '\u{85}', '\u{feff}', '\u{b}', '\u{c}',
            '\r', '\n', '"',
        ] {
            for planted in [format!("{around}{NAME}"), format!("{NAME}{around}")] {
                let theirs = format!("{planted}=theirs");
                for line in [[&*theirs, "__Host-kontobro=mine"], ["__Host-kontobro=mine", &theirs]]
                {
                    assert_eq!(cookies(&line, None).get(NAME), Some("mine"), "{line:?}");
                    assert_eq!(cookies(&[&line.join("; ")], None).get(NAME), Some("mine"));
                    if !around.is_ascii_control() {
                        // No header has these.
                        assert_eq!(cookies(&[], Some(&line.join(";"))).get(NAME), Some("mine"));
                    }
                }
                assert_eq!(cookies(&[&theirs], None).get(NAME), None, "{theirs:?}");
            }
        }
        for line in [" __Host-kontobro=mine", "\t__Host-kontobro \t=\tmine "] {
            assert_eq!(cookies(&[line], None).get(NAME), Some("mine"), "{line:?}");
        }
        for other in ["__host-kontobro", "__Host-kontobro2", "__Secure-kontobro", "kontobro"] {
            let line = format!("{other}=theirs; {NAME}=mine");
            assert_eq!(cookies(&[&line], None).get(NAME), Some("mine"), "{line:?}");
        }
    }

    #[test]
    fn t102_a_host_cookie_that_stands_twice_is_none() {
        let twice = "__Host-kontobro=theirs; __Host-kontobro=mine";
        for cookies in [
            cookies(&[twice], None),
            cookies(&["__Host-kontobro=theirs", "__Host-kontobro=mine"], None),
            cookies(&["__Host-kontobro=theirs"], Some("__Host-kontobro=mine")),
            cookies(&["__Host-kontobro=mine"], Some("__Host-kontobro=mine; x=y")),
            cookies(&["__Host-kontobro=mine; __Host-kontobro=mine"], None),
            cookies(&[], Some(twice)),
        ] {
            assert_eq!(cookies.get(NAME), None);
            assert_eq!(cookies.named("__Host-").count(), 0);
        }
        let others = cookies(&["a=1; a=2; __Host-b=3"], None);
        assert_eq!((others.get("a"), others.get("__Host-b")), (Some("1"), Some("3")));
        let said_again =
            cookies(&["__Host-kontobro=mine", "a=1"], Some("__Host-kontobro=mine; a=1"));
        assert_eq!(said_again.get(NAME), Some("mine"));
    }

    #[test]
    fn a_value_stays_as_it_is() {
        for value in ["", "a=b==", "\"quoted\"", "%20", "\u{2000}æ"] {
            assert_eq!(cookies(&[&format!("x={value}")], None).get("x"), Some(value));
        }
        assert_eq!(cookies(&["x", "", ";;=;"], None).get("x"), None);
    }
}
