//! The page on data that the office keeps of people: why, how long, who looks, and whom to ask. Everything that differs from
//! office to office is taken from its settings.

use jiff::civil::{Date, date};
use maud::{Markup, html};
use motcua::links::OPENS_FOR;
use motcua::site::Site;
use motcua::store::GUIDED_KEPT_FOR;
use rules::http::{Reply, Response};
use rules::language::Both;
use rules::rating::FEWEST;

use crate::frame::Frame;

const TITLE: Both = ["Quyền riêng tư", "Privacy"];
/// The first day of the law on personal data (Luật 91/2025/QH15) and of its decree (NĐ 356/2025/NĐ-CP).
const LAW_FROM: Date = date(2026, 1, 1);
/// Working days within which a person's request is answered, since that day.
const ANSWERED_WITHIN: u32 = 2;
/// Hours of a day.
const DAY: i64 = 24;

/// Shows the page.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>) -> Response {
    frame.learn(site).await;
    let content = html! {
        h1 { (frame.say(TITLE)) }
        p { (frame.say([
            "Cơ quan chỉ lưu những gì cần để giải quyết hồ sơ và trả kết quả.",
            "The office keeps what it needs to handle a dossier and to return the result, and nothing else.",
        ])) }
        h2 { (frame.say(["Lưu những gì, để làm gì", "What is kept, and why"])) }
        ul { @for line in KEPT { li { (frame.say(line)) } } }
        h2 { (frame.say(["Chuyển cho ai", "Who gets it"])) }
        (given(site, frame))
        h2 { (frame.say(["Lưu bao lâu", "How long"])) }
        (long(frame))
        h2 { (frame.say(["Ai xem được, ai đã xem", "Who looks, and who looked"])) }
        p { (frame.say([
            "Chỉ cán bộ của cơ quan đăng nhập bằng tài khoản của mình mới xem được. Mỗi lần tìm, xem, in và sửa đều được ghi lại: ai, lúc nào, hồ sơ nào.",
            "Only staff of this office who sign in with an account of their own. Each search, look, print and change is written down: who, when, which dossier.",
        ])) }
        p {
            (frame.say([
                "Mở hồ sơ bằng liên kết trong tin nhắn, hoặc bằng mã và 4 số, rồi chọn “Ai đã xem hồ sơ”: trang này cho biết bộ phận nào đã xem, mấy lần, lần đầu và lần cuối lúc nào. Muốn biết tên, hãy hỏi cơ quan. ",
                "Open your dossier by the link of a message, or by its code and four digits, and choose “Who looked at the dossier”: it tells which part of the office looked, how often, and when first and last. For a name, ask the office. ",
            ]))
            a href=(frame.way("/d")) { (frame.say(["Tra cứu hồ sơ của mình", "Look up your dossier"])) }
        }
        h2 { (frame.say(["Hỏi ai, yêu cầu gì", "Whom to ask, and for what"])) }
        (asked(frame))
    };
    frame
        .page(200, frame.say(TITLE), &content)
        .with_header("cache-control", "public, max-age=60")
        .with_header("x-robots-tag", "all")
}

/// Data by what it is for.
const KEPT: [Both; 7] = [
    [
        "Họ tên, số điện thoại, địa chỉ, thư điện tử, số giấy tờ tùy thân của chủ hồ sơ và người nộp: để giải quyết hồ sơ, báo tin và trả kết quả.",
        "Name, telephone, address, e-mail and number of the identity paper of applicant and filer: to handle the dossier, to tell about it, and to return the result.",
    ],
    [
        "Giấy tờ đã nộp và các bước giải quyết: để giải quyết hồ sơ và giải thích thời hạn.",
        "Papers that were handed in, and each step: to handle the dossier, and to explain its date.",
    ],
    [
        "Khoản phí, lệ phí đã nộp và mã giao dịch: để đối chiếu thu, nộp. Số thẻ, số tài khoản không được lưu.",
        "Fees that were paid and the number of the payment: for the accounts. Numbers of cards and accounts are not kept.",
    ],
    [
        "Tin nhắn đã gửi, cuộc gọi và điều đã thống nhất qua điện thoại: để không báo thiếu, không báo hai lần.",
        "Messages that were sent, calls, and what was agreed on the phone: so that nothing is told twice or not at all.",
    ],
    [
        "Địa chỉ nhận kết quả và các lần sửa: để gửi bưu điện đúng nơi.",
        "The address for the result, with its changes: so that the post brings it to the right place.",
    ],
    [
        "Mong muốn về ngôn ngữ và cách nhận tin, dưới một mã không ghi tên.",
        "Wishes about language and messages, under a code without a name.",
    ],
    [
        "Đánh giá sau khi hồ sơ kết thúc: không kèm tên và số hồ sơ.",
        "Ratings after the end: without a name and without the dossier.",
    ],
];

/// The bodies that the office works with, by their names.
fn given(site: &Site, frame: &Frame<'_>) -> Markup {
    let agency = frame.agency.key();
    let portals = site.config.portals().filter(|it| it.agency == *agency).map(|it| it.called());
    let channels =
        site.config.channels().filter(|it| it.agency == *agency).map(|it| site.config.channel_called(&it.id));
    let posts = site.config.posts().filter(|it| it.agency == *agency).map(|it| it.called());
    let rows: [(Both, Vec<&str>); 3] = [
        (
            [
                "Cổng dịch vụ công: tình trạng hồ sơ nộp qua cổng",
                "Portals: the state of dossiers that came through them",
            ],
            portals.collect(),
        ),
        (
            [
                "Kênh thanh toán: số tiền và mã thanh toán, không có tên",
                "Ways to pay: amount and number of the payment, no name",
            ],
            channels.collect(),
        ),
        (
            [
                "Bưu điện: tên, địa chỉ, số điện thoại người nhận, khi gửi kết quả",
                "The post: name, address and telephone of the receiver, when a result is sent",
            ],
            posts.collect(),
        ),
    ];
    html! {
        ul {
            @for (what, who) in rows.iter().filter(|(_, who)| !who.is_empty()) {
                li { (frame.say(*what)) " (" bdi lang="vi" { (who.join(", ")) } ")." }
            }
            li {
                (frame.say(["Dịch vụ gửi tin: số điện thoại hoặc thư điện tử và nội dung tin, qua ", "Services that carry messages: telephone or e-mail, and the text, by "]))
                @for (place, outlet) in frame.agency.outlets.iter().enumerate() {
                    @if place > 0 { ", " }
                    (frame.say(outlet.said()))
                }
                "."
            }
        }
        p { (frame.say([
            "Không bán, không cho ai khác. Trang này không theo dõi người xem và không tải gì từ nơi khác.",
            "Nothing is sold or given to anybody else. These pages follow nobody, and load nothing from elsewhere.",
        ])) }
    }
}

fn long(frame: &Frame<'_>) -> Markup {
    let days = |span: jiff::SignedDuration| span.as_hours() / DAY;
    html! { ul {
        li { (frame.say([
            "Hồ sơ, giấy tờ và sổ thu tiền: theo thời hạn lưu trữ của pháp luật; phần mềm không tự xóa.",
            "Dossiers, papers and the book of money: as long as the law on archives says; the software erases none by itself.",
        ])) }
        li { (frame.say(["Liên kết trong tin nhắn mở được ", "Links in messages open for "])) (days(OPENS_FOR)) (frame.say([" ngày.", " days."])) }
        li {
            (frame.say([
                "Mã của số điện thoại đã được hướng dẫn nộp trực tuyến, không ghi số: ",
                "The code of a telephone that was told how to file online, without the number: ",
            ]))
            (days(GUIDED_KEPT_FOR)) (frame.say([" ngày.", " days."]))
        }
        li { (frame.say([
            "Nhật ký kỹ thuật không chứa tên, số điện thoại hay địa chỉ.",
            "Technical logs hold no name, telephone or address.",
        ])) }
        li {
            (frame.say(["Đánh giá: lãnh đạo chỉ đọc được khi có từ ", "Ratings: the office's head reads them of "])) (FEWEST)
            (frame.say([" đánh giá trở lên.", " or more only."]))
        }
    } }
}

fn asked(frame: &Frame<'_>) -> Markup {
    let in_force = frame.today() >= LAW_FROM;
    html! {
        p { (frame.say([
            "Ông/bà có thể yêu cầu xem, sửa, hoặc phản đối việc dùng dữ liệu của mình, và hỏi ai đã xem. Hãy gọi hoặc đến Bộ phận Một cửa theo địa chỉ dưới đây.",
            "You may ask to see or mend your data, object to its use, and ask who looked. Call the one-stop desk, or come to the address below.",
        ])) }
        @if in_force { p {
            (frame.say(["Cơ quan trả lời trong ", "The office answers within "])) strong { (ANSWERED_WITHIN) (frame.say([" ngày làm việc", " working days"])) } " "
            (frame.say([
                "(Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP).",
                "(Law 91/2025/QH15 on the protection of personal data, and Decree 356/2025/NĐ-CP).",
            ]))
        } }
    }
}
