//! Texts of `ui::lobby::doors`.

texts! {
    /// See the module.
    DoorsTexts {
        title: "入口とリンク", "Door and links";
        is_open: "入口は開いています。コードを知っている人は、だれでも参加できます。", "The door is open: whoever has the code can join.";
        is_closed: "入口は閉まっています。新しい人は入れません。名簿にあって、まだ来ていない人も入れません。参加している人は、出入りできます。",
            "The door is closed: nobody new comes in, nor people on your list who have not come yet. Who has joined already comes and goes as before.";
        open: "入口を開ける", "Open the door";
        close: "入口を閉める", "Close the door";
        renew: "コードやリンクを新しくする", "Replace the code or a link";
        renew_hint: "渡していない人に知られたときに使います。古いものは、すぐに使えなくなります。",
            "For when somebody has one who should not. The old one stops working at once.";
        code: "参加コード", "Join code";
        helper: "補助のリンク", "Helpers’ link";
        observer: "見学・投影のリンク", "Observers’ and projector link";
        keep: "持ち帰りのリンク（全班）", "Links to keep (all groups)";
        lead: "進行役のリンク", "Your own link as lead";
        code_what: "新しいコードとQRコードになります。古いコードでは、だれも入れません。もう参加している人は、そのまま続けられます。印刷したカードや、投影しているコードも、新しいものに替えてください。",
            "There will be a new code and QR code. Nobody gets in with the old one. Who has joined already goes on as before. Replace printed cards too.";
        helper_what: "いま補助で入っている人は、すぐに出されます。続けてもらう人に、新しいリンクを渡してください。",
            "Whoever is in as a helper is out at once. Give the new link to those who are to go on.";
        observer_what: "いま見学で入っている人と、投影画面は、すぐに出されます。新しいリンクで開き直してください。",
            "Observers and the projector view are out at once. Open them again with the new link.";
        keep_what: "これまでに渡した持ち帰りのリンクは、すべて開けなくなります。参加した人は、自分の画面から新しいリンクを出せます。",
            "All links to keep that were given away stop working. Participants get the new one from their own screen.";
        lead_what: "進行役・補助・見学のリンクがすべて新しくなります。進行役のリンクを知っている人には、ほかのリンクも見えていたからです。",
            "Your link, the helpers’ and the observers’ all become new ones, because whoever had your link saw the others too.";
        lead_out: "この端末は、そのまま続けられます。ほかの進行役の端末、補助、見学、投影画面は、すぐに出されます。続けてもらう人には、先に知らせて、あとで新しいリンクを渡してください。参加者には影響しません。",
            "This device goes on. Your other devices, other leads, helpers, observers and the projector view are out at once: tell those who are to go on first, and give them the new links afterwards. Participants notice nothing.";
        go: "新しくする", "Replace it";
        not_now: "やめる", "Not now";
        working: "新しくしています…", "Replacing…";
        done: "新しくなりました。古いものは、もう使えません。", "Replaced. The old one no longer works.";
        new_code: "新しいコード", "The new code";
        new_link: "新しいリンク", "The new link";
        lead_done: "補助と見学の新しいリンクは、受付の「補助・見学の人のリンク」にあります。", "The new links for helpers and observers are at the reception, under “Links for helpers and observers”.";
        unreachable: "サーバーにつながりません。もう一度「新しくする」を押してください。", "The server cannot be reached. Please press “Replace it” again.";
        unreadable: "サーバーの返事が読めません。ページを読み込み直してください。", "The server’s answer cannot be read. Please reload this page.";
    }
}
