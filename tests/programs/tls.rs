//! TLS between a session and its socket, with certificates made here.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ged188::message::AgentStateEvent;
use ged188::server::Policy;
use ged188::{Input, Server, ServerConfig, ServerEvent};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConnection, StreamOwned};
use tempfile::TempDir;

use crate::common::example;

/// An authority, whose certificate is in a file.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server for one client, with a certificate for localhost.
    fn serve(&self) -> SocketAddr {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".into()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (socket, _) = listener.accept().unwrap();
            socket.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
            let tls = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), socket);
            serve(tls);
        });
        address
    }
}

fn serve(mut socket: StreamOwned<ServerConnection, std::net::TcpStream>) {
    let (clock, mut input) = (Instant::now(), Input::default());
    let mut server = Server::new(clock.elapsed(), ServerConfig::default());
    while !server.is_closed() {
        let now = clock.elapsed();
        while let Some(event) = server.poll(now, &mut input) {
            match event {
                ServerEvent::OpenRequested(open) => {
                    server.accept(now, &Policy::default().decide(&open).unwrap()).unwrap();
                }
                ServerEvent::MonitorRequested { responder, .. } => {
                    server.start_monitor(now, responder).unwrap();
                }
                _ => {}
            }
        }
        if server.is_open() {
            let event = AgentStateEvent { agent_extension: Some("5001".into()), ..Default::default() };
            server.deliver(now, &event).unwrap();
        }
        // A client that refuses the certificate goes.
        if server.write_to(&mut socket).is_err() {
            return;
        }
        match input.read_from(&mut socket) {
            Ok(0) => server.disconnected(now),
            Err(error) if error.kind() != ErrorKind::WouldBlock => return,
            _ => {}
        }
    }
    let _ = server.write_to(&mut socket);
}

/// Runs the client with this authority; whether it ends well, and what it prints.
fn run(address: SocketAddr, authority: &Authority) -> (bool, String, String) {
    let connect = format!("localhost:{}", address.port());
    let mut command = example::command("tls_client");
    command.args(["--connect", &connect, "--events", "2", "--ca"]).arg(authority.file());
    let output = command.env("RUST_BACKTRACE", "0").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_client_hears_events_over_tls() {
    let authority = Authority::new();
    let (is_good, printed, errors) = run(authority.serve(), &authority);
    assert!(is_good, "{printed}{errors}");
    let events = printed.lines().filter(|line| line.starts_with("agent device 5001: AGENT_STATE_EVENT"));
    assert!(events.count() >= 2, "{printed}");
    assert!(printed.contains("session over: closed by the client with E_CTI_NO_ERROR"), "{printed}");
}

#[test]
fn a_server_with_a_wrong_certificate_gets_no_password() {
    let (authority, another) = (Authority::new(), Authority::new());
    let (is_good, printed, errors) = run(authority.serve(), &another);
    assert!(!is_good && printed.is_empty(), "{printed}");
    assert!(errors.contains("certificate"), "{errors}");
}
