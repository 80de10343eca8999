//! Texts about files, in Vietnamese and in English.

use rules::language::Language;

use super::Done;
use super::sent::Unfit;
use rules::language::Both;

/// A length in bytes as people read it: whole kilobytes, or megabytes to a tenth; rounded up, so that nothing is 0.
pub(super) fn size(bytes: u64, lang: Language) -> String {
    const KB: u64 = 1024;
    const MB: u64 = KB * 1024;
    if bytes < KB {
        return format!("{bytes} B");
    }
    if bytes < MB {
        return format!("{} KB", bytes.div_ceil(KB));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(MB);
    let comma = if lang == Language::En { '.' } else { ',' };
    format!("{}{comma}{} MB", tenths / 10, tenths % 10)
}

/// Notice of what was done just now.
pub(crate) fn done(done: Done) -> Both {
    match done {
        Done::Now => ["Đã lưu bản quét.", "The scan is stored."],
        Done::Before => [
            "Bản quét này đã được lưu từ trước; không lưu lần nữa.",
            "This scan was stored before; it is not stored again.",
        ],
    }
}

impl Unfit {
    /// Reason why a file was not stored, and what to do.
    pub(crate) fn told(self) -> Both {
        match self {
            Self::NoFile => ["Chưa chọn tệp.", "No file was chosen."],
            Self::Empty => ["Tệp rỗng, không có nội dung. Hãy quét lại.", "The file is empty. Scan the paper again."],
            Self::TooLarge => [
                "Tệp lớn hơn 4 MB. Hãy quét với độ phân giải thấp hơn hoặc chia thành nhiều tệp.",
                "The file is longer than 4 MB. Scan it at a lower resolution, or in several files.",
            ],
            Self::OtherKind => [
                "Nội dung tệp không phải PDF, JPEG hay PNG, dù tên tệp là gì. Hãy quét hoặc xuất lại thành một trong ba loại đó.",
                "Whatever it is called, the file is neither PDF nor JPEG nor PNG. Scan or export it again as one of these.",
            ],
            Self::UnknownPaper => [
                "Hồ sơ này không có giấy tờ đó. Hãy chọn trong danh sách, hoặc chọn giấy tờ khác và ghi tên.",
                "The dossier has no such paper. Choose one of the list, or another paper with its name.",
            ],
            Self::NoName => ["Giấy tờ khác cần có tên hiển thị.", "Another paper needs a name to be shown under."],
            Self::LongName => ["Tên hiển thị dài quá 200 ký tự.", "The shown name is longer than 200 characters."],
            Self::TooMany => ["Hồ sơ đã có 200 tệp, không nhận thêm.", "The dossier has 200 files and takes no more."],
            Self::NoPlace => [
                "Cấu hình chưa có nơi lưu bản quét (papers_bucket). Hãy báo quản trị viên.",
                "The configuration names no place for scans (papers_bucket). Tell the administrator.",
            ],
            Self::Away => [
                "Kho tệp chưa trả lời. Thử lại sau ít giây; gửi lại không lưu hai lần.",
                "The store of files does not answer. Try again in some seconds; sending again stores nothing twice.",
            ],
        }
    }
}
