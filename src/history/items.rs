//! The items of an array in a JSON file, one after the other: what was read is handed on before the rest of the
//! file is, so that a file of any length takes the memory of one item, and one that is cut gives what it has.

use std::fmt;
use std::io;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{Opened, Unreadable};

/// Hands on the items of the array at this path of members, each with its number, counted from 1.
///
/// # Errors
///
/// The file can't be read.
pub(super) fn read<T: DeserializeOwned>(
    opened: &Opened,
    path: &[&str],
    each: &mut dyn FnMut(usize, T),
) -> io::Result<Option<Unreadable>> {
    let mut reader = serde_json::Deserializer::from_reader(opened.content()?);
    let mut count = 0;
    let mut numbered = |item| {
        count += 1;
        each(count, item);
    };
    let at = At { path, each: &mut numbered };
    match at.deserialize(&mut reader).and_then(|()| reader.end()) {
        Ok(()) => Ok(None),
        Err(error) => unreadable(opened, error),
    }
}

/// What can't be read of a file because of this error.
///
/// # Errors
///
/// The file itself can't be read.
pub(super) fn unreadable(
    opened: &Opened,
    error: serde_json::Error,
) -> io::Result<Option<Unreadable>> {
    if error.is_io() {
        return Err(error.into());
    }
    let why = format!("the JSON can't be read from here on: {error}");
    Ok(Some(Unreadable { place: opened.place(error.line().max(1)), why }))
}

/// The array at a path.
struct At<'a, T> {
    path: &'a [&'a str],
    each: &'a mut dyn FnMut(T),
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for At<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.is_empty() {
            deserializer.deserialize_seq(self)
        } else {
            deserializer.deserialize_map(self)
        }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for At<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.first() {
            Some(member) => write!(formatter, "an object with the member {member}"),
            None => formatter.write_str("an array"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.path.split_first() else { return Ok(()) };
        while let Some(name) = members.next_key::<String>()? {
            if name == *first {
                members.next_value_seed(At { path: rest, each: &mut *self.each })?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.each)(item);
        }
        Ok(())
    }
}
