//! Takes the built style sheet and logos into the library, each under a name that holds a hash of
//! its content, so that browsers may keep them for ever. Builds nothing itself: `make web` does.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for (file, variable) in [
        ("kontobro.css", "KONTOBRO_STYLE_SHEET"),
        ("logo.svg", "KONTOBRO_LOGO"),
        ("idporten.svg", "KONTOBRO_IDPORTEN_LOGO"),
        ("kontobro.css.br", "KONTOBRO_STYLE_SHEET_BROTLI"),
        ("LICENSE-designsystemet.txt", "KONTOBRO_STYLE_SHEET_LICENSE"),
    ] {
        let source = Path::new("web/dist").join(file);
        println!("cargo::rerun-if-changed={}", source.display());
        let Ok(content) = fs::read(&source) else {
            println!("cargo::error=The style sheet is not built: run `make web`");
            return;
        };
        let name = named_by_content(file, &content);
        let target = Path::new(&env::var_os("OUT_DIR").expect("Cargo sets it")).join(&name);
        fs::write(target, content).expect("Cargo made OUT_DIR for us to write to");
        println!("cargo::rustc-env={variable}={name}");
    }
}

/// `kontobro.css` becomes `kontobro.1f0c….css`. The hash tells versions apart; it guards nothing.
fn named_by_content(file: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let (stem, extension) = file.split_once('.').expect("every file above has an extension");
    format!("{stem}.{:016x}.{extension}", hasher.finish())
}
