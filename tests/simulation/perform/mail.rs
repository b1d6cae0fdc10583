//! The sweeper's minute, and what SES tells.

use serde_json::json;
use standins::ses::Fate;

use crate::{deed::News, world::World};

pub async fn sweeps(world: &World) {
    let tick = json!({ "source": "aws.events", "detail-type": "Scheduled Event", "detail": {} });
    let _ = world.functions.invoke("mail-sweeper", "event", tick).await; // the next tick tries again
}

/// SES tells of the nth newest mail, if there is one. It tells nothing of what was lost.
pub async fn tells(world: &World, nth: usize, news: News) {
    let Some(mail) = world.ses.messages().into_iter().nth(nth) else { return };
    if world.lost.borrow().contains(&mail.message_id) {
        return;
    }
    let fate = match news {
        News::Sent => Fate::Sent,
        News::Delivered => Fate::Delivered,
        News::Delayed => Fate::Delayed,
        News::Bounced => Fate::Bounced,
        News::BouncedTransiently => Fate::BouncedTransiently,
        News::Complained => Fate::Complained,
        News::Rejected => Fate::Rejected,
    };
    let event = world.ses.news(&mail.message_id, fate).expect("the mail is there");
    // EventBridge tries again for a day: two more tries are as good here.
    for _ in 0..3 {
        if world.functions.invoke("mail-feedback", "event", event.clone()).await.is_ok() {
            return;
        }
    }
}
