//! Mutants: the reference target with one planted fault each.
//!
//! A harness that never fails proves nothing. Each mutant is one entry of the file of its class;
//! a run against it has to find it, and to shrink it to its known minimum.
//!
//! To add one, write its entry. A new kind of planted fault is a variant of [`Mutation`], and the place in
//! [`State`](super::State) or the router that plays it.

mod associations;
mod clocks;
mod codes;
mod compute;
mod controls;
mod corruption;
mod crashes;
mod dry_runs;
mod gateways;
mod hosts;
mod idempotency;
mod invitations;
mod ipam;
mod labels;
mod launch;
mod laws;
mod limits;
mod membership;
mod networks;
mod organization;
mod permissions;
mod profiles;
mod reads;
mod regions;
mod resolver;
mod security_groups;
mod snapshots;
mod sources;
mod timing;
mod visibility;
mod vpc_parts;
mod zones;

use std::time::Duration;

use bellwether_model::answer::Key;
use bellwether_model::operations::Service;
use bellwether_model::parameters::Reference;
use bellwether_model::rules::Rule;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name, Reply, World};
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};

/// The classes of mutants, each in a file of its own.
pub static CLASSES: &[Class] = &[
    Class { name: "visibility", mutants: visibility::MUTANTS },
    Class { name: "launch-and-use", mutants: launch::MUTANTS },
    Class { name: "invitations", mutants: invitations::MUTANTS },
    Class { name: "associations", mutants: associations::MUTANTS },
    Class { name: "organization", mutants: organization::MUTANTS },
    Class { name: "permissions", mutants: permissions::MUTANTS },
    Class { name: "reads-and-paging", mutants: reads::MUTANTS },
    Class { name: "refusal-codes", mutants: codes::MUTANTS },
    Class { name: "state-corruption", mutants: corruption::MUTANTS },
    Class { name: "crashes", mutants: crashes::MUTANTS },
    Class { name: "timing", mutants: timing::MUTANTS },
    Class { name: "idempotency", mutants: idempotency::MUTANTS },
    Class { name: "membership", mutants: membership::MUTANTS },
    Class { name: "sources", mutants: sources::MUTANTS },
    Class { name: "limits", mutants: limits::MUTANTS },
    Class { name: "clocks", mutants: clocks::MUTANTS },
    Class { name: "networks", mutants: networks::MUTANTS },
    Class { name: "vpc-parts", mutants: vpc_parts::MUTANTS },
    Class { name: "gateways", mutants: gateways::MUTANTS },
    Class { name: "ipam", mutants: ipam::MUTANTS },
    Class { name: "security-groups", mutants: security_groups::MUTANTS },
    Class { name: "snapshots", mutants: snapshots::MUTANTS },
    Class { name: "compute", mutants: compute::MUTANTS },
    Class { name: "hosts", mutants: hosts::MUTANTS },
    Class { name: "dry-runs", mutants: dry_runs::MUTANTS },
    Class { name: "resolver", mutants: resolver::MUTANTS },
    Class { name: "profiles", mutants: profiles::MUTANTS },
    Class { name: "hosted-zones", mutants: zones::MUTANTS },
    Class { name: "labels", mutants: labels::MUTANTS },
    Class { name: "regions", mutants: regions::MUTANTS },
    Class { name: "laws", mutants: laws::MUTANTS },
    Class { name: CONTROLS, mutants: controls::MUTANTS },
];

/// The class of the servers that do not implement sharing.
pub const CONTROLS: &str = "controls";

/// Mutants of one kind.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: &'static str,
    /// Its mutants.
    pub mutants: &'static [Mutant],
}

/// All mutants, each with its class.
pub fn all() -> impl Iterator<Item = (&'static Class, &'static Mutant)> {
    CLASSES.iter().flat_map(|class| class.mutants.iter().map(move |mutant| (class, mutant)))
}

/// The mutant of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Mutant> {
    all().map(|(_, mutant)| mutant).find(|mutant| mutant.name == name)
}

/// A planted fault.
#[derive(Debug, Serialize)]
pub struct Mutant {
    /// Its name, everywhere.
    pub name: &'static str,
    /// A sentence about the fault.
    pub description: &'static str,
    /// The rule that it breaks.
    #[serde(serialize_with = "rule_name")]
    pub rule: &'static Rule,
    /// The place where it was seen in the wild, or that it follows from the rules.
    pub seen: &'static str,
    /// The shortest scenario known to show it: the view read after its last step does, or that
    /// step's own answer. Empty for an equivalent mutant.
    pub shown: &'static str,
    /// The reason that no rule distinguishes it from AWS, if none does.
    pub equivalent: Option<&'static str>,
    /// The way in which it differs from the model.
    #[serde(skip)]
    pub mutation: Mutation,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn rule_name<S: serde::Serializer>(rule: &&'static Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.name)
}

impl Mutant {
    /// The fewest steps that are known to show it.
    #[must_use]
    pub fn minimum(&self) -> usize {
        let lines = self.shown.lines().filter(|line| !line.trim().is_empty());
        lines.filter(|line| !line.starts_with("world ")).count()
    }
}

/// No place in particular: it breaks a rule as a target could.
const FROM_THE_RULES: &str = "from the rules";

/// The way in which a mutant differs from the model.
#[derive(Copy, Clone, Debug)]
pub enum Mutation {
    /// A call that breaks this rule, and none but open ones besides, is granted.
    Grants(&'static Rule),
    /// A read that breaks this rule, and none but open ones besides, is granted.
    GrantsReads(&'static Rule),
    /// A call that is to be granted is refused, as if it broke the rule that this names.
    Refuses(fn(&World, Account, &Call) -> Option<&'static Rule>),
    /// A call that breaks the first rule is refused as if it broke the second.
    Recodes(&'static Rule, &'static Rule),
    /// A granted call takes effect, and is then refused, as if it broke the rule that this names.
    Denies(fn(&Call) -> Option<&'static Rule>),
    /// A call that is refused has this effect all the same.
    Leaves(fn(&mut World, Account, &Call)),
    /// The members of a request to RAM, at this path, are taken for others, unless it is refused as
    /// it is.
    Misreads(fn(&str, &mut Map<String, Value>)),
    /// A call is decided, and a read answered, in a world that was altered for it.
    Distorts(fn(&mut World, Account, &Call)),
    /// The effect of a granted call is altered.
    Corrupts(fn(&mut World, &Done<'_>)),
    /// The reply to a granted call is altered.
    Rewrites(fn(&mut Reply, &World, Account, &Call)),
    /// The members of RAM's answer to the operation at this path are altered.
    Garbles(fn(&str, &mut Value)),
    /// The members of RAM's answer to the operation at this path are altered, by the time of the request in
    /// seconds since 1970.
    Stamps(fn(&str, f64, &mut Value)),
    /// The effect of a granted call counts at once for decisions, and is hidden from reads.
    Hides(fn(&Call) -> Option<Hiding>),
    /// A call breaks the target down.
    Breaks(fn(&Call) -> Option<Breakdown>),
    /// Every request to the services whose resources are shared has this answer.
    Answers(Canned),
}

/// The way in which a call is never answered.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Breakdown {
    /// The service fails, and has done nothing.
    Fails,
    /// The service fails, and has done what it was asked to.
    FailsOnceDone,
    /// The connection is closed, and nothing was done.
    HangsUp,
    /// The call is done, and its answer breaks off in the middle of its body.
    Garbles,
}

impl Breakdown {
    /// Whether the call takes effect.
    pub(super) fn is_done(self) -> bool {
        matches!(self, Self::FailsOnceDone | Self::Garbles)
    }
}

/// The time for which the effect of a call is hidden from reads.
#[derive(Copy, Clone, Debug)]
pub enum Hiding {
    /// For this time after it.
    For(Duration),
    /// It is shown for this time, hidden for as long, and so on.
    ByTurns(Duration),
}

/// A granted call that has taken effect.
#[derive(Debug)]
pub struct Done<'a> {
    /// The world before it.
    pub before: &'a World,
    /// The caller.
    pub actor: Account,
    /// The call.
    pub call: &'a Call,
    /// The resource that it made.
    pub made: &'a Name,
}

/// The one answer of a server that does nothing.
#[derive(Copy, Clone, Debug)]
pub enum Canned {
    /// The error with this code.
    Error(StatusCode, &'static str),
    /// Success, with this JSON or, in XML, with nothing.
    Success(&'static str),
}

/// Whether a call reads resources, as opposed to what RAM keeps of its shares.
fn reads_resources(call: &Call) -> bool {
    call.service() != Service::Ram && !call.writes()
}

/// Whether a resource is there, and this account's.
fn owns(world: &World, account: Account, name: &Name) -> bool {
    world.resources.get(name).is_some_and(|resource| resource.owner == account)
}

/// Whether a call names a resource that is there, and another account's.
fn is_foreign(world: &World, account: Account, named: &Reference) -> bool {
    let resource = named.name().and_then(|name| world.resources.get(name));
    resource.is_some_and(|resource| resource.owner != account)
}

/// The kind of the resource that a call names, to be altered.
fn kind_of<'w>(world: &'w mut World, named: &Reference) -> Option<&'w mut Kind> {
    let resource = named.name().and_then(|name| world.resources.get_mut(name));
    resource.map(|resource| &mut resource.kind)
}

/// Takes the rows out of a list that this account does not own.
fn lists_own_alone(reply: &mut Reply, world: &World, account: Account) {
    let foreign = |key: &Key| matches!(key, Key::Resource(name) if !owns(world, account, name));
    reply.rows.retain(|row| !foreign(&row.key));
}
