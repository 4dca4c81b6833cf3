//! The cost of the harness beside its requests: `cargo bench --bench reference`.
//!
//! A play against the embedded reference against a bare loop that sends the same calls through
//! the same connector, view reads included, and neither judges the answers nor keeps a model. An
//! element is one request. The harness is to reach at least 85% of the loop's requests a second.

use std::time::Instant;

use bellwether::capabilities::Capabilities;
use bellwether::run::PlayOptions;
use bellwether::target::Target;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;

mod bare;
use bare::Recorded;

/// The number of cases, and of the steps of each.
const CASES: u64 = 10;
const STEPS: usize = 30;
/// The number of times that both are timed by turns for their ratio.
const ROUNDS: usize = 31;

fn target() -> Target {
    Target::reference(None)
}

async fn play(target: &Target, options: &PlayOptions, cases: &[Recorded]) -> u64 {
    let mut requests = 0;
    for case in cases {
        requests += case.play(target, options).await.expect("the reference is there");
    }
    requests
}

async fn send(target: &Target, cases: &[Recorded]) -> u64 {
    let mut requests = 0;
    for case in cases {
        requests += case.send(target).await.expect("the reference is there");
    }
    requests
}

fn requests(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let (target, options) = (target(), bare::options(&Capabilities::all()));
    let mut cases = Vec::new();
    for case in bare::cases(&Capabilities::all(), 1, CASES, STEPS) {
        let recorded = runtime.block_on(Recorded::of(&target, case, &options));
        cases.push(recorded.expect("the reference is there").0);
    }
    let count = runtime.block_on(play(&target, &options, &cases));
    assert_eq!(count, runtime.block_on(send(&target, &cases)), "both send the same requests");

    let mut group = criterion.benchmark_group("reference");
    group.throughput(Throughput::Elements(count)).sample_size(20);
    group.bench_function("bare loop", |bencher| {
        bencher.to_async(&runtime).iter(|| send(&target, &cases));
    });
    group.bench_function("play", |bencher| {
        bencher.to_async(&runtime).iter(|| play(&target, &options, &cases));
    });
    group.finish();
    if !std::env::args().any(|argument| argument == "--test") {
        compare(&runtime, &target, &options, &cases);
    }
}

/// Times both by turns and prints their ratio, which the machine's other work disturbs less than
/// either alone.
fn compare(runtime: &Runtime, target: &Target, options: &PlayOptions, cases: &[Recorded]) {
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            runtime.block_on(send(target, cases));
            let sent = begun.elapsed();
            runtime.block_on(play(target, options, cases));
            sent.as_secs_f64() / begun.elapsed().saturating_sub(sent).as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let [low, median, high] = [ROUNDS / 10, ROUNDS / 2, ROUNDS - 1 - ROUNDS / 10];
    anstream::println!(
        "reference: the play has {:.1}% of the bare loop's requests a second, timed by turns \
         (median of {ROUNDS}; {:.1}% to {:.1}%)",
        100.0 * ratios[median],
        100.0 * ratios[low],
        100.0 * ratios[high],
    );
}

criterion_group!(benches, requests);
criterion_main!(benches);
