// Starts the page, and says so in words when it cannot start or has stopped. It stands alone: it
// must work when nothing else of the page does.
const show = () => {
  document.getElementById("loading")?.remove();
  document.getElementById("broken").hidden = false;
};

// After a panic the page stands still; what was typed is kept on the phone, so reloading is safe.
const stopped = (cause) => {
  if (cause instanceof WebAssembly.RuntimeError) show();
};

addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));
document.getElementById("reload").addEventListener("click", () => location.reload());

// Most people join with a phone and never need the lead's side: it is in a bundle of its own. It is wanted where workshops are
// started, behind a link with a key in it, and where the page itself has noted it (`ui::lead`).
const leads = () => {
  const [, place, workshop] = location.pathname.split("/");
  if (place === "new") return true;
  if (place !== "w") return false;
  if (location.hash !== "") return true;
  try {
    return localStorage.getItem("naze.page." + workshop) === "lead";
  } catch {
    return false;
  }
};

const [script, module] = leads()
  ? ["{{asset:lead.js}}", "{{asset:lead.wasm}}"]
  : ["{{asset:app.js}}", "{{asset:app.wasm}}"];

// Imported here and not at the top, so that a network which fails half-way is seen as well.
Promise.all([import(script), fetch(module)])
  .then(([page, response]) => page.default({ module_or_path: response }))
  .catch((cause) => {
    console.error(cause);
    show();
  });
