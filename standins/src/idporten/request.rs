//! An authorization request, checked in every part.

use super::{
    Client,
    discovery::{LEVELS, LOCALES},
    fields::{Fields, Refused},
    state::Request,
};

/// The redirect URI, when it is one of the client's, to the letter.
pub(super) fn redirect_uri<'a>(fields: &'a Fields, client: &Client) -> Result<&'a str, Refused> {
    let given = fields.need("redirect_uri")?;
    let known = client.redirect_uris.iter().any(|uri| uri == given);
    known.then_some(given).ok_or_else(|| Refused::request("redirect_uri is not registered"))
}

/// The rest of the request.
pub(super) fn read(fields: &Fields) -> Result<Request, Refused> {
    let text = |name| fields.need(name).map(str::to_owned);
    if fields.need("response_type")? != "code" {
        return Err(Refused::new("unsupported_response_type", "response_type must be code"));
    }
    let scope: Vec<&str> = fields.need("scope")?.split(' ').collect();
    if !scope.contains(&"openid")
        || !scope.iter().all(|scope| matches!(*scope, "openid" | "profile"))
    {
        return Err(Refused::new("invalid_scope", "scope must be openid, with or without profile"));
    }
    if fields.need("code_challenge_method")? != "S256" {
        return Err(Refused::request("code_challenge_method must be S256"));
    }
    let code_challenge = text("code_challenge")?;
    if code_challenge.len() != 43 {
        return Err(Refused::request("code_challenge is no SHA-256 in base64url"));
    }
    let levels = fields.get("acr_values").unwrap_or("idporten-loa-substantial").split(' ');
    let levels: Vec<_> = levels.map(str::to_owned).collect();
    if !levels.iter().all(|level| LEVELS.contains(&level.as_str())) {
        return Err(Refused::request("acr_values has an unknown level"));
    }
    let mut locales = fields.get("ui_locales").unwrap_or("nb").split(' ');
    let prompt = fields.get("prompt").map(str::to_owned);
    if prompt.as_ref().is_some_and(|prompt| !["login", "none"].contains(&prompt.as_str())) {
        return Err(Refused::request("prompt is neither login nor none"));
    }
    Ok(Request {
        client_id: text("client_id")?,
        redirect_uri: text("redirect_uri")?,
        profile: scope.contains(&"profile"),
        state: text("state")?,
        nonce: text("nonce")?,
        code_challenge,
        levels,
        locale: locales.find(|locale| LOCALES.contains(locale)).unwrap_or("nb").to_owned(),
        prompt,
        login_hint: fields.get("login_hint").map(str::to_owned),
    })
}
