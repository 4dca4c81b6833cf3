//! A sharing set-up as a scenario: what a Terraform plan or state shares, in the model's words.
//!
//! A scenario has few accounts, and each stands for one of the set-up or for the accounts of a unit. What has no
//! place in it is named and left out: nothing is guessed.

mod actors;
mod terraform;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bellwether_model::Shape;
use thiserror::Error;

use self::actors::{Actors, Member};
use self::terraform::{Argument, Document, Resource};
use crate::predict::predict;
use crate::scenario::{ParseError, Parsed};

/// A type of Terraform, the operation that makes one, and the argument and parameter of its VPC.
type Made = (&'static str, &'static str, Option<(&'static str, &'static str)>);

/// The resources of Terraform that a scenario can make: the type, the operation that makes one, and the argument
/// that names the VPC that it lies in, if it does.
const MADE: &[Made] = &[
    ("aws_vpc", "CreateVpc", None),
    ("aws_subnet", "CreateSubnet", Some(("vpc_id", "VpcId"))),
    ("aws_security_group", "CreateSecurityGroup", Some(("vpc_id", "VpcId"))),
    ("aws_ec2_managed_prefix_list", "CreateManagedPrefixList", None),
    ("aws_ec2_transit_gateway", "CreateTransitGateway", None),
    ("aws_ec2_capacity_reservation", "CreateCapacityReservation", None),
    ("aws_ec2_host", "AllocateHosts", None),
    ("aws_placement_group", "CreatePlacementGroup", None),
    ("aws_vpc_ipam_pool", "CreateIpamPool", None),
    ("aws_route53_resolver_rule", "CreateResolverRule", None),
    ("aws_route53_resolver_query_log_config", "CreateResolverQueryLogConfig", None),
    ("aws_route53_resolver_firewall_rule_group", "CreateFirewallRuleGroup", None),
    ("aws_route53profiles_profile", "CreateProfile", None),
    ("aws_licensemanager_license_configuration", "CreateLicenseConfiguration", None),
];

const SHARE: &str = "aws_ram_resource_share";
const OF_RESOURCE: &str = "aws_ram_resource_association";
const OF_PRINCIPAL: &str = "aws_ram_principal_association";
const ACCEPTER: &str = "aws_ram_resource_share_accepter";
const SHARING: &str = "aws_ram_sharing_with_organization";

/// A set-up as a scenario.
#[derive(Debug)]
pub struct Imported {
    /// The scenario, as text that reads back: its claims are what the model says that the accounts see.
    pub scenario: String,
    /// The resources that are left out, each with the reason.
    pub left_out: Vec<(String, String)>,
}

/// The reason that a set-up can't be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It is not JSON, or not what Terraform prints.
    #[error("it is not a plan or state as `terraform show -json` prints it: {0}")]
    Unreadable(String),
    /// It shares nothing.
    #[error("it has no aws_ram_resource_share, so nothing is shared")]
    WithoutShares,
    /// The scenario that was made of it does not parse: a bug in Bellwether.
    #[error(transparent)]
    Unsound(#[from] Box<ParseError>),
}

/// Makes a scenario of a Terraform plan or state, as `terraform show -json` prints it. The accounts `outside` are
/// outside the organization; of others that no resource places, the shares say that they are inside.
///
/// # Errors
///
/// The text is no such plan or state, or shares nothing.
pub fn terraform(name: &str, text: &str, outside: &[String]) -> Result<Imported, ImportError> {
    let document: Document =
        serde_json::from_str(text).map_err(|error| ImportError::Unreadable(error.to_string()))?;
    if !document.has_values() {
        let why = "it has neither planned_values nor values".to_owned();
        return Err(ImportError::Unreadable(why));
    }
    let mut importing = Importing::of(&document, outside);
    if importing.shares.is_empty() {
        return Err(ImportError::WithoutShares);
    }
    importing.write_resources();
    importing.write_shares();
    importing.finished(name)
}

/// A share of the set-up.
#[derive(Debug, Default)]
struct Share {
    arguments: Vec<String>,
    resources: BTreeSet<String>,
    principals: BTreeSet<String>,
    /// Whether those who are invited accept.
    accepted: bool,
    invited: BTreeSet<String>,
}

/// An import on its way.
struct Importing<'d> {
    document: &'d Document,
    actors: Actors,
    /// The shares by address.
    shares: BTreeMap<&'d str, Share>,
    /// The names in the scenario by address.
    names: BTreeMap<&'d str, String>,
    steps: String,
    left_out: Vec<(String, String)>,
}

impl<'d> Importing<'d> {
    fn of(document: &'d Document, outside: &[String]) -> Self {
        let resources = document.resources();
        let shares = resources.iter().filter(|it| it.of_type == SHARE);
        let shares: BTreeMap<_, _> =
            shares.map(|it| (it.address.as_str(), Share::default())).collect();
        let principals = resources.iter().filter(|it| it.of_type == OF_PRINCIPAL);
        let principals: Vec<Argument<'_>> =
            principals.map(|it| document.argument(it, "principal")).collect();
        let shares_inside = resources.iter().any(|it| it.of_type == SHARING);
        let actors = Actors::of(document, &principals, shares_inside, outside);
        Self {
            document,
            actors,
            shares,
            names: BTreeMap::new(),
            steps: String::new(),
            left_out: Vec::new(),
        }
    }

    fn leave_out(&mut self, resource: &Resource, why: impl Into<String>) {
        self.left_out.push((resource.address.clone(), why.into()));
    }

    /// Takes a name for a resource that no other has.
    fn name(&mut self, resource: &'d Resource) -> String {
        let fits = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
        let own = resource.address.rsplit_once(&resource.of_type).map_or("", |(_, own)| own);
        let own: String = own.chars().map(fits).collect();
        let words: Vec<&str> = own.split('_').filter(|it| !it.is_empty()).collect();
        let own = words.join("_");
        let mut name = if own.starts_with(|it: char| it.is_ascii_alphabetic()) {
            own
        } else {
            format!("r_{own}")
        };
        while self.names.values().any(|it| *it == name) || actors::is_reserved(&name) {
            name.push('_');
        }
        self.names.insert(&resource.address, name.clone());
        name
    }

    /// Writes the steps that make what the shares hold, and the VPCs that it lies in.
    fn write_resources(&mut self) {
        for (of_type, operation, parent) in MADE {
            for resource in self.document.resources() {
                if resource.of_type != *of_type {
                    continue;
                }
                let mut step = format!("owner {operation}");
                if let Some((argument, parameter)) = parent
                    && let Argument::Of(vpc) = self.document.argument(resource, argument)
                    && let Some(vpc) = self.names.get(vpc)
                {
                    let _ = write!(step, " {parameter}={vpc}");
                }
                let name = self.name(resource);
                let _ = writeln!(self.steps, "{step} -> {name}");
            }
        }
    }

    /// Writes the steps that make the shares, and their acceptance.
    fn write_shares(&mut self) {
        for resource in self.document.resources() {
            match resource.of_type.as_str() {
                SHARE => self.read_share(resource),
                OF_RESOURCE => self.read_resource(resource),
                OF_PRINCIPAL => self.read_principal(resource),
                ACCEPTER => self.read_accepter(resource),
                SHARING => {}
                of_type if MADE.iter().any(|(made, ..)| *made == of_type) => {}
                of_type if actors::is_about_accounts(of_type) => {}
                _other => self.leave_out(resource, "no step of a scenario makes it"),
            }
        }
        for (address, share) in std::mem::take(&mut self.shares) {
            let list = |of: &BTreeSet<String>| of.iter().cloned().collect::<Vec<_>>().join(",");
            let mut step = format!("owner CreateResourceShare {}", share.arguments.join(" "));
            if !share.resources.is_empty() {
                let _ = write!(step, " resourceArns={}", list(&share.resources));
            }
            if !share.principals.is_empty() {
                let _ = write!(step, " principals={}", list(&share.principals));
            }
            let name = self.names.get(address).cloned().unwrap_or_default();
            let _ = writeln!(self.steps, "{step} -> {name}");
            for actor in share.invited.iter().filter(|_| share.accepted) {
                let accept = "AcceptResourceShareInvitation";
                let _ = writeln!(self.steps, "{actor} {accept} invitation:{name}/{actor}");
            }
        }
    }

    fn read_share(&mut self, resource: &'d Resource) {
        self.name(resource);
        if resource.values.get("permission_arns").is_some_and(|it| !it.is_null()) {
            self.leave_out(
                resource,
                "it has managed permissions: the scenario has the default ones",
            );
        }
        let Some(share) = self.shares.get_mut(resource.address.as_str()) else { return };
        let name = resource.text("name").unwrap_or(&resource.name);
        let name: String =
            name.chars().filter(|it| !it.is_control() && !"\"\\$".contains(*it)).collect();
        share.arguments.push(format!("name=\"{name}\""));
        let external = resource.values.get("allow_external_principals");
        // Terraform's own default is AWS's: others may be invited.
        if external.and_then(serde_json::Value::as_bool) == Some(false) {
            share.arguments.push("allowExternalPrincipals=false".to_owned());
        }
    }

    /// The share that a resource is about; without one it is left out.
    fn share_of(&mut self, resource: &'d Resource, argument: &str) -> Option<&'d str> {
        let found = match self.document.argument(resource, argument) {
            Argument::Of(address) => self.shares.get_key_value(address).map(|(it, _)| *it),
            Argument::Text(_) | Argument::Unknown => None,
        };
        if found.is_none() {
            self.leave_out(resource, "its share is none of this set-up");
        }
        found
    }

    fn read_resource(&mut self, resource: &'d Resource) {
        let Some(share) = self.share_of(resource, "resource_share_arn") else { return };
        let shared = match self.document.argument(resource, "resource_arn") {
            Argument::Of(address) => self.names.get(address).cloned().ok_or(address),
            Argument::Text(arn) => Err(arn),
            Argument::Unknown => Err("what it shares is known once it was applied"),
        };
        match shared {
            Ok(name) => {
                if let Some(share) = self.shares.get_mut(share) {
                    share.resources.insert(name);
                }
            }
            Err(what) => {
                let why = format!("no step of a scenario makes what it shares: {what}");
                self.leave_out(resource, why);
            }
        }
    }

    fn read_principal(&mut self, resource: &'d Resource) {
        let Some(share) = self.share_of(resource, "resource_share_arn") else { return };
        match self.actors.of_principal(&self.document.argument(resource, "principal")) {
            Ok(Member { principal, invited }) => {
                let Some(share) = self.shares.get_mut(share) else { return };
                share.invited.extend(invited.map(str::to_owned));
                share.principals.insert(principal);
            }
            Err(why) => self.leave_out(resource, why),
        }
    }

    fn read_accepter(&mut self, resource: &'d Resource) {
        let Some(share) = self.share_of(resource, "share_arn") else { return };
        if let Some(share) = self.shares.get_mut(share) {
            share.accepted = true;
        }
    }

    /// The scenario, with the claims that the model makes of its end.
    fn finished(self, name: &str) -> Result<Imported, ImportError> {
        let Self { actors, steps, left_out, names, .. } = self;
        let mut text = format!("# The shares of {}, and who sees what they hold.\n", comment(name));
        for stands in actors.legend() {
            let _ = writeln!(text, "# {}", comment(&stands));
        }
        for (address, why) in &left_out {
            let _ = writeln!(text, "# Left out: {}: {}.", comment(address), comment(why));
        }
        let world = match actors.shape() {
            Shape::Standalone => "standalone",
            Shape::Organization { .. } => "organization sharing=on",
        };
        let _ = write!(text, "world {world}\n\n{steps}");
        let prediction = predict(&Parsed::read(name, &text).map_err(Box::new)?);
        for actor in actors.viewers() {
            let views = prediction.views.iter().find(|(account, _)| account.to_string() == actor);
            for (resource, appearance) in views.into_iter().flat_map(|(_, views)| views) {
                let is_made = names.values().any(|it| it == resource.as_str());
                let sees = match appearance.seen {
                    "visible" => "sees",
                    "hidden" => "hidden",
                    _owned => continue,
                };
                if is_made && appearance.judged {
                    let _ = writeln!(text, "? {actor} {sees} {resource}");
                }
            }
        }
        let scenario = Parsed::read(name, &text).map_err(Box::new)?.scenario.to_string();
        Ok(Imported { scenario, left_out })
    }
}

/// A text as a line of a comment.
fn comment(text: &str) -> String {
    text.replace(char::is_control, " ")
}
