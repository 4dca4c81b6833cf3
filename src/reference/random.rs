//! Numbers and ids that look random and depend on their seed alone.

/// A number that looks random and is always the same for the same two.
#[must_use]
pub fn scramble(kind: u64, number: u64) -> u64 {
    let step = |value: u64| {
        let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    step(step(kind) ^ number)
}

/// A text that looks like a random UUID and is always the same for the same two numbers.
#[must_use]
pub fn uuid(kind: u64, number: u64) -> String {
    let high = scramble(kind, number);
    let low = scramble(kind ^ 1, high);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
    )
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn a_uuid_has_its_shape_and_differs_by_both_numbers() {
        let text = uuid(1, 2);
        assert_eq!(text.len(), 36);
        assert_eq!(&text[14..15], "4");
        assert_ne!(text, uuid(1, 3));
        assert_ne!(text, uuid(2, 2));
        assert_eq!(text, uuid(1, 2));
    }
}
