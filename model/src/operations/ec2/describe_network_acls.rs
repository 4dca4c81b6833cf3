//! DescribeNetworkAcls.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{Weights, described, draw_resource, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::network_acl;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the network ACLs that the caller sees. The default ones of VPCs, which no call makes, are left
    /// out.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html>
    pub struct DescribeNetworkAcls {
        /// Only these network ACLs.
        network_acl_ids: Vec<Reference> = "NetworkAclIds",
    }
}

impl Operation for DescribeNetworkAcls {
    const TOPIC: Topic = Topic::VpcParts;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::NetworkAcl { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 1, near: 3, far: 1 };
        let is_acl = |kind: &Kind| matches!(kind, Kind::NetworkAcl { .. });
        let asked = draw_resource(world, actor, dice, is_acl, weights)?;
        Some(Self { network_acl_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &network_acl::KNOWN_TO_THE_CALLER;
        let is_acl = |kind: &Kind| matches!(kind, Kind::NetworkAcl { .. });
        for asked in &self.network_acl_ids {
            require_seen(world, actor, asked, is_acl, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::NetworkAcl { .. }));
        keep_asked(&mut rows, &self.network_acl_ids);
        Reply { because: granted_by(&rows, &self.network_acl_ids), fields: Vec::new(), rows }
    }
}
