//! The figures that exploration is tuned by, and the parts of it that can be left out to measure them.
//!
//! Weights and costs have no unit but their ratio. They were chosen by hand and kept where
//! `bellwether power` over all mutants got better. Figures below 500 requests are those of 233 mutants,
//! of which the median took 412 and 365 requests on two seeds; one seed alone is noise of about 100
//! requests, so smaller differences say nothing. Where no measurement is given, the figure is a guess
//! that nothing has spoken against.
//!
//! Two measurements are of no figure here: cases of 120 steps gained nothing over those of 80, which
//! `power` draws; and that the first plays make reads for their outlines alone brought 10 requests of
//! 430, less than noise.

use thiserror::Error;

/// A part of exploration that can be left out, to measure what it earns.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its description, in a sentence.
    pub says: &'static str,
}

macro_rules! parts {
    ($($id:ident, $name:literal, $says:literal;)+) => {
        $(
            #[doc = $says]
            pub(super) static $id: Part = Part { name: $name, says: $says };
        )+

        /// All parts that can be left out.
        pub static PARTS: &[&Part] = &[$(&$id),+];
    };
}

parts! {
    ANSWERS, "answers", "Counts an operation's answer by a rule to a caller in a role.";
    TURNS, "turns", "Counts an operation after which an account sees a resource by another rule.";
    THROUGH, "through", "Counts an operation on a resource by the rule by which its caller sees that.";
    ROWS, "rows", "Counts a row that a list expects, or expects to be absent, by a rule.";
    FIELDS, "fields", "Counts a field that an answer has by a rule.";
    GIVEN, "given", "Counts a parameter of an operation with the sorts of its values.";
    NEAR, "near", "Counts an operation that changes something near a resource that is seen.";
    HIDDEN, "hidden", "Counts an operation that changes something near a resource that is hidden.";
    CROWDS, "crowds", "Counts an operation near more than one resource of a sort.";
    PAIRS, "pairs", "Counts an operation on a resource after another operation on it.";
    SAID, "said", "Counts an operation on a resource after a parameter of another operation on it.";
    AGAIN, "again", "Counts an operation that is granted once more on the same resource.";
    BOTH, "both", "Counts a parameter or an earlier operation together with a rule.";
    WALKS, "walks", "Draws steps by walks, of which the most novel is kept.";
    AIMED_WALKS, "aimed-walks", "Aims half of the walks at one operation and what it needs.";
    CORPUS, "corpus", "Plays the shortest known steps to a point in the middle of a case.";
    SUITES, "suites", "Seeds the corpus from the suites, which shrinking draws on too.";
    REUSE, "reuse", "Lets the steps of the corpus use resources that the case has already.";
    TRIMMING, "trimming", "Drops steps of a chosen candidate that its score does not need.";
    FIRST_CASE_COSTS, "first-case-costs", "Counts reads and fixtures as costs in the first cases.";
    LATER_RULES, "later-rules", "Weighs a rule more after the first cases.";
    SIGNATURES, "signatures", "Leaves out reads whose signature was seen before.";
}

/// The weight of reaching a coverage point of each kind first.
///
/// A point `Said` of weight 2 in place of 1 took 608 and 366 requests on two seeds, in place of 412
/// and 365. Without points `Near`, or without `Said`, four to five mutants fewer were found.
///
/// Of 402 mutants and two seeds, 95.1% of the searches found theirs with points `Through`, and 93.9%
/// without. Two sorts of points beside them brought nothing: the last operations on all that a call
/// names (93.5%), and those on the rows of lists (93.9%).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// A rule. Weights of a rule and an answer of 20 and 5: 435 requests; 40 and 8: 486; 10 and 4:
    /// 637; 80 and 16: 757. Of the searches of 402 mutants, 94.7% found theirs with answers of 5 and
    /// points `Through`, `Near`, `Hidden` and `Crowd` of 2; 95.7% with 6, 3, 1, 1 and 1.
    pub rule: u32,
    /// An answer by a rule to a caller in a role.
    pub answer: u32,
    /// An account that sees a resource by another rule than before.
    pub turn: u32,
    /// A resource of a sort, used by a caller who sees it by a rule.
    pub through: u32,
    /// A row that a list expects by a rule.
    pub row: u32,
    /// A field by a rule.
    pub field: u32,
    /// An aspect of a call.
    pub given: u32,
    /// A resource near to a change that is seen.
    pub near: u32,
    /// A resource near to a change that is hidden.
    pub hidden: u32,
    /// Several resources of a sort near to a change.
    pub crowd: u32,
    /// An operation after another on the same resource.
    pub pair: u32,
    /// A granted operation on the same resource once more.
    pub again: u32,
    /// An aspect of a call together with a rule.
    pub both: u32,
    /// An operation after an aspect of another on the same resource.
    pub said: u32,
}

/// The cost of a step, in tenths of a request.
///
/// Reads and fixtures counted in the first 3 cases: 289 to 320 requests; in the first case alone: 373;
/// in all cases: 302, but 96.6% of the mutants found; counted twice: 503. Of the searches of 402
/// mutants, 89.3% found theirs where they count in all cases, 93.4% where they count in the first two,
/// 95.7% in the first three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// The step's own request.
    pub step: u32,
    /// The reads of what a writing step changes, in the first cases.
    pub view_reads: u32,
    /// The weight of making the prerequisites of a launch, in the first cases.
    pub fixtures: u32,
}

/// The percentages and weights of single draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chances {
    /// Percentage of draws of steps that walk; the others take any step, so that every step stays
    /// possible.
    pub walking: usize,
    /// Percentage of walks that are aimed at one operation.
    pub aimed: usize,
    /// Percentage of calls kept that would be refused. Many rules refuse, so they are not rare.
    pub refused: usize,
    /// Percentage of calls kept whose answer is open: nothing is judged after them.
    pub open: usize,
    /// Percentage of calls kept that would hit a known divergence, which the report has already.
    pub known: usize,
    /// Weight of the operation that a walk is aimed at, beside the weights of the others, which
    /// are mostly below 10.
    pub aim: usize,
    /// Weight of a world of standalone accounts. Its invitations are half of what RAM does.
    pub standalone: usize,
    /// Weight of an organization that shares, in which most rules can be reached.
    pub sharing: usize,
    /// Weight of an organization that does not share.
    pub not_sharing: usize,
    /// Weight of the owner as the caller, who has to make most of what there is.
    pub owner: usize,
    /// Weight of a caller that a share is for.
    pub consumer: usize,
    /// Weight of any other caller.
    pub other: usize,
    /// Percentage of cases that end with steps in the other Region: most targets keep Regions apart.
    pub away: usize,
    /// Percentage of those steps that are reads of what is at home, or of nothing; the others are about what
    /// is in the other Region itself.
    pub reads_away: usize,
}

/// The percentages of operations that take part in a walk, by what they have in common with what the
/// walk is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    /// Of the walk's topic, one percentage as likely as the other: few operations are called again and
    /// again.
    pub of_topic: [usize; 4],
    /// Of sharing, which every walk of a topic is about.
    pub of_sharing: [usize; 3],
    /// Of other topics.
    pub of_other_topics: usize,
    /// Percentage of walks of a topic that are about a random part of all operations instead.
    pub scattered: usize,
    /// Of all operations, in such a walk.
    pub of_scattered: usize,
    /// Percentage of aimed walks in which each maker of shares takes part.
    pub makers_of_shares: usize,
    /// Of those that write to the same resources as the aim.
    pub alike: usize,
    /// Of others of the aim's topic.
    pub same_topic: usize,
    /// Of all others, in an aimed walk.
    pub stray: usize,
}

/// The figures that exploration is tuned by; the default ones draw the cases of `check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuning {
    /// The weights of the coverage points.
    pub weights: Weights,
    /// The costs of steps.
    pub costs: Costs,
    /// The percentages and weights of single draws.
    pub chances: Chances,
    /// The percentages of operations that take part in a walk.
    pub plans: Plans,
    /// Number of first cases, which are to find what takes few requests; see [`Costs`].
    pub first_cases: u32,
    /// Factor of a rule's weight after the first cases, when the rules left take many steps.
    pub later_rule_factor: u32,
    /// Factor of all weights, so that integer division by the squared hits keeps small novelties.
    pub novelty_scale: u32,
    /// Smallest weight of a point whose steps belong into the corpus.
    pub memorable_weight: u32,
    /// Number of walks from which one is kept. 30 walks that learn all entries in place of 12: 486
    /// requests in place of 530.
    pub walks: usize,
    /// Longest walk, in steps.
    pub walk_steps: usize,
    /// Number of draws of a step before a walk ends.
    pub tries: usize,
    /// Number of entries of the corpus whose candidates compete with the walks.
    pub entries_tried: usize,
    /// Longest entry of the corpus, in steps; it has to fit into a case of some 50 steps.
    pub longest_entry: usize,
    /// Number of existing resources that are tried in place of one that an entry makes.
    pub reused: usize,
    /// The parts that are left out.
    left_out: Vec<&'static Part>,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            weights: Weights {
                rule: 20,
                answer: 6,
                turn: 6,
                through: 3,
                row: 3,
                field: 2,
                given: 2,
                near: 1,
                hidden: 1,
                crowd: 1,
                pair: 2,
                again: 2,
                both: 1,
                said: 1,
            },
            costs: Costs { step: 10, view_reads: 12, fixtures: 24 },
            chances: Chances {
                walking: 85,
                aimed: 50,
                refused: 40,
                open: 8,
                known: 2,
                aim: 20,
                standalone: 7,
                sharing: 10,
                not_sharing: 3,
                owner: 9,
                consumer: 6,
                other: 1,
                away: 5,
                reads_away: 60,
            },
            plans: Plans {
                of_topic: [12, 25, 55, 90],
                of_sharing: [10, 30, 60],
                of_other_topics: 3,
                scattered: 15,
                of_scattered: 40,
                makers_of_shares: 60,
                alike: 30,
                same_topic: 20,
                stray: 1,
            },
            first_cases: 3,
            later_rule_factor: 2,
            novelty_scale: 60,
            memorable_weight: 2,
            walks: 30,
            walk_steps: 10,
            tries: 3,
            entries_tried: 6,
            longest_entry: 14,
            reused: 2,
            left_out: Vec::new(),
        }
    }
}

/// A name that no part of exploration has.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{given:?} is not a valid part of exploration")]
pub struct UnknownPart {
    given: String,
}

impl Tuning {
    /// The default figures, with the parts of these names left out.
    ///
    /// # Errors
    ///
    /// No part has one of the names.
    pub fn without(names: &[impl AsRef<str>]) -> Result<Self, UnknownPart> {
        let part = |name: &str| {
            let unknown = || UnknownPart { given: name.to_owned() };
            PARTS.iter().copied().find(|part| part.name == name).ok_or_else(unknown)
        };
        let left_out = names.iter().map(|name| part(name.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { left_out, ..Self::default() })
    }

    /// Whether reads whose signature was seen before are left out.
    #[must_use]
    pub fn skips_seen_signatures(&self) -> bool {
        self.has(&SIGNATURES)
    }

    /// Whether a part is not left out.
    pub(super) fn has(&self, part: &Part) -> bool {
        self.left_out.iter().all(|it| *it != part)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_part_is_left_out_by_its_name() {
        let tuning = Tuning::without(&["pairs", "signatures"]).unwrap();
        assert!(!tuning.has(&PAIRS));
        assert!(tuning.has(&SAID));
        assert!(!tuning.skips_seen_signatures());
    }

    #[test]
    fn an_unknown_part_is_refused() {
        let error = Tuning::without(&["pairs", "pears"]).unwrap_err().to_string();
        assert_eq!(error, "\"pears\" is not a valid part of exploration");
    }

    #[test]
    fn parts_have_names_of_their_own() {
        let names: BTreeSet<_> = PARTS.iter().map(|part| part.name).collect();
        assert_eq!(names.len(), PARTS.len());
    }
}
