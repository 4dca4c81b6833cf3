//! GetResourcePolicies.

use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::GetResourcePolicies;
use bellwether_model::{Account, Name};
use smol_str::SmolStr;

use super::{all, observed, sent_arns, sent_principal};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResourcePolicies,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arns = sent_arns(session, &call.resource_arns)?;
    let request = session
        .clients(actor)?
        .ram
        .get_resource_policies()
        .set_resource_arns(Some(arns.unwrap_or_default()))
        .set_principal(sent_principal(session, &call.principal)?)
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.policies, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for policy in &listed.items {
        for (arn, actions) in statements(policy)? {
            if let Some(resource) = session.names.name(&arn) {
                let key = Key::Resource(resource.clone());
                observed.rows.push(ObservedRow::of(key).with("Action", Value::Set(actions)));
            }
        }
    }
    Ok(Observation::Granted(observed))
}

/// The resources that a policy speaks of, each with the actions that it allows.
///
/// # Errors
///
/// It is not a policy.
fn statements(policy: &str) -> Result<Vec<(String, Vec<SmolStr>)>, Observation> {
    let unreadable = || Observation::Malformed(format!("this is not a valid policy: {policy}"));
    let policy: serde_json::Value = serde_json::from_str(policy).map_err(|_| unreadable())?;
    let mut found = Vec::new();
    for statement in texts_of(policy.get("Statement").ok_or_else(unreadable)?) {
        let actions = statement.get("Action").map(texts_of).unwrap_or_default();
        let actions = actions.into_iter().filter_map(serde_json::Value::as_str);
        let actions: Vec<SmolStr> = actions.map(SmolStr::new).collect();
        let resources = statement.get("Resource").map(texts_of).unwrap_or_default();
        let resources = resources.into_iter().filter_map(serde_json::Value::as_str);
        let spoken = resources.map(|arn| (arn.to_owned(), actions.clone()));
        // Each grant may have a statement of its own, and say what another one says.
        let new: Vec<_> = spoken.filter(|it| !found.contains(it)).collect();
        found.extend(new);
    }
    Ok(found)
}

/// The values that a policy gives as a list, or as the one value that would be in it.
fn texts_of(value: &serde_json::Value) -> Vec<&serde_json::Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn a_policy_speaks_of_resources_in_lists_or_alone() {
        let policy = r#"{"Statement": [{"Action": "a:B", "Resource": ["x", "y"]}]}"#;
        let read = statements(policy).unwrap();
        assert_eq!(
            read,
            [("x".to_owned(), vec!["a:B".into()]), ("y".to_owned(), vec!["a:B".into()])]
        );
        assert!(statements("nothing").is_err());
    }

    #[test]
    fn statements_that_say_the_same_are_one() {
        let policy = r#"{"Statement": [{"Action": "a:B", "Resource": "x"},
            {"Action": "a:B", "Resource": ["x", "y"]}]}"#;
        assert_eq!(statements(policy).unwrap().len(), 2);
    }
}
