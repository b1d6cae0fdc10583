//! What staff take back: `src/store/take_back.rs`, `src/store/gathered.rs`.

use crate::{
    Merge, Rule,
    work::Ledger,
    world::{Account, AccountId, MADE, World},
};

impl Merge {
    /// Is it somebody's, and is nothing gathered into it? What was made for its owner stays theirs.
    pub(crate) fn may_take_back(&self, world: &World, account: &Account) -> bool {
        let mut others = world.accounts.iter();
        let has_gathered = others.any(|other| other.merged_into == Some(account.id));
        let is_given = account.person.is_some() || account.merged_into.is_some();
        account.id < MADE && is_given && self.holds(Rule::TakeBackAlone, !has_gathered)
    }

    /// `Store::take_back`: nobody's again, and of another version.
    pub(crate) fn take_back(&self, world: &mut World, id: AccountId) {
        world.takings_back -= 1;
        self.chain(world, usize::MAX, id, Ledger::Fresh);
        for has in world.people.iter_mut().flatten() {
            *has = has.filter(|account| *account != id);
        }
        if let Some(account) = world.account_mut(id) {
            let version = account.version + 1;
            *account = Account { version, moved: account.moved, ..Account::new(id) };
        }
    }
}
