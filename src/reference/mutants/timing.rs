//! Mutants that show changes late, never, or by turns.

use std::time::Duration;

use bellwether_model::Call;
use bellwether_model::rules::{association, read, share};

use super::{FROM_THE_RULES, Hiding, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "share-shown-late",
        description: "A new share and its associations are shown five seconds after it was made.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Hides(hide_new_shares_for_a_while),
    },
    Mutant {
        name: "association-never-shown",
        description: "An association that is added to a share stays ASSOCIATING for ever.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=organization",
        equivalent: None,
        mutation: Mutation::Hides(hide_associations_for_ever),
    },
    Mutant {
        name: "revocation-shown-late",
        description: "A resource that leaves a share is listed, and seen, for five more seconds.",
        rule: &association::LISTED_AFTER_DISASSOCIATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    DisassociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Hides(hide_removals_for_a_while),
    },
    Mutant {
        name: "deletion-shown-late",
        description: "A deleted share is listed to its consumers for five more seconds.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Hides(hide_deletions_for_a_while),
    },
    Mutant {
        name: "acceptance-shown-late",
        description: "The effect of an acceptance is shown five seconds later.",
        rule: &association::SETTLED_BY_ACCEPTANCE,
        seen: "hashicorp/terraform-provider-aws: an unknown share right after its acceptance",
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger",
        equivalent: None,
        mutation: Mutation::Hides(hide_acceptances_for_a_while),
    },
    Mutant {
        name: "new-share-flaps",
        description: "A new share is shown, missing, and shown again, by turns.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share",
        equivalent: None,
        mutation: Mutation::Hides(show_new_shares_by_turns),
    },
    Mutant {
        name: "renaming-flaps",
        description: "A renamed share bears its old and its new name by turns.",
        rule: &share::NAMED_AS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Hides(show_updates_by_turns),
    },
];

/// Longer than any view read of a harness that was told of no delay, and shorter than its last one.
const A_WHILE: Hiding = Hiding::For(Duration::from_secs(5));
/// No time that a scenario lets pass reaches it.
const FOR_EVER: Hiding = Hiding::For(Duration::from_hours(24 * 365));
/// A few requests each.
const BY_TURNS: Hiding = Hiding::ByTurns(Duration::from_millis(150));

fn hide_new_shares_for_a_while(call: &Call) -> Option<Hiding> {
    matches!(call, Call::CreateResourceShare(_)).then_some(A_WHILE)
}

fn hide_associations_for_ever(call: &Call) -> Option<Hiding> {
    matches!(call, Call::AssociateResourceShare(_)).then_some(FOR_EVER)
}

fn hide_removals_for_a_while(call: &Call) -> Option<Hiding> {
    matches!(call, Call::DisassociateResourceShare(_)).then_some(A_WHILE)
}

fn hide_deletions_for_a_while(call: &Call) -> Option<Hiding> {
    matches!(call, Call::DeleteResourceShare(_)).then_some(A_WHILE)
}

fn hide_acceptances_for_a_while(call: &Call) -> Option<Hiding> {
    matches!(call, Call::AcceptResourceShareInvitation(_)).then_some(A_WHILE)
}

fn show_new_shares_by_turns(call: &Call) -> Option<Hiding> {
    matches!(call, Call::CreateResourceShare(_)).then_some(BY_TURNS)
}

fn show_updates_by_turns(call: &Call) -> Option<Hiding> {
    matches!(call, Call::UpdateResourceShare(_)).then_some(BY_TURNS)
}
