//! What ID-porten does by itself: ends sessions, changes keys, sends tokens that are wrong.

use jiff::SignedDuration;
use standins::idporten::Signer;

use crate::{
    browser::{Going, Purpose, Source},
    deed::{Flaw, Told},
    world::{KONTOBRO, World},
};
use crate::{jar::Jar, local::settings::CLIENT_ID};

/// Ends the nth of its sessions, as another service's logout does, and tells us.
pub async fn ends(world: &World, nth: usize, told: Told) {
    let Some(sid) = world.idporten.sessions().into_iter().nth(nth) else { return };
    let Some(pid) = world.idporten.pid_of(&sid) else { return };
    world.idporten.log_out(&sid).await;
    match told {
        Told::Nobody => {}
        Told::Front => {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("iss", &world.issuer), ("sid", &sid)])
                .finish();
            let going =
                Going::to(&format!("{KONTOBRO}/utlogging/front?{query}"), Source::Elsewhere);
            let going = Going { purpose: Purpose::Frame, ..going };
            world.answers_without(&going, &Jar::default()).await;
        }
        Told::Back | Told::BackBySubject => {
            let mut token = world.idporten.logout_token(CLIENT_ID, &pid, &sid);
            if told == Told::BackBySubject {
                token.claim("sid", serde_json::Value::Null);
            }
            let token = world.idporten.mint(&token);
            *world.logout_token.borrow_mut() = Some(token.clone());
            posts(world, &token).await;
        }
    }
}

/// The newest logout token comes once more.
pub async fn replays_logout(world: &World) {
    let token = world.logout_token.borrow().clone();
    if let Some(token) = token {
        posts(world, &token).await;
    }
}

async fn posts(world: &World, token: &str) {
    let going = Going {
        method: lambda_http::http::Method::POST,
        body: format!("logout_token={token}"),
        purpose: Purpose::Nothing,
        ..Going::to(&format!("{KONTOBRO}/utlogging/bak"), Source::Elsewhere)
    };
    world.answers_without(&going, &Jar::default()).await;
}

pub fn new_signing_key(world: &World) {
    world.idporten.rotate();
}

pub fn bad_token(world: &World, flaw: Flaw) {
    let now = world.time.now();
    world.idporten.next_id_token(move |token| match flaw {
        Flaw::Audience => token.claim("aud", "another"),
        Flaw::Nonce => token.claim("nonce", "another"),
        Flaw::Signature => token.sign_by(Signer::Broken),
        Flaw::Expired => token.claim("exp", (now - SignedDuration::from_hours(1)).as_second()),
        Flaw::NoPid => token.claim("pid", serde_json::Value::Null),
        Flaw::NoSid => token.claim("sid", serde_json::Value::Null),
    });
}
