/**
 * Starts allauth's scripts for keys on the button with data-passkey. They expect their settings in an inline
 * script, which our policy does not run; here they come from attributes.
 */
const button = document.querySelector("[data-passkey]");
const failure = document.querySelector("[data-passkey-failure]");

if (button && window.PublicKeyCredential) {
  const { passkey, credential, passwordless } = button.dataset;
  button.hidden = false;
  window.allauth.webauthn.forms[passkey]({
    ids: {
      add: button.id,
      authenticate: button.id,
      login: button.id,
      credential,
      passwordless,
      data: "passkey-data",
    },
  });
  button.addEventListener("click", () => failure.toggleAttribute("hidden", true));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    failure.hidden = false;
  });
}
