//! Names and values, from a query or a form.

use crate::domain::limits;

/// Percent-decoded pairs, each name at most once. Bytes that are not UTF-8 become U+FFFD, which no
/// field of ours accepts.
#[derive(Default)]
pub struct Fields(Vec<(String, String)>);
crate::domain::redacted!(Fields);

/// Why names and values are not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A name stands twice. Which of the two counts is a question that we never answer (T04).
    #[error("a parameter stands twice")]
    Doubled,
    /// More than any page of ours sends, and so many that comparing their names is work (T83).
    #[error("there are too many parameters")]
    TooMany,
}

impl Fields {
    /// Reads `name=value&…` (application/x-www-form-urlencoded).
    pub fn parse(encoded: &[u8]) -> Result<Self, Refused> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(encoded) {
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(Refused::Doubled);
            }
            if fields.len() == limits::FIELDS {
                return Err(Refused::TooMany);
            }
            fields.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(fields))
    }

    /// The value of a name; `None` if it does not stand there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a name; empty if it does not stand there.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Does a name stand here and there? Then it is as doubled as one that stands here twice.
    pub(super) fn shares_a_name_with(&self, others: &Self) -> bool {
        self.0.iter().any(|(name, _)| others.get(name).is_some())
    }

    /// Everything, encoded again.
    pub fn all(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// All but one name, encoded again, with that name's new value at the end.
    pub fn with(&self, name: &str, value: &str) -> String {
        let others = self.0.iter().filter(|(known, _)| known != name);
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(others).append_pair(name, value).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t04_a_name_that_stands_twice_is_refused() {
        assert_eq!(Fields::parse(b"state=a&state=b").err(), Some(Refused::Doubled));
        assert_eq!(Fields::parse(b"a=1&b=1").expect("two names").text("b"), "1");
    }

    #[test]
    fn t83_no_more_fields_are_taken_than_any_page_sends() {
        let some = |n: usize| (0..n).map(|n| format!("f{n}=x&")).collect::<String>();
        assert!(Fields::parse(some(limits::FIELDS).as_bytes()).is_ok());
        let many = Fields::parse(some(limits::FIELDS + 1).as_bytes());
        assert_eq!(many.err(), Some(Refused::TooMany));
    }

    #[test]
    fn t82_broken_encoding_is_read_as_far_as_it_goes() {
        let fields = Fields::parse(b"a=%zz&b=%ff&c&=x&d=%C3%A6").expect("all different");
        let all = ["a", "b", "c", "d", "e"].map(|name| fields.text(name));
        assert_eq!(all, ["%zz", "\u{fffd}", "", "\u{e6}", ""]);
    }

    #[test]
    fn a_query_keeps_what_it_had_when_one_value_changes() {
        let fields = Fields::parse(b"t=x%26y&sprak=nb").expect("all different");
        assert_eq!(fields.with("sprak", "en"), "t=x%26y&sprak=en");
    }
}
