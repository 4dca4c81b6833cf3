//! CreateNetworkInterface.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{groups_of, launched_by, require_groups, require_open_subnet};
use crate::dice::Dice;
use crate::operations::ec2::DeleteNetworkInterface;
use crate::operations::ec2::run_instances::{draw_groups, draw_subnet};
use crate::operations::{LostAnswer, Operation, Topic, Usage};
use crate::parameters::{Groups, Reference, operation};
use crate::rules::security_group;
use crate::world::{Kind, Resource, World};
use crate::{Account, Call, Name};

operation! {
    /// Makes a network interface in a subnet that the caller owns or participates in.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html>
    pub struct CreateNetworkInterface {
        /// The subnet.
        subnet_id: Reference = "SubnetId",
        /// Its security groups.
        security_group_ids: Groups = "SecurityGroupIds",
    }
}

impl Operation for CreateNetworkInterface {
    const TOPIC: Topic = Topic::Instances;
    const MAKES: &'static str = "eni";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 5;
    const LAUNCH_ENDED_BY: Option<fn(Reference) -> Call> =
        Some(|network_interface_id| DeleteNetworkInterface { network_interface_id }.into());

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let subnet_id = draw_subnet(world, actor, dice)?;
        let security_group_ids = draw_groups(world, actor, &subnet_id, dice);
        Some(Self { subnet_id, security_group_ids })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(vpc) = require_open_subnet(world, actor, &self.subnet_id, &mut conditions) {
            let unnamed = &security_group::NAMED_FOR_AN_INTERFACE;
            require_groups(world, actor, vpc, &self.security_group_ids, unnamed, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let subnet = self.subnet_id.name().cloned();
        let vpc = subnet.as_ref().and_then(|subnet| world.vpc_of(subnet)).cloned();
        let because = launched_by(world, actor, &self.security_group_ids, vpc.as_ref());
        if let (Some(subnet), Some(vpc)) = (subnet, vpc) {
            let groups = groups_of(world, actor, &vpc, &self.security_group_ids);
            let kind = Kind::NetworkInterface { subnet, groups };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        Reply::granted(because)
    }

    fn usage(kind: &Kind, named: Reference) -> Option<(Usage, Self)> {
        let is_subnet = matches!(kind, Kind::Subnet { .. });
        is_subnet.then(|| (Usage::Launch, Self { subnet_id: named, ..Self::default() }))
    }
}
