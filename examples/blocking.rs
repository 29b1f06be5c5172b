//! A client with a blocking socket that comes back: when a session ends it tries the other server of the pair, waits as the
//! guide says, and has its monitors again.
//!
//! ```sh
//! cargo run --example server &
//! cargo run --example blocking -- 127.0.0.1:42027 [SIDE-B]
//! ```

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ged188::client::{Attempt, Failover, FailoverConfig, ServerSide};
use ged188::message::OpenReq;
use ged188::named_values::CtiServiceMask;
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, CloseReason, Input, Masks, MonitorPlan, ProtocolVersion,
    Secret, Target,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let servers: Vec<String> = std::env::args().skip(1).collect();
    let (Some(side_a), side_b) = (servers.first(), servers.get(1)) else {
        return Err("usage: blocking HOST:PORT [HOST:PORT]".into());
    };
    let clock = Instant::now();
    let config = FailoverConfig { both: side_b.is_some(), ..Default::default() };
    let mut failover = Failover::new(clock.elapsed(), config);
    let mut plan = MonitorPlan::new();
    plan.add(None, Target::agent_device("5001"), Masks::ALL);
    plan.add(None, Target::agent_device("5002"), Masks::ALL);

    while let Some(Attempt { side, at }) = failover.attempt() {
        sleep(at.saturating_sub(clock.elapsed()));
        let server = if side == ServerSide::B { side_b.unwrap_or(side_a) } else { side_a };
        // Each time another number, so that not all clients come back at once.
        let chance = u32::try_from(RandomState::new().hash_one(()) >> 32).unwrap_or(0);
        let socket = match TcpStream::connect(server) {
            Ok(socket) => socket,
            Err(error) => {
                println!("{server}: {error}");
                failover.not_connected(clock.elapsed(), chance);
                continue;
            }
        };
        let open = OpenReq {
            version_number: ProtocolVersion::V14.into(),
            idle_timeout: 20,
            services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
            client_id: Some("blocking".into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let mut client = Client::open(clock.elapsed(), ClientConfig::default(), &open)?;
        client.restore(plan)?;
        let reason = run(&mut client, socket, clock, &mut failover)?;
        plan = client.plan();
        if reason.is_final() {
            // Waiting will not help. The schedule goes on all the same, in case somebody mends the server.
            eprintln!("{server} refuses this client: {reason}");
        }
        failover.ended(clock.elapsed(), reason, chance);
    }
    Ok(())
}

/// Keeps a session until it ends.
fn run(
    client: &mut Client,
    mut socket: TcpStream,
    clock: Instant,
    failover: &mut Failover,
) -> io::Result<CloseReason> {
    let mut input = Input::default();
    loop {
        while let Some(event) = client.poll(clock.elapsed(), &mut input) {
            println!("{:9.3} s  {event}", clock.elapsed().as_secs_f64());
            match event {
                ClientEvent::Opened(_) => failover.opened(clock.elapsed()),
                ClientEvent::Closed(reason) => return Ok(reason),
                _ => {}
            }
        }
        let wait = client.timeout(clock.elapsed()).unwrap_or(Duration::MAX);
        socket.set_read_timeout(Some(wait))?;
        match client.write_to(&mut socket).and_then(|()| input.read_from(&mut socket)) {
            Ok(1..) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            _ => client.disconnected(clock.elapsed()), // ended, or broken
        }
    }
}
