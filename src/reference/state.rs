//! What the reference target remembers: the model's world, and what only the wire shows.

use std::collections::BTreeMap;

use bellwether_model::answer::{Decision, Refusal};
use bellwether_model::{Account, Call, Name, Reply, World};

/// The state behind the router.
#[derive(Debug, Default)]
pub struct State {
    /// The world, whose names are the ids that this target gave: the UUID of a share, `subnet-…`.
    pub world: World,
    /// What the model does not keep of a thing but answers show, such as a CIDR block.
    pub attributes: BTreeMap<Name, BTreeMap<&'static str, String>>,
    serial: u64,
}

impl State {
    /// A number that was not given out before, from 1.
    pub fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Answers a call by the model. Where the model's answer is open, what it assumes is done.
    ///
    /// # Errors
    ///
    /// The refusal that is owed.
    pub fn answer(&mut self, actor: Account, call: &Call, made: &Name) -> Result<Reply, Refusal> {
        match call.check(&self.world, actor) {
            Decision::Granted => Ok(call.apply(&mut self.world, actor, made)),
            Decision::Refused(refusal) => Err(refusal),
            Decision::Open(open) if open.granted => {
                Ok(call.adopt(&mut self.world, actor, made, open.rules[0]))
            }
            Decision::Open(open) => Err(Refusal { broken: open.rules }),
        }
    }

    /// A thing's attribute, or the empty text.
    #[must_use]
    pub fn attribute(&self, name: &Name, key: &str) -> &str {
        self.attributes
            .get(name)
            .and_then(|kept| kept.get(key))
            .map_or("", String::as_str)
    }

    /// Keeps an attribute of a thing.
    pub fn keep(&mut self, name: &Name, key: &'static str, value: impl Into<String>) {
        self.attributes
            .entry(name.clone())
            .or_default()
            .insert(key, value.into());
    }
}
