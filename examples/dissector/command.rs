//! What the command line asks for, and how it is printed.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use crate::lua;

const USAGE: &str = "\
Prints a dissector for Wireshark of Cisco's CTI Server protocol (GED-188), in Lua.

Usage: dissector > ged188.lua
       tshark -X lua_script:ged188.lua -r CAPTURE -Y ged188

Preferences, for tshark and wireshark:
  -o ged188.ports:42067         TCP ports of CTI servers
  -o ged188.version:14          version of connections without OPEN_REQ (default: guess)
  -o ged188.limit:65536         longest body in bytes
  -d tcp.port==42067,ged188     one more port

Filters have the guide's names in snake case: ged188.connection_call_id == 300
ged188.response_in, the frame of a confirmation, needs two passes: tshark -2
";

/// The text that is asked for; an error if the arguments are wrong.
pub(crate) fn text(arguments: &[OsString]) -> Result<String, String> {
    match arguments {
        [] => Ok(lua::dissector()),
        all if all.iter().any(|one| one == "--help" || one == "-h") => Ok(USAGE.to_owned()),
        [first, ..] => {
            Err(format!("unexpected argument {}; --help tells the usage", first.to_string_lossy()))
        }
    }
}

/// Prints a text. A reader that closes the pipe, as `head` does, has enough.
pub(crate) fn print(mut out: impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
