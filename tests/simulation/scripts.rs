//! The journeys of the crash sweep: together they come by every call that a function makes.

use kontobro::bundle::Bundle;

use super::{
    browser::{Purpose, Seat},
    cast::{Cast, Mailbox, OldAccount},
    deed::{Act, Change, Deed, How, Login, News, Place, Told, Waiting},
    keyring::Set,
};

/// Name, cast, deeds.
pub type Script = (&'static str, Cast, Vec<Deed>);

pub fn all() -> Vec<Script> {
    let one = |old| cast(1, old);
    vec![
        ("slå sammen", one(true), [links(), at([Act::Saves(Change::Name(1))]), mail()].concat()),
        ("ny konto", one(false), [creates(), at([Act::Saves(Change::Name(1))]), mail()].concat()),
        ("ny adresse", one(true), [links(), changes_address(), mail()].concat()),
        ("en konto til", two_old_ones(), [links(), gathers(), mail()].concat()),
        ("venter", one(true), [asks(), waits()].concat()),
        ("en annen nettleser", one(true), [asks(), elsewhere()].concat()),
        ("uten skript", one(true), [asks(), button()].concat()),
        ("delt maskin", cast(2, true), shared_machine()),
        ("utlogging", one(true), logouts()),
        ("ny nøkkel", one(true), [links(), new_key()].concat()),
        ("ny nøkkel underveis", one(true), [asks(), new_key(), at([opens(0)])].concat()),
        ("to om én", cast(2, true), two_want_it()),
        ("kaldstart", one(true), cold_starts()),
    ]
}

fn cast(people: usize, has_old_account: bool) -> Cast {
    let mailbox =
        |n: usize| Mailbox { address: format!("a{n}@example.no"), readers: (0..people).collect() };
    let old = OldAccount { mailbox: 0, is_closed: false };
    Cast {
        people,
        mailboxes: vec![mailbox(0), mailbox(1)],
        accounts: has_old_account.then_some(old).into_iter().collect(),
    }
}

fn two_old_ones() -> Cast {
    let mut cast = cast(1, true);
    cast.accounts.push(OldAccount { mailbox: 1, is_closed: false });
    cast
}

fn at<const N: usize>(acts: [Act; N]) -> Vec<Deed> {
    by(Seat { person: 0, device: 0 }, acts)
}

fn by<const N: usize>(seat: Seat, acts: [Act; N]) -> Vec<Deed> {
    acts.map(|act| Deed::At(seat, act)).into()
}

fn opens(mailbox: usize) -> Act {
    Act::OpensMail { mailbox, nth: 0, how: How::By(Purpose::Navigation) }
}

fn asks() -> Vec<Deed> {
    at([Act::LogsIn(Login::Well), Act::Searches(0), Act::Chooses(0), Act::Confirms])
}

fn links() -> Vec<Deed> {
    [asks(), at([opens(0)])].concat()
}

fn creates() -> Vec<Deed> {
    at([
        Act::LogsIn(Login::Well),
        Act::Searches(0),
        Act::WantsNewAccount,
        Act::ConfirmsNew(true),
        opens(0),
    ])
}

fn mail() -> Vec<Deed> {
    let news = [News::Sent, News::Delivered].map(|news| Deed::News(0, news));
    [vec![Deed::Waits(61), Deed::Sweeper], news.into()].concat()
}

fn changes_address() -> Vec<Deed> {
    at([
        Act::LogsIn(Login::Afresh),
        Act::Saves(Change::Email(1)),
        opens(1),
        Act::Types(Place::Profile),
        Act::Types(Place::Done),
    ])
}

fn gathers() -> Vec<Deed> {
    at([
        Act::Types(Place::Search),
        Act::Searches(1),
        Act::Chooses(0),
        Act::Confirms,
        opens(1),
        Act::Types(Place::Done),
    ])
}

fn waits() -> Vec<Deed> {
    let again = at([Act::Presses(Waiting::Again), Act::Presses(Waiting::GoesOn)]);
    let cancels = at([Act::Presses(Waiting::Cancels), Act::Types(Place::Hits)]);
    let bounces = vec![Deed::News(0, News::Delayed), Deed::News(0, News::Bounced)];
    [vec![Deed::Waits(130)], again, bounces, cancels].concat()
}

fn elsewhere() -> Vec<Deed> {
    by(Seat { person: 0, device: 1 }, [opens(0), Act::LogsIn(Login::Well)])
}

fn button() -> Vec<Deed> {
    let how = How::By(Purpose::Nothing);
    at([Act::OpensMail { mailbox: 0, nth: 0, how }, Act::PressesLink, Act::Types(Place::Sent)])
}

/// Half an hour after its owner asked, somebody else opens the mail in their browser; then the owner.
fn shared_machine() -> Vec<Deed> {
    [
        asks(),
        vec![Deed::Waits(11 * 60)],
        at([opens(0), Act::LeavesForLink, Act::AnotherLogsIn(1)]),
        at([Act::LogsIn(Login::ForLink), Act::Types(Place::Sent)]),
        vec![Deed::Waits(20 * 60)],
        at([Act::Types(Place::Sent)]),
        vec![Deed::Waits(11 * 60)],
        at([opens(0), Act::LogsIn(Login::ForLink)]),
    ]
    .concat()
}

fn logouts() -> Vec<Deed> {
    let logs_in = || at([Act::LogsIn(Login::Well)]);
    [
        at([Act::LogsIn(Login::Well), Act::Types(Place::LogOut), Act::LogsOut]),
        at([Act::LogsIn(Login::Well), Act::LogsOutHereAlone, Act::LogsIn(Login::Well)]),
        logs_in(),
        vec![Deed::Ends(0, Told::Back), Deed::ReplaysLogout],
        logs_in(),
        vec![Deed::Ends(0, Told::Front)],
        logs_in(),
        vec![Deed::Ends(0, Told::BackBySubject), Deed::NewSigningKey],
        at([Act::LogsIn(Login::Well), Act::Types(Place::Return), Act::Types(Place::Start)]),
    ]
    .concat()
}

/// Another pid key, in the two steps that bring it into use, and a login that takes it.
fn new_key() -> Vec<Deed> {
    let step = || {
        let changed = vec![Deed::ChangesKey(Set::Pid)];
        let started = Bundle::FUNCTIONS.iter().map(|function| Deed::Starts((*function).to_owned()));
        [changed, started.collect()].concat()
    };
    [step(), step(), at([Act::LogsIn(Login::Well)])].concat()
}

fn two_want_it() -> Vec<Deed> {
    let other = Seat { person: 1, device: 0 };
    let asks_too =
        by(other, [Act::LogsIn(Login::Well), Act::Searches(0), Act::Chooses(0), Act::Confirms]);
    [asks_too, links(), by(other, [Act::Types(Place::Sent), Act::LogsIn(Login::Well)])].concat()
}

fn cold_starts() -> Vec<Deed> {
    Bundle::FUNCTIONS.iter().map(|function| Deed::Starts((*function).to_owned())).collect()
}
