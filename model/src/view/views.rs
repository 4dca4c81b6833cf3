//! The views that accounts have of a world.

use std::cell::OnceCell;
use std::rc::Rc;

use super::{Seeing, Sight, Viewpoint, is_listed};
use crate::world::{Resource, World};
use crate::{Account, Name};

/// The view of one account: every resource of the world, with the account's sight of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'w> {
    /// The account that sees.
    pub account: Account,
    /// The resources, in the order of their names, security groups left out.
    pub resources: Vec<Seeing<'w>>,
}

/// The views of several accounts, as [`World::seen_by`] returns that of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Views<'w> {
    /// The resources, in the order of their names, security groups left out.
    pub resources: Vec<(&'w Name, &'w Resource)>,
    /// Each account with its sight of each resource, in their order.
    pub sights: Vec<(Account, Vec<Sight>)>,
}

impl World {
    /// Returns the view of an account.
    #[must_use]
    pub fn seen_by(&self, account: Account) -> View<'_> {
        View { account, resources: self.sights_of(account, is_listed) }
    }

    /// Returns the views of accounts; that takes less than the view of each.
    #[must_use]
    pub fn seen_by_all(&self, accounts: &[Account]) -> Views<'_> {
        let mut resources = Vec::with_capacity(self.resources.len());
        resources.extend(self.resources.iter().filter(|(_, resource)| is_listed(&resource.kind)));
        let subnets = Rc::new(OnceCell::new());
        let of = |account: &Account| {
            let from = Viewpoint::with(self, *account, Rc::clone(&subnets));
            let sights = resources.iter().map(|(name, resource)| from.sight(name, resource));
            (*account, sights.collect())
        };
        let sights = accounts.iter().map(of).collect();
        Views { resources, sights }
    }
}
