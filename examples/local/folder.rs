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

    /// Was an import finished here before?
    pub fn has_accounts(&self) -> bool {
        self.file("imported").exists()
    }

    /// An import is finished: from now on no start imports by itself.
    pub fn keep_accounts(&self) -> io::Result<()> {
        File::create(self.file("imported")).map(drop)
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
