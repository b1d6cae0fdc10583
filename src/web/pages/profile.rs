//! P7: the profile, filled in as far as it is known.

use jiff::SignedDuration;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::address::invalid_email;
use crate::{
    domain::{
        Account, InvalidEmail, Request, Wish, limits,
        profile::{Fault, Field},
        request::{MailState, Progress},
    },
    texts::dates,
    web::{
        Answer, Note, Scene,
        html::{
            Button, Color, FieldError, LinkButton, Row, Shown, TextField, actions, alert,
            description_list, error_summary, subheading, way,
        },
        scene::Page,
    },
};

/// A profile that was not saved, on its way back to the person.
#[derive(Serialize, Deserialize)]
pub struct ProfileDraft {
    /// `[first name, last name, email, phone]` as typed.
    pub typed: [String; 4],
    /// The version of the account that it was based on.
    pub version: u64,
    /// Why it was not saved.
    pub why: NotYet,
}

/// Why a profile was not saved.
#[derive(Serialize, Deserialize)]
pub enum NotYet {
    /// This is wrong with these fields.
    Faulty(Vec<(Field, Fault)>),
    /// It was changed elsewhere in the meantime (T66).
    ChangedElsewhere,
    /// Something else came first: a login, as the session had ended or was not fresh (T53); another
    /// language; or that mail is open again (T100).
    Waits,
}

impl Note for ProfileDraft {
    const PAGE: &'static str = "/profil";
    const LIFE: SignedDuration = limits::HANDLE;
}

/// The profile page. `asked` is what the person has asked for: of what comes after the way it tells how
/// that goes.
pub fn profile(
    scene: &Scene<'_>,
    account: &Account,
    draft: Option<&ProfileDraft>,
    asked: Option<&Request>,
) -> Answer {
    let reference = asked.map(|asked| asked.id.reference());
    let about = reference.as_deref().map(|reference| scene.about(reference));
    let scene = about.as_ref().unwrap_or(scene);
    let (texts, common) = (&scene.texts.profile, &scene.texts.common);
    // The last step of the way, once; later it is a page to come back to.
    let first_time = account.saved_at.is_none();
    let is_new = account.username.is_empty() && first_time;
    let passage = if is_new { &texts.page_new } else { &texts.page };
    let [first, last, email, phone] = match draft {
        Some(draft) => draft.typed.each_ref().map(String::as_str),
        None => {
            let email = account.email.as_given();
            [account.first_name.as_str(), &account.last_name, email, &account.phone]
        }
    };
    let why = draft.map(|draft| &draft.why);
    let faults = match why {
        Some(NotYet::Faulty(faults)) => faults.as_slice(),
        _ => &[],
    };
    // What was changed elsewhere has now been seen. Everything else is still based on what it was.
    let version = match draft {
        Some(ProfileDraft { why: NotYet::Faulty(_) | NotYet::Waits, version, .. }) => *version,
        Some(ProfileDraft { why: NotYet::ChangedElsewhere, .. }) | None => account.version,
    };
    let words: Vec<_> =
        faults.iter().map(|(field, fault)| (*field, fault_words(scene, *field, *fault))).collect();
    let error = |field| words.iter().find(|(of, _)| *of == field).map(|(_, text)| text.as_str());
    let errors: Vec<_> =
        words.iter().map(|(field, text)| FieldError { field: field_name(*field), text }).collect();
    let field = |field, label, value, autocomplete| TextField {
        name: field_name(field),
        label,
        value,
        error: error(field),
        autocomplete,
        ..TextField::default()
    };
    let body = html! {
        (error_summary(common.error_summary, &errors))
        @match why {
            Some(NotYet::ChangedElsewhere) => (alert(Color::Warning, scene.paragraphs(&[texts.changed_elsewhere], &[]))),
            Some(NotYet::Waits) => (alert(Color::Info, scene.paragraphs(&[texts.kept], &[]))),
            Some(NotYet::Faulty(_)) | None => {}
        }
        (scene.passage(passage, &[]))
        @if let Some(asked) = asked { (under_way(scene, asked)) }
        (scene.form_to_type_in("/profil", &[("versjon", &version.to_string())], html! {
            (field(Field::FirstName, texts.first_name, first, "given-name"))
            (field(Field::LastName, texts.last_name, last, "family-name"))
            (TextField {
                kind: "email",
                hint: Some(texts.email_hint),
                ..field(Field::Email, texts.email, email, "email")
            })
            (TextField { kind: "tel", hint: Some(texts.phone_hint), ..field(Field::Phone, texts.phone, phone, "tel") })
            (facts(scene, account))
            (actions(Button::new(texts.save)))
        }))
        (actions(html! {
            (LinkButton::new("/sok", texts.gather).tertiary())
            (LinkButton::new("/profil/data", texts.own_data).tertiary())
        }))
    };
    let title = passage.heading.into();
    scene.page_to_type_in(
        StatusCode::OK,
        Page { title, step: first_time.then_some(5), has_errors: !errors.is_empty(), body },
    )
}

/// What was asked for since, another address or another account: whether it is under way, cannot be
/// mailed, or was stopped.
fn under_way(scene: &Scene<'_>, asked: &Request) -> Markup {
    let (texts, reference) = (&scene.texts.profile, asked.id.reference());
    let values = [("email", asked.email.as_given()), ("ref", &reference)];
    let told = |color, words: &[&str]| alert(color, scene.paragraphs(words, &values));
    match (asked.wish, asked.progress, asked.mail) {
        (Wish::ChangeEmail, Progress::Stopped, _) => {
            told(Color::Warning, scene.texts.stop.told_email.paragraphs)
        }
        (Wish::ChangeEmail, Progress::Open, MailState::Dead) => {
            told(Color::Warning, &[texts.email_dead])
        }
        (Wish::ChangeEmail, Progress::Open, _) if asked.is_waiting(scene.visit.now) => {
            told(Color::Info, &[texts.email_pending])
        }
        (Wish::Gather { .. }, Progress::Stopped, _) => {
            told(Color::Warning, scene.texts.stop.told.paragraphs)
        }
        (Wish::Gather { .. }, Progress::Open, _) if asked.is_waiting(scene.visit.now) => html! {
            (told(Color::Info, &[texts.gather_pending]))
            (way("/sendt", scene.texts.sent.page.heading))
        },
        _ => html! {},
    }
}

/// What cannot be changed here.
fn facts(scene: &Scene<'_>, account: &Account) -> Markup {
    let texts = &scene.texts.profile;
    let day = |date| dates::date(scene.language(), date);
    let [created, last_used] = [account.created_on, account.last_used_on].map(|date| date.map(day));
    let gathered = Some(account.gathered.len()).filter(|number| *number > 0);
    let gathered = gathered.map(|number| number.to_string());
    let rows = [
        (texts.username, Some(account.username.as_str()).filter(|name| !name.is_empty())),
        (texts.created, created.as_deref()),
        (texts.last_used, last_used.as_deref()),
        (texts.gathered, gathered.as_deref()),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Row { term, value: Shown::Whole(value?) }));
    html! {
        (subheading(texts.facts_heading))
        (description_list(&rows.collect::<Vec<_>>()))
    }
}

/// A field's name in the form.
const fn field_name(field: Field) -> &'static str {
    match field {
        Field::FirstName => "fornavn",
        Field::LastName => "etternavn",
        Field::Email => "epost",
        Field::Phone => "telefon",
    }
}

fn fault_words(scene: &Scene<'_>, field: Field, fault: Fault) -> String {
    let texts = &scene.texts.profile;
    let text = match (field, fault) {
        (Field::FirstName, Fault::Missing) => texts.first_name_missing,
        (Field::FirstName, Fault::TooLong) => texts.first_name_too_long,
        (Field::FirstName, Fault::IdentityNumber) => texts.first_name_number,
        (Field::FirstName, _) => texts.first_name_odd,
        (Field::LastName, Fault::Missing) => texts.last_name_missing,
        (Field::LastName, Fault::TooLong) => texts.last_name_too_long,
        (Field::LastName, Fault::IdentityNumber) => texts.last_name_number,
        (Field::LastName, _) => texts.last_name_odd,
        (Field::Email, Fault::NoAddress(invalid)) => return invalid_email(scene, invalid),
        (Field::Email, Fault::TakesNoMail) => texts.email_takes_no_mail,
        (Field::Email, _) => return invalid_email(scene, InvalidEmail::Empty),
        (Field::Phone, _) => texts.phone_malformed,
    };
    scene.fill(text, &[("n", &limits::NAME_CHARS.to_string())])
}
