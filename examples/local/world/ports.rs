//! The six ports: what is where, and who has taken one.

use std::{
    fmt, io,
    net::{Ipv6Addr, SocketAddr, TcpListener},
};

/// What `KONTOBRO_PORT` moves.
const DEFAULT_BASE: u16 = 9000;

/// Which ports the world takes.
#[derive(Clone, Copy)]
pub enum Ports {
    /// Six in a row, from this one on.
    From(u16),
    /// Any six that are free.
    AnyFree,
}

/// Who listens on which port, counted from the base.
#[derive(Clone, Copy)]
pub enum Place {
    /// Kontobro itself, behind the gateway.
    Gateway,
    /// The ID-porten stand-in.
    IdPorten,
    /// SES, and the mailbox one looks into.
    Outbox,
    /// The DynamoDB-compatible endpoint.
    DynamoDb,
    /// Where linked people are sent.
    Portal,
    /// Secrets Manager's one operation.
    Secrets,
}

impl Place {
    const ALL: [Self; 6] =
        [Self::Gateway, Self::IdPorten, Self::Outbox, Self::DynamoDb, Self::Portal, Self::Secrets];
}

impl Ports {
    /// Reads the value of `KONTOBRO_PORT`, if it is set.
    pub fn from_setting(base: Option<&str>) -> Result<Self, NoPorts> {
        let base = base.map_or(Ok(DEFAULT_BASE), str::parse);
        base.ok().filter(|base| (1..=65_530).contains(base)).map(Self::From).ok_or(NoPorts::NoBase)
    }

    /// The loopback address of one place.
    pub fn address(self, place: Place) -> SocketAddr {
        standins::loopback(match self {
            Self::From(base) => base + place as u16,
            Self::AnyFree => 0,
        })
    }

    /// Looks at all six before anything starts, so that nothing starts by half. Also at the IPv6
    /// loopback, which browsers try first: another server there would be mistaken for ours.
    pub fn check(self) -> Result<(), NoPorts> {
        for address in Place::ALL.map(|place| self.address(place)) {
            let other = SocketAddr::from((Ipv6Addr::LOCALHOST, address.port()));
            for address in [address, other] {
                match TcpListener::bind(address) {
                    Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                        return Err(NoPorts::Taken(address.port()));
                    }
                    Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                        return Err(NoPorts::NoBase);
                    }
                    _ => {} // no IPv6 here, or free
                }
            }
        }
        Ok(())
    }
}

/// Why the ports cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub enum NoPorts {
    /// `KONTOBRO_PORT` is not a port with five more after it, or not ours to take.
    NoBase,
    /// Something else listens here.
    Taken(u16),
}

impl fmt::Display for NoPorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBase => f.write_str(
                "KONTOBRO_PORT must be a number from 1024 to 65530: the first of six ports in a row",
            ),
            Self::Taken(port) => write!(
                f,
                "Port {port} is taken by another program. Stop that, or move all ports: KONTOBRO_PORT=9100 make run",
            ),
        }
    }
}

impl std::error::Error for NoPorts {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_moves_all_six_ports() {
        let ports = Ports::from_setting(Some("9100")).expect("a port");
        assert_eq!(ports.address(Place::Gateway).port(), 9100);
        assert_eq!(ports.address(Place::Secrets).port(), 9105);
        for wrong in ["", "x", "-1", "0", "65531", "70000"] {
            assert_eq!(Ports::from_setting(Some(wrong)).err(), Some(NoPorts::NoBase), "{wrong}");
        }
    }

    #[test]
    fn a_taken_port_is_named() {
        let taken = TcpListener::bind(standins::loopback(0)).expect("some port is free");
        let port = taken.local_addr().expect("bound").port();
        let found = Ports::From(port.min(65_530)).check();
        assert_eq!(found, Err(NoPorts::Taken(port)));
    }
}
