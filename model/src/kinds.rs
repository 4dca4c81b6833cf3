//! The descriptors of kinds of resources: facts that code asks for which treats all kinds alike.

use crate::rules::{Rule, visibility};
use crate::shareable::Shareable;

/// A kind of resources, by what it has in common with others.
#[derive(Copy, Clone, Debug)]
pub struct KindInfo {
    /// The service in its ARNs.
    pub service: &'static str,
    /// The resource part of its ARNs, before the id.
    pub arn_part: &'static str,
    /// The sign between the resource part of its ARNs and the id.
    pub separator: char,
    /// Whether its ARNs name a region.
    pub is_regional: bool,
    /// Whether its ARNs name the account that owns the resource.
    pub names_owner: bool,
    /// The rule by which the owner of a resource sees it.
    pub own_rule: &'static Rule,
    /// The rule by which a consumer sees a resource that is shared with it; `None` if a share alone
    /// does not decide that.
    pub seen_rule: Option<&'static Rule>,
}

impl KindInfo {
    /// Returns a kind as most are; the methods below say what is otherwise.
    pub(crate) const fn new(service: &'static str, arn_part: &'static str) -> Self {
        Self {
            service,
            arn_part,
            separator: '/',
            is_regional: true,
            names_owner: true,
            own_rule: &visibility::OWNER_SEES_ITS_OWN,
            seen_rule: None,
        }
    }

    /// The kind, seen by consumers by this rule while it is shared.
    pub(crate) const fn seen_by(mut self, rule: &'static Rule) -> Self {
        self.seen_rule = Some(rule);
        self
    }

    /// The kind, seen by the owner by this rule.
    pub(crate) const fn owned_by(mut self, rule: &'static Rule) -> Self {
        self.own_rule = rule;
        self
    }

    /// The kind, with a colon before the id in its ARNs.
    pub(crate) const fn with_colon(mut self) -> Self {
        self.separator = ':';
        self
    }

    /// The kind, without a region in its ARNs.
    pub(crate) const fn global(mut self) -> Self {
        self.is_regional = false;
        self
    }

    /// The kind, without an account in its ARNs.
    pub(crate) const fn ownerless(mut self) -> Self {
        self.names_owner = false;
        self
    }
}

/// A type of resources that accounts share and that are no more than that, by the rules that hold
/// for it.
#[derive(Debug)]
pub struct Plain {
    /// The facts of RAM's documentation about the type.
    pub facts: &'static Shareable,
    /// The facts that its resources have in common with those of other kinds.
    pub kind: KindInfo,
    /// An account makes, changes and deletes its own.
    pub made_by_its_owner: &'static Rule,
    /// One that is not visible is refused.
    pub known_to_the_caller: &'static Rule,
    /// A consumer can't change or delete it.
    pub changed_by_its_owner_alone: &'static Rule,
    /// Its owner can't delete it while instances use it, where that is so.
    pub kept_while_used: Option<&'static Rule>,
    /// The end of the use by a consumer's instance when the grant ends, if instances are
    /// launched with it.
    pub revoked_in_use: Option<Ending>,
    /// The field by which an instance names the resource that it uses, and the rule that says so.
    pub named_by_its_instances: Option<(&'static str, &'static Rule)>,
}

/// A type is one of the statics beside its resource type.
impl PartialEq for Plain {
    fn eq(&self, other: &Self) -> bool {
        self.facts.name == other.facts.name
    }
}

impl Eq for Plain {}

/// A type of resources of Route 53 that accounts share and associate with their VPCs, by the rules
/// that hold for it.
#[derive(Debug)]
pub struct Dns {
    /// The facts of RAM's documentation about the type.
    pub facts: &'static Shareable,
    /// The facts that its resources have in common with those of other kinds.
    pub kind: KindInfo,
    /// The same of the associations of its resources with VPCs.
    pub association: KindInfo,
    /// The prefix of its ids.
    pub id_prefix: &'static str,
    /// Whether a list says whose they are.
    pub lists_owners: bool,
    /// Whether a plain call associates a VPC with one of them at most.
    pub one_for_each_vpc: bool,
    /// An account makes, changes and deletes its own.
    pub made_by_its_owner: &'static Rule,
    /// ShareStatus where nobody shares it.
    pub marked_as_not_shared: &'static Rule,
    /// ShareStatus to its owner.
    pub marked_as_shared_by_its_owner: &'static Rule,
    /// ShareStatus to a consumer.
    pub marked_as_shared_with_a_consumer: &'static Rule,
    /// An id that never existed is refused.
    pub existing: &'static Rule,
    /// One that is not visible is refused.
    pub known_to_the_caller: &'static Rule,
    /// A consumer can't change or delete it.
    pub changed_by_its_owner_alone: &'static Rule,
    /// A consumer associates it with its VPCs.
    pub associated_by_consumers: &'static Rule,
    /// Only an account's own VPCs are associated.
    pub associated_with_own_vpcs: &'static Rule,
    /// The same VPC again; or with another one, where a plain call associates one at most.
    pub associated_again: &'static Rule,
    /// Two of one domain can't be associated with one VPC, where that is so.
    pub one_per_domain_and_vpc: Option<&'static Rule>,
    /// A resource that is not associated can't be disassociated.
    pub disassociated_once: &'static Rule,
    /// The owner does not list the associations of consumers, or whether it does is open.
    pub association_seen_by_the_owner: Option<&'static Rule>,
    /// Whether the owner can take away the association of a consumer, where that is open.
    pub association_removed_by_the_owner: Option<&'static Rule>,
    /// Its owner can't delete it while its own VPCs are associated.
    pub kept_while_associated: &'static Rule,
    /// Its owner can't delete it while it is shared, where that is so.
    pub kept_while_shared: Option<&'static Rule>,
    /// The end of consumers' associations when it is deleted.
    pub deleted_in_use: Ending,
    /// The end of a consumer's association when the grant ends.
    pub revoked_in_use: Ending,
    /// The end of a consumer's association when its account moves out of the unit that it is shared with,
    /// where that is known apart from other ends of a grant.
    pub left_by_a_move: Option<LeftByAMove>,
    /// Its tags, where they are read.
    pub tags: Option<DnsTags>,
}

/// The rules of associations whose account moved to another unit.
#[derive(Copy, Clone, Debug)]
pub struct LeftByAMove {
    /// They end.
    pub ended: &'static Rule,
    /// Whether they can be taken away meanwhile is open.
    pub disassociated: &'static Rule,
}

/// The rules of the tags of resources that are associated with VPCs.
#[derive(Copy, Clone, Debug)]
pub struct DnsTags {
    /// The account that made it sees them.
    pub listed_to_their_maker: &'static Rule,
    /// No other does.
    pub kept_from_consumers: &'static Rule,
}

/// A type is one of the statics beside its resource type.
impl PartialEq for Dns {
    fn eq(&self, other: &Self) -> bool {
        self.facts.name == other.facts.name
    }
}

impl Eq for Dns {}

/// The way in which associations of consumers end.
#[derive(Copy, Clone, Debug)]
pub enum Ending {
    /// They end, by this rule.
    Ends(&'static Rule),
    /// Nobody outside AWS knows: this rule has the question.
    Open(&'static Rule),
}
