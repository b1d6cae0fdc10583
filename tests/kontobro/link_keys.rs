//! Changing the key that mailed links are made with, while mails wait (T111).

use crate::support::{Kontobro, Person, Service, minutes, number};

/// Kari has asked under these keys; SES took no mail.
async fn kari_waits(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.breaks("ses", standins::ses::paused());
    kari.logs_in().await.asks_for(kari.address).await;
    kari
}

/// Some minutes later the sweeper of this Kontobro tries.
async fn sweeps_later(service: &Service, kontobro: &Kontobro) {
    service.clock.passes(minutes(6));
    kontobro.sweeps().await;
}

#[tokio::test]
async fn t111_a_mail_that_waited_for_a_new_link_key_has_a_link_that_works() {
    let service = Service::new();
    kari_waits(&service.starts_with_link_keys(&[1]).await).await;
    drop(service.starts_with_link_keys(&[1, 2]).await);
    let kontobro = service.starts_with_link_keys(&[2, 1]).await;
    sweeps_later(&service, &kontobro).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.sees("Sjekk e-posten din");
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t111_a_mail_whose_link_key_is_gone_does_not_go_out_and_its_person_asks_anew() {
    let service = Service::new();
    kari_waits(&service.starts_with_link_keys(&[1]).await).await;
    let kontobro = service.starts_with_link_keys(&[2]).await;
    sweeps_later(&service, &kontobro).await;
    assert!(kontobro.outbox().all().is_empty(), "nobody can make that link");
    assert!(kontobro.books().of_kind("REQUEST")[0].get("outbox_due").is_none());
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.opens("/sendt").await;
    kari.sees(kari.texts().link.expired.heading);
    kari.presses("Send e-posten på nytt").await;
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t111_a_sweeper_that_does_not_know_the_newest_key_yet_leaves_the_mail_to_one_that_does() {
    let service = Service::new();
    drop(service.starts_with_link_keys(&[1]).await);
    kari_waits(&service.starts_with_link_keys(&[2, 1]).await).await;
    {
        let old = service.starts_with_link_keys(&[1]).await;
        sweeps_later(&service, &old).await;
        assert!(old.outbox().all().is_empty());
        let books = old.books();
        let [request] = books.of_kind("REQUEST")[..] else { panic!("one request") };
        assert_eq!(number(request, "outbox_tries"), 0, "no hand-over was begun");
    }
    let kontobro = service.starts_with_link_keys(&[2, 1]).await;
    sweeps_later(&service, &kontobro).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    kari.follows_the_mail().await.sees("Se over profilen din");
}
