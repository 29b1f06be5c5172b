//! The examples as programs, which `cargo test` has built.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A command that runs an example.
pub(crate) fn command(name: &str) -> Command {
    let test = std::env::current_exe().expect("the test has a path");
    let path: PathBuf = test.ancestors().nth(2).expect("a target folder").join("examples").join(name);
    assert!(path.exists(), "{} is not there: cargo build --examples", path.display());
    Command::new(path)
}

/// An example that serves; it is ended with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// The example `server`, which plays.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::of("server", arguments)
    }

    pub(crate) fn of(example: &str, arguments: &[&str]) -> Self {
        let mut command = command(example);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments).env("CTI_PASSWORD", "swordfish");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().parse().unwrap();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
