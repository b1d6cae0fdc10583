//! What a service was asked to do and did, as the checker sees it.

use std::sync::Arc;

use bytes::Bytes;
use standins::dynamodb::Change;

use super::{books::Kind, functions::Invocation};

/// One request that was applied: a change of the tables, a search of an index, or a mail.
pub struct Applied {
    /// Whose doing it is; none for what is not a function's.
    pub by: Option<Arc<Invocation>>,
    pub operation: String,
    /// As it stood on the wire.
    pub request: Bytes,
    /// What it changed.
    pub changes: Vec<Change>,
}

impl Applied {
    /// Did it change anything that a person would call a change?
    pub fn changes_something(&self) -> bool {
        let counts = |change: &Change| matches!(Kind::of(&change.key), Kind::Searches(_));
        self.changes.iter().any(|change| !counts(change))
    }

    /// Is it this invocation's doing?
    pub fn is_by(&self, invocation: &Arc<Invocation>) -> bool {
        self.by.as_ref().is_some_and(|by| Arc::ptr_eq(by, invocation))
    }
}
