//! Lists as people have them.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, WINDOWS_1252};

use super::*;

const LIST: &str = "氏名,所属,年代,立場,班\r\n佐藤　花子,市民課,３０代,行政,２\r\n\"鈴木, 一郎\",あけぼの自治会,60代,自治会,3班\r\n田中,,,,\r\n";

fn line(name: &str, section: &str, age: &str, actor: &str, group: Option<u16>) -> Line {
    let [name, section, age, actor] = [name, section, age, actor].map(str::to_owned);
    Line { name, section, age, actor, group: group.map(GroupId) }
}

fn the_list() -> List {
    let lines = vec![
        line("佐藤 花子", "市民課", "30代", "行政", Some(2)),
        line("鈴木, 一郎", "あけぼの自治会", "60代", "自治会", Some(3)),
        line("田中", "", "", "", None),
    ];
    List { lines, ..List::default() }
}

fn in_encoding(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, unfit) = encoding.encode(text);
    assert!(!unfit);
    bytes.into_owned()
}

fn wide(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[test]
fn a_list_is_read_in_every_encoding_that_spreadsheets_write() {
    let with_mark = [b"\xef\xbb\xbf".as_slice(), LIST.as_bytes()].concat();
    let (jis, _, _) = encoding_rs::ISO_2022_JP.encode(LIST);
    for (name, bytes) in [
        ("UTF-8", LIST.as_bytes().to_vec()),
        ("UTF-8 with a mark", with_mark),
        ("Shift_JIS", in_encoding(SHIFT_JIS, LIST)),
        ("EUC-JP", in_encoding(EUC_JP, LIST)),
        ("ISO-2022-JP", jis.into_owned()),
        ("UTF-16LE with a mark", wide(LIST, b"\xff\xfe", u16::to_le_bytes)),
        ("UTF-16BE with a mark", wide(LIST, b"\xfe\xff", u16::to_be_bytes)),
        ("UTF-16LE", wide(LIST, b"", u16::to_le_bytes)),
        ("UTF-16BE", wide(LIST, b"", u16::to_be_bytes)),
    ] {
        assert_eq!(read(&bytes, 7), Ok(the_list()), "{name}");
    }
    let french = in_encoding(WINDOWS_1252, "name;section\r\nZoé Lefèvre;Mairie de Besançon\r\n");
    assert_eq!(read(&french, 7).unwrap().lines, [line("Zoé Lefèvre", "Mairie de Besançon", "", "", None)]);
}

#[test]
fn short_lists_of_both_japanese_encodings_are_told_apart() {
    for text in ["佐藤\n鈴木\n", "氏名\n佐藤\n", "高橋,総務課\n", "斎藤\n", "渡邉　結衣\t健康福祉部\n"]
    {
        for encoding in [SHIFT_JIS, EUC_JP] {
            let expected = read(text.as_bytes(), 7);
            assert_eq!(read(&in_encoding(encoding, text), 7), expected, "{text:?} in {}", encoding.name());
        }
    }
    let half_width = "ｻﾄｳ ﾊﾅｺ,総務課\nｽｽﾞｷ ｲﾁﾛｳ,市民課\n";
    assert_eq!(read(&in_encoding(SHIFT_JIS, half_width), 7), read(half_width.as_bytes(), 7));
}

#[test]
fn tabs_semicolons_and_headings_in_any_order_are_read() {
    let tabs = "No\t所属（任意）\tお名前\t備考\n1\t市民課\t佐藤\t遅れる\n2\t\t鈴木\t\n";
    let expected = [line("佐藤", "市民課", "", "", None), line("鈴木", "", "", "", None)];
    assert_eq!(read(tabs.as_bytes(), 7).unwrap().lines, expected);
    let english = "First Name;Last Name;Age group;Kind of actor\nAda;Lovelace;40s;company\n";
    assert_eq!(read(english.as_bytes(), 7).unwrap().lines, [line("Ada Lovelace", "", "40s", "company", None)]);
    assert_eq!(read("姓,名\n佐藤,花子\n".as_bytes(), 7).unwrap().lines, [line("佐藤 花子", "", "", "", None)]);
}

#[test]
fn without_headings_the_place_tells() {
    let bare = "佐藤\t市民課\t30代\t行政\t1\n鈴木\n";
    let expected = [line("佐藤", "市民課", "30代", "行政", Some(1)), line("鈴木", "", "", "", None)];
    assert_eq!(read(bare.as_bytes(), 7).unwrap().lines, expected);
    assert_eq!(read("1,佐藤,市民課\n2,鈴木,\n".as_bytes(), 7).unwrap().lines.len(), 2);
    assert_eq!(read("１,佐藤,市民課\n".as_bytes(), 7).unwrap().lines, [line("佐藤", "市民課", "", "", None)]);
}

#[test]
fn a_bad_row_is_named_and_the_rest_stands() {
    let long = "あ".repeat(25);
    let list = format!(
        "名前,所属,班\n佐藤,市民課,1\n,総務課,1\n\n{long},総務課,1\n鈴木,{},1\n田中,総務課,9\n佐藤 ,市民課,2\n高橋,,\n",
        "あ".repeat(41)
    );
    let List { lines, bad, unread } = read(list.as_bytes(), 7).unwrap();
    assert_eq!(lines, [line("佐藤", "市民課", "", "", Some(1)), line("高橋", "", "", "", None)]);
    let said: Vec<(u64, &str)> = bad.iter().map(|bad| (bad.row, bad.message.en.as_str())).collect();
    for ((row, said), (expected, word)) in said.iter().zip([
        (3, "no name"),
        (5, "25 characters"),
        (6, "at most 40"),
        (7, "from 1 to 7"),
        (8, "as in row 2"),
    ]) {
        assert_eq!(*row, expected);
        assert!(said.to_lowercase().contains(word), "{said}");
    }
    assert_eq!((bad.len(), unread), (5, 5));
    assert!(bad.iter().all(|bad| !bad.message.ja.is_ascii() && bad.message.en.is_ascii()));
}

#[test]
fn of_very_many_bad_rows_the_first_are_named_and_the_rest_counted() {
    let list = |bad: usize| ["名前,所属\n", &",総務課\n".repeat(bad), "佐藤,市民課\n"].concat();
    let most = read(list(BAD_ROWS_MAX).as_bytes(), 7).unwrap();
    assert!(most.bad.len() == BAD_ROWS_MAX && most.bad.iter().all(|bad| bad.message.en.contains("no name")));
    let more = read(list(BAD_ROWS_MAX + 7).as_bytes(), 7).unwrap();
    assert_eq!((more.bad.len(), more.unread, more.lines.len()), (101, 107, 1));
    let last = more.bad.last().unwrap();
    assert!(last.row == 102 && last.message.en.contains("From here on 7 rows"), "{last:?}");
    assert!(last.message.ja.contains("7 行"));
}

#[test]
fn what_is_no_list_is_said_so() {
    assert_eq!(read(b"", 7), Err(Unreadable::Empty));
    assert_eq!(read("\r\n　\r\n".as_bytes(), 7), Err(Unreadable::Empty));
    assert_eq!(read(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", 7), Err(Unreadable::Encoding));
}

#[test]
fn any_bytes_are_read_or_refused() {
    let mut random = shared::seating::SplitMix::new(1);
    for _ in 0..2_000 {
        let len = random.below(80);
        let bytes: Vec<u8> = (0..len).map(|_| b"\x81\xa4\n,\t\";a1\0\xff\xfe"[random.below(12)]).collect();
        if let Ok(list) = read(&bytes, 7) {
            assert!(list.lines.iter().all(|line| is_fair_name(&line.name)));
        }
    }
}
