//! Adding and removing monitors, at a server.

use crate::common::event;
use crate::common::event::V::{N, S};
use crate::common::wire::Open;
use ged188::named_values::StatusCode;
use ged188::server::Strictness;
use ged188::{ServerConfig, ServerEvent as Event};

use crate::server_end::*;

#[test]
fn a_monitor_gets_an_identifier_that_no_other_has_had() {
    let mut server = open();
    let mut ids = vec![device(&mut server, AGENT, "5001"), call(&mut server, 301, "5001")];
    assert_eq!(stop(&mut server, ids[0]), event::bytes(14, "MONITOR_STOP_CONF", &[("InvokeID", N(9))]));
    ids.push(device(&mut server, AGENT, "5001"));
    ids.push(device(&mut server, TRUNK, "17"));
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    assert!(!ids.contains(&0));
    assert_eq!(server.monitor_count(), 3);
}

#[test]
fn a_second_monitor_of_a_target_gets_each_event_too() {
    let mut server = open();
    let ids = [device(&mut server, AGENT, "5001"), device(&mut server, AGENT, "5001")];
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), ids);
    let ids = [call(&mut server, 301, "5002"), call(&mut server, 301, "5002")];
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), ids);
}

#[test]
fn monitors_come_and_go_without_effect_on_others() {
    let mut server = open();
    let (first, second) = (device(&mut server, AGENT, "5001"), device(&mut server, AGENT, "5002"));
    let third = device(&mut server, AGENT, "5001");
    stop(&mut server, first);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), [third]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), [second]);
    stop(&mut server, third);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), [0; 0]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5002"), [second]);
    assert!(server.is_open());
}

#[test]
fn a_wrong_request_for_a_monitor_has_its_status() {
    let both_masks_strict = ServerConfig { strictness: Strictness::Strict, ..Default::default() };
    let of_device = |kind, id| vec![("MonitoredDeviceType", N(kind)), ("MonitoredDeviceID", S(id))];
    let of_call = |id, device| call_request(id, device).to_vec();
    for (values, status) in [
        // Both a device and a call.
        ([of_device(AGENT, "5001"), of_call(301, "5001")].concat(), "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES"),
        (
            vec![("MonitoredDeviceType", N(AGENT)), ("ConnectionCallID", N(301))],
            "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES",
        ),
        (
            [of_call(301, "5001"), vec![("MonitoredDeviceID", S("5001"))]].concat(),
            "E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES",
        ),
        // Neither, or only half of one.
        (vec![], "E_CTI_REQUIRED_DATA_MISSING"),
        (vec![("MonitoredDeviceType", N(AGENT))], "E_CTI_REQUIRED_DATA_MISSING"),
        (of_device(AGENT, ""), "E_CTI_REQUIRED_DATA_MISSING"),
        (vec![("MonitoredDeviceID", S("5001"))], "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(301, ""), "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(0, "5001"), "E_CTI_REQUIRED_DATA_MISSING"),
        (of_call(u32::MAX, "5001"), "E_CTI_REQUIRED_DATA_MISSING"),
        // Types that are none.
        (of_device(4711, "5001"), "E_CTI_INVALID_DEVICE_ID_TYPE"),
        (
            vec![
                ("ConnectionCallID", N(301)),
                ("ConnectionDeviceIDType", N(NONE)),
                ("ConnectionDeviceID", S("5001")),
            ],
            "E_CTI_INVALID_CONNECTION_ID_TYPE",
        ),
        // Bits that no mask has.
        (
            [of_device(AGENT, "5001"), vec![("CallMsgMask", N(0x8000_0000)), ("AgentStateMask", N(1))]]
                .concat(),
            "E_CTI_INVALID_CALL_MSG_MASK",
        ),
        (
            [of_device(AGENT, "5001"), vec![("CallMsgMask", N(1)), ("AgentStateMask", N(0x8000_0000))]]
                .concat(),
            "E_CTI_INVALID_AGENT_STATE_MASK",
        ),
    ] {
        let open = Open { services: 0x1160, ..Open::default() };
        let mut server = open_with(both_masks_strict.clone(), open);
        let mut all = values.clone();
        if !values.iter().any(|(name, _)| *name == "CallMsgMask") {
            all.extend([("CallMsgMask", N(1)), ("AgentStateMask", N(1))]);
        }
        let answer = ask(&mut server, &all);
        assert_eq!(refused(&answer), code(status), "{values:?}");
        assert_eq!(server.monitor_count(), 0);
    }
}

#[test]
fn a_call_or_device_that_does_not_exist_is_for_the_application_to_refuse() {
    for status in ["E_CTI_INVALID_CALLID", "E_CTI_INVALID_DEVICE"] {
        let mut server = open();
        let mut values = vec![("InvokeID", N(9)), ("PeripheralID", N(5000))];
        values.extend(call_request(301, "5001"));
        server.receive(NOW, &event::bytes(14, "MONITOR_START_REQ", &values));
        let Some(Event::MonitorRequested { responder, peripheral_id, target, masks }) = server.poll() else {
            panic!()
        };
        assert_eq!(target.to_string(), "call 301 at 5001");
        assert_eq!(peripheral_id.unwrap().0, 5000);
        assert_eq!((masks.calls.bits(), masks.agents.bits()), (0, 0));
        server.refuse(NOW, responder, StatusCode(code(status))).unwrap();
        assert_eq!(refused(&server.sent()), code(status));
        assert_eq!(server.monitor_count(), 0);
    }
}

#[test]
fn a_monitor_that_is_not_there_cannot_be_stopped_or_changed() {
    let (mut server, mut other) = (open(), open());
    let own = device(&mut server, AGENT, "5001");
    // That is another session's.
    for _ in 0..5 {
        device(&mut other, AGENT, "5001");
    }
    for id in [0, own + 1, own + 4, u32::MAX] {
        assert_eq!(refused(&stop(&mut server, id)), code("E_CTI_INVALID_MONITORID"));
        let change = [("InvokeID", N(9)), ("MonitorID", N(id))];
        let answer = answer(&mut server, &event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change));
        assert_eq!(refused(&answer), code("E_CTI_INVALID_MONITORID"));
    }
    assert_eq!(server.monitor_count(), 1);
}

#[test]
fn new_masks_take_the_place_of_both_old_ones() {
    let mut server = open();
    let masks = table_mask("CallEventMask");
    let id = device_with(&mut server, "5001", masks["CALL_CLEARED_MASK"], 0);
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [0; 0]);
    let change = [
        ("InvokeID", N(9)),
        ("MonitorID", N(id)),
        ("CallMsgMask", N(masks["CALL_HELD_MASK"])),
        ("AgentStateMask", N(table_mask("AgentStateMask")["AGENT_AVAILABLE_MASK"])),
    ];
    let answer = answer(&mut server, &event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change));
    assert_eq!(answer, event::bytes(14, "CHANGE_MONITOR_MASK_CONF", &[("InvokeID", N(9))]));
    assert_eq!(of_call(&mut server, "CALL_HELD_EVENT", 301, "5001"), [id]);
    assert_eq!(of_call(&mut server, "CALL_CLEARED_EVENT", 301, "5001"), [0; 0]);
    let agent = |state| [("AgentState", N(state)), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(3)), [id]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(4)), [0; 0]);
}

#[test]
fn a_strict_server_wants_masks_that_it_knows() {
    let config = ServerConfig { strictness: Strictness::Strict, ..Default::default() };
    let mut server = open_with(config, Open { services: 0x1160, ..Open::default() });
    let id = device_with(&mut server, "5001", 1, 1);
    let change = |calls, agents| {
        [("InvokeID", N(9)), ("MonitorID", N(id)), ("CallMsgMask", N(calls)), ("AgentStateMask", N(agents))]
    };
    for (calls, agents, status) in
        [(ALL, 1, "E_CTI_INVALID_CALL_MSG_MASK"), (1, ALL, "E_CTI_INVALID_AGENT_STATE_MASK")]
    {
        let request = event::bytes(14, "CHANGE_MONITOR_MASK_REQ", &change(calls, agents));
        assert_eq!(refused(&answer(&mut server, &request)), code(status));
    }
}
