//! Tests of what is installed beside the command: its version, completions and manual pages.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{CONFORMS, Place, USAGE, check};

#[test]
fn the_version_names_the_commit_that_is_checked_out() {
    let ran = Place::new().run("--version").ends_with(CONFORMS);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Sources without a clone, as those of a container, name no commit, or the one that they were told.
    if !root.join(".git").exists() || option_env!("BELLWETHER_COMMIT").is_some() {
        return;
    }
    let head = Command::new("git")
        .args(["-c", "safe.directory=*", "rev-parse", "--short=12", "HEAD"])
        .current_dir(root)
        .output();
    let Ok(head) = head else { return };
    let commit = String::from_utf8(head.stdout).unwrap();
    let wanted = format!("bellwether {} ({}", env!("CARGO_PKG_VERSION"), commit.trim());
    assert!(ran.out.starts_with(&wanted), "{wanted}\n{}", ran.show());
}

#[test]
fn every_shell_gets_completions_that_know_commands_and_options() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&format!("completions {shell}")).ends_with(CONFORMS);
        for word in ["bellwether", "check", "replay", "endpoint", "mutants"] {
            assert!(ran.out.contains(word), "no {word} for {shell}");
        }
    }
    check(&place, "completions csh", USAGE, &["'csh'", "bash, elvish, fish, powershell, zsh"]);
}

#[test]
fn bash_reads_its_completions() {
    let script = Place::new().run("completions bash").ends_with(CONFORMS).out;
    let place = Place::new().with("completions.bash", script);
    let command = "source completions.bash && complete -p bellwether";
    let bash = Command::new("bash").args(["-ec", command]).current_dir(place.path()).output();
    let Ok(bash) = bash else { return };
    assert!(bash.status.success(), "{}", String::from_utf8_lossy(&bash.stderr));
}

#[test]
fn every_command_has_a_manual_page() {
    let place = Place::new();
    place.run("man pages/man1").ends_with(CONFORMS);
    let page = |name: &str| {
        let path = place.path().join("pages/man1").join(name);
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let whole = page("bellwether.1");
    for command in ["check", "completions", "explain", "init", "list", "man", "power", "predict"]
        .into_iter()
        .chain(["probe", "replay", "serve"])
    {
        let page = page(&format!("bellwether-{command}.1"));
        assert!(page.contains("Example: "), "{page}");
        assert!(whole.contains(&format!("bellwether\\-{command}(1)")), "{whole}");
    }
}

#[test]
fn manual_pages_are_not_written_over_a_file() {
    let place = Place::new().with("file", "");
    check(&place, "man file", USAGE, &["failed to write manual pages to file", "name a folder"]);
}

#[test]
fn a_reader_that_has_stopped_reading_completions_is_no_failure() {
    let mut child = Place::new().command("completions zsh").stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
