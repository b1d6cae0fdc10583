//! Which methods each address takes, for whoever tries another one (RFC 9110 §15.5.6). What is done
//! with them, each function says; `template.yaml` sends everything else to `start`.

/// Every address with what its `Allow` says. HEAD is answered wherever GET is.
pub const ROUTES: [(&str, &str); 23] = [
    ("/", "GET, HEAD"),
    ("/hjelp", "GET, HEAD"),
    ("/personvern", "GET, HEAD"),
    ("/tilgjengelighet", "GET, HEAD"),
    ("/assets/{file}", "GET, HEAD"),
    ("/logg-inn", "GET, HEAD"),
    ("/logg-inn/svar", "GET, HEAD"),
    ("/logg-inn/ikke-innlogget", "GET, HEAD"),
    ("/sok", "GET, HEAD, POST"),
    ("/treff", "GET, HEAD"),
    ("/bekreft", "GET, HEAD, POST"),
    ("/sendt", "GET, HEAD, POST"),
    ("/sendt/status", "GET, HEAD"),
    ("/ny", "GET, HEAD, POST"),
    ("/b", "GET, HEAD, POST"),
    ("/stoppet", "GET, HEAD"),
    ("/profil", "GET, HEAD, POST"),
    ("/profil/data", "GET, HEAD"),
    ("/ferdig", "GET, HEAD"),
    ("/logg-ut", "GET, HEAD, POST"),
    ("/logget-ut", "GET, HEAD"),
    ("/utlogging/front", "GET, HEAD"),
    ("/utlogging/bak", "POST"),
];

/// The pages of a person: whoever is not logged in is sent to the front page.
const OF_A_PERSON: [&str; 10] = [
    "/sok",
    "/treff",
    "/bekreft",
    "/sendt",
    "/sendt/status",
    "/ny",
    "/stoppet",
    "/profil",
    "/profil/data",
    "/ferdig",
];

/// Does an address lead whoever is not logged in to the front page?
pub fn needs_login(path: &str) -> bool {
    OF_A_PERSON.contains(&path)
}

/// The route that an address belongs to, and the methods that it takes; `None` if there is none.
pub fn route(path: &str) -> Option<(&'static str, &'static str)> {
    let known = match path.strip_prefix("/assets/") {
        Some(file) => super::assets::asset(file).map(|_| "/assets/{file}")?,
        None => path,
    };
    ROUTES.iter().find(|(path, _)| *path == known).copied()
}
