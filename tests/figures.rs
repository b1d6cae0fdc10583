//! The figures of a run, for whoever started it: a line or a table a test, printed when it is done and
//! kept in `target/tmp/figures/` for the end of `make test` and `make soak`.

use std::{fs, path::Path};

/// What a test has to tell, in place of what it told last time.
pub fn tells(test: &str, figures: &str) {
    println!("{figures}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("figures");
    fs::create_dir_all(&folder).expect("Cargo's folder for tests can be written to");
    fs::write(folder.join(test), format!("{figures}\n")).expect("it can be written to");
}
