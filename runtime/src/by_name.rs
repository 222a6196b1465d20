//! What a client keeps for each host, or for each family of hosts.

/// Values by a name, sorted by it. There are a handful, so that a list is as fast as a tree, and far less code.
#[derive(Clone)]
pub(crate) struct ByName<T>(Vec<(String, T)>);

impl<T> ByName<T> {
    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let index = self.find(name).ok()?;
        self.0.get(index).map(|(_, value)| value)
    }

    /// The value of a name, made if there was none.
    pub(crate) fn entry(&mut self, name: &str) -> &mut T
    where
        T: Default,
    {
        let index = self.find(name).unwrap_or_else(|index| {
            self.0.insert(index, (name.to_owned(), T::default()));
            index
        });
        &mut self.0[index].1
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let index = self.find(name).ok()?;
        self.0.get_mut(index).map(|(_, value)| value)
    }

    /// Gives a name its value, in the place of the one that it had.
    pub(crate) fn insert(&mut self, name: String, value: T) {
        match self.find(&name) {
            Ok(index) => self.0[index].1 = value,
            Err(index) => self.0.insert(index, (name, value)),
        }
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Where a name is, or would be.
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl<T> IntoIterator for ByName<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_value() {
        let mut values = ByName::default();
        values.insert("hong-kong".to_owned(), 2);
        values.insert("default".to_owned(), 1);
        assert_eq!(values.names(), ["default", "hong-kong"]);
        values.insert("default".to_owned(), 3);
        assert_eq!(values.get("default"), Some(&3));
        assert_eq!(values.get("hong-kong"), Some(&2));
        *values.entry("brand") += 1;
        *values.entry("brand") += 1;
        assert_eq!(values.get_mut("brand"), Some(&mut 2));
        assert_eq!(values.names(), ["brand", "default", "hong-kong"]);
    }
}
