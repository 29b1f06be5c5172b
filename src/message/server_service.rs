//! Server Service: services that applications provide to others.

use crate::codec::macros::messages;
use crate::types::id::{InvokeId, RegisteredServiceId};
use crate::types::named_values::ServerMode;
use crate::types::text::Str;

messages! {
($) Server, "Server Service";

/// Registers a service that a server application provides.
REGISTER_SERVICE_REQ = 143 => RegisterServiceReq, from Client, confirmed by RegisterServiceConf;
fixed {
    InvokeID   UINT   => invoke_id: InvokeId;
    ServerMode USHORT => server_mode: ServerMode, "The same for all who provide the service";
}
floating {
    ServiceName STRING(64) => service_name: Str<'a> = SERVICE_NAME [required], "So far only `Cisco:CallRecording`";
}

/// Confirms a service, and tells its identifier.
REGISTER_SERVICE_CONF = 144 => RegisterServiceConf, from Server;
fixed {
    InvokeID            UINT => invoke_id: InvokeId;
    RegisteredServiceID UINT => registered_service_id: RegisteredServiceId;
}
floating {}

/// Withdraws a service.
UNREGISTER_SERVICE_REQ = 145 => UnregisterServiceReq, from Client, confirmed by UnregisterServiceConf;
fixed {
    InvokeID            UINT => invoke_id: InvokeId;
    RegisteredServiceID UINT => registered_service_id: RegisteredServiceId;
}
floating {}

/// Confirms that the service is withdrawn.
UNREGISTER_SERVICE_CONF = 146 => UnregisterServiceConf, from Server;
}
