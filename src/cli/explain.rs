//! `bellwether explain`

use std::fmt::Write as _;

use bellwether_model::rules::{self, Codes, Decides, Rule};
use clap::Args;

use super::{CONFORMS, CliError, Format, did_you_mean, print, print_json};
use crate::suites;

/// The arguments of `bellwether explain`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether explain invitation/accepted-once")]
pub(super) struct Explain {
    /// The rule's name, as reports and `bellwether list rules` print it
    rule: String,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

impl Explain {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        let Some(rule) = rules::find(&self.rule) else {
            let known = rules::all().map(|rule| rule.name);
            return Err(CliError::Usage {
                what: format!("there is no rule {:?}", self.rule),
                help: did_you_mean(&self.rule, known, "bellwether list rules"),
            });
        };
        match self.format {
            Format::Human => print(&human(rule))?,
            Format::Json => print_json(rule)?,
        }
        Ok(CONFORMS)
    }
}

fn human(rule: &'static Rule) -> String {
    let mut text = format!("{}\n  {}\n\n", rule.name, rule.says);
    let _ = writeln!(text, "evidence   {}", rule.evidence);
    let _ = writeln!(text, "rulebook   {}", rule.rulebook.join(", "));
    let decides = match rule.decides {
        Decides::Grant => "a call that keeps to it is granted".to_owned(),
        Decides::Refusal(Codes::OneOf(codes)) => format!("refused with {}", codes.join(" or ")),
        Decides::Refusal(Codes::Likely(codes)) => {
            format!("refused; the code is not known, likely {}", codes.join(" or "))
        }
        Decides::Reply => "a field or the rows of a reply".to_owned(),
        Decides::Visibility => "what an account sees or may use".to_owned(),
    };
    let _ = writeln!(text, "decides    {decides}");
    if !rule.question.is_empty() {
        let _ = writeln!(text, "question   {}", rule.question);
    }
    for source in rule.sources {
        let _ = writeln!(text, "source     {}\n           ({})", source.place, source.says);
    }
    // Nearly every scenario has a list that could break a law: those of the topic are about it.
    let is_about = |suite: &str| !rule.name.starts_with("law/") || suite.starts_with("law/");
    for suite in suites::all().into_iter().filter(|suite| is_about(&suite.name)) {
        if crate::predict::cites(suite.parsed(), rule.name) {
            let _ = writeln!(text, "scenario   suites/{}.scenario", suite.name);
        }
    }
    text
}
