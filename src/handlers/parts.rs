//! What most functions are made of.

use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;

use crate::{
    ambient::Ambient,
    domain::{LogoutId, Request, Session, Wish},
    keys::{KeyStore, NoKey},
    outbound::Outbound,
    settings::{BadSetting, Part, Settings, Site},
    store::{Attempt, Glance, Logout, Look, Store},
    web::{
        self, Answer, Seal, SessionCookie, Trouble, Visit,
        pages::{Done, DoneNote, EmailNews},
    },
};

/// Why a function does not start. Names the setting or the secret, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// A setting.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A secret.
    #[error(transparent)]
    Key(#[from] NoKey),
}

impl NotReady {
    /// May it be otherwise in a while? Then the function comes up all the same (T86).
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Key(NoKey::Unavailable { .. }))
    }
}

/// The common parts of a function that knows who is logged in.
pub(super) struct Desk {
    pub site: Site,
    pub ambient: Ambient,
    pub cookie: SessionCookie,
    pub store: Store,
}

impl Desk {
    pub async fn from(
        settings: &Settings,
        ambient: &Ambient,
        outbound: &Outbound,
        keys: &KeyStore,
    ) -> Result<Self, NotReady> {
        let (site, store) = (Site::from(settings)?, Store::from(settings, outbound)?);
        let (seal, ()) = tokio::join!(Seal::from(keys), store.warm());
        Ok(Self {
            site,
            ambient: ambient.clone(),
            cookie: SessionCookie::new(seal?, ambient),
            store,
        })
    }

    /// Who is here, and what this request needs to know.
    pub async fn enter(&self, visit: &mut Visit, look: Look) -> Result<(Session, Glance), Trouble> {
        let session = self.cookie.open(visit)?;
        let glance = self.store.glance(&session, look, visit.now).await?;
        Ok((session, glance))
    }

    /// Who sends this form, and what it needs to know. The form must be of this very session.
    pub async fn enter_with_form(
        &self,
        visit: &mut Visit,
        look: Look,
    ) -> Result<(Session, Glance), Trouble> {
        let session = self.cookie.open_for_form(visit, &self.site)?;
        let glance = self.store.glance(&session, look, visit.now).await?;
        Ok((session, glance))
    }

    /// The answer. Whatever went wrong, whoever is logged in finds «Logg ut» on its page (D7).
    pub fn answer(
        &self,
        mut visit: Visit,
        outcome: Result<Answer, Trouble>,
    ) -> ApiGatewayV2httpResponse {
        let may_be_here = match &outcome {
            Ok(_) | Err(Trouble::SessionExpired | Trouble::SessionExpiredTyped) => false,
            Err(_) => visit.session().is_none(),
        };
        if may_be_here {
            let _ = self.cookie.open(&mut visit); // or nobody is
        }
        if let Err(Trouble::SessionEnded(logout)) = &outcome {
            self.is_told_of(&mut visit, *logout);
        }
        web::answer(&self.site, visit, outcome)
    }

    /// The browser is told of a logout, by a page or by what comes in its place: what it begins then is a
    /// login of after it.
    pub fn is_told_of(&self, visit: &mut Visit, logout: Option<LogoutId>) {
        if let Some(logout) = logout {
            web::knows_logout(visit, logout, self.cookie.seal(), &self.ambient);
        }
    }

    /// A logout that comes in now.
    pub fn logout(&self, visit: &Visit) -> Logout {
        Logout { id: LogoutId::new(self.ambient.random()), at: visit.now }
    }

    /// The link was used, here or elsewhere: the session knows the account, and the next page tells what
    /// was done.
    pub fn arrive(&self, visit: &mut Visit, session: Session, request: &Request) -> Answer {
        let session = Session { account: Some(request.becomes_theirs()), ..session };
        self.cookie.keep(visit, &session);
        let note = match request.wish {
            Wish::Link | Wish::Create => return Answer::see_other("/profil"),
            Wish::Gather { .. } => DoneNote { done: Done::Gathered, email: None },
            Wish::ChangeEmail => {
                let email = Some(EmailNews::Changed(request.email.as_given().into()));
                DoneNote { done: Done::Changed, email }
            }
        };
        visit.leave(&note, &session, self.cookie.seal(), &self.ambient);
        Answer::see_other("/ferdig")
    }

    /// Goes on only if this part of the service is open (T100).
    pub fn must_be_open(&self, part: Part) -> Result<(), Trouble> {
        if self.site.closed.is(part) { Err(Trouble::Closed) } else { Ok(()) }
    }

    /// A name for one attempt at one change.
    pub fn attempt(&self) -> Attempt {
        Attempt::new(self.ambient.random())
    }
}
