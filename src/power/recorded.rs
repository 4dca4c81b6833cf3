//! What judging a recording finds: the plays of a mutant's shortest scenario, recorded as `record` would.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use bellwether_model::{Assumptions, Shape};
use futures::StreamExt as _;
use serde::Serialize;

use super::{Options, percent};
use crate::capabilities::Capabilities;
use crate::connector;
use crate::follow::{Assumed, Organizations, judge_events};
use crate::history::Event;
use crate::record::tap::{self, Tap};
use crate::reference::Reference;
use crate::reference::mutants::Mutant;
use crate::run::{PlayOptions, ReadPolicy, play};
use crate::scenario::{Case, Scenario};
use crate::target::{Bound, Connection, Target, TargetError};

/// The number of times that a scenario is played in a recording, as often as `check` plays one to confirm it.
const PLAYS: usize = 4;

/// What judging recordings has found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Recorded {
    /// The number of mutants whose plays were recorded.
    pub mutants: usize,
    /// The number of those that contradict the model.
    pub found: usize,
    /// The same, of a hundred.
    pub found_percent: f64,
    /// The number of those that do where the recording is cut at a random place in its first half.
    pub found_when_cut: usize,
    /// The same, of a hundred.
    pub found_when_cut_percent: f64,
    /// The number of recordings of the same plays against the unmutated target, whole or cut, that contradict it.
    pub alarms: usize,
    /// The names of the mutants that are not found in the whole recording.
    pub missed: Vec<&'static str>,
}

/// Measures.
///
/// # Errors
///
/// The unmutated target can't be played against.
pub(super) async fn measure(options: &Options) -> Result<Recorded, TargetError> {
    let mutants = options.mutants.iter().map(|(_, mutant)| *mutant);
    let searched = mutants.filter(|it| it.equivalent.is_none()).filter_map(|mutant| {
        let case = Scenario::parse(mutant.name, mutant.shown).ok()?.case().ok()?;
        // What is taken for granted against AWS is not told by a recording.
        (case.assumptions() == Assumptions::default()).then_some((mutant, case))
    });
    let searched: Vec<_> = searched.collect();
    let seed = options.seed;
    let judging = searched.into_iter().map(|(mutant, case)| {
        tokio::spawn(async move { of_mutant(mutant, &case, seed).await.map(|it| (mutant, it)) })
    });
    let mut judging = futures::stream::iter(judging).buffered(options.jobs);
    let mut all = Recorded::default();
    while let Some(judged) = judging.next().await {
        let (mutant, judged) = match judged {
            Ok(judged) => judged?,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        };
        all.mutants += 1;
        all.found += usize::from(judged.is_found);
        all.found_when_cut += usize::from(judged.is_found_when_cut);
        all.alarms += judged.alarms;
        if !judged.is_found {
            all.missed.push(mutant.name);
        }
    }
    all.found_percent = percent(all.found, all.mutants);
    all.found_when_cut_percent = percent(all.found_when_cut, all.mutants);
    Ok(all)
}

/// What judging the recordings of one mutant has found.
struct OfMutant {
    is_found: bool,
    is_found_when_cut: bool,
    alarms: usize,
}

async fn of_mutant(
    mutant: &'static Mutant,
    case: &Case,
    seed: u64,
) -> Result<OfMutant, TargetError> {
    let events = recorded(Reference::with_mutant(Some(mutant)), case).await?;
    let of_aws = recorded(Reference::new(), case).await?;
    let begin = |events: &[Event]| {
        let mut hasher = DefaultHasher::new();
        (mutant.name, seed).hash(&mut hasher);
        usize::try_from(hasher.finish() % (events.len() as u64 / 2).max(1)).unwrap_or_default()
    };
    let cut = |events: &[Event]| events[begin(events)..].to_vec();
    let mut alarms = 0;
    for events in [cut(&of_aws), of_aws] {
        alarms += usize::from(contradicts(events, case).await?);
    }
    Ok(OfMutant {
        is_found_when_cut: contradicts(cut(&events), case).await?,
        is_found: contradicts(events, case).await?,
        alarms,
    })
}

/// What is said while a case is played against a target, several times over.
async fn recorded(reference: Reference, case: &Case) -> Result<Vec<Event>, TargetError> {
    let tap = Tap::default();
    let connection = Connection::Endpoint {
        url: "http://reference.invalid".to_owned(),
        http: tap.client(connector::client(reference), None),
    };
    let target = Target { connection, ..Target::reference(None) };
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    for _ in 0..PLAYS {
        play(&target, case, &options).await?;
    }
    Ok(tap::events(tap.take()))
}

/// Whether a recording contradicts the model.
async fn contradicts(events: Vec<Event>, case: &Case) -> Result<bool, TargetError> {
    let is_standalone = case.shape() == Shape::Standalone;
    let organizations = if is_standalone { Organizations::None } else { Organizations::Unknown };
    let assumed = Assumed { bound: Bound::ZERO, organizations };
    Ok(!judge_events(events, assumed).await?.tally.contradictions.is_empty())
}
