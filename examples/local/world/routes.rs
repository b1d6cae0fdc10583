//! What `template.yaml` says of functions and routes: the gateway's routes come from nowhere else.

use std::collections::HashMap;

use standins::cloudformation::{self, Route, Unreadable};

/// The routes, and the name of the function behind each resource.
pub struct Routes {
    /// Every route of the HTTP API, in the template's order.
    pub routes: Vec<Route>,
    binaries: HashMap<String, String>,
}

impl Routes {
    /// Reads a SAM template.
    pub fn read(template: &str) -> Result<Self, Unreadable> {
        let template = cloudformation::read(template)?;
        let resources = template["Resources"].as_object().into_iter().flatten();
        let binaries = resources.filter_map(|(id, resource)| {
            let binary = resource["Metadata"]["BuildProperties"]["Binary"].as_str()?;
            Some((id.clone(), binary.to_owned()))
        });
        Ok(Self { binaries: binaries.collect(), routes: cloudformation::routes(&template) })
    }

    /// The function behind a route: the `Binary` of its resource; else the resource's own name,
    /// which no function has.
    pub fn function(&self, route: &Route) -> String {
        self.binaries.get(&route.function).unwrap_or(&route.function).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_the_template_leads_to_a_function() {
        let template = include_str!("../../../template.yaml");
        let routes = Routes::read(template).expect("a template");
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
