//! Options of instances that decide nothing: they are kept as they were given, and shown.

use super::attributes::{number, truth, word};
use super::form::Form;
use super::{Request, Shown};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The words of options that are on or off.
const SWITCH: [&str; 2] = ["enabled", "disabled"];

/// The metadata options: the parameter, the element that shows it, its words, and the plain one.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html>
static METADATA: [(&str, &str, [&str; 2], &str); 4] = [
    ("MetadataOptions.HttpTokens", "httpTokens", ["optional", "required"], "optional"),
    ("MetadataOptions.HttpEndpoint", "httpEndpoint", SWITCH, "enabled"),
    ("MetadataOptions.HttpProtocolIpv6", "httpProtocolIpv6", SWITCH, "disabled"),
    ("MetadataOptions.InstanceMetadataTags", "instanceMetadataTags", SWITCH, "disabled"),
];
/// The parameter of the most hops of an answer with metadata.
const HOPS: &str = "MetadataOptions.HttpPutResponseHopLimit";
/// The parameter of detailed monitoring.
const MONITORING: &str = "Monitoring.Enabled";
/// The parameters of the processor, with the element that shows each and the plain value.
static PROCESSOR: [(&str, &str, &str); 2] = [
    ("CpuOptions.CoreCount", "coreCount", "1"),
    ("CpuOptions.ThreadsPerCore", "threadsPerCore", "2"),
];

/// The options that a launch asks for.
///
/// # Errors
///
/// One has a value that it does not take.
pub(super) fn read(form: &Form<'_>) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut options = Vec::new();
    for (parameter, _, words, plain) in &METADATA {
        options.push((*parameter, word(form, parameter, words, plain)?.to_owned()));
    }
    options.extend(number(form, HOPS, 1..=64)?.map(|it| (HOPS, it.to_string())));
    for (parameter, ..) in PROCESSOR {
        options.extend(number(form, parameter, 1..=128)?.map(|it| (parameter, it.to_string())));
    }
    options.extend(truth(form, MONITORING)?.map(|it| (MONITORING, it.to_string())));
    Ok(options)
}

/// Writes the options of an instance.
pub(super) fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let kept = |key, plain| match request.state.attribute(&shown.name, key) {
        "" => plain,
        value => value,
    };
    let monitoring = if kept(MONITORING, "false") == "true" { "enabled" } else { "disabled" };
    xml.element("monitoring", |xml| xml.text("state", monitoring))
        .element("cpuOptions", |xml| {
            PROCESSOR.iter().fold(xml, |xml, (parameter, element, plain)| {
                xml.text(element, kept(parameter, plain))
            })
        })
        .element("metadataOptions", |xml| {
            let xml = xml.text("state", "applied").text("httpPutResponseHopLimit", kept(HOPS, "1"));
            METADATA.iter().fold(xml, |xml, (parameter, element, _, plain)| {
                xml.text(element, kept(parameter, plain))
            })
        })
}
