//! Bellwether checks whether an implementation of AWS Resource Access Manager shares like AWS.
//!
//! A pure reference model generates sequences of share, accept, launch, revoke and delete calls
//! made by several accounts. The sequences run against a target through the official SDK; what
//! every account then observes is judged against the model. See ARCHITECTURE.md.
//!
//! The tests of an implementation call the function [`check()`]; see [`conformance`]. Everything else is what the
//! command `bellwether` is made of, and changes with it.

pub mod capabilities;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod confirm;
pub mod conformance;
pub mod connector;
pub mod counterexample;
pub mod event;
pub mod explore;
pub mod follow;
pub mod history;
pub mod import;
pub mod judged;
pub mod known;
pub mod levels;
pub mod outcome;
pub mod pace;
pub mod power;
pub mod predict;
pub mod probe;
pub mod record;
pub mod reference;
pub mod replay;
pub mod report;
pub mod repro;
pub mod run;
pub mod scenario;
pub mod score;
pub mod serve;
pub mod shrink;
pub mod store;
pub mod subject;
pub mod suites;
pub mod target;
pub mod targets;
pub mod wire;

pub use conformance::{Check, CheckError, Conformance, Verdict, check};
