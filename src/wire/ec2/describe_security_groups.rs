//! DescribeSecurityGroups.

use aws_sdk_ec2::types::{IpPermission, PrefixListId, SecurityGroup, UserIdGroupPair};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeSecurityGroups;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, rows_of, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeSecurityGroups,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.group_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_security_groups().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_group_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.security_groups, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, SecurityGroup::group_id, |it| {
        let lists = it.ip_permissions().iter().flat_map(IpPermission::prefix_list_ids);
        let lists = lists.filter_map(PrefixListId::prefix_list_id);
        let names = lists.filter_map(|id| session.names.name(id));
        let names = names.map(|name| name.as_str().into()).collect();
        let pairs = it.ip_permissions().iter().flat_map(IpPermission::user_id_group_pairs);
        let groups = pairs.filter_map(UserIdGroupPair::group_id);
        let groups = groups.filter_map(|id| session.names.name(id));
        let groups = groups.map(|name| name.as_str().into()).collect();
        [
            owner(session, it.owner_id()),
            ("PrefixListIds", Value::Set(names)),
            ("UserIdGroupPairs", Value::Set(groups)),
        ]
    })
}
