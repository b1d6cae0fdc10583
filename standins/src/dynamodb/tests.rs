use std::io;

use axum::http::Method;
use serde_json::json;

use super::*;
use crate::{http, loopback};

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
