//! The wording of EC2's refusals.
//!
//! The wording follows answers that people have pasted, where there are any.

use bellwether_model::Name;
use bellwether_model::answer::Refusal;
use bellwether_model::rules::{
    Rule, dedicated_host, dry_run, image, instance, security_group, subnet, transit_gateway,
};
use http::StatusCode;

use super::Request;
use crate::reference::json::Failure;
use crate::reference::refusals::cited;

/// The error of a refusal: it cites the first of the broken rules, that of dry runs only if the call
/// itself breaks none.
pub(super) fn failure(request: &Request<'_>, refusal: &Refusal) -> Failure {
    let tried = &dry_run::ANSWERED_WITHOUT_EFFECT;
    let own = refusal.broken.iter().filter(|rule| **rule != tried);
    let by_dry_run = refusal.broken.iter().filter(|rule| **rule == tried);
    let cited = cited(own.chain(by_dry_run).copied());
    let (rule, codes) = cited.unwrap_or((refusal.rule(), &[]));
    let code = code(request, rule, codes);
    let failure = Failure::new(code, message(request, rule, code));
    match code {
        "UnauthorizedOperation" => failure.with_status(StatusCode::FORBIDDEN),
        "DryRunOperation" => failure.with_status(StatusCode::PRECONDITION_FAILED),
        _ => failure,
    }
}

/// The first of a rule's codes; one rule is about two kinds of resources, each with its code. What is no id
/// at all is malformed.
fn code(request: &Request<'_>, rule: &Rule, codes: &[&'static str]) -> &'static str {
    let about_interfaces = request.action.contains("NetworkInterface");
    let mut first = codes.first().copied().unwrap_or("UnauthorizedOperation");
    if *rule == instance::KNOWN_TO_THE_CALLER && about_interfaces {
        let fitting = codes.iter().find(|code| code.contains("NetworkInterface"));
        first = fitting.copied().unwrap_or(first);
    }
    let named = word(first).map_or("", |word| request.form.mentioned(word));
    if named.is_empty() || is_id(named) {
        return first;
    }
    let kind = first.split('.').next().unwrap_or(first).to_ascii_lowercase();
    let malformed = codes
        .iter()
        .find(|code| code.ends_with(".Malformed") && code.to_ascii_lowercase().starts_with(&kind));
    malformed.copied().unwrap_or(first)
}

/// The member that names what a code says does not exist; `None` if it is known for no code.
fn word(code: &str) -> Option<&'static str> {
    let of_others =
        [("InvalidAMIID.NotFound", "ImageId"), ("InvalidSnapshot.NotFound", "SnapshotId")];
    let words = NOT_THERE.iter().map(|(known, _, word)| (*known, *word));
    words.chain(of_others).find(|(known, _)| *known == code).map(|(_, word)| word)
}

/// Whether a text has the form of an id: a word, and 8 or 17 hexadecimal digits.
fn is_id(text: &str) -> bool {
    let Some((_, digits)) = text.rsplit_once('-') else { return false };
    let is_long_enough = digits.len() == 8 || digits.len() == 17;
    is_long_enough && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The ids of a list that are there for the caller in no way.
fn absent<'a>(request: &Request<'a>, list: &str) -> Vec<&'a str> {
    let mut ids = request.form.list(list);
    ids.retain(|id| !request.state.world.sight(request.caller, &Name::new(*id)).is_seen());
    ids
}

/// The codes of what does not exist, each with what it is called and the member that names it.
static NOT_THERE: &[(&str, &str, &str)] = &[
    ("InvalidSubnetID.NotFound", "subnet ID", "SubnetId"),
    ("InvalidVpcID.NotFound", "vpc ID", "VpcId"),
    ("InvalidIpamPoolId.NotFound", "ipam-pool ID", "IpamPoolId"),
    ("InvalidInternetGatewayID.NotFound", "internetGateway ID", "InternetGatewayId"),
    ("InvalidRouteTableID.NotFound", "routeTable ID", "RouteTableId"),
    ("InvalidNetworkAclID.NotFound", "networkAcl ID", "NetworkAclId"),
    ("InvalidVpcEndpointId.NotFound", "Vpc Endpoint Id", "VpcEndpointId"),
    ("InvalidInstanceID.NotFound", "instance ID", "InstanceId"),
    ("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", "NetworkInterfaceId"),
    ("InvalidPrefixListID.NotFound", "prefix list ID", "PrefixListId"),
    ("InvalidCapacityReservationId.NotFound", "capacity reservation ID", "CapacityReservationId"),
    ("InvalidHostID.NotFound", "host ID", "HostId"),
    ("InvalidGroup.NotFound", "security group", "Group"),
    ("InvalidTransitGatewayID.NotFound", "transitGateway ID", "TransitGatewayId"),
];

/// The rules about what belongs to the owner of a VPC.
static OF_THE_VPC_OWNER: &[&str] =
    &["subnet/", "route-table/", "internet-gateway/", "network-acl/", "nat-gateway/"];

fn message(request: &Request<'_>, rule: &Rule, code: &str) -> String {
    let form = &request.form;
    match code {
        "UnauthorizedOperation" if rule.name.starts_with("vpc-endpoint/") => {
            "This operation does not support shared VPCs.".to_owned()
        }
        "UnauthorizedOperation"
            if OF_THE_VPC_OWNER.iter().any(|topic| rule.name.starts_with(topic))
                || *rule == security_group::CHANGED_BY_ITS_OWNER_ALONE =>
        {
            not_owned(request.action)
        }
        "UnauthorizedOperation" => "You are not authorized to perform this operation.".to_owned(),
        "DryRunOperation" => "Request would have succeeded, but DryRun flag is set.".to_owned(),
        "InvalidGroup.NotFound" if *rule == security_group::REFERENCED_IN_ITS_NETWORK_ALONE => {
            "You have specified two resources that belong to different networks.".to_owned()
        }
        "RouteAlreadyExists" => format!(
            "Route {} already exists in Transit Gateway Route Table {}.",
            form.mentioned("DestinationCidrBlock"),
            form.mentioned("TransitGatewayRouteTableId")
        ),
        "InvalidGroup.Duplicate" => {
            format!("The security group '{}' already exists", form.mentioned("GroupName"))
        }
        "InvalidPermission.NotFound" => {
            "The specified rule does not exist in this security group.".to_owned()
        }
        "InvalidSnapshot.InUse" => {
            format!("The snapshot {} is currently in use by an AMI", form.mentioned("SnapshotId"))
        }
        _ => not_there(request, rule, code).unwrap_or_else(|| worded_by_rule(request, rule)),
    }
}

/// The message about something that does not exist; `None` for other codes.
fn not_there(request: &Request<'_>, rule: &Rule, code: &str) -> Option<String> {
    let form = &request.form;
    Some(match code {
        "InvalidIpamPoolAllocationId.NotFound" => format!(
            "The IPAM pool allocation ({}) does not exist.",
            form.mentioned("IpamPoolAllocationId")
        ),
        "InvalidRouteTableID.NotFound" if rule.name.starts_with("transit-gateway/") => format!(
            "Transit Gateway Route Table {} was deleted or does not exist.",
            form.mentioned("TransitGatewayRouteTableId")
        ),
        "NatGatewayNotFound" => {
            format!("NatGateway {} was not found", form.mentioned("NatGatewayId"))
        }
        "InvalidPlacementGroup.Unknown" => {
            let named = form.mentioned("GroupName");
            let named = if named.is_empty() { form.mentioned("GroupId") } else { named };
            format!("The placement group '{named}' is unknown.")
        }
        "InvalidAMIID.NotFound" => match &absent(request, "ImageId")[..] {
            [] => format!("The image id '[{}]' does not exist", form.mentioned("ImageId")),
            [id] => format!("The image id '[{id}]' does not exist"),
            ids => format!("The image ids '[{}]' do not exist", ids.join(", ")),
        },
        "InvalidInstanceID.NotFound" => match &absent(request, "InstanceId")[..] {
            [] => format!("The instance ID '{}' does not exist", form.mentioned("InstanceId")),
            [id] => format!("The instance ID '{id}' does not exist"),
            ids => format!("The instance IDs '{}' do not exist", ids.join(", ")),
        },
        code if code.ends_with(".Malformed") => {
            let (known, ..) = *NOT_THERE.iter().find(|(known, ..)| {
                let kind = known.split('.').next().unwrap_or(known).to_ascii_lowercase();
                code.to_ascii_lowercase().starts_with(&kind)
            })?;
            format!("Invalid id: \"{}\"", form.mentioned(word(known)?))
        }
        "InvalidSnapshot.NotFound" => {
            format!("The snapshot '{}' does not exist.", form.mentioned("SnapshotId"))
        }
        "InvalidTransitGatewayID.NotFound" if request.action != "CreateRoute" => format!(
            "Transit Gateway {} was deleted or does not exist.",
            form.mentioned("TransitGatewayId")
        ),
        "InvalidTransitGatewayAttachmentID.NotFound" => format!(
            "Transit Gateway Attachment {} was deleted or does not exist.",
            form.mentioned("TransitGatewayAttachmentId")
        ),
        _ => {
            let (_, what, word) = NOT_THERE.iter().find(|(known, ..)| *known == code)?;
            format!("The {what} '{}' does not exist", form.mentioned(word))
        }
    })
}

/// The refusal of a participant that would change what belongs to the VPC's owner.
pub(super) fn not_owned(action: &str) -> String {
    format!(
        "You are not authorized to perform {action} operation. A subnet in this vpc is shared but \
         the provided object is not owned by you"
    )
}

fn worded_by_rule(request: &Request<'_>, rule: &Rule) -> String {
    let form = &request.form;
    let image = form.mentioned("ImageId");
    if *rule == image::LAUNCHED_WITH_A_PERMISSION {
        return format!("Not authorized for images: [{image}]");
    }
    if *rule == image::CHANGED_BY_ITS_OWNER_ALONE {
        return format!("Not authorized for image:{image}");
    }
    if let Some(said) = said_of_images(rule) {
        return said.to_owned();
    }
    if *rule == image::PERMITTED_TO_A_VALID_ACCOUNT {
        let item = form.mentioned("UserId");
        return format!("Invalid attribute item value \"{item}\" for userId item type.");
    }
    if [&security_group::NAMED_BY_PARTICIPANTS, &security_group::NAMED_FOR_AN_INTERFACE]
        .contains(&rule)
    {
        let subnet = request.reference(form.mentioned("SubnetId"));
        let vpc = subnet.name().and_then(|it| request.state.world.vpc_of(it));
        let vpc = vpc.map_or("", |vpc| vpc.as_str());
        return format!(
            "You do not have access to a default security group in VPC {vpc}. Specify a security \
             group, and try again."
        );
    }
    if *rule == subnet::KEPT_WHILE_IN_USE {
        let (what, word) =
            if request.action == "DeleteVpc" { ("vpc", "VpcId") } else { ("subnet", "SubnetId") };
        let id = form.mentioned(word);
        return format!("The {what} '{id}' has dependencies and cannot be deleted.");
    }
    if [
        &security_group::KEPT_WHILE_IN_USE,
        &security_group::KEPT_WHILE_REFERENCED,
        &security_group::KEPT_WHILE_ASSOCIATED,
    ]
    .contains(&rule)
    {
        let id = form.mentioned("GroupId");
        return format!("resource {id} has a dependent object");
    }
    if *rule == transit_gateway::KEPT_WHILE_ATTACHED {
        let id = form.mentioned("TransitGatewayId");
        return format!("{id} has non-deleted VPC Attachments.");
    }
    if *rule == transit_gateway::ASSOCIATED_WITH_ONE_ROUTE_TABLE {
        let id = form.mentioned("TransitGatewayAttachmentId");
        return format!("Transit Gateway Attachment {id} is already associated to a route table.");
    }
    if *rule == dedicated_host::KEPT_WHILE_OCCUPIED {
        let id = form.mentioned("HostId");
        return format!("Dedicated host '{id}' cannot be released as it is occupied");
    }
    rule.says.to_owned()
}

/// What is said of any image by a rule; `None` by other rules.
fn said_of_images(rule: &Rule) -> Option<&'static str> {
    let said = [
        (
            &image::COPIED_WITH_ITS_STORAGE_SHARED,
            "You do not have permission to access the storage of this ami",
        ),
        (
            &image::PUBLIC_WHERE_BLOCKED,
            "You can't publicly share this image because block public access for AMIs is enabled \
             for this account.",
        ),
        (
            &image::FILTERED_AS_DISABLED_WHERE_INCLUDED,
            "When filtering by the 'disabled' state, 'IncludeDisabled' must be set to 'true' in the \
             request.",
        ),
    ];
    said.into_iter().find(|(of, _)| *of == rule).map(|(_, said)| said)
}
