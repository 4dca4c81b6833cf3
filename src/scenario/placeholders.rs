//! The placeholders that literals of a scenario's world may hold.

use bellwether_model::placeholder::{Found, Placeholder, all};
use bellwether_model::{Name, Shape};

/// Whether a world of this shape has what a placeholder asks for.
pub(super) fn is_in(shape: Shape, placeholder: &Placeholder) -> bool {
    match placeholder {
        Placeholder::Account(account) => shape.actors().contains(account),
        Placeholder::Organization => !shape.units().is_empty(),
        Placeholder::Unit(unit) => shape.units().iter().any(|(it, _)| *it == unit.as_str()),
    }
}

/// Returns the first placeholder of a text that a world of this shape has nothing for.
pub(super) fn first_unknown(text: &str, shape: Shape) -> Option<Found<'_>> {
    all(text).find(|found| !found.asks_for.as_ref().is_some_and(|it| is_in(shape, it)))
}

/// Returns what can stand between the braces in a world of this shape.
pub(super) fn valid_in(shape: Shape) -> Vec<String> {
    let accounts = shape.actors().iter().map(|actor| Placeholder::Account(*actor));
    let units = shape.units().iter().map(|(unit, _)| Placeholder::Unit(Name::new(unit)));
    let organization = (!shape.units().is_empty()).then_some(Placeholder::Organization);
    accounts.chain(organization).chain(units).map(|it| it.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_asks_for_what_the_world_has() {
        let organization = Shape::Organization { sharing: true };
        assert_eq!(first_unknown("${ou:batch/id} ${account:member}", organization), None);
        for (text, shape) in [
            ("x${account:consumer}", organization),
            ("${ou:nowhere/id}", organization),
            ("${ou:batch}", organization),
            ("${organization:id}", Shape::Standalone),
        ] {
            assert!(first_unknown(text, shape).is_some(), "{text}");
        }
        assert_eq!(first_unknown("${aws:username}", Shape::Standalone), None, "it is text");
    }

    #[test]
    fn everything_that_is_valid_in_a_world_is_there() {
        for shape in Shape::ALL {
            for written in valid_in(shape) {
                assert_eq!(first_unknown(&format!("${{{written}}}"), shape), None, "{written}");
            }
        }
    }
}
