//! Files that nobody sees until they are whole.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file beside `path`, or anywhere if there is none, to write to and then [persist](NamedTempFile::persist).
///
/// # Errors
///
/// If the folder cannot be written to.
pub fn spool(path: Option<&Path>) -> io::Result<NamedTempFile> {
    let Some(path) = path else { return NamedTempFile::new() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    // What is asked for gets the permissions of any new file, not those of a secret.
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666))
    };
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}
