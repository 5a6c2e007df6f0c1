// Saves a form while it is being filled in, and always says truthfully what is saved.
//
// <form data-autosave data-autosave-url="…"> with a hidden field "revision"; the state is told in
// [data-autosave-state] (components/autosave_state.html). Files are left to the ordinary button.
// Answers: 200 {revision, saved_at, messages}; 400 {errors: {field: […]}}; 409 {message}: somebody
// else wrote, stop; a redirect or 401/403: the session is over. Everything else is tried again.

const PAUSE = 1_500; // after the last key
const AT_LATEST = 15_000; // while somebody types without a pause
const RETRIES = [5_000, 10_000, 20_000, 40_000, 60_000];

const UNSAVED = "CHƯA LƯU – ";
const WORDS = {
  idle: "Nội dung được lưu tự động trong khi nhập.",
  editing: "Có thay đổi chưa lưu…",
  saving: "Đang lưu…",
  offline: "mất kết nối, sẽ thử lại",
  server: "máy chủ đang bận, sẽ thử lại",
  invalid: "cần sửa các ô được đánh dấu; sửa xong sẽ tự lưu",
  returned: "xem lý do ở khung đỏ phía trên; sửa xong sẽ tự lưu",
  session:
    "phiên đăng nhập đã hết. Hãy đăng nhập lại ở thẻ khác, rồi trở về trang này để lưu tiếp",
  refused:
    "nội dung này không còn sửa được nữa. Hãy sao chép phần vừa nhập trước khi tải lại trang",
};

function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

// Modes: "ready" to save; "retrying" by itself; "held" until something is mended; "expired" until
// signed in again; "stopped" for good.
class Autosave {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-autosave-state]") ?? this.makePlace();
    this.mode = "ready";
    this.dirty = this.leaving = false;
    this.flight = null;
    this.failures = 0;
    this.start();
    for (const type of ["input", "change"]) document.addEventListener(type, (e) => this.touched(e));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => this.unloading(event));
    window.addEventListener("online", () => this.mode === "retrying" && this.save());
    window.addEventListener("pageshow", () => (this.leaving = false));
    document.addEventListener("visibilitychange", () => this.seen());
  }

  // A page that comes back with errors holds entries that are nowhere kept.
  start() {
    if (!this.form.matches(":has([data-error-summary]), [data-error-summary] ~ form")) {
      return this.show("idle", WORDS.idle);
    }
    this.mode = "held";
    this.dirty = true;
    this.show("failed", UNSAVED + WORDS.returned);
  }

  makePlace() {
    const place = document.createElement("p");
    place.className = "autosave";
    place.setAttribute("role", "status");
    this.form.prepend(place);
    return place;
  }

  show(state, words, button) {
    this.place.dataset.state = state;
    this.place.textContent = words;
    if (button) this.place.append(" ", button);
  }

  button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  touched(event) {
    const field = event.target;
    if (field.form !== this.form || field.type === "file" || this.leaving) return;
    if (field.closest("[data-autosave-skip]")) return;
    this.dirty = true;
    if (!["ready", "held"].includes(this.mode)) return; // the warning on show stays true
    this.mode = "ready";
    this.since ??= Date.now();
    if (!this.flight) this.show("editing", WORDS.editing);
    this.plan(Math.min(PAUSE, Math.max(0, this.since + AT_LATEST - Date.now())));
  }

  // Leaving for another tab saves at once; coming back from signing in there tries again.
  seen() {
    const due = document.hidden ? this.mode === "ready" && this.dirty : this.mode === "expired";
    if (due) this.save();
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  save() {
    clearTimeout(this.timer);
    if (this.mode === "stopped" || this.leaving || this.flight) return;
    this.mode = "ready";
    this.dirty = false;
    this.since = undefined;
    this.show("saving", WORDS.saving);
    this.flight = this.send().finally(() => {
      this.flight = null;
      if (this.mode === "ready" && this.dirty) this.plan(PAUSE);
    });
  }

  body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.delete("csrfmiddlewaretoken"); // the header carries today's, also after signing in anew
    return data;
  }

  async send() {
    let response;
    try {
      response = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body: this.body(),
        credentials: "same-origin",
        redirect: "manual",
        headers: { Accept: "application/json", "X-CSRFToken": this.token() },
      });
    } catch {
      return this.again(WORDS.offline);
    }
    return this.answered(response, await response.json().catch(() => null));
  }

  token() {
    const hidden = this.form.elements.namedItem("csrfmiddlewaretoken");
    const token = cookie("csrftoken") || hidden?.value || "";
    if (hidden) hidden.value = token;
    return token;
  }

  answered(response, answer) {
    const { status, type } = response;
    if (response.ok && answer) return this.saved(answer);
    if (status === 400 && answer?.errors) return this.invalid(answer.errors);
    if ([400, 403, 409].includes(status) && answer?.message) return this.stop(answer.message);
    if (type === "opaqueredirect" || status === 401 || status === 403) return this.expire();
    if ([400, 404, 405, 409, 410, 413].includes(status)) return this.stop(WORDS.refused);
    return this.again(WORDS.server);
  }

  saved(answer) {
    this.failures = 0;
    const revision = this.form.elements.namedItem("revision");
    if (revision) revision.value = answer.revision;
    this.mark({});
    const words = [`Đã lưu lúc ${answer.saved_at}`, ...(answer.messages ?? [])].join(" – ");
    if (this.dirty) this.show("editing", `${words}. ${WORDS.editing}`);
    else this.show("saved", words);
  }

  invalid(errors) {
    this.mode = this.dirty ? "ready" : "held"; // mended in the meantime? then it is sent again
    this.dirty = true;
    this.mark(errors);
    this.show("failed", UNSAVED + (errors.__all__?.join(" ") ?? WORDS.invalid));
  }

  again(words) {
    this.mode = "retrying";
    this.dirty = true;
    this.show("failed", UNSAVED + words, this.button("Lưu lại", () => this.save()));
    this.plan(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
  }

  expire() {
    this.mode = "expired";
    this.dirty = true;
    this.show("failed", UNSAVED + WORDS.session, this.button("Lưu lại", () => this.save()));
  }

  stop(words) {
    this.mode = "stopped";
    this.dirty = true;
    this.show("stopped", UNSAVED + words, this.button("Tải lại trang", () => location.assign(location.pathname + location.search)));
  }

  // The same words at the field as the server would print there.
  mark(errors) {
    for (const note of this.form.querySelectorAll("[data-autosave-error]")) note.remove();
    for (const field of this.form.querySelectorAll("[data-autosave-wrong]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-autosave-wrong");
    }
    for (const [name, messages] of Object.entries(errors)) this.markField(name, messages);
  }

  markField(name, messages) {
    const found = this.form.elements.namedItem(name);
    const field = found instanceof RadioNodeList ? found[0] : found;
    if (!field) return;
    const note = document.createElement("div");
    note.className = "field__error";
    note.dataset.autosaveError = "";
    note.textContent = messages.join(" ");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("data-autosave-wrong", "");
    (field.closest(".choices") ?? field).before(note);
  }

  // A save on its way would overtake the sent form: wait for it, then send.
  submitted(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    this.leaving = true;
    if (!this.flight) return;
    event.preventDefault();
    this.flight.finally(() => {
      this.token();
      this.form.requestSubmit(event.submitter);
    });
  }

  unloading(event) {
    if (this.leaving || !(this.dirty || this.flight)) return;
    event.preventDefault();
  }

  get pending() {
    return this.flight !== null || (this.mode === "ready" && this.dirty);
  }

  flush() {
    if (!this.flight) this.save();
    return this.flight;
  }
}

const all = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));

// Another form of the page is sent: what was typed here is saved first. What cannot be saved is
// left to the browser's question.
document.addEventListener(
  "submit",
  (event) => {
    const { target, submitter } = event;
    const open = all.filter((one) => one.form !== target && one.pending);
    if (!open.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.all(open.map((one) => one.flush())).then(() => target.requestSubmit(submitter));
  },
  true,
);
