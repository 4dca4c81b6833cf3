//! SARIF 2.1.0, for code scanning: a result per divergence, at its line of its scenario file.

use serde_json::{Value, json};

use super::files::RenderError;
use super::human::is_url;
use super::{DivergenceReport, Group, Report, phrase};
use crate::store::scenario_file;

/// Renders a report.
pub(super) fn render(report: &Report) -> Result<String, RenderError> {
    let groups = report.groups();
    let results: Vec<Value> = groups
        .iter()
        .enumerate()
        .flat_map(|(index, group)| {
            group.divergences.iter().map(move |found| result(report, index, found))
        })
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "Bellwether",
                    "semanticVersion": report.bellwether,
                    "rules": groups.iter().map(rule).collect::<Vec<_>>(),
                },
            },
            "invocations": [{
                "executionSuccessful": report.reasons.is_empty(),
                "endTimeUtc": report.ended_at,
                "toolExecutionNotifications": report.reasons.iter().map(|reason| json!({
                    "level": "warning",
                    "message": { "text": reason },
                })).collect::<Vec<_>>(),
            }],
            "results": results,
            "properties": { "target": report.target.name, "verdict": phrase::verdict(report) },
        }],
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// The result for a divergence of the rule at an index.
fn result(report: &Report, index: usize, found: &DivergenceReport) -> Value {
    let text = format!(
        "{}: {} in {} by the {}. Expected: {}. Observed: {}.",
        report.target.name,
        found.kind,
        found.operation,
        found.actor_role,
        found.expected,
        found.observed
    );
    json!({
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": if report.is_failure(found) { "error" } else { "warning" },
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": scenario_file(&found.id) },
                "region": { "startLine": found.line },
            },
        }],
        "partialFingerprints": { "bellwetherId/v1": found.id },
        "properties": {
            "id": found.id,
            "kind": found.kind,
            "evidence": found.evidence,
            "replay": found.replay,
        },
    })
}

/// The description of a rule that is broken.
fn rule(group: &Group<'_>) -> Value {
    let first = group.divergences[0];
    let sources = first.sources.iter().map(|source| format!("{} ({})", source.place, source.says));
    let sources: Vec<_> = sources.collect();
    let mut rule = json!({
        "id": group.rule,
        "shortDescription": { "text": first.says },
        "help": {
            "text": format!("{} ({}).\n{}", first.says, first.evidence, sources.join("\n")),
        },
    });
    if let Some(url) = first.sources.iter().find(|source| is_url(source.place)) {
        rule["helpUri"] = url.place.into();
    }
    rule
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::tests::{assert_valid, sample};
    use super::render;

    const SCHEMA: &str = include_str!("../../suites/schemas/sarif-2.1.0.json");

    #[test]
    fn it_validates_against_the_schema_of_sarif() {
        let mut report = sample();
        report.reasons.push("the run was interrupted".to_owned());
        let document = render(&report).unwrap();
        assert_valid(SCHEMA, &serde_json::from_str(&document).unwrap());
    }

    #[test]
    fn each_divergence_points_at_the_line_of_its_scenario_file() {
        let report = sample();
        let document: Value = serde_json::from_str(&render(&report).unwrap()).unwrap();
        let run = &document["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), report.divergences.len());
        for found in &report.divergences {
            let is_it = |result: &&Value| result["properties"]["id"] == found.id.as_str();
            let result = results.iter().find(is_it).unwrap();
            let place = &result["locations"][0]["physicalLocation"];
            let file = format!("{}.scenario", found.id);
            assert_eq!(place["artifactLocation"]["uri"], file.as_str());
            assert_eq!(place["region"]["startLine"], found.line);
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], found.rule);
        }
    }
}
