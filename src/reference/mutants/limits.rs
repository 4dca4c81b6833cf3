//! Mutants of what shares may be called, and of how many of everything RAM takes.

use bellwether_model::rules::{limit, share};
use bellwether_model::{Account, Call, World};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "any-number-of-resources-in-a-call",
        description: "One call associates any number of resources.",
        rule: &limit::RESOURCES_OF_A_CALL,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateManagedPrefixList -> a
owner    CreateManagedPrefixList -> b
owner    CreateManagedPrefixList -> c
owner    CreateResourceShare resourceArns=a,b,c -> share",
        equivalent: None,
        mutation: Mutation::Grants(&limit::RESOURCES_OF_A_CALL),
    },
    Mutant {
        name: "any-number-of-shares",
        description: "An account has any number of shares.",
        rule: &limit::SHARES_OF_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateResourceShare -> a
owner    CreateResourceShare -> b
owner    CreateResourceShare -> c
owner    CreateResourceShare -> d",
        equivalent: None,
        mutation: Mutation::Grants(&limit::SHARES_OF_AN_ACCOUNT),
    },
    Mutant {
        name: "any-number-of-resources-in-a-share",
        description: "A share holds any number of resources.",
        rule: &limit::RESOURCES_OF_A_SHARE,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateManagedPrefixList -> a
owner    CreateManagedPrefixList -> b
owner    CreateManagedPrefixList -> c
owner    CreateManagedPrefixList -> d
owner    CreateResourceShare resourceArns=a,b -> share
owner    AssociateResourceShare share resourceArns=c,d",
        equivalent: None,
        mutation: Mutation::Grants(&limit::RESOURCES_OF_A_SHARE),
    },
    Mutant {
        name: "any-number-of-principals-in-a-share",
        description: "A share holds any number of principals.",
        rule: &limit::PRINCIPALS_OF_A_SHARE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on assume=low-limits

owner    CreateResourceShare principals=management,member,sibling -> share",
        equivalent: None,
        mutation: Mutation::Grants(&limit::PRINCIPALS_OF_A_SHARE),
    },
    Mutant {
        name: "resources-of-an-account-uncounted",
        description: "The shares of an account hold any number of resources together.",
        rule: &limit::RESOURCES_OF_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateManagedPrefixList -> a
owner    CreateManagedPrefixList -> b
owner    CreateResourceShare resourceArns=a,b -> share
owner    CreateResourceShare resourceArns=a,b -> share2
owner    CreateResourceShare resourceArns=a -> share3",
        equivalent: None,
        mutation: Mutation::Grants(&limit::RESOURCES_OF_AN_ACCOUNT),
    },
    Mutant {
        name: "principals-of-an-account-uncounted",
        description: "The shares of an account hold any number of principals together.",
        rule: &limit::PRINCIPALS_OF_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on assume=low-limits

owner    CreateResourceShare principals=member,sibling -> share
owner    CreateResourceShare principals=member,sibling -> share2",
        equivalent: None,
        mutation: Mutation::Grants(&limit::PRINCIPALS_OF_AN_ACCOUNT),
    },
    Mutant {
        name: "any-number-of-invitations",
        description: "An account has sent any number of invitations that wait for their answer.",
        rule: &limit::INVITATIONS_PENDING,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateResourceShare principals=consumer,stranger -> share
owner    CreateResourceShare principals=consumer -> share2",
        equivalent: None,
        mutation: Mutation::Grants(&limit::INVITATIONS_PENDING),
    },
    Mutant {
        name: "any-number-of-permissions",
        description: "An account has any number of managed permissions.",
        rule: &limit::PERMISSIONS_OF_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreatePermission -> one
owner    CreatePermission -> two
owner    CreatePermission resourceType=\"appsync:Apis\" policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"appsync:SourceGraphQL\\\"}\" -> three
owner    CreatePermission resourceType=\"appsync:Apis\" policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"appsync:SourceGraphQL\\\"}\" -> four",
        equivalent: None,
        mutation: Mutation::Grants(&limit::PERMISSIONS_OF_AN_ACCOUNT),
    },
    Mutant {
        name: "too-many-shares-malformed",
        description: "A share too many is refused as an invalid parameter.",
        rule: &limit::SHARES_OF_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateResourceShare -> a
owner    CreateResourceShare -> b
owner    CreateResourceShare -> c
owner    CreateResourceShare -> d",
        equivalent: None,
        mutation: Mutation::Recodes(&limit::SHARES_OF_AN_ACCOUNT, &share::NAMED_WITHOUT_SLASHES),
    },
    Mutant {
        name: "shares-of-all-accounts-counted",
        description: "The shares of all accounts count for the limit of one.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "world standalone assume=low-limits

owner    CreateResourceShare -> a
owner    CreateResourceShare -> b
owner    CreateResourceShare -> c
consumer CreateResourceShare -> d",
        equivalent: None,
        mutation: Mutation::Distorts(count_shares_of_all),
    },
    Mutant {
        name: "subnets-of-a-consumer-uncounted",
        description: "A consumer is shown every subnet that is shared with it as available, however many there are.",
        rule: &limit::SUBNETS_SHARED_WITH_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on assume=low-limits

owner    CreateSubnet -> a
owner    CreateSubnet -> b
owner    CreateSubnet -> c
owner    CreateResourceShare resourceArns=a,b principals=member -> share
owner    AssociateResourceShare share resourceArns=c",
        equivalent: None,
        mutation: Mutation::Distorts(forget_subnet_quotas),
    },
    Mutant {
        name: "any-text-is-a-name",
        description: "A share has any text for its name.",
        rule: &share::NAMED_WITHOUT_SLASHES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare name=\"platform/net\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&share::NAMED_WITHOUT_SLASHES),
    },
];

fn forget_subnet_quotas(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListResources(_)) {
        world.subnet_quotas.clear();
    }
}

fn count_shares_of_all(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::CreateResourceShare(_)) {
        world.shares.values_mut().for_each(|share| share.owner = actor);
    }
}
