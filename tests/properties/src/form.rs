//! Forms and queries.

use kontobro::{
    domain::{limits, profile::Profile},
    web::Fields,
};

/// What is taken is taken again when it is written out, and says the same; no name stands twice,
/// and there are not too many; a changed value is the only change. A profile that is good is good
/// again as it was read, and has nothing invisible in it.
pub fn holds(data: &[u8]) {
    let Ok(fields) = Fields::parse(data) else { return };
    let all = fields.all();
    let again = Fields::parse(all.as_bytes()).expect("taken before");
    assert_eq!(again.all(), all);
    let pairs = |all: &[u8]| all.split(|byte| *byte == b'&').filter(|it| !it.is_empty()).count();
    assert_eq!(pairs(data), pairs(all.as_bytes()), "nothing is left out");
    let names: Vec<_> = all.split('&').filter_map(|pair| pair.split('=').next()).collect();
    assert!(names.len() <= limits::FIELDS);
    assert!((1..names.len()).all(|at| !names[..at].contains(&names[at])));
    for name in names.iter().filter(|name| name.chars().all(char::is_alphanumeric)) {
        let changed = Fields::parse(again.with(name, "new & more").as_bytes());
        assert_eq!(changed.expect("as many names").text(name), "new & more");
    }
    profile(["fornavn", "etternavn", "epost", "telefon"].map(|name| fields.text(name)));
}

fn profile(typed: [&str; 4]) {
    let Ok(profile) = Profile::check(typed, None) else { return };
    let Profile { first_name, last_name, phone, email } = &profile;
    let read = [first_name, last_name, email.as_given(), phone];
    let again = Profile::check(read, None).unwrap_or_else(|_| panic!("good before"));
    let same = [&again.first_name, &again.last_name, again.email.as_given(), &again.phone];
    assert_eq!(same, read);
    for name in [first_name, last_name] {
        assert!(!name.is_empty() && name.chars().count() <= limits::NAME_CHARS);
        assert!(!name.contains(char::is_control));
    }
    assert!(phone.chars().all(|c| c.is_ascii_digit() || " +".contains(c)), "{phone}");
}
