use super::*;
use crate::{http, loopback, system_clock};
use axum::http::Method;
use serde_json::json;

fn route(method: &str, path: &str) -> Route {
    Route { function: "f".to_owned(), method: method.to_owned(), path: path.to_owned() }
}

/// An API whose function answers with the event it got, and two cookies.
async fn echo() -> Server {
    let routes = ["GET /", "POST /form", "GET /assets/{file}", "GET /bad"];
    let routes = routes.iter().filter_map(|route| route.split_once(' '));
    let routes = routes.map(|(method, path)| route(method, path)).collect();
    let functions: Functions = Arc::new(|route, event| {
        let bad = route.path == "/bad";
        Box::pin(async move {
            if bad {
                return Err(FunctionError { kind: "Panic".to_owned(), message: String::new() });
            }
            Ok(json!({
                "statusCode": 201,
                "headers": { "content-type": "application/json" },
                "cookies": ["a=1", "b=2"],
                "body": event.to_string(),
                "isBase64Encoded": false,
            }))
        })
    });
    start(loopback(0), routes, functions, system_clock()).await.unwrap()
}

#[tokio::test]
async fn an_event_has_the_shape_that_aws_gives_it() {
    let api = echo().await;
    let headers = [
        ("Cookie", "x=1;\t y=2 ;\u{2000}x=3"),
        ("X-Two", "a"),
        ("X-Two", "b"),
        ("User-Agent", "t"),
    ];
    let url = format!("{}/assets/a%20b?q=1&q=2&r=%C3%A6", api.url());
    let answer = http::call(Method::GET, &url, &headers, "").await.unwrap();
    assert_eq!(answer.status, 201);
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
    let event = answer.json();
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "GET /assets/{file}");
    assert_eq!(event["rawPath"], "/assets/a b");
    assert_eq!(event["rawQueryString"], "q=1&q=2&r=%C3%A6");
    assert_eq!(event["queryStringParameters"], json!({ "q": "1,2", "r": "æ" }));
    assert_eq!(event["pathParameters"], json!({ "file": "a b" }));
    assert_eq!(event["cookies"], json!(["x=1", "y=2", "\u{2000}x=3"]));
    assert_eq!(event["headers"]["x-two"], "a,b");
    assert!(event["headers"].get("cookie").is_none());
    assert!(event.get("body").is_none());
    let context = &event["requestContext"];
    assert_eq!(context["stage"], "$default");
    assert_eq!(context["domainName"], "localhost");
    let told = json!({
        "method": "GET", "path": "/assets/a b", "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1", "userAgent": "t",
    });
    assert_eq!(context["http"], told);
}

#[tokio::test]
async fn a_form_arrives_as_base64_and_json_as_it_is() {
    let api = echo().await;
    let url = format!("{}/form", api.url());
    let form = http::post_form(&url, &[("a", "b")]).await.unwrap().json();
    assert_eq!((&form["body"], &form["isBase64Encoded"]), (&json!("YT1i"), &json!(true)));
    let headers = [("content-type", "application/json; charset=utf-8")];
    let text = http::call(Method::POST, &url, &headers, "{}").await.unwrap().json();
    assert_eq!((&text["body"], &text["isBase64Encoded"]), (&json!("{}"), &json!(false)));
}

#[tokio::test]
async fn what_no_route_takes_is_answered_by_the_api_itself() {
    let api = echo().await;
    let ask = async |method: Method, path: &str, header: &str| {
        let url = format!("{}{path}", api.url());
        let answer = http::call(method, &url, &[("x-long", header)], "").await.unwrap();
        (answer.status, answer.text())
    };
    let not_found = (404, r#"{"message":"Not Found"}"#.to_owned());
    assert_eq!(ask(Method::GET, "/form", "").await, not_found);
    assert_eq!(ask(Method::GET, "/assets/a/b", "").await, not_found);
    assert_eq!(ask(Method::HEAD, "/", "").await.0, 404);
    let failed = (500, r#"{"message":"Internal Server Error"}"#.to_owned());
    assert_eq!(ask(Method::GET, "/bad", "").await, failed);
    assert_eq!(ask(Method::GET, "/", &"x".repeat(HEAD_LIMIT)).await.0, 431);
    let url = format!("{}/form", api.url());
    let huge = http::call(Method::POST, &url, &[], vec![b'x'; BODY_LIMIT + 1]).await.unwrap();
    assert_eq!(huge.status, 413);
}

#[test]
fn the_most_exact_route_wins() {
    let routes = [
        route("ANY", "/{all+}"),
        route("GET", "/a/{x}"),
        route("ANY", "/a/b"),
        route("GET", "/a/b"),
    ];
    let found = |method, path| {
        let (route, _) = find(&routes, method, path).unwrap();
        format!("{} {}", route.method, route.path)
    };
    assert_eq!(found("GET", "/a/b"), "GET /a/b");
    assert_eq!(found("POST", "/a/b"), "ANY /a/b");
    assert_eq!(found("GET", "/a/c"), "GET /a/{x}");
    assert_eq!(found("GET", "/z/y/x"), "ANY /{all+}");
}
