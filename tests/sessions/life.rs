//! A session from its opening to its end.

use std::time::Duration;

use ged188::id::VersionNumber;
use ged188::message::OpenReq;
use ged188::named_values::{CtiServiceMask, StatusCode};
use ged188::server::Policy;
use ged188::{Bytes, Secret};
use ged188::{ClientConfig, ClientEvent, CloseReason, ServerConfig, ServerEvent};

use crate::common::ends::{TestClient, TestServer};

const SECOND: Duration = Duration::from_secs(1);

fn open_req(version: u32) -> OpenReq<'static> {
    OpenReq {
        version_number: VersionNumber(version),
        idle_timeout: 20,
        services_requested: CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR,
        client_id: Some("client".into()),
        client_password: Some(Secret::new(Bytes(b""))),
        ..Default::default()
    }
}

/// Carries bytes both ways.
fn carry(client: &mut TestClient, server: &mut TestServer, now: Duration) {
    let (up, down) = (client.sent(), server.sent());
    server.receive(now, &up);
    client.receive(now, &down);
}

#[test]
fn opens_lives_and_closes() {
    for version in [9, 14, 20, 25] {
        let mut client =
            TestClient::open(Duration::ZERO, ClientConfig::default(), &open_req(version)).unwrap();
        let mut server = TestServer::start(Duration::ZERO, ServerConfig::default());
        carry(&mut client, &mut server, Duration::ZERO);
        let Some(ServerEvent::OpenRequested(open)) = server.poll() else { panic!() };
        let conf = Policy::default().decide(&open).unwrap();
        server.accept(Duration::ZERO, &conf).unwrap();
        carry(&mut client, &mut server, Duration::ZERO);
        assert!(matches!(client.poll(), Some(ClientEvent::Opened(_))));
        assert!(client.is_open() && server.is_open());
        assert_eq!(client.granted(), CtiServiceMask::CTI_SERVICE_PERIPHERAL_MONITOR);
        assert_eq!(server.version().number(), version);

        // For an hour there is nothing but heartbeats.
        let mut now = Duration::ZERO;
        while now < 3600 * SECOND {
            now = client.deadline().unwrap().min(server.deadline().unwrap());
            client.tick(now);
            server.tick(now);
            for _ in 0..2 {
                assert_eq!(client.poll(), None);
                assert_eq!(server.poll(), None);
                carry(&mut client, &mut server, now);
            }
        }
        assert_eq!(client.counters().sent, 1 + 3600 / 5);

        client.close(now, StatusCode::E_CTI_NO_ERROR).unwrap();
        carry(&mut client, &mut server, now);
        assert_eq!(server.poll(), Some(ServerEvent::Closed(CloseReason::Closed(StatusCode::E_CTI_NO_ERROR))));
        carry(&mut client, &mut server, now);
        assert_eq!(client.poll(), Some(ClientEvent::Closed(CloseReason::Closed(StatusCode::E_CTI_NO_ERROR))));
        assert!(client.is_closed() && server.is_closed());
        assert_eq!((client.deadline(), server.deadline()), (None, None));
        assert_eq!((client.poll(), server.poll()), (None, None));
    }
}
