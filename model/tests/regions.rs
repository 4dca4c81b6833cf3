//! The laws of Regions, over random walks through the three worlds.

use bellwether_model::answer::{Answer, Decision};
use bellwether_model::operations::{OPERATIONS, Service};
use bellwether_model::parameters::Arguments;
use bellwether_model::{Call, Name, Region, Shape, World};
use proptest::prelude::*;

mod walk;
use walk::{Step, walk};

/// The number of walks that each law is held to.
const WALKS: u32 = 500;

/// A walk without hosted zones, which lie in no Region, and the world that it goes through.
fn walks() -> impl Strategy<Value = (Shape, Vec<Step>)> {
    let shape = prop::sample::select(Shape::ALL.to_vec());
    (shape, 0..u64::from(u32::MAX), 1..80_usize).prop_map(|(shape, seed, steps)| {
        let mut steps = walk(shape, seed, steps);
        steps.retain(|step| step.call.service() != Service::Route53);
        (shape, steps)
    })
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: WALKS, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_walk_in_one_region_gets_the_answers_that_it_gets_in_the_other((shape, steps) in walks()) {
        let (mut home, mut away) = (World::new(shape), World::new(shape));
        for step in steps {
            let there = Step { call: step.call.clone().made_in(Region::AWAY), ..step.clone() };
            prop_assert_eq!(step.take(&mut home), there.take(&mut away), "{:?}", step);
        }
    }

    #[test]
    fn nothing_of_one_region_is_in_a_list_of_the_other((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in &steps {
            step.take(&mut world);
        }
        for actor in shape.actors() {
            for info in OPERATIONS.iter().filter(|info| !info.writes) {
                let Some(Ok(call)) = Call::read(info.name, &Arguments::default()) else { continue };
                let call = call.made_in(Region::AWAY);
                if call.region() != Region::AWAY || call.check(&world, *actor) != Decision::Granted {
                    continue;
                }
                let Answer::Granted(reply) = call.transition(&mut world, *actor, &Name::none()) else {
                    continue;
                };
                let listed = reply.rows.iter().find(|row| row.present && !row.key.names().is_empty());
                prop_assert_eq!(listed, None, "{} by {}", info.name, actor);
            }
        }
    }

    #[test]
    fn no_call_acts_on_what_is_in_another_region((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let away = step.call.clone().made_in(Region::AWAY);
            let made = away.names().into_iter().any(|name| world.has_made(name));
            if away.region() == Region::AWAY && away.writes() && made {
                let granted = matches!(away.check(&world, step.actor), Decision::Granted);
                prop_assert!(!granted, "{:?}", away);
                // Nor would it be if there were no other Region.
                let mut alone = world.in_region(Region::AWAY).into_owned();
                alone.elsewhere.clear();
                let granted = matches!(step.call.check(&alone, step.actor), Decision::Granted);
                prop_assert!(!granted, "{:?}", away);
            }
            step.take(&mut world);
        }
    }
}
