//! The year's work, told with the bundled sample and no server.

mod cycle;
mod roles;
mod town;
