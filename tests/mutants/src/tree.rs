//! The project with the mutants woven in, beside the real one: `target/mutants/tree`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    Failure,
    mutant::{Change, Mutant},
    source::Source,
    weave,
};

/// Where all of it lies.
pub const FOLDER: &str = "target/mutants";
/// A mutant that does not compile may hide the next. More rounds than this were never needed.
const ROUNDS: usize = 12;

/// The tree, and what cargo takes for each test program in it.
pub struct Tree {
    root: PathBuf,
}

impl Tree {
    /// Everything as it is. What has not changed since the last time keeps its date, so that cargo
    /// has nothing to do.
    pub fn plant(woven: &BTreeMap<String, Source>) -> Result<Self, Failure> {
        let root = PathBuf::from(FOLDER).join("tree");
        fs::create_dir_all(&root)?;
        for entry in fs::read_dir(".")? {
            let entry = entry?;
            let (from, to) = (fs::canonicalize(entry.path())?, root.join(entry.file_name()));
            match entry.file_name().to_str() {
                Some("target" | ".git") => {}
                Some("src") => copy(Path::new("src"), &root, woven)?,
                _ if from.is_file() => write(&to, &fs::read(from)?)?,
                _ if to.exists() => {}
                _ => symlink(from, to)?,
            }
        }
        Ok(Self { root: fs::canonicalize(root)? })
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Weaves in all mutants that compile. Returns those that do not, of which some may be known.
    pub fn weave(
        &self,
        mutants: &[Mutant],
        sources: &BTreeMap<String, Source>,
        mut broken: BTreeSet<usize>,
    ) -> Result<BTreeSet<usize>, Failure> {
        let library = fs::read_to_string("src/lib.rs")? + weave::SWITCH;
        write(&self.root.join("src/lib.rs"), library.as_bytes())?;
        for _ in 0..ROUNDS {
            let mut texts = BTreeMap::new();
            for (file, source) in sources {
                let here = mutants
                    .iter()
                    .enumerate()
                    .filter(|(number, mutant)| mutant.file == *file && !broken.contains(number));
                let woven = weave::woven(&source.text, here);
                write(&self.root.join(file), woven.as_bytes())?;
                texts.insert(file.as_str(), woven);
            }
            let wrong = self.wrong(&texts)?;
            if wrong.is_empty() {
                return Ok(broken);
            }
            broken.extend(wrong);
        }
        Err("some mutants break what stands around them".into())
    }

    /// What the compiler objects to, by the mutants whose text it points at.
    fn wrong(&self, texts: &BTreeMap<&str, String>) -> Result<BTreeSet<usize>, Failure> {
        let mut numbers = BTreeSet::new();
        let mut strange = Vec::new();
        for message in self.cargo(&["check", "--lib"])? {
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            let mut spans = Vec::new();
            spans_of(message, &mut spans);
            let found: Vec<_> = spans
                .iter()
                .filter_map(|(file, byte)| weave::at(texts.get(file.as_str())?, *byte))
                .collect();
            if found.is_empty() && !message["spans"].as_array().is_none_or(Vec::is_empty) {
                strange.push(message["rendered"].as_str().unwrap_or_default().to_owned());
            }
            numbers.extend(found);
        }
        if numbers.is_empty() && !strange.is_empty() {
            return Err(strange.join("\n").into());
        }
        Ok(numbers)
    }

    /// Builds the tests, optimised: each runs many hundred times. Returns the programs.
    pub fn build(&self) -> Result<Vec<PathBuf>, Failure> {
        let optimised = ["--profile", "simulation"];
        let what = ["--package", "kontobro", "--package", "properties"];
        let tests = ["--lib", "--test", "kontobro", "--test", "replay"];
        let arguments = [&["test", "--no-run"], &optimised[..], &what[..], &tests[..]].concat();
        let mut programs = Vec::new();
        for message in self.cargo(&arguments)? {
            let is_test = message["profile"]["test"] == true;
            if let (true, Some(program)) = (is_test, message["executable"].as_str()) {
                programs.push(PathBuf::from(program));
            }
            if message["message"]["level"] == "error" {
                return Err(message["message"]["rendered"].to_string().into());
            }
        }
        Ok(programs)
    }

    /// Runs cargo in the tree, apart from what is built of the real one. Returns its messages.
    fn cargo(&self, arguments: &[&str]) -> Result<Vec<Value>, Failure> {
        let output = Command::new("cargo")
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", fs::canonicalize(FOLDER)?.join("build"))
            .args(arguments)
            .args(["--locked", "--message-format", "json"])
            .stderr(Stdio::null())
            .output()?;
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
    }
}

/// Source files but those that will be woven, and the library, which gets the switch.
fn copy(folder: &Path, root: &Path, woven: &BTreeMap<String, Source>) -> Result<(), Failure> {
    fs::create_dir_all(root.join(folder))?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            copy(&path, root, woven)?;
        } else if path != Path::new("src/lib.rs")
            && !path.to_str().is_some_and(|path| woven.contains_key(path))
        {
            write(&root.join(&path), &fs::read(&path)?)?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|now| now == bytes) { Ok(()) } else { Ok(fs::write(path, bytes)?) }
}

fn spans_of(message: &Value, spans: &mut Vec<(String, usize)>) {
    for span in message["spans"].as_array().into_iter().flatten() {
        let file = span["file_name"].as_str().unwrap_or_default().to_owned();
        let byte = span["byte_start"].as_u64().and_then(|byte| usize::try_from(byte).ok());
        spans.push((file, byte.unwrap_or_default()));
    }
    for child in message["children"].as_array().into_iter().flatten() {
        spans_of(child, spans);
    }
}

/// Can it be woven in at all?
pub fn why_not(mutant: &Mutant) -> Option<&'static str> {
    match mutant.change {
        Change::No(why) => Some(why),
        _ => None,
    }
}
