// Tries what Naze needs, shows it here and tells it to the machine that asked.
(() => {
  const LIMIT = 5000;
  const found = {};
  const say = (name, works) => {
    if (name in found) return;
    found[name] = works ? "works" : "blocked";
    const place = document.getElementById(name);
    place.dataset.state = found[name];
    place.textContent = place.dataset[found[name]];
    if (!("socket" in found && "stream" in found)) return;
    const verdict = document.getElementById("verdict");
    const good = found.socket === "works" || found.stream === "works";
    verdict.textContent = good ? verdict.dataset.good : verdict.dataset.bad;
    verdict.hidden = false;
    const told = new URLSearchParams({ ...found, clock: Date.now() });
    fetch("/doctor/told", { method: "POST", body: told }).catch(() => {});
  };
  try {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/doctor/ws`);
    socket.onmessage = () => { say("socket", true); socket.close(); };
    socket.onerror = socket.onclose = () => say("socket", false);
  } catch { say("socket", false); }
  try {
    const stream = new EventSource("/doctor/stream");
    let heard = 0;
    stream.onmessage = () => { heard += 1; if (heard === 2) { say("stream", true); stream.close(); } };
    stream.onerror = () => { say("stream", false); stream.close(); };
    setTimeout(() => stream.close(), LIMIT);
  } catch { say("stream", false); }
  setTimeout(() => { say("socket", false); say("stream", false); }, LIMIT);
})();
