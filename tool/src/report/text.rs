//! A report as text.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ged188::MessageType;
use ged188::named_values::CtiServiceMask;

use super::{Heartbeats, LATE, Monitors, OddField, Report};
use crate::Outcome;
use crate::connection::End;
use crate::time::{Lasting, TimeOfDay, Utc};

/// The most monitors that are named.
const MOST_NAMED: usize = 10;

impl Report {
    /// Writes a line of a table of connections.
    pub(crate) fn write_line(&self, out: &mut impl Write) -> io::Result<()> {
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

    /// Writes the report.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
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
    pub(crate) fn write_counts(&self, out: &mut impl Write) -> io::Result<()> {
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
        let slow = self.slow.iter().map(|(name, (count, longest))| {
            (*count, format!("{name}, the slowest after {}", Lasting(*longest)))
        });
        write_list(out, &bad(&format!("requests answered after more than {}", Lasting(LATE))), slow)?;
        let unanswered = self.unanswered.iter().map(|(name, count)| (*count, name));
        write_list(out, &bad("requests without answer"), unanswered)?;
        let refused = self.refused.iter().map(|((name, why), count)| (*count, format!("{name}: {why}")));
        write_list(out, &bad("refused or failed"), refused)?;
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
        let by_type = |counts: &BTreeMap<MessageType, u64>| {
            let line = |(message_type, count): (&MessageType, &u64)| (*count, format!("{message_type:?}"));
            counts.iter().map(line).collect::<Vec<_>>()
        };
        write_list(out, &bad("messages of which the capture has only the start"), by_type(&self.cut))?;
        if self.lost > 0 {
            writeln!(out, "  {BAD}{} cannot be right{BAD:#}", Many(self.lost, "header"))?;
        }
        let undecodable = self.undecodable.values().map(|(count, error)| (*count, error));
        write_list(out, &bad("messages that do not decode, with the first of each type"), undecodable)?;
        write_list(out, "messages without a published table in this version", by_type(&self.no_table))?;
        let odd_fields = self.odd_fields.iter().map(|(OddField { message, tag, name }, count)| {
            let what = match (name, tag) {
                (Some(name), _) => format!("{name} has an odd length"),
                (None, Some(tag)) => format!("tag {tag} is unknown"),
                (None, None) => "bytes behind the fixed part".into(),
            };
            (*count, format!("{message:?}: {what}"))
        });
        write_list(out, "fields that the tables do not have, or not with this length", odd_fields)
    }
}

/// A title that tells of something bad.
fn bad(title: &str) -> String {
    format!("{BAD}{title}{BAD:#}")
}

/// Writes counts, each with what it counts, under a title; nothing if there are none.
fn write_list<T: fmt::Display>(
    out: &mut impl Write,
    title: &str,
    lines: impl IntoIterator<Item = (u64, T)>,
) -> io::Result<()> {
    for (at, (count, what)) in lines.into_iter().enumerate() {
        if at == 0 {
            writeln!(out, "  {title}")?;
        }
        writeln!(out, "    {count:>9}  {what}")?;
    }
    Ok(())
}

pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();

/// A count with its noun.
pub(crate) struct Many(pub(crate) u64, pub(crate) &'static str);

impl fmt::Display for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}
