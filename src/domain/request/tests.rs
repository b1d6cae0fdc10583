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
        link_key: 1,
        earlier: Vec::new(),
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
    let link = request.link(&keys()).expect("the key is there");
    let last = request.expires_at - jiff::SignedDuration::from_secs(1);
    assert_eq!(confirm(Some(request.clone()), KARI, &link, last), Ok(()));
    assert_eq!(
        confirm(Some(request.clone()), KARI, &link, request.expires_at),
        Err(LinkRefusal::Expired)
    );
}

#[test]
fn t44_another_person_is_refused_first_of_all_whatever_they_have_themselves() {
    let link = request_by(&person(KARI), 1).link(&keys()).expect("the key is there");
    for own in [None, Some(request_by(&person(OLA), 2))] {
        assert_eq!(confirm(own, OLA, &link, at(1)), Err(LinkRefusal::OtherPerson));
    }
}

/// A request of Kari's for something else, asked for in place of `before`.
fn next_after(before: &Request, random: u8, at: Timestamp) -> Request {
    let id = RequestId::new(at, [random; 10]);
    let expires_at = at + limits::LINK;
    let earlier = EarlierRequest::replaced(Some(before), at);
    let next = request_by(&person(KARI), random);
    Request { id, asked_at: at, mailed_at: at, expires_at, earlier, ..next }
}

#[test]
fn t47_a_newer_mail_and_a_newer_request_replace_the_link_each_in_its_way() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys()).expect("the key is there");
    let newer_mail = request.clone().resent(&person(KARI), &keys(), at(300));
    assert_eq!(confirm(Some(newer_mail), KARI, &link, at(301)), Err(LinkRefusal::NewerMail));
    let newer = next_after(&request, 2, at(300));
    assert_eq!(confirm(Some(newer.clone()), KARI, &link, at(301)), Err(LinkRefusal::Replaced));
    for progress in [Progress::Confirmed, Progress::Cancelled, Progress::Stopped] {
        let over = Request { progress, ..newer.clone() };
        assert_eq!(confirm(Some(over), KARI, &link, at(301)), Err(LinkRefusal::Replaced));
    }
}

#[test]
fn t47_a_link_that_did_its_work_or_was_called_off_says_so_whatever_was_asked_for_since() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys()).expect("the key is there");
    for (progress, refusal) in [
        (Progress::Confirmed, LinkRefusal::Used),
        (Progress::Cancelled, LinkRefusal::Cancelled),
        (Progress::Stopped, LinkRefusal::Stopped(Wish::Link)),
    ] {
        let over = Request { progress, ..request.clone() };
        assert_eq!(confirm(Some(over.clone()), KARI, &link, at(1)), Err(refusal));
        let mut newest = over;
        for random in 2..=7 {
            newest = next_after(&newest, random, at(i64::from(random)));
            assert_eq!(confirm(Some(newest.clone()), KARI, &link, at(9)), Err(refusal));
        }
        // No person has so many mails within the life of a link.
        newest = next_after(&newest, 8, at(8));
        assert_eq!(confirm(Some(newest), KARI, &link, at(9)), Err(LinkRefusal::Unknown));
    }
}

#[test]
fn t47_a_link_that_nobody_remembers_is_too_old_if_its_age_says_so() {
    let request = request_by(&person(KARI), 1);
    let link = request.link(&keys()).expect("the key is there");
    let other = next_after(&request_by(&person(KARI), 3), 4, at(1));
    for newest in [None, Some(other)] {
        let late = request.expires_at;
        let before = late - jiff::SignedDuration::from_secs(1);
        assert_eq!(confirm(newest.clone(), KARI, &link, before), Err(LinkRefusal::Unknown));
        assert_eq!(confirm(newest, KARI, &link, late), Err(LinkRefusal::Expired));
    }
    let replaced_late = next_after(&request, 2, request.expires_at);
    let at = request.expires_at + jiff::SignedDuration::from_secs(1);
    assert_eq!(confirm(Some(replaced_late), KARI, &link, at), Err(LinkRefusal::Expired));
}

#[test]
fn t39_mails_are_spaced_out_and_counted_by_the_day() {
    let first = request_by(&person(KARI), 1);
    assert_eq!(first.may_resend(at(119)), Err(at(120)));
    assert_eq!(first.may_resend(at(120)), Ok(()));
    let second = first.resent(&person(KARI), &keys(), at(120));
    let third = second.resent(&person(KARI), &keys(), at(240));
    assert_eq!(third.mails_today, limits::MAILS_PER_PERSON_AND_DAY);
    let midnight = third.may_resend(at(1_000)).expect_err("three today");
    assert_eq!(midnight.as_second() % 86_400, 0);
    assert_eq!(third.may_resend(midnight), Ok(()));
    assert_eq!(third.resent(&person(KARI), &keys(), midnight).mails_today, 1);
}

#[test]
fn t39_a_mail_asked_for_by_a_clock_that_is_behind_counts_on_and_is_the_newer() {
    let first = Request { mailed_at: at(100), mails_today: 1, ..request_by(&person(KARI), 1) };
    assert_eq!(Request::next_mail_at(None, at(40)), at(40));
    assert_eq!(Request::next_mail_at(Some(&first), at(40)), at(100));
    assert_eq!(Request::next_mail_at(Some(&first), at(140)), at(140));
    let second = first.resent(&person(KARI), &keys(), at(40));
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
