//! The rules of security groups for incoming traffic.
//!
//! The model knows which prefix lists and security groups the rules of a group name, and decides by that.
//! The rest of a rule, and rules about addresses, are kept beside it.

use bellwether_model::answer::Decision;
use bellwether_model::operations::ec2::{
    AuthorizeSecurityGroupIngress, DescribeSecurityGroups, RevokeSecurityGroupIngress,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;
use bellwether_model::{Call, Name};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::form::Form;
use super::{Request, Shown, beside, done, invalid, missing, security_groups, set};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attribute of a group that keeps its rules.
const RULES: &str = "rules";

/// A rule: traffic that comes from one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    id: String,
    traffic: Traffic,
    source: Source,
    description: Option<String>,
    /// The account that a request says is the owner of the source.
    #[serde(skip)]
    owner: Option<String>,
}

/// Traffic of a protocol, by its ports if it has such.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Traffic {
    protocol: String,
    ports: Option<(i32, i32)>,
}

/// The source of traffic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Source {
    /// A block of addresses of IPv4.
    Ipv4(String),
    /// A block of addresses of IPv6.
    Ipv6(String),
    /// A prefix list.
    List(String),
    /// A security group.
    Group(String),
}

/// AuthorizeSecurityGroupIngress: all the rules are added, or none.
pub(super) fn authorize(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let call = |group_id, prefix_list_id, source_group_id| {
        AuthorizeSecurityGroupIngress { group_id, prefix_list_id, source_group_id }.into()
    };
    let (group, kept, rules) = read(request, &call)?;
    // Whether a rule about a prefix list or a group is there already is the model's to say.
    let is_there = |rule: &&Rule| !rule.is_named() && kept.iter().any(|it| it.is_same(rule));
    if let Some(rule) = rules.iter().find(is_there) {
        return Err(rule.duplicate());
    }
    // A source that is named already by a rule about other traffic may be named again, which the model does
    // not know.
    let is_new = |rule: &&Rule| {
        let of_source = kept.iter().filter(|it| it.source == rule.source);
        let of_source: Vec<_> = of_source.collect();
        of_source.is_empty() || of_source.iter().any(|it| it.is_same(rule))
    };
    perform(request, rules.iter().filter(is_new), &call)?;
    let made = keep(request, &group, rules);
    Ok(write_each(request, &group, &made, "securityGroupRuleSet", done(xml)))
}

/// RevokeSecurityGroupIngress: all the rules are taken out, or none.
pub(super) fn revoke(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let call = |group_id, prefix_list_id, source_group_id| {
        RevokeSecurityGroupIngress { group_id, prefix_list_id, source_group_id }.into()
    };
    let (group, kept, rules) = read(request, &call)?;
    // A source that is named by a rule about other traffic too stays named, which the model does not know.
    let stays = |rule: &Rule| kept.iter().any(|it| it.source == rule.source && !it.is_same(rule));
    let is_there = |rule: &Rule| kept.iter().any(|it| it.is_same(rule));
    if rules.iter().any(|rule| !is_there(rule) && (!rule.is_named() || stays(rule))) {
        let message = "The specified rule does not exist in this security group.";
        return Err(Failure::new("InvalidPermission.NotFound", message));
    }
    perform(request, rules.iter().filter(|rule| !stays(rule)), &call)?;
    let is_out = |it: &Rule| rules.iter().any(|rule| rule.is_same(it));
    let (out, rest): (Vec<_>, Vec<_>) = kept.into_iter().partition(is_out);
    request.state.keep(&group, RULES, serde_json::to_string(&rest).unwrap_or_default());
    Ok(write_each(request, &group, &out, "revokedSecurityGroupRuleSet", done(xml)))
}

/// The group of a request, its rules, and those that the request describes: there is at least one.
///
/// # Errors
///
/// A rule can't be, or the group is not the caller's own.
fn read(
    request: &mut Request<'_>,
    call: &dyn Fn(Reference, Option<Reference>, Option<Reference>) -> Call,
) -> Result<(Name, Vec<Rule>, Vec<Rule>), Failure> {
    let group_id = request.named("GroupId")?;
    let group = Name::new(request.form.mentioned("GroupId"));
    let form = request.form.clone();
    let mut rules = Rule::read_all(&form)?;
    let is_default = beside::owner(request, &group) == Some(request.caller);
    if is_default && rules.iter().any(Rule::is_named) {
        let message = "The reference does not have rules of default security groups that name \
                       prefix lists or security groups.";
        return Err(Failure::new("UnsupportedOperation", message));
    }
    if rules.is_empty() && !form.members("IpPermissions").is_empty() {
        request.perform(call(group_id.clone(), None, None), &"".into())?;
    }
    // The model looks at the group where a rule names a source that it knows.
    let is_known = |rule: &Rule| rule.named(request).is_some();
    if !is_default && !rules.iter().any(is_known) {
        let group_ids = vec![group_id.clone()];
        request.require_own(&group_id, DescribeSecurityGroups { group_ids })?;
    }
    let kept = if is_default || request.owns(&group_id) { of(request, &group) } else { Vec::new() };
    for id in form.list("SecurityGroupRuleId") {
        let rule = kept.iter().find(|rule| rule.id == id).cloned();
        rules.push(rule.ok_or_else(|| {
            let message = format!("The security group rule ID '{id}' does not exist");
            Failure::new("InvalidSecurityGroupRuleId.NotFound", message)
        })?);
    }
    if rules.is_empty() { Err(missing("IpPermissions")) } else { Ok((group, kept, rules)) }
}

/// Performs the calls of the model for some rules of the group of a request: one for each prefix list or group
/// that they name. All are granted, or none is made.
fn perform<'r>(
    request: &mut Request<'_>,
    rules: impl Iterator<Item = &'r Rule>,
    call: &dyn Fn(Reference, Option<Reference>, Option<Reference>) -> Call,
) -> Result<(), Failure> {
    let group_id = request.named("GroupId")?;
    let mut calls: Vec<Call> = Vec::new();
    for rule in rules {
        let Some((list, source)) = rule.named(request) else { continue };
        let call = call(group_id.clone(), list, source);
        if !calls.contains(&call) {
            calls.push(call);
        }
    }
    let is_granted =
        |call: &Call| matches!(call.check(&request.state.world, request.caller), Decision::Granted);
    let (granted, refused): (Vec<_>, Vec<_>) = calls.into_iter().partition(is_granted);
    for call in refused.into_iter().chain(granted) {
        request.perform(call, &"".into())?;
    }
    request.unless_tried()
}

impl Rule {
    /// The rules that a request describes.
    ///
    /// # Errors
    ///
    /// One of them can't be.
    fn read_all(form: &Form<'_>) -> Result<Vec<Self>, Failure> {
        let mut rules = Vec::new();
        for permission in form.members("IpPermissions") {
            let traffic = Traffic::read(&permission)?;
            for (list, key) in [
                ("IpRanges", "CidrIp"),
                ("Ipv6Ranges", "CidrIpv6"),
                ("PrefixListIds", "PrefixListId"),
                ("Groups", "GroupId"),
            ] {
                for member in permission.members(list) {
                    let source = Source::read(key, member.value(key).unwrap_or_default())?;
                    let rule = Self::new(traffic.clone(), source, member.value("Description"));
                    rules.push(Self {
                        owner: member.value("UserId").map(ToOwned::to_owned),
                        ..rule
                    });
                }
            }
        }
        // The older form of a request describes one rule.
        if let Some(block) = form.value("CidrIp") {
            let source = Source::read("CidrIp", block)?;
            rules.push(Self::new(Traffic::read(form)?, source, None));
        }
        let repeated = rules
            .iter()
            .enumerate()
            .find(|(place, rule)| rules[..*place].iter().any(|other| other.is_same(rule)));
        if let Some((_, rule)) = repeated {
            return Err(invalid(format!(
                "The same permission must not appear multiple times: {}",
                rule.words()
            )));
        }
        Ok(rules)
    }

    fn new(traffic: Traffic, source: Source, description: Option<&str>) -> Self {
        let description = description.map(ToOwned::to_owned);
        Self { id: String::new(), traffic, source, description, owner: None }
    }

    /// The prefix list or the security group that it names; `None` for what the model does not know, such as
    /// a default group.
    fn named(&self, request: &Request<'_>) -> Option<(Option<Reference>, Option<Reference>)> {
        match &self.source {
            Source::List(id) => Some((Some(request.reference(id)), None)),
            Source::Group(id) if beside::owner(request, &id.as_str().into()).is_none() => {
                Some((None, Some(of_owner(request, id, self.owner.as_deref()))))
            }
            Source::Group(_) | Source::Ipv4(_) | Source::Ipv6(_) => None,
        }
    }

    /// Whether it names a prefix list or a security group.
    fn is_named(&self) -> bool {
        matches!(self.source, Source::List(_) | Source::Group(_))
    }

    /// Whether another rule is about the same traffic.
    fn is_same(&self, other: &Self) -> bool {
        self.traffic == other.traffic && self.source == other.source
    }

    /// The failure of a rule that the group has already.
    fn duplicate(&self) -> Failure {
        let message = format!("the specified rule \"{}\" already exists", self.words());
        Failure::new("InvalidPermission.Duplicate", message)
    }

    fn words(&self) -> String {
        let Traffic { protocol, ports } = &self.traffic;
        let protocol = if protocol == "-1" { "ALL".to_owned() } else { protocol.to_uppercase() };
        let ports = ports
            .map_or_else(String::new, |(from, to)| format!("from port: {from}, to port: {to}, "));
        format!("peer: {}, {protocol}, {ports}ALLOW", self.source.text())
    }
}

/// The resource that an id names; there is none where it is another's than the owner that is named beside it.
fn of_owner(request: &Request<'_>, id: &str, owner: Option<&str>) -> Reference {
    let named = request.reference(id);
    let found = named.name().and_then(|name| request.state.world.resources.get(name));
    let is_other = |owner: &str| found.is_some_and(|it| it.owner.to_string() != owner);
    if owner.is_some_and(is_other) { Reference::Literal(id.into()) } else { named }
}

impl Traffic {
    fn read(form: &Form<'_>) -> Result<Self, Failure> {
        let protocol = form.value("IpProtocol").ok_or_else(|| missing("IpProtocol"))?;
        let protocol = protocol.to_lowercase();
        let protocol = match protocol.as_str() {
            "all" => "-1",
            "1" => "icmp",
            "6" => "tcp",
            "17" => "udp",
            "58" => "icmpv6",
            other => other,
        };
        let names = ["-1", "icmp", "icmpv6", "tcp", "udp"];
        if !names.contains(&protocol) && protocol.parse::<u8>().is_err() {
            return Err(invalid(format!(
                "Invalid value '{protocol}' for IP protocol. Unknown protocol."
            )));
        }
        let port = |key: &str| match form.value(key) {
            None => Ok(None),
            Some(text) => {
                let port = text.parse::<i32>().ok().filter(|port| (-1..=65535).contains(port));
                let wrong = || invalid(format!("Invalid value '{text}' for portRange."));
                port.map(Some).ok_or_else(wrong)
            }
        };
        let (from, to) = (port("FromPort")?, port("ToPort")?);
        let ports = match protocol {
            "tcp" | "udp" => {
                let (Some(from), Some(to)) = (from, to) else {
                    let message = "Invalid value 'Must specify both from and to ports with TCP/UDP.' for \
                                   portRange.";
                    return Err(invalid(message));
                };
                if from > to || from < 0 {
                    return Err(invalid(format!("Invalid TCP/UDP port range ({from}:{to})")));
                }
                Some((from, to))
            }
            "icmp" | "icmpv6" => Some((from.unwrap_or(-1), to.unwrap_or(-1))),
            _ => None,
        };
        Ok(Self { protocol: protocol.to_owned(), ports })
    }

    fn write(&self, xml: Xml) -> Xml {
        let xml = xml.text("ipProtocol", &self.protocol);
        match self.ports {
            Some((from, to)) => {
                xml.text("fromPort", &from.to_string()).text("toPort", &to.to_string())
            }
            None => xml,
        }
    }
}

impl Source {
    fn read(key: &str, text: &str) -> Result<Self, Failure> {
        let wrong = || invalid(format!("CIDR block {text} is malformed"));
        Ok(match key {
            "PrefixListId" => Self::List(text.to_owned()),
            "GroupId" => Self::Group(text.to_owned()),
            _ => {
                let block: IpNet = text.parse().map_err(|_| wrong())?;
                let text = block.trunc().to_string();
                match (block, key) {
                    (IpNet::V4(_), "CidrIp") => Self::Ipv4(text),
                    (IpNet::V6(_), "CidrIpv6") => Self::Ipv6(text),
                    (IpNet::V4(_) | IpNet::V6(_), _) => return Err(wrong()),
                }
            }
        })
    }

    fn text(&self) -> &str {
        match self {
            Self::Ipv4(text) | Self::Ipv6(text) | Self::List(text) | Self::Group(text) => text,
        }
    }
}

/// The rules of a group. Those that name what the model does not know of are left out, and those that the
/// model knows of alone are for the port of HTTPS.
fn of(request: &Request<'_>, group: &Name) -> Vec<Rule> {
    let kept = request.state.attribute(group, RULES);
    let mut rules: Vec<Rule> = serde_json::from_str(kept).unwrap_or_default();
    let Some(Kind::SecurityGroup { lists, sources, .. }) = request.kind(group) else {
        // A default group lets its own members in.
        let everything = Traffic { protocol: "-1".to_owned(), ports: None };
        rules.insert(0, Rule::new(everything, Source::Group(group.to_string()), None));
        return rules;
    };
    rules.retain(|rule| match &rule.source {
        Source::Ipv4(_) | Source::Ipv6(_) => true,
        Source::List(id) => lists.contains(id.as_str()),
        Source::Group(id) => sources.contains(id.as_str()) || is_default(request, id),
    });
    let named = lists.iter().map(|list| Source::List(list.to_string()));
    let named = named.chain(sources.iter().map(|source| Source::Group(source.to_string())));
    for source in named {
        if rules.iter().all(|rule| rule.source != source) {
            let web = Traffic { protocol: "tcp".to_owned(), ports: Some((443, 443)) };
            rules.push(Rule::new(web, source, None));
        }
    }
    rules
}

fn is_default(request: &Request<'_>, group: &str) -> bool {
    !matches!(request.reference(group), Reference::Named(_))
}

/// Keeps rules of a group, and returns them with their ids.
fn keep(request: &mut Request<'_>, group: &Name, rules: Vec<Rule>) -> Vec<Rule> {
    let kept = request.state.attribute(group, RULES);
    let mut all: Vec<Rule> = serde_json::from_str(kept).unwrap_or_default();
    let mut added = Vec::new();
    for mut rule in rules {
        rule.id = request.new_id("sgr").to_string();
        all.retain(|other| !other.is_same(&rule));
        all.push(rule.clone());
        added.push(rule);
    }
    request.state.keep(group, RULES, serde_json::to_string(&all).unwrap_or_default());
    added
}

/// Writes rules of a group one by one.
fn write_each(request: &Request<'_>, group: &Name, rules: &[Rule], element: &str, xml: Xml) -> Xml {
    let shown = request.shown(group.clone(), &[]);
    set(xml, element, rules, |xml, rule| {
        let rule_shown = Shown { name: rule.id.as_str().into(), ..shown.clone() };
        let xml = xml
            .text("securityGroupRuleId", &rule.id)
            .text("securityGroupRuleArn", &request.arn(&rule_shown, "security-group-rule"))
            .text("groupId", group.as_str())
            .text("groupOwnerId", &shown.owner())
            .text("isEgress", "false");
        let xml = rule.traffic.write(xml);
        let xml = match &rule.source {
            Source::Ipv4(block) => xml.text("cidrIpv4", block),
            Source::Ipv6(block) => xml.text("cidrIpv6", block),
            Source::List(id) => xml.text("prefixListId", id),
            Source::Group(id) => {
                xml.element("referencedGroupInfo", |xml| write_group(request, id, xml))
            }
        };
        write_description(rule, xml)
    })
}

/// Writes the rules of a group, those of one traffic together.
pub(super) fn write(request: &Request<'_>, group: &Name, xml: Xml) -> Xml {
    let rules = of(request, group);
    let mut together: Vec<(&Traffic, Vec<&Rule>)> = Vec::new();
    for rule in &rules {
        match together.iter_mut().find(|(traffic, _)| **traffic == rule.traffic) {
            Some((_, others)) => others.push(rule),
            None => together.push((&rule.traffic, vec![rule])),
        }
    }
    set(xml, "ipPermissions", together, |xml, (traffic, rules)| {
        let of = |fits: fn(&Source) -> bool| rules.iter().filter(move |rule| fits(&rule.source));
        let xml = traffic.write(xml);
        let groups = of(|source| matches!(source, Source::Group(_)));
        let xml = set(xml, "groups", groups, |xml, rule| {
            write_description(rule, write_group(request, rule.source.text(), xml))
        });
        [
            ("ipRanges", "cidrIp", of(|source| matches!(source, Source::Ipv4(_)))),
            ("ipv6Ranges", "cidrIpv6", of(|source| matches!(source, Source::Ipv6(_)))),
            ("prefixListIds", "prefixListId", of(|source| matches!(source, Source::List(_)))),
        ]
        .into_iter()
        .fold(xml, |xml, (name, key, rules)| {
            set(xml, name, rules, |xml, rule| {
                write_description(rule, xml.text(key, rule.source.text()))
            })
        })
    })
}

fn write_group(request: &Request<'_>, id: &str, xml: Xml) -> Xml {
    let owner = security_groups::owner(request, &id.into());
    xml.text("userId", &owner).text("groupId", id)
}

fn write_description(rule: &Rule, xml: Xml) -> Xml {
    match &rule.description {
        Some(description) => xml.text("description", description),
        None => xml,
    }
}
