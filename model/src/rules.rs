//! The rules: one sentence each that AWS is held to, with the evidence for it.
//!
//! A rule is a static in its topic's file below. Its name reads as a phrase, and every answer
//! and every visibility that the model expects cites the rules it comes from.

pub mod association;
pub mod capacity_reservation;
pub mod dedicated_host;
pub mod dry_run;
pub mod firewall_rule_group;
pub mod hosted_zone;
pub mod image;
pub mod instance;
pub mod internet_gateway;
pub mod invitation;
pub mod ipam_pool;
pub mod label;
pub mod law;
pub mod license_configuration;
pub mod limit;
pub mod membership;
pub mod nat_gateway;
pub mod network_acl;
pub mod organization;
pub mod permission;
pub mod placement_group;
pub mod prefix_list;
pub mod principal;
pub mod profile;
pub mod query_log_config;
pub mod read;
pub mod region;
pub mod resolver_rule;
pub mod resource;
pub mod route_table;
pub mod security_group;
pub mod share;
pub mod snapshot;
pub mod source;
pub mod subnet;
pub mod tag;
pub mod target;
pub mod time;
pub mod token;
pub mod transit_gateway;
pub mod visibility;
pub mod vpc_endpoint;

use std::fmt;

use serde::Serialize;

/// All rules, by topic.
pub static TOPICS: &[&[&Rule]] = &[
    share::RULES,
    principal::RULES,
    source::RULES,
    invitation::RULES,
    association::RULES,
    resource::RULES,
    permission::RULES,
    read::RULES,
    region::RULES,
    tag::RULES,
    token::RULES,
    target::RULES,
    limit::RULES,
    time::RULES,
    law::RULES,
    organization::RULES,
    membership::RULES,
    visibility::RULES,
    subnet::RULES,
    route_table::RULES,
    internet_gateway::RULES,
    network_acl::RULES,
    nat_gateway::RULES,
    vpc_endpoint::RULES,
    label::RULES,
    security_group::RULES,
    instance::RULES,
    dry_run::RULES,
    transit_gateway::RULES,
    prefix_list::RULES,
    capacity_reservation::RULES,
    dedicated_host::RULES,
    placement_group::RULES,
    ipam_pool::RULES,
    image::RULES,
    snapshot::RULES,
    resolver_rule::RULES,
    query_log_config::RULES,
    firewall_rule_group::RULES,
    profile::RULES,
    hosted_zone::RULES,
    license_configuration::RULES,
];

/// All rules, in the order of their topics.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().flat_map(|topic| topic.iter().copied())
}

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// One sentence that AWS is held to.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// The name of the rule, everywhere: `topic/phrase`.
    pub name: &'static str,
    /// The rule itself, as a report prints it.
    pub says: &'static str,
    /// The decision of the rule.
    pub decides: Decides,
    /// The evidence for the rule.
    pub evidence: Evidence,
    /// The sources, in our words.
    pub sources: &'static [Source],
    /// The rows of the rulebook that it restates.
    pub rulebook: &'static [&'static str],
    /// For an open rule: what nobody outside AWS knows.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub question: &'static str,
}

/// The sort of decision that a rule makes.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decides {
    /// A call that keeps to the rule is granted.
    Grant,
    /// A call that breaks the rule is refused.
    Refusal(Codes),
    /// A field of a reply, or the rows of a list.
    Reply,
    /// A sight or a use of an account.
    Visibility,
}

/// The codes that a refusal may bear.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Codes {
    /// One of these, or the answer diverges.
    OneOf(&'static [&'static str]),
    /// That it is refused is known, the code is not: these are likely, any refusal conforms.
    Likely(&'static [&'static str]),
}

impl Codes {
    /// The codes, known or likely.
    #[must_use]
    pub fn list(self) -> &'static [&'static str] {
        match self {
            Self::OneOf(codes) | Self::Likely(codes) => codes,
        }
    }
}

/// The evidence for a rule, weakest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Nobody outside AWS knows: what a target does is recorded, never judged.
    Open,
    /// It follows from other rules: a divergence is an advice.
    Inferred,
    /// AWS documents it.
    Documented,
    /// Real answers show it: recorded traffic, a pasted answer, a test that runs against AWS.
    Recorded,
    /// AWS documents it, and real answers show it.
    DocumentedAndRecorded,
}

impl Evidence {
    /// Whether a divergence fails a run.
    #[must_use]
    pub fn is_firm(self) -> bool {
        self >= Self::Documented
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Open => "open",
            Self::Inferred => "inferred",
            Self::Documented => "documented",
            Self::Recorded => "recorded",
            Self::DocumentedAndRecorded => "documented and recorded",
        })
    }
}

/// A public source, and what it states in our words.
#[derive(Copy, Clone, Debug, Serialize)]
pub struct Source {
    /// A URL, or a public repository and a path in it.
    pub place: &'static str,
    /// The statement of the source.
    pub says: &'static str,
}

/// A rule to be completed by the methods below.
const fn rule(name: &'static str, says: &'static str, decides: Decides) -> Rule {
    Rule {
        name,
        says,
        decides,
        evidence: Evidence::Open,
        sources: &[],
        rulebook: &[],
        question: "",
    }
}

/// A rule that grants.
const fn grants(name: &'static str, says: &'static str) -> Rule {
    rule(name, says, Decides::Grant)
}

/// A rule that refuses, with a code among these.
const fn refuses(name: &'static str, says: &'static str, codes: &'static [&'static str]) -> Rule {
    rule(name, says, Decides::Refusal(Codes::OneOf(codes)))
}

/// A rule that refuses with a code that is not known for certain.
const fn refuses_somehow(
    name: &'static str,
    says: &'static str,
    likely: &'static [&'static str],
) -> Rule {
    rule(name, says, Decides::Refusal(Codes::Likely(likely)))
}

/// A rule about a reply's fields or rows.
const fn replies(name: &'static str, says: &'static str) -> Rule {
    rule(name, says, Decides::Reply)
}

/// A rule about what is seen or usable.
const fn shows(name: &'static str, says: &'static str) -> Rule {
    rule(name, says, Decides::Visibility)
}

impl Rule {
    const fn inferred(mut self, sources: &'static [Source]) -> Self {
        self.evidence = Evidence::Inferred;
        self.sources = sources;
        self
    }

    const fn documented(mut self, sources: &'static [Source]) -> Self {
        self.evidence = Evidence::Documented;
        self.sources = sources;
        self
    }

    const fn recorded(mut self, sources: &'static [Source]) -> Self {
        self.evidence = Evidence::Recorded;
        self.sources = sources;
        self
    }

    const fn documented_and_recorded(mut self, sources: &'static [Source]) -> Self {
        self.evidence = Evidence::DocumentedAndRecorded;
        self.sources = sources;
        self
    }

    /// An open rule: the question, and what is known around it.
    const fn open(mut self, question: &'static str, sources: &'static [Source]) -> Self {
        self.evidence = Evidence::Open;
        self.question = question;
        self.sources = sources;
        self
    }

    const fn rows(mut self, rulebook: &'static [&'static str]) -> Self {
        self.rulebook = rulebook;
        self
    }
}

/// A source: the place, and what it states in our words.
const fn source(place: &'static str, says: &'static str) -> Source {
    Source { place, says }
}

/// Rules are the same where they are one static.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Rule {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Decides, Evidence, all};

    #[test]
    fn a_name_is_a_topic_and_a_phrase_and_belongs_to_one_rule() {
        let mut names = BTreeSet::new();
        for rule in all() {
            let letters = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            let (topic, phrase) = rule.name.split_once('/').unwrap();
            assert!(topic.bytes().all(letters) && phrase.bytes().all(letters), "{}", rule.name);
            assert!(names.insert(rule.name), "{} is listed twice", rule.name);
        }
    }

    #[test]
    fn every_rule_has_a_source_a_rulebook_row_and_if_open_a_question() {
        for rule in all() {
            assert!(!rule.sources.is_empty(), "{} has no source", rule.name);
            assert!(!rule.rulebook.is_empty(), "{} restates no rulebook row", rule.name);
            assert_eq!(rule.evidence == Evidence::Open, !rule.question.is_empty(), "{}", rule.name);
            assert!(rule.says.ends_with('.'), "{} is not a sentence", rule.name);
        }
    }

    #[test]
    fn a_rule_that_refuses_names_at_least_one_code() {
        for rule in all() {
            if let Decides::Refusal(codes) = rule.decides {
                assert!(!codes.list().is_empty(), "{}", rule.name);
            }
        }
    }
}
