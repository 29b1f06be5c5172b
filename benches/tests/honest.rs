//! The baselines read and write what our codec does, so that they can be compared.

use ged188::message::{AgentStateEvent, CallDeliveredEvent, MESSAGES, Message};
use ged188::{ClientEvent, Encode, Input, MessageBody, ProtocolVersion, RawMessage};
use ged188_benches::baseline::{frame_and_decode, walk};
use ged188_benches::session::Client;
use ged188_benches::{VERSIONS, agent_state_event, busy_hour, call_delivered_event, heartbeat_req, subjects};

/// Body of a message without its header.
fn body(version: ProtocolVersion, message: &impl Encode) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.encode_to(version, &mut bytes).unwrap();
    bytes.split_off(8)
}

/// Floating fields of a body as our codec walks over them.
fn fields(version: ProtocolVersion, raw: RawMessage<'_>) -> Vec<(u32, Vec<u8>)> {
    let fields = ged188::view::Fields::new(version, raw).unwrap().map(Result::unwrap);
    fields.filter_map(|field| Some((u32::from(field.tag?.0), field.data().to_vec()))).collect()
}

fn raw<'b>(message: &impl Encode, body: &'b [u8]) -> RawMessage<'b> {
    RawMessage { message_type: message.message_type(), body }
}

#[test]
fn subjects_are_what_they_say() {
    for version in VERSIONS {
        for subject in subjects(version) {
            assert_eq!(Message::decode(subject.version, subject.raw()).unwrap(), subject.message);
            println!("{} in version {version}: {} bytes", subject.name, subject.bytes.len());
        }
        let event = call_delivered_event(version);
        let bytes = body(version, &event);
        assert_eq!(fields(version, raw(&event, &bytes)).len(), 27);
    }
    let counters = MESSAGES.iter().find(|schema| schema.name == "QUERY_SKILL_GROUP_STATISTICS_CONF").unwrap();
    assert_eq!(counters.fixed_fields(ProtocolVersion::MAX).count(), 149);
}

#[test]
fn the_walk_sees_every_field() {
    for version in VERSIONS {
        let event = call_delivered_event(version);
        let bytes = body(version, &event);
        let fixed_len = CallDeliveredEvent::SCHEMA.fixed_len(version);
        let expected = fields(version, raw(&event, &bytes));
        let sum = expected.iter().fold(0, |sum, (tag, data)| sum ^ *tag as usize ^ data.len());
        let wide = version.number() >= 20;
        assert_eq!(walk(wide, &bytes, fixed_len), Some((expected.len(), sum)));
        assert_eq!(walk(wide, &bytes[..bytes.len() - 1], fixed_len), None);
    }
}

/// Checks a crate's structs of one version against ours.
macro_rules! agree {
    ($name:ident, $crate_name:ident, $version_mod:ident, $number:literal, |$message:ident| $write:expr) => {
        #[test]
        fn $name() {
            use ged188_benches::$crate_name::$version_mod as theirs;
            let version = ProtocolVersion::new($number).unwrap();

            let event = call_delivered_event(version);
            let bytes = body(version, &event);
            let $message: theirs::CallDelivered = theirs::read(&bytes);
            assert_eq!($message.monitor_id, event.monitor_id.0);
            assert_eq!(Some($message.peripheral_id), event.peripheral_id.map(|id| id.0));
            assert_eq!($message.peripheral_type, event.peripheral_type.0);
            assert_eq!($message.connection_device_id_type, event.connection_device_id_type.0);
            assert_eq!(Some($message.connection_call_id), event.connection_call_id.map(|id| id.0));
            assert_eq!(Some($message.line_handle), event.line_handle.map(|line| line.0));
            assert_eq!($message.line_type, event.line_type.0);
            assert_eq!(Some($message.service_number), event.service_number.map(|id| id.0));
            assert_eq!(Some($message.service_id), event.service_id.map(|id| id.0));
            assert_eq!(Some($message.skill_group_number), event.skill_group_number.map(|id| id.0));
            assert_eq!(Some($message.skill_group_id), event.skill_group_id.map(|id| id.0));
            assert_eq!($message.skill_group_priority, event.skill_group_priority);
            assert_eq!($message.alerting_device_type, event.alerting_device_type.0);
            assert_eq!($message.calling_device_type, event.calling_device_type.0);
            assert_eq!($message.called_device_type, event.called_device_type.0);
            assert_eq!($message.last_redirect_device_type, event.last_redirect_device_type.0);
            assert_eq!($message.local_connection_state, event.local_connection_state.0);
            assert_eq!($message.event_cause, event.event_cause.0);
            let floating: Vec<_> =
                $message.fields.iter().map(|field| (u32::from(field.tag), field.data.clone())).collect();
            assert_eq!(floating, fields(version, raw(&event, &bytes)));
            assert_eq!($write, bytes);

            let event = agent_state_event(version, 1);
            let bytes = body(version, &event);
            let $message: theirs::AgentState = theirs::read(&bytes);
            assert_eq!($message.session_id, event.session_id.0);
            assert_eq!($message.agent_state, event.agent_state.0);
            assert_eq!($message.icm_agent_id, event.icm_agent_id.0);
            assert_eq!($message.agent_availability_status, event.agent_availability_status.0);
            let floating: Vec<_> =
                $message.fields.iter().map(|field| (u32::from(field.tag), field.data.clone())).collect();
            assert_eq!(floating, fields(version, raw(&event, &bytes)));
            assert_eq!($write, bytes);
            assert_eq!(AgentStateEvent::decode_body(version, &bytes).unwrap(), event);

            let bytes = body(version, &heartbeat_req());
            let $message: theirs::Heartbeat = theirs::read(&bytes);
            assert_eq!($message.invoke_id, heartbeat_req().invoke_id.0);
            assert_eq!($write, bytes);
        }
    };
}

agree!(binrw_agrees_in_version_10, binrw, v10, 10, |message| {
    let mut out = Vec::new();
    theirs::write(&message, &mut out);
    out
});
agree!(binrw_agrees_in_version_25, binrw, v25, 25, |message| {
    let mut out = Vec::new();
    theirs::write(&message, &mut out);
    out
});
agree!(deku_agrees_in_version_10, deku, v10, 10, |message| {
    let mut out = [0; 1024];
    let count = theirs::write(&message, &mut out);
    out[..count].to_vec()
});
agree!(deku_agrees_in_version_25, deku, v25, 25, |message| {
    let mut out = [0; 1024];
    let count = theirs::write(&message, &mut out);
    out[..count].to_vec()
});

#[test]
fn the_session_gives_what_decoding_gives() {
    for version in VERSIONS {
        let mut mix = busy_hour(version);
        let mut decoded = 0;
        let mut messages = Vec::new();
        frame_and_decode(&mut Input::default(), version, &mix.stream, |message| {
            decoded += 1;
            messages.push(format!("{message:?}"));
        });
        assert_eq!(decoded, mix.messages);
        let mut client = Client::open(version);
        for _ in 0..10 {
            let mut events = Vec::new();
            client.take(&mut mix, |event| match event {
                ClientEvent::MonitorEvent { message, .. } | ClientEvent::Received(message) => {
                    events.push(format!("{message:?}"));
                }
                other => panic!("{other:?}"),
            });
            // The session keeps the HEARTBEAT_CONF to itself.
            assert_eq!(events, messages[..messages.len() - 1]);
        }
        println!("version {version}: {} messages, {} bytes", mix.messages, mix.stream.len());
    }
}

#[test]
fn the_neighbour_is_of_about_the_same_size() {
    let pdu = ged188_benches::smpp::submit_sm();
    let event = body(ProtocolVersion::MAX, &call_delivered_event(ProtocolVersion::MAX));
    println!("submit_sm: {} bytes; CALL_DELIVERED_EVENT in version 25: {}", pdu.len(), event.len());
    assert!(pdu.len().abs_diff(event.len()) < 100);
    ged188_benches::smpp::decode(&pdu, |command| match command.pdu() {
        Some(rusmpp_core::pdus::borrowed::Pdu::SubmitSm(submit)) => assert_eq!(submit.tlvs().len(), 22),
        other => panic!("{other:?}"),
    });
}
