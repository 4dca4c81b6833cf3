"""Plays the scenarios of counterexamples with boto3: what shows there is no matter of Bellwether's own client.

Only what counterexamples of moto take is here; anything else is an error that names it.
"""

import itertools
import re
import secrets
import shlex

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
AWAY = "us-west-2"

# The services by the operations that only they have; an operation is looked for in this order.
SERVICES = [
    "ram",
    "ec2",
    "organizations",
    "route53",
    "route53resolver",
    "route53profiles",
    "license-manager",
]

# Where the answer to a call has the id of what it made, and the type of the resource in an ARN.
MADE = {
    "AllocateHosts": ("HostIds.0", "dedicated-host"),
    "CopyImage": ("ImageId", "image"),
    "CreateCapacityReservation": ("CapacityReservation.CapacityReservationId", "capacity-reservation"),
    "CreateHostedZone": ("HostedZone.Id", None),
    "CreateInternetGateway": ("InternetGateway.InternetGatewayId", "internet-gateway"),
    "CreateManagedPrefixList": ("PrefixList.PrefixListId", "prefix-list"),
    "CreateNatGateway": ("NatGateway.NatGatewayId", "natgateway"),
    "CreateNetworkAcl": ("NetworkAcl.NetworkAclId", "network-acl"),
    "CreateNetworkInterface": ("NetworkInterface.NetworkInterfaceId", "network-interface"),
    "CreatePermission": ("permission.arn", None),
    "CreateResourceShare": ("resourceShare.resourceShareArn", None),
    "CreateResolverRule": ("ResolverRule.Arn", None),
    "CreateRouteTable": ("RouteTable.RouteTableId", "route-table"),
    "CreateSecurityGroup": ("GroupId", "security-group"),
    "CreateSnapshot": ("SnapshotId", "snapshot"),
    "CreateSubnet": ("Subnet.SubnetId", "subnet"),
    "CreateTransitGateway": ("TransitGateway.TransitGatewayId", "transit-gateway"),
    "CreateTransitGatewayRouteTable": (
        "TransitGatewayRouteTable.TransitGatewayRouteTableId",
        "transit-gateway-route-table",
    ),
    "CreateTransitGatewayVpcAttachment": (
        "TransitGatewayVpcAttachment.TransitGatewayAttachmentId",
        "transit-gateway-attachment",
    ),
    "CreateVpc": ("Vpc.VpcId", "vpc"),
    "CreateVpcEndpoint": ("VpcEndpoint.VpcEndpointId", "vpc-endpoint"),
    "InviteAccountToOrganization": ("Handshake.Id", None),
    "RegisterImage": ("ImageId", "image"),
    "RunInstances": ("Instances.0.InstanceId", "instance"),
}

# The reads that show whether an account sees a resource of a type.
LISTS = {
    "image": "DescribeImages",
    "instance": "DescribeInstances",
    "internet-gateway": "DescribeInternetGateways",
    "network-acl": "DescribeNetworkAcls",
    "network-interface": "DescribeNetworkInterfaces",
    "prefix-list": "DescribeManagedPrefixLists",
    "route-table": "DescribeRouteTables",
    "security-group": "DescribeSecurityGroups",
    "snapshot": "DescribeSnapshots",
    "subnet": "DescribeSubnets",
    "transit-gateway": "DescribeTransitGateways",
    "vpc": "DescribeVpcs",
}

# The parts of an organization that a scenario begins with: each account with its unit, each unit with the one above.
ACCOUNTS = {"owner": "platform", "member": "workloads", "sibling": "batch"}
UNITS = {"platform": None, "workloads": None, "batch": "workloads"}


class Unknown(Exception):
    """A scenario takes what is not here."""


def found(answer, path):
    """What an answer has at a path."""
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer


class World:
    """The accounts of a scenario, and what its names stand for."""

    def __init__(self, endpoint, shape):
        self.endpoint = endpoint
        self.session = boto3.Session(region_name=REGION)
        self.ids, self.clients, self.names, self.types, self.makers = {}, {}, {}, {}, {}
        self.units, self.organization, self.body = {}, None, b""
        self.blocks = (f"10.0.{number}.0/24" for number in itertools.count(1))
        if shape.startswith("organization"):
            self.organize("sharing=on" in shape)

    def id(self, actor):
        """The account of an actor."""
        return self.ids.setdefault(actor, str(secrets.randbelow(9 * 10**11) + 10**11))

    def client(self, actor, service, region=REGION):
        """The client of an actor: moto tells accounts apart by a header."""
        key = (actor, service, region)
        if key not in self.clients:
            client = self.session.client(
                service,
                region_name=region,
                endpoint_url=self.endpoint,
                aws_access_key_id="boto3",
                aws_secret_access_key="boto3",
                config=Config(retries={"max_attempts": 0}, parameter_validation=False),
            )
            account = self.id(actor)
            client.meta.events.register(
                "before-sign.*.*",
                lambda request, **_: request.headers.add_header("x-moto-account-id", account),
            )
            client.meta.events.register("before-parse.*.*", self.keep)
            self.clients[key] = client
        return self.clients[key]

    def keep(self, response_dict, **_):
        """Keeps the body of an answer as it came: boto3 reads some that no other SDK reads."""
        self.body = response_dict["body"]

    def organize(self, is_sharing):
        """Makes the organization of a scenario."""
        organizations = self.client("management", "organizations")
        self.organization = organizations.create_organization(FeatureSet="ALL")["Organization"]
        root = organizations.list_roots()["Roots"][0]["Id"]
        for unit, above in UNITS.items():
            parent = self.units[above]["Id"] if above else root
            made = organizations.create_organizational_unit(ParentId=parent, Name=unit)
            self.units[unit] = made["OrganizationalUnit"]
        for actor, unit in ACCOUNTS.items():
            email = f"{actor}-{secrets.token_hex(6)}@example.com"
            made = organizations.create_account(AccountName=actor, Email=email)
            self.ids[actor] = made["CreateAccountStatus"]["AccountId"]
            organizations.move_account(
                AccountId=self.ids[actor],
                SourceParentId=root,
                DestinationParentId=self.units[unit]["Id"],
            )
        if is_sharing:
            self.client("management", "ram").enable_sharing_with_aws_organization()

    def service(self, operation):
        """The service of an operation, and its model."""
        for service in SERVICES:
            model = self.client("owner", service).meta.service_model
            if operation in model.operation_names:
                return service, model.operation_model(operation)
        raise Unknown(f"no service has {operation}")

    def invitation(self, share, actor):
        """The ARN of the newest invitation to a share that an account has."""
        answer = self.client(actor, "ram").get_resource_share_invitations()
        mine = [
            it["resourceShareInvitationArn"]
            for it in answer["resourceShareInvitations"]
            if it["resourceShareArn"] == self.names[share]
        ]
        if not mine:
            raise Unknown(f"{actor} has no invitation to {share}")
        return mine[-1]

    def arn(self, name):
        """The ARN of a name."""
        kind = self.types[name]
        if kind is None:
            return self.names[name]
        account = "" if kind in ("image", "snapshot") else self.id(self.makers[name])
        return f"arn:aws:ec2:{REGION}:{account}:{kind}/{self.names[name]}"

    def value(self, word, member):
        """What a word of a scenario stands for in a member of a request."""
        if word.startswith('"'):
            text = word.strip('"')
            text = re.sub(r"\$\{account:(\w+)\}", lambda it: self.id(it[1]), text)
            return text
        if word.startswith("invitation:"):
            return self.invitation(*word.removeprefix("invitation:").split("/"))
        if word.startswith("ou:"):
            unit = self.units[word.removeprefix("ou:")]
            return unit["Id"] if member.endswith("ParentId") else unit["Arn"]
        if word == "organization":
            return self.organization["Arn"]
        if word.startswith("service:"):
            return word.removeprefix("service:")
        if word in self.names:
            of_ram = member.lower().endswith(("arn", "arns"))
            return self.arn(word) if of_ram else self.names[word]
        if re.fullmatch("owner|consumer|stranger|management|member|sibling|outsider", word):
            return self.id(word)
        return word


def words(line):
    """The words of a line; quotes stay."""
    lexer = shlex.shlex(line, posix=False, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    return list(lexer)


def split(text):
    """The values of a list, of which those in quotes may have commas."""
    return re.findall(r'"(?:[^"\\]|\\.)*"|[^,]+', text)


def tagged(shape, pair):
    """A key with its value, or with a list of values, as a structure of two members."""
    (key, _), (value, inner) = list(shape.members.items())[:2]
    return {key: pair[0], value: [pair[1]] if inner.type_name == "list" else pair[1]}


def shaped(world, shape, member, text):
    """The value of a member, in the shape that the service has."""
    if shape.type_name == "list":
        inner = shape.member
        if inner.type_name == "structure":
            pairs = [re.split("[=:]", item.strip('"'), maxsplit=1) for item in split(text)]
            return [tagged(inner, pair) for pair in pairs]
        return [world.value(item, member) for item in split(text)]
    value = world.value(text, member)
    if shape.type_name == "boolean":
        return value == "true"
    if shape.type_name in ("integer", "long"):
        return int(value)
    return value


def plain(world, actor, operation, given):
    """The members that a call takes beside those that its scenario says."""
    number = secrets.token_hex(4)
    fixtures = {
        "AllocateHosts": lambda: {
            "AvailabilityZone": REGION + "a",
            "InstanceType": "m5.large",
            "Quantity": 1,
        },
        "CopyImage": lambda: {"Name": number, "SourceRegion": REGION},
        "CreateCapacityReservation": lambda: {
            "InstanceType": "m5.large",
            "InstancePlatform": "Linux/UNIX",
            "AvailabilityZone": REGION + "a",
            "InstanceCount": 1,
        },
        "CreateHostedZone": lambda: {"Name": f"{number}.example.com", "CallerReference": number},
        "CreateManagedPrefixList": lambda: {
            "PrefixListName": number,
            "MaxEntries": 5,
            "AddressFamily": "IPv4",
        },
        "CreateNetworkInterface": lambda: {"SubnetId": subnet(world, actor)},
        "CreatePlacementGroup": lambda: {"GroupName": number, "Strategy": "cluster"},
        "CreatePermission": lambda: {
            "name": number,
            "resourceType": "ec2:Subnet",
            "policyTemplate": '{"Effect":"Allow","Action":["ec2:DescribeSubnets"]}',
        },
        "CreateResourceShare": lambda: {"name": number},
        "CreateResolverRule": lambda: {
            "CreatorRequestId": number,
            "DomainName": f"{number}.example.com",
            "RuleType": "SYSTEM",
        },
        "CreateSecurityGroup": lambda: {
            "GroupName": number,
            "Description": number,
            "VpcId": vpc(world, actor),
        },
        "CreateSnapshot": lambda: {"VolumeId": volume(world, actor)},
        "CreateSubnet": lambda: {"VpcId": vpc(world, actor), "CidrBlock": next(world.blocks)},
        "CreateRouteTable": lambda: {"VpcId": vpc(world, actor)},
        "CreateVpc": lambda: {"CidrBlock": "10.0.0.0/16"},
        "DisableAWSServiceAccess": lambda: {"ServicePrincipal": "ram.amazonaws.com"},
        "EnableAWSServiceAccess": lambda: {"ServicePrincipal": "ram.amazonaws.com"},
        "GetResourceShareAssociations": lambda: {"associationType": "PRINCIPAL"},
        "GetResourceShares": lambda: {"resourceOwner": "SELF"},
        "ListPrincipals": lambda: {"resourceOwner": "SELF"},
        "ListResources": lambda: {"resourceOwner": "SELF"},
        "RegisterImage": lambda: {"Name": number, "RootDeviceName": "/dev/xvda"},
        "RunInstances": lambda: {
            "ImageId": "ami-12c6146b",
            "MinCount": 1,
            "MaxCount": 1,
            "InstanceType": "t3.micro",
            "SubnetId": subnet(world, actor),
        },
    }
    if operation not in fixtures:
        return {}
    lacking = fixtures[operation]()
    return {member: value for member, value in lacking.items() if member not in given}


def vpc(world, actor):
    """A VPC of an account, which its scenario does not mention."""
    return world.client(actor, "ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


def volume(world, actor):
    """A volume of an account, which its scenario does not mention."""
    client = world.client(actor, "ec2")
    return client.create_volume(AvailabilityZone=REGION + "a", Size=1)["VolumeId"]


def subnet(world, actor):
    """A subnet of an account, which its scenario does not mention."""
    client = world.client(actor, "ec2")
    made = client.create_subnet(VpcId=vpc(world, actor), CidrBlock=next(world.blocks))
    return made["Subnet"]["SubnetId"]


def permitted(world, text):
    """Whom a launch permission is given to."""
    value = world.value(text, "OrganizationArn")
    if text == "all":
        return {"Group": "all"}
    return {"OrganizationArn" if text == "organization" else "UserId": value}


# Parameters of scenarios that are said in another way on the wire.
REWRITTEN = {
    ("CreateHostedZone", "VPCId"): lambda world, text: {
        "VPC": {"VPCRegion": REGION, "VPCId": world.value(text, "VPCId")}
    },
    ("CreateResourceShare", "retainSharingOnAccountLeaveOrganization"): lambda world, text: {
        "resourceShareConfiguration": {"retainSharingOnAccountLeaveOrganization": text == "true"}
    },
    ("ModifyImageAttribute", "Add"): lambda world, text: {
        "LaunchPermission": {"Add": [permitted(world, item) for item in split(text)]}
    },
    ("ModifySnapshotAttribute", "Add"): lambda world, text: {
        "Attribute": "createVolumePermission",
        "OperationType": "add",
        "UserIds": [world.value(item, "UserIds") for item in split(text)],
    },
    ("RunInstances", "HostId"): lambda world, text: {
        "Placement": {"Tenancy": "host", "HostId": world.value(text, "HostId")}
    },
}


def call(world, actor, operation, subject, parameters, region=REGION):
    """Makes a call; returns the request and the answer, or the error."""
    service, model = world.service(operation)
    members = model.input_shape.members if model.input_shape else {}
    given = {}
    if subject is not None:
        required = [it for it in model.input_shape.required_members if it.lower().endswith("arn")]
        member = required[0] if required else "resourceShareArn"
        given[member] = world.value(subject, member)
    for key, text in parameters:
        if key.startswith("Filters."):
            name = key.removeprefix("Filters.")
            values = [str(world.value(item, name)) for item in split(text)]
            given.setdefault("Filters", []).append({"Name": name, "Values": values})
            continue
        if (operation, key) in REWRITTEN:
            given |= REWRITTEN[operation, key](world, text)
            continue
        if key not in members:
            raise Unknown(f"{operation} {key}")
        given[key] = shaped(world, members[key], key, text)
    given |= plain(world, actor, operation, given)
    try:
        answer = getattr(world.client(actor, service, region), xform_name(operation))(**given)
    except ClientError as error:
        return given, error
    answer.pop("ResponseMetadata", None)
    return given, answer


def step(world, line):
    """Takes a step of a scenario; returns the operation and the answer, or the error."""
    parts = [part for part in words(line) if not part.startswith("@")]
    if "!" in parts:
        parts = parts[: parts.index("!")]
    made = None
    if "->" in parts:
        made = parts[parts.index("->") + 1]
        parts = parts[: parts.index("->")]
    actor, operation, *rest = parts
    region = REGION
    if operation == "in":
        region, operation, *rest = AWAY, *rest[1:]
    pairs = [part.split("=", 1) for part in rest if re.match(r"[\w.-]+=", part)]
    subjects = [part for part in rest if not re.match(r"[\w.-]+=", part)]
    _, answer = call(world, actor, operation, subjects[0] if subjects else None, pairs, region)
    if made and not isinstance(answer, ClientError):
        if operation not in MADE:
            raise Unknown(f"what {operation} makes")
        path, kind = MADE[operation]
        world.names[made], world.types[made] = found(answer, path), kind
        world.makers[made] = actor
    return operation, answer


def read(world, line):
    """Makes the read of a claim; returns the operation and the answer, or the error."""
    _, actor, *rest = words(line)
    if rest[0] in ("sees", "hidden"):
        kind = world.types[rest[1]]
        if kind not in LISTS:
            raise Unknown(f"a list of {kind}")
        operation, pairs = LISTS[kind], []
    elif rest[0] in ("lists", "lists-not"):
        operation = rest[1]
        # The row follows the parameters, and its fields follow it.
        parameters = itertools.takewhile(lambda part: re.match(r"[\w.-]+=", part), rest[2:])
        pairs = [part.split("=", 1) for part in parameters]
    elif rest[0] == "share":
        owns = world.makers.get(rest[1]) == actor
        operation = "GetResourceShares"
        pairs = [["resourceOwner", "SELF" if owns else "OTHER-ACCOUNTS"]]
    elif rest[0] == "association":
        of = "RESOURCE" if rest[2] in world.types else "PRINCIPAL"
        operation, pairs = "GetResourceShareAssociations", [["associationType", of]]
    elif rest[0] == "invitation":
        operation, pairs = "GetResourceShareInvitations", []
    else:
        raise Unknown(f"the claim {line}")
    _, answer = call(world, actor, operation, None, pairs)
    return operation, answer


def play(endpoint, text):
    """Plays a scenario; returns its world, and for each line the operation and the answer, or the error."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    world = World(endpoint, lines[0].removeprefix("world "))
    answers = []
    for line in lines[1:]:
        # What a reply has to say stands in the answer before.
        if line.startswith("? step "):
            continue
        taken = read(world, line) if line.startswith("?") else step(world, line)
        answers.append((line, *taken))
    return world, answers
