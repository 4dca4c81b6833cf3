//! The operators that make mutants.

use super::parts::Part;
use super::player::{Change, Edit};

/// An operator: what it does to one part of one operation.
#[derive(Debug)]
pub struct Operator {
    /// Its name, everywhere.
    pub name: &'static str,
    /// The parts that it is applied to.
    pub group: Group,
    /// What a target with its mutants does, about the part.
    pub says: &'static str,
    /// The way in which it does so.
    pub(super) change: Change,
}

/// The parts of operations that an operator is applied to.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Each parameter.
    Parameters,
    /// Each parameter that has one of a few words, for each word.
    Words,
    /// Each parameter that is a number.
    Numbers,
    /// Each parameter that is a list.
    ListParameters,
    /// Each parameter of a writing operation that is a list.
    ListParametersOfWrites,
    /// Each parameter that is a text.
    Texts,
    /// Each field of an answer.
    Fields,
    /// Each field of a row of an answer.
    FieldsOfRows,
    /// Each list of an answer.
    Lists,
    /// Each operation that reads.
    Reads,
    /// Each operation that lists page by page.
    Pages,
    /// Each operation that writes.
    Writes,
    /// Each operation.
    Operations,
    /// Each code of a refusal.
    Codes,
}

/// All operators.
pub static OPERATORS: &[Operator] = &[
    Operator {
        name: "parameter-ignored",
        group: Group::Parameters,
        says: "reads nothing of the parameter",
        change: Change::Request(Edit::LeaveOut),
    },
    Operator {
        name: "parameter-constant",
        group: Group::Words,
        says: "reads the parameter, if given, as this word",
        change: Change::Request(Edit::Constant),
    },
    Operator {
        name: "parameter-off-by-one",
        group: Group::Numbers,
        says: "reads the number as the next one",
        change: Change::Request(Edit::Increment),
    },
    Operator {
        name: "parameter-first-alone",
        group: Group::ListParameters,
        says: "reads the first of several values alone",
        change: Change::Request(Edit::First),
    },
    Operator {
        name: "parameter-last-alone",
        group: Group::ListParameters,
        says: "reads the last of several values alone",
        change: Change::Request(Edit::Last),
    },
    Operator {
        name: "parameter-in-any-case",
        group: Group::Texts,
        says: "takes the text for one that it knows in another case",
        change: Change::Request(Edit::AnyCase),
    },
    Operator {
        name: "parameter-trimmed",
        group: Group::Texts,
        says: "reads the text without the blanks at its ends",
        change: Change::Request(Edit::Trim),
    },
    Operator {
        name: "parameter-as-prefix",
        group: Group::Texts,
        says: "takes the text for one that it knows and that begins with it",
        change: Change::Request(Edit::Prefix),
    },
    Operator {
        name: "list-unfiltered",
        group: Group::Reads,
        says: "reads no parameter that it can answer without",
        change: Change::Unfiltered,
    },
    Operator {
        name: "field-missing",
        group: Group::Fields,
        says: "answers without the field",
        change: Change::Answer(Part::Missing),
    },
    Operator {
        name: "field-constant",
        group: Group::Fields,
        says: "answers what it answered in the field first",
        change: Change::Answer(Part::Constant),
    },
    Operator {
        name: "field-stale",
        group: Group::Fields,
        says: "answers the field as it was before the last write",
        change: Change::Answer(Part::Stale),
    },
    Operator {
        name: "field-of-next-row",
        group: Group::FieldsOfRows,
        says: "answers in the field of each row that of the next row",
        change: Change::Answer(Part::NextRow),
    },
    Operator {
        name: "list-without-last",
        group: Group::Lists,
        says: "leaves out the last row of the list",
        change: Change::Answer(Part::WithoutLast),
    },
    Operator {
        name: "list-first-twice",
        group: Group::Lists,
        says: "answers the first row of the list twice",
        change: Change::Answer(Part::FirstTwice),
    },
    Operator {
        name: "pages-overlap",
        group: Group::Pages,
        says: "begins each page with the last row of the page before",
        change: Change::Answer(Part::Overlap),
    },
    Operator {
        name: "pages-skip",
        group: Group::Pages,
        says: "leaves out the first row of each page but the first",
        change: Change::Answer(Part::Skip),
    },
    Operator {
        name: "read-stale",
        group: Group::Reads,
        says: "answers as before the last write",
        change: Change::Stale,
    },
    Operator {
        name: "write-lost",
        group: Group::Writes,
        says: "grants the call and does nothing",
        change: Change::Lost,
    },
    Operator {
        name: "write-twice",
        group: Group::Writes,
        says: "does twice what is asked once",
        change: Change::Twice,
    },
    Operator {
        name: "write-for-another",
        group: Group::Writes,
        says: "does it as if the account that called before had called",
        change: Change::ForAnother,
    },
    Operator {
        name: "write-for-all",
        group: Group::ListParametersOfWrites,
        says: "does it for everything that any call named in this parameter so far",
        change: Change::ForAll,
    },
    Operator {
        name: "write-undone",
        group: Group::Writes,
        says: "undoes it with the next write",
        change: Change::Undone,
    },
    Operator {
        name: "write-half-done",
        group: Group::ListParametersOfWrites,
        says: "does it for the first half of several values",
        change: Change::HalfDone,
    },
    Operator {
        name: "refused-and-done",
        group: Group::Writes,
        says: "refuses the call and does it all the same, if it were another account's to make",
        change: Change::RefusedAndDone,
    },
    Operator {
        name: "granted-to-all",
        group: Group::Operations,
        says: "grants a call that another account may make",
        change: Change::GrantedToAll,
    },
    Operator {
        name: "refusal-as-grant",
        group: Group::Operations,
        says: "answers in place of a refusal what it granted last",
        change: Change::Answer(Part::Grant),
    },
    Operator {
        name: "refusal-status",
        group: Group::Operations,
        says: "refuses with another status line",
        change: Change::Answer(Part::OtherStatus),
    },
    Operator {
        name: "refusal-status-ok",
        group: Group::Operations,
        says: "refuses with the status line of a grant",
        change: Change::Answer(Part::GrantStatus),
    },
    Operator {
        name: "refusal-code",
        group: Group::Codes,
        says: "refuses with the code of another refusal",
        change: Change::Answer(Part::Code),
    },
];

impl Group {
    /// What its mutants are about, in a word.
    #[must_use]
    pub fn subject(self) -> &'static str {
        match self {
            Self::Parameters | Self::Words | Self::Numbers | Self::ListParameters | Self::Texts => {
                "parameters"
            }
            Self::Fields | Self::FieldsOfRows => "fields",
            Self::Lists | Self::Pages => "lists",
            Self::Reads => "reads",
            Self::Writes | Self::ListParametersOfWrites => "writes",
            Self::Operations | Self::Codes => "refusals",
        }
    }
}
