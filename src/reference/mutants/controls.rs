//! Servers that do not share at all, or share everything: what a harness must not be content with.

use bellwether_model::answer::Key;
use bellwether_model::rules::{read, share, visibility};
use bellwether_model::{Account, Call, Reply, World};
use http::StatusCode;

use super::{Canned, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "always-refuses",
        description: "Every call is refused with an error that the API declares.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "",
        equivalent: None,
        mutation: Mutation::Answers(Canned::Error(
            StatusCode::BAD_REQUEST,
            "InvalidParameterException",
        )),
    },
    Mutant {
        name: "always-empty",
        description: "Every call succeeds, with an answer that holds nothing.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "",
        equivalent: None,
        mutation: Mutation::Answers(Canned::Success("")),
    },
    Mutant {
        name: "always-an-empty-object",
        description: "Every call succeeds, with an empty JSON object.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "",
        equivalent: None,
        mutation: Mutation::Answers(Canned::Success("{}")),
    },
    Mutant {
        name: "owner-alone",
        description: "The owner's side is kept, and nothing of it is shown to anybody else.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: "moto's RAM keeps the owner's shares and has no consumer's view",
        shown: "",
        equivalent: None,
        mutation: Mutation::Rewrites(show_to_the_owner_alone),
    },
    Mutant {
        name: "everything-to-everybody",
        description: "Whatever exists is listed to every account.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "",
        equivalent: None,
        mutation: Mutation::Rewrites(show_everything),
    },
];

fn show_to_the_owner_alone(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if call.writes() {
        return;
    }
    reply.rows.retain(|row| {
        let names = row.key.names();
        let own = |name: &&bellwether_model::Name| {
            let share = world.shares.get(*name).map(|share| share.owner);
            let resource = world.resources.get(*name).map(|resource| resource.owner);
            share.or(resource).is_none_or(|owner| owner == actor)
        };
        !matches!(row.key, Key::Invitation(..)) && names.iter().all(own)
    });
}

fn show_everything(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    if call.writes() {
        return;
    }
    for row in &mut reply.rows {
        let gone = row.key.names().into_iter().any(|name| {
            let share = world.shares.get(name).is_some_and(|share| share.deleted);
            let resource = world.resources.get(name).is_some_and(|resource| resource.deleted);
            share || resource
        });
        row.present |= !gone;
    }
}
