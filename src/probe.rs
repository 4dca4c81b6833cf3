//! Finds out what a target has, before anything is judged.
//!
//! Unimplemented is told apart from wrong here: each operation is called once in a way that every
//! implementation answers somehow, and the alphabet shrinks to what answered.

mod faults;

use std::collections::BTreeSet;
use std::time::Duration;

use bellwether_model::answer::Value;
use bellwether_model::judge::{Cause, Observation};
use bellwether_model::operations::{Service, ec2};
use bellwether_model::{Account, Answer, Call, Name, Region, Shape, World};
use faults::{Faults, Patience};

use crate::capabilities::Capabilities;
use crate::scenario::{Scenario, Step};
use crate::target::{Opened, Target, TargetError};
use crate::wire::retry::Next;

/// The calls of a probe: each operation once, each way to call it once.
pub const PROBE: &str = include_str!("probe.scenario");

/// Probes a target; returns its capabilities, and the number of requests.
///
/// # Errors
///
/// Nobody answers, or the accounts are not separate.
///
/// # Panics
///
/// The probe's own scenario does not parse, which its test excludes.
pub async fn probe(target: &Target) -> Result<(Capabilities, u64), TargetError> {
    let Pass { mut capabilities, mut requests, mut faults, mut had_faults } =
        Pass::of(target, 0, Patience::Short).await?;
    // A transient fault may hide what the target has: what is missing is missing every time.
    for attempt in 1..PASSES_MAX {
        if !had_faults || capabilities.missing.is_empty() {
            break;
        }
        let may_last = attempt == 1 && faults.all_last();
        let patience = if may_last { Patience::Short } else { Patience::Full };
        let again = Pass::of(target, attempt, patience).await?;
        capabilities.missing.retain(|way, _| again.capabilities.missing.contains_key(way));
        requests += again.requests;
        had_faults = again.had_faults;
        if may_last && again.faults.are_those_of(&faults) {
            break;
        }
        faults = again.faults;
    }
    require_something(target, &capabilities)?;
    match target.open(Shape::Organization { sharing: false }, target.assumptions).await {
        Ok(opened) => requests += opened.setup_requests,
        Err(error) => capabilities.no_organizations = Some(error.to_string()),
    }
    Ok((capabilities, requests))
}

/// The first pause before a call is made again; it doubles up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_millis(50);

/// The longest pause before a call is made again.
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// The number of refusals that are waited out until one is taken for missing at once. A target
/// that refuses plain calls for good is not late.
const REFUSED_WAITS_MAX: u32 = 3;

/// The most passes of a probe through a target that has transient faults, the first look included.
const PASSES_MAX: u64 = 7;

/// One pass of a probe through all operations, in fresh accounts.
#[derive(Debug)]
struct Pass {
    capabilities: Capabilities,
    requests: u64,
    /// The faults that its calls met.
    faults: Faults,
    /// Whether any request met a fault.
    had_faults: bool,
}

impl Pass {
    /// Makes a pass, with the transient faults of this attempt.
    async fn of(target: &Target, attempt: u64, patience: Patience) -> Result<Self, TargetError> {
        let mut opened = target.open_in(Shape::Standalone, target.assumptions, attempt).await?;
        require_separate(target, &mut opened).await?;
        let scenario = Scenario::parse("probe", PROBE).expect("the probe's test parses it");
        let mut capabilities = Capabilities::default();
        let mut world = World::new(Shape::Standalone).assuming(target.assumptions);
        let mut there: BTreeSet<Name> = BTreeSet::new();
        // What is missing after a second look was so after the first one, which has waited for it.
        let is_second_look = attempt > 0 && patience == Patience::Short;
        let mut refused_waits = if is_second_look { REFUSED_WAITS_MAX } else { 0 };
        let mut asking =
            Asking { patience, orphans: Orphans::default(), faults: Faults::default() };
        for (place, step) in scenario.steps().enumerate() {
            let made = step.made_name(place);
            let is_plain = is_granted(&mut world, step, &made);
            let names = step.call.names();
            let may_come = !names.is_empty() && names.into_iter().all(|name| there.contains(name));
            let waits = may_come && refused_waits < REFUSED_WAITS_MAX;
            let bound = if waits { target.bound.longest() } else { Duration::ZERO };
            let asked = Asked { place, step, made: &made, is_plain, bound };
            let how = asking.lack(&mut opened, &asked).await;
            if let Some((how, waited)) = how {
                refused_waits += u32::from(waited && waits);
                capabilities.missing.entry(Capabilities::way(&step.call)).or_insert(how);
            } else {
                there.insert(made);
            }
        }
        let requests = opened.session.requests + opened.setup_requests;
        let had_faults = opened.session.had_transient_faults;
        Ok(Self { capabilities, requests, faults: asking.faults, had_faults })
    }
}

/// A step of the probe, as a target is asked it.
struct Asked<'s> {
    place: usize,
    step: &'s Step,
    /// The name of what it makes.
    made: &'s Name,
    /// Whether the model grants it.
    is_plain: bool,
    /// The longest time that what it names may be a while in coming.
    bound: Duration,
}

/// The asking of one pass.
struct Asking {
    patience: Patience,
    orphans: Orphans,
    faults: Faults,
}

impl Asking {
    /// The sign that a target does not have what a step calls, if it does not, and whether that was waited
    /// for. The resources of the steps before may be a while in coming, and calls that lack them are
    /// refused meanwhile.
    async fn lack(&mut self, opened: &mut Opened, asked: &Asked<'_>) -> Option<(String, bool)> {
        let Asked { place, step, made, is_plain, bound } = *asked;
        let begun = opened.clock.now();
        let mut pause = PAUSE;
        loop {
            let sent = send(opened, step.actor, &step.call, Some(made), self.patience).await;
            let (observation, had_fault) = sent;
            self.orphans.note(&step.call, had_fault);
            self.faults.note(place, &observation, had_fault);
            if self.orphans.explain(&step.call, &observation) {
                return None;
            }
            let how = missing(&step.call, is_plain, &observation)?;
            let may_come =
                matches!(observation, Observation::Refused { .. } | Observation::Unsendable(_));
            if !may_come || opened.clock.since(begun) >= bound {
                return Some((how, may_come));
            }
            opened.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }
}

/// Resources that a probe may have made twice, since the first answer was lost.
#[derive(Debug, Default)]
struct Orphans {
    may_be: bool,
}

impl Orphans {
    /// Records a call, and whether an answer to it was lost before the last one.
    fn note(&mut self, call: &Call, had_fault: bool) {
        self.may_be |= had_fault && call.writes();
    }

    /// Whether a refusal shows nothing, since an orphan may be inside of what the call deletes.
    fn explain(&self, call: &Call, observation: &Observation) -> bool {
        let is_refused = matches!(observation, Observation::Refused { .. });
        self.may_be && is_refused && call.info().blocked_by_orphans
    }
}

/// Finds out whether a target can be asked anything, before a scenario is played against it.
///
/// # Errors
///
/// Nobody answers, or the accounts are not separate.
pub async fn preflight(target: &Target) -> Result<(), TargetError> {
    let mut opened = target.open(Shape::Standalone, target.assumptions).await?;
    require_separate(target, &mut opened).await
}

/// Sends a call; again if it meets a transient fault. Nothing that a probe calls does harm twice. Returns
/// the last observation, and whether a call before it may have taken effect unseen.
async fn send(
    opened: &mut Opened,
    actor: Account,
    call: &Call,
    made: Option<&Name>,
    patience: Patience,
) -> (Observation, bool) {
    let mut had_fault = false;
    for attempt in 1.. {
        let observation = opened.session.send(actor, call, made).await;
        let Observation::Indeterminate(fault) = &observation else {
            return (observation, had_fault);
        };
        had_fault |= fault.cause != Cause::Throttled;
        match opened.session.after_fault(patience.policy(fault), fault, attempt, true) {
            Next::RetryAfter(pause) => opened.clock.wait(pause).await,
            Next::GiveUp => return (observation, had_fault),
        }
    }
    unreachable!("the attempts do not end")
}

/// Requires that the target has any operation at all.
fn require_something(target: &Target, capabilities: &Capabilities) -> Result<(), TargetError> {
    if capabilities.operations().values().any(|has| *has) {
        return Ok(());
    }
    let example = capabilities.missing.get("CreateVpc").map_or("", String::as_str);
    Err(TargetError::Foreign {
        endpoint: target.connection.url().to_owned(),
        cause: format!("it has none of the operations; CreateVpc: {example}"),
    })
}

/// Whether the model grants a step of the probe, or assumes so where that is open; the world moves on as
/// if it were alone in it.
fn is_granted(world: &mut World, step: &Step, made: &Name) -> bool {
    match step.call.assume(world, step.actor, made) {
        Answer::Granted(_) => true,
        Answer::Refused(_) => false,
        Answer::Open(open) => open.granted,
    }
}

/// Returns the answer that shows that a target lacks an operation, if it does.
///
/// A plain call of another service by the owner of everything in it does not depend on sharing:
/// where a target refuses even that, for want of a parameter or of a resource, nothing is
/// judged by it. So it is with a second Region, which a target need not have. A call that is not plain is
/// expected to be refused, so any will do.
fn missing(call: &Call, is_plain: bool, observation: &Observation) -> Option<String> {
    let is_judged = call.service() == Service::Ram && call.region() == Region::HOME;
    match observation {
        Observation::Refused { code, message } if is_plain && !is_judged => {
            Some(format!("it refuses a plain call: {code}: {message}"))
        }
        Observation::Granted(_) | Observation::Refused { .. } => None,
        Observation::Unimplemented(how) => Some(how.clone()),
        Observation::Malformed(how) => Some(format!("its answer can't be read: {how}")),
        Observation::Indeterminate(fault) => Some(match fault.cause {
            // A call that succeeds and is answered in another form is there, and is judged.
            Cause::Unreadable => return None,
            Cause::Foreign => format!("its answer can't be read: {}", fault.detail),
            Cause::Throttled | Cause::ServerError | Cause::NoResponse | Cause::ConnectionLost => {
                format!("it fails: {}", fault.detail)
            }
        }),
        Observation::Unsendable(how) => Some(format!("it can't be called: {how}")),
    }
}

/// Requires that two accounts are distinct, by the resources that they are shown to own.
async fn require_separate(target: &Target, opened: &mut Opened) -> Result<(), TargetError> {
    let first = owner_of_a_vpc(target, opened, Account::OWNER).await?;
    let second = owner_of_a_vpc(target, opened, Account::CONSUMER).await?;
    let session = &opened.session;
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
    opened: &mut Opened,
    actor: Account,
) -> Result<Option<String>, TargetError> {
    let name = Name::new(format!("separate.{actor}"));
    let create: Call = ec2::CreateVpc::default().into();
    let (observation, _) = send(opened, actor, &create, Some(&name), Patience::Full).await;
    let account = opened.session.names.account_id(actor);
    let endpoint = target.connection.url().to_owned();
    let tried = |how: &str| format!("CreateVpc as account {account}: {how}");
    let observed = match observation {
        Observation::Granted(observed) => observed,
        Observation::Indeterminate(fault) => {
            let cause = tried(&fault.detail);
            return Err(match fault.cause {
                Cause::NoResponse | Cause::ConnectionLost => {
                    TargetError::Unreachable { endpoint, cause }
                }
                Cause::Throttled | Cause::ServerError | Cause::Unreadable | Cause::Foreign => {
                    TargetError::Foreign { endpoint, cause }
                }
            });
        }
        Observation::Malformed(how) => {
            return Err(TargetError::Foreign { endpoint, cause: tried(&how) });
        }
        Observation::Refused { code, message } if is_about_credentials(&code) => {
            let cause = format!("CreateVpc: {code}: {message}");
            return Err(TargetError::Refused { endpoint, account, cause });
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
            opened.session.names.account_id(*account)
        } else {
            owner.to_string().trim_matches('"').to_owned()
        }
    });
    let vpc = bellwether_model::parameters::Reference::Named(name.clone());
    let delete: Call = ec2::DeleteVpc { vpc_id: vpc }.into();
    send(opened, actor, &delete, None, Patience::Full).await;
    Ok(owner)
}

/// Whether a refusal says that the credentials are not good, and nothing of the call.
fn is_about_credentials(code: &str) -> bool {
    const CODES: [&str; 14] = [
        "AccessDenied",
        "AccessDeniedException",
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "OptInRequired",
        "SignatureDoesNotMatch",
        "UnauthorizedOperation",
        "UnrecognizedClientException",
    ];
    CODES.contains(&code)
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::OPERATIONS;
    use bellwether_model::parameters::Reference;

    use super::*;

    #[test]
    fn the_probe_calls_every_operation() {
        let scenario = Scenario::parse("probe", PROBE).unwrap();
        for info in OPERATIONS {
            let mut steps = scenario.steps();
            assert!(steps.any(|step| step.call.operation() == info.name), "{}", info.name);
        }
    }

    #[test]
    fn the_probe_calls_the_second_region() {
        let scenario = Scenario::parse("probe", PROBE).unwrap();
        let mut ways = scenario.steps().map(|step| Capabilities::way(&step.call));
        assert!(ways.any(|way| way == "GetResourceShares in away"));
    }

    #[test]
    fn a_second_region_that_refuses_a_plain_call_is_missing() {
        let list = Call::from(bellwether_model::operations::ram::GetResourceShares::default());
        let refused = Observation::Refused { code: "AuthFailure".into(), message: String::new() };
        assert_eq!(missing(&list, true, &refused), None);
        assert!(missing(&list.made_in(Region::AWAY), true, &refused).is_some());
    }

    #[test]
    fn what_was_made_twice_excuses_a_refused_deletion_and_nothing_else() {
        let named = || Reference::Named(Name::new("vpc"));
        let create: Call = ec2::CreateVpc::default().into();
        let delete: Call = ec2::DeleteVpc { vpc_id: named() }.into();
        let list: Call = ec2::DescribeVpcs::default().into();
        let refused =
            Observation::Refused { code: "DependencyViolation".into(), message: String::new() };
        let mut orphans = Orphans::default();
        orphans.note(&create, false);
        assert!(!orphans.explain(&delete, &refused), "no answer was lost");
        orphans.note(&create, true);
        assert!(orphans.explain(&delete, &refused));
        assert!(!orphans.explain(&list, &refused), "it deletes nothing");
    }
}
