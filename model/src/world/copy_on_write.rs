//! Values that are shared between copies of a world until one of them is changed.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A value that its clones share, and that is copied when one of them is changed.
///
/// Exploration copies a world for every step that it tries, and a step changes one or two of a world's
/// maps: a copy costs a few counters, and comparing a copy with its original as many pointers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyOnWrite<T>(Arc<T>);

impl<T> From<T> for CopyOnWrite<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Deref for CopyOnWrite<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for CopyOnWrite<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

#[expect(clippy::into_iter_without_iter, reason = "the value has its own")]
impl<'a, T> IntoIterator for &'a CopyOnWrite<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&**self).into_iter()
    }
}

#[expect(clippy::into_iter_without_iter, reason = "the value has its own")]
impl<'a, T: Clone> IntoIterator for &'a mut CopyOnWrite<T>
where
    &'a mut T: IntoIterator,
{
    type Item = <&'a mut T as IntoIterator>::Item;
    type IntoIter = <&'a mut T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&mut **self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_the_original_until_either_is_changed() {
        let original = CopyOnWrite::from(vec![1]);
        let mut copy = original.clone();
        assert!(Arc::ptr_eq(&original.0, &copy.0));
        copy.push(2);
        assert_eq!((original.as_slice(), copy.as_slice()), ([1].as_slice(), [1, 2].as_slice()));
        assert_ne!(original, copy);
    }
}
