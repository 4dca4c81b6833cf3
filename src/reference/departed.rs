//! What has departed: deleted, or taken out of a share.
//!
//! AWS describes it for a while, and so does the reference. How long is a matter of hours, which do not
//! pass by themselves here; so what departed is forgotten by its number, lest a server that runs for
//! weeks slows down and fills up. That is far beyond what a client looks back at.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::world::{AssociationStatus, Managed};
use bellwether_model::{Account, Name, Principal, World};

use super::ram::{Entity, names_kept};

/// The writing calls from one sweep to the next.
const WRITES: u32 = 1_000;
/// The number of things of a kind that departed from an owner, or from a share, of which none is
/// forgotten.
const KEPT: usize = 500;
/// The number of calls with a token that are remembered.
const TOKENS: usize = 1_000;

/// Something that departed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Departed {
    Permission(Name),
    Principal(Name, Principal),
    Resource(Name),
    ResourceOfAShare(Name, Name),
    Share(Name),
}

/// The place that something departed from: those of one place are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Permissions(Account),
    PrincipalsOf(Name),
    Resources(Account),
    ResourcesOf(Name),
    Shares(Account),
}

/// The memory of what departed by the last sweep: the next one forgets it, where there is too much.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    writes: u32,
    before: BTreeSet<Departed>,
}

impl Memory {
    /// Counts a writing call. Now and then what departed longest ago is forgotten: taken out of the
    /// world. Returns the names under which something is kept of what is gone.
    pub(super) fn count(&mut self, world: &mut World) -> BTreeSet<Name> {
        self.writes += 1;
        if self.writes < WRITES {
            return BTreeSet::new();
        }
        self.writes = 0;
        let surplus = world.idempotency.len().saturating_sub(TOKENS);
        if surplus > 0 {
            world.idempotency.drain(..surplus);
        }
        self.sweep(world)
    }

    fn sweep(&mut self, world: &mut World) -> BTreeSet<Name> {
        let needed = needed(world);
        let mut now = BTreeSet::new();
        let mut gone = BTreeSet::new();
        for departed in departed(world).into_values() {
            let too_much = departed.len() > KEPT;
            for it in departed {
                let is_needed = matches!(
                    &it,
                    Departed::Resource(name) | Departed::Permission(name) if needed.contains(name)
                );
                if too_much && !is_needed && self.before.contains(&it) {
                    gone.extend(forget(world, it));
                } else {
                    now.insert(it);
                }
            }
        }
        self.before = now;
        if !gone.is_empty() {
            world.labels.retain(|(name, _), _| !gone.contains(name));
            world.tags.retain(|name, _| !gone.contains(name));
            world.given_names.retain(|name, _| !gone.contains(name));
            world.vpc_pools.retain(|name, _| !gone.contains(name));
        }
        gone
    }
}

/// Everything that departed, by the place that it departed from.
fn departed(world: &World) -> BTreeMap<Place, Vec<Departed>> {
    let mut departed: BTreeMap<Place, Vec<Departed>> = BTreeMap::new();
    let mut add = |place, it| departed.entry(place).or_default().push(it);
    for (name, share) in &world.shares {
        if share.deleted {
            add(Place::Shares(share.owner), Departed::Share(name.clone()));
            continue;
        }
        let is_out = |status| status == AssociationStatus::Disassociated;
        for (principal, _) in share.principals.iter().filter(|(_, it)| is_out(it.status)) {
            let it = Departed::Principal(name.clone(), principal.clone());
            add(Place::PrincipalsOf(name.clone()), it);
        }
        for (resource, _) in share.resources.iter().filter(|(_, it)| is_out(it.status)) {
            let it = Departed::ResourceOfAShare(name.clone(), resource.clone());
            add(Place::ResourcesOf(name.clone()), it);
        }
    }
    for (name, resource) in world.resources.iter().filter(|(_, resource)| resource.deleted) {
        add(Place::Resources(resource.owner), Departed::Resource(name.clone()));
    }
    for (name, permission) in world.permissions.iter().filter(|(_, it)| it.deleted) {
        add(Place::Permissions(permission.owner), Departed::Permission(name.clone()));
    }
    departed
}

/// The names of resources and permissions that something else still shows: a share that holds them or
/// did, a resource that lies in them, a replacement of one by the other.
fn needed(world: &World) -> BTreeSet<Name> {
    let mut needed = BTreeSet::new();
    for share in world.shares.values() {
        needed.extend(share.resources.keys().cloned());
        let attached = share.permissions.values().map(|attached| &attached.permission);
        needed.extend(attached.filter_map(customer).cloned());
    }
    let living = world.resources.values().filter(|resource| !resource.deleted);
    needed.extend(living.filter_map(|resource| resource.kind.parent()).cloned());
    for replacement in world.replacements.values() {
        needed
            .extend([&replacement.from, &replacement.to].into_iter().filter_map(customer).cloned());
    }
    needed
}

fn customer(managed: &Managed) -> Option<&Name> {
    match managed {
        Managed::Customer(name) => Some(name),
        Managed::Default(_) => None,
    }
}

/// Takes something out of the world. Returns the names under which something is kept of it.
fn forget(world: &mut World, departed: Departed) -> Vec<Name> {
    match departed {
        Departed::Permission(name) => {
            world.permissions.remove(&name);
            vec![name]
        }
        Departed::Principal(name, principal) => {
            let share = world.shares.get_mut(&name);
            share.and_then(|share| share.principals.remove(&principal));
            vec![Entity::Principal(&principal).kept(&name)]
        }
        Departed::Resource(name) => {
            world.resources.remove(&name);
            vec![name]
        }
        Departed::ResourceOfAShare(name, resource) => {
            let share = world.shares.get_mut(&name);
            share.and_then(|share| share.resources.remove(&resource));
            vec![Entity::Resource(&resource).kept(&name)]
        }
        Departed::Share(name) => {
            let share = world.shares.remove(&name);
            share.map(|share| names_kept(&name, &share)).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::ec2::{CreateVpc, DeleteVpc};
    use bellwether_model::operations::ram::{CreateResourceShare, DeleteResourceShare};
    use bellwether_model::parameters::Reference;
    use bellwether_model::{Account, Call, Name, Shape, World};

    use super::{KEPT, Memory, WRITES};

    fn call(memory: &mut Memory, world: &mut World, call: impl Into<Call>, made: &Name) {
        call.into().apply(world, Account::OWNER, made);
        memory.count(world);
    }

    /// Makes shares and VPCs and deletes each at once.
    fn churn(memory: &mut Memory, world: &mut World, times: usize) {
        for number in 0..times {
            let name = Name::new(format!("share-{number:06}"));
            call(memory, world, CreateResourceShare::default(), &name);
            let named = Reference::Named(name);
            let delete = DeleteResourceShare { share: named, ..Default::default() };
            call(memory, world, delete, &Name::none());
            let name = Name::new(format!("vpc-{number:06}"));
            call(memory, world, CreateVpc::default(), &name);
            let vpc_id = Reference::Named(name);
            call(memory, world, DeleteVpc { vpc_id }, &Name::none());
        }
    }

    #[test]
    fn what_was_deleted_is_bounded_and_what_lives_stays() {
        let (mut memory, mut world) = (Memory::default(), World::new(Shape::Standalone));
        call(&mut memory, &mut world, CreateResourceShare::default(), &"kept".into());
        churn(&mut memory, &mut world, 4 * WRITES as usize);
        let most = KEPT + 2 * WRITES as usize;
        assert!(world.shares.len() < most, "{}", world.shares.len());
        assert!(world.resources.len() < most, "{}", world.resources.len());
        assert!(world.shares.contains_key("kept"));
    }

    #[test]
    fn the_last_that_were_deleted_are_described_still() {
        let (mut memory, mut world) = (Memory::default(), World::new(Shape::Standalone));
        let times = 4 * WRITES as usize;
        churn(&mut memory, &mut world, times);
        let newest = (times - KEPT / 2..times).map(|number| format!("share-{number:06}"));
        let missing: Vec<String> =
            newest.filter(|name| !world.shares.contains_key(name.as_str())).collect();
        assert_eq!(missing, Vec::<String>::new());
    }
}
