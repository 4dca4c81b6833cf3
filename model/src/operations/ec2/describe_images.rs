//! DescribeImages.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply};
use crate::compute::{described, granted_by, keep_asked, look};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, LaunchPermission, World};
use crate::{Account, Name};

operation! {
    /// Lists the images that the caller may launch.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html>
    pub struct DescribeImages {
        /// Only these images.
        image_ids: Vec<Reference> = "ImageIds",
        /// `self` for the images that others share with the caller.
        executable_users: SmolStr = "ExecutableUsers",
    }
}

impl Operation for DescribeImages {
    const WRITES: bool = false;
    const WEIGHT: usize = 2;
    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let images = world.things.iter().filter(|(name, it)| {
            matches!(it.kind, Kind::Image { .. })
                && !it.deleted
                && world.sight(actor, name).is_seen()
        });
        let own = dice.percent(50);
        let executable_users = if own { SmolStr::default() } else { SmolStr::new_static("self") };
        let image_ids = if own {
            dice.some_of(images.map(|(name, _)| Reference::Named(name.clone())), 1)
        } else {
            Vec::new()
        };
        Some(Self { image_ids, executable_users })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        for asked in &self.image_ids {
            let seen = look(world, actor, asked).is_some_and(|(_, _, sight)| sight.is_seen());
            conditions.require(seen, &image::UNSEEN_IMAGE_ASKED_FOR);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::Image { .. }));
        keep_asked(&mut rows, &self.image_ids);
        if self.executable_users == "self" {
            for row in &mut rows {
                let Key::Thing(name) = &row.key else { continue };
                let Some(thing) = world.things.get(name) else { continue };
                let Kind::Image { permissions, .. } = &thing.kind else { continue };
                row.rule = &image::EXECUTABLE_BY_THE_CALLER;
                if thing.owner == actor {
                    row.present = false;
                } else if row.present {
                    row.judged &= permissions
                        .iter()
                        .any(|it| *it != LaunchPermission::All && world.permits(it, actor));
                }
            }
        }
        Reply { because: granted_by(&rows, &self.image_ids), fields: Vec::new(), rows }
    }
}
