//! Schemes.
