"""EC2: instances, images, snapshots, and what instances are launched into."""

import pytest

from accounts import refusal


@pytest.fixture
def subnet(owner):
    vpc = owner.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = owner.ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    return made["SubnetId"]


@pytest.fixture
def image(owner):
    return owner.ec2.register_image(Name="base", RootDeviceName="/dev/xvda")["ImageId"]


def launch(account, image, **arguments):
    return account.ec2.run_instances(
        ImageId=image, InstanceType="t3.micro", **({"MinCount": 1, "MaxCount": 1} | arguments)
    )


def test_what_is_launched_together_is_one_reservation(owner, image, subnet):
    launch(owner, image, SubnetId=subnet, MinCount=2, MaxCount=2)
    [reservation] = owner.ec2.describe_instances()["Reservations"]
    assert len(reservation["Instances"]) == 2


def test_an_instance_has_an_interface_in_its_subnet(owner, image, subnet):
    [instance] = launch(owner, image, SubnetId=subnet)["Instances"]
    [interface] = instance["NetworkInterfaces"]
    assert interface["SubnetId"] == subnet


def test_one_client_token_launches_once(owner, image, subnet):
    [first] = launch(owner, image, SubnetId=subnet, ClientToken="once")["Instances"]
    [second] = launch(owner, image, SubnetId=subnet, ClientToken="once")["Instances"]
    assert first["InstanceId"] == second["InstanceId"]


def test_a_launch_without_a_subnet_needs_a_default_vpc(owner, image):
    launched = refusal(
        owner.ec2.run_instances, ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1
    )
    assert launched == "VPCIdNotSpecified"


def test_a_terminated_instance_is_described_as_such(owner, image, subnet):
    [instance] = launch(owner, image, SubnetId=subnet)["Instances"]
    ids = [instance["InstanceId"]]
    [change] = owner.ec2.terminate_instances(InstanceIds=ids)["TerminatingInstances"]
    assert change["CurrentState"]["Name"] in ("shutting-down", "terminated")
    [reservation] = owner.ec2.describe_instances(InstanceIds=ids)["Reservations"]
    assert reservation["Instances"][0]["State"]["Name"] in ("shutting-down", "terminated")


def test_an_image_is_launched_by_whom_its_owner_permits(owner, consumer, image):
    def readers():
        shown = owner.ec2.describe_image_attribute(ImageId=image, Attribute="launchPermission")
        return [it.get("UserId") for it in shown["LaunchPermissions"]]

    owner.ec2.modify_image_attribute(
        ImageId=image, LaunchPermission={"Add": [{"UserId": consumer.id}]}
    )
    assert readers() == [consumer.id]
    found = consumer.ec2.describe_images(ImageIds=[image])["Images"]
    assert [it["OwnerId"] for it in found] == [owner.id]
    consumer.ec2.cancel_image_launch_permission(ImageId=image)
    assert readers() == []
    owner.ec2.modify_image_attribute(
        ImageId=image, LaunchPermission={"Add": [{"UserId": consumer.id}]}
    )
    owner.ec2.reset_image_attribute(ImageId=image, Attribute="launchPermission")
    assert readers() == []


def test_the_status_of_an_instance_is_told_while_it_runs(owner, image, subnet):
    [instance] = launch(owner, image, SubnetId=subnet)["Instances"]
    ids = [instance["InstanceId"]]
    [seen] = owner.ec2.describe_instance_status(InstanceIds=ids)["InstanceStatuses"]
    assert seen["InstanceState"]["Name"] == "running"
    owner.ec2.terminate_instances(InstanceIds=ids)
    assert owner.ec2.describe_instance_status(InstanceIds=ids)["InstanceStatuses"] == []


def test_an_image_is_made_of_an_instance(owner, image, subnet):
    [instance] = launch(owner, image, SubnetId=subnet)["Instances"]
    made = owner.ec2.create_image(InstanceId=instance["InstanceId"], Name="of an instance")
    [seen] = owner.ec2.describe_images(ImageIds=[made["ImageId"]])["Images"]
    assert (seen["Name"], seen["OwnerId"]) == ("of an instance", owner.id)


def test_an_image_is_copied(owner, image):
    copy = owner.ec2.copy_image(Name="copy", SourceImageId=image, SourceRegion="us-east-1")
    found = owner.ec2.describe_images(Owners=["self"])["Images"]
    assert {it["ImageId"] for it in found} == {image, copy["ImageId"]}


def test_an_image_is_disabled_and_enabled(owner, image):
    owner.ec2.disable_image(ImageId=image)
    # What a list by the id of a disabled image answers is not known.
    found = owner.ec2.describe_images(Owners=["self"], IncludeDisabled=True)["Images"]
    assert [it["State"] for it in found if it["ImageId"] == image] == ["disabled"]
    owner.ec2.enable_image(ImageId=image)
    [seen] = owner.ec2.describe_images(ImageIds=[image])["Images"]
    assert seen["State"] == "available"


def test_an_image_is_deprecated_and_not(owner, image):
    owner.ec2.enable_image_deprecation(ImageId=image, DeprecateAt="2030-01-01T00:00:00Z")
    [seen] = owner.ec2.describe_images(ImageIds=[image])["Images"]
    assert seen["DeprecationTime"].startswith("2030-01-01")
    owner.ec2.disable_image_deprecation(ImageId=image)
    [seen] = owner.ec2.describe_images(ImageIds=[image])["Images"]
    assert "DeprecationTime" not in seen


def test_images_are_kept_from_the_public(owner):
    def state():
        shown = owner.ec2.get_image_block_public_access_state()
        return shown["ImageBlockPublicAccessState"]

    owner.ec2.enable_image_block_public_access(ImageBlockPublicAccessState="block-new-sharing")
    assert state() == "block-new-sharing"
    owner.ec2.disable_image_block_public_access()
    assert state() == "unblocked"


def test_a_deregistered_image_is_unknown(owner, image):
    owner.ec2.deregister_image(ImageId=image)
    unknown = {"InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"}
    assert refusal(owner.ec2.describe_images, ImageIds=[image]) in unknown


def test_a_snapshot_is_made_of_a_volume_and_shared(owner, consumer):
    volume = owner.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]
    assert len(owner.ec2.describe_volumes(VolumeIds=[volume])["Volumes"]) == 1
    snapshot = owner.ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    owner.ec2.modify_snapshot_attribute(
        SnapshotId=snapshot,
        Attribute="createVolumePermission",
        OperationType="add",
        UserIds=[consumer.id],
    )
    found = consumer.ec2.describe_snapshots(SnapshotIds=[snapshot])["Snapshots"]
    assert [it["OwnerId"] for it in found] == [owner.id]
    owner.ec2.delete_snapshot(SnapshotId=snapshot)
    owner.ec2.delete_volume(VolumeId=volume)
    found = refusal(owner.ec2.describe_volumes, VolumeIds=[volume])
    assert found in (None, "InvalidVolume.NotFound")


def test_a_reservation_of_capacity_is_cancelled(owner):
    made = owner.ec2.create_capacity_reservation(
        InstanceType="t3.micro",
        InstancePlatform="Linux/UNIX",
        AvailabilityZone="us-east-1a",
        InstanceCount=2,
    )["CapacityReservation"]
    ids = [made["CapacityReservationId"]]
    assert made["TotalInstanceCount"] == 2
    owner.ec2.cancel_capacity_reservation(CapacityReservationId=ids[0])
    [seen] = owner.ec2.describe_capacity_reservations(CapacityReservationIds=ids)[
        "CapacityReservations"
    ]
    assert seen["State"] == "cancelled"


def test_a_released_host_is_available_no_more(owner):
    made = owner.ec2.allocate_hosts(
        AvailabilityZone="us-east-1a", InstanceType="m5.large", Quantity=1
    )
    [host] = made["HostIds"]
    [seen] = owner.ec2.describe_hosts(HostIds=[host])["Hosts"]
    assert (seen["State"], seen["OwnerId"]) == ("available", owner.id)
    assert owner.ec2.release_hosts(HostIds=[host])["Unsuccessful"] == []
    assert {it["State"] for it in owner.ec2.describe_hosts()["Hosts"]} <= {"released"}


def test_a_deleted_placement_group_is_unknown(owner):
    owner.ec2.create_placement_group(GroupName="near", Strategy="cluster")
    [seen] = owner.ec2.describe_placement_groups(GroupNames=["near"])["PlacementGroups"]
    assert seen["Strategy"] == "cluster"
    owner.ec2.delete_placement_group(GroupName="near")
    unknown = refusal(owner.ec2.describe_placement_groups, GroupNames=["near"])
    assert unknown == "InvalidPlacementGroup.Unknown"
