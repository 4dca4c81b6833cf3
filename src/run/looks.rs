//! Looks: the reads by which the view of an account is observed.

use bellwether_model::operations::{ec2, ram};
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name, Reply, Shape, World};

/// One read by one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Who reads.
    pub account: Account,
    /// What it reads.
    pub call: Call,
}

/// The reads that show an account's whole view of a world.
#[must_use]
pub fn looks_of(world: &World, account: Account) -> Vec<Look> {
    let mut calls: Vec<Call> = Vec::new();
    if !world.shares.is_empty() {
        calls.extend([
            ram::GetResourceShares::default().into(),
            ram::GetResourceShares::of_others().into(),
            ram::GetResourceShareAssociations::default().into(),
            ram::GetResourceShareAssociations::of_resources().into(),
            ram::GetResourceShareInvitations::default().into(),
            ram::ListResources { resource_owner: "SELF".into() }.into(),
            ram::ListResources::of_others().into(),
            ram::ListPrincipals { resource_owner: "SELF".into() }.into(),
            ram::ListPrincipals::of_others().into(),
        ]);
    }
    let any = |of_kind: fn(&Kind) -> bool| world.things.values().any(|it| of_kind(&it.kind));
    if any(|kind| matches!(kind, Kind::Subnet { .. })) {
        calls.push(ec2::DescribeSubnets::default().into());
    }
    if any(|kind| matches!(kind, Kind::Vpc)) {
        calls.push(ec2::DescribeVpcs::default().into());
    }
    if any(|kind| matches!(kind, Kind::NetworkInterface { .. })) {
        calls.push(ec2::DescribeNetworkInterfaces::default().into());
    }
    if any(|kind| matches!(kind, Kind::Instance { .. })) {
        calls.push(ec2::DescribeInstances::default().into());
    }
    if any(|kind| matches!(kind, Kind::TransitGateway { .. })) {
        calls.push(ec2::DescribeTransitGateways::default().into());
    }
    if any(|kind| matches!(kind, Kind::TransitGatewayAttachment { .. })) {
        calls.push(ec2::DescribeTransitGatewayVpcAttachments::default().into());
    }
    if any(|kind| matches!(kind, Kind::PrefixList { .. })) {
        calls.push(ec2::DescribeManagedPrefixLists::default().into());
    }
    if any(|kind| matches!(kind, Kind::Image { .. })) {
        calls.push(ec2::DescribeImages::default().into());
    }
    calls.into_iter().map(|call| Look { account, call }).collect()
}

/// The looks of all accounts.
pub(super) fn complete(world: &World, shape: Shape) -> Vec<Look> {
    shape.actors().iter().flat_map(|account| looks_of(world, *account)).collect()
}

/// The looks of all accounts that show something else than before. Looking changes no world.
pub(super) fn changed(before: &mut World, after: &mut World, shape: Shape) -> Vec<Look> {
    if before == after {
        return Vec::new();
    }
    let mut looks = complete(after, shape);
    looks.retain(|look| shown(before, look) != shown(after, look));
    looks
}

fn shown(world: &mut World, look: &Look) -> Reply {
    look.call.apply(world, look.account, &Name::new(""))
}
