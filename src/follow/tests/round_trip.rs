//! Whatever the reference says is judged as conforming: in drawn sequences, with delays and faults, whole and cut at a
//! random place, and to many clients at once.

use std::collections::BTreeSet as Set;
use std::env;
use std::fs::File;
use std::sync::Arc;

use bellwether_model::Assumptions;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::*;
use crate::explore::{Cases, Generator, Search, Tuning};
use crate::history::format_of;
use crate::record::{Recorder, Recording};
use crate::reference::{Planted, Settling};
use crate::serve::serve;

/// The sequences of each mode; the variable `JUDGED_SEQUENCES` names another number.
const SEQUENCES: u64 = 8;

/// The clients that call at once.
const CLIENTS: usize = 64;

const DELAYS: &str =
    "association=0.4..3s,invitation=0.2..2s,share=0..1s,resource=0..1s,visibility=0..2s";

fn sequences() -> u64 {
    let named = env::var("JUDGED_SEQUENCES").ok().and_then(|number| number.parse().ok());
    named.unwrap_or(SEQUENCES)
}

fn cases() -> Cases {
    Cases {
        steps: 40,
        assumptions: Assumptions::default(),
        capabilities: Capabilities::all(),
        known: Set::new(),
        generator: Generator::Weighted,
        tuning: Tuning::default(),
    }
}

/// Draws sequences, plays each against a reference with these delays and faults, and requires that the recording
/// of each conforms, whole and cut.
async fn require_conforming(settling: &str, faults: &str) {
    let settling: Settling = settling.parse().unwrap_or_default();
    let faults: Faults = faults.parse().unwrap_or_default();
    let reads = ReadPolicy::NovelOnly(Arc::default());
    let options = PlayOptions::new(reads, Capabilities::all());
    let mut search = Search::default();
    let mut judged = 0;
    for number in 0..sequences() {
        let case = cases().case(7, number, &mut search);
        let tap = Tap::default();
        let target = Target::with_faults(Planted::default(), settling.clone(), faults.clone());
        let target = target.kept_by(tap.clone());
        // Faults may keep the world from being set up; what was said until then is judged.
        let _played = play(&target, &case, &options).await;
        let events = tap::events(tap.take());
        let assumed = Assumed { bound: target.bound, organizations: organizations(&case) };
        let begin = usize::try_from(number * 7919).unwrap() % events.len().max(1);
        for events in [events[begin..].to_vec(), events] {
            let tally = judge_events(events, assumed).await.unwrap().tally;
            assert_eq!(told(&tally), "", "sequence {number}:\n{}", case.scenario());
            judged += tally.judged;
        }
    }
    assert!(judged > sequences(), "{judged} judged");
}

#[tokio::test]
async fn drawn_sequences_conform() {
    require_conforming("", "").await;
}

#[tokio::test]
async fn drawn_sequences_in_a_breeze_conform() {
    require_conforming("", "breeze").await;
}

#[tokio::test]
async fn drawn_sequences_in_rain_conform() {
    require_conforming("", "rain").await;
}

#[tokio::test]
async fn drawn_sequences_in_a_storm_conform() {
    require_conforming("", "storm").await;
}

#[tokio::test]
async fn drawn_sequences_that_settle_conform() {
    require_conforming(DELAYS, "").await;
}

/// Serves a reference behind the recording proxy, lets clients of it call, and judges the recording.
async fn judged_behind_the_proxy(
    reference: Reference,
    assumed: Assumed,
    calls: impl AsyncFnOnce(Arc<Target>),
) -> Tally {
    let (stop, stopped) = oneshot::channel::<()>();
    let served = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint: http::Uri = format!("http://{}", served.local_addr().unwrap()).parse().unwrap();
    let serving = tokio::spawn(serve(reference, served, async {
        let _told = stopped.await;
    }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recorded.jsonl");
    let recording = Recording::begin(File::create_new(&path).unwrap(), &endpoint).unwrap();
    let recorder = Arc::new(Recorder::new(endpoint, recording, None, None));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (end, ends) = oneshot::channel::<()>();
    let recording = tokio::spawn(Arc::clone(&recorder).serve(listener, async {
        let _told = ends.await;
    }));
    let target = Target { connection: Connection::to(&url), ..Target::reference(None) };
    calls(Arc::new(target)).await;
    let _heard = end.send(());
    recording.await.unwrap();
    recorder.finish().unwrap();
    let _heard = stop.send(());
    serving.abort();
    let format = format_of(&path).unwrap();
    judge_files(&[(path, format)], assumed).await.unwrap().tally
}

#[tokio::test(flavor = "multi_thread")]
async fn what_64_clients_say_at_once_conforms() {
    let tally = judged_behind_the_proxy(Reference::new(), ASSUMED, async |target| {
        let mut search = Search::default();
        let playing: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let case = cases().case(11, number as u64, &mut search);
                let target = Arc::clone(&target);
                tokio::spawn(async move {
                    let reads = ReadPolicy::NovelOnly(Arc::default());
                    let options = PlayOptions::new(reads, Capabilities::all());
                    play(&target, &case, &options).await.unwrap();
                })
            })
            .collect();
        for play in playing {
            play.await.unwrap();
        }
    })
    .await;
    assert_eq!(told(&tally), "");
    assert!(tally.judged > 500, "{} {:#?}", tally.judged, tally.unjudged);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_64_clients_of_the_same_accounts_say_at_once_conforms() {
    let tally = judged_behind_the_proxy(Reference::new(), ASSUMED, async |target| {
        let owner = target.clients("111122223333").await.unwrap();
        let consumer = target.clients("444455556666").await.unwrap();
        let made = owner.ram.create_resource_share().name("common").send().await.unwrap();
        let made = made.resource_share.and_then(|it| it.resource_share_arn).unwrap();
        let calling: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (owner, consumer, common) = (owner.clone(), consumer.clone(), made.clone());
                tokio::spawn(async move {
                    let request = owner.ram.create_resource_share().name(format!("own{number}"));
                    let own = request.principals("444455556666").send().await.unwrap();
                    let own = own.resource_share.and_then(|it| it.resource_share_arn).unwrap();
                    // Many of these are refused, and which is not foreseen.
                    let request = owner.ram.associate_resource_share();
                    let request = request.resource_share_arn(&common);
                    let _either = request.principals("444455556666").send().await;
                    let _seen = consumer.ram.get_resource_share_invitations().send().await;
                    let request = owner.ram.disassociate_resource_share();
                    let request = request.resource_share_arn(&common);
                    let _either = request.principals("444455556666").send().await;
                    let by_itself = aws_sdk_ram::types::ResourceOwner::SelfValue;
                    let _seen =
                        owner.ram.get_resource_shares().resource_owner(by_itself).send().await;
                    owner.ram.delete_resource_share().resource_share_arn(own).send().await.unwrap();
                })
            })
            .collect();
        for call in calling {
            call.await.unwrap();
        }
    })
    .await;
    assert_eq!(told(&tally), "");
    let reason = "a call that writes was under way at the same time";
    assert!(tally.unjudged.contains_key(reason), "{:?}", tally.unjudged);
}
