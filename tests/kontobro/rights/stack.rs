//! A stack as CloudFormation would build it, with the names that things have in a test's world. It
//! resolves what policies are written with, and knows an ARN by its end: `table/kontobro-accounts`.

use std::{collections::HashMap, fs};

use serde_json::Value;
use standins::cloudformation;

use crate::world::{
    keys::PREFIX,
    project_file,
    settings::{CONFIGURATION_SET, MAIL_FROM, TABLES},
};

/// One template with values for its parameters, and the stacks it nests.
pub struct Stack {
    template: Value,
    parameters: HashMap<String, String>,
    nested: HashMap<String, Stack>,
}

impl Stack {
    /// The whole stack, by `template.yaml` as it is written.
    pub fn as_written() -> Self {
        Self::root(read("template.yaml"))
    }

    /// The whole stack, by another form of `template.yaml`.
    pub fn root(template: Value) -> Self {
        // What may be left empty is.
        let parameters = [
            ("MailFrom", MAIL_FROM),
            ("MailHostedZoneId", ""),
            ("RestoredAccounts", ""),
            ("RestoredStream", ""),
        ];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let mut stack = Self { template, parameters, nested: HashMap::new() };
        for name in ["Tables", "Keys", "Mail"] {
            let part = read(&format!("infra/{}.yaml", name.to_lowercase()));
            let given = stack.resources()[name]["Properties"]["Parameters"].as_object();
            let given = given.into_iter().flatten();
            let parameters =
                given.map(|(name, value)| (name.clone(), stack.value(value))).collect();
            let part = Self { template: part, parameters, nested: HashMap::new() };
            stack.nested.insert(name.to_owned(), part);
        }
        stack
    }

    pub fn resources(&self) -> &Value {
        &self.template["Resources"]
    }

    /// What a value of the template comes to: a text, or the end of an ARN.
    pub fn value(&self, value: &Value) -> String {
        if let Some(text) = value.as_str() {
            return end(text);
        }
        let function = value.as_object().filter(|object| object.len() == 1);
        let (function, argument) =
            function.and_then(|object| object.iter().next()).expect("a function");
        match (function.as_str(), argument) {
            ("Ref", name) => self.reference(name.as_str().expect("a name")),
            ("Fn::GetAtt", Value::Array(path)) => {
                self.attribute(&path.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."))
            }
            ("Fn::GetAtt", path) => self.attribute(path.as_str().expect("a path")),
            ("Fn::Sub", text) => end(&self.filled(text.as_str().expect("a text"))),
            ("Fn::Select", of) => {
                let split = &of[1]["Fn::Split"];
                let (by, text) = (split[0].as_str().expect("a text"), self.value(&split[1]));
                let at = of[0].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a number");
                text.split(by).nth(at).expect("so many parts").to_owned()
            }
            // Every condition is about a parameter that may be left empty.
            ("Fn::If", of) => self.value(&of[2]),
            (unknown, _) => panic!("no policy was written with {unknown} so far"),
        }
    }

    fn reference(&self, name: &str) -> String {
        match (name, self.parameters.get(name)) {
            ("AWS::StackName", _) => PREFIX.to_owned(),
            (_, Some(given)) => given.clone(),
            (name, None) => match name.strip_prefix("AWS::") {
                Some(pseudo) => pseudo.to_owned(),
                None => self.resource(name),
            },
        }
    }

    fn attribute(&self, path: &str) -> String {
        let (resource, attribute) = path.split_once('.').expect("resource and attribute");
        match attribute.strip_prefix("Outputs.") {
            Some(output) => {
                let nested = &self.nested[resource];
                nested.value(&nested.template["Outputs"][output]["Value"])
            }
            None => self.resource(resource),
        }
    }

    /// The end of a resource's ARN; for some of SES's that have none, their name.
    fn resource(&self, id: &str) -> String {
        let resource = &self.resources()[id];
        let properties = &resource["Properties"];
        match resource["Type"].as_str() {
            Some("AWS::DynamoDB::Table") => {
                let (_, name) = TABLES.iter().find(|(known, _)| *known == id).expect("a table");
                format!("table/{name}")
            }
            Some("AWS::SecretsManager::Secret") => {
                format!("secret:{}", self.value(&properties["Name"]))
            }
            Some("AWS::KMS::Key") => format!("key/{id}"),
            Some("AWS::SES::EmailIdentity") => self.value(&properties["EmailIdentity"]),
            Some("AWS::SES::ConfigurationSet") => CONFIGURATION_SET.to_owned(),
            Some("AWS::Logs::LogGroup") => format!("log-group/{id}"),
            Some("AWS::SQS::Queue") => format!("queue/{id}"),
            other => panic!("{id} is {other:?}: no policy named one so far"),
        }
    }

    /// `${Resource}`, `${Resource.Attribute}` and `${AWS::Region}` filled in.
    fn filled(&self, text: &str) -> String {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').expect("a closing brace");
            let value =
                if name.contains('.') { self.attribute(name) } else { self.reference(name) };
            filled = filled + &value + rest;
        }
        filled
    }
}

/// An ARN without its first five fields; any other text as it is.
fn end(text: &str) -> String {
    if text.starts_with("arn:") {
        text.splitn(6, ':').nth(5).expect("six fields").to_owned()
    } else {
        text.to_owned()
    }
}

fn read(file: &str) -> Value {
    let template = fs::read_to_string(project_file(file)).expect("a file of this project");
    cloudformation::read(&template).expect("a template")
}
