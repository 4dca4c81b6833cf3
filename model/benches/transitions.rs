//! Measures the speed of the model on one core: `cargo bench -p bellwether-model`.
//!
//! An element is one transition. A sequence of 50 begins in a fresh world, the making of which is
//! counted; the drawing of its calls is not. At least 500,000 transitions a second are wanted, and
//! at least 100,000 with the views of all accounts after each.

use std::hint::black_box;

use bellwether_model::{Shape, World};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

#[path = "../tests/walk/mod.rs"]
mod walk;
use walk::{Step, walk};

/// The number of sequences walked, by turns through the three worlds.
const SEQUENCES: u64 = 300;
/// The number of steps of each.
const STEPS: usize = 50;

fn sequences() -> Vec<(Shape, Vec<Step>)> {
    let shapes = Shape::ALL.iter().copied().cycle();
    let seeds = 0..SEQUENCES;
    seeds.zip(shapes).map(|(seed, shape)| (shape, walk(shape, seed, STEPS))).collect()
}

fn transitions(criterion: &mut Criterion) {
    let sequences = sequences();
    let mut group = criterion.benchmark_group("model");
    group.throughput(Throughput::Elements(SEQUENCES * STEPS as u64));
    group.bench_function("transitions", |bencher| {
        bencher.iter(|| {
            for (shape, steps) in &sequences {
                let mut world = World::new(*shape);
                for step in steps {
                    black_box(step.take(&mut world));
                }
            }
        });
    });
    group.bench_function("transitions with all views", |bencher| {
        bencher.iter(|| {
            for (shape, steps) in &sequences {
                let mut world = World::new(*shape);
                for step in steps {
                    black_box(step.take(&mut world));
                    for account in shape.actors() {
                        black_box(world.seen_by(*account));
                    }
                }
            }
        });
    });
    group.finish();
}

criterion_group!(benches, transitions);
criterion_main!(benches);
