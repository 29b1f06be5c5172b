//! Output files that nobody sees until they are whole.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is being written, and where it is to go.
#[derive(Debug)]
pub struct Spool {
    file: NamedTempFile,
    /// The place that it takes; `None` if it has to be copied to `output`.
    replaces: Option<PathBuf>,
    output: Option<PathBuf>,
}

impl Spool {
    /// For a path, or standard output. A file that is there stays as it is until [`finish`](Self::finish).
    ///
    /// # Errors
    ///
    /// If the folder cannot be written to.
    pub fn new(path: Option<&Path>) -> io::Result<Self> {
        let output = path.map(Path::to_owned);
        let Some(path) = path else {
            return Ok(Self { file: NamedTempFile::new()?, replaces: None, output });
        };
        // Behind a link is the file that is meant.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if path.metadata().is_ok_and(|data| !data.is_file()) {
            // A device or a pipe is written to, never replaced.
            return Ok(Self { file: NamedTempFile::new()?, replaces: None, output });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        // The permissions of any new file, not those of a secret one.
        #[cfg(unix)]
        let builder = {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666))
        };
        let folder = folder.unwrap_or(Path::new("."));
        // Its error has no path of a temporary file in it, which says nothing to a user.
        fs::metadata(folder)?;
        let file = builder.tempfile_in(folder)?;
        Ok(Self { file, replaces: Some(path), output })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// If it cannot be put there.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(path) = self.replaces {
            return self.file.persist(path).map(drop).map_err(|error| error.error);
        }
        self.file.rewind()?;
        let mut output: Box<dyn Write> = match &self.output {
            Some(path) => Box::new(File::options().write(true).open(path)?),
            None => Box::new(io::stdout().lock()),
        };
        io::copy(&mut self.file, &mut output)?;
        output.flush()
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut spool = Spool::new(Some(&link)).unwrap();
        spool.write_all(b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"old");
        spool.finish().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(Spool::new(Some(Path::new("/dev/null"))).unwrap().replaces.is_none());
    }
}
