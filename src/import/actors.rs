//! Which account of a scenario stands for which of a set-up.

use std::collections::BTreeMap;

use bellwether_model::{Account, Shape};

use super::terraform::{Argument, Document};

const ACCOUNT: &str = "aws_organizations_account.";
const ORGANIZATION: &str = "aws_organizations_organization.";
const UNIT: &str = "aws_organizations_organizational_unit.";

/// The reason that an account has no place.
const NO_ACTOR: &str = "a scenario has no other account to stand for its account";

/// The accounts of a scenario, and what they stand for.
#[derive(Debug)]
pub(super) struct Actors {
    shape: Shape,
    /// The actors by the ids or addresses of the accounts that they stand for.
    accounts: BTreeMap<String, &'static str>,
    /// The units of the scenario by the ARNs or addresses of those that they stand for.
    units: BTreeMap<String, &'static str>,
    /// Whether a share is for the whole organization.
    whole: bool,
}

/// A principal of a scenario.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// As a step names it.
    pub(super) principal: String,
    /// The account that has to accept an invitation, if one is made.
    pub(super) invited: Option<&'static str>,
}

/// A principal of the set-up.
#[derive(Debug, PartialEq, Eq)]
enum Named<'d> {
    Organization,
    Unit(&'d str),
    Account(&'d str),
    /// A role or user of an account, by its word in a scenario and its name.
    Identity(&'d str, &'static str, &'d str),
    Unknown(String),
}

impl<'d> Named<'d> {
    fn of(argument: &Argument<'d>) -> Self {
        match argument {
            Argument::Of(address) if address.contains(ORGANIZATION) => Self::Organization,
            Argument::Of(address) if address.contains(UNIT) => Self::Unit(address),
            Argument::Of(address) if address.contains(ACCOUNT) => Self::Account(address),
            Argument::Of(address) => Self::Unknown(format!("{address} is not read as a principal")),
            Argument::Unknown => Self::Unknown("it is known once it was applied".to_owned()),
            Argument::Text(text) => Self::written(text),
        }
    }

    fn written(text: &'d str) -> Self {
        if Account::from_id(text).is_some() {
            return Self::Account(text);
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts[..] {
            ["arn", _, "organizations", "", _, id] if id.starts_with("organization/") => {
                Self::Organization
            }
            ["arn", _, "organizations", "", _, id] if id.starts_with("ou/") => Self::Unit(text),
            ["arn", _, "iam", "", account, id] => {
                let name = id.rsplit('/').next().unwrap_or(id);
                let is_plain = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
                match id.split('/').next() {
                    Some("role") if is_plain => Self::Identity(account, "role", name),
                    Some("user") if is_plain => Self::Identity(account, "user", name),
                    Some(_) | None => Self::Unknown(format!("{text} is not read as a principal")),
                }
            }
            _ => Self::Unknown(format!("{text} is not read as a principal")),
        }
    }

    fn account(&self) -> Option<&'d str> {
        match self {
            Self::Account(account) | Self::Identity(account, ..) => Some(account),
            Self::Organization | Self::Unit(_) | Self::Unknown(_) => None,
        }
    }
}

/// Whether resources of a type say only which accounts there are.
pub(super) fn is_about_accounts(of_type: &str) -> bool {
    of_type.starts_with("aws_organizations_")
}

/// Whether a word of the notation means something else than a resource.
pub(super) fn is_reserved(word: &str) -> bool {
    Account::actor(word).is_some() || ["organization", "true", "false"].contains(&word)
}

impl Actors {
    /// The actors for these principals. `inside` says that the set-up turns sharing with the organization on.
    pub(super) fn of(
        document: &Document,
        principals: &[Argument<'_>],
        inside: bool,
        outside: &[String],
    ) -> Self {
        let named: Vec<Named<'_>> = principals.iter().map(Named::of).collect();
        let of_organization = |it: &Named<'_>| matches!(it, Named::Organization | Named::Unit(_));
        let has_organization = inside
            || named.iter().any(of_organization)
            || document.resources().iter().any(|it| is_about_accounts(&it.of_type));
        let mut accounts: Vec<&str> = Vec::new();
        for account in named.iter().filter_map(Named::account) {
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        let mut actors = Self {
            shape: Shape::Standalone,
            accounts: BTreeMap::new(),
            units: BTreeMap::new(),
            whole: named.contains(&Named::Organization),
        };
        if !has_organization {
            actors.place(accounts, &["consumer", "stranger"]);
            return actors;
        }
        actors.shape = Shape::Organization { sharing: true };
        let (others, members): (Vec<&str>, Vec<&str>) =
            accounts.into_iter().partition(|it| outside.iter().any(|outside| outside == it));
        actors.place(others, &["outsider", "stranger"]);
        actors.place_units(document, &named, &members);
        actors.place_members(document, members);
        actors
    }

    /// Lets each of these actors stand for an account, as far as both go.
    fn place(&mut self, accounts: Vec<&str>, actors: &[&'static str]) {
        let free: Vec<_> =
            actors.iter().filter(|it| !self.accounts.values().any(|used| used == *it)).collect();
        self.accounts
            .extend(accounts.into_iter().map(str::to_owned).zip(free.into_iter().copied()));
    }

    /// Lets the units of a scenario, of which one lies in the other, stand for those that are named.
    fn place_units(&mut self, document: &Document, named: &[Named<'_>], members: &[&str]) {
        let units = named.iter().filter_map(|it| match it {
            Named::Unit(unit) => Some(*unit),
            Named::Organization | Named::Account(_) | Named::Identity(..) | Named::Unknown(_) => {
                None
            }
        });
        let mut distinct: Vec<&str> = Vec::new();
        for unit in units {
            if !distinct.contains(&unit) {
                distinct.push(unit);
            }
        }
        let is_in = |inner: &str, outer: &str| parent(document, inner) == Some(outer);
        let nested = distinct.iter().find_map(|outer| {
            let inner = distinct.iter().find(|inner| is_in(inner, outer))?;
            Some((*outer, *inner))
        });
        if let Some((outer, inner)) = nested {
            self.units.insert(outer.to_owned(), "workloads");
            self.units.insert(inner.to_owned(), "batch");
        } else if let Some(unit) = distinct.first() {
            // An account that is not known to be in the unit has to be beside it.
            let is_beside = members.iter().any(|account| !is_in(account, unit));
            self.units.insert((*unit).to_owned(), if is_beside { "batch" } else { "workloads" });
        }
    }

    /// Lets the members of the organization stand for accounts, each in a unit that stands for its own.
    fn place_members(&mut self, document: &Document, accounts: Vec<&str>) {
        let has = |units: &BTreeMap<String, &str>, unit: &str| units.values().any(|it| *it == unit);
        for account in accounts {
            let unit = parent(document, account).and_then(|unit| self.units.get(unit).copied());
            let free: &[&'static str] = match unit {
                Some("batch") => &["sibling"],
                Some(_workloads) if has(&self.units, "batch") => &["member"],
                Some(_workloads) => &["member", "sibling"],
                None if has(&self.units, "workloads") => &[],
                None if has(&self.units, "batch") => &["member"],
                None => &["member", "sibling"],
            };
            let free: Vec<&'static str> = free
                .iter()
                .copied()
                .filter(|it| !self.accounts.values().any(|used| used == it))
                .take(1)
                .collect();
            self.place(vec![account], &free);
        }
    }

    /// The relations of the accounts.
    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// A principal as a step names it.
    ///
    /// # Errors
    ///
    /// The reason that it has no place.
    pub(super) fn of_principal(&self, argument: &Argument<'_>) -> Result<Member, String> {
        let named = Named::of(argument);
        let actor = named
            .account()
            .map(|account| self.accounts.get(account).copied().ok_or_else(|| NO_ACTOR.to_owned()));
        let actor = actor.transpose()?;
        let is_outside = |actor: &&'static str| {
            self.shape == Shape::Standalone || ["outsider", "stranger"].contains(actor)
        };
        let invited = actor.filter(is_outside);
        let actor = actor.unwrap_or_default();
        let principal = match named {
            Named::Organization => "organization".to_owned(),
            Named::Unit(unit) => {
                let unit = self.units.get(unit);
                let why = "a scenario has no other unit to stand for its unit";
                format!("ou:{}", unit.ok_or_else(|| why.to_owned())?)
            }
            Named::Account(_) => actor.to_owned(),
            Named::Identity(_, word, name) => format!("{word}:{actor}/{name}"),
            Named::Unknown(why) => return Err(why),
        };
        Ok(Member { principal, invited })
    }

    /// What each account and unit stands for, a sentence each.
    pub(super) fn legend(&self) -> Vec<String> {
        let owner = "owner stands for the account that shares.".to_owned();
        let accounts = self.accounts.iter();
        let accounts = accounts.map(|(account, actor)| format!("{actor} stands for {account}."));
        let units = self.units.iter().map(|(unit, of)| format!("ou:{of} stands for {unit}."));
        std::iter::once(owner).chain(accounts).chain(units).collect()
    }

    /// The accounts whose views are claimed: those that stand for some, and one that is given nothing.
    pub(super) fn viewers(&self) -> Vec<&'static str> {
        let has = |unit: &str| self.units.values().any(|it| *it == unit);
        let is_used = |actor: &&'static str| match *actor {
            "stranger" if self.shape == Shape::Standalone => true,
            "outsider" => true,
            "member" if self.whole || has("workloads") => true,
            "sibling" if self.whole || has("workloads") || has("batch") => true,
            _other => self.accounts.values().any(|it| it == actor),
        };
        let all: &[&'static str] = match self.shape {
            Shape::Standalone => &["consumer", "stranger"],
            Shape::Organization { .. } => &["member", "sibling", "outsider", "stranger"],
        };
        all.iter().copied().filter(is_used).collect()
    }
}

/// The unit that an account or a unit lies in, if the set-up makes both.
fn parent<'d>(document: &'d Document, of: &str) -> Option<&'d str> {
    let resource = document.resources().into_iter().find(|it| it.address == of)?;
    match document.argument(resource, "parent_id") {
        Argument::Of(address) => Some(address),
        Argument::Text(_) | Argument::Unknown => None,
    }
}
