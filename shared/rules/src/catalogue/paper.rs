//! The check-list of papers.

use serde::{Deserialize, Serialize};

use crate::message::plain;

/// A paper of the check-list (thành phần hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// `MaThanhPhanHoSo`.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English; empty if the catalogue gives none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Number of copies to be filed.
    #[serde(default = "Paper::default_copies")]
    pub copies: u32,
    /// Kind that is filed.
    #[serde(default)]
    pub kind: PaperKind,
    /// The form to fill in: its address for downloading, or its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The case in which it is needed, in Vietnamese; `None` if it always is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_vi: Option<String>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_en: Option<String>,
}

/// Kind in which a paper is filed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// Bản chính.
    #[default]
    Original,
    /// Bản sao.
    Copy,
}

impl Paper {
    /// Returns a paper of which only code and name are known: one original that is always needed.
    #[must_use]
    pub fn named(code: &str, name_vi: &str) -> Self {
        Self {
            code: code.to_owned(),
            name_vi: name_vi.to_owned(),
            name_en: String::new(),
            copies: Self::default_copies(),
            kind: PaperKind::default(),
            form: None,
            when_vi: None,
            when_en: None,
        }
    }

    pub(in crate::catalogue) fn default_copies() -> u32 {
        1
    }

    /// Returns its name in Vietnamese and in English; a name that is missing in English is the Vietnamese one.
    #[must_use]
    pub fn names(&self) -> [&str; 2] {
        let english = if self.name_en.is_empty() { &self.name_vi } else { &self.name_en };
        [&self.name_vi, english]
    }

    /// Returns the case in which it is needed, in both languages; `None` if it always is.
    #[must_use]
    pub fn when(&self) -> Option<[&str; 2]> {
        let vietnamese = self.when_vi.as_deref()?;
        Some([vietnamese, self.when_en.as_deref().unwrap_or(vietnamese)])
    }

    /// Returns the address at which its form can be downloaded, if the catalogue gives one.
    #[must_use]
    pub fn form_address(&self) -> Option<&str> {
        self.form.as_deref().filter(|form| crate::attachment::is_safe(form))
    }
}

/// Returns the letters and digits of a text, without marks and in lower case.
fn bare(text: &str) -> String {
    plain(text).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Returns the one paper that a file of this name shows.
pub(super) fn named<'p>(papers: &'p [Paper], name: &str) -> Option<&'p Paper> {
    let without_ending = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 4).map_or(name, |(stem, _)| stem);
    let sought = [bare(name), bare(without_ending)];
    let fits = |paper: &&Paper| {
        let own = [&paper.code, &paper.name_vi, &paper.name_en].map(|own| bare(own));
        own.iter().any(|own| !own.is_empty() && sought.contains(own))
    };
    let mut fitting = papers.iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_put_to_the_paper_of_its_code_or_else_of_its_name() {
        let english = Paper { name_en: "Drawings".into(), ..Paper::named("P2", "Bản vẽ thiết kế") };
        let list = [
            Paper::named("P1", "Đơn đề nghị"),
            english,
            Paper::named("P3", "Giấy khác"),
            Paper::named("P4", "Giấy khác"),
        ];
        let put = |name: &str| named(&list, name).map(|paper| paper.code.as_str());
        for name in ["Đơn đề nghị", "don de nghi.pdf", "DON_DE_NGHI.PDF", "P1.pdf", " Đơn  đề nghị .docx"]
        {
            assert_eq!(put(name), Some("P1"), "{name}");
        }
        assert_eq!([put("drawings.dwg"), put("bản-vẽ-thiết-kế")], [Some("P2"); 2]);
        // A name of two papers, a name of none, and no name at all.
        assert_eq!([put("giấy khác.pdf"), put("anh-hien-trang.jpg"), put(""), put(".pdf")], [None; 4]);
    }
}
