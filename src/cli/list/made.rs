//! The numbers of mutants that are made by machine.

use std::collections::BTreeMap;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use serde::Serialize;

use crate::reference::made::{self, OPERATORS};

/// The width of the tables.
const WIDTH: u16 = 80;

/// The numbers of mutants.
#[derive(Debug, Serialize)]
pub(super) struct Counted {
    /// All of them.
    mutants: usize,
    operators: Vec<OfOperator>,
    operations: Vec<OfOperation>,
}

/// The mutants of one operator.
#[derive(Debug, Serialize)]
struct OfOperator {
    name: &'static str,
    says: &'static str,
    mutants: usize,
}

/// The mutants of one operation.
#[derive(Debug, Default, Serialize)]
struct OfOperation {
    service: &'static str,
    name: &'static str,
    mutants: usize,
    /// By what they are about.
    #[serde(skip)]
    subjects: BTreeMap<&'static str, usize>,
    operators: BTreeMap<&'static str, usize>,
}

/// Counts the mutants.
pub(super) fn counted() -> Counted {
    let mut operations: BTreeMap<(&str, &str), OfOperation> = BTreeMap::new();
    for mutant in made::all() {
        let (service, name) = (mutant.service, mutant.operation);
        let of_operation = operations.entry((service, name)).or_default();
        (of_operation.service, of_operation.name) = (service, name);
        of_operation.mutants += 1;
        *of_operation.subjects.entry(mutant.operator.group.subject()).or_default() += 1;
        *of_operation.operators.entry(mutant.operator.name).or_default() += 1;
    }
    let operators = OPERATORS.iter().map(|operator| OfOperator {
        name: operator.name,
        says: operator.says,
        mutants: made::all().iter().filter(|it| it.operator.name == operator.name).count(),
    });
    Counted {
        mutants: made::all().len(),
        operators: operators.collect(),
        operations: operations.into_values().collect(),
    }
}

/// Renders the numbers for people.
pub(super) fn human(counted: &Counted) -> String {
    let mut operators = table(["operator", "mutants", "what a target with one does"]);
    for it in &counted.operators {
        operators.add_row([it.name, &it.mutants.to_string(), it.says]);
    }
    let mut operations = table(["operation", "mutants", "what they are about"]);
    for it in &counted.operations {
        let subjects = it.subjects.iter().map(|(subject, number)| format!("{number} {subject}"));
        let subjects = subjects.collect::<Vec<_>>().join(", ");
        operations.add_row([it.name, &it.mutants.to_string(), &subjects]);
    }
    format!("{operators}\n\n{operations}\n\n{} mutants\n", counted.mutants)
}

fn table(header: [&str; 3]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_MARKDOWN)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(header);
    // Names are not broken; what is said of them is.
    if let Some(names) = table.column_mut(0) {
        names.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}
