//! Messages as a peer writes them: numbers and bytes by hand.

/// A message: its number, the UINTs that its fixed part begins with, and the rest of its body.
pub(crate) fn message(number: u32, uints: &[u32], rest: &[u8]) -> Vec<u8> {
    let mut body: Vec<u8> = uints.iter().flat_map(|uint| uint.to_be_bytes()).collect();
    body.extend(rest);
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(number.to_be_bytes());
    bytes.extend(body);
    bytes
}

/// FAILURE_CONF.
pub(crate) fn failure_conf(invoke_id: u32, status: u32) -> Vec<u8> {
    message(1, &[invoke_id, status], b"")
}

/// FAILURE_EVENT.
pub(crate) fn failure_event(status: u32) -> Vec<u8> {
    message(2, &[status], b"")
}

/// What an OPEN_REQ asks for; the fields that all versions have.
#[derive(Clone, Copy)]
pub(crate) struct Open<'a> {
    pub(crate) version: u32,
    pub(crate) idle_timeout: u32,
    pub(crate) peripheral_id: u32,
    pub(crate) services: u32,
    pub(crate) call_mask: u32,
    pub(crate) agent_mask: u32,
    pub(crate) config_mask: u32,
    pub(crate) reserved: u32,
    /// The floating part, as for versions up to 19.
    pub(crate) fields: &'a [(u8, &'a [u8])],
}

impl Default for Open<'_> {
    fn default() -> Self {
        Self {
            version: 14,
            idle_timeout: u32::MAX,
            peripheral_id: u32::MAX,
            services: 0x20,
            call_mask: 0,
            agent_mask: 0,
            config_mask: 0,
            reserved: 0,
            fields: &[(1, b"desk\0"), (2, b"\0")],
        }
    }
}

impl Open<'_> {
    /// The OPEN_REQ, with InvokeID 1.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut uints = vec![1, self.version, self.idle_timeout, self.peripheral_id, self.services];
        uints.extend([self.call_mask, self.agent_mask]);
        if self.version >= 10 {
            uints.push(self.config_mask);
        }
        uints.extend([self.reserved, 0, 0]);
        message(3, &uints, &fields(self.version, self.fields))
    }
}

/// A floating part.
pub(crate) fn fields(version: u32, fields: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (tag, data) in fields {
        let length = data.len() as u8;
        bytes.extend(if version < 20 { vec![*tag, length] } else { vec![0, *tag, 0, length] });
        bytes.extend(*data);
    }
    bytes
}

/// OPEN_CONF; the SessionType is there from version 24.
pub(crate) fn open_conf(version: u32, granted: u32, session_type: u16) -> Vec<u8> {
    // ServicesGranted, MonitorID, PGStatus, ICMCentralControllerTime, PeripheralOnline, PeripheralType,
    // AgentState, DepartmentID, SessionType.
    let mut rest = b"\0\x01\0\x11\0\0".to_vec();
    if version >= 19 {
        rest.extend(0u32.to_be_bytes());
    }
    if version >= 24 {
        rest.extend(session_type.to_be_bytes());
    }
    message(4, &[1, granted, 0, 0, 0], &rest)
}
