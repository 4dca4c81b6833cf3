//! The answers of the reference target to the SDK's own clients, and to requests as they are sent.

mod asked;
mod callers;
mod dns;
mod organization;
mod permissions;

use std::time::Duration;

use aws_sdk_organizations::types::{OrganizationFeatureSet, ParentType, PolicyType};
use aws_sdk_ram::error::ProvideErrorMetadata;
use aws_sdk_ram::operation::get_resource_shares::GetResourceSharesOutput;
use aws_sdk_ram::types::{
    ResourceOwner, ResourceShare, ResourceShareAssociationStatus, ResourceShareAssociationType,
    ResourceShareFeatureSet, ResourceShareInvitation, ResourceShareInvitationStatus,
    ResourceShareStatus,
};
use aws_smithy_types::DateTime;

mod lists;

use super::Reference;
use crate::connector::tests::config;

const OWNER: &str = "111122223333";
const CONSUMER: &str = "444455556666";
const STRANGER: &str = "777788889999";

fn ram(reference: &Reference, account: &str) -> aws_sdk_ram::Client {
    aws_sdk_ram::Client::new(&config(reference, account))
}

fn organizations(reference: &Reference, account: &str) -> aws_sdk_organizations::Client {
    aws_sdk_organizations::Client::new(&config(reference, account))
}

/// The owner's share with the consumer.
async fn shared(reference: &Reference) -> ResourceShare {
    let request = ram(reference, OWNER).create_resource_share();
    let request = request.name("platform").principals(CONSUMER);
    let answer = request.send().await.unwrap();
    answer.resource_share().unwrap().clone()
}

async fn invitations(reference: &Reference, account: &str) -> Vec<ResourceShareInvitation> {
    let request = ram(reference, account).get_resource_share_invitations();
    let answer = request.send().await.unwrap();
    answer.resource_share_invitations().to_vec()
}

async fn accepted(reference: &Reference) -> ResourceShare {
    let share = shared(reference).await;
    let invitation = invitations(reference, CONSUMER).await.remove(0);
    ram(reference, CONSUMER)
        .accept_resource_share_invitation()
        .resource_share_invitation_arn(invitation.resource_share_invitation_arn().unwrap())
        .send()
        .await
        .unwrap();
    share
}

async fn listed(reference: &Reference, account: &str, owner: ResourceOwner) -> Vec<ResourceShare> {
    let request = ram(reference, account).get_resource_shares();
    let answer = request.resource_owner(owner).send().await.unwrap();
    answer.resource_shares().to_vec()
}

#[tokio::test]
async fn a_new_share_has_an_empty_list_of_tags_and_no_feature_set() {
    let share = shared(&Reference::new()).await;
    assert_eq!(share.status(), Some(&ResourceShareStatus::Active));
    assert_eq!(share.owning_account_id(), Some(OWNER));
    assert_eq!(share.allow_external_principals(), Some(true));
    assert_eq!(share.feature_set(), None);
    assert_eq!(share.tags.as_deref(), Some(&[][..]));
    assert_eq!(share.creation_time(), share.last_updated_time());
    let arn = share.resource_share_arn().unwrap();
    let start = format!("arn:aws:ram:us-east-1:{OWNER}:resource-share/");
    assert!(arn.starts_with(&start), "{arn}");
}

#[tokio::test]
async fn a_listed_share_has_a_feature_set_and_no_list_of_tags() {
    let reference = Reference::new();
    shared(&reference).await;
    let shares = listed(&reference, OWNER, ResourceOwner::SelfValue).await;
    let [share] = &shares[..] else { panic!("{shares:?}") };
    let standard = Some(&ResourceShareFeatureSet::Standard);
    assert_eq!(share.feature_set(), standard);
    assert_eq!(share.tags, None);
}

#[tokio::test]
async fn an_invitation_bears_its_sender_and_is_listed_to_its_receiver_alone() {
    let reference = Reference::new();
    shared(&reference).await;
    assert_eq!(invitations(&reference, OWNER).await, []);
    assert_eq!(invitations(&reference, STRANGER).await, []);
    let received = invitations(&reference, CONSUMER).await;
    let [invitation] = &received[..] else { panic!("{received:?}") };
    let pending = Some(&ResourceShareInvitationStatus::Pending);
    assert_eq!(invitation.status(), pending);
    assert_eq!(invitation.sender_account_id(), Some(OWNER));
    assert_eq!(invitation.receiver_account_id(), Some(CONSUMER));
    assert_eq!(invitation.resource_share_name(), Some("platform"));
    let arn = invitation.resource_share_invitation_arn().unwrap();
    let start = format!("arn:aws:ram:us-east-1:{OWNER}:resource-share-invitation/");
    assert!(arn.starts_with(&start), "{arn}");
}

#[tokio::test]
async fn a_share_is_listed_to_its_consumer_from_acceptance_on() {
    let reference = Reference::new();
    let others = ResourceOwner::OtherAccounts;
    shared(&reference).await;
    let pending = listed(&reference, CONSUMER, others.clone()).await;
    assert_eq!(pending, []);
    let reference = Reference::new();
    let share = accepted(&reference).await;
    let usable = listed(&reference, CONSUMER, others).await;
    let arns: Vec<_> = usable.iter().map(ResourceShare::resource_share_arn).collect();
    assert_eq!(arns, [share.resource_share_arn()]);
}

#[tokio::test]
async fn acceptance_replaces_the_time_of_the_invitation() {
    let reference = Reference::new();
    shared(&reference).await;
    let sent = invitations(&reference, CONSUMER).await.remove(0);
    let reference = Reference::new();
    accepted(&reference).await;
    let answered = invitations(&reference, CONSUMER).await.remove(0);
    let accepted = Some(&ResourceShareInvitationStatus::Accepted);
    assert_eq!(answered.status(), accepted);
    let time = |it: &ResourceShareInvitation| it.invitation_timestamp().map(DateTime::as_nanos);
    assert!(time(&answered) > time(&sent));
}

#[tokio::test]
async fn an_association_is_answered_with_five_members_and_listed_with_its_times() {
    let reference = Reference::new();
    let share = shared(&reference).await;
    let arn = share.resource_share_arn().unwrap();
    let client = ram(&reference, OWNER);
    let request = client.associate_resource_share().resource_share_arn(arn);
    let answer = request.principals(STRANGER).send().await.unwrap();
    let [row] = answer.resource_share_associations() else { panic!("{answer:?}") };
    let associating = Some(&ResourceShareAssociationStatus::Associating);
    assert_eq!(row.associated_entity(), Some(STRANGER));
    assert_eq!(row.status(), associating);
    assert_eq!(row.external(), Some(true));
    assert_eq!(row.creation_time(), None);
    assert_eq!(row.resource_share_name(), None);
    let request = client.get_resource_share_associations();
    let request = request.association_type(ResourceShareAssociationType::Principal);
    let answer = request.resource_share_arns(arn).send().await.unwrap();
    let rows = answer.resource_share_associations();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.creation_time().is_some()));
    assert!(rows.iter().all(|row| row.status() == associating));
}

#[tokio::test]
async fn an_association_made_again_has_a_new_time() {
    let reference = Reference::new();
    let share = accepted(&reference).await;
    let arn = share.resource_share_arn().unwrap();
    let client = ram(&reference, OWNER);
    let times = async || {
        let request = client.get_resource_share_associations();
        let request = request.association_type(ResourceShareAssociationType::Principal);
        let answer = request.resource_share_arns(arn).send().await.unwrap();
        let row = answer.resource_share_associations()[0].clone();
        (row.creation_time.unwrap(), row.last_updated_time.unwrap())
    };
    let (created, settled) = times().await;
    assert!(settled > created);
    let request = client.disassociate_resource_share().resource_share_arn(arn);
    request.principals(CONSUMER).send().await.unwrap();
    let (still, ended) = times().await;
    assert_eq!(still, created);
    assert!(ended > settled);
    let request = client.associate_resource_share().resource_share_arn(arn);
    request.principals(CONSUMER).send().await.unwrap();
    assert!(times().await.0 > created);
    assert_eq!(invitations(&reference, CONSUMER).await.len(), 2);
}

#[tokio::test]
async fn refusals_are_worded_as_recorded() {
    let reference = Reference::new();
    let client = ram(&reference, OWNER);
    let unknown = "arn:aws:ram:us-east-1:111122223333:resource-share/x";
    let request = client.delete_resource_share().resource_share_arn(unknown);
    let error = request.send().await.unwrap_err();
    assert_eq!(error.code(), Some("UnknownResourceException"));
    let message = format!("ResourceShare {unknown} could not be found.");
    assert_eq!(error.message(), Some(&message[..]));
    let request = client.create_resource_share().name("a");
    let error = request.principals("o-exampleorgid").send().await;
    let error = error.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterException"));
    let message = "Principal ID o-exampleorgid is malformed. Verify the ID and try again.";
    assert_eq!(error.message(), Some(message));
}

#[tokio::test]
async fn pages_together_hold_every_share_once() {
    let reference = Reference::new();
    for _ in 0..5 {
        shared(&reference).await;
    }
    let client = ram(&reference, OWNER);
    let request = client.get_resource_shares();
    let request = request.resource_owner(ResourceOwner::SelfValue).max_results(2);
    let pages = request.clone().into_paginator().send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await.unwrap();
    let sizes: Vec<_> = pages.iter().map(|it| it.resource_shares().len()).collect();
    assert_eq!(sizes, [2, 2, 1]);
    let arns = pages.iter().flat_map(GetResourceSharesOutput::resource_shares);
    let arns = arns.map(|it| it.resource_share_arn().unwrap());
    assert_eq!(arns.collect::<std::collections::BTreeSet<_>>().len(), 5);
    let error = request.clone().next_token("x").send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidNextTokenException"));
    let error = request.max_results(501).send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterException"));
}

#[tokio::test]
async fn an_operation_that_is_not_there_says_so() {
    let request = organizations(&Reference::new(), OWNER).list_policies();
    let request = request.filter(PolicyType::ServiceControlPolicy);
    let error = request.send().await.unwrap_err();
    assert_eq!(error.code(), Some("UnknownOperationException"));
}

#[tokio::test]
async fn a_share_is_of_the_region_that_was_called() {
    let reference = Reference::new();
    let config = config(&reference, OWNER).into_builder();
    let config = config.region(aws_config::Region::from_static("eu-west-1"));
    let client = aws_sdk_ram::Client::new(&config.build());
    let answer = client.create_resource_share().name("a").send().await.unwrap();
    let arn = answer.resource_share().unwrap().resource_share_arn().unwrap();
    assert!(arn.starts_with("arn:aws:ram:eu-west-1:"), "{arn}");
    let there = client.get_resource_shares().resource_owner(ResourceOwner::SelfValue);
    let there = there.send().await.unwrap();
    assert_eq!(there.resource_shares()[0].resource_share_arn(), Some(arn));
    assert!(listed(&reference, OWNER, ResourceOwner::SelfValue).await.is_empty());
}

#[tokio::test]
async fn an_organization_is_made_and_its_accounts_are_placed() {
    let reference = Reference::new();
    let client = organizations(&reference, OWNER);
    let error = client.describe_organization().send().await.unwrap_err();
    assert_eq!(error.code(), Some("AWSOrganizationsNotInUseException"));
    let request = client.create_organization();
    let request = request.feature_set(OrganizationFeatureSet::All);
    let made = request.clone().send().await.unwrap();
    let id = made.organization().unwrap().id().unwrap();
    assert_eq!((id.len(), &id[..2]), (12, "o-"));
    let error = request.send().await.unwrap_err();
    assert_eq!(error.code(), Some("AlreadyInOrganizationException"));

    let roots = client.list_roots().send().await.unwrap();
    let root = roots.roots()[0].id().unwrap();
    let unit = client.create_organizational_unit().parent_id(root).name("a");
    let unit = unit.send().await.unwrap();
    let unit = unit.organizational_unit().unwrap().id().unwrap();
    let account = client.create_account().account_name("b").email("b@example.com");
    let account = account.send().await.unwrap();
    let account = account.create_account_status().unwrap().account_id().unwrap();
    let request = client.move_account().account_id(account);
    let request = request.source_parent_id(root).destination_parent_id(unit);
    request.send().await.unwrap();
    let parents = client.list_parents().child_id(account).send().await.unwrap();
    let parent = &parents.parents()[0];
    assert_eq!(parent.id(), Some(unit));
    let of_units = Some(&ParentType::OrganizationalUnit);
    assert_eq!(parent.r#type(), of_units);
    let accounts = client.list_accounts().send().await.unwrap();
    assert_eq!(accounts.accounts().len(), 2);
    let error = organizations(&reference, account).list_roots().send().await;
    assert_eq!(error.unwrap_err().code(), Some("AccessDeniedException"));
}

#[tokio::test]
async fn members_need_no_invitation_once_sharing_is_on() {
    let reference = Reference::new();
    let client = organizations(&reference, OWNER);
    let made = client.create_organization().send().await.unwrap();
    let organization = made.organization().unwrap().arn().unwrap();
    let ram_of_owner = ram(&reference, OWNER);
    let request = ram_of_owner.create_resource_share().name("a");
    let request = request.principals(organization);
    let error = request.clone().send().await.unwrap_err();
    assert_eq!(error.code(), Some("UnknownResourceException"));
    let enabled = ram_of_owner.enable_sharing_with_aws_organization();
    let enabled = enabled.send().await.unwrap();
    assert_eq!(enabled.return_value(), Some(true));
    let account = client.create_account().account_name("b").email("b@example.com");
    let account = account.send().await.unwrap();
    let account = account.create_account_status().unwrap().account_id().unwrap();
    request.send().await.unwrap();
    let usable = listed(&reference, account, ResourceOwner::OtherAccounts).await;
    assert_eq!(usable.len(), 1);
    let rows = ram_of_owner.get_resource_share_associations();
    let rows = rows.association_type(ResourceShareAssociationType::Principal);
    let rows = rows.send().await.unwrap();
    let row = &rows.resource_share_associations()[0];
    assert_eq!(row.associated_entity(), Some(organization));
}

#[tokio::test]
async fn the_listener_answers_health_forgets_on_reset_and_ends_when_told() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let reference = Reference::new();
    shared(&reference).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let shutdown = async { stopped.await.unwrap() };
    let served = tokio::spawn(crate::serve::serve(reference.clone(), listener, shutdown));
    for line in ["GET /_bellwether/health", "POST /_bellwether/reset", "POST /moto-api/reset"] {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("x-amzn-requestid: "), "{answer}");
        assert!(answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
    }
    let shares = listed(&reference, OWNER, ResourceOwner::SelfValue).await;
    assert_eq!(shares, []);
    stop.send(()).unwrap();
    served.await.unwrap();
}

fn post(reference: &Reference, path: &str, body: &str) -> http::StatusCode {
    let body = bytes::Bytes::copy_from_slice(body.as_bytes());
    let request = http::Request::post(path).body(body).unwrap();
    reference.handle(request).status()
}

fn pass(reference: &Reference, hours: u64, accounts: &[&str]) {
    let body = serde_json::json!({ "seconds": hours * 3600, "accounts": accounts });
    assert_eq!(post(reference, "/_bellwether/clock", &body.to_string()), 200);
}

#[tokio::test]
async fn the_clock_moves_for_the_accounts_that_are_named_and_no_others() {
    let reference = Reference::new();
    let others = [STRANGER];
    let share = shared(&reference).await;
    pass(&reference, 1000, &others);
    let next = shared(&reference).await;
    let time = |it: &ResourceShare| it.creation_time().map(DateTime::secs).unwrap();
    assert!(time(&next) - time(&share) < 60);
    pass(&reference, 1, &[OWNER, CONSUMER]);
    let later = shared(&reference).await;
    assert!((3600..3660).contains(&(time(&later) - time(&next))));
}

#[tokio::test]
async fn a_deleted_share_is_gone_once_its_owners_clock_says_so() {
    let reference = Reference::new();
    let share = shared(&reference).await;
    let arn = share.resource_share_arn().unwrap();
    ram(&reference, OWNER).delete_resource_share().resource_share_arn(arn).send().await.unwrap();
    pass(&reference, 100, &[STRANGER]);
    assert_eq!(listed(&reference, OWNER, ResourceOwner::SelfValue).await.len(), 1);
    pass(&reference, 3, &[OWNER]);
    assert_eq!(listed(&reference, OWNER, ResourceOwner::SelfValue).await.len(), 0);
}

#[test]
fn a_clock_that_is_moved_for_nobody_or_for_ever_is_refused() {
    let reference = Reference::new();
    for body in [
        "",
        r#"{"seconds": 1}"#,
        r#"{"seconds": -1, "accounts": []}"#,
        r#"{"seconds": 1, "accounts": ["owner"]}"#,
        r#"{"seconds": 9223372036854775807, "accounts": []}"#,
    ] {
        assert_eq!(post(&reference, "/_bellwether/clock", body), 400, "{body}");
    }
}

/// The answer of RAM to this body, sent by the owner as it is.
fn post_to_ram(reference: &Reference, path: &str, body: &str) -> http::StatusCode {
    let signed = format!("AWS4-HMAC-SHA256 Credential={OWNER}/20260101/us-east-1/ram/aws4_request");
    let body = bytes::Bytes::copy_from_slice(body.as_bytes());
    let request = http::Request::post(path).header(http::header::AUTHORIZATION, signed);
    reference.handle(request.body(body).unwrap()).status()
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_refused_and_does_nothing() {
    let reference = Reference::new();
    assert_eq!(post_to_ram(&reference, "/createresourceshare", r#"{"name": "share"}"#), 200);
    for body in [
        "{",
        "nothing",
        "[]",
        r#""share""#,
        r#"{"name": "share""#,
        "{}",
        r#"{"name": 7}"#,
        r#"{"name": "share", "principals": "everybody"}"#,
        r#"{"name": "share", "allowExternalPrincipals": "yes"}"#,
    ] {
        assert_eq!(post_to_ram(&reference, "/createresourceshare", body), 400, "{body}");
    }
    assert_eq!(listed(&reference, OWNER, ResourceOwner::SelfValue).await.len(), 1);
}

#[tokio::test]
async fn an_account_joins_by_its_handshake_and_leaves() {
    use aws_sdk_organizations::types::{HandshakeParty, HandshakePartyType, HandshakeState};
    let reference = Reference::new();
    let owner = organizations(&reference, OWNER);
    let all = OrganizationFeatureSet::All;
    owner.create_organization().feature_set(all).send().await.unwrap();
    let party = HandshakeParty::builder().id(CONSUMER).r#type(HandshakePartyType::Account);
    let invite = owner.invite_account_to_organization().target(party.build().unwrap());
    let sent = invite.send().await.unwrap().handshake.unwrap();
    assert_eq!(sent.state(), Some(&HandshakeState::Open));
    let consumer = organizations(&reference, CONSUMER);
    let waiting = consumer.list_handshakes_for_account().send().await.unwrap();
    assert_eq!(waiting.handshakes().len(), 1);
    let id = sent.id().unwrap();
    let accepted = consumer.accept_handshake().handshake_id(id).send().await.unwrap();
    assert_eq!(accepted.handshake().unwrap().state(), Some(&HandshakeState::Accepted));
    let members = || async { owner.list_accounts().send().await.unwrap().accounts().len() };
    assert_eq!(members().await, 2);
    consumer.leave_organization().send().await.unwrap();
    assert_eq!(members().await, 1);
    let again = consumer.leave_organization().send().await.unwrap_err();
    assert_eq!(again.code(), Some("AWSOrganizationsNotInUseException"));
}

/// A reference that shows what is done after these delays.
fn late(settling: &str) -> Reference {
    Reference::new().settling(settling.parse().unwrap())
}

/// The status of the consumer's row, as the owner is shown it.
async fn row_of_the_consumer(
    reference: &Reference,
    share: &ResourceShare,
) -> ResourceShareAssociationStatus {
    let request = ram(reference, OWNER).get_resource_share_associations();
    let request = request.association_type(ResourceShareAssociationType::Principal);
    let request = request.resource_share_arns(share.resource_share_arn().unwrap());
    let answer = request.send().await.unwrap();
    answer.resource_share_associations()[0].status().unwrap().clone()
}

#[tokio::test]
async fn a_fresh_share_may_be_unknown_to_its_own_owner_for_a_while() {
    let reference = late("share=3s");
    let share = shared(&reference).await;
    let ask = async || {
        let request = ram(&reference, OWNER).get_resource_shares();
        let request = request.resource_owner(ResourceOwner::SelfValue);
        request.resource_share_arns(share.resource_share_arn().unwrap()).send().await
    };
    assert_eq!(ask().await.unwrap_err().code(), Some("UnknownResourceException"));
    reference.time().pass(Duration::from_secs(3));
    assert_eq!(ask().await.unwrap().resource_shares().len(), 1);
}

#[tokio::test]
async fn a_resource_on_its_way_out_of_a_share_is_disassociating() {
    let reference = late("association=2s");
    let share = accepted(&reference).await;
    assert_eq!(row_of_the_consumer(&reference, &share).await.as_str(), "ASSOCIATING");
    let end = async || {
        let request = ram(&reference, OWNER).disassociate_resource_share();
        let request = request.resource_share_arn(share.resource_share_arn().unwrap());
        request.principals(CONSUMER).send().await
    };
    assert_eq!(end().await.unwrap_err().code(), Some("InvalidStateTransitionException"));
    reference.time().pass(Duration::from_secs(2));
    assert_eq!(row_of_the_consumer(&reference, &share).await.as_str(), "ASSOCIATED");
    end().await.unwrap();
    assert_eq!(row_of_the_consumer(&reference, &share).await.as_str(), "DISASSOCIATING");
    assert_eq!(listed(&reference, CONSUMER, ResourceOwner::OtherAccounts).await.len(), 1);
    reference.time().pass(Duration::from_secs(2));
    assert_eq!(row_of_the_consumer(&reference, &share).await.as_str(), "DISASSOCIATED");
    assert_eq!(listed(&reference, CONSUMER, ResourceOwner::OtherAccounts).await, []);
}

#[tokio::test]
async fn a_share_that_is_deleted_is_deleting_for_a_while() {
    let reference = late("share=2s");
    let share = shared(&reference).await;
    reference.time().pass(Duration::from_secs(2));
    let request = ram(&reference, OWNER).delete_resource_share();
    request.resource_share_arn(share.resource_share_arn().unwrap()).send().await.unwrap();
    let status = async || {
        let shares = listed(&reference, OWNER, ResourceOwner::SelfValue).await;
        shares[0].status().unwrap().clone()
    };
    assert_eq!(status().await, ResourceShareStatus::Deleting);
    reference.time().pass(Duration::from_secs(2));
    assert_eq!(status().await, ResourceShareStatus::Deleted);
}

#[tokio::test]
async fn an_invitation_reaches_its_receiver_late_and_is_answered_at_once() {
    let reference = late("invitation=1s");
    shared(&reference).await;
    assert_eq!(invitations(&reference, CONSUMER).await, []);
    reference.time().pass(Duration::from_secs(1));
    let received = invitations(&reference, CONSUMER).await;
    let arn = received[0].resource_share_invitation_arn().unwrap();
    let request = ram(&reference, CONSUMER).accept_resource_share_invitation();
    let answer = request.resource_share_invitation_arn(arn).send().await.unwrap();
    let status = |it: &ResourceShareInvitation| it.status().unwrap().clone();
    let accepted = status(answer.resource_share_invitation().unwrap());
    assert_eq!(accepted, ResourceShareInvitationStatus::Accepted);
    let listed = invitations(&reference, CONSUMER).await;
    assert_eq!(status(&listed[0]), ResourceShareInvitationStatus::Pending);
}

#[tokio::test]
async fn a_share_exists_only_in_its_region() {
    let reference = Reference::new();
    let share = shared(&reference).await;
    let region = aws_config::Region::from_static("eu-west-1");
    let elsewhere = config(&reference, OWNER).to_builder().region(region).build();
    let elsewhere = aws_sdk_ram::Client::new(&elsewhere);
    let request = elsewhere.get_resource_shares().resource_owner(ResourceOwner::SelfValue);
    assert_eq!(request.clone().send().await.unwrap().resource_shares(), []);
    let arn = share.resource_share_arn().unwrap();
    let unknown = request.resource_share_arns(arn).send().await.unwrap_err();
    assert_eq!(unknown.code(), Some("UnknownResourceException"));
    let gone = elsewhere.delete_resource_share().resource_share_arn(arn).send().await;
    assert_eq!(gone.unwrap_err().code(), Some("UnknownResourceException"));
    assert_eq!(listed(&reference, OWNER, ResourceOwner::SelfValue).await.len(), 1);
}

#[tokio::test]
async fn a_throttled_call_says_when_to_come_again_and_does_nothing() {
    let faults = "throttling=100%".parse().unwrap();
    let reference = Reference::new();
    let throttled = reference.clone().with_faults(faults);
    let request = ram(&throttled, OWNER).create_resource_share().name("platform");
    let error = request.send().await.unwrap_err();
    assert_eq!(error.code(), Some("ThrottlingException"));
    let response = error.raw_response().unwrap();
    assert_eq!(response.status().as_u16(), 429);
    assert_eq!(response.headers().get("retry-after"), Some("1"));
    let calm = throttled.with_faults("".parse().unwrap());
    assert_eq!(listed(&calm, OWNER, ResourceOwner::SelfValue).await, []);
}

#[tokio::test]
async fn a_call_whose_answer_is_dropped_takes_effect() {
    let reference = Reference::new().with_faults("dropped-after=100%".parse().unwrap());
    let request = ram(&reference, OWNER).create_resource_share().name("platform");
    let error = request.send().await.unwrap_err();
    assert!(error.raw_response().is_none(), "{error:?}");
    let calm = reference.with_faults("".parse().unwrap());
    assert_eq!(listed(&calm, OWNER, ResourceOwner::SelfValue).await.len(), 1);
}
