//! Made-up companies, households and addresses, from lists of words, each marked as a sample.

use fastrand::Rng;
use serde_json::{Value, json};

const KINDS: [&str; 4] = ["Công ty TNHH", "Công ty Cổ phần", "Doanh nghiệp tư nhân", "Hộ kinh doanh"];
const TRADES: [&str; 12] = [
    "Cơ khí",
    "Thủy sản",
    "Xây dựng",
    "Du lịch",
    "Logistics",
    "May mặc",
    "Năng lượng",
    "Đóng tàu",
    "Nước mắm",
    "Vật liệu",
    "Nông sản",
    "Cảng biển",
];
const FIRST: [&str; 12] =
    ["Sóng", "Gió", "Mây", "Nắng", "Cát", "Đảo", "Thông", "Dừa", "San Hô", "Hải Âu", "Ngọc Trai", "Buồm"];
const SECOND: [&str; 8] = ["Bạc", "Vàng", "Xanh", "Trắng", "Nam", "Đông", "Ngàn", "Mai"];
const PLACES: [&str; 8] = [
    "khu công nghiệp Ninh Thủy, thị xã Ninh Hòa",
    "khu công nghiệp Vạn Thắng, huyện Vạn Ninh",
    "phường Ninh Diêm, thị xã Ninh Hòa",
    "xã Ninh Phước, thị xã Ninh Hòa",
    "thị trấn Vạn Giã, huyện Vạn Ninh",
    "xã Đại Lãnh, huyện Vạn Ninh",
    "xã Vạn Thạnh, huyện Vạn Ninh",
    "xã Vạn Hưng, huyện Vạn Ninh",
];
/// Mobile ranges of several operators; three noughts in the middle say that the number is made up.
const PREFIXES: [&str; 8] = ["0905", "0914", "0983", "0935", "0766", "0398", "0825", "0563"];

/// A person or firm that files dossiers, or files them for others.
#[derive(Clone, Debug)]
pub(super) struct Party {
    name: String,
    is_household: bool,
    phone: String,
    address: String,
    tax_no: String,
}

impl Party {
    pub fn draw(number: usize, rng: &mut Rng) -> Self {
        let kind = rng.usize(..KINDS.len());
        let (trade, first, second) = (pick(rng, &TRADES), pick(rng, &FIRST), pick(rng, &SECOND));
        let phone = format!("{}000{:03}", PREFIXES[number / 1000 % PREFIXES.len()], number % 1000);
        Self {
            name: format!("{} {trade} {first} {second} (mẫu)", KINDS[kind]),
            is_household: kind == 3,
            phone,
            address: format!(
                "Lô {}{}, {}, Khánh Hòa",
                pick(rng, &["A", "B", "C", "D"]),
                rng.u32(1..40),
                pick(rng, &PLACES)
            ),
            tax_no: format!("4200{number:06}"),
        }
    }

    /// Returns its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Writes it as a portal writes the applicant.
    pub fn form(&self) -> Value {
        json!({
            "ChuHoSo": self.name,
            "LoaiDoiTuong": if self.is_household { "1" } else { "2" },
            "SoDienThoai": self.phone,
            "DiaChi": self.address,
            "SoGiayToChuHoSo": self.tax_no,
        })
    }

    /// Writes it as a portal writes the filer.
    pub fn filer_form(&self) -> Value {
        json!({ "HoTen": self.name, "SoDienThoai": self.phone, "SoGiayTo": self.tax_no })
    }

    /// Writes it as the desk writes either.
    pub fn desk(&self) -> Value {
        json!({ "name": self.name, "phone": self.phone, "address": self.address, "identity_no": self.tax_no })
    }
}

/// Picks one of a list.
pub(super) fn pick<'a, T: ?Sized>(rng: &mut Rng, list: &[&'a T]) -> &'a T {
    list[rng.usize(..list.len())]
}

#[cfg(test)]
mod tests {
    use rules::phone::Phone;

    use super::*;

    #[test]
    fn every_number_takes_an_sms_and_is_nobody_else_s() {
        let mut rng = Rng::with_seed(1);
        let parties: Vec<_> = (0..8000).map(|number| Party::draw(number, &mut rng)).collect();
        let phones: std::collections::BTreeSet<_> = parties.iter().map(|party| &party.phone).collect();
        assert_eq!(phones.len(), parties.len());
        assert!(phones.iter().all(|phone| Phone::parse(phone).is_ok_and(|phone| phone.takes_sms())));
        assert!(parties.iter().all(|party| party.name.ends_with("(mẫu)")));
    }
}
