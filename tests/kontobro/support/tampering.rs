//! What happens to the store without Kontobro: an import, the portal, support.

use kontobro::domain::{AccountId, LogoutHandle, LogoutId, RequestId, request::MailState};
use serde_json::{Value, json};

use super::{
    books::{Books, number, text},
    kontobro::Kontobro,
};
use crate::world::settings::TABLES;

const ACCOUNTS: &str = TABLES[0].1;
const PENDING: &str = TABLES[1].1;

impl Kontobro {
    /// Sets an attribute of the account with this address. The books need not balance after that.
    pub fn alters(&self, address: &str, attribute: &str, value: Value) {
        self.is_tampered_with();
        let mut account = self.books().account(address).clone();
        account[attribute] = value;
        self.writes(ACCOUNTS, &account);
    }

    /// Whoever waits: their mail is where it was, as if no news had come since.
    pub fn mail_is(&self, state: MailState) {
        let mut request = self.only("REQUEST");
        request["mail"] = json!({ "N": state.rank().to_string() });
        self.writes(PENDING, &request);
    }

    /// The request of whoever waits loses what nobody can do without.
    pub fn garbles_what_waits(&self) {
        self.is_tampered_with();
        let mut request = self.only("REQUEST");
        request.as_object_mut().expect("an item").remove("email");
        self.writes(PENDING, &request);
    }

    /// Something else has been written in the one account's trail.
    pub fn moves_the_ledger_on(&self) {
        self.is_tampered_with();
        let mut ledger = self.only("LEDGER");
        ledger["head"] = json!({ "S": "another entry's" });
        self.writes(ACCOUNTS, &ledger);
    }

    /// The mail of whoever waits is due, whatever the time.
    pub fn mail_is_due(&self) {
        let mut request = self.only("REQUEST");
        request["outbox_at"] = json!({ "N": "0" });
        self.writes(PENDING, &request);
    }

    /// The link of whoever waits is replaced by a newer one.
    pub fn is_mailed_again(&self) {
        let mut request = self.only("REQUEST");
        request["generation"] = json!({ "N": (number(&request, "generation") + 1).to_string() });
        self.writes(PENDING, &request);
    }

    /// Whoever waits has asked for something else since: nothing is left of that request but its place.
    pub fn is_asked_anew(&self) {
        let mut request = self.only("REQUEST");
        request["id"] = json!({ "S": RequestId::new(self.clock.now(), [9; 10]).to_string() });
        self.writes(PENDING, &request);
    }

    /// Another instance has just written that this ID-porten session is over.
    pub fn has_ended(&self, sid: &str) {
        let handle: String = LogoutHandle::of(sid).into();
        let now = self.clock.now().as_second();
        let ended = json!({
            "pk": { "S": format!("ENDED#sid-{handle}") },
            "sk": { "S": "ENDED" },
            "logout": { "S": String::from(LogoutId::of("another instance")) },
            "ended_at": { "N": now.to_string() },
            "expires_at": { "N": (now + 7_230).to_string() },
        });
        self.writes(PENDING, &ended);
    }

    /// The one person who has an account has another instead.
    pub fn gives_the_person_another_account(&self) {
        self.is_tampered_with();
        let mut person = self.only("PERSON");
        person["account"] = json!({ "S": AccountId::new(self.clock.now(), [9; 10]).to_string() });
        self.writes(ACCOUNTS, &person);
    }

    /// Somebody else writes what this transaction would, in their own name.
    pub fn is_overtaken_by_the_like_of(&self, transaction: &Value) {
        let token = transaction["ClientRequestToken"].as_str().expect("a name");
        let (name, _) = token.split_once('.').expect("whose, and on which ledger");
        let theirs = transaction.to_string().replace(name, "somebody-else");
        let theirs = serde_json::from_str(&theirs).expect("a transaction");
        let database = self.world.dynamodb.database();
        database.transact_write_items(theirs).expect("nothing is in the way");
    }

    /// Whoever waits for a mail gets an account another way.
    pub fn gives_whoever_waits(&self, account: AccountId) {
        self.is_tampered_with();
        let person = json!({
            "pk": { "S": format!("PERSON#{}", text(&self.only("REQUEST"), "person")) },
            "sk": { "S": "PERSON" },
            "account": { "S": account.to_string() },
        });
        self.writes(ACCOUNTS, &person);
    }

    /// Every item of the accounts table.
    pub fn accounts(&self) -> Vec<Value> {
        Books::of(&self.world.dynamodb, &[ACCOUNTS]).0
    }

    /// The accounts table has these items and no others: it was restored from a backup.
    pub fn has_only(&self, items: &[Value]) {
        for item in self.accounts() {
            let key = json!({ "pk": item["pk"], "sk": item["sk"] });
            let delete = serde_json::from_value(json!({ "TableName": ACCOUNTS, "Key": key }));
            let database = self.world.dynamodb.database();
            database.delete_item(delete.expect("a key")).expect("the table is there");
        }
        for item in items {
            self.writes(ACCOUNTS, item);
        }
    }

    /// The one item of this kind.
    fn only(&self, kind: &str) -> Value {
        let books = self.books();
        let [item] = books.of_kind(kind)[..] else { panic!("there is one {kind}") };
        item.clone()
    }

    fn writes(&self, table: &str, item: &Value) {
        let put = serde_json::from_value(json!({ "TableName": table, "Item": item }));
        self.world.dynamodb.database().put_item(put.expect("an item")).expect("the table is there");
    }
}
