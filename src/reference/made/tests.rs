//! What a target with each mutant does, and what is said of its effect.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use super::document::Document;
use super::{Answers, Between, Effect, MadeMutant, OPERATORS, all, draw};
use crate::reference::Reference;

const OWNER: &str = "111122223333";
const CONSUMER: &str = "444455556666";
const OTHER: &str = "777788889999";

/// A target with a mutant of RAM, and the effect that it had.
struct Mutated {
    target: Reference,
    effect: Arc<Effect>,
}

impl Mutated {
    fn new(operator: &str, operation: &'static str, part: &str, instead: &str) -> Self {
        let operator = OPERATORS.iter().find(|it| it.name == operator).unwrap();
        let mutant = MadeMutant {
            operator,
            service: "ram",
            operation,
            part: part.to_owned(),
            instead: instead.to_owned(),
        };
        let effect = Arc::<Effect>::default();
        let between = Between::Mutant(Box::leak(Box::new(mutant)), Arc::clone(&effect));
        Self { target: Reference::new().behind(Some(between)), effect }
    }

    fn ask(&self, account: &str, path: &str, body: &Value) -> (StatusCode, Value) {
        let credential = format!("Credential={account}/20260101/us-east-1/ram/aws4_request");
        let request = Request::post(path)
            .header("authorization", format!("AWS4-HMAC-SHA256 {credential}, SignedHeaders=host"))
            .body(Bytes::from(body.to_string()))
            .unwrap();
        let response = self.target.handle(request);
        let body = serde_json::from_slice(response.body()).unwrap();
        (response.status(), body)
    }

    /// Makes a share of this name with these principals; returns its ARN.
    fn share(&self, name: &str, principals: &[&str]) -> String {
        let asked = json!({ "name": name, "principals": principals });
        let (status, answer) = self.ask(OWNER, "/createresourceshare", &asked);
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["resourceShare"]["resourceShareArn"].as_str().unwrap().to_owned()
    }

    /// The names of the owner's shares that a request lists.
    fn names(&self, asked: Value) -> Vec<String> {
        self.names_to(OWNER, asked)
    }

    fn names_to(&self, account: &str, mut asked: Value) -> Vec<String> {
        asked["resourceOwner"] = json!("SELF");
        let (_, answer) = self.ask(account, "/getresourceshares", &asked);
        let shares = answer["resourceShares"].as_array().cloned().unwrap_or_default();
        shares.iter().map(|it| it["name"].as_str().unwrap_or("none").to_owned()).collect()
    }

    /// The principals that are associated with the owner's shares.
    fn principals(&self) -> Vec<String> {
        let asked = json!({ "associationType": "PRINCIPAL" });
        let (_, answer) = self.ask(OWNER, "/getresourceshareassociations", &asked);
        let rows = answer["resourceShareAssociations"].as_array().cloned().unwrap_or_default();
        let present = rows.iter().filter(|row| row["status"] != "DISASSOCIATED");
        let text = |row: &Value| row["associatedEntity"].as_str().unwrap_or_default().to_owned();
        present.map(text).collect()
    }

    fn effect(&self) -> (bool, bool) {
        (self.effect.is_reached(), self.effect.is_triggered())
    }
}

const TRIGGERED: (bool, bool) = (true, true);

/// What the owner is listed of two shares, `ant` and `bee`, by a target with a mutant of the list.
#[track_caller]
fn lists(operator: &str, part: &str, instead: &str, asked: Value, expected: &[&str]) {
    let mutated = Mutated::new(operator, "GetResourceShares", part, instead);
    // The list is in the order of ids.
    mutated.share("bee", &[]);
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(asked), expected, "{operator}");
    assert_eq!(mutated.effect(), TRIGGERED, "{operator}");
}

#[test]
fn a_parameter_is_read_otherwise() {
    lists("parameter-ignored", "name", "", json!({ "name": "ant" }), &["ant", "bee"]);
    lists("parameter-in-any-case", "name", "", json!({ "name": "ANT" }), &["ant"]);
    lists("parameter-as-prefix", "name", "", json!({ "name": "be" }), &["bee"]);
    let status = json!({ "resourceShareStatus": "ACTIVE" });
    lists("parameter-constant", "resourceShareStatus", "DELETED", status, &[]);
    lists("parameter-off-by-one", "maxResults", "", json!({ "maxResults": 1 }), &["ant", "bee"]);
    lists("list-unfiltered", "", "", json!({ "name": "ant" }), &["ant", "bee"]);
}

#[test]
fn a_list_is_answered_otherwise() {
    let rows = "resourceShares[]";
    lists("list-without-last", rows, "", json!({}), &["ant"]);
    lists("list-first-twice", rows, "", json!({}), &["ant", "ant", "bee"]);
    lists("field-missing", "resourceShares[].name", "", json!({}), &["none", "none"]);
    lists("field-constant", "resourceShares[].name", "", json!({}), &["ant", "ant"]);
    lists("field-of-next-row", "resourceShares[].name", "", json!({}), &["bee", "ant"]);
    lists("read-stale", "", "", json!({}), &["bee"]);
}

#[test]
fn of_several_values_one_is_read() {
    for (operator, expected) in [("parameter-first-alone", "ant"), ("parameter-last-alone", "bee")]
    {
        let mutated = Mutated::new(operator, "GetResourceShares", "resourceShareArns", "");
        let shares = [mutated.share("ant", &[]), mutated.share("bee", &[])];
        assert_eq!(mutated.names(json!({ "resourceShareArns": shares })), [expected]);
        assert_eq!(mutated.effect(), TRIGGERED, "{operator}");
    }
}

#[test]
fn a_field_is_answered_as_before_the_last_write() {
    let mutated = Mutated::new("field-stale", "GetResourceShares", "resourceShares[].name", "");
    let share = mutated.share("ant", &[]);
    let asked = json!({ "resourceShareArn": share, "name": "bee" });
    mutated.ask(OWNER, "/updateresourceshare", &asked);
    assert_eq!(mutated.names(json!({})), ["ant"]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn pages_overlap_or_skip_a_row() {
    for (operator, expected) in [("pages-overlap", &["ant", "bee"][..]), ("pages-skip", &[][..])] {
        let mutated = Mutated::new(operator, "GetResourceShares", "resourceShares[]", "");
        mutated.share("bee", &[]);
        mutated.share("ant", &[]);
        let asked = json!({ "resourceOwner": "SELF", "maxResults": 1 });
        let (_, first) = mutated.ask(OWNER, "/getresourceshares", &asked);
        assert_eq!(mutated.effect(), (false, false));
        let asked = json!({ "maxResults": 1, "nextToken": first["nextToken"] });
        assert_eq!(mutated.names(asked), expected, "{operator}");
        assert_eq!(mutated.effect(), TRIGGERED, "{operator}");
    }
}

#[test]
fn a_write_that_is_lost_is_granted_and_does_nothing() {
    let mutated = Mutated::new("write-lost", "CreateResourceShare", "", "");
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(json!({})), [""; 0]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_write_that_is_done_twice_makes_two() {
    let mutated = Mutated::new("write-twice", "CreateResourceShare", "", "");
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(json!({})), ["ant", "ant"]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_write_is_undone_by_the_next() {
    let mutated = Mutated::new("write-undone", "CreateResourceShare", "", "");
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(json!({})), ["ant"]);
    assert_eq!(mutated.effect(), (false, false));
    mutated.share("bee", &[]);
    assert_eq!(mutated.names(json!({})), ["bee"]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_write_is_done_for_the_account_that_called_before() {
    let mutated = Mutated::new("write-for-another", "CreateResourceShare", "", "");
    mutated.names_to(CONSUMER, json!({}));
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(json!({})), [""; 0]);
    assert_eq!(mutated.names_to(CONSUMER, json!({})), ["ant"]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_write_is_done_for_half_of_what_it_names() {
    let mutated = Mutated::new("write-half-done", "CreateResourceShare", "principals", "");
    mutated.share("ant", &[CONSUMER, OTHER]);
    assert_eq!(mutated.principals(), [CONSUMER]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_write_is_done_for_all_that_was_named_so_far() {
    let mutated = Mutated::new("write-for-all", "DisassociateResourceShare", "principals", "");
    let share = mutated.share("ant", &[CONSUMER, OTHER]);
    let asked = json!({ "resourceShareArn": share, "principals": [CONSUMER] });
    mutated.ask(OWNER, "/disassociateresourceshare", &asked);
    assert_eq!(mutated.principals(), [""; 0]);
    assert_eq!(mutated.effect(), TRIGGERED);
}

/// What a call that renames the owner's share is answered when another account makes it, and what the share
/// is called then.
fn renamed_by_another(operator: &str, instead: (&str, &str)) -> (StatusCode, Vec<String>) {
    let (part, instead) = instead;
    let mutated = Mutated::new(operator, "UpdateResourceShare", part, instead);
    let share = mutated.share("ant", &[]);
    let asked = json!({ "resourceShareArn": share, "name": "bee" });
    let (status, _) = mutated.ask(CONSUMER, "/updateresourceshare", &asked);
    let names = mutated.names(json!({}));
    assert_eq!(mutated.effect(), TRIGGERED, "{operator}");
    (status, names)
}

#[test]
fn a_refusal_is_a_grant_or_has_an_effect_or_another_status_line() {
    let grants = renamed_by_another("granted-to-all", ("", ""));
    assert_eq!(grants, (StatusCode::OK, vec!["bee".to_owned()]));
    let (status, names) = renamed_by_another("refused-and-done", ("", ""));
    assert_eq!((status.is_success(), names), (false, vec!["bee".to_owned()]));
    let (status, names) = renamed_by_another("refusal-status-ok", ("", ""));
    assert_eq!((status, names), (StatusCode::OK, vec!["ant".to_owned()]));
    let (status, names) = renamed_by_another("refusal-status", ("", ""));
    assert_eq!((status, names), (StatusCode::FORBIDDEN, vec!["ant".to_owned()]));
}

#[test]
fn a_refusal_has_the_code_of_another() {
    let codes = ("UnknownResourceException", "MalformedArnException");
    let (status, names) = renamed_by_another("refusal-code", codes);
    assert_eq!((status, names), (StatusCode::BAD_REQUEST, vec!["ant".to_owned()]));
}

#[test]
fn a_refusal_is_answered_with_what_was_granted_last() {
    let mutated = Mutated::new("refusal-as-grant", "UpdateResourceShare", "", "");
    let share = mutated.share("ant", &[]);
    let asked = json!({ "resourceShareArn": share, "name": "bee" });
    mutated.ask(OWNER, "/updateresourceshare", &asked);
    let asked = json!({ "resourceShareArn": share, "name": "cow" });
    let (status, _) = mutated.ask(CONSUMER, "/updateresourceshare", &asked);
    assert_eq!((status, mutated.names(json!({}))), (StatusCode::OK, vec!["bee".to_owned()]));
    assert_eq!(mutated.effect(), TRIGGERED);
}

#[test]
fn a_mutant_that_changes_no_answer_is_reached_and_not_triggered() {
    let mutated = Mutated::new("parameter-in-any-case", "GetResourceShares", "name", "");
    mutated.share("ant", &[]);
    assert_eq!(mutated.effect(), (false, false));
    assert_eq!(mutated.names(json!({ "name": "ant" })), ["ant"]);
    mutated.share("bee", &[CONSUMER]);
    assert_eq!(mutated.principals(), [CONSUMER]);
    assert_eq!(mutated.effect(), (true, false));
}

#[test]
fn a_mutant_never_refuses_what_is_granted() {
    let mutated = Mutated::new("parameter-ignored", "GetResourceShares", "resourceOwner", "");
    mutated.share("ant", &[]);
    assert_eq!(mutated.names(json!({})), ["ant"]);
    assert_eq!(mutated.effect(), (true, false));
}

#[test]
fn each_operator_makes_mutants_and_no_two_have_one_name() {
    for operator in OPERATORS {
        let makes = all().iter().any(|mutant| mutant.operator.name == operator.name);
        assert!(makes, "{} makes none", operator.name);
    }
    let names: BTreeSet<String> = all().iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), all().len());
}

#[test]
fn a_seed_draws_the_same_mutants_each_time_and_another_seed_others() {
    let names = |seed| draw(50, seed).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(1), names(1));
    assert_ne!(names(1), names(2));
    assert_eq!(names(1).iter().collect::<BTreeSet<_>>().len(), 50);
    assert_eq!(draw(usize::MAX, 1).len(), all().len());
}

#[test]
fn a_body_is_written_as_it_was_read() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<A xmlns=\"u\"><b>1 &lt; 2</b><cSet>\
               <item><d>x</d></item></cSet><e></e></A>";
    for body in [xml, r#"{"a":[{"b":1,"c":null}],"d":true}"#] {
        let document = Document::read(body.as_bytes()).unwrap();
        assert_eq!(document.write(), body.as_bytes());
    }
}

#[test]
fn what_is_in_a_list_of_xml_is_told_from_a_structure() {
    let xml = "<R><reservationSet><item><id>a</id><tagSet><item><key>k</key></item></tagSet></item>\
               </reservationSet><HostedZones><HostedZone><Id>z</Id></HostedZone></HostedZones>\
               <requestId>1</requestId><vpc><vpcId>v</vpcId></vpc></R>";
    let (mut fields, mut lists) = (BTreeSet::new(), BTreeSet::new());
    Document::read(xml.as_bytes()).unwrap().tree.paths("", &mut fields, &mut lists);
    let expected =
        ["HostedZones[].Id", "reservationSet[].id", "reservationSet[].tagSet[].key", "vpc.vpcId"];
    assert_eq!(fields.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let expected = ["HostedZones[]", "reservationSet[]", "reservationSet[].tagSet[]"];
    assert_eq!(lists.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_mutant_may_be_reached_by_what_was_said_and_answered_alone() {
    let answers = Arc::<Mutex<Answers>>::default();
    let witness = Between::Witness(Arc::clone(&answers));
    let mutated =
        Mutated { target: Reference::new().behind(Some(witness)), effect: Arc::default() };
    mutated.share("ant", &[CONSUMER]);
    let answers = answers.lock().unwrap();
    let may_reach = |name: &str| {
        answers.may_reach(all().iter().find(|mutant| mutant.to_string() == name).unwrap())
    };
    assert!(may_reach("parameter-ignored/ram.CreateResourceShare/principals"));
    assert!(!may_reach("parameter-ignored/ram.CreateResourceShare/tags.key"));
    assert!(may_reach("field-missing/ram.CreateResourceShare/resourceShare.name"));
    assert!(!may_reach("field-missing/ram.CreateResourceShare/resourceShare.tags[].key"));
    assert!(may_reach("write-lost/ram.CreateResourceShare"));
    assert!(!may_reach("write-lost/ram.DeleteResourceShare"));
}
