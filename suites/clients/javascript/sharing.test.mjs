// Sharing with the SDK for JavaScript, version 3, against the endpoint in ENDPOINT.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import * as ec2 from "@aws-sdk/client-ec2";
import * as organizations from "@aws-sdk/client-organizations";
import * as ram from "@aws-sdk/client-ram";
import * as sts from "@aws-sdk/client-sts";

const endpoint = process.env.ENDPOINT;
let accounts = 300000000000;

/** The clients of an account; of one in which nothing was done yet, if no credentials are given. */
function account(credentials) {
    const id = String(++accounts);
    const own = credentials ?? { accessKeyId: id, secretAccessKey: "any" };
    const config = { endpoint, region: "us-east-1", credentials: own, maxAttempts: 1 };
    return {
        id,
        ec2: new ec2.EC2(config),
        organizations: new organizations.Organizations(config),
        ram: new ram.RAM(config),
        sts: new sts.STS(config),
    };
}

async function prefixList(owner, name = "offices") {
    const made = await owner.ec2.createManagedPrefixList({
        PrefixListName: name,
        AddressFamily: "IPv4",
        MaxEntries: 5,
    });
    return made.PrefixList;
}

async function all(pages) {
    const found = [];
    for await (const page of pages) found.push(page);
    return found;
}

before(() => fetch(`${endpoint}/_bellwether/reset`, { method: "POST" }));

test("an access key of 12 digits is the account", async () => {
    const owner = account();
    assert.equal((await owner.sts.getCallerIdentity({})).Account, owner.id);
});

test("an outsider sees what is shared once it has accepted", async () => {
    const [owner, consumer] = [account(), account()];
    const offices = await prefixList(owner);
    await owner.ram.createResourceShare({
        name: "offices",
        resourceArns: [offices.PrefixListArn],
        principals: [consumer.id],
    });
    const byId = { PrefixListIds: [offices.PrefixListId] };
    await assert.rejects(consumer.ec2.describeManagedPrefixLists(byId), {
        name: "InvalidPrefixListID.NotFound",
    });
    const { resourceShareInvitations } = await consumer.ram.getResourceShareInvitations({});
    const [{ resourceShareInvitationArn, invitationTimestamp }] = resourceShareInvitations;
    assert.ok(invitationTimestamp instanceof Date);
    await consumer.ram.acceptResourceShareInvitation({ resourceShareInvitationArn });
    const { PrefixLists } = await consumer.ec2.describeManagedPrefixLists(byId);
    assert.deepEqual(PrefixLists.map((it) => it.OwnerId), [owner.id]);
});

test("a second acceptance is refused with an exception of its own", async () => {
    const [owner, consumer] = [account(), account()];
    const offices = await prefixList(owner);
    await owner.ram.createResourceShare({
        name: "offices",
        resourceArns: [offices.PrefixListArn],
        principals: [consumer.id],
    });
    const { resourceShareInvitations } = await consumer.ram.getResourceShareInvitations({});
    const [{ resourceShareInvitationArn }] = resourceShareInvitations;
    const accept = () => consumer.ram.acceptResourceShareInvitation({ resourceShareInvitationArn });
    await accept();
    await assert.rejects(accept(), (error) => {
        assert.ok(error instanceof ram.ResourceShareInvitationAlreadyAcceptedException);
        assert.ok(error.$metadata.requestId);
        return true;
    });
});

test("a member of the organization sees a shared subnet at once", async () => {
    const owner = account();
    await owner.organizations.createOrganization({ FeatureSet: "ALL" });
    const { CreateAccountStatus } = await owner.organizations.createAccount({
        AccountName: "member",
        Email: `member-of-${owner.id}@example.com`,
    });
    await owner.ram.enableSharingWithAwsOrganization({});
    const { Credentials } = await owner.sts.assumeRole({
        RoleArn: `arn:aws:iam::${CreateAccountStatus.AccountId}:role/OrganizationAccountAccessRole`,
        RoleSessionName: "member",
    });
    const member = account({
        accessKeyId: Credentials.AccessKeyId,
        secretAccessKey: Credentials.SecretAccessKey,
        sessionToken: Credentials.SessionToken,
    });
    const { Vpc } = await owner.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    const { Subnet } = await owner.ec2.createSubnet({ VpcId: Vpc.VpcId, CidrBlock: "10.0.1.0/24" });
    await owner.ram.createResourceShare({
        name: "network",
        resourceArns: [Subnet.SubnetArn],
        principals: [CreateAccountStatus.AccountId],
    });
    const { Subnets } = await member.ec2.describeSubnets({ SubnetIds: [Subnet.SubnetId] });
    assert.equal(Subnets[0].OwnerId, owner.id);
});

test("pages of RAM and EC2 are read to their end", async () => {
    const owner = account();
    for (let number = 0; number < 12; number++) {
        await prefixList(owner, `list-${number}`);
        await owner.ram.createResourceShare({ name: `share-${number}` });
    }
    const five = (client) => ({ client, pageSize: 5 });
    const shares = await all(
        ram.paginateGetResourceShares(five(owner.ram), { resourceOwner: "SELF" }),
    );
    assert.equal(shares.flatMap((page) => page.resourceShares).length, 12);
    assert.equal(shares.length, 3);
    const lists = await all(ec2.paginateDescribeManagedPrefixLists(five(owner.ec2), {}));
    assert.equal(lists.flatMap((page) => page.PrefixLists).length, 12);
});

test("waiters of an instance end", async () => {
    const owner = account();
    const { Vpc } = await owner.ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
    const { Subnet } = await owner.ec2.createSubnet({ VpcId: Vpc.VpcId, CidrBlock: "10.0.1.0/24" });
    const { ImageId } = await owner.ec2.registerImage({ Name: "base", RootDeviceName: "/dev/xvda" });
    const { Instances } = await owner.ec2.runInstances({
        ImageId,
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        SubnetId: Subnet.SubnetId,
    });
    const wait = { client: owner.ec2, maxWaitTime: 10, minDelay: 1, maxDelay: 2 };
    const ids = { InstanceIds: [Instances[0].InstanceId] };
    await ec2.waitUntilInstanceRunning(wait, ids);
    await owner.ec2.terminateInstances(ids);
    await ec2.waitUntilInstanceTerminated(wait, ids);
});

test("an operation that is not served is refused by name", async () => {
    await assert.rejects(account().ec2.describeFleets({}), (error) => {
        assert.equal(error.name, "InvalidAction");
        assert.match(error.message, /DescribeFleets/);
        return true;
    });
});
