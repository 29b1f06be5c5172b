//! The first client to write: on tokio, with one monitor and one request. The README shows it too.
//!
//! ```sh
//! cargo run --example server &
//! cargo run --example tokio_first
//! ```

use std::time::Duration;

use ged188::message::{OpenReq, QueryAgentStateReq};
use ged188::named_values::CtiServiceMask;
use ged188::{Bytes, Client, ClientConfig, ClientEvent, Input, Masks, ProtocolVersion, Secret, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = std::env::args().nth(1).unwrap_or("127.0.0.1:42027".into());
    let open = OpenReq {
        version_number: ProtocolVersion::V14.into(),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR
            | CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL,
        client_id: Some("first".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let (clock, mut socket) = (Instant::now(), TcpStream::connect(server).await?);
    let mut client = Client::open(clock.elapsed(), ClientConfig::default(), &open)?;
    let (mut input, mut buffer, mut query) = (Input::default(), [0; 4096], None);
    while !client.is_closed() {
        while let Some(event) = client.poll(clock.elapsed(), &mut input) {
            let now = clock.elapsed();
            match event {
                ClientEvent::Opened(_) => {
                    client.start_monitor(now, None, Target::agent_device("5001"), Masks::ALL)?;
                    let agent = Some("5001".into());
                    let request = QueryAgentStateReq { agent_instrument: agent, ..Default::default() };
                    query = Some(client.request(now, &request)?);
                }
                ClientEvent::Response(response) => match query.and_then(|query| response.to(query)) {
                    Some(Ok(conf)) => println!("the agent is in {}", conf.agent_state),
                    Some(Err(error)) => println!("no state: {error}"),
                    None => {}
                },
                other => println!("{other}"),
            }
        }
        if socket.write_all(client.output()).await.is_err() {
            client.disconnected(clock.elapsed());
        }
        client.consume_output(client.output().len());
        let wait = client.timeout(clock.elapsed()).unwrap_or(Duration::MAX);
        tokio::select! {
            read = socket.read(&mut buffer) => match read {
                Ok(count @ 1..) => input.push(&buffer[..count]),
                _ => client.disconnected(clock.elapsed()), // ended, or broken
            },
            () = sleep(wait) => {}
        }
    }
    Ok(())
}
