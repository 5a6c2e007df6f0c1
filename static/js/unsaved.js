// A form marked data-warn-unsaved asks before its entries are lost by leaving the page.
// Forms with data-autosave are watched by autosave.js itself.

const changed = new Set();

function watched(element) {
  const form = element.form;
  return form && form.matches("[data-warn-unsaved]:not([data-autosave])") ? form : null;
}

function note(event) {
  const form = watched(event.target);
  if (form) changed.add(form);
}

document.addEventListener("input", note);
document.addEventListener("change", note);
document.addEventListener("reset", (event) => changed.delete(event.target));
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
