//! The texts in nynorsk.

use super::{
    Accessibility, Address, Article, Check, Common, ConfirmationMail, Dates, Done, EmailProofMail,
    History, Link, Mails, NewAccount, Passage, Profile, ReceiptMail, Search, SearchResult, Sent,
    Start, Stop, System, Texts,
};

const NO_NUMBER: &str = "Vi treng norsk fødselsnummer eller d-nummer frå ID-porten. Har du ikkje \
    det? Skriv til {support_email}.";

pub(super) static TEXTS: Texts = Texts {
    common: Common {
        skip_to_content: "Hopp til hovudinnhald",
        language: "Språk",
        logged_in: "Du er logga inn med ID-porten",
        log_in: "Logg inn med ID-porten",
        log_out: "Logg ut",
        cancel: "Avbryt",
        confirm: "Stadfest",
        search_again: "Søk på nytt",
        try_again: "Prøv igjen",
        to_start: "Gå til framsida",
        go_to_service: "Gå til {service_name}",
        step: "Steg {n} av 5",
        error_prefix: "Feil:",
        error_summary: "For å gå vidare må du rette opp desse feilane",
        need_help: "Treng du hjelp? Skriv til {support_email}. Ikkje send fødselsnummer eller \
            passord.",
        call: "Du kan også ringje {support_phone}.",
        call_at: "Du kan også ringje {support_phone}, {support_hours}.",
        reply_day: "Vi svarer vanlegvis innan éin virkedag.",
        reply_days: "Vi svarer vanlegvis innan {n} virkedagar.",
        subject: "Referanse {ref}",
        subject_error: "Feil-ID {error_id}",
        run_by: "{owner} står bak {service_name}.",
        footer_help: "Hjelp",
        footer_privacy: "Personvern",
        footer_accessibility: "Tilgjengelegheitserklæring",
    },
    start: Start {
        heading: "Kople kontoen din til ID-porten",
        lead: "{service_name} har fått ny innlogging. No loggar du inn med ID-porten, og kvar \
            person har berre éin brukarkonto.",
        how_heading: "Slik gjer du",
        steps: [
            "Logg inn med ID-porten. Du vel sjølv kva elektronisk ID du bruker, til dømes MinID \
                eller BankID.",
            "Søk opp kontoen din med e-postadressa du har brukt hos {service_name}.",
            "Vel «Slå saman» og deretter «Stadfest».",
            "Opne e-posten vi sender deg, og vel «Stadfest brukarkonto».",
            "Sjå over profilen din og vel «Lagre».",
        ],
        new_here: "Er du ny? Begynn på same måte. Etter søket kan du opprette ein konto.",
        no_number: NO_NUMBER,
        linked: "Er kontoen din kopla frå før? I profilen kan du rette opplysningane dine, eller \
            slå kontoen saman med ein til.",
        to_profile: "Gå til profilen din",
        go_on: "Gå vidare",
        closed: "Du kan ikkje kople kontoen din akkurat no. Vi opnar igjen {opens}. Er han kopla frå \
            før, loggar du inn som vanleg.",
    },
    search: Search {
        heading: "Kva e-postadresse har du brukt hos {service_name}?",
        hint: "Skriv ei adresse som er di eiga, der du får lese e-post. Vi sender ei \
            stadfestingslenke dit. Er du ny, skriv du adressa du vil bruke.",
        button: "Søk",
        no_access: "Har du gløymt adressa, eller kjem du ikkje inn på ho? Skriv til \
            {support_email}.",
        privacy_note: "For å oppdage misbruk lagrar vi talet på søk og ein kode av adressa i om \
            lag éi veke. Sjølve adressa lagrar vi ikkje.",
        privacy_link: "Les meir om personvern",
        too_many: "Du har søkt mange gonger. Vent {minutes} minutt før du søker igjen.",
        gather: Passage {
            heading: "Har du ein konto til?",
            paragraphs: &["Då kan du slå han saman med kontoen du har. Ingenting blir sletta."],
        },
        gather_hint: "Skriv adressa til den andre kontoen. Du må få lese e-post der, for vi \
            sender ei stadfestingslenke dit.",
    },
    address: Address {
        missing: "Skriv inn e-postadressa di.",
        no_at: "E-postadressa manglar @. Skriv adressa slik: namn@eksempel.no.",
        several_ats: "E-postadressa har meir enn éin @. Skriv adressa slik: namn@eksempel.no.",
        several_addresses: "Skriv berre éi e-postadresse.",
        space: "E-postadressa har mellomrom i seg. Skriv berre adressa, utan mellomrom.",
        nothing_before_at: "E-postadressa manglar det som skal stå framfor @. Skriv adressa slik: \
            namn@eksempel.no.",
        nothing_after_at: "E-postadressa manglar det som skal stå etter @. Skriv adressa slik: \
            namn@eksempel.no.",
        character: "Vi kan ikkje ta imot {sign} i ei e-postadresse. Sjekk at ho er rett.",
        dots: "E-postadressa har punktum på feil stad. Punktum kan ikkje stå først, rett ved @ eller \
            to gonger etter kvarandre.",
        no_dot: "E-postadressa manglar slutten, til dømes .no eller .com.",
        too_long: "E-postadressa er lengre enn ei adresse kan vere. Skriv berre adressa.",
        domain: "Det som står etter @, kan ikkje vere rett. Skriv adressa slik: namn@eksempel.no.",
    },
    result: SearchResult {
        one: "Vi fann éin konto",
        many: "Vi fann {n} kontoar",
        lead: "Du søkte med {email}. Av omsyn til personvernet viser vi berre delar av \
            opplysningane.",
        choose: "Vel kontoen du bruker mest. Dei andre kan du slå saman med han etterpå.",
        choose_gather: "Vel éin om gongen.",
        card: "Konto {n} av {total}",
        name: "Namn",
        username: "Brukarnamn",
        created: "Oppretta",
        last_used: "Sist brukt",
        never_used: "Aldri",
        unknown: "Ikkje kjent",
        begins_with: "begynner med {prefix}",
        begins_and_ends: "begynner med {prefix}, sluttar med {suffix}",
        merge: "Slå saman",
        merge_hidden: "konto {n}",
        some_closed: "Nokre kontoar med denne adressa kan ikkje slåast saman. Dei kan vere kopla \
            til ID-porten frå før, eller dei kan vere stengde. Finn du ikkje din? Skriv til \
            {support_email}.",
        other_address: "Søk med ei anna e-postadresse",
        new_heading: "Har du aldri hatt konto hos {service_name}?",
        new_warning: "Ikkje opprett ein ny konto dersom du har ein frå før. Då blir ikkje den \
            gamle kontoen kopla til deg.",
        new_button: "Opprett ein heilt ny brukarkonto",
        none: Passage {
            heading: "Vi fann ingen konto",
            paragraphs: &[
                "Ingen konto bruker {email}. Sjekk at adressa er skriven rett. Kanskje du har \
                    brukt ei anna e-postadresse tidlegare? Får du framleis lese e-post der, kan \
                    du søke med den i staden.",
                "Har du gløymt adressa, eller kjem du ikkje inn på e-posten lenger? Skriv til \
                    {support_email}.",
            ],
        },
        too_many: Passage {
            heading: "Vi fann mange kontoar",
            paragraphs: &[
                "Vi fann fleire enn fem kontoar. Skriv til {support_email}, så hjelper vi deg.",
            ],
        },
        taken: Passage {
            heading: "Vi kan ikkje slå saman denne kontoen",
            paragraphs: &["Kontoen kan vere kopla til ID-porten frå før, eller han kan vere \
                stengd. Meiner du at kontoen er din, eller har du bytt frå d-nummer til \
                fødselsnummer? Skriv til {support_email}."],
        },
        mine: Passage {
            heading: "Kontoen din er allereie kopla til ID-porten",
            paragraphs: &["Du treng ikkje gjere noko meir. Du loggar alltid inn med ID-porten."],
        },
    },
    check: Check {
        page: Passage {
            heading: "Er dette rett konto?",
            paragraphs: &[
                "Når du vel «Stadfest», sender vi ein e-post med ei stadfestingslenke til \
                    {email}. Kontoen blir først kopla til deg når du bruker lenka.",
                "Etterpå loggar du alltid inn med ID-porten. Brukarnamnet og passordet ditt \
                    verkar ikkje lenger.",
            ],
        },
        gather: Passage {
            heading: "Er dette rett konto?",
            paragraphs: &[
                "Når du vel «Stadfest», sender vi ein e-post med ei stadfestingslenke til \
                    {email}. Denne kontoen blir slått saman med kontoen du har, når du bruker \
                    lenka.",
                "Etterpå bruker du berre kontoen du har. Ingenting blir sletta, men brukarnamnet \
                    og passordet til denne verkar ikkje lenger.",
            ],
        },
        replaces_email: "Du har bede om å byte e-postadresse til {email}. Vel du «Stadfest» her, gjeld ikkje \
            det lenger, og du må be om bytet på nytt.",
        replaces_account: "Du har alt bede om ein annan konto. E-posten til {email} har referansen \
            {ref}. Vel du «Stadfest» her, verkar ikkje lenka i han lenger. Vil du ha begge kontoane, \
            bruker du den lenka først. Etterpå kan du slå saman denne.",
        replaces_new: "Du har alt bede om ein ny konto. E-posten til {email} har referansen {ref}. \
            Vel du «Stadfest» her, verkar ikkje lenka i han lenger, og den kontoen blir ikkje \
            oppretta.",
        replaces_same: "Du har alt bede om denne kontoen. E-posten til {email} har referansen {ref}. \
            Vel du «Stadfest» igjen, verkar berre lenka i den nyaste e-posten frå oss.",
        back: "Vel ein annan konto",
        changed: Passage {
            heading: "Kontoen er endra sidan du søkte",
            paragraphs: &[
                "For tryggleiks skuld viser vi han ikkje. Vi har ikkje sendt nokon e-post no, \
                og kontoen er ikkje kopla til deg. Søk på nytt. Finn du han ikkje, skriv du til \
                {support_email}.",
            ],
        },
        too_many_today: Passage {
            heading: "Du har bede om mange e-postar i dag",
            paragraphs: &[
                "Vi har ikkje sendt ein ny e-post. Har du fått ein tidlegare, verkar lenka i den \
                    siste framleis.",
                "Prøv igjen i morgon. Finn du ingen e-post frå oss, skriv du til \
                    {support_email}.",
            ],
        },
        too_many_to_account: Passage {
            heading: "Vi har sendt mange e-postar om denne kontoen i dag",
            paragraphs: &[
                "Difor har vi ikkje sendt ein ny. Har du fått ein tidlegare, verkar lenka i den \
                    siste framleis.",
                "Prøv igjen i morgon, eller skriv til {support_email}.",
            ],
        },
        address_dead: Passage {
            heading: "Vi når ikkje e-postadressa",
            paragraphs: &[
                "Vi har prøvd å sende e-post til denne adressa tidlegare i dag, men det går ikkje. \
                    Difor har vi ikkje sendt ein ny.",
                "Søk med ei anna adresse, eller skriv til {support_email}.",
            ],
        },
        address_takes_no_mail: Passage {
            heading: "Vi kan ikkje sende e-post til adressa",
            paragraphs: &[
                "E-posttenesta vår tek ikkje imot adresser med æ, ø, å eller liknande teikn framfor \
                    @. Difor kan vi ikkje sende stadfestingslenka dit. Ingenting er endra.",
                "Søk med ei anna adresse, eller skriv til {support_email}.",
            ],
        },
    },
    sent: Sent {
        page: Passage {
            heading: "Sjekk e-posten din",
            paragraphs: &[
                "Vi har sendt ein e-post til {email}. Opne han, og vel «Stadfest brukarkonto». \
                    Lenka verkar til {expires}.",
                "Referansen {ref} står også i e-posten. Då veit du at han er frå oss.",
            ],
        },
        page_on_its_way: Passage {
            heading: "Sjekk e-posten din",
            paragraphs: &[
                "Ein e-post til {email} er på veg. Opne e-posten når han kjem, og vel «Stadfest \
                    brukarkonto». Lenka verkar til {expires}.",
                "Referansen {ref} står også i e-posten. Då veit du at han er frå oss.",
            ],
        },
        queued: "E-posten er på veg. Det kan ta litt tid.",
        delayed: "E-posten til {email} er forseinka. Vi held fram med å prøve. Er innboksen full, \
            må du rydde plass.",
        delivered: "E-posttenesta for {email} har teke imot e-posten.",
        unclear: "Vi fekk eit automatisk svar frå {email}. Det kan vere e-posten vår i retur, \
            eller berre eit fråværssvar. Finn du ikkje e-posten, vel du «Send e-posten på nytt».",
        box_full_heading: "Innboksen er full",
        box_full: "Innboksen for {email} er full. Rydd plass, og vel «Send e-posten på nytt».",
        refused_heading: "E-posten blei avvist",
        refused: "E-posten til {email} blei avvist på vegen. Vel «Send e-posten på nytt». Kjem han \
            ikkje då heller, skriv du til {support_email}.",
        dead_heading: "Vi når ikkje e-postadressa",
        dead: "Vi kan ikkje sende fleire e-postar til {email}. Adressa er kanskje ikkje i bruk \
            lenger, eller e-posten vår er meld som søppelpost. Fekk du han likevel, verkar lenka. \
            Elles søker du med ei anna adresse, eller skriv til {support_email}.",
        not_found_heading: "Finn du ikkje e-posten?",
        spam: "E-posten kjem vanlegvis med ein gong. Finn du han ikkje, sjekkar du søppelposten \
            (spam).",
        mail_from: "Avsendar",
        mail_subject: "Emne",
        may_close: "Du kan lukke denne sida. Bruker du lenka på ei anna eining, må du logge inn \
            med ID-porten der.",
        resend: "Send e-posten på nytt",
        resent: "Vi har sendt ein ny e-post. Lenka i den gamle verkar ikkje lenger.",
        wait: "Vent {minutes} minutt før du sender e-posten på nytt.",
        pending: "Vi ventar på at du stadfestar.",
        go_on: "Eg har brukt lenka, gå vidare",
        not_used_yet: "Lenka er ikkje brukt enno. Opne e-posten og vel «Stadfest brukarkonto».",
        expired: "Lenka gjekk ut {expires}. Vel «Send e-posten på nytt», så får du ei ny.",
        cancel: "Trekk tilbake førespurnaden",
        cancel_means: "Du kan trekke tilbake førespurnaden og søke på nytt. Då verkar ikkje lenka i \
            e-posten lenger, og ingen konto blir endra.",
        cancelled: "Du har trekt tilbake førespurnaden. Ingen konto er kopla til deg, og lenka i \
            e-posten verkar ikkje lenger.",
        cancelled_gather: "Du har trekt tilbake førespurnaden. Kontoane er ikkje slått saman, og lenka \
            i e-posten verkar ikkje lenger.",
    },
    link: Link {
        login: Passage {
            heading: "Logg inn for å stadfeste kontoen",
            paragraphs: &[
                "Logg inn som den personen som bad om e-posten. Slik veit vi at det er du som \
                    stadfestar.",
                "Var det ikkje du som bad om han? Logg inn som deg sjølv, så kan du stoppe det.",
            ],
        },
        confirm: Passage {
            heading: "Stadfest brukarkontoen din",
            paragraphs: &[
                "Kontoen blir kopla til deg når du vel «Stadfest brukarkonto».",
                "Etterpå loggar du alltid inn med ID-porten. Brukarnamnet og passordet ditt \
                    verkar ikkje lenger.",
            ],
        },
        confirm_new: Passage {
            heading: "Stadfest brukarkontoen din",
            paragraphs: &["Kontoen blir oppretta når du vel «Stadfest brukarkonto»."],
        },
        confirm_gather: Passage {
            heading: "Stadfest brukarkontoen din",
            paragraphs: &[
                "Kontoen blir slått saman med den du har, når du vel «Stadfest brukarkonto».",
                "Etterpå bruker du berre kontoen du har. Brukarnamnet og passordet til den andre \
                    verkar ikkje lenger.",
            ],
        },
        confirm_email: Passage {
            heading: "Stadfest den nye e-postadressa",
            paragraphs: &["Kontoen får adressa {email} når du vel «Stadfest e-postadresse»."],
        },
        confirm_button: "Stadfest brukarkonto",
        confirm_email_button: "Stadfest e-postadresse",
        reference: "Referansen er {ref}, den same som i e-posten.",
        logged_in: "Innlogginga i denne nettlesaren blei gjord {when}. Var det ikkje du som logga \
            inn, må du ikkje stadfeste. Då stadfestar du for nokon andre.",
        not_me_button: "Ikkje deg? Logg ut og logg inn sjølv",
        log_in_again: Passage {
            heading: "Logg inn på nytt for å stadfeste",
            paragraphs: &[
                "Innlogginga i denne nettlesaren blei gjord {when}. Det er så lenge sidan \
                at du må vise kven du er ein gong til. Vi tek vare på lenka, og ingenting er endra.",
            ],
        },
        expired: Passage {
            heading: "Lenka er for gammal",
            paragraphs: &[
                "Ei lenke verkar i {ttl_hours} timar. Denne har gått ut, og vi har ikkje endra \
                noko no.",
            ],
        },
        newer: Passage {
            heading: "Du har fått ein nyare e-post",
            paragraphs: &[
                "Bruk lenka i den siste e-posten frå oss. Finn du han ikkje, går du vidare og ber \
                om ein ny.",
            ],
        },
        superseded: Passage {
            heading: "Du har bede om noko anna sidan",
            paragraphs: &[
                "Då du gjorde det, slutta denne lenka å verke. Vi har ikkje endra noko no.",
            ],
        },
        used: Passage {
            heading: "Lenka er allereie brukt",
            paragraphs: &[
                "Ei lenke verkar berre éin gong. Kontoen ho gjaldt, er ikkje kopla til deg \
                lenger. Lurer du på kvifor, skriv du til {support_email} og oppgir referansen {ref}.",
            ],
        },
        unknown: Passage {
            heading: "Lenka verkar ikkje lenger",
            paragraphs: &[
                "Lenka er brukt, trekt tilbake, erstatta eller gått ut. Vi har ikkje endra noko no.",
            ],
        },
        next_send_again: &["Vel «Send ny e-post», så får du ei ny lenke."],
        next_wait: &["Du ventar på ein annan e-post. Bruk lenka i han. Finn du han ikkje, går du \
            vidare."],
        next_see_request: &["Gå vidare for å sjå korleis det gjekk med det du bad om sist."],
        next_profile: &["Du har ein konto som er kopla til ID-porten. Gå vidare for å sjå han."],
        next_search: &["Vil du kople ein konto til deg, søker du på nytt."],
        send_again_button: "Send ny e-post",
        other_person: Passage {
            heading: "Lenka høyrer til ein annan person",
            paragraphs: &[
                "Du er logga inn som ein annan enn den som bad om e-posten. Difor skjedde det \
                    ingenting då du opna lenka.",
                "Bad du om e-posten sjølv, vel du «Logg ut og logg inn som rett person». Vi tek \
                    vare på lenka.",
                "Bad du ikkje om han, vel du «Eg bad ikkje om e-posten». Lurer du på noko, skriv \
                    du til {support_email}.",
            ],
        },
        right_person_button: "Logg ut og logg inn som rett person",
        broken: Passage {
            heading: "Lenka verkar ikkje",
            paragraphs: &["Kanskje du berre fekk med deg ein del av lenka. Opne e-posten på \
                nytt, eller kopier heile lenka."],
        },
        cancelled: Passage {
            heading: "Du trekte tilbake førespurnaden",
            paragraphs: &["Difor verkar ikkje lenka lenger, og kontoen er ikkje endra."],
        },
        account_changed: Passage {
            heading: "Kontoen er endra sidan du bad om e-posten",
            paragraphs: &["For å vere sikre har vi ikkje kopla han til deg. Søk på nytt, så \
                sender vi ein ny e-post."],
        },
        person_has_account: Passage {
            heading: "Du har allereie ein konto",
            paragraphs: &[
                "Kvar person har berre éin brukarkonto, og din er kopla til ID-porten frå før. \
                    Vi har ikkje endra noko no.",
                "Har du ein konto til? Frå profilen kan du slå han saman med den du har.",
            ],
        },
    },
    stop: Stop {
        not_asked_button: "Eg bad ikkje om e-posten",
        check: Passage {
            heading: "Vil du stoppe dette?",
            paragraphs: &[
                "Vel du «Dette var ikkje meg», verkar ikkje lenka i e-posten lenger. Gjaldt han ein \
                    konto, kan den som bad om e-posten, ikkje be om kontoen igjen før vi har \
                    undersøkt saka.",
                "Kan det vere nokon du deler e-postadresse med som bad om han, spør du dei først.",
            ],
        },
        button: "Dette var ikkje meg",
        back: "Ikkje stopp det",
        done: Passage {
            heading: "Takk, no er det stoppa",
            paragraphs: &[
                "Lenka i e-posten verkar ikkje lenger, og ingenting er endra.",
                "Du treng ikkje gjere noko meir. Lurer du på noko, skriv du til {support_email} og \
                    oppgir referansen {ref}.",
            ],
        },
        done_account: "Den som bad om e-posten, kan ikkje be om denne kontoen igjen før vi har \
            undersøkt saka. Er kontoen din, kan du søke han opp og kople han til deg sjølv.",
        too_late: Passage {
            heading: "Det er for seint å stoppe dette her",
            paragraphs: &[
                "Den som bad om e-posten, har allereie brukt lenka. Gjaldt det ein konto, er kontoen \
                    allereie kopla til den personen.",
                "Skriv til {support_email} med ein gong og oppgi referansen {ref}. Då stengjer vi \
                    kontoen medan vi undersøker.",
            ],
        },
        nothing: Passage {
            heading: "Det er ingenting å stoppe",
            paragraphs: &[
                "Lenka verkar ikkje lenger. Ho er trekt tilbake, erstatta eller gått ut.",
                "Har du fått ein nyare e-post frå oss, opnar du lenka i han. Trur du at nokon har \
                    brukt kontoen din? Skriv til {support_email} med ein gong.",
            ],
        },
        told: Passage {
            heading: "Vi kunne ikkje fullføre dette",
            paragraphs: &[
                "Kontoen er ikkje kopla til deg, og lenka i e-posten verkar ikkje lenger.",
                "Du kan ikkje be om denne kontoen igjen før vi har undersøkt saka. Skriv til \
                    {support_email} og oppgi referansen {ref}, så hjelper vi deg.",
                "Har du ein annan konto, kan du søke han opp med adressa du har brukt der.",
            ],
        },
        told_new: Passage {
            heading: "Vi kunne ikkje opprette kontoen",
            paragraphs: &[
                "Ingen konto er oppretta, og lenka i e-posten verkar ikkje lenger.",
                "Sjekk at adressa er di eiga, og søk på nytt. Er ho det, skriv du til \
                    {support_email} og oppgir referansen {ref}.",
            ],
        },
        told_email: Passage {
            heading: "Vi kunne ikkje byte e-postadressa",
            paragraphs: &[
                "Kontoen har framleis den gamle adressa. Sjekk at den nye er rett. Er ho \
                det, skriv du til {support_email} og oppgir referansen {ref}.",
            ],
        },
    },
    profile: Profile {
        page: Passage {
            heading: "Sjå over profilen din",
            paragraphs: &[
                "Kontoen er kopla til ID-porten. Rett det som ikkje stemmer, og vel «Lagre».",
            ],
        },
        page_new: Passage {
            heading: "Fyll ut profilen din",
            paragraphs: &["Kontoen er oppretta og kopla til ID-porten. Skriv inn namnet ditt, \
                og vel «Lagre»."],
        },
        first_name: "Førenamn",
        last_name: "Etternamn",
        email: "E-post",
        email_hint: "Byter du adresse, sender vi ei stadfestingslenke til den nye. Den gamle \
            gjeld til du har brukt lenka.",
        phone: "Telefon (valfritt)",
        phone_hint: "Til dømes 900 00 000. Utanlandske nummer begynner med + og landkode.",
        facts_heading: "Om kontoen",
        username: "Brukarnamn",
        created: "Oppretta",
        last_used: "Sist brukt",
        save: "Lagre",
        first_name_missing: "Skriv inn førenamnet ditt.",
        first_name_too_long: "Førenamnet er for langt. Skriv høgst {n} teikn.",
        first_name_number: "Skriv førenamnet ditt, ikkje fødselsnummeret. Fødselsnummeret lagrar vi ikkje.",
        first_name_odd: "Førenamnet har skjulte teikn som vi ikkje kan lagre. Skriv det på nytt.",
        last_name_missing: "Skriv inn etternamnet ditt.",
        last_name_too_long: "Etternamnet er for langt. Skriv høgst {n} teikn.",
        last_name_number: "Skriv etternamnet ditt, ikkje fødselsnummeret. Fødselsnummeret lagrar vi ikkje.",
        last_name_odd: "Etternamnet har skjulte teikn som vi ikkje kan lagre. Skriv det på nytt.",
        email_takes_no_mail: "Vi kan ikkje sende e-post til adresser med æ, ø, å eller liknande \
            teikn framfor @. Skriv inn ei anna.",
        phone_malformed: "Telefonnummeret må ha 5 til 15 siffer, gjerne med + og landkode framfor.",
        changed_elsewhere: "Profilen er endra i ei anna fane eller på ei anna eining. Vi har \
            ikkje lagra det du skreiv, men det står her framleis. Sjå over og vel «Lagre» igjen.",
        kept: "Det du skreiv, står her framleis. Vel «Lagre» for å lagre det.",
        email_pending: "Vi sender ei stadfestingslenke til {email}. Adressa blir bytt når du \
            bruker lenka.",
        email_changed: "E-postadressa di er no {email}.",
        email_dead: "Vi kan ikkje sende e-post til {email}. Difor har kontoen framleis den gamle \
            adressa. Sjekk at den nye er rett.",
        email_not_asked: "Kontoen har framleis den gamle e-postadressa. Vi sende inga \
            stadfestingslenke til {email}, anten fordi det er sendt mange e-postar i dag, eller \
            fordi adressa ikkje tek imot e-post. Prøv igjen i morgon.",
        own_data: "Last ned opplysningane dine",
        gather: "Slå saman med ein konto til",
        gathered: "Kontoar slått saman med denne",
        gather_pending: "Du har bede om å slå saman ein konto til. Vi ventar på at du bruker lenka \
            i e-posten til {email}. Ber du om noko anna før det, gjeld ikkje dette lenger.",
    },
    history: History {
        requested: "Nokon bad om å få kontoen kopla til seg.",
        resent: "Vi sende e-posten på nytt.",
        cancelled: "Den som bad om kontoen, trekte førespurnaden tilbake.",
        linked: "Kontoen blei kopla til deg.",
        created: "Kontoen blei oppretta for deg.",
        saved: "Profilen blei lagra.",
        gathered: "Kontoen blei slått saman med ein annan av kontoane dine.",
        email_requested: "Nokon bad om å byte e-postadresse.",
        email_changed: "E-postadressa blei bytt.",
        rekeyed: "Vi bytte nøkkelen som vi kjenner deg igjen med.",
        opened_by_another: "Ein annan enn den som bad om e-posten, opna lenka.",
        stopped: "Ein annan enn den som bad om e-posten, stoppa det.",
        freeze_lifted: "Vi opna igjen for ein som var stoppa, etter å ha undersøkt saka.",
        taken_back: "Vi tok kontoen tilbake frå ein som var kopla til han ved ein feil.",
        erased: "Vi sletta kontoen.",
    },
    done: Done {
        page: Passage {
            heading: "Du er ferdig",
            paragraphs: &[
                "Kontoen din blei kopla til ID-porten {date} kl.\u{a0}{time}. Du får også ei kvittering \
                    på e-post.",
                "Frå no av loggar du alltid inn med ID-porten, slik som i andre offentlege \
                    tenester. Du treng ikkje hugse brukarnamn eller passord hos {service_name}.",
            ],
        },
        page_new: Passage {
            heading: "Du er ferdig",
            paragraphs: &[
                "Kontoen din blei oppretta {date} kl.\u{a0}{time}. Du får også ei kvittering på e-post.",
                "Du loggar alltid inn med ID-porten, slik som i andre offentlege tenester. Du \
                    treng ikkje noko eige passord hos {service_name}.",
            ],
        },
        page_again: Passage {
            heading: "Endringane er lagra",
            paragraphs: &["Du kan rette profilen når du vil."],
        },
        page_gathered: Passage {
            heading: "Kontoane er slått saman",
            paragraphs: &[
                "Du får også ei kvittering på e-post, til adressa som den andre kontoen hadde.",
                "Frå no av bruker du berre kontoen du har, og loggar inn med ID-porten.",
            ],
        },
        reference: "Referanse: {ref}. Oppgi han dersom du skriv til oss om dette.",
        merge_with: "Slå saman med",
    },
    new_account: NewAccount {
        page: Passage {
            heading: "Opprett ein heilt ny brukarkonto",
            paragraphs: &["Vi sender ei stadfestingslenke til {email}. Kontoen blir oppretta når \
                du bruker lenka."],
        },
        never_had_one: "Eg har ikkje hatt konto hos {service_name} tidlegare",
        never_had_one_missing: "Kryss av for at du ikkje har hatt konto tidlegare, eller søk med \
            ei anna e-postadresse.",
    },
    system: System {
        login_cancelled: Passage {
            heading: "Du avbraut innlogginga",
            paragraphs: &["Ingenting er endra. Du kan logge inn når du vil."],
        },
        login_failed: Passage {
            heading: "Vi fekk ikkje logga deg inn",
            paragraphs: &["Vi fekk eit ugyldig svar frå ID-porten. Ingenting er endra. \
                Logg inn på nytt. Skjer det igjen, skriv du til {support_email} og oppgir \
                feil-ID {error_id}."],
        },
        login_too_old: Passage {
            heading: "Innlogginga blei ikkje fullført",
            paragraphs: &[
                "Det tok for lang tid, eller du begynte i ein annan nettlesar. Ingenting er endra. \
                    Start innlogginga på nytt.",
                "Skjer det igjen, tek ikkje nettlesaren din imot informasjonskapslar (cookies) frå \
                    oss. Tillat dei, eller bruk ein annan nettlesar.",
            ],
        },
        login_dropped: Passage {
            heading: "Du har byrja på fleire innloggingar",
            paragraphs: &[
                "Denne innlogginga gjeld ikkje lenger, fordi du har byrja på fleire nyare \
                i andre faner. Vi held på dei tre nyaste. Ingenting er endra. Logg inn \
                på nytt, eller hald fram i ei av dei andre fanene.",
            ],
        },
        login_too_weak: Passage {
            heading: "Du må logge inn med ein sikrare elektronisk ID",
            paragraphs: &[
                "Den du brukte, er ikkje sikker nok for {service_name}. Ingenting er endra. \
                    Logg inn på nytt med til dømes MinID eller BankID.",
            ],
        },
        login_not_fresh: Passage {
            heading: "Logg inn på nytt for å byte e-postadresse",
            paragraphs: &[
                "Det er ei stund sidan du logga inn med ID-porten. Når du byter e-postadresse, \
                    vil vi vere sikre på at det framleis er deg.",
                "Ingenting er lagra enno. Det du skreiv, står i profilen når du har logga inn.",
            ],
        },
        provider_down: Passage {
            heading: "Vi får ikkje kontakt med ID-porten",
            paragraphs: &[
                "Ingenting er endra. Prøv igjen om nokre minutt. Du finn \
                    driftsmeldingar på status.digdir.no.",
                "Skjer det igjen, skriv du til {support_email} og oppgir feil-ID {error_id}.",
            ],
        },
        no_norwegian_number: Passage {
            heading: "Vi kan ikkje kople kontoen med denne innlogginga",
            paragraphs: &[NO_NUMBER],
        },
        still_at_provider: "Du kan framleis vere logga inn i ID-porten. Logg ut viss du \
            ikkje vil prøve igjen.",
        session_expired: Passage {
            heading: "Du har blitt logga ut",
            paragraphs: &["Du var ikkje aktiv på {minutes} minutt. Logg inn igjen for å gå \
                vidare. Det du har fullført, er lagra."],
        },
        session_expired_typed: Passage {
            heading: "Du har blitt logga ut",
            paragraphs: &[
                "Du var ikkje aktiv på {minutes} minutt, så det du skreiv, er ikkje lagra \
                enno. Logg inn igjen innan ein time, så står det der framleis.",
            ],
        },
        not_logged_in: Passage {
            heading: "Du er ikkje logga inn",
            paragraphs: &["Logg inn for å gå vidare. Det du har fullført, er lagra."],
        },
        session_ended: Passage {
            heading: "Du har blitt logga ut",
            paragraphs: &["Logg inn igjen for å gå vidare. Det du har fullført, er lagra."],
        },
        logged_out: Passage {
            heading: "Du er logga ut",
            paragraphs: &["Du er også logga ut av andre tenester som bruker ID-porten."],
        },
        logged_out_here: Passage {
            heading: "Du er logga ut her",
            paragraphs: &["Vi veit ikkje om du også er logga ut av ID-porten. Bruker du ei delt \
                maskin, lukkar du nettlesaren."],
        },
        stale_form: Passage {
            heading: "Sida gjeld ikkje lenger",
            paragraphs: &[
                "Ho var open for lenge, eller du har gått vidare i ei anna fane. Vi gjorde \
                ingen endringar. Søk på nytt.",
            ],
        },
        foreign_form: Passage {
            heading: "Vi kunne ikkje ta imot skjemaet",
            paragraphs: &["Det kom ikkje frå våre eigne sider, eller du har logga inn på nytt \
                sidan du opna det. Vi gjorde ingen endringar. Gå til framsida og prøv derfrå."],
        },
        bad_request: Passage {
            heading: "Vi forstod ikkje det nettlesaren sende",
            paragraphs: &["Vi gjorde ingen endringar. Gå til framsida og prøv derfrå."],
        },
        not_found: Passage {
            heading: "Vi fann ikkje sida",
            paragraphs: &["Sida kan vere flytta eller sletta, eller det kan vere ein feil i \
                lenka."],
        },
        method_not_allowed: Passage {
            heading: "Sida kan ikkje brukast på denne måten",
            paragraphs: &["Vi gjorde ingen endringar. Gå til framsida og prøv derfrå."],
        },
        too_large: Passage {
            heading: "Det du sende, er for stort",
            paragraphs: &["Vi gjorde ingen endringar. Gå tilbake, skriv kortare og prøv igjen."],
        },
        our_fault: Passage {
            heading: "Beklagar, noko gjekk gale hos oss",
            paragraphs: &["Du har ikkje gjort noko feil. Prøv igjen om nokre minutt. Skjer det \
                igjen, skriv du til {support_email} og oppgir feil-ID {error_id}."],
        },
        unavailable: Passage {
            heading: "Beklagar, vi får ikkje gjort dette no",
            paragraphs: &["Ingenting blei endra. Prøv igjen om nokre minutt. Skjer det igjen, \
                skriv du til {support_email} og oppgir feil-ID {error_id}."],
        },
        not_confirmed: Passage {
            heading: "Vi veit ikkje om det gjekk i orden",
            paragraphs: &["Vi fekk ikkje svar i tide. Prøv ein gong til. Det er trygt, for \
                ingenting blir gjort to gonger. Skjer det igjen, skriv du til {support_email} \
                og oppgir feil-ID {error_id}."],
        },
        opens_soon: "så snart vi kan",
        closed: Passage {
            heading: "Tenesta er stengd akkurat no",
            paragraphs: &[
                "Vi opnar igjen {opens}. Vi gjorde ingen endringar no. Det du har fullført før, \
                    er lagra.",
                "Har du fått ein e-post med ei lenke frå oss, kan du bruke lenka etterpå. Ho \
                    verkar i {ttl_hours} timar.",
            ],
        },
    },
    help: Article {
        heading: "Hjelp",
        lead: "Finn du ikkje svaret her, skriv du til {support_email}.",
        sections: &[
            Passage {
                heading: "Eg finn ikkje kontoen min",
                paragraphs: &[
                    "Prøv alle e-postadressene du kan ha brukt, til dømes ei gammal adresse eller \
                        ei frå jobb eller skule. Du må få lese e-post der.",
                    "Har du gløymt adressa, eller kjem du ikkje inn på e-posten lenger? Skriv til \
                        {support_email}.",
                ],
            },
            Passage {
                heading: "E-posten kjem ikkje",
                paragraphs: &[
                    "Sjå i søppelposten (spam), og sjekk at adressa på skjermen er rett. Etter \
                        {minutes} minutt kan du sende e-posten på nytt.",
                    "Får du fleire e-postar, bruker du lenka i den siste. Ho verkar i {ttl_hours} \
                        timar.",
                ],
            },
            Passage {
                heading: "Er e-posten frå dykk?",
                paragraphs: &[
                    "Samanlikn referansen i e-posten med den på skjermen. Er dei like, er \
                        e-posten frå oss. Lenka går til {link_host}.",
                    "Vi ber aldri om passord, kodar eller fødselsnummer i e-post.",
                ],
            },
            Passage {
                heading: "Eg har fått ein e-post eg ikkje bad om",
                paragraphs: &[
                    "Ikkje send e-posten vidare. Ingenting skjer utan at den som bad om e-posten, \
                        får brukt lenka.",
                    "Vil du stoppe det, opnar du lenka, loggar inn som deg sjølv og vel «Eg bad \
                        ikkje om e-posten». Lurer du på noko, skriv du til {support_email} og \
                        oppgir referansen i e-posten.",
                    "Trur du at nokon har brukt kontoen din? Skriv til oss med ein gong.",
                ],
            },
            Passage {
                heading: "Eg har fleire kontoar",
                paragraphs: &[
                    "Kople først den du bruker mest. Etterpå kan du slå dei andre saman med han: \
                        Vel «Slå saman med ein konto til» i profilen. Ingenting blir sletta.",
                    "Har du oppretta ein ny konto ved ein feil? Då kan du slå den gamle saman med \
                        den nye på same måten.",
                ],
            },
            Passage {
                heading: "Eg får ikkje logga inn i ID-porten",
                paragraphs: &[
                    "Ring Digdir på 800 30 300. Du finn driftsmeldingar på status.digdir.no.",
                    "Vi treng norsk fødselsnummer eller d-nummer frå ID-porten. Har du ikkje det? \
                        Skriv til {support_email}.",
                ],
            },
            Passage {
                heading: "Når du skriv til oss",
                paragraphs: &[
                    "Oppgi namnet ditt, den gamle e-postadressa dersom du hugsar ho, og omtrent \
                        når du sist brukte {service_name}. Såg du ein feil-ID på skjermen, tek du \
                        med han.",
                    "Ikkje send fødselsnummer eller passord.",
                ],
            },
        ],
    },
    privacy: Article {
        heading: "Personvern",
        lead: "Her står det kva vi lagrar når du koplar kontoen din til ID-porten, kvifor, og kor \
            lenge.",
        sections: &[
            Passage {
                heading: "Kven som har ansvaret",
                paragraphs: &[
                    "{owner} har ansvaret for opplysningane. Har du spørsmål om personvern, skriv \
                        du til {privacy_contact}.",
                    "Vi bruker opplysningane til å gi kvar person éin konto, og til å vite at det \
                        er du som får han. Rettsleg grunnlag: {legal_basis}.",
                    "Amazon Web Services (AWS) lagrar opplysningane og sender e-posten på våre \
                        vegner.",
                ],
            },
            Passage {
                heading: "Fødselsnummeret ditt",
                paragraphs: &[
                    "Vi får fødselsnummeret eller d-nummeret ditt frå ID-porten når du loggar \
                        inn. Vi lagrar det ikkje. Vi lagar ein kode av det med ein hemmeleg \
                        nøkkel, og lagrar berre koden.",
                ],
            },
            Passage {
                heading: "Kontoen din",
                paragraphs: &[
                    "Vi lagrar namn, e-postadresse, brukarnamn, når kontoen blei oppretta, når \
                        han sist blei brukt, når han blei kopla til deg, og telefonnummeret \
                        dersom du har oppgitt det. Alt anna som høyrer til den gamle kontoen, \
                        blir med uendra.",
                    "Vi skriv ned kvar endring av kontoen: kva som blei gjort, når, og koden til \
                        den som gjorde det. Slik kan vi rette feil og oppdage misbruk.",
                    "Vel nokon «Dette var ikkje meg», skriv vi ned det også. Då er kontoen stengd for \
                        den som bad om e-posten, til vi har undersøkt saka. Så lenge lagrar vi koden \
                        til den personen saman med kontoen.",
                    "Dette lagrar vi så lenge du har kontoen. Tryggingskopiar slettar vi etter 35 \
                        dagar.",
                    "Av endringane har vi ein kopi som ingen kan endre. Den slettar vi etter to \
                        år. Blir kontoen din sletta, tek vi vare på endringane like lenge.",
                    "Ber du om ein ny konto som aldri blir oppretta, slettar vi det vi skreiv ned om \
                        det, innan to år.",
                ],
            },
            Passage {
                heading: "Når du søker og ber om ein e-post",
                paragraphs: &[
                    "Når du søker, tel vi søket og lagrar ein kode av adressa, for å hindre \
                        misbruk. Vi slettar det etter om lag éi veke.",
                    "Når du ber om ein e-post, lagrar vi kva konto det gjeld, adressa han går \
                        til, når du bad om han, og om han kom fram. Lenka i e-posten verkar i \
                        {ttl_hours} timar. Vi slettar dette om lag éi veke etter det.",
                    "Til vi har sendt deg ei kvittering på e-post, lagrar vi adressa ho skal til. \
                        Vi slettar adressa når kvitteringa er send, og seinast etter 30 dagar.",
                    "Får vi ei melding om e-posten som vi ikkje klarer å behandle, legg vi ho til \
                        side med adressa i. Vi slettar ho etter høgst 14 dagar.",
                ],
            },
            Passage {
                heading: "Logg over drifta",
                paragraphs: &[
                    "Vi fører logg over når sider blir opna, og kva som går gale. Loggen viser \
                        ikkje namn, adresser eller fødselsnummer. Vi slettar han etter høgst eitt \
                        år.",
                ],
            },
            Passage {
                heading: "Informasjonskapslar",
                paragraphs: &[
                    "Vi bruker berre informasjonskapslar som trengst for at du skal kunne logge \
                        inn, vere logga inn, søke og velje språk. Dei blir borte når du lukkar \
                        nettlesaren. Vi sporar deg ikkje, verken her eller i e-posten.",
                ],
            },
            Passage {
                heading: "Rettane dine",
                paragraphs: &[
                    "I profilen kan du sjølv rette namn, e-postadresse og telefonnummer, og laste \
                        ned opplysningane om kontoen. Du kan også be oss om å få sjå, rette, \
                        slette eller avgrense bruken av det vi har lagra om deg, og du kan \
                        protestere mot han. Skriv til {privacy_contact}.",
                    "Meiner du at vi gjer noko gale? Du kan klage til Datatilsynet, \
                        datatilsynet.no.",
                ],
            },
        ],
    },
    legal_basis: "personvernforordninga artikkel 6 nr. 1 bokstav e",
    accessibility: Accessibility {
        heading: "Tilgjengelegheits\u{ad}erklæring",
        lead: "Alle skal kunne bruke desse sidene.",
        published: "Les erklæringa på uustatus.no",
        unpublished: "Erklæringa er ikkje publisert på uustatus.no enno. Når ho er det, finn du \
            lenka her.",
        sections: &[
            Passage {
                heading: "Dette gjer vi",
                paragraphs: &[
                    "Sidene er laga etter krava til universell utforming (WCAG 2.1 og 2.2, nivå A \
                        og AA). Du kan bruke dei med tastatur, skjermlesar, forstørra tekst og \
                        eigne fargar, og utan JavaScript.",
                    "Vi testar kvar side automatisk kvar gong vi endrar noko. Slike testar finn \
                        ikkje alt, så vi vil gjerne høyre frå deg.",
                ],
            },
            Passage {
                heading: "Sei frå til oss",
                paragraphs: &[
                    "Er det noko du ikkje får til? Skriv til {support_email}. Fortel kva du \
                        prøvde å gjere, og kva nettlesar eller hjelpemiddel du bruker. Vi hjelper \
                        deg også med å kople kontoen.",
                ],
            },
            Passage {
                heading: "Klage",
                paragraphs: &[
                    "Er du ikkje nøgd med svaret vårt? Du kan klage til Diskrimineringsnemnda, \
                        diskrimineringsnemnda.no.",
                ],
            },
        ],
    },
    mail: Mails {
        confirmation: ConfirmationMail {
            subject: "Stadfest brukarkontoen din hos {service_name}",
            asked: "Ein person som er logga inn med ID-porten, bad {date} kl.\u{a0}{time} om å kople \
                denne kontoen til seg: {name_mask}, brukarnamn {user_mask}, oppretta {year}.",
            asked_new: "Ein person som er logga inn med ID-porten, bad {date} kl.\u{a0}{time} om ein \
                ny brukarkonto hos {service_name} med denne e-postadressa.",
            reference: "Referanse: {ref}. Den same referansen står på skjermen til den som bad \
                om e-posten.",
            reference_new: "Referanse: {ref}.",
            button: "Stadfest brukarkonto",
            afterwards: "Når du har stadfesta, loggar du alltid inn med ID-porten. Brukarnamnet \
                og passordet verkar ikkje lenger.",
        },
        receipt: ReceiptMail {
            subject: "Brukarkontoen din er no kopla til ID-porten",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Kontoen med brukarnamn {user_mask} hos {service_name} blei kopla til ID-porten \
                    {date} kl.\u{a0}{time}. Referanse: {ref}.",
                "Frå no av loggar du alltid inn med ID-porten. Brukarnamnet og passordet verkar \
                    ikkje lenger.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettlesaren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikkje deg? Skriv til {support_email} med ein gong og oppgi \
                referansen. Då stengjer vi kontoen medan vi undersøker.",
        },
        receipt_new: ReceiptMail {
            subject: "Brukarkontoen din hos {service_name} er oppretta",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Ein ny brukarkonto hos {service_name} med denne e-postadressa blei oppretta \
                    {date} kl.\u{a0}{time}. Referanse: {ref}.",
                "Du loggar alltid inn med ID-porten. Du treng ikkje noko eige passord.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettlesaren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikkje deg? Skriv til {support_email} med ein gong og oppgi \
                referansen. Då stengjer vi kontoen medan vi undersøker.",
        },
        receipt_gathered: ReceiptMail {
            subject: "To brukarkontoar hos {service_name} er slått saman",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Kontoen med brukarnamn {user_mask} blei slått saman med ein annan konto hos \
                    {service_name} {date} kl.\u{a0}{time}. Den som har den andre kontoen, har også denne \
                    no. Referanse: {ref}.",
                "Frå no av gjeld den andre kontoen, med innlogging gjennom ID-porten. \
                    Brukarnamnet og passordet til denne verkar ikkje lenger.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettlesaren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikkje deg? Skriv til {support_email} med ein gong og oppgi \
                referansen. Då stengjer vi kontoen medan vi undersøker.",
        },
        email_proof: EmailProofMail {
            subject: "Stadfest e-postadressa di hos {service_name}",
            asked: "Ein person som er logga inn med ID-porten, bad {date} kl.\u{a0}{time} om å bruke \
                denne e-postadressa for kontoen sin hos {service_name}.",
            reference: "Referanse: {ref}.",
            button: "Stadfest e-postadresse",
        },
        email_notice: ReceiptMail {
            subject: "E-postadressa for kontoen din blir bytt",
            preheader: "Nokon bad om dette {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Ein person som er logga inn på kontoen din hos {service_name}, bad {date} \
                    kl.\u{a0}{time} om å byte e-postadresse. Referanse: {ref}.",
                "Bytet gjeld frå den nye adressa er stadfesta. Frå då av sender vi ikkje e-post \
                    hit.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettlesaren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikkje deg? Skriv til {support_email} med ein gong og oppgi \
                referansen. Då stengjer vi kontoen medan vi undersøker.",
        },
        another: "ny lenke kl.\u{a0}{time}",
        preheader: "Nokon bad om dette {date} kl.\u{a0}{time}. Referanse {ref}.",
        greeting: "Hei!",
        no_name: "utan namn",
        was_it_you: "Var det deg? Fullfør her:",
        copy_link: "Verkar ikkje knappen? Kopier adressa til nettlesaren:",
        link_belongs: "Adressa høyrer til {link_host}. Ho verkar til {expires} og berre éin \
            gong. Du må vere logga inn med ID-porten som same person.",
        was_it_not_you: "Var det ikkje deg? Ikkje send e-posten vidare. Ingenting skjer utan at \
            den som bad om e-posten, får brukt lenka. Vil du stoppe det, opnar du lenka, loggar \
            inn som deg sjølv og vel «Eg bad ikkje om e-posten». Lurer du på noko, skriv du til \
            {support_email}.",
        we_never_ask: "Vi ber aldri om passord, kodar eller fødselsnummer i e-post.",
        signature: "Helsing {service_name}",
    },
    dates: Dates {
        months: [
            "januar",
            "februar",
            "mars",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "desember",
        ],
        date: "{day}.\u{a0}{month}\u{a0}{year}",
        time: "{hour}.{minute}",
        date_and_time: "{date} kl.\u{a0}{time}",
        today: "i dag kl.\u{a0}{time}",
        tomorrow: "i morgon kl.\u{a0}{time}",
        on_day: "{date} kl.\u{a0}{time}",
        month: "{month} {year}",
        unknown_year: "eit ukjent år",
    },
};
