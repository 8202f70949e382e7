//! Texts of `ui::seating`.

texts! {
    /// See the module.
    SeatingTexts {
        screen: "席決め・名簿", "Seating and roster";
        to_lobby: "受付に戻る", "Back to reception";
        to_wall: "全班のボードに戻る", "Back to all boards";
        sum: "来た人 {here}人 · これから来る人 {expected}人", "Here: {here} · still expected: {expected}";
        bring: "名簿を入れる", "Bring in a list of people";
        paste: "表計算ソフトからコピーして貼り付け", "Paste from a spreadsheet";
        paste_hint: "1行に1人。見出しは、名前・所属・年代・立場・班（班は任意。書くとその席に固定）。名前だけでも読めます。",
            "One person in a row. Headings: name, section, age, role, group (a group that is given is a fixed seat). Names alone will do.";
        paste_example: "名前　所属　年代　立場", "name, section, age, role";
        file: "または、ファイルを選ぶ（CSV）", "Or choose a file (CSV)";
        file_hint: "Shift_JIS（Excelの標準）でも UTF-8 でも読めます。", "Any common encoding will do.";
        read: "名簿を読み込む", "Read the list";
        who_sees: "所属・年代・立場は、進行役と補助だけに見えます。", "Section, age and role are seen by the lead and helpers alone.";
        nothing_chosen: "名簿を貼り付けるか、ファイルを選んでください。", "Paste a list, or choose a file.";
        reading: "読み込んでいます…", "Reading …";
        brought: "名簿を読み込みました。新しく{added}人、直した人{changed}人、前と同じ{same}人。",
            "The list was read. New: {added}, changed: {changed}, as before: {same}.";
        brought_but: "新しく{added}人、直した人{changed}人、前と同じ{same}人。読めない行が{bad}行あります。直して、もう一度読み込めます。",
            "New: {added}, changed: {changed}, as before: {same}. Rows that could not be read: {bad}. Mend them and read the list again.";
        brought_full: "{refused}人は入りませんでした（名簿は{max}人まで）。来ない人を名簿から消して、もう一度読み込んでください。",
            "Not taken: {refused}, for the list holds {max} people at most. Take off who does not come, and read it again.";
        bad_rows: "読めない行", "Rows that could not be read";
        bad_row: "{n}行目：{why}", "Row {n}: {why}";
        unreachable: "サーバーにつながりません。何も変わっていません。もう一度お試しください。", "The server cannot be reached. Nothing was changed. Please try again.";
        unreadable: "サーバーの返事が読めません。ページを読み込み直してください。", "The server’s answer cannot be read. Please reload this page.";
        mix_title: "まぜて席を決める", "Mix the groups";
        nobody: "名簿を入れるか、人が参加すると、まぜられます。", "Bring in a list, or wait until people have joined.";
        size: "1班の人数", "People in a group";
        size_n: "{n}人まで", "up to {n}";
        mix_sum: "{people}人を{tables}班に分けます。", "Seats {people} people in {tables} groups.";
        lacks_groups: "いまは{n}班です。", "There are {n} groups now.";
        add_groups: "班を{n}つふやす", "Add {n} more";
        mix: "まぜた案を見る", "Show a mix";
        mix_again: "まぜ直す", "Mix again";
        mend: "少しだけ動かす案を見る", "Show how to even out with few moves";
        mix_hint: "所属・年代・立場が同じ人が、なるべく別の班になるように分けます。「少しだけ動かす」は、来ない人の穴をうめ、もう座っている人はなるべく動かしません。",
            "People of one section, age or role are spread over the groups. Evening out fills the places of those who did not come, and moves as few as it can of those who sit already.";
        mixing: "まぜています…", "Mixing …";
        is_proposal: "案ができました。「この席にする」を押すまで、だれも動きません。", "Here is a proposal. Nobody moves before you press “Seat them so”.";
        is_best: "いまの席のままで、よくまざっています。", "They are mixed well as they are.";
        take: "この席にする", "Seat them so";
        give_up: "案をやめる", "Drop the proposal";
        given_up: "案をやめました。席は元のままです。", "The proposal is dropped. Seats are as they were.";
        taken: "席を決めました。", "They are seated.";
        taken_in_part: "{asked}件のうち{n}件だけできました。そのあいだに人の出入りがあったか、上限に達しています。いまの席を見て、残りをもう一度してください。",
            "Done: {n} of {asked}. Somebody came or went meanwhile, or a limit is reached. Look at the seats as they are, and do the rest again.";
        put_in_proposal: "案の中で動かしました。", "Moved in the proposal.";
        moved: "席を移しました。書いたカードは元の班に残ります。", "Moved. Cards that they wrote stay where they are.";
        tables: "いまの席", "Seats now";
        tables_proposed: "席の案（まだ決まっていません）", "Proposed seats (not yet so)";
        of_seats: "{n} / {seats}人", "{n} of {seats}";
        empty_table: "まだだれもいません", "Nobody yet";
        mixed_section: "所属 {of}種類のうち{n}種類", "{n} of {of} sections";
        mixed_age: "年代 {of}のうち{n}", "{n} of {of} ages";
        mixed_actor: "立場 {of}のうち{n}", "{n} of {of} roles";
        without_n: "席がまだの人 {n}人", "Without a seat: {n}";
        away_n: "来ない人・帰った人 {n}人", "Not coming, or gone: {n}";
        broken_apart: "{a}さんと{b}さんが同じ班です（離す約束）。", "{a} and {b} are to sit apart, and sit together.";
        broken_together: "{a}さんと{b}さんが別の班です（いっしょの約束）。", "{a} and {b} are to sit together, and sit apart.";
        is_expected: "まだ", "not here yet";
        is_expected_fixed: "まだ・固定", "not here yet, fixed";
        is_fixed: "固定", "fixed";
        is_away: "来ない", "not coming";
        place: "席", "Seat";
        put: "この班に移す", "Move to this group";
        fix: "この席に固定する", "Fix this seat";
        unfix: "固定をやめる", "No longer fixed";
        no_show: "来ない（席をあける）", "Does not come (frees the seat)";
        has_gone: "帰った（まぜるときに数えない）", "Has gone (not counted in mixing)";
        comes: "やはり来る・戻った", "Comes after all, or is back";
        fixed: "席を固定しました。", "The seat is fixed.";
        unfixed: "固定をやめました。", "The seat is no longer fixed.";
        said_away: "席をあけました。「少しだけ動かす」で、まわりを整えられます。", "The seat is free. “Even out” closes the gap.";
        said_comes: "来る人に戻しました。", "They are counted again.";
        pair: "だれかといっしょに・別々に", "With somebody, or apart";
        keep_apart: "別の班にする", "Keep apart";
        keep_together: "同じ班にする", "Keep together";
        paired_apart: "次にまぜるとき、別の班にします。", "The next mix keeps them apart.";
        paired_together: "次にまぜるとき、同じ班にします。", "The next mix keeps them together.";
        is_apart: "{name}さんとは別の班", "Apart from {name}";
        is_together: "{name}さんと同じ班", "Together with {name}";
        unpair: "約束をやめる", "End this rule";
        unpaired: "約束をやめました。", "The rule is ended.";
        about: "この人のこと", "About them";
        section: "所属", "Section";
        age: "年代", "Age";
        actor: "立場", "Role";
        save: "書きとめる", "Save";
        described: "書きとめました。", "Saved.";
        forget: "名簿から消す", "Take off the list";
        forgotten: "名簿から消しました。", "Taken off the list.";
        phone: "電池切れなどで、別の端末で続けてもらう…", "Their phone has no battery left, or is lost…";
        phone_what: "ここで出すコードを別の端末で使うと、同じ人として同じ席で続けられます。前の端末ではもう書けなくなります。まだ保存されていなかった言葉は、前の端末に残っていて、開いたときに表示されます。",
            "With this code they go on with another device, as the same person in the same seat. The device that they had can no longer write. Words that it had not saved stay on it, and are shown when it is opened.";
        phone_go: "{name}さんのためのコードを出す", "Show a code for {name}";
        phone_again: "新しいコードを出す", "Show a new code";
        phone_scan: "{name}さんが使う端末のカメラで読み取ってください", "Scan this with the camera of the device that {name} will use";
        phone_qr: "続けるためのQRコード", "QR code for going on";
        phone_type: "または、{address} を開いて、このコードを入力", "Or open {address} and type this code";
        phone_good: "コードを出しました。10分間、1回だけ使えます。", "The code is here. Good once, for ten minutes.";
        phone_ended: "このコードはもう使えません。", "This code is no longer good.";
        remove: "この人を外す…", "Take this person out…";
        remove_what: "この人の端末は、すぐにボードから出され、もう入れません。端末には、進行役が外したことと、進行役に声をかけることが表示されます。書いたカードは班に残ります。あとで戻すこともできます。",
            "Their phone leaves the board at once and cannot come in again. It says that the lead has taken them out, and to speak to the lead. Cards that they wrote stay with the group. You can let them in again later.";
        remove_door: "コードを知っていれば、別の端末や別の名前で入り直せます。それも止めたいときは、受付で入口を閉めてください。",
            "With the code they could come in with another phone and another name. To stop that too, close the door at the reception.";
        remove_go: "{name}さんを外す", "Take {name} out";
        removed: "外しました。書いたカードは班に残っています。", "Taken out. Cards that they wrote stay with the group.";
        removed_n: "外した人 {n}人", "Taken out: {n}";
        is_removed: "外した人", "taken out";
        removed_what: "この人は外されていて、入れません。戻すと、前と同じ端末で続けられます。", "They are taken out and cannot come in. Once let in again, they go on with the phone that they had.";
        let_back_go: "もう一度入れるようにする", "Let them in again";
        let_back: "戻しました。本人は、端末で「もう一度試す」を押すと入れます。", "They may come in again: on their phone they press “Try again”.";
        cards: "卓に置くカード", "Cards for the tables";
        cards_hint: "A4に2枚ずつ。QRコードを読むと、その班の席につきます。Wi-Fiの名前を入れると、そのQRコードも載ります。",
            "Two on a sheet of A4. The code leads straight to the seat at that table. With the name of a Wi-Fi network, its code is on them too.";
        wifi: "Wi-Fiの名前（SSID）", "Name of the Wi-Fi (SSID)";
        wifi_hint: "なくてもかまいません。この端末の中だけに残します。", "Not needed. It is kept on this device alone.";
        password: "Wi-Fiのパスワード", "Password of the Wi-Fi";
        password_hint: "カードに印刷されます。", "It is printed on the cards.";
        print: "カードを印刷する", "Print the cards";
        card_group: "{n}班", "Group {n}";
        card_scan: "スマートフォンのカメラで読むと、この班に入ります", "Scan with your phone’s camera to join this group";
        card_wifi: "Wi-Fi：{name}", "Wi-Fi: {name}";
        card_password: "パスワード：{password}", "Password: {password}";
    }
}
