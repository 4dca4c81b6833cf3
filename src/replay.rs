//! Plays a scenario as it is written: each step is judged, each claim is held against the target.

use bellwether_model::answer::Key;
use bellwether_model::judge::Observation;
use bellwether_model::operations::{ec2, ram};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name, World};
use serde::Serialize;

use crate::run::{Finding, Look, Manner, Player};
use crate::scenario::{Associated, Claim, Fact, Item, Parsed};
use crate::target::{Target, TargetError};

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Its steps and claims, in order.
    pub lines: Vec<Line>,
    /// The divergences, each with the line after which it showed.
    pub findings: Vec<(usize, Finding)>,
    /// Why it says nothing from some step on, if so.
    pub inconclusive: Option<String>,
    /// The requests that it took.
    pub requests: u64,
}

/// A step or claim, and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// As the file says it.
    pub text: String,
    /// What was observed: `granted`, `refused, CODE`, `holds`, `does not hold` and so on.
    pub outcome: String,
    /// Whether that is as it has to be; nothing where it can't be judged.
    pub conforms: Option<bool>,
}

impl Replayed {
    /// Whether a firm divergence showed, or a claim does not hold.
    #[must_use]
    pub fn fails(&self, strict: bool) -> bool {
        let firm = |finding: &Finding| strict || finding.divergence.rule.evidence.is_firm();
        self.findings.iter().any(|(_, finding)| firm(finding))
            || self
                .lines
                .iter()
                .any(|line| line.text.starts_with('?') && line.conforms == Some(false))
    }
}

/// Plays a scenario against fresh accounts of a target.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn replay(
    target: &Target,
    parsed: &Parsed,
    manner: &Manner,
) -> Result<Replayed, TargetError> {
    let mut player = Player::begin(target, parsed.scenario.shape, manner).await?;
    let mut lines = Vec::new();
    let mut places = Vec::new();
    let mut missing = None;
    for (line, item) in parsed.lined() {
        let text = item.to_string();
        let (outcome, conforms) = match item {
            Item::Comment(_) => continue,
            Item::Step(step) => {
                let before = player.findings();
                let observation = player.step(places.len(), step).await;
                places.push(line);
                let lacks = matches!(observation, Some(Observation::Unimplemented(_)));
                if lacks {
                    missing.get_or_insert(step.call.operation());
                }
                let conforms = (!lacks).then_some(player.findings() == before);
                (outcome(observation.as_ref()), conforms)
            }
            Item::Claim(claim) => {
                let holds = player.claim(claim).await;
                let outcome = match holds {
                    Some(true) => "holds",
                    Some(false) => "does not hold",
                    None => "can't be observed",
                };
                (outcome.to_owned(), holds)
            }
        };
        lines.push(Line { line, text, outcome, conforms });
    }
    let ended = player.end(places.len()).await;
    let findings = ended.findings.into_iter().map(|finding| {
        let line = places.get(finding.step).copied().unwrap_or_default();
        (line, finding)
    });
    Ok(Replayed {
        lines,
        findings: findings.collect(),
        inconclusive: ended.inconclusive.or_else(|| missing.map(not_implemented)),
        requests: ended.requests,
    })
}

fn not_implemented(operation: &str) -> String {
    format!("the target does not implement {operation}, so that what rests on it is not judged")
}

/// What was observed, in a few words.
fn outcome(observation: Option<&Observation>) -> String {
    match observation {
        None => "not sent: it names what was never made".to_owned(),
        Some(Observation::Granted(_)) => "granted".to_owned(),
        Some(Observation::Refused { code, .. }) => format!("refused, {code}"),
        Some(Observation::Malformed(how)) => format!("an answer that can't be read: {how}"),
        Some(Observation::Weather(how)) => format!("no answer: {how}"),
        Some(Observation::Unimplemented(how)) => format!("not implemented: {how}"),
        Some(Observation::Unsendable(how)) => format!("not sent: {how}"),
    }
}

/// How a claim is observed.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// By a read, which shows a row or does not, in this status where one is claimed.
    Row {
        /// The read.
        look: Look,
        /// The row.
        key: Key,
        /// The status claimed; nothing where only its presence is.
        status: Option<String>,
        /// Whether the row is claimed to be there.
        present: bool,
    },
    /// By doing it, and undoing it.
    Launch {
        /// Who launches.
        account: Account,
        /// How.
        call: Call,
        /// Whether it is claimed to be granted.
        granted: bool,
    },
}

/// How a claim is observed on a target; nothing where there is no way.
pub(crate) fn test_of(claim: &Claim, world: &World) -> Option<Test> {
    let account = claim.actor;
    let row = |call: Call, key: Key, status: Option<&str>, present: bool| {
        let status = status.map(str::to_owned);
        Some(Test::Row { look: Look { account, call }, key, status, present })
    };
    match &claim.fact {
        Fact::Sees(name) | Fact::Running(name) => {
            row(describe(world, name)?, Key::Thing(name.clone()), None, true)
        }
        Fact::Hidden(name) => row(describe(world, name)?, Key::Thing(name.clone()), None, false),
        Fact::MayLaunch(name) => {
            Some(Test::Launch { account, call: launch(world, name)?, granted: true })
        }
        Fact::MayNotLaunch(name) => {
            Some(Test::Launch { account, call: launch(world, name)?, granted: false })
        }
        Fact::Share(name, status) => {
            let own = world.shares.get(name)?.owner == account;
            let call = if own {
                ram::GetResourceShares::default()
            } else {
                ram::GetResourceShares::of_others()
            };
            row(call.into(), Key::Share(name.clone()), status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Thing(thing), status) => {
            let call = ram::GetResourceShareAssociations::of_resources().into();
            let key = Key::Resource(share.clone(), thing.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Association(share, Associated::Principal(principal), status) => {
            let call = ram::GetResourceShareAssociations::default().into();
            let key = Key::Principal(share.clone(), principal.clone());
            row(call, key, status.as_deref(), status.is_some())
        }
        Fact::Invitation(share, status) => {
            let sent = world.shares.get(share)?.invitations.iter();
            let number = sent.filter(|it| it.receiver == account).count().saturating_sub(1);
            let call = ram::GetResourceShareInvitations::default().into();
            let key = Key::Invitation(share.clone(), account, number);
            row(call, key, status.as_deref(), status.is_some())
        }
    }
}

/// The read that lists things of a thing's kind.
fn describe(world: &World, name: &Name) -> Option<Call> {
    Some(match &world.things.get(name)?.kind {
        Kind::Vpc => ec2::DescribeVpcs::default().into(),
        Kind::Subnet { .. } => ec2::DescribeSubnets::default().into(),
        Kind::NetworkInterface { .. } => ec2::DescribeNetworkInterfaces::default().into(),
        Kind::Instance { .. } => ec2::DescribeInstances::default().into(),
        Kind::TransitGateway { .. } => ec2::DescribeTransitGateways::default().into(),
        Kind::TransitGatewayAttachment { .. } => {
            ec2::DescribeTransitGatewayVpcAttachments::default().into()
        }
        Kind::PrefixList { .. } => ec2::DescribeManagedPrefixLists::default().into(),
        Kind::Image { .. } => ec2::DescribeImages::default().into(),
        Kind::SecurityGroup { .. } => return None,
    })
}

/// The call that launches into a subnet, or from an image.
fn launch(world: &World, name: &Name) -> Option<Call> {
    let named = Reference::Named(name.clone());
    match &world.things.get(name)?.kind {
        Kind::Subnet { .. } => {
            let security_group_ids = Groups::OwnPlain;
            Some(ec2::CreateNetworkInterface { subnet_id: named, security_group_ids }.into())
        }
        Kind::Image { .. } => {
            Some(ec2::RunInstances { image_id: Some(named), ..ec2::RunInstances::default() }.into())
        }
        Kind::Vpc
        | Kind::NetworkInterface { .. }
        | Kind::Instance { .. }
        | Kind::TransitGateway { .. }
        | Kind::TransitGatewayAttachment { .. }
        | Kind::PrefixList { .. }
        | Kind::SecurityGroup { .. } => None,
    }
}
