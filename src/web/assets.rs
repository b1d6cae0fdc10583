//! The files that pages refer to: style sheet, font, logos and the licences, all inside the binary;
//! and the one script, which the waiting page can do without. Never reads a disk.

/// A file as it is served under `/assets/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The content as it is.
    pub bytes: &'static [u8],
    /// The same content in Brotli (`Content-Encoding: br`), for whoever accepts it.
    pub brotli: Option<&'static [u8]>,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// Value of `Cache-Control`: for ever where the name holds a hash of the content.
    pub cache_control: &'static str,
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

const STYLE_SHEET: &str = env!("KONTOBRO_STYLE_SHEET");
const LOGO: &str = env!("KONTOBRO_LOGO");
const IDPORTEN_LOGO: &str = env!("KONTOBRO_IDPORTEN_LOGO");
const SCRIPT: &str = env!("KONTOBRO_SCRIPT");
const LICENSES: &str = "licenses.txt";

macro_rules! built {
    ($variable:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", env!($variable)))
    };
}

/// The file called `file`, its name without `/assets/`; `None` for every other name.
pub fn asset(file: &str) -> Option<Asset> {
    match file {
        STYLE_SHEET => Some(Asset {
            bytes: built!("KONTOBRO_STYLE_SHEET"),
            brotli: Some(built!("KONTOBRO_STYLE_SHEET_BROTLI")),
            content_type: "text/css; charset=utf-8",
            cache_control: FOR_EVER,
        }),
        SCRIPT => Some(Asset {
            bytes: built!("KONTOBRO_SCRIPT"),
            brotli: None,
            content_type: "text/javascript; charset=utf-8",
            cache_control: FOR_EVER,
        }),
        LOGO => Some(svg(built!("KONTOBRO_LOGO"))),
        IDPORTEN_LOGO => idporten_logo_path().map(|_| svg(built!("KONTOBRO_IDPORTEN_LOGO"))),
        "inter-latin.woff2" => Some(font(built!("KONTOBRO_FONT"))),
        "inter-latin-ext.woff2" => Some(font(built!("KONTOBRO_FONT_EXTENDED"))),
        LICENSES => Some(Asset {
            bytes: built!("KONTOBRO_LICENSES"),
            brotli: None,
            content_type: "text/plain; charset=utf-8",
            cache_control: A_DAY,
        }),
        _ => None,
    }
}

/// The style sheet asks for it with its version in the query, so that it may be kept as well.
const fn font(bytes: &'static [u8]) -> Asset {
    Asset { bytes, brotli: None, content_type: "font/woff2", cache_control: FOR_EVER }
}

const fn svg(bytes: &'static [u8]) -> Asset {
    Asset { bytes, brotli: None, content_type: "image/svg+xml", cache_control: FOR_EVER }
}

/// Path of the style sheet, changing with its content.
pub const fn stylesheet_path() -> &'static str {
    concat!("/assets/", env!("KONTOBRO_STYLE_SHEET"))
}

/// Path of the waiting page's script.
pub const fn script_path() -> &'static str {
    concat!("/assets/", env!("KONTOBRO_SCRIPT"))
}

/// Path of the service's logo, which is the favicon too.
pub const fn logo_path() -> &'static str {
    concat!("/assets/", env!("KONTOBRO_LOGO"))
}

/// Path of ID-porten's logo, once the service's owner has supplied the official file at build time.
pub const fn idporten_logo_path() -> Option<&'static str> {
    if built!("KONTOBRO_IDPORTEN_LOGO").is_empty() {
        return None;
    }
    Some(concat!("/assets/", env!("KONTOBRO_IDPORTEN_LOGO")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_paths_lead_to_files() {
        for path in [stylesheet_path(), script_path(), logo_path()] {
            let file = path.strip_prefix("/assets/").unwrap();
            assert_eq!(asset(file).unwrap().cache_control, FOR_EVER);
        }
    }

    #[test]
    fn the_style_sheet_names_its_licences_and_they_are_served() {
        assert!(style_sheet().contains("/assets/licenses.txt"));
        let licenses = str::from_utf8(asset(LICENSES).unwrap().bytes).unwrap();
        assert!(licenses.contains("Permission is hereby granted, free of charge"));
        assert!(licenses.contains("SIL OPEN FONT LICENSE"));
    }

    #[test]
    fn the_style_sheet_fetches_nothing_from_elsewhere() {
        let css = style_sheet();
        assert!(!css.contains("@import"));
        let targets = css.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'']));
        let (fonts, images): (Vec<_>, Vec<_>) =
            targets.partition(|target| target.starts_with("/assets/"));
        assert!(images.iter().all(|target| target.starts_with("data:image/svg+xml")));
        assert_eq!(fonts.len(), 2);
        for font in fonts {
            let (path, _) = font.split_once('?').expect("a version");
            let file = asset(path.strip_prefix("/assets/").unwrap()).expect("a font");
            assert_eq!(file.bytes[..4], *b"wOF2");
        }
    }

    fn style_sheet() -> &'static str {
        let file = stylesheet_path().strip_prefix("/assets/").unwrap();
        str::from_utf8(asset(file).unwrap().bytes).unwrap()
    }

    #[test]
    fn other_names_have_no_file() {
        for name in ["", "kontobro.css", "../Cargo.toml", "logo.svg"] {
            assert_eq!(asset(name), None);
        }
    }
}
