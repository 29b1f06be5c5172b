//! The examples that show how to drive the machines, as programs.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

mod example;

use example::Server;

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
