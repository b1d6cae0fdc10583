//! Mail under way, and what the sweeper finds: `src/store/outbox.rs`, `src/handlers/mail_sweeper.rs`.

use crate::{
    Merge, Rule,
    letter::Mail,
    work::Work,
    world::{MailState, PersonKey, Request, World},
};

/// What SES does with a mail. An answer that is lost is one of these, and then a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ses {
    /// Takes it, and it arrives: once or twice, the link is the same.
    Arrives,
    /// Takes it, and it never arrives.
    Loses,
    /// Refuses it.
    Refuses,
}

impl Merge {
    /// `Post::send_link`. What is noted of a mail that was taken, late or never, is news.
    pub(crate) fn send(world: &mut World, at: usize, mail: Mail, ses: Ses) {
        world.works[at] = (ses == Ses::Refuses).then_some(Work::Postponing(mail));
        if ses != Ses::Refuses {
            let letter = world.letter_mut(mail);
            letter.handed += 1;
            letter.arrived |= ses == Ses::Arrives;
        }
    }

    /// `mail_moved`: by the sender, or by news from SES, however late and however often.
    pub(crate) fn handed_over(&self, world: &mut World, mail: Mail) {
        self.change(world, Rule::NewsOfThisMail, mail, |request| {
            if request.mail < MailState::HandedOver {
                (request.mail, request.in_outbox) = (MailState::HandedOver, false);
            }
        });
    }

    /// `mail_refused`: the sweeper tries again in a while, and no hand-over is counted.
    pub(crate) fn postpone(&self, world: &mut World, mail: Mail) {
        self.change(world, Rule::PostponeThisMail, mail, |request| {
            request.outbox_tries -= i8::from(request.in_outbox);
        });
    }

    /// `discharge`: the mail's link is dead, nothing is owed.
    pub(crate) fn discharge(&self, world: &mut World, mail: Mail) {
        self.change(world, Rule::DischargeThisMail, mail, |request| request.in_outbox = false);
    }

    /// Is there a mail in the outbox whose claim may have run out?
    pub(crate) fn is_due(&self, world: &World, key: PersonKey) -> bool {
        let in_outbox = world.request(key).is_some_and(|request| request.in_outbox);
        in_outbox && self.keeps(Rule::ClaimRunsOut)
    }

    /// `claim`, `let_go`, and the look at what was claimed.
    pub(crate) fn sweep(&self, world: &mut World, at: usize, key: PersonKey) {
        let Some(request) = world.request_mut(key) else { return };
        if self.was_tried_enough(request) && self.keeps(Rule::ClaimTries) {
            request.in_outbox = false;
            return;
        }
        request.outbox_tries += 1;
        let mail = Mail { key, id: request.id, generation: request.generation };
        let waits = request.is_waiting();
        world.works[at] = Some(if waits { Work::Sending(mail) } else { Work::Discharging(mail) });
    }

    /// `outbox_tries >= :most`.
    pub(crate) fn was_tried_enough(&self, request: &Request) -> bool {
        self.bounds.handovers.is_some_and(|most| request.outbox_tries >= most)
    }

    fn change(&self, world: &mut World, rule: Rule, mail: Mail, how: impl FnOnce(&mut Request)) {
        if let Some(request) = world.request_mut(mail.key)
            && self.holds(rule, request.is_of(mail))
        {
            how(request);
        }
    }
}
