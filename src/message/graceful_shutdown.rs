//! Graceful Shutdown: maintenance, active and standby servers.

use crate::codec::macros::messages;
use crate::types::id::InvokeId;
use crate::types::scalar::Bool;

messages! {
    ($) GracefulShutdown, "Graceful Shutdown";

    /// The standby server becomes the active one.
    STANDBY_ACTIVE_EVENT = 277 => StandbyActiveEvent, from Server, since 24;
    fixed {}
    floating {}

    /// Asks whether the server may go into maintenance.
    ACTIVE_MAINTENANCE_REQ = 278 => ActiveMaintenanceReq, from Server, confirmed by ActiveMaintenanceResp, since 24;

    /// Says whether the server may go into maintenance.
    ACTIVE_MAINTENANCE_RESP = 279 => ActiveMaintenanceResp, from Client, since 24;
    fixed {
        InvokeID                UINT => invoke_id: InvokeId;
        MaintenanceModeAccepted BOOL => maintenance_mode_accepted: Bool;
    }
    floating {}

    /// Whether the maintenance goes ahead.
    ACTIVE_MAINTENANCE_EVENT = 280 => ActiveMaintenanceEvent, from Server, since 24;
    fixed {
        MaintenanceModeStatus BOOL => maintenance_mode_status: Bool, "True if it goes ahead, false if it is called off";
    }
    floating {}

    /// Tells the server in maintenance that no more requests will come.
    STOPPING_REQUESTS_TO_THIS_SIDE_IND = 281 => StoppingRequestsToThisSideInd, from Client, since 24;
    fixed {}
    floating {}
}
