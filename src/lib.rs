//! Bellwether checks whether an implementation of AWS Resource Access Manager shares like AWS.
//!
//! A pure reference model generates sequences of share, accept, launch, revoke and delete calls
//! made by several accounts. The sequences run against a target through the official SDK; what
//! every account then observes is judged against the model. See ARCHITECTURE.md.

pub mod predict;
pub mod reference;
pub mod scenario;
pub mod wire;
