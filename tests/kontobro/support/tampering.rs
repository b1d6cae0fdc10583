//! What happens to the store without Kontobro: an import, the portal, support.

use kontobro::domain::{AccountId, RequestId, request::MailState};
use serde_json::{Value, json};

use super::{books::text, kontobro::Kontobro};
use crate::world::settings::TABLES;

const ACCOUNTS: &str = TABLES[0].1;
const PENDING: &str = TABLES[1].1;

impl Kontobro {
    /// Sets an attribute of the account with this address. The books need not balance after that.
    #[expect(clippy::needless_pass_by_value, reason = "a test reads better so")]
    pub fn alters(&self, address: &str, attribute: &str, value: Value) {
        self.is_tampered_with();
        let id = text(self.books().account(address), "account");
        let update = serde_json::from_value(json!({
            "TableName": ACCOUNTS,
            "Key": { "pk": { "S": format!("ACCOUNT#{id}") }, "sk": { "S": "ACCOUNT" } },
            "UpdateExpression": "SET #attribute = :value",
            "ExpressionAttributeNames": { "#attribute": attribute },
            "ExpressionAttributeValues": { ":value": value },
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// Whoever waits: their mail is where it was, as if no news had come since.
    pub fn mail_is(&self, state: MailState) {
        let books = self.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one person waits") };
        let update = serde_json::from_value(json!({
            "TableName": PENDING,
            "Key": { "pk": request["pk"], "sk": request["sk"] },
            "UpdateExpression": "SET mail = :state",
            "ExpressionAttributeValues": { ":state": { "N": state.rank().to_string() } },
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// The request of whoever waits loses what nobody can do without.
    pub fn garbles_what_waits(&self) {
        self.is_tampered_with();
        let books = self.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one person waits") };
        let update = serde_json::from_value(json!({
            "TableName": PENDING,
            "Key": { "pk": request["pk"], "sk": request["sk"] },
            "UpdateExpression": "REMOVE email",
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// The link of whoever waits is replaced by a newer one.
    pub fn is_mailed_again(&self) {
        let books = self.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one person waits") };
        let update = serde_json::from_value(json!({
            "TableName": PENDING,
            "Key": { "pk": request["pk"], "sk": request["sk"] },
            "UpdateExpression": "SET generation = generation + :one",
            "ExpressionAttributeValues": { ":one": { "N": "1" } },
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// Whoever waits has asked for something else since: nothing is left of that request but its place.
    pub fn is_asked_anew(&self) {
        let books = self.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one person waits") };
        let another = RequestId::new(self.clock.now(), [9; 10]).to_string();
        let update = serde_json::from_value(json!({
            "TableName": PENDING,
            "Key": { "pk": request["pk"], "sk": request["sk"] },
            "UpdateExpression": "SET id = :another",
            "ExpressionAttributeValues": { ":another": { "S": another } },
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// The one person who has an account has another instead.
    pub fn gives_the_person_another_account(&self) {
        self.is_tampered_with();
        let books = self.books();
        let [person] = books.of_kind("PERSON")[..] else { panic!("one person has an account") };
        let another = AccountId::new(self.clock.now(), [9; 10]).to_string();
        let update = serde_json::from_value(json!({
            "TableName": ACCOUNTS,
            "Key": { "pk": person["pk"], "sk": person["sk"] },
            "UpdateExpression": "SET account = :another",
            "ExpressionAttributeValues": { ":another": { "S": another } },
        }));
        let database = self.world.dynamodb.database();
        database.update_item(update.expect("an update")).expect("the item is there");
    }

    /// Whoever waits for a mail gets an account another way.
    pub fn gives_whoever_waits(&self, account: AccountId) {
        self.is_tampered_with();
        let books = self.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one person waits") };
        let put = serde_json::from_value(json!({
            "TableName": ACCOUNTS,
            "Item": {
                "pk": { "S": format!("PERSON#{}", text(request, "person")) },
                "sk": { "S": "PERSON" },
                "account": { "S": account.to_string() },
            },
        }));
        self.world.dynamodb.database().put_item(put.expect("an item")).expect("the table is there");
    }
}
