//! Fixtures: resources that calls need beside those of their scenario, such as a VPC for a subnet,
//! a security group for a launch, or an image.
//!
//! Each is made when it is first needed, by the account that needs it, and used again after. What
//! comes of making it is not an answer to the call itself.

pub(in crate::wire) mod requests;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;

use bellwether_model::compute::{plain_group, plain_vpc};
use bellwether_model::judge::{Cause, Observation};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::{Account, Name, Region};

use super::retry::{Next, RetryPolicy};
use super::{Session, as_setup_failure};

/// A well-formed image id, for targets on which none can be registered.
pub const UNREGISTERED_IMAGE: &str = "ami-0123456789abcdef0";

/// The resources that were made for the calls of a case beside those of its scenario.
#[derive(Clone, Debug, Default)]
pub struct Fixtures {
    /// The VPC of each subnet and network interface, as the target calls it.
    vpcs: BTreeMap<Name, String>,
    /// The number of subnets asked for in each VPC, as the target calls it.
    blocks: BTreeMap<String, u8>,
    /// The first address of each VPC that has its addresses from an IPAM pool, as the target calls it.
    firsts: BTreeMap<String, Ipv4Addr>,
    /// The block of each allocation from an IPAM pool.
    allocated: BTreeMap<Name, String>,
    /// The plain security groups.
    groups: BTreeMap<Name, PlainGroup>,
    /// The plain image of each account.
    images: BTreeMap<Account, String>,
    /// The IPAM scope of each account, as the target calls it.
    scopes: BTreeMap<Account, String>,
    /// The blocks of addresses of each IPAM pool, and the account that put them there.
    pools: BTreeMap<Name, (Account, Vec<String>)>,
    /// The instances that were launched beside another one, by its id.
    beside: BTreeMap<String, Vec<String>>,
    /// The count of the numbers that were given out.
    numbers: u16,
    /// Whether a security group may have been made that is not known here: it would keep its VPC
    /// from being deleted.
    unsure: bool,
}

/// An account's plain security group in a VPC.
#[derive(Clone, Debug)]
struct PlainGroup {
    owner: Account,
    /// The VPC, as the target calls it.
    vpc: String,
    /// Whether a launch with it was granted: from then on the model knows of it.
    used: bool,
    /// Whether its deletion was asked for: it may be gone.
    deleting: bool,
}

impl Fixtures {
    /// Whether something may be there that is not known here, and that other calls would meet.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        self.unsure
    }

    /// The next free block of addresses in a VPC.
    pub(super) fn next_block(&mut self, vpc: &str) -> String {
        let count = self.blocks.entry(vpc.to_owned()).or_default();
        let first = self.firsts.get(vpc).map_or([10, 0, 0, 0], Ipv4Addr::octets);
        let block = Ipv4Addr::from([first[0], first[1], first[2].wrapping_add(*count), 0]);
        *count = count.wrapping_add(1);
        format!("{block}/24")
    }

    /// Keeps the block that a VPC has from an IPAM pool, for its subnets to lie in.
    pub(super) fn keep_block(&mut self, vpc: &str, block: &str) {
        let first = block.split('/').next().and_then(|first| first.parse().ok());
        self.firsts.extend(first.map(|first| (vpc.to_owned(), first)));
    }

    /// Keeps the block of an allocation, which its release has to name.
    pub(super) fn keep_allocated(&mut self, allocation: &Name, block: &str) {
        self.allocated.insert(allocation.clone(), block.to_owned());
    }

    /// The block of an allocation; any other where nothing of the kind was allocated.
    pub(super) fn allocated(&self, allocation: &Reference) -> String {
        let known = allocation.name().and_then(|name| self.allocated.get(name));
        known.cloned().unwrap_or_else(|| "10.0.0.0/28".to_owned())
    }

    /// A number that was not given out before, from 1, to make names differ.
    pub(super) fn next_number(&mut self) -> u16 {
        self.numbers += 1;
        self.numbers
    }

    /// A domain that nothing of the case has yet.
    fn next_domain(&mut self) -> String {
        format!("d{}.example.com", self.next_number())
    }

    /// The domain that a call gives; one that nothing of the case has yet if it leaves it out.
    pub(super) fn domain_or_next(&mut self, given: &str) -> String {
        if given.is_empty() { self.next_domain() } else { given.to_owned() }
    }

    /// The ARN of a log group of an account, which need not exist: nothing is logged.
    pub(super) fn log_group(&mut self, region: &str, account: &str) -> String {
        let number = self.next_number();
        format!("arn:aws:logs:{region}:{account}:log-group:bellwether-{number}")
    }

    /// Keeps the VPC of a subnet or network interface, as the target calls it.
    pub(super) fn keep_vpc(&mut self, inside: &Name, vpc: &str) {
        self.vpcs.insert(inside.clone(), vpc.to_owned());
    }

    /// The VPC of a subnet or network interface, as the target calls it, where it is known.
    pub(super) fn vpc(&self, inside: &Reference) -> Option<&str> {
        self.vpcs.get(inside.name()?).map(String::as_str)
    }

    /// Keeps the instances that one launch made beside the first.
    pub(super) fn keep_beside<'i>(&mut self, first: &str, others: impl Iterator<Item = &'i str>) {
        let others: Vec<String> = others.map(ToOwned::to_owned).collect();
        if !others.is_empty() {
            self.beside.insert(first.to_owned(), others);
        }
    }

    /// The id of an instance, and those of the instances that were launched beside it.
    pub(super) fn with_those_beside(&self, id: String) -> Vec<String> {
        let others = self.beside.get(&id).cloned().unwrap_or_default();
        std::iter::once(id).chain(others).collect()
    }

    /// Keeps what a launch without an image uses from now on.
    pub fn keep_image(&mut self, account: Account, id: &str) {
        self.images.insert(account, id.to_owned());
    }
}

/// The scope of an account's IPAM, which is made where it is missing.
///
/// # Errors
///
/// The observation for making it, if it could not be made.
pub(super) async fn ipam_scope(
    session: &mut Session,
    actor: Account,
) -> Result<String, Observation> {
    if let Some(scope) = session.fixtures.scopes.get(&actor) {
        return Ok(scope.clone());
    }
    let made = requests::make_ipam(session, actor).await;
    let scope = made.map_err(|why| setup_failure(&Name::new(format!("{actor}.ipam")), why))?;
    session.fixtures.scopes.insert(actor, scope.clone());
    Ok(scope)
}

/// The id of an empty volume, made for the snapshot of this name.
///
/// # Errors
///
/// The observation for making it, if it could not be made.
pub(super) async fn volume(
    session: &mut Session,
    actor: Account,
    snapshot: &Name,
) -> Result<String, Observation> {
    let made = requests::make_volume(session, actor).await;
    made.map_err(|why| setup_failure(&Name::new(format!("{snapshot}.volume")), why))
}

/// Deletes a volume that is no longer needed. One that stays is in nobody's way.
pub(super) async fn delete_volume(session: &mut Session, actor: Account, id: &str) {
    let deleted = requests::delete_volume(session, actor, id).await;
    drop(deleted);
}

/// The time that a new pool may be on its way: until then blocks of addresses are refused.
const POOL_BOUND: Duration = Duration::from_secs(20);
/// The longest pause between two tries to put a block of addresses into a new pool.
const POOL_PAUSE_MAX: Duration = Duration::from_secs(2);

/// Puts a block of addresses into a pool that was just made. Where it is not known whether one was put
/// there, another one is: the pool itself would be made once more otherwise.
///
/// # Errors
///
/// The observation for it, if it could not be done.
pub(super) async fn fill_pool(
    session: &mut Session,
    actor: Account,
    name: &Name,
    pool: &str,
) -> Result<(), Observation> {
    let (begun, mut pause) = (session.clock.now(), Duration::from_millis(100));
    let mut faults = 0;
    let filled = loop {
        let block = format!("10.{}.0.0/16", session.fixtures.next_number() % 256);
        let filled = requests::fill_pool(session, actor, pool, &block).await;
        let next = match &filled {
            Err(Observation::Indeterminate(fault)) => {
                faults += 1;
                session.after_fault(RetryPolicy::POOL, fault, faults, true)
            }
            // The pool may be on its way yet.
            Err(Observation::Refused { .. }) => {
                let now = pause;
                pause = (pause * 2).min(POOL_PAUSE_MAX);
                Next::RetryAfter(now)
            }
            Ok(()) | Err(_) => Next::GiveUp,
        };
        if matches!(filled, Ok(()) | Err(Observation::Indeterminate(_))) {
            let kept = session.fixtures.pools.entry(name.clone());
            kept.or_insert_with(|| (actor, Vec::new())).1.push(block);
        }
        match next {
            Next::RetryAfter(pause) if session.clock.since(begun) < POOL_BOUND => {
                session.clock.wait(pause).await;
            }
            Next::RetryAfter(_) | Next::GiveUp => break filled,
        }
    };
    filled.map_err(|why| setup_failure(&Name::new(format!("{name}.block")), why))
}

/// Takes the blocks of addresses out of a pool of the account's own: a pool is deleted empty.
///
/// If that is refused, the deletion's own answer speaks.
///
/// # Errors
///
/// A transient fault.
pub(super) async fn empty_pool(
    session: &mut Session,
    actor: Account,
    named: &Reference,
) -> Result<(), Observation> {
    let kept = named.name().and_then(|name| session.fixtures.pools.get(name));
    let Some((_, blocks)) = kept.filter(|(owner, _)| *owner == actor).cloned() else {
        return Ok(());
    };
    let pool = session.names.sent(named)?;
    for block in blocks {
        let emptied = requests::empty_pool(session, actor, &pool, &block).await;
        session.ok_unless_transient("DeprovisionIpamPoolCidr", emptied)?;
    }
    Ok(())
}

/// The security groups that a launch is sent with.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    /// Their ids; `None` if none is named.
    pub(super) ids: Option<Vec<String>>,
    plain: Option<Name>,
}

/// The id of a VPC that is made where it is missing.
///
/// # Errors
///
/// The observation for making it, if it could not be made.
pub(super) async fn vpc(
    session: &mut Session,
    actor: Account,
    name: &Name,
) -> Result<String, Observation> {
    if !session.names.knows(name) {
        let made = requests::make_vpc(session, actor, name, None, None).await;
        made.map_err(|why| setup_failure(name, why))?;
    }
    session.names.id(name)
}

/// The id of a subnet that is made where it is missing, in a VPC of its own.
///
/// # Errors
///
/// The observation for making it, if it could not be made.
pub(super) async fn subnet(
    session: &mut Session,
    actor: Account,
    name: &Name,
    vpc_name: &Name,
) -> Result<String, Observation> {
    if !session.names.knows(name) {
        let vpc = vpc(session, actor, vpc_name).await?;
        let made = requests::make_subnet(session, actor, name, &vpc, None).await;
        made.map_err(|why| setup_failure(name, why))?;
    }
    session.names.id(name)
}

/// The name of what an account has of its own in the Region in which calls are made.
fn plain(session: &Session, actor: Account, suffix: &str) -> Name {
    Name::new(match session.names.region() {
        Region::HOME => format!("plain.{actor}{suffix}"),
        region => format!("plain.{actor}.{region}{suffix}"),
    })
}

/// The name of an account's own subnet for launches that name none.
pub(super) fn plain_subnet(session: &Session, actor: Account) -> Name {
    plain(session, actor, "")
}

/// The id of an account's own subnet for launches that name none.
///
/// # Errors
///
/// The observation for making it, if it could not be made.
pub(super) async fn own_subnet(
    session: &mut Session,
    actor: Account,
) -> Result<String, Observation> {
    let name = plain_subnet(session, actor);
    let vpc_name = plain_vpc(&name);
    subnet(session, actor, &name, &vpc_name).await
}

/// The id of an account's own image, or of none that exists where it can't register one.
///
/// # Errors
///
/// A transient fault.
pub(super) async fn own_image(
    session: &mut Session,
    actor: Account,
) -> Result<String, Observation> {
    if let Some(id) = session.fixtures.images.get(&actor) {
        return Ok(id.clone());
    }
    let name = plain(session, actor, ".image");
    let made = requests::make_image(session, actor, &name, None, None).await;
    let id = match session.ok_unless_transient("RegisterImage", made)? {
        Some(()) => session.names.id(&name)?,
        None => UNREGISTERED_IMAGE.to_owned(),
    };
    session.fixtures.keep_image(actor, &id);
    Ok(id)
}

/// The security groups to launch with: the caller's plain one is made where it is missing.
///
/// If that is refused, since the VPC is not there for the caller, none is sent, and the
/// launch's own answer speaks.
///
/// # Errors
///
/// The target never made one of those named, or a transient fault.
pub(super) async fn groups(
    session: &mut Session,
    actor: Account,
    subnet: &Reference,
    groups: &Groups,
) -> Result<Sent, Observation> {
    match groups {
        Groups::Unnamed => Ok(Sent::default()),
        Groups::Named(named) => {
            let ids: Result<_, _> = named.iter().map(|it| session.names.sent(it)).collect();
            let (ids, plain) = (Some(ids?), None);
            Ok(Sent { ids, plain })
        }
        Groups::OwnPlain => {
            let Some(vpc) = session.fixtures.vpc(subnet).map(ToOwned::to_owned) else {
                return Ok(Sent::default());
            };
            own_group(session, actor, &vpc).await
        }
    }
}

async fn own_group(session: &mut Session, actor: Account, vpc: &str) -> Result<Sent, Observation> {
    let Some(vpc_name) = session.names.name(vpc).cloned() else {
        return Ok(Sent::default());
    };
    let name = plain_group(&vpc_name, actor);
    if session.fixtures.groups.get(&name).is_some_and(|group| group.deleting) {
        delete_group(session, &name).await?;
    }
    if !session.fixtures.groups.contains_key(&name) {
        match requests::make_security_group(session, actor, &name, vpc, None).await {
            Ok(()) => {}
            Err(Observation::Refused { .. } | Observation::Unimplemented(_)) => {
                return Ok(Sent::default());
            }
            Err(why) => {
                session.fixtures.unsure |= !matches!(
                    &why,
                    Observation::Indeterminate(fault) if fault.cause == Cause::Throttled
                );
                return Err(setup_failure(&name, why));
            }
        }
        let group = PlainGroup { owner: actor, vpc: vpc.to_owned(), used: false, deleting: false };
        session.fixtures.groups.insert(name.clone(), group);
    }
    let ids = Some(vec![session.names.id(&name)?]);
    let plain = Some(name);
    Ok(Sent { ids, plain })
}

/// Keeps what came of a launch with these groups, and returns it.
///
/// A plain group that was made for a launch which did not happen is deleted at once: the model knows
/// nothing of it, and who has a group in a VPC sees that VPC.
///
/// # Errors
///
/// What came of the launch, or a transient fault of the deletion.
pub(super) async fn launched<T>(
    session: &mut Session,
    sent: &Sent,
    came: Result<T, Observation>,
) -> Result<T, Observation> {
    let groups = &mut session.fixtures.groups;
    let Some((name, group)) =
        sent.plain.as_ref().and_then(|name| Some((name, groups.get_mut(name)?)))
    else {
        return came;
    };
    match &came {
        Ok(_) => group.used = true,
        // It may have happened: until the VPC is deleted, the group may be in use.
        Err(Observation::Indeterminate(_) | Observation::Malformed(_)) => {}
        Err(_) if group.used => {}
        Err(_) => delete_group(session, name).await?,
    }
    came
}

/// Deletes the plain groups of a VPC that no granted launch used: the scenario knows nothing of
/// them, so they must not keep the VPC from being deleted.
///
/// # Errors
///
/// A transient fault.
pub(super) async fn clear_unused_groups(
    session: &mut Session,
    vpc: &str,
) -> Result<(), Observation> {
    let groups = session.fixtures.groups.iter();
    let unused = groups.filter(|(_, group)| group.vpc == vpc && !group.used);
    let unused: Vec<_> = unused.map(|(name, _)| name.clone()).collect();
    for name in unused {
        delete_group(session, &name).await?;
    }
    Ok(())
}

/// Deletes a plain group. A refusal counts as done: the group is in use then, or gone.
///
/// # Errors
///
/// A transient fault.
async fn delete_group(session: &mut Session, name: &Name) -> Result<(), Observation> {
    let id = session.names.id(name)?;
    let Some(group) = session.fixtures.groups.get_mut(name) else { return Ok(()) };
    group.deleting = true;
    let owner = group.owner;
    let deleted = requests::delete_security_group(session, owner, id, None).await;
    session.ok_unless_transient("DeleteSecurityGroup", deleted)?;
    session.fixtures.groups.remove(name);
    Ok(())
}

/// Returns the observation of a call whose fixture could not be made.
fn setup_failure(what: &Name, why: Observation) -> Observation {
    let needed =
        |why: String| Observation::Unsendable(format!("it needs {what} made first: {why}"));
    match why {
        Observation::Refused { code, message } => needed(format!("refused, {code}: {message}")),
        Observation::Malformed(how) => needed(format!("an answer that can't be read: {how}")),
        Observation::Indeterminate(_)
        | Observation::Granted(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_) => as_setup_failure(&format!("making {what}"), why),
    }
}
