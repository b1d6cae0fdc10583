//! Two persons, under an old and a new pid key.

use std::sync::LazyLock;

use kontobro::domain::{Person, Pid, PidKeys};

/// Both, known under both keys.
pub static PEOPLE: LazyLock<[Person; 2]> = LazyLock::new(|| {
    let keys = PidKeys::new([(2, vec![2; 32]), (1, vec![1; 32])]).expect("two keys");
    let person = |pid| keys.person(Pid::from_claim(pid).expect("eleven digits"));
    ["01819010001", "01819010281"].map(person)
});
