//! Refusals as RAM words them.
//!
//! Messages are for people, and for clients that look into them: recorded ones are repeated
//! where they are known, else the rule itself is the message.

use bellwether_model::Principal;
use bellwether_model::answer::Refusal;
use bellwether_model::rules::{
    Rule, association, invitation, organization, permission, principal, read, resource, share,
};

use http::StatusCode;

use super::input::Input;
use crate::reference::json::Failure;
use crate::reference::refusals::cited;

/// The error of a refused call: the first code of the first rule that refuses it.
pub(super) fn failure(refusal: &Refusal, input: &Input) -> Failure {
    let (rule, codes) = cited(refusal.broken.iter().copied()).unwrap_or((refusal.rule(), &[]));
    let code = codes.first().copied().unwrap_or("InvalidParameterException");
    let failure = Failure::new(code, message(rule, code, input));
    if code == "PermissionAlreadyExistsException" {
        return failure.with_status(StatusCode::CONFLICT);
    }
    failure
}

const OUTSIDE_ONLY: &str = "The resource you are attempting to share can only be shared within your AWS Organization. This error may also occur if you have not enabled sharing with your AWS organization, or that onboarding process is still in progress.";

fn message(rule: &Rule, code: &str, input: &Input) -> String {
    let is = |other: &[&Rule]| other.contains(&rule);
    if code == "UnknownResourceException"
        && is(&[
            &share::KNOWN_TO_THE_CALLER,
            &share::WRITTEN_BY_ITS_OWNER_ALONE,
            &share::FINAL_ONCE_DELETED,
            &association::LEFT_BEFORE_ACCEPTANCE,
            &read::UNKNOWN_SHARE_REFUSED,
            &read::ENDED_SHARE_REFUSED,
            &read::SHARE_OF_THE_OTHER_SIDE_REFUSED,
        ])
    {
        return format!("ResourceShare {} could not be found.", share_arn(input));
    }
    if is(&[&share::NAMED_BY_AN_ARN]) {
        return "The specified resource share ARN is not valid. Verify the ARN and try again."
            .to_owned();
    }
    if is(&[
        &principal::ORGANIZATION_BY_ARN,
        &principal::UNIT_BY_ARN,
        &principal::ACCOUNT_BY_ID,
        &principal::IN_AN_ACCEPTED_FORM,
    ]) {
        let id = first_principal(input, |it| matches!(it, Principal::Literal(_)));
        return format!("Principal ID {id} is malformed. Verify the ID and try again.");
    }
    if is(&[
        &principal::ORGANIZATION_RESOLVED,
        &principal::UNIT_RESOLVED,
        &principal::RESOLVED_ONCE_FULLY_ENABLED,
        &principal::OF_THE_OWN_ORGANIZATION,
    ]) {
        return not_found_in_organizations(input);
    }
    if is(&[&principal::OUTSIDERS_WHERE_ALLOWED, &principal::OUTSIDERS_OF_A_STANDALONE_OWNER]) {
        let id = first_principal(input, |it| it.account().is_some());
        return format!(
            "Principal {id} is not in your AWS organization. You do not have permission to add external AWS accounts to a resource share."
        );
    }
    if is(&[
        &resource::KEPT_INSIDE_THE_ORGANIZATION,
        &resource::GATEWAY_IN_A_CLOSED_SHARE,
        &resource::IN_A_CLOSED_SHARE,
        &share::CLOSED_TO_OUTSIDERS_OUTSIDE_AN_ORGANIZATION,
    ]) {
        return OUTSIDE_ONLY.to_owned();
    }
    message_about_the_rest(rule, input)
}

fn message_about_the_rest(rule: &Rule, input: &Input) -> String {
    let is = |other: &[&Rule]| other.contains(&rule);
    let text = |key| input.text(key).unwrap_or_default();
    if is(&[&resource::NAMED_BY_AN_ARN]) {
        let arns = input.texts("resourceArns").unwrap_or_default();
        let arn = arns.iter().find(|arn| !arn.starts_with("arn:"));
        let arn = arn.copied().unwrap_or_default();
        return format!(
            "The specified resource ARN {arn} is not valid. Verify the ARN and try again."
        );
    }
    if is(&[&read::OWNER_STATED]) {
        return format!(
            "{} is not a valid resource owner. Specify either SELF or OTHER-ACCOUNTS and try again.",
            text("resourceOwner")
        );
    }
    if is(&[&read::STATUS_AND_SHARES_APART]) {
        return "You cannot use ResourceShareArns and AssociationStatus in one request".to_owned();
    }
    if is(&[&organization::ENABLED_BY_MANAGEMENT_ALONE]) {
        return "Unable to enable sharing with AWS Organizations. Received AccessDeniedException from AWSOrganizations with the following error message: You don't have permissions to access this resource.".to_owned();
    }
    if is(&[&invitation::KNOWN, &invitation::OPEN_TO_ITS_RECEIVER]) {
        return format!(
            "ResourceShareInvitation {} could not be found.",
            text("resourceShareInvitationArn")
        );
    }
    message_about_permissions(rule, input)
}

fn message_about_permissions(rule: &Rule, input: &Input) -> String {
    let is = |other: &[&Rule]| other.contains(&rule);
    let text = |key| input.text(key).unwrap_or_default();
    if is(&[&permission::OF_A_SHAREABLE_TYPE]) {
        return format!("Invalid resource type: {}", text("resourceType"));
    }
    if is(&[&permission::NAMED_UNIQUELY]) {
        return format!("The permission {} already exists.", text("name"));
    }
    if is(&[&permission::TEMPLATE_BLOCKS_SPELLED]) {
        return "InvalidPolicy: Invalid policy format.".to_owned();
    }
    if is(&[&permission::TEMPLATE_ALLOWS]) {
        return "InvalidPolicy: Only the Allow effect is supported".to_owned();
    }
    if is(&[&permission::TEMPLATE_OF_THREE_BLOCKS]) {
        return "InvalidPolicy: Only effect, action, and condition blocks can exist in permission policy".to_owned();
    }
    if is(&[&permission::SCOPE_KNOWN]) {
        let scope = text("permissionType");
        return format!("{scope} is not a valid scope. Must be one of: ALL, AWS, LOCAL.");
    }
    if is(&[&permission::DETACHED_ONCE]) {
        let arn = text("permissionArn");
        return format!("Permission {arn} has already been disassociated.");
    }
    rule.says.to_owned()
}

/// The ARN of the share that the request is about.
fn share_arn(input: &Input) -> &str {
    let single = input.text("resourceShareArn").unwrap_or_default();
    if single.is_empty() {
        let all = input.texts("resourceShareArns").unwrap_or_default();
        return all.first().copied().unwrap_or_default();
    }
    single
}

/// The first principal in the request that is so.
fn first_principal(input: &Input, is_so: fn(&Principal) -> bool) -> &str {
    let principals = input.texts("principals").unwrap_or_default();
    let found = principals.into_iter().find(|text| is_so(&Principal::read(text)));
    found.unwrap_or_default()
}

/// The message about an organization or a unit that RAM does not find.
fn not_found_in_organizations(input: &Input) -> String {
    let inside = |it: &Principal| {
        matches!(it, Principal::Organization(_) | Principal::OrganizationalUnit(_))
    };
    let arn = first_principal(input, inside);
    if let Principal::OrganizationalUnit(unit) = Principal::read(arn) {
        return format!("OrganizationalUnit {unit} in unknown organization could not be found.");
    }
    format!("Organization {} could not be found.", last_part(arn))
}

fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
