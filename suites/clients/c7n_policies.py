#!/usr/bin/env python3
"""Policies of Cloud Custodian on an account with one of each thing; custodian is on the PATH.

    python suites/clients/c7n_policies.py http://127.0.0.1:4000
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "boto3"))

from accounts import REGION, Account, organize  # noqa: E402

MANAGEMENT = "500000000001"

# How many resources each policy finds.
FOUND = {
    "vpc": 1,
    "subnet": 1,
    "subnet-without-tag": 0,
    "security-group": 1,
    "internet-gateway": 1,
    # The main one, which a VPC comes with, and the one that was made.
    "route-table": 2,
    "ec2": 1,
    "ami": 1,
    "transit-gateway": 1,
    "resolver-rule": 1,
    "org-account": 2,
    "resource-share-self": 1,
    "resource-share-with-tag": 1,
}


def furnish(account):
    """One of each thing that a policy finds."""
    ec2 = account.ec2
    organize(account)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "stage", "Value": "test"}])
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    ec2.create_security_group(VpcId=vpc, GroupName="web", Description="of the front")
    ec2.create_internet_gateway()
    ec2.create_route_table(VpcId=vpc)
    image = ec2.register_image(Name="base", RootDeviceName="/dev/xvda")["ImageId"]
    ec2.run_instances(
        ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnet
    )
    gateway = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet]
    )
    account.resolver.create_resolver_rule(
        CreatorRequestId="once", RuleType="SYSTEM", DomainName="example.com"
    )
    account.ram.create_resource_share(name="platform")


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ENDPOINT")
    endpoint = sys.argv[1]
    furnish(Account(endpoint, MANAGEMENT))
    environment = os.environ | {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": MANAGEMENT,
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": REGION,
    }
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for policy, expected in FOUND.items():
            command = ["custodian", "run", "-r", REGION, "-s", folder, "-p", policy]
            command += ["--cache-period", "0", str(HERE / "c7n.yml")]
            ran = subprocess.run(command, env=environment, capture_output=True, text=True)
            kept = pathlib.Path(folder) / policy / "resources.json"
            found = len(json.loads(kept.read_text())) if kept.exists() else 0
            if ran.returncode == 0 and found == expected:
                print(f"holds: {policy} finds {expected}")
            else:
                wrong += 1
                print(f"does not hold: {policy} finds {expected} (observed {found})")
                print(*ran.stderr.splitlines()[-4:], sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
