//! The examples as programs, which `cargo test` has built.

use std::path::PathBuf;
use std::process::Command;

/// A command that runs an example.
pub(crate) fn command(name: &str) -> Command {
    let test = std::env::current_exe().expect("the test has a path");
    let path: PathBuf = test.ancestors().nth(2).expect("a target folder").join("examples").join(name);
    assert!(path.exists(), "{} is not there: cargo build --examples", path.display());
    Command::new(path)
}
