//! Texts of `ui::run_sheet`.

texts! {
    /// See the module.
    RunSheetTexts {
        screen: "進行表", "Run-sheet";
        to_wall: "ウォールへ戻る", "Back to the wall";
        to_lobby: "受付へ戻る", "Back to the reception";
        steps: "ステップ", "Steps";
        none: "ステップはありません。参加する人は、いつでもボードのすべてを使えます。下から進行表を選ぶか、ステップを加えてください。",
            "There are no steps: everybody has the whole board all the time. Choose a run-sheet below, or add a step.";
        total: "合計 {n}分", "{n} minutes in all";
        would_end: "。いま始めると {time} ごろに終わります。", ". Begun now, it ends at about {time}.";
        will_end: "。このまま進むと {time} ごろに終わります。", ". As it goes, it ends at about {time}.";
        room: "部屋を使える時間（分）", "How long the room is yours (minutes)";
        room_hint: "決まっていなければ空のままで。足りないときは、ここで知らせます。", "Leave it empty if nobody has said. You are told here when it is too short.";
        room_wrong: "0〜{max}の数で入力してください。", "Please give a number from 0 to {max}.";
        misfits: "時間が足りないところ", "Where the time is too short";
        turns: "「{title}」：{people}人が順に話すと{needs}分かかります（いまは{minutes}分）。",
            "“{title}”: {people} people in turn take {needs} minutes (it has {minutes}).";
        make_longer: "{n}分にする", "Make it {n} minutes";
        make_shorter: "ひとり{n}秒にする", "Make it {n} seconds each";
        room_short: "ステップの合計は{takes}分で、部屋を使える{room}分より{over}分長くなっています。次のようにすると収まります。",
            "The steps take {takes} minutes, {over} more than the {room} that the room is yours. This makes them fit:";
        room_short_no_cut: "ステップの合計は{takes}分で、部屋を使える{room}分より{over}分長くなっています。ほかの進行表に取りかえるか、ステップを減らしてください。",
            "The steps take {takes} minutes, {over} more than the {room} that the room is yours. Please take another run-sheet, or fewer steps.";
        cut_shorten: "「{title}」を{before}分から{n}分にする", "“{title}”: {before} to {n} minutes";
        cut_skip: "「{title}」をとばす（{n}分）", "Skip “{title}” ({n} minutes)";
        minutes_n: "{n}分", "{n} min";
        each_n: "ひとり{n}秒", "{n} s each";
        visit_n: "1班{n}秒", "{n} s a board";
        round_n: "1回{n}秒", "{n} s a round";
        closes: "時間になったら書きこみを閉じる", "writing closes at the end";
        turn_roles: "このステップで、役割を次の人へ回す", "With this step, roles go to the next person";
        turn_roles_no: "このステップでは、役割を回さない", "With this step, roles stay";
        roles_turn: "役割が次の人へ", "roles go round";
        nameless: "名前を出さない", "no names";
        is_now: "いまここ", "Now";
        is_done: "終わりました", "Done";
        is_skipped: "とばします", "Skipped";
        kind_free: "自由", "Free";
        kind_check_in: "ひとことずつ話す（はじめ）", "A word from everybody (check-in)";
        kind_theme: "課題を選ぶ", "Choose a theme";
        kind_silence: "ひとりで書く（ほかの人には見えない）", "Write alone (nobody else sees it)";
        kind_deepen: "なぜ？を深める", "Ask why";
        kind_read_back: "「だから」で読みかえす", "Read back with “therefore”";
        kind_star: "★を付ける", "Star the root causes";
        kind_dots: "シール投票（秘密）", "Secret dot vote";
        kind_gallery: "ほかの班のボードを見る", "Look at other boards";
        kind_turns: "順番に話す", "One after another";
        kind_one_two_four: "1-2-4-みんな（ひとり→ふたり→班→全体）", "1-2-4-all (alone, twos, group, everybody)";
        kind_check_out: "ふりかえりと「わたしの一歩」（おわり）", "One sentence, my one step (check-out)";
        up: "「{title}」を上へ", "“{title}” up";
        down: "「{title}」を下へ", "“{title}” down";
        skip: "とばす", "Skip";
        unskip: "とばさない", "Do not skip";
        edit: "直す", "Change";
        more: "「{title}」のほかの操作", "More for “{title}”";
        add: "＋ ステップを加える", "+ Add a step";
        add_after: "この後ろにステップを加える", "Add a step after this one";
        repeat: "同じステップをもう一度入れる", "Put the same step in again";
        go_here: "全員を「{title}」へ進める", "Everybody to “{title}”";
        remove: "取り除く", "Remove";
        removed: "「{title}」を取り除きました。", "“{title}” was removed.";
        replaced: "進行表を取りかえました。", "Another run-sheet was taken.";
        kept: "「{title}」として、この端末に残しました。", "Kept on this device as “{title}”.";
        kept_in_page: "「{title}」として残しましたが、この端末には保存できません。このページを閉じると消えます。",
            "Kept as “{title}”, but this device stores nothing: it is gone when this page is closed.";
        forgotten: "ひな形「{title}」を削除しました。", "The template “{title}” was deleted.";
        undo: "元に戻す", "Undo";
        others: "ほかの進行表に取りかえる", "Take another run-sheet";
        others_hint: "いま班がいるステップはそのまま残り、そのあとに新しいステップが並びます。書いたカードは変わりません。",
            "The step that groups are in stays, and the new steps follow it. Cards are not changed.";
        analyse: "課題分析（なぜ？を掘る）", "Analyse (ask why)";
        whole: "課題共有・課題分析・課題解決", "Share, analyse, solve";
        blank: "進行表なし", "No steps";
        templates: "この進行表をひな形として残す・使う", "Keep this run-sheet as a template, or use one";
        template_name: "ひな形の名前", "Name of the template";
        template_hint: "この端末に残ります。同じ名前のものは置きかわります。", "It is kept on this device, in the place of another of this name.";
        template_example: "例：研修 第2回", "For example: session 2";
        keep: "ひな形として残す", "Keep as a template";
        name_missing: "名前を入力してください。", "Please give it a name.";
        name_long: "名前は40字までにしてください。", "At most 40 characters, please.";
        nothing_to_keep: "ステップがないので、残せません。", "There is no step to keep.";
        no_templates: "この端末に、ひな形はまだありません。", "There is no template on this device yet.";
        templates_hint: "選ぶと、その進行表に取りかわります。いま班がいるステップはそのまま残ります。",
            "Choosing one takes that run-sheet. The step that groups are in stays.";
        drop: "削除", "Delete";
        forget: "ひな形「{title}」を削除", "Delete the template “{title}”";
        edit_step: "ステップを直す", "Change the step";
        new_step: "新しいステップ", "A new step";
        title: "名前", "Title";
        title_hint: "全員に見えます。{max}字まで。", "Everybody sees it. At most {max} characters.";
        title_missing: "名前を入力してください。", "Please give it a title.";
        too_long: "{n}字多いので、短くしてください。", "Please shorten it by {n} characters.";
        kind: "すること", "What is done";
        minutes: "時間（分）", "Minutes";
        minutes_hint: "1〜{max}。いま進んでいるステップの残り時間は変わりません。", "1 to {max}. The time left of a step that is under way does not change.";
        minutes_wrong: "1〜{max}の数で入力してください。", "Please give a number from 1 to {max}.";
        each: "ひとりあたりの秒数", "Seconds for each person";
        each_visit: "1班を見る秒数", "Seconds for each board";
        each_round: "1回の秒数（4回あります）", "Seconds for each of the four rounds";
        round_hint: "空のままなら、時間を1・2・4・5の割合で分けます。", "Left empty, the time is shared out as 1, 2, 4 and 5.";
        each_hint: "空のままなら、班にまかせます。", "Left empty, it is up to the group.";
        visit_hint: "この時間がたつと、自動で次の班へ移ります。空のままなら、進行役が「次の班へ」を押すまで移りません。",
            "After this time everybody goes on to the next board by themselves. Left empty, they go on when you press “Next board”.";
        each_wrong: "0〜{max}の数で入力してください。", "Please give a number from 0 to {max}.";
        prompt: "参加する人への説明", "What participants read";
        prompt_hint: "このステップの間、全員の画面に出ます。{max}字まで。", "On everybody’s screen during the step. At most {max} characters.";
        closes_label: "時間になったら書きこみを閉じる", "Close writing when the time is over";
        closes_hint: "閉じないときは、時間になったことだけを知らせます。", "Otherwise people are only told that it is over.";
        nameless_label: "名前を出さない", "Keep no names";
        nameless_hint: "書いた人の名前は残りません。", "Who wrote a card is not kept at all.";
        cancel: "やめる", "Cancel";
        save: "保存", "Save";
    }
}
