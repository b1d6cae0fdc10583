//! What people do, as the events that the gateway makes of it.

use std::collections::BTreeMap;

use kontobro::{
    domain::{Account, AccountId, Email, account::Status},
    store::Attempt,
};
use serde_json::{Value, json};
use standins::idporten;

use crate::{stage::Stage, world::Failure};

const SUBSTANTIAL: &str = "idporten-loa-substantial";

/// A synthetic person with an old account.
pub struct Person {
    pid: String,
    email: String,
}

/// What came back.
pub struct Page {
    status: u64,
    location: String,
    html: String,
}

/// One person at one browser.
struct Browser<'a> {
    stage: &'a mut Stage,
    cookies: BTreeMap<String, String>,
}

impl Person {
    /// The `n`th, up to 10,000: no two share a number or an address.
    pub fn nth(n: u16) -> Self {
        Self { pid: format!("0181901{n:04}"), email: format!("person{n}@example.no") }
    }

    /// With an old account, as an import leaves it.
    pub async fn has_an_account(&self, stage: &Stage) -> Result<(), Failure> {
        let now = jiff::Timestamp::now();
        let mut random = [0; 10];
        random.copy_from_slice(&self.pid.as_bytes()[1..]);
        let account = Account {
            id: AccountId::new(now, random),
            version: 1,
            email: Email::parse(&self.email)?,
            username: format!("user{}", self.pid),
            first_name: "Kari".to_owned(),
            last_name: "Nordmann".to_owned(),
            phone: String::new(),
            created_on: Some("2016-03-01".parse()?),
            last_used_on: Some("2024-11-20".parse()?),
            status: Status::Active,
            merged_into: None,
            gathered: [].into(),
            owner: None,
            linked_at: None,
            saved_at: None,
            other: BTreeMap::new(),
        };
        stage.world.store().import(&account, &Attempt::new(rand::random())).await?;
        Ok(())
    }

    /// From the start page to the saved profile, and out.
    pub async fn moves_the_account(&self, stage: &mut Stage) -> Result<(), Failure> {
        let mut browser = Browser { stage, cookies: BTreeMap::new() };
        browser.get("start", "/").await?.shown()?;
        browser.logs_in(&self.pid).await?;
        browser.get("account-search", "/sok").await?.shown()?;
        let hits = browser.searches(&self.email).await?;
        let address = format!("/bekreft?konto={}", hits.field("konto")?);
        let check = browser.get("merge-request", &address).await?.shown()?;
        let fields = [("csrf", check.field("csrf")?), ("konto", check.field("konto")?)];
        browser.post("merge-request", "/bekreft", &fields).await?.leads_to("/sendt")?;
        browser.get("merge-request", "/sendt").await?.shown()?;
        browser.mail_arrives().await?;
        let link = browser.mailed_link(&self.email)?;
        browser.get("email-confirmation", &link).await?.leads_to("/profil")?;
        let profile = browser.get("profile", "/profil").await?.shown()?;
        let names = ["csrf", "versjon", "fornavn", "etternavn", "epost", "telefon"];
        let fields: Vec<_> = names
            .iter()
            .map(|name| Ok((*name, profile.field(name)?)))
            .collect::<Result<_, Failure>>()?;
        browser.post("profile", "/profil", &fields).await?.leads_to("/ferdig")?;
        let done = browser.get("profile", "/ferdig").await?.shown()?;
        let tick =
            json!({ "source": "aws.events", "detail-type": "Scheduled Event", "detail": {} });
        browser.stage.invoke("mail-sweeper", "every minute, one receipt", tick.clone()).await?;
        browser.stage.invoke("mail-sweeper", "every minute, nothing to do", tick).await?;
        let fields = [("csrf", done.field("csrf")?)];
        browser.post("logout", "/logg-ut", &fields).await?.leads_to("/logout")?;
        browser.get("logout", "/logget-ut").await?.shown()?;
        browser.ends_from_elsewhere(&self.pid).await
    }

    /// The pages that a person without an account sees instead.
    pub async fn asks_for_a_new_account(&self, stage: &mut Stage) -> Result<(), Failure> {
        let mut browser = Browser { stage, cookies: BTreeMap::new() };
        browser.logs_in(&self.pid).await?;
        let none = browser.searches(&self.email).await?;
        let address = format!("/ny?adresse={}", none.field("adresse")?);
        let offer = browser.get("registration", &address).await?.shown()?;
        let (csrf, email) = (offer.field("csrf")?, offer.field("adresse")?);
        let fields = [("csrf", csrf), ("adresse", email), ("ny", "ja".to_owned())];
        browser.post("registration", "/ny", &fields).await?.leads_to("/sendt")
    }
}

impl Browser<'_> {
    async fn logs_in(&mut self, pid: &str) -> Result<(), Failure> {
        let login = self.get("login", "/logg-inn").await?;
        let own = self.stage.world.idporten.url().to_owned();
        let authorize = login.location.replace(&self.stage.issuer, &own);
        let back = idporten::log_in(&authorize, pid, SUBSTANTIAL).await?.location();
        let address = back.strip_prefix(&self.stage.world.urls.kontobro);
        let address = address.ok_or_else(|| format!("ID-porten leads to {back:?}"))?;
        self.get("oidc-callback", address).await?.leads_to("/sok")
    }

    async fn searches(&mut self, email: &str) -> Result<Page, Failure> {
        let csrf = self.get("account-search", "/sok").await?.shown()?.field("csrf")?;
        let fields = [("csrf", csrf), ("epost", email.to_owned())];
        self.post("account-search", "/sok", &fields).await?.leads_to("/treff")?;
        self.get("account-search", "/treff").await?.shown()
    }

    /// SES tells of the newest mail.
    async fn mail_arrives(&mut self) -> Result<(), Failure> {
        let mail = self.stage.world.ses.messages().into_iter().next().ok_or("no mail was sent")?;
        let tags = mail.tags.iter().map(|(name, value)| (name.clone(), json!([value])));
        let tags: serde_json::Map<_, _> = tags.collect();
        let detail = json!({ "eventType": "Delivery", "mail": { "tags": tags } });
        let settings = self.stage.world.settings_of("mail-feedback");
        let set = settings.iter().find(|(name, _)| name == "CONFIGURATION_SET");
        let set = set.ok_or("no configuration set")?.1.as_str();
        let arn = format!("arn:aws:ses:eu-north-1:123456789012:configuration-set/{set}");
        let event = json!({ "source": "aws.ses", "resources": [arn], "detail": detail });
        self.stage.invoke("mail-feedback", "mail delivered", event).await?;
        Ok(())
    }

    fn mailed_link(&self, to: &str) -> Result<String, Failure> {
        let mails = self.stage.world.ses.messages();
        let mail = mails.iter().find(|mail| mail.to == to).ok_or("the mail went elsewhere")?;
        let base = &self.stage.world.urls.kontobro;
        let link = mail.text.split_whitespace().find_map(|word| word.strip_prefix(base.as_str()));
        Ok(link.filter(|link| link.starts_with("/b?")).ok_or("no link in the mail")?.to_owned())
    }

    /// The person logs out at another service: ID-porten tells us in both its ways.
    async fn ends_from_elsewhere(&mut self, pid: &str) -> Result<(), Failure> {
        self.cookies.clear();
        let sid = format!("another-session-of-{pid}");
        let query = [("iss", self.stage.issuer.as_str()), ("sid", &sid)];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.get("logout", &format!("/utlogging/front?{query}")).await?.shown()?;
        let provider = &self.stage.world.idporten;
        let client = self.stage.world.client.client_id.clone();
        let token = provider.mint(&provider.logout_token(&client, pid, &sid));
        self.post("logout", "/utlogging/bak", &[("logout_token", token)]).await?.shown()?;
        Ok(())
    }

    async fn get(&mut self, function: &'static str, address: &str) -> Result<Page, Failure> {
        self.send(function, "GET", address, None).await
    }

    async fn post(
        &mut self,
        function: &'static str,
        address: &str,
        fields: &[(&str, String)],
    ) -> Result<Page, Failure> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(function, "POST", address, Some(body)).await
    }

    async fn send(
        &mut self,
        function: &'static str,
        method: &str,
        address: &str,
        body: Option<String>,
    ) -> Result<Page, Failure> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let event = json!({
            "version": "2.0",
            "routeKey": format!("{method} {path}"),
            "rawPath": path,
            "rawQueryString": query,
            "cookies": cookies,
            "headers": {
                "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "accept-encoding": "gzip, deflate, br",
                "accept-language": "nb-NO,nb;q=0.9,en;q=0.8",
                "content-type": "application/x-www-form-urlencoded",
                "host": "localhost",
                "sec-fetch-dest": "document",
                "sec-fetch-mode": "navigate",
                "sec-fetch-site": "same-origin",
                "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "x-forwarded-for": "203.0.113.10",
                "x-forwarded-port": "443",
                "x-forwarded-proto": "https",
            },
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "r3pmxmplak",
                "domainName": "localhost",
                "http": {
                    "method": method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "203.0.113.10",
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "stage": "$default",
                "timeEpoch": 1_790_244_753_000_u64,
            },
            "body": body,
            "isBase64Encoded": false,
        });
        let page = format!("{method} {path}");
        let answer = self.stage.invoke(function, &page, event).await?;
        for cookie in answer["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let (pair, _) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(Page {
            status: answer["statusCode"].as_u64().unwrap_or_default(),
            location: answer["headers"]["location"].as_str().unwrap_or_default().to_owned(),
            html: answer["body"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

impl Page {
    fn shown(self) -> Result<Self, Failure> {
        if self.status == 200 { Ok(self) } else { Err(self.unexpected().into()) }
    }

    fn leads_to(self, path: &str) -> Result<(), Failure> {
        let right = self.status == 303 && self.location.contains(path);
        if right { Ok(()) } else { Err(self.unexpected().into()) }
    }

    fn unexpected(&self) -> String {
        let title = self.html.split_once("<title>").and_then(|(_, rest)| rest.split_once('<'));
        let title = title.map_or("", |(title, _)| title);
        format!("{} {} {title}", self.status, self.location)
    }

    /// The value of the first field of this name.
    fn field(&self, name: &str) -> Result<String, Failure> {
        let named = format!(" name=\"{name}\"");
        let fields = self.html.split("<input").skip(1);
        let mut fields = fields.filter_map(|rest| rest.split_once('>').map(|(field, _)| field));
        let field = fields.find(|field| field.contains(&named));
        let value = field.and_then(|field| field.split_once(" value=\"")?.1.split_once('"'));
        value.map(|(value, _)| value.to_owned()).ok_or_else(|| format!("no field {name}").into())
    }
}
