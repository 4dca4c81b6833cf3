//! The operations of EC2, one file each.
//!
//! To add one, write its file and give it a line below.

operations! {
    cancel_image_launch_permission::CancelImageLaunchPermission,
    create_managed_prefix_list::CreateManagedPrefixList,
    create_network_interface::CreateNetworkInterface,
    create_security_group::CreateSecurityGroup,
    create_subnet::CreateSubnet,
    create_transit_gateway::CreateTransitGateway,
    create_transit_gateway_vpc_attachment::CreateTransitGatewayVpcAttachment,
    create_vpc::CreateVpc,
    delete_managed_prefix_list::DeleteManagedPrefixList,
    delete_network_interface::DeleteNetworkInterface,
    delete_security_group::DeleteSecurityGroup,
    delete_subnet::DeleteSubnet,
    delete_transit_gateway::DeleteTransitGateway,
    delete_transit_gateway_vpc_attachment::DeleteTransitGatewayVpcAttachment,
    delete_vpc::DeleteVpc,
    deregister_image::DeregisterImage,
    describe_image_attribute::DescribeImageAttribute,
    describe_images::DescribeImages,
    describe_instances::DescribeInstances,
    describe_managed_prefix_lists::DescribeManagedPrefixLists,
    describe_network_interfaces::DescribeNetworkInterfaces,
    describe_subnets::DescribeSubnets,
    describe_transit_gateway_vpc_attachments::DescribeTransitGatewayVpcAttachments,
    describe_transit_gateways::DescribeTransitGateways,
    describe_vpcs::DescribeVpcs,
    disable_image::DisableImage,
    disable_image_block_public_access::DisableImageBlockPublicAccess,
    disable_image_deprecation::DisableImageDeprecation,
    enable_image::EnableImage,
    enable_image_block_public_access::EnableImageBlockPublicAccess,
    enable_image_deprecation::EnableImageDeprecation,
    get_image_block_public_access_state::GetImageBlockPublicAccessState,
    get_managed_prefix_list_entries::GetManagedPrefixListEntries,
    modify_image_attribute::ModifyImageAttribute,
    modify_managed_prefix_list::ModifyManagedPrefixList,
    register_image::RegisterImage,
    reset_image_attribute::ResetImageAttribute,
    run_instances::RunInstances,
    terminate_instances::TerminateInstances,
}

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name};

use super::Session;

/// How many things a page of a list is asked for, where the call names none.
const PAGE: i32 = 100;

/// The pages after which a list is taken to be endless.
const PAGES_MAX: usize = 1000;

/// A call without an answer to speak of.
pub(super) fn granted() -> Observation {
    Observation::Granted(Observed::default())
}

/// A granted call that says who owns what it made.
fn granted_to(session: &Session, owner_id: Option<&str>) -> Observation {
    let (name, value) = owner(session, owner_id);
    Observation::Granted(Observed::default().with(name, value))
}

/// The owner of a thing as a field.
fn owner(session: &Session, id: Option<&str>) -> (&'static str, Value) {
    ("OwnerId", session.names.account_value(id))
}

/// Keeps the id of what a call made. `part` is the resource part of its ARN.
///
/// # Errors
///
/// The answer has no id.
fn keep(
    session: &mut Session,
    actor: Account,
    made: &Name,
    part: &'static str,
    id: Option<&str>,
) -> Result<(), Observation> {
    let id =
        id.ok_or_else(|| Observation::Malformed(format!("a {part} was made without an id")))?;
    session.names.keep_thing(made, actor, part, id);
    Ok(())
}

/// The ids of the things that a call names; nothing where it names none.
///
/// # Errors
///
/// The target never made one of them.
fn sent_all(session: &Session, named: &[Reference]) -> Result<Option<Vec<String>>, Observation> {
    let ids: Result<Vec<_>, _> = named.iter().map(|it| session.names.sent(it)).collect();
    ids.map(|ids| (!ids.is_empty()).then_some(ids))
}

/// The size of the pages of a list; none may be asked for where the call names things.
fn page_size(ids: Option<&Vec<String>>) -> Option<i32> {
    ids.is_none().then_some(PAGE)
}

/// Reads a list to its end. `page` sends the request for the page of a token.
///
/// # Errors
///
/// What came of a page in place of a reply, or that the list does not end.
pub(super) async fn all<T, E, F>(
    session: &mut Session,
    page: impl Fn(Option<String>) -> F,
) -> Result<Vec<T>, Observation>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), SdkError<E, Response>>>,
{
    let mut items = Vec::new();
    let mut token = None;
    for _ in 0..PAGES_MAX {
        let (more, next) = session.count(page(token)).await?;
        items.extend(more.unwrap_or_default());
        token = next.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(items);
        }
    }
    let endless = format!("the list has no end: {PAGES_MAX} pages");
    Err(Observation::Malformed(endless))
}

/// The rows of a list of things, those that are not the scenario's left out.
///
/// # Errors
///
/// One of them has no id.
fn listed<T>(
    session: &Session,
    items: &[T],
    id: impl Fn(&T) -> Option<&str>,
    field: impl Fn(&T) -> (&'static str, Value),
) -> Result<Observation, Observation> {
    listed_with(session, items, id, |item| [field(item)])
}

/// The rows of a list of things with several fields each, those that are not the scenario's left
/// out.
///
/// # Errors
///
/// One of them has no id.
fn listed_with<T, const N: usize>(
    session: &Session,
    items: &[T],
    id: impl Fn(&T) -> Option<&str>,
    fields: impl Fn(&T) -> [(&'static str, Value); N],
) -> Result<Observation, Observation> {
    let mut observed = Observed::default();
    for item in items {
        let nameless = || Observation::Malformed("an item of the list has no id".to_owned());
        let Some(name) = session.names.name(id(item).ok_or_else(nameless)?) else {
            continue;
        };
        let row = ObservedRow::of(Key::Thing(name.clone()));
        let row = fields(item).into_iter().fold(row, |row, (field, value)| row.with(field, value));
        observed.rows.push(row);
    }
    Ok(Observation::Granted(observed))
}

/// Declares each operation's module, and sends a call by it.
macro_rules! operations {
    ($($module:ident::$Operation:ident,)+) => {
        $(pub(in crate::wire) mod $module;)+
        pub(super) async fn send(
            session: &mut Session,
            actor: Account,
            call: &Call,
            made: &Name,
        ) -> Result<Observation, Observation> {
            match call {
                $(Call::$Operation(call) => {
                    Box::pin($module::send(session, actor, call, made)).await
                })+
                // RAM's operations are sent elsewhere.
                other => Err(Observation::Unsendable(format!(
                    "{} is not an operation of EC2",
                    other.operation()
                ))),
            }
        }
    };
}
use operations;
