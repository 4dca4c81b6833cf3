//! Calls that are made in the other Region of a scenario.
//!
//! Such a call holds the call that is made there, so that operations need not say anything of Regions: it
//! is decided and applied in the world as that Region has it.

use super::{Call, Service};
use crate::answer::{Decision, EmptyList, Key, Refusal, Reply, Row};
use crate::rules::{Evidence, Rule, region};
use crate::{Account, Name, Region, World};

/// A call in the Region `away`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away(Box<Call>);

impl Away {
    /// Returns the call that is made there.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.0
    }

    /// The same, to be changed.
    pub(super) fn call_mut(&mut self) -> &mut Call {
        &mut self.0
    }

    /// The answer to the call in the world as its Region has it.
    pub(super) fn check(&self, world: &World, actor: Account) -> Decision {
        self.0.check(&world.in_region(Region::AWAY), actor)
    }

    /// Applies the call to the world as its Region has it.
    pub(super) fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        world.within(Region::AWAY, |world| self.0.apply(world, actor, made))
    }

    /// See [`Call::apply_assumed`].
    pub(super) fn apply_assumed(
        &self,
        world: &mut World,
        actor: Account,
        made: &Name,
        open: &'static Rule,
    ) -> Reply {
        world.within(Region::AWAY, |world| self.0.apply_assumed(world, actor, made, open))
    }
}

impl Service {
    /// Whether the service is one for all Regions, so that it makes no difference where it is called.
    #[must_use]
    pub fn is_global(self) -> bool {
        match self {
            Self::Organizations | Self::Route53 | Self::Bellwether => true,
            Self::Ram
            | Self::Ec2
            | Self::LicenseManager
            | Self::Route53Profiles
            | Self::Route53Resolver => false,
        }
    }
}

impl Call {
    /// Returns the call as one that is made in this Region of a scenario. A global one is the same in all.
    #[must_use]
    pub fn made_in(self, region: Region) -> Self {
        let call = if let Self::Away(away) = self { *away.0 } else { self };
        let is_away = region == Region::AWAY && !call.is_global();
        if is_away { Self::Away(Away(Box::new(call))) } else { call }
    }

    /// Whether it makes no difference where the call is made. An organization has one administrator of IPAM,
    /// whom Organizations knows.
    fn is_global(&self) -> bool {
        self.service().is_global() || matches!(self, Self::EnableIpamOrganizationAdminAccount(_))
    }

    /// The Region in which the call is made.
    #[must_use]
    pub fn region(&self) -> Region {
        if matches!(self, Self::Away(_)) { Region::AWAY } else { Region::HOME }
    }

    /// Returns the call without the Region in which it is made.
    #[must_use]
    pub fn without_region(&self) -> &Self {
        if let Self::Away(away) = self { away.call() } else { self }
    }

    /// The answer to a call that would have this one if the other Regions did not exist.
    pub(super) fn decide_among_regions(&self, world: &World, decision: Decision) -> Decision {
        if world.elsewhere.is_empty() {
            return decision;
        }
        let is_elsewhere =
            |name: &&Name| world.region_of(name).is_some_and(|region| region != world.region);
        let elsewhere: Vec<&Name> = self.names().into_iter().filter(is_elsewhere).collect();
        if elsewhere.is_empty() {
            return decision;
        }
        let gives = matches!(self, Self::CreateResourceShare(_) | Self::AssociateResourceShare(_))
            && elsewhere.into_iter().any(|name| world.kind_of(name).is_some());
        let refused = |rule, mut broken: Vec<&'static Rule>| {
            if self.service() != Service::Ram {
                // Other services have one code for ids that they do not find, whatever the reason.
                let firm = broken.iter().take_while(|it| it.evidence > Evidence::Open).count();
                broken.insert(firm, rule);
            } else if broken.len() > 1 {
                broken.insert(0, rule);
            } else {
                // That it is unknown follows from where it is.
                broken = vec![rule];
            }
            Decision::Refused(Refusal { broken, empty_list: EmptyList::IsTolerated })
        };
        match decision {
            Decision::Granted | Decision::Open(_) if gives => {
                refused(&region::SHARED_WHERE_IT_IS, Vec::new())
            }
            Decision::Refused(refusal) if gives => {
                refused(&region::SHARED_WHERE_IT_IS, refusal.broken)
            }
            Decision::Refused(refusal) => refused(&region::NAMED_WHERE_IT_IS, refusal.broken),
            Decision::Granted if self.writes() => refused(&region::NAMED_WHERE_IT_IS, Vec::new()),
            Decision::Granted | Decision::Open(_) => decision,
        }
    }

    /// The reply to a read, with what the same read lists in other Regions as rows that must not be there.
    pub(super) fn without_other_regions(
        &self,
        world: &World,
        actor: Account,
        mut reply: Reply,
    ) -> Reply {
        for region in world.elsewhere.keys() {
            let mut there = world.in_region(*region).into_owned();
            if !matches!(self.check(&there, actor), Decision::Granted) {
                continue;
            }
            let listed = self.apply_here(&mut there, actor, &Name::none());
            for row in listed.rows.into_iter().filter(|row| row.present) {
                let is_known = reply.rows.iter().any(|it| it.key == row.key);
                if let (false, Some(rule)) = (is_known, kept_apart_by(&row.key)) {
                    reply.rows.push(Row::forbidden(row.key, rule));
                }
            }
        }
        reply
    }
}

/// The rule by which a row is listed in one Region alone; `None` if it is about nothing that a Region has.
fn kept_apart_by(key: &Key) -> Option<&'static Rule> {
    if key.names().is_empty() {
        return None;
    }
    Some(match key {
        Key::Invitation(..) => &region::INVITATIONS_OF_ONE,
        Key::Managed(_) | Key::Version(..) | Key::Replacement(_) => &region::PERMISSIONS_OF_ONE,
        Key::Resource(_) => &region::RESOURCES_OF_ONE,
        Key::Share(_)
        | Key::ResourceAssociation(..)
        | Key::Principal(..)
        | Key::Source(..)
        | Key::Attached(..)
        | Key::Permission(_)
        | Key::Type(_) => &region::SHARES_OF_ONE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;
    use crate::operations::ec2::{CreateSubnet, DescribeSubnets};
    use crate::operations::organizations::LeaveOrganization;
    use crate::operations::ram::{CreateResourceShare, GetResourceShares};
    use crate::parameters::Reference;

    fn world_with(call: impl Into<Call>, region: Region, made: &str) -> World {
        let mut world = World::new(Shape::Standalone);
        let answer =
            call.into().made_in(region).transition(&mut world, Account::OWNER, &made.into());
        assert!(matches!(answer, crate::Answer::Granted(_)), "{answer:?}");
        world
    }

    fn rows(world: &World, call: impl Into<Call>, region: Region) -> Vec<Row> {
        call.into().made_in(region).apply(&mut world.clone(), Account::OWNER, &Name::none()).rows
    }

    #[test]
    fn what_is_made_in_one_region_is_in_no_list_of_the_other() {
        for (here, there) in [(Region::HOME, Region::AWAY), (Region::AWAY, Region::HOME)] {
            let world = world_with(CreateResourceShare::default(), here, "share");
            let listed = |region| rows(&world, GetResourceShares::default(), region);
            assert!(listed(here).iter().any(|row| row.present));
            let [row] = &listed(there)[..] else { panic!("{:?}", listed(there)) };
            assert_eq!((row.present, row.rule), (false, &region::SHARES_OF_ONE));
        }
    }

    #[test]
    fn a_resource_joins_no_share_of_another_region() {
        let world = world_with(CreateSubnet::default(), Region::HOME, "net");
        let resources = vec![Reference::Named("net".into())];
        let share = CreateResourceShare { resource_arns: resources, ..Default::default() };
        let call = Call::from(share).made_in(Region::AWAY);
        let Decision::Refused(refusal) = call.check(&world, Account::OWNER) else {
            panic!("it is granted")
        };
        assert_eq!(refusal.rule(), &region::SHARED_WHERE_IT_IS);
        assert!(refusal.allows("AnyCode"));
    }

    #[test]
    fn a_read_in_another_region_changes_no_world() {
        let mut world = world_with(CreateSubnet::default(), Region::HOME, "net");
        let before = world.clone();
        let read = Call::from(DescribeSubnets::default()).made_in(Region::AWAY);
        read.apply(&mut world, Account::OWNER, &Name::none());
        assert_eq!(world, before);
    }

    #[test]
    fn a_global_call_is_the_same_in_all_regions() {
        let call = Call::from(LeaveOrganization {});
        assert_eq!(call.clone().made_in(Region::AWAY), call);
    }
}
