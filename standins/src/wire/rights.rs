//! Which rights a call takes, as IAM would ask for them.
//!
//! Source: Service Authorization Reference; for transactions, "Using IAM with DynamoDB transactions"
//! in the DynamoDB developer guide. What AWS does on the caller's behalf, such as opening a secret
//! with its key, does not come by here.

use std::{collections::BTreeMap, iter};

use hyper::http::request::Parts;
use serde_json::Value;

/// A right that a call takes: one for each table, index, secret or identity in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Right {
    /// As in a policy: `dynamodb:Query`.
    pub action: String,
    /// The end of the resource's ARN, from its type on: `table/accounts/index/by-email`.
    pub resource: String,
    /// What conditions may ask about the call, by its key: `ses:FromAddress`.
    pub context: BTreeMap<String, String>,
}

impl Right {
    fn new(action: String, resource: String) -> Self {
        Self { action, resource, context: BTreeMap::new() }
    }
}

/// Who signed a request: the identifier of the access key in its AWS signature. Empty if nobody did.
pub(super) fn signer(head: &Parts) -> String {
    let signed = head.headers.get("authorization").and_then(|header| header.to_str().ok());
    let credential = signed.and_then(|header| header.split("Credential=").nth(1));
    credential.and_then(|credential| credential.split('/').next()).unwrap_or_default().to_owned()
}

/// The rights that a request to an AWS service takes, each once, in order. None for other services.
pub(super) fn of(service: &str, operation: &str, body: &[u8]) -> Vec<Right> {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut rights = match service {
        "dynamodb" => dynamodb(operation, &request),
        "secrets" => {
            let secret = format!("secret:{}", text(&request["SecretId"]));
            vec![Right::new(format!("secretsmanager:{operation}"), secret)]
        }
        "ses" if operation == "POST /v2/email/outbound-emails" => send_email(&request),
        _ => Vec::new(),
    };
    rights.sort();
    rights.dedup();
    rights
}

/// The tables that a request to DynamoDB names, each once, in its order.
pub(super) fn tables(request: &Value) -> Vec<String> {
    let named = parts(request).filter_map(|(_, part)| part["TableName"].as_str());
    let mut tables = Vec::new();
    for name in named.chain(batched(request)) {
        if !tables.iter().any(|known| known == name) {
            tables.push(name.to_owned());
        }
    }
    tables
}

/// A transaction takes the right to each of its parts, and none to transactions as such.
fn dynamodb(operation: &str, request: &Value) -> Vec<Right> {
    let right = |action: &str, resource: String| Right::new(format!("dynamodb:{action}"), resource);
    let plain = parts(request).filter_map(|(kind, part)| {
        let mut resource = format!("table/{}", part["TableName"].as_str()?);
        if let Some(index) = part["IndexName"].as_str() {
            resource = format!("{resource}/index/{index}");
        }
        Some(match kind {
            Some(kind) => right(&format!("{kind}Item"), resource),
            None => right(operation, resource),
        })
    });
    plain.chain(batched(request).map(|table| right(operation, format!("table/{table}")))).collect()
}

/// The request itself, and each part of a transaction with its kind (`Put`, `ConditionCheck`, …).
fn parts(request: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let parts = request["TransactItems"].as_array().into_iter().flatten();
    let parts = parts.filter_map(Value::as_object).flatten();
    iter::once((None, request)).chain(parts.map(|(kind, part)| (Some(kind.as_str()), part)))
}

fn batched(request: &Value) -> impl Iterator<Item = &str> {
    request["RequestItems"]
        .as_object()
        .into_iter()
        .flat_map(|items| items.keys())
        .map(String::as_str)
}

/// To the sender's domain, which is the identity unless the address itself is one; and to the
/// configuration set.
fn send_email(request: &Value) -> Vec<Right> {
    let named = text(&request["FromEmailAddress"]);
    let from = named.rsplit_once('<').map_or(named, |(_, address)| address.trim_end_matches('>'));
    let domain = from.rsplit_once('@').map_or(from, |(_, domain)| domain);
    let set =
        request["ConfigurationSetName"].as_str().map(|set| format!("configuration-set/{set}"));
    let resources = iter::once(format!("identity/{domain}")).chain(set);
    let right = |resource| Right {
        context: [("ses:FromAddress".to_owned(), from.to_owned())].into(),
        ..Right::new("ses:SendEmail".to_owned(), resource)
    };
    resources.map(right).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;
    use serde_json::json;

    fn asked(service: &str, operation: &str, body: &str) -> Vec<String> {
        let rights = of(service, operation, body.as_bytes()).into_iter();
        rights.map(|right| format!("{} {}", right.action, right.resource)).collect()
    }

    #[test]
    fn a_transaction_takes_the_right_to_each_part_and_a_query_that_to_its_index() {
        let transaction = r#"{"TransactItems":[{"Put":{"TableName":"A"}},{"Update":{"TableName":"B"}},
            {"ConditionCheck":{"TableName":"B"}},{"Put":{"TableName":"A"}}]}"#;
        assert_eq!(
            asked("dynamodb", "TransactWriteItems", transaction),
            [
                "dynamodb:ConditionCheckItem table/B",
                "dynamodb:PutItem table/A",
                "dynamodb:UpdateItem table/B"
            ]
        );
        assert_eq!(
            asked("dynamodb", "Query", r#"{"TableName":"A","IndexName":"by-email"}"#),
            ["dynamodb:Query table/A/index/by-email"]
        );
        assert_eq!(
            asked("dynamodb", "BatchGetItem", r#"{"RequestItems":{"B":{},"A":{}}}"#),
            ["dynamodb:BatchGetItem table/A", "dynamodb:BatchGetItem table/B"]
        );
        assert_eq!(tables(&transaction.parse().unwrap()), ["A", "B"]);
        assert_eq!(tables(&json!({ "RequestItems": { "B": {} } })), ["B"]);
        assert_eq!(tables(&json!("garbled")), [""; 0]);
    }

    #[test]
    fn a_mail_takes_the_right_to_identity_and_configuration_set_with_its_sender() {
        let mail = r#"{"FromEmailAddress":"\"NAKOS\" <no-reply@nakos.example>","ConfigurationSetName":"rules"}"#;
        let rights = of("ses", "POST /v2/email/outbound-emails", mail.as_bytes());
        let resources: Vec<_> = rights.iter().map(|right| right.resource.as_str()).collect();
        assert_eq!(resources, ["configuration-set/rules", "identity/nakos.example"]);
        assert!(
            rights.iter().all(|right| right.context["ses:FromAddress"] == "no-reply@nakos.example")
        );
    }

    #[test]
    fn who_signed_is_told_by_the_access_key() {
        let signed = |header: &str| {
            let request = Request::builder().header("authorization", header).body(()).unwrap();
            signer(&request.into_parts().0)
        };
        let header = "AWS4-HMAC-SHA256 Credential=login/20261125/eu-north-1/dynamodb/aws4_request, SignedHeaders=host";
        assert_eq!(signed(header), "login");
        assert_eq!(signed("Basic eDp5"), "");
    }
}
