//! `bellwether probe`

use clap::Args;
use comfy_table::{Table, presets};
use serde::Serialize;

use super::{CONFORMS, CliError, Format, TargetArguments, print, print_json};
use crate::capabilities::Capabilities;
use crate::levels::{Ladder, Level};
use crate::pace::measure;
use crate::probe::probe;

/// The arguments of `bellwether probe`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether probe --endpoint http://127.0.0.1:4566 --accounts access-key"
)]
pub(super) struct Probe {
    #[command(flatten)]
    target: TargetArguments,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// The result as the JSON output has it.
#[derive(Debug, Serialize)]
struct ProbeReport<'a> {
    target: &'a str,
    endpoint: &'a str,
    operations: std::collections::BTreeMap<&'static str, bool>,
    missing: &'a std::collections::BTreeMap<String, String>,
    organizations: bool,
    /// No level above this is reached; `None` if RAM does not answer.
    level_at_most: Option<Level>,
    /// All levels, lowest first, with the operations that each lacks.
    levels: Ladder,
    requests: u64,
    /// The longest time that it may take to show a change, as `--bound` takes it.
    bound: String,
}

impl Probe {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let target = self.target.choose().await?;
        let (capabilities, mut requests) = probe(&target).await?;
        let levels = Ladder::at_most(&capabilities);
        let (mut bound, mut how) = (target.bound, format!("the bound is {}", target.bound));
        if !target.is_bound_given {
            let measured = Box::pin(measure(&target, &capabilities)).await;
            requests += measured.requests;
            bound = measured.bound.unwrap_or(bound);
            how = measured.to_string();
        }
        match self.format {
            Format::Human => print(&human(&capabilities, &levels, &how))?,
            Format::Json => print_json(&ProbeReport {
                target: &target.name,
                endpoint: target.connection.url(),
                operations: capabilities.operations(),
                missing: &capabilities.missing,
                organizations: capabilities.no_organizations.is_none(),
                level_at_most: levels.level(),
                levels,
                requests,
                bound: bound.to_string(),
            })?,
        }
        Ok(CONFORMS)
    }
}

fn human(capabilities: &Capabilities, levels: &Ladder, bound: &str) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header([
        "operation",
        "implemented",
        "how that shows",
    ]);
    for (operation, has) in capabilities.operations() {
        let how = capabilities.missing.get(operation).map_or("", String::as_str);
        table.add_row([operation, if has { "yes" } else { "no" }, how]);
    }
    for (way, how) in capabilities.missing.iter().filter(|(way, _)| way.contains(' ')) {
        table.add_row([way.as_str(), "no", how.as_str()]);
    }
    let organizations = capabilities.no_organizations.as_deref();
    table.add_row([
        "an organization with units and members",
        if organizations.is_none() { "yes" } else { "no" },
        organizations.unwrap_or_default(),
    ]);
    let level = levels.sentence();
    format!(
        "{table}\nlevel  at most {level}\n       by its operations alone; `bellwether check` says which it has reached\n\
         bound  {bound}; --bound sets another one\n"
    )
}
