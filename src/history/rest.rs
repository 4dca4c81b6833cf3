//! Requests to the services that tell operations by method and path: Route 53 and Route 53 Profiles.

use quick_xml::Reader;
use quick_xml::events::Event as Part;
use serde_json::{Map, Value};

/// An operation: its service, its method and path, with the names of the parts that are parameters in braces, and its
/// name.
struct Route {
    service: &'static str,
    method: &'static str,
    path: &'static str,
    operation: &'static str,
}

const fn route(
    service: &'static str,
    method: &'static str,
    path: &'static str,
    operation: &'static str,
) -> Route {
    Route { service, method, path, operation }
}

const ZONES: &str = "route53";
const PROFILES: &str = "route53profiles";

/// The operations of the model that are told so.
static ROUTES: [Route; 17] = [
    route(ZONES, "POST", "/2013-04-01/hostedzone", "CreateHostedZone"),
    route(ZONES, "GET", "/2013-04-01/hostedzone", "ListHostedZones"),
    route(ZONES, "GET", "/2013-04-01/hostedzone/{Id}", "GetHostedZone"),
    route(ZONES, "DELETE", "/2013-04-01/hostedzone/{Id}", "DeleteHostedZone"),
    route(
        ZONES,
        "POST",
        "/2013-04-01/hostedzone/{HostedZoneId}/associatevpc",
        "AssociateVPCWithHostedZone",
    ),
    route(
        ZONES,
        "POST",
        "/2013-04-01/hostedzone/{HostedZoneId}/disassociatevpc",
        "DisassociateVPCFromHostedZone",
    ),
    route(
        ZONES,
        "POST",
        "/2013-04-01/hostedzone/{HostedZoneId}/authorizevpcassociation",
        "CreateVPCAssociationAuthorization",
    ),
    route(
        ZONES,
        "POST",
        "/2013-04-01/hostedzone/{HostedZoneId}/deauthorizevpcassociation",
        "DeleteVPCAssociationAuthorization",
    ),
    route(
        ZONES,
        "GET",
        "/2013-04-01/hostedzone/{HostedZoneId}/authorizevpcassociation",
        "ListVPCAssociationAuthorizations",
    ),
    route(ZONES, "GET", "/2013-04-01/hostedzonesbyvpc", "ListHostedZonesByVPC"),
    route(PROFILES, "POST", "/profile", "CreateProfile"),
    route(PROFILES, "GET", "/profile/{ProfileId}", "GetProfile"),
    route(PROFILES, "DELETE", "/profile/{ProfileId}", "DeleteProfile"),
    route(PROFILES, "GET", "/profiles", "ListProfiles"),
    route(PROFILES, "POST", "/profileassociation", "AssociateProfile"),
    route(
        PROFILES,
        "DELETE",
        "/profileassociation/Profileid/{ProfileId}/resourceid/{ResourceId}",
        "DisassociateProfile",
    ),
    route(PROFILES, "GET", "/profileassociations", "ListProfileAssociations"),
];

/// The operation at a path, with its service and the parameters in the path; `None` if it is none of the model.
pub(super) fn operation(
    method: &str,
    path: &str,
) -> Option<(&'static str, &'static str, Map<String, Value>)> {
    ROUTES.iter().find_map(|route| {
        let parameters = parameters(route, method, path)?;
        Some((route.service, route.operation, parameters))
    })
}

/// The parameters in a path that is this route's.
fn parameters(route: &Route, method: &str, path: &str) -> Option<Map<String, Value>> {
    if !method.eq_ignore_ascii_case(route.method) {
        return None;
    }
    let mut parameters = Map::new();
    let mut given = path.trim_end_matches('/').split('/');
    for part in route.path.split('/') {
        let said = given.next()?;
        match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => drop(parameters.insert(name.to_owned(), Value::String(said.to_owned()))),
            None if part == said => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(parameters)
}

/// The members of a body of XML or JSON; none of an empty one, and `None` if it can't be read.
pub(super) fn members(body: &str) -> Option<Map<String, Value>> {
    match body.trim_start().chars().next() {
        None => Some(Map::new()),
        Some('{') => match serde_json::from_str(body) {
            Ok(Value::Object(members)) => Some(members),
            Ok(_) | Err(_) => None,
        },
        Some(_) => elements(body),
    }
}

/// The elements in the outermost one of an XML body.
fn elements(xml: &str) -> Option<Map<String, Value>> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<(String, Map<String, Value>, String)> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Part::Start(tag) => {
                open.push((tag.local_name().as_ref().to_owned(), Map::new(), String::new()));
            }
            Part::Text(text) => {
                if let Some((.., said)) = open.last_mut() {
                    said.push_str(&text);
                }
            }
            Part::End(_) => {
                let (name, members, text) = open.pop()?;
                let Some((_, around, _)) = open.last_mut() else { return Some(members) };
                let is_text = members.is_empty();
                let value = if is_text { Value::String(text) } else { Value::Object(members) };
                around.insert(name, value);
            }
            Part::Eof => return None,
            Part::Empty(_)
            | Part::CData(_)
            | Part::Comment(_)
            | Part::Decl(_)
            | Part::DocType(_)
            | Part::GeneralRef(_)
            | Part::PI(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_told_by_method_and_path() {
        let (service, operation, parameters) =
            self::operation("POST", "/2013-04-01/hostedzone/Z1/associatevpc").unwrap();
        assert_eq!((service, operation), ("route53", "AssociateVPCWithHostedZone"));
        assert_eq!(Value::Object(parameters), json!({ "HostedZoneId": "Z1" }));
        let told = |method, path| self::operation(method, path).map(|(_, operation, _)| operation);
        assert_eq!(told("DELETE", "/profile/rp-1"), Some("DeleteProfile"));
        assert_eq!(told("POST", "/2013-04-01/hostedzone/Z1/rrset"), None);
        assert_eq!(told("PUT", "/profile/rp-1"), None);
    }

    #[test]
    fn a_body_of_xml_is_read_by_its_elements() {
        let xml = "<?xml version=\"1.0\"?><A xmlns=\"b\"><VPC><VPCId>vpc-1</VPCId></VPC><Name>a</Name></A>";
        let expected = json!({ "VPC": { "VPCId": "vpc-1" }, "Name": "a" });
        assert_eq!(members(xml).map(Value::Object), Some(expected));
        assert_eq!(members("<A><B>"), None);
    }
}
