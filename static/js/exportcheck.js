// What the pages need beyond HTML and htmx: menu, copy buttons, one submission a form, a spoken word when a request fails.
// Everything works without it, only less comfortably.
(() => {
  "use strict";
  document.documentElement.classList.add("ec-js");

  const say = (text) => {
    const live = document.getElementById("ec-live");
    if (live) live.textContent = text;
  };

  // A table wider than the screen scrolls inside its box; the keyboard must reach the box to scroll it.
  const reachable = () => {
    for (const box of document.querySelectorAll(".ec-table:not([tabindex])")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  };
  window.addEventListener("resize", reachable);
  document.addEventListener("htmx:afterSettle", reachable);

  const ready = () => {
    reachable();
    const menu = document.querySelector(".ec-menu");
    const nav = document.getElementById("ec-nav");
    if (menu && nav) {
      nav.setAttribute("data-closed", "");
      menu.addEventListener("click", () => {
        const open = nav.toggleAttribute("data-closed") === false;
        menu.setAttribute("aria-expanded", String(open));
      });
    }
    const errors = document.querySelector(".ec-errors");
    if (errors) errors.focus();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) {
      window.print();
      return;
    }
    const source = document.getElementById(button.getAttribute("data-copy"));
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      say("Copied");
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(range);
      say("Selected. Press Ctrl and C to copy.");
    }
  });

  // A second click on a slow form must not send it twice. The service refuses it too; this only spares the message.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter && event.submitter.getAttribute("data-confirm");
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => say("This part of the page could not be loaded. Reload the page to try again."));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
