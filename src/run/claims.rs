//! How a claim is observed on a target.

use bellwether_model::answer::Key;
use bellwether_model::operations::{ec2, ram, route53};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name, World};

use super::ViewRead;
use super::view_reads::{associations_of, list_of};
use crate::scenario::{Associated, Claim, Fact};

/// How a claim is observed.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// By a read, which shows a row or does not, in this status where one is claimed.
    Row {
        /// The read.
        view_read: ViewRead,
        /// The row.
        key: Key,
        /// The status claimed; nothing where only its presence is.
        status: Option<String>,
        /// Whether the row is claimed to be there.
        present: bool,
    },
    /// By doing it, and undoing it.
    Launch {
        /// Who launches.
        account: Account,
        /// How.
        call: Call,
        /// Whether it is claimed to be granted.
        granted: bool,
    },
}

/// The read by which a claim is observed, and the row in it; `None` if it is observed otherwise.
#[must_use]
pub(crate) fn read_of(claim: &Claim, world: &World) -> Option<(ViewRead, Key)> {
    match test_of(claim, world)? {
        Test::Row { view_read, key, .. } => Some((view_read, key)),
        Test::Launch { .. } => None,
    }
}

/// How a claim is observed on a target; nothing where there is no way.
pub(super) fn test_of(claim: &Claim, world: &World) -> Option<Test> {
    let account = claim.actor;
    let row = |call: Call, key: Key, status: Option<&str>, present: bool| {
        let status = status.map(str::to_owned);
        Some(Test::Row { view_read: ViewRead { account, call }, key, status, present })
    };
    match &claim.fact {
        Fact::Sees(name) | Fact::Running(name) => {
            row(describe(world, name)?, Key::Resource(name.clone()), None, true)
        }
        Fact::Hidden(name) => row(describe(world, name)?, Key::Resource(name.clone()), None, false),
        Fact::MayLaunch(name) => {
            Some(Test::Launch { account, call: launch(world, name)?, granted: true })
        }
        Fact::MayNotLaunch(name) => {
            Some(Test::Launch { account, call: launch(world, name)?, granted: false })
        }
        Fact::Share(name, status) => {
            let own = world.shares.get(name)?.owner == account;
            let call = if own {
                ram::GetResourceShares::default()
            } else {
                ram::GetResourceShares::of_others()
            };
            row(call.into(), Key::Share(name.clone()), status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Resource(resource), status) => {
            let call = ram::GetResourceShareAssociations::of_resources().into();
            let key = Key::ResourceAssociation(share.clone(), resource.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Principal(principal), status) => {
            let call = ram::GetResourceShareAssociations::default().into();
            let key = Key::Principal(share.clone(), principal.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Invitation(share, status) => {
            let sent = world.shares.get(share)?.invitations.iter();
            let number = sent.filter(|it| it.receiver == account).count().saturating_sub(1);
            let call = ram::GetResourceShareInvitations::default().into();
            let key = Key::Invitation(share.clone(), account, number);
            row(call, key, status.as_deref(), status.is_some())
        }
    }
}

/// The read that lists resources of a resource's kind.
fn describe(world: &World, name: &Name) -> Option<Call> {
    Some(match &world.resources.get(name)?.kind {
        Kind::Vpc => ec2::DescribeVpcs::default().into(),
        Kind::Subnet { .. } => ec2::DescribeSubnets::default().into(),
        Kind::NetworkInterface { .. } => ec2::DescribeNetworkInterfaces::default().into(),
        Kind::Instance { .. } => ec2::DescribeInstances::default().into(),
        Kind::TransitGateway { .. } => ec2::DescribeTransitGateways::default().into(),
        Kind::TransitGatewayAttachment { .. } => {
            ec2::DescribeTransitGatewayVpcAttachments::default().into()
        }
        Kind::PrefixList { .. } => ec2::DescribeManagedPrefixLists::default().into(),
        Kind::Image { .. } => ec2::DescribeImages::default().into(),
        Kind::Plain(plain) => (plain.list)(),
        Kind::HostedZone { .. } => route53::ListHostedZones::default().into(),
        Kind::Dns(dns) => list_of(dns)?,
        Kind::DnsAssociation { dns, .. } => associations_of(dns)?,
        Kind::InternetGateway { .. } => ec2::DescribeInternetGateways::default().into(),
        Kind::RouteTable { .. } => ec2::DescribeRouteTables::default().into(),
        Kind::SecurityGroup { .. } => ec2::DescribeSecurityGroups::default().into(),
    })
}

/// The call that launches into a subnet, or from an image.
fn launch(world: &World, name: &Name) -> Option<Call> {
    let named = Reference::Named(name.clone());
    match &world.resources.get(name)?.kind {
        Kind::Subnet { .. } => {
            let security_group_ids = Groups::OwnPlain;
            Some(ec2::CreateNetworkInterface { subnet_id: named, security_group_ids }.into())
        }
        Kind::Image { .. } => {
            Some(ec2::RunInstances { image_id: Some(named), ..ec2::RunInstances::default() }.into())
        }
        Kind::Vpc
        | Kind::NetworkInterface { .. }
        | Kind::Instance { .. }
        | Kind::TransitGateway { .. }
        | Kind::TransitGatewayAttachment { .. }
        | Kind::PrefixList { .. }
        | Kind::RouteTable { .. }
        | Kind::InternetGateway { .. }
        | Kind::SecurityGroup { .. }
        | Kind::Plain(_)
        | Kind::HostedZone { .. }
        | Kind::Dns(_)
        | Kind::DnsAssociation { .. } => None,
    }
}
