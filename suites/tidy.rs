//! The rules of this repository that the compiler does not know, as tests.
//!
//! A message says what to do: "X is banned, use Y".

mod packaging;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aws_sdk_ram::types::{
    PermissionTypeFilter, ReplacePermissionAssociationsWorkStatus, ResourceOwner,
    ResourceRegionScopeFilter, ResourceShareAssociationStatus, ResourceShareAssociationType,
    ResourceShareStatus,
};
use bellwether_model::answer::Decision;
use bellwether_model::operations::OPERATIONS;
use bellwether_model::parameters::{Arguments, Value};
use bellwether_model::rules::{self, Codes, Decides};
use bellwether_model::{Account, Call, World};

/// The modules of `src/`, from the bottom up: a module uses only modules that stand above its line.
///
/// ARCHITECTURE.md explains the order. Tests inside a module may use what they need.
const LAYERS: [&str; 38] = [
    "reference",
    "clock",
    "connector",
    "serve",
    "history",
    "record",
    "scenario",
    "predict",
    "import",
    "capabilities",
    "wire",
    "target",
    "config",
    "targets",
    "probe",
    "run",
    "replay",
    "pace",
    "explore",
    "suites",
    "shrink",
    "counterexample",
    "repro",
    "confirm",
    "subject",
    "known",
    "outcome",
    "store",
    "event",
    "check",
    "levels",
    "report",
    "score",
    "follow",
    "power",
    "judged",
    "conformance",
    "cli",
];

/// The modules of `model/src/`, in the same order.
const LAYERS_OF_THE_MODEL: [&str; 30] = [
    "account",
    "name",
    "region",
    "assumptions",
    "dice",
    "shareable",
    "rules",
    "rulebook",
    "kinds",
    "placeholder",
    "principal",
    "parameters",
    "answer",
    "judge",
    "paging",
    "world",
    "view",
    "limits",
    "resources",
    "time",
    "membership",
    "permissions",
    "compute",
    "dns",
    "plain",
    "zones",
    "sharing",
    "tagging",
    "tokens",
    "operations",
];

/// The types that the model's root exports, each with its module.
const EXPORTED: [(&str, &str); 12] = [
    ("Account", "account"),
    ("Answer", "answer"),
    ("Assumption", "assumptions"),
    ("Assumptions", "assumptions"),
    ("Call", "operations"),
    ("Name", "name"),
    ("Principal", "principal"),
    ("Region", "region"),
    ("Reply", "answer"),
    ("Shape", "world"),
    ("World", "world"),
    ("self", "self"),
];

/// The folders of one file per resource, each with the file that lists them.
const REGISTRIES: [(&str, &str); 21] = [
    ("model/src/operations/bellwether", "model/src/operations.rs"),
    ("model/src/operations/ec2", "model/src/operations.rs"),
    ("model/src/operations/licensemanager", "model/src/operations.rs"),
    ("model/src/operations/organizations", "model/src/operations.rs"),
    ("model/src/operations/ram", "model/src/operations.rs"),
    ("model/src/operations/route53", "model/src/operations.rs"),
    ("model/src/operations/route53profiles", "model/src/operations.rs"),
    ("model/src/operations/route53resolver", "model/src/operations.rs"),
    ("model/src/resources", "model/src/resources.rs"),
    ("model/src/rules", "model/src/rules.rs"),
    ("src/reference/mutants", "src/reference/mutants.rs"),
    ("src/reference/ram", "src/reference/ram.rs"),
    ("src/targets", "src/targets.rs"),
    ("src/wire/bellwether", "src/wire/bellwether.rs"),
    ("src/wire/ec2", "src/wire/ec2.rs"),
    ("src/wire/licensemanager", "src/wire/licensemanager.rs"),
    ("src/wire/organizations", "src/wire/organizations.rs"),
    ("src/wire/ram", "src/wire/ram.rs"),
    ("src/wire/route53", "src/wire/route53.rs"),
    ("src/wire/route53profiles", "src/wire/route53profiles.rs"),
    ("src/wire/route53resolver", "src/wire/route53resolver.rs"),
];

/// The places where operations and kinds are at home: their own files, the lists of them, and what is
/// written once for each.
const HOMES: [&str; 7] = [
    "model/src/operations",
    "model/src/resources",
    "model/src/rulebook",
    "model/src/rules",
    "model/src/world/resource.rs",
    "src/reference",
    "src/wire",
];

/// The other files that name operations or kinds, each with the reason. All other code asks the facts
/// that stand on an operation or a kind.
const NAMED_BESIDE: [(&str, &str); 31] = [
    ("model/src/compute.rs", "conditions that operations on one kind have in common"),
    ("model/src/dns.rs", "conditions that operations on one kind have in common"),
    ("model/src/judge/laws.rs", "a law is about the answer to the call that makes a share"),
    ("model/src/plain.rs", "conditions that operations on one kind have in common"),
    ("model/src/sharing.rs", "RAM takes some kinds only under conditions of their own"),
    ("model/src/time.rs", "an image has a date that comes by itself"),
    ("model/src/view.rs", "by which grants a kind is seen is the subject of the file"),
    ("model/src/world.rs", "a subnet stands for its VPC"),
    ("model/src/zones.rs", "conditions that operations on one kind have in common"),
    ("src/capabilities.rs", "the fixture of a world with sharing makes one call by itself"),
    ("src/follow/followed.rs", "which operations are followed is the subject of the file"),
    ("src/follow/replies.rs", "one operation is asked before another that changes the same"),
    ("src/follow/request.rs", "which recorded requests are told whole is said by operation"),
    ("src/history/rest.rs", "some services tell operations by method and path"),
    ("src/import.rs", "which operation makes what Terraform makes is the subject of the file"),
    ("src/levels.rs", "which operations of RAM make up a level is the subject of the file"),
    ("src/pace.rs", "a share is made and looked for to see how long that takes"),
    ("src/probe.rs", "one operation shows whether accounts are kept apart"),
    ("src/report.rs", "a target that can not share is told by the call that it lacks"),
    ("src/repro.rs", "some answers that are successes say that nothing was done"),
    ("src/repro/bash.rs", "the AWS CLI has options of its own for one operation"),
    ("src/repro/build.rs", "what is drawn for one run is told by operation"),
    ("src/repro/facts.rs", "rows of one list say together what is claimed"),
    (
        "src/repro/lists.rs",
        "how the rows of a list say what they are about is the subject of the file",
    ),
    ("src/repro/terraform.rs", "which operations Terraform has resources for is said by operation"),
    ("src/repro/undo.rs", "which call removes what another one made is the subject of the file"),
    ("src/run/lost_write.rs", "a share whose answer was lost is looked for in its owner's list"),
    ("src/run/claims.rs", "a claim's list is the read that shows it"),
    ("src/scenario/claim.rs", "a claim's list is the read that shows it"),
    ("src/scenario/parse/claims.rs", "`running` is said of instances"),
    ("src/shrink/moves.rs", "the simplest call of its sort stands in place of others"),
];

/// The services whose operations are modelled.
const SERVICES: [&str; 8] = [
    "bellwether",
    "ec2",
    "licensemanager",
    "organizations",
    "ram",
    "route53",
    "route53profiles",
    "route53resolver",
];

/// The topics whose refusals come from RAM.
const TOPICS_OF_RAM: [&str; 9] = [
    "association",
    "invitation",
    "limit",
    "organization",
    "principal",
    "share",
    "source",
    "tag",
    "token",
];

/// The topics of services that call their errors exceptions, as RAM does.
const TOPICS_OF_OTHERS: [&str; 6] = [
    "firewall-rule-group",
    "hosted-zone",
    "license-configuration",
    "profile",
    "query-log-config",
    "resolver-rule",
];

/// The topics whose refusals come from Organizations, which calls its errors exceptions too.
const TOPICS_OF_ORGANIZATIONS: [&str; 1] = ["membership"];

/// The exceptions that RAM's API declares for at least one operation: the "Errors" sections of
/// <https://docs.aws.amazon.com/ram/latest/APIReference/API_Operations.html>, `Exception` left out.
const DECLARED_BY_RAM: [&str; 28] = [
    "IdempotentParameterMismatch",
    "InvalidClientToken",
    "InvalidMaxResults",
    "InvalidNextToken",
    "InvalidParameter",
    "InvalidPolicy",
    "InvalidResourceType",
    "InvalidStateTransition",
    "MalformedArn",
    "MalformedPolicyTemplate",
    "MissingRequiredParameter",
    "OperationNotPermitted",
    "PermissionAlreadyExists",
    "PermissionLimitExceeded",
    "PermissionVersionsLimitExceeded",
    "ResourceArnNotFound",
    "ResourceShareInvitationAlreadyAccepted",
    "ResourceShareInvitationAlreadyRejected",
    "ResourceShareInvitationArnNotFound",
    "ResourceShareInvitationExpired",
    "ResourceShareLimitExceeded",
    "ServerInternal",
    "ServiceUnavailable",
    "TagLimitExceeded",
    "TagPolicyViolation",
    "Throttling",
    "UnknownResource",
    "UnmatchedPolicyPermission",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files under a folder of the repository, as paths from its root, in order.
fn files_under(folder: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        // A folder that does not exist has no files.
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(root()).expect("it lies under the root");
                paths.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    paths.sort();
    paths
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == extension)
}

fn stem(path: &str) -> &str {
    Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

/// The Rust files of both crates, their tests and benches.
fn rust_files() -> Vec<String> {
    let folders =
        ["src", "model", "packaging", "suites", "benches"].into_iter().flat_map(files_under);
    folders.filter(|path| has_extension(path, "rs")).collect()
}

/// Lists the texts that people read: documents, scenarios, configuration and scripts.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = ["README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG"]
        .map(|name| format!("{name}.md"))
        .into();
    texts.extend(["Cargo.toml", "model/Cargo.toml", "clippy.toml", "deny.toml"].map(Into::into));
    let folders = [".ci", ".github", "docs", "packaging", "snapshots", "src", "suites"];
    let folders = folders.into_iter().flat_map(files_under);
    let is_text = |path: &String| !["rs", "png"].iter().any(|it| has_extension(path, it));
    texts.extend(folders.filter(is_text));
    texts
}

/// A file's text without its tests.
fn code(path: &str) -> String {
    let is_test = stem(path) == "tests" || path.contains("/tests/");
    if is_test || path.starts_with("suites/") || path.contains("benches/") {
        return String::new();
    }
    let text = read(path);
    // Items behind the attribute stand at the end; a lone `mod tests;` may stand anywhere.
    let tests = ["mod tests {", "pub(crate) mod", "pub(super) mod"];
    let cut = tests.iter().find_map(|start| text.find(&format!("#[cfg(test)]\n{start}")));
    text[..cut.unwrap_or(text.len())].to_owned()
}

/// The code without its comments.
fn uncommented(path: &str) -> String {
    let code = code(path);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// The first word of what follows each occurrence of a prefix.
fn words_after<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(prefix).map(move |(place, _)| {
        let rest = &text[place + prefix.len()..];
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// The first words of what code takes from its own crate, `use crate::{...}` included.
fn used_of_the_crate(code: &str) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (place, prefix) in code.match_indices("crate::") {
        let rest = &code[place + prefix.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            used.extend(words_after(&code[place..], prefix).next().map(str::to_owned));
            continue;
        };
        let (mut depth, mut starts) = (0, true);
        for (place, it) in list.char_indices() {
            match it {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                _ if starts && it.is_ascii_alphabetic() => {
                    let word: String = list[place..]
                        .chars()
                        .take_while(|it| it.is_alphanumeric() || *it == '_')
                        .collect();
                    used.insert(word);
                    starts = false;
                }
                _ => {}
            }
        }
    }
    used.remove("");
    used
}

/// The modules under a folder, each with the others that it uses.
fn uses(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let exported: BTreeMap<&str, &str> = EXPORTED.into_iter().collect();
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files_under(folder).iter().filter(|path| has_extension(path, "rs")) {
        let inside = path.strip_prefix(folder).unwrap_or_default();
        let module = inside.trim_start_matches('/').split('/').next().map(stem).unwrap_or_default();
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let used = used_of_the_crate(&uncommented(path)).into_iter();
        let used = used.map(|used| {
            exported.get(used.as_str()).map_or_else(|| used.clone(), |it| (*it).to_owned())
        });
        modules
            .entry(module.to_owned())
            .or_default()
            .extend(used.filter(|used| used != module && used != "self"));
    }
    modules
}

#[test]
fn modules_use_only_modules_above_them() {
    let folders: [(&str, &[&str]); 2] = [("src", &LAYERS), ("model/src", &LAYERS_OF_THE_MODEL)];
    for (folder, layers) in folders {
        let place = |module: &str| layers.iter().position(|layer| *layer == module);
        let modules = uses(folder);
        for layer in layers {
            assert!(modules.contains_key(*layer), "{folder}/{layer}.rs is gone: take its line out");
        }
        for (module, used) in modules {
            let Some(here) = place(&module) else {
                panic!("{folder}/{module}.rs has no layer: give it a line, and in ARCHITECTURE.md")
            };
            for used in used {
                assert!(
                    place(&used).is_some_and(|above| above < here),
                    "crate::{used} is banned in {folder}/{module}, use what stands above its layer"
                );
            }
        }
    }
}

#[test]
fn imports_from_the_crate_are_read_from_lists_too() {
    let code = "use crate::rules::{Rule, tag};\nuse crate::{Account, dice::{self, Dice}, view};";
    let used: Vec<String> = used_of_the_crate(code).into_iter().collect();
    assert_eq!(used, ["Account", "dice", "rules", "view"]);
}

#[test]
fn the_reference_server_uses_no_harness_code() {
    for path in files_under("src/reference").iter().chain(&["src/reference.rs".to_owned()]) {
        for used in words_after(&uncommented(path), "crate::") {
            assert_eq!(used, "reference", "crate::{used} is banned in {path}, use the model");
        }
    }
}

#[test]
fn targets_contain_no_operations() {
    for path in files_under("src/targets") {
        for banned in ["operations", "Call::", "aws_sdk_"] {
            let found = code(&path).contains(banned);
            assert!(!found, "{banned} is banned in {path}, use a file in src/wire");
        }
    }
}

#[test]
fn the_wire_never_judges() {
    for path in files_under("src/wire").iter().chain(&["src/wire.rs".to_owned()]) {
        let code = uncommented(path);
        for banned in ["judge(", "Divergence", "transition(", ".check(", ".apply("] {
            assert!(!code.contains(banned), "{banned} is banned in {path}, use src/run.rs");
        }
    }
}

#[test]
fn the_runner_knows_no_report() {
    let used = &uses("src")["run"];
    for banned in ["report", "event", "cli"] {
        assert!(!used.contains(banned), "{banned} is banned in src/run, return it in Played");
    }
}

#[test]
fn the_model_knows_nothing_of_the_outside() {
    let banned = [
        "tokio",
        "aws_sdk",
        "aws_config",
        "async ",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "HashMap",
        "HashSet",
    ];
    for path in files_under("model/src") {
        let code = uncommented(&path);
        for banned in banned {
            assert!(!code.contains(banned), "{banned} is banned in {path}, use a value of World");
        }
    }
    let manifest = read("model/Cargo.toml");
    let manifest = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    for banned in ["tokio", "aws-", "reqwest", "hyper"] {
        assert!(!manifest.contains(banned), "{banned} is banned in the model, keep it in src/");
    }
}

#[test]
fn every_file_of_a_registry_is_listed_and_every_line_has_its_file() {
    for (folder, list) in REGISTRIES {
        let text = read(list);
        let files = files_under(folder);
        let stems: BTreeSet<&str> = files.iter().map(|path| stem(path)).collect();
        for stem in &stems {
            let listed = [format!("mod {stem};"), format!(" {stem}::")];
            let listed = listed.iter().any(|line| text.contains(line.as_str()));
            assert!(listed, "{folder}/{stem}.rs is not listed: give it a line in {list}");
        }
        for module in words_after(&text, "mod ").filter(|module| !module.is_empty()) {
            let inline = text.contains(&format!("mod {module} {{"));
            let beside = format!("{}/{module}.rs", list.trim_end_matches(".rs"));
            assert!(
                inline || stems.contains(module) || root().join(beside).exists(),
                "{list} lists {module}: write {folder}/{module}.rs"
            );
        }
    }
}

#[test]
fn every_operation_has_its_file_on_the_wire() {
    for service in SERVICES {
        let stems = |folder: String| -> BTreeSet<String> {
            files_under(&folder)
                .iter()
                .map(|path| stem(path).to_owned())
                .filter(|stem| !["invitations", "tests"].contains(&stem.as_str()))
                .collect()
        };
        let model = stems(format!("model/src/operations/{service}"));
        let wire = stems(format!("src/wire/{service}"));
        let missing: Vec<_> = model.symmetric_difference(&wire).collect();
        assert!(
            missing.is_empty(),
            "an operation of {service} has one file in model/src/operations and one in src/wire: \
             {missing:?}"
        );
    }
}

/// The variants of the model's `Kind`.
fn kinds() -> Vec<String> {
    let text = uncommented("model/src/world/resource.rs");
    let start = text.find("pub enum Kind {").expect("the kinds are declared there");
    let lines = text[start..].lines().skip(1).take_while(|line| *line != "}");
    let variants = lines.filter_map(|line| line.strip_prefix("    "));
    let named = variants.filter(|line| line.starts_with(|it: char| it.is_ascii_uppercase()));
    let end = |line: &str| line.find(|it: char| !it.is_ascii_alphanumeric());
    named.map(|line| line[..end(line).unwrap_or(line.len())].to_owned()).collect()
}

/// Whether code names an operation or a kind.
fn names_one(code: &str, kinds: &[String]) -> bool {
    let operation = |word: &str| OPERATIONS.iter().any(|info| info.name == word);
    code.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').any(operation)
        || words_after(code, "Kind::").any(|word| kinds.iter().any(|kind| kind == word))
}

#[test]
fn operations_and_kinds_are_named_at_home_alone() {
    let kinds = kinds();
    assert!(kinds.iter().any(|kind| kind == "Subnet"), "{kinds:?}");
    let files = ["src", "model/src"].into_iter().flat_map(files_under);
    for path in files.filter(|path| has_extension(path, "rs")) {
        if HOMES.iter().any(|home| path.starts_with(home)) {
            continue;
        }
        let named = names_one(&uncommented(&path), &kinds);
        let allowed = NAMED_BESIDE.iter().any(|(allowed, _)| *allowed == path);
        assert!(
            !named || allowed,
            "{path} names an operation or a kind: ask a fact that stands on it, or give the file a \
             line in NAMED_BESIDE with the reason"
        );
        assert!(named || !allowed, "{path} names none: take its line out of NAMED_BESIDE");
    }
}

#[test]
fn an_operation_is_named_by_its_file() {
    let known: BTreeSet<String> = SERVICES
        .into_iter()
        .flat_map(|service| files_under(&format!("model/src/operations/{service}")))
        .map(|path| stem(&path).replace('_', ""))
        .collect();
    for info in OPERATIONS {
        let file = info.name.to_ascii_lowercase();
        assert!(known.contains(&file), "{} has no file of its name", info.name);
    }
    assert_eq!(known.len(), OPERATIONS.len());
}

#[test]
fn every_operation_that_has_dry_runs_sends_them_as_such() {
    let files = files_under("src/wire/ec2");
    for info in OPERATIONS.iter().filter(|info| info.has_dry_run) {
        let name = info.name.to_ascii_lowercase();
        let path = files.iter().find(|path| stem(path).replace('_', "") == name);
        let path = path.unwrap_or_else(|| panic!("{} has no file of its name", info.name));
        let sends = code(path).contains("session.dry_run");
        assert!(sends, "{path} makes a dry run for real: set DryRun from the session's");
    }
}

#[test]
fn a_rule_is_named_by_its_file_and_its_static() {
    for rule in rules::all() {
        let (topic, phrase) = rule.name.split_once('/').expect("the model's tests require a topic");
        let path = format!("model/src/rules/{}.rs", topic.replace('-', "_"));
        assert!(root().join(&path).exists(), "{} belongs into {path}", rule.name);
        let text = read(&path);
        assert!(text.contains(&format!("\"{}\"", rule.name)), "{} belongs into {path}", rule.name);
        let name = phrase.replace('-', "_").to_ascii_uppercase();
        let named = text.contains(&format!("pub static {name}: Rule"));
        assert!(named, "the static of {} is to be called {name}", rule.name);
    }
}

#[test]
fn every_rule_that_is_written_is_listed() {
    for path in files_under("model/src/rules") {
        let text = read(&path);
        for name in words_after(&text, "pub static ").filter(|name| *name != "RULES") {
            let listed = text.contains(&format!("&{name}"));
            assert!(listed, "{name} is not listed: give it a line in the RULES of {path}");
        }
    }
}

#[test]
fn rams_refusals_bear_codes_that_its_api_declares() {
    for rule in rules::all() {
        let Decides::Refusal(Codes::OneOf(codes) | Codes::Likely(codes)) = rule.decides else {
            continue;
        };
        let topic = rule.name.split('/').next().unwrap_or_default();
        if TOPICS_OF_OTHERS.contains(&topic) || TOPICS_OF_ORGANIZATIONS.contains(&topic) {
            continue;
        }
        for code in codes {
            let declared = code.strip_suffix("Exception");
            if TOPICS_OF_RAM.contains(&topic) {
                assert!(declared.is_some(), "{code} of {} is not an exception of RAM", rule.name);
            }
            if let Some(declared) = declared {
                assert!(
                    DECLARED_BY_RAM.contains(&declared),
                    "{code} is banned in {}, use an exception that RAM declares",
                    rule.name
                );
            }
        }
    }
}

/// The filters of RAM's reads that take one of a few words, each with the words that the SDK knows.
fn filters_of_words() -> [(&'static str, &'static str, &'static [&'static str]); 8] {
    [
        ("GetResourceShares", "resourceOwner", ResourceOwner::values()),
        ("GetResourceShares", "resourceShareStatus", ResourceShareStatus::values()),
        ("GetResourceShareAssociations", "associationType", ResourceShareAssociationType::values()),
        (
            "GetResourceShareAssociations",
            "associationStatus",
            ResourceShareAssociationStatus::values(),
        ),
        ("ListSourceAssociations", "associationStatus", ResourceShareAssociationStatus::values()),
        ("ListPermissions", "permissionType", PermissionTypeFilter::values()),
        ("ListResourceTypes", "resourceRegionScope", ResourceRegionScopeFilter::values()),
        (
            "ListReplacePermissionAssociationsWork",
            "status",
            ReplacePermissionAssociationsWorkStatus::values(),
        ),
    ]
}

#[test]
fn every_word_that_the_sdk_knows_for_a_filter_of_ram_is_taken() {
    for (operation, key, words) in filters_of_words() {
        for word in words {
            let named = vec![(key.into(), vec![Value::text(word)])];
            let arguments = Arguments { named, ..Arguments::default() };
            let call = Call::read(operation, &arguments).expect("the operation is modelled");
            let call = call.expect("a filter is all that it needs");
            let decision = call.check(&World::default(), Account::OWNER);
            let refused = matches!(decision, Decision::Refused(_));
            assert!(!refused, "{operation} {key}={word} is refused: {decision:?}");
        }
    }
}

#[test]
fn no_text_postpones_work() {
    // In pieces, so that this file does not hold what it bans.
    let banned = [
        (["TO", "DO"], "an entry in a document, or do it"),
        (["FIX", "ME"], "a fix"),
        (["XX", "X"], "a sentence"),
        (["#[ig", "nore"], "a test that runs"),
        (["#![al", "low("], "the lints of Cargo.toml"),
    ];
    for path in rust_files().into_iter().chain(texts()) {
        // The configuration of lints names what it bans.
        if has_extension(&path, "toml") || path == "CONTRIBUTING.md" {
            continue;
        }
        let text = read(&path);
        for (pieces, instead) in &banned {
            let banned = pieces.concat();
            assert!(!text.contains(&banned), "{banned} is banned in {path}, use {instead}");
        }
    }
}

/// Whether `.ci/subjects` takes a subject of a commit.
fn is_subject(subject: &str) -> bool {
    let script = root().join(".ci/subjects");
    let child = Command::new("bash").arg(script).arg("-").stdin(Stdio::piped()).spawn();
    let mut child = child.expect("bash runs the script");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(subject.as_bytes()).expect("the script reads it");
    drop(input);
    child.wait().expect("the script ends").success()
}

#[test]
fn a_subject_of_a_commit_is_a_scope_and_an_imperative() {
    let of_length = |length: usize| format!("run: {}", "a".repeat(length - "run: ".len()));
    for good in
        ["run: say view read in place of look", "cli, config: pass --faults on", &of_length(72)]
    {
        assert!(is_subject(good), "{good}");
    }
    for bad in [
        "say view read in place of look",
        "run: the player is split",
        "run: Split the player",
        "run: splits the player",
        "run: splitting the player",
        "run: split the player.",
        "run: WIP split the player",
        "wip",
        "fixup! run: split the player",
        &of_length(73),
    ] {
        assert!(!is_subject(bad), "{bad}");
    }
}

#[test]
fn no_text_names_a_path_of_a_machine() {
    let banned = [["/ho", "me/"], ["/Us", "ers/"], ["/ro", "ot/"], ["/wo", "rk/"], ["/t", "mp/"]];
    for path in rust_files().into_iter().chain(texts()) {
        let text = read(&path);
        for banned in banned.map(|pieces| pieces.concat()) {
            let mut found = text.match_indices(&banned).map(|(place, _)| &text[..place]);
            // A part of a URL or of a longer path is no place on a machine.
            let absolute = |before: &str| !before.ends_with(|it: char| it.is_alphanumeric());
            let found = found.any(absolute);
            assert!(!found, "{banned} is banned in {path}, use a path from the repository's root");
        }
    }
}

#[test]
fn suites_are_named_in_kebab_case() {
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    for path in files_under("suites").iter().filter(|path| has_extension(path, "scenario")) {
        for part in path.trim_end_matches(".scenario").split('/') {
            assert!(part.bytes().all(fits), "{part} is banned in {path}, use a-z, 0-9 and hyphens");
        }
    }
}

#[test]
fn the_code_map_names_every_module() {
    let map = read("ARCHITECTURE.md");
    for (folder, crate_root) in [("src", "src/lib.rs"), ("model/src", "model/src/lib.rs")] {
        for module in words_after(&read(crate_root), "pub mod ") {
            let listed = map.contains(&format!("`{module}`"));
            assert!(listed, "{folder}/{module}.rs is not in ARCHITECTURE.md: give it a line");
        }
    }
}

/// The first cells of the rows of the table under a heading of ARCHITECTURE.md, each as the words that
/// stand in backticks.
fn first_cells(page: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, below) = page.split_once(heading).unwrap_or_else(|| panic!("{heading} is missing"));
    let section = below.split("\n#").next().unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let words = |cell: &str| {
        let parts = cell.trim_end_matches('`').split("`, `");
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    cells.map(words).collect()
}

#[test]
fn the_code_map_stands_in_the_order_of_the_layers_and_names_what_exists() {
    let page = read("ARCHITECTURE.md");
    let maps = [
        ("### `src/`", "src", &LAYERS[..]),
        ("### `model/`", "model/src", &LAYERS_OF_THE_MODEL[..]),
    ];
    for (heading, folder, layers) in maps {
        let listed: Vec<String> = first_cells(&page, heading).concat();
        for module in &listed {
            let path = module.trim_end_matches("/*");
            let exists = root().join(folder).join(path).is_dir()
                || root().join(folder).join(format!("{path}.rs")).is_file();
            assert!(exists, "{folder}/{module} is in the code map of ARCHITECTURE.md, and is gone");
        }
        let modules: Vec<&str> =
            listed.iter().map(String::as_str).filter(|it| !it.contains('/')).collect();
        let mut sorted: Vec<&str> = layers.to_vec();
        sorted.sort_by_key(|it| modules.iter().position(|module| module == it));
        let pairs = sorted.iter().zip(layers);
        let moved: Vec<_> = pairs.filter(|(one, other)| one != other).collect();
        assert!(
            moved.is_empty(),
            "the code map of {folder} is not in the order of LAYERS: {moved:?}"
        );
    }
}

#[test]
fn the_diagram_names_modules() {
    let page = read("ARCHITECTURE.md");
    let diagram = page.split("```").nth(1).expect("it begins with a diagram");
    let boxes =
        ["suites", "explore", "run", "wire", "target", "model", "confirm", "shrink", "report"];
    for name in boxes {
        let exists = name == "model" || root().join(format!("src/{name}.rs")).is_file();
        assert!(exists && diagram.contains(name), "{name} is missing in the diagram or in src/");
    }
}

#[test]
fn the_glossary_has_a_line_for_each_term() {
    let page = read("ARCHITECTURE.md");
    let (_, glossary) = page.split_once("## Glossary").expect("it ends with a glossary");
    let rows =
        glossary.lines().filter(|line| line.starts_with("| ") && !line.contains("| meaning |"));
    let terms: Vec<&str> = rows.filter_map(|line| line.split(" | ").next()).collect();
    let mut sorted = terms.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(terms, sorted, "the glossary is in the order of the alphabet, without repeats");
    assert!((20..=40).contains(&terms.len()), "{} terms", terms.len());
}

/// The longest source file, in lines, but for lists of statics.
const LINES_MAX: usize = 600;

/// Files that are longer, each with the list that it is.
const LISTS: [(&str, &str); 7] = [
    ("model/src/operations.rs", "operations"),
    ("model/src/rules/image.rs", "rules"),
    ("model/src/rules/permission.rs", "rules"),
    ("model/src/rules/read.rs", "rules"),
    ("model/src/rules/security_group.rs", "rules"),
    ("model/src/rules/transit_gateway.rs", "rules"),
    ("src/reference/mutants/reads.rs", "mutants"),
];

#[test]
fn no_source_file_is_too_long_to_read() {
    let folders = ["src", "model/src"].into_iter().flat_map(files_under);
    for path in folders.filter(|path| has_extension(path, "rs")) {
        let lines = read(&path).lines().count();
        let is_list = LISTS.iter().any(|(list, _)| *list == path);
        assert!(lines <= LINES_MAX || is_list, "{path} has {lines} lines: split it");
        assert!(lines > LINES_MAX || !is_list, "{path} is short again: take it out of LISTS");
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = read("README.md");
    let cli = read("src/cli.rs");
    for command in words_after(&cli, "\nmod ") {
        let only_for_others = !cli.contains(&format!("({command}::"));
        let named = readme.contains(&format!("| `{command}"));
        assert!(only_for_others || named, "`{command}` is missing in the table of README.md");
    }
}

#[test]
fn the_first_commands_of_the_readme_are_checked() {
    let readme = read("README.md");
    let script = read(".ci/run");
    let place = |command: &str| {
        let place = readme.find(command);
        place.unwrap_or_else(|| panic!("README.md does not say `{command}`"))
    };
    assert!(place("cargo run -- check\n") < place("cargo test --workspace\n"));
    for command in ["cargo fmt --all --check", "cargo clippy ", "cargo test ", "cargo doc "] {
        assert!(script.contains(command), ".ci/run does not run `{command}`");
    }
}
