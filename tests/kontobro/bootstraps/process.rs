//! One function's process, as Cargo built it for this test, or as it was packed.

use std::{
    env,
    fs::{self, File},
    path::Path,
    process::Stdio,
    time::Duration,
};

use serde_json::Value;
use standins::runtime_api::{FunctionError, RuntimeApi};
use tokio::process::{Child, Command};

use crate::world::{project_file, template::Template};

macro_rules! built {
    ($($name:literal),+) => { [$(($name, env!(concat!("CARGO_BIN_EXE_", $name)))),+] };
}

/// Name and binary of every function.
pub const FUNCTIONS: [(&str, &str); 11] = built![
    "account-search",
    "email-confirmation",
    "login",
    "logout",
    "mail-feedback",
    "mail-sweeper",
    "merge-request",
    "oidc-callback",
    "profile",
    "registration",
    "start"
];

/// A running function. Ends when it is dropped.
pub struct Bootstrap {
    api: RuntimeApi,
    /// The function's, as `template.yaml` has it.
    timeout: Duration,
    process: Child,
}

impl Bootstrap {
    /// Starts it, and waits until it asks for its first event.
    pub async fn start(function: &str, settings: Vec<(String, String)>) -> Self {
        Self::begin(function, command(function, settings)).await
    }

    /// The same, and keeps the little it tells, for [`Self::told`].
    pub async fn start_and_listen(function: &str, settings: Vec<(String, String)>) -> Self {
        let mut command = command(function, settings);
        command.stdout(Stdio::piped());
        Self::begin(function, command).await
    }

    /// The same, and writes what it tells to the end of this file.
    pub async fn start_and_write(
        function: &str,
        settings: Vec<(String, String)>,
        log: &Path,
    ) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut command = command(function, settings);
        command.stdout(log);
        Self::begin(function, command).await
    }

    async fn begin(function: &str, mut command: Command) -> Self {
        let api = RuntimeApi::start(function).await.unwrap();
        let mut process = command.envs(api.environment()).spawn().unwrap();
        tokio::select! {
            started = api.ready() => started.unwrap(),
            ended = process.wait() => panic!("{function} did not start: {ended:?}"),
        }
        let template = fs::read_to_string(project_file("template.yaml")).unwrap();
        let timeout = Template::read(&template).unwrap().timeout(function);
        Self { api, timeout, process }
    }

    /// Ends it, and gives what it has told.
    pub async fn told(mut self) -> String {
        self.process.start_kill().unwrap();
        let told = self.process.wait_with_output().await.unwrap();
        String::from_utf8(told.stdout).unwrap()
    }

    /// Hands it one event.
    pub async fn invoke(&mut self, event: &Value) -> Result<Value, FunctionError> {
        self.invoke_within(event, self.timeout).await
    }

    /// The same, with less time.
    pub async fn invoke_within(
        &mut self,
        event: &Value,
        timeout: Duration,
    ) -> Result<Value, FunctionError> {
        tokio::select! {
            outcome = self.api.invoke(event.clone(), timeout) => outcome,
            ended = self.process.wait() => panic!("the function is gone: {ended:?}"),
        }
    }
}

/// What a function says that does not start.
pub async fn refusal(
    function: &str,
    settings: impl IntoIterator<Item = (String, String)>,
) -> String {
    let api = RuntimeApi::start(function).await.unwrap();
    let mut command = command(function, settings);
    command.envs(api.environment()).stdout(Stdio::piped()).stderr(Stdio::piped());
    tokio::select! {
        output = command.output() => {
            let output = output.unwrap();
            assert!(!output.status.success(), "{function} ended as if all were well");
            String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
        }
        _ = api.ready() => "it started".to_owned(),
    }
}

fn command(function: &str, settings: impl IntoIterator<Item = (String, String)>) -> Command {
    let mut command = match env::var("PACKAGE") {
        Ok(folder) => packed(&format!("{folder}/{function}/bootstrap")),
        Err(_) => Command::new(FUNCTIONS.iter().find(|(name, _)| *name == function).unwrap().1),
    };
    command.env_clear().envs(settings).stdout(Stdio::null()).kill_on_drop(true);
    command
}

/// Through the words of `RUNNER`, if there are any: what runs another processor's programs.
fn packed(binary: &str) -> Command {
    let runner = env::var("RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace().chain([binary]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words);
    command
}
