//! RunInstances.

use aws_sdk_ec2::operation::run_instances::RunInstancesOutput;
use aws_sdk_ec2::types::{
    CapacityReservationSpecification, CapacityReservationTarget, Instance, InstanceType,
    LicenseConfigurationRequest, Placement, Tenancy,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RunInstances;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Name};

use super::create_placement_group::sent_name;
use super::{granted, keep};
use crate::wire::Session;
use crate::wire::fixtures::{self, UNREGISTERED_IMAGE};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RunInstances,
    made: &Name,
) -> Result<Observation, Observation> {
    let named = match &call.image_id {
        Some(image) => Some(session.names.sent(image)?),
        None => None,
    };
    let subnet = match &call.subnet_id {
        Some(subnet) => session.names.sent(subnet)?,
        None => fixtures::own_subnet(session, actor).await?,
    };
    let own = Reference::Named(fixtures::plain_subnet(session, actor));
    let inside = call.subnet_id.as_ref().unwrap_or(&own);
    let (reservation, place) = (reservation(session, call)?, place(session, call)?);
    let licenses = licenses(session, call)?;
    let groups = fixtures::groups(session, actor, inside, &call.security_group_ids).await?;
    let counts = [call.min_count, call.max_count].map(|it| it.map_or(1, |few| few.0.into()));
    let inside =
        Inside { subnet, groups: groups.ids.clone(), reservation, place, licenses, counts };
    let came = match named {
        Some(image) => launch(session, actor, &image, inside).await,
        None => launch_plain(session, actor, inside).await,
    };
    let reply = fixtures::launched(session, &groups, came).await?;
    let mut ids = reply.instances().iter().map(Instance::instance_id);
    let id = ids.next().flatten();
    keep(session, actor, made, "instance", id)?;
    if let Some(id) = id {
        // These have no name of the scenario, and go with the first one.
        session.fixtures.keep_beside(id, ids.flatten());
    }
    Ok(granted())
}

/// The place that a launch goes into.
#[derive(Clone)]
struct Inside {
    subnet: String,
    groups: Option<Vec<String>>,
    reservation: Option<CapacityReservationSpecification>,
    place: Option<Placement>,
    licenses: Option<Vec<LicenseConfigurationRequest>>,
    /// The least and the largest number of instances.
    counts: [i32; 2],
}

/// The capacity reservation that a launch names.
fn reservation(
    session: &Session,
    call: &RunInstances,
) -> Result<Option<CapacityReservationSpecification>, Observation> {
    let Some(named) = &call.capacity_reservation_id else { return Ok(None) };
    let target = CapacityReservationTarget::builder();
    let target = target.capacity_reservation_id(session.names.sent(named)?).build();
    let specification = CapacityReservationSpecification::builder();
    Ok(Some(specification.capacity_reservation_target(target).build()))
}

/// The license configuration that a launch names.
fn licenses(
    session: &Session,
    call: &RunInstances,
) -> Result<Option<Vec<LicenseConfigurationRequest>>, Observation> {
    let Some(named) = &call.license_configuration_arn else { return Ok(None) };
    let arn = session.names.sent_arn(named)?;
    let license = LicenseConfigurationRequest::builder().license_configuration_arn(arn).build();
    Ok(Some(vec![license]))
}

/// The placement group or dedicated host that a launch names.
fn place(session: &Session, call: &RunInstances) -> Result<Option<Placement>, Observation> {
    if [&call.group_id, &call.group_name, &call.host_id].iter().all(|named| named.is_none()) {
        return Ok(None);
    }
    let id = call.group_id.as_ref().map(|named| session.names.sent(named)).transpose()?;
    let name = call.group_name.as_ref().map(|named| sent_name(session, named)).transpose()?;
    let host = call.host_id.as_ref().map(|named| session.names.sent(named)).transpose()?;
    let tenancy = host.is_some().then_some(Tenancy::Host);
    let place = Placement::builder().set_group_id(id).set_group_name(name);
    Ok(Some(place.set_host_id(host).set_tenancy(tenancy).build()))
}

/// Launches an image of the caller's own; where a target has none that start, one that it may
/// take for registered.
async fn launch_plain(
    session: &mut Session,
    actor: Account,
    inside: Inside,
) -> Result<RunInstancesOutput, Observation> {
    let image = fixtures::own_image(session, actor).await?;
    let launched = launch(session, actor, &image, inside.clone()).await;
    match &launched {
        Err(Observation::Refused { code, .. })
            if code.starts_with("InvalidAMIID") && image != UNREGISTERED_IMAGE => {}
        Ok(_) | Err(_) => return launched,
    }
    let again = launch(session, actor, UNREGISTERED_IMAGE, inside).await;
    if again.is_ok() {
        session.fixtures.keep_image(actor, UNREGISTERED_IMAGE);
        return again;
    }
    launched
}

async fn launch(
    session: &mut Session,
    actor: Account,
    image: &str,
    inside: Inside,
) -> Result<RunInstancesOutput, Observation> {
    let request = session.clients(actor)?.ec2.run_instances();
    let request = request
        .image_id(image)
        .instance_type(InstanceType::T3Nano)
        .min_count(inside.counts[0])
        .max_count(inside.counts[1])
        .subnet_id(inside.subnet)
        .set_security_group_ids(inside.groups)
        .set_capacity_reservation_specification(inside.reservation)
        .set_placement(inside.place)
        .set_license_specifications(inside.licenses)
        .set_dry_run(session.dry_run);
    session.count(Box::pin(request.send())).await
}
