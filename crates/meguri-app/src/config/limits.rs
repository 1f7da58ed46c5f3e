//! The limits of the connections, as the settings give them.

use std::time::Duration;

/// The limits of the connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most connections to the public pages at once.
    pub connections: usize,
    /// The most costly pages that are made at once.
    pub costly: usize,
    /// Time for the head of a request, from its first byte (or from the connection) to its end.
    pub head: Duration,
    /// Time between two requests on one connection.
    pub idle: Duration,
    /// Time in which a reader must take something of an answer.
    pub write: Duration,
    /// Whose address stands in the log.
    pub client: ClientAddress,
}

/// Whose address stands in the log as that of the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ClientAddress {
    /// Nobody's.
    #[default]
    Off,
    /// That of the connection.
    Connection,
    /// The last address in this header, which a proxy in front sets.
    Header(String),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            costly: usual_costly(),
            head: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            write: Duration::from_secs(30),
            client: ClientAddress::Off,
        }
    }
}

/// How many costly pages are made at once where the settings do not say: as many as cores, at least
/// two.
#[must_use]
pub fn usual_costly() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2))
}
