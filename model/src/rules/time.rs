//! Time: what it does of itself, as far as no other topic has it.

use super::{Rule, grants, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[&PASSED_FOR_EVERYBODY, &AT_THE_TURN];

/// Time can be let pass.
pub static PASSED_FOR_EVERYBODY: Rule = grants(
    "time/passed-for-everybody",
    "Time passes for all accounts of a target that has a clock to move, and gives nobody anything.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-invitations.html",
    "what time does to shares and invitations is to end them; everything else takes a call",
)])
.rows(&["RAM-INV-20"]);

/// Times that are stated roughly.
pub static AT_THE_TURN: Rule = replies(
    "time/at-the-turn",
    "What ends some hours or days later has ended by then, give or take a few percent.",
)
.open(
    "When exactly do unanswered invitations expire, and deleted shares and permissions leave their owner's lists?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-delete.html",
        "a deleted share is visible for about two hours",
    )],
)
.rows(&["RAM-INV-20", "RAM-INV-22", "RAM-LIFE-08", "EC-10"]);
