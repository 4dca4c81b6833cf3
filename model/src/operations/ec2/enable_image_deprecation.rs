//! EnableImageDeprecation.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_available_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::time::HOUR;
use crate::world::{Deprecation, Kind, Seconds, World};
use crate::{Account, Name};

operation! {
    /// Says from when on an image is deprecated: listed to its owner alone.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html>
    pub struct EnableImageDeprecation {
        /// The image.
        image_id: Reference = "ImageId",
        /// The time: a number of hours from now, 7200 if it is left out, or `past` for a time that is
        /// over.
        deprecate_at: SmolStr = "DeprecateAt",
    }
}

/// The hours to the date if a call names none: most of a year. Public images can be deprecated two years
/// after they were made at the latest.
const MOST_OF_A_YEAR: u32 = 300 * 24;

impl EnableImageDeprecation {
    /// Returns the time from now to the date; `None` if it is in the past.
    #[must_use]
    pub fn after(&self) -> Option<Seconds> {
        let hours = || self.deprecate_at.parse().unwrap_or(MOST_OF_A_YEAR);
        (self.deprecate_at != "past").then(|| Seconds::from(hours()) * HOUR)
    }
}

impl Operation for EnableImageDeprecation {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let deprecate_at = SmolStr::new_static(match dice.below(7) {
            0 => "past",
            1..=3 => "24",
            _other => "",
        });
        draw_image(world, actor, dice).map(|image_id| Self { image_id, deprecate_at })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_available_image(world, actor, &self.image_id, &mut conditions);
        conditions.require(self.after().is_some(), &image::DEPRECATED_IN_THE_FUTURE);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Kind::Image { deprecation, .. }) = resource.map(|it| &mut it.kind) {
            *deprecation = self.after().map(|after| Deprecation { after, lasted: 0 });
        }
        Reply::granted(&image::LISTED_UNTIL_DEPRECATED)
    }
}
