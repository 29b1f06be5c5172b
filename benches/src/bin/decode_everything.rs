//! Decodes a stream of messages of all types, and prints something of each.

use std::io::Read;

use ged188::{Input, Message, ProtocolVersion};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let number = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(25);
    let version = ProtocolVersion::nearest(number);
    let mut frames = Input::default();
    let (mut stdin, mut buffer) = (std::io::stdin().lock(), [0; 4096]);
    loop {
        match stdin.read(&mut buffer)? {
            0 => return Ok(()),
            count => frames.push(&buffer[..count]),
        }
        while let Some(raw) = frames.next()? {
            let message = std::hint::black_box(Message::decode(version, raw)?);
            println!("{:?} {:?} {:?}", raw.message_type, raw.monitor_id(), raw.connection_call_id());
            if let Message::CallDeliveredEvent(event) = message {
                println!("{:?} calls {:?}", event.ani, event.alerting_device_id);
            }
        }
    }
}
