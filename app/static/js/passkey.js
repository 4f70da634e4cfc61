// Fingerprint or face instead of a password. The device signs the challenge, and gives 32 bytes that it gives for this
// service alone (the PRF extension): they open the member's own key. Both travel in the form, as a password does.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function read(box, challenge) {
  const options = JSON.parse(box.dataset.options);
  options.challenge = bytes(challenge || options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const one of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) one.id = bytes(one.id);
  options.extensions.prf.eval.first = bytes(options.extensions.prf.eval.first);
  return options;
}

async function fetchChallenge(box, form) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  const answer = await fetch(box.dataset.challenge, { method: "POST", headers });
  if (!answer.ok) throw new Error("no challenge");
  return answer.text();
}

const outputOf = (credential) => credential.getClientExtensionResults().prf?.results?.first;

async function use(box, form) {
  const publicKey = read(box, await fetchChallenge(box, form));
  const used = await navigator.credentials.get({ publicKey });
  return [used, outputOf(used)];
}

async function make(box, form) {
  const options = read(box);
  options.user.name = options.user.displayName = form.elements.label.value.trim();
  const made = await navigator.credentials.create({ publicKey: options });
  const again = {
    challenge: crypto.getRandomValues(new Uint8Array(32)), rpId: options.rp.id, userVerification: "required",
    allowCredentials: [{ type: "public-key", id: made.rawId }], extensions: options.extensions,
  };
  // many devices give the 32 bytes only once the new key is used; what they say of it before that proves nothing
  const output = outputOf(made) ?? outputOf(await navigator.credentials.get({ publicKey: again }));
  if (!output) PublicKeyCredential.signalUnknownCredential?.({ rpId: options.rp.id, credentialId: made.id });
  return [made, output];
}

function send(box, form, credential, output) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((name) => credential.response[name]).map((name) => [name, text(credential.response[name])]);
  const { id, type } = credential;
  const answer = { id, rawId: text(credential.rawId), type, response: Object.fromEntries(given), clientExtensionResults: {} };
  const { passkey, passkey_output: opens } = form.elements;
  const action = form.action;
  [passkey.value, opens.value, form.action] = [JSON.stringify(answer), text(output), box.dataset.action];
  form.requestSubmit();
  [passkey.value, opens.value, form.action] = ["", "", action]; // what was sent does not stay in the page
}

function say(box, what) {
  box.querySelectorAll("[data-passkey-said]").forEach((words) => { words.hidden = words.dataset.passkeySaid !== what; });
}

async function press(box) {
  const [button, form] = [box.querySelector("button"), box.closest("form")];
  if (form.elements.label?.value.trim() === "") { form.requestSubmit(); return; }
  say(box, "");
  button.disabled = true;
  try {
    const [credential, output] = await (box.dataset.passkey === "create" ? make : use)(box, form);
    if (output) send(box, form, credential, output); else say(box, "without");
  } catch (error) {
    say(box, error.name === "InvalidStateError" ? "there" : "stopped");
  }
  button.disabled = false;
}

document.querySelectorAll("[data-passkey]").forEach((box) => {
  box.hidden = !window.PublicKeyCredential || box.dataset.origin !== location.origin;
  box.querySelector("[data-passkey] > button")?.addEventListener("click", () => press(box));
});
