//! `bellwether list`

mod made;

use bellwether_model::operations::OPERATIONS;
use bellwether_model::shareable::{self, Shareable};
use bellwether_model::{resources, rules};
use clap::{Args, ValueEnum};
use comfy_table::{Table, presets};
use serde_json::{Value, json};

use super::{CONFORMS, CliError, Format, print, print_json};
use crate::reference::mutants::{self, Class, Mutant};
use crate::suites;
use crate::targets::BUILT_IN;

/// The arguments of `bellwether list`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether list rules --format json
Example: bellwether list mutants --made")]
pub(super) struct List {
    /// List to print
    what: What,
    /// Count the mutants that are made by machine, by operator and by operation
    #[arg(long)]
    made: bool,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Rules,
    Operations,
    Resources,
    Targets,
    Suites,
    Mutants,
}

impl List {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        if self.made {
            return self.made();
        }
        let rows = match self.what {
            What::Rules => rules::all().map(|rule| json!(rule)).collect(),
            What::Operations => operations(),
            What::Resources => resources(),
            What::Targets => {
                let row = |target: &crate::targets::BuiltIn| json!({"name": target.name, "says": target.says});
                BUILT_IN.iter().map(row).collect()
            }
            What::Suites => {
                let row = |suite: suites::Suite| json!({"name": suite.name, "says": suite.scenario().description()});
                suites::all().into_iter().map(row).collect()
            }
            What::Mutants => mutants::all().map(mutant).collect::<Vec<_>>(),
        };
        match self.format {
            Format::Human => print(&human(&rows, self.columns()))?,
            Format::Json => print_json(&rows)?,
        }
        Ok(CONFORMS)
    }

    fn made(&self) -> Result<u8, CliError> {
        if self.what != What::Mutants {
            let what = "--made is about mutants".to_owned();
            let help = "run `bellwether list mutants --made`".to_owned();
            return Err(CliError::Usage { what, help });
        }
        let counted = made::counted();
        match self.format {
            Format::Human => print(&made::human(&counted))?,
            Format::Json => print_json(&counted)?,
        }
        Ok(CONFORMS)
    }

    /// The keys that people are shown.
    fn columns(&self) -> &'static [&'static str] {
        match self.what {
            What::Rules => &["name", "evidence", "says"],
            What::Operations => &["name", "service", "writes"],
            What::Resources => &[
                "name",
                "modelled",
                "inside_organization_only",
                "takes_identities",
                "can_be_left",
                "invitation_hours",
            ],
            What::Targets | What::Suites => &["name", "says"],
            What::Mutants => &["name", "class", "rule", "minimum", "description"],
        }
    }
}

fn operations() -> Vec<Value> {
    let parameters = |info: &bellwether_model::operations::OperationInfo| {
        let parameters = info.parameters.iter();
        parameters.map(|it| json!({"key": it.key, "expected": it.expected})).collect::<Vec<_>>()
    };
    let row = |info: &bellwether_model::operations::OperationInfo| {
        json!({
            "name": info.name,
            "service": info.service,
            "writes": info.writes,
            "makes": info.makes,
            "parameters": parameters(info),
        })
    };
    OPERATIONS.iter().map(row).collect()
}

fn resources() -> Vec<Value> {
    let modelled = |name| resources::TYPES.iter().any(|of_type| of_type.facts.name == name);
    let row = |facts: &Shareable| {
        json!({
            "name": facts.name,
            "modelled": modelled(facts.name),
            "inside_organization_only": facts.inside_organization_only,
            "takes_identities": facts.takes_identities,
            "takes_own_permissions": facts.takes_own_permissions,
            "takes_services": facts.takes_services,
            "region_scope": facts.region_scope,
            "can_be_left": facts.can_be_left,
            "invitation_hours": facts.invitations_last.hours(),
        })
    };
    shareable::SHAREABLE.iter().map(row).collect()
}

fn mutant((class, mutant): (&Class, &Mutant)) -> Value {
    let mut row = json!(mutant);
    row["class"] = json!(class.name);
    row["minimum"] = json!(mutant.minimum());
    row
}

/// The columns of a terminal that a list fits in.
const WIDTH: usize = 80;

/// The keys whose values are sentences.
const SENTENCES: [&str; 2] = ["says", "description"];

/// A table, or an entry of several lines for each row if a table would be too wide.
fn human(rows: &[Value], columns: &[&str]) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(columns.iter().copied());
    for row in rows {
        table.add_row(columns.iter().map(|column| cell(row, column)));
    }
    let table = format!("{table}\n");
    if table.lines().all(|line| line.chars().count() <= WIDTH) {
        return table;
    }
    rows.iter().map(|row| entry(row, columns)).collect()
}

fn cell(row: &Value, column: &str) -> String {
    let value = &row[column];
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The first column of a row on a line of its own, and below it the others, wrapped.
fn entry(row: &Value, columns: &[&str]) -> String {
    let Some((first, others)) = columns.split_first() else { return String::new() };
    let (sentences, short): (Vec<&str>, Vec<&str>) =
        others.iter().copied().partition(|column| SENTENCES.contains(column));
    let short =
        short.iter().map(|column| format!("{}: {}", column.replace('_', " "), cell(row, column)));
    let short = short.collect::<Vec<_>>().join("; ");
    let sentences = sentences.iter().map(|column| cell(row, column));
    let indented = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
    // A name is searched for as a whole, so that nothing is cut at a hyphen.
    let indented = indented.word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut text = format!("{}\n", cell(row, first));
    for part in [short].into_iter().chain(sentences).filter(|part| !part.is_empty()) {
        text.push_str(&textwrap::fill(&part, &indented));
        text.push('\n');
    }
    text
}
