//! Tests of the files that packages are built from: they can be read, and name what exists.

use toml::Table;

use super::{files_under, has_extension, read, root};

fn table(path: &str) -> Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// The text at a path of keys.
fn text<'t>(table: &'t Table, path: &[&str]) -> &'t str {
    let (last, tables) = path.split_last().expect("a path has a key");
    let inner = tables.iter().fold(table, |table, key| {
        table.get(*key).and_then(toml::Value::as_table).unwrap_or_else(|| panic!("no {key}"))
    });
    inner.get(*last).and_then(toml::Value::as_str).unwrap_or_else(|| panic!("no {path:?}"))
}

/// The paths in `packaging/` that a text names.
fn packaging_paths(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| it.is_whitespace() || "\"'`()".contains(it));
    let words = words.map(|word| word.trim_end_matches(['.', ',', ':', ';']));
    words.filter(|word| word.starts_with("packaging/"))
}

#[test]
fn the_wheel_carries_the_binary_of_this_crate() {
    let wheel = table("packaging/pyproject.toml");
    let cargo = table("Cargo.toml");
    assert_eq!(text(&wheel, &["tool", "maturin", "bindings"]), "bin");
    assert_eq!(
        text(&wheel, &["project", "description"]),
        text(&cargo, &["package", "description"])
    );
    let license = text(&cargo, &["workspace", "package", "license"]);
    assert_eq!(text(&wheel, &["project", "license"]), license);
    let manifest = text(&wheel, &["tool", "maturin", "manifest-path"]);
    assert!(exists(&format!("packaging/{manifest}")), "{manifest}");
    let profile = text(&wheel, &["tool", "maturin", "profile"]);
    assert!(cargo["profile"].get(profile).is_some(), "Cargo.toml has no profile {profile}");
}

/// The sources that the image is built from, as the lines of `COPY` name them.
fn copied() -> Vec<String> {
    let file = read("packaging/Containerfile");
    let lines = file.lines().filter_map(|line| line.strip_prefix("COPY "));
    let lines = lines.filter(|line| !line.starts_with("--from"));
    let sources = lines.flat_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words[..words.len() - 1].iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()
    });
    sources.collect()
}

#[test]
fn the_image_is_built_from_sources_that_exist_and_are_not_ignored() {
    let ignored = read("packaging/Containerfile.dockerignore");
    let kept: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert_eq!(kept.len(), copied().len());
    for source in copied() {
        assert!(exists(&source), "{source} is copied into the image, and is gone");
        assert!(kept.contains(&source.as_str()), "{source} is ignored");
    }
}

#[test]
fn the_image_is_built_from_all_that_cargo_reads() {
    let cargo = table("Cargo.toml");
    let members = cargo["workspace"]["members"].as_array().expect("members are a list");
    let members = members.iter().filter_map(toml::Value::as_str);
    let copied = copied();
    for needed in members.chain(["Cargo.toml", "Cargo.lock", "src", "suites", "benches"]) {
        assert!(copied.iter().any(|it| it == needed), "packaging/Containerfile lacks {needed}");
    }
}

#[test]
fn the_image_does_not_run_as_root() {
    let file = read("packaging/Containerfile");
    let (_, last_stage) = file.rsplit_once("\nFROM ").expect("it has stages");
    let user = last_stage.lines().find_map(|line| line.strip_prefix("USER "));
    let user: Option<u32> = user.and_then(|user| user.parse().ok());
    assert!(user.is_some_and(|user| user != 0), "{user:?}");
}

#[test]
fn texts_about_packages_name_files_that_exist() {
    let mut texts = files_under(".github");
    texts.extend(files_under("packaging"));
    texts.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ".ci/run"].map(Into::into));
    for path in texts.iter().filter(|path| !has_extension(path, "rs")) {
        for named in packaging_paths(&read(path)) {
            assert!(exists(named), "{path} names {named}, which does not exist");
        }
    }
}

#[test]
fn a_release_is_built_with_checksums_and_provenance_for_each_platform() {
    let workflow = read(".github/workflows/release.yml");
    for needed in [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
        "sha256sum",
        "attest-build-provenance",
    ] {
        assert!(workflow.contains(needed), "the release lacks {needed}");
    }
}

#[test]
fn binstall_looks_for_archives_by_the_names_that_they_are_given() {
    let cargo = table("Cargo.toml");
    let url = text(&cargo, &["package", "metadata", "binstall", "pkg-url"]);
    let folder = text(&cargo, &["package", "metadata", "binstall", "bin-dir"]);
    let script = read("packaging/archive.sh");
    assert!(script.contains("name=bellwether-$version-$target\n"));
    assert!(url.ends_with("/bellwether-{ version }-{ target }.{ archive-format }"), "{url}");
    assert!(folder.starts_with("bellwether-{ version }-{ target }/"), "{folder}");
}
