//! Reproductions of scenarios without Bellwether: scripts, tests and configurations that anybody can run who has
//! the clients of AWS.
//!
//! A scenario is played against the reference in this process, and each request and answer is kept. Ids of the
//! reference become variables, which are read from the answers that they first stand in; claims become checks of
//! answers. So every language renders the same plan.

mod apis;
mod bash;
mod build;
mod facts;
mod go;
mod jmes;
mod lists;
mod plan;
mod played;
mod python;
mod recorded;
mod rust;
mod terraform;
mod undo;
mod wire;
mod words;

use bellwether_model::rules::Rule;

pub use plan::Plan;

use facts::Focus;

use crate::run::Finding;
use crate::scenario::Parsed;
use crate::wire::names::HOME;

/// The languages of reproductions.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Language {
    /// A script for bash with the AWS CLI.
    Bash,
    /// A test for pytest with boto3.
    Python,
    /// A test with the SDK for Rust.
    Rust,
    /// A test with the SDK for Go, version 2.
    Go,
    /// A configuration for Terraform.
    Terraform,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Bash, Self::Python, Self::Rust, Self::Go, Self::Terraform];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Python => "python",
            Self::Rust => "rust",
            Self::Go => "go",
            Self::Terraform => "terraform",
        }
    }

    /// Returns the name of the file of a reproduction of this name.
    #[must_use]
    pub fn file(self, name: &str) -> String {
        let plain = words::identifier(name);
        match self {
            Self::Bash => format!("{name}.sh"),
            Self::Python => format!("test_{plain}.py"),
            Self::Rust => format!("{plain}.rs"),
            Self::Go => format!("{plain}_test.go"),
            Self::Terraform => format!("{name}.tf"),
        }
    }
}

/// The reason that there is no reproduction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Omitted(String);

impl Omitted {
    /// This reason.
    #[must_use]
    pub fn because(why: String) -> Self {
        Self(why)
    }
}

/// Plans the reproduction of a scenario. If a finding is given, it is what the scenario shows.
///
/// # Errors
///
/// The reason that the scenario can't be played without Bellwether.
pub async fn plan(name: &str, parsed: &Parsed, finding: Option<&Finding>) -> Result<Plan, Omitted> {
    let focus = finding.map(Focus::of);
    let played = Box::pin(played::play(parsed, focus.as_ref())).await?;
    let rule = finding.map(|finding| finding.divergence.rule).or(played.rule);
    let comment = comment(name, parsed, rule, finding);
    let plan = build::plan(name, comment, &played);
    if finding.is_some_and(|finding| !plan.can_show(finding.divergence.difference)) {
        let why = "no claim of the scenario says what the answer has to be";
        return Err(Omitted::because(why.to_owned()));
    }
    Ok(plan)
}

impl Plan {
    /// Renders the reproduction.
    ///
    /// # Errors
    ///
    /// The reason that the scenario does not fit the language.
    pub fn render(&self, language: Language) -> Result<String, Omitted> {
        match language {
            Language::Bash => Ok(bash::render(self)),
            Language::Python => Ok(python::render(self)),
            Language::Rust => rust::render(self),
            Language::Go => Ok(go::render(self)),
            Language::Terraform => terraform::render(self),
        }
    }
}

/// The comment that a reproduction begins with.
fn comment(
    name: &str,
    parsed: &Parsed,
    rule: Option<&'static Rule>,
    finding: Option<&Finding>,
) -> Vec<String> {
    let mut lines = Vec::new();
    let description = parsed.scenario.description();
    if let Some(rule) = rule {
        lines.push(rule.says.to_owned());
        if !description.is_empty() && description != rule.says {
            lines.push(description);
        }
        lines.push(String::new());
        lines.push(format!("Rule: {} ({})", rule.name, rule.evidence));
        for source in rule.sources {
            lines.push(format!("Source: {}", source.place));
            lines.push(format!("  {}", source.says));
        }
    } else {
        lines.push(if description.is_empty() { name.to_owned() } else { description });
    }
    if let Some(finding) = finding {
        lines.push(String::new());
        lines.push(format!("Found as {}.", finding.origin().id()));
    }
    lines.push(String::new());
    lines.push("Written by Bellwether from this scenario:".to_owned());
    lines.push(String::new());
    let text = parsed.scenario.to_string();
    lines
        .extend(text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("  {line}")));
    lines
}

/// The operations whose answer, a success, says that they did nothing to a resource.
const UNSUCCESSFUL: [&str; 2] = ["DeleteVpcEndpoints", "ReleaseHosts"];

/// The name of a service to the AWS CLI and to boto3.
fn cli_service(service: &str) -> &str {
    if service == "licensemanager" { "license-manager" } else { service }
}

#[cfg(test)]
mod tests;
