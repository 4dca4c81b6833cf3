//! All mutants: each operator applied to each part of each operation that the model has.

use std::collections::BTreeSet;

use bellwether_model::operations::OPERATIONS;

use super::MadeMutant;
use super::answers::{Answered, Answers};
use super::operators::{Group, OPERATORS, Operator};
use crate::reference::members::{EC2, Read, Reads, SERVICES, Taken};

/// The parameter that all actions of EC2 have that can be tried.
const DRY_RUN: &str = "DryRun";

/// The mutants of all operators, in the order of services, operations and operators.
pub(super) fn all() -> Vec<MadeMutant> {
    let mut all = Vec::new();
    for reads in SERVICES {
        for (operation, _) in reads.operations {
            let info = OPERATIONS.iter().find(|info| info.name == *operation);
            if let Some(info) = info {
                all.extend(Described::of(reads, operation, info.writes).mutants());
            }
        }
    }
    all
}

/// What is written down of an operation.
struct Described {
    service: &'static str,
    operation: &'static str,
    writes: bool,
    /// The parameters that it reads.
    parameters: BTreeSet<String>,
    /// Those that are lists, of structures too.
    lists: BTreeSet<String>,
    taken: &'static Taken,
    answered: &'static Answered,
    /// The codes of its refusals, and those of the service if it has but one.
    codes: Vec<(String, String)>,
}

impl Described {
    fn of(reads: &'static Reads, operation: &'static str, writes: bool) -> Self {
        let taken = reads.taken(operation);
        let mut parameters: BTreeSet<String> = BTreeSet::new();
        for read in reads.of(operation) {
            match read {
                Read::Whole(path) => parameters.extend([path.to_owned()]),
                Read::Values(path, values) if values.contains('|') => {
                    parameters.extend([path.to_owned()]);
                }
                Read::Structure(above) => {
                    let inside = taken.members.iter().filter(|path| is_inside(path, above));
                    parameters.extend(inside.cloned());
                }
                // One value alone does what is done anyway.
                Read::Values(..) | Read::Idle(_) => {}
            }
        }
        if reads.service == EC2.service && taken.members.iter().any(|path| path == DRY_RUN) {
            parameters.insert(DRY_RUN.to_owned());
        }
        let is_read =
            |list: &&String| parameters.iter().any(|path| path == *list || is_inside(path, list));
        let lists = taken.lists.iter().filter(is_read).cloned().collect();
        let answered = Answers::written().of(reads.service, operation);
        let codes = siblings(reads, answered);
        let service = reads.service;
        Self { service, operation, writes, parameters, lists, taken, answered, codes }
    }

    fn mutants(&self) -> Vec<MadeMutant> {
        let of = |operator| {
            let parts = self.parts(operator).into_iter();
            parts.map(move |(part, instead)| MadeMutant {
                operator,
                service: self.service,
                operation: self.operation,
                part,
                instead,
            })
        };
        OPERATORS.iter().flat_map(of).collect()
    }

    /// The parts that an operator is applied to, each with what stands in its place.
    fn parts(&self, operator: &Operator) -> Vec<(String, String)> {
        let whole = |applies: bool| if applies { vec![String::new()] } else { Vec::new() };
        let plain: Vec<String> = match operator.group {
            Group::Parameters => self.parameters.union(&self.lists).cloned().collect(),
            Group::Words => return self.words(),
            Group::Numbers => self.of_parameters(|path| self.taken.numbers.contains(path)),
            Group::ListParameters => self.lists.iter().cloned().collect(),
            Group::ListParametersOfWrites if !self.writes => Vec::new(),
            Group::ListParametersOfWrites => {
                self.of_parameters(|path| self.taken.lists.contains(path))
            }
            Group::Texts => self.of_parameters(|path| self.is_text(path)),
            Group::Fields => self.fields(|_| true),
            Group::FieldsOfRows => self.fields(|path| path.contains("[]")),
            Group::Lists => self.answered.lists.iter().cloned().collect(),
            Group::Reads => whole(!self.writes),
            Group::Pages => self.pages(),
            Group::Writes => whole(self.writes),
            Group::Operations => whole(true),
            Group::Codes => return self.codes.clone(),
        };
        plain.into_iter().map(|part| (part, String::new())).collect()
    }

    fn of_parameters(&self, applies: impl Fn(&String) -> bool) -> Vec<String> {
        self.parameters.iter().filter(|path| applies(path)).cloned().collect()
    }

    fn is_text(&self, path: &String) -> bool {
        let of_words = self.taken.words.contains_key(path);
        !of_words && !self.taken.numbers.contains(path) && !is_token(path)
    }

    fn words(&self) -> Vec<(String, String)> {
        let of_parameters =
            self.taken.words.iter().filter(|(path, _)| self.parameters.contains(*path));
        let each = |(path, words): (&String, &Vec<String>)| {
            words.iter().map(|word| (path.clone(), word.clone())).collect::<Vec<_>>()
        };
        of_parameters.flat_map(each).collect()
    }

    /// The fields that are about resources: not the token of the next page, of which the lists of pages are.
    fn fields(&self, applies: impl Fn(&String) -> bool) -> Vec<String> {
        let fields = self.answered.fields.iter().filter(|path| applies(path) && !is_token(path));
        fields.cloned().collect()
    }

    /// The outermost list, if it is answered page by page.
    fn pages(&self) -> Vec<String> {
        let is_outermost = |list: &&String| list.matches("[]").count() == 1 && !list.contains('.');
        let has_pages = self.parameters.iter().any(|path| is_token(path));
        let list = self.answered.lists.iter().find(is_outermost).filter(|_| has_pages);
        list.into_iter().cloned().collect()
    }
}

/// Each code with the one after it among those of the operation, or of the service if there is but one.
fn siblings(reads: &Reads, answered: &Answered) -> Vec<(String, String)> {
    let own: Vec<&String> = answered.codes.iter().collect();
    if own.len() > 1 {
        let next = own.iter().cycle().skip(1);
        return own
            .iter()
            .zip(next)
            .map(|(code, next)| ((*code).clone(), (*next).clone()))
            .collect();
    }
    let answers = Answers::written();
    let of_service = reads.operations.iter().flat_map(|(operation, _)| {
        let answered = answers.of(reads.service, operation);
        answered.codes.iter()
    });
    let all: BTreeSet<&String> = of_service.collect();
    let next = |code: &String| all.iter().find(|it| **it > code).or(all.first()).copied();
    let other = |code: &&String| next(code).filter(|next| next != code).cloned();
    own.into_iter().filter_map(|code| Some((code.clone(), other(&code)?))).collect()
}

/// Whether a path leads into a structure.
fn is_inside(path: &str, structure: &str) -> bool {
    path.strip_prefix(structure).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a parameter or a field is the token of a page.
pub(super) fn is_token(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    ["nexttoken", "marker", "nextmarker"].iter().any(|it| it.eq_ignore_ascii_case(name))
}
