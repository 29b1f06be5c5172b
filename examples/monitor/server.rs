//! The server: takes whoever connects, starts the monitors that are asked for, and reports the scene.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use ged188::server::Policy;
use ged188::{Input, Server, ServerConfig, ServerEvent};

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
    let mut server = Server::new(clock.now(), ServerConfig::default());
    let mut input = Input::default();
    let mut steps = act.into_iter().peekable();
    let mut last_step = clock.now();
    socket.set_read_timeout(Some(Duration::from_millis(5)))?;
    while !server.is_closed() {
        let now = clock.now();
        while let Some(event) = server.poll(now, &mut input) {
            // If an answer cannot be sent, the session is over, which the loop finds out.
            let _ = match event {
                ServerEvent::OpenRequested(open) => match Policy::default().decide(&open) {
                    Ok(conf) => server.accept(now, &conf),
                    Err(status) => server.refuse_open(now, status),
                },
                ServerEvent::MonitorRequested { responder, .. } => {
                    server.start_monitor(now, responder).map(|_| ())
                }
                _ => Ok(()),
            };
        }
        let due = |step: &Step| now >= last_step + step.after && server.monitor_count() >= step.monitors;
        if let Some(step) = steps.next_if(due) {
            last_step = now;
            match step.what {
                What::Event(event) => _ = event(&mut server, now).map_err(io::Error::other)?,
                What::Cut => {
                    print(clock, "server", "the connection breaks");
                    return Ok(());
                }
            }
        }
        server.write_to(&mut socket)?;
        match input.read_from(&mut socket) {
            Ok(0) => server.disconnected(clock.now()),
            Err(error) if !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                return Err(error);
            }
            _ => {}
        }
    }
    server.write_to(&mut socket)
}
