//! The program `ged188`: arguments, files, exit status.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use ged188::ProtocolVersion;
use ged188::frame::DEFAULT_BODY_LIMIT;
use ged188_tool::Outcome;
use ged188_tool::anonymise::{anonymise_capture, anonymise_lines};
use ged188_tool::capture::Capture;
use ged188_tool::connection::Options;
use ged188_tool::decode::Lines;
use ged188_tool::follow::{Progress, follow};
use ged188_tool::pseudonym::Pseudonyms;
use ged188_tool::raw::{Decode, encode_lines};
use ged188_tool::spool::Spool;
use ged188_tool::story::{Story, Subject};
use ged188_tool::summary::Summary;

const EXAMPLES: &str = "\
Examples:
  ged188 summary site.pcapng                          what happened on each connection, and what went wrong
  ged188 summary site.pcapng --call 16779301          the story of a call
  ged188 summary site.pcapng --agent 5001             the story of an agent, by ID, extension or device
  ged188 decode site.pcapng > messages.jsonl          every message of both directions, a line each
  ged188 decode site.pcapng | jq 'select(.name == \"FAILURE_CONF\")'
  ged188 anonymise site.pcapng -o public.pcapng       the same capture without names, numbers and passwords
  ged188 decode stream.bin | ged188 encode -o again.bin

Exit status: 0 everything was read, 1 something could not be decoded or is missing, 2 the input cannot be read (to its
end).";

/// Looks into captures of Cisco's CTI Server protocol (GED-188), versions 9 to 25.
#[derive(Debug, Parser)]
#[command(name = "ged188", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows messages as JSON Lines, every field in wire order.
    #[command(after_help = DECODE_HELP)]
    Decode(DecodeArgs),
    /// Turns JSON Lines of `decode` back into messages.
    #[command(after_help = ENCODE_HELP)]
    Encode(EncodeArgs),
    /// Reports what happened on each connection of a capture, or tells the story of a call or an agent.
    #[command(after_help = SUMMARY_HELP)]
    Summary(SummaryArgs),
    /// Copies a capture with all text in it replaced.
    #[command(after_help = ANONYMISE_HELP)]
    Anonymise(AnonymiseArgs),
    /// Prints completions for a shell.
    #[command(
        after_help = "Example:\n  ged188 completions bash > ~/.local/share/bash-completion/completions/ged188"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Writes manual pages, one for each command.
    #[command(after_help = "Example:\n  ged188 man ~/.local/share/man/man1 && man ged188-decode")]
    Man {
        /// The folder to write them to; it is made if there is none.
        folder: PathBuf,
    },
}

const DECODE_HELP: &str = "\
Of a capture, each line has time (seconds since 1970), connection (its number), from and to, then the same as of a
stream. A message with \"cut_from\" is the start of one whose body has so many bytes, as snap lengths leave it. Other
lines say what is not there: \"gap\" so many bytes are not in the capture, \"skipped\" so many bytes belong to no message,
\"error\" a header that cannot be right. The version is that of the OPEN_REQ; if a connection began before the capture it
is guessed, and \"version_guessed\" says so. Passwords are shown, since every byte is; --hide-passwords leaves them out.

Examples:
  ged188 decode site.pcap
  ged188 decode site.pcap --port 42067
  tcpdump -i eth0 -U -w - port 42027 | ged188 decode --pcap -
  ged188 decode --version 14 from-server.bin";

const ENCODE_HELP: &str = "\
Lengths are computed; offset, length, means, after, time, connection, from and to are not read; raw goes before value, and
body before fields. If a line is wrong it says which and why, and writes nothing at all.

Example:
  ged188 encode messages.jsonl -o stream.bin";

const SUMMARY_HELP: &str = "\
Passwords are never shown.

Examples:
  ged188 summary site.pcap
  ged188 summary site.pcap --call 16779301
  ged188 summary site.pcap --agent 5001";

const ANONYMISE_HELP: &str = "\
All text is replaced: numbers, names, IDs, passwords, call variables. The same text becomes the same other text
everywhere, of the same length, digits for digits and letters for letters, so the copy decodes as the original does.
What cannot be decoded becomes zeros. Packets of other traffic, comments and names of hosts are left out. Not replaced
are numbers that are no text (call IDs, skill groups, times) and the addresses of the packets.

Of JSON Lines as `decode` writes them, the lines are rewritten in the same way.

Examples:
  ged188 anonymise site.pcapng -o public.pcapng
  ged188 anonymise monday.pcap --key 'a long secret' -o monday-public.pcap    (tuesday.pcap gets the same names)";

/// A number, in decimal or hexadecimal.
fn id(text: &str) -> Result<u32, String> {
    let id = match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    id.map_err(|_| "an ID is a number, such as 301 or 0x12d".into())
}

fn version(text: &str) -> Result<ProtocolVersion, String> {
    let version = text.parse().ok().and_then(ProtocolVersion::new);
    version.ok_or_else(|| "versions are 9 to 25".into())
}

#[derive(Debug, Args)]
struct Follow {
    /// Ports of CTI servers, with commas between them [default: 42027,43027,42030,43030, and whatever begins with an
    /// OPEN_REQ]
    #[arg(long, value_delimiter = ',', value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    port: Vec<u16>,
    /// The protocol version, whatever connections say
    #[arg(long, value_name = "N", value_parser = version)]
    version: Option<ProtocolVersion>,
    /// The longest message that is believed, without its header
    #[arg(long, value_name = "BYTES", default_value_t = DEFAULT_BODY_LIMIT)]
    limit: usize,
}

impl Follow {
    fn options(&self) -> Options {
        Options { ports: self.port.clone(), version: self.version, limit: self.limit }
    }
}

#[derive(Debug, Args)]
struct DecodeArgs {
    /// A stream of one direction, or a capture; standard input if there is none
    #[arg(conflicts_with = "pcap")]
    file: Option<PathBuf>,
    /// A capture (pcap or pcapng; - for standard input)
    #[arg(long, value_name = "FILE")]
    pcap: Option<PathBuf>,
    #[command(flatten)]
    follow: Follow,
    /// Also decode every message of a stream into its type, encode it again, and write it to OUT
    #[arg(long, value_name = "OUT", conflicts_with = "pcap")]
    reencode: Option<PathBuf>,
    /// Leave passwords out
    #[arg(long)]
    hide_passwords: bool,
}

#[derive(Debug, Args)]
struct EncodeArgs {
    /// JSON Lines; standard input if there is none
    file: Option<PathBuf>,
    /// Where to write the messages [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct SummaryArgs {
    /// A capture (pcap or pcapng; - for standard input)
    file: PathBuf,
    #[command(flatten)]
    follow: Follow,
    /// Tell the story of the call with this ID instead
    #[arg(long, value_name = "ID", conflicts_with = "agent", value_parser = id)]
    call: Option<u32>,
    /// Tell the story of the agent with this ID, extension or device instead
    #[arg(long, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    agent: Option<String>,
    /// Of this connection alone, by its number
    #[arg(long, value_name = "N")]
    connection: Option<u64>,
}

#[derive(Debug, Args)]
struct AnonymiseArgs {
    /// A capture (pcap or pcapng), or JSON Lines of `decode`; - for standard input
    file: PathBuf,
    /// Where to write the copy
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    #[command(flatten)]
    follow: Follow,
    /// The same key gives the same text the same names in another run; who has it can test guesses [default: random]
    #[arg(long)]
    key: Option<String>,
}

/// A file or standard input, with its size if it has one.
fn open(path: &Path) -> Result<(Box<dyn Read>, Option<u64>), String> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let cannot_read = |error| format!("cannot read {}: {error}", path.display());
    let file = File::open(path).map_err(cannot_read)?;
    let data = file.metadata().map_err(cannot_read)?;
    if data.is_dir() {
        return Err(format!("cannot read {}: it is a folder", path.display()));
    }
    Ok((Box::new(file), data.is_file().then_some(data.len())))
}

/// Whether a file is a capture, whatever it is taken for.
fn is_capture(path: &Path) -> bool {
    let mut start = [0; 4];
    // A pipe can be read only once.
    let is_file = path.metadata().is_ok_and(|data| data.is_file());
    let read = |start: &mut [u8]| File::open(path).and_then(|mut file| file.read_exact(start));
    is_file && read(&mut start).is_ok() && Capture::<File>::is_capture(&start)
}

/// Refuses to write over what is read.
fn check_output(input: Option<&Path>, output: Option<&Path>) -> Result<(), String> {
    match (input, output) {
        (Some(input), Some(output)) if same_file::is_same_file(input, output).unwrap_or(false) => {
            Err(format!("{} is the input itself: name another file for the output", output.display()))
        }
        _ => Ok(()),
    }
}

/// Whether writing failed because the reader has seen enough.
fn is_pipe_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

fn written(result: io::Result<Outcome>) -> Result<Outcome, String> {
    match result {
        Ok(outcome) => Ok(outcome),
        Err(error) if is_pipe_closed(&error) => Ok(Outcome::Sound),
        Err(error) => Err(format!("cannot write: {error}")),
    }
}

/// Tells what a user should know of a capture, and how it went.
fn concluded(
    path: &Path,
    counts: &ged188_tool::follow::Counts,
    result: Result<(), ged188_tool::capture::CaptureError>,
    outcome: Outcome,
) -> Outcome {
    let mut stderr = io::stderr().lock();
    let _ = match result {
        Ok(()) => write!(stderr, "{counts}"),
        Err(error) => {
            let _ = writeln!(stderr, "{}: {error}", path.display());
            return Outcome::Broken;
        }
    };
    outcome.max(counts.outcome())
}

fn decode(args: &DecodeArgs) -> Result<Outcome, String> {
    let secrets = !args.hide_passwords;
    let mut stdout = io::stdout().lock();
    let file = args.file.as_deref().filter(|path| *path != Path::new("-"));
    let is_piped = || io::stdin().lock().fill_buf().is_ok_and(Capture::<File>::is_capture);
    let piped = (file.is_none() && args.pcap.is_none() && is_piped()).then_some(Path::new("-"));
    let Some(path) = args.pcap.as_deref().or(file.filter(|path| is_capture(path))).or(piped) else {
        check_output(file, args.reencode.as_deref())?;
        let Follow { version, limit, .. } = args.follow;
        return Decode { file, version, limit, reencode: args.reencode.as_deref(), secrets }.run(&mut stdout);
    };
    if args.reencode.is_some() {
        return Err("--reencode takes a stream of one direction, not a capture".into());
    }
    let (file, size) = open(path)?;
    let mut lines = Lines::new(stdout, args.follow.limit, secrets);
    let (mut capture, mut progress) = (Capture::new(file), Progress::new(size));
    let (counts, result) =
        follow(&mut capture, args.follow.options(), &mut lines, &mut progress, |lines| !lines.has_failed());
    let stopped = lines.has_failed();
    let outcome = written(lines.finish())?;
    Ok(if stopped { outcome } else { concluded(path, &counts, result, outcome) })
}

fn encode(args: &EncodeArgs) -> Result<Outcome, String> {
    check_output(args.file.as_deref(), args.output.as_deref())?;
    let input: Box<dyn BufRead> = match args.file.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => Box::new(BufReader::new(open(path)?.0)),
        None => Box::new(io::stdin().lock()),
    };
    encode_lines(input, args.output.as_deref()).map(|()| Outcome::Sound)
}

fn summary(args: &SummaryArgs) -> Result<Outcome, String> {
    let (file, size) = open(&args.file)?;
    let (mut capture, mut progress) = (Capture::new(file), Progress::new(size));
    let options = args.follow.options();
    let subject = args.call.map(Subject::Call).or(args.agent.clone().map(Subject::Agent));
    let mut stdout = anstream::stdout().lock();
    if let Some(subject) = subject {
        let mut story = Story::new(subject, args.connection);
        let (counts, result) = follow(&mut capture, options, &mut story, &mut progress, |_| true);
        let outcome = written(story.write(&mut stdout))?;
        return Ok(concluded(&args.file, &counts, result, outcome));
    }
    let mut summary = Summary::of(args.connection);
    let (counts, result) = follow(&mut capture, options, &mut summary, &mut progress, |_| true);
    if result.is_err() && counts.packets == 0 {
        return Ok(concluded(&args.file, &counts, result, Outcome::Broken));
    }
    let outcome = written(summary.write(&args.file.display().to_string(), &counts, &mut stdout))?;
    Ok(concluded(&args.file, &counts, result, outcome))
}

fn anonymise(args: &AnonymiseArgs) -> Result<Outcome, String> {
    check_output(Some(&args.file), Some(&args.output))?;
    let names = match &args.key {
        Some(key) => Pseudonyms::with_key(key),
        None => Pseudonyms::random().map_err(|error| format!("there are no random numbers: {error}"))?,
    };
    let (file, size) = open(&args.file)?;
    let mut file = BufReader::new(file);
    let cannot_write = |error: io::Error| format!("cannot write {}: {error}", args.output.display());
    let mut spool = Spool::new(Some(&args.output)).map_err(cannot_write)?;
    let is_lines = file.fill_buf().is_ok_and(|start| start.trim_ascii_start().starts_with(b"{"));
    let outcome = if is_lines {
        anonymise_lines(file, &mut spool, names)?
    } else {
        let mut progress = Progress::new(size);
        let mut capture = Capture::new(file);
        let (counts, result) =
            anonymise_capture(&mut capture, args.follow.options(), names, &mut spool, &mut progress)
                .map_err(cannot_write)?;
        if result.is_err() && counts.packets == 0 {
            // There is nothing to keep.
            return Ok(concluded(&args.file, &counts, result, Outcome::Broken));
        }
        let left_out = counts.packets - counts.followed;
        if left_out > 0 && counts.followed > 0 {
            eprintln!("{left_out} of {} packets are of other traffic and were left out", counts.packets);
        }
        concluded(&args.file, &counts, result, Outcome::Sound)
    };
    spool.finish().map_err(cannot_write)?;
    Ok(outcome)
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Decode(args) => decode(&args),
        Command::Encode(args) => encode(&args),
        Command::Summary(args) => summary(&args),
        Command::Anonymise(args) => anonymise(&args),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "ged188", &mut io::stdout());
            Ok(Outcome::Sound)
        }
        Command::Man { folder } => std::fs::create_dir_all(&folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &folder))
            .map(|()| Outcome::Sound)
            .map_err(|error| format!("cannot write to {}: {error}", folder.display())),
    };
    match result {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::SomeBad) => ExitCode::from(1),
        Ok(Outcome::Broken) => ExitCode::from(2),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
