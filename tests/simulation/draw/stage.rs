//! Who and what there is.

use rand::{Rng as _, rngs::StdRng, seq::SliceRandom as _};

use crate::cast::{Cast, Mailbox, OldAccount};

/// Two to six people, their mailboxes, two to eight old accounts.
pub fn cast(rng: &mut StdRng) -> Cast {
    let people = *[2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6].choose(rng).expect("not empty");
    let mut mailboxes = Vec::new();
    for person in 0..people {
        let address = match rng.gen_range(0..8) {
            0 => format!("Person{person}@Example.NO"),
            1 => format!("pørson{person}@example.no"), // SES takes no such address
            _ => format!("person{person}@example.no"),
        };
        mailboxes.push(Mailbox { address, readers: vec![person] });
        if rng.gen_ratio(1, 3) {
            let address = format!("person{person}@work.example.com");
            mailboxes.push(Mailbox { address, readers: vec![person] });
        }
    }
    if rng.gen_ratio(1, 3) {
        let address = "familien@example.org".to_owned();
        mailboxes.push(Mailbox { address, readers: vec![0, 1] });
    }
    let accounts = (0..rng.gen_range(2..=8)).map(|_| OldAccount {
        mailbox: rng.gen_range(0..mailboxes.len()),
        is_closed: rng.gen_ratio(1, 10),
    });
    let accounts = accounts.collect();
    Cast { people, mailboxes, accounts }
}
