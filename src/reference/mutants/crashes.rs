//! Mutants that break down at a call, whoever makes it and however often.

use bellwether_model::Call;
use bellwether_model::operations::ram::UpdateResourceShare;
use bellwether_model::parameters::ClientToken;
use bellwether_model::rules::target;

use super::{Breakdown, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "closed-share-crashes",
        description: "A share that is to be closed to outsiders is not made: the service fails with status 500.",
        rule: &target::ANSWERS,
        seen: "moto answers calls with status 500 whose parameters it does not expect",
        shown: "world standalone

owner    CreateResourceShare allowExternalPrincipals=false -> share",
        equivalent: None,
        mutation: Mutation::Breaks(crash_on_closed_shares),
    },
    Mutant {
        name: "renaming-crashes-once-done",
        description: "A share is renamed with a client token, and the answer to that is an error with status 500.",
        rule: &target::ANSWERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed clientToken=once",
        equivalent: None,
        mutation: Mutation::Breaks(crash_once_renamed),
    },
    Mutant {
        name: "name-filter-hangs-up",
        description: "The connection is closed when shares are asked for by name.",
        rule: &target::ANSWERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShares name=platform",
        equivalent: None,
        mutation: Mutation::Breaks(hang_up_on_names),
    },
    Mutant {
        name: "closed-share-unreadable",
        description: "The answer to the creation of a share that is closed to outsiders breaks off.",
        rule: &target::ANSWERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare allowExternalPrincipals=false -> share",
        equivalent: None,
        mutation: Mutation::Breaks(garble_closed_shares),
    },
    Mutant {
        name: "name-filter-unreadable",
        description: "The answer breaks off when shares are asked for by name.",
        rule: &target::ANSWERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShares name=platform",
        equivalent: None,
        mutation: Mutation::Breaks(garble_lists_by_name),
    },
];

fn crash_on_closed_shares(call: &Call) -> Option<Breakdown> {
    makes_closed_share(call).then_some(Breakdown::Fails)
}

fn garble_closed_shares(call: &Call) -> Option<Breakdown> {
    makes_closed_share(call).then_some(Breakdown::Garbles)
}

fn makes_closed_share(call: &Call) -> bool {
    matches!(call, Call::CreateResourceShare(create) if create.allow_external_principals == Some(false))
}

fn crash_once_renamed(call: &Call) -> Option<Breakdown> {
    let is_renaming = |update: &UpdateResourceShare| {
        !update.name.is_empty() && update.client_token != ClientToken::default()
    };
    matches!(call, Call::UpdateResourceShare(update) if is_renaming(update))
        .then_some(Breakdown::FailsOnceDone)
}

fn hang_up_on_names(call: &Call) -> Option<Breakdown> {
    lists_by_name(call).then_some(Breakdown::HangsUp)
}

fn garble_lists_by_name(call: &Call) -> Option<Breakdown> {
    lists_by_name(call).then_some(Breakdown::Garbles)
}

fn lists_by_name(call: &Call) -> bool {
    matches!(call, Call::GetResourceShares(list) if !list.name.is_empty())
}
