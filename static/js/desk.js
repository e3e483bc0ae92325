// Keys of the desk (licenses/desk/keys.py): each is the `data-key` of a visible control and does what the control does; a field
// named by its `data-then` takes the focus, what its `data-opens` finds is unfolded. Without script everything is there to click.
(() => {
  "use strict";
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const control = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!control) return;
    event.preventDefault();
    const { opens, then } = control.dataset;
    if (opens) for (const details of document.querySelectorAll(opens)) details.open = true;
    if (control.matches("a, button, input")) control.click();
    if (!control.matches("a, button")) ((then && document.getElementById(then)) || control).focus();
  });

  // Only the reasons of the chosen decision can be chosen; the server checks it again.
  const reasons = document.querySelector("#id_reason_code");
  const narrow = () => {
    const chosen = document.querySelector("#decision input[name=disposition]:checked");
    if (!reasons || !chosen) return;
    for (const group of reasons.querySelectorAll("optgroup")) {
      group.disabled = !group.querySelector(`[data-disposition="${CSS.escape(chosen.value)}"]`);
    }
    const option = reasons.selectedOptions[0];
    if (option && option.parentElement.disabled) reasons.value = "";
  };
  for (const radio of document.querySelectorAll("#decision input[name=disposition]")) radio.addEventListener("change", narrow);
  narrow();
})();
