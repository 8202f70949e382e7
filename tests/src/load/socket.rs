//! The least websocket client: masks with zeros, reads unmasked frames in place. For loads, not for the world. It carries a
//! client through the door; what comes then is the crowd's.

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection.
pub struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Connects.
pub async fn connect(address: &str, path: &str) -> Result<Socket> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut buffer = Vec::with_capacity(4096);
    let end = loop {
        if stream.read_buf(&mut buffer).await? == 0 {
            bail!("closed during the handshake");
        }
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    if !buffer.starts_with(b"HTTP/1.1 101") {
        bail!("no upgrade: {}", String::from_utf8_lossy(&buffer));
    }
    buffer.drain(..end);
    Ok(Socket { stream, buffer })
}

impl Socket {
    /// Waits for bytes and hands over each whole frame's payload. False when the server closed.
    pub async fn frames(&mut self, mut each: impl FnMut(&[u8])) -> Result<bool> {
        loop {
            let mut used = 0;
            while let Some((from, to)) = self.buffer.get(used..).and_then(frame) {
                if let Some(payload) = self.buffer.get(used + from..used + to) {
                    each(payload);
                }
                used += to;
            }
            if used > 0 {
                self.buffer.drain(..used);
                return Ok(true);
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(false);
            }
        }
    }

    pub async fn send(&mut self, payload: &[u8]) -> Result<()> {
        let mut bytes = Vec::with_capacity(payload.len() + 14);
        put_frame(&mut bytes, payload)?;
        Ok(self.stream.write_all(&bytes).await?)
    }

    /// The bare stream, for who reads it without frames. What has come already is no more than a frame of the door's.
    pub fn into_stream(self) -> Result<std::net::TcpStream> {
        Ok(self.stream.into_std()?)
    }
}

/// Where the payload of the first whole frame begins and ends.
fn frame(bytes: &[u8]) -> Option<(usize, usize)> {
    let [_, length, rest @ ..] = bytes else { return None };
    let (header, length) = match (length & 0x7f, rest) {
        (126, [a, b, ..]) => (4, usize::from(u16::from_be_bytes([*a, *b]))),
        (127, [a, b, c, d, e, f, g, h, ..]) => {
            (10, usize::try_from(u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h])).ok()?)
        }
        (126 | 127, _) => return None,
        (short, _) => (2, usize::from(short)),
    };
    (bytes.len() >= header + length).then_some((header, header + length))
}

/// Puts a frame behind what is to be sent.
pub fn put_frame(to: &mut Vec<u8>, payload: &[u8]) -> Result<()> {
    to.push(0x82);
    match u16::try_from(payload.len()).context("a load sends small frames")? {
        short @ 0..126 => to.push(0x80 | u8::try_from(short)?),
        long => {
            to.push(0x80 | 126);
            to.extend(long.to_be_bytes());
        }
    }
    to.extend([0; 4]);
    to.extend(payload);
    Ok(())
}
