//! Texts of `ui::lobby`.

texts! {
    /// See the module.
    LobbyTexts {
        screen: "受付", "Reception";
        to_seating: "席決め・名簿", "Seating and roster";
        to_run_sheet: "進行表を見る・直す", "See or change the run-sheet";
        to_wall: "全班のボードを見る", "See all boards";
        scan: "スマートフォンのカメラで読み取ってください", "Scan with your phone’s camera";
        qr: "参加用のQRコード", "QR code to join";
        or_type: "または、このアドレスを開いてコードを入力", "Or open this address and type the code";
        code: "コード", "Code";
        arrived: "{n}人が参加しました", "Joined: {n}";
        free: "空いている席 {n}", "Seats free: {n}";
        arrived_label: "参加した人", "Who has joined";
        nobody: "まだだれも参加していません。参加すると、ここに名前が出ます。", "Nobody has joined yet. Names appear here as people join.";
        newest: "新しく来た人", "Latest arrivals";
        arrival: "{name}さん → {n}班", "{name} → group {n}";
        groups: "班と席", "Groups and seats";
        seats: "{n} / {seats}人", "{n} of {seats}";
        empty_group: "まだいません", "Nobody yet";
        begin: "はじめる", "Begin";
        begin_hint: "押すと、みんなの画面がボードに変わります。あとから来た人も参加できます。",
            "Everybody’s screen changes to the board. People can still join later.";
        begun: "始まっています。あとから来た人も、このコードで参加できます。", "It has begun. People who come later can still join with this code.";
        begun_closed: "始まっています。入口は閉まっています。", "It has begun. The door is closed.";
        ended: "終わりました。新しく参加することはできません。", "It has ended. Nobody can join any more.";
        addresses: "QRコードのアドレス", "Address in the QR code";
        addresses_hint: "スマートフォンでつながらないときは、ほかのアドレスをお試しください。", "If phones cannot connect, try another address.";
        links: "補助・見学の人のリンク", "Links for helpers and observers";
        links_hint: "リンクを選んでコピーし、その人だけに渡してください。このリンクを知っている人は、だれでも入れます。",
            "Select a link, copy it, and give it to that person alone. Whoever has the link can get in.";
        helper: "補助（どの班のボードにも書けます）", "Helper (may write on every board)";
        helper_groups: "この補助に見てもらう班（選ぶと、上のリンクに入ります。補助の画面で先に並びます）",
            "Groups for this helper to look after (goes into the link above; they stand first on the helper’s screen)";
        observer: "見学・投影（見るだけです）", "Observer, projector (may only look)";
        projector: "投影画面（別のパソコンで開くとき。見るだけです）", "Projector view (for another computer; only to look)";
        projector_dark: "投影する端末は、画面が消えない設定にしてください。ここでは、ページから画面を点けたままにできません。",
            "On the machine that projects, switch off what turns the screen dark: here the page may not keep it lit by itself.";
        projector_open: "この端末で投影画面を開く", "Open the projector view here";
        your_link: "進行役のリンク（ほかの端末で開くとき。人に見せないでください）", "Your own link as lead (for another device; do not show it to others)";
    }
}
