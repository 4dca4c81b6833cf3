//! The ids, ARNs and tokens that RAM gives out, and what they name.

use bellwether_model::parameters::Reference;
use bellwether_model::permissions::{self, AWS_ARN};
use bellwether_model::world::{Managed, ManagedPermission};
use bellwether_model::{Account, Name, resources};

use crate::reference::State;
use crate::reference::random::{scramble, uuid};

/// The seed of the UUIDs of invitations.
const INVITATION: u64 = 2;

/// The seed of tokens.
const TOKEN: u64 = 3;

/// The UUID of an invitation: always the same for the same share, receiver and number.
pub(super) fn invitation_id(share: &Name, receiver: Account, number: usize) -> String {
    let text = format!("{share}/{receiver}/{number}");
    let seed = text.bytes().fold(0, |seed, byte| scramble(seed, byte.into()));
    uuid(INVITATION, seed)
}

/// The name of the default permission of a type; made up if no source states it.
pub(super) fn default_name(of_type: &str) -> String {
    if let Some(name) = permissions::default_name(of_type) {
        return name.to_owned();
    }
    let part = of_type.split(':').next_back().unwrap_or_default();
    format!("AWSRAMDefaultPermission{part}")
}

/// The type whose default permission a reference names.
pub(super) fn default_type(named: &Reference) -> Option<String> {
    let Reference::Literal(arn) = named else { return None };
    let name = arn.strip_prefix(AWS_ARN)?;
    default_types().find(|of_type| default_name(of_type) == name).map(str::to_owned)
}

/// The types that have a default permission here: those that are modelled, and those whose permission a
/// source names.
pub(super) fn default_types() -> impl Iterator<Item = &'static str> {
    let modelled = resources::TYPES.iter().map(|of_type| of_type.facts.name);
    let is_modelled = |name: &str| resources::TYPES.iter().any(|it| it.facts.name == name);
    let named = permissions::defaults().map(|(of_type, _)| of_type);
    modelled.chain(named.filter(move |of_type| !is_modelled(of_type)))
}

/// A permission's ARN.
pub(super) fn permission_arn(state: &State, managed: &Managed) -> String {
    match managed {
        Managed::Default(of_type) => format!("{AWS_ARN}{}", default_name(of_type)),
        Managed::Customer(name) => {
            let held = state.world.permissions.get(name);
            let (owner, called) = held
                .map_or_else(Default::default, |held| (held.owner.to_string(), held.name.as_str()));
            let kept = state.attribute(name, "region");
            let region = if kept.is_empty() { &state.region } else { kept };
            format!("arn:aws:ram:{region}:{owner}:permission/{called}")
        }
    }
}

/// The permission of this ARN; the text itself if there is none.
pub(super) fn permission(state: &State, arn: &str) -> Reference {
    let all = state.world.permissions.keys();
    let is_it = |name: &&Name| permission_arn(state, &Managed::Customer((*name).clone())) == arn;
    // Of several with this name, the one that is not deleted is meant.
    let lives = |name: &&Name| {
        state.world.permissions.get(*name).is_some_and(|held: &ManagedPermission| !held.deleted)
    };
    let found: Vec<&Name> = all.filter(is_it).collect();
    let meant = found.iter().copied().find(|name| lives(name)).or(found.last().copied());
    meant.map_or_else(|| Reference::Literal(arn.into()), |name| Reference::Named(name.clone()))
}

/// The work item of this id; the text itself if there is none.
pub(super) fn work(state: &State, id: &str) -> Reference {
    let name = Name::new(id);
    if state.world.replacements.contains_key(&name) {
        Reference::Named(name)
    } else {
        Reference::Literal(id.into())
    }
}

/// The token of the page of a list that begins here.
pub(super) fn token(list: &str, offset: usize) -> String {
    let seed = list.bytes().fold(TOKEN, |seed, byte| scramble(seed, byte.into()));
    let check = scramble(seed, offset as u64);
    format!("{check:016x}{offset:08x}")
}

/// The offset at which the page of this token begins; `None` if no page of this list has it.
pub(super) fn read_token(list: &str, text: &str) -> Option<usize> {
    let offset = usize::from_str_radix(text.get(16..)?, 16).ok()?;
    (token(list, offset) == text).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::{read_token, token};

    #[test]
    fn a_token_reads_back_and_a_changed_or_foreign_one_does_not() {
        let text = token("resources", 500);
        assert_eq!(read_token("resources", &text), Some(500));
        assert_eq!(read_token("resources", &text.replace("1f4", "1f5")), None);
        assert_eq!(read_token("principals", &text), None);
        assert_eq!(read_token("resources", "x"), None);
    }
}
