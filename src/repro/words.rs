//! Names of the APIs as the languages spell them.

/// A name in small letters with underscores, as botocore and the SDK for Rust spell it.
pub(super) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut spelled = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).map(|it| letters[it]);
        let after = letters.get(place + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                let ends_capitals = before.is_ascii_uppercase()
                    && after.is_some_and(|after| {
                        after.is_ascii_lowercase() && !is_plural(&letters, place)
                    });
                !before.is_ascii_uppercase() || ends_capitals
            });
        if begins && !spelled.ends_with('_') {
            spelled.push('_');
        }
        spelled.push(letter.to_ascii_lowercase());
    }
    spelled
}

/// Whether a capital and what follows are an acronym's end and its plural, as in `VPCs`.
fn is_plural(letters: &[char], place: usize) -> bool {
    letters.get(place + 1) == Some(&'s')
        && letters.get(place + 2).is_none_or(char::is_ascii_uppercase)
}

/// A name in small letters with hyphens, as the AWS CLI spells it.
pub(super) fn kebab(name: &str) -> String {
    snake(name).replace('_', "-")
}

/// A name with a capital at its beginning.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The name of a shape as the SDK for Rust spells it.
pub(super) fn camel(name: &str) -> String {
    snake(name).split('_').map(capital).collect()
}

/// A name as an identifier: letters, digits and underscores.
pub(super) fn identifier(name: &str) -> String {
    let plain = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_clients_spell_them() {
        for (name, spelled) in [
            ("CreateSubnet", "create_subnet"),
            ("resourceShareArns", "resource_share_arns"),
            ("AssociateVPCWithHostedZone", "associate_vpc_with_hosted_zone"),
            ("VPCs", "vpcs"),
            ("VPCId", "vpc_id"),
            ("EnableAWSServiceAccess", "enable_aws_service_access"),
            ("Ipv4NetmaskLength", "ipv4_netmask_length"),
            ("ListHostedZonesByVPC", "list_hosted_zones_by_vpc"),
        ] {
            assert_eq!(snake(name), spelled);
        }
        assert_eq!(kebab("DescribeSubnets"), "describe-subnets");
        assert_eq!(camel("VPC"), "Vpc");
        assert_eq!(camel("HostedZoneConfig"), "HostedZoneConfig");
    }
}
