//! What must stay true of the project itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use kontobro::{bundle::Bundle, web::routes::ROUTES};
use standins::cloudformation::{self, DEFAULT_ROUTE};

use crate::world::{project_file, template::Template};

/// Who may use whom: a module of `src` and the modules below it. Nobody uses `function` but `bundle`
/// and the entry points, nobody `bundle` but the local run.
const ARROWS: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("texts", &[]),
    ("ambient", &[]),
    ("telling", &[]),
    ("settings", &["texts"]),
    ("outbound", &["settings"]),
    ("keys", &["domain", "outbound", "settings"]),
    ("store", &["domain", "outbound", "settings", "telling"]),
    ("oidc", &["ambient", "domain", "keys", "outbound", "settings"]),
    ("mail", &["domain", "outbound", "settings", "telling", "texts"]),
    ("web", &["ambient", "domain", "keys", "settings", "telling", "texts"]),
    (
        "handlers",
        &[
            "ambient", "domain", "keys", "mail", "oidc", "outbound", "settings", "store",
            "telling", "texts", "web",
        ],
    ),
    ("function", &["ambient", "handlers", "settings", "telling", "web"]),
    ("bundle", &["ambient", "function", "handlers", "settings"]),
];

#[test]
fn cargo_the_functions_folder_the_template_and_the_bundle_name_the_same_functions() {
    let bundled: BTreeSet<String> = Bundle::FUNCTIONS.iter().map(ToString::to_string).collect();

    let manifest = read("Cargo.toml");
    let bins = manifest.split("[[bin]]").skip(1);
    let value = |part: &str, name: &str| {
        let line = part.lines().find(|line| line.starts_with(&format!("{name} = ")));
        line.and_then(|line| line.split('"').nth(1)).expect("a bin's name and path").to_owned()
    };
    let bins: BTreeMap<_, _> = bins.map(|bin| (value(bin, "name"), value(bin, "path"))).collect();
    assert_eq!(bins.keys().cloned().collect::<BTreeSet<_>>(), bundled);
    for (name, path) in &bins {
        assert_eq!(*path, format!("functions/{}.rs", name.replace('-', "_")));
    }

    let files = files_below("functions").into_iter();
    let names =
        files.map(|file| file.file_stem().expect("a name").to_string_lossy().replace('_', "-"));
    assert_eq!(names.collect::<BTreeSet<_>>(), bundled);

    let template = cloudformation::read(&read("template.yaml")).expect("a template");
    let resources = template["Resources"].as_object().expect("resources").iter();
    let functions = resources.filter(|(_, of)| of["Type"] == "AWS::Serverless::Function");
    let binaries = functions.map(|(id, function)| {
        let binary = function["Metadata"]["BuildProperties"]["Binary"].as_str();
        binary.unwrap_or_else(|| panic!("{id} has no binary")).to_owned()
    });
    assert_eq!(binaries.collect::<BTreeSet<_>>(), bundled);
}

/// The routes as the design has them. The template may not lose one, nor give it to another.
#[test]
fn every_route_is_answered_by_its_function() {
    let template = Template::read(&read("template.yaml")).expect("a template");
    let of = |method: &str, path: &str| {
        let mut fitting = template.routes.iter().filter(|r| r.path == path);
        let route = fitting.find(|route| route.method == method || route.method == "ANY");
        template.function(route.unwrap_or_else(|| panic!("no route {method} {path}")))
    };
    for (function, routes) in [
        ("start", "GET /, GET /hjelp, GET /personvern, GET /tilgjengelighet, GET /assets/{file}"),
        ("login", "GET /logg-inn"),
        ("oidc-callback", "GET /logg-inn/svar, GET /logg-inn/ikke-innlogget"),
        ("account-search", "GET /sok, POST /sok, GET /treff"),
        (
            "merge-request",
            "GET /bekreft, POST /bekreft, GET /sendt, POST /sendt, GET /sendt/status",
        ),
        ("registration", "GET /ny, POST /ny"),
        ("email-confirmation", "GET /b, HEAD /b, POST /b, GET /stoppet"),
        ("profile", "GET /profil, POST /profil, GET /profil/data, GET /ferdig"),
        (
            "logout",
            "GET /logg-ut, POST /logg-ut, GET /logget-ut, GET /utlogging/front, POST /utlogging/bak",
        ),
    ] {
        for route in routes.split(", ") {
            let (method, path) = route.split_once(' ').expect("method and path");
            assert_eq!(of(method, path), function, "{route}");
        }
    }
}

#[test]
fn t88_what_the_pages_say_they_take_is_what_the_template_routes() {
    let template = Template::read(&read("template.yaml")).expect("a template");
    let mut routed = BTreeMap::<&str, BTreeSet<&str>>::new();
    for route in template.routes.iter().filter(|route| route.path != DEFAULT_ROUTE) {
        routed.entry(&route.path).or_default().insert(&route.method);
    }
    // `start` answers a HEAD wherever there is a GET.
    for methods in routed.values_mut().filter(|methods| methods.contains("GET")) {
        methods.insert("HEAD");
    }
    let said = ROUTES.iter().map(|(path, methods)| (*path, methods.split(", ").collect()));
    assert_eq!(said.collect::<BTreeMap<_, _>>(), routed);
}

#[test]
fn cargo_lambda_watch_routes_as_the_template_does() {
    let template = Template::read(&read("template.yaml")).expect("a template");
    let routes = template.routes.iter().filter(|route| route.path != DEFAULT_ROUTE);
    let routes: BTreeSet<_> = routes.map(|r| (r.path.clone(), template.function(r))).collect();
    let manifest = read("Cargo.toml");
    let router = manifest.split("[workspace.metadata.lambda.watch.router]\n").nth(1);
    let lines = router.expect("a router").lines().take_while(|line| line.starts_with('"'));
    let quoted = lines.map(|line| line.split('"').collect::<Vec<_>>());
    let watched = quoted.map(|line| (line[1].to_owned(), line[3].to_owned()));
    assert_eq!(watched.collect::<BTreeSet<_>>(), routes);
}

/// A misspelt one would be left out in silence, as if nobody had set it.
#[test]
fn t91_every_setting_that_the_template_gives_is_one_that_the_code_reads() {
    let template = cloudformation::read(&read("template.yaml")).expect("a template");
    let functions = template["Resources"].as_object().expect("resources").values();
    let functions = functions.map(|of| &of["Properties"]).chain([&template["Globals"]["Function"]]);
    let given = functions.filter_map(|of| of["Environment"]["Variables"].as_object());
    let given: BTreeSet<_> = given.flat_map(|variables| variables.keys().cloned()).collect();
    let code: String =
        files_below("src").iter().map(|file| fs::read_to_string(file).expect("source")).collect();
    let unread = given.iter().filter(|name| !code.contains(&format!("\"{name}\"")));
    assert_eq!(unread.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_arrows_between_modules_run_one_way() {
    let arrows: BTreeMap<_, _> = ARROWS.into_iter().collect();
    for file in files_below("src") {
        let module = module_of(&file);
        let Some(allowed) = arrows.get(module.as_str()) else {
            assert_eq!(module, "lib", "{module} has no place in the architecture");
            continue;
        };
        for used in used_modules(&code_of(&file)) {
            // What tests have counted: in no function.
            let fine = used == module || used == "figures" || allowed.contains(&used.as_str());
            assert!(fine, "{} uses {used}", file.display());
        }
    }
}

#[test]
fn the_domain_does_no_io_reads_no_clock_and_knows_neither_aws_nor_http() {
    for file in files_below("src/domain") {
        let code = code_of(&file);
        for foreign in [
            "aws_",
            "lambda_",
            "hyper",
            "http",
            "tokio",
            "async ",
            "std::fs",
            "std::net",
            "std::env",
            "SystemTime",
            "Timestamp::now",
            "SystemRandom",
            "rand::",
            "maud",
            "tracing",
        ] {
            assert!(!code.contains(foreign), "{} has {foreign}", file.display());
        }
    }
}

#[test]
fn an_entry_point_wires_and_decides_nothing() {
    for file in files_below("functions") {
        let code = fs::read_to_string(&file).expect("a file");
        assert!(code.lines().count() < 20, "{} is no longer thin", file.display());
        assert!(!code.contains("if ") && !code.contains("match "), "{} decides", file.display());
    }
}

#[test]
fn only_the_store_speaks_to_dynamodb_and_only_the_post_to_ses() {
    let may = [
        ("aws_sdk_dynamodb", &["src/store/", "src/outbound.rs"][..]),
        ("aws_sdk_sesv2", &["src/mail/post.rs"][..]),
        ("aws_sdk_secretsmanager", &["src/keys.rs"][..]),
        ("openidconnect", &["src/oidc/"][..]),
    ];
    for file in files_below("src") {
        let code = code_of(&file);
        let path = file.strip_prefix(project_file("")).expect("of this project");
        for (sdk, places) in may {
            let here = places.iter().any(|place| path.to_string_lossy().starts_with(place));
            assert!(here || !code.contains(sdk), "{} uses {sdk}", path.display());
        }
    }
}

#[test]
fn no_code_is_unsafe_and_no_file_is_a_burden_to_read() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    for file in files_below("src").into_iter().chain(files_below("standins/src")) {
        let code = fs::read_to_string(&file).expect("a file");
        assert!(!code.contains("unsafe "), "{}", file.display());
        let is_a_word_list = file.parent().is_some_and(|folder| folder.ends_with("src/texts"));
        let lines = code.lines().count();
        assert!(lines <= 400 || is_a_word_list, "{} has {lines} lines", file.display());
    }
}

#[test]
fn nothing_is_left_to_do_and_no_test_is_switched_off() {
    let folders = ["src", "functions", "standins/src", "examples", "tests"];
    for file in folders.into_iter().flat_map(files_below) {
        let code = fs::read_to_string(&file).expect("a file");
        for left in ["todo", "unimplemented"].map(|name| format!("{name}!(")) {
            assert!(!code.contains(&left), "{}", file.display());
        }
        assert!(!code.contains(concat!("#[", "ignore")), "{}", file.display());
    }
}

/// A text's name is a field; whoever shows the text names that field. Those of lists and passages
/// are shown with what they stand in.
#[test]
fn every_text_is_shown_somewhere() {
    let catalogue = read("src/texts/catalogue.rs");
    let fields = catalogue.lines().filter_map(|line| line.trim().strip_prefix("pub "));
    let names: Vec<_> = fields.filter_map(|field| Some(field.split_once(": ")?.0)).collect();
    assert!(names.len() > 150, "the walk found only {} texts", names.len());
    let shown = files_below("src").into_iter().filter(|file| {
        let is_list =
            ["nb.rs", "nn.rs", "en.rs", "catalogue.rs"].iter().any(|of| file.ends_with(of));
        !is_list && !file.ends_with("tests.rs")
    });
    let shown: String = shown.map(|file| code_of(&file)).collect();
    let uses = |name: &str| {
        let mut places = shown.match_indices(name);
        places.any(|(at, _)| {
            let after = shown[at + name.len()..].chars().next();
            let before = shown[..at].chars().next_back();
            let ends = !after.is_some_and(|c| c.is_alphanumeric() || c == '_');
            ends && (before == Some('.') || name_in_pattern(&shown[..at]))
        })
    };
    let unused: Vec<_> = names.into_iter().filter(|name| !uses(name)).collect();
    assert_eq!(unused, [""; 0], "nobody shows these texts");
}

/// `Article { heading, lead`: taken out of its struct by name.
fn name_in_pattern(before: &str) -> bool {
    let start = before.rfind(['{', '}', ';', '(']).unwrap_or_default();
    before[start..].starts_with('{') && before[..start].trim_end().ends_with("Article")
}

/// Rust files below a folder of the project, but for what npm brought.
fn files_below(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of this project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    walk(&path, files);
                }
            } else if path.extension().is_some_and(|of| of == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&project_file(folder), &mut files);
    assert!(!files.is_empty(), "{folder} has files");
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(project_file(file)).expect("a file of this project")
}

/// `src/store/mod.rs` and `src/store/ask.rs` are `store`, `src/keys.rs` is `keys`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(project_file("src")).expect("a file below src");
    let first = inside.iter().next().expect("a name").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// A file without its comments, where links to other modules are welcome.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a file");
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The first names behind every `crate::`, one or in braces.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let names: Vec<String> = match rest.strip_prefix('{') {
            Some(group) => outermost(group),
            None => vec![rest.to_owned()],
        };
        used.extend(names.iter().map(|name| {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            name[..end].to_owned()
        }));
    }
    used.retain(|name| !name.is_empty() && name.starts_with(char::is_lowercase));
    used
}

/// The parts of `a::b, c::{d, e}, f}…` that stand in the outermost braces.
fn outermost(group: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            c if depth == 0 && !c.is_whitespace() => {
                parts.last_mut().expect("never empty").push(c);
            }
            _ => {}
        }
    }
    parts
}

#[test]
fn the_arrows_are_read_as_rust_reads_them() {
    let code =
        "use crate::{\n    a::{b, c::d},\n    e,\n};\nfn f(_: crate::g::H) {}\nuse crate::I;";
    assert_eq!(used_modules(code).into_iter().collect::<Vec<_>>(), ["a", "e", "g"]);
}
