//! The rule that a refusal cites, and refusals of the services that word them by the rule itself.

use bellwether_model::answer::Refusal;
use bellwether_model::rules::{Decides, Rule};

use super::json::Failure;

/// The error of a refusal: the first code of the first broken rule that has one.
#[must_use]
pub fn failure(refusal: &Refusal) -> Failure {
    let (rule, codes) = cited(refusal.broken.iter().copied()).unwrap_or((refusal.rule(), &[]));
    Failure::new(codes.first().copied().unwrap_or("AccessDeniedException"), rule.says)
}

/// The first of some broken rules that refuses, with its codes: code and message of an error are both
/// its own.
pub fn cited(
    mut broken: impl Iterator<Item = &'static Rule>,
) -> Option<(&'static Rule, &'static [&'static str])> {
    broken.find_map(|rule| match rule.decides {
        Decides::Refusal(codes) => Some((rule, codes.list())),
        Decides::Grant | Decides::Reply | Decides::Visibility => None,
    })
}

#[cfg(test)]
mod tests {
    use bellwether_model::answer::Refusal;
    use bellwether_model::rules::{principal, resource};

    use super::failure;

    #[test]
    fn the_message_is_that_of_the_rule_that_refuses() {
        let granting = &principal::OWN_ACCOUNT;
        let refusing = &resource::SHARED_BY_ITS_OWNER;
        let failure = failure(&Refusal::of(vec![granting, refusing]));
        assert_eq!(failure.message, refusing.says);
    }
}
