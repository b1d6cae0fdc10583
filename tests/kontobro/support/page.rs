//! What a person sees of an answer, and what they can do with it.

use lambda_http::http::HeaderMap;
use scraper::{ElementRef, Html, Node, Selector};

/// A page, read as a person or a screen reader would.
#[derive(Default)]
pub struct Page {
    pub status: u16,
    pub url: String,
    pub headers: HeaderMap,
    pub html: String,
    pub lang: String,
    pub title: String,
    /// Every `h1`; a page of ours has one.
    pub headings: Vec<String>,
    /// What stands inside `main`, hidden words for screen readers too.
    pub text: String,
    pub alerts: Vec<String>,
    /// The points of the error summary.
    pub errors: Vec<String>,
    pub links: Vec<Link>,
    pub forms: Vec<Form>,
    pub fields: Vec<Field>,
    /// Addresses of frames.
    pub frames: Vec<String>,
    /// Where the page goes by itself.
    pub goes_on_to: Option<String>,
}

pub struct Link {
    pub label: String,
    pub href: String,
}

#[derive(Clone, Default)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub buttons: Vec<Button>,
    /// Those that stand elsewhere on the page: the languages.
    pub buttons_elsewhere: Vec<Button>,
    pub fields: Vec<Field>,
}

#[derive(Clone)]
pub struct Button {
    /// What is seen on it.
    pub label: String,
    /// What a screen reader calls it.
    pub name: String,
    pub sends: Option<(String, String)>,
}

/// Something in a form with a value.
#[derive(Clone)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub value: String,
    /// Boxes and radio buttons count only when they are ticked.
    pub counts: bool,
}

impl Page {
    pub fn read(status: u16, url: &str, headers: HeaderMap, html: String) -> Self {
        let mut page = Self { status, url: url.to_owned(), headers, ..Self::default() };
        if page.header("content-type").starts_with("text/html") {
            page.take(&Html::parse_document(&html));
        }
        Self { html, ..page }
    }

    fn take(&mut self, document: &Html) {
        let root = document.root_element();
        let texts = |css: &str| all(root, css).map(text).collect::<Vec<_>>();
        self.lang = attribute(root, "lang");
        self.title = texts("title").concat();
        self.headings = texts("h1");
        self.text = texts("main").concat();
        self.alerts = texts(".ds-alert, [role=alert]");
        self.errors = texts(".ds-error-summary li");
        let link = |a| Link { label: text(a), href: attribute(a, "href") };
        self.links = all(root, "a[href]").map(link).collect();
        self.forms = all(root, "form").map(|form| read_form(root, form)).collect();
        self.fields = self.forms.iter().flat_map(|form| form.fields.clone()).collect();
        self.frames = all(root, "iframe[src]").map(|frame| attribute(frame, "src")).collect();
        let refresh = all(root, "meta[http-equiv=refresh]").next();
        let target = refresh.map(|meta| attribute(meta, "content"));
        self.goes_on_to = target.and_then(|to| Some(to.split_once("url=")?.1.to_owned()));
    }

    /// The HTML without what only tells where a line may break, as that parts words and addresses.
    pub fn plain_html(&self) -> String {
        self.html
            .replace("<wbr>", "")
            .replace("<span class=\"kb-whole\">", "")
            .replace("</span>", "")
    }

    /// The `h1`.
    pub fn heading(&self) -> &str {
        self.headings.first().map_or("", String::as_str)
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Path and query, on whichever host.
    pub fn path(&self) -> &str {
        let (_, rest) = self.url.split_once("://").expect("an absolute address");
        rest.find('/').map_or("/", |at| &rest[at..])
    }

    /// What a field holds, by its name or its label.
    pub fn value(&self, field: &str) -> &str {
        let found = self.fields.iter().find(|of| of.name == field || of.label == field);
        &found.unwrap_or_else(|| panic!("no field «{field}» on {self}")).value
    }

    /// Every button's label.
    pub fn buttons(&self) -> Vec<&str> {
        self.forms.iter().flat_map(|form| &form.buttons).map(|button| &*button.label).collect()
    }

    /// The one form with this button.
    pub fn form_of(&self, label: &str) -> (&Form, &Button) {
        let forms = self.forms.iter().flat_map(|form| {
            let buttons = form.buttons.iter().chain(&form.buttons_elsewhere);
            buttons.map(move |button| (form, button))
        });
        let mut fitting = forms.filter(|(_, b)| b.label == label || b.name == label);
        let found = fitting.next().unwrap_or_else(|| panic!("no button «{label}» on {self}"));
        assert!(fitting.next().is_none(), "several buttons «{label}» on {self}");
        found
    }

    /// Where the first link of this label leads.
    pub fn link(&self, label: &str) -> &str {
        let link = self.links.iter().find(|link| link.label == label);
        &link.unwrap_or_else(|| panic!("no link «{label}» on {self}")).href
    }
}

/// For failing tests.
impl std::fmt::Display for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (status, url, buttons) = (self.status, &self.url, self.buttons());
        let links: Vec<_> = self.links.iter().map(|link| &link.label).collect();
        writeln!(f, "{status} {url}: {:?}", self.headings)?;
        writeln!(f, "alerts {:?} errors {:?}", self.alerts, self.errors)?;
        writeln!(f, "buttons {buttons:?} links {links:?}\n{}", self.text)
    }
}

fn read_form(root: ElementRef<'_>, form: ElementRef<'_>) -> Form {
    let id = attribute(form, "id");
    let elsewhere = all(root, "button[form]").filter(|button| attribute(*button, "form") == id);
    let read_button = |button| {
        let hidden: String = all(button, ".ds-sr-only").map(text).collect();
        let name = text(button);
        let sends = Some(attribute(button, "name")).filter(|name| !name.is_empty());
        Button {
            label: name.strip_suffix(&hidden).unwrap_or(&name).trim().to_owned(),
            sends: sends.map(|name| (name, attribute(button, "value"))),
            name,
        }
    };
    let inputs = all(form, "input[name]").map(|input| {
        let is_box = ["checkbox", "radio"].contains(&&*attribute(input, "type"));
        let id = attribute(input, "id");
        let label = all(root, "label").find(|of| !id.is_empty() && attribute(*of, "for") == id);
        Field {
            name: attribute(input, "name"),
            label: label.map(text).unwrap_or_default(),
            value: attribute(input, "value"),
            counts: !is_box || input.attr("checked").is_some(),
        }
    });
    let selects = all(form, "select[name]").map(|select| {
        let chosen = all(select, "option[selected]").next().or(all(select, "option").next());
        Field {
            name: attribute(select, "name"),
            label: String::new(),
            value: chosen.map(|option| attribute(option, "value")).unwrap_or_default(),
            counts: true,
        }
    });
    Form {
        action: attribute(form, "action"),
        method: attribute(form, "method").to_uppercase(),
        buttons: all(form, "button").map(read_button).collect(),
        buttons_elsewhere: elsewhere.map(read_button).collect(),
        fields: inputs.chain(selects).collect(),
    }
}

fn all<'a>(within: ElementRef<'a>, css: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(css).expect("a selector of ours");
    within.select(&selector).collect::<Vec<_>>().into_iter()
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.attr(name).unwrap_or_default().to_owned()
}

/// The words of an element, one space between them; blocks keep their words apart.
fn text(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(of) if !["a", "bdi", "span", "strong", "wbr"].contains(&of.name()) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
