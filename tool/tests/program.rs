//! The program itself: exit status, messages, files.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, reason = "tests")]

mod common;

use std::fs;
use std::process::{Command, Output};

use common::network::{PCAP, PCAPNG, client, connection, file, server};
use common::scene::{play, stream};
use ged188::ProtocolVersion;

fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ged188"));
    command.current_dir(folder.path()).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn everything_works_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let said = play(ProtocolVersion::V14, 5);
    let segments = connection(client(0), server(), &said, 1460);
    fs::write(path("a.pcapng"), file(&segments, PCAPNG)).unwrap();
    let sent = stream(&said, true);
    fs::write(path("client.bin"), &sent).unwrap();

    let decoded = run(&folder, &["decode", "--reencode", "again.bin", "client.bin"]);
    assert_eq!(decoded.status.code(), Some(0));
    assert_eq!(fs::read(path("again.bin")).unwrap(), sent);
    fs::write(path("client.jsonl"), decoded.stdout).unwrap();
    let encoded = run(&folder, &["encode", "client.jsonl", "-o", "encoded.bin"]);
    assert_eq!(encoded.status.code(), Some(0));
    assert_eq!(fs::read(path("encoded.bin")).unwrap(), sent);

    // The lines of one direction of a capture are encoded as well.
    let decoded = run(&folder, &["decode", "--pcap", "a.pcapng"]);
    assert_eq!((decoded.status.code(), text(&decoded.stderr)), (Some(0), String::new()));
    let from = format!("\"from\":\"{}\"", client(0));
    let lines: String = text(&decoded.stdout)
        .lines()
        .filter(|line| line.contains(&from))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(path("from-client.jsonl"), lines).unwrap();
    run(&folder, &["encode", "from-client.jsonl", "-o", "encoded.bin"]);
    assert_eq!(fs::read(path("encoded.bin")).unwrap(), sent);

    let summary = run(&folder, &["summary", "a.pcapng"]);
    assert_eq!(summary.status.code(), Some(0));
    let summary = text(&summary.stdout);
    assert!(summary.contains("version 14, client \"recorder\"\n"), "{summary}");
    assert!(!summary.contains("swordfish") && !summary.contains('\u{1b}'));

    let anonymised = run(&folder, &["anonymise", "a.pcapng", "-o", "b.pcapng", "--key", "k"]);
    assert_eq!((anonymised.status.code(), text(&anonymised.stderr)), (Some(0), String::new()));
    let summary = text(&run(&folder, &["summary", "b.pcapng"]).stdout);
    assert!(summary.contains("version 14") && !summary.contains("recorder"), "{summary}");

    let story = text(&run(&folder, &["summary", "a.pcapng", "--call", "300"]).stdout);
    assert!(story.contains("MAKE_CALL_CONF"), "{story}");
    let same = run(&folder, &["summary", "a.pcapng", "--call", "0x12c", "--connection", "1"]);
    assert_eq!(text(&same.stdout), story);
    let other = run(&folder, &["summary", "a.pcapng", "--call", "300", "--connection", "2"]);
    assert!(text(&other.stdout).contains("no message names it"));

    // A capture is told from a stream by its first bytes, from a pipe too.
    let piped = Command::new(env!("CARGO_BIN_EXE_ged188"))
        .arg("decode")
        .stdin(fs::File::open(path("a.pcapng")).unwrap())
        .output()
        .unwrap();
    assert_eq!(piped.stdout, decoded.stdout);
    for shell in ["bash", "zsh", "fish"] {
        assert!(text(&run(&folder, &["completions", shell]).stdout).contains("anonymise"));
    }
    assert_eq!(run(&folder, &["man", "man/man1"]).status.code(), Some(0));
    let page = fs::read_to_string(path("man/man1/ged188-decode.1")).unwrap();
    assert!(page.contains(".SH OPTIONS") && page.contains("tcpdump"), "{page}");
}

#[test]
fn bad_input_is_told_and_nothing_before_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let whole = file(&connection(client(0), server(), &play(ProtocolVersion::V14, 5), 1460), PCAP);
    fs::write(path("cut.pcap"), &whole[..whole.len() - 40]).unwrap();
    for command in [&["summary"][..], &["decode", "--pcap"]] {
        let output = run(&folder, &[command, &["cut.pcap"]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("cut.pcap: the file is cut off"), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("CLOSE_CONF"));
    }
    let output = run(&folder, &["anonymise", "cut.pcap", "-o", "b.pcap"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(run(&folder, &["summary", "b.pcap"]).status.code(), Some(0));

    fs::write(path("text"), "hello").unwrap();
    let output = run(&folder, &["summary", "text"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("text: this is neither pcap nor pcapng: it starts with 68 65 6c 6c")
    );
    assert_eq!(run(&folder, &["summary", "missing"]).status.code(), Some(2));
    assert!(!path("never").exists());
    assert_eq!(run(&folder, &["anonymise", "text", "-o", "never"]).status.code(), Some(2));
    assert!(!path("never").exists());

    // The input is not written over.
    let before = fs::read(path("cut.pcap")).unwrap();
    let output = run(&folder, &["anonymise", "cut.pcap", "-o", "./cut.pcap"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("./cut.pcap is the input itself"), "{}", text(&output.stderr));
    assert_eq!(fs::read(path("cut.pcap")).unwrap(), before);
    // A capture is no stream.
    let output = run(&folder, &["decode", "cut.pcap", "--reencode", "again.bin"]);
    assert_eq!((output.status.code(), path("again.bin").exists()), (Some(2), false));
    let output = run(&folder, &["anonymise", "cut.pcap", "-o", "missing/b.pcap"]);
    assert_eq!(text(&output.stderr), "cannot write missing/b.pcap: No such file or directory (os error 2)\n");
    for arguments in [["--call", "x"], ["--port", "0"], ["--agent", ""]] {
        let output = run(&folder, &[&["summary", "cut.pcap"], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }

    // Traffic of others only.
    let other = connection(client(0), "10.0.0.2:80".parse().unwrap(), &[], 1460);
    fs::write(path("other.pcap"), file(&other, PCAP)).unwrap();
    let output = run(&folder, &["summary", "other.pcap"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("name its port with --port"));
}
