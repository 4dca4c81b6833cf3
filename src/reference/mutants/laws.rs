//! Faults in what every list keeps, and faults that take several of a kind to see: lists of several values, the
//! second of two rounds, one of several.

use bellwether_model::answer::Row;
use bellwether_model::operations::ec2::DescribeSubnets;
use bellwether_model::parameters::Reference;
use bellwether_model::rules::{association, law, permission, read, share};
use bellwether_model::world::{AssociationStatus, World};
use bellwether_model::{Account, Call, Name, Reply};
use serde_json::{Map, Value, json};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "share-listed-twice",
        description: "GetResourceShares lists the first share of a page again at its end.",
        rule: &law::EACH_ROW_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Garbles(list_a_share_twice),
    },
    Mutant {
        name: "prefix-list-listed-by-share",
        description: "DescribeManagedPrefixLists lists a prefix list once for each share that it is in.",
        rule: &law::EACH_ROW_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    CreateResourceShare resourceArns=list -> share2",
        equivalent: None,
        mutation: Mutation::Rewrites(list_by_share),
    },
    Mutant {
        name: "updated-before-creation",
        description: "The lastUpdatedTime of a share that was updated lies an hour before its creation.",
        rule: &law::UPDATED_AFTER_CREATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Garbles(update_before_creation),
    },
    Mutant {
        name: "times-of-the-day-before",
        description: "GetResourceShares says that each share was created and updated a day earlier.",
        rule: &law::CREATED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Garbles(list_the_day_before),
    },
    Mutant {
        name: "associations-of-all-shares",
        description: "GetResourceShareAssociations takes no account of the shares and entities that are asked for.",
        rule: &law::NARROWED_TO_WHAT_IS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    CreateResourceShare principals=member -> share2
owner    GetResourceShareAssociations resourceShareArns=share",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_what_is_asked),
    },
    Mutant {
        name: "subnets-of-all-ids",
        description: "DescribeSubnets takes no account of the ids that are asked for.",
        rule: &law::NARROWED_TO_WHAT_IS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateSubnet -> net2
owner    DescribeSubnets SubnetIds=net",
        equivalent: None,
        mutation: Mutation::Rewrites(describe_all_subnets),
    },
    Mutant {
        name: "associations-named-alike",
        description: "Every association bears the name bellwether, whatever its share is called.",
        rule: &law::NAMED_AS_ITS_SHARE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare name=platform principals=consumer -> share",
        equivalent: None,
        mutation: Mutation::Garbles(name_associations_alike),
    },
    Mutant {
        name: "resources-global",
        description: "ListResources says GLOBAL of every resource.",
        rule: &law::OF_THE_SCOPE_OF_ITS_TYPE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Garbles(say_global),
    },
    Mutant {
        name: "updated-by-being-read",
        description: "The lastUpdatedTime of a share that was updated is the time at which it is read.",
        rule: &law::READ_AGAIN_ALIKE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Stamps(update_by_reading),
    },
    Mutant {
        name: "one-value-of-several",
        description: "Of a list of ARNs that a read is narrowed to, the first one alone is read.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    GetResourceShares resourceShareArns=share,share2",
        equivalent: None,
        mutation: Mutation::Misreads(read_the_first_arn_alone),
    },
    Mutant {
        name: "names-trimmed",
        description: "The blanks at the ends of a share's name are taken off.",
        rule: &share::NAMED_AS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare name=\" platform\" -> share",
        equivalent: None,
        mutation: Mutation::Misreads(trim_names),
    },
    Mutant {
        name: "names-in-any-case",
        description: "GetResourceShares with a name lists the shares of that name in any case.",
        rule: &read::SHARES_FILTERED_BY_NAME,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare name=platform -> share
owner    GetResourceShares name=Platform",
        equivalent: None,
        mutation: Mutation::Misreads(lower_names),
    },
    Mutant {
        name: "taken-out-for-good-the-second-time",
        description: "What was taken out of a share twice and put back is not in it.",
        rule: &association::ASSOCIATED_AGAIN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    DisassociateResourceShare share resourceArns=list
owner    AssociateResourceShare share resourceArns=list
owner    DisassociateResourceShare share resourceArns=list
owner    AssociateResourceShare share resourceArns=list",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_the_second_return),
    },
    Mutant {
        name: "all-permissions-detached",
        description: "Taking a permission out of a share takes all others out of it too.",
        rule: &permission::ATTACHED_FROM_THE_START,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\",permission -> share
owner    DisassociateResourceSharePermission share permissionArn=permission",
        equivalent: None,
        mutation: Mutation::Corrupts(detach_all),
    },
];

/// The shares that GetResourceShares lists.
fn listed_shares<'a>(path: &str, answer: &'a mut Value) -> Option<&'a mut Vec<Value>> {
    let shares = answer.get_mut("resourceShares").filter(|_| path == "/getresourceshares");
    shares?.as_array_mut()
}

fn list_a_share_twice(path: &str, answer: &mut Value) {
    let Some(shares) = listed_shares(path, answer) else { return };
    shares.extend(shares.first().cloned());
}

fn list_by_share(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeManagedPrefixLists(_)) {
        return;
    }
    let in_shares = |row: &Row| {
        let names = row.key.names();
        let holds = |name| world.shares.values().filter(move |it| it.resources.contains_key(name));
        names.into_iter().map(|name| holds(name).count()).sum::<usize>()
    };
    let again = reply.rows.iter().filter(|row| row.present && in_shares(row) > 1).cloned();
    let again: Vec<Row> = again.collect();
    reply.rows.extend(again);
}

/// The times of a share that an answer holds, in seconds: its creation, and its last update.
fn times_of(share: &Value) -> Option<(f64, f64)> {
    Some((share["creationTime"].as_f64()?, share["lastUpdatedTime"].as_f64()?))
}

/// An hour, in seconds.
const HOUR: f64 = 3600.0;

fn update_before_creation(path: &str, answer: &mut Value) {
    for share in listed_shares(path, answer).into_iter().flatten() {
        if let Some((created, updated)) = times_of(share)
            && updated > created
        {
            share["lastUpdatedTime"] = json!(created - HOUR);
        }
    }
}

fn list_the_day_before(path: &str, answer: &mut Value) {
    for share in listed_shares(path, answer).into_iter().flatten() {
        if let Some((created, updated)) = times_of(share) {
            share["creationTime"] = json!(created - 24.0 * HOUR);
            share["lastUpdatedTime"] = json!(updated - 24.0 * HOUR);
        }
    }
}

fn ignore_what_is_asked(path: &str, members: &mut Map<String, Value>) {
    if path == "/getresourceshareassociations" {
        members.retain(|name, _| {
            !matches!(name.as_str(), "resourceShareArns" | "resourceArn" | "principal")
        });
    }
}

fn describe_all_subnets(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeSubnets(_)) {
        let all = Call::from(DescribeSubnets::default());
        *reply = all.apply(&mut world.clone(), actor, &Name::none());
    }
}

fn name_associations_alike(path: &str, answer: &mut Value) {
    if path == "/getresourceshareassociations" {
        let rows = answer["resourceShareAssociations"].as_array_mut();
        rows.into_iter().flatten().for_each(|row| row["resourceShareName"] = json!("bellwether"));
    }
}

fn say_global(path: &str, answer: &mut Value) {
    if path == "/listresources" {
        let rows = answer["resources"].as_array_mut();
        rows.into_iter().flatten().for_each(|row| row["resourceRegionScope"] = json!("GLOBAL"));
    }
}

fn update_by_reading(path: &str, now: f64, answer: &mut Value) {
    for share in listed_shares(path, answer).into_iter().flatten() {
        // Half an hour later no moment can be taken for that of the creation.
        if times_of(share).is_some_and(|(created, updated)| updated > created) {
            share["lastUpdatedTime"] = json!(now + HOUR / 2.0);
        }
    }
}

fn read_the_first_arn_alone(path: &str, members: &mut Map<String, Value>) {
    if !path.starts_with("/get") && !path.starts_with("/list") {
        return;
    }
    for value in members.values_mut() {
        value.as_array_mut().into_iter().for_each(|values| values.truncate(1));
    }
}

fn trim_names(_path: &str, members: &mut Map<String, Value>) {
    if let Some(name) = members.get_mut("name").filter(|name| name.is_string()) {
        *name = json!(name.as_str().unwrap_or_default().trim());
    }
}

fn lower_names(path: &str, members: &mut Map<String, Value>) {
    if path == "/getresourceshares"
        && let Some(name) = members.get_mut("name")
    {
        *name = json!(name.as_str().unwrap_or_default().to_lowercase());
    }
}

fn lose_the_second_return(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    let Some(name) = call.share.name() else { return };
    let Some(before) = done.before.shares.get(name) else { return };
    let Some(share) = world.shares.get_mut(name) else { return };
    for resource in call.resource_arns.iter().filter_map(Reference::name) {
        let twice = before
            .resources
            .get(resource)
            .is_some_and(|it| it.again && it.status == AssociationStatus::Disassociated);
        if let Some(held) = share.resources.get_mut(resource).filter(|_| twice) {
            held.status = AssociationStatus::Disassociated;
        }
    }
}

fn detach_all(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateResourceSharePermission(call) = done.call else { return };
    let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) else { return };
    share.permissions.values_mut().for_each(|held| held.live = false);
}
