//! All resource types that RAM can share, as facts: one line each.
//!
//! The receivers of a type, and the permissions that it takes:
//! <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>, as it stood in October 2025.
//! The types that a consumer can leave:
//! <https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-leave.html>. How long an
//! invitation is open:
//! <https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html>.

/// A type of resources that RAM can share.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of a table that AWS keeps")]
pub struct Shareable {
    /// RAM's name of the type, as in `ListResourceTypes`.
    pub name: &'static str,
    /// Whether it can be shared only inside the owner's organization.
    pub inside_organization_only: bool,
    /// Whether IAM roles and users can be principals.
    pub takes_identities: bool,
    /// Whether customer managed permissions can be made for it.
    pub takes_own_permissions: bool,
    /// Whether service principals can be principals.
    pub takes_services: bool,
    /// `REGIONAL` or `GLOBAL`; `None` if no source says which.
    pub region_scope: Option<&'static str>,
    /// Whether a consumer can leave a share that holds it.
    pub can_be_left: bool,
    /// The time in which an invitation to a share that holds it can be answered.
    pub invitations_last: InvitationsLast,
}

/// The time in which an invitation can be answered, by what its share holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum InvitationsLast {
    /// Twelve hours; then it is EXPIRED, and its principal out of the share.
    TwelveHours,
    /// Seven days; then it counts as declined.
    SevenDays,
}

impl InvitationsLast {
    /// The time in hours.
    #[must_use]
    pub fn hours(self) -> u32 {
        match self {
            Self::TwelveHours => 12,
            Self::SevenDays => 7 * 24,
        }
    }
}

impl Shareable {
    /// The service's part of the name.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.name.split(':').next().unwrap_or_default()
    }

    const fn inside_only(mut self) -> Self {
        self.inside_organization_only = true;
        self
    }

    const fn for_identities(mut self) -> Self {
        self.takes_identities = true;
        self
    }

    const fn with_own_permissions(mut self) -> Self {
        self.takes_own_permissions = true;
        self
    }

    const fn for_services(mut self) -> Self {
        self.takes_services = true;
        self
    }

    const fn global(mut self) -> Self {
        self.region_scope = Some("GLOBAL");
        self
    }

    const fn of_unknown_scope(mut self) -> Self {
        self.region_scope = None;
        self
    }

    pub(crate) const fn left(mut self) -> Self {
        self.can_be_left = true;
        self
    }

    const fn offered_for_days(mut self) -> Self {
        self.invitations_last = InvitationsLast::SevenDays;
        self
    }
}

/// A type as most are; the methods above say what is otherwise.
pub(crate) const fn shareable(name: &'static str) -> Shareable {
    Shareable {
        name,
        inside_organization_only: false,
        takes_identities: false,
        takes_own_permissions: false,
        takes_services: false,
        region_scope: Some("REGIONAL"),
        can_be_left: false,
        invitations_last: InvitationsLast::TwelveHours,
    }
}

/// The type of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Shareable> {
    SHAREABLE.iter().find(|it| it.name == name)
}

/// The type of this name, in a static. A name that is not in the table does not compile.
pub(crate) const fn named(name: &str) -> &'static Shareable {
    let mut place = 0;
    while place < SHAREABLE.len() {
        if is_same(SHAREABLE[place].name.as_bytes(), name.as_bytes()) {
            return &SHAREABLE[place];
        }
        place += 1;
    }
    panic!("the table has no such type")
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut place = 0;
    while place < one.len() && place < other.len() && one[place] == other[place] {
        place += 1;
    }
    place == one.len() && place == other.len()
}

/// All types, by name.
pub static SHAREABLE: [Shareable; 83] = [
    shareable("acm-pca:CertificateAuthority").for_identities().for_services(),
    shareable("apigateway:Domainnames"),
    shareable("appmesh:Mesh").for_identities(),
    shareable("appsync:Apis").for_identities().with_own_permissions(),
    shareable("arc-region-switch:Plan").for_identities().with_own_permissions(),
    shareable("aws-marketplace:Entity").for_identities(),
    shareable("backup:BackupVault").for_identities().with_own_permissions(),
    shareable("bcm-dashboards:dashboard").with_own_permissions(),
    shareable("bedrock:CustomModel").inside_only().for_identities().with_own_permissions(),
    shareable("billing:billingview").inside_only().with_own_permissions(),
    shareable("cloudfront:VpcOrigin").of_unknown_scope(),
    shareable("cloudhsm:Backup").for_identities().with_own_permissions(),
    shareable("codebuild:Project").for_identities().with_own_permissions(),
    shareable("codebuild:ReportGroup").for_identities().with_own_permissions(),
    shareable("codeconnections:Connection").with_own_permissions(),
    shareable("datazone:Domain"),
    shareable("ec2:CapacityReservation").left().offered_for_days(),
    shareable("ec2:CoipPool").inside_only().left().offered_for_days(),
    shareable("ec2:DedicatedHost").left().offered_for_days(),
    shareable("ec2:IpamPool").for_identities().with_own_permissions(),
    shareable("ec2:IpamResourceDiscovery"),
    shareable("ec2:LocalGatewayRouteTable").inside_only().left().offered_for_days(),
    shareable("ec2:PlacementGroup").for_identities(),
    shareable("ec2:PrefixList").left().offered_for_days(),
    shareable("ec2:SecurityGroup").inside_only().for_identities().with_own_permissions(),
    shareable("ec2:Subnet").inside_only().left().offered_for_days(),
    shareable("ec2:TrafficMirrorTarget").left().offered_for_days(),
    shareable("ec2:TransitGateway").left().offered_for_days(),
    shareable("ec2:TransitGatewayMulticastDomain").left().offered_for_days(),
    shareable("ec2:VerifiedAccessGroup").for_identities(),
    shareable("elasticloadbalancing:TrustStore").for_identities(),
    shareable("fsx:Volume").for_identities().with_own_permissions(),
    shareable("glue:Catalog"),
    shareable("glue:Database"),
    shareable("glue:Table"),
    shareable("imagebuilder:Component").for_identities().with_own_permissions(),
    shareable("imagebuilder:ContainerRecipe").for_identities().with_own_permissions(),
    shareable("imagebuilder:Image").for_identities().with_own_permissions(),
    shareable("imagebuilder:ImageRecipe").for_identities().with_own_permissions(),
    shareable("license-manager:LicenseConfiguration").left().offered_for_days(),
    shareable("mpa:ApprovalTeam").for_identities().with_own_permissions(),
    shareable("network-firewall:Firewall").for_identities(),
    shareable("network-firewall:FirewallPolicy").for_identities(),
    shareable("network-firewall:StatefulRuleGroup").for_identities(),
    shareable("network-firewall:StatelessRuleGroup").for_identities(),
    shareable("networkmanager:CoreNetwork").for_identities().global(),
    shareable("odb:CloudExadataInfrastructure").inside_only(),
    shareable("odb:OdbNetwork").inside_only(),
    shareable("outposts:Outpost").inside_only().with_own_permissions().left().offered_for_days(),
    shareable("outposts:Site").left().offered_for_days(),
    shareable("rds:Cluster").left().offered_for_days(),
    shareable("refactor-spaces:Environment").for_identities().with_own_permissions(),
    shareable("resource-explorer-2:View").inside_only(),
    shareable("resource-groups:Group"),
    shareable("route53-recovery-control:Cluster").for_identities().with_own_permissions(),
    shareable("route53profiles:Profile").for_identities().with_own_permissions(),
    shareable("route53resolver:FirewallRuleGroup").for_identities(),
    shareable("route53resolver:ResolverQueryLogConfig").for_identities().with_own_permissions(),
    shareable("route53resolver:ResolverRule").left().offered_for_days(),
    shareable("s3-outposts:Outpost").inside_only().with_own_permissions(),
    shareable("s3:AccessGrants").for_identities().with_own_permissions().for_services(),
    shareable("sagemaker:FeatureGroup").for_identities().with_own_permissions(),
    shareable("sagemaker:Hub").for_identities().with_own_permissions(),
    shareable("sagemaker:LineageGroup").for_identities(),
    shareable("sagemaker:model-package-group").for_identities().with_own_permissions(),
    shareable("sagemaker:ModelCard").for_identities(),
    shareable("sagemaker:PartnerApp").for_identities(),
    shareable("sagemaker:Pipeline").for_identities().with_own_permissions(),
    shareable("sagemaker:SagemakerCatalog").with_own_permissions(),
    shareable("servicecatalog:Applications").inside_only().with_own_permissions(),
    shareable("servicecatalog:AttributeGroups").inside_only().with_own_permissions(),
    shareable("servicediscovery:Namespace").inside_only().for_identities().with_own_permissions(),
    shareable("sms-voice:OptOutList").with_own_permissions(),
    shareable("sms-voice:PhoneNumber").with_own_permissions().for_services(),
    shareable("sms-voice:Pool").with_own_permissions().for_services(),
    shareable("sms-voice:SenderId").with_own_permissions().for_services(),
    shareable("ssm-contacts:Contact").for_identities().with_own_permissions(),
    shareable("ssm-incidents:ResponsePlan").for_identities().with_own_permissions(),
    shareable("ssm:Document").for_identities().with_own_permissions(),
    shareable("ssm:Parameter").for_identities().with_own_permissions(),
    shareable("vpc-lattice:ResourceConfiguration").with_own_permissions(),
    shareable("vpc-lattice:Service").with_own_permissions(),
    shareable("vpc-lattice:ServiceNetwork").with_own_permissions(),
];

#[cfg(test)]
mod tests {
    use super::{SHAREABLE, find};

    #[test]
    fn each_type_is_listed_once_in_the_order_of_the_names() {
        let names: Vec<_> = SHAREABLE.iter().map(|it| it.name.to_ascii_lowercase()).collect();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    }

    #[test]
    fn fourteen_types_stay_inside_the_organization_and_fourteen_can_be_left() {
        assert_eq!(SHAREABLE.iter().filter(|it| it.inside_organization_only).count(), 14);
        assert_eq!(SHAREABLE.iter().filter(|it| it.can_be_left).count(), 14);
    }

    #[test]
    fn images_and_hosted_zones_are_not_shareable_types() {
        for name in ["ec2:Image", "ec2:Vpc", "ec2:Instance", "route53:HostedZone"] {
            assert!(find(name).is_none(), "{name}");
        }
        assert!(find("imagebuilder:Image").is_some(), "another resource than an AMI");
    }
}
