//! Private hosted zones: made by one account, associated with the VPCs of others by authorization.
//!
//! RAM does not share them: <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &MADE_WITH_A_VPC_OF_ITS_OWNER,
    &OF_A_VPC_THAT_EXISTS,
    &ONE_PER_NAME_AND_VPC,
    &MADE_BESIDE_OVERLAPPING_NAMES,
    &EXISTING,
    &KNOWN_TO_THE_CALLER,
    &READ_BY_ITS_OWNER_ALONE,
    &READ_WITH_ITS_VPCS,
    &DELETED_BY_ITS_OWNER_ALONE,
    &LISTED_TO_ITS_OWNER_ALONE,
    &LISTED_BY_ITS_VPCS,
    &LISTED_BY_A_VPC_OF_OTHERS,
    &AUTHORIZED_FOR_VPCS_OF_OTHERS,
    &AUTHORIZED_BY_ITS_OWNER_ALONE,
    &AUTHORIZED_FOR_AN_OWN_VPC,
    &AUTHORIZED_FOR_A_VPC_OF_NOBODY,
    &AUTHORIZED_AGAIN,
    &AUTHORIZATION_TAKEN_BACK_ONCE,
    &AUTHORIZATIONS_LISTED,
    &AUTHORIZED_FIRST,
    &ASSOCIATED_WHERE_AUTHORIZED,
    &ASSOCIATED_BY_THE_OWNER_OF_THE_VPC,
    &ASSOCIATED_BY_ITS_OWNER_WITH_OWN_VPCS,
    &ASSOCIATED_AGAIN,
    &DISASSOCIATED_BY_EITHER_OWNER,
    &KEPT_FROM_THIRD_PARTIES,
    &DISASSOCIATED_ONCE,
    &LAST_VPC_KEPT,
    &DISASSOCIATED_BEFORE_ITS_DELETION,
    &KEPT_THROUGH_THE_DELETION_OF_A_VPC,
    &READ_WITH_ITS_DELETED_VPCS,
    &LEFT_WITH_DELETED_VPCS_ALONE,
    &AUTHORIZATIONS_OF_DELETED_VPCS_LISTED,
    &SEEN_WHILE_ASSUMED_SHARED,
];

const GUIDE: &str = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html";
const CREATE: &str =
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html";
const GET: &str = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html";
const AUTHORIZE: &str = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateVPCAssociationAuthorization.html";
const DEAUTHORIZE: &str = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteVPCAssociationAuthorization.html";
const ASSOCIATE: &str =
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html";
const DISASSOCIATE: &str = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisassociateVPCFromHostedZone.html";
const BY_VPC: &str =
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html";
const READ_PASTED: &str = "github.com/hashicorp/terraform-provider-aws issues 9453 and 384";
const VPC_DELETED_REPORTED: &str = "github.com/hashicorp/terraform-provider-aws issue 2832; github.com/awslabs/landing-zone-accelerator-on-aws issue 836";
const ASSOCIATE_PASTED: &str = "github.com/hashicorp/terraform issues 12804 and 24286";

/// Owners make them.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "hosted-zone/made-by-its-owner",
    "An account can make private hosted zones that are associated with a VPC of its own, read them and delete them.",
)
.documented(&[source(
    CREATE,
    "makes a private zone where a VPC is given, and associates the two; other VPCs follow by another call",
)])
.rows(&["HZ-02"]);

/// The first VPC.
pub static MADE_WITH_A_VPC_OF_ITS_OWNER: Rule = refuses(
    "hosted-zone/made-with-a-vpc-of-its-owner",
    "A private hosted zone can't be made with a VPC of another account, be it shared or not.",
    &["InvalidVPCId"],
)
.documented_and_recorded(&[
    source(CREATE, "InvalidVPCId: the VPC does not exist, or the account has no access to it"),
    source(
        "github.com/aws/copilot-cli issue 3140",
        "a participant makes a zone with a shared VPC: 400 InvalidVPCId, the VPC is not authorized to make the association",
    ),
    source(
        "github.com/aws/aws-app-mesh-examples issue 432",
        "the same answer to another participant",
    ),
])
.rows(&["HZ-02", "HZ-08"]);

/// A VPC of nobody.
pub static OF_A_VPC_THAT_EXISTS: Rule = refuses_somehow(
    "hosted-zone/of-a-vpc-that-exists",
    "A hosted zone can't be made or associated with a VPC that does not exist.",
    &["InvalidVPCId"],
)
.documented(&[
    source(CREATE, "InvalidVPCId: the VPC does not exist, or the account has no access to it"),
    source(ASSOCIATE, "InvalidVPCId: the VPC does not exist, or the account has no access to it"),
])
.rows(&["HZ-02"]);

/// Another zone of the same name.
pub static ONE_PER_NAME_AND_VPC: Rule = refuses(
    "hosted-zone/one-per-name-and-vpc",
    "Two private hosted zones of one name can't be associated with one VPC, whoever owns the zones: neither is the second made with it, nor is it associated later.",
    &["ConflictingDomainExists"],
)
.documented_and_recorded(&[
    source(
        CREATE,
        "ConflictingDomainExists: a zone of the name exists that is associated with the VPC already",
    ),
    source(
        ASSOCIATE,
        "ConflictingDomainExists: the VPC is associated with another zone that has the same name",
    ),
    source(
        "github.com/confluentinc/terraform-provider-confluent issue 395",
        "a zone is made with a VPC that another zone of the same domain has: 400 ConflictingDomainExists",
    ),
])
.rows(&["HZ-02"]);

/// A zone of a name inside that of another one.
pub static MADE_BESIDE_OVERLAPPING_NAMES: Rule = grants(
    "hosted-zone/made-beside-overlapping-names",
    "A private hosted zone can be made with a VPC that another one has whose name lies in its name, or holds it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html",
        "tells which of several private zones with overlapping namespaces answers a query in a VPC: the one that fits best",
    ),
    source(CREATE, "ConflictingDomainExists is for private zones of the same name alone"),
])
.rows(&["HZ-02"]);

/// An id of nothing.
pub static EXISTING: Rule = refuses(
    "hosted-zone/existing",
    "A call that names a hosted zone which never existed is refused as such.",
    &["NoSuchHostedZone"],
)
.documented(&[source(GET, "NoSuchHostedZone: there is no zone of this id")])
.rows(&["HZ-04"]);

/// A zone of others.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "hosted-zone/known-to-the-caller",
    "A hosted zone of another account, in which the caller has no VPC, can't be read; nor can what is no hosted zone.",
    &["AccessDenied", "NoSuchHostedZone", "InvalidInput"],
)
.inferred(&[source(READ_PASTED, "even an account that has a VPC in the zone can't")])
.rows(&["HZ-04"]);

/// A zone of others that one has a VPC in.
pub static READ_BY_ITS_OWNER_ALONE: Rule = refuses(
    "hosted-zone/read-by-its-owner-alone",
    "An account whose VPC is associated with a hosted zone of another account can't read the zone.",
    &["AccessDenied"],
)
.recorded(&[source(
    READ_PASTED,
    "the association is made, and the VPC's account then reads the zone: 403 AccessDenied",
)])
.rows(&["HZ-04"]);

/// The VPCs of a zone.
pub static READ_WITH_ITS_VPCS: Rule = replies(
    "hosted-zone/read-with-its-vpcs",
    "GetHostedZone names to the owner of a private hosted zone all VPCs that are associated with it, those of other accounts included.",
)
.documented(&[source(GET, "the answer names the VPCs that a private zone is associated with")])
.rows(&["HZ-02"]);

/// Others don't delete it.
pub static DELETED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "hosted-zone/deleted-by-its-owner-alone",
    "A hosted zone can't be deleted by another account than its owner.",
    &["AccessDenied", "NoSuchHostedZone"],
)
.inferred(&[source(READ_PASTED, "another account can't even read it")])
.rows(&["HZ-04"]);

/// The list of one's zones.
pub static LISTED_TO_ITS_OWNER_ALONE: Rule = shows(
    "hosted-zone/listed-to-its-owner-alone",
    "ListHostedZones lists a hosted zone to the account that made it alone, not to those whose VPCs are associated with it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html",
        "lists the zones that belong to the calling account",
    ),
    source(BY_VPC, "zones of other accounts are found by the VPC"),
])
.rows(&["HZ-05"]);

/// The list of a VPC's zones.
pub static LISTED_BY_ITS_VPCS: Rule = shows(
    "hosted-zone/listed-by-its-vpcs",
    "ListHostedZonesByVPC lists to the owner of a VPC the private hosted zones that it is associated with, with the account that owns each, and no others.",
)
.documented(&[source(
    BY_VPC,
    "lists the private zones that a VPC is associated with, whoever owns them; OwningAccount is the owner",
)])
.rows(&["HZ-05"]);

/// The zones of a VPC of others.
pub static LISTED_BY_A_VPC_OF_OTHERS: Rule = shows(
    "hosted-zone/listed-by-a-vpc-of-others",
    "ListHostedZonesByVPC lists the zones of a VPC to an account that does not own the VPC.",
)
.open(
    "What does ListHostedZonesByVPC answer of a VPC that is another account's, or that does not exist?",
    &[source(BY_VPC, "tells what is listed of a VPC, and not to whom")],
)
.rows(&["HZ-05"]);

/// Owners authorize.
pub static AUTHORIZED_FOR_VPCS_OF_OTHERS: Rule = grants(
    "hosted-zone/authorized-for-vpcs-of-others",
    "The owner of a private hosted zone can authorize that a VPC of another account is associated with it, and take that back; an association that was made stays.",
)
.documented(&[
    source(GUIDE, "the zone's account authorizes, the VPC's account associates, and the authorization can then be deleted"),
    source(DEAUTHORIZE, "deleting an authorization does not disassociate the VPC"),
])
.rows(&["HZ-02"]);

/// Others don't authorize.
pub static AUTHORIZED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "hosted-zone/authorized-by-its-owner-alone",
    "Only the account that made a hosted zone can authorize associations with it, take that back, and list what it authorized.",
    &["AccessDenied", "NoSuchHostedZone", "NotAuthorizedException"],
)
.documented(&[source(AUTHORIZE, "is called by the account that made the zone")])
.rows(&["HZ-02", "HZ-07"]);

/// One's own VPC.
pub static AUTHORIZED_FOR_AN_OWN_VPC: Rule = grants(
    "hosted-zone/authorized-for-an-own-vpc",
    "An authorization can be made for a VPC of the hosted zone's own account.",
)
.open(
    "Is an authorization made, listed and taken back where the VPC is the zone owner's own?",
    &[source(AUTHORIZE, "speaks of VPCs that another account made")],
)
.rows(&["HZ-02"]);

/// A VPC of nobody.
pub static AUTHORIZED_FOR_A_VPC_OF_NOBODY: Rule = refuses_somehow(
    "hosted-zone/authorized-for-a-vpc-of-nobody",
    "No authorization is made for a VPC that does not exist.",
    &["InvalidVPCId"],
)
.open(
    "Does CreateVPCAssociationAuthorization look whether the VPC of another account exists?",
    &[source(AUTHORIZE, "declares InvalidVPCId for a VPC that is not valid or not accessible, while the VPC is another account's")],
)
.rows(&["HZ-02"]);

/// The same again.
pub static AUTHORIZED_AGAIN: Rule =
    grants("hosted-zone/authorized-again", "An authorization that exists can be made again.")
        .open(
            "Is an authorization that exists made again, or refused?",
            &[source(AUTHORIZE, "declares no error for it, and does not say that it succeeds")],
        )
        .rows(&["HZ-02"]);

/// Taking back an authorization that does not exist.
pub static AUTHORIZATION_TAKEN_BACK_ONCE: Rule = refuses_somehow(
    "hosted-zone/authorization-taken-back-once",
    "An authorization that does not exist can't be taken back.",
    &["VPCAssociationAuthorizationNotFound"],
)
.documented(&[source(
    DEAUTHORIZE,
    "VPCAssociationAuthorizationNotFound: the VPC is not authorized to be associated with the zone",
)])
.rows(&["HZ-02"]);

/// The list of authorizations.
pub static AUTHORIZATIONS_LISTED: Rule = shows(
    "hosted-zone/authorizations-listed",
    "ListVPCAssociationAuthorizations lists to the owner of a hosted zone the VPCs that it has authorized and not taken back, whether they are associated or not.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListVPCAssociationAuthorizations.html",
        "lists the VPCs of other accounts that may be associated because of authorizations",
    ),
    source(GUIDE, "an authorization is there until it is deleted, also after the association"),
])
.rows(&["HZ-07"]);

/// No authorization.
pub static AUTHORIZED_FIRST: Rule = refuses(
    "hosted-zone/authorized-first",
    "An account can't associate its VPC with a hosted zone of another account that has not authorized it.",
    &["NotAuthorizedException", "AccessDenied"],
)
.documented(&[
    source(ASSOCIATE, "NotAuthorizedException: associating the VPC with the zone was not authorized"),
    source(
        ASSOCIATE_PASTED,
        "401 NotAuthorizedException is what the zone's account is answered; the VPC's account is answered 403 AccessDenied, by a call that the log does not name",
    ),
])
.rows(&["HZ-03", "RAM-TYPE-04"]);

/// Owners of VPCs associate.
pub static ASSOCIATED_WHERE_AUTHORIZED: Rule = grants(
    "hosted-zone/associated-where-authorized",
    "An account can associate its VPCs with its own private hosted zones, and with those of others that authorize it.",
)
.documented(&[source(
    ASSOCIATE,
    "associates a VPC; for a zone of another account that account authorizes first, and the VPC's account associates",
)])
.rows(&["HZ-02"]);

/// VPCs of others.
pub static ASSOCIATED_BY_THE_OWNER_OF_THE_VPC: Rule = refuses_somehow(
    "hosted-zone/associated-by-the-owner-of-the-vpc",
    "Only the account that owns a VPC can associate it with a hosted zone; the zone's owner and participants in the VPC can't.",
    &["NotAuthorizedException", "InvalidVPCId", "AccessDenied"],
)
.documented(&[
    source(GUIDE, "the account that made the VPC associates it, after the zone's account has authorized that"),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "what belongs to the VPC itself is its owner's affair",
    ),
])
.rows(&["HZ-02", "HZ-08"]);

/// VPCs of others, by the zone's account.
pub static ASSOCIATED_BY_ITS_OWNER_WITH_OWN_VPCS: Rule = refuses(
    "hosted-zone/associated-by-its-owner-with-own-vpcs",
    "The account that made a hosted zone can't associate a VPC of another account with it, whether it has authorized that VPC or not.",
    &["NotAuthorizedException"],
)
.recorded(&[
    source(ASSOCIATE_PASTED, "the zone's account associates a VPC of others: 401 NotAuthorizedException"),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 18176",
        "the same after it has authorized the VPC: 401 NotAuthorizedException",
    ),
])
.rows(&["HZ-02"]);

/// The same VPC again.
pub static ASSOCIATED_AGAIN: Rule = refuses(
    "hosted-zone/associated-again",
    "A hosted zone can't be associated with the same VPC a second time.",
    &["ConflictingDomainExists"],
)
.recorded(&[
    source(
        "github.com/infrablocks/terraform-aws-base-networking issue 4",
        "a zone that was made with a VPC is associated with it again: 400 ConflictingDomainExists",
    ),
    source(
        "github.com/saltstack/salt pull request 47480",
        "a client that takes ConflictingDomainExists to mean that this zone has the VPC already",
    ),
])
.rows(&["HZ-02"]);

/// Both sides disassociate.
pub static DISASSOCIATED_BY_EITHER_OWNER: Rule = grants(
    "hosted-zone/disassociated-by-either-owner",
    "A VPC can be disassociated from a private hosted zone by the owner of either.",
)
.documented(&[source(
    DISASSOCIATE,
    "the account that made the zone disassociates any VPC, another account its own",
)])
.rows(&["HZ-06"]);

/// Nobody else.
pub static KEPT_FROM_THIRD_PARTIES: Rule = refuses_somehow(
    "hosted-zone/kept-from-third-parties",
    "An account that owns neither a VPC nor a hosted zone can't disassociate them.",
    &["AccessDenied", "NotAuthorizedException", "VPCAssociationNotFound", "NoSuchHostedZone"],
)
.inferred(&[source(DISASSOCIATE, "speaks of these two accounts alone")])
.rows(&["HZ-06"]);

/// Disassociating a VPC that is not associated.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "hosted-zone/disassociated-once",
    "A VPC that is not associated with a hosted zone can't be disassociated from it.",
    &["VPCAssociationNotFound"],
)
.documented(&[source(
    DISASSOCIATE,
    "VPCAssociationNotFound: the VPC is not associated with the zone",
)])
.rows(&["HZ-06"]);

/// The last VPC.
pub static LAST_VPC_KEPT: Rule = refuses(
    "hosted-zone/last-vpc-kept",
    "The last VPC of a private hosted zone can't be disassociated from it, by either side.",
    &["LastVPCAssociation"],
)
.documented(&[source(
    DISASSOCIATE,
    "LastVPCAssociation: the last VPC of a private zone can't be taken from it",
)])
.rows(&["HZ-06"]);

/// A deleted zone.
pub static DISASSOCIATED_BEFORE_ITS_DELETION: Rule = refuses(
    "hosted-zone/disassociated-before-its-deletion",
    "A VPC can't be disassociated from a hosted zone that was deleted.",
    &["NoSuchHostedZone"],
)
.documented_and_recorded(&[
    source(DISASSOCIATE, "NoSuchHostedZone: there is no zone of this id"),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 17016 and pull request 17023",
        "the zone's account deletes it, then the VPC's account disassociates: NoSuchHostedZone, which the provider takes for done",
    ),
])
.rows(&["HZ-06"]);

/// A VPC that a zone has.
pub static KEPT_THROUGH_THE_DELETION_OF_A_VPC: Rule = grants(
    "hosted-zone/kept-through-the-deletion-of-a-vpc",
    "A VPC can be deleted while a private hosted zone is associated with it.",
)
.recorded(&[
    source(
        VPC_DELETED_REPORTED,
        "a VPC is deleted without being disassociated, and the zone still has it",
    ),
    source(
        "github.com/kubernetes/kops issue 5273",
        "clusters are deleted with their VPCs, which nobody has disassociated from their zones",
    ),
])
.rows(&["HZ-02"]);

/// A deleted VPC of a zone.
pub static READ_WITH_ITS_DELETED_VPCS: Rule = replies(
    "hosted-zone/read-with-its-deleted-vpcs",
    "GetHostedZone goes on naming a VPC that was deleted without being disassociated.",
)
.recorded(&[source(VPC_DELETED_REPORTED, "the id of the deleted VPC stays in the zone")])
.rows(&["HZ-02"]);

/// A zone that has deleted VPCs left.
pub static LEFT_WITH_DELETED_VPCS_ALONE: Rule = grants(
    "hosted-zone/left-with-deleted-vpcs-alone",
    "The last VPC that lives can be disassociated from a hosted zone which has deleted ones left.",
)
.open(
    "Does a deleted VPC count where the last VPC of a hosted zone can't be disassociated?",
    &[source(VPC_DELETED_REPORTED, "the deleted VPC is still named; nobody tells of the last one")],
)
.rows(&["HZ-06"]);

/// The authorization of a VPC that was deleted.
pub static AUTHORIZATIONS_OF_DELETED_VPCS_LISTED: Rule = shows(
    "hosted-zone/authorizations-of-deleted-vpcs-listed",
    "ListVPCAssociationAuthorizations goes on listing an authorized VPC once it was deleted.",
)
.open(
    "Does the authorization of a VPC end when the VPC is deleted?",
    &[source(
        VPC_DELETED_REPORTED,
        "an association does not end; nothing is said of authorizations",
    )],
)
.rows(&["HZ-07"]);

/// A zone in a share, by an assumption.
pub static SEEN_WHILE_ASSUMED_SHARED: Rule = shows(
    "hosted-zone/seen-while-assumed-shared",
    "Where RAM is assumed to share hosted zones, a zone in a share is listed to those it is shared with, and they can associate their VPCs with it.",
)
.inferred(&[
    source(
        "bellwether check --assume ram-shares-hosted-zones",
        "who runs it takes this for granted of the target; AWS shares zones by authorizations alone",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "what is shared shows among the resources of its service, while it is shared",
    ),
])
.rows(&["HZ-01", "RAM-TYPE-04", "RAM-08"]);
