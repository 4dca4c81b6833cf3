//! The rules of this repository that the compiler does not know, as tests.
//!
//! A message says what to do: "X is banned, use Y".

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bellwether_model::operations::OPERATIONS;
use bellwether_model::rules::{self, Codes, Decides};

/// The modules of `src/`, each with the others that it may use; what a line names stands above it.
///
/// ARCHITECTURE.md explains the order. Tests inside a module may use what they need.
const LAYERS: &[(&str, &[&str])] = &[
    ("reference", &[]),
    ("clock", &["reference"]),
    ("connector", &["reference"]),
    ("serve", &["reference"]),
    ("scenario", &[]),
    ("predict", &["scenario"]),
    ("capabilities", &[]),
    ("wire", &["clock"]),
    ("target", &["clock", "connector", "reference", "wire"]),
    ("config", &["scenario", "target"]),
    ("targets", &["config", "reference", "target"]),
    ("probe", &["capabilities", "scenario", "target", "wire"]),
    ("run", &["capabilities", "clock", "scenario", "target", "wire"]),
    ("replay", &["run", "scenario", "target"]),
    ("explore", &["capabilities", "run", "scenario"]),
    ("suites", &["capabilities", "explore", "scenario"]),
    ("shrink", &["explore", "run", "scenario", "target"]),
    ("event", &["capabilities", "run"]),
    ("check", &["capabilities", "event", "explore", "probe", "run", "shrink", "suites", "target"]),
    (
        "report",
        &[
            "capabilities",
            "check",
            "event",
            "predict",
            "run",
            "scenario",
            "suites",
            "target",
            "targets",
        ],
    ),
    (
        "power",
        &[
            "capabilities",
            "check",
            "event",
            "explore",
            "reference",
            "report",
            "run",
            "scenario",
            "shrink",
            "suites",
            "target",
        ],
    ),
    (
        "cli",
        &[
            "capabilities",
            "check",
            "config",
            "explore",
            "power",
            "predict",
            "probe",
            "reference",
            "replay",
            "report",
            "run",
            "scenario",
            "serve",
            "suites",
            "target",
            "targets",
        ],
    ),
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
    let folders = ["src", "model", "suites", "benches"].into_iter().flat_map(files_under);
    folders.filter(|path| has_extension(path, "rs")).collect()
}

/// What people read: documents, scenarios, configuration and scripts.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = ["README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG"]
        .map(|name| format!("{name}.md"))
        .into();
    texts.extend(["Cargo.toml", "model/Cargo.toml", "clippy.toml", "deny.toml"].map(Into::into));
    let folders = [".ci", "docs", "snapshots", "src", "suites"].into_iter().flat_map(files_under);
    texts.extend(folders.filter(|path| !has_extension(path, "rs")));
    texts
}

/// A file's text without its tests.
fn code(path: &str) -> String {
    if stem(path) == "tests" || path.starts_with("suites/") || path.contains("benches/") {
        return String::new();
    }
    let text = read(path);
    // Items behind the attribute stand at the end; a lone `mod tests;` may stand anywhere.
    let cut = text
        .find("#[cfg(test)]\nmod tests {")
        .or_else(|| text.find("#[cfg(test)]\npub(crate) mod"));
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

/// The modules of `src/` that each module of `src/` uses.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files_under("src").iter().filter(|path| has_extension(path, "rs")) {
        let module = path.split('/').nth(1).map(stem).unwrap_or_default();
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let code = uncommented(path);
        let used = words_after(&code, "crate::").filter(|used| *used != module && !used.is_empty());
        modules.entry(module.to_owned()).or_default().extend(used.map(str::to_owned));
    }
    modules
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    for (module, used) in uses() {
        let Some(allowed) = layers.get(module.as_str()) else {
            panic!("src/{module}.rs has no layer: give it a line in LAYERS, and in ARCHITECTURE.md")
        };
        for used in used {
            assert!(
                allowed.contains(&used.as_str()),
                "crate::{used} is banned in src/{module}, use what stands below it: {allowed:?}"
            );
        }
    }
}

#[test]
fn the_layers_say_no_more_than_is_used() {
    let modules = uses();
    for (module, allowed) in LAYERS {
        let Some(used) = modules.get(*module) else {
            panic!("src/{module}.rs is gone: take its line out of LAYERS")
        };
        for allowed in *allowed {
            assert!(
                used.contains(*allowed),
                "src/{module} no longer uses {allowed}: take it out of LAYERS"
            );
        }
    }
}

#[test]
fn the_layers_have_no_way_back_up() {
    let mut above = BTreeSet::new();
    for (module, allowed) in LAYERS {
        for used in *allowed {
            let upwards = !above.contains(used);
            assert!(!upwards, "{module} uses {used}, which stands below it in LAYERS");
        }
        above.insert(*module);
    }
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
    let used = &uses()["run"];
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
            assert!(
                inline || stems.contains(module),
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
                assert!(declared.is_some(), "{code} of {} is no exception of RAM", rule.name);
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

#[test]
fn nothing_is_left_for_later() {
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
fn no_text_names_a_place_on_somebodys_machine() {
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
fn the_first_commands_of_the_readme_are_what_is_checked() {
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
