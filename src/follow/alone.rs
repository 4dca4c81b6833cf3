//! What an answer says by itself: the laws of lists that need no request, for formats that have none.

use bellwether_model::Name;
use bellwether_model::answer::{Key, Value as Field};
use bellwether_model::judge::laws::{self, BEFORE_ITS_CREATION};
use bellwether_model::judge::{Comparison, Observed, ObservedRow};
use bellwether_model::operations::OPERATIONS;
use bellwether_model::rules::law;
use serde_json::Value;

use super::{Follower, Tally};
use crate::history::exchange::RAM;
use crate::history::{Answer, Event, only_reads};

/// The list whose rows have names of their own: ids of accounts, which make up the names of others, are masked in
/// published recordings.
const SHARES: &str = "resourceShares";

/// The seconds by which one time has to be before another: recorded times are cut to the second.
const SECONDS: f64 = 2.0;

impl Follower {
    /// Judges an answer whose request is not recorded. Returns whether anything was judged.
    pub(super) fn judge_alone(event: &Event, tally: &mut Tally) -> bool {
        let Some(comparison) = held(event) else { return false };
        let mut operations = OPERATIONS.iter().filter(|it| it.service == RAM);
        let Some(info) = operations.find(|it| it.name == event.operation) else { return false };
        if comparison.conforms.is_empty() && comparison.diverges.is_empty() {
            return false;
        }
        tally.judged += 1;
        for (rule, _) in &comparison.conforms {
            tally.held(rule);
        }
        for divergence in &comparison.diverges {
            tally.contradict(divergence, info.name, &event.place, || (Vec::new(), None));
        }
        true
    }
}

/// The comparison of an answer with the laws of lists; `None` if it is not one to a read of RAM.
fn held(event: &Event) -> Option<Comparison> {
    let Answer::Whole { status: 200, body, .. } = &event.answer else { return None };
    if event.service != RAM || !only_reads(&event.operation) {
        return None;
    }
    let body: Value = serde_json::from_str(body).ok()?;
    let mut all = Comparison::default();
    for (name, list) in body.as_object()? {
        let rows = list.as_array().into_iter().flatten().enumerate();
        let rows: Vec<_> = rows.map(|(place, row)| observed(name, place, row)).collect();
        let mut comparison = Comparison::default();
        laws::hold(&Observed { rows, ..Observed::default() }, &mut comparison);
        let is_named = name == SHARES;
        comparison.conforms.retain(|(rule, _)| is_named || rule.name != law::EACH_ROW_ONCE.name);
        all.conforms.extend(comparison.conforms);
        all.diverges.extend(comparison.diverges);
    }
    Some(all)
}

/// A row of a list, as far as a law of all lists is about it.
fn observed(list: &str, place: usize, row: &Value) -> ObservedRow {
    let arn = row.get("resourceShareArn").and_then(Value::as_str).filter(|_| list == SHARES);
    let key = arn.map_or_else(|| format!("row{place}"), str::to_owned);
    let time = |name: &str| row.get(name).and_then(Value::as_f64);
    let mut observed = ObservedRow::of(Key::Share(Name::new(key)));
    observed.fields.push(("row", Field::Text(row.to_string().into())));
    if let (Some(created), Some(updated)) = (time("creationTime"), time("lastUpdatedTime")) {
        let is_before = created - updated >= SECONDS;
        let said = if is_before { BEFORE_ITS_CREATION.to_owned() } else { updated.to_string() };
        observed.fields.push(("lastUpdatedTime", Field::Text(said.into())));
    }
    observed
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;
    use crate::history::Place;

    fn judged(body: &Value) -> (Vec<&'static str>, Vec<&'static str>) {
        let event = Event {
            place: Place { file: Path::new("a").into(), line: 1 },
            caller: None,
            region: None,
            time: None,
            service: RAM.to_owned(),
            operation: "GetResourceShares".to_owned(),
            request: None,
            answer: Answer::Whole { status: 200, body: body.to_string(), error: None },
        };
        let mut tally = Tally::default();
        Follower::judge_alone(&event, &mut tally);
        let held = tally.rules.iter().filter(|(_, it)| it.held > 0).map(|(rule, _)| *rule);
        let broken = tally.contradictions.iter().map(|it| it.rule.name);
        (held.collect(), broken.collect())
    }

    fn share(arn: &str, created: u64, updated: u64) -> Value {
        json!({ "resourceShareArn": arn, "creationTime": created, "lastUpdatedTime": updated })
    }

    #[test]
    fn an_answer_without_its_request_is_held_against_the_laws_of_lists() {
        let laws = vec!["law/each-row-once", "law/updated-after-creation"];
        let body = json!({ "resourceShares": [share("a", 5, 5), share("b", 5, 9)] });
        assert_eq!(judged(&body), (laws.clone(), Vec::new()));
        let body = json!({ "resourceShares": [share("a", 5, 5), share("a", 5, 5)] });
        assert_eq!(judged(&body).1, ["law/each-row-once"]);
        let body = json!({ "resourceShares": [share("a", 9, 5)] });
        assert_eq!(judged(&body).1, ["law/updated-after-creation"]);
    }

    #[test]
    fn rows_whose_names_may_be_masked_are_not_counted() {
        let row = json!({ "associatedEntity": "111122223333", "status": "ASSOCIATED" });
        let body = json!({ "resourceShareAssociations": [row.clone(), row] });
        assert_eq!(judged(&body), (Vec::new(), Vec::new()));
    }
}
