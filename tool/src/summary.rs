//! `summary`: what happened on each connection, and what went wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ged188::message::Message;
use ged188::named_values::CtiServiceMask;
use ged188::schema::Service;
use ged188::view::Fields;
use ged188::{FrameError, MessageType, RawMessage, Tag};
use hashbrown::HashMap;

use crate::Outcome;
use crate::connection::{At, End, Info, Sink};
use crate::follow::Counts;
use crate::time::{Lasting, TimeOfDay, Utc};

/// A heartbeat that is confirmed after more than that is late.
const LATE: u64 = 2_000_000_000;
/// The most requests of a connection that are remembered until they are answered.
const MOST_PENDING: usize = 10_000;
/// The most kinds of trouble of a connection that are told apart.
const MOST_KINDS: usize = 200;
/// The most types of messages that are counted; far more than there are.
const MOST_TYPES: usize = 1000;
/// The most monitors of a connection that are remembered, and that are named.
const MOST_MONITORS: usize = 100_000;
const MOST_NAMED: usize = 10;
/// The most connections that are reported in full.
const MOST_IN_FULL: usize = 20;
/// The most connections that are reported one by one.
const MOST_REPORTS: usize = 20_000;

/// Collects what is reported.
#[derive(Debug, Default)]
pub struct Summary {
    open: HashMap<u64, Report>,
    ended: Vec<Report>,
    /// Connections that ended after there were too many reports.
    unreported: u64,
    /// All connections that have ended together.
    total: Option<Report>,
    /// The number of the connection that is reported alone.
    only: Option<u64>,
}

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
    pub running: BTreeMap<u32, String>,
    /// How many more run on other connections, in a sum.
    pub running_elsewhere: usize,
}

impl Monitors {
    /// How many run.
    pub fn left(&self) -> usize {
        self.running.len() + self.running_elsewhere
    }
}

#[derive(Debug)]
struct Pending {
    message_type: MessageType,
    name: &'static str,
    reply: MessageType,
    time: u64,
    /// Of a monitor, what it watches or its number.
    what: String,
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
            what: "what is not in the capture".into(),
            monitor: None,
        })
    }
}

/// Messages that refuse a request.
const REFUSALS: [MessageType; 2] = [MessageType::FAILURE_CONF, MessageType::CONTROL_FAILURE_CONF];

impl Sink for Summary {
    fn opened(&mut self, connection: &Info, time: u64) {
        self.open.insert(connection.number, Report::new(connection.clone(), time));
    }

    fn message(&mut self, at: At<'_>, message: RawMessage<'_>) {
        if let Some(report) = self.report(at) {
            report.message(at, message);
        }
    }

    fn cut(&mut self, at: At<'_>, message: RawMessage<'_>, _: usize) {
        if let Some(report) = self.report(at) {
            count(&mut report.cut, message.message_type);
            report.learn(at, message);
        }
    }

    fn gap(&mut self, at: At<'_>, bytes: u64) {
        if let Some(report) = self.report(at) {
            report.gaps = (report.gaps.0 + 1, report.gaps.1 + bytes);
        }
    }

    fn skipped(&mut self, at: At<'_>, bytes: u64) {
        if let Some(report) = self.report(at) {
            report.skipped = (report.skipped.0 + 1, report.skipped.1 + bytes);
        }
    }

    fn lost(&mut self, at: At<'_>, _: FrameError) {
        if let Some(report) = self.report(at) {
            report.lost += 1;
        }
    }

    fn closed(&mut self, connection: &Info, time: u64, end: End) {
        let Some(mut report) = self.open.remove(&connection.number) else { return };
        report.info = connection.clone();
        report.encrypted = u64::from(connection.encrypted);
        report.end = Some(end);
        report.ended = time.max(report.ended);
        for (_, pending) in std::mem::take(&mut report.pending) {
            report.unanswered(&pending);
        }
        self.total.get_or_insert_with(|| Report::new(connection.clone(), report.began)).add(&report);
        if self.ended.len() < MOST_REPORTS {
            self.ended.push(report);
        } else {
            self.unreported += 1;
        }
    }
}

impl Summary {
    /// A summary that reports one connection alone, by its number.
    pub fn of(only: Option<u64>) -> Self {
        Self { only, ..Self::default() }
    }

    fn report(&mut self, at: At<'_>) -> Option<&mut Report> {
        self.open.get_mut(&at.connection.number)
    }

    /// The reports of connections that have ended.
    pub fn reports(&self) -> &[Report] {
        &self.ended
    }

    /// Writes the report, and tells how it went.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&mut self, name: &str, counts: &Counts, out: &mut impl Write) -> io::Result<Outcome> {
        self.ended.sort_by_key(|report| report.info.number);
        let connections = self.ended.len() as u64 + self.unreported;
        let packets = Many(counts.packets, "packet");
        write!(out, "{TITLE}{name}{TITLE:#}  {packets}, {}", Many(connections, "connection"))?;
        if let Some((first, last)) = counts.times {
            write!(out, ", {} to {} UTC ({})", Utc(first), Utc(last), Lasting(last - first))?;
        }
        writeln!(out)?;
        if let Some(only) = self.only {
            return self.write_only(only, out);
        }
        let outcome = self.total.as_ref().map_or(Outcome::Sound, Report::outcome);
        if let Some(total) = self.total.as_ref().filter(|_| connections > 1) {
            writeln!(out, "\n{TITLE}All connections{TITLE:#}")?;
            if total.encrypted > 0 {
                writeln!(out, "  {BAD}{} encrypted (TLS){BAD:#}", Many(total.encrypted, "connection"))?;
            }
            total.write_counts(out)?;
        }
        if self.ended.len() > MOST_IN_FULL {
            writeln!(out, "\n{TITLE}Each connection{TITLE:#} (in full with --connection N)")?;
            for report in &self.ended {
                report.write_line(out)?;
            }
        } else {
            for report in &self.ended {
                writeln!(out)?;
                report.write(out)?;
            }
        }
        if self.unreported > 0 {
            writeln!(out, "\n{} more are not reported one by one", Many(self.unreported, "connection"))?;
        }
        out.flush()?;
        Ok(outcome)
    }

    fn write_only(&self, only: u64, out: &mut impl Write) -> io::Result<Outcome> {
        let Some(report) = self.ended.iter().find(|report| report.info.number == only) else {
            writeln!(out, "there is no connection {only}")?;
            return Ok(Outcome::SomeBad);
        };
        writeln!(out)?;
        report.write(out)?;
        out.flush()?;
        Ok(report.outcome())
    }
}

impl Report {
    fn new(info: Info, time: u64) -> Self {
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
    fn add(&mut self, other: &Self) {
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

    fn message(&mut self, at: At<'_>, raw: RawMessage<'_>) {
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
                    what: String::new(),
                    monitor: None,
                },
                id.0,
            );
        } else if let Some(id) = raw.invoke_id() {
            self.answer(at, raw, id.0);
        } else if message_type == MessageType::END_CALL_EVENT {
            let ends = |what: &mut String| what.starts_with("call ");
            let ended = raw.monitor_id().filter(|id| self.monitors.running.get_mut(&id.0).is_some_and(ends));
            self.monitors.ended +=
                u64::from(ended.is_some_and(|id| self.monitors.running.remove(&id.0).is_some()));
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
                        (Some(device), _) => format!("device {device} ({:?})", start.monitored_device_type),
                        (None, Some(call)) => format!("call {}", call.0),
                        (None, None) => "nothing".into(),
                    };
                }
            }
            MessageType::SESSION_MONITOR_START_REQ => pending.what = "a session".into(),
            MessageType::MONITOR_AGENT_TEAM_START_REQ => pending.what = "an agent team".into(),
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

    /// Writes a line of a table of connections.
    fn write_line(&self, out: &mut impl Write) -> io::Result<()> {
        let Self { info, .. } = self;
        let messages: u64 = self.messages.values().flatten().sum();
        write!(out, "  {:>5}  {:<21}  version {:<2}", info.number, info.client.to_string(), info.version)?;
        write!(
            out,
            "  {}  {:>12}  {messages:>9} messages",
            Utc(self.began),
            Lasting(self.ended - self.began).to_string()
        )?;
        let counts = [
            (self.refused.values().sum(), "refused"),
            (self.unanswered.values().sum(), "without answer"),
            (self.heartbeats.late + self.heartbeats.unanswered, "heartbeats late or lost"),
            (u64::from(self.outcome() != Outcome::Sound), "not whole"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            write!(out, ", {BAD}{count} {what}{BAD:#}")?;
        }
        writeln!(out)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let Self { info, .. } = self;
        writeln!(out, "{TITLE}Connection {}  {} -> {}{TITLE:#}", info.number, info.client, info.server)?;
        let version = match (self.messages.is_empty(), info.guessed) {
            (true, _) if info.encrypted => "encrypted (TLS), so nothing can be said of its messages".into(),
            (true, _) => "no messages".into(),
            (false, Some((oldest, newest))) if oldest == newest => format!("version {newest} (guessed)"),
            (false, Some((oldest, newest))) => {
                format!("version {} (guessed; {oldest} to {newest} fit)", info.version)
            }
            (false, None) => match self.asked.filter(|asked| *asked != info.version.number()) {
                Some(asked) => format!("version {}, although OPEN_REQ asks for {asked}", info.version),
                None => format!("version {}", info.version),
            },
        };
        let client =
            self.client_id.as_ref().map_or(String::new(), |id| format!(", client \"{}\"", id.escape_debug()));
        let began = if info.whole { "began" } else { "began before the capture, first seen" };
        writeln!(out, "  {version}{client}")?;
        let lasted = Lasting(self.ended.saturating_sub(self.began));
        writeln!(out, "  {began} {} UTC, lasted {lasted}", Utc(self.began))?;
        let who = |from_client: bool| if from_client { "client" } else { "server" };
        let end = match (self.end, info.closed_first) {
            (Some(End::Closed), Some((first, _))) => format!("closed, by the {} first", who(first)),
            (Some(End::Closed), None) => "closed".into(),
            (Some(End::Reset { from_client }), Some((first, time))) => {
                let later = Lasting(self.ended.saturating_sub(time));
                format!("closed by the {}, reset by the {} {later} later", who(first), who(from_client))
            }
            (Some(End::Reset { from_client }), None) => format!("reset by the {}", who(from_client)),
            (Some(End::Replaced), _) => {
                "its addresses were used again, without its end in the capture".into()
            }
            (Some(End::Forgotten), _) => "not followed to its end, there were too many connections".into(),
            (Some(End::CaptureEnded) | None, Some((first, _))) => {
                format!("closed by the {} alone at the end of the capture", who(first))
            }
            (Some(End::CaptureEnded) | None, None) => "still open at the end of the capture".into(),
        };
        match &self.session_end {
            Some(session) => writeln!(out, "  ended: {session}; {end}")?,
            None if self.granted.is_some() && info.closed_first.is_some() => {
                writeln!(out, "  ended: {BAD}{end}, without CLOSE_REQ{BAD:#}")?;
            }
            None => writeln!(out, "  ended: {end}")?,
        }
        if let Some(requested) = self.requested {
            writeln!(out, "  services requested: {requested}")?;
            match self.granted {
                Some(granted) => {
                    writeln!(out, "  services granted:   {granted}")?;
                    let mut refused = requested - granted;
                    if granted.contains(CtiServiceMask::CTI_AGENT_STATE_CONTROL_ONLY) {
                        refused -= CtiServiceMask::CTI_SERVICE_CLIENT_CONTROL;
                    }
                    if !refused.is_empty() {
                        writeln!(out, "  {BAD}not granted:        {refused}{BAD:#}")?;
                    }
                }
                None => writeln!(out, "  services granted:   {BAD}none, the session was not opened{BAD:#}")?,
            }
        }
        self.write_counts(out)
    }

    /// Writes what can be summed up.
    fn write_counts(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_messages(out)?;
        let Heartbeats { sent, late, unanswered, slowest, silences, first_late, first_silence } =
            self.heartbeats;
        if sent > 0 {
            write!(out, "  heartbeats: {sent}, slowest confirmed after {}", Lasting(slowest))?;
            if late > 0 {
                write!(out, ", {BAD}{late} later than {}", Lasting(LATE))?;
                if let Some(time) = first_late {
                    write!(out, ", the first at {}", TimeOfDay(time))?;
                }
                write!(out, "{BAD:#}")?;
            }
            if unanswered > 0 {
                write!(out, ", {BAD}{unanswered} not confirmed{BAD:#}")?;
            }
            writeln!(out)?;
        }
        if silences > 0 {
            write!(out, "  {BAD}{} of the client longer than its IdleTimeout", Many(silences, "silence"))?;
            if let Some((time, silence)) = first_silence {
                write!(out, ", the first of {} from {}", Lasting(silence), TimeOfDay(time))?;
            }
            writeln!(out, "{BAD:#}")?;
        }
        self.write_monitors(out)?;
        if !self.slow.is_empty() {
            writeln!(out, "  {BAD}requests answered after more than {}{BAD:#}", Lasting(LATE))?;
            for (name, (count, longest)) in &self.slow {
                writeln!(out, "    {count:>9}  {name}, the slowest after {}", Lasting(*longest))?;
            }
        }
        if !self.unanswered.is_empty() {
            writeln!(out, "  {BAD}requests without answer{BAD:#}")?;
            for (name, count) in &self.unanswered {
                writeln!(out, "    {count:>9}  {name}")?;
            }
        }
        if !self.refused.is_empty() {
            writeln!(out, "  {BAD}refused or failed{BAD:#}")?;
            for ((name, why), count) in &self.refused {
                writeln!(out, "    {count:>9}  {name}: {why}")?;
            }
        }
        self.write_trouble(out)
    }

    fn write_messages(&self, out: &mut impl Write) -> io::Result<()> {
        if self.messages.is_empty() {
            return Ok(());
        }
        writeln!(out, "  messages  {:>9} {:>9}", "client", "server")?;
        let mut all: Vec<_> = self.messages.iter().collect();
        all.sort_by_key(|(message_type, _)| message_type.0);
        for (message_type, counts) in all {
            let [client, server] =
                counts.map(|count| if count == 0 { "-".into() } else { count.to_string() });
            writeln!(out, "            {client:>9} {server:>9}  {message_type:?}")?;
        }
        Ok(())
    }

    fn write_monitors(&self, out: &mut impl Write) -> io::Result<()> {
        let Monitors { started, refused, stopped, ended, running, .. } = &self.monitors;
        let left = self.monitors.left();
        if started + refused == 0 {
            return Ok(());
        }
        write!(out, "  monitors: {started} started, {stopped} stopped")?;
        if *ended > 0 {
            write!(out, ", {ended} ended with their calls")?;
        }
        write!(out, ", {left} never stopped")?;
        if *refused > 0 {
            write!(out, ", {BAD}{refused} refused{BAD:#}")?;
        }
        writeln!(out)?;
        for (number, what) in running.iter().take(MOST_NAMED) {
            writeln!(out, "    never stopped: monitor {number} of {what}")?;
        }
        if running.len() > MOST_NAMED {
            writeln!(out, "    never stopped: {} more", running.len() - MOST_NAMED)?;
        }
        Ok(())
    }

    fn write_trouble(&self, out: &mut impl Write) -> io::Result<()> {
        if self.gaps.0 > 0 {
            let (gaps, bytes) = (Many(self.gaps.0, "gap"), Many(self.gaps.1, "byte"));
            writeln!(out, "  {BAD}not in the capture: {bytes} in {gaps}{BAD:#}")?;
        }
        if self.skipped.0 > 0 {
            let (places, bytes) = (Many(self.skipped.0, "place"), Many(self.skipped.1, "byte"));
            writeln!(
                out,
                "  {BAD}belong to no message, or to one whose start is missing: {bytes} at {places}{BAD:#}"
            )?;
        }
        if !self.cut.is_empty() {
            writeln!(out, "  {BAD}messages of which the capture has only the start{BAD:#}")?;
            for (message_type, count) in &self.cut {
                writeln!(out, "    {count:>9}  {message_type:?}")?;
            }
        }
        if self.lost > 0 {
            writeln!(out, "  {BAD}{} cannot be right{BAD:#}", Many(self.lost, "header"))?;
        }
        if !self.undecodable.is_empty() {
            writeln!(out, "  {BAD}messages that do not decode, with the first of each type{BAD:#}")?;
            for (count, error) in self.undecodable.values() {
                writeln!(out, "    {count:>9}  {error}")?;
            }
        }
        if !self.no_table.is_empty() {
            writeln!(out, "  messages without a published table in this version")?;
            for (message_type, count) in &self.no_table {
                writeln!(out, "    {count:>9}  {message_type:?}")?;
            }
        }
        if !self.odd_fields.is_empty() {
            writeln!(out, "  fields that the tables do not have, or not with this length")?;
            for (OddField { message, tag, name }, count) in &self.odd_fields {
                let what = match (name, tag) {
                    (Some(name), _) => format!("{name} has an odd length"),
                    (None, Some(tag)) => format!("tag {tag} is unknown"),
                    (None, None) => "bytes behind the fixed part".into(),
                };
                writeln!(out, "    {count:>9}  {message:?}: {what}")?;
            }
        }
        Ok(())
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

const TITLE: Style = Style::new().bold();
const BAD: Style = AnsiColor::Red.on_default();

/// A count with its noun.
struct Many(u64, &'static str);

impl fmt::Display for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}
