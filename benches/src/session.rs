//! Sessions that take the busy hour: a client's its events, a server's its requests.

use std::time::Duration;

use ged188::id::MonitorId;
use ged188::id::VersionNumber;
use ged188::message::{OpenConf, OpenReq};
use ged188::named_values::{CallEventMask, CtiServiceMask};
use ged188::{
    Bytes, ClientConfig, ClientEvent, Encode, Input, ProtocolVersion, RawMessage, Secret, ServerConfig,
    ServerEvent,
};

use crate::baseline::PIECE;
use crate::{Mix, confirmation};

/// A client session that is open, and its clock.
pub struct Client {
    session: ged188::Client,
    input: Input,
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
        let mut session = ged188::Client::open(Duration::ZERO, config, &open).expect("an allowed request");
        let (request, _) = RawMessage::split_off(session.output(), 4096).expect("short").expect("whole");
        let conf = OpenConf {
            invoke_id: request.invoke_id().expect("a request"),
            services_granted: open.services_requested,
            // That of the events.
            monitor_id: MonitorId(7),
            ..Default::default()
        };
        let mut answer = Vec::new();
        conf.encode_to(version, &mut answer).expect("an allowed message");
        session.consume_output(session.output().len());
        let mut input = Input::default();
        input.push(&answer);
        assert!(matches!(session.poll(Duration::ZERO, &mut input), Some(ClientEvent::Opened(_))));
        assert!(matches!(session.poll(Duration::ZERO, &mut input), Some(ClientEvent::MonitorStarted { .. })));
        Self { session, input, now: Duration::ZERO }
    }

    /// Lets five seconds pass: a heartbeat goes out, the mix arrives in pieces, the last of it confirms the
    /// heartbeat. Each event is shown to `each`.
    pub fn take(&mut self, mix: &mut Mix, mut each: impl FnMut(&ClientEvent<'_>)) {
        self.now += Duration::from_secs(5);
        while let Some(event) = self.session.poll(self.now, &mut self.input) {
            each(&event);
        }
        let out = self.session.output();
        let count = out.len();
        mix.stream[mix.heartbeat..].copy_from_slice(&out[count - 4..]);
        self.session.consume_output(count);
        for piece in mix.stream.chunks(PIECE) {
            self.input.push(piece);
            while let Some(event) = self.session.poll(self.now, &mut self.input) {
                each(&event);
            }
        }
    }
}

/// A server session that is open, and its clock.
pub struct Server {
    session: ged188::Server,
    input: Input,
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
        let mut session = ged188::Server::new(Duration::ZERO, ServerConfig::default());
        let mut input = Input::default();
        input.push(&request);
        assert!(matches!(session.poll(Duration::ZERO, &mut input), Some(ServerEvent::OpenRequested(_))));
        // All but that confirmations are not wanted.
        let services_granted = CtiServiceMask::all() & !CtiServiceMask::CTI_SERVICE_IGNORE_CONF;
        session.accept(Duration::ZERO, &OpenConf { services_granted, ..Default::default() }).expect("open");
        session.consume_output(session.output().len());
        Self { session, input, now: Duration::ZERO }
    }

    /// Lets five seconds pass in which the requests of the mix arrive in pieces, and answers them. What goes out is shown
    /// to `each`, piece by piece.
    pub fn take(&mut self, mix: &Mix, mut each: impl FnMut(&[u8])) {
        self.now += Duration::from_secs(5);
        for piece in mix.stream.chunks(PIECE) {
            self.input.push(piece);
            while let Some(event) = self.session.poll(self.now, &mut self.input) {
                let ServerEvent::Requested { responder, message } = event else { panic!("a request") };
                let conf = confirmation(&message).expect("a request of the busy hour");
                self.session.confirm(self.now, responder, &conf).expect("an answer");
            }
            let out = self.session.output();
            each(out);
            let count = out.len();
            self.session.consume_output(count);
        }
    }
}
