use std::path::Path;
use std::{fs, io};

use serde_json::json;

use super::{
    EC2, LICENSE_MANAGER, ORGANIZATIONS, RAM, ROUTE_53_RESOLVER, Read, Reads, SERVICE_MODELS,
    SERVICES, of_form, of_json, of_xml,
};

fn refusal(reads: &Reads, operation: &str, path: &str, value: &str) -> Option<String> {
    let asked = reads.require_read(operation, [(path.to_owned(), value.to_owned())]);
    asked.err().map(|failure| failure.message)
}

#[test]
fn what_an_operation_reads_is_one_of_its_parameters_on_aws() {
    for reads in SERVICES {
        for (operation, _) in reads.operations {
            let key = format!("{} {operation}", reads.service);
            let hint = "run suites/service_models.py --write";
            assert!(SERVICE_MODELS.operations.contains_key(&key), "{key} is not there: {hint}");
            for read in reads.of(operation) {
                assert!(reads.taken(operation).has(read.path()), "{operation} {}", read.path());
            }
        }
    }
}

/// The code of a module of the reference, tests and the lines of this module left out.
fn code(place: &Path) -> io::Result<String> {
    let mut text = fs::read_to_string(place.with_extension("rs"))?;
    if place.is_dir() {
        for entry in fs::read_dir(place)? {
            let path = entry?.path();
            let is_test = path.ends_with("tests.rs");
            if !is_test && path.extension().is_some_and(|it| it == "rs") {
                text += &fs::read_to_string(path)?;
            }
        }
    }
    Ok(text)
}

#[test]
fn what_is_said_to_be_read_is_named_by_the_code_that_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference");
    let mut unread = Vec::new();
    for reads in SERVICES {
        let own = code(&root.join(reads.service)).unwrap();
        let common = ["dns", "pages"].map(|module| code(&root.join(module)).unwrap());
        let code = own + &common.concat();
        for (operation, _) in reads.operations {
            for read in reads.of(operation) {
                let (Read::Whole(path) | Read::Structure(path)) = read else { continue };
                let last = path.rsplit('.').next().unwrap();
                let named = ["\"", "."].iter().any(|it| code.contains(&format!("{it}{last}\"")));
                if !named {
                    unread.push(format!("{operation} {path}"));
                }
            }
        }
    }
    assert!(unread.is_empty(), "nothing in src/reference names {unread:?}");
}

#[test]
fn a_parameter_of_aws_that_is_not_read_is_refused_by_its_name() {
    assert_eq!(
        refusal(&EC2, "CreateVpc", "Ipv6Pool", "pool").as_deref(),
        Some("The reference does not have the parameter Ipv6Pool of CreateVpc")
    );
    assert_eq!(
        refusal(&ORGANIZATIONS, "InviteAccountToOrganization", "Notes", "welcome").as_deref(),
        Some("The reference does not have the parameter Notes of InviteAccountToOrganization")
    );
}

#[test]
fn a_value_that_is_not_done_is_refused_by_its_name() {
    assert_eq!(refusal(&EC2, "CreateVpc", "AmazonProvidedIpv6CidrBlock", "false"), None);
    assert_eq!(
        refusal(&EC2, "CreateVpc", "AmazonProvidedIpv6CidrBlock", "true").as_deref(),
        Some(
            "The reference does not have the value true of the parameter \
             AmazonProvidedIpv6CidrBlock of CreateVpc"
        )
    );
}

#[test]
fn what_says_nothing_may_stand_anywhere() {
    assert_eq!(refusal(&EC2, "CreateVpc", "Ipv6Pool", ""), None);
    assert!(of_json(&json!({ "Tags": [], "Rules": {}, "Name": null })).is_empty());
}

#[test]
fn what_aws_does_not_have_either_is_refused_by_ec2_and_passed_over_by_others() {
    assert_eq!(
        refusal(&EC2, "CreateVpc", "Colour", "red").as_deref(),
        Some("The parameter Colour is not recognized")
    );
    assert_eq!(refusal(&LICENSE_MANAGER, "CreateLicenseConfiguration", "Colour", "red"), None);
    assert_eq!(refusal(&RAM, "CreateResourceShare", "colour", "red"), None);
}

#[test]
fn a_structure_is_read_with_all_that_is_in_it() {
    assert_eq!(refusal(&EC2, "DescribeVpcs", "Filter.Name", "vpc-id"), None);
    assert_eq!(refusal(&EC2, "CreateVpc", "TagSpecification.Tag.Key", "a"), None);
}

#[test]
fn an_operation_without_a_line_reads_nothing() {
    assert_eq!(ROUTE_53_RESOLVER.of("CreateResolverEndpoint").count(), 0);
}

#[test]
fn the_numbers_of_list_members_are_no_part_of_a_path() {
    let form = crate::reference::query::form(
        b"Action=X&Version=1&X-Amz-Date=2&Filter.1.Value.2=a&Tags.member.1.Key=b&DryRun=true",
    );
    let paths: Vec<String> = of_form(&form).map(|(path, _)| path).collect();
    assert_eq!(paths, ["Filter.Value", "Tags.Key", "DryRun"]);
}

#[test]
fn members_of_json_have_the_path_of_what_they_are_in() {
    let input = json!({ "Config": { "Port": 53, "Ips": [{ "Ip": "a" }, { "Ip": "b" }] } });
    let found = of_json(&input);
    let expected = [("Config.Ips.Ip", "a"), ("Config.Ips.Ip", "b"), ("Config.Port", "53")];
    let mut found: Vec<_> =
        found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn texts_of_xml_have_their_path_below_the_root() {
    let text = "<?xml version=\"1.0\"?><r xmlns=\"u\"><a>1 &lt; 2</a><set><item><b>x</b><c></c></item>\
                <item><b>y</b></item></set><empty></empty></r>";
    let texts = of_xml(text);
    let texts: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        texts,
        [("a", "1 < 2"), ("set.b", "x"), ("set.c", ""), ("set.b", "y"), ("empty", "")]
    );
}
