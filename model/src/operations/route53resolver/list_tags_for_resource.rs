//! ListTagsForResource.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Reply};
use crate::compute::{Weights, draw_resource};
use crate::dice::Dice;
use crate::kinds::Dns;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::world::Kind;
use crate::{Account, Name, World, tagging};

operation! {
    /// Lists the tags of a Resolver rule, a query log config or a DNS Firewall rule group.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListTagsForResource.html>
    pub struct ListTagsForResource {
        /// The rule, config or group.
        resource_arn: Reference = "ResourceArn",
    }
}

impl Operation for ListTagsForResource {
    const TOPIC: Topic = Topic::ResolverRules;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 8, near: 2, far: 1 };
        let resource_arn = draw_resource(world, actor, dice, is_taggable, weights)?;
        let tagged = resource_arn.name().is_some_and(|name| world.tags.contains_key(name));
        tagged.then_some(Self { resource_arn })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        // Whether others are refused, or shown no tags, is not known.
        conditions.empty_list(EmptyList::IsTolerated);
        let dns = dns_of(world, &self.resource_arn).unwrap_or(&resolver_rule::DNS);
        let found = dns.require(world, actor, &self.resource_arn, &mut conditions);
        if let (Some((_, resource)), Some(tags)) = (found, &dns.tags) {
            conditions.require(resource.owner == actor, tags.kept_from_consumers);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let dns = dns_of(world, &self.resource_arn).unwrap_or(&resolver_rule::DNS);
        let rule = dns.tags.as_ref().map_or(dns.made_by_its_owner, |it| it.listed_to_their_maker);
        let tags = self.resource_arn.name().and_then(|name| world.tags.get(name));
        let tags = tags.map(tagging::written).unwrap_or_default();
        Reply::granted(rule).with("Tags", Expected::Set(tags), rule)
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.tags.keys().filter(|&name| {
            world.resources.get(name).is_some_and(|it| it.owner == account && !it.deleted)
        });
        own.map(|name| Self { resource_arn: Reference::Named(name.clone()) }).collect()
    }
}

/// Whether resources of this kind have tags that this operation lists.
fn is_taggable(kind: &Kind) -> bool {
    matches!(kind, Kind::Dns(dns) if dns.tags.is_some())
}

/// The type of what a call names, where it is one of those whose tags are listed.
fn dns_of(world: &World, named: &Reference) -> Option<&'static Dns> {
    let resource = world.resources.get(named.name()?)?;
    let Kind::Dns(dns) = resource.kind else { return None };
    dns.tags.as_ref().map(|_| dns)
}
