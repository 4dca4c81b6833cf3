//! The Regions of a world: the shares, permissions and resources of each are nothing in the others.
//!
//! What one Region has lies in the fields of the [`World`] itself while calls are made there, and is put
//! aside while they are made elsewhere. So no rule has to ask where something is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem::swap;

use smol_str::SmolStr;

use super::{
    CopyOnWrite, IdempotencyRecord, Kind, ManagedPermission, Replacement, Resource, Share,
    SubnetQuota, World,
};
use crate::{Account, Name, Region};

/// The part of a world that one Region has to itself; the fields are those of [`World`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regional {
    shares: CopyOnWrite<BTreeMap<Name, Share>>,
    resources: CopyOnWrite<BTreeMap<Name, Resource>>,
    permissions: CopyOnWrite<BTreeMap<Name, ManagedPermission>>,
    replacements: CopyOnWrite<BTreeMap<Name, Replacement>>,
    idempotency: CopyOnWrite<Vec<IdempotencyRecord>>,
    public_images_blocked: CopyOnWrite<BTreeMap<Account, bool>>,
    vpc_pools: CopyOnWrite<BTreeMap<Name, Name>>,
    labels: CopyOnWrite<BTreeMap<(Name, Account), BTreeMap<SmolStr, SmolStr>>>,
    subnet_quotas: CopyOnWrite<BTreeMap<Account, SubnetQuota>>,
    tags: CopyOnWrite<BTreeMap<Name, BTreeMap<SmolStr, SmolStr>>>,
    given_names: CopyOnWrite<BTreeMap<Name, SmolStr>>,
}

impl Regional {
    /// Puts these things into the fields of a world, and what lay there here.
    fn exchange(&mut self, world: &mut World) {
        let Self {
            shares,
            resources,
            permissions,
            replacements,
            idempotency,
            public_images_blocked,
            vpc_pools,
            labels,
            subnet_quotas,
            tags,
            given_names,
        } = self;
        swap(shares, &mut world.shares);
        swap(resources, &mut world.resources);
        swap(permissions, &mut world.permissions);
        swap(replacements, &mut world.replacements);
        swap(idempotency, &mut world.idempotency);
        swap(public_images_blocked, &mut world.public_images_blocked);
        swap(vpc_pools, &mut world.vpc_pools);
        swap(labels, &mut world.labels);
        swap(subnet_quotas, &mut world.subnet_quotas);
        swap(tags, &mut world.tags);
        swap(given_names, &mut world.given_names);
    }

    /// Whether a step made something of this name here.
    fn has_made(&self, name: &Name) -> bool {
        self.resources.contains_key(name)
            || self.shares.contains_key(name)
            || self.permissions.contains_key(name)
            || self.replacements.contains_key(name)
    }
}

impl World {
    /// Goes to a Region: calls are made there from now on.
    pub fn enter(&mut self, region: Region) {
        if region == self.region {
            return;
        }
        let mut regional = self.elsewhere.remove(&region).unwrap_or_default();
        regional.exchange(self);
        // A Region in which nothing was made is no other one than before.
        if regional != Regional::default() {
            self.elsewhere.insert(self.region, regional);
        }
        self.region = region;
    }

    /// Does something in a Region, and comes back.
    pub fn within<T>(&mut self, region: Region, act: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.region;
        self.enter(region);
        let outcome = act(self);
        self.enter(here);
        outcome
    }

    /// The world as it is in a Region.
    #[must_use]
    pub fn in_region(&self, region: Region) -> Cow<'_, Self> {
        if region == self.region {
            return Cow::Borrowed(self);
        }
        let mut there = self.clone();
        there.enter(region);
        Cow::Owned(there)
    }

    /// Does something in each Region in which anything was made, in this one first.
    pub(crate) fn everywhere(&mut self, mut act: impl FnMut(&mut Self)) {
        act(self);
        let others: Vec<Region> = self.elsewhere.keys().copied().collect();
        for region in others {
            self.within(region, &mut act);
        }
    }

    /// Returns the share of this name, in whichever Region it is.
    #[must_use]
    pub fn share(&self, name: &Name) -> Option<&Share> {
        let mut others = self.elsewhere.values();
        self.shares.get(name).or_else(|| others.find_map(|it| it.shares.get(name)))
    }

    /// Returns the kind of the resource of this name, in whichever Region it is.
    #[must_use]
    pub fn kind_of(&self, name: &Name) -> Option<&Kind> {
        let mut others = self.elsewhere.values();
        let resource = self.resources.get(name);
        resource.or_else(|| others.find_map(|it| it.resources.get(name))).map(|it| &it.kind)
    }

    /// Returns the Region in which a step made something of this name; `None` if no step did.
    ///
    /// Handshakes belong to no Region, and count for each.
    #[must_use]
    pub fn region_of(&self, name: &Name) -> Option<Region> {
        if self.has_made_here(name) {
            return Some(self.region);
        }
        let mut others = self.elsewhere.iter();
        others.find(|(_, regional)| regional.has_made(name)).map(|(region, _)| *region)
    }
}
