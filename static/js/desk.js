// Keys of the desk. A key does what a visible control does; without script everything is still there to click.
(() => {
  "use strict";
  const choices = {
    t: "true_match", f: "false_positive", s: "not_in_scope", m: "mitigated", e: "escalated", u: "unresolved",
  };

  const seconds = { a: "yes", b: "no" };

  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (control) {
      event.preventDefault();
      control.click();
      return;
    }
    if (key in choices) {
      const radio = document.querySelector(`#decision input[value="${choices[key]}"]`);
      if (radio) {
        event.preventDefault();
        radio.click();
        (document.querySelector("#id_reason_code") || radio).focus();
      }
    } else if (key === "i") {
      const ask = document.querySelector("#id_text");
      if (ask) {
        event.preventDefault();
        ask.focus();
      }
    } else if (key in seconds) {
      const radio = document.querySelector(`input[name=agree][value="${seconds[key]}"]`);
      if (radio) {
        event.preventDefault();
        for (const details of document.querySelectorAll("details[data-proposal]")) details.open = true;
        radio.click();
        (document.querySelector("#id_note") || radio).focus();
      }
    } else if (key === "?") {
      const keys = document.getElementById("keys");
      if (keys) {
        keys.scrollIntoView();
        keys.focus();
      }
    }
  });

  // Only the reasons of the chosen decision can be chosen; the server checks it again.
  const reasons = document.querySelector("#id_reason_code");
  const narrow = () => {
    const chosen = document.querySelector("#decision input[name=disposition]:checked");
    if (!reasons || !chosen) return;
    const words = chosen.closest(".ec-check").textContent.trim().split(":")[0];
    for (const group of reasons.querySelectorAll("optgroup")) group.disabled = group.label !== words;
    const option = reasons.selectedOptions[0];
    if (option && option.parentElement.disabled) reasons.value = "";
  };
  for (const radio of document.querySelectorAll("#decision input[name=disposition]")) radio.addEventListener("change", narrow);
  narrow();
})();
