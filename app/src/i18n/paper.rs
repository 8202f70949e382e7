//! Texts of `ui::board::paper`.

texts! {
    /// See the module.
    PaperTexts {
        button: "印刷・保存", "Print, save";
        title: "印刷と保存", "Print and save";
        all: "たたんだ枝も含めて、木の全体が入ります。", "The whole tree, folded branches too.";
        print_a4: "A4（横）に印刷する", "Print on A4, landscape";
        print_a3: "A3（横）に印刷する", "Print on A3, landscape";
        save_svg: "拡大しても粗くならない図（SVG）を保存する", "Save as a drawing (SVG)";
        save_png: "画像（PNG）を保存する", "Save as an image (PNG)";
        number: "{n} / {of} ページ", "Page {n} of {of}";
        onward: "→{n}", "→{n}";
        from: "{n}ページからの続き", "Continued from page {n}";
    }
}
