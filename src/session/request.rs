//! Requests in both directions: how the one who asks tells its responses, and how the other answers.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::{RequestError, is_control};
use crate::codec::body::Request;
use crate::message::Message;
use crate::types::id::InvokeId;
use crate::types::message_type::MessageType;

/// A request of this end, to know it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId {
    /// Its InvokeID; configuration requests have none.
    pub invoke_id: Option<InvokeId>,
    /// Its type.
    pub message_type: MessageType,
}

impl RequestId {
    /// Whether it is a request of the Client Control service.
    pub(crate) fn is_control(&self) -> bool {
        is_control(self.message_type)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.invoke_id {
            Some(id) => write!(f, "{:?} {id}", self.message_type),
            None => write!(f, "{:?}", self.message_type),
        }
    }
}

/// A request of this end that waits for its response, with the type of the request.
///
/// It is one of its session: another session, also the next one after a failure, gives the same to other requests.
///
/// It equals the [`RequestId`] of its [`Response`], and [`Response::to`] gives the confirmation as the type that
/// belongs to the request. It does not borrow the request: of one that borrows its texts, `Pending<MakeCallReq<'static>>`
/// is the type to keep it in.
pub struct Pending<R: ?Sized> {
    id: RequestId,
    // The lifetime of what the request borrowed does not matter.
    request: PhantomData<fn(&R)>,
}

impl<R: ?Sized> Pending<R> {
    pub(crate) fn new(id: RequestId) -> Self {
        Self { id, request: PhantomData }
    }

    /// The request without its type.
    pub fn id(&self) -> RequestId {
        self.id
    }
}

impl<R: ?Sized> Clone for Pending<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: ?Sized> Copy for Pending<R> {}

impl<R: ?Sized> fmt::Debug for Pending<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.id).finish()
    }
}

impl<R: ?Sized> PartialEq for Pending<R> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<R: ?Sized> Eq for Pending<R> {}

impl<R: ?Sized> Hash for Pending<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<R: ?Sized> PartialEq<Pending<R>> for RequestId {
    fn eq(&self, other: &Pending<R>) -> bool {
        *self == other.id
    }
}

impl<R: ?Sized> PartialEq<RequestId> for Pending<R> {
    fn eq(&self, other: &RequestId) -> bool {
        self.id == *other
    }
}

impl<R: ?Sized> From<Pending<R>> for RequestId {
    fn from(pending: Pending<R>) -> Self {
        pending.id
    }
}

/// The outcome of a request of this end.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<'a> {
    /// The request.
    pub request: RequestId,
    /// The confirmation, or why there is none.
    pub result: Result<Message<'a>, RequestError>,
}

impl<'a> Response<'a> {
    /// The response to this request, with the confirmation as its own type; `None` if it is the response to another.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use ged188::{Client, ClientEvent, Input, SendError};
    /// use ged188::message::{MakeCallConf, MakeCallReq};
    ///
    /// # fn run(client: &mut Client, now: Duration, input: &mut Input) -> Result<(), SendError> {
    /// let call = client.request(now, &MakeCallReq {
    ///     agent_instrument: Some("5001".into()),
    ///     dialed_number: Some("5002".into()),
    ///     ..Default::default()
    /// })?;
    /// while let Some(event) = client.poll(now, input) {
    ///     let ClientEvent::Response(response) = event else { continue };
    ///     match response.to(call) {
    ///         Some(Ok(MakeCallConf { new_connection_call_id, .. })) => println!("call {new_connection_call_id:?}"),
    ///         Some(Err(error)) => println!("no call: {error}"),
    ///         None => {}
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn to<R>(&self, request: Pending<R>) -> Option<Result<R::Confirmation<'a>, RequestError>>
    where
        R: Request + ?Sized,
        R::Confirmation<'a>: TryFrom<Message<'a>>,
    {
        if self.request != request {
            return None;
        }
        match self.result.clone() {
            Ok(message) => message.try_into().ok().map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
}

/// A handle to answer a request of the peer with, at once or later.
///
/// It belongs to its session. A server's end refuses a request that is not answered in time; a client's end does so with
/// ACTIVE_MAINTENANCE_REQ.
#[derive(Debug, PartialEq, Eq, Hash)]
#[must_use = "the peer waits for an answer"]
pub struct Responder {
    /// The session that it belongs to.
    pub(crate) session: u32,
    /// The number of the request in the session.
    pub(crate) number: u64,
    pub(crate) invoke_id: Option<InvokeId>,
    pub(crate) message_type: MessageType,
}

impl Responder {
    /// The InvokeID of the request; configuration requests have none.
    pub fn invoke_id(&self) -> Option<InvokeId> {
        self.invoke_id
    }

    /// The type of the request.
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// Whether it is a request of the Client Control service.
    pub fn is_control(&self) -> bool {
        is_control(self.message_type)
    }

    /// Whether messages of this type confirm the request.
    pub(crate) fn is_confirmed_by(&self, answer: MessageType) -> bool {
        self.message_type.schema().is_some_and(|schema| schema.reply == Some(answer))
    }
}
