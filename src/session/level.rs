//! How much an operator should mind an event.

/// How much an operator should mind an event, for a log of one's own: the levels are those of `log` and `tracing`.
///
/// ```
/// # use ged188::ClientEvent;
/// use ged188::session::Level;
///
/// fn log(event: &ClientEvent<'_>) {
///     match event.level() {
///         // tracing::error!("{event}"), and so on
///         Level::Error | Level::Warn => eprintln!("{event}"),
///         Level::Info => println!("{event}"),
///         Level::Debug => {}
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The session has ended as neither side asked for.
    Error,
    /// Something was refused, timed out, unexpected, or cannot be read. The session goes on.
    Warn,
    /// The state of the session or of a monitor changed.
    Info,
    /// Ordinary traffic.
    Debug,
}

impl Level {
    /// That of an outcome, where a success has this one.
    pub(crate) fn of<T, E>(result: &Result<T, E>, success: Self) -> Self {
        if result.is_ok() { success } else { Self::Warn }
    }
}
