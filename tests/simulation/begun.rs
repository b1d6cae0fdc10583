//! What invocations have begun that no table shows, and what went wrong in each.

use std::collections::BTreeMap;

use serde_json::Value;
use standins::wire::Held;

use super::mishap::Mishap;

/// Which mail with a link: its request's id and generation.
pub type Which = (String, i64);

#[derive(Clone, Default)]
pub struct Begun {
    /// Mails on their way to SES since the checker has looked, whatever became of them: by whom, and
    /// which.
    pub mails: Vec<(usize, Which)>,
    /// By the id of an invocation.
    troubles: BTreeMap<usize, Trouble>,
}

/// What has gone wrong in one invocation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trouble {
    /// How often.
    pub times: usize,
    /// Has it stood still, or waited for an answer while others went on?
    pub slowed_down: bool,
}

impl Begun {
    /// A call has come to the wire.
    pub fn notes(&mut self, held: &Held, invocation: usize) {
        if held.call.service == "ses"
            && let Some(mail) = mail(held)
        {
            self.mails.push((invocation, mail));
        }
    }

    /// Something goes wrong with a call.
    pub fn notes_mishap(&mut self, mishap: Mishap, invocation: usize) {
        let trouble = self.troubles.entry(invocation).or_default();
        trouble.times += 1;
        trouble.slowed_down |= matches!(mishap, Mishap::Frozen(..) | Mishap::Held(..));
    }

    pub fn trouble(&self, invocation: usize) -> Trouble {
        self.troubles.get(&invocation).copied().unwrap_or_default()
    }
}

/// The mail with a link that a call hands to SES; none if it is a receipt.
fn mail(held: &Held) -> Option<Which> {
    let mail: Value = serde_json::from_slice(held.body()).ok()?;
    let tags = mail["EmailTags"].as_array()?;
    let tag = |name: &str| tags.iter().find(|tag| tag["Name"] == name)?["Value"].as_str();
    Some((tag("request")?.to_owned(), tag("generation")?.parse().ok()?))
}
