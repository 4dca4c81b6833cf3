//! The children of roots and units, and the paths to accounts and units.

use bellwether_model::{Account, Name};
use serde_json::{Value, json};

use super::{PAGES, State, account_json, parent, read_by, text, unit_json, units};
use crate::reference::json::Failure;

/// The path of a unit in its organization, or of the root if there is none: it ends with a slash.
pub(super) fn path(state: &State, organization: &Name, unit: Option<&Name>) -> String {
    let units = state.world.organizations.get(organization).map(|it| &it.units);
    let mut path = String::new();
    let mut next = unit;
    while let Some(unit) = next {
        path.insert_str(0, &format!("{unit}/"));
        next = units.and_then(|units| units.get(unit)?.as_ref());
    }
    let root = state.attribute(organization, "root");
    format!("{organization}/{root}/{path}")
}

/// The accounts of an organization that lie directly under this unit, or under its root.
fn accounts_in(state: &State, organization: &Name, unit: Option<&Name>) -> Vec<Account> {
    let members = state.world.members.iter();
    let inside = members
        .filter(|(_, it)| it.organization == *organization && it.unit.as_ref() == unit)
        .map(|(account, _)| *account);
    inside.collect()
}

/// The organization of the caller, and the root or unit that the request names as parent.
fn asked(state: &State, account: Account, input: &Value) -> Result<(Name, Option<Name>), Failure> {
    let id = read_by(state, account)?;
    let parent = parent(state, &id, text(input, "ParentId")?, "ParentNotFoundException")?;
    Ok((id, parent))
}

pub(super) fn list_accounts_for_parent(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, parent) = asked(state, account, input)?;
    let accounts = accounts_in(state, &id, parent.as_ref()).into_iter();
    let accounts = accounts.map(|account| account_json(state, &id, account));
    PAGES.answer("ListAccountsForParent", input, "Accounts", accounts.collect())
}

pub(super) fn list_children(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, parent) = asked(state, account, input)?;
    let of_type = text(input, "ChildType")?;
    let children: Vec<String> = match of_type {
        "ACCOUNT" => {
            let accounts = accounts_in(state, &id, parent.as_ref()).into_iter();
            accounts.map(|account| account.to_string()).collect()
        }
        "ORGANIZATIONAL_UNIT" => {
            let inside = units(state, &id).into_iter().filter(|(_, above)| *above == parent);
            inside.map(|(unit, _)| unit.to_string()).collect()
        }
        other => {
            let message = format!("{other} is no ChildType: ACCOUNT or ORGANIZATIONAL_UNIT.");
            return Err(Failure::new("InvalidInputException", message));
        }
    };
    let children = children.into_iter().map(|child| json!({ "Id": child, "Type": of_type }));
    PAGES.answer("ListChildren", input, "Children", children.collect())
}

pub(super) fn describe_organizational_unit(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let asked = text(input, "OrganizationalUnitId")?;
    let unit = units(state, &id).into_iter().find(|(unit, _)| unit.as_str() == asked);
    let (unit, _) = unit.ok_or_else(|| {
        let message = "You specified an organizational unit that doesn't exist.";
        Failure::new("OrganizationalUnitNotFoundException", message)
    })?;
    Ok(json!({ "OrganizationalUnit": unit_json(state, &id, &unit) }))
}
