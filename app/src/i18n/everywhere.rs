//! Texts that every screen has: the state of saving, errors, buttons.

texts! {
    /// See the module.
    EverywhereTexts {
        app_name: "なぜ？", "Naze – why?";
        loading: "読み込んでいます…", "Loading…";
        loading_late: "まだ読み込めていません。自動でもう一度試します。長く変わらないときは、下のボタンを押してください。",
            "This could not be loaded yet. Trying again by itself; if nothing changes for long, press the button below.";
        reload: "ページを読み込み直す", "Reload the page";
        saved: "保存済み", "Saved";
        saving: "保存中…", "Saving…";
        kept_here: "接続なし。{n}件はこの端末に保管中。つながれば送ります。",
            "Offline. Unsent: {n}, kept on this device, sent when online.";
        in_page_only: "接続なし。この端末には保管できません。{n}件はこの画面だけにあります。「保存済み」と出るまで、閉じないでください。",
            "Offline. This device cannot keep anything: {n} unsent, only in this page. Keep it open until it says “Saved”.";
        offline: "接続なし。自動でつなぎ直します…", "Offline. Reconnecting by itself…";
        no_room: "サーバーの接続数がいっぱいです。自動でつなぎ直しています。書いたものは残ります。",
            "The server has no room for more connections just now. Reconnecting by itself; what you wrote is kept.";
        stranger: "このWi-Fiは、先にログインが必要なようです。新しいタブでほかのページを開くと、ログイン画面が出ます。書いたものは残ります。",
            "This Wi-Fi seems to want a login first. Open any other page in a new tab, and its login appears. What you wrote is kept.";
        stranger_in_page: "このWi-Fiは、先にログインが必要なようです。この画面は閉じずに（{n}件がここだけにあります）、新しいタブでほかのページを開いてログインしてください。",
            "This Wi-Fi seems to want a login first. Keep this page open ({n} changes are only here), and open any other page in a new tab to log in.";
        chars_left: "あと{n}字", "{n} characters left";
        chars_over: "{n}字多いので、まだ保存していません。短くすると保存します。",
            "{n} characters too long, so not saved yet. It is saved once it is shorter.";
        skip: "本文へ進む", "Skip to the content";
        other_language: "English", "日本語";
        shade: "画面の明るさ：{now}（押すと変わります）", "Brightness: {now} (press to change)";
        shade_auto: "端末に合わせる", "as on this device";
        shade_light: "明るい", "light";
        shade_dark: "暗い", "dark";
        connecting_short: "接続中…", "Connecting…";
        unsent_short: "未送信 {n}件", "Unsent: {n}";
        offline_short: "接続なし", "Offline";
        notices: "保存できなかった言葉", "Words that could not be saved";
        notice_words: "書いた言葉（選んでコピーできます）", "What you wrote (select it to copy)";
        notice_done: "確認しました", "I have seen this";
        unknown_title: "ページが見つかりません", "There is no such page";
        unknown: "リンクが途中で切れているかもしれません。コードをお持ちなら、最初のページで入力してください。",
            "The link may be incomplete. If you have a code, type it on the first page.";
        to_home: "最初のページへ", "To the first page";
        board: "ボード", "Board";
        ended_banner: "このワークショップは終わりました。ボードは読むことができます。", "This workshop has ended. You can still read the board.";
        close: "閉じる", "Close";
        undo: "元に戻す", "Undo";
        redo: "やり直す", "Redo";
        lead: "進行役", "Lead";
        helper: "補助", "Helper";
        somebody: "だれか", "Somebody";
        person: "{name}さん", "{name}";
        back_to_myself: "自分に戻る", "Back to myself";
        group_n: "{n}班", "Group {n}";
        err_not_taken: "次の言葉は保存できませんでした。消えないように、ここに残してあります。",
            "These words could not be saved. They stay here so that nothing is lost.";
        err_lost: "接続が切れている間に、次の言葉は受け付けられませんでした。ここに残してあります。もう一度書いてください。",
            "While there was no connection, these words were not accepted. They are kept here: please write them again.";
        err_forbidden: "この操作は、あなたのリンクではできません。進行役に声をかけてください。",
            "Your link does not allow this. Please ask the lead.";
        err_ended: "このワークショップは終わりました。読むことはできますが、書くことはできません。",
            "This workshop has ended. You can read everything, but no longer write.";
        err_no_card: "そのカードが見つかりません。ほかの人が動かしたかもしれません。画面を確かめて、もう一度お試しください。",
            "That card is not there. Somebody may have changed it: please look again and retry.";
        err_no_note: "それはもうありません。ほかの人が取り除いたかもしれません。", "That is no longer there. Somebody may have removed it.";
        err_vote_is_open: "投票がもう始まっています。終わってから、もう一度始めてください。",
            "A vote is open already. Please close it before you start another.";
        err_vote_is_over: "この投票はもう締め切られました。", "This vote is closed already.";
        err_is_theme: "課題（テーマ）は書き直せますが、動かしたり取り除いたりはできません。",
            "The theme can be rewritten, but not moved, removed or marked.";
        err_cycle: "カードを自分自身の下に入れることはできません。別の場所を選んでください。",
            "A card cannot go below itself. Please choose another place.";
        err_too_deep: "これ以上は深くできません。別の枝に書いてください。",
            "The tree cannot get any deeper here. Please use another branch.";
        err_board_full: "このボードには、もうカードを足せません。書いた言葉はここに残っています。今あるカードに書き足してください。",
            "This board cannot hold another card. Your words are still here: please add them to a card that is on it.";
        err_text_full: "1枚のカードは200字までです。短くするか、2枚に分けてください。",
            "A card holds 200 characters. Please shorten it, or make two cards.";
        err_text_worn: "このカードは書き直しが多すぎるため、もう変えられません。新しいカードに書き写してください。",
            "This card has been rewritten too often to change again. Please copy it into a new card.";
        err_board_worn: "このボードには、もう新しい文字を書けません。これまでに書かれた文字が多すぎます。書いた言葉はここに残っています。進行役に声をかけてください。",
            "This board takes no new words: too much was written on it before. Your words are still here. Please tell the lead.";
        err_server_full: "サーバーがいっぱいです。保存された言葉は無事です。書いた言葉はここに残っています。しばらくしてからもう一度試すか、進行役に声をかけてください。",
            "The server is full. What was saved is safe, and your words are still here. Please try again in a while, or tell the lead.";
        err_bad_text: "使えない文字が入っています。書き直してください。",
            "There are characters that cannot be used. Please write it again.";
        err_full: "ここには、もう足せません。今あるものを書き直すことはできます。",
            "No more can be added here. What is here can still be changed.";
        err_step_moved: "ほかの人が先に進行表を動かしました。今の画面を確かめてください。",
            "Somebody else has moved the run-sheet on already. Please look at where it is now.";
        err_step_in_use: "いまこのステップにいる班があるので、取り除けません。次へ進んでからにしてください。",
            "A group is in this step, so it cannot be removed. Please move on first.";
        err_not_open: "まだ始まっていないか、もう終わっています。先に「はじめる」を押してください。",
            "The workshop has not begun, or is over. Press “Begin” first.";
        err_is_anonymous: "「名前を出さない」と伝えて書いてもらっているので、いまは変えられません。",
            "People were told that no names are kept here, so this cannot be changed now.";
        err_no_slip: "そのカードは、もうボードに出ています。ボードの上で書き直せます。",
            "That card lies on the board already. You can change it there.";
        err_time_is_over: "いまは書きこみを閉じています。時間が終わったか、進行役が止めています。書いた言葉はここに残っています。",
            "Writing is closed now: the time is over, or the lead has stopped it. Your words are kept here.";
        err_too_many_dots: "シールの数をこえています。どれかをはがしてから、貼ってください。",
            "That is more dots than you have. Please take one off first.";
        err_own_group: "この投票では、自分の班のものには貼れません。", "In this vote you cannot choose your own group’s.";
        err_other: "変更できませんでした。ページを読み込み直して、もう一度お試しください。",
            "That could not be changed. Please reload the page and try again.";
        ref_no_code: "このコードは使えません。6文字をもう一度確かめてください。ほかの端末から続けるコードは、10分間、1回だけ使えます。",
            "This code leads nowhere. Please check the six characters again. A code for going on with another phone is good once, for ten minutes.";
        ref_no_workshop: "このワークショップは見つかりません。リンクを確かめるか、進行役に聞いてください。",
            "This workshop cannot be found. Please check the link, or ask the lead.";
        ref_no_key: "この端末はまだ参加していません。コードを入力して参加してください。",
            "This device has not joined yet. Please join with the code.";
        ref_bad_name: "名前は、読める文字で、1〜24文字で入力してください。", "Please give a name that can be read, of 1 to 24 characters.";
        ref_group_full: "{n}班は満席です。ほかの班を選ぶか、「おまかせ」にしてください。",
            "Group {n} is full. Please choose another group, or let us choose.";
        ref_all_full: "すべての班が満席です。進行役に声をかけてください。", "All groups are full. Please tell the lead.";
        ref_ended: "このワークショップは終わりました。", "This workshop has ended.";
        ref_too_many: "入力の間違いが続いたため、少し休んでいます。1分ほど待って、もう一度お試しください。",
            "Too many wrong tries. Please wait a minute and try again.";
        ref_link_replaced: "このリンクは、新しいものに取り替えられました。進行役から新しいリンクをもらってください。",
            "This link was replaced by a new one. Please ask the lead for the new link.";
        ref_code_replaced: "このコードは、新しいものに取り替えられました。進行役に新しいコードを聞いてください。",
            "This code was replaced by a new one. Please ask the lead for the new code.";
        ref_door_closed: "いまは入口が閉まっています。進行役に声をかけてください。", "The door is closed now. Please speak to the lead.";
        ref_removed: "進行役が、あなたをこのワークショップから外しました。続けたいときは、進行役に声をかけてください。保存された言葉は、班に残っています。",
            "The lead has taken you out of this workshop. If you want to go on, please speak to the lead. What was saved stays with the group.";
        ref_server_full: "サーバーがいっぱいで、いまは新しく入れません。書かれたものは無事です。しばらくしてからもう一度試すか、進行役に声をかけてください。",
            "The server is full: nobody new can come in just now. What is written is safe. Please try again in a while, or tell the lead.";
        ref_busy: "混み合っています。自動でもう一度試します。", "The server is busy. Trying again by itself.";
    }
}
