//! One function's process, and what it spends.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::Value;
use standins::runtime_api::RuntimeApi;
use tokio::{
    process::{Child, Command},
    time::sleep,
};

use crate::world::Failure;

/// Under callgrind everything takes fifty times as long.
const TIMEOUT: Duration = Duration::from_mins(1);
/// Until a function that has answered asks for its next event: that belongs to the call too.
const SETTLED: Duration = Duration::from_millis(30);

/// What is measured.
#[derive(Clone)]
pub enum Gauge {
    /// Instructions in user space, with callgrind; its files go into this folder.
    Instructions(PathBuf),
    /// Nanoseconds on a processor, all threads.
    Cpu,
}

/// A running function.
pub struct Function {
    api: RuntimeApi,
    process: Child,
    gauge: Gauge,
    counted: u64,
    dumps: u32,
}

impl Function {
    /// Starts it.
    ///
    /// # Returns
    /// The function, and what it spent until it asked for its first event.
    pub async fn start(
        name: &str,
        binary: &Path,
        settings: Vec<(String, String)>,
        gauge: Gauge,
    ) -> Result<(Self, u64), Failure> {
        let api = RuntimeApi::start(name).await?;
        let mut command = match &gauge {
            Gauge::Instructions(folder) => {
                let mut command = Command::new("valgrind");
                let file = folder.join(name);
                command.args(["--tool=callgrind", "--quiet"]);
                command.arg(format!("--callgrind-out-file={}", file.display())).arg(binary);
                command
            }
            Gauge::Cpu => Command::new(binary),
        };
        // Valgrind and its messenger find each other by these.
        let kept = ["PATH", "HOME", "USER", "LOGNAME", "HOST", "HOSTNAME"];
        let kept = kept.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        command.env_clear().envs(kept).envs(settings).envs(api.environment());
        let process = command.stdout(std::process::Stdio::null()).kill_on_drop(true).spawn()?;
        let mut function = Self { api, process, gauge, counted: 0, dumps: 0 };
        tokio::select! {
            started = function.api.ready() => started?,
            ended = function.process.wait() => return Err(format!("{name} ended: {ended:?}").into()),
        }
        let spent = function.spent(name).await?;
        Ok((function, spent))
    }

    /// Hands it an event.
    ///
    /// # Returns
    /// Its answer, and what it spent on it.
    pub async fn invoke(&mut self, name: &str, event: Value) -> Result<(Value, u64), Failure> {
        let answer = tokio::select! {
            answer = self.api.invoke(event, TIMEOUT) => answer?,
            ended = self.process.wait() => return Err(format!("{name} ended: {ended:?}").into()),
        };
        Ok((answer, self.spent(name).await?))
    }

    /// Most memory it ever held, in KiB.
    pub fn peak_memory(&self) -> io::Result<u64> {
        let status = fs::read_to_string(self.proc("status"))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
        peak.ok_or_else(|| io::Error::other("no VmHWM in its status"))
    }

    /// Since it was asked last.
    async fn spent(&mut self, name: &str) -> Result<u64, Failure> {
        sleep(SETTLED).await;
        match self.gauge.clone() {
            Gauge::Instructions(folder) => self.dump(&folder.join(name)).await,
            Gauge::Cpu => {
                let until_now = self.on_processor()?;
                Ok(until_now - std::mem::replace(&mut self.counted, until_now))
            }
        }
    }

    /// Callgrind writes what it has counted, and begins at nought.
    async fn dump(&mut self, file: &Path) -> Result<u64, Failure> {
        let pid = format!("--pid={}", self.pid());
        let told = Command::new("vgdb").args([pid.as_str(), "dump"]).output().await?;
        self.dumps += 1;
        let dump =
            fs::read_to_string(format!("{}.{}", file.display(), self.dumps)).map_err(|error| {
                format!("callgrind: {error}: {}", String::from_utf8_lossy(&told.stderr))
            })?;
        let total = dump.lines().find_map(|line| line.strip_prefix("totals: "));
        Ok(total.ok_or("no totals in callgrind's file")?.trim().parse()?)
    }

    fn on_processor(&self) -> Result<u64, Failure> {
        let mut sum = 0;
        for thread in fs::read_dir(self.proc("task"))? {
            let spent = fs::read_to_string(thread?.path().join("schedstat"))?;
            sum += spent.split_whitespace().next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(sum)
    }

    fn proc(&self, file: &str) -> PathBuf {
        format!("/proc/{}/{file}", self.pid()).into()
    }

    fn pid(&self) -> u32 {
        self.process.id().unwrap_or_default()
    }
}
