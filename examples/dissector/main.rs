//! Prints a dissector for Wireshark in Lua, generated from the schema.
//!
//! ```sh
//! cargo run --example dissector > ged188.lua
//! tshark -X lua_script:ged188.lua -r capture.pcap -Y 'ged188.connection_call_id == 300'
//! ```
//!
//! Wireshark loads it from its folder of personal Lua plugins (Help, About Wireshark, Folders).
//!
//! # Names in filters
//!
//! A field is filtered by `ged188.` and the guide's name in snake case: `ConnectionCallID` is
//! `ged188.connection_call_id`. A name that stands for fields of two types has the type behind it for the rarer one, as
//! in `ged188.direction_uint`; a mask has a boolean for each named bit, as in `ged188.call_msg_mask.call_delivered`.
//! Numbers with names take either: `ged188.message_type == 93`, `ged188.message_type == "MONITOR_START_REQ"`.
//!
//! Besides these there are:
//!
//! | name | what it finds |
//! |---|---|
//! | `ged188.version` | the protocol version in which a message is read |
//! | `ged188.response_in`, `ged188.response_to` | the frame of the confirmation of a request, and of the request of a confirmation |
//! | `ged188.response_time` | how long a confirmation took; more than 2 s are noted, `ged188.response_time.slow` |
//! | `ged188.failure` | refusals and failures |
//! | `ged188.cut` | messages that end too early; `ged188.cut.missing` if it is the capture that does not have all of them |
//! | `ged188.unknown_field`, `ged188.wrong_length` | fields that the version does not know, or that have a wrong length |
//!
//! A request is read before its confirmation, so `ged188.response_in` is found in a second pass alone. Requests without
//! an answer:
//!
//! ```sh
//! tshark -2 -X lua_script:ged188.lua -r capture.pcap -Y 'ged188.message_type == "MAKE_CALL_REQ" && !ged188.response_in'
//! ```
//!
//! # Preferences
//!
//! | preference | meaning | default |
//! |---|---|---|
//! | `ged188.ports` | TCP ports of CTI servers, as in `-o ged188.ports:42067,43000-43010` | 42027, 43027, and the secured 42030, 43030 |
//! | `ged188.version` | version of connections whose OPEN_REQ is not in the capture, as in `-o ged188.version:14` | `guess` |
//! | `ged188.limit` | longest body that is believed, in bytes | 65,536, as the crate's `DEFAULT_BODY_LIMIT` |
//!
//! `-d tcp.port==42067,ged188` ("Decode As" in the window) adds a port for once.
//!
//! # What captures often lack
//!
//! *The OPEN_REQ.* The version of such a connection is the one that reads its messages best, of several the newest:
//! `[Version: 18 (guessed, one of 5 that fit)]`. The more messages there are, the better the guess; `tshark -2` and the
//! window read all messages with the last guess, `tshark` in one pass those at the start with a worse one.
//!
//! *The ends of segments*, because of a snap length. Of a cut message is shown what is there, its line in the list of
//! packets ends with `[cut]`, and `ged188.cut` tells in which field.
//!
//! *The keys of secured connections.* With them (preference `tls.keylog_file`) Wireshark decrypts, and messages are read
//! as on other connections.
//!
//! Passwords are shown as `<hidden>`; the capture has them all the same, and so have `tcp.payload` and the pane of bytes.

mod command;
mod lua;

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let text = match command::text(&arguments) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    match command::print(io::stdout().lock(), &text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
