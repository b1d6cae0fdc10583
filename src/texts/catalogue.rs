//! The names of all texts, grouped by screen. The words are in `nb.rs`, `nn.rs` and `en.rs`.
//!
//! `{name}` in a text is a placeholder for [`fill`](super::fill); `tests.rs` lists the names.
//! Headings, labels and buttons have no full stop; hints and messages do.
#![expect(missing_docs, reason = "a text's name says where it stands, its words say the rest")]

/// In tests, the texts of these structs can be walked.
macro_rules! walkable {
    ($($item:item)*) => { $(#[cfg_attr(test, derive(serde::Serialize))] $item)* };
}

/// A text without markup.
pub type Text = &'static str;
/// Texts that follow each other as paragraphs.
pub type Paragraphs = &'static [Text];

walkable! {
    /// A text as long as a page or a section of one: its heading and its paragraphs.
    pub struct Passage {
        pub heading: Text,
        pub paragraphs: Paragraphs,
    }

    /// Everything a citizen reads, in one language.
    pub struct Texts {
        pub common: Common,
        pub start: Start,
        pub search: Search,
        pub address: Address,
        pub result: SearchResult,
        pub check: Check,
        pub sent: Sent,
        pub link: Link,
        pub stop: Stop,
        pub profile: Profile,
        pub history: History,
        pub done: Done,
        pub new_account: NewAccount,
        pub system: System,
        pub help: Article,
        pub privacy: Article,
        /// In place of `{legal_basis}`, where the owner has not set another.
        pub legal_basis: Text,
        pub accessibility: Accessibility,
        pub mail: Mails,
        pub dates: Dates,
    }

    /// What stands on more than one page.
    pub struct Common {
        pub skip_to_content: Text,
        pub language: Text,
        pub logged_in: Text,
        pub log_in: Text,
        pub log_out: Text,
        pub cancel: Text,
        pub confirm: Text,
        pub search_again: Text,
        pub try_again: Text,
        pub to_start: Text,
        pub go_to_service: Text,
        pub step: Text,
        /// First in `<title>` when something must be corrected.
        pub error_prefix: Text,
        pub error_summary: Text,
        pub need_help: Text,
        /// As far as the owner has set it: where to call, and how soon mails are answered.
        pub call: Text,
        pub call_at: Text,
        pub reply_day: Text,
        pub reply_days: Text,
        /// Of a mail to support from a page with a reference, or with an error id. In ASCII.
        pub subject: Text,
        pub subject_error: Text,
        /// Who runs the service, where that is not in its name.
        pub run_by: Text,
        pub footer_help: Text,
        pub footer_privacy: Text,
        pub footer_accessibility: Text,
    }

    /// Where everyone begins.
    pub struct Start {
        pub heading: Text,
        pub lead: Text,
        pub how_heading: Text,
        pub steps: [Text; 5],
        pub new_here: Text,
        pub no_number: Text,
        /// For those whose account is linked already: what the profile is for, and the way there.
        pub linked: Text,
        pub to_profile: Text,
        /// For those who are logged in already.
        pub go_on: Text,
        /// While a part of the way is closed: said before anybody sets out.
        pub closed: Text,
    }

    /// Step 2: one field, whose label is the heading.
    pub struct Search {
        pub heading: Text,
        pub hint: Text,
        pub button: Text,
        pub no_access: Text,
        pub privacy_note: Text,
        pub privacy_link: Text,
        pub too_many: Text,
        /// Below, for those who have an account already and may have another.
        pub gather: Passage,
        pub gather_hint: Text,
    }

    /// What is wrong with an e-mail address, wherever it was typed.
    pub struct Address {
        pub missing: Text,
        pub no_at: Text,
        pub several_ats: Text,
        pub several_addresses: Text,
        pub space: Text,
        pub nothing_before_at: Text,
        pub nothing_after_at: Text,
        pub character: Text,
        pub dots: Text,
        pub no_dot: Text,
        pub too_long: Text,
        pub domain: Text,
    }

    /// Step 3, first half: what the search found.
    pub struct SearchResult {
        pub one: Text,
        pub many: Text,
        pub lead: Text,
        pub choose: Text,
        /// For those who have an account already.
        pub choose_gather: Text,
        pub card: Text,
        pub name: Text,
        pub username: Text,
        pub created: Text,
        pub last_used: Text,
        pub never_used: Text,
        pub unknown: Text,
        /// Read aloud in place of a mask's dots.
        pub begins_with: Text,
        pub begins_and_ends: Text,
        pub merge: Text,
        /// Read aloud after [`merge`](Self::merge), so that each button has a name of its own.
        pub merge_hidden: Text,
        pub some_closed: Text,
        pub other_address: Text,
        pub new_heading: Text,
        pub new_warning: Text,
        pub new_button: Text,
        pub none: Passage,
        pub too_many: Passage,
        /// Linked to someone else or closed: never which, who or when.
        pub taken: Passage,
        pub mine: Passage,
    }

    /// Step 3, second half: the last look before the mail goes out.
    pub struct Check {
        pub page: Passage,
        /// For those who have an account already: this one is gathered into it.
        pub gather: Passage,
        /// What becomes of the request that waits: for another address for their account, …
        pub replaces_email: Text,
        /// … for another account, …
        pub replaces_account: Text,
        /// … for a new account, …
        pub replaces_new: Text,
        /// … or for what is asked for here.
        pub replaces_same: Text,
        pub back: Text,
        /// The account is not as it was when it was found, or has another address.
        pub changed: Passage,
        pub too_many_today: Passage,
        pub too_many_to_account: Passage,
        pub address_dead: Passage,
        pub address_takes_no_mail: Passage,
    }

    /// Step 4: waiting for the person to use the mailed link.
    pub struct Sent {
        pub page: Passage,
        /// Until the mail service has taken the mail: it must not be called sent.
        pub page_on_its_way: Passage,
        /// Where the mail is, as its sender and the receiving side have told us.
        pub queued: Text,
        pub delayed: Text,
        pub delivered: Text,
        pub unclear: Text,
        pub box_full_heading: Text,
        pub box_full: Text,
        pub refused_heading: Text,
        pub refused: Text,
        pub dead_heading: Text,
        pub dead: Text,
        pub not_found_heading: Text,
        pub spam: Text,
        /// By what the mail can be searched for.
        pub mail_from: Text,
        pub mail_subject: Text,
        pub may_close: Text,
        pub resend: Text,
        pub resent: Text,
        pub wait: Text,
        pub pending: Text,
        pub go_on: Text,
        pub not_used_yet: Text,
        pub expired: Text,
        pub cancel: Text,
        /// What «cancel» does, said before it is chosen.
        pub cancel_means: Text,
        pub cancelled: Text,
        pub cancelled_gather: Text,
    }

    /// The mailed link, opened.
    pub struct Link {
        pub login: Passage,
        pub confirm: Passage,
        pub confirm_new: Passage,
        pub confirm_gather: Passage,
        pub confirm_email: Passage,
        pub confirm_button: Text,
        pub confirm_email_button: Text,
        /// On these pages: which mail, and whose login it is.
        pub reference: Text,
        pub logged_in: Text,
        pub not_me_button: Text,
        /// In their place, where the login is too old.
        pub log_in_again: Passage,
        /// Why it completes nothing, and then the way on by what the person has now.
        pub expired: Passage,
        pub newer: Passage,
        pub superseded: Passage,
        pub used: Passage,
        pub unknown: Passage,
        pub next_send_again: Paragraphs,
        pub next_wait: Paragraphs,
        pub next_see_request: Paragraphs,
        pub next_profile: Paragraphs,
        pub next_search: Paragraphs,
        pub send_again_button: Text,
        pub other_person: Passage,
        pub right_person_button: Text,
        pub broken: Passage,
        pub cancelled: Passage,
        pub account_changed: Passage,
        pub person_has_account: Passage,
    }

    /// «Dette var ikke meg», for whoever has the mailbox and did not ask.
    pub struct Stop {
        /// Leads to the second look.
        pub not_asked_button: Text,
        pub check: Passage,
        pub button: Text,
        pub back: Text,
        pub done: Passage,
        /// Where an old account was asked for.
        pub done_account: Text,
        pub too_late: Passage,
        pub nothing: Passage,
        /// For whoever asked: never says who stopped it.
        pub told: Passage,
        /// The same, for a new account.
        pub told_new: Passage,
        /// The same, for another address of an account that is theirs.
        pub told_email: Passage,
    }

    /// Step 5: the account is the person's; its details are reviewed.
    pub struct Profile {
        pub page: Passage,
        pub page_new: Passage,
        pub first_name: Text,
        pub last_name: Text,
        pub email: Text,
        pub email_hint: Text,
        pub phone: Text,
        pub phone_hint: Text,
        pub facts_heading: Text,
        pub username: Text,
        pub created: Text,
        pub last_used: Text,
        pub save: Text,
        pub first_name_missing: Text,
        pub first_name_too_long: Text,
        pub first_name_number: Text,
        pub first_name_odd: Text,
        pub last_name_missing: Text,
        pub last_name_too_long: Text,
        pub last_name_number: Text,
        pub last_name_odd: Text,
        pub email_takes_no_mail: Text,
        pub phone_malformed: Text,
        pub changed_elsewhere: Text,
        /// After logging in again, for a form that was filled in before.
        pub kept: Text,
        pub email_pending: Text,
        pub email_changed: Text,
        /// Another address was asked for, and there is no mailing it.
        pub email_dead: Text,
        pub email_not_asked: Text,
        pub own_data: Text,
        pub gather: Text,
        /// How many accounts were gathered into this one.
        pub gathered: Text,
        pub gather_pending: Text,
    }

    /// What has happened to an account, in the file that its owner may take home.
    pub struct History {
        pub requested: Text,
        pub resent: Text,
        pub cancelled: Text,
        pub linked: Text,
        pub created: Text,
        pub saved: Text,
        pub gathered: Text,
        pub email_requested: Text,
        pub email_changed: Text,
        pub rekeyed: Text,
        pub opened_by_another: Text,
        pub stopped: Text,
        pub freeze_lifted: Text,
        pub taken_back: Text,
        pub erased: Text,
    }

    /// After «Lagre».
    pub struct Done {
        pub page: Passage,
        pub page_new: Passage,
        /// When the move was over before.
        pub page_again: Passage,
        /// One more account was gathered into theirs.
        pub page_gathered: Passage,
        pub reference: Text,
        /// Of a further account that the same search found.
        pub merge_with: Text,
    }

    /// The branch of those who never had an account.
    pub struct NewAccount {
        pub page: Passage,
        pub never_had_one: Text,
        pub never_had_one_missing: Text,
    }

    /// When something other than the journey must be told.
    pub struct System {
        pub login_cancelled: Passage,
        pub login_failed: Passage,
        pub login_too_old: Passage,
        /// For a tab whose login newer ones in other tabs have pushed out.
        pub login_dropped: Passage,
        pub login_too_weak: Passage,
        /// For a change that only a login of just now may make.
        pub login_not_fresh: Passage,
        pub provider_down: Passage,
        pub no_norwegian_number: Passage,
        /// After a login that is good, and not good enough for us.
        pub still_at_provider: Text,
        pub not_logged_in: Passage,
        pub session_expired: Passage,
        /// The same, over a form: what was typed is kept.
        pub session_expired_typed: Passage,
        /// The session ended somewhere else, so no reason is given.
        pub session_ended: Passage,
        pub logged_out: Passage,
        pub logged_out_here: Passage,
        pub stale_form: Passage,
        pub foreign_form: Passage,
        pub bad_request: Passage,
        pub not_found: Passage,
        pub method_not_allowed: Passage,
        pub too_large: Passage,
        pub our_fault: Passage,
        /// Our own store is down and nothing was written.
        pub unavailable: Passage,
        /// Something may have been written; we could not find out.
        pub not_confirmed: Passage,
        pub closed: Passage,
        /// In place of `{opens}`, where nobody can say when.
        pub opens_soon: Text,
    }

    /// A page to read: help, and the privacy notice.
    pub struct Article {
        pub heading: Text,
        pub lead: Text,
        pub sections: &'static [Passage],
    }

    /// What is done so that everyone can use the pages.
    pub struct Accessibility {
        pub heading: Text,
        pub lead: Text,
        /// The link to the published statement.
        pub published: Text,
        /// In its place, until there is one.
        pub unpublished: Text,
        pub sections: &'static [Passage],
    }

    /// The mails.
    pub struct Mails {
        pub confirmation: ConfirmationMail,
        pub receipt: ReceiptMail,
        pub receipt_new: ReceiptMail,
        pub receipt_gathered: ReceiptMail,
        pub email_proof: EmailProofMail,
        pub email_notice: ReceiptMail,
        /// Ends the subject of a mail with a link where there was one before: inboxes put mails under one
        /// another by their subject, and the newest must be seen to be.
        pub another: Text,
        pub preheader: Text,
        pub greeting: Text,
        /// In place of a masked name.
        pub no_name: Text,
        pub was_it_you: Text,
        pub copy_link: Text,
        pub link_belongs: Text,
        pub was_it_not_you: Text,
        pub we_never_ask: Text,
        pub signature: Text,
    }

    /// Asks a person to prove the mailbox, for an old account or a new one.
    pub struct ConfirmationMail {
        pub subject: Text,
        pub asked: Text,
        pub asked_new: Text,
        pub reference: Text,
        pub reference_new: Text,
        pub button: Text,
        pub afterwards: Text,
    }

    /// Tells what was done. Has no link.
    pub struct ReceiptMail {
        pub subject: Text,
        pub preheader: Text,
        pub body: Paragraphs,
        pub not_you: Text,
    }

    /// Asks a person to prove the new address of their account.
    pub struct EmailProofMail {
        pub subject: Text,
        pub asked: Text,
        pub reference: Text,
        pub button: Text,
    }

    /// How dates and times are put together; see [`dates`](super::dates).
    pub struct Dates {
        pub months: [Text; 12],
        pub date: Text,
        pub time: Text,
        pub date_and_time: Text,
        /// For a moment that is still to come.
        pub today: Text,
        pub tomorrow: Text,
        pub on_day: Text,
        pub month: Text,
        pub unknown_year: Text,
    }
}
