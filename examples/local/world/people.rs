//! The people one can log in as: synthetic, each with a story in `events/accounts.csv`.

/// A test person on the stand-in's login page.
pub struct Person {
    /// Synthetic identity number: 80 added to the month, so that nobody has it.
    pub pid: &'static str,
    /// First and last name, as in the account.
    pub name: &'static str,
    /// The address to search for.
    pub address: &'static str,
    /// What is special.
    pub story: &'static str,
}

impl Person {
    /// As the stand-in takes it.
    pub fn on_the_login_page(&self) -> standins::idporten::Person {
        standins::idporten::Person { name: self.name.to_owned(), pid: self.pid.to_owned() }
    }
}

/// Everyone, in the order of the login page.
pub const PEOPLE: [Person; 9] = [
    person("01819010001", "Kari Nordmann", "kari.nordmann@example.no", "one old account"),
    person(
        "17858420075",
        "Ola Nordmann",
        "ola.nordmann@example.no",
        "saved with capitals in the address",
    ),
    person("23897130041", "Bjørn Åsen", "bjørn.åsen@example.no", "æøå in the address"),
    person(
        "04917940067",
        "Kari Hansen",
        "familien.hansen@example.org",
        "two accounts on one address",
    ),
    person("30865210074", "Gunnar Moe", "gunnar.moe@example.no", "closed"),
    person("12839530011", "Ingrid Vik", "ingrid.vik@example.no", "never used"),
    person("48888810008", "Agnieszka Kowalska", "agnieszka.kowalska@example.com", "has a d-number"),
    person("06829320183", "Sárá Joks", "sara.joks@example.no", "a Sámi name"),
    person("29820460160", "Nora Ny", "nora.ny@example.no", "has no account: makes a new one"),
];

const fn person(
    pid: &'static str,
    name: &'static str,
    address: &'static str,
    story: &'static str,
) -> Person {
    Person { pid, name, address, story }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Skatteetaten's rule for numbers issued before 2032: two control digits, modulo 11.
    fn has_right_control_digits(pid: &str) -> bool {
        let digits: Vec<u32> = pid.chars().filter_map(|digit| digit.to_digit(10)).collect();
        let sum = |weights: &[u32]| digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>();
        sum(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
            && sum(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
    }

    #[test]
    fn every_test_person_has_a_synthetic_number_of_their_own() {
        for (at, person) in PEOPLE.iter().enumerate() {
            let pid = kontobro::domain::Pid::from_claim(person.pid).expect("eleven digits");
            assert!(pid.is_synthetic() && has_right_control_digits(person.pid), "{}", person.name);
            assert!(PEOPLE[..at].iter().all(|other| other.pid != person.pid), "{}", person.name);
        }
    }
}
