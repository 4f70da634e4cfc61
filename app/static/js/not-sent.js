// Without a network, what nothing keeps is not sent, and its page stays: the worker of /sw.js tells the page, and the page
// says it beside the button that was pressed.
import { unsettle } from "./confirm-leave.js";

let pressed = null;
const visible = "textarea, select, input:not([type=hidden])";

function say(form) {
  const words = document.getElementById("not-sent").content.cloneNode(true).querySelector("[data-not-sent]");
  const isTap = ![...form.elements].some((one) => one.matches(visible));
  words.querySelectorAll("[data-for]").forEach((line) => { line.hidden = (line.dataset.for === "tap") !== isTap; });
  document.querySelectorAll("[data-not-sent]").forEach((old) => old.remove());
  if (form.closest("main")) (form.closest(".button-row") ?? form).after(words);
  else document.getElementById("messages").append(words);
  words.scrollIntoView({ block: "nearest" });
}

function hear({ data, ports }) {
  if (!data?.unsent || pressed?.path !== data.unsent) return;
  const { form } = pressed;
  pressed = null;
  form.removeAttribute("data-sent");
  unsettle(form);
  say(form);
  ports[0].postMessage("said");
}

export function sayWhatIsNotSent() {
  if (!navigator.serviceWorker) return;
  document.addEventListener("submit", ({ target, submitter }) => {
    const to = submitter?.getAttribute("formaction") ?? target.getAttribute("action") ?? "";
    pressed = { form: target, path: new URL(to, location.href).pathname };
  });
  navigator.serviceWorker.addEventListener("message", hear);
  navigator.serviceWorker.startMessages();
}
