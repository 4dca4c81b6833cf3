//! DescribeTags.

use smol_str::format_smolstr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::{Weights, draw_resource, find_with_sight};
use crate::dice::Dice;
use crate::operations::ec2::create_tags::is_taggable;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool;
use crate::rules::{Rule, label};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the tags that the caller sees on a resource of EC2.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html>
    pub struct DescribeTags {
        /// The resource.
        resource_id: Reference = "ResourceId",
    }
}

impl Operation for DescribeTags {
    const TOPIC: Topic = Topic::Tags;
    const WRITES: bool = false;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 8, near: 1, far: 1 };
        let resource_id = draw_resource(world, actor, dice, is_taggable, weights)?;
        let tagged = world.labels.keys().any(|(name, _)| Some(name) == resource_id.name());
        tagged.then_some(Self { resource_id })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let reply = Reply::granted(&label::SEEN_BY_WHO_PUT_THEM);
        let Some((name, resource, sight)) = find_with_sight(world, actor, &self.resource_id) else {
            return reply;
        };
        let own = world.labels.get(&(name.clone(), actor));
        let own = own.into_iter().flatten();
        let own: Vec<_> = own.map(|(key, value)| format_smolstr!("{key}={value}")).collect();
        let by_others = world.labels.keys().any(|(of, by)| of == name && *by != actor);
        let puts = matches!(resource.kind, Kind::Vpc | Kind::Subnet { .. } | Kind::Image { .. });
        let rule = match (resource.owner == actor, by_others) {
            (true, false) => &label::SEEN_BY_WHO_PUT_THEM,
            (true, true) if puts => &label::SEEN_BY_THE_OWNER_OF_THE_THING,
            (true, true) => return reply,
            // What is left of a consumer's tags when it no longer sees the resource is not known.
            (false, _) if puts && (sight.is_seen() || own.is_empty()) => {
                &label::KEPT_FROM_CONSUMERS
            }
            (false, _) => match kept_from_consumers(&resource.kind) {
                Some(rule) if own.is_empty() => rule,
                Some(_) | None => return reply,
            },
        };
        if resource.deleted || !sight.judged {
            return reply;
        }
        reply.with("Tags", Expected::Set(own), rule)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        let mut tagged: Vec<&Name> = world.labels.keys().map(|(name, _)| name).collect();
        tagged.dedup();
        let one = |name: &Name| Self { resource_id: Reference::Named(name.clone()) };
        tagged.into_iter().map(one).collect()
    }
}

/// The rule by which the owner's tags on such a resource are kept from consumers, which can't be shown to
/// put any themselves.
fn kept_from_consumers(kind: &Kind) -> Option<&'static Rule> {
    if matches!(kind, Kind::PrefixList { .. }) {
        return Some(&label::KEPT_FROM_CONSUMERS_OF_PREFIX_LISTS);
    }
    let held = matches!(kind, Kind::TransitGateway { .. }) || ipam_pool::PLAIN.includes(kind);
    held.then_some(&label::KEPT_FROM_CONSUMERS_OF_GATEWAYS_AND_POOLS)
}
