//! A scene: the lines of a file as events, and their time.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188::named_values::CtiServiceMask;
use ged188::schema::{Sender, Service};
use ged188::view::Fields;
use ged188::{Encode, Message, MessageType, OwnedMessage, ProtocolVersion, RawMessage};
use serde::Deserialize;

use crate::centre::Centre;
use crate::encode;

/// The scene that is played if no other is wanted.
pub(crate) const BUILT_IN: &str = include_str!("scene.jsonl");

/// How long to wait before a line that does not say it.
const PAUSE: Duration = Duration::from_millis(200);

/// How long to wait before a scene starts again, whatever its lines say.
const BETWEEN: Duration = Duration::from_millis(10);

/// An event, and how long to wait before it.
pub(crate) struct Step {
    after: Duration,
    event: OwnedMessage,
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
        let event = OwnedMessage::encode(ProtocolVersion::MAX, event).ok()?;
        Some(Self { after: Duration::ZERO, event })
    }

    pub(crate) fn raw(&self) -> RawMessage<'_> {
        self.event.encoded().raw
    }

    pub(crate) fn version(&self) -> ProtocolVersion {
        self.event.version()
    }

    /// The event, as it was written.
    pub(crate) fn event(&self) -> &OwnedMessage {
        &self.event
    }

    /// The event.
    pub(crate) fn message(&self) -> Message<'_> {
        self.event.message().unwrap_or(Message::Unknown(self.event.encoded()))
    }

    /// Who hears of it.
    pub(crate) fn audience(&self) -> Audience {
        let message_type = self.event.message_type();
        match (message_type, message_type.schema().map(|schema| schema.service)) {
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
        let schema = self.event.message_type().schema();
        let from_server = schema.is_some_and(|schema| schema.sender == Sender::Server);
        from_server && self.raw().invoke_id().is_none()
    }

    /// Whether it is the event before, for another monitor.
    fn repeats(&self, before: &Self) -> bool {
        self.event.message_type() == before.event.message_type()
            && self.raw().monitor_id() != before.raw().monitor_id()
            && self.without_monitor() == before.without_monitor()
    }

    /// The body with MonitorID 0.
    fn without_monitor(&self) -> Vec<u8> {
        let mut body = self.event.body().to_vec();
        let mut fields = Fields::new(self.version(), self.raw()).into_iter().flatten().filter_map(Result::ok);
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
    let whole = RawMessage::split_off(&bytes, DEFAULT_BODY_LIMIT).ok().flatten();
    let (raw, _) = whole.filter(|(_, rest)| rest.is_empty()).ok_or("it is not one whole message")?;
    let event = raw.in_version(version);
    event.decode().map_err(|error| error.to_string())?;
    Ok(Step { after, event: event.into() })
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
