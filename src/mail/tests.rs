use super::letter::{Colours, DARK, LIGHT};
use super::*;

const LINK: &str = "https://konto.example.no/b?t=c2VjcmV0&x=1";
const REFERENCE: &str = "K7QM-2WXD";

fn site() -> Site {
    Site {
        function: "mail-sweeper".into(),
        base_url: "https://konto.example.no".into(),
        portal_url: "https://portal.example.no".into(),
        service_name: "NAKOS".into(),
        support_email: "hjelp@example.no".into(),
        support: crate::settings::Support::default(),
        owner: "NAKOS".into(),
        privacy_contact: "hjelp@example.no".into(),
        legal_basis: None,
        accessibility_statement: None,
        login_origins: "https://idporten.no".into(),
        closed: crate::settings::Closed::default(),
    }
}

fn kari() -> Card {
    let created = Some(jiff::civil::date(2014, 3, 1));
    Card::new(["Kari", "Nordmann", "kari1"], created, None)
}

fn asked() -> Confirmation<'static> {
    let asked_at = "2026-11-23T13:05:00Z".parse().unwrap();
    let expires_at = "2026-11-24T13:05:00Z".parse().unwrap();
    Confirmation { reference: REFERENCE, link: LINK, asked_at, is_another: false, expires_at }
}

fn done() -> Receipt<'static> {
    Receipt { reference: REFERENCE, at: "2026-11-23T13:05:00Z".parse().unwrap() }
}

fn named(language: Language, site: &Site) -> [(&'static str, Mail); 8] {
    let (kari, another) = (kari(), Confirmation { is_another: true, ..asked() });
    [
        ("confirmation-another", confirmation(language, site, Some(&kari), &another)),
        ("confirmation", confirmation(language, site, Some(&kari), &asked())),
        ("confirmation-new", confirmation(language, site, None, &asked())),
        ("email-proof", email_proof(language, site, &asked())),
        ("receipt", receipt(language, site, Some(&kari), &done())),
        ("receipt-new", receipt(language, site, None, &done())),
        ("receipt-gathered", receipt_gathered(language, site, &kari, &done())),
        ("email-notice", email_notice(language, site, &done())),
    ]
}

fn with_link(site: &Site) -> Vec<(Language, Mail)> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            named(language, site).into_iter().take(4).map(move |(_, mail)| (language, mail))
        })
        .collect()
}

fn without_link(site: &Site) -> Vec<(Language, Mail)> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            named(language, site).into_iter().skip(4).map(move |(_, mail)| (language, mail))
        })
        .collect()
}

fn every_mail(site: &Site) -> Vec<(Language, Mail)> {
    with_link(site).into_iter().chain(without_link(site)).collect()
}

/// The words a reader of the HTML part sees, with one space between them.
fn words_of(html: &str) -> String {
    let (_, body) = html.split_once("<body").expect("a mail has a body");
    let (_, shown) = body.split_once("</div>").expect("the hidden preheader comes first");
    let shown = shown.replace("<strong>", "").replace("</strong>", "");
    let text: String = shown
        .split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    words(&text.replace("&amp;", "&"))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_parts_say_the_same_but_for_the_button_that_plain_text_lacks() {
    for (language, mail) in every_mail(&site()) {
        let if_no_button = format!("{} ", texts(language).mail.copy_link);
        assert_eq!(words_of(&mail.html).replace(&if_no_button, ""), words(&mail.text));
    }
}

/// Every mail as it is sent, in `snapshots/`: read the difference as its receiver would, then accept
/// it as CONTRIBUTING.md says.
#[test]
fn a18_every_mail_reads_as_agreed() {
    for (language, mails) in Language::ALL.map(|language| (language, named(language, &site()))) {
        for (name, Mail { subject, text, html }) in mails {
            let html = without_colours(&html).replace("><", ">\n<");
            let whole = format!("Subject: {subject}\n\n{text}\n----- HTML -----\n\n{html}");
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("{name}-{}", language.tag()), whole);
            });
        }
    }
}

/// Colours are the owner's: the theme's, not the mail's.
fn without_colours(html: &str) -> String {
    let mut pieces = html.split('#');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |html, piece| {
        let is_colour = piece.len() >= 6 && piece[..6].chars().all(|c| c.is_ascii_hexdigit());
        if is_colour { html + "[colour]" + &piece[6..] } else { html + "#" + piece }
    })
}

#[test]
fn a_later_mail_says_in_its_subject_that_its_link_is_the_newer_one() {
    for language in Language::ALL {
        let [another, first, ..] = named(language, &site()).map(|(_, mail)| mail);
        let more = another.subject.strip_prefix(&first.subject).expect("the same, and more");
        assert!(more.contains("14.05") || more.contains("14:05"), "{more}");
        assert_eq!(another.text, first.text);
    }
}

#[test]
fn a_mail_about_a_new_account_says_nothing_of_an_old_one() {
    let mail = confirmation(Language::Bokmal, &site(), None, &asked());
    assert!(mail.text.contains("om en ny brukerkonto hos NAKOS"));
    assert!(!mail.text.contains("brukernavn") && !mail.text.contains("Brukernavn"));
}

#[test]
fn an_account_without_name_or_year_is_still_described() {
    let bare = Card::new(["", "", "kari1"], None, None);
    let mail = confirmation(Language::Bokmal, &site(), Some(&bare), &asked());
    assert!(mail.text.contains("til seg: uten navn, brukernavn ka•••1, opprettet et ukjent år."));
}

#[test]
fn t67_a_username_that_may_be_an_identity_number_is_only_dots() {
    let card = Card::new(["Kari", "Nordmann", "01819010001"], None, None);
    let mail = confirmation(Language::Bokmal, &site(), Some(&card), &asked());
    assert!(mail.text.contains("til seg: Ka••• No•••, brukernavn •••, opprettet"), "{}", mail.text);
}

#[test]
fn every_mail_carries_the_reference_and_the_time_asked_for() {
    for (_, mail) in every_mail(&site()) {
        assert!(mail.text.contains(REFERENCE), "{}", mail.text);
        assert!(mail.text.contains("14.05") || mail.text.contains("14:05"), "{}", mail.text);
    }
}

#[test]
fn what_the_reader_compares_stays_on_one_line() {
    for (_, mail) in every_mail(&site()) {
        let whole = format!("<strong style=\"display:inline-block\">{REFERENCE}</strong>");
        assert!(mail.html.contains(&whole), "{}", mail.html);
        let (_, shown) = mail.html.split_once("</h1>").unwrap();
        assert!(!shown.contains(" ID-porten"), "{shown}");
    }
}

#[test]
fn every_placeholder_is_filled() {
    for (_, mail) in every_mail(&site()) {
        let (_, body) = mail.html.split_once("</head>").unwrap();
        for part in [&*mail.subject, &*mail.text, body] {
            assert!(!part.contains(['{', '}']), "{part}");
        }
    }
}

#[test]
fn a_receipt_has_no_link_at_all() {
    for (_, mail) in without_link(&site()) {
        for part in [&mail.text, &mail.html] {
            assert!(!part.contains("http") && !part.contains("<a"), "{part}");
        }
    }
}

/// People live at the portal, and type its address; ours is in links alone.
#[test]
fn a_receipt_names_the_portal_and_a_link_says_whose_it_is() {
    for (_, mail) in without_link(&site()) {
        assert!(mail.text.contains("portal.example.no"), "{}", mail.text);
        assert!(!mail.text.contains("konto.example.no"), "{}", mail.text);
    }
    for (_, mail) in with_link(&site()) {
        assert!(mail.text.contains("konto.example.no."), "{}", mail.text);
        assert!(!mail.text.contains("portal.example.no"), "{}", mail.text);
    }
}

#[test]
fn the_whole_address_stands_where_it_can_be_read_and_copied() {
    let escaped = LINK.replace('&', "&amp;");
    for (_, mail) in with_link(&site()) {
        assert_eq!(mail.text.lines().filter(|line| *line == LINK).count(), 1);
        assert_eq!(mail.html.matches(&format!(r#"href="{escaped}""#)).count(), 2);
        assert!(mail.html.contains(&format!(">{escaped}</a>")));
    }
}

#[test]
fn nothing_is_loaded_and_nothing_is_tracked() {
    for (_, mail) in every_mail(&site()) {
        for loads in ["<img", "<script", "<link", "url(", "@import", "src=", "<form", "<iframe"] {
            assert!(!mail.html.contains(loads), "{loads}");
        }
    }
}

#[test]
fn the_language_stands_on_the_document_and_inside_it() {
    for (language, mail) in every_mail(&site()) {
        let lang = format!(r#"lang="{}""#, language.tag());
        assert!(mail.html.contains(&format!("<html {lang}>")));
        assert_eq!(mail.html.matches(&lang).count(), 2);
    }
}

#[test]
fn t75_hostile_values_stay_text() {
    let hostile = r#""><script>alert(1)</script>&"#;
    let site = Site { service_name: hostile.into(), ..site() };
    let card = Card::new(["<b>Kari", "&amp;", "\"><img>"], None, None);
    let asked = Confirmation { reference: "<i>", link: r#"https://x/"onclick=""#, ..asked() };
    let mail = confirmation(Language::English, &site, Some(&card), &asked);
    let (_, body) = mail.html.split_once("<body").unwrap();
    let tags = body.split('<').skip(1).map(|piece| piece.split([' ', '>']).next().unwrap());
    let ours = ["div", "table", "tr", "td", "h1", "p", "a", "br", "strong", "span"];
    for tag in tags.map(|tag| tag.trim_start_matches('/')) {
        assert!([&ours[..], &["body", "html"]].concat().contains(&tag), "<{tag}> came in");
    }
    assert!(!mail.html.contains(r#""onclick"#), "an attribute came in");
    assert!(mail.text.contains(hostile), "plain text is not escaped");
}

#[test]
fn text_is_readable_in_light_and_dark() {
    for Colours { ground, paper, ink, reference, link, button, button_ink, .. } in [LIGHT, DARK] {
        let pairs =
            [(ink, paper), (ink, ground), (ink, reference), (link, paper), (button_ink, button)];
        for (front, back) in pairs {
            let contrast = contrast(front, back);
            assert!(contrast >= 4.5, "{front} on {back}: {contrast:.1}");
        }
    }
}

/// Contrast of two `#rrggbb` colours, 1 to 21. Source: WCAG 2.2, "contrast ratio".
fn contrast(one: &str, other: &str) -> f64 {
    let [darker, lighter] = {
        let mut both = [luminance(one), luminance(other)];
        both.sort_by(f64::total_cmp);
        both
    };
    (lighter + 0.05) / (darker + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
