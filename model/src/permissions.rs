//! Conditions that the operations on managed permissions have in common: which one a call names, what a
//! policy template may say, and what attaching one to a share does.

use std::collections::BTreeSet;

use serde_json::Value;
use smol_str::{SmolStr, ToSmolStr as _};

use crate::answer::{Conditions, Expected, Reply, Row};
use crate::dice::Dice;
use crate::parameters::Reference;
use crate::resources;
use crate::rules::{Rule, permission};
use crate::shareable::{self, SHAREABLE};
use crate::world::{
    AssociationStatus, Attachment, Managed, ManagedPermission, PermissionVersion, Share, World,
};
use crate::{Account, Name};

/// The managed permissions that types have by default, where a source states their names: names
/// can't be derived from types.
///
/// <https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html>, with its tables as they
/// stood in 2022 (github.com/awsdocs/aws-resource-access-manager-user-guide); pools:
/// <https://docs.aws.amazon.com/vpc/latest/ipam/share-pool-ipam.html>; Profiles:
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html>.
const DEFAULTS: &[(&str, &str)] = &[
    ("acm-pca:CertificateAuthority", "AWSRAMDefaultPermissionCertificateAuthority"),
    ("appmesh:Mesh", "AWSRAMDefaultPermissionAppMesh"),
    ("codebuild:Project", "AWSRAMDefaultPermissionCodeBuildProject"),
    ("codebuild:ReportGroup", "AWSRAMDefaultPermissionCodeBuildReportGroup"),
    ("ec2:CapacityReservation", "AWSRAMDefaultPermissionCapacityReservation"),
    ("ec2:DedicatedHost", "AWSRAMDefaultPermissionDedicatedHost"),
    ("ec2:IpamPool", "AWSRAMDefaultPermissionsIpamPool"),
    ("ec2:LocalGatewayRouteTable", "AWSRAMDefaultPermissionLocalGateway"),
    ("ec2:PrefixList", "AWSRAMDefaultPermissionPrefixList"),
    (SUBNETS, "AWSRAMDefaultPermissionSubnet"),
    ("ec2:TrafficMirrorTarget", "AWSRAMDefaultPermissionTrafficMirror"),
    ("ec2:TransitGateway", "AWSRAMDefaultPermissionTransitGateway"),
    ("glue:Catalog", "AWSRAMDefaultPermissionGlueCatalog"),
    ("glue:Database", "AWSRAMDefaultPermissionGlueDatabase"),
    ("glue:Table", "AWSRAMDefaultPermissionGlueTable"),
    ("imagebuilder:Component", "AWSRAMDefaultPermissionImageBuilderComponent"),
    ("imagebuilder:ContainerRecipe", "AWSRAMDefaultPermissionImageBuilderContainerRecipe"),
    ("imagebuilder:Image", "AWSRAMDefaultPermissionImageBuilderImage"),
    ("imagebuilder:ImageRecipe", "AWSRAMDefaultPermissionImageBuilderImageRecipe"),
    ("license-manager:LicenseConfiguration", "AWSRAMDefaultPermissionLicenseConfiguration"),
    ("network-firewall:FirewallPolicy", "AWSRAMDefaultPermissionNetworkFirewallPolicy"),
    (
        "network-firewall:StatefulRuleGroup",
        "AWSRAMDefaultPermissionNetworkFirewallStatefulRuleGroup",
    ),
    (
        "network-firewall:StatelessRuleGroup",
        "AWSRAMDefaultPermissionNetworkFirewallStatelessRuleGroup",
    ),
    ("outposts:Outpost", "AWSRAMDefaultPermissionOutpostsOutpost"),
    ("rds:Cluster", "AWSRAMDefaultPermissionRDSCluster"),
    ("resource-groups:Group", "AWSRAMDefaultPermissionResourceGroup"),
    ("route53profiles:Profile", "AWSRAMPermissionRoute53ProfileAllowAssociation"),
    ("route53resolver:FirewallRuleGroup", "AWSRAMDefaultPermissionResolverFirewallRuleGroup"),
    ("route53resolver:ResolverQueryLogConfig", "AWSRAMDefaultPermissionResolverQueryLogConfig"),
    ("route53resolver:ResolverRule", "AWSRAMDefaultPermissionResolverRule"),
    ("s3-outposts:Outpost", "AWSRAMDefaultPermissionS3Outposts"),
    ("ssm-contacts:Contact", "AWSRAMDefaultPermissionSSMContactsContact"),
    ("ssm-incidents:ResponsePlan", "AWSRAMDefaultPermissionSSMIncidentsResponsePlan"),
];

/// The type of which cases draw the default permission: the one that they share most.
const SUBNETS: &str = "ec2:Subnet";

/// The types whose default permission is known by name, each with that name.
pub fn defaults() -> impl Iterator<Item = (&'static str, &'static str)> {
    DEFAULTS.iter().copied()
}

/// The name of the managed permission that a type has by default, where a source states it.
#[must_use]
pub fn default_name(of_type: &str) -> Option<&'static str> {
    DEFAULTS.iter().find(|(name, _)| *name == of_type).map(|(_, default)| *default)
}

/// Types that RAM can't share, though they are often looked for.
const UNSHAREABLE: &[&str] = &["ec2:Instance", "ec2:Image", "ec2:Vpc"];

/// The actions of which a public source shows that a type's permission may name them.
const ACTIONS: &[(&str, &[&str])] = &[
    ("appsync:Apis", &["appsync:SourceGraphQL"]),
    ("imagebuilder:Component", &["imagebuilder:GetComponent", "imagebuilder:ListComponents"]),
];

/// The type that a permission is for where a scenario does not say: one of which real answers
/// show templates that are taken.
pub const PLAIN_TYPE: &str = "imagebuilder:Component";
/// The template of a permission where a scenario does not say.
pub const PLAIN_TEMPLATE: &str =
    r#"{"Effect": "Allow", "Action": ["imagebuilder:ListComponents"]}"#;
/// The template of a later version where a scenario does not say.
pub const WIDER_TEMPLATE: &str = r#"{"Effect": "Allow", "Action": ["imagebuilder:ListComponents", "imagebuilder:GetComponent"]}"#;

/// The prefix of the ARN of a permission of AWS.
pub const AWS_ARN: &str = "arn:aws:ram::aws:permission/";

/// The words of a permission that can be attached.
pub const ATTACHABLE: Expected = Expected::OneOf(&["ATTACHABLE"]);
/// The words of a version that is not the default.
pub const UNATTACHABLE: Expected = Expected::OneOf(&["UNATTACHABLE"]);
/// The words of a permission or version on its way out, or gone.
pub const DELETED: Expected = Expected::OneOf(&["DELETED", "DELETING"]);

/// A resource type as the API spells it, whatever the case of the part after the colon.
#[must_use]
pub fn spelled(of_type: &str) -> SmolStr {
    let known = SHAREABLE.iter().find(|known| known.name.eq_ignore_ascii_case(of_type));
    known.map_or_else(|| of_type.into(), |known| SmolStr::new_static(known.name))
}

/// Requires that a permission can be made for a resource type.
pub fn require_type(of_type: &str, conditions: &mut Conditions) {
    if let Some(known) = shareable::find(of_type) {
        let takes = known.takes_own_permissions;
        return conditions.require(takes, &permission::OF_A_TYPE_THAT_TAKES_THEM);
    }
    let unshareable = UNSHAREABLE.contains(&of_type) || !of_type.contains(':');
    conditions.require(!unshareable, &permission::OF_A_SHAREABLE_TYPE);
    if !unshareable {
        let known = spelled(of_type) != of_type;
        conditions.require(!known, &permission::TYPE_SPELLED_EXACTLY);
        conditions.require(known, &permission::OF_A_TYPE_ADDED_LATER);
    }
}

/// Requires that a policy template says what one may say of this type.
pub fn require_template(text: &str, of_type: &str, conditions: &mut Conditions) {
    let Ok(Value::Object(members)) = serde_json::from_str(text) else {
        return conditions.require(false, &permission::TEMPLATE_WELL_FORMED);
    };
    let mut resource = false;
    let mut misspelled = false;
    for key in members.keys() {
        match key.as_str() {
            "Effect" | "Action" | "Condition" => {}
            "Resource" => resource = true,
            "effect" | "action" | "condition" => misspelled = true,
            _ => conditions.require(false, &permission::TEMPLATE_WELL_FORMED),
        }
    }
    conditions.require(!misspelled, &permission::TEMPLATE_BLOCKS_SPELLED);
    conditions.require(!resource, &permission::TEMPLATE_OF_THREE_BLOCKS);
    let effect = members.get("Effect").and_then(Value::as_str);
    conditions.require(effect != Some("Deny"), &permission::TEMPLATE_ALLOWS);
    let actions: Option<Vec<&str>> = match members.get("Action") {
        Some(Value::String(action)) => Some(vec![action]),
        Some(Value::Array(actions)) => actions.iter().map(Value::as_str).collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => None,
    };
    let whole = actions.as_ref().is_some_and(|actions| !actions.is_empty()) && effect.is_some();
    let formed = misspelled || (whole && matches!(effect, Some("Allow" | "Deny")));
    conditions.require(formed, &permission::TEMPLATE_WELL_FORMED);
    let known = ACTIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(of_type));
    let known = known.map_or(&[][..], |(_, actions)| actions);
    let unknown = actions.is_some_and(|actions| actions.iter().any(|it| !known.contains(it)));
    conditions.require(
        !unknown && !members.contains_key("Condition"),
        &permission::TEMPLATE_FITS_THE_TYPE,
    );
}

/// The permission of AWS that a text names, where a source states whose it is.
fn default_of(arn: &str) -> Option<Managed> {
    let name = arn.strip_prefix(AWS_ARN)?;
    let (of_type, _) = DEFAULTS.iter().find(|(_, default)| *default == name)?;
    Some(Managed::Default(SmolStr::new_static(of_type)))
}

/// The permission that a call names, where it exists; what is wrong with the name otherwise.
pub fn named_permission(
    world: &World,
    named: &Reference,
    conditions: &mut Conditions,
) -> Option<Managed> {
    match named {
        Reference::Named(name) if world.permissions.contains_key(name) => {
            Some(Managed::Customer(name.clone()))
        }
        Reference::Named(name) => {
            let is_other = world.resources.contains_key(name)
                || world.shares.contains_key(name)
                || world.replacements.contains_key(name);
            conditions.require(!is_other, &permission::NAMED_BY_AN_ARN);
            conditions.require(is_other, &permission::KNOWN);
            None
        }
        Reference::Literal(text) => {
            let default = default_of(text);
            if default.is_none() {
                let is_arn = text.starts_with("arn:aws:ram:") && text.contains(":permission/");
                let of_aws = text.starts_with(AWS_ARN);
                conditions.require(!of_aws, &permission::OF_AWS_WITH_ANOTHER_NAME);
                conditions.require(!is_arn || of_aws, &permission::KNOWN);
                conditions.require(is_arn, &permission::NAMED_BY_AN_ARN);
            }
            default
        }
    }
}

/// The permission that its owner is about to write to, if nothing is undecided about it.
pub fn own_permission<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<&'w ManagedPermission> {
    let held = match named_permission(world, named, conditions)? {
        Managed::Default(_) => None,
        Managed::Customer(name) => world.permissions.get(&name),
    };
    let own = held.filter(|held| held.owner == actor);
    conditions.require(own.is_some(), &permission::WRITTEN_BY_ITS_OWNER_ALONE);
    let own = own?;
    conditions.require(!own.deleted, &permission::FINAL_ONCE_DELETED);
    conditions.require_not_open(own.open);
    (!own.deleted && own.open.is_none()).then_some(own)
}

impl ManagedPermission {
    /// The version of this number, deleted or not.
    #[must_use]
    pub fn version(&self, number: Option<i32>) -> Option<(u32, &PermissionVersion)> {
        let number = u32::try_from(number?).ok()?;
        self.versions.get(&number).map(|version| (number, version))
    }

    /// Requires that a version exists, and returns its number while it is not deleted.
    pub fn require_version(&self, number: Option<i32>, conditions: &mut Conditions) -> Option<u32> {
        let version = self.version(number);
        conditions.require(version.is_some(), &permission::VERSION_KNOWN);
        let (number, version) = version?;
        conditions.require(!version.deleted, &permission::VERSION_FINAL_ONCE_DELETED);
        (!version.deleted).then_some(number)
    }

    /// The versions that are not deleted.
    pub fn live_versions(&self) -> impl Iterator<Item = (u32, &PermissionVersion)> {
        let all = self.versions.iter().map(|(number, version)| (*number, version));
        all.filter(|(_, version)| !version.deleted)
    }
}

impl Managed {
    /// Returns the resource type that it is for; `None` if it does not exist.
    #[must_use]
    pub fn resource_type(&self, world: &World) -> Option<SmolStr> {
        match self {
            Self::Customer(name) => Some(spelled(&world.permissions.get(name)?.resource_type)),
            Self::Default(of_type) => Some(of_type.clone()),
        }
    }

    /// Returns its ARN in a scenario, if that is known.
    #[must_use]
    pub fn arn(&self) -> Option<SmolStr> {
        match self {
            Self::Customer(name) => Some(name.as_str().into()),
            Self::Default(of_type) => {
                Some(format!("{AWS_ARN}{}", default_name(of_type)?).to_smolstr())
            }
        }
    }

    /// The version that is attached to shares; 0 where it is AWS's affair.
    fn default_version(&self, world: &World) -> u32 {
        match self {
            Self::Customer(name) => world.permissions.get(name).map_or(0, |held| held.default),
            Self::Default(_) => 0,
        }
    }
}

/// Requires that a permission which an account names for its share can be attached to one.
///
/// Returns the permission and its type where that is decided.
pub fn require_attachable(
    world: &World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) -> Option<(Managed, SmolStr)> {
    let managed = named_permission(world, named, conditions)?;
    if let Managed::Customer(name) = &managed {
        let held = world.permissions.get(name)?;
        conditions.require(held.owner == actor, &permission::WRITTEN_BY_ITS_OWNER_ALONE);
        conditions.require(!held.deleted, &permission::FINAL_ONCE_DELETED);
        conditions.require_not_open(held.open);
    }
    let of_type = managed.resource_type(world)?;
    Some((managed, of_type))
}

/// Requires that the permissions of a new share can be attached, at most one for each type.
pub fn require_all_attachable(
    world: &World,
    actor: Account,
    named: &[Reference],
    conditions: &mut Conditions,
) {
    let (mut before, mut types) = (BTreeSet::new(), BTreeSet::new());
    for reference in named {
        let again = !before.insert(reference);
        let mut of_this = Conditions::default();
        let attachable = require_attachable(world, actor, reference, &mut of_this);
        if of_this.only_open() {
            conditions.also(of_this);
        } else {
            conditions.require(false, &permission::ATTACHED_FROM_WHAT_EXISTS);
        }
        let Some((_, of_type)) = attachable else { continue };
        conditions.require(!again, &permission::ATTACHED_AGAIN);
        let first = types.insert(of_type);
        conditions.require(again || first, &permission::ONE_FOR_EACH_TYPE);
    }
}

/// Attaches a permission to a share.
pub fn attach(world: &mut World, share: &Name, permission: Managed, from_the_start: bool) {
    let version = permission.default_version(world);
    let Some(of_type) = permission.resource_type(world) else { return };
    if let Some(share) = world.shares.get_mut(share) {
        let attachment =
            Attachment { permission, version, live: true, named: true, from_the_start, open: None };
        share.permissions.insert(of_type, attachment);
    }
}

/// Attaches the default permission of a resource's type to a share that holds none for it.
pub fn attach_default(share: &mut Share, of_type: &'static str) {
    if share.permissions.get(of_type).is_none_or(|it| !it.live) {
        let of_type = SmolStr::new_static(of_type);
        let permission = Managed::Default(of_type.clone());
        let attachment = Attachment {
            permission,
            version: 0,
            live: true,
            named: false,
            from_the_start: false,
            open: None,
        };
        share.permissions.insert(of_type, attachment);
    }
}

/// Whether a share holds resources of a type: those that live, and those that were deleted.
#[must_use]
pub fn holds_type(world: &World, share: &Share, of_type: &str) -> (bool, bool) {
    let mut found = (false, false);
    for (name, association) in &share.resources {
        let Some(resource) = world.resources.get(name) else { continue };
        let fits = resources::of(world.assumptions, &resource.kind)
            .is_some_and(|it| it.facts.name == of_type);
        if fits && association.status != AssociationStatus::Disassociated {
            found.0 |= !resource.deleted;
            found.1 |= resource.deleted;
        }
    }
    found
}

/// The shares that hold a permission now: those that live, and those that were deleted.
pub fn holders<'w>(
    world: &'w World,
    permission: &'w Managed,
) -> impl Iterator<Item = (&'w Share, &'w Attachment)> {
    world.shares.values().flat_map(move |share| {
        let held = share.permissions.values();
        held.filter(move |it| it.live && it.permission == *permission).map(move |it| (share, it))
    })
}

/// Leaves undecided whatever concerns the permissions and shares of these names.
pub(crate) fn leave_open<'n>(
    world: &mut World,
    names: impl Iterator<Item = &'n Name>,
    open: &'static Rule,
) {
    for name in names {
        if let Some(held) = world.permissions.get_mut(name) {
            held.open = Some(open);
            let customer = Managed::Customer(name.clone());
            for share in world.shares.values_mut() {
                let held = share.permissions.values_mut();
                for attachment in held.filter(|it| it.permission == customer) {
                    attachment.open = Some(open);
                    // What the permission lets consumers do is as undecided as the permission.
                    if attachment.live {
                        share.open = Some(open);
                    }
                }
            }
        } else if let Some(share) = world.shares.get_mut(name) {
            share.permissions.values_mut().for_each(|it| it.open = Some(open));
        } else if let Some(replacement) = world.replacements.get_mut(name) {
            replacement.open = Some(open);
        }
    }
}

/// Returns the open rule by which a share's permission is not judged, if there is one.
#[must_use]
pub fn undecided(world: &World, share: &Share, attachment: &Attachment) -> Option<&'static Rule> {
    let of_permission = match &attachment.permission {
        Managed::Customer(name) => world.permissions.get(name).and_then(|held| held.open),
        Managed::Default(_) => None,
    };
    share.open.or(attachment.open).or(of_permission)
}

/// The reply that a permission, or a version of one, is deleted.
#[must_use]
pub fn deleted(rule: &'static Rule) -> Reply {
    let reply = Reply::granted(rule).with("returnValue", Expected::Flag(true), rule);
    reply.with("permissionStatus", DELETED, rule)
}

/// A row with what every list says of a permission in a share; `version` is what the list calls
/// its version.
#[must_use]
pub fn attached_row(
    row: Row,
    world: &World,
    attachment: &Attachment,
    version: &'static str,
) -> Row {
    let rule = row.rule;
    let row = match attachment.permission.arn() {
        Some(arn) => row.with("arn", Expected::Text(arn), rule),
        None => row,
    };
    let Managed::Customer(name) = &attachment.permission else { return row };
    let default = world.permissions.get(name).map_or(0, |held| held.default);
    let kept = &permission::VERSION_KEPT_BY_SHARES;
    row.with(version, Expected::Text(attachment.version.to_smolstr()), kept).with(
        "defaultVersion",
        Expected::Flag(attachment.version == default),
        kept,
    )
}

/// A reply with what every answer says of a customer managed permission.
#[must_use]
pub fn described(reply: Reply, name: &Name, held: &ManagedPermission, number: u32) -> Reply {
    let rule = &permission::CREATED_ATTACHABLE;
    reply
        .with("arn", Expected::Text(name.as_str().into()), rule)
        .with("name", Expected::Text(held.name.clone()), rule)
        .with("resourceType", Expected::Text(held.resource_type.clone()), rule)
        .with("version", Expected::Text(number.to_smolstr()), &permission::NUMBERED_IN_ORDER)
        .with(
            "defaultVersion",
            Expected::Flag(number == held.default),
            &permission::NEWEST_VERSION_IS_THE_DEFAULT,
        )
}

/// A permission that a call could name: mostly one of the caller's own.
pub(crate) fn draw_permission(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    if dice.percent(2) {
        let texts = [
            "arn:aws:ram:us-east-1:111122223333:permission/nobodys",
            "arn:aws:ram::aws",
            "permission",
        ];
        return dice.pick(&texts).map(|text| Reference::Literal((*text).into()));
    }
    let foreign = dice.percent(5);
    let deleted = dice.percent(4);
    let fits = world.permissions.iter().filter(|(_, held)| {
        (held.owner == actor) != foreign && (deleted || !held.deleted) && held.open.is_none()
    });
    dice.pick_from(fits.map(|(name, _)| Reference::Named(name.clone())))
}

/// A permission that a share could hold: one of the caller's own, or of AWS.
pub(crate) fn draw_attachable(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    if dice.percent(20) {
        let arns =
            default_name(SUBNETS).map(|name| Reference::Literal(format!("{AWS_ARN}{name}").into()));
        return dice.pick_from(arns.into_iter());
    }
    draw_permission(world, actor, dice)
}

/// A version of a permission: mostly one that lives.
pub(crate) fn draw_version(world: &World, named: &Reference, dice: &mut Dice<'_>) -> Option<i32> {
    let held = world.permissions.get(named.name()?)?;
    if dice.percent(4) {
        return Some(9);
    }
    let deleted = dice.percent(4);
    let fits = held.versions.iter().filter(|(_, version)| deleted || !version.deleted);
    dice.pick_from(fits.filter_map(|(number, _)| i32::try_from(*number).ok()))
}
