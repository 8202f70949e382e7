//! Texts of what can be done with cards beside writing them: `ui::board::{actions, about, links, picker, find, lanes, menu}`.

texts! {
    /// See the module.
    CraftTexts {
        menu: "できること", "What you can do";
        menu_short: "メニュー", "Menu";
        menu_of: "「{text}」に", "With “{text}”";
        menu_theme: "課題に", "With the problem";
        menu_board: "ボード全体に", "With the whole board";
        menu_dark: "画面がすぐ暗くなるときは、端末の設定で「自動ロック」（画面の消灯）までの時間を長くしてください。",
            "If the screen goes dark too soon, choose a longer time for auto-lock (screen timeout) in your phone’s settings.";
        menu_keys: "そのほかのキー", "More keys";
        menu_search: "できることを言葉でさがす", "Search what you can do";
        other: "ほかの原因を横に書く", "Write another cause beside it";
        mark_fact: "しるし：事実", "Mark: fact";
        mark_guess: "しるし：推測", "Mark: guess";
        mark_to_check: "しるし：要確認", "Mark: to check";
        reach_us: "動けるのは：自分たち", "Who can act: us";
        reach_with_others: "動けるのは：ほかの人といっしょに", "Who can act: us with others";
        reach_out_of_hands: "動けるのは：手が届かない", "Who can act: out of our hands";
        who_can_act: "だれが動けますか", "Who can act?";
        us: "自分たち", "Us";
        with_others: "いっしょに", "With others";
        out_of_hands: "手が届かない", "Out of our hands";
        said_reach: "「{reach}」のしるしを付けました", "Who can act: {reach}";
        about: "根拠・動ける人・ここで止める", "How we know, who can act, stop here";
        about_title: "「{text}」について", "About “{text}”";
        evidence: "どうして分かりますか（根拠）", "How do we know?";
        evidence_example: "例：9月の役員会で聞いた。名簿で数えた", "For example: heard at the September meeting; counted in the register";
        write_evidence: "根拠を書く", "Write how we know";
        evidence_short: "根拠", "How we know";
        address: "書かれているアドレス", "The address in it";
        open_address: "このアドレスを新しい画面で開く", "Open this address in a new window";
        address_hint: "外のサイトです。書いた人を知っているときだけ開いてください。",
            "This leads to another site. Open it only if you know who wrote it.";
        stop: "ここで止める", "Stop here";
        stop_hint: "これ以上「なぜ？」を重ねない理由を選びます。もう一度押すと外れます。",
            "Choose why nobody asks further here. Press again to take it back.";
        would_end: "これがなくなれば問題が起きず、動ける人がここにいる", "Without it the problem would end, and somebody here can act";
        check_first: "先に確かめることがある", "Something has to be checked first";
        nobody_can: "この先はだれにも変えられない", "Nobody can change what is below";
        other_reason: "そのほかの理由", "Another reason";
        would_end_short: "なくなれば解決", "it would end here";
        check_first_short: "先に確かめる", "check first";
        nobody_can_short: "この先は変えられない", "nobody can change it";
        other_reason_short: "理由あり", "there is a reason";
        stop_reason: "止める理由を言葉で", "Why we stop, in words";
        write_reason: "理由を言葉で書く", "Write the reason";
        said_stopped: "「ここで止める」を付けました", "Marked: stop here";
        said_unstopped: "「ここで止める」を外しました", "No longer a stop";
        stopped: "ここで止める（{why}）", "Stop here: {why}";
        between: "この上に1枚はさむ（間の原因）", "Insert a card above it";
        between_of: "「{above}」と「{text}」の間に入る原因は？", "What is between “{text}” and “{above}”?";
        split: "ここで2枚に分ける", "Split in two here";
        said_split: "2枚に分けました", "Split into two cards";
        said_cannot_split: "分けたい所にカーソルを置いてから押してください", "Put the caret where it should be split first";
        cause_of: "別のカードの原因にもする", "Make it a cause of another card too";
        cause_of_title: "「{text}」は、ほかにどのカードの原因ですか", "Of which other card is “{text}” a cause?";
        cause_of_hint: "カードは動きません。選んだカードの下に「↗」で示されます。",
            "The card stays where it is. Under the one you choose it is shown with ↗.";
        cause: "すでにあるカードを原因としてつなぐ", "Link a card that is there as a cause";
        cause_title: "「{text}」の原因として、どのカードをつなぎますか", "Which card is a cause of “{text}” too?";
        same: "同じことを言うカードとまとめる", "Merge with a card that says the same";
        same_title: "「{text}」は、どのカードと同じですか", "Which card says the same as “{text}”?";
        same_hint: "選んだカードが残ります。下の枝、つながり、コメントはそちらに移り、両方の言葉が残ります。",
            "The card you choose stays. Branch, links and comments go there; both wordings are kept.";
        said_linked: "「{text}」にもつなぎました", "Linked with “{text}” too";
        said_unlinked: "つながりを外しました", "The link is taken away";
        said_merged: "「{text}」とまとめました", "Merged with “{text}”";
        said_parted: "2枚に戻しました", "They are two cards again";
        place: "動かす・つなぐ・まとめる", "Move, link, merge";
        links_title: "「{text}」の場所とつながり", "Place and links of “{text}”";
        hangs_under: "この結果の下にあります", "It hangs under";
        also_of: "ほかの結果にもつながっています", "It is a cause of these too";
        references: "ほかの枝から来る原因", "Causes from other branches";
        unlink: "つながりを外す", "Take the link away";
        unlink_of: "「{text}」とのつながりを外す", "Take the link with “{text}” away";
        also_said: "まとめた言い方", "Wordings that were merged";
        part: "別のカードに戻す", "Make it a card again";
        part_of: "「{text}」を別のカードに戻す", "Make “{text}” a card again";
        go_to: "「{text}」へ", "Go to “{text}”";
        reference: "↗ {text}", "↗ {text}";
        reference_of: "ほかの枝にある原因「{text}」へ移る", "Go to the cause “{text}” in another branch";
        leads_too: "ほかの結果「{text}」へ移る", "Go to the other effect “{text}”";
        history: "言葉の移り変わり", "How the words came to be";
        first_wording: "最初の言葉：{text}", "First wording: {text}";
        written_nameless: "名前を残さない約束で書かれました。", "Written where no names are kept.";
        written_by: "書いた人：{name}", "Written by {name}";
        edited_by: "直した人：{names}", "Edited by {names}";
        up: "上へ動かす", "Move up";
        down: "下へ動かす", "Move down";
        undo: "自分の操作を元に戻す", "Undo my last step";
        redo: "やり直す", "Redo";
        find: "カードをさがす・しるしで見る", "Find cards, by words or marks";
        find_title: "カードをさがす", "Find cards";
        find_all: "すべて", "All";
        find_to_check: "要確認", "To check";
        find_meeting: "枝が出会う所", "Where branches meet";
        find_open: "先がまだない", "Nothing below yet";
        find_stopped: "ここで止める", "Stop here";
        find_none: "あてはまるカードはありません。", "No card fits.";
        find_count: "{n}枚", "Cards: {n}";
        light_up: "ボードで目立たせる", "Show them on the board";
        lit: "「{what}」を目立たせています（{n}枚）", "Shown: {what} ({n})";
        unlight: "すべて見る", "Show all";
        lanes: "第1段を分ける（立場・段階など）", "Lanes for the first level";
        lanes_hint: "「だれの立場か」「どの段階か」などで、課題のすぐ下の原因を並べ分けます。なくてもかまいません。",
            "Sort the causes right below the problem by actor or by stage. Only if it helps.";
        lane_name: "区分の名前", "Name of the lane";
        lane_example: "例：住む人", "For example: residents";
        add_lane: "加える", "Add";
        drop_lane: "「{text}」をやめる", "Give up “{text}”";
        lane_of: "どの区分ですか", "Which lane?";
        no_lane: "どれでもない", "None";
        said_lane: "「{text}」に入れました", "Put into “{text}”";
        said_no_lane: "区分から外しました", "Taken out of its lane";
        no_lanes_yet: "区分はまだありません。", "There are no lanes yet.";
        key_palette: "できることの一覧", "This list";
        key_split: "書いている間：カーソルの所で2枚に分ける", "While writing: split in two at the caret";
    }
}
