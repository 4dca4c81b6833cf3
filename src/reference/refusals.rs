//! Refusals of the services that word them by the rule itself.

use bellwether_model::answer::Refusal;
use bellwether_model::rules::Decides;

use super::json::Failure;

/// The error of a refusal: the first code of the first broken rule that has one.
#[must_use]
pub fn failure(refusal: &Refusal) -> Failure {
    let refusing = refusal.broken.iter().find_map(|rule| match rule.decides {
        Decides::Refusal(codes) => codes.list().first().map(|code| (*rule, *code)),
        Decides::Grant | Decides::Reply | Decides::Visibility => None,
    });
    let (rule, code) = refusing.unwrap_or((refusal.rule(), "AccessDeniedException"));
    Failure::new(code, rule.says)
}
