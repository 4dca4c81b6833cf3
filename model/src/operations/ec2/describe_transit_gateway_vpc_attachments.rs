//! DescribeTransitGatewayVpcAttachments.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Field, Key, Reply};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the attachments that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html>
    pub struct DescribeTransitGatewayVpcAttachments {
        /// Only these attachments.
        attachment_ids: Vec<Reference> = "TransitGatewayAttachmentIds",
    }
}

impl Operation for DescribeTransitGatewayVpcAttachments {
    const TOPIC: Topic = Topic::TransitGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::TransitGatewayAttachment { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::TransitGatewayAttachment { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { attachment_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let of_kind = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
        for asked in &self.attachment_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &transit_gateway::ATTACHMENT_KNOWN,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows =
            described(world, actor, |kind| matches!(kind, Kind::TransitGatewayAttachment { .. }));
        keep_asked(&mut rows, &self.attachment_ids);
        for row in rows.iter_mut().filter(|row| row.present) {
            let rule = &transit_gateway::ATTACHMENT_AWAITS_THE_OWNER;
            let Key::Resource(name) = &row.key else { continue };
            let resource = world.resources.get(name);
            // An attachment has no OwnerId of its own; its VPC's owner stands in its place.
            row.fields.clear();
            if let Some(Kind::TransitGatewayAttachment { waiting, .. }) =
                resource.map(|it| &it.kind)
            {
                let waits = Expected::OneOf(&["pendingAcceptance"]);
                let available = Expected::OneOf(&["available"]);
                let expected = if *waiting { waits } else { available };
                row.fields.push(Field { name: "State", expected, rule });
            }
        }
        Reply { because: granted_by(&rows, &self.attachment_ids), fields: Vec::new(), rows }
    }
}
