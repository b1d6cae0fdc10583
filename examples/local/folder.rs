//! `.local/`: where a local run keeps everything.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The folder, held by this process alone as long as this value lives.
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be, and takes it. Two runs on one folder would spoil it.
    ///
    /// # Errors
    /// When another run holds it, or it cannot be made.
    pub fn take(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        for_its_owner_only(&path)?;
        let lock = File::create(path.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => io::Error::other(format!(
                "Kontobro runs already with {}. Stop it first, with Ctrl-C.",
                path.display()
            )),
            TryLockError::Error(error) => error,
        })?;
        Ok(Self { path, _lock: lock })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The file that was imported here last, if an import was ever finished.
    pub fn imported(&self) -> Option<String> {
        fs::read_to_string(self.file("imported")).ok()
    }

    /// An import is finished: from now on no start imports by itself.
    pub fn has_imported(&self, name: &str) -> io::Result<()> {
        fs::write(self.file("imported"), name)
    }
}

/// A real export may be imported here.
#[cfg(unix)]
fn for_its_owner_only(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn for_its_owner_only(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_knows_what_was_imported_last_and_has_one_holder() {
        let path = std::env::temp_dir().join(format!("kontobro-folder-{}", std::process::id()));
        let folder = Folder::take(path.clone()).expect("a new folder");
        assert_eq!(folder.imported(), None);
        folder.has_imported("export.csv").expect("a file");
        let second = Folder::take(path.clone()).err().expect("it is held").to_string();
        assert!(second.contains(&path.display().to_string()), "{second}");
        drop(folder);
        let again = Folder::take(path.clone()).expect("the same folder");
        assert_eq!(again.imported().as_deref(), Some("export.csv"));
        fs::remove_dir_all(path).expect("a folder to remove");
    }
}
