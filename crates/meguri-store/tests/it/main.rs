//! The store's stories, each told on both engines.

#[macro_use]
mod engines;

mod audit;
mod cycles;
mod documents;
mod encrypted;
mod filled;
mod findings;
mod invented;
mod killed;
mod links;
mod opening;
mod publications;
mod recode;
mod sections;
mod sheets;
mod size;
mod tenants;
mod transfer;
mod worked;
mod writers;
