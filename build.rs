//! Takes what `make web` has built into the library: the style sheet and the logos, each under a name
//! that holds a hash of its content, so that browsers may keep them for ever; the fonts, whose
//! address in the style sheet names their version; and the mails' colours. The waiting page's script
//! goes in as it is. Builds nothing itself.

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
        ("licenses.txt", "KONTOBRO_LICENSES"),
        ("inter-latin.woff2", "KONTOBRO_FONT"),
        ("inter-latin-ext.woff2", "KONTOBRO_FONT_EXTENDED"),
    ] {
        let Some(content) = built(file) else { return };
        take_in(file, &content, variable);
    }
    println!("cargo::rerun-if-changed=web/waiting.js");
    let script = fs::read("web/waiting.js").expect("it is a file of this project");
    take_in("waiting.js", &script, "KONTOBRO_SCRIPT");
    let Some(colours) = built("mail-colours.txt") else { return };
    for line in String::from_utf8_lossy(&colours).lines() {
        println!("cargo::rustc-env=KONTOBRO_MAIL_{line}");
    }
}

fn take_in(file: &str, content: &[u8], variable: &str) {
    let name = named_by_content(file, content);
    let target = Path::new(&env::var_os("OUT_DIR").expect("Cargo sets it")).join(&name);
    fs::write(target, content).expect("Cargo made OUT_DIR for us to write to");
    println!("cargo::rustc-env={variable}={name}");
}

fn built(file: &str) -> Option<Vec<u8>> {
    let source = Path::new("web/dist").join(file);
    println!("cargo::rerun-if-changed={}", source.display());
    let content = fs::read(&source).ok();
    if content.is_none() {
        println!("cargo::error=web/dist/{file} is not built: run `make web`");
    }
    content
}

/// `kontobro.css` becomes `kontobro.1f0c….css`. The hash tells versions apart; it guards nothing.
fn named_by_content(file: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let (stem, extension) = file.split_once('.').expect("every file above has an extension");
    format!("{stem}.{:016x}.{extension}", hasher.finish())
}
