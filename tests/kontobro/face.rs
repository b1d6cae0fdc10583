//! What people may trust in: mails that can be checked, and time enough.

use crate::support::{Kontobro, Person, Service, hours, minutes};

#[tokio::test]
async fn a18_a_mail_has_a_sender_to_answer_and_headers_for_one_single_message() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.sweeps().await;
    let mails = kontobro.outbox().mails_to(kari.address);
    assert_eq!(mails.len(), 2, "a link and a receipt");
    for mail in &mails {
        assert_eq!(mail.0.from, "\"NAKOS\" <svar-ikke@nakos.example>");
        assert_eq!(mail.0.reply_to, "support@nakos.example");
        let [(automatic, how), (name, of_its_own)] = &mail.0.headers[..] else {
            panic!("two headers, and no List-Unsubscribe: {:?}", mail.0.headers)
        };
        assert_eq!([&**automatic, how], ["Auto-Submitted", "auto-generated"]);
        assert_eq!(name, "X-Entity-Ref-ID");
        assert!(mail.says(of_its_own.rsplit_once('-').expect("a reference, and more").0));
        assert!(mail.0.html.contains("<html lang=\"nb\">"), "in the language of the session");
    }
    assert!(mails[0].has_link() && !mails[1].has_link());
}

#[tokio::test]
async fn a18_the_reference_on_the_screen_is_the_one_in_the_mail() {
    let kontobro = Kontobro::start().await;
    let kari = waiting(&kontobro).await;
    let text = kari.page().text.clone();
    let (_, after) = text.split_once("Referansen ").expect("a reference on the screen");
    let (reference, _) = after.split_once(' ').expect("words after it");
    assert!(kontobro.outbox().only_mail_to(kari.address).says(&format!("Referanse: {reference}.")));
}

/// WCAG 2.2.1: over 20 hours is time enough for anyone.
#[tokio::test]
async fn a12_a_link_works_after_23_hours_and_no_longer_after_24() {
    for (hours_passed, heading) in [(23, "Se over profilen din"), (24, "Lenken er for gammel")] {
        let kontobro = Kontobro::start().await;
        let kari = waiting(&kontobro).await;
        kontobro.clock.passes(hours(hours_passed));
        let link = kontobro.outbox().only_mail_to(kari.address).link();
        kari.opens_from_elsewhere(&link).await;
        kari.sees("Logg inn for å bekrefte kontoen").goes_to_idporten().await;
        kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
        kari.sees(heading);
    }
}

#[tokio::test]
async fn a12_whoever_was_away_for_31_minutes_logs_in_and_is_at_the_same_step() {
    let kontobro = Kontobro::start().await;
    let kari = waiting(&kontobro).await;
    kontobro.clock.passes(minutes(31));
    kari.reloads().await;
    kari.sees("Du har blitt logget ut").reads("Du var ikke aktiv på 30 minutter.");
    kari.goes_to_idporten().await.identifies_as(kari.pid, "idporten-loa-substantial").await;
    kari.sees("Sjekk e-posten din").is_at("/sendt").reads(kari.address);
}

#[tokio::test]
async fn the_privacy_notice_names_the_legal_basis_in_the_readers_language() {
    let set = "nb=helseloven § 1 | nn=helselova § 1 | en=section 1 of the Health Act";
    for (legal_basis, words) in [
        (
            "",
            [
                "personvernforordningen artikkel 6 nr. 1 bokstav e.",
                "personvernforordninga artikkel 6 nr. 1 bokstav e.",
                "article 6(1)(e) of the General Data Protection Regulation.",
            ],
        ),
        (set, ["helseloven § 1.", "helselova § 1.", "section 1 of the Health Act."]),
    ] {
        let service = Service::new();
        let kontobro = service.starts_with(&[("LEGAL_BASIS", legal_basis)]).await;
        let reader = kontobro.browser();
        for (language, words) in ["nb", "nn", "en"].into_iter().zip(words) {
            reader.opens(&format!("/personvern?sprak={language}")).await;
            reader.reads(words);
            assert!(!reader.page().html.contains("<span lang="), "{language}");
        }
    }
}

/// How to reach people, as an owner may set it.
const SUPPORT: [(&str, &str); 3] = [
    ("SUPPORT_PHONE", "+47 22 00 00 00"),
    ("SUPPORT_HOURS", "nb=hverdager kl. 9–15 | nn=kvardagar kl. 9–15 | en=on weekdays 9–15"),
    ("SUPPORT_REPLY_DAYS", "2"),
];

#[tokio::test]
async fn support_can_be_called_where_the_owner_says_so() {
    let service = Service::new();
    let kontobro = service.starts_with(&SUPPORT).await;
    let reader = kontobro.browser();
    for (language, call, reply) in [
        ("nb", "ringe +47 22 00 00 00, hverdager kl. 9–15.", "innen 2 virkedager"),
        ("nn", "ringje +47 22 00 00 00, kvardagar kl. 9–15.", "innan 2 virkedagar"),
        ("en", "call +47 22 00 00 00, on weekdays 9–15.", "within 2 working days"),
    ] {
        for page in ["/", "/hjelp"] {
            reader.opens(&format!("{page}?sprak={language}")).await;
            let html = reader.page().plain_html();
            assert!(html.contains("href=\"tel:+4722000000\""), "{language} {page}");
            let words = without_tags(&html);
            assert!(words.contains(call) && words.contains(reply), "{language} {page}: {words}");
        }
    }
}

#[tokio::test]
async fn who_has_set_nothing_offers_no_phone_and_promises_no_time() {
    let kontobro = Kontobro::start().await;
    let reader = kontobro.browser();
    for page in ["/", "/hjelp"] {
        reader.opens(page).await;
        let html = without_tags(&reader.page().plain_html());
        assert!(!html.contains("ringe +") && !html.contains("virkedag"), "{page}: {html}");
    }
}

/// What stands on the whole page, footer included.
fn without_tags(html: &str) -> String {
    let text = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    text.collect::<String>().replace('\u{a0}', " ")
}

#[tokio::test]
async fn the_waiting_page_says_which_mail_to_look_for() {
    let kontobro = Kontobro::start().await;
    let kari = waiting(&kontobro).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    kari.reads("svar-ikke@nakos.example").reads(&mail.0.subject);
}

#[tokio::test]
async fn whoever_writes_to_support_from_a_page_with_a_reference_has_it_in_the_subject() {
    let kontobro = Kontobro::start().await;
    let kari = waiting(&kontobro).await;
    let text = kari.page().text.clone();
    let reference = text.split("Referansen ").nth(1).expect("a reference")[..9].to_owned();
    let subject = format!("mailto:support@nakos.example?subject=Referanse%20{reference}\"");
    let has_subject = |person: &Person<'_>| {
        let page = person.page();
        let mails = page.html.matches("mailto:").count();
        assert_eq!(page.html.matches(&subject).count(), mails, "{page}");
        assert!(mails > 0, "{page}");
    };
    has_subject(&kari);
    kari.follows_the_mail().await.saves().await;
    kari.sees("Du er ferdig").reads(&format!("Referanse: {reference}"));
    has_subject(&kari);
    // Where there is none, none is said.
    kari.opens("/hjelp").await;
    assert!(!kari.page().html.contains("?subject="));
}

async fn waiting(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await.sees("Sjekk e-posten din");
    kari
}
