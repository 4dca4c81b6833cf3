//! EC2 through the official SDK, in this process.

mod deletions;
mod forms;
mod writes;

use std::collections::BTreeMap;

use aws_sdk_ec2::Client as Ec2;
use aws_sdk_ec2::error::ProvideErrorMetadata as _;
use aws_sdk_ec2::types::{
    Filter, LaunchPermission, LaunchPermissionModifications, ResourceType, Tag, TagSpecification,
    TransitGatewayAttachmentState,
};
use aws_sdk_ram::Client as Ram;
use bellwether_model::dice::Dice;
use bellwether_model::judge::{Observation, judge};
use bellwether_model::operations::OPERATIONS;
use bellwether_model::world::{Membership, Organization};
use bellwether_model::{Account, Answer, Assumptions, Name, Shape, World};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::connector::tests::config;
use crate::reference::Reference;
use crate::target::Target;

const OWNER: &str = "111122223333";
const MEMBER: &str = "444455556666";

/// An account's clients.
struct Caller {
    ec2: Ec2,
    ram: Ram,
}

fn caller(reference: &Reference, account: &str) -> Caller {
    let config = config(reference, account);
    Caller { ec2: Ec2::new(&config), ram: Ram::new(&config) }
}

/// A target on which both accounts are in one organization that RAM shares with.
fn organized() -> (Reference, Caller, Caller) {
    let reference = Reference::new();
    let id = Name::new("o-exampleorgid");
    let management = Account::from_id(OWNER).unwrap();
    let organization = Organization {
        management,
        trusted: true,
        sharing: true,
        open: None,
        units: BTreeMap::new(),
    };
    let mut state = reference.state.lock().unwrap();
    state.world.organizations.insert(id.clone(), organization);
    for account in [OWNER, MEMBER] {
        let membership = Membership { organization: id.clone(), unit: None };
        let account = Account::from_id(account).unwrap();
        state.world.members.insert(account, membership);
    }
    drop(state);
    let (owner, member) = (caller(&reference, OWNER), caller(&reference, MEMBER));
    (reference, owner, member)
}

impl Caller {
    /// Makes a VPC and a subnet in it.
    async fn subnet(&self) -> (String, String, String) {
        let vpc = self.ec2.create_vpc().cidr_block("10.0.0.0/16").send();
        let vpc = vpc.await.unwrap().vpc.unwrap().vpc_id.unwrap();
        let subnet = self.ec2.create_subnet().vpc_id(&vpc).cidr_block("10.0.1.0/24");
        let subnet = subnet.send().await.unwrap().subnet.unwrap();
        let arn = subnet.subnet_arn().unwrap().to_owned();
        (vpc, subnet.subnet_id.unwrap(), arn)
    }

    async fn group(&self, vpc: &str) -> String {
        let group = self.ec2.create_security_group().group_name("own").description("own");
        let group = group.vpc_id(vpc).send().await.unwrap();
        group.group_id.unwrap()
    }

    async fn image(&self) -> String {
        let image = self.ec2.register_image().name("base").architecture("x86_64".into());
        image.send().await.unwrap().image_id.unwrap()
    }

    /// Shares a resource with an account, and returns the share.
    async fn share(&self, arn: &str, account: &str) -> String {
        let share = self.ram.create_resource_share().name("platform");
        let share = share.resource_arns(arn).principals(account).send().await.unwrap();
        share.resource_share.unwrap().resource_share_arn.unwrap()
    }

    /// Takes up the only offer there is.
    async fn accept(&self) {
        let offers = self.ram.get_resource_share_invitations().send().await.unwrap();
        let offer = offers.resource_share_invitations()[0].resource_share_invitation_arn();
        let accept = self.ram.accept_resource_share_invitation();
        let accept = accept.set_resource_share_invitation_arn(offer.map(str::to_owned));
        accept.send().await.unwrap();
    }

    /// Launches an image; the error code if that is refused.
    async fn launch(&self, image: &str, subnet: &str, group: &str) -> Result<String, String> {
        let launch = self.ec2.run_instances().image_id(image).min_count(1).max_count(1);
        let launch = launch.subnet_id(subnet).security_group_ids(group).send().await;
        let code = |error: aws_sdk_ec2::error::SdkError<_, _>| code_of(&error);
        let launched = launch.map_err(code)?;
        Ok(launched.instances()[0].instance_id().unwrap().to_owned())
    }
}

fn code_of<E: aws_sdk_ec2::error::ProvideErrorMetadata, R>(
    error: &aws_sdk_ec2::error::SdkError<E, R>,
) -> String {
    error.code().unwrap_or("no code").to_owned()
}

#[tokio::test]
async fn a_participant_launches_into_a_shared_subnet_until_it_is_revoked() {
    let (_reference, owner, member) = organized();
    let (vpc, subnet, arn) = owner.subnet().await;
    let subnets = || member.ec2.describe_subnets().subnet_ids(&subnet).send();
    assert_eq!(code_of(&subnets().await.unwrap_err()), "InvalidSubnetID.NotFound");

    let share = owner.share(&arn, MEMBER).await;
    let seen = subnets().await.unwrap();
    assert_eq!(seen.subnets()[0].owner_id(), Some(OWNER));
    let (group, image) = (member.group(&vpc).await, member.image().await);
    let instance = member.launch(&image, &subnet, &group).await.unwrap();

    let revoke = owner.ram.disassociate_resource_share().resource_share_arn(share);
    revoke.resource_arns(&arn).send().await.unwrap();
    let refused = member.launch(&image, &subnet, &group).await.unwrap_err();
    assert_eq!(refused, "InvalidSubnetID.NotFound");
    let running = member.ec2.describe_instances().send().await.unwrap();
    let running = running.reservations()[0].instances();
    assert_eq!(running[0].instance_id(), Some(instance.as_str()));
    assert_eq!(running[0].subnet_id(), Some(subnet.as_str()));
}

#[tokio::test]
async fn a_participant_has_to_name_a_security_group() {
    let (_reference, owner, member) = organized();
    let (vpc, subnet, arn) = owner.subnet().await;
    owner.share(&arn, MEMBER).await;
    let plain = |caller: &Caller| caller.ec2.create_network_interface().subnet_id(&subnet);
    let refused = plain(&member).send().await.unwrap_err();
    let message = format!(
        "You do not have access to a default security group in VPC {vpc}. Specify a security \
         group, and try again."
    );
    assert_eq!(refused.into_service_error().message(), Some(message.as_str()));

    let made = plain(&owner).send().await.unwrap().network_interface.unwrap();
    assert_eq!(made.groups()[0].group_name(), Some("default"));
    assert_eq!(made.private_ip_address(), Some("10.0.1.4"));
    let group = made.groups()[0].group_id().unwrap();
    plain(&owner).groups(group).send().await.unwrap();
}

#[tokio::test]
async fn a_participant_can_t_change_the_shared_vpc() {
    let (_reference, owner, member) = organized();
    let (vpc, _subnet, arn) = owner.subnet().await;
    owner.share(&arn, MEMBER).await;
    let refused = member.ec2.delete_vpc().vpc_id(&vpc).send().await.unwrap_err();
    assert_eq!(refused.raw_response().unwrap().status().as_u16(), 403);
    assert_eq!(code_of(&refused), "UnauthorizedOperation");
}

#[tokio::test]
async fn a_launch_permission_makes_an_image_launchable() {
    let (_reference, owner, member) = organized();
    let (vpc, subnet, _arn) = member.subnet().await;
    let (group, image) = (member.group(&vpc).await, owner.image().await);
    let launch = || member.launch(&image, &subnet, &group);
    assert_eq!(launch().await.unwrap_err(), "AuthFailure");

    let permission = LaunchPermission::builder().user_id(MEMBER).build();
    let add = LaunchPermissionModifications::builder().add(permission.clone());
    let modify = || owner.ec2.modify_image_attribute().image_id(&image);
    modify().launch_permission(add.build()).send().await.unwrap();
    launch().await.unwrap();
    let shared = member.ec2.describe_images().executable_users("self").send();
    let shared = shared.await.unwrap();
    assert_eq!(shared.images()[0].image_id(), Some(image.as_str()));
    let listed = owner.ec2.describe_image_attribute().image_id(&image);
    let listed = listed.attribute("launchPermission".into()).send().await;
    assert_eq!(listed.unwrap().launch_permissions(), std::slice::from_ref(&permission));

    let remove = LaunchPermissionModifications::builder().remove(permission);
    modify().launch_permission(remove.build()).send().await.unwrap();
    assert_eq!(launch().await.unwrap_err(), "AuthFailure");
}

#[tokio::test]
async fn a_consumer_attaches_its_vpc_to_a_shared_gateway() {
    let reference = Reference::new();
    let (owner, consumer) = (caller(&reference, OWNER), caller(&reference, MEMBER));
    let gateway = owner.ec2.create_transit_gateway().send().await.unwrap();
    let gateway = gateway.transit_gateway.unwrap();
    let gateway_id = gateway.transit_gateway_id().unwrap();
    let (vpc, subnet, _arn) = consumer.subnet().await;
    let attach = || {
        let attach = consumer.ec2.create_transit_gateway_vpc_attachment();
        let attach = attach.transit_gateway_id(gateway_id).vpc_id(&vpc);
        attach.subnet_ids(&subnet).send()
    };
    let refused = attach().await.unwrap_err();
    assert_eq!(code_of(&refused), "InvalidTransitGatewayID.NotFound");

    owner.share(gateway.transit_gateway_arn().unwrap(), MEMBER).await;
    consumer.accept().await;
    let attached = attach().await.unwrap().transit_gateway_vpc_attachment.unwrap();
    assert_eq!(attached.vpc_id(), Some(vpc.as_str()));
    assert_eq!(attached.state(), Some(&TransitGatewayAttachmentState::PendingAcceptance));
    let listed = owner.ec2.describe_transit_gateway_vpc_attachments().send().await.unwrap();
    assert_eq!(listed.transit_gateway_vpc_attachments(), &[attached]);
}

#[tokio::test]
async fn a_consumer_reads_the_entries_of_a_shared_prefix_list() {
    let reference = Reference::new();
    let (owner, consumer) = (caller(&reference, OWNER), caller(&reference, MEMBER));
    let entry = aws_sdk_ec2::types::AddPrefixListEntry::builder();
    let entry = entry.cidr("10.1.0.0/16").description("<offices> & homes").build();
    let list = owner.ec2.create_managed_prefix_list().prefix_list_name("blocks");
    let list = list.max_entries(5).address_family("IPv4").entries(entry);
    let list = list.send().await.unwrap().prefix_list.unwrap();
    let id = list.prefix_list_id().unwrap();
    let entries = || consumer.ec2.get_managed_prefix_list_entries().prefix_list_id(id).send();
    let refused = entries().await.unwrap_err();
    assert_eq!(code_of(&refused), "InvalidPrefixListID.NotFound");

    owner.share(list.prefix_list_arn().unwrap(), MEMBER).await;
    consumer.accept().await;
    let entries = entries().await.unwrap();
    assert_eq!(entries.entries()[0].cidr(), Some("10.1.0.0/16"));
    assert_eq!(entries.entries()[0].description(), Some("<offices> & homes"));
}

#[tokio::test]
async fn a_list_is_filtered_and_comes_in_pages() {
    let (_reference, owner, _member) = organized();
    let (vpc, first, _arn) = owner.subnet().await;
    for number in 2..9 {
        let block = format!("10.0.{number}.0/24");
        let subnet = owner.ec2.create_subnet().vpc_id(&vpc).cidr_block(block);
        subnet.send().await.unwrap();
    }
    owner.subnet().await;
    let filter = |name: &str, value: &str| Filter::builder().name(name).values(value).build();
    let subnets = || owner.ec2.describe_subnets();
    let in_vpc = subnets().filters(filter("vpc-id", &vpc)).max_results(5).into_paginator();
    let in_vpc: Vec<_> = in_vpc.items().send().try_collect().await.unwrap();
    assert_eq!(in_vpc.len(), 8);
    let one = subnets().filters(filter("subnet-id", &first)).send().await.unwrap();
    assert_eq!(one.subnets().len(), 1);
    let unknown = subnets().filters(filter("colour", "red")).send().await.unwrap_err();
    assert_eq!(code_of(&unknown), "InvalidParameterValue");
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_changes_nothing() {
    let (_reference, owner, member) = organized();
    let (vpc, subnet, _arn) = owner.subnet().await;
    let attempt = |caller: &Caller| caller.ec2.delete_subnet().subnet_id(&subnet).dry_run(true);
    let granted = attempt(&owner).send().await.unwrap_err();
    assert_eq!(granted.raw_response().unwrap().status().as_u16(), 412);
    assert_eq!(code_of(&granted), "DryRunOperation");
    let refused = attempt(&member).send().await.unwrap_err();
    assert_eq!(code_of(&refused), "InvalidSubnetID.NotFound");
    let refused = owner.ec2.delete_vpc().vpc_id(&vpc).send().await.unwrap_err();
    assert_eq!(code_of(&refused), "DependencyViolation");
}

#[tokio::test]
async fn tags_are_their_account_s_own() {
    let (_reference, owner, member) = organized();
    let tag = Tag::builder().key("team").value("platform").build();
    let tags = TagSpecification::builder().resource_type(ResourceType::Vpc).tags(tag.clone());
    let vpc = owner.ec2.create_vpc().cidr_block("10.0.0.0/16").tag_specifications(tags.build());
    let vpc = vpc.send().await.unwrap().vpc.unwrap();
    assert_eq!(vpc.tags(), &[tag]);
    let subnet = owner.ec2.create_subnet().cidr_block("10.0.0.0/24");
    let subnet = subnet.set_vpc_id(vpc.vpc_id.clone()).send().await.unwrap();
    owner.share(subnet.subnet().unwrap().subnet_arn().unwrap(), MEMBER).await;
    let seen = member.ec2.describe_vpcs().send().await.unwrap();
    assert_eq!(seen.vpcs()[0].vpc_id, vpc.vpc_id);
    assert_eq!(seen.vpcs()[0].tags(), &[]);
}

#[tokio::test]
async fn an_unknown_action_and_a_missing_parameter_are_refused() {
    let (_reference, owner, _member) = organized();
    let unknown = owner.ec2.describe_key_pairs().send().await.unwrap_err();
    assert_eq!(code_of(&unknown), "InvalidAction");
    let missing = owner.ec2.run_instances().min_count(1).max_count(1).send();
    assert_eq!(code_of(&missing.await.unwrap_err()), "MissingParameter");
}

/// The embedded target.
fn target() -> Target {
    Target::reference(None)
}

/// Plays a random walk of calls to both services, judging each answer.
async fn walk(shape: Shape, seed: u8) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut dice = Dice::new(&mut runner);
    let mut world = World::new(shape);
    let mut session = target().open(shape, Assumptions::default()).await.unwrap().session;
    for step in 0..60 {
        let actor = *dice.pick(shape.actors()).unwrap();
        let drawn = OPERATIONS.iter();
        let drawn = drawn.filter_map(|it| (it.draw)(&world, actor, &mut dice));
        let drawn: Vec<_> = drawn.collect();
        let call = dice.pick(&drawn).unwrap();
        let made = Name::new(format!("resource{step}"));
        let expected = call.transition(&mut world, actor, &made);
        let observed = session.send(actor, call, Some(&made)).await;
        let what = format!("{shape:?} seed {seed} step {step}: {actor} {call:?}\n{observed:?}");
        assert!(!matches!(observed, Observation::Unimplemented(_)), "{what}");
        assert!(!matches!(observed, Observation::Unsendable(_)), "{what}");
        assert_eq!(judge(&expected, &observed).diverges, [], "{what}");
        if let (Answer::Open(open), Observation::Granted(_)) = (&expected, &observed) {
            call.apply_assumed(&mut world, actor, &made, open.rules[0]);
        }
    }
}

#[tokio::test]
async fn the_answers_are_those_that_the_model_expects() {
    for shape in Shape::ALL {
        for seed in 0..10 {
            walk(shape, seed).await;
        }
    }
}
