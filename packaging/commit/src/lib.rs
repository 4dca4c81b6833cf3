//! The commit that a package is built from, as a macro.
//!
//! A build script could find it too. But a build script that runs again has its whole package compiled
//! again, library and tests, after each commit. A macro has only the crate compiled again that calls it,
//! which is the few lines of `src/main.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro::TokenStream;

/// The length of a commit's id as it is shown.
const DIGITS: usize = 12;

/// The file in which cargo writes down the commit of a package that it publishes.
const PUBLISHED: &str = ".cargo_vcs_info.json";

/// Expands to an `Option<&'static str>`: the commit that the calling package is built from, and whether
/// its files have been changed since.
///
/// `BELLWETHER_COMMIT` comes first, for builds that have the sources alone. Otherwise it is what git says
/// of the clone that the package's folder is the root of, or what cargo wrote into a published package.
/// It is `None` if there is neither.
///
/// # Panics
///
/// If the expression is no Rust, which is a bug of this crate.
#[proc_macro]
pub fn commit(_: TokenStream) -> TokenStream {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let built_from = BuiltFrom::of(&folder);
    built_from.expression().parse().unwrap_or_else(|error| panic!("{error}"))
}

/// The commit of a package, and the file that changes when it does.
#[derive(Debug, Default, PartialEq, Eq)]
struct BuiltFrom {
    commit: Option<String>,
    file: Option<PathBuf>,
}

impl BuiltFrom {
    fn of(folder: &Path) -> Self {
        // A folder inside the clone of something else, as a registry's in a home under version control,
        // has nothing to do with the commit of that clone.
        if folder.join(".git").exists() {
            return Self::of_clone(folder);
        }
        let published = std::fs::read_to_string(folder.join(PUBLISHED)).ok();
        let id = published.as_deref().and_then(|text| text.split("\"sha1\": \"").nth(1));
        Self { commit: id.and_then(|id| id.get(..DIGITS)).map(str::to_owned), file: None }
    }

    fn of_clone(folder: &Path) -> Self {
        let Some(mut commit) = git(folder, &["rev-parse", &format!("--short={DIGITS}"), "HEAD"])
        else {
            return Self::default();
        };
        let changes = git(folder, &["status", "--porcelain", "--untracked-files=no"]);
        if changes.is_some_and(|changes| !changes.is_empty()) {
            commit.push_str(" with changes");
        }
        // Git writes a line into this log whenever another commit is checked out or made. A change of a
        // source needs no file here: the sources are the library's.
        let log = git(folder, &["rev-parse", "--git-path", "logs/HEAD"]).map(|it| folder.join(it));
        Self { commit: Some(commit), file: log.filter(|log| log.exists()) }
    }

    /// Rust code for the commit. Its value is that of a literal; the file is named so that the compiler
    /// takes it for one that the crate depends on.
    fn expression(&self) -> String {
        let mut code = "{".to_owned();
        if let Some(file) = &self.file {
            // Writing to a string never fails.
            let _ =
                write!(code, "const _: &[u8] = include_bytes!({:?});", file.display().to_string());
        }
        let _ = write!(
            code,
            "match option_env!(\"BELLWETHER_COMMIT\") {{ \
                Some(given) if !given.is_empty() => Some(given), \
                _ => {:?} as Option<&'static str> }} }}",
            self.commit
        );
        code
    }
}

/// The output of a command of git in a folder, without the line break at its end; `None` if it fails.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    // In a container, the sources belong to another user than the one that builds.
    command.args(["-c", "safe.directory=*", "--no-optional-locks"]);
    // A hook of git has these set, and they would come before the folder.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    let text = output.status.success().then(|| String::from_utf8(output.stdout).ok())??;
    Some(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{BuiltFrom, PUBLISHED, git};

    /// A new and empty folder, beside the binary of these tests.
    fn folder(name: &str) -> PathBuf {
        let tests = std::env::current_exe().expect("the tests are a file");
        let folder = tests.with_extension("folders").join(name);
        let _gone_before = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder of the tests can be written to");
        folder
    }

    fn write(path: &Path, text: &str) {
        std::fs::write(path, text).expect("the folder of the tests can be written to");
    }

    /// A clone with one commit, if there is git; and the id of the commit.
    fn clone(name: &str) -> Option<(PathBuf, String)> {
        let folder = folder(name);
        git(&folder, &["init", "--quiet"])?;
        write(&folder.join("file"), "one");
        git(&folder, &["add", "file"])?;
        let author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        git(&folder, &[&author[..], &["commit", "--quiet", "-m", "tests: add a file"]].concat())?;
        let id = git(&folder, &["rev-parse", "--short=12", "HEAD"])?;
        Some((folder, id))
    }

    #[test]
    fn a_clone_is_built_from_the_commit_that_is_checked_out() {
        let Some((folder, id)) = clone("clean") else { return };
        let built_from = BuiltFrom::of(&folder);
        assert_eq!(built_from.commit, Some(id));
        assert_eq!(built_from.file, Some(folder.join(".git/logs/HEAD")));
    }

    #[test]
    fn a_changed_clone_says_so() {
        let Some((folder, id)) = clone("changed") else { return };
        write(&folder.join("file"), "two");
        assert_eq!(BuiltFrom::of(&folder).commit, Some(format!("{id} with changes")));
    }

    #[test]
    fn a_folder_inside_a_clone_is_not_built_from_its_commit() {
        let Some((folder, _)) = clone("outer") else { return };
        let inner = folder.join("inner");
        std::fs::create_dir_all(&inner).expect("the clone can be written to");
        assert_eq!(BuiltFrom::of(&inner), BuiltFrom::default());
    }

    #[test]
    fn a_published_package_is_built_from_the_commit_that_cargo_wrote_into_it() {
        let folder = folder("published");
        let text =
            "{\n  \"git\": {\n    \"sha1\": \"0123456789abcdef0123456789abcdef01234567\"\n  }\n}";
        write(&folder.join(PUBLISHED), text);
        assert_eq!(BuiltFrom::of(&folder).commit.as_deref(), Some("0123456789ab"));
    }

    #[test]
    fn sources_alone_have_no_commit() {
        let expression = BuiltFrom::default().expression();
        assert!(expression.contains("None as Option"), "{expression}");
        assert!(!expression.contains("include_bytes"), "{expression}");
    }

    #[test]
    fn a_crate_depends_on_the_file_that_changes_with_its_commit() {
        let file = Some(PathBuf::from(".git/logs/HEAD"));
        let expression = BuiltFrom { commit: Some("0123".to_owned()), file }.expression();
        assert!(expression.contains("include_bytes!(\".git/logs/HEAD\")"), "{expression}");
        assert!(expression.contains("Some(\"0123\")"), "{expression}");
    }
}
