//! What honest people do next: mostly what the page in front of them asks for.

use rand::Rng as _;

use super::Draw;
use crate::{
    browser::{Purpose, Seat},
    deed::{Act, Change, Deed, How, Login, Place, Waiting},
    page::Page,
    world::{DEVICES, PORTAL, World},
};

const PLACES: [Place; 10] = [
    Place::Start,
    Place::Search,
    Place::Hits,
    Place::Sent,
    Place::Profile,
    Place::Done,
    Place::LogOut,
    Place::LoggedOut,
    Place::Return,
    Place::Link,
];

impl Draw {
    pub(super) fn people(&mut self, world: &World) -> Deed {
        let seat = self.seat(world);
        let page = world.browser(seat, |browser| browser.page());
        let act = if self.percent(80) {
            self.what_the_page_asks_for(world, seat, &page)
        } else {
            self.something_else(world, seat, &page)
        };
        if self.percent(4) { Deed::Abandoned(seat, act) } else { Deed::At(seat, act) }
    }

    /// Whoever is done rests more often than others.
    fn seat(&mut self, world: &World) -> Seat {
        let people = world.cast.borrow().people;
        let mut seat = Seat { person: 0, device: 0 };
        for _ in 0..3 {
            let device = if self.percent(85) { 0 } else { self.rng.gen_range(0..DEVICES) };
            seat = Seat { person: self.rng.gen_range(0..people), device };
            if !world.browser(seat, |browser| browser.page()).url.starts_with(PORTAL) {
                break;
            }
        }
        seat
    }

    fn what_the_page_asks_for(&mut self, world: &World, seat: Seat, page: &Page) -> Act {
        let chooses = page.forms_to("/bekreft").filter(|form| !form.is_post).count();
        let makes_new = page.forms_to("/ny").any(|form| !form.is_post);
        match page.path() {
            _ if page.url.starts_with(PORTAL) => self.after_it_all(world, seat),
            "/sok" if !page.forms.is_empty() => Act::Searches(self.mailbox(world, seat)),
            "/treff" if chooses > 0 && (self.percent(85) || !makes_new) => {
                Act::Chooses(self.rng.gen_range(0..chooses))
            }
            "/treff" if makes_new && self.percent(70) => Act::WantsNewAccount,
            "/treff" => Act::Types(Place::Search),
            "/bekreft" if page.status == 200 => Act::Confirms,
            "/ny" if page.status == 200 => Act::ConfirmsNew(self.percent(85)),
            "/sendt" => self.waits_for_the_mail(world, seat),
            "/b" if page.forms_to("/b").next().is_some() => {
                self.one_of(&[(90, Act::PressesLink), (10, Act::LeavesForLink)])
            }
            "/b" if page.way_to_stop().is_some() => {
                self.one_of(&[(60, Act::DidNotAsk), (40, Act::LeavesForLink)])
            }
            "/b" | "/logget-ut" if page.asks_for_login() => Act::LogsIn(Login::ForLink),
            "/profil" if page.forms_to("/profil").next().is_some() => self.saves(world),
            "/ferdig" => self.after_it_all(world, seat),
            _ => Act::LogsIn(Login::Well),
        }
    }

    fn waits_for_the_mail(&mut self, world: &World, seat: Seat) -> Act {
        let button = self.one_of(&[
            (70, None),
            (14, Some(Waiting::Again)),
            (8, Some(Waiting::GoesOn)),
            (8, Some(Waiting::Cancels)),
        ]);
        button.map_or_else(|| self.opens_mail(world, seat), Act::Presses)
    }

    fn opens_mail(&mut self, world: &World, seat: Seat) -> Act {
        let how = self.one_of(&[
            (80, How::By(Purpose::Navigation)),
            (5, How::By(Purpose::Prefetch)),
            (5, How::By(Purpose::Nothing)),
            (4, How::Head),
            (3, How::ScannerGet),
            (3, How::ScannerPost),
        ]);
        let nth = self.one_of(&[(85, 0), (10, 1), (5, 2)]);
        let asked = world.newest_mailbox_of(seat.person);
        let mailbox = asked.unwrap_or_else(|| self.mailbox(world, seat));
        Act::OpensMail { mailbox, nth, how }
    }

    fn saves(&mut self, world: &World) -> Act {
        let mailboxes = world.cast.borrow().mailboxes.len();
        let change = match self.rng.gen_range(0..10) {
            0..=4 => Change::Nothing,
            5 | 6 => Change::Name(self.rng.gen_range(0..9)),
            7 | 8 => Change::Email(self.rng.gen_range(0..mailboxes)),
            _ => Change::Faulty,
        };
        Act::Saves(change)
    }

    /// Someone whose account is linked, and saved.
    fn after_it_all(&mut self, world: &World, seat: Seat) -> Act {
        let mailbox = self.mailbox(world, seat);
        self.one_of(&[
            (30, Act::Types(Place::Profile)),
            (14, Act::LogsOut),
            (6, Act::LogsOutHereAlone),
            (30, Act::Types(Place::Search)), // as they may have another account
            (15, Act::LogsIn(Login::Well)),
            (10, Act::LogsIn(Login::Afresh)),
            (10, Act::OpensMail { mailbox, nth: 0, how: How::By(Purpose::Navigation) }),
        ])
    }

    fn something_else(&mut self, world: &World, seat: Seat, page: &Page) -> Act {
        let place = self.any(&PLACES).expect("some place");
        let (back, form) = (self.rng.gen_range(1..5), self.rng.gen_range(0..3));
        let how = self.one_of(&[
            (5, Login::Well),
            (2, Login::Afresh),
            (2, Login::Cancelled),
            (1, Login::Weakly),
        ]);
        let opens_mail = self.opens_mail(world, seat);
        let searches = Act::Searches(self.mailbox(world, seat));
        let mut choices = vec![
            (20, Act::Again),
            (12, Act::Reloads),
            (12, Act::GoesBack),
            (10, Act::SendsOldForm { back, form }),
            (16, Act::Types(place)),
            (10, Act::LogsIn(how)),
            (15, opens_mail),
        ];
        if page.forms_to("/logg-ut").next().is_some() {
            choices.push((10, Act::LogsOut));
            choices.push((6, Act::LogsOutHereAlone));
        }
        if page.path() == "/sok" {
            choices.push((10, searches));
        }
        self.one_of(&choices)
    }

    /// A mailbox that this person reads; seldom another, by mistake.
    fn mailbox(&mut self, world: &World, seat: Seat) -> usize {
        let cast = world.cast.borrow();
        let own: Vec<_> = cast.mailboxes_of(seat.person).collect();
        if self.percent(90) {
            self.any(&own).expect("everybody has a mailbox")
        } else {
            self.rng.gen_range(0..cast.mailboxes.len())
        }
    }
}
