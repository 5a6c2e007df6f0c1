// A chosen file goes up with the button of its own form only (data-files). Whoever saves something
// else or leaves the page with files chosen and not sent is stopped and told.

const chosen = (form) => [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
const waiting = () => [...document.querySelectorAll("form[data-files]")].filter(chosen);
let sending = false;

function note(form) {
  let place = form.querySelector("[data-files-note]");
  if (!place) {
    place = document.createElement("p");
    place.className = "notice tone-warning mt-2";
    place.dataset.filesNote = "";
    place.setAttribute("role", "status");
    form.querySelector("button").before(place);
  }
  return place;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-files]");
  if (!form || event.target.type !== "file") return;
  const button = form.querySelector("button");
  if (chosen(form)) note(form).textContent = `Tệp đã chọn CHƯA được đính kèm: bấm “${button.textContent.trim()}”.`;
  else note(form).remove();
});

document.addEventListener(
  "submit",
  (event) => {
    const [forgotten] = waiting().filter((form) => form !== event.target);
    if (forgotten) {
      event.preventDefault();
      forgotten.scrollIntoView({ block: "center" });
      forgotten.querySelector("button").focus({ preventScroll: true });
    } else {
      sending = true;
    }
  },
  true,
);

window.addEventListener("pageshow", () => (sending = false));
window.addEventListener("beforeunload", (event) => {
  if (!sending && waiting().length) event.preventDefault();
});
