//! What a browser makes of an answer: heading, forms, links. Reads only pages as ours are written,
//! at a small part of the cost of a parser.

use super::deed::Waiting;

/// A page, or whatever else came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub status: u16,
    pub url: String,
    pub heading: String,
    pub forms: Vec<Form>,
    pub links: Vec<String>,
    pub frames: Vec<String>,
    /// Where the page goes by itself.
    pub goes_on_to: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub is_post: bool,
    /// Name and value of each input.
    pub fields: Vec<(String, String)>,
    /// Name and value of each button; empty where it sends nothing.
    pub buttons: Vec<(String, String)>,
}

impl Page {
    pub fn read(status: u16, url: &str, html: &str) -> Self {
        let heading = Self::heading_of(html);
        let forms = parts(html, "<form ", "</form>").map(Form::read).collect();
        let links = tags(html, "a").filter_map(|tag| attribute(tag, "href")).collect();
        let frames = tags(html, "iframe").filter_map(|tag| attribute(tag, "src")).collect();
        let refresh = tags(html, "meta").find(|tag| tag.contains("http-equiv=\"refresh\""));
        let goes_on_to = refresh.and_then(|tag| attribute(tag, "content"));
        let goes_on_to = goes_on_to.and_then(|to| Some(to.split_once("url=")?.1.to_owned()));
        let url = url.to_owned();
        Self { status, url, heading, forms, links, frames, goes_on_to }
    }

    /// The words of the `h1`.
    pub fn heading_of(html: &str) -> String {
        between(html, "<h1", "</h1>").map(|h1| words(after(h1, ">"))).unwrap_or_default()
    }

    /// Path without query, on whichever host.
    pub fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.find('/').map_or("/", |at| &rest[at..]);
        path.split(['?', '#']).next().unwrap_or_default()
    }

    /// The forms that lead to this path.
    pub fn forms_to<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Form> {
        self.forms.iter().filter(move |form| form.action.split('#').next() == Some(path))
    }

    /// Does a mailed link ask for a login here?
    pub fn asks_for_login(&self) -> bool {
        self.links.iter().any(|link| link == "/logg-inn?til=lenke")
    }

    /// The second look before a request of somebody else's is stopped, if this is their link.
    pub fn way_to_stop(&self) -> Option<&String> {
        self.links.iter().find(|link| link.starts_with("/b?t=") && link.ends_with("&valg=stopp"))
    }

    /// Has the waiting page this button?
    pub fn leads_on(&self, button: Waiting) -> bool {
        let sends = button.value();
        self.forms_to("/sendt").any(|form| form.buttons.iter().any(|(_, value)| value == sends))
    }
}

impl Form {
    fn read(html: &str) -> Self {
        let (tag, _) = html.split_once('>').unwrap_or((html, ""));
        let named = |tag: &str| {
            Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
        };
        let is_text = |tag: &&str| {
            !tag.contains("type=\"checkbox\"") && !tag.contains("type=\"radio\"")
                || tag.contains(" checked")
        };
        Self {
            action: attribute(tag, "action").unwrap_or_default(),
            is_post: tag.contains("method=\"post\""),
            fields: tags(html, "input").filter(is_text).filter_map(named).collect(),
            buttons: tags(html, "button").map(|tag| named(tag).unwrap_or_default()).collect(),
        }
    }

    /// What it sends: with this button, with these fields filled in or added.
    pub fn filled(&self, button: usize, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut sent = self.fields.clone();
        for (name, value) in typed {
            match sent.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => (*value).clone_into(old),
                None => sent.push(((*name).to_owned(), (*value).to_owned())),
            }
        }
        let button = self.buttons.get(button).filter(|(name, _)| !name.is_empty());
        sent.extend(button.cloned());
        sent
    }
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    html.split_once(open)?.1.split_once(close).map(|(inside, _)| inside)
}

/// Everything from each `open` to its `close`, tags of the opening included.
fn parts<'a>(
    html: &'a str,
    open: &'static str,
    close: &'static str,
) -> impl Iterator<Item = &'a str> {
    html.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(part, _)| part))
}

/// The inside of each opening tag of this name.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{name} ");
    let starts: Vec<_> = html.match_indices(&open).map(|(at, _)| at + open.len()).collect();
    starts.into_iter().filter_map(|at| html[at..].split_once('>').map(|(tag, _)| tag))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let (before, found) = (rest[..at].chars().next_back(), &rest[at + name.len()..]);
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = found.strip_prefix("=\"")
        {
            return value.split_once('"').map(|(value, _)| unescaped(value));
        }
        rest = found;
    }
    None
}

/// Text without tags, one space between its words.
fn words(html: &str) -> String {
    let text: String = html
        .split('<')
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { after(part, ">") })
        .collect();
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
