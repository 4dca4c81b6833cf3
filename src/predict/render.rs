//! A prediction as people read it.

use std::collections::BTreeSet;
use std::{fmt, iter};

use bellwether_model::Name;

use super::{
    Appearance, Change, PredictedClaim, PredictedField, PredictedRow, PredictedStep, Prediction,
};

/// The steps with their answers and what they change, the claims among them, and in the end a
/// table of the views of all accounts.
impl fmt::Display for Prediction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "world {}", self.world)?;
        let mut claims = self.claims.iter().peekable();
        for step in &self.steps {
            while let Some(claim) = claims.next_if(|claim| claim.line < step.line) {
                writeln!(formatter, "{claim}")?;
            }
            writeln!(formatter)?;
            writeln!(formatter, "{:>4}  {}", step.line, step.text)?;
            writeln!(formatter, "      {step}")?;
        }
        for claim in claims {
            writeln!(formatter, "{claim}")?;
        }
        self.table(formatter)?;
        match self.undecided {
            0 => Ok(()),
            1 => writeln!(formatter, "\n1 claim is undecided"),
            count => writeln!(formatter, "\n{count} claims are undecided"),
        }
    }
}

impl Prediction {
    fn table(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resources: BTreeSet<&Name> = self.views.values().flat_map(|it| it.keys()).collect();
        if resources.is_empty() {
            return Ok(());
        }
        let actors = self.shape.actors();
        let names = actors.iter().map(ToString::to_string);
        let mut rows: Vec<Vec<String>> = vec![iter::once(String::new()).chain(names).collect()];
        for resource in resources {
            let appearance = |actor| self.views.get(actor)?.get(resource).map(ToString::to_string);
            let appearances = actors.iter().map(|actor| appearance(actor).unwrap_or_default());
            rows.push(iter::once(resource.to_string()).chain(appearances).collect());
        }
        let widths = (0..=actors.len()).map(|column| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        });
        let widths: Vec<usize> = widths.collect();
        writeln!(formatter)?;
        for row in rows {
            let cells = row.iter().zip(&widths);
            let cells: Vec<String> = cells.map(|(it, width)| format!("{it:width$}")).collect();
            writeln!(formatter, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}

/// The line of a claim: its number, its text and whether it holds.
impl fmt::Display for PredictedClaim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holds = match self.holds {
            Some(true) => "holds",
            Some(false) => "DOES NOT HOLD",
            None => "undecided",
        };
        if self.text.starts_with('!') {
            write!(formatter, "      {}: {holds}", self.text)
        } else {
            write!(formatter, "{:>4}  {}: {holds}", self.line, self.text)
        }
    }
}

/// The answer: whether it is granted and why; on further lines what it expects and what changes.
impl fmt::Display for PredictedStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.rules.join(", ");
        match self.granted {
            Some(true) => write!(formatter, "granted ({rules}, {})", self.evidence)?,
            Some(false) => {
                let codes = self.codes.join(" or ");
                let likely = if self.any_code { "likely " } else { "" };
                write!(formatter, "refused, {likely}{codes} ({rules}, {})", self.evidence)?;
            }
            None => write!(formatter, "open ({rules})")?,
        }
        if !self.fields.is_empty() {
            let fields: Vec<String> = self.fields.iter().map(ToString::to_string).collect();
            write!(formatter, "\n      answers {}", fields.join(", "))?;
        }
        let words = [("lists", Some(true)), ("leaves out", Some(false)), ("may list", None)];
        for (word, listed) in words {
            let rows = self.rows.iter().filter(|row| row.listed == listed);
            let rows: Vec<String> = rows.map(ToString::to_string).collect();
            if !rows.is_empty() {
                write!(formatter, "\n      {word} {}", rows.join(", "))?;
            }
        }
        if !self.changes.is_empty() {
            write!(formatter, "\n      now {}", changed(&self.changes))?;
        }
        Ok(())
    }
}

/// Renders the changes of appearance, by account.
fn changed(changes: &[Change]) -> String {
    let of_one = changes.chunk_by(|one, next| one.actor == next.actor);
    let by_account = of_one.filter_map(|changes| {
        let actor = changes.first()?.actor;
        let resources = changes.iter().map(|it| format!("{} {}", it.resource, it.appearance));
        let resources: Vec<String> = resources.collect();
        Some(format!("{actor}: {}", resources.join(", ")))
    });
    by_account.collect::<Vec<_>>().join("; ")
}

/// The field's name and what it has to be.
impl fmt::Display for PredictedField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name, self.expected)
    }
}

/// Names the row, with its status where it has one, and the other fields that it expects in parentheses.
impl fmt::Display for PredictedRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.about)?;
        if self.listed == Some(false) {
            return Ok(());
        }
        let is_status = |name: &str| name.eq_ignore_ascii_case("status") || name == "State";
        let (status, others): (Vec<_>, Vec<_>) =
            self.fields.iter().partition(|field| is_status(field.name));
        for field in status {
            write!(formatter, " {}", field.expected)?;
        }
        if !others.is_empty() {
            let others: Vec<String> = others.into_iter().map(ToString::to_string).collect();
            write!(formatter, " ({})", others.join(", "))?;
        }
        Ok(())
    }
}

/// Renders the appearance, with a `?` where it is not judged, and the permitted uses.
impl fmt::Display for Appearance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubt = if self.judged { "" } else { "?" };
        write!(formatter, "{}{doubt}", self.seen)?;
        for word in &self.may {
            write!(formatter, "+{word}")?;
        }
        for word in &self.undecided {
            write!(formatter, "+{word}?")?;
        }
        Ok(())
    }
}
