//! GetResourcePolicies.

use bellwether_model::answer::{Key, Row};
use bellwether_model::operations::ram::GetResourcePolicies;
use bellwether_model::world::AssociationStatus;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, page, principal_text, resource_arn};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "policies";

impl Served for GetResourcePolicies {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_arns: input.resources(state, "resourceArns")?,
            principal: input.principal("principal")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let policies = rows.filter_map(|row| policy(state, row));
        let policies = policies.map(|policy| Value::String(policy.to_string()));
        page(granted.input, LIST, policies.collect())
    }
}

/// The policy of a shared resource, in the form of the sample answers.
fn policy(state: &State, row: &Row) -> Option<Value> {
    let Key::Resource(name) = &row.key else { return None };
    let is_live = |status| status == AssociationStatus::Associated;
    let mut holding = state.world.shares.iter().filter(|(_, share)| {
        !share.deleted && share.resources.get(name).is_some_and(|it| is_live(it.status))
    });
    let (share, held) = holding.next()?;
    let live = held.principals.iter().filter(|(_, it)| is_live(it.status));
    let principals: Vec<_> = live.map(|(principal, _)| principal_text(state, principal)).collect();
    Some(json!({
        "Version": "2008-10-17",
        "Statement": [{
            "Sid": "RamStatement1",
            "Effect": "Allow",
            "Principal": { "AWS": principals },
            "Action": Fields(&row.fields).or("Action", json!([])),
            "Resource": resource_arn(state, share, name),
        }],
    }))
}
