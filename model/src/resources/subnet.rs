//! Subnets: shared means listed together with the VPC, and open to launches.

use super::ResourceType;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    name: "ec2:Subnet",
    arn_part: "subnet",
    inside_organization_only: true,
    takes_identities: false,
    can_be_left: true,
    default_permission: Some("AWSRAMDefaultPermissionSubnet"),
    includes: |kind| matches!(kind, Kind::Subnet { .. }),
};
