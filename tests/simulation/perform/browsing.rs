//! What people do at their browsers.

use lambda_http::http::Method;

use crate::jar::Jar;
use crate::{
    browser::{Browser, Going, Purpose, Seat, Source, origin_of},
    cast::Cast,
    deed::{Act, Change, How, Login, Place},
    page::{Form, Page},
    world::{KONTOBRO, World},
};

pub async fn acts(world: &World, seat: Seat, act: &Act, stays: bool) {
    if let Act::LogsIn(how) = act {
        return logs_in(world, seat, (seat.person, *how), stays).await;
    }
    if let Act::AnotherLogsIn(person) = act {
        return logs_in(world, seat, (*person, Login::ForLink), stays).await;
    }
    if let Act::OpensMail { mailbox, nth, how } = act {
        return opens_mail(world, seat, (*mailbox, *nth), *how, stays).await;
    }
    match way(world, seat, act) {
        Some(going) if *act == Act::LogsOutHereAlone && stays => world.leaves(seat, &going).await,
        Some(going) => world.goes(seat, going, stays).await,
        None => {}
    }
}

/// Where an act leads, if it makes sense on this page.
fn way(world: &World, seat: Seat, act: &Act) -> Option<Going> {
    let page = world.browser(seat, |browser| browser.page());
    match act {
        Act::Types(place) => Some(Going::typed(path(*place))),
        Act::Searches(mailbox) => {
            let address = world.cast.borrow().mailboxes.get(*mailbox)?.address.clone();
            press(&page, "/sok", |_| true, &[("epost", &address)])
        }
        Act::Chooses(nth) => {
            sent(&page, page.forms_to("/bekreft").filter(|form| !form.is_post).nth(*nth)?, 0, &[])
                .into()
        }
        Act::Confirms => press(&page, "/bekreft", |form| form.is_post, &[]),
        Act::WantsNewAccount => press(&page, "/ny", |form| !form.is_post, &[]),
        Act::ConfirmsNew(ticked) => {
            press(&page, "/ny", |form| form.is_post, if *ticked { &[("ny", "ja")] } else { &[] })
        }
        Act::Presses(button) => {
            let form = page.forms_to("/sendt").next()?;
            let button = form.buttons.iter().position(|(_, sends)| sends == button.value())?;
            sent(&page, form, button, &[]).into()
        }
        Act::PressesLink => press(&page, "/b", |_| true, &[]),
        Act::DidNotAsk => {
            let from = Source::Page(origin_of(&page.url));
            Some(Going::to(&format!("{KONTOBRO}{}", page.way_to_stop()?), from))
        }
        Act::LeavesForLink => {
            let has_link = |form: &Form| form.fields.iter().any(|(name, _)| name == "t");
            press(&page, "/logg-ut", has_link, &[])
        }
        Act::Saves(change) => saves(world, &page, *change),
        Act::LogsOut | Act::LogsOutHereAlone => press(&page, "/logg-ut", |_| true, &[]),
        Act::Reloads => {
            world.browser(seat, |browser| browser.last()).filter(|last| last.method == Method::GET)
        }
        Act::Again => world.browser(seat, |browser| browser.last()),
        Act::GoesBack => {
            world.browser(seat, Browser::goes_back);
            None
        }
        Act::SendsOldForm { back, form } => {
            let old = world.browser(seat, |browser| browser.page_before(*back).cloned())?;
            sent(&old, old.forms.get(*form)?, 0, &[]).into()
        }
        Act::SendsFormOf { seat: other, form } => {
            let theirs = world.browser(*other, |browser| browser.page());
            let form = theirs.forms.get(*form)?;
            let own =
                page.forms.iter().flat_map(|form| &form.fields).find(|(name, _)| name == "csrf");
            let csrf = own.map(|(name, value)| (name.as_str(), value.as_str()));
            sent(&theirs, form, 0, csrf.as_slice()).into()
        }
        Act::TakesCookie { seat: other, name } => {
            let theirs =
                world.browser(*other, |browser| browser.jar.get(name).map(str::to_owned))?;
            world.browser(seat, |browser| browser.jar.set(name, &theirs));
            None
        }
        Act::ForgesCookie { name, at } => {
            world.browser(seat, |browser| forges(&mut browser.jar, name, *at));
            None
        }
        Act::LogsIn(_) | Act::AnotherLogsIn(_) | Act::OpensMail { .. } => {
            unreachable!("done above")
        }
    }
}

fn path(place: Place) -> &'static str {
    match place {
        Place::Start => "/",
        Place::Search => "/sok",
        Place::Hits => "/treff",
        Place::Sent => "/sendt",
        Place::Profile => "/profil",
        Place::Done => "/ferdig",
        Place::LogOut => "/logg-ut",
        Place::LoggedOut => "/logget-ut",
        Place::Return => "/logg-inn/svar?code=x&state=y",
        Place::Link => "/b",
    }
}

/// Presses the first button of the first such form.
fn press(
    page: &Page,
    action: &str,
    fits: impl Fn(&Form) -> bool,
    typed: &[(&str, &str)],
) -> Option<Going> {
    sent(page, page.forms_to(action).find(|form| fits(form))?, 0, typed).into()
}

/// What sending a form of a page asks for.
fn sent(page: &Page, form: &Form, button: usize, typed: &[(&str, &str)]) -> Going {
    let data = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form.filled(button, typed))
        .finish();
    let from = Source::Page(origin_of(&page.url));
    let action = if form.action.starts_with('/') {
        format!("{}{}", origin_of(&page.url), form.action)
    } else {
        form.action.clone()
    };
    if form.is_post {
        Going { method: Method::POST, body: data, ..Going::to(&action, from) }
    } else {
        Going::to(&format!("{action}?{data}"), from)
    }
}

fn saves(world: &World, page: &Page, change: Change) -> Option<Going> {
    let form = page.forms_to("/profil").next()?;
    let name;
    let mut typed = vec![];
    // A new account's profile is empty: whoever saves it fills it in.
    let names = ["fornavn", "etternavn"];
    for empty in
        form.fields.iter().filter(|(name, value)| value.is_empty() && names.contains(&&**name))
    {
        typed.push((empty.0.as_str(), "Ny"));
    }
    let address;
    match change {
        Change::Nothing => {}
        Change::Name(n) => {
            name = format!("Nytt {n}");
            typed.push(("fornavn", &name));
        }
        Change::Email(mailbox) => {
            address = world.cast.borrow().mailboxes.get(mailbox)?.address.clone();
            typed.push(("epost", &address));
        }
        Change::Faulty => typed.push(("etternavn", "\u{202e}")),
    }
    sent(page, form, 0, &typed).into()
}

/// One letter is another.
fn forges(jar: &mut Jar, name: &str, at: usize) {
    let Some(value) = jar.get(name) else { return };
    let mut letters: Vec<_> = value.chars().collect();
    let at = at % letters.len().max(1);
    if let Some(letter) = letters.get_mut(at) {
        *letter = if *letter == 'A' { 'B' } else { 'A' };
    }
    let forged: String = letters.into_iter().collect();
    jar.set(name, &forged);
}

/// From wherever one is, through ID-porten's page, to where that leads.
async fn logs_in(world: &World, seat: Seat, (person, how): (usize, Login), stays: bool) {
    let path = match how {
        Login::Afresh => "/logg-inn?til=profil",
        Login::ForLink => "/logg-inn?til=lenke",
        Login::Well | Login::Cancelled | Login::Weakly => "/logg-inn",
    };
    world.goes(seat, Going::typed(path), stays).await;
    let page = world.browser(seat, |browser| browser.page());
    let asks =
        page.url.starts_with(&world.issuer).then(|| page.forms_to("/login").next()).flatten();
    let Some(form) = asks else { return };
    let pid = Cast::pid(person);
    let filled: &[(&str, &str)] = match how {
        Login::Well | Login::Afresh | Login::ForLink => {
            &[("pid", pid), ("level", "idporten-loa-substantial"), ("action", "login")]
        }
        Login::Cancelled => &[("action", "cancel")],
        Login::Weakly => &[("pid", pid), ("level", "idporten-loa-low"), ("action", "login")],
    };
    world.goes(seat, sent(&page, form, usize::MAX, filled), stays).await;
}

async fn opens_mail(
    world: &World,
    seat: Seat,
    (mailbox, nth): (usize, usize),
    how: How,
    stays: bool,
) {
    let Some(link) = world.link_in(mailbox, nth) else { return };
    let going = Going::to(&link, Source::Elsewhere);
    let scanner = Jar::default();
    match how {
        How::By(purpose) => world.goes(seat, Going { purpose, ..going }, stays).await,
        How::Head => {
            let going = Going { method: Method::HEAD, ..going };
            world.asks(seat, &going).await;
        }
        How::ScannerGet => {
            world.answers_without(&Going { purpose: Purpose::Nothing, ..going }, &scanner).await;
        }
        How::ScannerPost => {
            let token = link.split_once("t=").map_or("", |(_, token)| token);
            let (method, body) = (Method::POST, format!("t={token}"));
            let going = Going {
                method,
                body,
                purpose: Purpose::Nothing,
                ..Going::to(&format!("{KONTOBRO}/b"), Source::Elsewhere)
            };
            world.answers_without(&going, &scanner).await;
        }
    }
}
