//! Organizations: accounts, units, services, and those who administer them.

use serde_json::{Value, json};

use super::OWNER;
use super::asked::Caller;
use crate::reference::Reference;

/// The management account of a new organization, and the id of its root.
fn founded() -> (Caller, String) {
    let owner = Caller::new(&Reference::new(), OWNER);
    assert_eq!(owner.organizations("CreateOrganization", &json!({})).status, 200);
    let roots = owner.organizations("ListRoots", &json!({})).body;
    (owner, roots["Roots"][0]["Id"].as_str().unwrap().to_owned())
}

/// The outcome of a request for an account.
fn created(owner: &Caller, email: &str) -> Value {
    let asked = json!({ "AccountName": "dev", "Email": email });
    owner.organizations("CreateAccount", &asked).body["CreateAccountStatus"].clone()
}

/// The id of a new unit in this parent.
fn unit(owner: &Caller, parent: &str, name: &str) -> String {
    let asked = json!({ "ParentId": parent, "Name": name });
    let made = owner.organizations("CreateOrganizationalUnit", &asked).body;
    made["OrganizationalUnit"]["Id"].as_str().unwrap().to_owned()
}

#[test]
fn an_account_has_a_state_and_the_path_to_where_it_lies() {
    let (owner, root) = founded();
    let (outer, account) = (unit(&owner, &root, "a"), created(&owner, "dev@example.com"));
    let inner = unit(&owner, &outer, "b");
    let account = account["AccountId"].as_str().unwrap();
    let moved = json!({
        "AccountId": account, "SourceParentId": root, "DestinationParentId": inner,
    });
    assert_eq!(owner.organizations("MoveAccount", &moved).status, 200);
    let asked = json!({ "AccountId": account });
    let shown = owner.organizations("DescribeAccount", &asked).body["Account"].clone();
    let organization = owner.organizations("DescribeOrganization", &json!({})).body;
    let organization = organization["Organization"]["Id"].as_str().unwrap();
    assert_eq!(shown["State"], "ACTIVE");
    let path = format!("{organization}/{root}/{outer}/{inner}/{account}/");
    assert_eq!(shown["Paths"], json!([path]));
}

#[test]
fn an_account_with_a_taken_address_fails() {
    let (owner, _) = founded();
    assert_eq!(created(&owner, "dev@example.com")["State"], "SUCCEEDED");
    let failed = created(&owner, "Dev@example.com");
    assert_eq!(failed["State"], "FAILED");
    assert_eq!(failed["FailureReason"], "EMAIL_ALREADY_EXISTS");
    assert_eq!(failed["AccountId"], Value::Null);
    let asked = json!({ "CreateAccountRequestId": failed["Id"] });
    let again = owner.organizations("DescribeCreateAccountStatus", &asked).body;
    assert_eq!(again["CreateAccountStatus"], failed);
    let accounts = owner.organizations("ListAccounts", &json!({})).body;
    assert_eq!(accounts["Accounts"].as_array().unwrap().len(), 2);
}

#[test]
fn the_children_of_a_parent_are_listed_by_their_type() {
    let (owner, root) = founded();
    let inside = unit(&owner, &root, "a");
    let children = |parent: &str, of_type: &str| {
        let asked = json!({ "ParentId": parent, "ChildType": of_type });
        owner.organizations("ListChildren", &asked)
    };
    let account = json!([{ "Id": OWNER, "Type": "ACCOUNT" }]);
    assert_eq!(children(&root, "ACCOUNT").body["Children"], account);
    let units = json!([{ "Id": inside, "Type": "ORGANIZATIONAL_UNIT" }]);
    assert_eq!(children(&root, "ORGANIZATIONAL_UNIT").body["Children"], units);
    assert_eq!(children(&inside, "ACCOUNT").body["Children"], json!([]));
    assert_eq!(children(&root, "USER").code, "InvalidInputException");
    assert_eq!(children("r-none", "ACCOUNT").code, "ParentNotFoundException");
    let accounts = owner.organizations("ListAccountsForParent", &json!({ "ParentId": root }));
    assert_eq!(accounts.body["Accounts"][0]["Id"], OWNER);
}

#[test]
fn a_unit_is_described_with_its_path() {
    let (owner, root) = founded();
    let inside = unit(&owner, &root, "a");
    let describe = |id: &str| {
        let asked = json!({ "OrganizationalUnitId": id });
        owner.organizations("DescribeOrganizationalUnit", &asked)
    };
    let shown = describe(&inside).body["OrganizationalUnit"].clone();
    assert_eq!(shown["Name"], "a");
    assert!(shown["Path"].as_str().unwrap().ends_with(&format!("/{root}/{inside}/")), "{shown}");
    let unknown = describe("ou-none-11111111");
    assert_eq!(unknown.code, "OrganizationalUnitNotFoundException");
}

#[test]
fn trusted_access_of_any_service_is_kept_and_listed() {
    let (owner, _) = founded();
    let services = || {
        let listed = owner.organizations("ListAWSServiceAccessForOrganization", &json!({})).body;
        let listed = listed["EnabledServicePrincipals"].as_array().unwrap().clone();
        listed.iter().map(|it| it["ServicePrincipal"].clone()).collect::<Vec<_>>()
    };
    for service in ["ram.amazonaws.com", "config.amazonaws.com"] {
        let asked = json!({ "ServicePrincipal": service });
        assert_eq!(owner.organizations("EnableAWSServiceAccess", &asked).status, 200);
    }
    assert_eq!(services(), ["config.amazonaws.com", "ram.amazonaws.com"]);
    let config = json!({ "ServicePrincipal": "config.amazonaws.com" });
    assert_eq!(owner.organizations("DisableAWSServiceAccess", &config).status, 200);
    assert_eq!(services(), ["ram.amazonaws.com"]);
    let nonsense = json!({ "ServicePrincipal": "nonsense.example" });
    let refused = owner.organizations("EnableAWSServiceAccess", &nonsense);
    assert_eq!(refused.code, "InvalidInputException");
}

#[test]
fn a_delegated_administrator_reads_what_the_management_account_reads() {
    let (owner, _) = founded();
    let account = created(&owner, "dev@example.com")["AccountId"].as_str().unwrap().to_owned();
    let member = Caller { key: account.clone(), ..owner.clone() };
    let list = || member.organizations("ListAccounts", &json!({}));
    assert_eq!(list().code, "AccessDeniedException");
    let delegated = json!({ "AccountId": account, "ServicePrincipal": "config.amazonaws.com" });
    let register = || owner.organizations("RegisterDelegatedAdministrator", &delegated);
    assert_eq!(register().status, 200);
    assert_eq!(register().code, "AccountAlreadyRegisteredException");
    assert_eq!(list().status, 200);
    let administrators = owner.organizations("ListDelegatedAdministrators", &json!({})).body;
    assert_eq!(administrators["DelegatedAdministrators"][0]["Id"], json!(account));
    let deregister = || owner.organizations("DeregisterDelegatedAdministrator", &delegated);
    assert_eq!(deregister().status, 200);
    assert_eq!(deregister().code, "AccountNotRegisteredException");
    assert_eq!(list().code, "AccessDeniedException");
}

#[test]
fn the_management_account_is_no_delegated_administrator() {
    let (owner, _) = founded();
    let own = json!({ "AccountId": OWNER, "ServicePrincipal": "config.amazonaws.com" });
    let refused = owner.organizations("RegisterDelegatedAdministrator", &own);
    assert_eq!(refused.code, "ConstraintViolationException");
}
