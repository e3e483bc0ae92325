// Nothing typed is lost. Forms marked data-keep are remembered in this tab while one types (never on the server, never longer
// than the tab), and offered again when the page comes back without them: after a lost connection, a session that ended, a
// browser that went back. Leaving a page of the draft by its steps saves it first.
(() => {
  "use strict";
  const PREFIX = "ec-kept:";
  const SENT = "ec-sent";
  const ONCE = "ec-once:";
  const skipped = new Set(["csrfmiddlewaretoken", "lock", "once", "next", "propose"]);

  const fields = (form) => [...form.elements].filter(
    (box) => box.name && !skipped.has(box.name) && !["hidden", "file", "password", "submit", "button"].includes(box.type)
  );
  const valueOf = (box) => {
    if (box.type === "checkbox" || box.type === "radio") return box.checked;
    return box.multiple ? [...box.selectedOptions].map((option) => option.value) : box.value;
  };
  const keyOf = (box) => (box.type === "checkbox" || box.type === "radio" ? `${box.name}=${box.value}` : box.name);
  const read = (form) => Object.fromEntries(fields(form).map((box) => [keyOf(box), valueOf(box)]));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const write = (form, kept) => {
    for (const box of fields(form)) {
      const value = kept[keyOf(box)];
      if (value === undefined) continue;
      if (box.type === "checkbox" || box.type === "radio") box.checked = value;
      else if (box.multiple) for (const option of box.options) option.selected = value.includes(option.value);
      else box.value = value;
    }
    for (const more of form.querySelectorAll("details")) {
      if (more.querySelector("input:checked, textarea") || [...more.querySelectorAll("input")].some((box) => box.value)) more.open = true;
    }
  };

  const store = (key, value) => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      // No room, or the browser forbids it: the form still works, it is only not remembered.
    }
  };
  const stored = (key) => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const tell = (form, text, action) => {
    form.parentElement.querySelector(".ec-kept")?.remove();
    const note = document.createElement("div");
    note.className = "ec-note ec-kept";
    note.dataset.tone = "warn";
    note.setAttribute("role", "alert");
    note.tabIndex = -1;
    const line = document.createElement("p");
    line.textContent = text;
    note.append(line);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "usa-button usa-button--outline ec-small-button";
      button.textContent = action.label;
      button.addEventListener("click", () => {
        action.act();
        note.remove();
      });
      note.append(button);
    }
    form.before(note);
    note.focus();
  };

  const ready = () => {
    const form = document.querySelector("form[data-keep]");
    const sent = stored(SENT);
    if (!form || (sent && sent !== PREFIX + location.pathname)) {
      // A page after a form that was sent: what was kept of it is saved now, unless one must sign in first.
      if (sent && !document.querySelector("[data-entrance]")) {
        store(sent, null);
        store(SENT, null);
      }
    }
    if (!form) return;
    const key = PREFIX + location.pathname;
    const start = read(form);
    const kept = stored(key) && JSON.parse(stored(key));
    if (kept && !same(kept, start) && !document.querySelector(".ec-errors")) {
      tell(form, "What you typed here last was not saved: the connection or your session ended.", {
        label: "Put it back",
        act: () => {
          write(form, kept);
          form.dispatchEvent(new Event("input", { bubbles: true }));
          fields(form)[0]?.focus();
        },
      });
    }
    store(SENT, null);

    // Who went back to a form that was sent has the old page in mind: the same again must count once, as with the old page.
    const once = form.elements.namedItem("once");
    const spent = stored(ONCE + location.pathname);
    const [arrival] = performance.getEntriesByType("navigation");
    if (once && spent && arrival && arrival.type === "back_forward") once.value = spent;

    form.addEventListener("input", () => store(key, JSON.stringify(read(form))));
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      store(key, JSON.stringify(read(form)));
      if (!navigator.onLine) {
        event.preventDefault();
        event.stopImmediatePropagation();
        tell(form, "There is no connection just now. Nothing is lost: what you typed stands below. Send it again when the connection is back.");
        return;
      }
      store(SENT, key);
      if (once) store(ONCE + location.pathname, once.value);
    }, true);

    for (const link of document.querySelectorAll("a[data-page]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || same(read(form), start)) return;
        event.preventDefault();
        const next = document.createElement("input");
        next.type = "hidden";
        next.name = "next";
        next.value = link.dataset.page;
        form.append(next);
        form.requestSubmit();
      });
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
