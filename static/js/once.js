// A form marked data-once is sent once: the second click of an impatient hand does nothing.
// The server refuses doubles as well; this only spares the user the refusal.

const RELEASE_AFTER = 20_000; // a download or a stopped request leaves the page as it was

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[data-waiting]")) {
    button.disabled = false;
    button.removeAttribute("data-waiting");
    button.removeAttribute("aria-busy");
  }
}

function hold(form, button) {
  form.dataset.sending = "yes";
  // After the browser has collected the form: a disabled button would not be sent along.
  setTimeout(() => {
    if (button) {
      button.disabled = true;
      button.setAttribute("data-waiting", "");
      button.setAttribute("aria-busy", "true");
    }
  });
  setTimeout(() => release(form), RELEASE_AFTER);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sending) event.preventDefault();
  else hold(form, event.submitter);
});

// "Back" may bring the page out of the browser's cache, buttons still held.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
});
