//! Operations of a scenario on its target itself, one file each.
//!
//! To add an operation, write its file and give it a line below.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name};

use super::Session;

operations_of! { "Bellwether":
    pass_time::PassTime,
}
