//! Which column holds what: by its heading, in Japanese or in English, or by its place where there are no headings.

use shared::docs::roster::same;

/// What a column can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The whole name.
    Name,
    /// The family's name.
    Family,
    /// The given name.
    Given,
    /// Where they work or come from.
    Section,
    /// Their age band.
    Age,
    /// What kind of actor they are.
    Actor,
    /// Where they are to sit.
    Group,
    /// Nothing that is read here.
    Other,
}

/// Headings, as [`same`] writes them.
const HEADINGS: [(Column, &[&str]); 8] = [
    (
        Column::Name,
        &["名前", "お名前", "氏名", "なまえ", "参加者", "参加者名", "参加者氏名", "name", "fullname", "participant"],
    ),
    (Column::Family, &["姓", "名字", "苗字", "familyname", "lastname", "surname"]),
    (Column::Given, &["名", "givenname", "firstname"]),
    (
        Column::Section,
        &[
            "所属",
            "所属先",
            "ご所属",
            "部署",
            "課",
            "担当課",
            "部課",
            "団体",
            "団体名",
            "所属団体",
            "組織",
            "会社",
            "section",
            "department",
            "organisation",
            "organization",
            "affiliation",
            "company",
        ],
    ),
    (Column::Age, &["年代", "年齢", "年齢層", "年齢帯", "世代", "age", "ageband", "agegroup", "generation"]),
    (
        Column::Actor,
        &[
            "立場",
            "種別",
            "区分",
            "属性",
            "主体",
            "分類",
            "役割",
            "actor",
            "kind",
            "kindofactor",
            "type",
            "role",
            "category",
            "sector",
        ],
    ),
    (Column::Group, &["班", "グループ", "テーブル", "席", "group", "table", "team"]),
    (Column::Other, &["番号", "no", "no.", "#", "id", "備考", "メモ", "note", "notes", "ふりがな", "フリガナ", "よみ"]),
];

/// Where there are no headings.
const BY_PLACE: [Column; 5] = [Column::Name, Column::Section, Column::Age, Column::Actor, Column::Group];

/// What each column holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Columns(Vec<Column>);

fn by_heading(cell: &str) -> Option<Column> {
    let heading = same(cell);
    // 「所属（任意）」 is a 所属.
    let bare = heading.split(['(', '[']).next().unwrap_or_default();
    HEADINGS.iter().find(|(_, names)| names.contains(&bare)).map(|(column, _)| *column)
}

/// What stands between cells: what the first row has most of, tabs before all, because that is what a spreadsheet copies.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    if count('\t') > 0 {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

type Row = (u64, Vec<String>);

impl Columns {
    /// Looks at the first row, and says which rows hold people. None if there is none at all.
    pub fn find(rows: &[Row]) -> Option<(Self, &[Row])> {
        let ((_, first), rest) = rows.split_first()?;
        let named: Vec<Option<Column>> = first.iter().map(|cell| by_heading(cell)).collect();
        let names = |column| named.contains(&Some(column));
        if names(Column::Name) || names(Column::Family) {
            let columns = named.into_iter().map(|column| column.unwrap_or(Column::Other)).collect();
            return Some((Self(columns), rest));
        }
        // A running number before the names is no name.
        let is_number = |(_, cells): &Row| cells.first().is_some_and(|cell| cell.chars().all(|c| c.is_ascii_digit()));
        let numbered = rows.iter().all(is_number) && first.len() > 1;
        let columns = numbered.then_some(Column::Other).into_iter().chain(BY_PLACE).collect();
        Some((Self(columns), rows))
    }

    /// What stands in a column of a row; empty if there is no such column. Of two the first with something in it.
    pub fn read(&self, column: Column, cells: &[String]) -> String {
        let mut all = self.0.iter().zip(cells).filter(|(is, cell)| **is == column && !cell.is_empty());
        all.next().map(|(_, cell)| cell.clone()).unwrap_or_default()
    }

    /// The name: whole, or put together.
    pub fn name(&self, cells: &[String]) -> String {
        let whole = self.read(Column::Name, cells);
        if !whole.is_empty() {
            return whole;
        }
        let (family, given) = (self.read(Column::Family, cells), self.read(Column::Given, cells));
        let in_letters = [&family, &given].into_iter().all(|part| part.is_ascii());
        let parts = if in_letters { [given, family] } else { [family, given] };
        parts.join(" ").trim().to_owned()
    }
}
