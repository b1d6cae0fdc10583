//! «Bekreft», for an old account and for a new one alike: a request, then its mail.

use jiff::Timestamp;

use super::{NotReady, parts::Desk};
use crate::{
    ambient::Ambient,
    domain::{
        Account, AccountId, Card, EarlierRequest, Email, LinkKeys, Person, Request, RequestId,
        Session, Wish, limits,
        request::{MailState, Progress},
    },
    keys::KeyStore,
    mail::{NotSent, Post},
    outbound::Outbound,
    settings::{Part, Settings},
    store::{Claim, Fault, Glance, Ledger, NotAsked, Store},
    telling::Number,
    web::{Trouble, Visit},
};

/// What a function works with that asks for something on a person's behalf.
pub struct Deps {
    pub(super) desk: Desk,
    pub(super) sender: Sender,
}

impl Deps {
    /// Reads the settings of site, store and post, and the secrets `cookie` and `link`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let post = Post::from(settings, &outbound)?;
        let (desk, keys) =
            tokio::join!(Desk::from(settings, ambient, &outbound, &keys), keys.link());
        Ok(Self { desk: desk?, sender: Sender { post, keys: keys? } })
    }
}

/// What sends links.
pub(super) struct Sender {
    pub post: Post,
    pub keys: LinkKeys,
}

impl Sender {
    /// Sends the mail of a claimed request, and notes what came of it.
    ///
    /// # Returns
    /// Whether SES took it. If not, it stays in the outbox.
    pub async fn send(
        &self,
        store: &Store,
        request: &Request,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<bool, Fault> {
        let Some(link) = request.link(&self.keys) else {
            self.has_no_key(store, request, claim, at).await?;
            return Ok(false);
        };
        let sent = self.post.send_link(request, &link).await;
        if let Err(error) = &sent {
            tracing::warn!(event = "mail_left_in_the_outbox", cause = %error);
        }
        match sent {
            Ok(()) => {
                Number::MailsHandedOver.count();
                store.handed_over(request).await?;
            }
            Err(NotSent::Refused(_)) => store.mail_refused(request, claim, at).await?,
            Err(NotSent::Impossible) => store.mail_impossible(request).await?,
            // Its claim runs out, and it is counted: somebody may have got it.
            Err(NotSent::NotKnown(_)) => {}
        }
        Ok(sent.is_ok())
    }
}

impl Sender {
    /// A mail goes out with a link of the key that it was asked under, or not at all. A key that is newer
    /// than ours is left to a function that knows it (T111).
    async fn has_no_key(
        &self,
        store: &Store,
        request: &Request,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let is_gone = self.keys.have_dropped(request.link_key);
        tracing::warn!(event = "link_key_is_not_here", is_gone);
        if is_gone {
            store.link_is_dead(request, at).await
        } else {
            store.mail_refused(request, claim, at).await
        }
    }
}

/// What the person asks for.
pub(super) struct Wanted {
    pub wish: Wish,
    pub account: AccountId,
    pub version: u64,
    pub email: Email,
    pub card: Card,
    /// The old address, which is told of a new one.
    pub told: Option<Email>,
}

impl Wanted {
    /// An old account, as it was when it was looked at: to be the person's, or to be gathered `into`
    /// the one that is.
    pub fn old(account: &Account, into: Option<AccountId>) -> Self {
        Self {
            wish: into.map_or(Wish::Link, |into| Wish::Gather { into }),
            account: account.id,
            version: account.version,
            email: account.email.clone(),
            card: Card::of(account),
            told: None,
        }
    }

    /// A new account. Its id is settled now, so that its audit trail can begin.
    pub fn new(email: Email, account: AccountId) -> Self {
        Self { wish: Wish::Create, account, version: 0, email, card: no_card(), told: None }
    }

    /// Another address for the person's own account, of `version` once its profile is saved.
    pub fn other_email(account: &Account, version: u64, email: Email) -> Self {
        let told = Some(account.email.clone());
        Self { wish: Wish::ChangeEmail, account: account.id, version, email, card: no_card(), told }
    }

    /// May a person ask for it who has this account, or none, as far as their session knows?
    fn is_for_who_has(&self, account: Option<AccountId>) -> bool {
        match self.wish {
            Wish::Link | Wish::Create => account.is_none(),
            Wish::Gather { into } => account == Some(into),
            Wish::ChangeEmail => true,
        }
    }

    /// Is this what `request` waits for already? A double click asks twice for one thing.
    fn is_asked_by(&self, request: &Request, visit: &Visit) -> bool {
        let same = self.wish == request.wish
            && match self.wish {
                Wish::Link | Wish::Gather { .. } => {
                    self.account == request.account && self.version == request.account_version
                }
                Wish::Create | Wish::ChangeEmail => self.email == request.email,
            };
        same && request.is_waiting(visit.now) && request.may_resend(visit.now).is_err()
    }
}

/// For a mail that shows no account.
fn no_card() -> Card {
    Card::new(["", "", ""], None, None)
}

/// Said before anybody chooses «Bekreft»: what is asked for is proved by mail.
pub(super) fn must_take_mail(email: &Email) -> Result<(), Trouble> {
    if email.takes_mail() { Ok(()) } else { Err(Trouble::AddressTakesNoMail) }
}

/// Asks, and sends.
pub(super) async fn ask(
    desk: &Desk,
    sender: &Sender,
    visit: &Visit,
    (session, glance): (&Session, Glance),
    wanted: Wanted,
) -> Result<(), Trouble> {
    must_take_mail(&wanted.email)?;
    let before = glance.request.as_ref();
    if before.is_some_and(|before| wanted.is_asked_by(before, visit)) {
        return Ok(());
    }
    if before.is_some_and(|before| before.has_found_dead(&wanted.email, visit.now)) {
        return Err(Trouble::AddressDead);
    }
    let at = Request::next_mail_at(before, visit.now);
    let mails_today = before.map_or(0, |before| before.mails_on_day_of(at));
    if mails_today >= limits::MAILS_PER_PERSON_AND_DAY {
        return Err(Trouble::TooManyMailsToday);
    }
    if !wanted.is_for_who_has(session.account) {
        return Err(Trouble::PersonHasAccount);
    }
    let request = Request {
        id: RequestId::new(at, desk.ambient.random()),
        generation: 1,
        person: session.person.key().clone(),
        wish: wanted.wish,
        account: wanted.account,
        account_version: wanted.version,
        email: wanted.email,
        card: wanted.card,
        language: visit.language.tag().into(),
        asked_at: at,
        expires_at: at + limits::LINK,
        progress: Progress::Open,
        mail: MailState::Queued,
        mailed_at: at,
        mails_today: mails_today + 1,
        link_key: sender.keys.current(),
        earlier: EarlierRequest::replaced(before, at),
    };
    let told = wanted.told.as_ref();
    write_and_send(desk, sender, (&request, &session.person), (before, &glance.ledger), told).await
}

/// The request and its place in the outbox first, the mail then: never a mail without a request
/// (T70). A mail that SES does not take now is the sweeper's.
pub(super) async fn write_and_send(
    desk: &Desk,
    sender: &Sender,
    (request, person): (&Request, &Person),
    (before, ledger): (Option<&Request>, &Ledger),
    told: Option<&Email>,
) -> Result<(), Trouble> {
    desk.must_be_open(Part::Mail)?;
    let link = request.link(&sender.keys);
    let digest =
        link.ok_or_else(|| Trouble::OurFault("the link's key is not here".into()))?.digest();
    let asked = (request, person);
    let claim = match desk.store.ask(asked, &digest, (before, ledger), told, &desk.attempt()).await
    {
        Ok(claim) => claim,
        // A double click: the other one was first, and the waiting page shows what it asked for.
        Err(NotAsked::Overtaken) => return Ok(()),
        Err(NotAsked::TooManyMails) => {
            tracing::warn!(event = "account_asked_for_too_often");
            Number::AccountsAskedOften.count();
            return Err(Trouble::TooManyMailsToAccount);
        }
        Err(NotAsked::Barred) => return Err(Trouble::AccountTaken),
        Err(NotAsked::Fault(fault)) => return Err(fault.into()),
    };
    // The first mail of a request, not another one of the same.
    if request.generation == 1 {
        Number::Requests.count();
    }
    if let Err(error) = sender.send(&desk.store, request, &claim, request.mailed_at).await {
        tracing::warn!(event = "hand_over_not_noted", cause = %error);
    }
    Ok(())
}
