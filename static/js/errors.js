// After a refused form the reader lands on the summary of errors; its links lead into the fields.

const summary = document.querySelector("[data-error-summary]");

if (summary) {
  document.title = `Lỗi: ${document.title}`;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const label = field.labels?.[0] ?? field.closest(".field") ?? field;
    label.scrollIntoView({ block: "start" });
    (field.matches("fieldset") ? field.querySelector("input, select, textarea") : field)?.focus({
      preventScroll: true,
    });
  });
}
