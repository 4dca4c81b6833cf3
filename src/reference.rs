//! The embedded reference target: HTTP in front of the model's transition.
//!
//! It uses no harness code. Whatever a request asks is turned into a call of the model, and the
//! model's answer into a response; any AWS SDK and the AWS CLI can talk to it.

pub mod state;
