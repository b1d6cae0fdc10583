//! All functions and everything around them, in one thread, for one history after the other.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use kontobro::{
    ambient::Ambient,
    outbound::Outbound,
    settings::Settings,
    store::{Attempt, Store},
};
use lambda_http::http::{HeaderMap, Request};
use rand::{Rng as _, RngCore as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};
use standins::{
    Clock, Server,
    dynamodb::DynamoDb,
    gateway, http, idporten,
    idporten::IdPorten,
    loopback,
    secrets::Secrets,
    ses,
    ses::Ses,
    wire::{Answer, Held, Wire},
};
use tokio::sync::mpsc::UnboundedReceiver;

use bytes::Bytes;

use super::{
    applied::Applied,
    begun::Begun,
    browser::{Browser, Going, Seat},
    cast::Cast,
    functions::{Functions, Invocation},
    keyring::{Keyring, Set},
    time::Time,
};
use crate::{
    jar::Jar,
    local::{
        keys::Keys,
        people::PEOPLE,
        project_file,
        settings::{self, CLIENT_ID, MAIL_DOMAIN, TABLES, Urls},
        template::Template,
    },
};

/// Where Kontobro and the portal are, in this world. Nobody listens there.
pub const KONTOBRO: &str = "https://konto.example.no";
pub const PORTAL: &str = "https://portal.example.no";

pub struct World {
    pub time: Time,
    pub functions: Functions,
    pub dynamodb: DynamoDb,
    pub ses: Ses,
    pub secrets: Secrets,
    pub idporten: IdPorten,
    pub issuer: String,
    pub keyring: Keyring,
    pub cast: RefCell<Cast>,
    /// By person, then by device.
    pub browsers: RefCell<Vec<Vec<Browser>>>,
    /// What has been applied since the checker has looked.
    pub applied: RefCell<Vec<Applied>>,
    /// What invocations have begun, and what went wrong in them.
    pub begun: RefCell<Begun>,
    /// Ids of mails that never arrive anywhere.
    pub lost: RefCell<BTreeSet<String>>,
    /// The newest logout token that ID-porten sent.
    pub logout_token: RefCell<Option<String>>,
    gateway: gateway::Api,
    dice: Arc<Mutex<StdRng>>,
    seen_changes: Cell<usize>,
    down: RefCell<Vec<&'static str>>,
    settings: Vec<(String, String)>,
}

impl World {
    /// Starts everything but the functions.
    pub async fn start() -> (Self, UnboundedReceiver<Held>) {
        let (time, wire) = (Time::new(), Wire::new());
        let dice = Arc::new(Mutex::new(StdRng::seed_from_u64(0)));
        let clock: Clock = {
            let time = time.clone();
            Arc::new(move || time.now())
        };
        let free = loopback(0);
        let dynamodb = DynamoDb::start(free, None, &wire).await.expect("DynamoDB");
        let tables = std::fs::read_to_string(project_file("infra/tables.yaml")).expect("a file");
        dynamodb.create_tables(&tables, &TABLES).expect("the tables");
        dynamodb.keep_journal();
        let outbox = ses::Settings {
            identity: MAIL_DOMAIN.to_owned(),
            file: None,
            feedback: Arc::new(|_| Box::pin(async {})),
            clock: clock.clone(),
        };
        let ses = Ses::start(free, outbox, &wire).await.expect("SES");
        let no_dice = Ambient::new(jiff::Timestamp::now, |bytes| bytes.fill(0));
        let keys = Keys::load_or_make(None, &no_dice).expect("no file");
        let secrets = [keys.secrets(), Keyring::first()].concat();
        let secrets: Vec<_> = secrets.iter().map(|(name, set)| (&**name, &**set)).collect();
        let secrets = Secrets::start(free, &secrets, &wire).await.expect("Secrets Manager");
        let people = PEOPLE.iter().map(crate::local::people::Person::on_the_login_page).collect();
        let idporten =
            IdPorten::start(free, people, clock.clone(), &wire).await.expect("ID-porten");
        let issuer = by_number(idporten.url());
        idporten.known_as(&issuer);
        idporten.register(client(keys.client_jwk));

        let urls = Urls {
            kontobro: KONTOBRO.to_owned(),
            idporten: issuer.clone(),
            outbox: by_number(ses.url()),
            dynamodb: by_number(dynamodb.url()),
            portal: PORTAL.to_owned(),
            secrets: by_number(secrets.url()),
        };
        let settings = settings::compose(&urls, vec![]);
        let file = std::fs::read_to_string(project_file("template.yaml")).expect("a file");
        let template = Arc::new(Template::read(&file).expect("a template"));
        let rolled = dice.clone();
        let roll = Arc::new(move |bytes: &mut [u8]| {
            rolled.lock().expect("nobody panics with the dice in hand").fill_bytes(bytes);
        });
        let functions = Functions::new(template.clone(), settings.clone(), time.clone(), roll);
        let behind = functions.behind_the_gateway();
        let gateway = gateway::Api::new(template.routes.clone(), behind, clock);
        let held = wire.hold();
        let world = Self {
            time,
            functions,
            dynamodb,
            ses,
            secrets,
            idporten,
            issuer,
            keyring: Keyring::new(),
            cast: RefCell::default(),
            browsers: RefCell::default(),
            applied: RefCell::default(),
            begun: RefCell::default(),
            lost: RefCell::default(),
            logout_token: RefCell::default(),
            gateway,
            dice,
            seen_changes: Cell::new(0),
            down: RefCell::default(),
            settings,
        };
        (world, held)
    }

    /// Names what somebody does past the functions.
    pub fn attempt(&self) -> Attempt {
        let mut dice = self.dice.lock().expect("nobody panics with the dice in hand");
        Attempt::new(dice.r#gen())
    }

    /// A new history begins: nothing of the one before is left, and no function has been started.
    pub fn begins_anew(&self, seed: u64, cast: &Cast) {
        self.time.begins_anew();
        *self.dice.lock().expect("nobody panics with the dice in hand") =
            StdRng::seed_from_u64(seed);
        fastrand::seed(seed);
        self.keyring.begins_anew(&self.secrets);
        self.functions.begin(&region(), self.keyring.changes_so_far());
        self.dynamodb.clear();
        self.ses.clear();
        self.idporten.forget();
        self.lost.borrow_mut().clear();
        *self.logout_token.borrow_mut() = None;
        self.seen_changes.set(0);
        *self.browsers.borrow_mut() =
            (0..cast.people).map(|_| (0..DEVICES).map(|_| Browser::default()).collect()).collect();
        *self.cast.borrow_mut() = cast.clone();
        for nth in 0..cast.accounts.len() {
            self.sets(TABLES[0].1, &cast.item(nth));
        }
        self.applied.borrow_mut().clear();
        *self.begun.borrow_mut() = Begun::default();
    }

    /// An operator's own way to the tables.
    pub fn store(&self) -> Store {
        let region = ("AWS_REGION".to_owned(), region());
        let own = Settings::new(self.settings.iter().cloned().chain([region]));
        let outbound = Outbound::new(&own).expect("no setting is needed");
        Store::from(&own, &outbound).expect("the settings of a world are whole")
    }

    /// Someone writes an item past Kontobro: the portal, support, an import.
    pub fn sets(&self, table: &str, item: &Value) {
        self.does("PutItem", &json!({ "TableName": table, "Item": item }));
    }

    /// Something happens to the tables past every function. A condition may keep it from happening.
    pub fn does(&self, operation: &str, request: &Value) {
        let _ = self.dynamodb.execute(operation, request);
        self.notes(None, "dynamodb", operation, || request.to_string().into());
    }

    /// Notes what a request has done, and whose doing it is.
    pub fn was_applied(&self, held: &Held, by: Option<&Arc<Invocation>>) {
        self.notes(by, held.call.service, &held.call.operation, || held.body().clone());
    }

    fn notes(
        &self,
        by: Option<&Arc<Invocation>>,
        service: &'static str,
        operation: &str,
        request: impl FnOnce() -> Bytes,
    ) {
        let changes = self.dynamodb.changes(self.seen_changes.get());
        self.seen_changes.set(self.seen_changes.get() + changes.len());
        if changes.is_empty() && service != "ses" && operation != "Query" {
            return;
        }
        let (by, operation, request) = (by.cloned(), operation.to_owned(), request());
        self.applied.borrow_mut().push(Applied { by, operation, request, changes });
    }

    /// SES has said yes to a mail that arrives nowhere.
    pub fn mail_is_lost(&self, answer: &Answer) {
        let said: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        if let Some(id) = said["MessageId"].as_str() {
            self.lost.borrow_mut().insert(id.to_owned());
        }
    }

    fn server(&self, service: &str) -> &Server {
        match service {
            "dynamodb" => self.dynamodb.server(),
            "ses" => self.ses.server(),
            "secrets" => self.secrets.server(),
            _ => self.idporten.server(),
        }
    }

    /// A service refuses every connection, until all come up.
    pub async fn goes_down(&self, service: &'static str) {
        self.server(service).close().await;
        self.down.borrow_mut().push(service);
    }

    pub fn all_come_up(&self) {
        for service in self.down.take() {
            self.server(service).open();
        }
    }

    /// The link in the nth newest mail of a mailbox that has one.
    pub fn link_in(&self, mailbox: usize, nth: usize) -> Option<String> {
        let address = self.cast.borrow().mailboxes.get(mailbox)?.address.clone();
        let arrived = |mail: &Arc<ses::Message>| {
            mail.to == address && !self.lost.borrow().contains(&mail.message_id)
        };
        let mails = self.ses.messages().into_iter().filter(arrived);
        mails.filter_map(|mail| link(&mail)).nth(nth)
    }

    /// Which of their mailboxes a person was mailed at last.
    pub fn newest_mailbox_of(&self, person: usize) -> Option<usize> {
        let cast = self.cast.borrow();
        let messages = self.ses.messages();
        messages.iter().filter(|mail| link(mail).is_some()).find_map(|mail| {
            let mut read = cast.mailboxes_of(person);
            read.find(|mailbox| cast.mailboxes[*mailbox].address == mail.to)
        })
    }

    /// Is there a person, or a request that waits, under another pid key than the current?
    pub fn somebody_is_left_under_an_old_key(&self) -> bool {
        let current = format!("{}-", self.keyring.versions(Set::Pid)[0]);
        let items = TABLES.map(|(_, table)| self.items(table)).concat();
        let owner = |item: &Value| item["person"]["S"].as_str().map(str::to_owned);
        items.iter().filter_map(owner).any(|owner| !owner.starts_with(&current))
    }

    /// Every item of a table.
    pub fn items(&self, table: &str) -> Vec<Value> {
        let all = self.dynamodb.execute("Scan", &json!({ "TableName": table })).expect("a table");
        all["Items"].as_array().cloned().unwrap_or_default()
    }

    /// DynamoDB removes every item whose time to live has passed.
    pub fn sweeps_up(&self) {
        let now = self.time.now().as_second();
        let (_, table) = TABLES[1];
        for item in self.items(table) {
            let expires = item["expires_at"]["N"].as_str().and_then(|at| at.parse::<i64>().ok());
            if expires.is_some_and(|at| at <= now) {
                let key = json!({ "pk": item["pk"], "sk": item["sk"] });
                let delete = json!({ "TableName": table, "Key": key });
                self.does("DeleteItem", &delete);
            }
        }
    }

    /// One request of a browser's, with its cookies; what comes back changes nothing there.
    pub async fn asks(&self, seat: Seat, going: &Going) {
        let request = self.browser(seat, |browser| going.request(&browser.jar));
        self.answers(request).await;
    }

    /// One request of nobody's browser.
    pub async fn answers_without(&self, going: &Going, jar: &Jar) {
        self.answers(going.request(jar)).await;
    }

    /// Answers a browser, whoever it asks.
    pub async fn answers(&self, request: Request<Bytes>) -> http::Answer {
        let host = request.uri().host().unwrap_or_default();
        if KONTOBRO.ends_with(host) {
            self.gateway.answer(request).await
        } else if PORTAL.ends_with(host) {
            http::Answer {
                status: 200,
                headers: HeaderMap::default(),
                body: "<h1>Portalen</h1>".into(),
            }
        } else {
            self.idporten.ask(request).await
        }
    }
}

/// The link of a mail.
pub fn link(mail: &ses::Message) -> Option<String> {
    mail.text.lines().find(|line| line.contains("/b?t=")).map(str::to_owned)
}

/// Devices of one person.
pub const DEVICES: usize = 3;

/// Names are looked up in a thread of their own, and nobody can say when that is done.
fn by_number(url: &str) -> String {
    url.replace("localhost", "127.0.0.1")
}

/// One that no client of the SDK was in: it counts retries by service and region, for the whole
/// process, and no history is to pay for another's.
fn region() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("world-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Kontobro as it is registered at ID-porten. Logouts are told by hand, see `deeds`.
fn client(jwk: Value) -> idporten::Client {
    idporten::Client {
        client_id: CLIENT_ID.to_owned(),
        jwks: vec![jwk],
        redirect_uris: vec![format!("{KONTOBRO}/logg-inn/svar")],
        post_logout_redirect_uris: vec![format!("{KONTOBRO}/logget-ut")],
        frontchannel_logout_uri: Some(format!("{KONTOBRO}/utlogging/front")),
        backchannel_logout_uri: None,
    }
}
