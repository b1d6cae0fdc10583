//! Search by e-mail address: counted per person before the look-up, exact, masked.

use aws_sdk_dynamodb::{
    operation::update_item::UpdateItemError, types::ReturnValuesOnConditionCheckFailure,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Store,
    items::{Item, Key, day, moment, number, text},
    read::seconds,
};
use crate::domain::{
    AccountId, Card, Email, FoundAccount, Person, PersonKey, Session, Standing, account::Status,
    limits,
};

/// One account with the address that was searched for.
#[derive(Clone, Serialize, Deserialize)]
pub struct Hit {
    /// Which account, and by which address.
    pub found: FoundAccount,
    /// How it stands to the person who searched.
    pub standing: Standing,
    /// What may be shown of it.
    pub card: Card,
}

/// Why a search was not made.
#[derive(Debug, thiserror::Error)]
pub enum TooManySearches {
    /// Over the hour's or the day's limit.
    #[error("too many searches until {until}")]
    Until {
        /// From when searching is possible again.
        until: Timestamp,
    },
    /// The search could not be counted, so it was not made (T64).
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The attributes that the index projects.
#[derive(Deserialize)]
struct IndexedAccount {
    account: AccountId,
    #[serde(default)]
    username: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    created_at: Option<Date>,
    last_used_at: Option<Date>,
    status: Status,
    merged_into: Option<AccountId>,
    person: Option<String>,
}

impl Store {
    /// Counts one search, and notes the mark of what is searched for, before it is made (T35, T64).
    ///
    /// While the pid key is changed it counts under each of the person's keys, so that the change gives
    /// nobody more searches. One that is refused under one key may have been counted under another.
    pub async fn count_search(
        &self,
        person: &Person,
        sought: &str,
        at: Timestamp,
    ) -> Result<(), TooManySearches> {
        for key in person.keys() {
            self.count_search_under(key, sought, at).await?;
        }
        Ok(())
    }

    async fn count_search_under(
        &self,
        person: &PersonKey,
        sought: &str,
        at: Timestamp,
    ) -> Result<(), TooManySearches> {
        let hour = format!("hour_{}", at.as_second().rem_euclid(86_400) / 3_600);
        let counted = self
            .client
            .update_item()
            .table_name(&self.pending)
            .set_key(Some(Key::searches(person, day(at)).into()))
            .update_expression(
                "ADD searches :one, #hour :one SET expires_at = :kept, #sought = if_not_exists(#sought, :at)",
            )
            .condition_expression(
                "(attribute_not_exists(searches) OR searches < :per_day) AND (attribute_not_exists(#hour) OR #hour < :per_hour)",
            )
            .expression_attribute_names("#hour", &hour)
            .expression_attribute_names("#sought", format!("sought_{sought}"))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":at", moment(at))
            .expression_attribute_values(":per_day", number(limits::SEARCHES_PER_DAY))
            .expression_attribute_values(":per_hour", number(limits::SEARCHES_PER_HOUR))
            .expression_attribute_values(":kept", moment(at + limits::COUNTER_KEPT))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = counted else { return Ok(()) };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                let searches =
                    refused.item().and_then(|item| seconds(item, "searches")).unwrap_or_default();
                let whole_day = searches >= i64::from(limits::SEARCHES_PER_DAY);
                Err(TooManySearches::Until {
                    until: next(at, if whole_day { 86_400 } else { 3_600 }),
                })
            }
            _ => Err(Fault::nothing_changed(error).into()),
        }
    }

    /// The accounts with this address, from the index: candidates only, every decision reads the
    /// account itself. At most one more than [`limits::HITS_SHOWN`].
    pub async fn search(&self, email: &Email, session: &Session) -> Result<Vec<Hit>, Fault> {
        let found = self
            .client
            .query()
            .table_name(&self.accounts)
            .index_name("by-email")
            .key_condition_expression("email_key = :email")
            .expression_attribute_values(":email", text(email.key()))
            .limit(i32::try_from(limits::HITS_SHOWN + 1).expect("a handful"))
            .send()
            .await
            .map_err(Fault::nothing_changed)?;
        found.items.unwrap_or_default().into_iter().map(|item| hit(item, email, session)).collect()
    }
}

fn hit(item: Item, email: &Email, session: &Session) -> Result<Hit, Fault> {
    let found: IndexedAccount =
        serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("indexed account"))?;
    let owner = found
        .person
        .map(|key| PersonKey::from_store(&key).ok_or(Fault::Unreadable("owner")))
        .transpose()?;
    let is_gathered = found.merged_into.is_some() && found.merged_into == session.account;
    Ok(Hit {
        found: FoundAccount::new(found.account, email),
        standing: if is_gathered {
            Standing::Mine
        } else {
            let facts = (found.status, found.merged_into);
            Standing::of(&session.person, owner.as_ref(), facts)
        },
        card: Card::new(
            [&found.first_name, &found.last_name, &found.username],
            found.created_at,
            found.last_used_at,
        ),
    })
}

/// The next whole multiple of `length` seconds.
fn next(at: Timestamp, length: i64) -> Timestamp {
    Timestamp::from_second((at.as_second().div_euclid(length) + 1) * length)
        .unwrap_or(Timestamp::MAX)
}
