//! The reproductions that `check` writes into the folder of its report.

use crate::counterexample::Counterexample;
use crate::repro::{self, Language};
use crate::store::Store;

use super::CliError;

/// The folder of reproductions, inside that of the report.
pub(super) const FOLDER: &str = "repro";

/// The file that says which reproductions there are not, and why.
const OMITTED: &str = "omitted.txt";

/// Writes the reproductions of divergences.
pub(super) async fn write(store: &Store, divergences: &[Counterexample]) -> Result<(), CliError> {
    if divergences.is_empty() {
        return Ok(());
    }
    let failed = |path: std::path::PathBuf, error: std::io::Error| CliError::File {
        doing: "write",
        path,
        cause: error.to_string(),
        help: "--report takes a folder that can be written to".to_owned(),
    };
    let folder = store.path(FOLDER);
    let inside = Store::open(&folder).map_err(|error| failed(folder, error))?;
    let save = |name: &str, content: &str| {
        inside.write(name, content).map_err(|error| failed(inside.path(name), error))
    };
    let mut omitted = String::new();
    for found in divergences {
        let id = found.id();
        for (language, rendered) in of(&id, found).await {
            let file = language.file(&id);
            match rendered {
                Ok(content) => save(&file, &content)?,
                Err(why) => omitted.extend([&file, ": ", &why.to_string(), "\n"]),
            }
        }
    }
    save(OMITTED, &omitted)
}

/// The reproductions of a divergence, or the reason that there is none.
async fn of(id: &str, found: &Counterexample) -> Vec<(Language, Result<String, repro::Omitted>)> {
    let text = found.scenario.to_string();
    let plan = match crate::scenario::Parsed::read(id, &text) {
        Ok(parsed) => Box::pin(repro::plan(id, &parsed, Some(&found.finding))).await,
        Err(error) => Err(repro::Omitted::because(error.to_string())),
    };
    let render = |language: Language| {
        plan.as_ref().map_err(Clone::clone).and_then(|plan| plan.render(language))
    };
    Language::ALL.map(|language| (language, render(language))).into()
}
