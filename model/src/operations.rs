//! The operations, one file each, by service.
//!
//! To add one, write its file and give it a line below. The compiler names what else is missing.

use smol_str::SmolStr;

use crate::answer::{Answer, Decision, Reply};
use crate::operations::ram::CreateResourceShare;
use crate::parameters::{
    ArgumentError, Arguments, ClientToken, InvitationRef, ParameterInfo, Value, Written,
};
use crate::tokens::Repeatable;
use crate::{Account, Name, Region, World, parameters, permissions, tokens};

mod away;
mod dry_run;
mod facts;

pub use away::Away;
pub use dry_run::DryRun;
pub use facts::{Grant, LostAnswer, Operation, OperationInfo, Service, Topic, Usage};

operations! {
    ram {
        accept_resource_share_invitation::AcceptResourceShareInvitation,
        associate_resource_share::AssociateResourceShare,
        associate_resource_share_permission::AssociateResourceSharePermission,
        create_permission::CreatePermission,
        create_permission_version::CreatePermissionVersion,
        create_resource_share::CreateResourceShare,
        delete_permission::DeletePermission,
        delete_permission_version::DeletePermissionVersion,
        delete_resource_share::DeleteResourceShare,
        disassociate_resource_share::DisassociateResourceShare,
        disassociate_resource_share_permission::DisassociateResourceSharePermission,
        enable_sharing_with_aws_organization::EnableSharingWithAwsOrganization,
        get_permission::GetPermission,
        get_resource_policies::GetResourcePolicies,
        get_resource_share_associations::GetResourceShareAssociations,
        get_resource_share_invitations::GetResourceShareInvitations,
        get_resource_shares::GetResourceShares,
        list_pending_invitation_resources::ListPendingInvitationResources,
        list_permission_associations::ListPermissionAssociations,
        list_permission_versions::ListPermissionVersions,
        list_permissions::ListPermissions,
        list_principals::ListPrincipals,
        list_replace_permission_associations_work::ListReplacePermissionAssociationsWork,
        list_resource_share_permissions::ListResourceSharePermissions,
        list_resource_types::ListResourceTypes,
        list_resources::ListResources,
        list_source_associations::ListSourceAssociations,
        promote_permission_created_from_policy::PromotePermissionCreatedFromPolicy,
        promote_resource_share_created_from_policy::PromoteResourceShareCreatedFromPolicy,
        reject_resource_share_invitation::RejectResourceShareInvitation,
        replace_permission_associations::ReplacePermissionAssociations,
        set_default_permission_version::SetDefaultPermissionVersion,
        tag_resource::TagResource,
        untag_resource::UntagResource,
        update_resource_share::UpdateResourceShare,
    }
    ec2 {
        accept_transit_gateway_vpc_attachment::AcceptTransitGatewayVpcAttachment,
        allocate_hosts::AllocateHosts,
        allocate_ipam_pool_cidr::AllocateIpamPoolCidr,
        associate_security_group_vpc::AssociateSecurityGroupVpc,
        associate_transit_gateway_route_table::AssociateTransitGatewayRouteTable,
        attach_internet_gateway::AttachInternetGateway,
        authorize_security_group_ingress::AuthorizeSecurityGroupIngress,
        cancel_capacity_reservation::CancelCapacityReservation,
        cancel_image_launch_permission::CancelImageLaunchPermission,
        copy_image::CopyImage,
        create_capacity_reservation::CreateCapacityReservation,
        create_internet_gateway::CreateInternetGateway,
        create_ipam_pool::CreateIpamPool,
        create_managed_prefix_list::CreateManagedPrefixList,
        create_nat_gateway::CreateNatGateway,
        create_network_acl::CreateNetworkAcl,
        create_network_interface::CreateNetworkInterface,
        create_placement_group::CreatePlacementGroup,
        create_route::CreateRoute,
        create_route_table::CreateRouteTable,
        create_security_group::CreateSecurityGroup,
        create_snapshot::CreateSnapshot,
        create_subnet::CreateSubnet,
        create_tags::CreateTags,
        create_transit_gateway::CreateTransitGateway,
        create_transit_gateway_route::CreateTransitGatewayRoute,
        create_transit_gateway_route_table::CreateTransitGatewayRouteTable,
        create_transit_gateway_vpc_attachment::CreateTransitGatewayVpcAttachment,
        create_vpc::CreateVpc,
        create_vpc_endpoint::CreateVpcEndpoint,
        delete_internet_gateway::DeleteInternetGateway,
        delete_ipam_pool::DeleteIpamPool,
        delete_managed_prefix_list::DeleteManagedPrefixList,
        delete_nat_gateway::DeleteNatGateway,
        delete_network_acl::DeleteNetworkAcl,
        delete_network_interface::DeleteNetworkInterface,
        delete_placement_group::DeletePlacementGroup,
        delete_route_table::DeleteRouteTable,
        delete_security_group::DeleteSecurityGroup,
        delete_snapshot::DeleteSnapshot,
        delete_subnet::DeleteSubnet,
        delete_transit_gateway::DeleteTransitGateway,
        delete_transit_gateway_route::DeleteTransitGatewayRoute,
        delete_transit_gateway_route_table::DeleteTransitGatewayRouteTable,
        delete_transit_gateway_vpc_attachment::DeleteTransitGatewayVpcAttachment,
        delete_vpc::DeleteVpc,
        delete_vpc_endpoints::DeleteVpcEndpoints,
        deregister_image::DeregisterImage,
        describe_capacity_reservations::DescribeCapacityReservations,
        describe_hosts::DescribeHosts,
        describe_image_attribute::DescribeImageAttribute,
        describe_images::DescribeImages,
        describe_instances::DescribeInstances,
        describe_internet_gateways::DescribeInternetGateways,
        describe_ipam_pools::DescribeIpamPools,
        describe_managed_prefix_lists::DescribeManagedPrefixLists,
        describe_nat_gateways::DescribeNatGateways,
        describe_network_acls::DescribeNetworkAcls,
        describe_network_interfaces::DescribeNetworkInterfaces,
        describe_placement_groups::DescribePlacementGroups,
        describe_route_tables::DescribeRouteTables,
        describe_security_group_vpc_associations::DescribeSecurityGroupVpcAssociations,
        describe_security_groups::DescribeSecurityGroups,
        describe_snapshots::DescribeSnapshots,
        describe_subnets::DescribeSubnets,
        describe_tags::DescribeTags,
        describe_transit_gateway_route_tables::DescribeTransitGatewayRouteTables,
        describe_transit_gateway_vpc_attachments::DescribeTransitGatewayVpcAttachments,
        describe_transit_gateways::DescribeTransitGateways,
        describe_vpc_endpoints::DescribeVpcEndpoints,
        describe_vpcs::DescribeVpcs,
        detach_internet_gateway::DetachInternetGateway,
        disable_image::DisableImage,
        disable_image_block_public_access::DisableImageBlockPublicAccess,
        disable_image_deprecation::DisableImageDeprecation,
        disassociate_security_group_vpc::DisassociateSecurityGroupVpc,
        disassociate_transit_gateway_route_table::DisassociateTransitGatewayRouteTable,
        enable_image::EnableImage,
        enable_image_block_public_access::EnableImageBlockPublicAccess,
        enable_image_deprecation::EnableImageDeprecation,
        enable_ipam_organization_admin_account::EnableIpamOrganizationAdminAccount,
        enable_transit_gateway_route_table_propagation::EnableTransitGatewayRouteTablePropagation,
        get_image_block_public_access_state::GetImageBlockPublicAccessState,
        get_ipam_pool_allocations::GetIpamPoolAllocations,
        get_managed_prefix_list_associations::GetManagedPrefixListAssociations,
        get_managed_prefix_list_entries::GetManagedPrefixListEntries,
        get_security_groups_for_vpc::GetSecurityGroupsForVpc,
        get_transit_gateway_route_table_associations::GetTransitGatewayRouteTableAssociations,
        get_transit_gateway_route_table_propagations::GetTransitGatewayRouteTablePropagations,
        modify_image_attribute::ModifyImageAttribute,
        modify_managed_prefix_list::ModifyManagedPrefixList,
        modify_network_interface_attribute::ModifyNetworkInterfaceAttribute,
        modify_snapshot_attribute::ModifySnapshotAttribute,
        modify_subnet_attribute::ModifySubnetAttribute,
        register_image::RegisterImage,
        reject_transit_gateway_vpc_attachment::RejectTransitGatewayVpcAttachment,
        release_hosts::ReleaseHosts,
        release_ipam_pool_allocation::ReleaseIpamPoolAllocation,
        reset_image_attribute::ResetImageAttribute,
        revoke_security_group_ingress::RevokeSecurityGroupIngress,
        run_instances::RunInstances,
        search_transit_gateway_routes::SearchTransitGatewayRoutes,
        terminate_instances::TerminateInstances,
    }
    licensemanager {
        create_license_configuration::CreateLicenseConfiguration,
        delete_license_configuration::DeleteLicenseConfiguration,
        get_license_configuration::GetLicenseConfiguration,
        list_license_configurations::ListLicenseConfigurations,
        update_license_configuration::UpdateLicenseConfiguration,
    }
    route53 {
        associate_vpc_with_hosted_zone::AssociateVPCWithHostedZone,
        create_hosted_zone::CreateHostedZone,
        create_vpc_association_authorization::CreateVPCAssociationAuthorization,
        delete_hosted_zone::DeleteHostedZone,
        delete_vpc_association_authorization::DeleteVPCAssociationAuthorization,
        disassociate_vpc_from_hosted_zone::DisassociateVPCFromHostedZone,
        get_hosted_zone::GetHostedZone,
        list_hosted_zones::ListHostedZones,
        list_hosted_zones_by_vpc::ListHostedZonesByVPC,
        list_vpc_association_authorizations::ListVPCAssociationAuthorizations,
    }
    route53profiles {
        associate_profile::AssociateProfile,
        create_profile::CreateProfile,
        delete_profile::DeleteProfile,
        disassociate_profile::DisassociateProfile,
        get_profile::GetProfile,
        list_profile_associations::ListProfileAssociations,
        list_profiles::ListProfiles,
    }
    route53resolver {
        associate_firewall_rule_group::AssociateFirewallRuleGroup,
        associate_resolver_query_log_config::AssociateResolverQueryLogConfig,
        associate_resolver_rule::AssociateResolverRule,
        create_firewall_rule_group::CreateFirewallRuleGroup,
        create_resolver_query_log_config::CreateResolverQueryLogConfig,
        create_resolver_rule::CreateResolverRule,
        delete_firewall_rule_group::DeleteFirewallRuleGroup,
        delete_resolver_query_log_config::DeleteResolverQueryLogConfig,
        delete_resolver_rule::DeleteResolverRule,
        disassociate_firewall_rule_group::DisassociateFirewallRuleGroup,
        disassociate_resolver_query_log_config::DisassociateResolverQueryLogConfig,
        disassociate_resolver_rule::DisassociateResolverRule,
        get_firewall_rule_group::GetFirewallRuleGroup,
        get_resolver_query_log_config::GetResolverQueryLogConfig,
        get_resolver_rule::GetResolverRule,
        list_firewall_rule_group_associations::ListFirewallRuleGroupAssociations,
        list_firewall_rule_groups::ListFirewallRuleGroups,
        list_resolver_query_log_config_associations::ListResolverQueryLogConfigAssociations,
        list_resolver_query_log_configs::ListResolverQueryLogConfigs,
        list_resolver_rule_associations::ListResolverRuleAssociations,
        list_resolver_rules::ListResolverRules,
        list_tags_for_resource::ListTagsForResource,
        update_resolver_rule::UpdateResolverRule,
    }
    organizations {
        accept_handshake::AcceptHandshake,
        disable_aws_service_access::DisableAWSServiceAccess,
        enable_aws_service_access::EnableAWSServiceAccess,
        invite_account_to_organization::InviteAccountToOrganization,
        leave_organization::LeaveOrganization,
        move_account::MoveAccount,
        remove_account_from_organization::RemoveAccountFromOrganization,
    }
    bellwether {
        pass_time::PassTime,
    }
}

impl Call {
    /// Returns the actors that the call names as principals, targets or receivers.
    #[must_use]
    pub fn actors(&self) -> Vec<Account> {
        self.naming_values().filter_map(|value| parameters::actor_in(&value)).collect()
    }

    /// Returns the literals of the call that stand for an id or ARN, in which placeholders are filled.
    #[must_use]
    pub fn literals(&self) -> Vec<SmolStr> {
        let literals = self.naming_values().filter(|value| value.quoted);
        literals.map(|value| value.text).collect()
    }

    /// The values of the call that name something, those of parameters that take any text left out.
    fn naming_values(&self) -> impl Iterator<Item = Value> {
        let Arguments { subject, named, .. } = self.write();
        let parameters = self.info().parameters;
        let named = named.into_iter().filter(|(key, _)| !parameters::is_text(parameters, key));
        named.flat_map(|(_, values)| values).chain(subject)
    }

    /// Whether the call reads back from its arguments. One that names the invitation of an account that
    /// never acts does not.
    #[must_use]
    pub fn reads_back(&self) -> bool {
        Self::read(self.operation(), &self.write()).is_some_and(|read| read.as_ref() == Ok(self))
    }

    /// Moves the world on as AWS would, and returns the answer that AWS gives the caller.
    ///
    /// A refused call, and one whose answer is open, leaves the world as it was; see
    /// [`apply_assumed`](Self::apply_assumed).
    pub fn transition(&self, world: &mut World, actor: Account, made: &Name) -> Answer {
        let decision = self.check(world, actor);
        self.transition_by(decision, world, actor, made)
    }

    /// The [`transition`](Self::transition) by the decision on the call that is known already.
    fn transition_by(
        &self,
        decision: Decision,
        world: &mut World,
        actor: Account,
        made: &Name,
    ) -> Answer {
        match decision {
            Decision::Granted => Answer::Granted(self.apply(world, actor, made)),
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(undecided) => Answer::Open(undecided),
        }
    }

    /// Moves the world on by [`transition`](Self::transition), and by
    /// [`apply_assumed`](Self::apply_assumed) if the answer is open and assumed to be granted. Returns
    /// the answer.
    pub fn assume(&self, world: &mut World, actor: Account, made: &Name) -> Answer {
        let decision = self.check(world, actor);
        self.assume_by(decision, world, actor, made)
    }

    /// Moves the world on as [`assume`](Self::assume) does, by the decision on the call in this world, as
    /// [`check`](Self::check) returns it.
    pub fn assume_by(
        &self,
        decision: Decision,
        world: &mut World,
        actor: Account,
        made: &Name,
    ) -> Answer {
        let answer = self.transition_by(decision, world, actor, made);
        if let Answer::Open(open) = &answer
            && open.granted
        {
            self.apply_assumed(world, actor, made, open.rules[0]);
        }
        answer
    }

    /// Moves the world on by a call whose answer is open and which a target, or an assumption,
    /// granted. What the open rule leaves undecided is not judged from there on.
    pub fn apply_assumed(
        &self,
        world: &mut World,
        actor: Account,
        made: &Name,
        open: &'static crate::rules::Rule,
    ) -> Reply {
        if let Self::Away(it) = self {
            return it.apply_assumed(world, actor, made, open);
        }
        if self.is_dry_run() {
            return self.apply(world, actor, made);
        }
        // What is repeated made what is meant before.
        let before = tokens::repeated(world, actor, self).map(|record| record.made.clone());
        let made = before.as_ref().unwrap_or(made);
        let reply = self.apply(world, actor, made);
        if let Some(share) = self.share(made)
            && let Some(share) = world.shares.get_mut(share)
        {
            share.open = Some(open);
            world.count_shared_subnets();
            world.end_uses_without_a_grant();
        }
        let names = if self.writes() { self.names() } else { Vec::new() };
        permissions::leave_open(world, names.into_iter().chain([made]), open);
        reply
    }

    /// The share that a call writes to, where it writes to one.
    fn share<'a>(&'a self, made: &'a Name) -> Option<&'a Name> {
        let of_permissions = matches!(
            self,
            Self::AssociateResourceSharePermission(_)
                | Self::DisassociateResourceSharePermission(_)
        );
        if self.service() != Service::Ram || !self.writes() || of_permissions {
            return None;
        }
        if self.makes().is_empty() { self.names().into_iter().next() } else { Some(made) }
    }
}

impl Repeatable for Call {
    fn operation(&self) -> &'static str {
        self.operation()
    }

    fn arguments(&self) -> Arguments {
        self.write()
    }

    fn names(&self) -> Vec<&Name> {
        self.names()
    }

    fn token(&self) -> Option<&ClientToken> {
        self.client_token()
    }

    fn made_field(&self) -> Option<&'static str> {
        self.info().made_field
    }

    fn writes(&self) -> bool {
        self.writes()
    }

    fn passes_time(&self) -> bool {
        self.info().passes_time
    }
}

/// Declares each operation's module and gathers them all into one closed [`Call`].
macro_rules! operations {
    ($($service:ident { $($module:ident::$Operation:ident,)+ })+) => {
        $(
            #[doc = concat!("The operations of `", stringify!($service), "`.")]
            pub mod $service {
                $(pub mod $module; pub use $module::$Operation;)+
            }
        )+

        /// A call of any operation.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Call {
            $($(#[doc = concat!("See [`", stringify!($service), "::", stringify!($Operation), "`].")]
            $Operation($service::$Operation),)+)+
            /// See [`DryRun`].
            DryRun(DryRun),
            /// See [`Away`].
            Away(Away),
        }

        $($(impl From<$service::$Operation> for Call {
            fn from(call: $service::$Operation) -> Self {
                Self::$Operation(call)
            }
        })+)+

        /// All operations, by service.
        pub static OPERATIONS: &[OperationInfo] = &[
            $($({
                const OWN: &[ParameterInfo] = <$service::$Operation as Written>::PARAMETERS;
                const HAS_DRY_RUN: bool =
                    dry_run::has_dry_run::<$service::$Operation>(service!($service));
                const MORE: usize = if HAS_DRY_RUN { 1 } else { 0 };
                static PARAMETERS: [ParameterInfo; OWN.len() + MORE] = dry_run::parameters(OWN);
                OperationInfo {
                    parameters: &PARAMETERS,
                    has_dry_run: HAS_DRY_RUN,
                    place: Place::$Operation as usize,
                    ..OperationInfo::of::<$service::$Operation>(stringify!($service))
                }
            },)+)+
        ];

        /// The places of the operations in [`OPERATIONS`].
        #[derive(Copy, Clone)]
        enum Place {
            $($($Operation,)+)+
        }

        impl Call {
            /// Reads a call of the operation of this name; `None` if there is none.
            #[must_use]
            pub fn read(
                operation: &str,
                arguments: &Arguments,
            ) -> Option<Result<Self, ArgumentError>> {
                let info = OPERATIONS.iter().find(|info| info.name == operation)?;
                Some((info.read)(arguments).map(|call| call.made_in(arguments.region)))
            }

            /// The arguments that read back as this call.
            #[must_use]
            pub fn write(&self) -> Arguments {
                match self {
                    $($(Self::$Operation(it) => Written::write(it),)+)+
                    Self::DryRun(it) => it.write(),
                    Self::Away(it) => Arguments { region: Region::AWAY, ..it.call().write() },
                }
            }

            /// Returns the call with other values in place of some bare words, be they names or
            /// accounts, alone or in `invitation:`, `role:` and `user:`; `None` if it can't have them.
            #[must_use]
            pub fn reworded(&self, other: impl Fn(&str) -> Option<Value>) -> Option<Self> {
                let mut arguments = self.write();
                let values = arguments.named.iter_mut().flat_map(|(_, values)| values);
                let mut changed = false;
                for value in values.chain(&mut arguments.subject).filter(|value| !value.quoted) {
                    if let Some(other) = crate::parameters::reworded(&value.text, &other) {
                        (*value, changed) = (other, true);
                    }
                }
                if changed { Self::read(self.operation(), &arguments)?.ok() } else { Some(self.clone()) }
            }

            /// The names of resources that the call mentions, repeats included.
            #[must_use]
            pub fn names(&self) -> Vec<&Name> {
                match self {
                    $($(Self::$Operation(it) => Written::names(it),)+)+
                    Self::DryRun(it) => it.itself().names(),
                    Self::Away(it) => it.call().names(),
                }
            }

            /// The facts of the operation.
            #[must_use]
            pub fn info(&self) -> &'static OperationInfo {
                let place = match self {
                    $($(Self::$Operation(_) => Place::$Operation,)+)+
                    Self::DryRun(it) => return it.itself().info(),
                    Self::Away(it) => return it.call().info(),
                };
                &OPERATIONS[place as usize]
            }

            /// See [`Operation::variant`].
            #[must_use]
            pub fn variant(&self) -> Option<&'static str> {
                match self {
                    $($(Self::$Operation(it) => it.variant(),)+)+
                    Self::DryRun(it) => it.itself().variant(),
                    Self::Away(it) => it.call().variant(),
                }
            }

            /// See [`Operation::grant_mut`].
            pub fn grant_mut(&mut self) -> Option<Grant<'_>> {
                match self {
                    $($(Self::$Operation(it) => it.grant_mut(),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call_mut().grant_mut(),
                }
            }

            /// See [`Operation::merged_into`].
            #[must_use]
            pub fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
                match self {
                    $($(Self::$Operation(it) => it.merged_into(create),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call().merged_into(create),
                }
            }

            /// See [`Operation::lost_answer`]; a dry run makes nothing.
            #[must_use]
            pub fn lost_answer(&self) -> Option<LostAnswer> {
                match self {
                    $($(Self::$Operation(it) => it.lost_answer(),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call().lost_answer(),
                }
            }

            /// See [`Operation::answered_invitation`].
            #[must_use]
            pub fn answered_invitation(&self) -> Option<&InvitationRef> {
                match self {
                    $($(Self::$Operation(it) => it.answered_invitation(),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call().answered_invitation(),
                }
            }

            /// The API's own name of the operation.
            #[must_use]
            pub fn operation(&self) -> &'static str {
                match self {
                    $($(Self::$Operation(_) => stringify!($Operation),)+)+
                    Self::DryRun(it) => it.itself().operation(),
                    Self::Away(it) => it.call().operation(),
                }
            }

            /// The operation's service.
            #[must_use]
            pub fn service(&self) -> Service {
                match self {
                    $($(Self::$Operation(_) => service!($service),)+)+
                    Self::DryRun(it) => it.itself().service(),
                    Self::Away(it) => it.call().service(),
                }
            }

            /// See [`Operation::MAKES`]; a dry run makes nothing.
            #[must_use]
            pub fn makes(&self) -> &'static str {
                match self {
                    $($(Self::$Operation(_) => <$service::$Operation as Operation>::MAKES,)+)+
                    Self::DryRun(_) => "",
                    Self::Away(it) => it.call().makes(),
                }
            }

            /// See [`Operation::WRITES`].
            #[must_use]
            pub fn writes(&self) -> bool {
                match self {
                    $($(Self::$Operation(_) => <$service::$Operation as Operation>::WRITES,)+)+
                    Self::DryRun(it) => it.itself().writes(),
                    Self::Away(it) => it.call().writes(),
                }
            }

            /// Returns the idempotency token of the call, if its operation takes one.
            #[must_use]
            pub fn client_token(&self) -> Option<&ClientToken> {
                match self {
                    $($(Self::$Operation(it) => Written::client_token(it),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call().client_token(),
                }
            }

            /// The same, to be changed.
            pub fn client_token_mut(&mut self) -> Option<&mut ClientToken> {
                match self {
                    $($(Self::$Operation(it) => Written::client_token_mut(it),)+)+
                    Self::DryRun(_) => None,
                    Self::Away(it) => it.call_mut().client_token_mut(),
                }
            }

            /// See [`Operation::check`]; a call that repeats an earlier one has the answer of that one.
            #[must_use]
            pub fn check(&self, world: &World, actor: Account) -> Decision {
                let decision = match self {
                    $($(Self::$Operation(it) => it.check(world, actor),)+)+
                    Self::DryRun(it) => {
                        let decision = it.itself().check_tried(world, actor);
                        return self.decide_among_regions(world, decision);
                    }
                    Self::Away(it) => return it.check(world, actor),
                };
                let decision = tokens::decide(world, actor, self, decision);
                self.decide_among_regions(world, decision)
            }

            /// See [`Operation::check_tried`].
            fn check_tried(&self, world: &World, actor: Account) -> Decision {
                match self {
                    $($(Self::$Operation(it) => it.check_tried(world, actor),)+)+
                    Self::DryRun(it) => it.itself().check_tried(world, actor),
                    Self::Away(it) => it.call().check_tried(world, actor),
                }
            }

            /// See [`Operation::apply`].
            pub fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
                if let Some(reply) = tokens::repetition(world, actor, self) {
                    return reply;
                }
                if let Self::Away(it) = self {
                    return it.apply(world, actor, made);
                }
                let reply = self.apply_here(world, actor, made);
                if self.is_dry_run() {
                    return reply;
                }
                let grants = matches!(self.service(), Service::Ram | Service::Organizations);
                if grants && self.writes() {
                    world.everywhere(|world| {
                        world.count_shared_subnets();
                        world.end_uses_without_a_grant();
                    });
                }
                if !self.writes() && !world.elsewhere.is_empty() {
                    return self.without_other_regions(world, actor, reply);
                }
                tokens::keep(world, actor, self, made, reply)
            }

            /// See [`Operation::apply`], without what follows from it.
            fn apply_here(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
                match self {
                    $($(Self::$Operation(it) => it.apply(world, actor, made),)+)+
                    Self::DryRun(_) => dry_run::reply(),
                    Self::Away(it) => it.call().apply_here(world, actor, made),
                }
            }
        }
    };
}
use operations;

macro_rules! service {
    (ram) => {
        Service::Ram
    };
    (ec2) => {
        Service::Ec2
    };
    (licensemanager) => {
        Service::LicenseManager
    };
    (route53) => {
        Service::Route53
    };
    (route53profiles) => {
        Service::Route53Profiles
    };
    (route53resolver) => {
        Service::Route53Resolver
    };
    (organizations) => {
        Service::Organizations
    };
    (bellwether) => {
        Service::Bellwether
    };
}
use service;
