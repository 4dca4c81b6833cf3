//! Predicts a scenario with the model: each answer, each claim, and what every account sees.

mod render;

use std::collections::BTreeMap;

use bellwether_model::answer::{Answer, Field, Reply, Row};
use bellwether_model::judge::laws;
use bellwether_model::rules::Evidence;
use bellwether_model::view::Seen;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Name, Shape, World};
use serde::Serialize;

use crate::scenario::{ClaimResult, Item, Parsed, Step, granted, world_words};

/// The model's prediction for a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Prediction {
    /// The name of the scenario's text.
    pub file: String,
    /// The relations of the accounts, in the words of the `world` line.
    pub world: String,
    /// The steps, in order.
    pub steps: Vec<PredictedStep>,
    /// The claims, in order; those that steps make of their answer among them.
    pub claims: Vec<PredictedClaim>,
    /// The number of claims that open rules leave undecided.
    pub undecided: usize,
    /// The final views of every account.
    pub views: Views,
    #[serde(skip)]
    shape: Shape,
}

/// The resources that accounts see.
pub type Views = BTreeMap<Account, BTreeMap<Name, Appearance>>;

/// A step and the answer that is expected for it.
#[derive(Clone, Debug, Serialize)]
pub struct PredictedStep {
    /// The line, counted from 1.
    pub line: usize,
    /// The caller.
    pub actor: Account,
    /// The operation.
    pub operation: &'static str,
    /// The step as the scenario writes it, without what it claims.
    pub text: String,
    /// Whether the call is granted; `None` if nobody outside AWS knows.
    pub granted: Option<bool>,
    /// Whether nobody outside AWS knows the answer. The model then goes on by an assumption.
    pub open: bool,
    /// The codes that a refusal may bear.
    pub codes: Vec<&'static str>,
    /// Whether a refusal may bear other codes as well.
    pub any_code: bool,
    /// The rules that decide the answer.
    pub rules: Vec<&'static str>,
    /// The evidence for the answer.
    pub evidence: Evidence,
    /// The fields that the answer expects.
    pub fields: Vec<PredictedField>,
    /// The rows of a list that the answer expects, must not hold or may hold.
    pub rows: Vec<PredictedRow>,
    /// The laws that the answer can break.
    #[serde(skip)]
    pub laws: Vec<&'static str>,
    /// The changes of appearance after the step, by account.
    pub changes: Vec<Change>,
}

/// A field that an answer expects.
#[derive(Clone, Debug, Serialize)]
pub struct PredictedField {
    /// The API's own name.
    pub name: &'static str,
    /// The expected value.
    pub expected: String,
    /// The rule that says so.
    pub rule: &'static str,
}

/// A row of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PredictedRow {
    /// The subject of the row.
    pub about: String,
    /// Whether it is in the list; `None` if an open rule leaves that undecided.
    pub listed: Option<bool>,
    /// The rule that says so.
    pub rule: &'static str,
    /// The fields that it expects where it is in the list.
    pub fields: Vec<PredictedField>,
}

/// A resource whose appearance to an account changes.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The account.
    pub actor: Account,
    /// The resource.
    pub resource: Name,
    /// Its appearance from now on.
    #[serde(flatten)]
    pub appearance: Appearance,
}

/// The appearance of a resource to an account, and its permitted uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// `owned`, `visible` or `hidden`.
    pub seen: &'static str,
    /// Whether that is known well enough to judge by.
    pub judged: bool,
    /// The rule that says so.
    pub rule: &'static str,
    /// The permitted uses: `launch`, `attach` or `read`.
    pub may: Vec<&'static str>,
    /// The uses that open rules leave undecided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<&'static str>,
}

/// A claim, and whether it holds in the model.
#[derive(Clone, Debug, Serialize)]
pub struct PredictedClaim {
    /// The line, counted from 1.
    pub line: usize,
    /// The claim as the scenario writes it.
    pub text: String,
    /// Whether it holds; `None` if an open rule leaves it undecided.
    pub holds: Option<bool>,
    /// The rule that decides it; `None` if its resource was never made.
    pub rule: Option<&'static str>,
}

/// Walks a scenario by the model alone.
///
/// After an open answer the walk goes on by the model's assumption, and what follows from it
/// is not judged.
#[must_use]
pub fn predict(parsed: &Parsed) -> Prediction {
    let shape = parsed.scenario.shape;
    let assumptions = parsed.scenario.assumptions;
    let mut world = World::new(shape).assuming(assumptions);
    let mut prediction = Prediction {
        file: parsed.file_name.clone(),
        world: world_words(shape, assumptions),
        steps: Vec::new(),
        claims: Vec::new(),
        undecided: 0,
        views: views(&world, shape),
        shape,
    };
    let mut answers = BTreeMap::new();
    for (line, item) in parsed.lined() {
        match item {
            Item::Comment(_) => {}
            Item::Step(step) => {
                let answer = prediction.step(line, step, &mut world);
                answers.extend(step.label.clone().zip(Some(answer)));
            }
            Item::Claim(claim) => {
                prediction.claim(line, claim.to_string(), claim.evaluate(&world));
            }
            Item::Reply(claim) => {
                let undecided = ClaimResult { holds: None, rule: None };
                let answer = answers.get(&claim.step);
                let result = answer.map_or(undecided, |answer| claim.evaluate(answer));
                prediction.claim(line, claim.to_string(), result);
            }
        }
    }
    prediction.undecided = prediction.claims.iter().filter(|it| it.holds.is_none()).count();
    prediction
}

/// Whether a scenario shows a rule: an answer rests on it, a row of a list, a claim, or what an
/// account sees from then on.
#[must_use]
pub fn cites(parsed: &Parsed, rule: &str) -> bool {
    let prediction = predict(parsed);
    let mut of_claims = prediction.claims.iter().filter_map(|claim| claim.rule);
    let mut of_steps = prediction.steps.iter().flat_map(PredictedStep::cited);
    of_steps.any(|name| name == rule) || of_claims.any(|name| name == rule)
}

impl Prediction {
    /// Whether no claim is contradicted. One that is undecided contradicts nothing.
    #[must_use]
    pub fn claims_hold(&self) -> bool {
        self.claims.iter().all(|claim| claim.holds != Some(false))
    }

    /// Takes a step, and returns its answer.
    fn step(&mut self, line: usize, step: &Step, world: &mut World) -> Answer {
        let made = step.made_name(self.steps.len());
        let answer = step.call.transition(world, step.actor, &made);
        let assumed = match &answer {
            Answer::Open(undecided) if undecided.granted => {
                let open = undecided.rules[0];
                Some(step.call.apply_assumed(world, step.actor, &made, open))
            }
            Answer::Open(_) | Answer::Granted(_) | Answer::Refused(_) => None,
        };
        let views = views(world, self.shape);
        let mut predicted = PredictedStep::new(line, step, &answer, assumed.as_ref());
        predicted.changes = changes(&self.views, &views);
        self.views = views;
        self.steps.push(predicted);
        if let Some(claim) = &step.claim {
            self.claim(line, claim.to_string(), claim.evaluate(&answer));
        }
        answer
    }

    fn claim(&mut self, line: usize, text: String, result: ClaimResult) {
        let rule = result.rule.map(|rule| rule.name);
        self.claims.push(PredictedClaim { line, text, holds: result.holds, rule });
    }
}

impl PredictedStep {
    fn new(line: usize, step: &Step, answer: &Answer, assumed: Option<&Reply>) -> Self {
        let plain = Step { claim: None, ..step.clone() };
        let (granted, rules, codes, any_code) = match answer {
            Answer::Granted(reply) => (Some(true), vec![reply.because], Vec::new(), false),
            Answer::Refused(refusal) => {
                let rules = refusal.broken.clone();
                (Some(false), rules, refusal.codes(), refusal.allows(""))
            }
            Answer::Open(undecided) => (None, undecided.rules.clone(), Vec::new(), false),
        };
        let reply = match answer {
            Answer::Granted(reply) => Some(reply),
            Answer::Refused(_) | Answer::Open(_) => assumed,
        };
        let evidence = rules.iter().map(|rule| rule.evidence).max();
        Self {
            line,
            actor: step.actor,
            operation: step.call.operation(),
            text: plain.to_string(),
            granted,
            open: granted.is_none(),
            codes,
            any_code,
            rules: rules.iter().map(|rule| rule.name).collect(),
            evidence: evidence.unwrap_or(Evidence::Open),
            fields: reply.map_or_else(Vec::new, |reply| fields(&reply.fields)),
            rows: reply.map_or_else(Vec::new, rows),
            laws: reply.map_or_else(Vec::new, |it| laws::of(it).iter().map(|it| it.name).collect()),
            changes: Vec::new(),
        }
    }
}

impl PredictedStep {
    /// The names of the rules that the step's answer and what it changes rest on.
    pub fn cited(&self) -> impl Iterator<Item = &'static str> {
        let rules = self.rules.iter().copied();
        let of_rows = self.rows.iter().flat_map(|row| {
            let of_fields = row.fields.iter().map(|field| field.rule);
            of_fields.chain([row.rule])
        });
        let of_fields = self.fields.iter().map(|field| field.rule);
        let of_changes = self.changes.iter().map(|change| change.appearance.rule);
        let laws = self.laws.iter().copied();
        rules.chain(of_rows).chain(of_fields).chain(of_changes).chain(laws)
    }
}

fn rows(reply: &Reply) -> Vec<PredictedRow> {
    let row = |row: &Row| PredictedRow {
        about: row.key.to_string(),
        listed: row.judged.then_some(row.present),
        rule: row.rule.name,
        fields: if row.present { fields(&row.fields) } else { Vec::new() },
    };
    reply.rows.iter().map(row).collect()
}

fn fields(fields: &[Field]) -> Vec<PredictedField> {
    let field = |field: &Field| PredictedField {
        name: field.name,
        expected: field.expected.to_string(),
        rule: field.rule.name,
    };
    fields.iter().map(field).collect()
}

/// The views of all accounts, each of what is in whichever Region.
fn views(world: &World, shape: Shape) -> Views {
    let mut views = views_here(world, shape);
    for region in world.elsewhere.keys() {
        for (account, there) in views_here(&world.in_region(*region), shape) {
            views.entry(account).or_default().extend(there);
        }
    }
    views
}

/// The views of what is in the Region that a world is in.
fn views_here(world: &World, shape: Shape) -> Views {
    let appearance = |account: Account| {
        let resources = world.seen_by(account).resources;
        let resources = resources.into_iter().map(|(name, resource, sight)| {
            let (may, undecided) = uses(world, account, name, &resource.kind, sight.seen);
            let appearance = Appearance {
                seen: sight.seen.as_str(),
                judged: sight.judged,
                rule: sight.rule.name,
                may,
                undecided,
            };
            (name.clone(), appearance)
        });
        (account, resources.collect())
    };
    shape.actors().iter().copied().map(appearance).collect()
}

/// Returns the uses of a resource that an account is permitted, and the undecided ones.
fn uses(
    world: &World,
    account: Account,
    name: &Name,
    kind: &Kind,
    seen: Seen,
) -> (Vec<&'static str>, Vec<&'static str>) {
    let Some((usage, call)) = kind.usage(name) else { return (Vec::new(), Vec::new()) };
    let usage = usage.as_str();
    match granted(&call.check(world, account)) {
        Some(true) => (vec![usage], Vec::new()),
        Some(false) => (Vec::new(), Vec::new()),
        None if seen == Seen::Hidden => (Vec::new(), Vec::new()),
        None => (Vec::new(), vec![usage]),
    }
}

/// Returns the changes of appearance; a new resource only if it does not stay hidden.
fn changes(before: &Views, after: &Views) -> Vec<Change> {
    let mut changes = Vec::new();
    for (actor, resources) in after {
        for (resource, appearance) in resources {
            let earlier = before.get(actor).and_then(|resources| resources.get(resource));
            let hidden = Seen::Hidden.as_str();
            let is_news = match earlier {
                Some(earlier) => !earlier.reads_as(appearance),
                None => appearance.seen != hidden || !appearance.judged,
            };
            if is_news {
                changes.push(Change {
                    actor: *actor,
                    resource: resource.clone(),
                    appearance: appearance.clone(),
                });
            }
        }
    }
    changes
}

impl Appearance {
    /// Whether both mean the same to the account, whatever the rules.
    fn reads_as(&self, other: &Self) -> bool {
        let of = |appearance: &Self| {
            let uses = (appearance.may.clone(), appearance.undecided.clone());
            (appearance.seen, appearance.judged, uses)
        };
        of(self) == of(other)
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::Account;
    use serde_json::json;

    use super::{Prediction, predict};
    use crate::scenario::Parsed;

    fn predicted(text: &str) -> Prediction {
        predict(&Parsed::read("a.scenario", text).unwrap_or_else(|error| panic!("{error}")))
    }

    /// Checks whether the claims of a scenario hold, in order.
    #[track_caller]
    fn check(text: &str, expected: &[Option<bool>]) {
        let prediction = predicted(text);
        let holds: Vec<_> = prediction.claims.iter().map(|claim| claim.holds).collect();
        assert_eq!(holds, expected, "{prediction}");
    }

    #[test]
    fn a_claim_that_is_wrong_does_not_hold() {
        let text = "world standalone
owner CreateManagedPrefixList -> list ! X
owner CreateResourceShare resourceArns=list principals=consumer -> share
? consumer sees list
? consumer invitation share ACCEPTED
? consumer invitation share absent
? owner share share DELETED
? owner association share list absent
? owner association share consumer ASSOCIATED
? stranger share share ACTIVE
";
        check(text, &[Some(false); 8]);
        assert!(!predicted(text).claims_hold());
    }

    #[test]
    fn a_claim_under_an_open_rule_is_undecided() {
        let text = "world organization sharing=on
owner CreateSubnet -> net
owner CreateResourceShare resourceArns=net principals=member -> share
member RunInstances SubnetId=net -> web
owner DisassociateResourceShare share resourceArns=net
? member hidden net
? member may-not-launch net
owner CreateResourceShare principals=owner -> own ! InvalidParameterException
? owner share own ACTIVE
owner DeleteResourceShare share
owner DeleteResourceShare share ! UnknownResourceException
";
        check(text, &[Some(true), Some(true), None, None, None]);
        let prediction = predicted(text);
        assert!(prediction.claims_hold());
        let step = &prediction.steps[4];
        assert_eq!((step.granted, step.open), (None, true));
    }

    #[test]
    fn a_step_claims_that_it_is_granted() {
        let text = "world standalone
owner CreateVpc -> vpc ! granted
consumer DeleteVpc VpcId=vpc ! granted
owner CreateResourceShare principals=owner -> own ! granted
";
        check(text, &[Some(true), Some(false), None]);
        assert_eq!(predicted(text).undecided, 1);
        assert!(predicted(text).to_string().ends_with("\n1 claim is undecided\n"));
    }

    #[test]
    fn claims_about_lists_and_replies_are_held_against_rows_and_fields() {
        let text = "world organization sharing=on
owner CreateSubnet -> net
@made owner CreateResourceShare name=platform resourceArns=net principals=member -> share
? step made name=platform status=ACTIVE
? step made name=other
? step made name=absent
? member lists DescribeSubnets net
? member lists DescribeSubnets net OwnerId=owner
? member lists DescribeSubnets net OwnerId=member
? member lists-not DescribeSubnets net
? sibling lists-not DescribeSubnets net
? sibling lists DescribeSubnets net
? owner lists GetResourceShareAssociations associationType=RESOURCE net status=ASSOCIATED
? sibling lists DescribeSubnets SubnetIds=net net
? member lists DescribeSubnets net Unheard=of
";
        let (yes, no) = (Some(true), Some(false));
        check(text, &[yes, no, no, yes, yes, no, no, yes, no, yes, no, None]);
    }

    #[test]
    fn a_resource_that_was_never_made_is_hidden_and_unusable() {
        let text = "world standalone
consumer CreateSubnet VpcId=\"vpc\" -> net ! InvalidVpcID.NotFound
? consumer hidden net
? consumer may-launch net
? consumer may-not-launch net
owner CreateResourceShare principals=\"x\" -> share ! InvalidParameterException
? owner share share absent
? owner association share consumer absent
? consumer invitation share absent
consumer RunInstances -> web
? consumer running web
? owner running web
";
        let (yes, no) = (Some(true), Some(false));
        check(text, &[yes, yes, no, yes, yes, yes, yes, yes, yes, no]);
    }

    #[test]
    fn steps_make_resources_without_a_name() {
        let prediction = predicted("world standalone\nowner CreateVpc\nowner CreateVpc\n");
        assert_eq!(prediction.views[&Account::OWNER].len(), 2);
    }

    #[test]
    fn the_json_has_the_documented_keys() {
        let prediction = predicted(
            "world standalone
owner CreateManagedPrefixList -> list
consumer GetManagedPrefixListEntries PrefixListId=list ! InvalidPrefixListID.NotFound
",
        );
        let json = serde_json::to_value(&prediction).expect("a prediction is plain data");
        assert_eq!(json["world"], "standalone");
        let step = &json["steps"][1];
        assert_eq!(step["line"], 3);
        assert_eq!(step["actor"], "consumer");
        assert_eq!(step["operation"], "GetManagedPrefixListEntries");
        assert_eq!(step["granted"], false);
        assert_eq!(step["codes"][0], "InvalidPrefixListID.NotFound");
        assert_eq!(step["rules"], json!(["prefix-list/known-to-the-caller"]));
        assert_eq!(step["evidence"], "documented_and_recorded");
        let claim = json!({
            "line": 3,
            "text": "! InvalidPrefixListID.NotFound",
            "holds": true,
            "rule": "prefix-list/known-to-the-caller",
        });
        assert_eq!(json["claims"], json!([claim]));
        assert_eq!(json["views"]["owner"]["list"]["seen"], "owned");
        assert_eq!(json["views"]["owner"]["list"]["may"], json!(["read"]));
        assert_eq!(json["views"]["consumer"]["list"]["seen"], "hidden");
    }
}
