//! What a session tells an index above it.

use alloc::sync::Arc;
use core::fmt;
use core::hash::BuildHasher;
use hashbrown::DefaultHashBuilder;

use crate::types::id::CallId;

/// What an event looks for in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SearchKey {
    /// A device, by a hash of its identifier. A session that is found by chance finds nothing.
    Device(u64),
    /// A call that the session knows.
    Call(CallId),
    /// All events.
    AllEvents,
    /// CALL_TRANSLATION_ROUTE_EVENT, which no monitor gets.
    TranslationRoutes,
}

/// An index above the sessions, as one of them sees it: it is told of each change when it happens.
#[derive(Clone)]
pub(crate) struct Observer {
    /// How the index hashes devices.
    hasher: DefaultHashBuilder,
    tell: Arc<dyn Fn(SearchKey, bool) + Send + Sync>,
}

impl Observer {
    #[cfg(feature = "std")]
    pub(crate) fn new(
        hasher: DefaultHashBuilder,
        tell: impl Fn(SearchKey, bool) + Send + Sync + 'static,
    ) -> Self {
        Self { hasher, tell: Arc::new(tell) }
    }

    /// Says that something is there, or that it is gone.
    pub(crate) fn tell(&self, key: SearchKey, is_there: bool) {
        (self.tell)(key, is_there);
    }

    /// What events look for that name this device.
    pub(crate) fn device(&self, id: &[u8]) -> SearchKey {
        search_key_of_device(&self.hasher, id)
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// What events look for that name this device.
pub(crate) fn search_key_of_device(hasher: &DefaultHashBuilder, id: &[u8]) -> SearchKey {
    SearchKey::Device(hasher.hash_one(id))
}
