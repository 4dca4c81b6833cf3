//! The laws of lists: what the answer to a read keeps whatever it is about, held without any rule of RAM.

use crate::answer::{Expected, Key, Reply, Value};
use crate::rules::{Rule, law};
use crate::shareable;

use super::{
    Comparison, Difference, Divergence, ExpectedPart, Observed, ObservedPart, ObservedRow,
};

/// The time of a last update that is before the time of creation beside it, as an observed value.
pub const BEFORE_ITS_CREATION: &str = "before its creationTime";

/// The time of creation of a share that is not the one that CreateResourceShare answered, as an observed
/// value.
pub const OTHER_THAN_ANSWERED: &str = "another than CreateResourceShare answered";

/// A law that a time in a row breaks by one observed value.
struct TimeLaw {
    rule: &'static Rule,
    field: &'static str,
    /// Whether it is about rows with this key.
    applies_to: fn(&Key) -> bool,
    /// The expected value, in words.
    expected: &'static [&'static str],
    /// The observed value that breaks it.
    broken_by: &'static str,
}

static TIME_LAWS: [TimeLaw; 2] = [
    TimeLaw {
        rule: &law::UPDATED_AFTER_CREATION,
        field: "lastUpdatedTime",
        applies_to: |_| true,
        expected: &["its creationTime or later"],
        broken_by: BEFORE_ITS_CREATION,
    },
    TimeLaw {
        rule: &law::CREATED_ONCE,
        field: "creationTime",
        applies_to: |key| matches!(key, Key::Share(_)),
        expected: &["the one that CreateResourceShare answered"],
        broken_by: OTHER_THAN_ANSWERED,
    },
];

/// Returns the laws that a granted list can break.
#[must_use]
pub fn of(reply: &Reply) -> Vec<&'static Rule> {
    let mut laws = Vec::new();
    if reply.rows.iter().any(|row| row.present) {
        laws.extend([&law::EACH_ROW_ONCE, &law::NARROWED_TO_WHAT_IS_ASKED, &law::READ_AGAIN_ALIKE]);
    }
    let says = |name: &str| {
        reply.rows.iter().any(|row| row.present && row.fields.iter().any(|it| it.name == name))
    };
    let is_invitation = |key: &Key| matches!(key, Key::Invitation(..));
    if says("resourceShareName") || reply.rows.iter().any(|row| is_invitation(&row.key)) {
        laws.push(&law::NAMED_AS_ITS_SHARE);
    }
    if says("type") {
        laws.push(&law::OF_THE_SCOPE_OF_ITS_TYPE);
    }
    laws.extend(TIME_LAWS.iter().filter_map(|time| {
        let says = reply.rows.iter().any(|row| {
            let has = row.fields.iter().any(|field| field.name == time.field);
            row.present && has && (time.applies_to)(&row.key)
        });
        says.then_some(time.rule)
    }));
    laws
}

/// Holds the answer to a read against the laws that it keeps by itself. A row that diverges already is left out.
pub fn hold(observed: &Observed, comparison: &mut Comparison) {
    let known = |row: &ObservedRow| {
        comparison.diverges.iter().any(|divergence| divergence.key.as_ref() == Some(&row.key))
    };
    let mut rows: Vec<&ObservedRow> = observed.rows.iter().filter(|row| !known(row)).collect();
    rows.sort_by(|one, other| one.key.cmp(&other.key));
    let repeated = rows.chunk_by(|one, other| one.key == other.key).filter_map(repetition);
    conclude(&law::EACH_ROW_ONCE, !rows.is_empty(), repeated.collect(), comparison);
    for time in &TIME_LAWS {
        let said = |row: &&&ObservedRow| {
            (time.applies_to)(&row.key) && *row.field(time.field) != Value::Missing
        };
        let applies = rows.iter().any(|row| said(&row));
        let breaking = rows.iter().filter(said).filter_map(|row| time.broken_in(row));
        conclude(time.rule, applies, breaking.collect(), comparison);
    }
    let scoped: Vec<_> = rows.iter().filter_map(|row| Some((row, scopes(row)?))).collect();
    let applies = !scoped.is_empty();
    let breaking = scoped.into_iter().filter(|(_, (said, expected))| said != expected);
    let breaking = breaking.map(|(row, (said, expected))| of_another_scope(row, said, expected));
    let breaking = breaking.collect();
    conclude(&law::OF_THE_SCOPE_OF_ITS_TYPE, applies, breaking, comparison);
}

/// The field that says the scope of a resource.
const SCOPE: &str = "resourceRegionScope";

/// The scope that a row says, and that of its type; `None` if it says nothing of either.
fn scopes(row: &ObservedRow) -> Option<(&str, &'static str)> {
    let (Value::Text(of_type), Value::Text(scope)) = (row.field("type"), row.field(SCOPE)) else {
        return None;
    };
    Some((scope, shareable::find(of_type)?.region_scope?))
}

/// The divergence of a row that says another scope than its type has.
fn of_another_scope(row: &ObservedRow, said: &str, expected: &str) -> Divergence {
    Divergence {
        rule: &law::OF_THE_SCOPE_OF_ITS_TYPE,
        difference: Difference::WrongField,
        key: Some(row.key.clone()),
        expected: ExpectedPart::Field { name: SCOPE, value: Expected::Text(expected.into()) },
        observed: ObservedPart::Field { name: SCOPE, value: Value::Text(said.into()) },
    }
}

impl TimeLaw {
    /// The divergence of a row that breaks it.
    fn broken_in(&self, row: &ObservedRow) -> Option<Divergence> {
        let (name, value) = (self.field, row.field(self.field));
        let is_broken = matches!(value, Value::Text(text) if text == self.broken_by);
        is_broken.then(|| Divergence {
            rule: self.rule,
            difference: Difference::WrongField,
            key: Some(row.key.clone()),
            expected: ExpectedPart::Field { name, value: Expected::OneOf(self.expected) },
            observed: ObservedPart::Field { name, value: value.clone() },
        })
    }
}

/// The divergence of rows of one key, if two of them are alike in all fields. An association that ended and
/// was made again may have a row for each time.
fn repetition(rows: &[&ObservedRow]) -> Option<Divergence> {
    let times = rows.iter().map(|row| rows.iter().filter(|it| it.fields == row.fields).count());
    let most = times.max().filter(|times| *times > 1)?;
    Some(Divergence {
        rule: &law::EACH_ROW_ONCE,
        difference: Difference::WrongField,
        key: Some(rows[0].key.clone()),
        expected: ExpectedPart::Field { name: "rows", value: Expected::AtMost(1) },
        observed: ObservedPart::Field { name: "rows", value: Value::Number(most) },
    })
}

/// Adds that an answer breaks a law, or that it keeps one that it could have broken.
fn conclude(
    law: &'static Rule,
    applies: bool,
    breaking: Vec<Divergence>,
    comparison: &mut Comparison,
) {
    if applies && breaking.is_empty() {
        comparison.conforms.push((law, None));
    }
    comparison.diverges.extend(breaking);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Name;

    fn share(name: &str) -> ObservedRow {
        ObservedRow::of(Key::Share(Name::new(name))).with("status", Value::Text("ACTIVE".into()))
    }

    fn broken(rows: Vec<ObservedRow>) -> Vec<&'static str> {
        let mut comparison = Comparison::default();
        hold(&Observed { rows, ..Observed::default() }, &mut comparison);
        comparison.diverges.iter().map(|it| it.rule.name).collect()
    }

    #[test]
    fn a_row_that_is_listed_twice_breaks_a_law_wherever_it_stands() {
        assert_eq!(broken(vec![share("a"), share("b")]), [""; 0]);
        assert_eq!(broken(vec![share("a"), share("b"), share("a")]), ["law/each-row-once"]);
    }

    #[test]
    fn rows_of_one_key_that_differ_are_two() {
        let ended = ObservedRow::of(Key::Share(Name::new("a")))
            .with("status", Value::Text("DELETED".into()));
        assert_eq!(broken(vec![share("a"), ended]), [""; 0]);
    }

    #[test]
    fn a_row_that_diverges_already_breaks_no_law() {
        let mut comparison = Comparison::default();
        let observed = Observed { rows: vec![share("a"), share("a")], ..Observed::default() };
        hold(&observed, &mut comparison);
        assert_eq!(comparison.diverges.len(), 1);
        hold(&observed, &mut comparison);
        assert_eq!(comparison.diverges.len(), 1);
    }

    #[test]
    fn an_update_before_the_creation_breaks_a_law() {
        let updated = |word: &str| share("a").with("lastUpdatedTime", Value::Text(word.into()));
        assert_eq!(broken(vec![updated("2026-01-01T00:00:00Z")]), [""; 0]);
        assert_eq!(broken(vec![updated(BEFORE_ITS_CREATION)]), ["law/updated-after-creation"]);
    }

    #[test]
    fn a_scope_that_is_not_its_types_breaks_a_law() {
        let scoped = |scope: &str| {
            share("a")
                .with("type", Value::Text("ec2:Subnet".into()))
                .with("resourceRegionScope", Value::Text(scope.into()))
        };
        assert_eq!(broken(vec![scoped("REGIONAL")]), [""; 0]);
        assert_eq!(broken(vec![scoped("GLOBAL")]), ["law/of-the-scope-of-its-type"]);
    }

    #[test]
    fn another_creation_than_was_answered_breaks_a_law() {
        let created = |word: &str| share("a").with("creationTime", Value::Text(word.into()));
        assert_eq!(broken(vec![created("2026-01-01T00:00:00Z")]), [""; 0]);
        assert_eq!(broken(vec![created(OTHER_THAN_ANSWERED)]), ["law/created-once"]);
    }
}
