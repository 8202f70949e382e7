//! Texts of writing for somebody who has no phone.

texts! {
    /// See the module.
    WriteForTexts {
        title: "スマートフォンのない人の代わりに書く", "Write for somebody without a phone";
        hint: "この端末で、その人の名前でカードを書いたり投票したりできます。", "On this device you can write cards and vote in their name.";
        whose: "いま、だれとして書きますか", "In whose name do you write now?";
        myself: "自分", "Myself";
        add: "人を加える", "Add somebody";
        name: "その人の名前（あだ名でもかまいません）", "Their name (a nickname is fine)";
        name_hint: "進行役と、同じ班の人に見えます。班のボードを見る人にも見えます。{max}字まで。",
            "The lead, your group, and whoever looks at your group’s board see it. At most {max} characters.";
        name_missing: "名前を入力してください。あだ名でもかまいません。", "Please give a name. A nickname is fine.";
        name_long: "名前は{max}字までです。短い呼び名を入力してください。", "A name has at most {max} characters. Please give a shorter one.";
        add_go: "この人を加える", "Add this person";
        adding: "加えています。つながりしだい加わります。", "Adding. This person is there as soon as the server is reached.";
        added: "{name}さんを加えました。", "{name} is there now.";
        now_for: "{name}さんの代わりに書いています", "You are writing for {name}";
        now_self: "自分の名前で書いています", "You are writing in your own name";
        change: "かえる", "Change";
        unsaved: "ほかの人の名前で書いた{n}件は、まだ保存されていません。", "Not saved yet in others’ names: {n}";
        lend: "{name}さんが自分のスマートフォンで続ける", "{name} goes on with their own phone";
        lend_hint: "続きを始めると、この端末では{name}さんの代わりに書けなくなります。", "Once they have begun, this device can no longer write for {name}.";
        lend_go: "続けるためのコードを出す", "Show a code for that";
        lend_again: "新しいコードを出す", "Show a new code";
        asking: "コードを用意しています…", "Getting a code…";
        scan: "{name}さんのスマートフォンのカメラで読み取ってください", "Scan this with the camera of {name}’s phone";
        or_type: "または、{address} を開いて、このコードを入力", "Or open {address} and type this code";
        qr: "続けるためのQRコード", "QR code for going on";
        good: "10分間、1回だけ使えます。", "Good once, for ten minutes.";
        ended: "このコードはもう使えません。", "This code is no longer good.";
        taken_title: "{name}さんは、自分のスマートフォンで続けています", "{name} goes on with their own phone";
        taken: "この端末では、もう代わりに書けません。", "This device can no longer write for them.";
        taken_words: "次の言葉は、まだ保存されていませんでした。{name}さんに伝えてください。",
            "These words were not saved yet. Please tell {name}.";
        see: "確かめる", "See";
        added_in_page: "{name}さんを加えました。この端末には保存できないので、このページを閉じないでください。",
            "{name} is there now. This device cannot keep it: please do not close this page.";
        full: "この班の席はいっぱいです。進行役に声をかけてください。", "There is no free seat in this group. Please tell the lead.";
        own_title: "別の端末で続ける", "Go on with another device";
        own_hint: "電池が切れそうなときなどに使います。続きを始めると、この端末では書けなくなります。",
            "For a battery that is nearly empty, say. Once the other device has begun, this one can no longer write.";
        own_scan: "別の端末のカメラで読み取ってください", "Scan this with the camera of the other device";
        own_gone_title: "別の端末で続けています", "You go on with another device";
        own_gone: "この端末では、もう書けません。心あたりがないときは、進行役に声をかけてください。",
            "This device can no longer write. If that surprises you, please tell the lead.";
        own_gone_words: "次の言葉は、まだ保存されていませんでした。必要なら、別の端末で書いてください。",
            "These words were not saved. Write them on the other device if they are still needed.";
        no_seat_title: "あなたの席が見つかりません", "Your seat cannot be found";
        no_seat: "サーバーが、この端末をもう覚えていません。別の端末で続けているのでなければ、進行役に声をかけてください。コードを入力すれば、あらためて参加できます。",
            "The server no longer knows this device. Unless you go on with another one, please tell the lead. With the code you can join anew.";
        no_workshop_title: "このワークショップは、もうありません", "This workshop is no more";
        no_workshop: "進行役か、サーバーを管理する人が消したか、別のサーバーにつながっています。下のボタンを押すと、この端末に残った言葉も消えます。心あたりがないときは、押す前に、進行役か管理する人に確かめてください。",
            "The lead, or whoever runs the server, has erased it, or another server answers here. The button below also takes the words off this device: if this surprises you, please ask one of them first.";
        no_workshop_others: "この端末を使ったほかの人の言葉", "Words of others who used this device";
        no_workshop_others_hint: "書いた本人が見てください。下のボタンで、この言葉も消えます。",
            "For whoever wrote them. The button below takes these away, too.";
        no_seat_for: "{name}さんの席が見つかりません", "The seat of {name} cannot be found";
        no_seat_for_hint: "サーバーが、{name}さんをもう覚えていません。{name}さんが自分のスマートフォンで続けているのでなければ、進行役に声をかけてください。",
            "The server no longer knows {name}. Unless they go on with their own phone, please tell the lead.";
        at_seat: "スマートフォンのない人がいますか", "Is somebody without a phone with you?";
        at_seat_hint: "名前を加えておくと、始まってから、この端末で代わりに書けます。",
            "Add their name, and once it begins you can write for them on this device.";
    }
}
