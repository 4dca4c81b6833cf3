//! ListHostedZones.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{described, granted_by};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the hosted zones of the caller.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html>
    pub struct ListHostedZones {}
}

impl Operation for ListHostedZones {
    const TOPIC: Topic = Topic::HostedZones;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::HostedZone { .. }));

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::HostedZone { .. }));
        // A listed zone does not say whose it is.
        for row in &mut rows {
            row.fields.clear();
        }
        Reply { because: granted_by(&rows, &[]), fields: Vec::new(), rows }
    }
}
