//! The operations, one file each, by service.
//!
//! To add one, write its file and give it a line below. The compiler names what else is missing.

use std::fmt;

use crate::answer::{Answer, Decision, Reply};
use crate::dice::Dice;
use crate::parameters::{ArgumentError, Arguments, ClientToken, ParameterInfo, Value, Written};
use crate::{Account, Name, World, permissions, tokens};

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
        allocate_ipam_pool_cidr::AllocateIpamPoolCidr,
        attach_internet_gateway::AttachInternetGateway,
        authorize_security_group_ingress::AuthorizeSecurityGroupIngress,
        cancel_capacity_reservation::CancelCapacityReservation,
        cancel_image_launch_permission::CancelImageLaunchPermission,
        create_capacity_reservation::CreateCapacityReservation,
        create_internet_gateway::CreateInternetGateway,
        create_ipam_pool::CreateIpamPool,
        create_managed_prefix_list::CreateManagedPrefixList,
        create_network_interface::CreateNetworkInterface,
        create_placement_group::CreatePlacementGroup,
        create_route_table::CreateRouteTable,
        create_security_group::CreateSecurityGroup,
        create_subnet::CreateSubnet,
        create_tags::CreateTags,
        create_transit_gateway::CreateTransitGateway,
        create_transit_gateway_vpc_attachment::CreateTransitGatewayVpcAttachment,
        create_vpc::CreateVpc,
        delete_internet_gateway::DeleteInternetGateway,
        delete_ipam_pool::DeleteIpamPool,
        delete_managed_prefix_list::DeleteManagedPrefixList,
        delete_network_interface::DeleteNetworkInterface,
        delete_placement_group::DeletePlacementGroup,
        delete_route_table::DeleteRouteTable,
        delete_security_group::DeleteSecurityGroup,
        delete_subnet::DeleteSubnet,
        delete_transit_gateway::DeleteTransitGateway,
        delete_transit_gateway_vpc_attachment::DeleteTransitGatewayVpcAttachment,
        delete_vpc::DeleteVpc,
        deregister_image::DeregisterImage,
        describe_capacity_reservations::DescribeCapacityReservations,
        describe_image_attribute::DescribeImageAttribute,
        describe_images::DescribeImages,
        describe_instances::DescribeInstances,
        describe_internet_gateways::DescribeInternetGateways,
        describe_ipam_pools::DescribeIpamPools,
        describe_managed_prefix_lists::DescribeManagedPrefixLists,
        describe_network_interfaces::DescribeNetworkInterfaces,
        describe_placement_groups::DescribePlacementGroups,
        describe_route_tables::DescribeRouteTables,
        describe_security_groups::DescribeSecurityGroups,
        describe_subnets::DescribeSubnets,
        describe_tags::DescribeTags,
        describe_transit_gateway_vpc_attachments::DescribeTransitGatewayVpcAttachments,
        describe_transit_gateways::DescribeTransitGateways,
        describe_vpcs::DescribeVpcs,
        detach_internet_gateway::DetachInternetGateway,
        disable_image::DisableImage,
        disable_image_block_public_access::DisableImageBlockPublicAccess,
        disable_image_deprecation::DisableImageDeprecation,
        enable_image::EnableImage,
        enable_image_block_public_access::EnableImageBlockPublicAccess,
        enable_image_deprecation::EnableImageDeprecation,
        enable_ipam_organization_admin_account::EnableIpamOrganizationAdminAccount,
        get_image_block_public_access_state::GetImageBlockPublicAccessState,
        get_managed_prefix_list_associations::GetManagedPrefixListAssociations,
        get_managed_prefix_list_entries::GetManagedPrefixListEntries,
        get_security_groups_for_vpc::GetSecurityGroupsForVpc,
        modify_image_attribute::ModifyImageAttribute,
        modify_managed_prefix_list::ModifyManagedPrefixList,
        modify_subnet_attribute::ModifySubnetAttribute,
        register_image::RegisterImage,
        reject_transit_gateway_vpc_attachment::RejectTransitGatewayVpcAttachment,
        reset_image_attribute::ResetImageAttribute,
        run_instances::RunInstances,
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

/// The service that an operation belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// AWS Resource Access Manager.
    Ram,
    /// Amazon EC2, VPC and transit gateways included.
    Ec2,
    /// AWS License Manager.
    LicenseManager,
    /// Route 53: hosted zones.
    Route53,
    /// Route 53 Profiles.
    Route53Profiles,
    /// Route 53 Resolver.
    Route53Resolver,
    /// AWS Organizations.
    Organizations,
    /// None of AWS: what a scenario does about its target itself.
    Bellwether,
}

/// The service's endpoint prefix.
impl fmt::Display for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Ram => "ram",
            Self::Ec2 => "ec2",
            Self::LicenseManager => "license-manager",
            Self::Route53 => "route53",
            Self::Route53Profiles => "route53profiles",
            Self::Route53Resolver => "route53resolver",
            Self::Organizations => "organizations",
            Self::Bellwether => "bellwether",
        })
    }
}

/// One operation, defined whole.
pub trait Operation: Written + Clone + fmt::Debug {
    /// What the generator calls the resources that it makes; empty where it makes none.
    const MAKES: &'static str = "";

    /// Whether a granted call may change the world.
    const WRITES: bool = true;

    /// How often the generator draws it, against the others.
    const WEIGHT: usize = 4;

    /// Draws a call worth making by this account, or nothing where there is none.
    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self>;

    /// Whether AWS grants the call: who may, and when not. It can't change the world, so a
    /// refused call changes nothing.
    fn check(&self, world: &World, actor: Account) -> Decision;

    /// Applies a granted call to the world and returns the expected reply. `made` names what the call makes.
    ///
    /// It copes with calls that [`check`](Self::check) does not grant, since a target may grant
    /// what is open.
    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply;
}

impl Call {
    /// Moves the world on as AWS would, and returns the answer that AWS gives the caller.
    ///
    /// A refused call, and one whose answer is open, leaves the world as it was; see
    /// [`adopt`](Self::adopt).
    pub fn transition(&self, world: &mut World, actor: Account, made: &Name) -> Answer {
        match self.check(world, actor) {
            Decision::Granted => Answer::Granted(self.apply(world, actor, made)),
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(undecided) => Answer::Open(undecided),
        }
    }

    /// Moves the world on by a call whose answer is open and which a target, or an assumption,
    /// granted. What the open rule leaves undecided is not judged from there on.
    pub fn adopt(
        &self,
        world: &mut World,
        actor: Account,
        made: &Name,
        open: &'static crate::rules::Rule,
    ) -> Reply {
        // What is repeated made what is meant before.
        let before = tokens::repeated(world, actor, self).map(|spent| spent.made.clone());
        let made = before.as_ref().unwrap_or(made);
        let reply = self.apply(world, actor, made);
        if let Some(share) = self.share(made)
            && let Some(share) = world.shares.get_mut(share)
        {
            share.open = Some(open);
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
        }

        $($(impl From<$service::$Operation> for Call {
            fn from(call: $service::$Operation) -> Self {
                Self::$Operation(call)
            }
        })+)+

        /// What is known of an operation without a call of it.
        #[derive(Copy, Clone, Debug)]
        pub struct OperationInfo {
            /// The API's own name.
            pub name: &'static str,
            /// The service's endpoint prefix.
            pub service: &'static str,
            /// See [`Operation::MAKES`].
            pub makes: &'static str,
            /// See [`Operation::WRITES`].
            pub writes: bool,
            /// See [`Operation::WEIGHT`].
            pub weight: usize,
            /// The parameters, the subject first.
            pub parameters: &'static [ParameterInfo],
            /// See [`Operation::draw`].
            pub draw: fn(&World, Account, &mut Dice<'_>) -> Option<Call>,
            read: fn(&Arguments) -> Result<Call, ArgumentError>,
        }

        /// All operations, by service.
        pub static OPERATIONS: &[OperationInfo] = &[
            $($(OperationInfo {
                name: stringify!($Operation),
                service: stringify!($service),
                makes: <$service::$Operation as Operation>::MAKES,
                writes: <$service::$Operation as Operation>::WRITES,
                weight: <$service::$Operation as Operation>::WEIGHT,
                parameters: <$service::$Operation as Written>::PARAMETERS,
                draw: |world, actor, dice| {
                    let fresh = |dice: &mut Dice<'_>| {
                        <$service::$Operation as Operation>::draw(world, actor, dice)
                            .map(Call::from)
                    };
                    tokens::draw(world, actor, stringify!($Operation), dice, fresh)
                },
                read: |arguments| <$service::$Operation as Written>::read(arguments).map(Call::from),
            },)+)+
        ];

        impl Call {
            /// Reads a call of the operation of this name; nothing where there is no such one.
            #[must_use]
            pub fn read(
                operation: &str,
                arguments: &Arguments,
            ) -> Option<Result<Self, ArgumentError>> {
                let info = OPERATIONS.iter().find(|info| info.name == operation)?;
                Some((info.read)(arguments))
            }

            /// The arguments that read back as this call.
            #[must_use]
            pub fn write(&self) -> Arguments {
                match self { $($(Self::$Operation(it) => Written::write(it),)+)+ }
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
                match self { $($(Self::$Operation(it) => Written::names(it),)+)+ }
            }

            /// The API's own name of the operation.
            #[must_use]
            pub fn operation(&self) -> &'static str {
                match self { $($(Self::$Operation(_) => stringify!($Operation),)+)+ }
            }

            /// The operation's service.
            #[must_use]
            pub fn service(&self) -> Service {
                match self { $($(Self::$Operation(_) => service!($service),)+)+ }
            }

            /// See [`Operation::MAKES`].
            #[must_use]
            pub fn makes(&self) -> &'static str {
                match self { $($(Self::$Operation(_) => <$service::$Operation as Operation>::MAKES,)+)+ }
            }

            /// See [`Operation::WRITES`].
            #[must_use]
            pub fn writes(&self) -> bool {
                match self { $($(Self::$Operation(_) => <$service::$Operation as Operation>::WRITES,)+)+ }
            }

            /// The token by which the call is told from its repetition, where its operation takes
            /// one.
            #[must_use]
            pub fn client_token(&self) -> Option<&ClientToken> {
                match self { $($(Self::$Operation(it) => Written::client_token(it),)+)+ }
            }

            /// The same, to be changed.
            pub fn client_token_mut(&mut self) -> Option<&mut ClientToken> {
                match self { $($(Self::$Operation(it) => Written::client_token_mut(it),)+)+ }
            }

            /// See [`Operation::check`]; a call that repeats an earlier one has the answer of that one.
            #[must_use]
            pub fn check(&self, world: &World, actor: Account) -> Decision {
                let decision =
                    match self { $($(Self::$Operation(it) => it.check(world, actor),)+)+ };
                tokens::decide(world, actor, self, decision)
            }

            /// See [`Operation::apply`].
            pub fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
                if let Some(reply) = tokens::repetition(world, actor, self) {
                    return reply;
                }
                let reply =
                    match self { $($(Self::$Operation(it) => it.apply(world, actor, made),)+)+ };
                let grants = matches!(self.service(), Service::Ram | Service::Organizations);
                if grants && self.writes() {
                    world.end_uses_without_a_grant();
                }
                tokens::keep(world, actor, self, made, reply)
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
