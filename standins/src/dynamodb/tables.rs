//! The tables: made from a template, emptied at once, and, if wanted, with a memory of what they
//! held a moment ago.

use std::sync::Mutex;

use dynoxide::{Database, DynoxideError, actions::create_table::CreateTableRequest};
use serde_json::{Value, json};

use super::{
    TablesNotMade,
    engine::{self, Answered, may_be_stale},
    journal::{Change, Journal, Keys},
};
use crate::{cloudformation, locked};

/// The database with its tables.
pub(super) struct Tables(Mutex<State>);

struct State {
    database: Database,
    definitions: Vec<Definition>,
    keys: Keys,
    journal: Option<Journal>,
    /// Another database that has seen so many changes of the journal.
    replica: Option<(Database, usize)>,
}

/// What makes one table.
#[derive(Clone)]
struct Definition {
    create: Value,
    time_to_live: Option<Value>,
}

impl Tables {
    pub(super) fn of(database: Database) -> Self {
        let state = State {
            database,
            definitions: Vec::new(),
            keys: Keys::new(),
            journal: None,
            replica: None,
        };
        Self(Mutex::new(state))
    }

    /// The database as it is until the next [`Self::clear`].
    pub(super) fn database(&self) -> Database {
        locked(&self.0).database.clone()
    }

    /// Makes those tables of a template that are not there.
    pub(super) fn make(&self, template: &str, names: &[(&str, &str)]) -> Result<(), TablesNotMade> {
        let template =
            cloudformation::read(template).map_err(|error| TablesNotMade(error.to_string()))?;
        let mut state = locked(&self.0);
        let all = serde_json::from_value(json!({})).expect("every field is optional");
        let listed = state.database.list_tables(all);
        let kept = listed.map_err(|error| TablesNotMade(error.to_string()))?.table_names;
        for (id, name) in names {
            let mut tables = cloudformation::resources(&template, "AWS::DynamoDB::Table");
            let (_, properties) = tables
                .find(|(table, _)| table == id)
                .ok_or_else(|| TablesNotMade(format!("the template has no table {id}")))?;
            let definition = Definition::read(name, properties);
            if !kept.iter().any(|table| table == name) {
                definition
                    .make(&state.database)
                    .map_err(|error| TablesNotMade(format!("{id}: {error}")))?;
            }
            state.keys.insert((*name).to_owned(), definition.key_names());
            state.definitions.push(definition);
        }
        Ok(())
    }

    /// Throws everything away; the tables are there again, empty. In memory only.
    pub(super) fn clear(&self) {
        let mut state = locked(&self.0);
        state.database = empty(&state.definitions);
        state.journal = state.journal.as_ref().map(|_| Journal::default());
        state.replica = None;
    }

    /// Begins to keep a journal, of tables that are empty.
    pub(super) fn keep_journal(&self) {
        locked(&self.0).journal = Some(Journal::default());
    }

    /// The changes from the `since`th on.
    pub(super) fn changes(&self, since: usize) -> Vec<Change> {
        let state = locked(&self.0);
        let journal = state.journal.as_ref().expect("a journal is kept");
        journal.changes[since..].to_vec()
    }

    /// Does one operation; a read that may be stale does not see the newest `lag` changes.
    pub(super) fn run(&self, operation: &str, body: &[u8], lag: usize) -> Answered {
        let mut state = locked(&self.0);
        if lag > 0 && may_be_stale(operation, body) {
            return state.stale(operation, body, lag);
        }
        let State { database, keys, journal, .. } = &mut *state;
        let answer = engine::run(database, operation, body)?;
        if let Some(journal) = journal {
            journal.note(database, keys, (operation, body))?;
        }
        Ok(answer)
    }
}

impl State {
    /// A replica never forgets what it has seen: it may have seen more than was asked for.
    fn stale(&mut self, operation: &str, body: &[u8], lag: usize) -> Answered {
        let journal = self.journal.as_ref().expect("stale reads need a journal");
        let target = journal.changes.len().saturating_sub(lag);
        let (replica, seen) = self.replica.get_or_insert_with(|| (empty(&self.definitions), 0));
        for change in journal.changes.get(*seen..target).unwrap_or_default() {
            change.repeat(replica)?;
        }
        *seen = target.max(*seen);
        engine::run(replica, operation, body)
    }
}

fn empty(definitions: &[Definition]) -> Database {
    let database = Database::memory().expect("memory for a database");
    for definition in definitions {
        definition.make(&database).expect("it was made before");
    }
    database
}

impl Definition {
    fn read(name: &str, properties: &Value) -> Self {
        let mut create = json!({ "TableName": name, "BillingMode": "PAY_PER_REQUEST" });
        for property in
            ["KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes"]
        {
            if let Some(value) = properties.get(property) {
                create[property] = value.clone();
            }
        }
        let time_to_live = properties.get("TimeToLiveSpecification").map(
            |specification| json!({ "TableName": name, "TimeToLiveSpecification": specification }),
        );
        Self { create, time_to_live }
    }

    fn key_names(&self) -> Vec<String> {
        let schema = self.create["KeySchema"].as_array().into_iter().flatten();
        schema.filter_map(|part| Some(part["AttributeName"].as_str()?.to_owned())).collect()
    }

    fn make(&self, database: &Database) -> Result<(), Box<dyn std::error::Error>> {
        database
            .create_table(serde_json::from_value::<CreateTableRequest>(self.create.clone())?)?;
        if let Some(request) = &self.time_to_live {
            database.update_time_to_live(serde_json::from_value(request.clone())?)?;
        }
        Ok(())
    }
}

/// What an operation answers, past the wire.
pub(super) fn direct(
    tables: &Tables,
    operation: &str,
    request: &Value,
) -> Result<Value, DynoxideError> {
    let answer = tables.run(operation, request.to_string().as_bytes(), 0)?;
    Ok(serde_json::from_str(&answer).expect("an answer is JSON"))
}
