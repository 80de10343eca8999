//! The bucket of scans.

use super::*;

fn bucket(name: &str) -> String {
    format!("{ID_KEY}papers_bucket = \"{name}\"")
}

#[test]
fn scans_are_kept_in_the_bucket_that_is_named_and_nowhere_without_one() {
    let config = Config::strict(&bucket("motcua-papers-2q8x"), Host::Public).unwrap();
    assert_eq!(config.papers_bucket(), Some("motcua-papers-2q8x"));
    assert_eq!(Config::strict(ID_KEY, Host::Public).unwrap().papers_bucket(), None);
    assert!(Config::demo().papers_bucket().is_some());
}

#[test]
fn what_is_no_bucket_s_name_is_told() {
    let long = "a".repeat(64);
    for name in
        ["ab", &long, "Papers", "papers.h32", "-papers", "papers-", "a/../b", "giấy", "papers--x-s3", "xn--papers"]
    {
        let told = problems(&bucket(name), Host::Public);
        let expected = "papers_bucket: takes 3 to 63 small letters, digits and dashes, as S3 names a bucket";
        assert_eq!(told, [expected], "{name}");
    }
    assert_eq!(problems(&bucket(""), Host::Public), ["papers_bucket: is empty"]);
}
