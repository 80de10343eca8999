//! The people of the sample office: who works in its days, and who can sign in afterwards.

/// Account, role and name of each, beside the accounts that are named by a role. They work for the first agency.
pub const PEOPLE: [(&str, &str, &str); 9] = [
    ("canbo01", "clerk", "Cán bộ một cửa 01"),
    ("canbo02", "clerk", "Cán bộ một cửa 02"),
    ("canbo03", "clerk", "Cán bộ một cửa 03"),
    ("chuyenvien01", "specialist", "Chuyên viên 01"),
    ("chuyenvien02", "specialist", "Chuyên viên 02"),
    ("chuyenvien03", "specialist", "Chuyên viên 03"),
    ("chuyenvien04", "specialist", "Chuyên viên 04"),
    ("chuyenvien05", "specialist", "Chuyên viên 05"),
    ("lanhdao01", "manager", "Lãnh đạo 01"),
];
