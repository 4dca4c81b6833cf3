//! Tests of the translation of answers, also of those that only some targets give.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Cause, Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::{
    AcceptResourceShareInvitation, AssociateResourceShare, CreateResourceShare,
    DisassociateResourceShare, GetResourceShareInvitations, GetResourceShares, ListResourceTypes,
};
use bellwether_model::parameters::InvitationRef;
use bellwether_model::{Account, Call, Name, Principal};

use crate::connector;
use crate::connector::tests::config;
use crate::reference::Reference;
use crate::wire::{Clients, Names, Session, lazy};

const ARN: &str = "arn:aws:ram:us-east-1:111122223333:resource-share/a";

/// Bodies that are answered one after the other, whatever is asked, as a browser's page.
#[derive(Clone, Debug)]
struct Script {
    bodies: Arc<Mutex<VecDeque<&'static str>>>,
}

impl HttpConnector for Script {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let body = self.bodies.lock().unwrap().pop_front().unwrap();
        let mut response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(body));
        let content_type = "text/html; charset=utf-8";
        response.headers_mut().insert("content-type", content_type);
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// The owner and the consumer, whose requests all go through this client.
fn session(http: &SharedHttpClient) -> Session {
    let mut ids = BTreeMap::new();
    ids.insert(Account::OWNER, "111122223333".to_owned());
    ids.insert(Account::CONSUMER, "444455556666".to_owned());
    let clients = ids.iter().map(|(actor, id)| {
        let config = config(&Reference::new(), id).into_builder();
        let config = config.http_client(http.clone()).build();
        let ram = aws_sdk_ram::Client::new(&config);
        let ec2 = aws_sdk_ec2::Client::new(&config);
        let with = config.clone();
        let licensemanager = lazy(move || aws_sdk_licensemanager::Client::new(&with));
        let with = config.clone();
        let organizations = lazy(move || aws_sdk_organizations::Client::new(&with));
        let with = config.clone();
        let route53 = lazy(move || aws_sdk_route53::Client::new(&with));
        let with = config.clone();
        let route53profiles = lazy(move || aws_sdk_route53profiles::Client::new(&with));
        let route53resolver = lazy(move || aws_sdk_route53resolver::Client::new(&config));
        let clients = Clients {
            ram,
            ec2,
            licensemanager,
            organizations,
            route53,
            route53profiles,
            route53resolver,
        };
        (*actor, clients)
    });
    let clients = clients.collect();
    let mut names = Names::default();
    names.set_accounts(ids);
    Session::new(clients, names)
}

/// Returns the owner's observation of a call whose requests get these answers. It knows the share
/// `a`.
async fn observed(call: impl Into<Call>, bodies: &[&'static str]) -> Observation {
    let script = Script { bodies: Arc::new(Mutex::new(bodies.iter().copied().collect())) };
    let left = script.bodies.clone();
    let http = http_client_fn(move |_, _| SharedHttpConnector::new(script.clone()));
    let mut session = session(&http);
    session.names.keep_id(&"a".into(), ARN);
    let observation = session.send(Account::OWNER, &call.into(), Some(&"made".into())).await;
    assert!(left.lock().unwrap().is_empty(), "answers are left");
    observation
}

/// The keys of the rows of a granted list.
fn keys(observation: &Observation) -> Vec<Key> {
    let Observation::Granted(observed) = observation else { panic!("{observation:?}") };
    observed.rows.iter().map(|row| row.key.clone()).collect()
}

#[tokio::test]
async fn json_that_calls_itself_html_is_read() {
    let body = r#"{"resourceShare": {"resourceShareArn": "arn:b", "name": "bellwether",
        "owningAccountId": "111122223333", "allowExternalPrincipals": true,
        "status": "ACTIVE"}}"#;
    let observation = observed(CreateResourceShare::default(), &[body]).await;
    let expected = Observed::default()
        .with("status", Value::Text("ACTIVE".into()))
        .with("name", Value::Text("bellwether".into()))
        .with("owningAccountId", Value::Account(Account::OWNER))
        .with("allowExternalPrincipals", Value::Flag(true))
        .with("retainSharingOnAccountLeaveOrganization", Value::Missing)
        .with("featureSet", Value::Missing)
        .with("tags", Value::Missing)
        .with("creationTime", Value::Missing)
        .with("lastUpdatedTime", Value::Missing)
        .with("clientToken", Value::Missing)
        .with("resourceShareArn", Value::Text("made".into()));
    assert_eq!(observation, Observation::Granted(expected));
}

#[tokio::test]
async fn a_call_that_names_an_account_of_another_world_is_not_sent() {
    let principals = vec![Principal::Account(Account::MEMBER)];
    let call = CreateResourceShare { principals, ..Default::default() };
    let observation = observed(call, &[]).await;
    assert!(matches!(observation, Observation::Unsendable(_)), "{observation:?}");
}

#[tokio::test]
async fn a_list_goes_on_after_an_empty_page() {
    let pages = [
        r#"{"resourceTypes": [], "nextToken": "1"}"#,
        r#"{"nextToken": "2"}"#,
        r#"{"resourceTypes": [{"resourceType": "ec2:Subnet"}]}"#,
    ];
    let observation = observed(ListResourceTypes::default(), &pages).await;
    assert_eq!(keys(&observation), [Key::Type("ec2:Subnet".into())]);
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_malformed() {
    let pages = [r#"{"nextToken": "1"}"#; 2];
    let observation = observed(ListResourceTypes::default(), &pages).await;
    assert!(matches!(observation, Observation::Malformed(_)), "{observation:?}");
}

#[tokio::test]
async fn a_share_without_an_arn_is_malformed() {
    for body in ["{}", r#"{"resourceShare": {"name": "b"}}"#] {
        let observation = observed(CreateResourceShare::default(), &[body]).await;
        assert!(matches!(observation, Observation::Malformed(_)), "{observation:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_unreadable() {
    let observation = observed(ListResourceTypes::default(), &["<p>Hello</p>"]).await;
    let Observation::Indeterminate(fault) = &observation else { panic!("{observation:?}") };
    assert_eq!(fault.cause, Cause::Unreadable, "{observation:?}");
}

#[tokio::test]
async fn the_shares_of_strangers_are_left_out_and_missing_members_are_not() {
    let page = r#"{"resourceShares": [
        {"resourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/other"},
        {"resourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/a",
         "owningAccountId": "999999999999"}]}"#;
    let observation = observed(GetResourceShares::default(), &[page]).await;
    let row = ObservedRow::of(Key::Share("a".into()))
        .with("status", Value::Missing)
        .with("name", Value::Missing)
        .with("owningAccountId", Value::Text("999999999999".into()))
        .with("allowExternalPrincipals", Value::Missing)
        .with("retainSharingOnAccountLeaveOrganization", Value::Missing)
        .with("featureSet", Value::Missing)
        .with("tags", Value::Missing)
        .with("creationTime", Value::Missing)
        .with("lastUpdatedTime", Value::Missing);
    let fields = vec![("maxResults", Value::Number(2))];
    let expected = Observed { fields, rows: vec![row] };
    assert_eq!(observation, Observation::Granted(expected));
}

#[tokio::test]
async fn invitations_are_numbered_by_their_times() {
    let page = r#"{"resourceShareInvitations": [
        {"resourceShareInvitationArn": "arn:2", "invitationTimestamp": 2.0, "status": "PENDING",
         "resourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/a"},
        {"resourceShareInvitationArn": "arn:1", "invitationTimestamp": 1.0, "status": "ACCEPTED",
         "resourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/a"}]}"#;
    let observation = observed(GetResourceShareInvitations::default(), &[page]).await;
    let Observation::Granted(observed) = &observation else { panic!("{observation:?}") };
    let statuses = observed.rows.iter().map(|row| (&row.key, &row.fields[0].1));
    let key = |number| Key::Invitation("a".into(), Account::OWNER, number);
    let expected =
        [(&key(0), &Value::Text("ACCEPTED".into())), (&key(1), &Value::Text("PENDING".into()))];
    assert_eq!(statuses.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn the_newest_invitation_is_answered_though_an_older_one_is_known() {
    let mut session = session(&connector::client(Reference::new()));
    let share = Name::new("share");
    let principals = vec![Principal::Account(Account::CONSUMER)];
    let named = || share.as_str().into();
    let create = CreateResourceShare { principals: principals.clone(), ..Default::default() };
    let invitation =
        InvitationRef::To { share: share.clone(), receiver: Account::CONSUMER, number: None };
    let accept = AcceptResourceShareInvitation { invitation, ..Default::default() };
    let remove = DisassociateResourceShare {
        share: named(),
        principals: principals.clone(),
        ..Default::default()
    };
    let again = AssociateResourceShare { share: named(), principals, ..Default::default() };
    let steps: [(Account, Call); 5] = [
        (Account::OWNER, create.into()),
        (Account::CONSUMER, accept.clone().into()),
        (Account::OWNER, remove.into()),
        (Account::OWNER, again.into()),
        (Account::CONSUMER, accept.into()),
    ];
    for (actor, call) in steps {
        let observation = session.send(actor, &call, Some(&share)).await;
        assert!(matches!(observation, Observation::Granted(_)), "{call:?} {observation:?}");
    }
    // Each acceptance took a list first.
    assert_eq!(session.requests, 7);
}
