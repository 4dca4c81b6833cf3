//! Histories as they come: cut, mixed, out of order, with clocks that are wrong.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::history::own::{Head, VERSION};
use crate::history::{Format, format_of};

/// The text of a recording of these exchanges.
fn recording(exchanges: &[Exchange]) -> String {
    let head = Head { bellwether_recording: VERSION, endpoint: "http://a".to_owned() };
    let mut text = serde_json::to_string(&head).unwrap() + "\n";
    for exchange in exchanges {
        text += &serde_json::to_string(exchange).unwrap();
        text.push('\n');
    }
    text
}

/// Judges files of these contents.
async fn judged_of(contents: &[(&str, &[u8])]) -> Judged {
    let folder = TempDir::new().unwrap();
    let files: Vec<(PathBuf, &'static Format)> = contents
        .iter()
        .map(|(name, content)| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            let format = format_of(&path).unwrap();
            (path, format)
        })
        .collect();
    judge_files(&files, ASSUMED).await.unwrap()
}

async fn life() -> Vec<Exchange> {
    said(Reference::new(), &[case(LIFE)]).await
}

#[tokio::test]
async fn what_is_left_of_a_recording_that_is_cut_is_judged() {
    let text = recording(&life().await);
    let whole = judged_of(&[("a.jsonl", text.as_bytes())]).await;
    assert_eq!(whole.unreadable_count, 0);
    let cut = judged_of(&[("a.jsonl", &text.as_bytes()[..text.len() - 30])]).await;
    assert_eq!(told(&cut.tally), "");
    assert_eq!((cut.unreadable_count, cut.tally.events), (1, whole.tally.events - 1));
    assert!(cut.tally.judged + 1 >= whole.tally.judged, "{:?}", cut.tally.unjudged);
}

#[tokio::test]
async fn lines_that_are_no_calls_are_left_out() {
    let text = recording(&life().await);
    let whole = judged_of(&[("a.jsonl", text.as_bytes())]).await;
    let damaged = text.replace('\n', "\n{\"begin\":\n");
    let judged = judged_of(&[("a.jsonl", damaged.as_bytes())]).await;
    assert_eq!(told(&judged.tally), "");
    assert_eq!(judged.tally.judged, whole.tally.judged);
    assert!(judged.unreadable_count > 10, "{}", judged.unreadable_count);
    assert!(judged.unreadable[0].to_string().contains("a.jsonl:2: "), "{:?}", judged.unreadable);
}

#[tokio::test]
async fn two_histories_that_are_mixed_are_judged_as_each_by_itself() {
    let reference = Reference::new();
    let first = said(reference.clone(), &[case(LIFE)]).await;
    let second = said(reference, &[case(LIFE)]).await;
    let each = judged(tap::events(first.clone())).await.judged
        + judged(tap::events(second.clone())).await.judged;
    // One call of the one, then one of the other.
    let mut mixed = Vec::new();
    for (one, mut other) in first.into_iter().zip(second) {
        other.begin = one.begin.map(|it| it + 500);
        other.end = other.begin;
        mixed.extend([one, other]);
    }
    let together = judged(tap::events(mixed)).await;
    assert_eq!(told(&together), "");
    assert_eq!(together.judged, each);
}

#[tokio::test]
async fn files_that_overlap_are_one_history() {
    let all = life().await;
    let whole = judged(tap::events(all.clone())).await;
    let (mut even, mut odd) = (Vec::new(), Vec::new());
    for (place, exchange) in all.into_iter().enumerate() {
        if place % 2 == 0 { even.push(exchange) } else { odd.push(exchange) }
    }
    let (even, odd) = (recording(&even), recording(&odd));
    let judged = judged_of(&[("a.jsonl", odd.as_bytes()), ("b.jsonl", even.as_bytes())]).await;
    assert_eq!(told(&judged.tally), "");
    assert_eq!(judged.tally.judged, whole.judged, "{:?}", judged.tally.unjudged);
}

#[tokio::test]
async fn of_recordings_that_were_put_into_one_file_the_first_is_judged() {
    let text = recording(&life().await);
    let alone = judged_of(&[("a.jsonl", text.as_bytes())]).await;
    let both = judged_of(&[("a.jsonl", (text.clone() + &text).as_bytes())]).await;
    assert_eq!(both.tally.events, alone.tally.events);
    assert!(both.unreadable[0].why.contains("another recording"), "{:?}", both.unreadable);
}

#[tokio::test]
async fn a_clock_that_goes_back_contradicts_nothing() {
    let all = life().await;
    let whole = judged(tap::events(all.clone())).await;
    for place in 0..all.len() {
        let mut set_back = all.clone();
        for exchange in &mut set_back {
            let later = |time: Option<Micros>| time.map(|time| time + 10_000_000_000);
            (exchange.begin, exchange.end) = (later(exchange.begin), later(exchange.end));
        }
        for exchange in &mut set_back[place..] {
            let back = |time: Option<Micros>| time.map(|time| time - 3_600_000_000);
            (exchange.begin, exchange.end) = (back(exchange.begin), back(exchange.end));
        }
        let judged = judged_of(&[("a.jsonl", recording(&set_back).as_bytes())]).await;
        assert_eq!(told(&judged.tally), "", "back before call {place}");
        assert_eq!(judged.tally.judged, whole.judged, "back before call {place}");
    }
}

#[tokio::test]
async fn events_in_no_order_are_judged_by_their_times() {
    let ordered = tap::events(life().await);
    let whole = judged(ordered.clone()).await;
    let mut mixed = ordered;
    let count = mixed.len();
    // Steps of 7 go through all places in an order of their own.
    for place in 0..count {
        mixed.swap(place, place * 7 % count);
    }
    let tally = judged(mixed).await;
    assert_eq!(told(&tally), "");
    assert_eq!(tally.judged, whole.judged);
}

#[tokio::test]
async fn what_is_told_twice_is_judged_once() {
    let all = life().await;
    let once = recording(&all);
    let whole = judged_of(&[("a.jsonl", once.as_bytes())]).await;
    let twice = judged_of(&[("a.jsonl", once.as_bytes()), ("b.jsonl", once.as_bytes())]).await;
    assert_eq!(told(&twice.tally), "");
    assert_eq!(twice.tally.judged, whole.tally.judged);
    assert_eq!(twice.tally.unjudged["it is in the history twice"], whole.tally.events);
}

#[tokio::test]
async fn calls_that_are_told_in_two_formats_are_not_judged() {
    let all = life().await;
    let entries: Vec<_> = all
        .iter()
        .map(|it| {
            let credential = format!(
                "AWS4-HMAC-SHA256 Credential={}/20260101/us-east-1/{}/aws4_request, Signature=0",
                it.account.as_deref().unwrap_or_default(),
                it.service.as_deref().unwrap_or_default()
            );
            serde_json::json!({
                "startedDateTime": "1970-01-01T00:00:09Z",
                "request": {
                    "method": it.method,
                    "url": format!("http://a{}", it.path),
                    "headers": [{ "name": "Authorization", "value": credential }],
                    "postData": { "text": it.request },
                },
                "response": { "status": it.status, "content": { "text": it.answer } },
            })
        })
        .collect();
    let archive = serde_json::json!({ "log": { "version": "1.2", "entries": entries } });
    let (own, archive) = (recording(&all), archive.to_string());
    let files: [(&str, &[u8]); 2] = [("a.jsonl", own.as_bytes()), ("a.har", archive.as_bytes())];
    let judged = judged_of(&files).await;
    assert_eq!((told(&judged.tally), judged.tally.judged), (String::new(), 0));
    let reason = "the calls of its account are told in several formats, and may be told twice";
    assert!(judged.tally.unjudged.contains_key(reason), "{:?}", judged.tally.unjudged);
}

#[tokio::test]
async fn events_without_times_are_judged_in_one_file_alone() {
    let mut all = life().await;
    for exchange in &mut all {
        (exchange.begin, exchange.end) = (None, None);
    }
    let (first, second) = all.split_at(all.len() / 2);
    let whole = judged_of(&[("a.jsonl", recording(&all).as_bytes())]).await;
    assert_eq!(told(&whole.tally), "");
    assert!(whole.tally.judged > 5, "{:?}", whole.tally.unjudged);
    let (first, second) = (recording(first), recording(second));
    let halves = judged_of(&[("a.jsonl", second.as_bytes()), ("b.jsonl", first.as_bytes())]).await;
    assert_eq!((told(&halves.tally), halves.tally.judged), (String::new(), 0));
}

#[tokio::test]
async fn after_a_call_whose_request_is_not_recorded_nothing_is_known() {
    let mut events = tap::events(life().await);
    let share = events.iter().position(|it| it.operation == "CreateResourceShare").unwrap();
    let mut unknown = events[share].clone();
    unknown.operation = "DeleteResourceShare".to_owned();
    unknown.request = None;
    unknown.time = unknown.time.map(|time| Span { begin: time.end + 1, end: time.end + 1 });
    events.insert(share + 1, unknown);
    let tally = judged(events).await;
    assert_eq!(told(&tally), "");
    assert!(!tally.rules.contains_key("invitation/accepted-once"), "{:?}", tally.rules);
}
