use super::*;
use crate::domain::{Pid, PidKeys};

const KARI: &str = "01819010001";
const OLA: &str = "01819010281";

fn person(digits: &str) -> Person {
    let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
    keys.person(Pid::from_claim(digits).expect("eleven digits"))
}

fn keys() -> LinkKeys {
    LinkKeys::new([(1, vec![2; 32])]).expect("one key")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("in range")
}

fn request_by(person: &Person, random: u8) -> Request {
    Request {
        id: RequestId::new(at(0), [random; 10]),
        generation: 1,
        person: person.key().clone(),
        wish: Wish::Link,
        account: AccountId::new(at(0), [1; 10]),
        account_version: 1,
        email: Email::parse("kari@example.no").expect("an address"),
        card: Card::new(["Kari", "Nordmann", "kari1"], None, None),
        language: "nb".into(),
        asked_at: at(0),
        expires_at: at(0) + limits::LINK,
        progress: Progress::Open,
        mail: MailState::HandedOver,
        mailed_at: at(0),
        mails_today: 1,
    }
}

fn confirm(
    request: Option<Request>,
    by: &str,
    link: &Link,
    at: Timestamp,
) -> Result<(), LinkRefusal> {
    Request::confirm(request, &person(by), link, &keys(), at).map(|_| ())
}

#[test]
fn t43_who_asked_confirms_until_but_not_at_the_expiry() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys());
    let last = request.expires_at - jiff::SignedDuration::from_secs(1);
    assert_eq!(confirm(Some(request.clone()), KARI, &link, last), Ok(()));
    assert_eq!(
        confirm(Some(request.clone()), KARI, &link, request.expires_at),
        Err(LinkRefusal::Expired)
    );
}

#[test]
fn t44_another_person_is_refused_first_of_all_whatever_they_have_themselves() {
    let link = request_by(&person(KARI), 1).link(&keys());
    for own in [None, Some(request_by(&person(OLA), 2))] {
        assert_eq!(confirm(own, OLA, &link, at(1)), Err(LinkRefusal::OtherPerson));
    }
}

#[test]
fn t47_a_newer_mail_and_a_newer_request_both_replace_the_link() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys());
    let newer_mail = request.clone().resent(&person(KARI), at(300));
    assert_eq!(confirm(Some(newer_mail), KARI, &link, at(301)), Err(LinkRefusal::Replaced));
    let newer_request = request_by(&person(KARI), 2);
    assert_eq!(
        confirm(Some(newer_request.clone()), KARI, &link, at(301)),
        Err(LinkRefusal::Replaced)
    );
    let gone = Request { progress: Progress::Cancelled, ..newer_request };
    assert_eq!(confirm(Some(gone), KARI, &link, at(301)), Err(LinkRefusal::Expired));
}

#[test]
fn a_link_that_did_its_work_or_was_called_off_says_so() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys());
    let used = Request { progress: Progress::Confirmed, ..request.clone() };
    let cancelled = Request { progress: Progress::Cancelled, ..request.clone() };
    let stopped = Request { progress: Progress::Stopped, ..request };
    assert_eq!(confirm(Some(used), KARI, &link, at(1)), Err(LinkRefusal::Used));
    assert_eq!(confirm(Some(cancelled), KARI, &link, at(1)), Err(LinkRefusal::Cancelled));
    assert_eq!(confirm(Some(stopped), KARI, &link, at(1)), Err(LinkRefusal::Stopped));
    assert_eq!(confirm(None, KARI, &link, at(1)), Err(LinkRefusal::Expired));
}

#[test]
fn t39_mails_are_spaced_out_and_counted_by_the_day() {
    let first = request_by(&person(KARI), 1);
    assert_eq!(first.may_resend(at(119)), Err(at(120)));
    assert_eq!(first.may_resend(at(120)), Ok(()));
    let second = first.resent(&person(KARI), at(120));
    let third = second.resent(&person(KARI), at(240));
    assert_eq!(third.mails_today, limits::MAILS_PER_PERSON_AND_DAY);
    let midnight = third.may_resend(at(1_000)).expect_err("three today");
    assert_eq!(midnight.as_second() % 86_400, 0);
    assert_eq!(third.may_resend(midnight), Ok(()));
    assert_eq!(third.resent(&person(KARI), midnight).mails_today, 1);
}

#[test]
fn t39_a_mail_asked_for_by_a_clock_that_is_behind_counts_on_and_is_the_newer() {
    let first = Request { mailed_at: at(100), mails_today: 1, ..request_by(&person(KARI), 1) };
    assert_eq!(Request::next_mail_at(None, at(40)), at(40));
    assert_eq!(Request::next_mail_at(Some(&first), at(40)), at(100));
    assert_eq!(Request::next_mail_at(Some(&first), at(140)), at(140));
    let second = first.resent(&person(KARI), at(40));
    assert_eq!((second.mailed_at, second.mails_today), (at(100), 2));
}

#[test]
fn t47_a_request_waits_until_its_link_expires_and_no_second_longer() {
    let request = request_by(&person(KARI), 1);
    assert!(request.is_waiting(at(86_399)));
    assert!(!request.is_waiting(request.expires_at));
    assert_eq!(request.expires_at, at(86_400));
}

#[test]
fn the_reference_is_short_and_says_nothing_of_the_time() {
    let early = RequestId::new(at(0), [7; 10]).reference();
    let late = RequestId::new(at(999_999), [7; 10]).reference();
    assert_eq!(early, late);
    assert_eq!(early.len(), 9);
}
