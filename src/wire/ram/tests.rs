//! The wire against the reference target: whatever the model draws comes back as it owes it.

use std::collections::BTreeMap;

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::judge::{Observation, judge};
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::{Account, Answer, Name, Shape, World};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::connector::tests::config;
use crate::reference::Reference;
use crate::wire::{Clients, Names, Session};

/// A case of this shape at a fresh target.
async fn session(shape: Shape) -> Session {
    let reference = Reference::new();
    let mut ids = BTreeMap::new();
    for (place, actor) in shape.actors().iter().enumerate() {
        ids.insert(*actor, format!("{}", 100_000_000_000_u64 + place as u64));
    }
    let (mut arn, mut unit_arns) = (None, BTreeMap::new());
    if let Shape::Organization { sharing } = shape {
        let management = config(&reference, &ids[&Account::MANAGEMENT]);
        let client = aws_sdk_organizations::Client::new(&management);
        let made = client.create_organization().send().await.unwrap();
        arn = made.organization().unwrap().arn().map(str::to_owned);
        let roots = client.list_roots().send().await.unwrap();
        let root = roots.roots()[0].id().unwrap().to_owned();
        let mut unit_ids = BTreeMap::new();
        for (unit, inside) in shape.units() {
            let above: &String = inside.map_or(&root, |above| &unit_ids[above]);
            let request = client.create_organizational_unit().name(*unit);
            let made = request.parent_id(above).send().await.unwrap();
            let made = made.organizational_unit().unwrap();
            unit_arns.insert(Name::new(unit), made.arn().unwrap().to_owned());
            unit_ids.insert(*unit, made.id().unwrap().to_owned());
        }
        for (actor, unit) in shape.members() {
            let request = client.create_account().account_name(actor.to_string());
            let made = request.email("a@example.com").send().await.unwrap();
            let id = made.create_account_status().unwrap().account_id().unwrap();
            let request = client.move_account().account_id(id).source_parent_id(&root);
            let request = request.destination_parent_id(&unit_ids[unit]);
            request.send().await.unwrap();
            ids.insert(*actor, id.to_owned());
        }
        if sharing {
            let request = aws_sdk_ram::Client::new(&management);
            let request = request.enable_sharing_with_aws_organization();
            request.send().await.unwrap();
        }
    }
    let clients = ids.iter().map(|(actor, id)| {
        let config = config(&reference, id);
        let ram = aws_sdk_ram::Client::new(&config);
        let ec2 = aws_sdk_ec2::Client::new(&config);
        (*actor, Clients { ram, ec2 })
    });
    let clients = clients.collect();
    let mut names = Names::default();
    names.set_accounts(ids);
    names.organization_arn = arn;
    names.unit_arns = unit_arns;
    Session::new(clients, names)
}

/// Walks the model for so many steps and holds every answer of the reference against it.
async fn walk(shape: Shape, steps: usize, seed: u8, operations: &[&OperationInfo]) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut dice = Dice::new(&mut runner);
    let mut session = session(shape).await;
    let mut world = World::new(shape);
    let weighted: Vec<_> = operations.iter().flat_map(|info| vec![*info; info.weight]).collect();
    let mut log = Vec::new();
    for step in 0..steps {
        let actor = *dice.pick(shape.actors()).unwrap();
        let info = *dice.pick(&weighted).unwrap();
        let Some(call) = (info.draw)(&world, actor, &mut dice) else {
            continue;
        };
        let made = Name::new(format!("{}{step}", info.makes));
        log.push(format!("{actor} {call:?} -> {made}"));
        let observation = session.send(actor, &call, &made).await;
        let owed = match call.check(&world, actor) {
            Decision::Open(open) if open.granted => {
                call.adopt(&mut world, actor, &made, open.rules[0]);
                assert!(matches!(observation, Observation::Granted(_)));
                continue;
            }
            Decision::Open(open) => Answer::Open(open),
            Decision::Granted | Decision::Refused(_) => call.transition(&mut world, actor, &made),
        };
        let answered = match &observation {
            Observation::Granted(_) | Observation::Refused { .. } => true,
            Observation::Malformed(_)
            | Observation::Weather(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => false,
        };
        let findings = judge(&owed, &observation);
        assert!(
            answered && findings.diverges.is_empty(),
            "{}\nobserved {observation:#?}\nfound {:#?}",
            log.join("\n"),
            findings.diverges
        );
    }
}

#[tokio::test]
async fn ram_alone_answers_as_the_model_owes() {
    let ram: Vec<_> = OPERATIONS.iter().filter(|it| it.service == "ram").collect();
    for shape in Shape::ALL {
        for seed in 0..20 {
            walk(shape, 60, seed, &ram).await;
        }
    }
}
