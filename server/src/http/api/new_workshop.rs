//! The body of `POST /api/workshops`, read field by field: whatever is wrong is said with its name and its limit.

use serde_json::{Map, Value};
use shared::docs::workshop::Language;
use shared::limits::{GOAL_CHARS_MAX, GROUPS_DEFAULT, GROUPS_MAX, TITLE_CHARS_MAX};
use shared::run_sheet::Shipped;
use shared::text::is_line;

use crate::http::problem::Problem;
use crate::said::Said;

/// What is asked for. The title is needed, the rest has a default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct NewWorkshop {
    pub title: String,
    pub goal: String,
    pub language: Language,
    pub groups: u16,
    pub run_sheet: Shipped,
}

impl NewWorkshop {
    /// Reads it.
    pub(super) fn read(body: &[u8]) -> Result<Self, Problem> {
        let mut fields = match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err(not_json("not an object")),
            Err(why) => return Err(not_json(&why.to_string())),
        };
        let title = title(&mut fields)?;
        let goal = goal(&mut fields)?;
        let language = language(&mut fields)?;
        let groups = groups(&mut fields)?;
        let run_sheet = run_sheet(&mut fields)?;
        match fields.into_iter().next() {
            None => Ok(Self { title, goal, language, groups, run_sheet }),
            Some((field, _)) => Err(unknown(field)),
        }
    }
}

fn title(fields: &mut Map<String, Value>) -> Result<String, Problem> {
    match line(fields, "title", TITLE_CHARS_MAX)? {
        Some(title) if !title.is_empty() => Ok(title),
        _ => Err(unfit(
            "missing",
            "title",
            format!("タイトルが必要です。1〜{TITLE_CHARS_MAX} 文字で付けてください。"),
            format!("A title is needed: 1 to {TITLE_CHARS_MAX} characters."),
        )),
    }
}

fn goal(fields: &mut Map<String, Value>) -> Result<String, Problem> {
    Ok(line(fields, "goal", GOAL_CHARS_MAX)?.unwrap_or_default())
}

/// A line of text, without the space around it.
fn line(fields: &mut Map<String, Value>, field: &'static str, max: usize) -> Result<Option<String>, Problem> {
    let text = match fields.remove(field) {
        None => return Ok(None),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(_) => {
            let en = format!("{field} must be a text.");
            return Err(unfit("not_a_text", field, format!("{field} は文字列で指定してください。"), en));
        }
    };
    let chars = text.chars().count();
    if chars > max {
        let ja = format!("{field} は {max} 文字までです（いま {chars} 文字）。");
        return Err(unfit(
            "too_long",
            field,
            ja,
            format!("{field} has {chars} characters; at most {max} are allowed."),
        ));
    }
    if !is_line(&text) {
        let ja = format!("{field} は1行で、改行や制御文字を含めずに指定してください。");
        return Err(unfit(
            "not_a_line",
            field,
            ja,
            format!("{field} must be one line, without breaks or control characters."),
        ));
    }
    Ok(Some(text))
}

fn language(fields: &mut Map<String, Value>) -> Result<Language, Problem> {
    match fields.remove("language") {
        None => Ok(Language::default()),
        Some(Value::String(word)) if word == "ja" => Ok(Language::Ja),
        Some(Value::String(word)) if word == "en" => Ok(Language::En),
        Some(_) => Err(unfit(
            "not_a_language",
            "language",
            "language は \"ja\"（日本語）か \"en\"（英語）です。",
            "language must be \"ja\" (Japanese) or \"en\" (English).",
        )),
    }
}

fn groups(fields: &mut Map<String, Value>) -> Result<u16, Problem> {
    let Some(value) = fields.remove("groups") else { return Ok(GROUPS_DEFAULT) };
    let number = value.as_u64().and_then(|number| u16::try_from(number).ok());
    number.filter(|number| (1..=GROUPS_MAX).contains(number)).ok_or_else(|| {
        unfit(
            "out_of_range",
            "groups",
            format!("グループの数は 1〜{GROUPS_MAX} の整数です。"),
            format!("groups must be a whole number from 1 to {GROUPS_MAX}."),
        )
    })
}

fn run_sheet(fields: &mut Map<String, Value>) -> Result<Shipped, Problem> {
    match fields.remove("run_sheet") {
        None => Ok(Shipped::default()),
        Some(value) => value.as_str().and_then(Shipped::by_name).ok_or_else(|| {
            unfit(
                "not_a_run_sheet",
                "run_sheet",
                "run_sheet は \"analyse\"（課題分析）、\"whole\"（共有・分析・解決）、\"blank\"（進行表なし）のどれかです。",
                "run_sheet must be \"analyse\" (one exercise), \"whole\" (all three) or \"blank\" (no steps).",
            )
        }),
    }
}

fn unfit(word: &'static str, field: &str, ja: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::Unfit { word, field: Some(field.to_owned()), message: Said::new(ja, en) }
}

fn unknown(field: String) -> Problem {
    // A name is repeated only as far as it is one.
    let field: String = field.chars().filter(|c| !c.is_control()).take(40).collect();
    let message = Said::new(
        format!("{field} という項目はありません。使えるのは title, goal, language, groups, run_sheet です。"),
        format!("There is no field {field}. There are title, goal, language, groups and run_sheet."),
    );
    Problem::Unfit { word: "unknown_field", field: Some(field), message }
}

fn not_json(why: &str) -> Problem {
    let message = Said::new(
        format!("JSON のオブジェクトとして読めません（{why}）。"),
        format!("The body cannot be read as a JSON object ({why})."),
    );
    Problem::Unfit { word: "not_json", field: None, message }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> Result<NewWorkshop, (&'static str, String, Said)> {
        NewWorkshop::read(body.to_string().as_bytes()).map_err(|problem| match problem {
            Problem::Unfit { word, field, message } => (word, field.unwrap_or_default(), message),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_title_is_enough() {
        let made = read(&json!({"title": "  協働推進研修 "})).unwrap();
        let (title, goal) = ("協働推進研修".to_owned(), String::new());
        let run_sheet = Shipped::Analyse;
        assert_eq!(made, NewWorkshop { title, goal, language: Language::Ja, groups: 7, run_sheet });
        let made = read(&json!({"title": "t", "goal": "g", "language": "en", "groups": 200})).unwrap();
        assert_eq!((made.goal.as_str(), made.language, made.groups), ("g", Language::En, 200));
        for shipped in Shipped::ALL {
            let made = read(&json!({"title": "t", "run_sheet": shipped.name()})).unwrap();
            assert_eq!(made.run_sheet, shipped);
        }
    }

    #[test]
    fn each_field_is_refused_by_name_with_its_limit() {
        for (body, word, field, limit) in [
            (json!({}), "missing", "title", "80"),
            (json!({"title": " \u{3000}"}), "missing", "title", "80"),
            (json!({"title": 7}), "not_a_text", "title", "text"),
            (json!({"title": null}), "not_a_text", "title", "text"),
            (json!({"title": "あ".repeat(81)}), "too_long", "title", "80"),
            (json!({"title": "a\nb"}), "not_a_line", "title", "one line"),
            (json!({"title": "a\u{202e}b"}), "not_a_line", "title", "one line"),
            (json!({"title": "t", "goal": "あ".repeat(201)}), "too_long", "goal", "200"),
            (json!({"title": "t", "language": "de"}), "not_a_language", "language", "\"en\""),
            (json!({"title": "t", "language": 1}), "not_a_language", "language", "\"en\""),
            (json!({"title": "t", "groups": 0}), "out_of_range", "groups", "200"),
            (json!({"title": "t", "groups": 201}), "out_of_range", "groups", "200"),
            (json!({"title": "t", "groups": -1}), "out_of_range", "groups", "200"),
            (json!({"title": "t", "groups": 1.5}), "out_of_range", "groups", "200"),
            (json!({"title": "t", "groups": "7"}), "out_of_range", "groups", "200"),
            (json!({"title": "t", "run_sheet": "long"}), "not_a_run_sheet", "run_sheet", "\"blank\""),
            (json!({"title": "t", "run_sheet": ""}), "not_a_run_sheet", "run_sheet", "\"whole\""),
            (json!({"title": "t", "run_sheet": 1}), "not_a_run_sheet", "run_sheet", "\"analyse\""),
            (json!({"title": "t", "seats": 5}), "unknown_field", "seats", "run_sheet"),
            (json!([]), "not_json", "", "object"),
        ] {
            let (found, named, message) = read(&body).unwrap_err();
            assert_eq!((found, named.as_str()), (word, field), "{body}");
            assert!(message.en.contains(limit) && !message.ja.is_ascii(), "{message:?}");
        }
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        for body in [&b""[..], b"{", b"\xff\xfe", b"{\"title\":\"\\ud800\"}", "[".repeat(1_000).as_bytes()] {
            assert!(matches!(NewWorkshop::read(body), Err(Problem::Unfit { word: "not_json", .. })));
        }
    }
}
