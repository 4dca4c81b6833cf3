//! AMIs, where RAM is assumed to share them: shared means listed, and open to launches.

use super::ResourceType;
use crate::world::Kind;

/// AWS has no such type: <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    name: "ec2:Image",
    arn_part: "image",
    inside_organization_only: false,
    takes_identities: false,
    can_be_left: true,
    includes: |kind| matches!(kind, Kind::Image { .. }),
};
