//! Both ends of a session, each with its input and the time.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use ged188::message::OpenReq;
use ged188::{Client, ClientConfig, ClientEvent, Input, SendError, Server, ServerConfig, ServerEvent};

/// An end with what arrives at it.
#[derive(Debug)]
pub(crate) struct End<T> {
    machine: T,
    pub(crate) input: Input,
    now: Duration,
}

pub(crate) type TestClient = End<Client>;
pub(crate) type TestServer = End<Server>;

impl<T> End<T> {
    pub(crate) fn new(now: Duration, machine: T) -> Self {
        Self { machine, input: Input::default(), now }
    }

    /// Bytes arrive.
    pub(crate) fn receive(&mut self, now: Duration, bytes: &[u8]) {
        self.now = self.now.max(now);
        self.input.push(bytes);
    }

    /// Time passes, to be seen by the next poll.
    pub(crate) fn tick(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }
}

impl TestClient {
    pub(crate) fn open(now: Duration, config: ClientConfig, open: &OpenReq<'_>) -> Result<Self, SendError> {
        Client::open(now, config, open).map(|client| Self::new(now, client))
    }

    pub(crate) fn poll(&mut self) -> Option<ClientEvent<'_>> {
        self.machine.poll(self.now, &mut self.input)
    }
}

impl TestServer {
    pub(crate) fn start(now: Duration, config: ServerConfig) -> Self {
        Self::new(now, Server::new(now, config))
    }

    pub(crate) fn poll(&mut self) -> Option<ServerEvent<'_>> {
        self.machine.poll(self.now, &mut self.input)
    }
}

macro_rules! output {
    ($($End:ident)*) => {$(
        impl $End {
            /// Takes the bytes that wait to be sent.
            pub(crate) fn sent(&mut self) -> Vec<u8> {
                let bytes = self.output().to_vec();
                self.drop_output();
                bytes
            }

            /// Sends the bytes that wait for it to nowhere.
            pub(crate) fn drop_output(&mut self) {
                let count = self.output().len();
                self.consume_output(count);
            }
        }
    )*};
}

output! { TestClient TestServer }

/// Whatever needs no input is asked of the machine itself.
impl<T> Deref for End<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.machine
    }
}

impl<T> DerefMut for End<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.machine
    }
}
