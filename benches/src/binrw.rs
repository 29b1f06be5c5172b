//! The same messages with `binrw`: a struct for each version, floating fields as tag, length and owned data.

/// The structs of one version.
macro_rules! version {
    ($version:ident, $tag:ty $(, $since19:ident)?) => {
        pub mod $version {
            use std::io::Cursor;

            use binrw::helpers::until_eof;
            use binrw::{BinRead, BinWrite, binrw};

            /// A floating field.
            #[binrw]
            #[brw(big)]
            #[derive(Debug)]
            pub struct Field {
                pub tag: $tag,
                #[br(temp)]
                #[bw(calc = data.len() as $tag)]
                length: $tag,
                #[br(count = length)]
                pub data: Vec<u8>,
            }

            /// CALL_DELIVERED_EVENT.
            #[binrw]
            #[brw(big)]
            #[derive(Debug)]
            pub struct CallDelivered {
                pub monitor_id: u32,
                pub peripheral_id: u32,
                pub peripheral_type: u16,
                pub connection_device_id_type: u16,
                pub connection_call_id: u32,
                pub line_handle: u16,
                pub line_type: u16,
                pub service_number: u32,
                pub service_id: u32,
                pub skill_group_number: u32,
                pub skill_group_id: u32,
                pub skill_group_priority: u16,
                pub alerting_device_type: u16,
                pub calling_device_type: u16,
                pub called_device_type: u16,
                pub last_redirect_device_type: u16,
                pub local_connection_state: u16,
                pub event_cause: u16,
                pub num_named: [u16; 2],
                #[br(parse_with = until_eof)]
                pub fields: Vec<Field>,
            }

            /// AGENT_STATE_EVENT.
            #[binrw]
            #[brw(big)]
            #[derive(Debug)]
            pub struct AgentState {
                pub monitor_id: u32,
                pub peripheral_id: u32,
                pub session_id: u32,
                pub peripheral_type: u16,
                pub skill_group_state: u16,
                pub state_duration: u32,
                pub skill_group_number: u32,
                pub skill_group_id: u32,
                pub skill_group_priority: u16,
                pub agent_state: u16,
                pub event_reason_code: u16,
                pub mrd_id: i32,
                pub num_tasks: u32,
                pub agent_mode: u16,
                pub max_task_limit: u32,
                pub icm_agent_id: i32,
                pub agent_availability_status: u32,
                pub num_flt_skill_groups: u16,
                $(pub $since19: i32,)?
                #[br(parse_with = until_eof)]
                pub fields: Vec<Field>,
            }

            /// HEARTBEAT_REQ.
            #[binrw]
            #[brw(big)]
            #[derive(Debug)]
            pub struct Heartbeat {
                pub invoke_id: u32,
            }

            /// Reads a message from its body.
            pub fn read<T: for<'r> BinRead<Args<'r> = ()> + binrw::meta::ReadEndian>(body: &[u8]) -> T {
                T::read(&mut Cursor::new(body)).expect("a sound body")
            }

            /// Writes the body of a message.
            pub fn write<T: for<'w> BinWrite<Args<'w> = ()> + binrw::meta::WriteEndian>(
                message: &T,
                out: &mut Vec<u8>,
            ) {
                out.clear();
                message.write(&mut Cursor::new(out)).expect("a sound message");
            }
        }
    };
}

version!(v10, u8);
version!(v25, u16, department_id);
