//! Scenarios: a world, the steps that its accounts take, and what is claimed on the way.
//!
//! The notation is one everywhere: suites, counterexamples, reports and logs.

use bellwether_model::{Account, Call, Name, Principal, Shape};
use smol_str::SmolStr;

/// A scenario, as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// How the accounts stand to each other at the start.
    pub shape: Shape,
    /// Comments, steps and claims, in order; comments before the `world` line come first.
    pub items: Vec<Item>,
}

/// A line of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A comment, without its `#`; the text after it is trimmed.
    Comment(String),
    /// A call.
    Step(Step),
    /// Something that is said to hold at this point.
    Claim(Claim),
}

/// A call by an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who calls.
    pub actor: Account,
    /// What it calls.
    pub call: Call,
    /// What the thing made is called: given for calls that make something, and for no others.
    pub made: Option<Name>,
    /// The codes, one of which the call is claimed to be refused with; empty if nothing is claimed.
    pub refused_with: Vec<SmolStr>,
}

/// Something that is said to hold at a point of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Of whom it is said.
    pub actor: Account,
    /// What is said.
    pub fact: Fact,
}

/// What a claim says of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `sees THING`
    Sees(Name),
    /// `hidden THING`
    Hidden(Name),
    /// `may-launch THING`: into a subnet, or from an image.
    MayLaunch(Name),
    /// `may-not-launch THING`
    MayNotLaunch(Name),
    /// `running THING`
    Running(Name),
    /// `share SHARE STATUS|absent`, as the account's lists of shares show it.
    Share(Name, Option<SmolStr>),
    /// `association SHARE THING-or-principal STATUS|absent`, as the owner's list shows it.
    Association(Name, Associated, Option<SmolStr>),
    /// `invitation SHARE STATUS|absent`, as the account's list of invitations shows it.
    Invitation(Name, Option<SmolStr>),
}

/// What is associated with a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Associated {
    /// A resource.
    Thing(Name),
    /// A principal.
    Principal(Principal),
}

impl Scenario {
    /// The steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.items.iter().filter_map(|item| match item {
            Item::Step(step) => Some(step),
            Item::Comment(_) | Item::Claim(_) => None,
        })
    }
}
