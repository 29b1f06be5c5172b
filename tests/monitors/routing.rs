//! Which monitors get an event.

use crate::common::ends::TestServer;
use crate::common::event;
use crate::common::event::V::{N, S};
use ged188::{SendError, ServerConfig};

use crate::server_end::*;

#[test]
fn call_events_pass_by_their_own_bit() {
    let masks = table_mask("CallEventMask");
    let mut tested = 0;
    for (mask, bit) in &masks {
        let name = mask.replace("_MASK", "_EVENT");
        let Some(message) = event::MESSAGES.iter().find(|message| message.name == name) else { continue };
        let monitored = message.fixed[0].name == "MonitorID";
        // One is for no monitor, one comes without the identifier of any.
        if !monitored || ["CALL_TRANSLATION_ROUTE_EVENT", "CALL_ATTRIBUTE_CHANGE_EVENT"].contains(&&*name) {
            continue;
        }
        let mut server = open();
        let only = device_with(&mut server, "5001", *bit, 0);
        device_with(&mut server, "5001", !bit, ALL);
        device_with(&mut server, "5001", 0, ALL);
        let own = ["ConnectionDeviceID", "PrimaryDeviceID", "AgentInstrument"];
        let field = message.floating.iter().find(|field| own.contains(&&*field.name)).expect(&name);
        // Messages that came after version 14 go out to nobody in it.
        let expected = if message.since.unwrap_or(9) <= 14 { vec![only] } else { vec![] };
        let mut values = vec![(&*field.name, S("5001"))];
        if name == "CALL_DATA_UPDATE_EVENT" {
            values.push(("NewConnectionDeviceID", S("")));
        }
        let bytes = event::bytes(25, &name, &values);
        let messages = server.deliver(NOW, &event::typed(25, &bytes)).unwrap().messages;
        assert_eq!(messages, expected.len(), "{name}");
        let ids: Vec<_> = server.sent().get(8..12).map(|id| id.to_vec()).into_iter().collect();
        assert_eq!(ids, expected.iter().map(|id| id.to_be_bytes().to_vec()).collect::<Vec<_>>(), "{name}");
        tested += 1;
    }
    assert!(tested >= 20, "{tested} events of {}", masks.len());
}

#[test]
fn a_change_of_call_attributes_comes_once_without_an_identifier() {
    let mut server = open();
    for calls in [ALL, table_mask("CallEventMask")["CALL_ATTRIBUTE_CHANGE_MASK"], 0] {
        device_with(&mut server, "5001", calls, 0);
    }
    let attributes = |device| [("ConnectionDeviceID", S(device))];
    assert_eq!(deliver(&mut server, "CALL_ATTRIBUTE_CHANGE_EVENT", &attributes("5001")), [0]);
    assert_eq!(deliver(&mut server, "CALL_ATTRIBUTE_CHANGE_EVENT", &attributes("5002")), [0; 0]);
}

#[test]
fn agent_states_pass_by_the_bit_of_the_new_state() {
    let states = event::VALUES.iter().find(|table| table.name == "AgentState").unwrap();
    let masks = table_mask("AgentStateMask");
    let mut tested = 0;
    for state in &states.values {
        let Some(bit) = masks.get(&(state.name.replace("AGENT_STATE_", "AGENT_") + "_MASK")) else {
            continue;
        };
        let mut server = open();
        let only = device_with(&mut server, "5001", 0, *bit);
        device_with(&mut server, "5001", ALL, !bit);
        let values = [("AgentState", N(state.value)), ("AgentInstrument", S("5001"))];
        assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &values), [only], "{}", state.name);
        tested += 1;
    }
    assert!(tested >= 10, "{tested} states");
}

#[test]
fn a_device_is_concerned_when_an_event_names_it_with_its_type() {
    let mut tested = 0;
    for message in event::MESSAGES.iter().filter(|message| message.since.unwrap_or(9) <= 14) {
        if message.fixed[0].name != "MonitorID" {
            continue;
        }
        for field in message.fixed.iter().filter(|field| field.values.as_deref() == Some("DeviceIDType")) {
            let device = field.note.trim_start_matches("type of floating ");
            if !message.floating.iter().any(|field| field.name == device) {
                continue;
            }
            let mut server = open();
            let agent = self::device(&mut server, AGENT, "5001");
            let queue = self::device(&mut server, QUEUE, "5001");
            self::device(&mut server, AGENT, "5002");
            for (kind, expected) in [(AGENT, agent), (QUEUE, queue)] {
                let values = [(&*field.name, N(kind)), (device, S("5001"))];
                assert_eq!(deliver(&mut server, &message.name, &values), [expected], "{}", message.name);
            }
            let values = [(&*field.name, N(TRUNK)), (device, S("5001"))];
            assert_eq!(deliver(&mut server, &message.name, &values), [], "{} {device}", message.name);
            tested += 1;
        }
    }
    assert!(tested >= 25, "{tested} devices");
}

#[test]
fn parties_and_connections_are_devices_of_any_type() {
    let mut server = open();
    let phone = device(&mut server, AGENT, "5001");
    let parties = [
        ("NumParties", N(2)),
        ("ConnectedPartyCallID", N(301)),
        ("ConnectedPartyDeviceIDType", N(0)),
        ("ConnectedPartyDeviceID", S("2065550123")),
        ("ConnectedPartyCallID", N(301)),
        ("ConnectedPartyDeviceIDType", N(0)),
        ("ConnectedPartyDeviceID", S("5001")),
    ];
    for name in ["CALL_CONFERENCED_EVENT", "CALL_TRANSFERRED_EVENT"] {
        assert_eq!(deliver(&mut server, name, &parties), [phone]);
        assert_eq!(deliver(&mut server, name, &[("PrimaryDeviceID", S("5001"))]), [phone]);
        assert_eq!(deliver(&mut server, name, &[("SecondaryDeviceID", S("5001"))]), [phone]);
    }
    assert_eq!(of_call(&mut server, "BEGIN_CALL_EVENT", 301, "5001"), [phone]);
}

#[test]
fn trunks_and_trunk_groups_are_watched_by_their_number() {
    let mut server = open();
    let (trunk, group) = (device(&mut server, TRUNK, "17"), device(&mut server, TRUNK_GROUP, "17"));
    for name in ["CALL_DELIVERED_EVENT", "CALL_ESTABLISHED_EVENT", "CALL_REACHED_NETWORK_EVENT"] {
        assert_eq!(deliver(&mut server, name, &[("TrunkNumber", N(17))]), [trunk]);
        assert_eq!(deliver(&mut server, name, &[("TrunkGroupNumber", N(17))]), [group]);
        assert_eq!(
            deliver(&mut server, name, &[("TrunkNumber", N(17)), ("TrunkGroupNumber", N(17))]),
            [trunk, group]
        );
        assert_eq!(
            deliver(&mut server, name, &[("TrunkNumber", N(7)), ("TrunkGroupNumber", N(117))]),
            [0; 0]
        );
        // A phone with that number is no trunk.
        assert_eq!(deliver(&mut server, name, &[("ConnectionDeviceID", S("17"))]), [0; 0]);
    }
    let zero = device(&mut server, TRUNK, "0");
    assert_eq!(deliver(&mut server, "CALL_DELIVERED_EVENT", &[("TrunkNumber", N(0))]), [zero]);
    let last = device(&mut server, TRUNK, "4294967295");
    assert_eq!(deliver(&mut server, "CALL_DELIVERED_EVENT", &[("TrunkNumber", N(u32::MAX))]), [last]);
}

#[test]
fn an_agent_is_at_its_instrument_and_its_extension() {
    let mut server = open();
    let phone = device(&mut server, AGENT, "5001");
    for field in ["AgentInstrument", "AgentExtension"] {
        assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &[(field, S("5001"))]), [phone]);
    }
    let both = [("AgentExtension", S("5001")), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &both), [phone]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &[("AgentID", S("5001"))]), [0; 0]);
}

#[test]
fn an_event_comes_once_for_each_monitor_however_often_it_names_what_that_watches() {
    let mut server = open();
    let ids = [
        device(&mut server, AGENT, "5001"),
        call(&mut server, 301, "5001"),
        device(&mut server, AGENT, "5002"),
        device(&mut server, AGENT, "5001"),
    ];
    let values = [
        ("ConnectionCallID", N(301)),
        ("AlertingDeviceType", N(AGENT)),
        ("CallingDeviceType", N(AGENT)),
        ("CalledDeviceType", N(AGENT)),
        ("ConnectionDeviceID", S("5001")),
        ("AlertingDeviceID", S("5001")),
        ("CallingDeviceID", S("5002")),
        ("CalledDeviceID", S("5001")),
    ];
    let mut got = deliver(&mut server, "CALL_DELIVERED_EVENT", &values);
    got.sort();
    assert_eq!(got, ids);
}

#[test]
fn another_peripheral_has_devices_and_calls_of_its_own() {
    let mut server = open();
    let target = [("MonitoredDeviceType", N(AGENT)), ("MonitoredDeviceID", S("5001"))];
    let at = |peripheral| {
        let place = [("PeripheralID", N(peripheral))];
        [&place[..], &target].map(<[_]>::to_vec).concat()
    };
    let (here, there, anywhere) = (at(5000), at(5001), at(ANYWHERE));
    let ids = [here, there, anywhere].map(|values| started(&ask(&mut server, &values)));
    let agent = |peripheral| [("PeripheralID", N(peripheral)), ("AgentInstrument", S("5001"))];
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5000)), [ids[0], ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5001)), [ids[1], ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(5002)), [ids[2]]);
    assert_eq!(deliver(&mut server, "AGENT_STATE_EVENT", &agent(ANYWHERE)), ids);

    let watch = |server: &mut TestServer, peripheral| {
        let mut values = vec![("PeripheralID", N(peripheral))];
        values.extend(call_request(301, "7001"));
        started(&ask(server, &values))
    };
    let (here, there) = (watch(&mut server, 5000), watch(&mut server, 5001));
    let event = |peripheral| {
        [("PeripheralID", N(peripheral)), ("ConnectionCallID", N(301)), ("ConnectionDeviceID", S("7001"))]
    };
    assert_eq!(deliver(&mut server, "CALL_HELD_EVENT", &event(5001)), [there]);
    assert_eq!(deliver(&mut server, "END_CALL_EVENT", &event(5000)), [here]);
    assert_eq!(deliver(&mut server, "END_CALL_EVENT", &event(5001)), [there]);
}

#[test]
fn translation_routes_are_for_clients_that_may_monitor() {
    let route = event::bytes(14, "CALL_TRANSLATION_ROUTE_EVENT", &[("ANI", S("2065550123"))]);
    for (services, expected) in [(0x20, 1), (0x10, 1), (0x40, 0)] {
        let (mut server, _) = open_monitor(services, services, held());
        let typed = event::typed(14, &route);
        assert_eq!(server.deliver(NOW, &typed).unwrap().messages, expected);
        assert_eq!(server.sent(), if expected == 1 { route.clone() } else { vec![] });
    }
}

#[test]
fn only_events_are_delivered_and_only_in_an_open_session() {
    let mut server = open();
    let bytes = event::bytes(14, "MONITOR_STOP_CONF", &[]);
    let conf = event::typed(14, &bytes);
    assert_eq!(server.deliver(NOW, &conf).unwrap_err(), SendError::NotAllowed(conf.message_type()));
    let bytes = event::bytes(14, "END_CALL_EVENT", &[]);
    let mut closed = TestServer::start(NOW, ServerConfig::default());
    assert_eq!(closed.deliver(NOW, &event::typed(14, &bytes)).unwrap_err(), SendError::NotOpen);
}
