//! What everybody and everything else does: time, mail, ID-porten, operators, and someone who is up
//! to no good.

use kontobro::bundle::Bundle;
use rand::Rng as _;

use super::Draw;
use crate::{
    browser::{Purpose, Seat},
    deed::{Act, Alteration, Deed, Flaw, How, Login, News, Told},
    keyring::Set,
    world::{DEVICES, World},
};

const COOKIES: [&str; 7] = [
    "__Host-kontobro",
    "__Host-treff",
    "__Host-lenke",
    "__Host-melding",
    "__Host-sprak",
    "__Host-utlogget",
    "__Host-innlogging",
];

impl Draw {
    pub(super) fn time(&mut self) -> Deed {
        let (from, to) = self.one_of(&[
            (30, (1, 60)),
            (25, (60, 300)),
            (20, (300, 1_900)),
            (10, (1_900, 8_000)),
            (10, (20_000, 90_000)),
            (5, (100_000, 800_000)),
        ]);
        Deed::Waits(self.rng.gen_range(from..to))
    }

    pub(super) fn mail(&mut self) -> Deed {
        let nth = self.one_of(&[(70, 0), (20, 1), (10, 2)]);
        let news = self.one_of(&[
            (20, News::Sent),
            (40, News::Delivered),
            (15, News::Delayed),
            (5, News::Bounced),
            (8, News::BouncedTransiently),
            (4, News::Complained),
            (4, News::Rejected),
        ]);
        self.one_of(&[(55, Deed::Sweeper), (40, Deed::News(nth, news)), (5, Deed::Broom)])
    }

    pub(super) fn porten(&mut self) -> Deed {
        let told = self.one_of(&[
            (4, Told::Back),
            (3, Told::Front),
            (1, Told::BackBySubject),
            (1, Told::Nobody),
        ]);
        let flaws =
            [Flaw::Audience, Flaw::Nonce, Flaw::Signature, Flaw::Expired, Flaw::NoPid, Flaw::NoSid];
        let flaw = self.any(&flaws).expect("some flaw");
        let nth = self.rng.gen_range(0..4);
        self.one_of(&[
            (60, Deed::Ends(nth, told)),
            (15, Deed::ReplaysLogout),
            (10, Deed::NewSigningKey),
            (15, Deed::BadToken(flaw)),
        ])
    }

    pub(super) fn operators(&mut self, world: &World) -> Deed {
        let (accounts, mailboxes) = {
            let cast = world.cast.borrow();
            (cast.accounts.len(), cast.mailboxes.len())
        };
        let function = (*self.any(Bundle::FUNCTIONS).expect("some function")).to_owned();
        let set = self.any(&Set::ALL).expect("some set");
        let nth = self.rng.gen_range(0..accounts);
        let alteration = if self.percent(50) {
            Alteration::Closes
        } else {
            Alteration::Moves(self.rng.gen_range(0..mailboxes))
        };
        let off = self.rng.gen_range(-120..=120);
        let old_ones = self.percent(50);
        self.one_of(&[
            (30, Deed::Starts(function.clone())),
            (15, Deed::OldInstances(old_ones)),
            (20, Deed::ChangesKey(set)),
            (10, Deed::ImportsAgain(nth)),
            (10, Deed::Alters(nth, alteration)),
            (15, Deed::ClockOff(function, off)),
        ])
    }

    /// Somebody sits down at a browser that its owner has left, with mails of their own to open.
    pub(super) fn next_at_the_machine(&mut self, world: &World) -> Deed {
        let (people, mailboxes) = {
            let cast = world.cast.borrow();
            (cast.people, cast.mailboxes.len())
        };
        let left = Seat { person: self.rng.gen_range(0..people), device: 0 };
        let asked = world.newest_mailbox_of(left.person);
        let mailbox = asked.unwrap_or_else(|| self.rng.gen_range(0..mailboxes));
        let another = self.rng.gen_range(0..people);
        let opens = Act::OpensMail { mailbox, nth: 0, how: How::By(Purpose::Navigation) };
        let act = self.one_of(&[
            (50, opens),
            (15, Act::LeavesForLink),
            (20, Act::AnotherLogsIn(another)),
            (15, Act::PressesLink),
        ]);
        Deed::At(left, act)
    }

    /// Somebody with an electronic id of their own, at a browser of their own, who has seen others'
    /// mails, pages and cookies.
    pub(super) fn adversary(&mut self, world: &World) -> Deed {
        let (people, mailboxes) = {
            let cast = world.cast.borrow();
            (cast.people, cast.mailboxes.len())
        };
        let here = Seat { person: self.rng.gen_range(0..people), device: DEVICES - 1 };
        let victim = Seat { person: self.rng.gen_range(0..people), device: 0 };
        let (mailbox, nth) = (self.rng.gen_range(0..mailboxes), self.rng.gen_range(0..2));
        let name = (*self.any(&COOKIES).expect("some cookie")).to_owned();
        let how = self.one_of(&[
            (6, How::By(Purpose::Navigation)),
            (1, How::By(Purpose::Nothing)),
            (1, How::ScannerGet),
            (1, How::ScannerPost),
        ]);
        let (form, at) = (self.rng.gen_range(0..4), self.rng.gen_range(0..200));
        let act = self.one_of(&[
            (25, Act::LogsIn(Login::Well)),
            (25, Act::OpensMail { mailbox, nth, how }),
            (15, Act::SendsFormOf { seat: victim, form }),
            (12, Act::TakesCookie { seat: victim, name: name.clone() }),
            (8, Act::ForgesCookie { name, at }),
            (10, Act::DidNotAsk),
            (5, Act::PressesLink),
            (10, Act::Searches(mailbox)),
        ]);
        Deed::At(here, act)
    }
}
