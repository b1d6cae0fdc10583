//! Every page of trouble says what it must.

use super::*;
use crate::settings::Settings;

fn page(language: Language, trouble: Trouble) -> (String, String) {
    let settings = [
        ("BASE_URL", "https://konto.example.no"),
        ("PORTAL_URL", "https://portal.example.no"),
        ("SUPPORT_EMAIL", "hjelp@example.no"),
        ("OIDC_ISSUER", "https://idporten.example.no"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let site = Site::from(&Settings::new(settings)).expect("settings of a site");
    let mut visit = Visit::read(serde_json::Value::Null, jiff::Timestamp::UNIX_EPOCH);
    visit.language = language;
    let error_id = visit.error_id.clone();
    let body = answer(&site, visit, Err(trouble)).body.expect("a page");
    (String::from_utf8(body.to_vec()).expect("HTML is UTF-8"), error_id)
}

#[test]
fn whoever_meets_a_fault_of_ours_has_an_error_id_to_tell_support() {
    let faults: [fn() -> Trouble; 5] = [
        || Trouble::Unavailable("down".into()),
        || Trouble::NotConfirmed("no answer".into()),
        || Trouble::OurFault("garbled".into()),
        || Trouble::ProviderDown("down".into()),
        || Trouble::LoginFailed("aud"),
    ];
    for fault in faults {
        for language in Language::ALL {
            let (page, error_id) = page(language, fault());
            assert!(page.contains(&error_id), "{}", fault());
            let digits = error_id.split('-').map(|part| (part.len(), part.parse::<u16>()));
            assert!(digits.clone().count() == 2, "{error_id}");
            assert!(digits.into_iter().all(|(length, number)| length == 4 && number.is_ok()));
        }
    }
}
