//! The server: takes whoever connects, starts the monitors that are asked for, and reports the scene.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use ged188::monitor::{MonitorLimits, MonitorServer, ServerEvent};
use ged188::session::{Event, Policy, ServerConfig};

use crate::scene::{self, Step, What};
use crate::{Clock, print};

/// Plays the two acts, each on a connection of its own.
pub(crate) fn run(listener: &TcpListener, clock: Clock) -> io::Result<()> {
    for act in [scene::first_act(), scene::second_act()] {
        let (socket, _) = listener.accept()?;
        play(socket, clock, act)?;
    }
    Ok(())
}

fn play(mut socket: TcpStream, clock: Clock, act: Vec<Step>) -> io::Result<()> {
    let mut server = MonitorServer::new(ServerConfig::default(), MonitorLimits::default(), clock.now());
    let mut steps = act.into_iter().peekable();
    let mut last_step = clock.now();
    let mut buffer = [0; 4096];
    while !server.is_over() {
        let now = clock.now();
        server.tick(now);
        answer(&mut server, now);
        let due = |step: &Step| now >= last_step + step.after && server.monitors() >= step.monitors;
        if let Some(step) = steps.next_if(due) {
            last_step = now;
            match step.what {
                What::Event(event) => {
                    event(&mut server, now).map_err(io::Error::other)?;
                }
                What::Cut => {
                    print(clock, "server", "the connection breaks");
                    return Ok(());
                }
            }
        }
        socket.write_all(server.transmit())?;
        server.transmitted(server.transmit().len());
        socket.set_read_timeout(Some(Duration::from_millis(5)))?;
        match socket.read(&mut buffer) {
            Ok(0) => server.disconnected(clock.now()),
            Ok(count) => server.receive(clock.now(), &buffer[..count]).map_err(io::Error::other)?,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    socket.write_all(server.transmit())
}

/// Gives the client what it asks for.
fn answer(server: &mut MonitorServer, now: Duration) {
    while let Some(event) = server.poll() {
        // If an answer cannot be sent, the session is over, which the loop finds out.
        let _ = match event {
            ServerEvent::Session(Event::OpenRequested(open)) => match Policy::default().decide(&open) {
                Ok(conf) => server.accept(now, &conf),
                Err(status) => server.refuse_open(now, status),
            },
            ServerEvent::MonitorRequested { reply, .. } => server.start_monitor(now, reply).map(|_| ()),
            _ => Ok(()),
        };
    }
}
