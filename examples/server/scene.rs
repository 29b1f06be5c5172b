//! A scene: the lines of a file as events, and their time.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188::named_values::CtiServiceMask;
use ged188::schema::{Sender, Service};
use ged188::view::Fields;
use ged188::{Encode, EncodedMessage, Message, MessageType, ProtocolVersion, RawMessage};
use serde::Deserialize;

use crate::centre::Centre;
use crate::encode;

/// The scene that is played if no other is wanted.
pub(crate) const BUILT_IN: &str = include_str!("scene.jsonl");

/// How long to wait before a line that does not say it.
const PAUSE: Duration = Duration::from_millis(200);

/// How long to wait before a scene starts again, whatever its lines say.
const BETWEEN: Duration = Duration::from_millis(10);

/// An event, in the version in which it was written, and how long to wait before it.
pub(crate) struct Step {
    after: Duration,
    version: ProtocolVersion,
    message_type: MessageType,
    body: Box<[u8]>,
}

/// Who hears of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Audience {
    /// The monitors that it concerns.
    Monitors,
    /// Sessions with one of these services.
    Granted(CtiServiceMask),
    /// Sessions that asked for the configuration.
    Configured,
    /// All sessions.
    Everybody,
}

/// What a line says besides its message.
#[derive(Deserialize)]
struct Timing {
    after: Option<f64>,
    version: Option<u32>,
}

impl Step {
    /// An event of the server's own.
    pub(crate) fn new(event: &impl Encode) -> Option<Self> {
        let version = ProtocolVersion::MAX;
        let mut bytes = Vec::new();
        event.encode_to(version, &mut bytes).ok()?;
        Self::from_bytes(Duration::ZERO, version, &bytes)
    }

    fn from_bytes(after: Duration, version: ProtocolVersion, bytes: &[u8]) -> Option<Self> {
        let (raw, rest) = RawMessage::split_off(bytes, DEFAULT_BODY_LIMIT).ok().flatten()?;
        let (message_type, body) = (raw.message_type, raw.body.into());
        rest.is_empty().then_some(Self { after, version, message_type, body })
    }

    pub(crate) fn raw(&self) -> RawMessage<'_> {
        RawMessage { message_type: self.message_type, body: &self.body }
    }

    pub(crate) fn version(&self) -> ProtocolVersion {
        self.version
    }

    /// The event, as it was written.
    pub(crate) fn encoded(&self) -> EncodedMessage<'_> {
        self.raw().in_version(self.version)
    }

    /// The event.
    pub(crate) fn message(&self) -> Message<'_> {
        self.encoded().decode().unwrap_or(Message::Unknown(self.encoded()))
    }

    /// Who hears of it.
    pub(crate) fn audience(&self) -> Audience {
        let service = self.message_type.schema().map(|schema| schema.service);
        match (self.message_type, service) {
            (MessageType::CALL_TRANSLATION_ROUTE_EVENT, _) => Audience::Monitors,
            _ if self.raw().monitor_id().is_some() => Audience::Monitors,
            (MessageType::EMERGENCY_CALL_EVENT, _) => Audience::Granted(
                CtiServiceMask::CTI_SERVICE_ALL_EVENTS | CtiServiceMask::CTI_SERVICE_SUPERVISOR,
            ),
            (_, Some(Service::Supervisor)) => Audience::Granted(CtiServiceMask::CTI_SERVICE_SUPERVISOR),
            (_, Some(Service::ClientMonitor)) => {
                Audience::Granted(CtiServiceMask::CTI_SERVICE_CLIENT_MONITOR)
            }
            (_, Some(Service::GracefulShutdown)) => {
                Audience::Granted(CtiServiceMask::CTI_SERVICE_ACTIVE_STANDBY)
            }
            (_, Some(Service::Configuration)) => Audience::Configured,
            _ => Audience::Everybody,
        }
    }

    /// Whether it is something that happens, and no request and no answer.
    fn is_event(&self) -> bool {
        let from_server = self.message_type.schema().is_some_and(|schema| schema.sender == Sender::Server);
        from_server && self.raw().invoke_id().is_none()
    }

    /// Whether it is the event before, for another monitor.
    fn repeats(&self, before: &Self) -> bool {
        self.message_type == before.message_type
            && self.raw().monitor_id() != before.raw().monitor_id()
            && self.without_monitor() == before.without_monitor()
    }

    /// The body with MonitorID 0.
    fn without_monitor(&self) -> Vec<u8> {
        let mut body = self.body.to_vec();
        let mut fields = Fields::new(self.version, self.raw()).into_iter().flatten().filter_map(Result::ok);
        if let Some(id) = fields.find(|field| field.name() == Some("MonitorID")) {
            body[id.offset..][..id.data().len()].fill(0);
        }
        body
    }
}

/// Reads a scene. Lines of a recording that are no events are left out, and an event that it has once for
/// each monitor is taken once.
///
/// # Errors
///
/// If a line is no message, or nothing happens in the scene.
pub(crate) fn read(text: &str) -> Result<Vec<Arc<Step>>, String> {
    let mut steps: Vec<Arc<Step>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let step = read_line(line).map_err(|error| format!("line {number}: {error}"))?;
        if step.is_event() && !steps.last().is_some_and(|before| step.repeats(before)) {
            steps.push(Arc::new(step));
        }
    }
    if steps.is_empty() {
        return Err("nothing happens in it".into());
    }
    Ok(steps)
}

fn read_line(line: &str) -> Result<Step, String> {
    let mut bytes = Vec::new();
    encode::encode(line, &mut bytes)?;
    let timing: Timing = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let after = match timing.after {
        Some(seconds) => Duration::try_from_secs_f64(seconds).map_err(|_| "\"after\" is no time to wait")?,
        None => PAUSE,
    };
    let version =
        timing.version.and_then(ProtocolVersion::new).ok_or("\"version\" has to be from 9 to 25")?;
    let step = Step::from_bytes(after, version, &bytes).ok_or("it is not one whole message")?;
    step.encoded().decode().map_err(|error| error.to_string())?;
    Ok(step)
}

/// Plays a scene: for ever, or once when somebody watches.
pub(crate) fn play(steps: &[Arc<Step>], centre: &Centre, once: bool) {
    if once {
        centre.wait_for_monitor();
    }
    loop {
        centre.begin();
        for step in steps {
            thread::sleep(step.after);
            centre.happens(step);
        }
        if once {
            return;
        }
        thread::sleep(BETWEEN);
    }
}
