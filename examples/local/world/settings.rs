//! The settings that functions can get here, composed once. Which of them a function gets is
//! decided by `template.yaml`, here as in Lambda.

use std::{collections::BTreeMap, env, fs, io, path::Path};

use super::keys;

/// Logical id in `infra/tables.yaml` and physical name of each table.
pub const TABLES: [(&str, &str); 2] = [ACCOUNTS, PENDING];
const ACCOUNTS: (&str, &str) = ("AccountsTable", "kontobro-accounts");
const PENDING: (&str, &str) = ("PendingTable", "kontobro-pending");
/// The sender's domain, which SES knows as its own.
pub const MAIL_DOMAIN: &str = "nakos.example";
/// The sender.
pub const MAIL_FROM: &str = "svar-ikke@nakos.example";
/// SES's name for the rules of sending.
pub const CONFIGURATION_SET: &str = "kontobro-local";
/// The access key of whoever is no function. The stand-ins ask for credentials, but check none.
pub const ACCESS_KEY: &str = "local";
/// The client as the provider knows it.
pub const CLIENT_ID: &str = "kontobro-local";

/// Base URLs without trailing slash.
#[derive(Clone)]
pub struct Urls {
    /// Kontobro.
    pub kontobro: String,
    /// ID-porten, or who stands in for it; also the issuer.
    pub idporten: String,
    /// SES, and the mailbox.
    pub outbox: String,
    /// DynamoDB.
    pub dynamodb: String,
    /// The portal.
    pub portal: String,
    /// Secrets Manager.
    pub secrets: String,
}

/// Name and value of every setting; `more` are added, or take the place of others.
pub fn compose(urls: &Urls, more: Vec<(String, String)>) -> Vec<(String, String)> {
    let support = format!("support@{MAIL_DOMAIN}");
    let settings = [
        ("BASE_URL", urls.kontobro.as_str()),
        ("SERVICE_NAME", "NAKOS"),
        ("PORTAL_URL", &urls.portal),
        ("SUPPORT_EMAIL", &support),
        ("OWNER", "Eksempeletaten"),
        ("PRODUCTION", "false"),
        ("OIDC_ISSUER", &urls.idporten),
        ("OIDC_CLIENT_ID", CLIENT_ID),
        ("ACCOUNTS_TABLE", ACCOUNTS.1),
        ("PENDING_TABLE", PENDING.1),
        ("SECRETS_PREFIX", keys::PREFIX),
        ("MAIL_FROM", MAIL_FROM),
        ("CONFIGURATION_SET", CONFIGURATION_SET),
        ("AWS_REGION", "eu-north-1"),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        ("AWS_SECRET_ACCESS_KEY", "local"),
        ("AWS_ENDPOINT_URL_DYNAMODB", &urls.dynamodb),
        ("AWS_ENDPOINT_URL_SESV2", &urls.outbox),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", &urls.secrets),
    ];
    let mut settings: BTreeMap<_, _> =
        settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    settings.extend(more);
    settings.into_iter().collect()
}

/// What is set for this process of what an owner may try out (docs/branding.md) and an operator may
/// set in an emergency.
pub fn from_outside() -> Vec<(String, String)> {
    let set = |name: &str| Some((name.to_owned(), env::var(name).ok()?));
    let owner = ["SERVICE_NAME", "OWNER", "PRIVACY_CONTACT", "LEGAL_BASIS"];
    let support = ["SUPPORT_EMAIL", "SUPPORT_PHONE", "SUPPORT_HOURS", "SUPPORT_REPLY_DAYS"];
    let operator = ["ACCESSIBILITY_STATEMENT", "CLOSED", "REOPENS", "NOT_BEFORE"];
    owner.into_iter().chain(support).chain(operator).filter_map(set).collect()
}

/// Writes them as `NAME=value` lines, for `cargo lambda watch --env-file`.
pub fn write(file: &Path, settings: &[(String, String)]) -> io::Result<()> {
    let lines = settings.iter().map(|(name, value)| format!("{name}={value}\n"));
    fs::write(file, lines.collect::<String>())
}
