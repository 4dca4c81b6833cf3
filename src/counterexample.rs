//! Counterexamples: scenarios that show a divergence, and that are right to the letter.
//!
//! A scenario is made of a case and a finding, as text that a reader can replay. Before it is
//! reported it is checked in this process, without a request to the target: it parses to itself,
//! the model agrees with every claim, and the unmutated reference shows nothing.

pub mod rate;

use std::collections::BTreeMap;

use bellwether_model::answer::{Expected, Key};
use bellwether_model::judge::ExpectedPart;
use bellwether_model::rules::{Decides, Rule};
use bellwether_model::{Name, Principal, World};
use smol_str::SmolStr;
use thiserror::Error;

use crate::capabilities::Capabilities;
use crate::predict::predict;
use crate::replay::{Line, Replayed, replay};
use crate::run::{Finding, PlayOptions, ReadPolicy, ViewRead, read_of, view_reads_of};
use crate::scenario::{
    AnswerClaim, Associated, Case, Claim, Fact, FieldClaim, Item, ParseError, Parsed, ReplyClaim,
    RowClaim, Scenario, Step, listed, renamed, row_word,
};
use crate::shrink::{after, truncated_to_finding};
use crate::target::{Target, TargetError};

use rate::Rate;

/// A divergence with the scenario that shows it.
#[derive(Clone, Debug)]
pub struct Counterexample {
    /// The finding, as the scenario shows it.
    pub finding: Finding,
    /// The steps of the scenario, without the read that shows the finding.
    pub case: Case,
    /// The scenario that a reader replays: its last line shows the divergence.
    pub scenario: Scenario,
    /// The requests of the run when the case that showed it was over.
    pub requests_to_find: u64,
    /// The requests that shrinking it took.
    pub requests_to_shrink: u64,
    /// The rate at which it shows, if some plays show it and others do not.
    pub rate: Option<Rate>,
}

impl Counterexample {
    /// The counterexample that a finding would have, if it were confirmed as it is.
    #[must_use]
    pub fn unconfirmed(case: &Case, finding: &Finding, requests_to_find: u64) -> Self {
        let (case, finding) = truncated_to_finding(case, finding);
        let (case, finding, mut written) = scenarios(&case, &finding);
        let scenario = written.swap_remove(0);
        Self { finding, case, scenario, requests_to_find, requests_to_shrink: 0, rate: None }
    }

    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.finding.divergence.rule
    }

    /// The steps that it takes. The read that shows the finding is one of them if it is none of the view
    /// reads that every play makes.
    #[must_use]
    pub fn steps(&self) -> usize {
        let is_own = |read: &ViewRead| {
            let common = view_reads_of(&after(&self.case), read.account);
            common.iter().all(|it| it.call != read.call)
        };
        let own_read = self.finding.view_read.as_ref().is_some_and(is_own);
        self.case.steps().len() + usize::from(own_read)
    }

    /// Returns the id: its rule, kind, operation, role and field, in characters that a file name may have.
    #[must_use]
    pub fn id(&self) -> String {
        self.finding.origin().id()
    }
}

/// A counterexample that failed its own check: a bug in Bellwether, and nothing about the target.
#[derive(Clone, Debug)]
pub struct Defect {
    /// The id that the counterexample would have had.
    pub id: String,
    /// The reason why it can't be right.
    pub why: Unsound,
    /// The text of the scenario.
    pub scenario: String,
    /// The finding, in full.
    pub finding: Finding,
}

/// The reason why a scenario is not a counterexample.
#[derive(Clone, Debug, Error)]
pub enum Unsound {
    /// It does not parse.
    #[error("it does not parse: {0}")]
    DoesNotParse(Box<ParseError>),
    /// It parses to something else.
    #[error("it reads back as something else")]
    ReadsOtherwise,
    /// The model contradicts a claim.
    #[error("the model does not agree with `{0}`")]
    ModelDisagrees(String),
    /// The model contradicts no claim, and leaves this one undecided.
    #[error("the model leaves `{0}` undecided")]
    Undecided(String),
    /// The unmutated reference shows a divergence.
    #[error("the unmutated reference shows {0}")]
    ReferenceDiverges(String),
    /// The unmutated reference could not play it.
    #[error("the unmutated reference can't play it: {0}")]
    ReferenceFails(String),
}

/// Returns the ways to write a finding of a case as a scenario, the most readable first; the names are
/// numbered anew, and the case and finding are those of the scenario.
#[must_use]
pub fn scenarios(case: &Case, finding: &Finding) -> (Case, Finding, Vec<Scenario>) {
    let (case, names) = case.renumbered();
    let finding = with_names(finding, &names);
    let mut items = vec![Item::Comment(finding.divergence.rule.says.to_owned())];
    let of_reply = reply_claim_of(&finding);
    items.extend(case.steps().iter().enumerate().map(|(place, step)| {
        // What a suite claims of a step need not hold without the steps that are gone.
        let mut step = Step::new(step.actor, step.call.clone(), step.made.clone());
        if place == finding.step && finding.view_read.is_none() {
            step.claim = expected_answer(&finding);
            step.label = of_reply.as_ref().map(|claim| claim.step.clone());
        }
        Item::Step(step)
    }));
    let ends: Vec<Vec<Item>> = match &finding.view_read {
        None => of_reply.map(|it| vec![Item::Reply(it)]).into_iter().chain([Vec::new()]).collect(),
        Some(read) => {
            let step = Item::Step(Step::new(read.account, read.call.clone(), None));
            let world = after(&case);
            let claims = [claim_of(read, &finding, &world), row_claim_of(read, &finding, &world)];
            let claims = claims.into_iter().flatten().map(|it| vec![Item::Claim(it)]);
            let again = vec![step.clone(); READS_OF_WHAT_FLAPS];
            claims.chain([vec![step], again]).collect()
        }
    };
    let with = |end: Vec<Item>| Scenario {
        shape: case.shape(),
        assumptions: case.assumptions(),
        items: items.iter().cloned().chain(end).collect(),
    };
    let scenarios = ends.into_iter().map(with).collect();
    (case, finding, scenarios)
}

/// The number of reads of a row that may flap.
const READS_OF_WHAT_FLAPS: usize = 3;

/// The finding in the names of a renumbered case.
fn with_names(finding: &Finding, names: &BTreeMap<Name, Name>) -> Finding {
    let mut finding = finding.clone();
    finding.divergence.key =
        finding.divergence.key.map(|key| key.renamed(|name| names.get(name).cloned()));
    if let Some(read) = &mut finding.view_read
        && let Some(call) = renamed(&read.call, names)
    {
        read.call = call;
    }
    finding
}

/// The claim that says what the diverging answer had to be, where there is one.
fn expected_answer(finding: &Finding) -> Option<AnswerClaim> {
    match (&finding.divergence.expected, finding.divergence.rule.decides) {
        (ExpectedPart::Granted | ExpectedPart::Answered { refused: None, .. }, _) => {
            Some(AnswerClaim::Granted)
        }
        (ExpectedPart::Refused(refusal), Decides::Refusal(_)) => {
            Some(AnswerClaim::Refused(refusal.codes().into_iter().map(SmolStr::new).collect()))
        }
        // Any answer at all conforms to the rule that diverges.
        (
            ExpectedPart::Refused(_)
            | ExpectedPart::Answered { refused: Some(_), .. }
            | ExpectedPart::Listed
            | ExpectedPart::NotListed
            | ExpectedPart::Field { .. },
            _,
        ) => None,
    }
}

/// The label of the step whose reply is wrong.
const LABEL: &str = "answer";

/// The claim that says what a field of the diverging reply had to be, where there is one.
fn reply_claim_of(finding: &Finding) -> Option<ReplyClaim> {
    let divergence = &finding.divergence;
    match &divergence.expected {
        ExpectedPart::Field { name, value }
            if finding.view_read.is_none() && divergence.key.is_none() =>
        {
            let fields = vec![FieldClaim::of(name, value)?];
            Some(ReplyClaim { step: Name::new(LABEL), fields })
        }
        ExpectedPart::Field { .. }
        | ExpectedPart::Refused(_)
        | ExpectedPart::Granted
        | ExpectedPart::Answered { .. }
        | ExpectedPart::Listed
        | ExpectedPart::NotListed => None,
    }
}

/// Returns the claim that says what a read has to show, if there is one that is observed by that same
/// read and about that same row.
fn claim_of(read: &ViewRead, finding: &Finding, world: &World) -> Option<Claim> {
    let key = finding.divergence.key.as_ref()?;
    let status = expected_status(&finding.divergence.expected)?;
    let fact = match (key, status) {
        (Key::Resource(name), Status::Listed) => Fact::Sees(name.clone()),
        (Key::Resource(name), Status::Absent) => Fact::Hidden(name.clone()),
        // No claim says of these that they are listed, whatever their status.
        (Key::Resource(_), Status::Is(_)) | (_, Status::Listed) => return None,
        (Key::Share(name), status) => Fact::Share(name.clone(), status.word()),
        (Key::ResourceAssociation(share, resource), status) => {
            let resource = Associated::Resource(resource.clone());
            Fact::Association(share.clone(), resource, status.word())
        }
        (Key::Principal(share, principal), status)
            if !matches!(principal, Principal::Literal(_)) =>
        {
            let principal = Associated::Principal(principal.clone());
            Fact::Association(share.clone(), principal, status.word())
        }
        (Key::Invitation(share, ..), status) => Fact::Invitation(share.clone(), status.word()),
        (
            Key::Principal(..)
            | Key::Source(..)
            | Key::Permission(_)
            | Key::Type(_)
            | Key::Managed(_)
            | Key::Version(..)
            | Key::Attached(..)
            | Key::Replacement(_),
            _,
        ) => return None,
    };
    let claim = Claim { actor: read.account, region: read.call.region(), fact };
    let observed_by = read_of(&claim, world)?;
    (observed_by == (read.clone(), key.clone())).then_some(claim)
}

/// Returns the claim that says of a row of a read that it is there, with the field that diverges, or that it
/// is not; `None` if the claim's words would fit other rows too.
fn row_claim_of(read: &ViewRead, finding: &Finding, world: &World) -> Option<Claim> {
    let key = finding.divergence.key.as_ref()?;
    let row = row_word(key);
    let (listed_now, fields) = match &finding.divergence.expected {
        ExpectedPart::Listed => (true, Vec::new()),
        ExpectedPart::NotListed => (false, Vec::new()),
        ExpectedPart::Field { name, value } => (true, vec![FieldClaim::of(name, value)?]),
        ExpectedPart::Granted | ExpectedPart::Refused(_) | ExpectedPart::Answered { .. } => {
            return None;
        }
    };
    let rows = listed(world, read.account, &read.call);
    let mut others = rows.iter().filter(|it| it.key != *key);
    let (region, call) = (read.call.region(), read.call.without_region().clone());
    let claim = RowClaim { call, row, fields, listed: listed_now };
    let is_alone = others.all(|it| row_word(&it.key) != claim.row);
    is_alone.then(|| Claim { actor: read.account, region, fact: Fact::Row(Box::new(claim)) })
}

/// The state of a row, as far as a claim can say it.
enum Status {
    Listed,
    Absent,
    Is(SmolStr),
}

impl Status {
    /// The status that a claim names; `None` is `absent` there.
    fn word(self) -> Option<SmolStr> {
        match self {
            Self::Listed | Self::Absent => None,
            Self::Is(word) => Some(word),
        }
    }
}

fn expected_status(expected: &ExpectedPart) -> Option<Status> {
    match expected {
        ExpectedPart::Listed => Some(Status::Listed),
        ExpectedPart::NotListed => Some(Status::Absent),
        ExpectedPart::Field { name: "status", value: Expected::Text(word) } => {
            Some(Status::Is(word.clone()))
        }
        ExpectedPart::Field { name: "status", value: Expected::OneOf([word, ..]) } => {
            Some(Status::Is(SmolStr::new(word)))
        }
        ExpectedPart::Field { .. }
        | ExpectedPart::Granted
        | ExpectedPart::Refused(_)
        | ExpectedPart::Answered { .. } => None,
    }
}

/// Checks a scenario in this process: it parses to itself, the model agrees with its claims, and the
/// unmutated reference shows nothing. Returns it as it was read back.
///
/// # Errors
///
/// The reason why it is not a counterexample.
pub async fn verify(scenario: &Scenario) -> Result<Parsed, Unsound> {
    let text = scenario.to_string();
    let parsed = Parsed::read("counterexample.scenario", &text)
        .map_err(|error| Unsound::DoesNotParse(Box::new(error)))?;
    if parsed.scenario != *scenario {
        return Err(Unsound::ReadsOtherwise);
    }
    let claims = predict(&parsed).claims;
    if let Some(claim) = claims.iter().find(|claim| claim.holds == Some(false)) {
        return Err(Unsound::ModelDisagrees(claim.text.clone()));
    }
    if let Some(claim) = claims.into_iter().find(|claim| claim.holds.is_none()) {
        return Err(Unsound::Undecided(claim.text));
    }
    let reference = Target { assumptions: scenario.assumptions, ..Target::reference(None) };
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    let replayed = Box::pin(replay(&reference, &parsed, &options)).await;
    let replayed = replayed.map_err(|error| Unsound::ReferenceFails(error.to_string()))?;
    if let Some((_, finding)) = replayed.findings.first() {
        let (rule, difference) = (finding.origin().rule, finding.origin().difference.as_str());
        return Err(Unsound::ReferenceDiverges(format!("{rule} ({difference})")));
    }
    if let Some(line) = replayed.lines.iter().find(|line| line.is_claim_not_held()) {
        return Err(Unsound::ReferenceDiverges(line.text.clone()));
    }
    match replayed.inconclusive {
        Some(why) => Err(Unsound::ReferenceFails(why)),
        None => Ok(parsed),
    }
}

/// The result of a replay of a scenario.
#[derive(Clone, Debug)]
pub enum Again {
    /// The finding.
    Shown(Box<Finding>),
    /// Nothing of it.
    Silent,
    /// Nothing that could be judged.
    Inconclusive,
}

/// Plays a scenario against a target, and returns whether it shows a finding, and the requests that
/// took.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shows(
    target: &Target,
    parsed: &Parsed,
    finding: &Finding,
    options: &PlayOptions,
) -> Result<(Again, u64), TargetError> {
    let replayed = Box::pin(replay(target, parsed, options)).await?;
    let requests = replayed.requests;
    let Replayed { findings, suspects, lines, inconclusive, .. } = replayed;
    let mut shown = findings.into_iter().chain(suspects).map(|(_, it)| it);
    let same = shown.find(|it| it.origin() == finding.origin());
    let again = match same {
        Some(found) => Again::Shown(Box::new(found)),
        None if lines.iter().any(Line::is_claim_not_held) => {
            Again::Shown(Box::new(finding.clone()))
        }
        None if inconclusive.is_some() => Again::Inconclusive,
        None => Again::Silent,
    };
    Ok((again, requests))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::mutants;
    use crate::run::play;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_suite_claims_of_another_step_is_left_out() {
        let text = "world standalone

owner    CreateResourceShare -> share                           ! granted
owner    UpdateResourceShare share name=renamed
owner    ListResourceTypes
";
        let target = Target::reference(mutants::find("renaming-flaps"));
        let case = Scenario::parse("a.scenario", text).unwrap().case().unwrap();
        let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
        let played = play(&target, &case, &options).await.unwrap();
        let finding = played.findings.first().expect("it shows");
        let (_, _, written) = scenarios(&case, finding);
        assert!(!written.is_empty());
        for scenario in written {
            assert!(scenario.steps().all(|step| step.claim.is_none()), "{scenario}");
        }
    }
}
