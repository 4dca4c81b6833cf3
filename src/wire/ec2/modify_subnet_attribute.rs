//! ModifySubnetAttribute.

use aws_sdk_ec2::types::AttributeBooleanValue;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifySubnetAttribute;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ModifySubnetAttribute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.subnet_id)?;
    let no = AttributeBooleanValue::builder().value(false).build();
    let request = session.clients(actor)?.ec2.modify_subnet_attribute();
    session.count(request.subnet_id(id).map_public_ip_on_launch(no).send()).await?;
    Ok(granted())
}
