//! I13: once nothing goes wrong any more, every honest person comes to exactly one account within
//! three tries, and nothing is left in the outbox.

use kontobro::domain::{Email, limits};
use serde_json::Value;

use super::{
    books::text,
    browser::{Purpose, Seat},
    conductor::{Activity, Conductor, Nothing},
    deed::{Act, Change, Deed, How, Login, Place, Waiting},
    invariants::{Broken, Checker},
    keyring::Set,
    perform::perform,
    world::{PORTAL, World},
};

const NAME: &str =
    "I13: once faults stop, everybody comes to one account, and the outbox is emptied";
/// Tries of one person, a day apart: what was used up of a day's limits is there again.
const TRIES: usize = 3;
/// Pages that one try may take.
const PAGES: usize = 24;
/// Minutes until the outbox must be empty.
const MINUTES: usize = 30;
const DAY: i64 = 25 * 60 * 60;

/// The end of a history.
pub struct Ending<'a, 'w> {
    pub world: &'w World,
    pub conductor: &'a mut Conductor<'w>,
    pub checker: &'a mut Checker,
    /// The step that is next.
    pub step: usize,
}

impl Ending<'_, '_> {
    /// Everybody arrives, and everything is sent.
    ///
    /// # Errors
    /// Whatever invariant does not hold on the way.
    pub async fn comes(mut self) -> Result<(), Broken> {
        self.world.time.puts_right();
        self.world.functions.old_ones_answer(false);
        for function in self.world.functions.with_other_keys(self.world.keyring.changes_so_far()) {
            self.does(Deed::Starts(function)).await?;
        }
        self.world.functions.retire_the_old();
        let people = self.world.cast.borrow().people;
        for person in 0..people {
            self.arrives(person).await?;
        }
        self.outbox_is_emptied().await
    }

    async fn arrives(&mut self, person: usize) -> Result<(), Broken> {
        if !self.world.cast.borrow().can_be_mailed(person) {
            return Ok(());
        }
        let seat = Seat { person, device: 0 };
        for _ in 0..TRIES {
            if self.tries(seat).await? {
                return Ok(());
            }
            self.does(Deed::Waits(DAY)).await?;
        }
        if self.is_left_to_support(person) {
            return Ok(());
        }
        let page = self.world.browser(seat, |browser| browser.page());
        Err(self.broken(format!(
            "person {person} comes no further than «{}» ({})",
            page.heading, page.url
        )))
    }

    /// From the login on, whatever the pages ask for.
    ///
    /// # Returns
    /// Whether the person has come to the account that is theirs.
    async fn tries(&mut self, seat: Seat) -> Result<bool, Broken> {
        self.does(Deed::At(seat, Act::LogsIn(Login::Well))).await?;
        let own: Vec<_> = self.world.cast.borrow().mailable(seat.person).collect();
        let mut mailboxes = own.iter().cycle();
        for _ in 0..PAGES {
            let page = self.world.browser(seat, |browser| browser.page());
            let has_hits = page.forms_to("/bekreft").any(|form| !form.is_post);
            let act = match page.path() {
                _ if page.url.starts_with(PORTAL) => return Ok(self.has_one_account(seat.person)),
                "/ferdig" => return Ok(self.has_one_account(seat.person)),
                "/sok" if page.forms_to("/sok").next().is_some() => {
                    Act::Searches(*mailboxes.next().expect("somebody who can be mailed"))
                }
                "/treff" if has_hits => Act::Chooses(0),
                "/treff" if page.forms_to("/ny").next().is_some() => Act::WantsNewAccount,
                "/bekreft" if page.status == 200 => Act::Confirms,
                "/ny" if page.status == 200 => Act::ConfirmsNew(true),
                // A request that somebody stopped is told of with a way on to a search.
                "/sendt" if page.status == 200 => {
                    if self.link_for(seat.person).is_none() {
                        self.mail_goes_out(2).await?;
                    }
                    match self.link_for(seat.person) {
                        Some(mailbox) if page.leads_on(Waiting::GoesOn) => {
                            Act::OpensMail { mailbox, nth: 0, how: How::By(Purpose::Navigation) }
                        }
                        _ if page.leads_on(Waiting::Again)
                            && self.is_mailed_at_home(seat.person) =>
                        {
                            Act::Presses(Waiting::Again)
                        }
                        _ => Act::Presses(Waiting::Cancels),
                    }
                }
                "/b" if page.forms_to("/b").next().is_some() => Act::PressesLink,
                "/b" if page.asks_for_login() => Act::LogsIn(Login::ForLink),
                "/profil" if page.forms_to("/profil").next().is_some() => {
                    Act::Saves(Change::Nothing)
                }
                "/treff" => Act::Types(Place::Search),
                _ if page.links.iter().any(|link| link == "/sok") => Act::Types(Place::Search),
                _ => return Ok(false),
            };
            self.does(Deed::At(seat, act)).await?;
        }
        Ok(false)
    }

    fn has_one_account(&self, person: usize) -> bool {
        let books = self.checker.books();
        let theirs =
            books.people.iter().filter(|(key, _)| self.checker.person(key) == Some(person));
        let accounts: std::collections::BTreeSet<_> =
            theirs.map(|(_, item)| text(item, "account")).collect();
        accounts.len() == 1
    }

    /// Does the mail of the person's request go to a mailbox that they read?
    fn is_mailed_at_home(&self, person: usize) -> bool {
        let books = self.checker.books();
        let mut theirs =
            books.requests.iter().filter(|(key, _)| self.checker.person(key) == Some(person));
        let cast = self.world.cast.borrow();
        theirs.any(|(_, request)| {
            let mut mailboxes = cast.mailboxes_of(person);
            mailboxes.any(|n| cast.mailboxes[n].address == text(request, "email"))
        })
    }

    /// More accounts than a search shows, one that was closed to them by «Dette var ikke meg», or at each
    /// of their addresses nothing but accounts that are closed or taken: the page sends such a person to
    /// support.
    fn is_left_to_support(&self, person: usize) -> bool {
        let books = self.checker.books();
        let cast = self.world.cast.borrow();
        if books.ledgers.values().any(|ledger| self.is_closed_to(person, ledger)) {
            return true;
        }
        let named = |mailbox: usize| -> Vec<_> {
            let key = Email::parse(&cast.mailboxes[mailbox].address).expect("an address");
            books.accounts.values().filter(|item| text(item, "email_key") == key.key()).collect()
        };
        let is_open = |item: &&Value| {
            let belongs_to_somebody =
                ["person", "merged_into"].map(|name| item.get(name).is_some());
            text(item, "status") == "active" && belongs_to_somebody == [false, false]
        };
        let mailboxes: Vec<_> = cast.mailable(person).map(named).collect();
        let has_no_way = |found: &Vec<_>| !found.is_empty() && !found.iter().any(is_open);
        mailboxes.iter().all(has_no_way)
            || mailboxes.iter().any(|found| found.len() > limits::HITS_SHOWN)
    }

    /// By a freeze for this person, or by one under a key that lives no more, which closes to all.
    fn is_closed_to(&self, person: usize, ledger: &Value) -> bool {
        let freezes = ledger["frozen"]["M"].as_object();
        let lives = |key: &str| {
            let versions = self.world.keyring.versions(Set::Pid);
            versions.iter().any(|version| key.starts_with(&format!("{version}-")))
        };
        freezes
            .into_iter()
            .flat_map(|all| all.values())
            .filter_map(|key| key["S"].as_str())
            .any(|key| self.checker.person(key) == Some(person) || !lives(key))
    }

    /// The mailbox that holds a link of the person's request as it is now. One that was called off
    /// may stand beside it, under an older key.
    fn link_for(&self, person: usize) -> Option<usize> {
        let books = self.checker.books();
        let mut theirs = books.requests.iter().filter(|(key, request)| {
            self.checker.person(key) == Some(person) && text(request, "progress") == "open"
        });
        let cast = self.world.cast.borrow();
        theirs.find_map(|(_, request)| {
            let digest = text(request, "digest");
            let mut mailboxes = cast.mailboxes_of(person);
            mailboxes.find(|mailbox| {
                self.world.link_in(*mailbox, 0).is_some_and(|link| {
                    let token = link.split_once("t=").map_or("", |(_, token)| token);
                    super::books::digest_of(token) == digest
                })
            })
        })
    }

    /// Some minutes, each with its sweep.
    async fn mail_goes_out(&mut self, minutes: usize) -> Result<(), Broken> {
        for _ in 0..minutes {
            self.does(Deed::Waits(61)).await?;
            self.does(Deed::Sweeper).await?;
        }
        Ok(())
    }

    async fn outbox_is_emptied(&mut self) -> Result<(), Broken> {
        for _ in 0..MINUTES {
            if self.owed() == 0 {
                return Ok(());
            }
            self.mail_goes_out(1).await?;
        }
        Err(self.broken(format!("{} mails are still owed after {MINUTES} minutes", self.owed())))
    }

    fn owed(&self) -> usize {
        let books = self.checker.books();
        let requests = books.requests.values().filter(|item| item.get("outbox_due").is_some());
        requests.count() + books.receipts.len()
    }

    async fn does(&mut self, deed: Deed) -> Result<(), Broken> {
        let world = self.world;
        let mut activity = Activity::new(self.step, async move { perform(world, &deed).await });
        self.conductor.goes_on(&mut activity, &mut Nothing).await;
        self.checker.looks(world, self.step)?;
        self.step += 1;
        Ok(())
    }

    fn broken(&self, what: String) -> Broken {
        Broken { invariant: NAME, what, step: self.step }
    }
}
