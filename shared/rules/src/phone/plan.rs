//! The numbering plan of Vietnam as data: mobile ranges, area codes since 2017, and the mobile ranges of before 2018.

/// Old and new mobile prefixes, without the leading 0, of the change from 11 to 10 digits (from 15/09/2018; the old
/// ones stopped working by 30/06/2019). The last seven digits stayed.
#[rustfmt::skip]
pub const MIGRATED_PREFIXES: [(&str, &str); 21] = [
    ("120", "70"), ("121", "79"), ("122", "77"), ("126", "76"), ("128", "78"),
    ("123", "83"), ("124", "84"), ("125", "85"), ("127", "81"), ("129", "82"),
    ("162", "32"), ("163", "33"), ("164", "34"), ("165", "35"),
    ("166", "36"), ("167", "37"), ("168", "38"), ("169", "39"),
    ("186", "56"), ("188", "58"), ("199", "59"),
];

/// Prefixes of mobile numbers, without the leading 0. Seven digits follow. 30 and 31 were given to nobody.
pub(super) const MOBILE: [&str; 38] = [
    "32", "33", "34", "35", "36", "37", "38", "39", // Viettel, by the change of 2018
    "51", "52", "55", "56", "58", "59", "70", "76", "77", "78", "79", // Vietnamobile, Wintel, Gmobile, MobiFone
    "81", "82", "83", "84", "85", "86", "87", "88", "89", // VinaPhone, Viettel, Itel, MobiFone
    "90", "91", "92", "93", "94", "95", "96", "97", "98", "99", // the oldest ones
];

/// Area codes of landlines, without the leading 0. Seven digits follow; after 24 (Hà Nội) and 28 (Hồ Chí Minh City)
/// eight, none of which begins with 0 or 1. The codes of provinces that were merged in 2025 stay in use.
pub(super) const AREAS: [&str; 77] = [
    "203", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213", "214", "215", "216", "218", "219",
    "220", "221", "222", "225", "226", "227", "228", "229", "232", "233", "234", "235", "236", "237", "238", "239",
    "242", "243", "244", "245", "246", "247", "248", "249", "251", "252", "254", "255", "256", "257", "258", "259",
    "260", "261", "262", "263", "269", "270", "271", "272", "273", "274", "275", "276", "277", "282", "283", "284",
    "285", "286", "287", "288", "289", "290", "291", "292", "293", "294", "296", "297", "299",
];

/// Beginnings of numbers that belong to services: free of charge, or dearer than others. Four to six digits follow.
pub(super) const SERVICES: [&str; 2] = ["1800", "1900"];
