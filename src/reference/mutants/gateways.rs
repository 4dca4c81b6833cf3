//! Mutants of the route tables of transit gateways, and of routes to these.

use bellwether_model::rules::{Rule, route_table, transit_gateway};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, kind_of};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "consumer-associates-its-attachment",
        description: "A consumer associates its attachment with a route table of the gateway's owner.",
        rule: &transit_gateway::ROUTE_TABLES_CLOSED_TO_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway AutoAcceptSharedAttachments=true -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
member   CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
member   AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Distorts(open_associations_to_consumers),
    },
    Mutant {
        name: "gateway-routes-deleted-by-consumers",
        description: "A consumer deletes a route table of the gateway's owner.",
        rule: &transit_gateway::ROUTE_TABLES_CLOSED_TO_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
member   DeleteTransitGatewayRouteTable TransitGatewayRouteTableId=table",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ROUTE_TABLES_CLOSED_TO_CONSUMERS),
    },
    Mutant {
        name: "gateway-routes-listed-to-consumers",
        description: "A shared transit gateway is listed with its route tables.",
        rule: &transit_gateway::ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table",
        equivalent: None,
        mutation: Mutation::Rewrites(list_tables_to_consumers),
    },
    Mutant {
        name: "gateway-routes-made-by-consumers",
        description: "A consumer makes route tables of a shared transit gateway.",
        rule: &transit_gateway::ROUTE_TABLES_MADE_BY_THE_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
member   CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ROUTE_TABLES_MADE_BY_THE_OWNER_ALONE),
    },
    Mutant {
        name: "attachments-of-consumers-left-unrouted",
        description: "The owner of a transit gateway can associate attachments of its own alone.",
        rule: &transit_gateway::ROUTED_BY_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway AutoAcceptSharedAttachments=true -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
member   CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_foreign_attachments),
    },
    Mutant {
        name: "waiting-attachment-routed",
        description: "An attachment that waits for acceptance is routed.",
        rule: &transit_gateway::ROUTED_ONCE_ACCEPTED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
member   CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ROUTED_ONCE_ACCEPTED),
    },
    Mutant {
        name: "attachment-associated-twice",
        description: "An attachment is associated with a second route table.",
        rule: &transit_gateway::ASSOCIATED_WITH_ONE_ROUTE_TABLE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ASSOCIATED_WITH_ONE_ROUTE_TABLE),
    },
    Mutant {
        name: "association-without-effect",
        description: "An attachment is associated with a route table, and is not listed there.",
        rule: &transit_gateway::ROUTING_LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_associations),
    },
    Mutant {
        name: "gateway-routes-deleted-under-attachments",
        description: "A route table is deleted while an attachment is associated with it.",
        rule: &transit_gateway::ROUTE_TABLE_KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment
owner    DeleteTransitGatewayRouteTable TransitGatewayRouteTableId=table",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ROUTE_TABLE_KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "route-to-an-unattached-gateway",
        description: "A route is made to a transit gateway that the VPC is not attached to.",
        rule: &route_table::ROUTED_ONCE_ATTACHED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateRouteTable VpcId=vpc -> routes
owner    CreateTransitGateway -> gateway
owner    CreateRoute RouteTableId=routes TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Grants(&route_table::ROUTED_ONCE_ATTACHED),
    },
    Mutant {
        name: "route-to-own-gateways-alone",
        description: "Routes can be made to transit gateways of the caller's own alone.",
        rule: &route_table::ROUTED_TO_AN_ATTACHED_GATEWAY,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway AutoAcceptSharedAttachments=true -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
member   CreateVpc -> vpc
member   CreateSubnet VpcId=vpc -> net
member   CreateRouteTable VpcId=vpc -> routes
member   CreateTransitGatewayVpcAttachment TransitGatewayId=gateway SubnetIds=net -> attachment
member   CreateRoute RouteTableId=routes TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_routes_to_foreign_gateways),
    },
    Mutant {
        name: "route-by-participants",
        description: "A participant makes routes in a route table that it sees.",
        rule: &route_table::ROUTED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateRouteTable VpcId=vpc -> routes
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateTransitGateway -> gateway
member   CreateRoute RouteTableId=routes TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Grants(&route_table::ROUTED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "route-without-effect",
        description: "A route to a transit gateway is made, and is not listed.",
        rule: &route_table::LISTED_WITH_ITS_ROUTES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateRouteTable VpcId=vpc -> routes
owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway SubnetIds=net -> attachment
owner    CreateRoute RouteTableId=routes TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_routes),
    },
    Mutant {
        name: "attachment-disassociated-without-effect",
        description: "An attachment is taken from a route table, and is listed there still.",
        rule: &transit_gateway::ROUTING_LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    AssociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment
owner    DisassociateTransitGatewayRouteTable TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_associations),
    },
    Mutant {
        name: "static-routes-to-own-attachments-alone",
        description: "The owner of a transit gateway can make static routes to attachments of its own alone.",
        rule: &transit_gateway::STATIC_ROUTES_MADE_BY_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway AutoAcceptSharedAttachments=true -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
member   CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    CreateTransitGatewayRoute TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_static_routes_to_foreign_attachments),
    },
    Mutant {
        name: "static-route-made-twice",
        description: "A route table of a transit gateway takes a second static route for the same block.",
        rule: &transit_gateway::STATIC_ROUTE_MADE_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    CreateTransitGatewayRoute TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment
owner    CreateTransitGatewayRoute TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::STATIC_ROUTE_MADE_ONCE),
    },
    Mutant {
        name: "static-route-without-effect",
        description: "A static route is made in a route table of a transit gateway, and is not listed.",
        rule: &transit_gateway::STATIC_ROUTES_LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayRouteTable TransitGatewayId=gateway -> table
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    CreateTransitGatewayRoute TransitGatewayRouteTableId=table TransitGatewayAttachmentId=attachment",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_static_routes),
    },
];

fn refuse_static_routes_to_foreign_attachments(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CreateTransitGatewayRoute(call) = call else { return None };
    is_foreign(world, actor, &call.attachment_id).then_some(&transit_gateway::ATTACHMENT_KNOWN)
}

fn forget_static_routes(world: &mut World, done: &Done<'_>) {
    let Call::CreateTransitGatewayRoute(call) = done.call else { return };
    if let Some(Kind::TransitGatewayRouteTable { routes, .. }) =
        kind_of(world, &call.route_table_id)
    {
        routes.clear();
    }
}

fn keep_associations(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateTransitGatewayRouteTable(call) = done.call else { return };
    if let Some(Kind::TransitGatewayRouteTable { associated, .. }) =
        kind_of(world, &call.route_table_id)
    {
        associated.extend(call.attachment_id.name().cloned());
    }
}

fn refuse_routes_to_foreign_gateways(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CreateRoute(call) = call else { return None };
    let foreign = is_foreign(world, actor, &call.transit_gateway_id);
    foreign.then_some(&transit_gateway::KNOWN_TO_THE_CALLER)
}

fn forget_routes(world: &mut World, done: &Done<'_>) {
    let Call::CreateRoute(call) = done.call else { return };
    if let Some(Kind::RouteTable { gateways, .. }) = kind_of(world, &call.route_table_id) {
        gateways.clear();
    }
}

fn open_associations_to_consumers(world: &mut World, actor: Account, call: &Call) {
    let Call::AssociateTransitGatewayRouteTable(call) = call else { return };
    let Some(table) = call.route_table_id.name() else { return };
    let kind = world.resources.get(table).map(|table| &table.kind);
    let Some(Kind::TransitGatewayRouteTable { gateway, .. }) = kind else { return };
    let shared = world.sight(actor, gateway).is_seen();
    if let Some(table) = world.resources.get_mut(table).filter(|_| shared) {
        table.owner = actor;
    }
}

fn list_tables_to_consumers(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeTransitGatewayRouteTables(_)) {
        let hidden = &transit_gateway::ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE;
        reply.rows.iter_mut().filter(|row| row.rule == hidden).for_each(|row| row.present = true);
    }
}

fn refuse_foreign_attachments(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::AssociateTransitGatewayRouteTable(call) = call else { return None };
    let foreign = is_foreign(world, actor, &call.attachment_id);
    foreign.then_some(&transit_gateway::ATTACHMENT_KNOWN)
}

fn forget_associations(world: &mut World, done: &Done<'_>) {
    let Call::AssociateTransitGatewayRouteTable(call) = done.call else { return };
    if let Some(Kind::TransitGatewayRouteTable { associated, .. }) =
        kind_of(world, &call.route_table_id)
    {
        associated.clear();
    }
}
