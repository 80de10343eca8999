use proptest::prelude::*;

use super::*;

fn https(address: &str) -> Link {
    Link::Https(address.into())
}

#[test]
fn the_files_of_a_submission_are_read_with_paper_name_link_and_hash() {
    let form = r#"{"MaHoSo":"G22.99-1","TaiLieuNop":[
        {"TepDinhKemId":7,"TenTepDinhKem":"Giấy phép.pdf","IsDeleted":"False","MaThanhPhanHoSo":"GT.01",
         "DuongDanTaiTepTin":"https://kho.example.vn/tep?id=7&k=a%20b","HashTepTin":"9f86d081"},
        {"TenTepDinhKem":"Bản nháp.doc","IsDeleted":"True","MaThanhPhanHoSo":"GT.01","DuongDanTaiTepTin":"https://kho.example.vn/8"},
        {"MaThanhPhanHoSo":"GT.02"}],
        "DanhSachTepDinhKemKhac":[{"TenGiayTo":"Ảnh hiện trạng","SoLuong":"2","LoaiGiayTo":"1"}]}"#;
    let file = |paper: Option<&str>, name: &str, link, hash: Option<&str>| Attachment {
        paper: paper.map(str::to_owned),
        name: name.into(),
        link,
        hash: hash.map(str::to_owned),
    };
    let link = https("https://kho.example.vn/tep?id=7&k=a%20b");
    assert!(
        attachments(form)
            == [
                file(Some("GT.01"), "Giấy phép.pdf", link, Some("9f86d081")),
                file(Some("GT.02"), "", Link::None, None),
                file(None, "Ảnh hiện trạng", Link::None, None),
            ],
        "the deleted one is left out"
    );
}

#[test]
fn the_files_of_every_supplement_are_read() {
    let form = r#"{"DanhSachHoSoBoSung":[
        {"HoSoBoSungId":"1","DanhSachGiayToBoSung":[{"MaThanhPhanHoSo":"BS.01","DuongDanTaiTepTin":"https://kho.example.vn/1"}]},
        {"HoSoBoSungId":"2","DanhSachGiayToBoSung":["BS.02",{"MaThanhPhanHoSo":"BS.03","DuongDanTaiTepTin":"https://kho.example.vn/3"}]}]}"#;
    let papers: Vec<_> = attachments(form).into_iter().map(|file| (file.paper.unwrap(), file.link)).collect();
    let expected = [("BS.01", "https://kho.example.vn/1"), ("BS.03", "https://kho.example.vn/3")];
    assert!(papers == expected.map(|(paper, link)| (paper.to_owned(), https(link))), "a code alone is no file");
}

#[test]
fn a_link_that_is_not_https_to_a_plain_host_is_named_unsafe_and_not_shown() {
    for address in [
        "http://kho.example.vn/1",
        "ftp://kho.example.vn/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "//kho.example.vn/1",
        "/tep/1",
        "https://",
        "https:///1",
        "https://dichvucong.gov.vn@xau.example/1",
        "https://kho.example.vn/a b",
        "https://kho.example.vn/\\u0000",
        "https://kho.example.vn/\\n1",
        "chưa có",
        "12",
    ] {
        let form = format!(r#"{{"TaiLieuNop":[{{"MaThanhPhanHoSo":"GT","DuongDanTaiTepTin":"{address}"}}]}}"#);
        assert!(attachments(&form)[0].link == Link::Unsafe, "{address}");
    }
    for address in ["https://kho.example.vn", "HTTPS://kho.example.vn:8443/t/1?x=%C4%91#trang=2"] {
        let form = format!(r#"{{"TaiLieuNop":[{{"DuongDanTaiTepTin":"{address}"}}]}}"#);
        assert!(attachments(&form)[0].link == https(address), "{address}");
    }
    let long = format!("https://kho.example.vn/{}", "x".repeat(2_000));
    let form = format!(r#"{{"TaiLieuNop":[{{"DuongDanTaiTepTin":"{long}"}}]}}"#);
    assert!(attachments(&form)[0].link == Link::Unsafe, "too long to be one");
}

#[test]
fn a_name_cannot_turn_the_direction_of_writing_and_is_cut_where_it_is_long() {
    let form = r#"{"TaiLieuNop":[{"TenTepDinhKem":"don\u202Efdp.exe"},{"TenTepDinhKem":"NAME"}]}"#;
    let form = form.replace("NAME", &"ư".repeat(4_000));
    let names: Vec<_> = attachments(&form).into_iter().map(|file| file.name).collect();
    assert_eq!(names[0], "donfdp.exe");
    assert_eq!(names[1], "ư".repeat(200));
}

#[test]
fn a_form_that_is_none_has_no_files() {
    for form in [
        "",
        "[]",
        "null",
        "{",
        "{}",
        r#"{"TaiLieuNop":null}"#,
        r#"{"TaiLieuNop":"x"}"#,
        r#"{"TaiLieuNop":[1,null,{}]}"#,
    ] {
        assert!(attachments(form).is_empty(), "{form}");
    }
}

#[test]
fn a_link_leads_to_a_public_name_and_never_to_a_number_or_into_a_network_of_somebody_s_own() {
    for host in [
        "0",
        "1",
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "127.1",
        "127.0.0.1",
        "127.0.0.1.",
        "10.0.0.5",
        "169.254.169.254",
        "0177.0.0.1",
        "a.1",
        "kho.example.0x1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "localhost",
        "LOCALHOST",
        "kho.localhost",
        "kho.localhost.",
        "may-chu",
        "kho",
        "router.local",
        "kho.lan",
        "kho.corp",
        "kho.home.arpa",
        "metadata.google.internal",
        "kho.test",
        ".",
        "..",
        ".vn",
        "kho..vn",
        "-kho.vn",
        "kho-.vn",
        "kho_1.vn",
        "kho.v",
        "%30",
        "kho%2evn",
        "1.0.0.127.in-addr.arpa",
    ] {
        for address in [format!("https://{host}/"), format!("https://{host}:443/tep"), format!("HTTPS://{host}")] {
            let form = format!(r#"{{"TaiLieuNop":[{{"MaThanhPhanHoSo":"GT","DuongDanTaiTepTin":"{address}"}}]}}"#);
            assert!(attachments(&form)[0].link == Link::Unsafe, "{address}");
        }
    }
    for host in
        ["kho.example.vn", "1.example.vn", "KHO.Example.VN.", "127.0.0.1.example.vn", "xn--t-zfa.vn", "a.xn--p1ai"]
    {
        let address = format!("https://{host}/1");
        let form = format!(r#"{{"TaiLieuNop":[{{"DuongDanTaiTepTin":"{address}"}}]}}"#);
        assert!(attachments(&form)[0].link == https(&address), "{address}");
    }
}

proptest! {
    #[test]
    fn no_form_makes_reading_panic_and_every_link_shown_is_https(
        name in r"\PC{0,9}", link in r"(https?://)?\PC{0,20}", deleted in r#"(true|"True"|1|null)"#,
    ) {
        let (name, link) = (serde_json::to_string(&name).unwrap(), serde_json::to_string(&link).unwrap());
        let form = format!(r#"{{"TaiLieuNop":[{{"TenTepDinhKem":{name},"DuongDanTaiTepTin":{link},"IsDeleted":{deleted}}}]}}"#);
        for file in attachments(&form) {
            if let Link::Https(address) = file.link {
                prop_assert!(address.to_ascii_lowercase().starts_with("https://") && !address.contains([' ', '"', '<', '>']));
            }
        }
    }
}
