//! The way of a dossier that is filed online, step by step. Online services stand on the national portal alone
//! (NĐ 224/2026/NĐ-CP art. 15), so the steps lead there.

use super::Procedure;

/// The address of the national portal of public services.
pub const PORTAL: &str = "https://dichvucong.gov.vn";
/// The same as people type it.
pub const PORTAL_SHOWN: &str = "dichvucong.gov.vn";

/// Returns the steps of filing online, in Vietnamese and in English.
#[must_use]
pub fn steps(procedure: &Procedure) -> Vec<[String; 2]> {
    let code = &procedure.code;
    let mut steps = vec![
        [
            format!("Vào Cổng Dịch vụ công quốc gia ({PORTAL_SHOWN}), đăng nhập bằng tài khoản định danh điện tử."),
            format!(
                "Go to the national portal of public services ({PORTAL_SHOWN}) and sign in with your electronic identity."
            ),
        ],
        [
            format!("Tìm thủ tục theo mã {code}, chọn “Nộp trực tuyến”, khai biểu mẫu."),
            format!(
                "Find the procedure by its code {code}, choose “Nộp trực tuyến” (file online), and fill in the form."
            ),
        ],
        [
            "Đính kèm bản chụp hoặc bản điện tử của từng giấy tờ trong thành phần hồ sơ.",
            "Attach a picture or an electronic copy of each paper of the check-list.",
        ]
        .map(str::to_owned),
    ];
    if !procedure.fees.is_empty() {
        steps.push(
            [
                "Nộp phí, lệ phí trực tuyến trên cổng khi được yêu cầu; giữ mã thanh toán.",
                "Pay the fee online at the portal when asked, and keep the number of the payment.",
            ]
            .map(str::to_owned),
        );
    }
    let originals: Vec<_> = procedure.originals().into_iter().filter_map(|code| procedure.paper(code)).collect();
    if !originals.is_empty() {
        let [vi, en] = [0, 1].map(|at| originals.iter().map(|paper| paper.names()[at]).collect::<Vec<_>>().join("; "));
        steps.push([
            format!("Gửi bản chính qua dịch vụ bưu chính công ích hoặc đem đến Bộ phận Một cửa: {vi}."),
            format!("Send the originals by the public post, or bring them to the one-stop desk: {en}."),
        ]);
    }
    let phone = [
        "Ghi số điện thoại di động đang dùng để nhận tin nhắn về hồ sơ.",
        "Give a mobile number that is in use, to be told about the dossier.",
    ];
    let home = match procedure.returns_by_post {
        true => [
            "Chọn nhận kết quả qua dịch vụ bưu chính công ích để không phải đến lấy.",
            "Choose to get the result by the public post, so that you need not collect it.",
        ],
        false => ["Nhận kết quả tại Bộ phận Một cửa.", "Collect the result at the one-stop desk."],
    };
    steps.extend([phone, home].map(|both| both.map(str::to_owned)));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Paper, Step};

    fn procedure(more: &str) -> Procedure {
        let text = format!(
            r#"{{"code":"1.000001","version":1,"name_vi":"v","name_en":"e","legal_basis":"l",
            "limit":{{"allowance":{{"n":5,"unit":"working_days"}}}}{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_steps_name_originals_and_the_way_home_and_a_fee_only_if_there_is_one() {
        let mut it = procedure(r#","returns_by_post":false"#);
        assert_eq!(steps(&it).len(), 5);
        assert!(steps(&it)[4][1].contains("one-stop desk"));
        it.returns_by_post = true;
        it.papers = vec![Paper::named("P1", "Đơn")];
        it.steps = vec![Step { originals: vec!["P1".into()], ..Procedure::usual_steps().remove(0) }];
        let told = steps(&it);
        assert!(told[3][0].ends_with("đem đến Bộ phận Một cửa: Đơn."), "{told:?}");
        assert!(told[5][0].contains("bưu chính công ích"), "{told:?}");
        assert!(told.iter().all(|[vi, _]| !vi.contains("lệ phí")), "{told:?}");
    }
}
