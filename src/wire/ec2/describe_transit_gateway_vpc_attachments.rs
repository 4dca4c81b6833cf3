//! DescribeTransitGatewayVpcAttachments.

use aws_sdk_ec2::types::{TransitGatewayAttachmentState, TransitGatewayVpcAttachment};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeTransitGatewayVpcAttachments;
use bellwether_model::{Account, Name};

use super::{all, listed, page_size, sent_all};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeTransitGatewayVpcAttachments,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.attachment_ids)?;
    let clients = session.clients(actor)?;
    let request =
        clients.ec2.describe_transit_gateway_vpc_attachments().set_dry_run(session.dry_run);
    let request =
        request.set_max_results(page_size(ids.as_ref())).set_transit_gateway_attachment_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.transit_gateway_vpc_attachments, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    let id = TransitGatewayVpcAttachment::transit_gateway_attachment_id;
    listed(session, &items, id, |it| {
        ("State", text(it.state().map(TransitGatewayAttachmentState::as_str)))
    })
}

/// Whether an attachment is listed though it has been deleted or rejected.
fn is_gone(attachment: &TransitGatewayVpcAttachment) -> bool {
    matches!(
        attachment.state(),
        Some(
            TransitGatewayAttachmentState::Deleting
                | TransitGatewayAttachmentState::Deleted
                | TransitGatewayAttachmentState::Rejecting
                | TransitGatewayAttachmentState::Rejected
        )
    )
}
