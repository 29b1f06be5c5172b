//! `summary --call` and `--agent`: what happened to a call or an agent, as a ladder between client and server.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ged188::message::Message;
use ged188::schema::Role;
use ged188::view::{Field, Fields, Value};
use ged188::{FrameError, MessageType, RawMessage};
use hashbrown::{HashMap, HashSet};
use memchr::memmem::Finder;

use crate::Outcome;
use crate::connection::{At, End, Info, Sink};
use crate::time::{TimeOfDay, Utc};

/// The most steps of a story.
const MOST_STEPS: usize = 100_000;
/// The most requests whose answers are waited for.
const MOST_ASKED: usize = 10_000;
/// The longest line that tells what a message says.
const LONGEST: usize = 300;

/// Whose story it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The call with this ID.
    Call(u32),
    /// The agent with this ID, extension, instrument or device.
    Agent(String),
}

/// Collects the steps of a story.
#[derive(Debug)]
pub struct Story {
    subject: Subject,
    /// The number of the connection.
    only: Option<u64>,
    finder: Finder<'static>,
    steps: Vec<Step>,
    /// Requests of the story, whose answers belong to it too.
    asked: HashSet<(u64, bool, u32)>,
    connections: HashMap<u64, Info>,
    left_out: u64,
    /// By connection, the step that tells of its last gaps: where it is, their bytes, and how many they are.
    gaps: HashMap<u64, (usize, u64, u64)>,
    /// Connections of which nothing can be said.
    encrypted: u64,
    outcome: Outcome,
}

/// A message, or bytes that are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Nanoseconds since 1970-01-01 UTC.
    pub time: u64,
    /// The number of the connection.
    pub connection: u64,
    /// The direction.
    pub from_client: bool,
    /// The name of the message; `None` for a gap.
    pub message: Option<MessageType>,
    /// What it says.
    pub text: String,
}

impl Story {
    /// A story without steps, of all connections or one.
    pub fn new(subject: Subject, only: Option<u64>) -> Self {
        // Most messages do not even have the bytes.
        let finder = match &subject {
            Subject::Call(id) => Finder::new(&id.to_be_bytes()).into_owned(),
            Subject::Agent(id) => Finder::new(id).into_owned(),
        };
        Self {
            subject,
            only,
            finder,
            steps: Vec::new(),
            asked: HashSet::new(),
            connections: HashMap::new(),
            left_out: 0,
            gaps: HashMap::new(),
            encrypted: 0,
            outcome: Outcome::Sound,
        }
    }

    /// The steps so far.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn is_about(&self, at: At<'_>, raw: RawMessage<'_>) -> bool {
        let is_other = self.only.is_some_and(|only| only != at.connection.number);
        if is_other || self.finder.find(raw.body).is_none() {
            return false;
        }
        let fields = Fields::new(at.connection.version, raw).into_iter().flatten();
        fields.flatten().any(|field| match &self.subject {
            Subject::Call(id) => is_call(&field) && field.value == Value::Unsigned(*id),
            Subject::Agent(id) => match field.value {
                Value::Text(text) => is_party(&field) && text == id.as_str(),
                _ => false,
            },
        })
    }

    fn step(&mut self, step: Step, info: &Info) {
        if self.steps.len() >= MOST_STEPS {
            self.left_out += 1;
            return;
        }
        self.gaps.remove(&info.number);
        self.connections.entry(info.number).or_insert_with(|| info.clone());
        self.steps.push(step);
    }

    /// Takes a message, or the start of one of which the whole body has so many bytes.
    fn take(&mut self, at: At<'_>, raw: RawMessage<'_>, cut_from: Option<usize>) {
        let number = at.connection.number;
        let is_request = raw.message_type.schema().is_some_and(|schema| schema.reply.is_some());
        let id = if self.asked.is_empty() && !is_request { None } else { raw.invoke_id() };
        let is_answer =
            !is_request && id.is_some_and(|id| self.asked.remove(&(number, !at.from_client, id.0)));
        if !is_answer && !self.is_about(at, raw) {
            return;
        }
        if let Some(id) = id.filter(|_| is_request && self.asked.len() < MOST_ASKED) {
            self.asked.insert((number, at.from_client, id.0));
        }
        let mut text = describe(at, raw);
        if let Some(length) = cut_from {
            text = format!("{text} ({} of {length} bytes are in the capture)", raw.body.len());
        }
        let message = Some(raw.message_type);
        let step = Step { time: at.time, connection: number, from_client: at.from_client, message, text };
        self.step(step, at.connection);
    }

    /// Writes the ladder, and tells how it went.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&mut self, out: &mut impl Write) -> io::Result<Outcome> {
        let what = match &self.subject {
            Subject::Call(id) => format!("Call {id}"),
            Subject::Agent(id) => format!("Agent {id}"),
        };
        self.steps.sort_by_key(|step| step.time);
        let Some(first) = self.steps.first() else {
            writeln!(out, "{what}: no message names it")?;
            if self.encrypted > 0 {
                let count = self.encrypted;
                writeln!(
                    out,
                    "{count} of the connections are encrypted (TLS), so their messages are not known"
                )?;
            }
            return Ok(self.outcome);
        };
        let messages = self.steps.iter().filter(|step| step.message.is_some()).count();
        writeln!(out, "{BOLD}{what}{BOLD:#}  {messages} messages, from {} UTC", Utc(first.time))?;
        let mut numbers: Vec<_> = self.connections.keys().copied().collect();
        numbers.sort_unstable();
        for Info { number, client, server, version, .. } in
            numbers.iter().filter_map(|number| self.connections.get(number))
        {
            writeln!(out, "  {BOLD}#{number}{BOLD:#}  client {client}, server {server}, version {version}")?;
        }
        let width = numbers.last().map_or(0, |number| number.to_string().len());
        writeln!(out, "{:14}{:>13}{:width$}  client{:30}server", "time", "since last", "", "")?;
        let mut before = first.time;
        for step in &self.steps {
            // The difference of the times as they are shown.
            let millis = step.time / 1_000_000 - before / 1_000_000;
            before = step.time;
            let elapsed = format!("{}.{:03}", millis / 1000, millis % 1000);
            write!(out, "{}  {DIM}+{elapsed:>9}{DIM:#}", TimeOfDay(step.time))?;
            write!(out, "  {BOLD}#{:<width$}{BOLD:#} ", step.connection)?;
            match step.message {
                Some(message) => {
                    let name = format!("{message:?}");
                    let bar = "─".repeat(36usize.saturating_sub(name.len()));
                    if step.from_client {
                        write!(out, "│─ {name} {bar}▶│")?;
                    } else {
                        write!(out, "│◀{bar} {name} ─│")?;
                    }
                }
                None => write!(out, "│ {:39}│", "")?,
            }
            writeln!(out, "  {}", step.text)?;
        }
        if self.left_out > 0 {
            writeln!(out, "{} more messages are left out", self.left_out)?;
        }
        out.flush()?;
        Ok(self.outcome)
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = AnsiColor::BrightBlack.on_default();

/// Whether a field identifies a call.
fn is_call(field: &Field<'_>) -> bool {
    field.schema.is_some_and(|line| line.role == Role::CallId || line.name.ends_with("CallID"))
}

/// Whether a field identifies an agent or a device.
fn is_party(field: &Field<'_>) -> bool {
    let parts = ["Agent", "Device", "Extension", "Instrument"];
    field.name().is_some_and(|name| parts.iter().any(|part| name.contains(part)))
}

/// What a message says, without its name. Passwords are not shown.
fn describe(at: At<'_>, raw: RawMessage<'_>) -> String {
    let (message, error) = Message::decode_readable(at.connection.version, raw);
    let mut text = message.to_string();
    if let Some(name) = message.name() {
        text = text.strip_prefix(name).map_or(text.clone(), |rest| rest.trim_start().to_owned());
    }
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    if let Some(error) = error {
        text = format!("{text} ({error})");
    }
    text
}

impl Sink for Story {
    fn message(&mut self, at: At<'_>, raw: RawMessage<'_>) {
        self.take(at, raw, None);
    }

    fn cut(&mut self, at: At<'_>, raw: RawMessage<'_>, length: usize) {
        self.outcome = Outcome::SomeBad;
        self.take(at, raw, Some(length));
    }

    fn gap(&mut self, at: At<'_>, bytes: u64) {
        self.outcome = Outcome::SomeBad;
        if self.connections.contains_key(&at.connection.number) {
            let (time, connection, from_client) = (at.time, at.connection.number, at.from_client);
            let gap = |bytes: u64, gaps: u64| Step {
                time,
                connection,
                from_client,
                message: None,
                text: match gaps {
                    1 => format!("{bytes} bytes of this connection are not in the capture here"),
                    _ => format!(
                        "{bytes} bytes of this connection are not in the capture, in {gaps} gaps from here"
                    ),
                },
            };
            // Gaps without another step of the connection between them are told in one line.
            let known = self.gaps.get_mut(&connection);
            if let Some((step, all, gaps)) =
                known.and_then(|(at, all, gaps)| Some((self.steps.get_mut(*at)?, all, gaps)))
            {
                (*all, *gaps) = (*all + bytes, *gaps + 1);
                *step = Step { time: step.time, ..gap(*all, *gaps) };
            } else {
                self.step(gap(bytes, 1), at.connection);
                self.gaps.insert(connection, (self.steps.len().saturating_sub(1), bytes, 1));
            }
        }
    }

    fn encrypted(&mut self, _: At<'_>) {
        self.encrypted += 1;
        self.outcome = Outcome::SomeBad;
    }

    fn skipped(&mut self, _: At<'_>, _: u64) {
        self.outcome = Outcome::SomeBad;
    }

    fn lost(&mut self, _: At<'_>, _: FrameError) {
        self.outcome = Outcome::SomeBad;
    }

    fn closed(&mut self, connection: &Info, time: u64, end: End) {
        let text = match (end, connection.closed_first) {
            (End::Closed, Some((true, _))) => "the connection was closed, by the client first",
            (End::Closed, _) => "the connection was closed, by the server first",
            (End::Reset { from_client: true }, _) => "the client reset the connection",
            (End::Reset { from_client: false }, _) => "the server reset the connection",
            (End::Replaced | End::Forgotten | End::CaptureEnded, _) => return,
        };
        if self.connections.contains_key(&connection.number) {
            let (connection_number, from_client) = (connection.number, true);
            let step =
                Step { time, connection: connection_number, from_client, message: None, text: text.into() };
            self.step(step, connection);
        }
    }
}
