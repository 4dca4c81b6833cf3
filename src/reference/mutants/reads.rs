//! Mutants of the lists of RAM and of images: their rows, filters and pages.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::parameters::Reference;
use bellwether_model::rules::{Rule, image, read, resource, security_group, share, subnet, tag};
use bellwether_model::world::{AssociationStatus, World};
use bellwether_model::{Account, Call, Name, Reply};
use serde_json::{Map, Value, json};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "pending-share-listed",
        description: "A pending share is listed to its receiver.",
        rule: &read::PENDING_SHARES_UNLISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_pending_shares),
    },
    Mutant {
        name: "no-foreign-shares",
        description: "GetResourceShares lists no shares of others.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: "fakecloud pull request 2136: the view of OTHER-ACCOUNTS was empty",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_no_foreign_shares),
    },
    Mutant {
        name: "revoked-share-listed",
        description: "A share stays listed to an account that it no longer grants anything.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    DisassociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Rewrites(list_revoked_shares),
    },
    Mutant {
        name: "foreign-owner-lost",
        description: "A share of another account is listed as the caller's own.",
        rule: &share::OWNED_BY_ITS_CREATOR,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_shares_as_own),
    },
    Mutant {
        name: "associations-shown-to-consumers",
        description: "A consumer is shown the associations of a share that it uses.",
        rule: &read::ASSOCIATIONS_OF_FOREIGN_SHARES,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share
owner    GetResourceShareAssociations associationStatus=DISASSOCIATED",
        equivalent: Some(
            "whether a consumer is shown what is associated with a share that it uses is open",
        ),
        mutation: Mutation::Rewrites(show_associations_to_consumers),
    },
    Mutant {
        name: "own-and-foreign-in-one",
        description: "GetResourceShares with SELF lists the shares of others as well.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_foreign_shares_as_self),
    },
    Mutant {
        name: "resources-of-all-owners",
        description: "ListResources takes no account of whose resources are asked for.",
        rule: &read::RESOURCES_LISTED_TO_CONSUMERS,
        seen: "gopherstack issue 1822: the filter by owner is not looked at",
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Misreads(list_own_resources_always),
    },
    Mutant {
        name: "resources-of-all-types",
        description: "ListResources takes no account of the type that is asked for.",
        rule: &read::RESOURCES_FILTERED,
        seen: "gopherstack issue 1822: the filter by type is not looked at",
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    ListResources resourceType=\"ec2:Subnet\"",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_resource_types),
    },
    Mutant {
        name: "resources-of-all-shares",
        description: "ListResources takes no account of the shares that are asked for.",
        rule: &read::RESOURCES_FILTERED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    CreateResourceShare -> share2
owner    ListResources resourceShareArns=share2",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_shares_of_resources),
    },
    Mutant {
        name: "principals-of-all-shares",
        description: "ListPrincipals takes no account of the shares and resources that are asked for.",
        rule: &read::PRINCIPALS_FILTERED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    CreateResourceShare -> share2
owner    ListPrincipals resourceShareArns=share2",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_filters_of_principals),
    },
    Mutant {
        name: "removed-resource-listed",
        description: "ListResources goes on listing to consumers resources that were taken out of a share.",
        rule: &read::RESOURCES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    DisassociateResourceShare share resourceArns=net",
        equivalent: None,
        mutation: Mutation::Distorts(list_removed_resources),
    },
    Mutant {
        name: "fellow-consumers-listed",
        description: "ListPrincipals shows a consumer the other accounts of a share.",
        rule: &read::OWNERS_LISTED_TO_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_fellow_consumers),
    },
    Mutant {
        name: "principals-of-one-share",
        description: "ListPrincipals lists a principal of two shares once.",
        rule: &read::PRINCIPALS_LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    CreateResourceShare resourceArns=list principals=member -> share2",
        equivalent: None,
        mutation: Mutation::Rewrites(list_principals_once),
    },
    Mutant {
        name: "name-is-a-prefix",
        description: "GetResourceShares with a name lists every share.",
        rule: &read::SHARES_FILTERED_BY_NAME,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    GetResourceShares name=platform",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_names),
    },
    Mutant {
        name: "status-filter-ignored",
        description: "GetResourceShares with a status lists shares of every status.",
        rule: &read::SHARES_FILTERED_BY_STATUS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    GetResourceShares resourceShareStatus=DELETED",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_share_status),
    },
    Mutant {
        name: "share-filter-ignored",
        description: "GetResourceShares with the ARN of a share lists every share.",
        rule: &read::SHARES_FILTERED_BY_ARN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    GetResourceShares resourceShareArns=share",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_share_arns),
    },
    Mutant {
        name: "tag-filter-ignored",
        description: "GetResourceShares with a tag lists every share.",
        rule: &tag::SHARES_FILTERED_BY_TAG,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    GetResourceShares tagFilters=team",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_tag_filters),
    },
    Mutant {
        name: "tag-values-ignored",
        description: "GetResourceShares with a tag lists the shares that have its key, with any value.",
        rule: &tag::SHARES_FILTERED_BY_TAG,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    GetResourceShares tagFilters=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_tag_values),
    },
    Mutant {
        name: "association-status-ignored",
        description: "GetResourceShareAssociations with a status lists associations of every status.",
        rule: &read::ASSOCIATIONS_FILTERED_BY_STATUS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    GetResourceShareAssociations associationStatus=DISASSOCIATED",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_association_status),
    },
    Mutant {
        name: "invitations-unfiltered",
        description: "GetResourceShareInvitations takes no account of the shares and invitations that are asked for.",
        rule: &read::INVITATIONS_FILTERED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    CreateResourceShare principals=consumer -> share2
consumer GetResourceShareInvitations resourceShareArns=share",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_invitation_filters),
    },
    Mutant {
        name: "scope-unfiltered",
        description: "ListResourceTypes takes no account of the scope that is asked for.",
        rule: &read::TYPES_FILTERED_BY_SCOPE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResourceTypes resourceRegionScope=GLOBAL",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_scopes),
    },
    Mutant {
        name: "types-cut-short",
        description: "ListResourceTypes lists four types.",
        rule: &resource::TYPES_LISTED,
        seen: "gopherstack issue 1822: four types are listed",
        shown: "world standalone

owner    ListResourceTypes",
        equivalent: None,
        mutation: Mutation::Garbles(cut_types),
    },
    Mutant {
        name: "images-listed-as-a-type",
        description: "ListResourceTypes lists a type for AMIs.",
        rule: &resource::TYPES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResourceTypes",
        equivalent: None,
        mutation: Mutation::Garbles(list_images_as_a_type),
    },
    Mutant {
        name: "first-page-alone",
        description: "A list that does not fit on its first page ends there.",
        rule: &resource::TYPES_LISTED,
        seen: "gopherstack issue 1822: no list has pages",
        shown: "world standalone

owner    ListResourceTypes maxResults=1",
        equivalent: None,
        mutation: Mutation::Garbles(end_after_the_first_page),
    },
    Mutant {
        name: "pages-lose-a-row",
        description: "A list leaves out the last row of every page but the last one.",
        rule: &resource::TYPES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResourceTypes maxResults=2",
        equivalent: None,
        mutation: Mutation::Garbles(drop_a_row_of_each_page),
    },
    Mutant {
        name: "pages-too-large",
        description: "A list takes no account of the size of pages that is asked for.",
        rule: &read::PAGES_NO_LARGER_THAN_ASKED,
        seen: "gopherstack issue 1822: no list has pages",
        shown: "world standalone

owner    ListResourceTypes maxResults=1",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_page_sizes),
    },
    Mutant {
        name: "page-of-any-size",
        description: "A page of no rows, or of more than 500, may be asked for.",
        rule: &read::PAGE_SIZE_IN_RANGE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResourceTypes maxResults=501",
        equivalent: None,
        mutation: Mutation::Grants(&read::PAGE_SIZE_IN_RANGE),
    },
    Mutant {
        name: "any-owner-will-do",
        description: "A list may be asked for by any word in place of SELF and OTHER-ACCOUNTS.",
        rule: &read::OWNER_STATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShares resourceOwner=ANYBODY",
        equivalent: None,
        mutation: Mutation::Grants(&read::OWNER_STATED),
    },
    Mutant {
        name: "any-type-will-do",
        description: "A list may be asked for by any text in place of a resource type.",
        rule: &read::TYPE_STATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResources resourceType=\"subnet\"",
        equivalent: None,
        mutation: Mutation::Grants(&read::TYPE_STATED),
    },
    Mutant {
        name: "failed-means-any",
        description: "Asked for the shares that failed, GetResourceShares lists all.",
        rule: &read::SHARES_FILTERED_BY_STATUS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    GetResourceShares resourceShareStatus=FAILED",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_the_status_failed),
    },
    Mutant {
        name: "suspension-unknown",
        description: "The statuses of associations that came last are refused as none.",
        rule: &read::GRANTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShareAssociations associationStatus=SUSPENDED",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_late_statuses),
    },
    Mutant {
        name: "any-status-will-do",
        description: "A list may be asked for by any word in place of a status.",
        rule: &read::STATUS_STATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShares resourceShareStatus=ALIVE",
        equivalent: None,
        mutation: Mutation::Grants(&read::STATUS_STATED),
    },
    Mutant {
        name: "unknown-share-is-empty",
        description: "Asking for a share that the caller does not know finds nothing, and is no error.",
        rule: &read::UNKNOWN_SHARE_REFUSED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
consumer GetResourceShares resourceOwner=OTHER-ACCOUNTS resourceShareArns=share",
        equivalent: None,
        mutation: Mutation::Grants(&read::UNKNOWN_SHARE_REFUSED),
    },
    Mutant {
        name: "unseen-subnets-are-no-error",
        description: "DescribeSubnets by the id of a subnet that the caller does not see finds nothing, and is no error.",
        rule: &subnet::KNOWN_TO_THE_CALLER,
        seen: "moto before 1.1.11: getmoto/moto pull request 1157",
        shown: "world standalone

owner    CreateSubnet -> net
consumer DescribeSubnets SubnetIds=net",
        equivalent: None,
        mutation: Mutation::GrantsReads(&subnet::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "unseen-vpcs-are-no-error",
        description: "DescribeVpcs by the id of a VPC that the caller does not see finds nothing, and is no error.",
        rule: &subnet::VPC_KNOWN_TO_THE_CALLER,
        seen: "moto before 1.1.11: getmoto/moto pull request 1157",
        shown: "world standalone

owner    CreateVpc -> vpc
consumer DescribeVpcs VpcIds=vpc",
        equivalent: None,
        mutation: Mutation::GrantsReads(&subnet::VPC_KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "unseen-groups-are-no-error",
        description: "DescribeSecurityGroups by the id of a security group that the caller does not see finds nothing, and is no error.",
        rule: &security_group::KNOWN_TO_THE_CALLER,
        seen: "moto before 1.1.11: getmoto/moto pull request 1157",
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
consumer DescribeSecurityGroups GroupIds=group",
        equivalent: None,
        mutation: Mutation::GrantsReads(&security_group::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "status-beside-shares",
        description: "Associations are asked for by shares and by status in one call.",
        rule: &read::STATUS_AND_SHARES_APART,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    GetResourceShareAssociations resourceShareArns=share associationStatus=ASSOCIATED",
        equivalent: None,
        mutation: Mutation::Grants(&read::STATUS_AND_SHARES_APART),
    },
    Mutant {
        name: "type-of-resources-unknown",
        description: "ListResources says UNKNOWN of the type of each resource.",
        rule: &read::RESOURCES_LISTED_TO_THEIR_OWNER,
        seen: "gopherstack issue 1822: the type is UNKNOWN",
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Garbles(say_unknown_types),
    },
    Mutant {
        name: "feature-set-missing",
        description: "GetResourceShares says nothing of a share's feature set.",
        rule: &share::STANDARD_WHERE_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Garbles(drop_feature_sets),
    },
    Mutant {
        name: "feature-set-of-writes",
        description: "CreateResourceShare answers with a feature set.",
        rule: &share::FEATURE_SET_UNSAID_BY_WRITES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Garbles(say_feature_set),
    },
    Mutant {
        name: "deprecated-image-found-by-a-filter",
        description: "A filter by the id of a deprecated image lists it to its consumers.",
        rule: &image::UNLISTED_BY_FILTERS_ONCE_DEPRECATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    EnableImageDeprecation ImageId=image DeprecateAt=24
owner    PassTime hours=30
consumer DescribeImages Filters.image-id=image",
        equivalent: None,
        mutation: Mutation::Rewrites(list_deprecated_images_by_filters),
    },
    Mutant {
        name: "image-filter-by-an-unknown-id-refused",
        description: "A filter by the id of an image that the caller does not see is refused.",
        rule: &image::FILTERED_DOWN_TO_NOTHING,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
consumer DescribeImages Filters.image-id=image",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_filters_by_unseen_images),
    },
    Mutant {
        name: "disabled-images-by-state-alone",
        description: "A filter by the state disabled is granted without IncludeDisabled.",
        rule: &image::FILTERED_AS_DISABLED_WHERE_INCLUDED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    DescribeImages Filters.state=disabled",
        equivalent: None,
        mutation: Mutation::Grants(&image::FILTERED_AS_DISABLED_WHERE_INCLUDED),
    },
    Mutant {
        name: "image-filter-by-being-public-matches-nothing",
        description: "A filter of images by is-public matches none of them, whatever it asks for.",
        rule: &image::LISTED_WHERE_FILTERS_MATCH,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    DescribeImages Filters.is-public=false",
        equivalent: None,
        mutation: Mutation::Rewrites(match_no_image_by_being_public),
    },
];

fn list_pending_shares(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShares(_)) {
        for association in world.shares.values_mut().flat_map(|it| it.principals.values_mut()) {
            if association.status == AssociationStatus::Associating {
                association.associate();
            }
        }
    }
}

/// Whether a call lists the shares of others.
fn lists_foreign_shares(call: &Call) -> bool {
    matches!(call, Call::GetResourceShares(call) if call.resource_owner == "OTHER-ACCOUNTS")
}

fn list_no_foreign_shares(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if lists_foreign_shares(call) {
        reply.rows.clear();
    }
}

fn list_revoked_shares(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    use bellwether_model::view::Access;
    if !lists_foreign_shares(call) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Share(name) = &row.key else { continue };
        let Some(share) = world.shares.get(name) else { continue };
        row.present |= !share.deleted && world.access(share, actor) == Access::Ended;
    }
}

fn list_shares_as_own(reply: &mut Reply, _world: &World, actor: Account, call: &Call) {
    if lists_foreign_shares(call) {
        let fields = reply.rows.iter_mut().flat_map(|row| &mut row.fields);
        for field in fields.filter(|field| field.name == "owningAccountId") {
            field.expected = Expected::Account(actor);
        }
    }
}

fn list_foreign_shares_as_self(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    use bellwether_model::view::Access;
    if !matches!(call, Call::GetResourceShares(_)) || lists_foreign_shares(call) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Share(name) = &row.key else { continue };
        let Some(share) = world.shares.get(name) else { continue };
        row.present |= world.access(share, actor) == Access::Granted;
    }
}

fn show_associations_to_consumers(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    use bellwether_model::view::Access;
    if !matches!(call, Call::GetResourceShareAssociations(_)) {
        return;
    }
    for row in &mut reply.rows {
        let (Key::Principal(name, _) | Key::ResourceAssociation(name, _)) = &row.key else {
            continue;
        };
        let Some(share) = world.shares.get(name) else { continue };
        row.present |= world.access(share, actor) == Access::Granted;
    }
}

fn list_removed_resources(world: &mut World, actor: Account, call: &Call) {
    if !matches!(call, Call::ListResources(_)) {
        return;
    }
    for share in world.shares.values_mut().filter(|share| share.owner != actor) {
        for held in share.resources.values_mut() {
            held.associate();
        }
    }
}

fn list_fellow_consumers(world: &mut World, actor: Account, call: &Call) {
    use bellwether_model::view::Access;
    let Call::ListPrincipals(call) = call else { return };
    if call.resource_owner != "OTHER-ACCOUNTS" {
        return;
    }
    let used = world.shares.iter().filter(|(_, it)| world.access(it, actor) == Access::Granted);
    let used: Vec<_> = used.map(|(name, _)| name.clone()).collect();
    for name in used {
        if let Some(share) = world.shares.get_mut(&name) {
            share.owner = actor;
        }
    }
}

fn list_principals_once(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::ListPrincipals(_)) {
        return;
    }
    let mut listed = Vec::new();
    reply.rows.retain(|row| {
        let Key::Principal(_, principal) = &row.key else { return true };
        let again = listed.contains(principal);
        if row.present {
            listed.push(principal.clone());
        }
        !again
    });
}

fn list_own_resources_always(path: &str, members: &mut Map<String, Value>) {
    if path == "/listresources" {
        members.insert("resourceOwner".to_owned(), json!("SELF"));
    }
}

/// Takes members out of the requests to one operation.
fn ignore(path: &str, of: &str, members: &mut Map<String, Value>, ignored: &[&str]) {
    if path == of {
        members.retain(|name, _| !ignored.contains(&name.as_str()));
    }
}

fn ignore_resource_types(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/listresources", members, &["resourceType"]);
}

fn ignore_shares_of_resources(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/listresources", members, &["resourceShareArns"]);
}

fn ignore_filters_of_principals(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/listprincipals", members, &["resourceShareArns", "resourceArn"]);
}

fn ignore_names(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/getresourceshares", members, &["name"]);
}

fn ignore_share_status(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/getresourceshares", members, &["resourceShareStatus"]);
}

fn ignore_the_status_failed(path: &str, members: &mut Map<String, Value>) {
    if members.get("resourceShareStatus").is_some_and(|status| status == "FAILED") {
        ignore_share_status(path, members);
    }
}

fn refuse_late_statuses(_world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::GetResourceShareAssociations(call) = call else { return None };
    let late = matches!(call.association_status.as_str(), "SUSPENDED" | "SUSPENDING" | "RESTORING");
    late.then_some(&read::STATUS_STATED)
}

fn ignore_share_arns(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/getresourceshares", members, &["resourceShareArns"]);
}

fn ignore_tag_filters(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/getresourceshares", members, &["tagFilters"]);
}

fn ignore_tag_values(path: &str, members: &mut Map<String, Value>) {
    if path != "/getresourceshares" {
        return;
    }
    let filters = members.get_mut("tagFilters").and_then(Value::as_array_mut);
    for filter in filters.into_iter().flatten().filter_map(Value::as_object_mut) {
        filter.remove("tagValues");
    }
}

fn ignore_association_status(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/getresourceshareassociations", members, &["associationStatus"]);
}

fn ignore_invitation_filters(path: &str, members: &mut Map<String, Value>) {
    let ignored = ["resourceShareArns", "resourceShareInvitationArns"];
    ignore(path, "/getresourceshareinvitations", members, &ignored);
}

fn ignore_scopes(path: &str, members: &mut Map<String, Value>) {
    ignore(path, "/listresourcetypes", members, &["resourceRegionScope"]);
}

fn ignore_page_sizes(path: &str, members: &mut Map<String, Value>) {
    ignore(path, path, members, &["maxResults"]);
}

/// The rows of an answer that is a list.
fn rows_of(answer: &mut Value) -> Option<&mut Vec<Value>> {
    answer.as_object_mut()?.values_mut().find_map(Value::as_array_mut)
}

fn cut_types(path: &str, answer: &mut Value) {
    if path == "/listresourcetypes"
        && let Some(rows) = rows_of(answer)
    {
        rows.truncate(4);
    }
}

fn list_images_as_a_type(path: &str, answer: &mut Value) {
    if path == "/listresourcetypes"
        && let Some(rows) = rows_of(answer)
    {
        let regional = json!("REGIONAL");
        rows.push(json!({
            "resourceType": "ec2:Image", "serviceName": "ec2", "resourceRegionScope": regional,
        }));
    }
}

fn end_after_the_first_page(_path: &str, answer: &mut Value) {
    if let Some(members) = answer.as_object_mut() {
        members.remove("nextToken");
    }
}

fn drop_a_row_of_each_page(_path: &str, answer: &mut Value) {
    if answer.get("nextToken").is_some()
        && let Some(rows) = rows_of(answer)
    {
        rows.pop();
    }
}

fn say_unknown_types(path: &str, answer: &mut Value) {
    if path == "/listresources"
        && let Some(rows) = rows_of(answer)
    {
        for row in rows {
            row["type"] = json!("UNKNOWN");
        }
    }
}

fn drop_feature_sets(path: &str, answer: &mut Value) {
    if path == "/getresourceshares"
        && let Some(rows) = rows_of(answer)
    {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.remove("featureSet");
        }
    }
}

fn say_feature_set(path: &str, answer: &mut Value) {
    if path == "/createresourceshare" {
        answer["resourceShare"]["featureSet"] = json!("STANDARD");
    }
}

fn list_deprecated_images_by_filters(
    reply: &mut Reply,
    _world: &World,
    _actor: Account,
    call: &Call,
) {
    if matches!(call, Call::DescribeImages(_)) {
        let left_out = &image::UNLISTED_BY_FILTERS_ONCE_DEPRECATED;
        reply.rows.iter_mut().filter(|row| row.rule == left_out).for_each(|row| row.present = true);
    }
}

fn refuse_filters_by_unseen_images(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DescribeImages(call) = call else { return None };
    let hidden = |name: &Name| !world.sight(actor, name).is_seen();
    let mut named = call.filter_image_id.iter().filter_map(Reference::name);
    named.any(hidden).then_some(&image::ASKED_FOR_BY_A_KNOWN_ID)
}

fn match_no_image_by_being_public(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeImages(call) if call.filter_is_public.is_some()) {
        reply.rows.clear();
    }
}
