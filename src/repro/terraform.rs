//! A configuration for Terraform, for scenarios that only make what it has resources for, and then look.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::plan::{Expected, Fact, Holds, Parameter, Plan, Request, Text};
use super::{HOME, Omitted};

/// A resource of Terraform that an operation makes: its type, and the arguments that stand for parameters.
type Resource = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

static RESOURCES: &[Resource] = &[
    ("CreateVpc", "aws_vpc", &[("CidrBlock", "cidr_block")]),
    (
        "CreateSubnet",
        "aws_subnet",
        &[
            ("VpcId", "vpc_id"),
            ("CidrBlock", "cidr_block"),
            ("AvailabilityZone", "availability_zone"),
        ],
    ),
    ("CreateTransitGateway", "aws_ec2_transit_gateway", &[("Description", "description")]),
    (
        "CreateManagedPrefixList",
        "aws_ec2_managed_prefix_list",
        &[
            ("PrefixListName", "name"),
            ("AddressFamily", "address_family"),
            ("MaxEntries", "max_entries"),
        ],
    ),
    (
        "CreateResolverRule",
        "aws_route53_resolver_rule",
        &[
            ("CreatorRequestId", ""),
            ("Name", "name"),
            ("DomainName", "domain_name"),
            ("RuleType", "rule_type"),
        ],
    ),
    (
        "CreateResourceShare",
        "aws_ram_resource_share",
        &[
            ("name", "name"),
            ("allowExternalPrincipals", "allow_external_principals"),
            ("permissionArns", "permission_arns"),
            ("resourceArns", ""),
            ("principals", ""),
        ],
    ),
];

/// A data source that shows the rows of a list: its type, its list of ids, and the filter by id, if it has one.
type Look = (&'static str, &'static str, &'static str, Option<&'static str>);

static LOOKS: &[Look] = &[
    ("DescribeSubnets", "aws_subnets", "ids", Some("subnet-id")),
    ("DescribeVpcs", "aws_vpcs", "ids", Some("vpc-id")),
    ("DescribeManagedPrefixLists", "aws_ec2_managed_prefix_lists", "ids", Some("prefix-list-id")),
    ("ListResolverRules", "aws_route53_resolver_rules", "resolver_rule_ids", None),
];

/// What every configuration says about itself.
const USAGE: &str = "\
# It needs the provider hashicorp/aws. `terraform apply` succeeds if the target does what AWS does, and fails with
# what was expected otherwise; `terraform destroy` removes what was made.
#
# The variable `endpoint` names the endpoint; the id of each account is a variable, and its access key id too, as
# emulators take it. An organization has to be there before.
";

/// Renders a plan.
///
/// # Errors
///
/// The step for which Terraform has nothing.
pub(super) fn render(plan: &Plan) -> Result<String, Omitted> {
    let mut writing =
        Writing { plan, text: String::new(), values: BTreeMap::new(), made: Vec::new() };
    let mut given: Vec<&str> = Vec::new();
    for actor in &plan.actors {
        writing.values.insert(actor.name.clone(), format!("var.{}", actor.name));
        given.push(&actor.name);
    }
    let is_setup = |it: &&Request| {
        it.line.is_none()
            && (it.api.service == "organizations" || it.api.name.starts_with("EnableSharing"))
    };
    for binding in plan.requests.iter().filter(is_setup).flat_map(|request| &request.bindings) {
        if !writing.values.contains_key(&binding.variable) {
            writing.values.insert(binding.variable.clone(), format!("var.{}", binding.variable));
            given.push(&binding.variable);
        }
    }
    let Some((last, before)) = plan.requests.split_last() else {
        return Err(Omitted("it has no steps".to_owned()));
    };
    for request in before.iter().filter(|it| !is_setup(it)) {
        writing.resource(request)?;
    }
    writing.look(last)?;
    let body = writing.text;
    let mut text = String::new();
    for line in &plan.comment {
        let _ = writeln!(text, "{}", format!("# {line}").trim_end());
    }
    let _ = write!(text, "#\n{USAGE}\n{}", head(plan, &given));
    Ok(text + &body)
}

/// The providers and variables.
fn head(plan: &Plan, given: &[&str]) -> String {
    let mut text = String::from(
        "terraform {\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n    }\n  }\n}\n\n\
         variable \"endpoint\" {\n  type = string\n}\n\n",
    );
    for name in given {
        let _ = write!(text, "variable \"{name}\" {{\n  type = string\n}}\n\n");
    }
    let services =
        [("ec2", "ec2"), ("ram", "ram"), ("route53resolver", "route53resolver"), ("sts", "sts")];
    for actor in &plan.actors {
        let _ = write!(
            text,
            "provider \"aws\" {{\n  alias      = \"{0}\"\n  region     = \"{HOME}\"\n  \
             access_key = var.{0}\n  secret_key = \"secret\"\n\n  skip_credentials_validation = true\n  \
             skip_metadata_api_check     = true\n\n  endpoints {{\n",
            actor.name
        );
        for (name, _) in services {
            let _ = writeln!(text, "    {name:<15} = var.endpoint");
        }
        text.push_str("  }\n}\n\n");
    }
    text
}

struct Writing<'a> {
    plan: &'a Plan,
    text: String,
    /// The variables of the plan, each as an expression.
    values: BTreeMap<String, String>,
    /// The resources so far.
    made: Vec<String>,
}

impl Writing<'_> {
    fn resource(&mut self, request: &Request) -> Result<(), Omitted> {
        let name = request.api.name.as_str();
        let lacks = || Omitted(format!("Terraform has nothing for {name} as the scenario uses it"));
        if matches!(request.expected, Expected::Facts(_)) {
            return self.look(request);
        }
        if !matches!(request.expected, Expected::Grant | Expected::ClaimedGrant)
            || request.region != HOME
        {
            return Err(lacks());
        }
        match name {
            "AcceptResourceShareInvitation" => return self.accept(request).ok_or_else(lacks),
            "GetResourceShareInvitations" => {
                // The resource that accepts looks it up by itself.
                return Ok(());
            }
            "AssociateResourceShare" => {
                let share = parameter(request, "resourceShareArn").ok_or_else(lacks)?;
                let share = self.value(share);
                return self.associate(request, &share).ok_or_else(lacks);
            }
            _ => {}
        }
        let (_, of_type, arguments) =
            RESOURCES.iter().find(|(operation, ..)| *operation == name).ok_or_else(lacks)?;
        let own = request
            .bindings
            .first()
            .map_or_else(|| format!("made_{}", request.number), |it| it.variable.clone());
        let mut body = String::new();
        for (parameter, value) in &request.parameters {
            let (_, argument) =
                arguments.iter().find(|(known, _)| known == parameter).ok_or_else(lacks)?;
            if !argument.is_empty() {
                let _ = writeln!(body, "  {argument} = {}", self.value(value));
            }
        }
        for binding in &request.bindings {
            let last = binding.path.last().ok_or_else(lacks)?;
            let attribute = if last.ends_with("Arn") || last == "Arn" {
                "arn"
            } else if last.ends_with("Id") {
                "id"
            } else {
                return Err(lacks());
            };
            let value = format!("{of_type}.{own}.{attribute}");
            self.values.insert(binding.variable.clone(), value);
        }
        self.block(&format!("resource \"{of_type}\" \"{own}\""), &request.actor, &body);
        self.made.push(format!("{of_type}.{own}"));
        if name == "CreateResourceShare" {
            let share = format!("{of_type}.{own}.arn");
            self.associate(request, &share).ok_or_else(lacks)?;
        }
        Ok(())
    }

    /// The associations that a request makes with a share.
    fn associate(&mut self, request: &Request, share: &str) -> Option<()> {
        let kinds = [
            ("resourceArns", "aws_ram_resource_association", "resource_arn"),
            ("principals", "aws_ram_principal_association", "principal"),
        ];
        for (name, of_type, argument) in kinds {
            let Some(Parameter::List(rows)) = parameter(request, name) else { continue };
            for (place, row) in rows.iter().enumerate() {
                let value = self.value(row);
                let body = format!("  {argument} = {value}\n  resource_share_arn = {share}\n");
                let own = format!("association_{}_{place}", request.number);
                self.block(&format!("resource \"{of_type}\" \"{own}\""), &request.actor, &body);
                self.made.push(format!("{of_type}.{own}"));
            }
        }
        let others = ["sources", "clientToken"];
        let others = request.parameters.iter().any(|(name, _)| others.contains(&name.as_str()));
        (!others).then_some(())
    }

    fn accept(&mut self, request: &Request) -> Option<()> {
        let invitation = parameter(request, "resourceShareInvitationArn")?;
        let Parameter::Text(invitation) = invitation else { return None };
        let variable = invitation.as_variable()?;
        let looked_up = self.plan.requests.iter().flat_map(|request| &request.bindings);
        let binding = looked_up.clone().find(|binding| binding.variable == variable)?;
        let (_, share) = binding.of_row.iter().find(|(name, _)| name == "resourceShareArn")?;
        let share = self.text(share);
        let own = format!("accepted_{}", request.number);
        let body = format!("  share_arn = {share}\n");
        let of_type = "aws_ram_resource_share_accepter";
        self.block(&format!("resource \"{of_type}\" \"{own}\""), &request.actor, &body);
        self.made.push(format!("{of_type}.{own}"));
        Some(())
    }

    /// The look that the scenario ends with.
    fn look(&mut self, request: &Request) -> Result<(), Omitted> {
        let lacks = || {
            Omitted(format!("Terraform has no data source for the look by {}", request.api.name))
        };
        let Expected::Facts(facts) = &request.expected else { return Err(lacks()) };
        let look = LOOKS.iter().find(|(operation, ..)| *operation == request.api.name);
        let (_, of_type, ids, filter) = look.ok_or_else(lacks)?;
        for (place, fact) in facts.iter().enumerate() {
            let Fact { of_rows, holds, .. } = fact;
            let ([(_, id)], Holds::Listed | Holds::Absent) = (of_rows.as_slice(), holds) else {
                return Err(lacks());
            };
            let id = self.text(id);
            let own = format!("look_{}_{place}", request.number);
            let mut body = String::new();
            if let Some(filter) = filter {
                let _ = writeln!(
                    body,
                    "  filter {{\n    name   = \"{filter}\"\n    values = [{id}]\n  }}"
                );
            }
            let not = if *holds == Holds::Listed { "" } else { "!" };
            let (expected, observed) =
                if *holds == Holds::Listed { ("", "it is not") } else { ("no ", "it is there") };
            let _ = write!(
                body,
                "  lifecycle {{\n    postcondition {{\n      condition     = \
                 {not}contains(self.{ids}, {id})\n      error_message = \"expected {expected}{}, observed \
                 that {observed}\"\n    }}\n  }}\n",
                fact.says
            );
            self.block(&format!("data \"{of_type}\" \"{own}\""), &request.actor, &body);
            self.made.push(format!("data.{of_type}.{own}"));
        }
        Ok(())
    }

    /// A block that is made once all before it is there: the steps of a scenario have an order.
    fn block(&mut self, head: &str, actor: &str, body: &str) {
        let after = self.made.join(", ");
        let after = if after.is_empty() { after } else { format!("  depends_on = [{after}]\n") };
        let _ = write!(self.text, "{head} {{\n  provider = aws.{actor}\n{after}{body}}}\n\n");
    }

    fn value(&self, value: &Parameter) -> String {
        match value {
            Parameter::Plain(value) => value.to_string(),
            Parameter::Text(text) => self.text(text),
            Parameter::List(rows) => {
                format!("[{}]", rows.iter().map(|it| self.value(it)).collect::<Vec<_>>().join(", "))
            }
            Parameter::Members(members) => {
                let members = members.iter();
                let members = members.map(|(name, it)| format!("{name} = {}", self.value(it)));
                format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn text(&self, text: &Text) -> String {
        let value =
            |name: &str| self.values.get(name).cloned().unwrap_or_else(|| format!("var.{name}"));
        if let Some(name) = text.as_variable() {
            return value(name);
        }
        let inside = text.written(
            |piece| {
                let piece = serde_json::Value::from(piece).to_string();
                piece[1..piece.len() - 1].replace("${", "$${").replace("%{", "%%{")
            },
            |name| format!("${{{}}}", value(name)),
        );
        format!("\"{inside}\"")
    }
}

fn parameter<'r>(request: &'r Request, name: &str) -> Option<&'r Parameter> {
    request.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}
