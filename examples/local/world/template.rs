//! What `template.yaml` says of functions: routes, and which settings each gets. Both come from
//! nowhere else, so that a function that runs here has what it needs in Lambda.

use std::{collections::HashMap, time::Duration};

use serde_json::Value;
use standins::cloudformation::{self, Route, Unreadable};

/// Routes, functions and the settings each function gets.
pub struct Template {
    /// Every route of the HTTP API, in the template's order.
    pub routes: Vec<Route>,
    binaries: HashMap<String, String>,
    settings: HashMap<String, Vec<String>>,
    timeouts: HashMap<String, Duration>,
}

impl Template {
    /// Reads a SAM template.
    pub fn read(template: &str) -> Result<Self, Unreadable> {
        let template = cloudformation::read(template)?;
        let shared = variables(&template["Globals"]["Function"]);
        let timeout = |properties: &Value| properties["Timeout"].as_u64().map(Duration::from_secs);
        let shared_timeout = timeout(&template["Globals"]["Function"]).unwrap_or_default();
        let (mut binaries, mut settings) = (HashMap::new(), HashMap::new());
        let mut timeouts = HashMap::new();
        for (id, resource) in template["Resources"].as_object().into_iter().flatten() {
            let Some(binary) = resource["Metadata"]["BuildProperties"]["Binary"].as_str() else {
                continue;
            };
            let own = variables(&resource["Properties"]);
            settings.insert(binary.to_owned(), [shared.clone(), own].concat());
            let own_timeout = timeout(&resource["Properties"]).unwrap_or(shared_timeout);
            timeouts.insert(binary.to_owned(), own_timeout);
            binaries.insert(id.clone(), binary.to_owned());
        }
        Ok(Self { binaries, settings, timeouts, routes: cloudformation::routes(&template) })
    }

    /// Of these settings, those that Lambda gives this function. Those of AWS it always gives. Each
    /// signs with a key of its own name, as in Lambda with its own role's: the wire knows who asks.
    pub fn given(&self, function: &str, all: &[(String, String)]) -> Vec<(String, String)> {
        let named = self.settings.get(function).map(Vec::as_slice).unwrap_or_default();
        let given = all.iter().filter(|(name, _)| name.starts_with("AWS_") || named.contains(name));
        let own = given.map(|(name, value)| match name.as_str() {
            "AWS_ACCESS_KEY_ID" => (name.clone(), function.to_owned()),
            _ => (name.clone(), value.clone()),
        });
        own.collect()
    }

    /// How long Lambda lets a function work on one event.
    pub fn timeout(&self, function: &str) -> Duration {
        self.timeouts.get(function).copied().unwrap_or_default()
    }

    /// The function behind a route: the `Binary` of its resource; else the resource's own name,
    /// which no function has.
    pub fn function(&self, route: &Route) -> String {
        self.binaries.get(&route.function).unwrap_or(&route.function).clone()
    }
}

/// Names of the settings in an `Environment`.
fn variables(properties: &Value) -> Vec<String> {
    let variables = properties["Environment"]["Variables"].as_object();
    variables.into_iter().flat_map(|variables| variables.keys().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_its_own_timeout_or_that_of_all() {
        let template = Template::read(include_str!("../../../template.yaml")).expect("a template");
        let of = |function| template.timeout(function).as_secs();
        assert_eq!((of("mail-sweeper"), of("mail-feedback")), (50, 10));
    }

    #[test]
    fn every_route_of_the_template_leads_to_a_function() {
        let template = include_str!("../../../template.yaml");
        let routes = Template::read(template).expect("a template");
        let of = |method: &str, path: &str| {
            let route = routes.routes.iter().find(|r| (&*r.method, &*r.path) == (method, path));
            route.map(|route| routes.function(route))
        };
        assert_eq!(of("GET", "/assets/{file}").as_deref(), Some("start"));
        assert_eq!(of("HEAD", "/b").as_deref(), Some("email-confirmation"));
        assert_eq!(of("POST", "/utlogging/bak").as_deref(), Some("logout"));
        assert!(routes.routes.iter().all(|route| routes.binaries.contains_key(&route.function)));
    }
}
