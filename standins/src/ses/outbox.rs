//! The mails that were sent, in memory and, if wanted, in a JSON-lines file.
//!
//! The file is only appended to: a later line about a mail replaces an earlier one.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{locked, ses::Fate};

/// One mail as it was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// Recipients, joined by `, `.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text part; empty when it had none.
    pub text: String,
    /// HTML part; empty when it had none.
    pub html: String,
    /// When SES took it.
    pub sent_at: jiff::Timestamp,
    /// Sender as given, name and all.
    pub from: String,
    /// Reply-to addresses, joined by `, `.
    pub reply_to: String,
    /// Further headers, name and value.
    pub headers: Vec<(String, String)>,
    /// The id that SES answered with.
    pub message_id: String,
    /// E-mail tags, name and value.
    pub tags: Vec<(String, String)>,
    /// Configuration set, without which SES publishes no events.
    pub configuration_set: Option<String>,
    /// What became of it, oldest first.
    pub fates: Vec<Fate>,
}

pub(super) struct Outbox {
    /// Oldest first.
    messages: Mutex<Vec<Arc<Message>>>,
    file: Option<Box<Path>>,
}

impl Outbox {
    pub(super) fn open(file: Option<Box<Path>>) -> io::Result<Self> {
        let mut messages = Vec::new();
        if let Some(file) = file.as_deref().filter(|file| file.exists()) {
            let named = |error: &dyn std::fmt::Display| {
                io::Error::other(format!("{}: {error}", file.display()))
            };
            let kept = fs::read_to_string(file).map_err(|error| named(&error))?;
            // The last line may be half written by a process that was stopped.
            for message in kept.lines().filter_map(|line| serde_json::from_str(line).ok()) {
                replace_or_push(&mut messages, message);
            }
            let mut end = OpenOptions::new().append(true).open(file).map_err(|e| named(&e))?;
            if !kept.is_empty() && !kept.ends_with('\n') {
                end.write_all(b"\n")?;
            }
        }
        Ok(Self { messages: Mutex::new(messages), file })
    }

    pub(super) fn keep(&self, message: Message) -> io::Result<()> {
        let mut messages = locked(&self.messages);
        if let Some(file) = &self.file {
            let line = serde_json::to_string(&message).expect("a message is plain data") + "\n";
            let mut end = OpenOptions::new().create(true).append(true).open(file)?;
            end.write_all(line.as_bytes())?;
        }
        replace_or_push(&mut messages, message);
        Ok(())
    }

    pub(super) fn messages(&self) -> Vec<Arc<Message>> {
        locked(&self.messages).iter().rev().cloned().collect()
    }

    pub(super) fn message(&self, id: &str) -> Option<Arc<Message>> {
        locked(&self.messages).iter().find(|message| message.message_id == id).cloned()
    }

    /// Is this address on the suppression list, by a bounce or a complaint?
    pub(super) fn suppresses(&self, to: &str) -> bool {
        let ends = |fate: &Fate| matches!(fate, Fate::Bounced | Fate::Complained);
        let messages = locked(&self.messages);
        messages.iter().any(|message| message.to == to && message.fates.iter().any(ends))
    }

    pub(super) fn clear(&self) {
        locked(&self.messages).clear();
    }

    pub(super) fn decide(&self, id: &str, fate: Fate) -> Option<Message> {
        let mut message = Message::clone(&*self.message(id)?);
        message.fates.push(fate);
        self.keep(message.clone()).ok()?;
        Some(message)
    }
}

fn replace_or_push(messages: &mut Vec<Arc<Message>>, message: Message) {
    let message = Arc::new(message);
    match messages.iter_mut().find(|kept| kept.message_id == message.message_id) {
        Some(kept) => *kept = message,
        None => messages.push(message),
    }
}

/// `Name` and `Value` of each entry of an SES list.
pub(super) fn pairs(list: &Value) -> Vec<(String, String)> {
    let entries = list.as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries.map(|entry| (text(&entry["Name"]), text(&entry["Value"]))).collect()
}
