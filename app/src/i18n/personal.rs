//! Texts of `ui::seating::personal`.

texts! {
    /// See the module.
    PersonalTexts {
        title: "個人情報", "Personal data";
        until: "名前・所属・年代・立場は、{date}に自動で消えます。", "Names, sections, ages and roles are erased by themselves on {date}.";
        never: "名前・所属・年代・立場は、自動では消えません。要らなくなったら、ここで消してください。",
            "Names, sections, ages and roles are not erased by themselves. Erase them here when they are needed no longer.";
        done: "名前・所属・年代・立場は消してあります。", "Names, sections, ages and roles are erased.";
        last: "消去の記録: {date}（{n}人）", "Last erased: {date} (people: {n})";
        about: "保存するもの・場所・期間（印刷できます）", "What is stored, where, and how long (can be printed)";
        names: "全員の名前を消す…", "Erase all names …";
        names_sure: "全員の名前・所属・年代・立場を「参加者1」のような番号に変えます。カードはそのまま残ります。もとには戻せません。",
            "Everybody’s name, section, age and role become a number, such as Participant 1. Cards stay. This cannot be undone.";
        names_go: "名前を消す", "Erase the names";
        workshop: "ワークショップごと消す…", "Erase the whole workshop …";
        workshop_sure: "カードも名前も、このワークショップのすべてを消します。もとには戻せません。必要なものは先に書き出してください。",
            "Everything of this workshop goes, cards and names. This cannot be undone. Export what you need first.";
        workshop_go: "すべて消す", "Erase everything";
        person: "この人の名前を消す…", "Erase this person’s name …";
        person_sure: "この人の名前・所属・年代・立場を番号に変えます。書いたカードは残ります。もとには戻せません。",
            "This person’s name, section, age and role become a number. Cards they wrote stay. This cannot be undone.";
        person_go: "この人の名前を消す", "Erase this person’s name";
        keep: "やめる", "Do not erase";
        erasing: "消しています…", "Erasing …";
        erased: "消しました。書き出したファイルや紙、手で作ったバックアップには残っています。", "Erased. Exported files, paper and backups made by hand still have it.";
    }
}
