//! The folder of a report, which holds all that was found from the moment on at which it was found.
//!
//! A file is there as a whole or not at all, whenever the process ends.

use std::io;
use std::path::{Path, PathBuf};

use crate::counterexample::Counterexample;
use crate::run::Finding;
use crate::scenario::{Item, Parsed};

/// The ending of the names of scenario files.
pub const ENDING: &str = "scenario";

/// The number of parts of an id: topic, phrase, kind, operation and role.
const PARTS_OF_AN_ID: usize = 5;

/// The folder of a report.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
}

/// The beginning of a file that holds a finding which was not confirmed.
const NOT_CONFIRMED: &str = "Not confirmed: ";

/// A scenario that an earlier run has left.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The name of its file, without the ending.
    pub name: String,
    /// The scenario.
    pub parsed: Parsed,
}

impl Stored {
    /// Whether these are the findings that it is about: by its name, or any, if it was named by hand.
    #[must_use]
    pub fn is_shown_by(&self, findings: &[Finding]) -> bool {
        let is_id = self.name.split('.').count() == PARTS_OF_AN_ID;
        findings.iter().any(|it| !is_id || it.origin().id() == self.name)
    }
}

impl Store {
    /// The store in a folder, which is made if there is none.
    ///
    /// # Errors
    ///
    /// The folder can't be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The path of a file in it.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Writes a file. Who reads it meanwhile reads the one before.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn write(&self, file: &str, content: &str) -> io::Result<()> {
        let aside = self.folder.join(format!(".{file}.{}", std::process::id()));
        let written = std::fs::write(&aside, content)
            .and_then(|()| std::fs::rename(&aside, self.folder.join(file)));
        if written.is_err() {
            let _gone = std::fs::remove_file(&aside);
        }
        written
    }

    /// Keeps a finding that was not confirmed so far, under the id that it was found with, and says why. A divergence
    /// that an earlier run has confirmed stays.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn keep_unconfirmed(&self, id: &str, found: &Counterexample, why: &str) -> io::Result<()> {
        if self.is_unconfirmed(id) == Some(false) {
            return Ok(());
        }
        let mut scenario = found.scenario.clone();
        scenario.items.insert(0, Item::Comment(format!("{NOT_CONFIRMED}{why}.")));
        self.write(&scenario_file(id), &scenario.to_string())
    }

    /// Keeps a divergence that was confirmed, in place of the finding that it was found by.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn keep(&self, found_as: &str, divergence: &Counterexample) -> io::Result<()> {
        self.write(&scenario_file(&divergence.id()), &divergence.scenario.to_string())?;
        self.forget(found_as);
        Ok(())
    }

    /// Removes a finding that was not confirmed.
    pub fn forget(&self, id: &str) {
        if self.is_unconfirmed(id) == Some(true) {
            // One that is gone already is as good.
            let _gone = std::fs::remove_file(self.path(&scenario_file(id)));
        }
    }

    /// Whether the file of an id holds a finding that was not confirmed; `None` if there is no such file.
    fn is_unconfirmed(&self, id: &str) -> Option<bool> {
        let text = std::fs::read_to_string(self.path(&scenario_file(id))).ok()?;
        Some(text.trim_start_matches(['#', ' ']).starts_with(NOT_CONFIRMED))
    }

    /// Returns the scenarios that earlier runs have left, by name; and the paths of those that can't be read.
    ///
    /// # Errors
    ///
    /// The folder can't be read.
    pub fn stored(&self) -> io::Result<(Vec<Stored>, Vec<PathBuf>)> {
        let (mut stored, mut unreadable) = (Vec::new(), Vec::new());
        for path in scenarios_in(&self.folder)? {
            let text = std::fs::read_to_string(&path).ok();
            let name = path.file_stem().map(|it| it.to_string_lossy().into_owned());
            let parsed =
                text.and_then(|text| Parsed::read(&path.display().to_string(), &text).ok());
            match (name, parsed) {
                (Some(name), Some(parsed)) => stored.push(Stored { name, parsed }),
                (_, _) => unreadable.push(path),
            }
        }
        Ok((stored, unreadable))
    }
}

/// The name of the scenario file of a divergence with this id.
#[must_use]
pub fn scenario_file(id: &str) -> String {
    format!("{id}.{ENDING}")
}

/// Returns the paths of the scenario files of a folder, in order.
///
/// # Errors
///
/// The folder can't be read.
pub fn scenarios_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        if path.extension().is_some_and(|it| it == ENDING) && !is_hidden {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests;
