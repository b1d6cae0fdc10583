//! What operators and the service itself do.

use serde_json::json;

use crate::local::settings::TABLES;
use crate::{deed::Alteration, keyring::Set, world::World};

/// Starts a function anew. If it cannot start, the one before goes on.
pub async fn starts(world: &World, function: &str) {
    let _ = world.functions.start(function).await;
}

/// The next step in changing a key. The old pid key goes only when nobody is left under it.
pub fn changes_key(world: &World, set: Set) {
    let drops = matches!(world.keyring.versions(set)[..], [current, other] if current > other);
    if set == Set::Pid && drops && world.somebody_is_left_under_an_old_key() {
        return;
    }
    world.keyring.changes(set, &world.secrets);
    world.functions.keys_were_changed(world.keyring.changes_so_far());
}

/// Brings an old account in that is there already: nothing happens.
pub async fn imports_again(world: &World, nth: usize) {
    let account = {
        let cast = world.cast.borrow();
        (nth < cast.accounts.len()).then(|| cast.account(nth))
    };
    if let Some(account) = account {
        let _ = world.store().import(&account, &world.attempt()).await; // told to the operator, who tries again
    }
}

/// The service changes an account, as long as nobody has linked it.
pub fn alters(world: &World, nth: usize, how: Alteration) {
    let cast = world.cast.borrow();
    if nth >= cast.accounts.len() {
        return;
    }
    let id = cast.account(nth).id.to_string();
    let key = json!({ "pk": { "S": format!("ACCOUNT#{id}") }, "sk": { "S": "ACCOUNT" } });
    let (set, values) = match how {
        Alteration::Closes => {
            ("#status = :closed", json!({ ":closed": { "S": "closed" }, ":one": { "N": "1" } }))
        }
        Alteration::Moves(mailbox) => {
            let Some(mailbox) = cast.mailboxes.get(mailbox) else { return };
            let email = kontobro::domain::Email::parse(&mailbox.address).expect("an address");
            let values = json!({
                ":email": { "S": email.as_given() },
                ":key": { "S": email.key() },
                ":one": { "N": "1" },
            });
            ("email = :email, email_key = :key", values)
        }
    };
    let mut update = json!({
        "TableName": TABLES[0].1,
        "Key": key,
        "UpdateExpression": format!("SET {set} ADD version :one"),
        "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(person)",
        "ExpressionAttributeValues": values,
    });
    if how == Alteration::Closes {
        update["ExpressionAttributeNames"] = json!({ "#status": "status" });
    }
    world.does("UpdateItem", &update);
}
