//! Handing mails to SES. Decides neither when nor to whom: the store's outbox does.

use aws_sdk_sesv2::{
    Client, Config,
    error::{ProvideErrorMetadata as _, SdkError},
    operation::send_email::SendEmailError,
    types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{
    Confirmation, Mail, Receipt, confirmation, email_notice, email_proof, receipt,
    receipt_gathered,
    retries::{NotWhatMayHaveArrived, may_have_taken},
};
use crate::{
    domain::{self, Email, Link, Request, Wish, receipt::Owed},
    outbound::{Outbound, aws_config, never_arrived},
    settings::{BadSetting, Settings, Site},
    telling::Number,
    texts::Language,
};

/// The way to SES.
pub struct Post {
    client: Client,
    site: Site,
    sender: String,
    from: String,
    reply_to: String,
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
    /// No answer, or SES failed on the way to one: somebody may have got a mail.
    #[error("SES did not say whether it took the mail")]
    NotKnown(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Post {
    /// Reads the settings of [`Site`], `MAIL_FROM` and `CONFIGURATION_SET`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, BadSetting> {
        let site = Site::from(settings)?;
        let aws = outbound.aws(settings, "AWS_ENDPOINT_URL_SESV2")?;
        let from = sender(&site.service_name, &mailbox(settings, "MAIL_FROM")?);
        let reply_to = mailbox(settings, "SUPPORT_EMAIL")?;
        Ok(Self {
            client: Client::from_conf(aws_config!(aws_sdk_sesv2, aws)),
            site,
            sender: settings.required("MAIL_FROM")?.to_owned(),
            from,
            reply_to,
            configuration_set: settings.optional("CONFIGURATION_SET").map(str::to_owned),
        })
    }

    /// The address that every mail comes from.
    pub fn sender(&self) -> &str {
        &self.sender
    }

    /// The subject of the mail with a request's link, as it is sent.
    pub fn subject_of_link(&self, request: &Request) -> String {
        self.mail_of(request, "").subject
    }

    fn mail_of(&self, request: &Request, link: &str) -> Mail {
        let (language, site) = (language(&request.language), &self.site);
        let asked = Confirmation {
            reference: &request.id.reference(),
            link,
            asked_at: request.mailed_at,
            is_another: request.generation > 1 || request.mails_today > 1,
            expires_at: request.expires_at,
        };
        match request.wish {
            Wish::Link | Wish::Gather { .. } => {
                confirmation(language, site, Some(&request.card), &asked)
            }
            Wish::Create => confirmation(language, site, None, &asked),
            Wish::ChangeEmail => email_proof(language, site, &asked),
        }
    }

    /// Sends the newest link of a request to the address that the account had when it was asked for.
    /// Sending it again sends the same link (T71).
    pub async fn send_link(&self, request: &Request, link: &Link) -> Result<(), NotSent> {
        let link = format!("{}/b?t={}", self.site.base_url, link.to_text());
        let mail = self.mail_of(request, &link);
        // What delivery news needs to find the request again. All three are opaque.
        let tags = [
            ("person", request.person.to_store()),
            ("request", request.id.to_string()),
            ("generation", request.generation.to_string()),
        ];
        let name = format!("{}-{}", request.id.reference(), request.generation);
        self.send(&request.email, (mail, &name), &tags).await
    }

    /// Sends a receipt, to the address that the account had when it was owed.
    pub async fn send_receipt(&self, owed: &domain::Receipt) -> Result<(), NotSent> {
        let done = Receipt { reference: &owed.reference, at: owed.at };
        let (language, site) = (language(&owed.language), &self.site);
        let mail = match owed.event {
            Owed::Linked => receipt(language, site, Some(&owed.card), &done),
            Owed::Created => receipt(language, site, None, &done),
            Owed::Gathered => receipt_gathered(language, site, &owed.card, &done),
            Owed::EmailRequested => email_notice(language, site, &done),
        };
        let name = format!("{}-{:?}", owed.reference, owed.event);
        self.send(&owed.to, (mail, &name), &[]).await
    }

    /// `name` is the mail's own, the same when it goes out again: mail programs that put mails of one
    /// subject together (Gmail) keep apart those of different names.
    async fn send(
        &self,
        to: &Email,
        (mail, name): (Mail, &str),
        tags: &[(&str, String)],
    ) -> Result<(), NotSent> {
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
            .headers(header("X-Entity-Ref-ID", name).expect("name and value are given"))
            .build();
        let sent = self
            .client
            .send_email()
            .from_email_address(&self.from)
            .reply_to_addresses(&self.reply_to)
            .destination(Destination::builder().to_addresses(to.on_the_wire()).build())
            .set_configuration_set_name(self.configuration_set.clone())
            .set_email_tags(Some(
                tags.iter().map(|t| tag(t).expect("name and value are given")).collect(),
            ))
            .content(EmailContent::builder().simple(message).build())
            .customize()
            .config_override(Config::builder().retry_classifier(NotWhatMayHaveArrived))
            .send()
            .await;
        sent.map(|_| ()).map_err(not_sent).inspect_err(|_| Number::MailsRefused.count())
    }
}

/// The code alone where SES answered: its message may repeat the address.
fn not_sent(error: SdkError<SendEmailError>) -> NotSent {
    let status = error.raw_response().map(|answer| answer.status().as_u16());
    let code = |refused: &SendEmailError| refused.code().unwrap_or("unknown service error").into();
    match error.as_service_error() {
        Some(refused) if refused.code() == Some("BadRequestException") => NotSent::Impossible,
        Some(failed) if status.is_some_and(may_have_taken) => NotSent::NotKnown(code(failed)),
        Some(refused) => NotSent::Refused(code(refused)),
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

/// A setting that is an address to send from or to, as it leaves us.
fn mailbox(settings: &Settings, name: &'static str) -> Result<String, BadSetting> {
    let address = Email::parse(settings.required(name)?).ok().filter(Email::takes_mail);
    let reason = "must be an e-mail address, with nothing beyond ASCII before the @";
    address.map(|email| email.on_the_wire()).ok_or(BadSetting::Impossible { name, reason })
}

/// The service's name before the address. A name beyond ASCII goes in encoded words of 75 characters
/// at most. Source: RFC 2047, section 2.
fn sender(name: &str, address: &str) -> String {
    if name.is_ascii() {
        return format!("\"{}\" <{address}>", name.replace(['"', '\\'], ""));
    }
    let mut words: Vec<String> = vec![String::new()];
    for letter in name.chars() {
        let word = words.last_mut().expect("there is one");
        if word.len() + letter.len_utf8() > 45 {
            words.push(letter.into());
        } else {
            word.push(letter);
        }
    }
    let encoded = words.iter().map(|word| format!("=?UTF-8?B?{}?=", BASE64_STANDARD.encode(word)));
    format!("{} <{address}>", encoded.collect::<Vec<_>>().join(" "))
}

/// A stored tag; bokmål if it is none of ours.
fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t115_settings_that_are_addresses_leave_us_with_their_domain_in_a_labels() {
        let address = |given: &str| {
            let settings = Settings::new([("SUPPORT_EMAIL".to_owned(), given.to_owned())]);
            mailbox(&settings, "SUPPORT_EMAIL").ok()
        };
        assert_eq!(address("Hjelp@example.no"), Some("Hjelp@example.no".into()));
        assert_eq!(address("hjelp@blåbær.no"), Some("hjelp@xn--blbr-roah.no".into()));
        for wrong in ["", "hjelp", "https://example.no/hjelp", "bjørn@example.no"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn t75_the_sender_has_the_services_name_and_nothing_breaks_out_of_it() {
        assert_eq!(sender("NAKOS", "a@b.no"), r#""NAKOS" <a@b.no>"#);
        assert_eq!(sender(r#"N" <x@y.no>\"#, "a@b.no"), r#""N <x@y.no>" <a@b.no>"#);
        assert_eq!(sender("Helse Møre", "a@b.no"), "=?UTF-8?B?SGVsc2UgTcO4cmU=?= <a@b.no>");
        let long = sender(&"ø".repeat(60), "a@b.no");
        assert!(long.split(' ').all(|word| word.len() <= 75), "{long}");
    }
}
