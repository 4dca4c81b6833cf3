//! Managed permissions, and how shares hold them.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::rules::permission;
use bellwether_model::world::{Managed, World};
use bellwether_model::{Account, Call, Reply};
use serde_json::{Map, Value, json};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "default-version-deleted",
        description: "The default version of a permission is deleted.",
        rule: &permission::DEFAULT_VERSION_KEPT,
        seen: "fakecloud pull request 2136",
        shown: "world organization sharing=on

owner    CreatePermission -> permission
owner    DeletePermissionVersion permission permissionVersion=1",
        equivalent: None,
        mutation: Mutation::Grants(&permission::DEFAULT_VERSION_KEPT),
    },
    Mutant {
        name: "attached-version-deleted",
        description: "A version of a permission is deleted though a share uses it.",
        rule: &permission::ATTACHED_VERSION_KEPT,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
owner    CreatePermissionVersion permission
owner    DeletePermissionVersion permission permissionVersion=1",
        equivalent: None,
        mutation: Mutation::Grants(&permission::ATTACHED_VERSION_KEPT),
    },
    Mutant {
        name: "permission-deleted-while-attached",
        description: "A permission is deleted though a share holds it.",
        rule: &permission::KEPT_WHILE_ATTACHED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
owner    DeletePermission permission",
        equivalent: None,
        mutation: Mutation::Grants(&permission::KEPT_WHILE_ATTACHED),
    },
    Mutant {
        name: "permission-name-taken-twice",
        description: "An account makes two permissions of one name.",
        rule: &permission::NAMED_UNIQUELY,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePermission name=platform -> permission
owner    CreatePermission name=platform -> permission2",
        equivalent: None,
        mutation: Mutation::Grants(&permission::NAMED_UNIQUELY),
    },
    Mutant {
        name: "permission-of-another-written",
        description: "An account deletes, changes and attaches the permissions of another.",
        rule: &permission::WRITTEN_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    TagResource resourceArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\"",
        equivalent: None,
        mutation: Mutation::Grants(&permission::WRITTEN_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "six-versions",
        description: "A permission has more than five versions.",
        rule: &permission::FIVE_VERSIONS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreatePermissionVersion permission
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"imagebuilder:GetComponent\\\"}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"imagebuilder:ListComponents\\\"}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": [\\\"imagebuilder:GetComponent\\\"]}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Action\\\": [\\\"imagebuilder:ListComponents\\\"], \\\"Effect\\\": \\\"Allow\\\"}\"",
        equivalent: None,
        mutation: Mutation::Grants(&permission::FIVE_VERSIONS),
    },
    Mutant {
        name: "denying-template",
        description: "A policy template that denies is taken.",
        rule: &permission::TEMPLATE_ALLOWS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePermission policyTemplate=\"{\\\"Effect\\\": \\\"Deny\\\", \\\"Action\\\": [\\\"imagebuilder:ListComponents\\\"]}\" -> permission",
        equivalent: None,
        mutation: Mutation::Grants(&permission::TEMPLATE_ALLOWS),
    },
    Mutant {
        name: "template-with-a-resource",
        description: "A policy template that names a resource is taken.",
        rule: &permission::TEMPLATE_OF_THREE_BLOCKS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

sibling  CreatePermission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"imagebuilder:GetComponent\\\", \\\"Resource\\\": \\\"*\\\"}\" -> permission",
        equivalent: None,
        mutation: Mutation::Grants(&permission::TEMPLATE_OF_THREE_BLOCKS),
    },
    Mutant {
        name: "permission-for-any-type",
        description: "A permission is made for a resource type that RAM does not have.",
        rule: &permission::OF_A_SHAREABLE_TYPE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

sibling  CreatePermission resourceType=\"ec2:Instance\" -> permission",
        equivalent: None,
        mutation: Mutation::Grants(&permission::OF_A_SHAREABLE_TYPE),
    },
    Mutant {
        name: "new-version-not-the-default",
        description: "A new version of a permission does not become its default.",
        rule: &permission::LISTED_TO_THEIR_OWNER,
        seen: "gopherstack issue 1822: the default version is kept wrongly",
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreatePermissionVersion permission",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_the_default),
    },
    Mutant {
        name: "default-chosen-without-effect",
        description: "Choosing a permission's default version is answered, and changes nothing.",
        rule: &permission::LISTED_TO_THEIR_OWNER,
        seen: "the gopherstack audits: calls that are answered and do nothing",
        shown: "world organization sharing=on

owner    CreatePermission -> permission
owner    CreatePermissionVersion permission
owner    SetDefaultPermissionVersion permission permissionVersion=1",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_choice),
    },
    Mutant {
        name: "old-versions-attachable",
        description: "Every version of a permission is listed as ATTACHABLE.",
        rule: &permission::OLDER_VERSIONS_UNATTACHABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePermission -> permission
owner    CreatePermissionVersion permission",
        equivalent: None,
        mutation: Mutation::Rewrites(make_all_attachable),
    },
    Mutant {
        name: "permission-associations-empty",
        description: "The list of the shares that hold a permission is always empty.",
        rule: &permission::ATTACHED_FROM_THE_START,
        seen: "fakecloud pull request 2136: the operation was a stub",
        shown: "world organization sharing=on

owner    CreateResourceShare permissionArns=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_no_associations),
    },
    Mutant {
        name: "replacement-work-empty",
        description: "A replacement of a permission in all shares is done, and never listed.",
        rule: &permission::REPLACEMENTS_LISTED,
        seen: "gopherstack issue 1822: the list of work is always empty",
        shown: "world organization sharing=on

owner    CreateResourceShare permissionArns=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" -> share
owner    ReplacePermissionAssociations fromPermissionArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" toPermissionArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" -> work",
        equivalent: None,
        mutation: Mutation::Rewrites(list_no_work),
    },
    Mutant {
        name: "replaced-in-used-shares-alone",
        description: "A replacement of a permission reaches no share that has no principals.",
        rule: &permission::VERSION_KEPT_BY_SHARES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
owner    CreatePermissionVersion permission
owner    ReplacePermissionAssociations fromPermissionArn=permission toPermissionArn=permission -> replacement",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_in_used_shares),
    },
    Mutant {
        name: "permissions-listed-to-all",
        description: "The customer managed permissions of an account are listed to every account.",
        rule: &permission::UNLISTED_TO_OTHERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

outsider CreatePermission -> permission",
        equivalent: None,
        mutation: Mutation::Rewrites(list_to_all),
    },
    Mutant {
        name: "second-permission-beside-the-first",
        description: "A share takes a second permission for a resource type.",
        rule: &permission::ONE_FOR_EACH_TYPE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreatePermission -> permission2
owner    CreateResourceShare permissionArns=permission,permission2 -> share",
        equivalent: None,
        mutation: Mutation::Grants(&permission::ONE_FOR_EACH_TYPE),
    },
    Mutant {
        name: "needed-permission-detached",
        description: "A permission is taken out of a share that holds resources of its type.",
        rule: &permission::NEEDED_BY_ITS_RESOURCES,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
owner    DisassociateResourceSharePermission share permissionArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\"",
        equivalent: None,
        mutation: Mutation::Grants(&permission::NEEDED_BY_ITS_RESOURCES),
    },
    Mutant {
        name: "detached-twice",
        description: "A permission is taken out of a share a second time.",
        rule: &permission::DETACHED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare permissionArns=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" -> share
owner    DisassociateResourceSharePermission share permissionArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\"
owner    DisassociateResourceSharePermission share permissionArn=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\"",
        equivalent: None,
        mutation: Mutation::Grants(&permission::DETACHED_ONCE),
    },
    Mutant {
        name: "no-default-permission",
        description: "A resource joins a share without the default permission of its type.",
        rule: &permission::DEFAULT_JOINS_WITH_A_RESOURCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(attach_no_default),
    },
    Mutant {
        name: "type-of-permission-unknown",
        description: "The resource type of a permission is listed as UNKNOWN.",
        rule: &permission::OF_AWS_READ_BY_EVERYBODY,
        seen: "gopherstack issue 1822: the type is UNKNOWN; fakecloud pull request 2136: a wrong type",
        shown: "world standalone

owner    GetPermission \"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\"",
        equivalent: None,
        mutation: Mutation::Garbles(say_unknown_type),
    },
    Mutant {
        name: "template-rewritten",
        description: "A permission's policy template is returned with a space more.",
        rule: &permission::TEMPLATE_RETURNED_AS_WRITTEN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    GetPermission permission",
        equivalent: None,
        mutation: Mutation::Garbles(rewrite_template),
    },
    Mutant {
        name: "permission-filter-ignored",
        description: "A list of permissions of one resource type holds those of all.",
        rule: &permission::LISTED_BY_TYPE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListPermissions resourceType=\"ec2:Subnet\"",
        equivalent: None,
        mutation: Mutation::Misreads(list_all_types),
    },
    Mutant {
        name: "scope-filter-ignored",
        description: "A list of permissions of AWS holds customers' as well.",
        rule: &permission::LISTED_BY_SCOPE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListPermissions permissionType=LOCAL",
        equivalent: None,
        mutation: Mutation::Misreads(list_all_scopes),
    },
    Mutant {
        name: "shares-follow-the-default-version",
        description: "Shares follow the default version of a permission by themselves.",
        rule: &permission::VERSION_KEPT_BY_SHARES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
owner    CreatePermissionVersion permission",
        equivalent: None,
        mutation: Mutation::Corrupts(follow_default_versions),
    },
];

fn keep_the_default(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::CreatePermissionVersion(_)) {
        return;
    }
    for name in done.call.names() {
        if let Some(permission) = world.permissions.get_mut(name) {
            permission.default = done.before.permissions[name].default;
        }
    }
}

fn undo_choice(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::SetDefaultPermissionVersion(_)) {
        world.clone_from(done.before);
    }
}

fn make_all_attachable(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListPermissionVersions(_)) {
        for field in reply.rows.iter_mut().flat_map(|row| &mut row.fields) {
            if field.name == "status" {
                field.expected = Expected::OneOf(&["ATTACHABLE"]);
            }
        }
    }
}

fn list_no_associations(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListPermissionAssociations(_)) {
        reply.rows.clear();
    }
}

fn list_no_work(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListReplacePermissionAssociationsWork(_)) {
        reply.rows.clear();
    }
}

fn replace_in_used_shares(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::ReplacePermissionAssociations(_)) {
        return;
    }
    for (name, share) in world.shares.iter_mut().filter(|(_, share)| share.principals.is_empty()) {
        if let Some(before) = done.before.shares.get(name) {
            share.permissions.clone_from(&before.permissions);
        }
    }
}

fn list_to_all(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::ListPermissions(_)) {
        return;
    }
    for row in &mut reply.rows {
        if let Key::Managed(Managed::Customer(name)) = &row.key {
            row.present |= world.permissions.get(name).is_some_and(|it| !it.deleted);
        }
    }
}

fn attach_no_default(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::CreateResourceShare(_) | Call::AssociateResourceShare(_)) {
        return;
    }
    for share in world.shares.values_mut() {
        share.permissions.retain(|_, held| held.named);
    }
}

fn say_unknown_type(path: &str, answer: &mut Value) {
    if path == "/getpermission" {
        answer["permission"]["resourceType"] = json!("UNKNOWN");
    }
}

fn rewrite_template(path: &str, answer: &mut Value) {
    if path == "/getpermission"
        && let Some(template) = answer["permission"]["permission"].as_str()
    {
        let rewritten = format!(" {template}");
        answer["permission"]["permission"] = json!(rewritten);
    }
}

fn list_all_types(path: &str, members: &mut Map<String, Value>) {
    if path == "/listpermissions" {
        members.remove("resourceType");
    }
}

fn list_all_scopes(path: &str, members: &mut Map<String, Value>) {
    if path == "/listpermissions" {
        members.remove("permissionType");
    }
}

fn follow_default_versions(world: &mut World, _done: &Done<'_>) {
    for held in world.shares.values_mut().flat_map(|share| share.permissions.values_mut()) {
        if let Managed::Customer(name) = &held.permission
            && let Some(permission) = world.permissions.get(name)
        {
            held.version = permission.default;
        }
    }
}
