//! Mutants of the sources of service principals.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::rules::{Rule, association, source};
use bellwether_model::world::{AssociationStatus, Share, World};
use bellwether_model::{Account, Call, Name, Principal, Reply};
use serde_json::{Map, Value};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "service-with-a-source-refused",
        description: "A service principal is refused where a source is named with it.",
        rule: &source::TAKEN_WITH_A_SERVICE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_sources),
    },
    Mutant {
        name: "sources-never-kept",
        description: "The sources that a share is given are answered, and not kept.",
        rule: &source::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_sources),
    },
    Mutant {
        name: "sources-replaced",
        description: "A source that is added takes the place of the others.",
        rule: &source::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share
owner    AssociateResourceShare share sources=stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_sources),
    },
    Mutant {
        name: "sources-never-settle",
        description: "A source stays ASSOCIATING.",
        rule: &source::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_sources_as_associating),
    },
    Mutant {
        name: "last-source-taken",
        description: "The last source of a share is taken out while a service principal is in it.",
        rule: &source::ONE_REMAINS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share
owner    DisassociateResourceShare share sources=owner",
        equivalent: None,
        mutation: Mutation::Grants(&source::ONE_REMAINS),
    },
    Mutant {
        name: "sources-kept-for-good",
        description: "A source can't be taken out while a service principal is in the share.",
        rule: &source::ENDED_BY_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner,stranger -> share
owner    DisassociateResourceShare share sources=owner",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_to_end_sources),
    },
    Mutant {
        name: "sources-told-to-others",
        description: "The sources of a share are listed to every account.",
        rule: &source::UNLISTED_TO_OTHERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share
consumer ListSourceAssociations",
        equivalent: None,
        mutation: Mutation::Rewrites(list_sources_to_everybody),
    },
    Mutant {
        name: "source-filter-ignored",
        description: "The list of sources takes no notice of the source that it is asked for.",
        rule: &source::FILTERED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share
owner    ListSourceAssociations sourceId=stranger",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_source_ids),
    },
    Mutant {
        name: "sources-of-all-shares",
        description: "The list of sources takes no notice of the shares that it is asked for.",
        rule: &source::FILTERED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner -> share
owner    CreateResourceShare -> other
owner    ListSourceAssociations resourceShareArns=other",
        equivalent: None,
        mutation: Mutation::Misreads(ignore_shares_of_sources),
    },
    Mutant {
        name: "service-leaves-with-a-source",
        description: "A service principal is taken out of a share with one of several sources.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=service:pca-connector-ad sources=owner,stranger -> share
owner    DisassociateResourceShare share sources=owner",
        equivalent: None,
        mutation: Mutation::Corrupts(end_services_with_sources),
    },
];

fn refuse_sources(_world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateResourceShare(call) = call else { return None };
    (!call.sources.is_empty()).then_some(&source::IN_AN_ACCEPTED_FORM)
}

/// The share that a call has made, or given sources.
fn joined<'c>(done: &Done<'c>) -> Option<&'c Name> {
    if let Call::AssociateResourceShare(call) = done.call {
        return call.share.name();
    }
    matches!(done.call, Call::CreateResourceShare(_)).then_some(done.made)
}

fn share<'w>(world: &'w mut World, done: &Done<'_>) -> Option<&'w mut Share> {
    joined(done).and_then(|name| world.shares.get_mut(name))
}

fn lose_sources(world: &mut World, done: &Done<'_>) {
    if let Some(share) = share(world, done) {
        share.sources.clear();
    }
}

fn replace_sources(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    if let Some(share) = share(world, done).filter(|_| !call.sources.is_empty()) {
        share.sources.retain(|from, _| call.sources.contains(from));
    }
}

fn refuse_to_end_sources(_world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::DisassociateResourceShare(call) = call else { return None };
    (!call.sources.is_empty()).then_some(&source::ONE_REMAINS)
}

fn end_services_with_sources(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateResourceShare(call) = done.call else { return };
    if call.sources.is_empty() {
        return;
    }
    if let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) {
        for (principal, row) in &mut share.principals {
            if matches!(principal, Principal::Service(_)) {
                row.status = AssociationStatus::Disassociated;
            }
        }
    }
}

fn list_sources_as_associating(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListSourceAssociations(_)) {
        for field in reply.rows.iter_mut().flat_map(|row| &mut row.fields) {
            field.expected = Expected::OneOf(&["ASSOCIATING"]);
        }
    }
}

fn list_sources_to_everybody(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListSourceAssociations(_)) {
        let hidden = reply.rows.iter_mut().filter(|row| *row.rule == source::UNLISTED_TO_OTHERS);
        hidden.for_each(|row| row.present |= matches!(row.key, Key::Source(..)));
    }
}

/// Takes a filter out of a request for sources.
fn ignore(path: &str, members: &mut Map<String, Value>, ignored: &str) {
    if path == "/listsourceassociations" {
        members.remove(ignored);
    }
}

fn ignore_source_ids(path: &str, members: &mut Map<String, Value>) {
    ignore(path, members, "sourceId");
}

fn ignore_shares_of_sources(path: &str, members: &mut Map<String, Value>) {
    ignore(path, members, "resourceShareArns");
}
