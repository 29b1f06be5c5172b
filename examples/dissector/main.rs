//! Prints a dissector for Wireshark in Lua, generated from the schema.
//!
//! ```sh
//! cargo run --example dissector > ged188.lua
//! tshark -X lua_script:ged188.lua -r capture.pcap -Y 'ged188.connection_call_id == 300'
//! ```
//!
//! Wireshark loads it from its folder of personal Lua plugins (Help, About Wireshark, Folders). It reads TCP ports 42027
//! and 43027, which a preference changes; "Decode As" gives it other connections.
//!
//! A field is filtered by `ged188.` and the guide's name in snake case. A name that stands for fields of two types has
//! the type behind it for the rarer one, as in `ged188.direction_uint`; a mask has a boolean for each named bit, as in
//! `ged188.call_msg_mask.call_delivered`. Passwords are shown as `<hidden>`; the capture has them all the same, and so
//! have `tcp.payload` and the pane of bytes.

mod lua;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().lock().write_all(lua::dissector().as_bytes())
}
