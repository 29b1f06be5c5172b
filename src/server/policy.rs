//! A simple answer to who may open a session.

use crate::message::{OpenConf, OpenReq};
use crate::types::named_values::{CtiServiceMask, StatusCode};
use crate::types::scalar::Bool;
use crate::version::ProtocolVersion;

/// Who may open a session, and which services are granted: for servers that need no more than that.
///
/// ```
/// use ged188::message::OpenReq;
/// use ged188::named_values::CtiServiceMask;
/// use ged188::server::Policy;
///
/// let policy = Policy { services: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR, ..Policy::default() };
/// let open = OpenReq { services_requested: CtiServiceMask::all(), ..Default::default() };
/// let conf = policy.decide(&open).unwrap();
/// assert_eq!(conf.services_granted, CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// The services that are granted to those who ask for them; by default all.
    pub services: CtiServiceMask,
    /// The client IDs with their passwords; by default `None`, and anybody may open a session.
    pub clients: Option<&'a [(&'a str, crate::text::Secret<&'a str>)]>,
}

impl Default for Policy<'_> {
    fn default() -> Self {
        Self { services: CtiServiceMask::known(ProtocolVersion::MAX), clients: None }
    }
}

impl Policy<'_> {
    /// What to answer to OPEN_REQ: OPEN_CONF, or the status of a refusal.
    ///
    /// # Errors
    ///
    /// E_CTI_INVALID_PASSWORD if the client is unknown, or its password is wrong.
    pub fn decide(&self, open: &OpenReq<'_>) -> Result<OpenConf<'static>, StatusCode> {
        let id = open.client_id.unwrap_or_default();
        let password = open.client_password.unwrap_or_default();
        // Some clients send an empty password as a single NUL, and others end theirs with one.
        let password = match password.reveal().0.split_last() {
            Some((0, password)) => password,
            _ => password.reveal().0,
        };
        let known = self.clients.is_none_or(|clients| {
            clients.iter().any(|(client, secret)| id == **client && password == secret.reveal().as_bytes())
        });
        if !known {
            return Err(StatusCode::E_CTI_INVALID_PASSWORD);
        }
        Ok(OpenConf {
            services_granted: open.services_requested & self.services,
            peripheral_online: Bool::TRUE,
            ..Default::default()
        })
    }
}
