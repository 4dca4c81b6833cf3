//! RegisterImage.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::image;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Registers an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html>
    pub struct RegisterImage {}
}

impl Operation for RegisterImage {
    const TOPIC: Topic = Topic::Images;
    const MAKES: &'static str = "image";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 3;
    const MAKES_LAUNCHABLE: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world
            .resources
            .values()
            .filter(|it| it.owner == actor && !it.deleted && matches!(it.kind, Kind::Image { .. }));
        (own.count() < 2 && dice.percent(80)).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::Image {
            permissions: BTreeSet::new(),
            former: BTreeSet::new(),
            disabled: false,
            deprecation: None,
        };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&image::MADE_BY_ITS_OWNER)
    }
}
