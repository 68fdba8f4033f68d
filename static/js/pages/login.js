/** The login page. The form works without this; it keeps a second press, or an Enter that ends a composition, from sending. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-login]"));

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.isComposing) event.preventDefault();
});

form?.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("button[data-wait]"));
  if (!button) return;
  if (button.getAttribute("aria-disabled") === "true") return event.preventDefault();
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.wait ?? "";
});

// The browser's back button may bring the page up as it was left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
