//! What is known of a connection, collected message by message.

use std::collections::BTreeMap;
use std::fmt;

use ged188::id::CallId;
use ged188::message::Message;
use ged188::named_values::CtiServiceMask;
use ged188::schema::Service;
use ged188::view::Fields;
use ged188::{MessageType, RawMessage, Tag};
use hashbrown::HashMap;

use crate::Outcome;
use crate::connection::{At, End, Info};

pub(crate) mod text;

/// A response that comes after more than that is late.
pub(crate) const LATE: u64 = 2_000_000_000;
/// The most requests of a connection that are remembered until they are answered.
const MOST_PENDING: usize = 10_000;
/// The most kinds of trouble of a connection that are told apart.
const MOST_KINDS: usize = 200;
/// The most types of messages that are counted; far more than there are.
const MOST_TYPES: usize = 1000;
/// The most monitors of a connection that are remembered.
const MOST_MONITORS: usize = 100_000;

/// What is known of a connection.
#[derive(Debug)]
pub struct Report {
    /// The connection.
    pub info: Info,
    /// When it began, or when the capture first has it.
    pub began: u64,
    /// When it ended.
    pub ended: u64,
    /// How.
    pub end: Option<End>,
    /// What the client calls itself.
    pub client_id: Option<String>,
    /// The version that it asked for.
    pub asked: Option<u32>,
    /// The services that the client asked for.
    pub requested: Option<CtiServiceMask>,
    /// The services that it got.
    pub granted: Option<CtiServiceMask>,
    /// How the session ended, in words.
    pub session_end: Option<String>,
    /// Messages by type, from client and from server.
    pub messages: HashMap<MessageType, [u64; 2]>,
    /// Refused requests, with why.
    pub refused: BTreeMap<(&'static str, String), u64>,
    /// Requests that were answered late, by type: how many, and the longest time.
    pub slow: BTreeMap<&'static str, (u64, u64)>,
    /// Requests without answer, by type.
    pub unanswered: BTreeMap<&'static str, u64>,
    /// Heartbeats.
    pub heartbeats: Heartbeats,
    /// Monitors.
    pub monitors: Monitors,
    /// Messages that cannot be decoded, by what is wrong with the first of each type.
    pub undecodable: BTreeMap<MessageType, (u64, String)>,
    /// Messages without a published table, in this version.
    pub no_table: BTreeMap<MessageType, u64>,
    /// Fields that the table of a message does not have, and that have a length that their type does not allow.
    pub odd_fields: BTreeMap<OddField, u64>,
    /// Gaps, and bytes in them.
    pub gaps: (u64, u64),
    /// Messages of which the capture has only the start, by type.
    pub cut: BTreeMap<MessageType, u64>,
    /// Places where bytes belong to no message, and how many.
    pub skipped: (u64, u64),
    /// Headers that cannot be right.
    pub lost: u64,
    /// Whether it is encrypted; in a sum, how many are.
    pub encrypted: u64,
    pending: HashMap<(bool, u32), Pending>,
    idle_timeout: Option<u64>,
    last_of_client: Option<u64>,
}

/// A field that is not as the table has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OddField {
    /// The message.
    pub message: MessageType,
    /// The field.
    pub tag: Option<Tag>,
    /// Its name, if its length is what is odd.
    pub name: Option<&'static str>,
}

/// What became of heartbeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heartbeats {
    /// How many were sent.
    pub sent: u64,
    /// How many were confirmed late.
    pub late: u64,
    /// When the first of these was sent.
    pub first_late: Option<u64>,
    /// How many were never confirmed.
    pub unanswered: u64,
    /// The longest time until one was confirmed.
    pub slowest: u64,
    /// How often the client was silent for longer than its IdleTimeout.
    pub silences: u64,
    /// When the first of these silences began, and how long it was.
    pub first_silence: Option<(u64, u64)>,
}

/// What became of monitors.
#[derive(Debug, Default)]
pub struct Monitors {
    /// How many were started.
    pub started: u64,
    /// How many were refused.
    pub refused: u64,
    /// How many were stopped.
    pub stopped: u64,
    /// How many ended with their call.
    pub ended: u64,
    /// Those that run, with what they watch.
    pub running: BTreeMap<u32, Watched>,
    /// How many more run on other connections, in a sum.
    pub running_elsewhere: usize,
}

impl Monitors {
    /// How many run.
    pub fn left(&self) -> usize {
        self.running.len() + self.running_elsewhere
    }
}

/// What a monitor watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// A call. The monitor ends with it.
    Call(CallId),
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(call) => write!(f, "call {}", call.0),
            Self::Other(what) => f.write_str(what),
        }
    }
}

#[derive(Debug)]
struct Pending {
    message_type: MessageType,
    name: &'static str,
    reply: MessageType,
    time: u64,
    /// What a monitor that is asked for is to watch.
    what: Watched,
    /// The monitor that is to be stopped.
    monitor: Option<u32>,
}

/// Requests that start a monitor, and that stop one.
const STARTS: [MessageType; 3] = [
    MessageType::MONITOR_START_REQ,
    MessageType::SESSION_MONITOR_START_REQ,
    MessageType::MONITOR_AGENT_TEAM_START_REQ,
];
const STOPS: [MessageType; 3] = [
    MessageType::MONITOR_STOP_REQ,
    MessageType::SESSION_MONITOR_STOP_REQ,
    MessageType::MONITOR_AGENT_TEAM_STOP_REQ,
];

impl Pending {
    /// The request of an answer, if that matters although the capture does not have it.
    fn missing(at: At<'_>, answer: RawMessage<'_>) -> Option<Self> {
        let confirms = |request: &MessageType| {
            request.schema().is_some_and(|schema| schema.reply == Some(answer.message_type))
        };
        let start = STARTS.into_iter().find(confirms);
        (start.is_some() || REFUSALS.contains(&answer.message_type)).then(|| Self {
            message_type: start.unwrap_or(answer.message_type),
            name: "a request that is not in the capture",
            reply: answer.message_type,
            time: at.time,
            what: Watched::Other("what is not in the capture".into()),
            monitor: None,
        })
    }
}

/// Messages that refuse a request.
const REFUSALS: [MessageType; 2] = [MessageType::FAILURE_CONF, MessageType::CONTROL_FAILURE_CONF];

impl Report {
    /// The report of a connection that is new.
    pub(crate) fn new(info: Info, time: u64) -> Self {
        Self {
            info,
            began: time,
            ended: time,
            end: None,
            client_id: None,
            asked: None,
            requested: None,
            granted: None,
            session_end: None,
            messages: HashMap::new(),
            refused: BTreeMap::new(),
            slow: BTreeMap::new(),
            unanswered: BTreeMap::new(),
            heartbeats: Heartbeats::default(),
            monitors: Monitors::default(),
            undecodable: BTreeMap::new(),
            no_table: BTreeMap::new(),
            odd_fields: BTreeMap::new(),
            gaps: (0, 0),
            cut: BTreeMap::new(),
            skipped: (0, 0),
            lost: 0,
            encrypted: 0,
            pending: HashMap::new(),
            idle_timeout: None,
            last_of_client: None,
        }
    }

    /// Whether everything was there and could be decoded.
    pub fn outcome(&self) -> Outcome {
        let bad = !self.undecodable.is_empty()
            || !self.cut.is_empty()
            || self.encrypted > 0
            || self.gaps.0 + self.skipped.0 + self.lost > 0;
        if bad { Outcome::SomeBad } else { Outcome::Sound }
    }

    /// Adds the counts of another connection.
    pub(crate) fn add(&mut self, other: &Self) {
        for (message_type, counts) in &other.messages {
            let sums = self.messages.entry(*message_type).or_default();
            *sums = [sums[0] + counts[0], sums[1] + counts[1]];
        }
        add_counts(&mut self.refused, &other.refused);
        add_counts(&mut self.unanswered, &other.unanswered);
        for (name, (count, longest)) in &other.slow {
            let sum = self.slow.entry(name).or_default();
            *sum = (sum.0 + count, sum.1.max(*longest));
        }
        add_counts(&mut self.no_table, &other.no_table);
        add_counts(&mut self.cut, &other.cut);
        add_counts(&mut self.odd_fields, &other.odd_fields);
        for (message_type, (count, error)) in &other.undecodable {
            self.undecodable.entry(*message_type).or_insert_with(|| (0, error.clone())).0 += count;
        }
        let Heartbeats { sent, late, unanswered, slowest, silences, first_late, first_silence } =
            other.heartbeats;
        self.heartbeats.first_late = self.heartbeats.first_late.into_iter().chain(first_late).min();
        self.heartbeats.first_silence = self.heartbeats.first_silence.into_iter().chain(first_silence).min();
        self.heartbeats.sent += sent;
        self.heartbeats.late += late;
        self.heartbeats.unanswered += unanswered;
        self.heartbeats.slowest = self.heartbeats.slowest.max(slowest);
        self.heartbeats.silences += silences;
        self.monitors.started += other.monitors.started;
        self.monitors.refused += other.monitors.refused;
        self.monitors.stopped += other.monitors.stopped;
        self.monitors.ended += other.monitors.ended;
        self.monitors.running_elsewhere += other.monitors.left();
        self.gaps = (self.gaps.0 + other.gaps.0, self.gaps.1 + other.gaps.1);
        self.skipped = (self.skipped.0 + other.skipped.0, self.skipped.1 + other.skipped.1);
        self.lost += other.lost;
        self.encrypted += other.encrypted;
    }

    /// Takes a message.
    pub(crate) fn message(&mut self, at: At<'_>, raw: RawMessage<'_>) {
        let message_type = raw.message_type;
        self.ended = self.ended.max(at.time);
        if self.messages.len() < MOST_TYPES || self.messages.contains_key(&message_type) {
            self.messages.entry(message_type).or_default()[usize::from(!at.from_client)] += 1;
        }
        if at.from_client {
            self.of_client(at.time);
        }
        if self.check(at, raw) {
            self.learn(at, raw);
        }
    }

    /// Takes the start of a message of which the rest is not in the capture.
    pub(crate) fn cut(&mut self, at: At<'_>, message: RawMessage<'_>) {
        count(&mut self.cut, message.message_type);
        self.learn(at, message);
    }

    /// Notes the end of the connection.
    pub(crate) fn close(&mut self, connection: &Info, time: u64, end: End) {
        self.info = connection.clone();
        self.encrypted = u64::from(connection.encrypted);
        self.end = Some(end);
        self.ended = time.max(self.ended);
        for (_, pending) in std::mem::take(&mut self.pending) {
            self.unanswered(&pending);
        }
    }

    /// Notes what a message, or its start, means for the session, requests and monitors.
    fn learn(&mut self, at: At<'_>, raw: RawMessage<'_>) {
        let message_type = raw.message_type;
        let Some(schema) = message_type.schema() else { return };
        self.session(at, raw);
        if let (Some(reply), Some(id)) = (schema.reply, raw.invoke_id()) {
            self.request(
                at,
                raw,
                Pending {
                    message_type,
                    name: schema.name,
                    reply,
                    time: at.time,
                    what: Watched::Other(String::new()),
                    monitor: None,
                },
                id.0,
            );
        } else if let Some(id) = raw.invoke_id() {
            self.answer(at, raw, id.0);
        } else if message_type == MessageType::END_CALL_EVENT {
            let Some(monitor) = raw.monitor_id() else { return };
            if let Some(Watched::Call(_)) = self.monitors.running.get(&monitor.0) {
                self.monitors.running.remove(&monitor.0);
                self.monitors.ended += 1;
            }
        }
    }

    /// Notes that the client has sent something.
    fn of_client(&mut self, time: u64) {
        let last = self.last_of_client.replace(time);
        if let (Some(last), Some(timeout)) = (last, self.idle_timeout) {
            let silence = time.saturating_sub(last);
            if silence > timeout {
                self.heartbeats.silences += 1;
                self.heartbeats.first_silence.get_or_insert((last, silence));
            }
        }
    }

    /// Counts what is wrong with a message; false if it cannot be decoded.
    fn check(&mut self, at: At<'_>, raw: RawMessage<'_>) -> bool {
        let Some(fields) = Fields::new(at.connection.version, raw) else {
            count(&mut self.no_table, raw.message_type);
            return false;
        };
        for field in fields {
            match field {
                Ok(field) if field.schema.is_some() && !field.has_wrong_length() => {}
                Ok(field) => {
                    let odd = OddField { message: raw.message_type, tag: field.tag, name: field.name() };
                    count(&mut self.odd_fields, odd);
                }
                Err(error) => {
                    let entry = self.undecodable.entry(raw.message_type);
                    entry.or_insert_with(|| (0, error.to_string())).0 += 1;
                    return false;
                }
            }
        }
        true
    }

    /// Notes what a message, or its start, says of the session.
    fn session(&mut self, at: At<'_>, raw: RawMessage<'_>) {
        let types = [
            MessageType::OPEN_REQ,
            MessageType::OPEN_CONF,
            MessageType::CLOSE_REQ,
            MessageType::FAILURE_EVENT,
        ];
        if !types.contains(&raw.message_type) {
            return;
        }
        match Message::decode_readable(at.connection.version, raw).0 {
            Message::OpenReq(open) => {
                self.client_id = open.client_id.map(|id| id.to_string());
                self.asked = Some(open.version_number.0);
                self.requested = Some(open.services_requested);
                let seconds = Some(open.idle_timeout).filter(|seconds| *seconds != u32::MAX && *seconds != 0);
                self.idle_timeout = seconds.map(|seconds| u64::from(seconds) * 1_000_000_000);
            }
            Message::OpenConf(conf) => self.granted = Some(conf.services_granted),
            Message::CloseReq(close) => {
                let who = if at.from_client { "the client" } else { "the server" };
                self.session_end = Some(format!("{who} sent CLOSE_REQ with {:?}", close.status));
            }
            Message::FailureEvent(failure) => {
                self.session_end = Some(format!("the server sent FAILURE_EVENT with {}", failure.status));
                self.refuse("FAILURE_EVENT", failure.status.to_string());
            }
            _ => {}
        }
    }

    fn request(&mut self, at: At<'_>, raw: RawMessage<'_>, mut pending: Pending, id: u32) {
        match pending.message_type {
            MessageType::HEARTBEAT_REQ => self.heartbeats.sent += 1,
            MessageType::MONITOR_START_REQ => {
                if let Ok(Message::MonitorStartReq(start)) = Message::decode(at.connection.version, raw) {
                    pending.what = match (start.monitored_device_id, start.connection_call_id) {
                        (Some(device), _) => {
                            Watched::Other(format!("device {device} ({:?})", start.monitored_device_type))
                        }
                        (None, Some(call)) => Watched::Call(call),
                        (None, None) => Watched::Other("nothing".into()),
                    };
                }
            }
            MessageType::SESSION_MONITOR_START_REQ => pending.what = Watched::Other("a session".into()),
            MessageType::MONITOR_AGENT_TEAM_START_REQ => {
                pending.what = Watched::Other("an agent team".into());
            }
            _ => pending.monitor = raw.monitor_id().map(|monitor| monitor.0),
        }
        if self.pending.len() >= MOST_PENDING && !self.pending.contains_key(&(at.from_client, id)) {
            return;
        }
        if let Some(other) = self.pending.insert((at.from_client, id), pending) {
            self.unanswered(&other);
        }
    }

    fn unanswered(&mut self, pending: &Pending) {
        if pending.message_type == MessageType::HEARTBEAT_REQ {
            self.heartbeats.unanswered += 1;
        } else if !self.ignores_confirmation(pending.message_type) {
            *self.unanswered.entry(pending.name).or_default() += 1;
        }
    }

    /// Whether the client wanted no confirmation of such a request.
    fn ignores_confirmation(&self, message_type: MessageType) -> bool {
        let service = message_type.schema().map(|schema| schema.service);
        service == Some(Service::ClientControl)
            && self.granted.is_some_and(|granted| granted.contains(CtiServiceMask::CTI_SERVICE_IGNORE_CONF))
    }

    fn answer(&mut self, at: At<'_>, raw: RawMessage<'_>, id: u32) {
        let key = (!at.from_client, id);
        let is_refusal = REFUSALS.contains(&raw.message_type);
        let fits = |pending: &Pending| is_refusal || pending.reply == raw.message_type;
        if self.pending.get(&key).is_some_and(|pending| !fits(pending)) {
            return;
        }
        let pending = self.pending.remove(&key);
        let Some(pending) = pending.or_else(|| Pending::missing(at, raw)) else { return };
        let is_start = STARTS.contains(&pending.message_type);
        let took = at.time.saturating_sub(pending.time);
        if took > LATE && pending.message_type != MessageType::HEARTBEAT_REQ {
            let (count, longest) = self.slow.entry(pending.name).or_default();
            (*count, *longest) = (*count + 1, took.max(*longest));
        }
        if is_refusal {
            let why = match Message::decode(at.connection.version, raw) {
                Ok(Message::FailureConf(failure)) => failure.status.to_string(),
                Ok(Message::ControlFailureConf(failure)) => match failure.peripheral_error_code {
                    0 => failure.failure_code.to_string(),
                    code => format!("{}, peripheral error {code}", failure.failure_code),
                },
                _ => String::new(),
            };
            self.refuse(pending.name, why);
            self.monitors.refused += u64::from(is_start);
        } else if is_start {
            self.monitors.started += 1;
            if let Some(monitor) = raw.monitor_id().filter(|_| self.monitors.running.len() < MOST_MONITORS) {
                self.monitors.running.insert(monitor.0, pending.what);
            }
        } else if STOPS.contains(&pending.message_type) {
            let monitor = pending.monitor.and_then(|monitor| self.monitors.running.remove(&monitor));
            self.monitors.stopped += u64::from(monitor.is_some());
        } else if pending.message_type == MessageType::HEARTBEAT_REQ {
            if took > LATE {
                self.heartbeats.late += 1;
                self.heartbeats.first_late.get_or_insert(pending.time);
            }
            self.heartbeats.slowest = self.heartbeats.slowest.max(took);
        }
    }

    /// Counts a refusal.
    fn refuse(&mut self, what: &'static str, why: String) {
        count(&mut self.refused, (what, why));
    }
}

/// Counts one more of a kind, unless there are too many kinds.
fn count<K: Ord>(counts: &mut BTreeMap<K, u64>, kind: K) {
    if counts.len() < MOST_KINDS || counts.contains_key(&kind) {
        *counts.entry(kind).or_default() += 1;
    }
}

/// Adds counts by kind.
fn add_counts<K: Ord + Clone>(sums: &mut BTreeMap<K, u64>, counts: &BTreeMap<K, u64>) {
    for (kind, count) in counts {
        *sums.entry(kind.clone()).or_default() += count;
    }
}
