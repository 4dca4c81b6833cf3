//! A CloudTrail file that is made of a recorded run: what the format has of it, and no more.

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event as Part;
use serde_json::{Map, json};

use super::*;
use crate::history::exchange::RAM;
use crate::history::{Answer as Recorded, format_of, read};

/// The seconds between two events: CloudTrail tells their times to the second.
const APART: u64 = 2;

/// A record of CloudTrail of what a history holds whole; `None` if it keeps nothing of it.
fn record(event: &Event, number: u64) -> Option<Value> {
    let Recorded::Whole { status, body, error } = &event.answer else { return None };
    let time = jiff::Timestamp::from_second(i64::try_from(number * APART).ok()?).ok()?;
    let is_ram = event.service == RAM;
    let request = event.request.as_ref()?;
    let mut record = json!({
        "eventVersion": "1.08",
        "eventTime": time.to_string(),
        "eventSource": format!("{}.amazonaws.com", event.service),
        "eventName": event.operation,
        "awsRegion": event.region,
        "userIdentity": { "accountId": event.caller?.to_string() },
        "requestParameters": if is_ram { request.clone() } else { parameters(request) },
        "responseElements": null,
    });
    if *status >= 400 {
        let code = match error {
            Some(code) => code.split(':').next().unwrap_or_default().to_owned(),
            None => body.split_once("<Code>")?.1.split_once("</Code>")?.0.to_owned(),
        };
        record["errorCode"] = json!(code);
    } else if !history::only_reads(&event.operation) {
        record["responseElements"] =
            if is_ram { texts_of_times(serde_json::from_str(body).ok()?) } else { elements(body) };
    }
    Some(record)
}

/// The parameters of a query request as CloudTrail keeps them: lists as sets of items.
fn parameters(request: &Value) -> Value {
    let mut kept = json!({});
    for (path, value) in request.as_object().into_iter().flatten() {
        if ["Action", "Version"].contains(&path.as_str()) {
            continue;
        }
        let parts: Vec<&str> = path.split('.').collect();
        place(&mut kept, &parts, value);
    }
    kept
}

fn place(kept: &mut Value, parts: &[&str], value: &Value) {
    let Some((name, rest)) = parts.split_first() else { return };
    let small = name[..1].to_ascii_lowercase() + &name[1..];
    match rest.split_first() {
        None => kept[&small] = value.clone(),
        Some((number, rest)) if number.parse::<usize>().is_ok() => {
            let index = number.parse::<usize>().unwrap().saturating_sub(1);
            let set = &mut kept[format!("{small}Set")]["items"];
            if set.is_null() {
                *set = json!([]);
            }
            let items = set.as_array_mut().unwrap();
            while items.len() <= index {
                items.push(json!({}));
            }
            place(&mut items[index], if rest.is_empty() { &parts[..1] } else { rest }, value);
        }
        Some(_) => {
            if kept[&small].is_null() {
                kept[&small] = json!({});
            }
            place(&mut kept[&small], rest, value);
        }
    }
}

/// An answer of RAM with its times as CloudTrail writes them.
fn texts_of_times(said: Value) -> Value {
    match said {
        Value::Object(members) => {
            let kept = members.into_iter().map(|(name, value)| {
                let seconds = value.as_f64().filter(|_| name.ends_with("Time"));
                let moment = seconds.map(|seconds| {
                    #[expect(clippy::cast_possible_truncation, reason = "times of tests are small")]
                    let milliseconds = (seconds * 1000.0) as i64;
                    jiff::Timestamp::from_millisecond(milliseconds).unwrap().to_string()
                });
                let value = moment.map_or_else(|| texts_of_times(value), |moment| json!(moment));
                (name, value)
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.into_iter().map(texts_of_times).collect(),
        said @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => said,
    }
}

/// An answer of EC2 as CloudTrail keeps it.
fn elements(xml: &str) -> Value {
    let mut reader = XmlReader::from_str(xml);
    let mut open: Vec<(String, Map<String, Value>, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Part::Start(tag) => {
                open.push((name_of(tag.name().as_ref()), Map::new(), String::new()));
            }
            Part::Empty(tag) => add(&mut open, &name_of(tag.name().as_ref()), Value::Null),
            Part::Text(text) => {
                if let Some((.., said)) = open.last_mut() {
                    said.push_str(&text);
                }
            }
            Part::End(_) => {
                let (name, members, text) = open.pop().unwrap();
                let value =
                    if members.is_empty() { json!(text.trim()) } else { Value::Object(members) };
                if open.is_empty() {
                    return value;
                }
                add(&mut open, &name, value);
            }
            Part::Eof => return Value::Null,
            Part::CData(_)
            | Part::Comment(_)
            | Part::Decl(_)
            | Part::DocType(_)
            | Part::GeneralRef(_)
            | Part::PI(_) => {}
        }
    }
}

fn name_of(name: impl AsRef<[u8]>) -> String {
    String::from_utf8_lossy(name.as_ref()).into_owned()
}

fn add(open: &mut [(String, Map<String, Value>, String)], name: &str, value: Value) {
    let Some((_, members, _)) = open.last_mut() else { return };
    if name == "item" {
        let items = members.entry("items").or_insert_with(|| json!([]));
        items.as_array_mut().unwrap().push(value);
    } else {
        members.insert(name.to_owned(), value);
    }
}

/// What is read of the CloudTrail file of a history, and the events that it keeps something of.
fn through_cloudtrail(events: &[Event]) -> (Vec<Event>, Vec<Event>) {
    let numbered = (1..).zip(events);
    let kept: Vec<(Value, &Event)> =
        numbered.filter_map(|(number, event)| Some((record(event, number)?, event))).collect();
    let records: Vec<&Value> = kept.iter().map(|(record, _)| record).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trail.json");
    std::fs::write(&path, json!({ "Records": records }).to_string()).unwrap();
    let mut told = Vec::new();
    read(&path, format_of(&path).unwrap(), &mut |event| told.push(event.unwrap())).unwrap();
    (told, kept.into_iter().map(|(_, event)| event.clone()).collect())
}

#[tokio::test]
async fn of_a_trail_what_was_granted_and_refused_is_judged() {
    let (events, _) = through_cloudtrail(&played(Reference::new(), &[case(LIFE)]).await);
    let tally = judged(events).await;
    assert_eq!(told(&tally), "");
    assert!(tally.judged > 5, "{} {:#?}", tally.judged, tally.unjudged);
    let mutant = mutants::find("accepted-twice").unwrap();
    let events = played(Reference::with_mutant(Some(mutant)), &[case(mutant.shown)]).await;
    let tally = judged(through_cloudtrail(&events).0).await;
    assert_eq!(tally.contradictions.len(), 1, "{}", told(&tally));
}

#[tokio::test]
async fn a_trail_loses_only_what_the_format_lacks() {
    let suites = suites::all();
    let cases = suites.iter().filter(|suite| suite.scenario().assumptions.are_none());
    for suite in cases.step_by(5) {
        let events = played(Reference::new(), &[suite.case(&Capabilities::all())]).await;
        let (told_by_trail, kept) = through_cloudtrail(&events);
        assert_eq!(told_by_trail.len(), kept.len());
        for (told, kept) in told_by_trail.iter().zip(&kept) {
            let of = |it: &Event| (it.caller, it.region.clone(), it.operation.clone());
            assert_eq!(of(told), of(kept));
            assert_eq!(told.was_refused(), kept.was_refused(), "{kept:?}");
            if kept.service == RAM {
                assert_eq!((&told.service, &told.request), (&kept.service, &kept.request));
            }
            if history::only_reads(&kept.operation) {
                assert!(matches!(told.answer, Recorded::Granted | Recorded::Refused { .. }));
            } else if kept.service == RAM && !kept.was_refused() {
                let Recorded::Partly { body } = &told.answer else { panic!("{told:?}") };
                let Recorded::Whole { body: whole, .. } = &kept.answer else { panic!("{kept:?}") };
                let in_seconds =
                    |body: &str| texts_of_times(in_seconds(serde_json::from_str(body).unwrap()));
                assert_eq!(in_seconds(body), in_seconds(whole));
            }
        }
        let tally = judged(told_by_trail).await;
        assert_eq!(super::told(&tally), "", "{}", suite.name);
    }
}

/// An answer whose times are cut to the second.
fn in_seconds(said: Value) -> Value {
    match said {
        Value::Object(members) => {
            let cut = members.into_iter().map(|(name, value)| {
                let seconds = value.as_f64().filter(|_| name.ends_with("Time"));
                (name, seconds.map_or_else(|| in_seconds(value), |it| json!(it.trunc())))
            });
            Value::Object(cut.collect())
        }
        Value::Array(items) => items.into_iter().map(in_seconds).collect(),
        said @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => said,
    }
}
