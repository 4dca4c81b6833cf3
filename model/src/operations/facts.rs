//! The facts of operations: what an operation states of itself, and what is known of it without a call.

use std::fmt;

use crate::answer::{Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::DescribeImages;
use crate::operations::ram::CreateResourceShare;
use crate::operations::{OPERATIONS, dry_run};
use crate::parameters::{
    ArgumentError, Arguments, InvitationRef, ParameterInfo, Reference, Written,
};
use crate::world::Kind;
use crate::{Account, Call, Name, Principal, World, tokens};

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
    /// Dedicated hosts.
    DedicatedHosts,
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
    /// Network ACLs, NAT gateways and VPC endpoints.
    VpcParts,
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
    /// and by no other. See [`lost_answer`](Self::lost_answer).
    const LOST_ANSWER: Option<LostAnswer> = None;

    /// Whether a granted call may change the world.
    const WRITES: bool = true;

    /// Whether the operation has `DryRun`, as nearly all of EC2 have; those of other services have none.
    const HAS_DRY_RUN: bool = true;

    /// The percentage of drawn calls that are only to be tried, if the operation has dry runs. The
    /// generator keeps fewer, since all are refused.
    const DRY_RUNS: usize = 6;

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

    /// The answer to a dry run of the call, which is never a grant.
    fn check_tried(&self, world: &World, actor: Account) -> Decision {
        dry_run::decide(self.check(world, actor))
    }

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

    /// Returns the way on where the answer to this call is lost.
    #[must_use]
    fn lost_answer(&self) -> Option<LostAnswer> {
        Self::LOST_ANSWER
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
    /// The place of the operation in [`OPERATIONS`].
    pub place: usize,
    /// The service's endpoint prefix.
    pub service: &'static str,
    /// See [`Operation::TOPIC`].
    pub topic: Topic,
    /// See [`Operation::MAKES`].
    pub makes: &'static str,
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
    /// Whether the operation has dry runs.
    pub has_dry_run: bool,
    /// The parameters, the subject first, and that of dry runs last.
    pub parameters: &'static [ParameterInfo],
    /// See [`Operation::draw`].
    pub draw: fn(&World, Account, &mut Dice<'_>) -> Option<Call>,
    /// See [`Operation::view_reads`].
    pub view_reads: fn(&World, Account) -> Vec<Call>,
    /// See [`Operation::usage`].
    pub usage: fn(&Kind, Reference) -> Option<(Usage, Call)>,
    /// The call of the operation without arguments.
    pub plain: fn() -> Call,
    pub(super) read: fn(&Arguments) -> Result<Call, ArgumentError>,
}

impl OperationInfo {
    pub(super) const fn of<T: Operation>(service: &'static str) -> Self
    where
        Call: From<T>,
    {
        const {
            let makes = !T::MAKES.is_empty();
            assert!(makes == T::LOST_ANSWER.is_some(), "LOST_ANSWER is stated where MAKES is");
        }
        Self {
            name: T::NAME,
            place: 0,
            service,
            topic: T::TOPIC,
            makes: T::MAKES,
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
            has_dry_run: false,
            parameters: T::PARAMETERS,
            draw: |world, actor, dice| {
                let fresh = |dice: &mut Dice<'_>| T::draw(world, actor, dice);
                let call = tokens::draw(world, actor, dice, fresh).map(Call::from)?;
                Some(dry_run::drawn::<T>(call, dice))
            },
            view_reads: |world, account| {
                T::view_reads(world, account).into_iter().map(Call::from).collect()
            },
            usage: |kind, named| {
                T::usage(kind, named).map(|(usage, call)| (usage, Call::from(call)))
            },
            plain: || T::default().into(),
            read: |arguments| dry_run::read(arguments, |own| T::read(own).map(Call::from)),
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
        if let Self::Image { deprecation: Some(_), .. } = self {
            let asking = DescribeImages { include_deprecated: true, ..DescribeImages::default() };
            return Some(asking.into());
        }
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
