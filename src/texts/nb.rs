//! The texts in bokmål. Labels known from the service's user guide stand word for word.

use super::{
    Accessibility, Address, Article, Check, Common, ConfirmationMail, Dates, Done, EmailProofMail,
    History, Link, Mails, NewAccount, Passage, Profile, ReceiptMail, Search, SearchResult, Sent,
    Start, Stop, System, Texts,
};

const NO_NUMBER: &str = "Vi trenger norsk fødselsnummer eller d-nummer fra ID-porten. Har du ikke \
    det? Skriv til {support_email}.";

pub(super) static TEXTS: Texts = Texts {
    common: Common {
        skip_to_content: "Hopp til hovedinnhold",
        language: "Språk",
        logged_in: "Du er logget inn med ID-porten",
        log_in: "Logg inn med ID-porten",
        log_out: "Logg ut",
        cancel: "Avbryt",
        confirm: "Bekreft",
        search_again: "Søk på nytt",
        try_again: "Prøv igjen",
        to_start: "Gå til forsiden",
        go_to_service: "Gå til {service_name}",
        step: "Steg {n} av 5",
        error_prefix: "Feil:",
        error_summary: "For å gå videre må du rette opp følgende feil",
        need_help: "Trenger du hjelp? Skriv til {support_email}. Ikke send fødselsnummer eller \
            passord.",
        call: "Du kan også ringe {support_phone}.",
        call_at: "Du kan også ringe {support_phone}, {support_hours}.",
        reply_day: "Vi svarer vanligvis innen én virkedag.",
        reply_days: "Vi svarer vanligvis innen {n} virkedager.",
        subject: "Referanse {ref}",
        subject_error: "Feil-ID {error_id}",
        run_by: "{owner} står bak {service_name}.",
        footer_help: "Hjelp",
        footer_privacy: "Personvern",
        footer_accessibility: "Tilgjengelighetserklæring",
    },
    start: Start {
        heading: "Koble kontoen din til ID-porten",
        lead: "{service_name} har fått ny innlogging. Nå logger du inn med ID-porten, og hver \
            person har bare én brukerkonto.",
        how_heading: "Slik gjør du",
        steps: [
            "Logg inn med ID-porten. Du velger selv hvilken elektronisk ID du bruker, for \
                eksempel MinID eller BankID.",
            "Søk opp kontoen din med e-postadressen du har brukt hos {service_name}.",
            "Velg «Slå sammen» og deretter «Bekreft».",
            "Åpne e-posten vi sender deg, og velg «Bekreft brukerkonto».",
            "Se over profilen din og velg «Lagre».",
        ],
        new_here: "Er du ny? Begynn på samme måte. Etter søket kan du opprette en konto.",
        no_number: NO_NUMBER,
        linked: "Er kontoen din koblet fra før? I profilen kan du rette opplysningene dine eller \
            slå kontoen sammen med en til.",
        to_profile: "Gå til profilen din",
        go_on: "Gå videre",
        closed: "Du kan ikke koble kontoen din akkurat nå. Vi åpner igjen {opens}. Er den koblet fra \
            før, logger du inn som vanlig.",
    },
    search: Search {
        heading: "Hvilken e-postadresse har du brukt hos {service_name}?",
        hint: "Skriv en adresse som er din egen, der du får lest e-post. Vi sender en \
            bekreftelseslenke dit. Er du ny, skriver du adressen du vil bruke.",
        button: "Søk",
        no_access: "Har du glemt adressen, eller kommer du ikke inn på den? Skriv til \
            {support_email}.",
        privacy_note: "For å oppdage misbruk lagrer vi antall søk og en kode av adressen i om lag \
            én uke. Selve adressen lagrer vi ikke.",
        privacy_link: "Les mer om personvern",
        too_many: "Du har søkt mange ganger. Vent {minutes} minutter før du søker igjen.",
        gather: Passage {
            heading: "Har du en konto til?",
            paragraphs: &["Da kan du slå den sammen med kontoen du har. Ingenting blir slettet."],
        },
        gather_hint: "Skriv adressen til den andre kontoen. Du må få lest e-post der, for vi \
            sender en bekreftelseslenke dit.",
    },
    address: Address {
        missing: "Skriv inn e-postadressen din.",
        no_at: "E-postadressen mangler @. Skriv den slik: navn@eksempel.no.",
        several_ats: "E-postadressen har mer enn én @. Skriv den slik: navn@eksempel.no.",
        several_addresses: "Skriv bare én e-postadresse.",
        space: "E-postadressen har mellomrom i seg. Skriv bare adressen, uten mellomrom.",
        nothing_before_at: "E-postadressen mangler det som skal stå foran @. Skriv den slik: \
            navn@eksempel.no.",
        nothing_after_at: "E-postadressen mangler det som skal stå etter @. Skriv den slik: \
            navn@eksempel.no.",
        character: "Vi kan ikke ta imot {sign} i en e-postadresse. Sjekk at den er riktig.",
        dots: "E-postadressen har punktum på feil sted. Punktum kan ikke stå først, rett ved @ eller \
            to ganger etter hverandre.",
        no_dot: "E-postadressen mangler slutten, for eksempel .no eller .com.",
        too_long: "E-postadressen er lengre enn en adresse kan være. Skriv bare adressen.",
        domain: "Det som står etter @, kan ikke være riktig. Skriv adressen slik: navn@eksempel.no.",
    },
    result: SearchResult {
        one: "Vi fant én konto",
        many: "Vi fant {n} kontoer",
        lead: "Du søkte med {email}. Av hensyn til personvernet viser vi bare deler av \
            opplysningene.",
        choose: "Velg kontoen du bruker mest. De andre kan du slå sammen med den etterpå.",
        choose_gather: "Velg én av gangen.",
        card: "Konto {n} av {total}",
        name: "Navn",
        username: "Brukernavn",
        created: "Opprettet",
        last_used: "Sist brukt",
        never_used: "Aldri",
        unknown: "Ikke kjent",
        begins_with: "begynner med {prefix}",
        begins_and_ends: "begynner med {prefix}, slutter med {suffix}",
        merge: "Slå sammen",
        merge_hidden: "konto {n}",
        some_closed: "Noen kontoer med denne adressen kan ikke slås sammen. De kan være koblet \
            til ID-porten fra før, eller de kan være stengt. Finner du ikke din? Skriv til \
            {support_email}.",
        other_address: "Søk med en annen e-postadresse",
        new_heading: "Har du aldri hatt konto hos {service_name}?",
        new_warning: "Ikke opprett en ny konto hvis du har en fra før. Da blir ikke den gamle \
            kontoen koblet til deg.",
        new_button: "Opprett en helt ny brukerkonto",
        none: Passage {
            heading: "Vi fant ingen konto",
            paragraphs: &[
                "Ingen konto bruker {email}. Sjekk at adressen er skrevet riktig. Kanskje du har \
                    brukt en annen e-postadresse tidligere? Får du fortsatt lest e-post der, kan \
                    du søke med den i stedet.",
                "Har du glemt adressen, eller kommer du ikke inn på e-posten lenger? Skriv til \
                    {support_email}.",
            ],
        },
        too_many: Passage {
            heading: "Vi fant mange kontoer",
            paragraphs: &[
                "Vi fant flere enn fem kontoer. Skriv til {support_email}, så hjelper vi deg.",
            ],
        },
        taken: Passage {
            heading: "Vi kan ikke slå sammen denne kontoen",
            paragraphs: &["Kontoen kan være koblet til ID-porten fra før, eller den kan være \
                stengt. Mener du at kontoen er din, eller har du byttet fra d-nummer til \
                fødselsnummer? Skriv til {support_email}."],
        },
        mine: Passage {
            heading: "Kontoen din er allerede koblet til ID-porten",
            paragraphs: &["Du trenger ikke gjøre noe mer. Du logger alltid inn med ID-porten."],
        },
    },
    check: Check {
        page: Passage {
            heading: "Er dette riktig konto?",
            paragraphs: &[
                "Når du velger «Bekreft», sender vi en e-post med en bekreftelseslenke til \
                    {email}. Kontoen blir først koblet til deg når du bruker lenken.",
                "Etterpå logger du alltid inn med ID-porten. Brukernavnet og passordet ditt \
                    virker ikke lenger.",
            ],
        },
        gather: Passage {
            heading: "Er dette riktig konto?",
            paragraphs: &[
                "Når du velger «Bekreft», sender vi en e-post med en bekreftelseslenke til \
                    {email}. Denne kontoen blir slått sammen med kontoen du har, når du bruker \
                    lenken.",
                "Etterpå bruker du bare kontoen du har. Ingenting blir slettet, men brukernavnet \
                    og passordet til denne virker ikke lenger.",
            ],
        },
        replaces_email: "Du har bedt om å bytte e-postadresse til {email}. Velger du «Bekreft» her, gjelder \
            ikke det lenger, og du må be om byttet på nytt.",
        replaces_account: "Du har allerede bedt om en annen konto. E-posten til {email} har \
            referansen {ref}. Velger du «Bekreft» her, virker ikke lenken i den lenger. Vil du ha \
            begge kontoene, bruker du den lenken først. Etterpå kan du slå sammen denne.",
        replaces_new: "Du har allerede bedt om en ny konto. E-posten til {email} har referansen \
            {ref}. Velger du «Bekreft» her, virker ikke lenken i den lenger, og den kontoen blir \
            ikke opprettet.",
        replaces_same: "Du har allerede bedt om denne kontoen. E-posten til {email} har referansen \
            {ref}. Velger du «Bekreft» igjen, virker bare lenken i den nyeste e-posten fra oss.",
        back: "Velg en annen konto",
        changed: Passage {
            heading: "Kontoen er endret siden du søkte",
            paragraphs: &[
                "For sikkerhets skyld viser vi den ikke. Vi har ikke sendt noen e-post nå, \
                og kontoen er ikke koblet til deg. Søk på nytt. Finner du den ikke, skriver du til \
                {support_email}.",
            ],
        },
        too_many_today: Passage {
            heading: "Du har bedt om mange e-poster i dag",
            paragraphs: &[
                "Vi har ikke sendt en ny e-post. Har du fått en tidligere, virker lenken i den \
                    siste fortsatt.",
                "Prøv igjen i morgen. Finner du ingen e-post fra oss, skriver du til \
                    {support_email}.",
            ],
        },
        too_many_to_account: Passage {
            heading: "Vi har sendt mange e-poster om denne kontoen i dag",
            paragraphs: &[
                "Derfor har vi ikke sendt en ny. Har du fått en tidligere, virker lenken i den \
                    siste fortsatt.",
                "Prøv igjen i morgen, eller skriv til {support_email}.",
            ],
        },
        address_dead: Passage {
            heading: "Vi når ikke e-postadressen",
            paragraphs: &[
                "Vi har prøvd å sende e-post til denne adressen tidligere i dag, men det går ikke. \
                    Derfor har vi ikke sendt en ny.",
                "Søk med en annen adresse, eller skriv til {support_email}.",
            ],
        },
        address_takes_no_mail: Passage {
            heading: "Vi kan ikke sende e-post til adressen",
            paragraphs: &[
                "E-posttjenesten vår tar ikke imot adresser med æ, ø, å eller lignende tegn foran \
                    @. Derfor kan vi ikke sende bekreftelseslenken dit. Ingenting er endret.",
                "Søk med en annen adresse, eller skriv til {support_email}.",
            ],
        },
    },
    sent: Sent {
        page: Passage {
            heading: "Sjekk e-posten din",
            paragraphs: &[
                "Vi har sendt en e-post til {email}. Åpne den, og velg «Bekreft brukerkonto». \
                    Lenken virker til {expires}.",
                "Referansen {ref} står også i e-posten. Da vet du at den er fra oss.",
            ],
        },
        page_on_its_way: Passage {
            heading: "Sjekk e-posten din",
            paragraphs: &[
                "En e-post til {email} er på vei. Åpne e-posten når den kommer, og velg «Bekreft \
                    brukerkonto». Lenken virker til {expires}.",
                "Referansen {ref} står også i e-posten. Da vet du at den er fra oss.",
            ],
        },
        queued: "E-posten er på vei. Det kan ta litt tid.",
        delayed: "E-posten til {email} er forsinket. Vi fortsetter å prøve. Er innboksen full, \
            må du rydde plass.",
        delivered: "E-posttjenesten for {email} har tatt imot e-posten.",
        unclear: "Vi fikk et automatisk svar fra {email}. Det kan være e-posten vår i retur, eller \
            bare et fraværssvar. Finner du ikke e-posten, velger du «Send e-posten på nytt».",
        box_full_heading: "Innboksen er full",
        box_full: "Innboksen for {email} er full. Rydd plass, og velg «Send e-posten på nytt».",
        refused_heading: "E-posten ble avvist",
        refused: "E-posten til {email} ble avvist på veien. Velg «Send e-posten på nytt». Kommer den \
            ikke da heller, skriver du til {support_email}.",
        dead_heading: "Vi når ikke e-postadressen",
        dead: "Vi kan ikke sende flere e-poster til {email}. Adressen er kanskje ikke i bruk lenger, \
            eller e-posten vår er meldt som søppelpost. Fikk du den likevel, virker lenken. Ellers \
            søker du med en annen adresse, eller skriver til {support_email}.",
        not_found_heading: "Finner du ikke e-posten?",
        spam: "E-posten kommer vanligvis med en gang. Finner du den ikke, sjekker du \
            søppelposten (spam).",
        mail_from: "Avsender",
        mail_subject: "Emne",
        may_close: "Du kan lukke denne siden. Bruker du lenken på en annen enhet, må du logge inn \
            med ID-porten der.",
        resend: "Send e-posten på nytt",
        resent: "Vi har sendt en ny e-post. Lenken i den gamle virker ikke lenger.",
        wait: "Vent {minutes} minutter før du sender e-posten på nytt.",
        pending: "Vi venter på at du bekrefter.",
        go_on: "Jeg har brukt lenken, gå videre",
        not_used_yet: "Lenken er ikke brukt ennå. Åpne e-posten og velg «Bekreft brukerkonto».",
        expired: "Lenken gikk ut {expires}. Velg «Send e-posten på nytt», så får du en ny.",
        cancel: "Trekk tilbake forespørselen",
        cancel_means: "Du kan trekke tilbake forespørselen og søke på nytt. Da virker ikke lenken i \
            e-posten lenger, og ingen konto blir endret.",
        cancelled: "Du har trukket tilbake forespørselen. Ingen konto er koblet til deg, og lenken \
            i e-posten virker ikke lenger.",
        cancelled_gather: "Du har trukket tilbake forespørselen. Kontoene er ikke slått sammen, og \
            lenken i e-posten virker ikke lenger.",
    },
    link: Link {
        login: Passage {
            heading: "Logg inn for å bekrefte kontoen",
            paragraphs: &[
                "Logg inn som den personen som ba om e-posten. Slik vet vi at det er du som \
                    bekrefter.",
                "Var det ikke du som ba om den? Logg inn som deg selv, så kan du stoppe det.",
            ],
        },
        confirm: Passage {
            heading: "Bekreft brukerkontoen din",
            paragraphs: &[
                "Kontoen blir koblet til deg når du velger «Bekreft brukerkonto».",
                "Etterpå logger du alltid inn med ID-porten. Brukernavnet og passordet ditt \
                    virker ikke lenger.",
            ],
        },
        confirm_new: Passage {
            heading: "Bekreft brukerkontoen din",
            paragraphs: &["Kontoen blir opprettet når du velger «Bekreft brukerkonto»."],
        },
        confirm_gather: Passage {
            heading: "Bekreft brukerkontoen din",
            paragraphs: &[
                "Kontoen blir slått sammen med den du har, når du velger «Bekreft brukerkonto».",
                "Etterpå bruker du bare kontoen du har. Brukernavnet og passordet til den andre \
                    virker ikke lenger.",
            ],
        },
        confirm_email: Passage {
            heading: "Bekreft den nye e-postadressen",
            paragraphs: &["Kontoen får adressen {email} når du velger «Bekreft e-postadresse»."],
        },
        confirm_button: "Bekreft brukerkonto",
        confirm_email_button: "Bekreft e-postadresse",
        reference: "Referansen er {ref}, den samme som i e-posten.",
        logged_in: "Innloggingen i denne nettleseren ble gjort {when}. Var det ikke du som logget \
            inn, må du ikke bekrefte. Da bekrefter du for noen andre.",
        not_me_button: "Ikke deg? Logg ut og logg inn selv",
        log_in_again: Passage {
            heading: "Logg inn på nytt for å bekrefte",
            paragraphs: &[
                "Innloggingen i denne nettleseren ble gjort {when}. Det er så lenge siden \
                at du må vise hvem du er en gang til. Vi tar vare på lenken, og ingenting er endret.",
            ],
        },
        expired: Passage {
            heading: "Lenken er for gammel",
            paragraphs: &[
                "En lenke virker i {ttl_hours} timer. Denne har gått ut, og vi har ikke endret \
                noe nå.",
            ],
        },
        newer: Passage {
            heading: "Du har fått en nyere e-post",
            paragraphs: &[
                "Bruk lenken i den siste e-posten fra oss. Finner du den ikke, går du videre og \
                ber om en ny.",
            ],
        },
        superseded: Passage {
            heading: "Du har bedt om noe annet siden",
            paragraphs: &[
                "Da du gjorde det, sluttet denne lenken å virke. Vi har ikke endret noe nå.",
            ],
        },
        used: Passage {
            heading: "Lenken er allerede brukt",
            paragraphs: &[
                "En lenke virker bare én gang. Kontoen den gjaldt, er ikke koblet til deg \
                lenger. Lurer du på hvorfor, skriver du til {support_email} og oppgir referansen {ref}.",
            ],
        },
        unknown: Passage {
            heading: "Lenken virker ikke lenger",
            paragraphs: &[
                "Lenken er brukt, trukket tilbake, erstattet eller gått ut. Vi har ikke endret noe nå.",
            ],
        },
        next_send_again: &["Velg «Send ny e-post», så får du en ny lenke."],
        next_wait: &[
            "Du venter på en annen e-post. Bruk lenken i den. Finner du den ikke, går du \
            videre.",
        ],
        next_see_request: &["Gå videre for å se hvordan det gikk med det du ba om sist."],
        next_profile: &["Du har en konto som er koblet til ID-porten. Gå videre for å se den."],
        next_search: &["Vil du koble en konto til deg, søker du på nytt."],
        send_again_button: "Send ny e-post",
        other_person: Passage {
            heading: "Lenken hører til en annen person",
            paragraphs: &[
                "Du er logget inn som en annen enn den som ba om e-posten. Derfor skjedde det \
                    ingenting da du åpnet lenken.",
                "Ba du om e-posten selv, velger du «Logg ut og logg inn som riktig person». Vi tar \
                    vare på lenken.",
                "Ba du ikke om den, velger du «Jeg ba ikke om e-posten». Lurer du på noe, skriver \
                    du til {support_email}.",
            ],
        },
        right_person_button: "Logg ut og logg inn som riktig person",
        broken: Passage {
            heading: "Lenken virker ikke",
            paragraphs: &["Kanskje du bare fikk med deg en del av lenken. Åpne e-posten på nytt, \
                eller kopier hele lenken."],
        },
        cancelled: Passage {
            heading: "Du trakk tilbake forespørselen",
            paragraphs: &["Derfor virker ikke lenken lenger, og kontoen er ikke endret."],
        },
        account_changed: Passage {
            heading: "Kontoen er endret siden du ba om e-posten",
            paragraphs: &["For sikkerhets skyld har vi ikke koblet den til deg. Søk på nytt, så \
                sender vi en ny e-post."],
        },
        person_has_account: Passage {
            heading: "Du har allerede en konto",
            paragraphs: &[
                "Hver person har bare én brukerkonto, og din er koblet til ID-porten fra før. Vi \
                    har ikke endret noe nå.",
                "Har du en konto til? Fra profilen kan du slå den sammen med den du har.",
            ],
        },
    },
    stop: Stop {
        not_asked_button: "Jeg ba ikke om e-posten",
        check: Passage {
            heading: "Vil du stoppe dette?",
            paragraphs: &[
                "Velger du «Dette var ikke meg», virker ikke lenken i e-posten lenger. Gjaldt den \
                    en konto, kan den som ba om e-posten, ikke be om kontoen igjen før vi har \
                    undersøkt saken.",
                "Kan det være noen du deler e-postadresse med som ba om den, spør du dem først.",
            ],
        },
        button: "Dette var ikke meg",
        back: "Ikke stopp det",
        done: Passage {
            heading: "Takk, nå er det stoppet",
            paragraphs: &[
                "Lenken i e-posten virker ikke lenger, og ingenting er endret.",
                "Du trenger ikke gjøre noe mer. Lurer du på noe, skriver du til {support_email} og \
                    oppgir referansen {ref}.",
            ],
        },
        done_account: "Den som ba om e-posten, kan ikke be om denne kontoen igjen før vi har \
            undersøkt saken. Er kontoen din, kan du søke den opp og koble den til deg selv.",
        too_late: Passage {
            heading: "Det er for sent å stoppe dette her",
            paragraphs: &[
                "Den som ba om e-posten, har allerede brukt lenken. Gjaldt det en konto, er kontoen \
                    allerede koblet til den personen.",
                "Skriv til {support_email} med en gang og oppgi referansen {ref}. Da stenger vi \
                    kontoen mens vi undersøker.",
            ],
        },
        nothing: Passage {
            heading: "Det er ingenting å stoppe",
            paragraphs: &[
                "Lenken virker ikke lenger. Den er trukket tilbake, erstattet eller gått ut.",
                "Har du fått en nyere e-post fra oss, åpner du lenken i den. Tror du at noen har \
                    brukt kontoen din? Skriv til {support_email} med en gang.",
            ],
        },
        told: Passage {
            heading: "Vi kunne ikke fullføre dette",
            paragraphs: &[
                "Kontoen er ikke koblet til deg, og lenken i e-posten virker ikke lenger.",
                "Du kan ikke be om denne kontoen igjen før vi har undersøkt saken. Skriv til \
                    {support_email} og oppgi referansen {ref}, så hjelper vi deg.",
                "Har du en annen konto, kan du søke den opp med adressen du har brukt der.",
            ],
        },
        told_new: Passage {
            heading: "Vi kunne ikke opprette kontoen",
            paragraphs: &[
                "Ingen konto er opprettet, og lenken i e-posten virker ikke lenger.",
                "Sjekk at adressen er din egen, og søk på nytt. Er den det, skriver du til \
                    {support_email} og oppgir referansen {ref}.",
            ],
        },
        told_email: Passage {
            heading: "Vi kunne ikke bytte e-postadressen",
            paragraphs: &[
                "Kontoen har fortsatt den gamle adressen. Sjekk at den nye er riktig. Er \
                den det, skriver du til {support_email} og oppgir referansen {ref}.",
            ],
        },
    },
    profile: Profile {
        page: Passage {
            heading: "Se over profilen din",
            paragraphs: &[
                "Kontoen er koblet til ID-porten. Rett det som ikke stemmer, og velg «Lagre».",
            ],
        },
        page_new: Passage {
            heading: "Fyll ut profilen din",
            paragraphs: &["Kontoen er opprettet og koblet til ID-porten. Skriv inn navnet ditt, \
                og velg «Lagre»."],
        },
        first_name: "Fornavn",
        last_name: "Etternavn",
        email: "E-post",
        email_hint: "Bytter du adresse, sender vi en bekreftelseslenke til den nye. Den gamle \
            gjelder til du har brukt lenken.",
        phone: "Telefon (valgfritt)",
        phone_hint: "For eksempel 900 00 000. Utenlandske numre begynner med + og landkode.",
        facts_heading: "Om kontoen",
        username: "Brukernavn",
        created: "Opprettet",
        last_used: "Sist brukt",
        save: "Lagre",
        first_name_missing: "Skriv inn fornavnet ditt.",
        first_name_too_long: "Fornavnet er for langt. Skriv høyst {n} tegn.",
        first_name_number: "Skriv fornavnet ditt, ikke fødselsnummeret. Fødselsnummeret lagrer vi ikke.",
        first_name_odd: "Fornavnet har skjulte tegn som vi ikke kan lagre. Skriv det på nytt.",
        last_name_missing: "Skriv inn etternavnet ditt.",
        last_name_too_long: "Etternavnet er for langt. Skriv høyst {n} tegn.",
        last_name_number: "Skriv etternavnet ditt, ikke fødselsnummeret. Fødselsnummeret lagrer vi ikke.",
        last_name_odd: "Etternavnet har skjulte tegn som vi ikke kan lagre. Skriv det på nytt.",
        email_takes_no_mail: "Vi kan ikke sende e-post til adresser med æ, ø, å eller lignende tegn \
            foran @. Skriv inn en annen.",
        phone_malformed: "Telefonnummeret må ha 5 til 15 siffer, gjerne med + og landkode foran.",
        changed_elsewhere: "Profilen er endret i en annen fane eller på en annen enhet. Vi har \
            ikke lagret det du skrev, men det står her fortsatt. Se over og velg «Lagre» igjen.",
        kept: "Det du skrev, står her fortsatt. Velg «Lagre» for å lagre det.",
        email_pending: "Vi sender en bekreftelseslenke til {email}. Adressen blir byttet når du \
            bruker lenken.",
        email_changed: "E-postadressen din er nå {email}.",
        email_dead: "Vi kan ikke sende e-post til {email}. Derfor har kontoen fortsatt den gamle \
            adressen. Sjekk at den nye er riktig.",
        email_not_asked: "Kontoen har fortsatt den gamle e-postadressen. Vi sendte ingen \
            bekreftelseslenke til {email}, enten fordi det er sendt mange e-poster i dag, eller \
            fordi adressen ikke tar imot e-post. Prøv igjen i morgen.",
        own_data: "Last ned opplysningene dine",
        gather: "Slå sammen med en konto til",
        gathered: "Kontoer slått sammen med denne",
        gather_pending: "Du har bedt om å slå sammen en konto til. Vi venter på at du bruker lenken \
            i e-posten til {email}. Ber du om noe annet før det, gjelder ikke dette lenger.",
    },
    history: History {
        requested: "Noen ba om å få kontoen koblet til seg.",
        resent: "Vi sendte e-posten på nytt.",
        cancelled: "Den som ba om kontoen, trakk forespørselen tilbake.",
        linked: "Kontoen ble koblet til deg.",
        created: "Kontoen ble opprettet for deg.",
        saved: "Profilen ble lagret.",
        gathered: "Kontoen ble slått sammen med en annen av kontoene dine.",
        email_requested: "Noen ba om å bytte e-postadresse.",
        email_changed: "E-postadressen ble byttet.",
        rekeyed: "Vi byttet nøkkelen som vi kjenner deg igjen med.",
        opened_by_another: "En annen enn den som ba om e-posten, åpnet lenken.",
        stopped: "En annen enn den som ba om e-posten, stoppet det.",
        freeze_lifted: "Vi åpnet igjen for en som var stoppet, etter å ha undersøkt saken.",
        taken_back: "Vi tok kontoen tilbake fra en som var koblet til den ved en feil.",
        erased: "Vi slettet kontoen.",
    },
    done: Done {
        page: Passage {
            heading: "Du er ferdig",
            paragraphs: &[
                "Kontoen din ble koblet til ID-porten {date} kl.\u{a0}{time}. Du får også en \
                    kvittering på e-post.",
                "Fra nå av logger du alltid inn med ID-porten, slik som i andre offentlige \
                    tjenester. Du trenger ikke huske brukernavn eller passord hos \
                    {service_name}.",
            ],
        },
        page_new: Passage {
            heading: "Du er ferdig",
            paragraphs: &[
                "Kontoen din ble opprettet {date} kl.\u{a0}{time}. Du får også en kvittering på e-post.",
                "Du logger alltid inn med ID-porten, slik som i andre offentlige tjenester. Du \
                    trenger ikke noe eget passord hos {service_name}.",
            ],
        },
        page_again: Passage {
            heading: "Endringene er lagret",
            paragraphs: &["Du kan rette profilen når du vil."],
        },
        page_gathered: Passage {
            heading: "Kontoene er slått sammen",
            paragraphs: &[
                "Du får også en kvittering på e-post, til adressen som den andre kontoen hadde.",
                "Fra nå av bruker du bare kontoen du har, og logger inn med ID-porten.",
            ],
        },
        reference: "Referanse: {ref}. Oppgi den hvis du skriver til oss om dette.",
        merge_with: "Slå sammen med",
    },
    new_account: NewAccount {
        page: Passage {
            heading: "Opprett en helt ny brukerkonto",
            paragraphs: &["Vi sender en bekreftelseslenke til {email}. Kontoen blir opprettet \
                når du bruker lenken."],
        },
        never_had_one: "Jeg har ikke hatt konto hos {service_name} tidligere",
        never_had_one_missing: "Kryss av for at du ikke har hatt konto tidligere, eller søk med \
            en annen e-postadresse.",
    },
    system: System {
        login_cancelled: Passage {
            heading: "Du avbrøt innloggingen",
            paragraphs: &["Ingenting er endret. Du kan logge inn når du vil."],
        },
        login_failed: Passage {
            heading: "Vi fikk ikke logget deg inn",
            paragraphs: &["Vi fikk et ugyldig svar fra ID-porten. Ingenting er endret. \
                Logg inn på nytt. Skjer det igjen, skriver du til {support_email} og oppgir \
                feil-ID {error_id}."],
        },
        login_too_old: Passage {
            heading: "Innloggingen ble ikke fullført",
            paragraphs: &[
                "Det tok for lang tid, eller du begynte i en annen nettleser. Ingenting er endret. \
                    Start innloggingen på nytt.",
                "Skjer det igjen, tar ikke nettleseren din imot informasjonskapsler (cookies) fra \
                    oss. Tillat dem, eller bruk en annen nettleser.",
            ],
        },
        login_dropped: Passage {
            heading: "Du har begynt på flere innlogginger",
            paragraphs: &["Denne innloggingen gjelder ikke lenger, fordi du har begynt på flere \
                nyere i andre faner. Vi holder på de tre nyeste. Ingenting er endret. \
                Logg inn på nytt, eller fortsett i en av de andre fanene."],
        },
        login_too_weak: Passage {
            heading: "Du må logge inn med en sikrere elektronisk ID",
            paragraphs: &[
                "Den du brukte, er ikke sikker nok for {service_name}. Ingenting er endret. \
                    Logg inn på nytt med for eksempel MinID eller BankID.",
            ],
        },
        login_not_fresh: Passage {
            heading: "Logg inn på nytt for å bytte e-postadresse",
            paragraphs: &[
                "Det er en stund siden du logget inn med ID-porten. Når du bytter e-postadresse, \
                    vil vi være sikre på at det fortsatt er deg.",
                "Ingenting er lagret ennå. Det du skrev, står i profilen når du har logget inn.",
            ],
        },
        provider_down: Passage {
            heading: "Vi får ikke kontakt med ID-porten",
            paragraphs: &[
                "Ingenting er endret. Prøv igjen om noen minutter. Du finner \
                    driftsmeldinger på status.digdir.no.",
                "Skjer det igjen, skriver du til {support_email} og oppgir feil-ID {error_id}.",
            ],
        },
        no_norwegian_number: Passage {
            heading: "Vi kan ikke koble kontoen med denne innloggingen",
            paragraphs: &[NO_NUMBER],
        },
        still_at_provider: "Du kan fortsatt være logget inn i ID-porten. Logg ut hvis du \
            ikke vil prøve igjen.",
        session_expired: Passage {
            heading: "Du har blitt logget ut",
            paragraphs: &["Du var ikke aktiv på {minutes} minutter. Logg inn igjen for å gå \
                videre. Det du har fullført, er lagret."],
        },
        session_expired_typed: Passage {
            heading: "Du har blitt logget ut",
            paragraphs: &[
                "Du var ikke aktiv på {minutes} minutter, så det du skrev, er ikke lagret \
                ennå. Logg inn igjen innen en time, så står det der fortsatt.",
            ],
        },
        not_logged_in: Passage {
            heading: "Du er ikke logget inn",
            paragraphs: &["Logg inn for å gå videre. Det du har fullført, er lagret."],
        },
        session_ended: Passage {
            heading: "Du har blitt logget ut",
            paragraphs: &["Logg inn igjen for å gå videre. Det du har fullført, er lagret."],
        },
        logged_out: Passage {
            heading: "Du er logget ut",
            paragraphs: &["Du er også logget ut av andre tjenester som bruker ID-porten."],
        },
        logged_out_here: Passage {
            heading: "Du er logget ut her",
            paragraphs: &["Vi vet ikke om du også er logget ut av ID-porten. Bruker du en delt \
                maskin, lukker du nettleseren."],
        },
        stale_form: Passage {
            heading: "Siden gjelder ikke lenger",
            paragraphs: &[
                "Den var åpen for lenge, eller du har gått videre i en annen fane. Vi gjorde \
                ingen endringer. Søk på nytt.",
            ],
        },
        foreign_form: Passage {
            heading: "Vi kunne ikke ta imot skjemaet",
            paragraphs: &["Det kom ikke fra våre egne sider, eller du har logget inn på nytt \
                siden du åpnet det. Vi gjorde ingen endringer. Gå til forsiden og prøv derfra."],
        },
        bad_request: Passage {
            heading: "Vi forsto ikke det nettleseren sendte",
            paragraphs: &["Vi gjorde ingen endringer. Gå til forsiden og prøv derfra."],
        },
        not_found: Passage {
            heading: "Vi fant ikke siden",
            paragraphs: &["Siden kan være flyttet eller slettet, eller det kan være en feil i \
                lenken."],
        },
        method_not_allowed: Passage {
            heading: "Siden kan ikke brukes på denne måten",
            paragraphs: &["Vi gjorde ingen endringer. Gå til forsiden og prøv derfra."],
        },
        too_large: Passage {
            heading: "Det du sendte, er for stort",
            paragraphs: &["Vi gjorde ingen endringer. Gå tilbake, skriv kortere og prøv igjen."],
        },
        our_fault: Passage {
            heading: "Beklager, noe gikk galt hos oss",
            paragraphs: &["Du har ikke gjort noe feil. Prøv igjen om noen minutter. Skjer det \
                igjen, skriver du til {support_email} og oppgir feil-ID {error_id}."],
        },
        unavailable: Passage {
            heading: "Beklager, vi får ikke gjort dette nå",
            paragraphs: &["Ingenting ble endret. Prøv igjen om noen minutter. Skjer det igjen, \
                skriver du til {support_email} og oppgir feil-ID {error_id}."],
        },
        not_confirmed: Passage {
            heading: "Vi vet ikke om det gikk i orden",
            paragraphs: &["Vi fikk ikke svar i tide. Prøv en gang til. Det er trygt, for \
                ingenting blir gjort to ganger. Skjer det igjen, skriver du til {support_email} \
                og oppgir feil-ID {error_id}."],
        },
        opens_soon: "så snart vi kan",
        closed: Passage {
            heading: "Tjenesten er stengt akkurat nå",
            paragraphs: &[
                "Vi åpner igjen {opens}. Vi gjorde ingen endringer nå. Det du har fullført før, \
                    er lagret.",
                "Har du fått en e-post med en lenke fra oss, kan du bruke lenken etterpå. Den \
                    virker i {ttl_hours} timer.",
            ],
        },
    },
    help: Article {
        heading: "Hjelp",
        lead: "Finner du ikke svaret her, skriver du til {support_email}.",
        sections: &[
            Passage {
                heading: "Jeg finner ikke kontoen min",
                paragraphs: &[
                    "Prøv alle e-postadressene du kan ha brukt, for eksempel en gammel adresse \
                        eller en fra jobb eller skole. Du må få lest e-post der.",
                    "Har du glemt adressen, eller kommer du ikke inn på e-posten lenger? Skriv \
                        til {support_email}.",
                ],
            },
            Passage {
                heading: "E-posten kommer ikke",
                paragraphs: &[
                    "Se i søppelposten (spam), og sjekk at adressen på skjermen er riktig. Etter \
                        {minutes} minutter kan du sende e-posten på nytt.",
                    "Får du flere e-poster, bruker du lenken i den siste. Den virker i \
                        {ttl_hours} timer.",
                ],
            },
            Passage {
                heading: "Er e-posten fra dere?",
                paragraphs: &[
                    "Sammenlign referansen i e-posten med den på skjermen. Er de like, er \
                        e-posten fra oss. Lenken går til {link_host}.",
                    "Vi ber aldri om passord, koder eller fødselsnummer i e-post.",
                ],
            },
            Passage {
                heading: "Jeg har fått en e-post jeg ikke ba om",
                paragraphs: &[
                    "Ikke send e-posten videre. Ingenting skjer uten at den som ba om e-posten, \
                        får brukt lenken.",
                    "Vil du stoppe det, åpner du lenken, logger inn som deg selv og velger «Jeg ba \
                        ikke om e-posten». Lurer du på noe, skriver du til {support_email} og \
                        oppgir referansen i e-posten.",
                    "Tror du at noen har brukt kontoen din? Skriv til oss med en gang.",
                ],
            },
            Passage {
                heading: "Jeg har flere kontoer",
                paragraphs: &[
                    "Koble først den du bruker mest. Etterpå kan du slå de andre sammen med den: \
                        Velg «Slå sammen med en konto til» i profilen. Ingenting blir slettet.",
                    "Har du opprettet en ny konto ved en feil? Da kan du slå den gamle sammen med \
                        den nye på samme måte.",
                ],
            },
            Passage {
                heading: "Jeg får ikke logget inn i ID-porten",
                paragraphs: &[
                    "Ring Digdir på 800 30 300. Du finner driftsmeldinger på status.digdir.no.",
                    "Vi trenger norsk fødselsnummer eller d-nummer fra ID-porten. Har du ikke \
                        det? Skriv til {support_email}.",
                ],
            },
            Passage {
                heading: "Når du skriver til oss",
                paragraphs: &[
                    "Oppgi navnet ditt, den gamle e-postadressen hvis du husker den, og omtrent \
                        når du sist brukte {service_name}. Så du en feil-ID på skjermen, tar du \
                        med den.",
                    "Ikke send fødselsnummer eller passord.",
                ],
            },
        ],
    },
    privacy: Article {
        heading: "Personvern",
        lead: "Her står det hva vi lagrer når du kobler kontoen din til ID-porten, hvorfor, og \
            hvor lenge.",
        sections: &[
            Passage {
                heading: "Hvem som har ansvaret",
                paragraphs: &[
                    "{owner} har ansvaret for opplysningene. Har du spørsmål om personvern, \
                        skriver du til {privacy_contact}.",
                    "Vi bruker opplysningene til å gi hver person én konto, og til å vite at det \
                        er du som får den. Rettslig grunnlag: {legal_basis}.",
                    "Amazon Web Services (AWS) lagrer opplysningene og sender e-posten på våre \
                        vegne.",
                ],
            },
            Passage {
                heading: "Fødselsnummeret ditt",
                paragraphs: &[
                    "Vi får fødselsnummeret eller d-nummeret ditt fra ID-porten når du logger \
                        inn. Vi lagrer det ikke. Vi lager en kode av det med en hemmelig nøkkel, \
                        og lagrer bare koden.",
                ],
            },
            Passage {
                heading: "Kontoen din",
                paragraphs: &[
                    "Vi lagrer navn, e-postadresse, brukernavn, når kontoen ble opprettet, når \
                        den sist ble brukt, når den ble koblet til deg, og telefonnummeret hvis \
                        du har oppgitt det. Alt annet som hører til den gamle kontoen, blir med \
                        uendret.",
                    "Vi skriver ned hver endring av kontoen: hva som ble gjort, når, og koden til \
                        den som gjorde det. Slik kan vi rette feil og oppdage misbruk.",
                    "Velger noen «Dette var ikke meg», skriver vi ned det også. Da er kontoen stengt \
                        for den som ba om e-posten, til vi har undersøkt saken. Så lenge lagrer vi \
                        koden til den personen sammen med kontoen.",
                    "Dette lagrer vi så lenge du har kontoen. Sikkerhetskopier sletter vi etter \
                        35 dager.",
                    "Av endringene har vi en kopi som ingen kan endre. Den sletter vi etter to \
                        år. Blir kontoen din slettet, tar vi vare på endringene like lenge.",
                    "Ber du om en ny konto som aldri blir opprettet, sletter vi det vi skrev ned om \
                        det, innen to år.",
                ],
            },
            Passage {
                heading: "Når du søker og ber om en e-post",
                paragraphs: &[
                    "Når du søker, teller vi søket og lagrer en kode av adressen, for å hindre \
                        misbruk. Vi sletter det etter om lag én uke.",
                    "Når du ber om en e-post, lagrer vi hvilken konto det gjelder, adressen den \
                        går til, når du ba om den, og om den kom fram. Lenken i e-posten virker i \
                        {ttl_hours} timer. Vi sletter dette om lag én uke etter det.",
                    "Til vi har sendt deg en kvittering på e-post, lagrer vi adressen den skal til. \
                        Vi sletter den når kvitteringen er sendt, og senest etter 30 dager.",
                    "Får vi en melding om e-posten som vi ikke klarer å behandle, legger vi den til \
                        side med adressen i. Vi sletter den etter høyst 14 dager.",
                ],
            },
            Passage {
                heading: "Logg over driften",
                paragraphs: &[
                    "Vi fører logg over når sider blir åpnet, og hva som går galt. Loggen viser \
                        ikke navn, adresser eller fødselsnummer. Vi sletter den etter høyst ett \
                        år.",
                ],
            },
            Passage {
                heading: "Informasjonskapsler",
                paragraphs: &[
                    "Vi bruker bare informasjonskapsler som trengs for at du skal kunne logge \
                        inn, være logget inn, søke og velge språk. De blir borte når du lukker \
                        nettleseren. Vi sporer deg ikke, verken her eller i e-posten.",
                ],
            },
            Passage {
                heading: "Rettighetene dine",
                paragraphs: &[
                    "I profilen kan du selv rette navn, e-postadresse og telefonnummer, og laste \
                        ned opplysningene om kontoen. Du kan også be oss om å få se, rette, \
                        slette eller begrense bruken av det vi har lagret om deg, og du kan \
                        protestere mot den. Skriv til {privacy_contact}.",
                    "Mener du at vi gjør noe galt? Du kan klage til Datatilsynet, datatilsynet.no.",
                ],
            },
        ],
    },
    legal_basis: "personvernforordningen artikkel 6 nr. 1 bokstav e",
    accessibility: Accessibility {
        heading: "Tilgjengelighets\u{ad}erklæring",
        lead: "Alle skal kunne bruke disse sidene.",
        published: "Les erklæringen på uustatus.no",
        unpublished: "Erklæringen er ikke publisert på uustatus.no ennå. Når den er det, finner \
            du lenken her.",
        sections: &[
            Passage {
                heading: "Dette gjør vi",
                paragraphs: &[
                    "Sidene er laget etter kravene til universell utforming (WCAG 2.1 og 2.2, \
                        nivå A og AA). Du kan bruke dem med tastatur, skjermleser, forstørret \
                        tekst og egne farger, og uten JavaScript.",
                    "Vi tester hver side automatisk hver gang vi endrer noe. Slike tester finner \
                        ikke alt, så vi vil gjerne høre fra deg.",
                ],
            },
            Passage {
                heading: "Si fra til oss",
                paragraphs: &[
                    "Er det noe du ikke får til? Skriv til {support_email}. Fortell hva du prøvde \
                        å gjøre, og hvilken nettleser eller hvilket hjelpemiddel du bruker. Vi \
                        hjelper deg også med å koble kontoen.",
                ],
            },
            Passage {
                heading: "Klage",
                paragraphs: &[
                    "Er du ikke fornøyd med svaret vårt? Du kan klage til Diskrimineringsnemnda, \
                        diskrimineringsnemnda.no.",
                ],
            },
        ],
    },
    mail: Mails {
        confirmation: ConfirmationMail {
            subject: "Bekreft brukerkontoen din hos {service_name}",
            asked: "En person som er logget inn med ID-porten, ba {date} kl.\u{a0}{time} om å koble \
                denne kontoen til seg: {name_mask}, brukernavn {user_mask}, opprettet {year}.",
            asked_new: "En person som er logget inn med ID-porten, ba {date} kl.\u{a0}{time} om en ny \
                brukerkonto hos {service_name} med denne e-postadressen.",
            reference: "Referanse: {ref}. Den samme referansen står på skjermen til den som ba \
                om e-posten.",
            reference_new: "Referanse: {ref}.",
            button: "Bekreft brukerkonto",
            afterwards: "Når du har bekreftet, logger du alltid inn med ID-porten. Brukernavnet \
                og passordet virker ikke lenger.",
        },
        receipt: ReceiptMail {
            subject: "Brukerkontoen din er nå koblet til ID-porten",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Kontoen med brukernavn {user_mask} hos {service_name} ble koblet til ID-porten \
                    {date} kl.\u{a0}{time}. Referanse: {ref}.",
                "Fra nå av logger du alltid inn med ID-porten. Brukernavnet og passordet virker \
                    ikke lenger.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettleseren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikke deg? Skriv til {support_email} med en gang og oppgi \
                referansen. Da stenger vi kontoen mens vi undersøker.",
        },
        receipt_new: ReceiptMail {
            subject: "Brukerkontoen din hos {service_name} er opprettet",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "En ny brukerkonto hos {service_name} med denne e-postadressen ble opprettet \
                    {date} kl.\u{a0}{time}. Referanse: {ref}.",
                "Du logger alltid inn med ID-porten. Du trenger ikke noe eget passord.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettleseren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikke deg? Skriv til {support_email} med en gang og oppgi \
                referansen. Da stenger vi kontoen mens vi undersøker.",
        },
        receipt_gathered: ReceiptMail {
            subject: "To brukerkontoer hos {service_name} er slått sammen",
            preheader: "Det skjedde {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "Kontoen med brukernavn {user_mask} ble slått sammen med en annen konto hos \
                    {service_name} {date} kl.\u{a0}{time}. Den som har den andre kontoen, har også denne \
                    nå. Referanse: {ref}.",
                "Fra nå av gjelder den andre kontoen, med innlogging gjennom ID-porten. \
                    Brukernavnet og passordet til denne virker ikke lenger.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettleseren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikke deg? Skriv til {support_email} med en gang og oppgi \
                referansen. Da stenger vi kontoen mens vi undersøker.",
        },
        email_proof: EmailProofMail {
            subject: "Bekreft e-postadressen din hos {service_name}",
            asked: "En person som er logget inn med ID-porten, ba {date} kl.\u{a0}{time} om å bruke \
                denne e-postadressen for kontoen sin hos {service_name}.",
            reference: "Referanse: {ref}.",
            button: "Bekreft e-postadresse",
        },
        email_notice: ReceiptMail {
            subject: "E-postadressen for kontoen din blir byttet",
            preheader: "Noen ba om dette {date} kl.\u{a0}{time}. Referanse {ref}.",
            body: &[
                "En person som er logget inn på kontoen din hos {service_name}, ba {date} \
                    kl.\u{a0}{time} om å bytte e-postadresse. Referanse: {ref}.",
                "Byttet gjelder fra den nye adressen er bekreftet. Fra da av sender vi ikke e-post \
                    hit.",
                "Denne e-posten har ingen lenker. Skriv {portal_host} i nettleseren når du vil \
                    logge inn.",
            ],
            not_you: "Var det ikke deg? Skriv til {support_email} med en gang og oppgi \
                referansen. Da stenger vi kontoen mens vi undersøker.",
        },
        another: "ny lenke kl.\u{a0}{time}",
        preheader: "Noen ba om dette {date} kl.\u{a0}{time}. Referanse {ref}.",
        greeting: "Hei!",
        no_name: "uten navn",
        was_it_you: "Var det deg? Fullfør her:",
        copy_link: "Virker ikke knappen? Kopier adressen til nettleseren:",
        link_belongs: "Adressen hører til {link_host}. Den virker til {expires} og bare én \
            gang. Du må være logget inn med ID-porten som samme person.",
        was_it_not_you: "Var det ikke deg? Ikke send e-posten videre. Ingenting skjer uten at den \
            som ba om e-posten, får brukt lenken. Vil du stoppe det, åpner du lenken, logger inn \
            som deg selv og velger «Jeg ba ikke om e-posten». Lurer du på noe, skriver du til \
            {support_email}.",
        we_never_ask: "Vi ber aldri om passord, koder eller fødselsnummer i e-post.",
        signature: "Hilsen {service_name}",
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
        tomorrow: "i morgen kl.\u{a0}{time}",
        on_day: "{date} kl.\u{a0}{time}",
        month: "{month} {year}",
        unknown_year: "et ukjent år",
    },
};
