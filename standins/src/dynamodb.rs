//! DynamoDB: the embedded dynoxide engine behind the wire, its tables from a template.
//!
//! The engine listens on a port of its own that nobody is told; the wire's server hands every
//! request on to it. It does not throttle and its reads are always consistent.

use std::{fmt, io, net::SocketAddr, path::Path, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Request, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use dynoxide::{Database, DynoxideError, actions::create_table::CreateTableRequest};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::AbortHandle};

use crate::{
    Server, cloudformation,
    http::{self, Pool},
    loopback,
    server::Listener,
    wire::Wire,
};

/// A running DynamoDB; the wire knows it as `dynamodb`.
pub struct DynamoDb {
    server: Server,
    database: Database,
    tasks: Vec<AbortHandle>,
}

impl DynamoDb {
    /// Starts on an empty database in memory, or on this file, which is made when it is absent.
    ///
    /// # Errors
    /// When the address cannot be bound (the message names it) or the file not opened.
    pub async fn start(address: SocketAddr, file: Option<&Path>, wire: &Wire) -> io::Result<Self> {
        let listener = Listener::bind(address).await?;
        let database = match file {
            None => Database::memory(),
            Some(file) => Database::new(&file.to_string_lossy()),
        };
        let database = database.map_err(|error| {
            let file = file.map(Path::display).map(|file| file.to_string());
            io::Error::other(format!("{}: {error}", file.unwrap_or_default()))
        })?;
        let engine = TcpListener::bind(loopback(0)).await?;
        let behind = Engine { address: engine.local_addr()?, pool: http::pool() };
        let serving = tokio::spawn(dynoxide::server::serve_on(engine, database.clone()));
        let app = Router::new().fallback(hand_on).with_state(behind);
        let server = listener.serve("dynamodb", wire, app);
        Ok(Self { server, database, tasks: vec![serving.abort_handle()] })
    }

    /// Base URL, for the SDK's `endpoint_url`.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The engine itself, past the wire.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Creates the tables that a CloudFormation template defines: keys, attributes, indexes,
    /// time to live. `names` gives each logical id its physical name; a table that exists is
    /// left alone.
    ///
    /// # Errors
    /// [`TablesNotMade`] when the template is unreadable, lacks a named table, or the engine
    /// refuses a definition.
    pub fn create_tables(
        &self,
        template: &str,
        names: &[(&str, &str)],
    ) -> Result<(), TablesNotMade> {
        let template =
            cloudformation::read(template).map_err(|error| TablesNotMade(error.to_string()))?;
        let kept = self.tables()?;
        for (id, name) in names {
            let mut tables = cloudformation::resources(&template, "AWS::DynamoDB::Table");
            let (_, definition) = tables
                .find(|(table, _)| table == id)
                .ok_or_else(|| TablesNotMade(format!("the template has no table {id}")))?;
            if !kept.iter().any(|table| table == name) {
                self.create_table(name, definition)
                    .map_err(|error| TablesNotMade(format!("{id}: {error}")))?;
            }
        }
        Ok(())
    }

    fn tables(&self) -> Result<Vec<String>, TablesNotMade> {
        let all = serde_json::from_value(json!({})).expect("every field is optional");
        let listed = self.database.list_tables(all);
        Ok(listed.map_err(|error| TablesNotMade(error.to_string()))?.table_names)
    }

    fn create_table(
        &self,
        name: &str,
        definition: &Value,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let mut request = json!({ "TableName": name, "BillingMode": "PAY_PER_REQUEST" });
        for property in
            ["KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes"]
        {
            if let Some(value) = definition.get(property) {
                request[property] = value.clone();
            }
        }
        self.database.create_table(serde_json::from_value::<CreateTableRequest>(request)?)?;
        if let Some(time_to_live) = definition.get("TimeToLiveSpecification") {
            let request = json!({ "TableName": name, "TimeToLiveSpecification": time_to_live });
            self.database.update_time_to_live(serde_json::from_value(request)?)?;
        }
        Ok(())
    }

    /// Removes items whose time to live has passed, by the machine's time. Returns how many.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn sweep_ttl(&self) -> Result<usize, DynoxideError> {
        self.database.sweep_ttl()
    }

    /// Sweeps so often for as long as the stand-in lives, as AWS does by itself.
    pub fn sweep_ttl_every(&mut self, interval: Duration) {
        let database = self.database.clone();
        let sweeping = tokio::spawn(async move {
            let mut tick = tokio::time::interval(interval);
            loop {
                tick.tick().await;
                let _ = database.sweep_ttl(); // the next round tries again
            }
        });
        self.tasks.push(sweeping.abort_handle());
    }
}

impl Drop for DynamoDb {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// Why the tables of a template could not be made.
#[derive(Debug)]
pub struct TablesNotMade(String);

impl fmt::Display for TablesNotMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TablesNotMade {}

#[derive(Clone)]
struct Engine {
    address: SocketAddr,
    pool: Pool,
}

async fn hand_on(
    State(engine): State<Engine>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::builder().method(method).uri(format!("http://{}{path}", engine.address));
    let mut request = request.body(Full::new(body)).expect("the path came in a valid request");
    *request.headers_mut() = headers;
    match http::send(&engine.pool, request).await {
        Ok(answer) => {
            let status = StatusCode::from_u16(answer.status).expect("a status that came over HTTP");
            (status, answer.headers, answer.body).into_response()
        }
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
Parameters: { Stage: { Type: String } }
Resources:
  Accounts:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: !Sub "${Stage}-accounts"
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{ AttributeName: pk, KeyType: HASH }, { AttributeName: sk, KeyType: RANGE }]
      AttributeDefinitions:
        - { AttributeName: pk, AttributeType: S }
        - { AttributeName: sk, AttributeType: S }
        - { AttributeName: email, AttributeType: S }
      GlobalSecondaryIndexes:
        - IndexName: by-email
          KeySchema: [{ AttributeName: email, KeyType: HASH }]
          Projection: { ProjectionType: KEYS_ONLY }
      TimeToLiveSpecification: { AttributeName: expires_at, Enabled: true }
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
Outputs: { Arn: { Value: !GetAtt Accounts.Arn } }
"#;

    async fn call(db: &DynamoDb, operation: &str, request: Value) -> Value {
        let target = format!("DynamoDB_20120810.{operation}");
        let headers = [
            ("x-amz-target", target.as_str()),
            ("content-type", "application/x-amz-json-1.0"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=a/20260101/eu-north-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
            ),
            ("x-amz-date", "20260101T000000Z"),
        ];
        http::call(Method::POST, db.url(), &headers, request.to_string()).await.unwrap().json()
    }

    #[tokio::test]
    async fn tables_are_made_from_the_template_once_and_calls_are_tapped() {
        let wire = Wire::new();
        let db = DynamoDb::start(loopback(0), None, &wire).await.unwrap();
        db.create_tables(TEMPLATE, &[("Accounts", "local-accounts")]).unwrap();
        let item = json!({ "pk": { "S": "a" }, "sk": { "S": "b" }, "email": { "S": "c" } });
        call(&db, "PutItem", json!({ "TableName": "local-accounts", "Item": item })).await;
        db.create_tables(TEMPLATE, &[("Accounts", "local-accounts")]).unwrap();
        let found = json!({
            "TableName": "local-accounts",
            "IndexName": "by-email",
            "KeyConditionExpression": "email = :e",
            "ExpressionAttributeValues": { ":e": { "S": "c" } },
        });
        assert_eq!(call(&db, "Query", found).await["Count"], 1);
        let ttl = json!({ "TableName": "local-accounts" });
        let ttl = call(&db, "DescribeTimeToLive", ttl).await;
        assert_eq!(ttl["TimeToLiveDescription"]["AttributeName"], "expires_at");
        let calls = wire.taken();
        let operations: Vec<_> = calls.iter().map(|call| call.operation.as_str()).collect();
        assert_eq!(operations, ["PutItem", "Query", "DescribeTimeToLive"]);
        assert!(calls.iter().all(|call| call.tables == ["local-accounts"]));
    }

    #[tokio::test]
    async fn a_taken_port_and_an_unknown_table_are_named() {
        let db = DynamoDb::start(loopback(0), None, &Wire::new()).await.unwrap();
        let taken = db.server.address();
        let error = DynamoDb::start(taken, None, &Wire::new()).await.err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        assert!(error.to_string().starts_with(&taken.to_string()));
        let unknown = db.create_tables(TEMPLATE, &[("Pending", "x")]).unwrap_err();
        assert_eq!(unknown.to_string(), "the template has no table Pending");
    }
}
