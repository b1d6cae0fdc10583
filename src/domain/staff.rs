//! What support may decide about an account, and how: two of the staff together, with a reason.

use super::{limits, redacted::redacted};

/// Something that two of the staff have decided (T99). Holds only what may stand in an audit entry.
pub struct Decision {
    by: [String; 2],
    reason: String,
}
redacted!(Decision);

/// Why that is no decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDecided {
    /// Two different names are needed.
    #[error("two of the staff must decide, under different names")]
    NotTwo,
    /// It says nothing of why, or too much.
    #[error("a reason is needed, of {} characters at most", limits::REASON_CHARS)]
    NoReason,
}

impl Decision {
    /// A decision of two people, in words of theirs.
    pub fn new(by: [&str; 2], reason: &str) -> Result<Self, NotDecided> {
        let [one, other] = by.map(str::trim);
        let fits = |text: &str| (1..=limits::REASON_CHARS).contains(&text.chars().count());
        if !fits(one) || !fits(other) || one.to_lowercase() == other.to_lowercase() {
            return Err(NotDecided::NotTwo);
        }
        let reason = reason.trim();
        if !fits(reason) {
            return Err(NotDecided::NoReason);
        }
        Ok(Self { by: [one.to_owned(), other.to_owned()], reason: reason.to_owned() })
    }

    /// The two who decided.
    pub fn by(&self) -> [&str; 2] {
        self.by.each_ref().map(String::as_str)
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t99_one_of_the_staff_alone_decides_nothing_and_two_need_a_reason() {
        let new = |one, other, reason| Decision::new([one, other], reason).map(|_| ());
        assert_eq!(new("anne", "bo", "The owner called"), Ok(()));
        for (one, other) in [("anne", "anne"), ("anne", " Anne "), ("anne", ""), (" ", "bo")] {
            assert_eq!(new(one, other, "The owner called"), Err(NotDecided::NotTwo));
        }
        let long = "x".repeat(limits::REASON_CHARS + 1);
        for reason in ["", "  ", &long] {
            assert_eq!(new("anne", "bo", reason), Err(NotDecided::NoReason));
        }
    }
}
