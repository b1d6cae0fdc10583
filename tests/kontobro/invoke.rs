//! One function alone, as the README shows it: `cargo lambda watch` and `cargo lambda invoke` with
//! a sample event, against the stand-ins of the local run.

use std::{
    env, fs,
    net::TcpListener,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use kontobro::ambient::Ambient;
use serde_json::Value;
use standins::{http, wire::Wire};
use tokio::runtime::Handle;

use crate::world::{Options, World, ports::Ports, project_file, settings};

/// Building the function takes most of it.
const PATIENCE: Duration = Duration::from_mins(8);

#[tokio::test(flavor = "multi_thread")]
async fn a_developer_invokes_one_function_with_a_sample_event_and_by_its_route() {
    let options = Options {
        ports: Ports::AnyFree,
        folder: None,
        ambient: Ambient::system(),
        wire: Wire::new(),
        more: vec![],
        issuer: None,
    };
    let world = World::start(options, |_| {}).await.expect("the world starts");
    let settings_file = env::temp_dir().join(format!("kontobro-invoke-{}.env", std::process::id()));
    settings::write(&settings_file, &world.settings).expect("the settings are written");

    let answer = tokio::task::spawn_blocking({
        let settings_file = settings_file.clone();
        move || {
            let port = free_port();
            let mut watch = Watch::start(&port, settings_file.to_str().expect("a plain path"));
            let event = "events/account-search--not-logged-in.json";
            let answer = invoke(&mut watch, &port, "account-search", event);
            // The same by its route: `cargo lambda watch` knows which function that is.
            let page = format!("http://localhost:{port}/treff");
            let page = Handle::current().block_on(http::get(&page)).expect("a page");
            (answer, page)
        }
    });
    let (answer, page) = answer.await.expect("the developer's commands ran");
    fs::remove_file(settings_file).expect("the settings were there");
    assert_eq!((&answer["statusCode"], &answer["headers"]["location"]), (&303.into(), &"/".into()));
    assert_eq!((page.status, &page.headers["location"]), (303, &"/".parse().expect("a header")));
}

/// `cargo lambda watch`, stopped with everything it started.
struct Watch(Child);

impl Watch {
    fn start(port: &str, settings: &str) -> Self {
        let mut command = cargo_lambda(&[
            "watch",
            "--ignore-changes",
            "--env-file",
            settings,
            "--invoke-port",
            port,
        ]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(child.expect("cargo-lambda is there: `make tools` installs it"))
    }

    fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Interrupted, not killed: it stops the function's process too.
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

/// `cargo lambda invoke`, again until `watch` listens.
fn invoke(watch: &mut Watch, port: &str, function: &str, event: &str) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let arguments = ["invoke", function, "--invoke-port", port, "--data-file", event];
        let Output { status, stdout, stderr } =
            cargo_lambda(&arguments).output().expect("cargo-lambda runs");
        if status.success() {
            return serde_json::from_slice(&stdout).expect("the function's answer is JSON");
        }
        let told = String::from_utf8_lossy(&stderr);
        assert!(told.contains("Connection refused") && Instant::now() < deadline, "{told}");
        assert!(watch.is_running(), "`cargo lambda watch` has stopped");
    }
}

fn cargo_lambda(arguments: &[&str]) -> Command {
    let mut command = Command::new(project_file(".tools/venv/bin/cargo-lambda"));
    command.arg("lambda").args(arguments).current_dir(project_file("."));
    command
}

/// Free now, and outside the range that the system gives away: the other tests take hundreds there.
fn free_port() -> String {
    let free = |port: &u16| TcpListener::bind(("::1", *port)).is_ok();
    (20_000..30_000).find(free).expect("some port is free").to_string()
}
