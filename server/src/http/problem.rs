//! Everything that a request can be refused for, once: the status, a word for programs, a sentence for people.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::limits::WORKSHOPS_MAX;

use super::notice;
use crate::said::Said;

/// A refusal. What is wrong with a field of a body is said where the body is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Problem {
    NoHost,
    OtherHost,
    OtherOrigin,
    OrganiserKey,
    NoKey,
    NotTheLead,
    NoSuchWorkshop,
    NoSuchAddress,
    WrongMethod { allowed: &'static str },
    NotASocket,
    TooLarge { bytes_max: usize },
    TooSlow,
    Unfit { word: &'static str, field: Option<String>, message: Said },
    TooManyNew,
    TooManyRenewed,
    TooManyHere,
    Full,
    Busy,
    NotOurAddress,
    TooLong,
    LinkReplaced,
    NoSuchLine,
    OutOfTurn,
    Packed,
    TooOften,
    NoSuchPerson,
    NoMemory,
}

impl Problem {
    /// As a page, for somebody who typed an address.
    pub(super) fn into_page(self) -> Response {
        notice::page(self.status(), &self.message())
    }
}

#[derive(Serialize)]
struct Body {
    error: &'static str,
    message: Said,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Problem {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NoHost | Self::NotASocket | Self::Unfit { .. } | Self::NotOurAddress | Self::TooLong => {
                StatusCode::BAD_REQUEST
            }
            Self::OrganiserKey | Self::NoKey => StatusCode::UNAUTHORIZED,
            Self::OtherOrigin | Self::NotTheLead | Self::LinkReplaced => StatusCode::FORBIDDEN,
            Self::NoSuchWorkshop | Self::NoSuchAddress | Self::NoSuchPerson => StatusCode::NOT_FOUND,
            Self::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NoSuchLine => StatusCode::GONE,
            Self::OutOfTurn => StatusCode::CONFLICT,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Packed => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::TooManyNew | Self::TooManyRenewed | Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::TooManyHere | Self::Full | Self::Busy | Self::NoMemory => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::NoHost => "no_host",
            Self::OtherHost => "other_host",
            Self::OtherOrigin => "other_origin",
            Self::OrganiserKey => "organiser_key",
            Self::NoKey => "no_key",
            Self::NotTheLead => "not_the_lead",
            Self::NoSuchWorkshop => "no_such_workshop",
            Self::NoSuchAddress => "no_such_address",
            Self::WrongMethod { .. } => "wrong_method",
            Self::NotASocket => "not_a_socket",
            Self::TooLarge { .. } => "too_large",
            Self::TooSlow => "too_slow",
            Self::Unfit { word, .. } => word,
            Self::TooManyNew => "too_many_new",
            Self::TooManyRenewed => "too_many_renewed",
            Self::TooManyHere => "too_many_here",
            Self::Full => "full",
            Self::Busy => "busy",
            Self::NotOurAddress => "not_our_address",
            Self::TooLong => "too_long",
            Self::LinkReplaced => "link_replaced",
            Self::NoSuchLine => "no_such_line",
            Self::OutOfTurn => "out_of_turn",
            Self::Packed => "packed",
            Self::TooOften => "too_often",
            Self::NoSuchPerson => "no_such_person",
            Self::NoMemory => "no_memory",
        }
    }

    fn message(&self) -> Said {
        let (ja, en) = match self {
            Self::OtherHost => (
                "このサーバーは、その名前では使えません。その名前で使うには、サーバーを --public-url に名前を付けて始めて\
                 ください（例: --public-url https://naze.example.jp）。",
                "This server does not answer to that name. If it should, start it with the name in --public-url, for \
                 example --public-url https://naze.example.jp.",
            ),
            Self::OtherOrigin => (
                "別のサイトのページからの操作は受け付けません。このサーバーのページを開き直してください。",
                "A page of another site asked for this. Open this server's own page and try again.",
            ),
            Self::OrganiserKey => (
                "ワークショップを作るには主催者の鍵が必要です。サーバーの管理者に確認してください。",
                "Creating a workshop needs the organiser's key. Ask whoever runs this server.",
            ),
            Self::NoKey => (
                "進行役の鍵が必要です。ヘッダー Authorization: Bearer に、進行役のリンクの # より後ろを付けてください。",
                "This needs the lead's key: send what follows # in the lead's link as Authorization: Bearer.",
            ),
            Self::NotTheLead => (
                "この鍵では見られません。進行役のリンクの # より後ろを使ってください。",
                "This key does not open it. Use what follows # in the lead's link.",
            ),
            Self::NoSuchWorkshop => (
                "このワークショップはこのサーバーにありません。リンクを確認してください。",
                "There is no such workshop on this server. Check the link.",
            ),
            Self::NoSuchAddress => ("このアドレスには何もありません。", "There is nothing at this address."),
            Self::TooManyNew => (
                "短い時間にたくさん作られました。1分待ってからもう一度試してください。",
                "Too many were created in a short time. Wait a minute and try again.",
            ),
            Self::TooManyRenewed => (
                "短い時間にたくさん取り替えられました。1分待ってからもう一度試してください。",
                "Too many were replaced in a short time. Wait a minute and try again.",
            ),
            Self::TooManyHere => (
                "接続が多すぎます。使っていない画面を閉じて、しばらくしてからもう一度開いてください。",
                "There are too many connections. Close windows that you do not need and try again in a moment.",
            ),
            Self::Busy => (
                "サーバーがデータを書き込めませんでした。しばらくしてからもう一度試してください。",
                "The server could not write this down. Try again in a moment.",
            ),
            Self::LinkReplaced => (
                "このリンクは新しいものに取り替えられました。進行役から新しいリンクをもらってください。",
                "This link was replaced by a new one. Ask the lead for the new link.",
            ),
            Self::NoMemory => (
                "サーバーがいっぱいです（メモリの上限）。書かれたものは無事です。しばらくしてからもう一度試すか、サーバーの管理者に\
                 確認してください（--memory-max）。",
                "This server is full (its memory). What is written is safe. Try again in a while, or ask whoever runs it \
                 (--memory-max).",
            ),
            Self::TooLarge { bytes_max } => return too_large(*bytes_max),
            Self::Full => return full(),
            Self::Unfit { message, .. } => return message.clone(),
            of_form => of_form.about_form(),
        };
        Said::new(ja, en)
    }

    /// What is wrong with how something was asked for.
    const fn about_form(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoHost => ("リクエストの Host が読み取れません。", "The request's Host cannot be read."),
            Self::WrongMethod { .. } => {
                ("このアドレスではその操作はできません。", "This address does not take that method.")
            }
            Self::NotASocket => (
                "ここはページのための接続口（WebSocket）です。ブラウザでは / を開いてください。",
                "This is the page's own connection (a WebSocket). Open / in a browser instead.",
            ),
            Self::TooSlow => {
                ("送信に時間がかかりすぎました。もう一度送ってください。", "Sending took too long. Try again.")
            }
            Self::Packed => (
                "圧縮された内容は受け付けません。圧縮せずに送ってください。",
                "A compressed body is not taken. Send it as it is.",
            ),
            Self::TooOften => (
                "短い時間に何度も行われました。1分待ってからもう一度試してください。",
                "This was asked for too often in a short time. Wait a minute and try again.",
            ),
            Self::NoSuchPerson => (
                "この人は名簿にいません。ページを読み込み直して、名簿を確認してください。",
                "There is no such person on the roster. Reload the page and look at the roster.",
            ),
            Self::NotOurAddress => (
                "QRコードにできるのは、このサーバーのアドレスだけです（# より後ろは付けられません）。",
                "Only this server's own addresses become a QR code, without # and what follows it.",
            ),
            Self::TooLong => ("長すぎてQRコードにできません。", "It is too long for a QR code."),
            Self::NoSuchLine => (
                "この接続はもうありません。ページがつなぎ直します。",
                "This connection is there no longer. The page connects again.",
            ),
            Self::OutOfTurn => (
                "順番の違う要求です。ページがつなぎ直します。",
                "This request came out of its turn. The page connects again.",
            ),
            _ => ("この要求は受け付けません。", "This request is not taken."),
        }
    }
}

fn too_large(bytes_max: usize) -> Said {
    Said::new(
        format!("大きすぎます。{bytes_max} バイトまでです。"),
        format!("It is too large: at most {bytes_max} bytes."),
    )
}

fn full() -> Said {
    Said::new(
        format!(
            "このサーバーにはこれ以上ワークショップを作れません（{WORKSHOPS_MAX} まで）。管理者に確認してください。"
        ),
        format!("This server holds no more workshops than its {WORKSHOPS_MAX}. Ask whoever runs it."),
    )
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let field = if let Self::Unfit { field, .. } = &self { field.clone() } else { None };
        let body = Body { error: self.word(), message: self.message(), field };
        let mut response = (self.status(), Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::OrganiserKey | Self::NoKey => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::WrongMethod { allowed } => {
                headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            Self::TooManyNew | Self::TooManyRenewed | Self::TooOften => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            }
            Self::Busy | Self::TooManyHere | Self::NoMemory => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}
