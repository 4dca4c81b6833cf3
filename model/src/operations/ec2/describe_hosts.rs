//! DescribeHosts.

use crate::answer::{Decision, Expected, Key, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::dedicated_host::PLAIN;
use crate::rules::dedicated_host;
use crate::world::{Kind, Use, World};
use crate::{Account, Name};

operation! {
    /// Lists the dedicated hosts that the caller sees, each with the instances on it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeHosts.html>
    pub struct DescribeHosts {
        /// Only these hosts.
        host_ids: Vec<Reference> = "HostIds",
    }
}

impl Operation for DescribeHosts {
    const TOPIC: Topic = Topic::DedicatedHosts;
    const WRITES: bool = false;
    const HAS_DRY_RUN: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| PLAIN.includes(kind));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_asked(world, actor, dice).map(|host_ids| Self { host_ids })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        PLAIN.require_asked(world, actor, &self.host_ids).decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut reply = PLAIN.list(world, actor, &self.host_ids);
        for row in &mut reply.rows {
            let Key::Resource(host) = &row.key else { continue };
            let Some(resource) = world.resources.get(host).filter(|_| row.present) else {
                continue;
            };
            let owns = resource.owner == actor;
            let rule = if owns {
                &dedicated_host::INSTANCES_LISTED_TO_ITS_OWNER
            } else {
                &dedicated_host::INSTANCES_LISTED_TO_THEIR_OWNER_ALONE
            };
            if let Some(instances) = instances_on(world, host, (!owns).then_some(actor)) {
                let names = instances.into_iter().map(|name| name.as_str().into()).collect();
                *row = row.clone().with("Instances", Expected::Set(names), rule);
            }
        }
        reply
    }
}

/// The instances on a host, those of one account alone where it is given; `None` if whether one of them is
/// still on it is undecided.
fn instances_on<'w>(world: &'w World, host: &Name, of: Option<Account>) -> Option<Vec<&'w Name>> {
    let mut found = Vec::new();
    for (name, resource) in &world.resources {
        let Kind::Instance { uses, .. } = &resource.kind else { continue };
        if resource.deleted || of.is_some_and(|account| resource.owner != account) {
            continue;
        }
        for held in uses.iter().filter(|held| held.of == *host) {
            match held.state {
                Use::Plain => found.push(name),
                Use::Ended(_) => {}
                Use::Open(_) => return None,
            }
        }
    }
    Some(found)
}
