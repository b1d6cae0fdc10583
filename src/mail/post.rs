//! Handing mails to SES. Decides neither when nor to whom: the store's outbox does.

use aws_sdk_sesv2::{
    Client,
    types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag},
};

use super::{Confirmation, Mail, Receipt, confirmation, email_notice, email_proof, receipt};
use crate::{
    domain::{self, Card, Email, LinkKeys, Request, Wish, receipt::Owed},
    outbound::{Outbound, aws_config, never_arrived},
    settings::{BadSetting, Settings, Site},
    texts::Language,
};

/// The way to SES.
pub struct Post {
    client: Client,
    site: Site,
    from: String,
    configuration_set: Option<String>,
}

/// SES has not said that it took the mail. It stays in the outbox.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// SES said no, or was not even reached: nobody got a mail.
    #[error("SES did not take the mail")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// SES takes no mail to this address, today or ever: letters beyond ASCII before the @, say.
    #[error("SES knows no such address")]
    Impossible,
    /// No answer: somebody may have got one.
    #[error("SES did not answer")]
    NotKnown(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Post {
    /// Reads the settings of [`Site`], `MAIL_FROM` and `CONFIGURATION_SET`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, BadSetting> {
        let site = Site::from(settings)?;
        let aws = outbound.aws(settings, "AWS_ENDPOINT_URL_SESV2")?;
        let address = settings.required("MAIL_FROM")?;
        let name = site.service_name.replace(['"', '\\'], "");
        let from =
            if name.is_ascii() { format!("\"{name}\" <{address}>") } else { address.to_owned() };
        Ok(Self {
            client: Client::from_conf(aws_config!(aws_sdk_sesv2, aws)),
            site,
            from,
            configuration_set: settings.optional("CONFIGURATION_SET").map(str::to_owned),
        })
    }

    /// Sends the newest link of a request, to the address that the account had when it was asked
    /// for. Sending it again sends the same link (T71).
    pub async fn send_link(&self, request: &Request, keys: &LinkKeys) -> Result<(), NotSent> {
        let link = format!("{}/b?t={}", self.site.base_url, request.link(keys).to_text());
        let asked = Confirmation {
            reference: &request.id.reference(),
            link: &link,
            asked_at: request.mailed_at,
            expires_at: request.expires_at,
        };
        let (language, site) = (language(&request.language), &self.site);
        let mail = match request.wish {
            Wish::Link => confirmation(language, site, Some(&request.card), &asked),
            Wish::Create => confirmation(language, site, None, &asked),
            Wish::ChangeEmail => email_proof(language, site, &asked),
        };
        // What delivery news needs to find the request again. All three are opaque.
        let tags = [
            ("person", request.person.to_store()),
            ("request", request.id.to_string()),
            ("generation", request.generation.to_string()),
        ];
        self.send(&request.email, mail, &tags).await
    }

    /// Sends a receipt, to the address that the account had when it was owed.
    pub async fn send_receipt(&self, owed: &domain::Receipt) -> Result<(), NotSent> {
        let done = Receipt { reference: &owed.reference, at: owed.at };
        let (language, site) = (language(&owed.language), &self.site);
        let mail = match owed.event {
            Owed::Linked => receipt(language, site, Some(&Card::of(&owed.account)), &done),
            Owed::Created => receipt(language, site, None, &done),
            Owed::EmailRequested => email_notice(language, site, &done),
        };
        self.send(&owed.to, mail, &[]).await
    }

    async fn send(&self, to: &Email, mail: Mail, tags: &[(&str, String)]) -> Result<(), NotSent> {
        let plain = |data: String| Content::builder().data(data).charset("UTF-8").build();
        let plain = |data| plain(data).expect("the data is given");
        let header =
            |name: &str, value: &str| MessageHeader::builder().name(name).value(value).build();
        let tag =
            |(name, value): &(&str, String)| MessageTag::builder().name(*name).value(value).build();
        let message = Message::builder()
            .subject(plain(mail.subject))
            .body(Body::builder().text(plain(mail.text)).html(plain(mail.html)).build())
            .headers(header("Auto-Submitted", "auto-generated").expect("name and value are given"))
            .build();
        let sent = self
            .client
            .send_email()
            .from_email_address(&self.from)
            .reply_to_addresses(&self.site.support_email)
            .destination(Destination::builder().to_addresses(to.as_given()).build())
            .set_configuration_set_name(self.configuration_set.clone())
            .set_email_tags(Some(
                tags.iter().map(|t| tag(t).expect("name and value are given")).collect(),
            ))
            .content(EmailContent::builder().simple(message).build())
            .send()
            .await;
        sent.map(|_| ()).map_err(not_sent)
    }
}

/// The code alone where SES answered: its message may repeat the address.
fn not_sent<R: std::fmt::Debug + Send + Sync + 'static>(
    error: aws_sdk_sesv2::error::SdkError<aws_sdk_sesv2::operation::send_email::SendEmailError, R>,
) -> NotSent {
    use aws_sdk_sesv2::error::ProvideErrorMetadata as _;
    match error.as_service_error() {
        Some(refused) if refused.code() == Some("BadRequestException") => NotSent::Impossible,
        Some(refused) => NotSent::Refused(refused.code().unwrap_or("unknown service error").into()),
        None => {
            let source = error.into_source().unwrap_or_else(|_| "no answer".into());
            if never_arrived(&*source) {
                NotSent::Refused(source)
            } else {
                NotSent::NotKnown(source)
            }
        }
    }
}

/// A stored tag; bokmål if it is none of ours.
fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}
