// Light or dark as the reader chose, else as the reader's system has it. In the head and at once, so that a page never
// shows the wrong colours first.
(() => {
  const MODES = ["auto", "light", "dark"];
  const page = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Browsers may refuse to keep anything, most of all for pages opened from disk; then the choice holds for one page.
  const kept = () => {
    try {
      return localStorage.getItem("mode");
    } catch {
      return page.dataset.mode;
    }
  };
  const keep = (mode) => {
    try {
      localStorage.setItem("mode", mode);
    } catch {
      // Nothing is lost but the memory of it.
    }
  };
  const show = (mode) => {
    page.dataset.mode = MODES.includes(mode) ? mode : "auto";
    page.dataset.theme = page.dataset.mode !== "auto" ? page.dataset.mode : system.matches ? "dark" : "light";
    const button = document.querySelector(".topbar-colour");
    if (button) name(button);
  };
  const name = (button) => {
    const words = button.dataset;
    button.title = `${words.label}${words[page.dataset.mode]}`;
    button.setAttribute("aria-label", button.title);
  };

  show(kept());
  system.addEventListener("change", () => show(page.dataset.mode));
  window.addEventListener("storage", (change) => change.key === "mode" && show(change.newValue));
  // Paper is white.
  window.addEventListener("beforeprint", () => (page.dataset.theme = "light"));
  window.addEventListener("afterprint", () => show(page.dataset.mode));
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".topbar-colour");
    if (!button) return;
    button.hidden = false;
    name(button);
    button.addEventListener("click", () => {
      const next = MODES[(MODES.indexOf(page.dataset.mode) + 1) % MODES.length];
      keep(next);
      show(next);
    });
  });
})();
