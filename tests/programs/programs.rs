//! The examples that show how to drive the machines, as programs.

use crate::common::example;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::example::Server;
use ged188::{
    Bytes, Client, ClientConfig, ClientEvent, Input, Masks, ProtocolVersion, Secret, Target,
    message::OpenReq, named_values::CtiServiceMask,
};

/// What a program prints that ends well.
fn run(name: &str, arguments: &[&str]) -> String {
    let output = example::command(name).args(arguments).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// The number behind a name in what the simulation prints.
fn number(report: &str, name: &str) -> u64 {
    let line = report.lines().find(|line| line.trim().starts_with(name)).unwrap();
    line.trim().trim_start_matches(name).trim_matches([':', ' ', ',']).parse().unwrap()
}

#[test]
fn a_seed_reproduces_a_simulation() {
    let run = |seed| run("simulation", &["--seed", seed, "--clients", "20", "--hours", "1"]);
    let report = run("7");
    assert_eq!(run("7"), report);
    assert_ne!(run("8"), report);
    // Connections broke, each client came back with its monitor, and heard of every event that was sent.
    let [sessions, broken, restored] = ["sessions", "broken", "restored"].map(|name| number(&report, name));
    assert!(broken > 50 && sessions >= broken, "{report}");
    assert!((sessions - 20..=sessions).contains(&restored), "{report}");
    let [delivered, heard] = ["delivered", "heard"].map(|name| number(&report, name));
    assert!(delivered > 1000 && heard <= delivered && heard > delivered * 9 / 10, "{report}");
}

#[test]
fn a_tokio_client_hears_events_and_gets_a_typed_answer() {
    let server = Server::start(&[]);
    let printed = run("tokio_client", &["--connect", &server.address.to_string(), "--events", "5"]);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), 6, "{printed}");
    assert!(lines[..5].iter().all(|line| line.starts_with("agent device 500")), "{printed}");
    assert!(lines[..5].iter().any(|line| line.contains("_EVENT monitor_id=")), "{printed}");
    assert!(lines[5].starts_with("5001: AGENT_STATE_"), "{printed}");
}

#[test]
fn a_tokio_client_goes_on_with_the_other_side() {
    // Nobody listens at side A.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let server = Server::start(&[]);
    let sides = ["--connect", &nobody, "--connect-b", &server.address.to_string(), "--events", "1"];
    assert_eq!(run("tokio_client", &sides).lines().count(), 2);
}

#[test]
fn a_blocking_client_goes_on_with_the_other_side_and_has_its_monitors_again() {
    let (side_a, side_b) = (Server::start(&[]), Server::start(&[]));
    let addresses = [&side_a, &side_b].map(|server| server.address.to_string());
    let mut client = example::command("blocking").args(addresses).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines().map(Result::unwrap);
    // Looks for each of these in the lines that come, in this order.
    let mut expect = |words: &str| assert!(lines.any(|line| line.contains(words)), "no {words}");
    expect("monitor 1 of agent device 5001 started");
    expect("2 monitors restored, 0 not");
    expect("agent device 5001: CALL_DELIVERED_EVENT monitor_id=1");
    drop(side_a);
    expect("session over: the connection was lost");
    expect("of agent device 5001 started again, which was 1");
    expect("2 monitors restored, 0 not; events of");
    expect("agent device 5001: CALL_DELIVERED_EVENT");
    client.kill().unwrap();
    client.wait().unwrap();
}

/// The figures that `mio_clients` prints: sessions, those that were closed in order, events.
fn figures(report: &str) -> Vec<u64> {
    report.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn a_thousand_sessions_in_one_thread_hear_their_agents() {
    let server = Server::of("tokio_server", &["--agents", "1000", "--rate", "2000"]);
    let report = run("mio_clients", &["--connect", &server.address.to_string(), "--sessions", "1000"]);
    let figures = figures(&report);
    assert_eq!(figures[..2], [1000, 1000], "{report}");
    assert!(figures[2] >= 1000, "{report}");
}

#[test]
fn a_client_that_does_not_read_loses_its_session_and_nobody_else() {
    let mut server = Server::of("tokio_server", &["--agents", "20", "--rate", "2000"]);
    let address = server.address.to_string();
    // Two hundred monitors of one device, and then nothing is read.
    let (start, mut input) = (Instant::now(), Input::default());
    let open = OpenReq {
        version_number: ProtocolVersion::V14.into(),
        idle_timeout: 60,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("slow".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let mut client = Client::open(start.elapsed(), ClientConfig::default(), &open).unwrap();
    let mut socket = TcpStream::connect(&address).unwrap();
    let mut started = 0;
    while started < 200 {
        while let Some(event) = client.poll(start.elapsed(), &mut input) {
            match event {
                ClientEvent::Opened(_) => {
                    for _ in 0..200 {
                        let target = Target::agent_device("5001");
                        client.start_monitor(start.elapsed(), None, target, Masks::ALL).unwrap();
                    }
                }
                ClientEvent::MonitorStarted { result, .. } => {
                    result.unwrap();
                    started += 1;
                }
                ClientEvent::Closed(reason) => panic!("{reason}"),
                _ => {}
            }
        }
        client.write_to(&mut socket).unwrap();
        input.read_from(&mut socket).unwrap();
    }
    // The others get all their events while the server waits for the slow one, and after that.
    let others = ["--connect", &address, "--sessions", "20", "--events", "300"];
    let report = run("mio_clients", &others);
    assert_eq!(figures(&report)[..2], [20, 20], "{report}");
    let printed = BufReader::new(server.child.stdout.take().unwrap());
    let ended =
        |line: &String| line.contains("bytes wait to be sent") || line.contains("too many events wait");
    assert!(printed.lines().map(Result::unwrap).any(|line| ended(&line)));
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn the_first_client_does_what_the_readme_says() {
    let [readme, example] = ["README.md", "examples/tokio_first.rs"]
        .map(|path| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap());
    let code = &example[example.find("use std::time").unwrap()..];
    assert!(readme.contains(code), "the README shows examples/tokio_first.rs");
    // It goes on until the server ends.
    let server = Server::start(&[]);
    let address = server.address.to_string();
    let stop = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(3));
        drop(server);
    });
    let printed = run("tokio_first", &[&address]);
    stop.join().unwrap();
    for line in [
        "monitor 1 of agent device 5001 started",
        "agent device 5001: CALL_DELIVERED_EVENT monitor_id=1",
        "session over: the connection was lost",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    // Depending on when it asks, the scene has an agent there.
    let answers = ["the agent is in AGENT_STATE_", "no state: refused with "];
    assert!(answers.iter().any(|line| printed.contains(line)), "{printed}");
}
