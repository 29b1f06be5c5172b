//! Whole sessions, in hexadecimal and in words, as golden files: what goes over the wire does not change by
//! accident.
//!
//! After a change that is meant, `UPDATE_TRANSCRIPTS=1 cargo test --test sessions transcripts` writes the files again; then
//! read the difference beside the tables in `tests/spec`.

use std::fmt::Write;
use std::time::Duration;

use ged188::id::{CallId, PeripheralId, VersionNumber};
use ged188::message::*;
use ged188::named_values::*;
use ged188::view::{Field, Fields, Value};
use ged188::{Bool, Bytes, MessageType, ProtocolVersion, RawMessage, Secret};
use ged188::{ClientConfig, ClientEvent, Masks, ServerConfig, ServerEvent, Target};

use crate::common::ends::{TestClient, TestServer};

/// Both ends, and what goes over the wire.
struct Wire {
    client: TestClient,
    server: TestServer,
    now: Duration,
    transcript: String,
}

impl Wire {
    /// Carries bytes both ways, until there are no more.
    fn carry(&mut self) {
        loop {
            let (up, down) = (self.client.sent(), self.server.sent());
            if up.is_empty() && down.is_empty() {
                break;
            }
            self.note("client", &up);
            self.note("server", &down);
            self.server.receive(self.now, &up);
            self.client.receive(self.now, &down);
            self.answer();
            while self.client.poll().is_some() {}
        }
    }

    /// The server's application.
    fn answer(&mut self) {
        let now = self.now;
        while let Some(event) = self.server.poll() {
            match event {
                ServerEvent::OpenRequested(open) => {
                    let services_granted =
                        open.services_requested & !CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL;
                    let conf =
                        OpenConf { services_granted, peripheral_online: Bool::TRUE, ..Default::default() };
                    self.server.accept(now, &conf).unwrap();
                }
                // Monitors get their identifiers from 1 on.
                ServerEvent::MonitorRequested { responder, target, .. } => {
                    if target == Target::agent_device("5001") {
                        self.server.start_monitor(now, responder).unwrap();
                    } else {
                        self.server.refuse(now, responder, StatusCode::E_CTI_INVALID_DEVICE).unwrap();
                    }
                }
                ServerEvent::Requested { responder, .. } => {
                    self.server.refuse(now, responder, StatusCode::E_CTI_INVALID_DEVICE).unwrap();
                }
                _ => {}
            }
        }
    }

    fn pass(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.client.tick(self.now);
        self.server.tick(self.now);
        while self.client.poll().is_some() {}
        self.answer();
        self.carry();
    }

    fn note(&mut self, who: &str, mut bytes: &[u8]) {
        let version = self.client.version();
        while let Some((raw, rest)) = RawMessage::split_off(bytes, 65536).unwrap() {
            let name = raw.message_type.name().unwrap();
            writeln!(self.transcript, "{:>7.3} s  {who}  {name}", self.now.as_secs_f64()).unwrap();
            let whole = &bytes[..bytes.len() - rest.len()];
            for line in whole.chunks(32) {
                let words: Vec<String> = line
                    .chunks(4)
                    .map(|word| word.iter().map(|byte| format!("{byte:02x}")).collect())
                    .collect();
                writeln!(self.transcript, "           {}", words.join(" ")).unwrap();
            }
            match Fields::new(version, raw).unwrap().collect::<Result<Vec<_>, _>>() {
                Ok(fields) => fields
                    .iter()
                    .for_each(|field| writeln!(self.transcript, "           {}", words(field)).unwrap()),
                Err(error) => writeln!(self.transcript, "           {error}").unwrap(),
            }
            bytes = rest;
        }
        assert!(bytes.is_empty());
    }
}

/// A field in words.
fn words(field: &Field<'_>) -> String {
    let name = field.name().unwrap_or("?");
    let tag = field.tag.map_or(String::new(), |tag| format!(" ({})", tag.0));
    let value = match field.value {
        Value::Unsigned(value) => match field.schema.and_then(|schema| schema.values) {
            Some(table) if table.is_mask() => {
                let bits: Vec<_> = table.bits_of(value).map(|bit| bit.name).collect();
                format!("{value} = {}", if bits.is_empty() { "nothing".into() } else { bits.join(" + ") })
            }
            Some(table) => table.name_of(value).map_or(value.to_string(), |name| format!("{value} = {name}")),
            None if value == u32::MAX && field.schema.is_some_and(|schema| schema.nullable) => "none".into(),
            None => value.to_string(),
        },
        Value::Signed(value) => value.to_string(),
        Value::Bool(value) => format!("{value:?}"),
        Value::Text(text) => format!("{text:?}"),
        Value::Secret(_) => "a password".into(),
        other => format!("{other:?}"),
    };
    format!("{name}{tag}: {value}")
}

/// A session with all that sessions have in it.
fn play(number: u32) -> String {
    let standby =
        if number >= 24 { CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY } else { CtiServiceMask::empty() };
    let open = OpenReq {
        version_number: VersionNumber(number),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR
            | CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL
            | standby,
        client_id: Some("bridge".into()),
        client_password: Some(Secret::new(Bytes(b"secret"))),
        ..Default::default()
    };
    let mut wire = Wire {
        client: TestClient::open(Duration::ZERO, ClientConfig::default(), &open).unwrap(),
        server: TestServer::start(
            Duration::ZERO,
            ServerConfig { session_type: SessionType::ACTIVE, ..Default::default() },
        ),
        now: Duration::ZERO,
        transcript: format!("A session in version {number}.\n\n"),
    };
    wire.carry();
    assert!(wire.client.is_open());

    wire.pass(1);
    let masks = Masks {
        calls: CallEventMask::CALL_DELIVERED_MASK | CallEventMask::CALL_CLEARED_MASK,
        agents: AgentStateMask::empty(),
    };
    let keys = ["5001", "9999"].map(|device| {
        let target = Target::agent_device(device);
        wire.client.start_monitor(wire.now, Some(PeripheralId(5000)), target, masks).unwrap()
    });
    wire.carry();

    wire.pass(1);
    let delivered = CallDeliveredEvent {
        peripheral_id: Some(PeripheralId(5000)),
        connection_call_id: Some(CallId(301)),
        alerting_device_type: DeviceIdType::DEVID_AGENT_DEVICE,
        local_connection_state: LocalConnectionState::LCS_ALERTING,
        event_cause: EventCause::CEC_NEW_CALL,
        connection_device_id: Some("5001".into()),
        alerting_device_id: Some("5001".into()),
        ani: Some("0301234567".into()),
        ..Default::default()
    };
    wire.server.deliver(wire.now, &delivered).unwrap();
    wire.carry();

    // Nothing else is sent, so a heartbeat is.
    wire.pass(4);

    // What was not granted, and what cannot be read.
    let answer_call = AnswerCallReq { connection_call_id: Some(CallId(301)), ..Default::default() };
    wire.client.request(wire.now, &answer_call).unwrap();
    let cut = RawMessage { message_type: MessageType::QUERY_AGENT_STATISTICS_REQ, body: &[0; 6] };
    let cut = cut.in_version(ProtocolVersion::new(number).unwrap());
    wire.client.request(wire.now, &cut).unwrap();
    wire.carry();

    wire.client.stop_monitor(wire.now, keys[0]).unwrap();
    wire.carry();

    if number >= 24 {
        wire.server.request(wire.now, &ActiveMaintenanceReq::default()).unwrap();
        let down = wire.server.sent();
        wire.note("server", &down);
        wire.client.receive(wire.now, &down);
        let Some(ClientEvent::Requested { responder, .. }) = wire.client.poll() else {
            panic!("the server asks")
        };
        let answer = ActiveMaintenanceResp { maintenance_mode_accepted: Bool::TRUE, ..Default::default() };
        wire.client.confirm(wire.now, responder, &answer).unwrap();
        wire.carry();
        let event = ActiveMaintenanceEvent { maintenance_mode_status: Bool::TRUE, ..Default::default() };
        wire.server.send(wire.now, &event).unwrap();
        wire.carry();
        wire.client.send(wire.now, &StoppingRequestsToThisSideInd::default()).unwrap();
        wire.carry();
    }

    // The server goes off-line, and the client closes.
    wire.pass(1);
    wire.server.go_offline(wire.now);
    wire.carry();
    assert!(wire.client.is_closed() && wire.server.is_closed());
    assert_eq!(wire.client.version(), ProtocolVersion::new(number).unwrap());
    wire.transcript
}

fn check(number: u32) {
    let path = format!("{}/tests/transcripts/version-{number}.txt", env!("CARGO_MANIFEST_DIR"));
    let played = play(number);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        std::fs::write(&path, &played).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    for (at, (played, golden)) in played.lines().zip(golden.lines()).enumerate() {
        assert_eq!(played, golden, "{path}, line {}", at + 1);
    }
    assert_eq!(played.lines().count(), golden.lines().count(), "{path}");
}

#[test]
fn version_9() {
    check(9);
}

#[test]
fn version_14() {
    check(14);
}

#[test]
fn version_24() {
    check(24);
}
