//! The texts in English.

use super::{
    Accessibility, Address, Article, Check, Common, ConfirmationMail, Dates, Done, EmailProofMail,
    History, Link, Mails, NewAccount, Passage, Profile, ReceiptMail, Search, SearchResult, Sent,
    Start, Stop, System, Texts,
};

const NO_NUMBER: &str = "We need a Norwegian national identity number or D number from ID-porten. \
    If you do not have one, email {support_email}.";

pub(super) static TEXTS: Texts = Texts {
    common: Common {
        skip_to_content: "Skip to main content",
        language: "Language",
        logged_in: "You are logged in with ID-porten",
        log_in: "Log in with ID-porten",
        log_out: "Log out",
        cancel: "Cancel",
        confirm: "Confirm",
        search_again: "Search again",
        try_again: "Try again",
        to_start: "Go to the front page",
        go_to_service: "Go to {service_name}",
        step: "Step {n} of 5",
        error_prefix: "Error:",
        error_summary: "To continue, you must correct the following errors",
        need_help: "Need help? Email {support_email}. Do not send your identity number or \
            password.",
        call: "You can also call {support_phone}.",
        call_at: "You can also call {support_phone}, {support_hours}.",
        reply_day: "We usually reply within one working day.",
        reply_days: "We usually reply within {n} working days.",
        subject: "Reference {ref}",
        subject_error: "Error ID {error_id}",
        run_by: "{service_name} is run by {owner}.",
        footer_help: "Help",
        footer_privacy: "Privacy",
        footer_accessibility: "Accessibility statement",
    },
    start: Start {
        heading: "Link your account to ID-porten",
        lead: "{service_name} has a new way to log in. You now log in with ID-porten, and each \
            person has only one account.",
        how_heading: "How to do it",
        steps: [
            "Log in with ID-porten. You choose which electronic ID to use, for example MinID or \
                BankID.",
            "Find your account with the email address you have used with {service_name}.",
            "Select “Merge” and then “Confirm”.",
            "Open the email we send you and select “Confirm account”.",
            "Check your profile and select “Save”.",
        ],
        new_here: "Are you new? Start the same way. You can create an account after the search.",
        no_number: NO_NUMBER,
        linked: "Is your account linked already? In your profile you can correct your details, or \
            merge the account with another one.",
        to_profile: "Go to your profile",
        go_on: "Continue",
        closed: "You cannot link your account right now. We reopen {opens}. If it is linked already, \
            log in as usual.",
    },
    search: Search {
        heading: "Which email address have you used with {service_name}?",
        hint: "Enter an address that is your own and where you can read email. We will send a \
            confirmation link to it. If you are new, enter the address you want to use.",
        button: "Search",
        no_access: "Have you forgotten the address, or can you no longer get into it? Email \
            {support_email}.",
        privacy_note: "To detect misuse, we keep the number of your searches and a code made from \
            the address for about a week. We do not keep the address itself.",
        privacy_link: "Read more about privacy",
        too_many: "You have searched many times. Wait {minutes} minutes before you search again.",
        gather: Passage {
            heading: "Do you have another account?",
            paragraphs: &["You can merge it with the account you have. Nothing is deleted."],
        },
        gather_hint: "Enter the address of the other account. You must be able to read email \
            there, as we will send a confirmation link to it.",
    },
    address: Address {
        missing: "Enter your email address.",
        no_at: "The email address has no @. Write it like this: name@example.com.",
        several_ats: "The email address has more than one @. Write it like this: name@example.com.",
        several_addresses: "Enter one email address only.",
        space: "The email address has a space in it. Enter the address only, without spaces.",
        nothing_before_at: "The email address has nothing before the @. Write it like this: \
            name@example.com.",
        nothing_after_at: "The email address has nothing after the @. Write it like this: \
            name@example.com.",
        character: "We cannot take {sign} in an email address. Check that it is right.",
        dots: "The email address has a full stop in the wrong place. It cannot come first, beside the \
            @ or twice in a row.",
        no_dot: "The email address lacks its ending, such as .no or .com.",
        too_long: "The email address is longer than an address can be. Enter the address only.",
        domain: "What comes after the @ cannot be right. Write the address like this: \
            name@example.com.",
    },
    result: SearchResult {
        one: "We found one account",
        many: "We found {n} accounts",
        lead: "You searched with {email}. To protect privacy, we show only parts of the details.",
        choose: "Choose the account you use most. You can merge the others with it afterwards.",
        choose_gather: "Choose one at a time.",
        card: "Account {n} of {total}",
        name: "Name",
        username: "Username",
        created: "Created",
        last_used: "Last used",
        never_used: "Never",
        unknown: "Not known",
        begins_with: "begins with {prefix}",
        begins_and_ends: "begins with {prefix}, ends with {suffix}",
        merge: "Merge",
        merge_hidden: "account {n}",
        some_closed: "Some accounts with this address cannot be merged. They may already be \
            linked to ID-porten, or they may be closed. If you cannot find yours, email \
            {support_email}.",
        other_address: "Search with another email address",
        new_heading: "Have you never had an account with {service_name}?",
        new_warning: "Do not create a new account if you already have one. Your old account will \
            then not be linked to you.",
        new_button: "Create a completely new account",
        none: Passage {
            heading: "We found no account",
            paragraphs: &[
                "No account uses {email}. Check that the address is spelled correctly. You may \
                    have used another email address before. If you can still read email there, \
                    search with that one instead.",
                "Have you forgotten the address or lost access to it? Email {support_email}.",
            ],
        },
        too_many: Passage {
            heading: "We found many accounts",
            paragraphs: &[
                "We found more than five accounts. Email {support_email} and we will help you.",
            ],
        },
        taken: Passage {
            heading: "We cannot merge this account",
            paragraphs: &["The account may already be linked to ID-porten, or it may be closed. \
                If you think it is yours, or you have changed from a D number to a national \
                identity number, email {support_email}."],
        },
        mine: Passage {
            heading: "Your account is already linked to ID-porten",
            paragraphs: &["You do not need to do anything more. You always log in with ID-porten."],
        },
    },
    check: Check {
        page: Passage {
            heading: "Is this the right account?",
            paragraphs: &[
                "When you select “Confirm”, we send an email with a confirmation link to \
                    {email}. The account is not linked to you until you use the link.",
                "After that you always log in with ID-porten. Your username and password will no \
                    longer work.",
            ],
        },
        gather: Passage {
            heading: "Is this the right account?",
            paragraphs: &[
                "When you select “Confirm”, we send an email with a confirmation link to \
                    {email}. This account is merged with the account you have when you use the \
                    link.",
                "After that you use only the account you have. Nothing is deleted, but the username \
                    and password of this one will no longer work.",
            ],
        },
        replaces_email: "You have asked to change your email address to {email}. If you select “Confirm” \
            here, that no longer applies, and you must ask for the change again.",
        replaces_account: "You have already asked for another account. The email to {email} has the \
            reference {ref}. If you select “Confirm” here, the link in it no longer works. If you \
            want both accounts, use that link first. You can merge this one afterwards.",
        replaces_new: "You have already asked for a new account. The email to {email} has the \
            reference {ref}. If you select “Confirm” here, the link in it no longer works, and that \
            account is not created.",
        replaces_same: "You have already asked for this account. The email to {email} has the \
            reference {ref}. If you select “Confirm” again, only the link in our latest email works.",
        back: "Choose another account",
        changed: Passage {
            heading: "The account has changed since you searched",
            paragraphs: &[
                "To be on the safe side, we do not show it. We have not sent an email now, \
                and the account is not linked to you. Search again. If you cannot find it, email \
                {support_email}.",
            ],
        },
        too_many_today: Passage {
            heading: "You have asked for many emails today",
            paragraphs: &[
                "We have not sent a new email. If you got one earlier, the link in the latest \
                    one still works.",
                "Try again tomorrow. If you cannot find any email from us, email \
                    {support_email}.",
            ],
        },
        too_many_to_account: Passage {
            heading: "We have sent many emails about this account today",
            paragraphs: &[
                "That is why we have not sent a new one. If you got one earlier, the link in the \
                    latest one still works.",
                "Try again tomorrow, or email {support_email}.",
            ],
        },
        address_dead: Passage {
            heading: "We cannot reach the email address",
            paragraphs: &[
                "We tried to send an email to this address earlier today, but it does not work. \
                    That is why we have not sent another one.",
                "Search with another address, or email {support_email}.",
            ],
        },
        address_takes_no_mail: Passage {
            heading: "We cannot send email to the address",
            paragraphs: &[
                "Our email service does not take addresses with æ, ø, å or similar letters before \
                    the @. That is why we cannot send the confirmation link there. Nothing has \
                    changed.",
                "Search with another address, or email {support_email}.",
            ],
        },
    },
    sent: Sent {
        page: Passage {
            heading: "Check your email",
            paragraphs: &[
                "We have sent an email to {email}. Open it and select “Confirm account”. The \
                    link works until {expires}.",
                "The reference {ref} is also in the email, so you know it is from us.",
            ],
        },
        page_on_its_way: Passage {
            heading: "Check your email",
            paragraphs: &[
                "An email to {email} is on its way. Open the email when it arrives, and select \
                    “Confirm account”. The link works until {expires}.",
                "The reference {ref} is also in the email, so you know it is from us.",
            ],
        },
        queued: "The email is on its way. It may take a little while.",
        delayed: "The email to {email} is delayed. We keep trying. If the inbox is full, you \
            must make room.",
        delivered: "The email service for {email} has received the email.",
        unclear: "We got an automatic reply from {email}. It may be our email coming back, or \
            just a note of absence. If you cannot find the email, select “Send the email again”.",
        box_full_heading: "The inbox is full",
        box_full: "The inbox for {email} is full. Make room, and select “Send the email again”.",
        refused_heading: "The email was rejected",
        refused: "The email to {email} was refused on its way. Select “Send the email again”. If \
            that one does not arrive either, email {support_email}.",
        dead_heading: "We cannot reach the email address",
        dead: "We cannot send any more emails to {email}. The address may no longer be in use, or \
            our email was reported as spam. If you did get it, the link works. Otherwise, search \
            with another address, or email {support_email}.",
        not_found_heading: "Cannot find the email?",
        spam: "The email usually arrives at once. If you cannot find it, check your spam folder.",
        mail_from: "From",
        mail_subject: "Subject",
        may_close: "You can close this page. If you use the link on another device, you must log \
            in with ID-porten there.",
        resend: "Send the email again",
        resent: "We have sent a new email. The link in the old one no longer works.",
        wait: "Wait {minutes} minutes before you send the email again.",
        pending: "We are waiting for you to confirm.",
        go_on: "I have used the link, continue",
        not_used_yet: "The link has not been used yet. Open the email and select “Confirm \
            account”.",
        expired: "The link expired on {expires}. Select “Send the email again” to get a new \
            one.",
        cancel: "Withdraw the request",
        cancel_means: "You can withdraw the request and search again. The link in the email then no \
            longer works, and no account is changed.",
        cancelled: "You have withdrawn the request. No account is linked to you, and the link in \
            the email no longer works.",
        cancelled_gather: "You have withdrawn the request. The accounts have not been merged, and the \
            link in the email no longer works.",
    },
    link: Link {
        login: Passage {
            heading: "Log in to confirm the account",
            paragraphs: &[
                "Log in as the person who asked for the email. That is how we know it is you who \
                    confirms.",
                "If you did not ask for it, log in as yourself, and you can stop this.",
            ],
        },
        confirm: Passage {
            heading: "Confirm your account",
            paragraphs: &[
                "The account is linked to you when you select “Confirm account”.",
                "After that you always log in with ID-porten. Your username and password will no \
                    longer work.",
            ],
        },
        confirm_new: Passage {
            heading: "Confirm your account",
            paragraphs: &["The account is created when you select “Confirm account”."],
        },
        confirm_gather: Passage {
            heading: "Confirm your account",
            paragraphs: &[
                "The account is merged with the one you have when you select “Confirm account”.",
                "After that you use only the account you have. The username and password of the \
                    other one will no longer work.",
            ],
        },
        confirm_email: Passage {
            heading: "Confirm the new email address",
            paragraphs: &[
                "The account gets the address {email} when you select “Confirm email address”.",
            ],
        },
        confirm_button: "Confirm account",
        confirm_email_button: "Confirm email address",
        reference: "The reference is {ref}, the same as in the email.",
        logged_in: "The login in this browser was made {when}. If it was not you who logged in, do \
            not confirm. You would be confirming for someone else.",
        not_me_button: "Not you? Log out and log in yourself",
        log_in_again: Passage {
            heading: "Log in again to confirm",
            paragraphs: &[
                "The login in this browser was made {when}. That is so long ago that you \
                must show who you are once more. We keep the link, and nothing has been changed.",
            ],
        },
        expired: Passage {
            heading: "The link has expired",
            paragraphs: &[
                "A link works for {ttl_hours} hours. This one has expired, and we have changed \
                nothing now.",
            ],
        },
        newer: Passage {
            heading: "You have a newer email",
            paragraphs: &[
                "Use the link in our latest email. If you cannot find it, select Continue to get \
                    a new one.",
            ],
        },
        superseded: Passage {
            heading: "You have asked for something else since",
            paragraphs: &["When you did, this link stopped working. We have changed nothing now."],
        },
        used: Passage {
            heading: "The link has already been used",
            paragraphs: &[
                "A link works only once. The account it was about is no longer linked to you. \
                If you wonder why, email {support_email} and give the reference {ref}.",
            ],
        },
        unknown: Passage {
            heading: "The link no longer works",
            paragraphs: &[
                "The link has been used, withdrawn, replaced, or has expired. We have changed \
                nothing now.",
            ],
        },
        next_send_again: &["Select “Send a new email” to get a new link."],
        next_wait: &[
            "You are waiting for another email. Use the link in that one. If you cannot find \
            it, continue.",
        ],
        next_see_request: &["Continue to see what became of your latest request."],
        next_profile: &["You have an account that is linked to ID-porten. Continue to see it."],
        next_search: &["If you want to link an account to yourself, search again."],
        send_again_button: "Send a new email",
        other_person: Passage {
            heading: "The link belongs to another person",
            paragraphs: &[
                "You are logged in as someone other than the person who asked for the email. That \
                    is why nothing happened when you opened the link.",
                "If you asked for the email yourself, select “Log out and log in as the right \
                    person”. We keep the link.",
                "If you did not ask for it, select “I did not ask for the email”. If you have \
                    questions, email {support_email}.",
            ],
        },
        right_person_button: "Log out and log in as the right person",
        broken: Passage {
            heading: "The link does not work",
            paragraphs: &["Part of the link may be missing. Open the email again, or copy the \
                whole link."],
        },
        cancelled: Passage {
            heading: "You withdrew the request",
            paragraphs: &["That is why the link no longer works, and the account has not been \
                changed."],
        },
        account_changed: Passage {
            heading: "The account has changed since you asked for the email",
            paragraphs: &["To be safe, we have not linked it to you. Search again and we will \
                send a new email."],
        },
        person_has_account: Passage {
            heading: "You already have an account",
            paragraphs: &[
                "Each person has only one account, and yours is already linked to ID-porten. We \
                    have not changed anything now.",
                "If you have another account, you can merge it with yours from the profile.",
            ],
        },
    },
    stop: Stop {
        not_asked_button: "I did not ask for the email",
        check: Passage {
            heading: "Do you want to stop this?",
            paragraphs: &[
                "If you select “This was not me”, the link in the email no longer works. If it was \
                    about an account, the person who asked for the email cannot ask for that \
                    account again until we have looked into it.",
                "If someone you share an email address with may have asked for it, check with them \
                    first.",
            ],
        },
        button: "This was not me",
        back: "Do not stop it",
        done: Passage {
            heading: "Thank you, this has been stopped",
            paragraphs: &[
                "The link in the email no longer works, and nothing has been changed.",
                "You do not need to do anything more. If you have questions, email {support_email} \
                    and give the reference {ref}.",
            ],
        },
        done_account: "The person who asked for the email cannot ask for this account again until \
            we have looked into it. If the account is yours, you can search for it and link it to \
            yourself.",
        too_late: Passage {
            heading: "It is too late to stop this here",
            paragraphs: &[
                "The person who asked for the email has already used the link. If it was about an \
                    account, the account is already linked to that person.",
                "Email {support_email} right away and give the reference {ref}. We will then close \
                    the account while we look into it.",
            ],
        },
        nothing: Passage {
            heading: "There is nothing to stop",
            paragraphs: &[
                "The link no longer works. It has been withdrawn, replaced, or has expired.",
                "If you have received a newer email from us, open the link in that one. Do you \
                    think someone has used your account? Email {support_email} at once.",
            ],
        },
        told: Passage {
            heading: "We could not complete this",
            paragraphs: &[
                "The account is not linked to you, and the link in the email no longer works.",
                "You cannot ask for this account again until we have looked into it. Email \
                    {support_email} and give the reference {ref}, and we will help you.",
                "If you have another account, you can find it with the address you have used there.",
            ],
        },
        told_new: Passage {
            heading: "We could not create the account",
            paragraphs: &[
                "No account has been created, and the link in the email no longer works.",
                "Check that the address is your own, and search again. If it is, email \
                    {support_email} and give the reference {ref}.",
            ],
        },
        told_email: Passage {
            heading: "We could not change the email address",
            paragraphs: &["The account still has the old address. Check that the new one is \
                correct. If it is, email {support_email} and give the reference {ref}."],
        },
    },
    profile: Profile {
        page: Passage {
            heading: "Check your profile",
            paragraphs: &["Your account is linked to ID-porten. Correct anything that is wrong \
                and select “Save”."],
        },
        page_new: Passage {
            heading: "Fill in your profile",
            paragraphs: &["Your account is created and linked to ID-porten. Enter your name and \
                select “Save”."],
        },
        first_name: "First name",
        last_name: "Last name",
        email: "Email",
        email_hint: "If you change the address, we send a confirmation link to the new one. The \
            old one applies until you have used the link.",
        phone: "Phone (optional)",
        phone_hint: "For example 900 00 000. Numbers outside Norway begin with + and the country code.",
        facts_heading: "About the account",
        username: "Username",
        created: "Created",
        last_used: "Last used",
        save: "Save",
        first_name_missing: "Enter your first name.",
        first_name_too_long: "The first name is too long. Enter at most {n} characters.",
        first_name_number: "Enter your first name, not your national identity number. We do not store that number.",
        first_name_odd: "The first name has hidden characters that we cannot save. Type it again.",
        last_name_missing: "Enter your last name.",
        last_name_too_long: "The last name is too long. Enter at most {n} characters.",
        last_name_number: "Enter your last name, not your national identity number. We do not store that number.",
        last_name_odd: "The last name has hidden characters that we cannot save. Type it again.",
        email_takes_no_mail: "We cannot send email to addresses with æ, ø, å or similar letters \
            before the @. Enter another one.",
        phone_malformed: "The phone number must have 5 to 15 digits, ideally starting with + and \
            the country code.",
        changed_elsewhere: "The profile was changed in another tab or on another device. We have \
            not saved what you entered, but it is still here. Check it and select “Save” again.",
        kept: "What you entered is still here. Select “Save” to save it.",
        email_pending: "We are sending a confirmation link to {email}. The address changes when \
            you use the link.",
        email_changed: "Your email address is now {email}.",
        email_dead: "We cannot send email to {email}. That is why the account still has the old \
            address. Check that the new one is correct.",
        email_not_asked: "The account still has the old email address. We sent no confirmation \
            link to {email}, because many emails have been sent today, or the address does not \
            take them. Try again tomorrow.",
        own_data: "Download your data",
        gather: "Merge with another account",
        gathered: "Accounts merged with this one",
        gather_pending: "You have asked to merge another account. We are waiting for you to use the \
            link in the email to {email}. If you ask for something else first, this will no longer \
            apply.",
    },
    history: History {
        requested: "Someone asked to have the account linked to them.",
        resent: "We sent the email again.",
        cancelled: "The person who asked for the account withdrew the request.",
        linked: "The account was linked to you.",
        created: "The account was created for you.",
        saved: "The profile was saved.",
        gathered: "The account was merged with another of your accounts.",
        email_requested: "Someone asked for a change of email address.",
        email_changed: "The email address was changed.",
        rekeyed: "We replaced the key that we recognise you by.",
        opened_by_another: "Someone other than the person who asked for the email opened the link.",
        stopped: "Someone other than the person who asked for the email stopped it.",
        freeze_lifted: "After looking into it, we let in someone who had been stopped.",
        taken_back: "We took the account back from someone it was linked to by mistake.",
        erased: "We erased the account.",
    },
    done: Done {
        page: Passage {
            heading: "You are done",
            paragraphs: &[
                "Your account was linked to ID-porten on {date} at {time}. You also get a receipt \
                    by email.",
                "From now on you always log in with ID-porten, as in other public services. You \
                    do not need to remember a username or password for {service_name}.",
            ],
        },
        page_new: Passage {
            heading: "You are done",
            paragraphs: &[
                "Your account was created on {date} at {time}. You also get a receipt by email.",
                "You always log in with ID-porten, as in other public services. You do not need \
                    a separate password for {service_name}.",
            ],
        },
        page_again: Passage {
            heading: "The changes are saved",
            paragraphs: &["You can correct the profile whenever you like."],
        },
        page_gathered: Passage {
            heading: "The accounts are merged",
            paragraphs: &[
                "You will also get a receipt by email, at the address of the other account.",
                "From now on you use only the account you have, and log in with ID-porten.",
            ],
        },
        reference: "Reference: {ref}. Give it if you write to us about this.",
        merge_with: "Merge with",
    },
    new_account: NewAccount {
        page: Passage {
            heading: "Create a completely new account",
            paragraphs: &["We will send a confirmation link to {email}. The account is created \
                when you use the link."],
        },
        never_had_one: "I have not had an account with {service_name} before",
        never_had_one_missing: "Tick the box to say that you have not had an account before, or \
            search with another email address.",
    },
    system: System {
        login_cancelled: Passage {
            heading: "You cancelled the login",
            paragraphs: &["Nothing has changed. You can log in whenever you want."],
        },
        login_failed: Passage {
            heading: "We could not log you in",
            paragraphs: &["We got an invalid answer from ID-porten. Nothing has changed. Log in \
                again. If it happens again, email {support_email} and give the \
                error ID {error_id}."],
        },
        login_too_old: Passage {
            heading: "The login was not completed",
            paragraphs: &[
                "It took too long, or you started in another browser. Nothing has changed. Start \
                    the login again.",
                "If it happens again, your browser does not take cookies from us. Allow them, or \
                    use another browser.",
            ],
        },
        login_dropped: Passage {
            heading: "You have begun several logins",
            paragraphs: &[
                "This login no longer counts, because you have begun several newer ones \
                in other tabs. We keep the three newest. Nothing has changed. Log in \
                again, or go on in one of the other tabs.",
            ],
        },
        login_too_weak: Passage {
            heading: "You must log in with a more secure electronic ID",
            paragraphs: &["The one you used is not secure enough for {service_name}. Nothing has \
                changed. Log in again with, for example, MinID or BankID."],
        },
        login_not_fresh: Passage {
            heading: "Log in again to change your email address",
            paragraphs: &[
                "It has been a while since you logged in with ID-porten. When you change your \
                    email address, we want to be sure that it is still you.",
                "Nothing is saved yet. What you entered will be in your profile when you have \
                    logged in.",
            ],
        },
        provider_down: Passage {
            heading: "We cannot reach ID-porten",
            paragraphs: &[
                "Nothing has changed. Try again in a few minutes. See \
                    status.digdir.no for service messages.",
                "If it happens again, email {support_email} and give the error ID {error_id}.",
            ],
        },
        no_norwegian_number: Passage {
            heading: "We cannot link the account with this login",
            paragraphs: &[NO_NUMBER],
        },
        still_at_provider: "You may still be logged in to ID-porten. Log out if you do not \
            want to try again.",
        session_expired: Passage {
            heading: "You have been logged out",
            paragraphs: &["You were inactive for {minutes} minutes. Log in again to continue. \
                What you have completed is saved."],
        },
        session_expired_typed: Passage {
            heading: "You have been logged out",
            paragraphs: &[
                "You were inactive for {minutes} minutes, so what you entered is not saved \
                yet. Log in again within an hour, and it will still be there.",
            ],
        },
        not_logged_in: Passage {
            heading: "You are not logged in",
            paragraphs: &["Log in to continue. What you have completed is saved."],
        },
        session_ended: Passage {
            heading: "You have been logged out",
            paragraphs: &["Log in again to continue. What you have completed is saved."],
        },
        logged_out: Passage {
            heading: "You are logged out",
            paragraphs: &["You are also logged out of other services that use ID-porten."],
        },
        logged_out_here: Passage {
            heading: "You are logged out here",
            paragraphs: &["We do not know if you are also logged out of ID-porten. If you use a \
                shared computer, close the browser."],
        },
        stale_form: Passage {
            heading: "The page no longer applies",
            paragraphs: &["It was open for too long, or you have gone on in another tab. We made \
                no changes. Search again."],
        },
        foreign_form: Passage {
            heading: "We could not accept the form",
            paragraphs: &["It did not come from our own pages, or you have logged in again since \
                you opened it. We made no changes. Go to the front page and try from there."],
        },
        bad_request: Passage {
            heading: "We did not understand what the browser sent",
            paragraphs: &["We made no changes. Go to the front page and try from there."],
        },
        not_found: Passage {
            heading: "Page not found",
            paragraphs: &["The page may have been moved or deleted, or there may be a mistake in \
                the link."],
        },
        method_not_allowed: Passage {
            heading: "The page cannot be used this way",
            paragraphs: &["We made no changes. Go to the front page and try from there."],
        },
        too_large: Passage {
            heading: "What you sent is too large",
            paragraphs: &["We made no changes. Go back, write less and try again."],
        },
        our_fault: Passage {
            heading: "Sorry, something went wrong",
            paragraphs: &["You did nothing wrong. Try again in a few minutes. If it happens \
                again, email {support_email} and give the error ID {error_id}."],
        },
        unavailable: Passage {
            heading: "Sorry, we cannot do this now",
            paragraphs: &["Nothing was changed. Try again in a few minutes. If it happens again, \
                email {support_email} and give the error ID {error_id}."],
        },
        not_confirmed: Passage {
            heading: "We do not know if it worked",
            paragraphs: &["We did not get an answer in time. Try once more. It is safe, because \
                nothing is done twice. If it happens again, email {support_email} and give the \
                error ID {error_id}."],
        },
        opens_soon: "as soon as we can",
        closed: Passage {
            heading: "Sorry, the service is closed right now",
            paragraphs: &[
                "We reopen {opens}. We made no changes now. What you have completed before is \
                    saved.",
                "If you have received an email with a link from us, you can use the link \
                    afterwards. It works for {ttl_hours} hours.",
            ],
        },
    },
    help: Article {
        heading: "Help",
        lead: "If you cannot find the answer here, email {support_email}.",
        sections: &[
            Passage {
                heading: "I cannot find my account",
                paragraphs: &[
                    "Try every email address you may have used, for example an old one, or one \
                        from work or school. You must be able to open email at the address.",
                    "Have you forgotten the address or lost access to it? Email {support_email}.",
                ],
            },
            Passage {
                heading: "The email does not arrive",
                paragraphs: &[
                    "Check your spam folder, and check that the address on the screen is correct. \
                        After {minutes} minutes you can send the email again.",
                    "If you get several emails, use the link in the latest one. It works for \
                        {ttl_hours} hours.",
                ],
            },
            Passage {
                heading: "Is the email from you?",
                paragraphs: &[
                    "Compare the reference in the email with the one on the screen. If they are \
                        the same, the email is from us. The link leads to {link_host}.",
                    "We never ask for passwords, codes or identity numbers by email.",
                ],
            },
            Passage {
                heading: "I got an email I did not ask for",
                paragraphs: &[
                    "Do not forward the email. Nothing happens unless the person who asked for it \
                        gets to use the link.",
                    "To stop it, open the link, log in as yourself, and select “I did not ask for \
                        the email”. If you have questions, email {support_email} and give the \
                        reference in the email.",
                    "Do you think someone has used your account? Email us at once.",
                ],
            },
            Passage {
                heading: "I have several accounts",
                paragraphs: &[
                    "First link the one you use most. Afterwards you can merge the others with it: \
                        select “Merge with another account” in your profile. Nothing is deleted.",
                    "Did you create a new account by mistake? You can merge the old one with the \
                        new one in the same way.",
                ],
            },
            Passage {
                heading: "I cannot log in at ID-porten",
                paragraphs: &[
                    "Call Digdir on +47 800 30 300. See status.digdir.no for service messages.",
                    "We need a Norwegian national identity number or D number from ID-porten. If \
                        you do not have one, email {support_email}.",
                ],
            },
            Passage {
                heading: "When you write to us",
                paragraphs: &[
                    "Give your name, the old email address if you remember it, and roughly when \
                        you last used {service_name}. If you saw an error ID on the screen, \
                        include it.",
                    "Do not send your identity number or password.",
                ],
            },
        ],
    },
    privacy: Article {
        heading: "Privacy",
        lead: "This page says what we store when you link your account to ID-porten, why, and for \
            how long.",
        sections: &[
            Passage {
                heading: "Who is responsible",
                paragraphs: &[
                    "{owner} is responsible for the information. If you have questions about \
                        privacy, email {privacy_contact}.",
                    "We use the information to give each person one account, and to know that it \
                        is you who gets it. Legal basis: {legal_basis}.",
                    "Amazon Web Services (AWS) stores the information and sends the email on our \
                        behalf.",
                ],
            },
            Passage {
                heading: "Your identity number",
                paragraphs: &[
                    "We get your national identity number or D number from ID-porten when you log \
                        in. We do not store it. We make a code from it with a secret key, and \
                        store only the code.",
                ],
            },
            Passage {
                heading: "Your account",
                paragraphs: &[
                    "We store your name, email address, username, when the account was created, \
                        when it was last used, when it was linked to you, and your phone number \
                        if you have given it. Everything else that belongs to the old account \
                        comes along unchanged.",
                    "We write down every change of the account: what was done, when, and the code \
                        of the person who did it. That way we can correct mistakes and detect \
                        misuse.",
                    "If someone selects “This was not me”, we write that down too. The account is then \
                        closed to the person who asked for the email until we have looked into it. \
                        For that long, we store the code of that person with the account.",
                    "We store this for as long as you have the account. We delete backups after \
                        35 days.",
                    "We have a copy of the changes that nobody can alter. We delete it after two \
                        years. If your account is erased, we keep the changes for as long.",
                    "If you ask for a new account that is never created, we delete what we wrote \
                        down about it within two years.",
                ],
            },
            Passage {
                heading: "When you search and ask for an email",
                paragraphs: &[
                    "When you search, we count the search and store a code made from the address, \
                        to prevent misuse. We delete it after about a week.",
                    "When you ask for an email, we store which account it is about, the address \
                        it goes to, when you asked for it, and whether it arrived. The link in \
                        the email works for {ttl_hours} hours. We delete this about a week after \
                        that.",
                    "Until we have sent you a receipt by e-mail, we keep the address that it goes \
                        to. We delete it once the receipt is sent, and after 30 days at the latest.",
                    "If we get a message about the email that we cannot process, we put it aside \
                        with the address in it. We delete it after at most 14 days.",
                ],
            },
            Passage {
                heading: "Service log",
                paragraphs: &[
                    "We keep a log of when pages are opened and what goes wrong. The log does not \
                        show names, addresses or identity numbers. We delete it after at most one \
                        year.",
                ],
            },
            Passage {
                heading: "Cookies",
                paragraphs: &[
                    "We only use cookies that are needed for you to log in, stay logged in, \
                        search and choose a language. They are gone when you close the browser. \
                        We do not track you, neither here nor in the email.",
                ],
            },
            Passage {
                heading: "Your rights",
                paragraphs: &[
                    "In the profile, you can correct your name, email address and phone number, \
                        and download your account data. You can also ask us to show, correct or \
                        delete what we have stored about you, or to restrict our use of it, and \
                        you can object to that use. Email {privacy_contact}.",
                    "Do you think we are doing something wrong? You can complain to the Norwegian \
                        Data Protection Authority, datatilsynet.no.",
                ],
            },
        ],
    },
    legal_basis: "article 6(1)(e) of the General Data Protection Regulation",
    accessibility: Accessibility {
        heading: "Accessibility statement",
        lead: "Everyone should be able to use these pages.",
        published: "Read the statement at uustatus.no",
        unpublished: "The statement is not published at uustatus.no yet. When it is, you will \
            find the link here.",
        sections: &[
            Passage {
                heading: "What we do",
                paragraphs: &[
                    "The pages are made to meet the requirements for universal design (WCAG 2.1 \
                        and 2.2, levels A and AA). You can use them with a keyboard, a screen \
                        reader, enlarged text and your own colours, and without JavaScript.",
                    "We test every page automatically each time we change something. Such tests \
                        do not find everything, so we would like to hear from you.",
                ],
            },
            Passage {
                heading: "Tell us",
                paragraphs: &[
                    "Is there something you cannot do? Email {support_email}. Say what you tried \
                        to do, and which browser or aid you use. We will also help you link your \
                        account.",
                ],
            },
            Passage {
                heading: "Complain",
                paragraphs: &[
                    "Are you not satisfied with our answer? You can complain to the Norwegian \
                        Anti-Discrimination Tribunal, diskrimineringsnemnda.no.",
                ],
            },
        ],
    },
    mail: Mails {
        confirmation: ConfirmationMail {
            subject: "Confirm your {service_name} account",
            asked: "On {date} at {time}, a person logged in with ID-porten asked to link this \
                account to themselves: {name_mask}, username {user_mask}, created {year}.",
            asked_new: "On {date} at {time}, a person logged in with ID-porten asked for a new \
                account with {service_name} using this email address.",
            reference: "Reference: {ref}. The same reference is on the screen of the person who \
                asked.",
            reference_new: "Reference: {ref}.",
            button: "Confirm account",
            afterwards: "Once you have confirmed, you always log in with ID-porten. Your username \
                and password will no longer work.",
        },
        receipt: ReceiptMail {
            subject: "Your account is now linked to ID-porten",
            preheader: "It happened on {date} at {time}. Reference {ref}.",
            body: &[
                "The account with username {user_mask} at {service_name} was linked to ID-porten \
                    on {date} at {time}. Reference: {ref}.",
                "From now on you always log in with ID-porten. The username and password no \
                    longer work.",
                "This email has no links. Type {portal_host} in your browser when you want to \
                    log in.",
            ],
            not_you: "If this was not you, email {support_email} at once and give the reference. \
                We will then close the account while we look into it.",
        },
        receipt_new: ReceiptMail {
            subject: "Your {service_name} account is created",
            preheader: "It happened on {date} at {time}. Reference {ref}.",
            body: &[
                "A new account with {service_name} using this email address was created on \
                    {date} at {time}. Reference: {ref}.",
                "You always log in with ID-porten. You do not need a separate password.",
                "This email has no links. Type {portal_host} in your browser when you want to \
                    log in.",
            ],
            not_you: "If this was not you, email {support_email} at once and give the reference. \
                We will then close the account while we look into it.",
        },
        receipt_gathered: ReceiptMail {
            subject: "Two {service_name} accounts are merged",
            preheader: "It happened on {date} at {time}. Reference {ref}.",
            body: &[
                "The account with the username {user_mask} was merged with another account with \
                    {service_name} on {date} at {time}. Whoever has the other account now has this \
                    one too. Reference: {ref}.",
                "From now on the other account applies, with login through ID-porten. The username \
                    and password of this one no longer work.",
                "This email has no links. Type {portal_host} in your browser when you want to \
                    log in.",
            ],
            not_you: "If this was not you, email {support_email} at once and give the reference. \
                We will then close the account while we look into it.",
        },
        email_proof: EmailProofMail {
            subject: "Confirm your email address with {service_name}",
            asked: "On {date} at {time}, a person logged in with ID-porten asked to use this \
                email address for their account with {service_name}.",
            reference: "Reference: {ref}.",
            button: "Confirm email address",
        },
        email_notice: ReceiptMail {
            subject: "The email address of your account is being changed",
            preheader: "Someone asked for this on {date} at {time}. Reference {ref}.",
            body: &[
                "On {date} at {time}, a person logged in to your account with {service_name} \
                    asked to change the email address. Reference: {ref}.",
                "The change takes effect once the new address is confirmed. From then on we send no \
                    email here.",
                "This email has no links. Type {portal_host} in your browser when you want to \
                    log in.",
            ],
            not_you: "If this was not you, email {support_email} at once and give the reference. \
                We will then close the account while we look into it.",
        },
        another: "new link at {time}",
        preheader: "Someone asked for this on {date} at {time}. Reference {ref}.",
        greeting: "Hello,",
        no_name: "no name",
        was_it_you: "Was it you? Complete it here:",
        copy_link: "Button not working? Copy the address into your browser:",
        link_belongs: "The address belongs to {link_host}. It works until {expires} and only \
            once. You must be logged in with ID-porten as the same person.",
        was_it_not_you: "If this was not you, do not forward the email. Nothing happens unless \
            the person who asked for it gets to use the link. To stop it, open the link, log in \
            as yourself, and select “I did not ask for the email”. If you have questions, email \
            {support_email}.",
        we_never_ask: "We never ask for passwords, codes or identity numbers by email.",
        signature: "Regards, {service_name}",
    },
    dates: Dates {
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        date: "{day}\u{a0}{month}\u{a0}{year}",
        time: "{hour}:{minute}",
        date_and_time: "{date} at {time}",
        today: "today at {time}",
        tomorrow: "tomorrow at {time}",
        on_day: "on {date} at {time}",
        month: "{month} {year}",
        unknown_year: "an unknown year",
    },
};
