//! What each function may do by its policy, and how that compares with what it does.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::Value;
use standins::wire::Right;

use super::stack::Stack;
use crate::world::settings::ACCESS_KEY;

/// Action and the end of an ARN.
pub type Grant = (String, String);

/// The policies of all functions, by the names of their binaries.
pub struct Policies(BTreeMap<String, Vec<Statement>>);

/// One thing that is allowed, under one condition at most.
pub struct Statement {
    grants: BTreeSet<Grant>,
    /// Condition keys, each with the only value that is allowed.
    only: BTreeMap<String, String>,
}

impl Policies {
    /// As `template.yaml` has them.
    pub fn as_written() -> &'static Self {
        static WRITTEN: LazyLock<Policies> = LazyLock::new(|| {
            let stack = Stack::as_written();
            Policies::of(&stack, "AWS::Serverless::Function", |function| {
                let policies = function["Policies"].as_array().into_iter().flatten();
                policies.flat_map(|policy| Statement::all(&stack, &policy["Statement"])).collect()
            })
        });
        &WRITTEN
    }

    /// As CloudFormation will see them, in the roles that SAM has made.
    pub fn as_translated(stack: &Stack) -> Self {
        Self::of(stack, "AWS::Lambda::Function", |function| {
            let role = function["Role"]["Fn::GetAtt"][0].as_str().expect("a role of its own");
            let policies = stack.resources()[role]["Properties"]["Policies"].as_array();
            let documents = policies.into_iter().flatten().map(|policy| &policy["PolicyDocument"]);
            documents.flat_map(|document| Statement::all(stack, &document["Statement"])).collect()
        })
    }

    fn of(stack: &Stack, kind: &str, statements: impl Fn(&Value) -> Vec<Statement>) -> Self {
        let resources = stack.resources().as_object().expect("resources").values();
        let functions = resources.filter(|resource| resource["Type"] == kind);
        let named = functions.map(|function| {
            let binary = &function["Metadata"]["BuildProperties"]["Binary"];
            let binary = binary.as_str().expect("a binary").to_owned();
            (binary, statements(&function["Properties"]))
        });
        Self(named.collect())
    }

    /// By function.
    pub fn new(policies: BTreeMap<String, Vec<Statement>>) -> Self {
        Self(policies)
    }

    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What a function may do.
    pub fn grants(&self, function: &str) -> BTreeSet<Grant> {
        self.0[function].iter().flat_map(Statement::grants).cloned().collect()
    }

    /// What all functions may do together.
    pub fn all_grants(&self) -> BTreeSet<Grant> {
        self.0.keys().flat_map(|function| self.grants(function)).collect()
    }

    /// Of what was used, by function, what its policy does not allow.
    pub fn denied(&self, used: &BTreeSet<(String, Right)>) -> Vec<String> {
        let asked = asked(used).into_iter().filter(|(function, right)| {
            let policy = self.0.get(function).map(Vec::as_slice).unwrap_or_default();
            !policy.iter().any(|statement| statement.allows(right))
        });
        asked.map(|(function, right)| told(&function, &right.action, &right.resource)).collect()
    }

    /// Of what the policies allow, what no function used.
    pub fn unused(&self, used: &BTreeSet<(String, Right)>) -> Vec<String> {
        let asked = asked(used).into_iter();
        let used: BTreeSet<_> =
            asked.map(|(function, right)| (function, (right.action, right.resource))).collect();
        let granted = self.0.keys().flat_map(|function| {
            self.grants(function).into_iter().map(move |grant| (function.clone(), grant))
        });
        let unused = granted.filter(|grant| !used.contains(grant));
        unused.map(|(function, (action, resource))| told(&function, &action, &resource)).collect()
    }
}

impl Statement {
    /// Every statement of a policy. Whatever is no plain `Allow` has no place in one of ours.
    pub fn all(stack: &Stack, statements: &Value) -> Vec<Self> {
        statements.as_array().into_iter().flatten().map(|one| Self::read(stack, one)).collect()
    }

    pub fn grants(&self) -> &BTreeSet<Grant> {
        &self.grants
    }

    fn read(stack: &Stack, statement: &Value) -> Self {
        assert_eq!(statement["Effect"], "Allow", "{statement}");
        let resources: Vec<_> = listed(&statement["Resource"])
            .into_iter()
            .map(|resource| stack.value(resource))
            .collect();
        let mut grants = BTreeSet::new();
        for action in listed(&statement["Action"]) {
            let action = action.as_str().expect("an action");
            // Of several services in one statement, each has its own resources.
            let fitting = resources.iter().filter(|resource| action.starts_with(service(resource)));
            grants.extend(fitting.map(|resource| (action.to_owned(), resource.clone())));
        }
        let conditions = statement["Condition"].as_object().into_iter().flatten();
        let only = conditions.flat_map(|(operator, keys)| {
            assert_eq!(operator, "StringEquals", "no other operator was needed so far");
            keys.as_object().into_iter().flatten()
        });
        let only = only.map(|(key, value)| (key.clone(), stack.value(value))).collect();
        Self { grants, only }
    }

    fn allows(&self, right: &Right) -> bool {
        self.grants.contains(&(right.action.clone(), right.resource.clone()))
            && self.only.iter().all(|(key, value)| right.context.get(key) == Some(value))
    }
}

/// What functions asked for, and what AWS asks for in their name: to read a secret is to open it
/// with its key. What the world itself did is left out.
fn asked(used: &BTreeSet<(String, Right)>) -> Vec<(String, Right)> {
    let asked = used.iter().filter(|(signer, _)| signer != ACCESS_KEY);
    let with_key = asked.flat_map(|(function, right)| {
        let opens = (right.action == "secretsmanager:GetSecretValue").then(|| Right {
            action: "kms:Decrypt".to_owned(),
            resource: "key/MasterKey".to_owned(),
            context: BTreeMap::new(),
        });
        [Some(right.clone()), opens].into_iter().flatten().map(|right| (function.clone(), right))
    });
    with_key.collect()
}

fn told(function: &str, action: &str, resource: &str) -> String {
    format!("{function}: {action} {resource}")
}

/// Whose resource an ARN names, by its end.
fn service(resource: &str) -> &'static str {
    match resource.split(['/', ':']).next() {
        Some("table") => "dynamodb:",
        Some("secret") => "secretsmanager:",
        Some("key") => "kms:",
        Some("identity" | "configuration-set") => "ses:",
        Some("queue") => "sqs:",
        Some("log-group") => "logs:",
        _ => panic!("whose is {resource}?"),
    }
}

fn listed(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}
