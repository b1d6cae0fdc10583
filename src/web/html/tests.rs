//! What every page promises, checked on the markup.

use super::*;
use crate::web::assets;
use maud::{Markup, Render, html};

const ATTACK: &str = r#""><script>alert('x')</script>"#;

fn frame<'a>() -> Frame<'a> {
    Frame {
        lang: "nn",
        title: "Søk",
        error_prefix: "",
        service_name: "NAKOS",
        skip_link: "Hopp til hovudinnhald",
        languages_label: "Språk",
        languages: &[
            Language { tag: "nb", name: "Bokmål", href: "/sok?lang=nb", current: false },
            Language { tag: "nn", name: "Nynorsk", href: "/sok?lang=nn", current: true },
        ],
        typed_in: None,
        step: Some(Step { number: 2, of: 5, text: "Steg 2 av 5" }),
        way_out: Some(WayOut {
            label: "Logg ut",
            action: "/logg-ut",
            session: Some(LoggedIn { text: "Du er logga inn", csrf: "token" }),
        }),
        help: marked(
            "Skriv til hjelp@example.no.",
            &[Mark::Mail { address: "hjelp@example.no", subject: "" }],
        ),
        footer: &[Link { href: "/hjelp", text: "Hjelp" }],
        owner: Some("Eksempeletaten står bak NAKOS."),
    }
}

/// Every component once, with `word` wherever a word goes.
fn everything(word: &str) -> Markup {
    let errors = [FieldError { field: "epost", text: word }];
    let rows = [
        Row { term: word, value: Shown::Whole(word) },
        Row { term: word, value: Shown::Masked { seen: word, spoken: word } },
    ];
    let field = TextField {
        name: "epost",
        label: word,
        value: word,
        hint: Some(word),
        error: Some(word),
        ..TextField::default()
    };
    let form =
        Form { action: "/sok#feil", csrf: word, id: Some("skjema"), hidden: &[("konto", word)] };
    let buttons = html! {
        (Button::new(word).hidden(word).sending("valg", word))
        (LinkButton::new("/", word).tertiary().logo(Some("/assets/logo.svg")))
    };
    html! {
        (error_summary(word, &errors)) (alert(Color::Warning, passage(word, &[])))
        (heading(word)) (heading_done(word)) (subheading(word)) (lead(word)) (steps(&[word])) (reference(word)) (way("/", word))
        (passage(word, &[Mark::Value(word)])) (marked(word, &[Mark::Mail { address: word, subject: "" }]))
        (form.around(html! {
            (TextField { is_question: true, ..field }) (field)
            (Checkbox { name: "ny", label: word, checked: true, error: Some(word) })
            (actions(buttons))
        }))
        (cards(&[AccountCard { heading: Some(word), rows: &rows, action: html! {} }]))
    }
}

#[test]
fn nothing_that_anyone_typed_becomes_markup() {
    let page = layout(&frame(), everything(ATTACK)).into_string();
    assert!(!page.contains("<script"));
}

#[test]
fn no_page_needs_script_or_inline_style() {
    let page = layout(&frame(), everything("ord")).into_string();
    for forbidden in ["<script", "<style", " style=", " onclick=", "javascript:"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_class_in_a_page_has_a_rule_in_the_style_sheet() {
    let file = assets::stylesheet_path().strip_prefix("/assets/").unwrap();
    let css = str::from_utf8(assets::asset(file).unwrap().bytes).unwrap();
    let page = layout(&frame(), everything("ord")).into_string();
    let classes = page.split("class=\"").skip(1).flat_map(|rest| {
        let (classes, _) = rest.split_once('"').unwrap();
        classes.split(' ')
    });
    for class in classes {
        assert!(css.contains(&format!(".{class}")), "{class}");
    }
}

#[test]
fn an_error_page_says_so_first_in_its_title() {
    let page = layout(&Frame { error_prefix: "Feil: ", ..frame() }, html! {}).into_string();
    assert!(page.contains("<title>Feil: Søk – NAKOS</title>"));
    assert!(page.contains(r#"<html lang="nn""#));
}

#[test]
fn whoever_is_logged_in_can_log_out_from_every_page() {
    let page = layout(&frame(), html! {}).into_string();
    assert!(page.contains(r#"<form action="/logg-ut" method="post">"#));
    assert!(page.contains(r#"<input type="hidden" name="csrf" value="token">"#));
    let stranger = layout(&Frame { way_out: None, ..frame() }, html! {}).into_string();
    assert!(!stranger.contains("<form"));
}

#[test]
fn a_wrong_field_is_tied_to_its_hint_and_its_error() {
    let field = TextField {
        name: "epost",
        hint: Some("Di eiga adresse."),
        error: Some("Skriv inn e-postadressa."),
        ..TextField::default()
    };
    let field = field.render().into_string();
    assert!(field.contains(r#"aria-describedby="epost-hint epost-feil" aria-invalid="true""#));
    assert!(field.contains(r#"id="epost-hint""#) && field.contains(r#"id="epost-feil""#));
}

#[test]
fn a_field_that_is_right_mentions_no_error() {
    let field = TextField { name: "epost", ..TextField::default() }.render().into_string();
    assert!(!field.contains("aria-"));
}

#[test]
fn the_error_summary_leads_to_each_field_and_is_absent_without_errors() {
    let errors = [FieldError { field: "epost", text: "Skriv inn e-postadressa." }];
    let summary = error_summary("Rett opp", &errors).into_string();
    assert!(summary.contains(r##"<a class="ds-link" href="#epost">Skriv inn"##));
    assert!(summary.contains(r#"id="feil" role="group" tabindex="-1""#));
    assert_eq!(error_summary("Rett opp", &[]).into_string(), "");
}

#[test]
fn a_screen_reader_hears_words_in_place_of_dots() {
    let masked = Shown::Masked { seen: "Ka•••", spoken: "begynner med Ka" }.render().into_string();
    assert!(masked.contains(r#"aria-hidden="true">Ka•••<"#));
    assert!(masked.contains(r#"class="ds-sr-only">begynner med Ka<"#));
}

#[test]
fn a_passage_marks_addresses_wherever_they_stand() {
    let text = "Vi skreiv til a@b.no.\nSpør hjelp@a.no, ikkje a@b.no.";
    let marks = [Mark::Value("a@b.no"), Mark::Mail { address: "hjelp@a.no", subject: "" }];
    assert_eq!(
        passage(text, &marks).into_string(),
        "<p class=\"ds-paragraph\">Vi skreiv til <span class=\"kb-whole\">\
         <bdi class=\"kb-value\">a@<wbr>b.no</bdi>.</span></p>\
         <p class=\"ds-paragraph\">Spør <span class=\"kb-whole\">\
         <a class=\"ds-link\" href=\"mailto:hjelp@a.no\">hjelp@<wbr>a.no</a>,</span> \
         ikkje <span class=\"kb-whole\"><bdi class=\"kb-value\">a@<wbr>b.no</bdi>.</span></p>"
    );
}

#[test]
fn a_word_is_not_broken_after_its_first_letter() {
    assert_eq!(
        words("Åpne «e-posten», til ID-porten. Feil 1-2 i K7QM-2WXD").into_string(),
        "Åpne <span class=\"kb-whole\">«e-posten»,</span> til <span class=\"kb-whole\">ID-porten.\
         </span> Feil 1-2 i K7QM-2WXD"
    );
}
