//! Parameters as EC2's requests spell them: `Filter.1.Value.2=...`.

use std::collections::BTreeMap;

/// The parameters of a request, or those of one member of a list in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Form<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Form<'a> {
    /// The parameters of a whole request.
    pub(super) fn new(pairs: &'a [(String, String)]) -> Self {
        let pairs = pairs.iter();
        Self(pairs.map(|(key, value)| (key.as_str(), value.as_str())).collect())
    }

    /// The value of a parameter; `None` if it is missing or empty.
    pub(super) fn value(&self, key: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    /// The members of a list of structures, in the order of their numbers.
    pub(super) fn members(&self, list: &str) -> Vec<Self> {
        let mut members: BTreeMap<u32, Vec<(&'a str, &'a str)>> = BTreeMap::new();
        for (key, value) in &self.0 {
            let inside = key.strip_prefix(list).and_then(|it| it.strip_prefix('.'));
            let Some(inside) = inside else { continue };
            let (number, rest) = inside.split_once('.').unwrap_or((inside, ""));
            if let Ok(number) = number.parse() {
                members.entry(number).or_default().push((rest, value));
            }
        }
        members.into_values().map(Self).collect()
    }

    /// The members of a list of texts, in the order of their numbers.
    pub(super) fn list(&self, list: &str) -> Vec<&'a str> {
        let members = self.members(list);
        members.iter().filter_map(|it| it.value("")).collect()
    }

    /// The first value of a parameter whose name has this word in it, or the empty text.
    pub(super) fn mentioned(&self, word: &str) -> &'a str {
        let found = self.0.iter().find(|(name, _)| name.contains(word));
        found.map_or("", |(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    fn pairs(text: &str) -> Vec<(String, String)> {
        crate::reference::query::form(text.as_bytes())
    }

    #[test]
    fn members_come_in_the_order_of_their_numbers() {
        let pairs = pairs("Id.10=c&Id.2=b&Id.1=a&Identity.1=no&Id.x=no");
        assert_eq!(Form::new(&pairs).list("Id"), ["a", "b", "c"]);
    }

    #[test]
    fn a_list_of_structures_is_read_member_by_member() {
        let pairs =
            pairs("Filter.1.Name=vpc-id&Filter.1.Value.1=a&Filter.1.Value.2=b&Filter.2.Name=state");
        let filters = Form::new(&pairs).members("Filter");
        assert_eq!(filters.len(), 2);
        assert_eq!(filters[0].value("Name"), Some("vpc-id"));
        assert_eq!(filters[0].list("Value"), ["a", "b"]);
        assert_eq!(filters[1].list("Value"), [""; 0]);
    }

    #[test]
    fn an_empty_value_counts_as_missing() {
        let pairs = pairs("VpcId=&SubnetId.1=");
        let form = Form::new(&pairs);
        assert_eq!(form.value("VpcId"), None);
        assert_eq!(form.list("SubnetId"), [""; 0]);
    }
}
