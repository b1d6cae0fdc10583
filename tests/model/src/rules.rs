//! Every rule of the protocol that can be taken away, so that a test can see what it is good for.

/// One condition, one binding or one re-check. [`Rule::ALL`] says where it stands in the code.
#[expect(missing_docs, reason = "`ALL` has the code itself")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    ConfirmPerson,
    ConfirmOwnRequest,
    ConfirmRequest,
    ConfirmOpen,
    ConfirmInTime,
    ConfirmGeneration,
    SpendDigest,
    SpendOpen,
    SpendInTime,
    PersonAbsent,
    PersonAbsentUnderEveryKey,
    IntoIsTheirs,
    AccountUnlinked,
    AccountActive,
    AccountVersion,
    AccountEmail,
    SettleReadsBack,
    LedgerAsRead,
    GlanceNewest,
    PutBeforeAsRead,
    PutOverExpired,
    PutOverOlder,
    CloseOlder,
    CancelAsRead,
    MailAfterRequest,
    ClaimTries,
    ClaimRunsOut,
    NewsOfThisMail,
    PostponeThisMail,
    DischargeThisMail,
    SaveByOwner,
    TakeBackAlone,
}

use Rule as R;

impl Rule {
    /// Each rule, the file below `src` that has it, and its words there.
    pub const ALL: [(Self, &str, &str); 32] = [
        (R::ConfirmPerson, "domain/request.rs", "!keys.is_for(link, person)"),
        (
            R::ConfirmOwnRequest,
            "handlers/email_confirmation.rs",
            "Request::confirm(glance.request, &session.person,",
        ),
        (R::ConfirmRequest, "domain/request.rs", "request.id != link.request()"),
        (R::ConfirmOpen, "domain/request.rs", "Progress::Confirmed => Err(LinkRefusal::Used)"),
        (R::ConfirmInTime, "domain/request.rs", "request.expires_at <= at"),
        (R::ConfirmGeneration, "domain/request.rs", "request.generation != link.generation()"),
        (R::SpendDigest, "store/give.rs", "digest = :digest"),
        (R::SpendOpen, "store/give.rs", "AND progress = :open"),
        (R::SpendInTime, "store/give.rs", "AND link_expires_at > :now"),
        (
            R::PersonAbsent,
            "store/person.rs",
            r#"put.condition_expression("attribute_not_exists(pk)")"#,
        ),
        (R::PersonAbsentUnderEveryKey, "store/person.rs", "person.keys().iter().map(put)"),
        (R::IntoIsTheirs, "store/gathered.rs", "{is_theirs} AND #status = :active"),
        (R::AccountUnlinked, "store/give.rs", "attribute_not_exists(person)"),
        (R::AccountActive, "store/give.rs", "AND #status = :active"),
        (R::AccountVersion, "store/give.rs", "AND version = :version"),
        (R::AccountEmail, "store/give.rs", "AND email = :email"),
        (R::SettleReadsBack, "store/transaction.rs", "self.look(attempt, witness)"),
        (R::LedgerAsRead, "store/audit.rs", "head = :read"),
        (R::GlanceNewest, "store/read.rs", "age(other) < age(&request)"),
        (R::PutBeforeAsRead, "store/request.rs", ".condition_expression(AS_IT_WAS_READ)"),
        (R::PutOverExpired, "store/request.rs", "OR expires_at <= :now"),
        (R::PutOverOlder, "store/request.rs", "OR mailed_at <= :newest"),
        (R::CloseOlder, "store/request.rs", "self.close_request(older)"),
        (
            R::CancelAsRead,
            "store/request.rs",
            "id = :id AND generation = :generation AND progress = :progress",
        ),
        (R::MailAfterRequest, "handlers/asking.rs", "sender.send(&desk.store, request,"),
        (R::ClaimTries, "store/outbox.rs", "outbox_tries < :most"),
        (R::ClaimRunsOut, "store/outbox.rs", "outbox_at <= :now AND outbox_tries <"),
        (
            R::NewsOfThisMail,
            "store/outbox.rs",
            "id = :id AND generation {which} :generation AND mail < :state",
        ),
        (R::PostponeThisMail, "store/outbox.rs", "self.postpone(self.place_of_mail(request)"),
        (R::DischargeThisMail, "store/outbox.rs", "self.discharge(self.place_of_mail(&request)"),
        (R::SaveByOwner, "store/person.rs", "person IN ("),
        (R::TakeBackAlone, "store/take_back.rs", "AND attribute_not_exists(gathered)"),
    ];
}
