//! Sessions that take the busy hour: a client's its events, a server's its requests.

use std::time::Duration;

use ged188::id::VersionNumber;
use ged188::message::{OpenConf, OpenReq};
use ged188::named_values::{CallEventMask, CtiServiceMask};
use ged188::session::{ClientConfig, ClientSession, Event, ServerConfig, ServerSession};
use ged188::{Bytes, Encode, ProtocolVersion, RawMessage, Secret};

use crate::baseline::PIECE;
use crate::{Mix, confirmation};

/// A client session that is open, and its clock.
pub struct Client {
    session: ClientSession,
    now: Duration,
}

impl Client {
    /// Opens a session with a server that grants all; heartbeats go out every 5 s.
    pub fn open(version: ProtocolVersion) -> Self {
        let open = OpenReq {
            version_number: VersionNumber::from(version),
            idle_timeout: 60,
            services_requested: CtiServiceMask::CTI_SERVICE_CLIENT_EVENTS,
            call_msg_mask: CallEventMask::all(),
            client_id: Some("desk".into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let config = ClientConfig { heartbeat_interval: Some(Duration::from_secs(5)), ..Default::default() };
        let mut session = ClientSession::open(config, Duration::ZERO, &open).expect("an allowed request");
        let (request, _) = RawMessage::split_off(session.transmit(), 4096).expect("short").expect("whole");
        let conf = OpenConf {
            invoke_id: request.invoke_id().expect("a request"),
            services_granted: open.services_requested,
            ..Default::default()
        };
        let mut answer = Vec::new();
        conf.encode_to(version, &mut answer).expect("an allowed message");
        session.transmitted(session.transmit().len());
        session.receive(Duration::ZERO, &answer).expect("room");
        assert!(matches!(session.poll(), Some(Event::Opened(_))));
        Self { session, now: Duration::ZERO }
    }

    /// Lets five seconds pass: a heartbeat goes out, the mix arrives in pieces, the last of it confirms the
    /// heartbeat. Each event is shown to `each`.
    pub fn take(&mut self, mix: &mut Mix, mut each: impl FnMut(&Event<'_>)) {
        self.now += Duration::from_secs(5);
        self.session.tick(self.now);
        while let Some(event) = self.session.poll() {
            each(&event);
        }
        let out = self.session.transmit();
        let count = out.len();
        mix.stream[mix.heartbeat..].copy_from_slice(&out[count - 4..]);
        self.session.transmitted(count);
        for piece in mix.stream.chunks(PIECE) {
            self.session.receive(self.now, piece).expect("polled until empty");
            while let Some(event) = self.session.poll() {
                each(&event);
            }
        }
    }
}

/// A server session that is open, and its clock.
pub struct Server {
    session: ServerSession,
    now: Duration,
}

impl Server {
    /// A session that a client has opened with all services.
    pub fn open(version: ProtocolVersion) -> Self {
        let open = OpenReq {
            version_number: VersionNumber::from(version),
            idle_timeout: 60,
            services_requested: CtiServiceMask::all(),
            client_id: Some("bridge".into()),
            client_password: Some(Secret::new(Bytes(b""))),
            ..Default::default()
        };
        let mut request = Vec::new();
        open.encode_to(version, &mut request).expect("an allowed message");
        let mut session = ServerSession::new(ServerConfig::default(), Duration::ZERO);
        session.receive(Duration::ZERO, &request).expect("room");
        assert!(matches!(session.poll(), Some(Event::OpenRequested(_))));
        // All but that confirmations are not wanted.
        let services_granted = CtiServiceMask::all() & !CtiServiceMask::CTI_SERVICE_IGNORE_CONF;
        session.accept(Duration::ZERO, &OpenConf { services_granted, ..Default::default() }).expect("open");
        session.transmitted(session.transmit().len());
        Self { session, now: Duration::ZERO }
    }

    /// Lets five seconds pass in which the requests of the mix arrive in pieces, and answers them. What goes out is shown
    /// to `each`, piece by piece.
    pub fn take(&mut self, mix: &Mix, mut each: impl FnMut(&[u8])) {
        self.now += Duration::from_secs(5);
        self.session.tick(self.now);
        for piece in mix.stream.chunks(PIECE) {
            self.session.receive(self.now, piece).expect("polled until empty");
            while let Some(event) = self.session.poll() {
                let Event::Requested { reply, message } = event else { panic!("a request") };
                let conf = confirmation(&message).expect("a request of the busy hour");
                self.session.confirm(self.now, reply, &conf).expect("an answer");
            }
            let out = self.session.transmit();
            each(out);
            let count = out.len();
            self.session.transmitted(count);
        }
    }
}
