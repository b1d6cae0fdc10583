//! What was written, change by change, so that a read can be answered as of a moment ago.
//!
//! Kept only for who asks for it: it costs a read for each item written.

use std::collections::{BTreeMap, HashMap};

use dynoxide::{Database, DynoxideError};
use serde_json::{Map, Value, json};

use super::engine;

/// One item, before and after one write. Items are as DynamoDB's JSON has them.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which table.
    pub table: String,
    /// The item's key attributes.
    pub key: Value,
    /// None where there was no such item.
    pub before: Option<Value>,
    /// None where it was deleted.
    pub after: Option<Value>,
}

/// Every change since the journal was begun, and every item as it is now.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) changes: Vec<Change>,
    items: BTreeMap<(String, String), Value>,
}

/// Names of the key attributes of each table.
pub(super) type Keys = HashMap<String, Vec<String>>;

impl Journal {
    /// Notes what a write has done that has just succeeded.
    pub(super) fn note(
        &mut self,
        database: &Database,
        keys: &Keys,
        (operation, body): (&str, &[u8]),
    ) -> Result<(), DynoxideError> {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        for (table, item) in written(operation, &request) {
            let Some(names) = keys.get(table) else { continue };
            let key: Map<_, _> =
                names.iter().map(|name| (name.clone(), item[name].clone())).collect();
            let key = Value::Object(key);
            let after = now(database, table, &key)?;
            let place = (table.to_owned(), key.to_string());
            let before = match &after {
                Some(item) => self.items.insert(place, item.clone()),
                None => self.items.remove(&place),
            };
            if before != after {
                self.changes.push(Change { table: table.to_owned(), key, before, after });
            }
        }
        Ok(())
    }
}

impl Change {
    /// Makes the same change elsewhere.
    pub(super) fn repeat(&self, database: &Database) -> Result<(), DynoxideError> {
        let (operation, request) = match &self.after {
            Some(item) => ("PutItem", json!({ "TableName": self.table, "Item": item })),
            None => ("DeleteItem", json!({ "TableName": self.table, "Key": self.key })),
        };
        engine::run(database, operation, request.to_string().as_bytes()).map(|_| ())
    }
}

/// Table, and key or whole item, of everything that a request writes.
fn written<'a>(operation: &str, request: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let one = |part: &'a Value| {
        let item = part.get("Item").or_else(|| part.get("Key"))?;
        Some((part["TableName"].as_str()?, item))
    };
    match operation {
        "PutItem" | "UpdateItem" | "DeleteItem" => one(request).into_iter().collect(),
        "TransactWriteItems" => {
            let parts = request["TransactItems"].as_array().into_iter().flatten();
            let parts = parts.filter(|part| part.get("ConditionCheck").is_none());
            let parts = parts.filter_map(Value::as_object).flat_map(Map::values);
            parts.filter_map(one).collect()
        }
        _ => Vec::new(),
    }
}

fn now(database: &Database, table: &str, key: &Value) -> Result<Option<Value>, DynoxideError> {
    let request = json!({ "TableName": table, "Key": key, "ConsistentRead": true });
    let request = serde_json::from_value(request).expect("a read of one item");
    let item = database.get_item(request)?.item;
    Ok(item.map(|item| serde_json::to_value(item).expect("an item is JSON")))
}
