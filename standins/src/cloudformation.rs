//! Reads CloudFormation and SAM templates: the tables and routes they define.
//!
//! It reads what is written and resolves nothing: `!Ref X` becomes `{"Ref": "X"}`, and so on.

use std::fmt;

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

/// Why a template could not be read, with the line.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a CloudFormation template: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

/// The template as JSON, its short tags in their long form (`!Sub x` as `{"Fn::Sub": "x"}`).
///
/// # Errors
/// [`Unreadable`] when it is not YAML, or has no `Resources`.
pub fn read(template: &str) -> Result<Value, Unreadable> {
    let documents = Yaml::load_from_str(template).map_err(|error| Unreadable(error.to_string()))?;
    let template = documents.first().map(long_form).unwrap_or_default();
    if template["Resources"].is_object() {
        Ok(template)
    } else {
        Err(Unreadable("no Resources".to_owned()))
    }
}

/// Logical id and `Properties` of every resource of this type, in the template's order.
pub fn resources<'a>(
    template: &'a Value,
    kind: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let resources = template["Resources"].as_object().into_iter().flatten();
    resources
        .filter(move |(_, resource)| resource["Type"] == kind)
        .map(|(id, resource)| (id.as_str(), &resource["Properties"]))
}

/// A route of an HTTP API and the function behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Logical id of the `AWS::Serverless::Function`.
    pub function: String,
    /// `GET`, `POST`, …, or `ANY`.
    pub method: String,
    /// Path as the template has it: `/assets/{file}`.
    pub path: String,
}

/// The path of the route that takes what no other does: in SAM, an event with neither method nor
/// path.
pub const DEFAULT_ROUTE: &str = "$default";

/// Every `HttpApi` event of every `AWS::Serverless::Function`.
pub fn routes(template: &Value) -> Vec<Route> {
    let functions = resources(template, "AWS::Serverless::Function");
    let events = functions.flat_map(|(function, properties)| {
        let events = properties["Events"].as_object().into_iter().flat_map(Map::values);
        events.map(move |event| (function, event))
    });
    let http = events.filter(|(_, event)| event["Type"] == "HttpApi");
    http.filter_map(|(function, event)| {
        let named = |name: &str| event["Properties"][name].as_str();
        let (method, path) = match (named("Method"), named("Path")) {
            (None, None) => ("ANY", DEFAULT_ROUTE),
            (method, path) => (method?, path?),
        };
        Some(Route {
            function: function.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
        })
    })
    .collect()
}

fn long_form(node: &Yaml) -> Value {
    match node {
        Yaml::Mapping(entries) => Value::Object(
            entries.iter().map(|(key, value)| (name(key), long_form(value))).collect(),
        ),
        Yaml::Sequence(items) => Value::Array(items.iter().map(long_form).collect()),
        Yaml::Tagged(tag, node) => {
            let function = match tag.suffix.as_str() {
                plain @ ("Ref" | "Condition") => plain.to_owned(),
                short => format!("Fn::{short}"),
            };
            json!({ function: long_form(node) })
        }
        Yaml::Value(Scalar::Boolean(value)) => json!(value),
        Yaml::Value(Scalar::Integer(value)) => json!(value),
        Yaml::Value(Scalar::FloatingPoint(value)) => json!(value.into_inner()),
        Yaml::Value(Scalar::String(value)) => json!(value),
        Yaml::Representation(text, ..) => json!(text),
        _ => Value::Null,
    }
}

/// Keys of a template are strings, but YAML reads `200:` as a number.
fn name(key: &Yaml) -> String {
    match long_form(key) {
        Value::String(name) => name,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_tags_become_long_ones_and_routes_are_found() {
        let template = read(
            r#"
Resources:
  Start:
    Type: AWS::Serverless::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: { Variables: { TABLE: !Ref Accounts, WHERE: !Sub "${AWS::Region}-x" } }
      Events:
        Page: { Type: HttpApi, Properties: { Method: get, Path: "/assets/{file}" } }
        Tick: { Type: Schedule, Properties: { Schedule: rate(1 minute) } }
"#,
        )
        .unwrap();
        let start = &template["Resources"]["Start"]["Properties"];
        assert_eq!(start["Role"], json!({ "Fn::GetAtt": "Role.Arn" }));
        assert_eq!(start["Environment"]["Variables"]["TABLE"], json!({ "Ref": "Accounts" }));
        let route = Route {
            function: "Start".to_owned(),
            method: "GET".to_owned(),
            path: "/assets/{file}".to_owned(),
        };
        assert_eq!(routes(&template), [route]);
    }

    #[test]
    fn what_is_no_template_is_refused_with_the_reason() {
        assert!(read("a: [").unwrap_err().to_string().contains("line"));
        assert!(read("a: b").unwrap_err().to_string().contains("no Resources"));
    }
}
