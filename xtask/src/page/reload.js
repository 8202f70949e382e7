// Only in the page of `cargo xtask dev`: every name in it carries a hash, so the page has changed
// when its text has.
const text = () => fetch("/", { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : null));
let first = null;
const look = async () => {
  // While the server restarts there is no answer; the next look finds it.
  const now = await text().catch(() => null);
  if (now !== null && first !== null && now !== first) return location.reload();
  first ??= now;
  setTimeout(look, 700);
};
look();
