//! The check-list of papers in a file.

use super::{RIGHT, check};
use crate::catalogue::file::read;
use crate::catalogue::{Paper, PaperKind};

#[test]
fn a_check_list_is_read_and_its_mistakes_are_named() {
    let list = "papers = [{ code = \"P1\", name_vi = \"Đơn\", name_en = \"Application\", form = \"Mẫu số 1\" }, \
        { code = \"P2\", name_vi = \"Ảnh\", copies = 2, kind = \"copy\", when_vi = \"khi nộp thay\" }]";
    let steps = |codes: &str| format!("{list}\nsteps = [{{ name = \"a\", name_vi = \"x\", originals = [{codes}] }}]");
    let read = read(format!("{RIGHT}{}", steps("\"P1\"")).as_bytes()).unwrap().remove(0);
    let application =
        Paper { name_en: "Application".into(), form: Some("Mẫu số 1".into()), ..Paper::named("P1", "Đơn") };
    let picture =
        Paper {
            copies: 2, kind: PaperKind::Copy, when_vi: Some("khi nộp thay".into()), ..Paper::named("P2", "Ảnh")
        };
    assert_eq!((&read.papers[..], &read.steps[0].originals[..]), (&[application, picture][..], &["P1".to_owned()][..]));
    check(&steps("\"P1\", \"P1\""), &["3: steps[0].originals[1]: is listed twice in this step"]);
    check(&steps("\"P3\""), &["3: steps[0].originals[0]: is the code of no paper in papers"]);
    check(&steps("3"), &["3: steps[0].originals[0]: is not a table"]);
    // A paper named in the earlier way is the listed one, if the name is the same.
    check(&steps("{ code = \"P1\", name_vi = \"Đơn\" }"), &[]);
    check(
        &steps("{ code = \"P1\", name_vi = \"Tờ khai\" }"),
        &["3: steps[0].originals[0].code: is another paper's code"],
    );
    check(&steps("{ code = \"\", name_vi = \"x\" }"), &["3: steps[0].originals[0].code: is empty"]);
    let paper = |more: &str| format!("papers = [{{ code = \"P\", name_vi = \"x\", {more} }}]");
    check(&paper("copies = 0"), &["2: papers[0].copies: is not between 1 and 20"]);
    check(&paper("copies = 1.5"), &["2: papers[0].copies: is not a whole number"]);
    check(&paper("copies = -1"), &["2: papers[0].copies: is negative"]);
    check(&paper("copies = 21"), &["2: papers[0].copies: is not between 1 and 20"]);
    check(&paper("kind = \"scan\""), &["2: papers[0].kind: is none of original, copy"]);
    check(
        &paper("form = \"http://example.vn/1.doc\""),
        &["2: papers[0].form: is no https address of the public network"],
    );
    check(&paper("form = \"https://dichvucong.gov.vn/mau.docx\""), &[]);
    check(&paper("when_en = \"by proxy\""), &["2: papers[0].when_en: stands without when_vi"]);
    let twice = "papers = [{ code = \"P\", name_vi = \"x\" }, { code = \"P\", name_vi = \"y\" }]";
    check(twice, &["2: papers[1].code: is another paper's code"]);
}
