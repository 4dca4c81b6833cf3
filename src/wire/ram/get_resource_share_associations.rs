//! GetResourceShareAssociations.

use aws_sdk_ram::types::ResourceShareAssociationStatus;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::GetResourceShareAssociations;
use bellwether_model::{Account, Name};

use super::{all, associations, observed, sent_arn, sent_arns, sent_principal};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResourceShareAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let resource = sent_arn(session, call.resource_arn.as_ref())?;
    let principal = sent_principal(session, &call.principal)?;
    let status = call.association_status.as_str();
    let status = (!status.is_empty()).then(|| ResourceShareAssociationStatus::from(status));
    let of_type =
        if call.association_type.is_empty() { "PRINCIPAL" } else { call.association_type.as_str() };
    let request = session
        .clients(actor)?
        .ram
        .get_resource_share_associations()
        .association_type(of_type.into())
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_resource_arn(resource)
        .set_principal(principal)
        .set_association_status(status)
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_share_associations, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    associations(session, &listed.items, observed(&listed))
}
