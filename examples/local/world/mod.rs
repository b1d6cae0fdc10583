//! Kontobro and everything it needs around it, in one process: for `cargo local` and for the
//! journeys. Prints nothing and imports nothing.
//!
//! The functions meet the stand-ins over loopback, as they meet AWS and ID-porten elsewhere.
//! Dropping the world stops all of it at once; what its folder holds is there for the next.

mod functions;
pub mod keys;
pub mod people;
pub mod ports;
pub mod settings;
pub mod template;

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use kontobro::{
    ambient::Ambient, bundle::Bundle, outbound::Outbound, settings::Settings, store::Store,
};
use serde_json::Value;
use standins::{
    Clock, Server,
    dynamodb::DynamoDb,
    gateway,
    idporten::{self, IdPorten},
    portal,
    secrets::Secrets,
    ses::{self, Ses},
    wire::Wire,
};

pub use functions::Elsewhere;
use functions::Functions;
use keys::Keys;
use people::PEOPLE;
use ports::{Place, Ports};
use settings::Urls;
use template::Template;

/// Whatever keeps a world from starting.
pub type Failure = Box<dyn Error + Send + Sync>;

/// What a world is made with.
pub struct Options {
    /// Where it listens.
    pub ports: Ports,
    /// The folder, there already, that keeps tables, mails and keys; none keeps them in memory.
    pub folder: Option<PathBuf>,
    /// Its time and its dice.
    pub ambient: Ambient,
    /// Whom people log in with, if not with the stand-in.
    pub issuer: Option<String>,
    /// The tap and fault switch before the stand-ins.
    pub wire: Wire,
    /// Settings that a world does not need, or has otherwise: name and value.
    pub more: Vec<(String, String)>,
}

/// A running world.
pub struct World {
    /// Where everything is.
    pub urls: Urls,
    /// Every setting there is, name and value.
    pub settings: Vec<(String, String)>,
    /// The stand-in for ID-porten.
    pub idporten: IdPorten,
    /// Kontobro as it is registered there.
    pub client: idporten::Client,
    /// SES and its outbox.
    pub ses: Ses,
    /// DynamoDB.
    pub dynamodb: DynamoDb,
    /// Secrets Manager.
    pub secrets: Secrets,
    functions: Functions,
    template: Arc<Template>,
    _gateway: Server,
    _portal: Server,
}

/// A file of this project, wherever the process was started and whichever of its packages this is in.
pub fn project_file(path: &str) -> PathBuf {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let root = folders.find(|folder| folder.join("template.yaml").exists());
    root.unwrap_or(Path::new("")).join(path)
}

fn read_project_file(path: &str) -> io::Result<String> {
    let told = |error| io::Error::other(format!("{path}: {error}"));
    fs::read_to_string(project_file(path)).map_err(told)
}

impl World {
    /// Starts it all; `told` hears what is being done, for who waits.
    ///
    /// # Errors
    /// Whatever keeps a part from starting. Nothing stays started then.
    pub async fn start(options: Options, told: impl Fn(&str)) -> Result<Self, Failure> {
        let Options { ports, folder, ambient, issuer, wire, more } = options;
        let kept = |name: &str| folder.as_ref().map(|folder| folder.join(name));
        let clock: Clock = {
            let ambient = ambient.clone();
            Arc::new(move || ambient.now())
        };
        let functions = Functions::default();

        told("Getting the keys ready");
        let keys = Keys::load_or_make(kept("keys.json").as_deref(), &ambient)?;

        told("Starting the stand-ins");
        let template = Arc::new(Template::read(&read_project_file("template.yaml")?)?);
        let (routes, behind) = (template.routes.clone(), functions.behind(template.clone()));
        let address = ports.address(Place::Gateway);
        let gateway = gateway::start(address, routes, behind, clock.clone()).await?;
        let portal = portal::start(ports.address(Place::Portal)).await?;
        let secrets = keys.secrets();
        let secrets: Vec<_> = secrets.iter().map(|(name, set)| (&**name, &**set)).collect();
        let secrets = Secrets::start(ports.address(Place::Secrets), &secrets, &wire).await?;
        let outbox = ses::Settings {
            identity: settings::MAIL_DOMAIN.to_owned(),
            file: kept("outbox.jsonl").map(PathBuf::into_boxed_path),
            feedback: functions.feedback(),
            clock: clock.clone(),
        };
        let ses = Ses::start(ports.address(Place::Outbox), outbox, &wire).await?;
        let people = PEOPLE.iter().map(people::Person::on_the_login_page).collect();
        let idporten =
            IdPorten::start(ports.address(Place::IdPorten), people, clock, &wire).await?;
        let client = client(gateway.url(), keys.client_jwk);
        idporten.register(client.clone());

        told("Getting the tables ready");
        let file = kept("dynamodb.sqlite");
        let mut dynamodb =
            DynamoDb::start(ports.address(Place::DynamoDb), file.as_deref(), &wire).await?;
        dynamodb.create_tables(&read_project_file("infra/tables.yaml")?, &settings::TABLES)?;
        if file.is_some() {
            dynamodb.sweep_ttl_every(Duration::from_mins(10));
        }

        told("Starting the functions");
        let urls = Urls {
            kontobro: gateway.url().to_owned(),
            idporten: issuer.unwrap_or_else(|| idporten.url().to_owned()),
            outbox: ses.url().to_owned(),
            dynamodb: dynamodb.url().to_owned(),
            portal: portal.url().to_owned(),
            secrets: secrets.url().to_owned(),
        };
        let settings = settings::compose(&urls, more);
        let given = |function: &str| Settings::new(template.given(function, &settings));
        functions.start(Bundle::start(given, &ambient).await?, template.clone());
        Ok(Self {
            urls,
            settings,
            idporten,
            client,
            ses,
            dynamodb,
            secrets,
            functions,
            template,
            _gateway: gateway,
            _portal: portal,
        })
    }

    /// The settings that Lambda gives this function, with the values they have here.
    pub fn settings_of(&self, function: &str) -> Vec<(String, String)> {
        self.template.given(function, &self.settings)
    }

    /// From now on, and once, every event goes to functions that run elsewhere: processes, say.
    pub fn run_elsewhere(&self, functions: Box<Elsewhere>) {
        self.functions.run_elsewhere(functions);
    }

    /// A way of its own to the tables, past every function.
    pub fn store(&self) -> Store {
        let settings = Settings::new(self.settings.clone());
        let outbound = Outbound::new(&settings).expect("no setting is needed");
        Store::from(&settings, &outbound).expect("the settings of a world are whole")
    }

    /// Hands an event to a function, as an EventBridge rule or schedule does.
    ///
    /// # Errors
    /// What the function would have reported to the Lambda runtime.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, Failure> {
        self.functions.invoke(function, event).await
    }

    /// The same, and tells the function that it has so much time.
    ///
    /// # Errors
    /// What the function would have reported to the Lambda runtime.
    pub async fn invoke_within(
        &self,
        function: &str,
        event: Value,
        timeout: Duration,
    ) -> Result<Value, Failure> {
        self.functions.invoke_within(function, event, timeout).await
    }

    /// How long Lambda lets a function work on one event, by the template.
    pub fn timeout_of(&self, function: &str) -> Duration {
        self.template.timeout(function)
    }
}

/// Kontobro as it is registered at ID-porten.
fn client(kontobro: &str, jwk: Value) -> idporten::Client {
    idporten::Client {
        client_id: settings::CLIENT_ID.to_owned(),
        jwks: vec![jwk],
        redirect_uris: vec![format!("{kontobro}/logg-inn/svar")],
        post_logout_redirect_uris: vec![format!("{kontobro}/logget-ut")],
        frontchannel_logout_uri: Some(format!("{kontobro}/utlogging/front")),
        backchannel_logout_uri: Some(format!("{kontobro}/utlogging/bak")),
    }
}
