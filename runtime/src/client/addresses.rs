//! Where families of hosts are served, where that is not what the description says.

use super::Origin;
use crate::by_name::ByName;
use crate::operation::Host;

/// Where families of hosts are served. It is a trait so that a program which replaces no base URL links nothing of it.
pub(crate) trait Served: Send + Sync {
    /// Replaces the base URL of every family.
    fn replace_all(&mut self, origin: Origin);

    /// Replaces the base URL of one family.
    fn replace(&mut self, family: &str, origin: Origin);

    /// Names the backups of one family.
    fn back_up(&mut self, family: &str, origins: Vec<Origin>);

    /// Where a family is served, the backups last. Who replaces the first names the backups too, or has none.
    fn origins<'a>(&'a self, host: &'a Host, with_backups: bool) -> Vec<&'a str>;
}

/// What a builder was told.
#[derive(Default)]
pub(super) struct Addresses {
    base_url: Option<Origin>,
    base_urls: ByName<Origin>,
    backup_urls: ByName<Vec<Origin>>,
}

impl Served for Addresses {
    #[inline]
    fn replace_all(&mut self, origin: Origin) {
        self.base_url = Some(origin);
    }

    #[inline]
    fn replace(&mut self, family: &str, origin: Origin) {
        self.base_urls.insert(family.to_owned(), origin);
    }

    #[inline]
    fn back_up(&mut self, family: &str, origins: Vec<Origin>) {
        self.backup_urls.insert(family.to_owned(), origins);
    }

    #[inline]
    fn origins<'a>(&'a self, host: &'a Host, with_backups: bool) -> Vec<&'a str> {
        let replaced = self.base_urls.get(host.name);
        let replaced = replaced.or(self.base_url.as_ref());
        let mut origins = vec![replaced.map_or(host.base, Origin::as_str)];
        if with_backups {
            match self.backup_urls.get(host.name) {
                Some(given) => origins.extend(given.iter().map(Origin::as_str)),
                None if replaced.is_none() => origins.extend(host.backups),
                None => {}
            }
        }
        origins
    }
}
