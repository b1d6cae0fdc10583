use super::*;

fn key(text: &str) -> Result<String, InvalidEmail> {
    Email::parse(text).map(|email| email.key().to_owned())
}

#[test]
fn t36_spellings_of_one_address_share_a_key() {
    for text in ["kari@example.no", " Kari@Example.NO ", "KARI@EXAMPLE.no\t"] {
        assert_eq!(key(text), Ok("kari@example.no".into()), "{text:?}");
    }
    assert_eq!(key("ola@blåbær.no"), Ok("ola@xn--blbr-roah.no".into()));
    assert_eq!(key("ola@BLÅBÆR.no"), key("ola@xn--blbr-roah.no"));
}

/// The store keeps keys: one that changes with a library or with our code makes its account
/// impossible to find.
#[test]
fn t36_the_keys_in_the_store_are_those_we_make_today() {
    for (text, stored) in [
        ("BJØRN.ÅSEN@Example.no", "bjørn.åsen@example.no"),
        ("Bjo\u{308}rn@example.no", "björn@example.no"),
        ("ŠÁRÁ@example.no", "šárá@example.no"),
        ("ΟΔΟΣ@example.gr", "οδοσ@example.gr"),
        ("οδος@example.gr", "οδοσ@example.gr"),
        ("STRAẞE@example.de", "straße@example.de"),
        ("strasse@Straße.example", "strasse@xn--strae-oqa.example"),
        ("Kari+Kurs@BLÅBÆR.example.no", "kari+kurs@xn--blbr-roah.example.no"),
        ("İ@example.com", "İ@example.com"),
    ] {
        assert_eq!(key(text).as_deref(), Ok(stored), "{text}");
        assert_eq!(key(stored).as_deref(), Ok(stored), "{text}");
    }
}

#[test]
fn t36_dots_plus_and_norwegian_letters_are_part_of_the_address() {
    assert_eq!(key("a.b+c@example.no"), Ok("a.b+c@example.no".into()));
    assert_ne!(key("a.b@example.no"), key("ab@example.no"));
    assert_ne!(key("a+b@example.no"), key("a@example.no"));
    assert_ne!(key("bjorn@example.no"), key("bjørn@example.no"));
    assert_ne!(key("ı@example.no"), key("i@example.no"));
    assert_ne!(key("straße@example.no"), key("strasse@example.no"));
}

#[test]
fn an_address_is_read_out_of_what_people_paste() {
    for pasted in [
        "\u{feff}kari.lie@example.no",
        "kari.lie\u{200b}@example.no",
        "kari.lie@exam\u{ad}ple.no",
        "kari\u{2060}.lie@example.no\u{2060}",
        "\u{202a}kari.lie@example.no\u{202c}",
        "\u{2068}kari.lie@example.no\u{2069}\u{200e}",
        "\u{a0}kari.lie@example.no\u{a0}",
        "kari.lie\u{a0}@\u{202f}example.no",
        "\u{3000}kari.lie@example.no\u{2003}",
        "kari.lie@example.no.",
        "kari.lie@example.no;",
        "kari.lie@example.no, ",
        "mailto:kari.lie@example.no",
        "MAILTO:kari.lie@example.no?subject=Hei&body=a@b",
        "mailto:kari%2Elie%40example.no",
        "Kari Lie <kari.lie@example.no>",
        "\"Lie, Kari\" <kari.lie@example.no>;",
        "Kari\u{a0}Lie <\u{200b}kari.lie@example.no.>",
        "<kari.lie@example.no>",
        "<mailto:kari.lie@example.no>",
        "kari.lie@example.no<mailto:kari.lie@example.no>",
        "Kari.Lie@example.no <kari.lie@example.no>",
        "\"kari.lie@example.no\"",
        "'kari.lie@example.no'",
    ] {
        assert_eq!(key(pasted), Ok("kari.lie@example.no".into()), "{pasted:?}");
    }
    let decomposed = Email::parse("a\u{30a}se@bla\u{30a}bær.no").expect("an address");
    assert_eq!(decomposed.as_given(), "åse@blåbær.no");
    assert_eq!(
        Email::parse("Kari+1@Example.no").expect("an address").as_given(),
        "Kari+1@Example.no"
    );
}

#[test]
fn mail_goes_where_the_part_before_the_at_sign_is_ascii() {
    for (text, takes) in
        [("kari@example.no", true), ("ola@blåbær.no", true), ("bjørn@example.no", false)]
    {
        assert_eq!(Email::parse(text).expect("an address").takes_mail(), takes, "{text}");
    }
}

#[test]
fn t115_an_address_leaves_us_with_its_domain_in_a_labels_and_the_rest_as_given() {
    for (text, wire) in [
        ("solveig@blåbær.example.no", "solveig@xn--blbr-roah.example.no"),
        (" Solveig.B@BLÅBÆR.Example.no", "Solveig.B@xn--blbr-roah.example.no"),
        ("solveig@xn--blbr-roah.example.no", "solveig@xn--blbr-roah.example.no"),
        ("Kari+x@Example.NO", "Kari+x@Example.NO"),
    ] {
        let email = Email::parse(text).expect("an address");
        assert_eq!(email.on_the_wire(), wire);
        assert!(email.takes_mail(), "{text}");
    }
}

#[test]
fn t36_whatever_is_not_one_plain_address_is_refused_for_its_own_reason() {
    use InvalidEmail::{
        Character, Domain, Dots, Empty, NoAt, NoDot, NothingAfterAt, NothingBeforeAt,
        SeveralAddresses, SeveralAts, Space,
    };
    for (text, reason) in [
        ("", Empty),
        ("  ", Empty),
        ("\n", Empty),
        ("\u{200b}\u{a0}", Empty),
        ("kari", NoAt),
        ("kari(at)example.no", NoAt),
        ("mailto:", Empty),
        ("@example.no", NothingBeforeAt),
        ("kari@", NothingAfterAt),
        ("kari@.", NothingAfterAt),
        ("kari@example", NoDot),
        ("kari@@example.no", SeveralAts),
        ("a@b@example.no", SeveralAts),
        ("a@example.no,b@example.no", SeveralAddresses),
        ("a@example.no;b@example.no", SeveralAddresses),
        ("a@example.no b@example.no", SeveralAddresses),
        ("a@example.no\u{a0}b@example.no", SeveralAddresses),
        ("a@example.no / b@example.no", SeveralAddresses),
        ("A <a@example.no>, B <b@example.no>", SeveralAddresses),
        ("b@example.no <a@example.no>", SeveralAddresses),
        ("mailto:a@example.no,b@example.no", SeveralAddresses),
        ("kari@example.no\r\nBcc: x@example.no", SeveralAddresses),
        ("kari @example.no", Space),
        ("kari lie@example.no", Space),
        ("kari@exam ple.no", Space),
        ("kari@example.no\nx", Space),
        ("kari,ola@example.no", Character(',')),
        ("\"kari\"@example.no", Character('"')),
        ("kari(x)@example.no", Character('(')),
        ("kari@[127.0.0.1]", Character('[')),
        ("kari@127.0.0.1", Domain),
        (".kari@example.no", Dots),
        ("kari.@example.no", Dots),
        ("ka..ri@example.no", Dots),
        ("kari@example..no", Dots),
        ("kari@.example.no", Dots),
        ("kari\u{0}@example.no", Character('\0')),
        ("ｋari@example.no", Character('ｋ')),
        ("\u{212a}ari@example.no", Character('\u{212a}')),
        ("kari＠example.no", NoAt),
        ("ﬁn@example.no", Character('ﬁ')),
        ("kari@ｅxample.no", Character('ｅ')),
        ("kari\u{200d}@example.no", Character('\u{200d}')),
        ("kari@-example.no", Domain),
        ("kari@exa_mple.no", Character('_')),
        ("kari@example.no>", Character('>')),
        ("=HYPERLINK(\"mailto:kari@example.no\")", Character('(')),
    ] {
        assert_eq!(key(text), Err(reason), "{text:?}");
    }
}

#[test]
fn t36_the_longest_address_there_can_be_is_one() {
    let of = |local: usize, last: usize| {
        let label = "b".repeat(63);
        format!("{}@{label}.{label}.{}.no", "a".repeat(local), "c".repeat(last))
    };
    assert_eq!(of(64, 58).len(), MAX_BYTES);
    assert!(key(&of(64, 58)).is_ok());
    for (local, last) in [(64, 59), (65, 57), (300, 2), (64, 300)] {
        assert_eq!(key(&of(local, last)), Err(InvalidEmail::TooLong), "{local} {last}");
    }
    assert_eq!(
        key(&format!("Kari {} <kari@example.no>", "Lie ".repeat(100))),
        key("kari@example.no")
    );
}

#[test]
fn t112_an_encoded_word_before_the_at_sign_is_no_address() {
    for text in ["=?utf-8?q?kari?=@example.no", "kari=?x@example.no"] {
        assert_eq!(key(text), Err(InvalidEmail::EncodedWord), "{text}");
    }
    for text in ["kari=x@example.no", "kari?=x@example.no", "=kari?@example.no"] {
        assert!(key(text).is_ok(), "{text}");
    }
}

#[test]
fn t36_look_alike_letters_of_other_scripts_stay_different() {
    assert_ne!(key("kаri@example.no"), key("kari@example.no"), "the first has a Cyrillic a");
}

#[test]
fn what_is_shown_of_a_character_can_be_seen() {
    for (invalid, shown) in [
        (InvalidEmail::Character('('), "("),
        (InvalidEmail::Character('\0'), "U+0000"),
        (InvalidEmail::Character('\u{200d}'), "U+200D"),
        (InvalidEmail::EncodedWord, "=?"),
        (InvalidEmail::NoAt, ""),
    ] {
        assert_eq!(invalid.sign(), shown);
    }
}
