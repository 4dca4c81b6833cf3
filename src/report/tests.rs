//! A report as tests need it, and tests of its JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bellwether_model::rules;
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::files::FILES;
use super::{
    BudgetReport, DivergenceReport, ListedReport, OpenReport, ReasonReport, Report, RuleReport,
    SCHEMA, SettlingReport, TargetReport,
};
use crate::capabilities::Capabilities;
use crate::levels::Ladder;
use crate::run::Faults;

/// The shape of [`Faults`] in JSON.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "the schema alone is used")]
pub(super) struct FaultsShape {
    /// The number of requests that met one.
    times: u64,
    /// The first of them, as an example.
    first: String,
}

const ACCEPTED_TWICE: &str = "\
# An invitation can be accepted once.
world standalone

owner    CreateResourceShare name=platform principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer AcceptResourceShareInvitation invitation:share/consumer ! ResourceShareInvitationAlreadyAcceptedException
";

const HIDDEN: &str = "\
# A participant's DescribeSubnets lists a shared subnet.
world organization sharing=on

owner  CreateSubnet -> net
owner  CreateResourceShare name=platform resourceArns=net principals=member -> share
? member sees net
";

const LEAKED: &str = "\
# A participant's DescribeSubnets lists a shared subnet.
world organization sharing=on

owner  CreateSubnet -> net
owner  CreateResourceShare name=\"<script>alert(1)</script>\"
? outsider hidden net
";

/// A divergence of a rule, in a scenario that shows it.
fn divergence(rule: &str, kind: &'static str, scenario: &str) -> DivergenceReport {
    let rule = rules::find(rule).expect("it is a rule");
    let last = scenario.lines().count();
    let id = format!("{}.{kind}.DescribeSubnets.consumer", rule.name.replace('/', "."));
    DivergenceReport {
        replay: format!("bellwether replay 'a report/{id}.scenario' --target moto"),
        id,
        rule: rule.name,
        says: rule.says,
        kind,
        operation: "DescribeSubnets",
        actor_role: "consumer",
        field: None,
        types: BTreeSet::new(),
        expected_rule: None,
        actor: "member".to_owned(),
        after_line: last - 1,
        line: last,
        listed: None,
        expected: "net is listed".to_owned(),
        observed: "net is <script>alert(2)</script>".to_owned(),
        evidence: rule.evidence,
        advice: false,
        sources: rule.sources,
        steps: scenario.lines().count() - 3,
        scenario: scenario.to_owned(),
        requests_to_find: 177,
        requests_to_shrink: 34,
        rate: None,
    }
}

/// Three divergences of two rules.
fn divergences() -> Vec<DivergenceReport> {
    let listed = |expected: bool| {
        Some(ListedReport { resource: "net".to_owned(), expected, observed: !expected })
    };
    let mut leak = divergence("subnet/seen-while-shared", "leak", LEAKED);
    leak.actor = "outsider".to_owned();
    leak.listed = listed(false);
    let mut twice = divergence("invitation/accepted-once", "wrongly-granted", ACCEPTED_TWICE);
    twice.actor = "consumer".to_owned();
    twice.operation = "AcceptResourceShareInvitation";
    twice.after_line = twice.line;
    let mut lost = divergence("subnet/seen-while-shared", "lost", HIDDEN);
    lost.listed = listed(true);
    vec![leak, twice, lost]
}

/// A state of a rule: each state is that of some rule.
fn state(rule: &rules::Rule, divergences: &[DivergenceReport]) -> RuleReport {
    let state = if divergences.iter().any(|found| found.rule == rule.name) {
        "diverges"
    } else if !rule.question.is_empty() {
        "open"
    } else if rule.name.starts_with("time/") {
        "unimplemented"
    } else if rule.name.len().is_multiple_of(3) {
        "unexercised"
    } else {
        "conforms"
    };
    RuleReport { state, reached: rule.name.len() as u64 }
}

/// A report with three divergences of two rules, and a bit of everything else.
pub(super) fn sample() -> Report {
    let divergences = divergences();
    let open = rules::all().find(|rule| !rule.question.is_empty()).expect("some are open");
    let levels = Ladder::at_most(&Capabilities::all());
    Report {
        schema: SCHEMA,
        bellwether: "0.1.0",
        target: TargetReport {
            name: "moto".to_owned(),
            endpoint: "http://127.0.0.1:5057".to_owned(),
            version: None,
            bound: "0ms".to_owned(),
            bound_is_measured: false,
        },
        assume: Vec::new(),
        seed: 1,
        cases: 120,
        steps: 2400,
        requests: 9000,
        seconds: 41.5,
        verdict: "diverges",
        level: levels.level(),
        levels,
        strict: false,
        ended: true,
        ended_at: "2026-01-02T03:04:05Z".to_owned(),
        budget: BudgetReport { cases: 100, steps: 80, requests: None, seconds: Some(60) },
        reasons: Vec::new(),
        inconclusive_cases: 3,
        inconclusive_reasons: vec![ReasonReport { reason: "no answer".to_owned(), cases: 3 }],
        ended_early: None,
        rule: None,
        systemic: None,
        rules: rules::all().map(|rule| (rule.name, state(rule, &divergences))).collect(),
        divergences,
        known: Vec::new(),
        flaky: Vec::new(),
        unconfirmed: Vec::new(),
        stored: Vec::new(),
        operations: BTreeMap::from([("CreateSubnet", true), ("DescribeImages", false)]),
        missing: BTreeMap::from([("DescribeImages".to_owned(), "501 <none>".to_owned())]),
        open: vec![OpenReport {
            rule: open.name,
            question: open.question,
            operation: "CreateResourceShare".to_owned(),
            answer: "granted".to_owned(),
            times: 2,
        }],
        settling: BTreeMap::from([(
            "subnet/seen-while-shared",
            SettlingReport { p50: 10, p95: 40, max: 160 },
        )]),
        faults_met: BTreeMap::from([(
            "throttled",
            Faults { times: 3, first: "slow down".to_owned() },
        )]),
    }
}

/// A report with this number of divergences, each of a rule of its own as long as there are rules.
pub(super) fn sample_of(number: usize) -> Report {
    let mut report = sample();
    let firm: Vec<_> = rules::all().filter(|rule| rule.evidence.is_firm()).collect();
    let many = (0..number).map(|place| {
        let rule = firm[place % firm.len()];
        let mut found = divergence(rule.name, "lost", HIDDEN);
        found.id = format!("{}.{place}", found.id);
        found.listed =
            Some(ListedReport { resource: "net".to_owned(), expected: true, observed: false });
        if place == 0 {
            found.kind = "leak";
        }
        found
    });
    report.divergences = many.collect();
    report
}

/// Checks a value against a JSON Schema.
#[track_caller]
pub(super) fn assert_valid(schema: &str, value: &Value) {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let schema = serde_json::from_str(schema).expect("a schema is JSON");
    compiler.add_resource("schema.json", schema).expect("it has a place");
    let index = compiler.compile("schema.json", &mut schemas).expect("it is a schema");
    if let Err(error) = schemas.validate(value, index) {
        panic!("{error:#}");
    }
}

/// The schema of `results.json`, as the types have it.
fn schema() -> String {
    let mut schema = schemars::schema_for!(Report);
    schema.insert("title".to_owned(), json!("Bellwether's results"));
    let version = json!({ "const": SCHEMA, "description": "The version of this shape." });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("schema".to_owned(), version);
    }
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}

const COMMITTED: &str = include_str!("../../docs/results.schema.json");

#[test]
fn the_schema_in_the_documents_is_that_of_the_types() {
    let schema = schema();
    if std::env::var_os("DOCUMENTS").is_some_and(|value| value == "write") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results.schema.json");
        std::fs::write(path, schema).expect("it can be written");
    } else {
        assert!(
            schema == COMMITTED,
            "docs/results.schema.json is stale; write it with `DOCUMENTS=write cargo test --lib schema`"
        );
    }
}

#[test]
fn the_results_validate_against_their_schema() {
    let (name, render) = FILES[0];
    assert_eq!(name, "results.json");
    for report in [sample(), sample_of(12)] {
        let json = render(&report).expect("it is written");
        assert_valid(COMMITTED, &serde_json::from_str(&json).expect("it is JSON"));
    }
}

/// The properties that the first version of the results began with: within a version, none of them goes, and
/// none may be missing from any results.
const FIRST: [(&str, &str); 4] = [
    (
        "",
        "schema bellwether target assume seed cases steps requests seconds verdict reasons \
         inconclusive_cases divergences flaky rules operations missing open settling faults_met",
    ),
    ("TargetReport", "name endpoint"),
    (
        "DivergenceReport",
        "id rule says kind operation actor_role expected observed evidence advice sources steps \
         scenario requests_to_find requests_to_shrink replay",
    ),
    ("RuleReport", "state reached"),
];

#[test]
fn within_a_version_the_results_only_gain_properties() {
    let schema: Value = serde_json::from_str(COMMITTED).expect("a schema is JSON");
    for (definition, properties) in FIRST {
        let shape = if definition.is_empty() { &schema } else { &schema["$defs"][definition] };
        let required = shape["required"].as_array().expect("some are required");
        for property in properties.split_whitespace() {
            assert!(required.contains(&json!(property)), "{definition}: {property}");
        }
        assert_eq!(shape.get("additionalProperties"), None, "readers have to bear new properties");
    }
    assert_eq!(SCHEMA, 1, "a new version begins a new list");
}
