//! All functions as processes, on the world's stand-ins behind TLS; every call is put down.

use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};

use kontobro::{ambient::Ambient, bundle::Bundle};
use serde_json::Value;
use standins::wire::{Fault, Kind, Wire, rounds};

use crate::{
    front::{Bill, Fronts},
    function::{Function, Gauge},
    world::{Failure, Options, World, ports::Ports},
};

/// DynamoDB takes at least so long, so that calls made together are seen to be.
const DATABASE: Duration = Duration::from_millis(5);

/// One call of one function.
pub struct Step {
    /// Which function.
    pub function: &'static str,
    /// Method and path, or what the event was.
    pub page: String,
    /// Instructions, or nanoseconds.
    pub spent: u64,
    /// Calls it made, to whomever.
    pub calls: usize,
    /// How often it waited for DynamoDB.
    pub rounds: usize,
    /// Mails it handed to SES.
    pub mails: usize,
    /// Connections it made, and what DynamoDB billed for it.
    pub bill: Bill,
}

/// The functions, and everything around them.
pub struct Stage {
    /// The stand-ins.
    pub world: World,
    /// Where ID-porten is, as the functions know it.
    pub issuer: String,
    /// What each function spent until its first event, and the connections it made.
    pub inits: BTreeMap<&'static str, (u64, usize)>,
    /// Every call.
    pub steps: Vec<Step>,
    /// Which of them are of the same journey with an old account.
    pub laps: Vec<Range<usize>>,
    functions: BTreeMap<&'static str, Function>,
    wire: Wire,
    fronts: Fronts,
}

impl Stage {
    /// Starts it all. `bootstrap` finds a function's binary; `folder` takes what files there are.
    pub async fn set(
        bootstrap: impl Fn(&str) -> PathBuf,
        folder: &Path,
        gauge: &Gauge,
    ) -> Result<Self, Failure> {
        let wire = Wire::new();
        let options = Options {
            ports: Ports::AnyFree,
            folder: None,
            ambient: Ambient::system(),
            issuer: None,
            wire: wire.clone(),
            more: vec![],
        };
        let world = World::start(options, |_| ()).await?;
        let bundle = folder.join("root.pem");
        let fronts = Fronts::new(&bundle)?;
        let issuer = fronts.open(&world.urls.idporten).await?;
        world.idporten.known_as(&issuer);
        let moved = [
            ("OIDC_ISSUER", issuer.clone()),
            ("AWS_ENDPOINT_URL_DYNAMODB", fronts.open(&world.urls.dynamodb).await?),
            ("AWS_ENDPOINT_URL_SESV2", fronts.open(&world.urls.outbox).await?),
            ("AWS_ENDPOINT_URL_SECRETS_MANAGER", fronts.open(&world.urls.secrets).await?),
            ("AWS_CA_BUNDLE", bundle.display().to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        let (mut functions, mut inits) = (BTreeMap::new(), BTreeMap::new());
        for name in Bundle::FUNCTIONS {
            let settings = [world.settings_of(name), moved.to_vec()].concat();
            let started = Function::start(name, &bootstrap(name), settings, gauge.clone()).await;
            let (function, init) = started.map_err(|error| format!("{name}: {error}"))?;
            functions.insert(*name, function);
            inits.insert(*name, (init, fronts.bill().connections));
        }
        wire.fail(Fault::on("dynamodb", Kind::Slow(DATABASE)));
        Ok(Self { world, issuer, inits, steps: vec![], laps: vec![], functions, wire, fronts })
    }

    /// Hands a function an event, and puts down what it took.
    pub async fn invoke(
        &mut self,
        function: &'static str,
        page: &str,
        event: Value,
    ) -> Result<Value, Failure> {
        self.wire.clear();
        self.fronts.bill();
        let process = self.functions.get_mut(function).ok_or("there is no such function")?;
        let (answer, spent) = process.invoke(function, event).await?;
        let calls = self.wire.taken();
        let to = |service| calls.iter().filter(move |call| call.service == service);
        self.steps.push(Step {
            function,
            page: page.to_owned(),
            spent,
            calls: calls.len(),
            rounds: rounds(to("dynamodb")),
            mails: to("ses").count(),
            bill: self.fronts.bill(),
        });
        Ok(answer)
    }

    /// Most memory each function ever held, in KiB.
    pub fn peaks(&self) -> Result<BTreeMap<&'static str, u64>, Failure> {
        let peaks = self.functions.iter();
        peaks.map(|(name, function)| Ok((*name, function.peak_memory()?))).collect()
    }
}
