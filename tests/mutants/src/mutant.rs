//! What can be changed: the list of cargo-mutants, and three kinds more that it has not.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde::Deserialize;

use crate::{
    Failure, conditions,
    source::{Place, Source},
};

/// One change of one place.
pub struct Mutant {
    /// File, line, and what is done, in words.
    pub name: String,
    pub file: String,
    pub change: Change,
}

impl Mutant {
    /// Its name where lines move.
    pub fn without_line(&self) -> String {
        let what = self.name.split_once(' ').map_or("", |(_, what)| what);
        format!("{}: {what}", self.file)
    }
}

/// How the change is woven in. All texts are Rust.
pub enum Change {
    /// The whole expression at this place is this instead.
    Instead(Place, String),
    /// What is asked here is answered so, whatever it is.
    Answer(Place, bool),
    /// The function whose body begins here returns this.
    Return(usize, String),
    /// The match arm with this pattern and guard is never taken.
    NoArm(Place, Option<Place>),
    /// The statement is not executed.
    NotDone(Place),
    /// It cannot be woven in.
    No(&'static str),
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    genre: String,
    function: Option<Function>,
    name: String,
    replacement: String,
    span: Span,
}

#[derive(Deserialize)]
struct Function {
    return_type: String,
}

impl Function {
    fn gives_nameless(&self) -> bool {
        self.return_type.contains("impl ")
    }
}

#[derive(Deserialize)]
struct Span {
    start: Point,
    end: Point,
}

/// Both from 1; the column in characters.
#[derive(Deserialize)]
struct Point {
    line: usize,
    column: usize,
}

/// Every mutant of these files (as cargo-mutants takes them), and the files by their names.
pub fn all(patterns: &[String]) -> Result<(Vec<Mutant>, BTreeMap<String, Source>), Failure> {
    let mut list = Command::new(".tools/bin/cargo-mutants");
    list.args(["mutants", "--list", "--json", "--package", "kontobro"]);
    list.args(patterns.iter().flat_map(|pattern| ["--file", pattern]));
    let list = list.stderr(std::process::Stdio::inherit()).output()?;
    let listed: Vec<Listed> = serde_json::from_slice(&list.stdout)?;
    let mut sources = BTreeMap::new();
    for file in listed.iter().map(|one| &one.file) {
        if !sources.contains_key(file) {
            sources.insert(file.clone(), Source::parse(fs::read_to_string(Path::new(file))?)?);
        }
    }
    let mut mutants: Vec<_> =
        sources.iter().flat_map(|(file, source)| ours(file, source)).collect();
    mutants.extend(listed.into_iter().map(|one| {
        let change = change(&sources[&one.file], &one);
        Mutant { name: one.name, file: one.file, change }
    }));
    Ok((mutants, sources))
}

fn change(source: &Source, one: &Listed) -> Change {
    let at = |point: &Point| source.at(point.line, point.column - 1);
    let span = at(&one.span.start)..at(&one.span.end);
    if source.is_constant(span.start) {
        return Change::No("is evaluated while it is compiled");
    }
    let instead = |whole: Option<&Place>| match whole {
        Some(whole) => Change::Instead(
            whole.clone(),
            [
                &source.text[whole.start..span.start],
                &one.replacement,
                &source.text[span.end..whole.end],
            ]
            .concat(),
        ),
        None => Change::No("binds a name"),
    };
    match one.genre.as_str() {
        "FnValue" if one.function.as_ref().is_some_and(Function::gives_nameless) => {
            Change::No("gives back what has no name")
        }
        "FnValue" => Change::Return(span.start, one.replacement.clone()),
        "MatchArm" => match source.arms.get(&span.start) {
            Some((pattern, guard)) => Change::NoArm(pattern.clone(), guard.clone()),
            None => Change::No("leaves a case without an answer"),
        },
        "MatchArmGuard" => instead(source.guards.get(&span.start)),
        _ if source.text[span.end..].starts_with(',') => {
            // A field of a struct expression: its comma goes too.
            let whole = source.around.get(&span.start);
            whole.map_or(Change::No("is no field that we know"), |whole| {
                let (before, after) =
                    (&source.text[whole.start..span.start], &source.text[span.end + 1..whole.end]);
                Change::Instead(whole.clone(), format!("{before}{after}"))
            })
        }
        _ => instead(source.around.get(&span.start)),
    }
}

/// Conditions in the store, statements, and what an `if` asks.
fn ours(file: &str, source: &Source) -> Vec<Mutant> {
    let name = |at: usize, what: String| {
        let (line, column) = source.point(at);
        format!("{file}:{line}:{column}: {what} in {}", source.function(at))
    };
    let mutant = |place: &Place, what: String, change| Mutant {
        name: name(place.start, what),
        file: file.to_owned(),
        change,
    };
    let mut mutants = Vec::new();
    for place in &source.conditions {
        for (part, given) in without_a_part(source, place) {
            let what = format!("turn off condition {part}");
            mutants.push(mutant(place, what, Change::Instead(place.clone(), given)));
        }
    }
    for place in source.statements.iter().filter(|place| !source.is_constant(place.start)) {
        let what = format!("leave out {}", short(&source.text[place.clone()]));
        mutants.push(mutant(place, what, Change::NotDone(place.clone())));
    }
    for place in source.ifs.iter().filter(|place| !source.is_constant(place.start)) {
        for answer in [true, false] {
            let asked = short(&source.text[place.clone()]);
            let what = format!("if {asked} were {answer}");
            mutants.push(mutant(place, what, Change::Answer(place.clone(), answer)));
        }
    }
    mutants
}

/// The expression that gives a condition, once for each of the condition's parts.
fn without_a_part(source: &Source, place: &Place) -> Vec<(String, String)> {
    let given = &source.text[place.clone()];
    if let Some(text) = source.named.get(given) {
        let turned = conditions::turned(text).into_iter();
        return turned.map(|turned| (turned.part, format!("{:?}", turned.condition))).collect();
    }
    let mut all = Vec::new();
    let quotes: Vec<_> = given.match_indices('"').map(|(at, _)| at).collect();
    for quoted in quotes.chunks_exact(2) {
        let (start, end) = (quoted[0] + 1, quoted[1]);
        for turned in conditions::turned(&given[start..end]) {
            let whole = [&given[..start], &turned.condition, &given[end..]].concat();
            all.push((turned.part, whole));
        }
    }
    all
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line }
}
