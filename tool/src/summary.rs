//! `summary`: the reports of all connections.

use std::io::{self, Write};

use ged188::{FrameError, RawMessage};
use hashbrown::HashMap;

use crate::Outcome;
use crate::connection::{At, End, Info, Sink};
use crate::follow::Counts;
use crate::report::Report;
use crate::report::text::{BAD, Many, TITLE};
use crate::time::{Lasting, Utc};

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
            report.cut(at, message);
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
        report.close(connection, time, end);
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
