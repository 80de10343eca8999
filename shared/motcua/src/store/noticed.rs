//! Notices as a process read them at most a minute ago: for pages that anybody may open.

use std::sync::Arc;

use jiff::Timestamp;

use super::item::read;
use super::{Error, Key, NoticePage, Store};
use crate::kept::Kept;
use rules::id::AgencyCode;
use rules::notice::Notice;

/// The most notices that a process keeps. The longest has some 200 KB.
const MOST_NOTICES: usize = 64;
/// The most pages of lists that a process keeps.
const MOST_PAGES: usize = 32;

/// A notice: the agency, the number, and the version; the newest if there is none.
type Name = (AgencyCode, u32, Option<u32>);
/// A page of a list: the agency, the number below which it begins, and how many cards it has.
type Place = (AgencyCode, Option<u32>, usize);

/// Things that the process keeps. A number under which nothing lies is kept too.
#[derive(Debug)]
pub(super) struct Noticed {
    notices: Kept<Name, Option<Arc<Notice>>>,
    pages: Kept<Place, Arc<NoticePage>>,
}

impl Default for Noticed {
    fn default() -> Self {
        Self { notices: Kept::new(MOST_NOTICES), pages: Kept::new(MOST_PAGES) }
    }
}

impl Noticed {
    /// Forgets what this process itself has changed.
    pub(super) fn forget(&self, agency: &AgencyCode, number: u32) {
        self.notices.retain(|(of, notice, _)| of != agency || *notice != number);
        self.pages.retain(|(of, ..)| of != agency);
    }
}

impl Store {
    /// Reads a notice as it was at most a minute ago: one version of it, or the newest.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notice_lately(
        &self,
        agency: &AgencyCode,
        (number, version): (u32, Option<u32>),
        now: Timestamp,
    ) -> Result<Option<Arc<Notice>>, Error> {
        let name = (agency.clone(), number, version);
        if let Some(kept) = self.noticed.notices.get(&name, now) {
            return Ok(kept);
        }
        let found = match version {
            Some(version) => self.notice_version(agency, number, version).await?,
            None => self.notice(agency, number).await?,
        };
        let found = found.map(Arc::new);
        self.noticed.notices.keep(name, found.clone(), now);
        Ok(found)
    }

    /// Reads the newest versions of these notices as they were at most a minute ago, in their order. Those that are not
    /// kept are read by one call; a number of none is left out.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notices_whole_lately(
        &self,
        agency: &AgencyCode,
        numbers: &[u32],
        now: Timestamp,
    ) -> Result<Vec<Arc<Notice>>, Error> {
        let name = |number: u32| (agency.clone(), number, None);
        let kept: Vec<_> = numbers.iter().map(|it| (*it, self.noticed.notices.get(&name(*it), now))).collect();
        let missing: Vec<_> = kept.iter().filter(|(_, kept)| kept.is_none()).map(|(number, _)| *number).collect();
        let keys: Vec<_> = missing.iter().map(|number| Key::notice(agency, *number)).collect();
        let found = self.all_lately(&keys).await?;
        let mut notices = Vec::new();
        for (number, kept) in kept {
            let notice = match kept {
                Some(notice) => notice,
                None => {
                    let item = found.get(&Key::notice(agency, number));
                    let notice = item.map(|item| read(item, "notice")).transpose()?.map(Arc::new);
                    self.noticed.notices.keep(name(number), notice.clone(), now);
                    notice
                }
            };
            notices.extend(notice);
        }
        Ok(notices)
    }

    /// Reads a page of cards as it was at most a minute ago, newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notice_page_lately(
        &self,
        agency: &AgencyCode,
        (below, most): (Option<u32>, usize),
        now: Timestamp,
    ) -> Result<Arc<NoticePage>, Error> {
        let place = (agency.clone(), below, most);
        if let Some(kept) = self.noticed.pages.get(&place, now) {
            return Ok(kept);
        }
        let page = Arc::new(self.notices(agency, below, most).await?);
        self.noticed.pages.keep(place, Arc::clone(&page), now);
        Ok(page)
    }
}
