//! Finds out what a target has, before anything is judged.
//!
//! Unimplemented is told apart from wrong here: each operation is called once in a way that every
//! implementation answers somehow, and the alphabet shrinks to what answered.

use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2;
use bellwether_model::{Account, Call, Name, Shape};

use crate::capabilities::Capabilities;
use crate::scenario::Scenario;
use crate::target::{Target, TargetError};
use crate::wire::Session;

/// The calls of a probe: each operation once, each way to call it once.
pub const PROBE: &str = include_str!("probe.scenario");

/// Probes a target; returns what it has, and the requests that took.
///
/// # Errors
///
/// Nobody answers, or the accounts are not separate.
///
/// # Panics
///
/// The probe's own scenario does not parse, which its test excludes.
pub async fn probe(target: &Target) -> Result<(Capabilities, u64), TargetError> {
    let mut opened = target.open(Shape::Standalone).await?;
    require_separate(target, &mut opened.session).await?;
    let scenario = Scenario::parse("probe", PROBE).expect("the probe's test parses it");
    let mut capabilities = Capabilities::default();
    for (place, step) in scenario.steps().enumerate() {
        let made = step.made_name(place);
        let observation = opened.session.send(step.actor, &step.call, &made).await;
        if let Some(how) = missing(&observation) {
            capabilities.missing.entry(Capabilities::way(&step.call)).or_insert(how);
        }
    }
    let mut requests = opened.session.requests + opened.setup_requests;
    match target.open(Shape::Organization { sharing: false }).await {
        Ok(opened) => requests += opened.setup_requests,
        Err(error) => capabilities.no_organizations = Some(error.to_string()),
    }
    Ok((capabilities, requests))
}

/// How it shows that a target does not have what was called, if so.
fn missing(observation: &Observation) -> Option<String> {
    match observation {
        Observation::Granted(_) | Observation::Refused { .. } => None,
        Observation::Unimplemented(how) => Some(how.clone()),
        Observation::Malformed(how) => Some(format!("its answer can't be read: {how}")),
        Observation::Weather(how) => Some(format!("it fails: {how}")),
        Observation::Unsendable(how) => Some(format!("it can't be called: {how}")),
    }
}

/// Requires that two accounts are two, by what they are told to own.
async fn require_separate(target: &Target, session: &mut Session) -> Result<(), TargetError> {
    let first = owner_of_a_vpc(target, session, Account::OWNER).await?;
    let second = owner_of_a_vpc(target, session, Account::CONSUMER).await?;
    match (first, second) {
        (Some(first), Some(second)) if first == second => Err(TargetError::NotSeparate {
            endpoint: target.connection.url().to_owned(),
            first: session.names.account_id(Account::OWNER),
            second: session.names.account_id(Account::CONSUMER),
            answered: first,
        }),
        (_, _) => Ok(()),
    }
}

/// Makes a VPC as an actor, says whom it belongs to by the answer, and deletes it.
async fn owner_of_a_vpc(
    target: &Target,
    session: &mut Session,
    actor: Account,
) -> Result<Option<String>, TargetError> {
    let name = Name::new(format!("separate.{actor}"));
    let observation = session.send(actor, &ec2::CreateVpc {}.into(), &name).await;
    let unreachable = |cause: &str| TargetError::Unreachable {
        endpoint: target.connection.url().to_owned(),
        cause: format!("CreateVpc as account {}: {cause}", session.names.account_id(actor)),
    };
    let observed = match &observation {
        Observation::Granted(observed) => observed.clone(),
        Observation::Weather(how) | Observation::Malformed(how) => return Err(unreachable(how)),
        Observation::Refused { code, message } if is_about_credentials(code) => {
            return Err(TargetError::Credentials {
                account: session.names.account_id(actor),
                cause: format!("{code}: {message}"),
            });
        }
        Observation::Refused { .. }
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_) => {
            return Ok(None);
        }
    };
    let owner = observed.fields.iter().find(|(field, _)| *field == "OwnerId");
    let owner = owner.map(|(_, owner)| {
        if let Value::Account(account) = owner {
            session.names.account_id(*account)
        } else {
            owner.to_string().trim_matches('"').to_owned()
        }
    });
    let vpc = bellwether_model::parameters::Reference::Named(name.clone());
    let delete: Call = ec2::DeleteVpc { vpc_id: vpc }.into();
    session.send(actor, &delete, &Name::new("")).await;
    Ok(owner)
}

/// Whether a refusal says that the credentials are not good, and nothing of the call.
fn is_about_credentials(code: &str) -> bool {
    const CODES: [&str; 6] = [
        "AuthFailure",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
        "ExpiredToken",
    ];
    CODES.contains(&code)
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::OPERATIONS;

    use super::*;

    #[test]
    fn the_probe_calls_every_operation() {
        let scenario = Scenario::parse("probe", PROBE).unwrap();
        for info in OPERATIONS {
            let mut steps = scenario.steps();
            assert!(steps.any(|step| step.call.operation() == info.name), "{}", info.name);
        }
    }
}
