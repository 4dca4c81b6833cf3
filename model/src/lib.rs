//! A reference model of AWS Resource Access Manager.
//!
//! One function is the specification: [`Call::transition`] takes a world, the account that calls
//! and the call, and returns the answer that AWS gives the caller; the world moves on. The generator walks it,
//! the judge compares with it, the embedded target serves it.
//!
//! The model cannot fail, does not wait, and knows nothing of the outside: no I/O, no clock but
//! the one that a call moves, no runtime, no SDK. The same world and call give the same answer, always.

pub mod account;
pub mod answer;
pub mod assumptions;
pub mod compute;
pub mod dice;
pub mod dns;
pub mod judge;
pub mod kinds;
pub mod limits;
pub mod membership;
pub mod name;
pub mod operations;
pub mod paging;
pub mod parameters;
pub mod permissions;
pub mod placeholder;
pub mod plain;
pub mod principal;
pub mod region;
pub mod resources;
pub mod rulebook;
pub mod rules;
pub mod shareable;
pub mod sharing;
pub mod tagging;
pub mod time;
pub mod tokens;
pub mod view;
pub mod world;
pub mod zones;

pub use account::Account;
pub use answer::{Answer, Reply};
pub use assumptions::{Assumption, Assumptions};
pub use name::Name;
pub use operations::Call;
pub use principal::Principal;
pub use region::Region;
pub use world::{Shape, World};
