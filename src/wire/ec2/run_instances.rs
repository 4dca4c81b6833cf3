//! RunInstances.

use aws_sdk_ec2::operation::run_instances::RunInstancesOutput;
use aws_sdk_ec2::types::{Instance, InstanceType};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RunInstances;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Name};

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
    let own = Reference::Named(fixtures::plain_subnet(actor));
    let inside = call.subnet_id.as_ref().unwrap_or(&own);
    let groups = &call.security_group_ids;
    let groups = fixtures::groups(session, actor, inside, groups).await?;
    let ids = groups.ids.clone();
    let reply = match named {
        Some(image) => launch(session, actor, &image, subnet, ids).await?,
        None => launch_plain(session, actor, subnet, ids).await?,
    };
    fixtures::launched(session, &groups);
    let id = reply.instances().first().and_then(Instance::instance_id);
    keep(session, actor, made, "instance", id)?;
    Ok(granted())
}

/// Launches an image of the caller's own; where a target has none that start, one that it may
/// take for registered.
async fn launch_plain(
    session: &mut Session,
    actor: Account,
    subnet: String,
    groups: Option<Vec<String>>,
) -> Result<RunInstancesOutput, Observation> {
    let image = fixtures::own_image(session, actor).await?;
    let launched = launch(session, actor, &image, subnet.clone(), groups.clone()).await;
    match &launched {
        Err(Observation::Refused { code, .. })
            if code.starts_with("InvalidAMIID") && image != UNREGISTERED_IMAGE => {}
        Ok(_) | Err(_) => return launched,
    }
    let again = launch(session, actor, UNREGISTERED_IMAGE, subnet, groups).await;
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
    subnet: String,
    groups: Option<Vec<String>>,
) -> Result<RunInstancesOutput, Observation> {
    let request = session.clients(actor)?.ec2.run_instances();
    let request = request
        .image_id(image)
        .instance_type(InstanceType::T3Nano)
        .min_count(1)
        .max_count(1)
        .subnet_id(subnet)
        .set_security_group_ids(groups);
    session.count(Box::pin(request.send())).await
}
