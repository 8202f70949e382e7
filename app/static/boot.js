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

// Imported here and not at the top, so that a network which fails half-way is seen as well.
Promise.all([import("{{asset:app.js}}"), fetch("{{asset:app.wasm}}")])
  .then(([page, response]) => page.default({ module_or_path: response }))
  .catch((cause) => {
    console.error(cause);
    show();
  });
