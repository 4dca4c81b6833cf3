//! DescribeNetworkInterfaces.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{described, granted_by, keep_asked, require_seen, usable_in};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{instance, security_group};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the network interfaces that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>
    pub struct DescribeNetworkInterfaces {
        /// Only these network interfaces.
        network_interface_ids: Vec<Reference> = "NetworkInterfaceIds",
    }
}

impl Operation for DescribeNetworkInterfaces {
    const TOPIC: Topic = Topic::Instances;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::NetworkInterface { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::NetworkInterface { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { network_interface_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let of_kind = |kind: &Kind| matches!(kind, Kind::NetworkInterface { .. });
        for asked in &self.network_interface_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &instance::KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let rows = described(world, actor, |kind| matches!(kind, Kind::NetworkInterface { .. }));
        let mut rows = rows.into_iter().map(|row| with_groups(world, actor, row)).collect();
        keep_asked(&mut rows, &self.network_interface_ids);
        Reply { because: granted_by(&rows, &self.network_interface_ids), fields: Vec::new(), rows }
    }
}

/// A row with the security groups of the interface, if it is the caller's own and all of them are the
/// scenario's. The default group of a VPC is not.
fn with_groups(world: &World, actor: Account, row: Row) -> Row {
    let Key::Resource(name) = &row.key else { return row };
    let Some(resource) = world.resources.get(name) else { return row };
    let Kind::NetworkInterface { groups, .. } = &resource.kind else { return row };
    let is_made_beside = |group: &Name| group.as_str().contains('.');
    if resource.owner != actor || groups.iter().any(is_made_beside) {
        return row;
    }
    let is_usable =
        |group: &Name| usable_in(world, actor, &Reference::Named(group.clone())).is_some();
    let rule = if groups.iter().all(is_usable) {
        &instance::INTERFACE_LISTED_WITH_ITS_GROUPS
    } else {
        &security_group::KEPT_AFTER_REVOCATION
    };
    let texts = groups.iter().map(|group| group.as_str().into()).collect();
    row.with("Groups", Expected::Set(texts), rule)
}
