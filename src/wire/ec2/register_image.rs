//! RegisterImage.

use aws_sdk_ec2::types::ArchitectureValues;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RegisterImage;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RegisterImage,
    made: &Name,
) -> Result<Observation, Observation> {
    let RegisterImage {} = call;
    make(session, actor, made).await?;
    Ok(granted())
}

/// Registers an image, which need not boot.
pub(in crate::wire) async fn make(
    session: &mut Session,
    actor: Account,
    made: &Name,
) -> Result<(), Observation> {
    let request = session.clients(actor)?.ec2.register_image();
    let request = request
        // An account has one image of a name at most.
        .name(format!("bellwether-{made}-{:016x}", rand::random::<u64>()))
        .architecture(ArchitectureValues::X8664)
        .virtualization_type("hvm")
        .root_device_name("/dev/xvda");
    let reply = session.count(request.send()).await?;
    keep(session, actor, made, "image", reply.image_id())
}
