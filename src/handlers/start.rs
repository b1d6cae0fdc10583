//! `/`, `/hjelp`, `/personvern`, `/tilgjengelighet`, `/assets/{file}`: what anyone may read; and
//! whatever no other function takes: addresses that there are not, methods that a page does not have.
//! Needs no secret and no store.

use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{Method, StatusCode, header},
};
use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    settings::{Settings, Site},
    web::{self, Answer, Scene, Trouble, Visit, assets, pages, routes},
};

/// What the function works with.
pub struct Deps {
    site: Site,
    ambient: Ambient,
}

impl Deps {
    /// Reads the settings of [`Site`].
    #[expect(clippy::unused_async, reason = "every function starts the same way")]
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        Ok(Self { site: Site::from(settings)?, ambient: ambient.clone() })
    }
}

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let visit = Visit::read(event, deps.ambient.now());
    let outcome = read(&deps.site, &visit);
    web::answer(&deps.site, visit, outcome)
}

fn read(site: &Site, visit: &Visit) -> Result<Answer, Trouble> {
    let (method, path) = visit.route()?;
    let (_, allowed) = routes::route(&path).ok_or(Trouble::NotFound)?;
    match method {
        Method::GET if allowed.contains("GET") => page(site, visit, &path).ok_or(Trouble::NotFound),
        Method::HEAD if allowed.contains("HEAD") => match page(site, visit, &path) {
            Some(page) => Ok(page),
            None => head_of_another_functions_page(visit, &path),
        },
        _ => Err(Trouble::MethodNotAllowed),
    }
}

/// Of a page that a GET would have got from another function: what can be said of it without doing
/// anything. It is there, and what it says is for whoever gets it.
fn head_of_another_functions_page(visit: &Visit, path: &str) -> Result<Answer, Trouble> {
    let nothing = Answer::empty(StatusCode::OK);
    match path {
        "/utlogging/front" => Ok(nothing.framed_by_the_provider()),
        path if routes::needs_login(path) && !visit.has_session_cookie() => {
            Err(Trouble::NotLoggedIn)
        }
        _ => Ok(nothing),
    }
}

fn page(site: &Site, visit: &Visit, path: &str) -> Option<Answer> {
    let scene = Scene::new(site, visit);
    match path {
        "/" => Some(pages::start(&scene)),
        "/hjelp" => Some(pages::help(&scene)),
        "/personvern" => Some(pages::privacy(&scene)),
        "/tilgjengelighet" => Some(pages::accessibility(&scene)),
        path => asset(visit, path.strip_prefix("/assets/")?),
    }
}

fn asset(visit: &Visit, file: &str) -> Option<Answer> {
    let asset = assets::asset(file)?;
    let takes_brotli =
        visit.header(header::ACCEPT_ENCODING).split(',').any(|coding| coding.trim() == "br");
    let answer = match asset.brotli.filter(|_| takes_brotli) {
        Some(brotli) => {
            Answer::file(brotli, asset.content_type).with(header::CONTENT_ENCODING, "br")
        }
        None => Answer::file(asset.bytes, asset.content_type),
    };
    Some(
        answer
            .with(header::VARY, "accept-encoding")
            .with(header::CACHE_CONTROL, asset.cache_control),
    )
}
