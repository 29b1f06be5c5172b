//! A client over TLS, at the secured port of a server: rustls stands between the session and the socket.
//!
//! ```sh
//! cargo run --example tls_client -- --connect HOST:PORT --ca FILE [--cert FILE --key FILE] [--device ID] [--events N]
//! ```
//!
//! The server's certificate is checked against the authorities in the PEM file of `--ca`, and the client's own is shown with
//! `--cert` and `--key`, where the server asks for one. It watches the device of an agent (5001), prints so many events (10), and
//! closes the session.
//!
//! What to copy from here: [`connect`]. The run loop is that of a plain socket, since `StreamOwned` reads and writes like one.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use ged188::message::OpenReq;
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::{Bytes, Client, ClientConfig, ClientEvent, Input, Masks, ProtocolVersion, Secret, Target};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConnection, RootCertStore, StreamOwned};

type Error = Box<dyn std::error::Error>;

#[derive(Default)]
struct Options {
    connect: String,
    ca: String,
    cert: Option<String>,
    key: Option<String>,
    device: Option<String>,
    events: Option<u64>,
}

impl Options {
    fn read() -> Result<Self, Error> {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or(format!("{argument} takes a value"))?;
            match argument.as_str() {
                "--connect" => options.connect = value,
                "--ca" => options.ca = value,
                "--cert" => options.cert = Some(value),
                "--key" => options.key = Some(value),
                "--device" => options.device = Some(value),
                "--events" => options.events = Some(value.parse()?),
                other => return Err(format!("unknown argument {other}").into()),
            }
        }
        Ok(options)
    }
}

/// A connection whose server has shown a good certificate before the first byte of the session goes out.
fn connect(options: &Options) -> Result<StreamOwned<ClientConnection, TcpStream>, Error> {
    let (host, _) = options.connect.rsplit_once(':').ok_or("--connect takes HOST:PORT")?;
    let mut roots = RootCertStore::empty();
    let in_file = |error| format!("{}: {error}", options.ca);
    for certificate in CertificateDer::pem_file_iter(&options.ca).map_err(in_file)? {
        roots.add(certificate?)?;
    }
    let config = rustls::ClientConfig::builder().with_root_certificates(roots);
    let config = match (&options.cert, &options.key) {
        (Some(cert), Some(key)) => {
            let chain = CertificateDer::pem_file_iter(cert)?.collect::<Result<_, _>>()?;
            config.with_client_auth_cert(chain, PrivateKeyDer::from_pem_file(key)?)?
        }
        _ => config.with_no_client_auth(),
    };
    let mut connection = ClientConnection::new(Arc::new(config), ServerName::try_from(host.to_owned())?)?;
    let mut socket = TcpStream::connect(&options.connect)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut socket)?;
    }
    Ok(StreamOwned::new(connection, socket))
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let options = Options::read()?;
    let device = options.device.as_deref().unwrap_or("5001");
    let mut left = options.events.unwrap_or(10);
    let open = OpenReq {
        version_number: ProtocolVersion::V24.into(),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("tls example".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    };
    let mut socket = connect(&options)?;
    let (clock, mut input) = (Instant::now(), Input::default());
    let mut client = Client::open(clock.elapsed(), ClientConfig::default(), &open)?;
    while !client.is_closed() {
        while let Some(event) = client.poll(clock.elapsed(), &mut input) {
            println!("{event}");
            match event {
                ClientEvent::Opened(_) => {
                    client.start_monitor(clock.elapsed(), None, Target::agent_device(device), Masks::ALL)?;
                }
                ClientEvent::MonitorEvent { .. } if left > 0 => {
                    left -= 1;
                    if left == 0 {
                        client.close(clock.elapsed(), StatusCode::E_CTI_NO_ERROR)?;
                    }
                }
                _ => {}
            }
        }
        client.write_to(&mut socket)?;
        socket.sock.set_read_timeout(client.timeout(clock.elapsed()))?;
        match input.read_from(&mut socket) {
            Ok(0) => client.disconnected(clock.elapsed()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => client.disconnected(clock.elapsed()),
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error.into()),
            _ => {}
        }
    }
    socket.conn.send_close_notify();
    // The server may have gone already.
    let _ = socket.conn.complete_io(&mut socket.sock);
    Ok(())
}
