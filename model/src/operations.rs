//! The operations, one file each, by service.
//!
//! To add one, write its file and give it a line below. The compiler names what else is missing.

use std::fmt;

use crate::answer::{Answer, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ram::CreateResourceShare;
use crate::parameters::{
    ArgumentError, Arguments, ClientToken, InvitationRef, ParameterInfo, Reference, Value, Written,
};
use crate::tokens::Repeatable;
use crate::world::Kind;
use crate::{Account, Name, Principal, World, permissions, tokens};

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
        modify_network_interface_attribute::ModifyNetworkInterfaceAttribute,
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

/// The subject of an operation: a walk of the generator is about one subject, or a few.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Trusted access of services to an organization.
    TrustedAccess,
    /// Accounts that an organization invites, moves and removes.
    Accounts,
    /// Capacity reservations.
    CapacityReservations,
    /// DNS Firewall rule groups.
    FirewallRuleGroups,
    /// Handshakes that are answered.
    Handshakes,
    /// Hosted zones and their VPCs.
    HostedZones,
    /// AMIs.
    Images,
    /// Instances, network interfaces and security groups.
    Instances,
    /// Internet gateways.
    InternetGateways,
    /// IPAM pools.
    IpamPools,
    /// License configurations.
    LicenseConfigurations,
    /// Managed prefix lists.
    PrefixLists,
    /// Accounts that leave an organization by themselves.
    Departures,
    /// Resources that an invitation offers.
    PendingInvitations,
    /// Managed permissions.
    Permissions,
    /// Placement groups.
    PlacementGroups,
    /// Route 53 Profiles.
    Profiles,
    /// Resolver query log configurations.
    QueryLogConfigs,
    /// Resolver rules.
    ResolverRules,
    /// Resource shares, with the subnets and VPCs that most scenarios share: every walk is about it.
    Sharing,
    /// Route tables.
    RouteTables,
    /// Source associations.
    Sources,
    /// Tags of EC2.
    Tags,
    /// The passing of time.
    Time,
    /// Transit gateways and their attachments.
    TransitGateways,
}

/// The way on from a call that makes something and whose answer is lost.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum LostAnswer {
    /// A list of the caller tells whether the call took effect: it is sent again if it did not.
    Retry,
    /// The call is sent again. The first one may have made an orphan, which is harmless except to the
    /// operations that are [`BLOCKED_BY_ORPHANS`](Operation::BLOCKED_BY_ORPHANS).
    Orphans,
    /// A second call may be refused because of the first, or changes something that others see: the
    /// case is inconclusive.
    Unknown,
}

/// The use of a resource that views name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Instances or network interfaces are launched into it, or from it.
    Launch,
    /// VPCs are attached to it.
    Attach,
    /// Its contents are read.
    Read,
}

impl Usage {
    /// Returns the word of views.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::Attach => "attach",
            Self::Read => "read",
        }
    }
}

/// The resources and principals that a call adds to a share or takes from it.
#[derive(Debug)]
pub struct Grant<'c> {
    /// The resources.
    pub resources: &'c mut Vec<Reference>,
    /// The principals.
    pub principals: &'c mut Vec<Principal>,
}

/// One operation, defined whole.
pub trait Operation: Written + Clone + Default + fmt::Debug {
    /// The subject of the operation.
    const TOPIC: Topic;

    /// The name that the generator gives the resources which it makes; empty if it makes none.
    const MAKES: &'static str = "";

    /// The way on where the answer to a call is lost: stated by the operations that make something,
    /// and by no other.
    const LOST_ANSWER: Option<LostAnswer> = None;

    /// Whether a granted call may change the world.
    const WRITES: bool = true;

    /// Whether a granted call deletes something or takes it away.
    const REMOVES: bool = false;

    /// The field of a reply that names what the call made, if the reply to a repetition has one.
    const MADE_FIELD: Option<&'static str> = None;

    /// Whether a call lets time pass.
    const PASSES_TIME: bool = false;

    /// Whether the operation turns sharing with an organization on or off.
    const TURNS_SHARING: bool = false;

    /// Whether a call brings an account into a share or an organization that asked it: members of an
    /// organization that RAM shares with need no such call.
    const JOINS: bool = false;

    /// Whether the operation may fail because of an orphan: one may lie inside of what it deletes.
    const BLOCKED_BY_ORPHANS: bool = false;

    /// The call that ends what a launch made; `None` if the operation launches nothing.
    const LAUNCH_ENDED_BY: Option<fn(Reference) -> Call> = None;

    /// Whether claims may say that what a call makes is open to launches.
    const MAKES_LAUNCHABLE: bool = false;

    /// The kind of resources that the operation lists; `None` if it lists no kind as a whole.
    const LISTS: Option<fn(&Kind) -> bool> = None;

    /// The weight by which the generator draws it, against the others.
    const WEIGHT: usize = 4;

    /// Draws a call worth making by this account; `None` if there is none.
    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self>;

    /// Whether AWS grants the call: who may, and when not. It can't change the world, so a
    /// refused call changes nothing.
    fn check(&self, world: &World, actor: Account) -> Decision;

    /// Applies a granted call to the world and returns the expected reply. `made` names what the call makes.
    ///
    /// It copes with calls that [`check`](Self::check) does not grant, since a target may grant
    /// what is open.
    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply;

    /// Returns the reads by which an account's view of a world is observed: all of a kind of resources,
    /// if there is one and the operation [`LISTS`](Self::LISTS) the kind.
    #[must_use]
    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        let shows = |of_kind: fn(&Kind) -> bool| {
            world.resources.values().any(|resource| of_kind(&resource.kind))
        };
        if Self::LISTS.is_some_and(shows) { vec![Self::default()] } else { Vec::new() }
    }

    /// Returns the call by which an account uses a resource of this kind, and what it is called in views.
    #[must_use]
    fn usage(_kind: &Kind, _named: Reference) -> Option<(Usage, Self)> {
        None
    }

    /// Returns the way of calling that targets may lack although they have the operation.
    fn variant(&self) -> Option<&'static str> {
        None
    }

    /// Returns what the call adds to a share or takes from it, to be changed.
    fn grant_mut(&mut self) -> Option<Grant<'_>> {
        None
    }

    /// Returns the call that makes a share with what this one gives to it afterwards.
    fn merged_into(&self, _create: &CreateResourceShare) -> Option<CreateResourceShare> {
        None
    }

    /// Returns the invitation that the call accepts or rejects.
    fn answered_invitation(&self) -> Option<&InvitationRef> {
        None
    }
}

/// The facts of an operation that need no call of it; see [`Operation`] for what each means.
#[derive(Copy, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that some code asks for alone")]
pub struct OperationInfo {
    /// The API's own name.
    pub name: &'static str,
    /// The service's endpoint prefix.
    pub service: &'static str,
    /// See [`Operation::TOPIC`].
    pub topic: Topic,
    /// See [`Operation::MAKES`].
    pub makes: &'static str,
    /// See [`Operation::LOST_ANSWER`].
    pub lost_answer: Option<LostAnswer>,
    /// See [`Operation::WRITES`].
    pub writes: bool,
    /// See [`Operation::REMOVES`].
    pub removes: bool,
    /// See [`Operation::MADE_FIELD`].
    pub made_field: Option<&'static str>,
    /// See [`Operation::PASSES_TIME`].
    pub passes_time: bool,
    /// See [`Operation::TURNS_SHARING`].
    pub turns_sharing: bool,
    /// See [`Operation::JOINS`].
    pub joins: bool,
    /// See [`Operation::BLOCKED_BY_ORPHANS`].
    pub blocked_by_orphans: bool,
    /// See [`Operation::LAUNCH_ENDED_BY`].
    pub launch_ended_by: Option<fn(Reference) -> Call>,
    /// See [`Operation::MAKES_LAUNCHABLE`].
    pub makes_launchable: bool,
    /// See [`Operation::LISTS`].
    pub lists: Option<fn(&Kind) -> bool>,
    /// See [`Operation::WEIGHT`].
    pub weight: usize,
    /// The parameters, the subject first.
    pub parameters: &'static [ParameterInfo],
    /// See [`Operation::draw`].
    pub draw: fn(&World, Account, &mut Dice<'_>) -> Option<Call>,
    /// See [`Operation::view_reads`].
    pub view_reads: fn(&World, Account) -> Vec<Call>,
    /// See [`Operation::usage`].
    pub usage: fn(&Kind, Reference) -> Option<(Usage, Call)>,
    /// The call of the operation without arguments.
    plain: fn() -> Call,
    read: fn(&Arguments) -> Result<Call, ArgumentError>,
}

impl OperationInfo {
    const fn of<T: Operation>(service: &'static str) -> Self
    where
        Call: From<T>,
    {
        const {
            let makes = !T::MAKES.is_empty();
            assert!(makes == T::LOST_ANSWER.is_some(), "LOST_ANSWER is stated where MAKES is");
        }
        Self {
            name: T::NAME,
            service,
            topic: T::TOPIC,
            makes: T::MAKES,
            lost_answer: T::LOST_ANSWER,
            writes: T::WRITES,
            removes: T::REMOVES,
            made_field: T::MADE_FIELD,
            passes_time: T::PASSES_TIME,
            turns_sharing: T::TURNS_SHARING,
            joins: T::JOINS,
            blocked_by_orphans: T::BLOCKED_BY_ORPHANS,
            launch_ended_by: T::LAUNCH_ENDED_BY,
            makes_launchable: T::MAKES_LAUNCHABLE,
            lists: T::LISTS,
            weight: T::WEIGHT,
            parameters: T::PARAMETERS,
            draw: |world, actor, dice| {
                let fresh = |dice: &mut Dice<'_>| T::draw(world, actor, dice);
                tokens::draw(world, actor, dice, fresh).map(Call::from)
            },
            view_reads: |world, account| {
                T::view_reads(world, account).into_iter().map(Call::from).collect()
            },
            usage: |kind, named| {
                T::usage(kind, named).map(|(usage, call)| (usage, Call::from(call)))
            },
            plain: || T::default().into(),
            read: |arguments| T::read(arguments).map(Call::from),
        }
    }

    /// Whether the operation makes a resource share.
    #[must_use]
    pub fn makes_share(&self) -> bool {
        self.makes == CreateResourceShare::MAKES
    }
}

impl Kind {
    /// Returns the call that lists all resources of the kind.
    #[must_use]
    pub fn list(&self) -> Option<Call> {
        let lists = |info: &&OperationInfo| info.lists.is_some_and(|of_kind| of_kind(self));
        OPERATIONS.iter().find(lists).map(|info| (info.plain)())
    }

    /// Returns the use that views name of a resource of the kind, and the call that shows whether an
    /// account has it; `None` if views name none.
    #[must_use]
    pub fn usage(&self, name: &Name) -> Option<(Usage, Call)> {
        let usage = |info: &OperationInfo| (info.usage)(self, Reference::Named(name.clone()));
        OPERATIONS.iter().find_map(usage)
    }

    /// Returns the call that shows whether a resource of the kind is open to launches; `None` if
    /// nothing is launched into or from its kind.
    #[must_use]
    pub fn launch(&self, name: &Name) -> Option<Call> {
        let (usage, call) = self.usage(name)?;
        (usage == Usage::Launch).then_some(call)
    }
}

impl Call {
    /// Moves the world on as AWS would, and returns the answer that AWS gives the caller.
    ///
    /// A refused call, and one whose answer is open, leaves the world as it was; see
    /// [`apply_assumed`](Self::apply_assumed).
    pub fn transition(&self, world: &mut World, actor: Account, made: &Name) -> Answer {
        match self.check(world, actor) {
            Decision::Granted => Answer::Granted(self.apply(world, actor, made)),
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(undecided) => Answer::Open(undecided),
        }
    }

    /// Moves the world on by [`transition`](Self::transition), and by
    /// [`apply_assumed`](Self::apply_assumed) if the answer is open and assumed to be granted. Returns
    /// the answer.
    pub fn assume(&self, world: &mut World, actor: Account, made: &Name) -> Answer {
        let answer = self.transition(world, actor, made);
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
        // What is repeated made what is meant before.
        let before = tokens::repeated(world, actor, self).map(|record| record.made.clone());
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
        }

        $($(impl From<$service::$Operation> for Call {
            fn from(call: $service::$Operation) -> Self {
                Self::$Operation(call)
            }
        })+)+

        /// All operations, by service.
        pub static OPERATIONS: &[OperationInfo] = &[
            $($(OperationInfo::of::<$service::$Operation>(stringify!($service)),)+)+
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

            /// The facts of the operation.
            #[must_use]
            pub fn info(&self) -> &'static OperationInfo {
                let place = match self { $($(Self::$Operation(_) => Place::$Operation,)+)+ };
                &OPERATIONS[place as usize]
            }

            /// See [`Operation::variant`].
            #[must_use]
            pub fn variant(&self) -> Option<&'static str> {
                match self { $($(Self::$Operation(it) => it.variant(),)+)+ }
            }

            /// See [`Operation::grant_mut`].
            pub fn grant_mut(&mut self) -> Option<Grant<'_>> {
                match self { $($(Self::$Operation(it) => it.grant_mut(),)+)+ }
            }

            /// See [`Operation::merged_into`].
            #[must_use]
            pub fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
                match self { $($(Self::$Operation(it) => it.merged_into(create),)+)+ }
            }

            /// See [`Operation::answered_invitation`].
            #[must_use]
            pub fn answered_invitation(&self) -> Option<&InvitationRef> {
                match self { $($(Self::$Operation(it) => it.answered_invitation(),)+)+ }
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
