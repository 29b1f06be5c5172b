//! Writes the test vectors of `vectors/`: one message of each type in each of its layouts, with its fields.
//!
//! ```sh
//! cargo run --example vectors
//! ```
//!
//! They are made from the tables in `tests/spec`, without the crate's own encoder; `tests/codec/vectors.rs` checks that the
//! crate reads and writes them, and that the files are up to date.

mod lines;
#[allow(dead_code, clippy::pedantic, reason = "it belongs to the tests")]
#[path = "../../tests/common/specimen.rs"]
mod specimen;
#[allow(dead_code, clippy::pedantic, reason = "it belongs to the tests")]
#[path = "../../tests/common/tables.rs"]
mod tables;

use std::{fs, io};

fn main() -> io::Result<()> {
    if std::env::args().len() > 1 {
        return Err(io::Error::other("usage: vectors"));
    }
    let folder = lines::folder();
    for name in lines::there(&folder)? {
        fs::remove_file(folder.join(name))?;
    }
    for (name, text) in lines::files() {
        fs::write(folder.join(&name), &text)?;
        println!("{name}: {} messages, {} bytes", text.lines().count(), text.len());
    }
    Ok(())
}
