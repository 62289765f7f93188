// Copies an address. Browsers allow it on pages that came over a safe line.
for (const part of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const [button, done] = part.children;
  part.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(part.dataset.copy);
    } catch {
      return; // not allowed: the address beside it can be copied by hand
    }
    // Said again when it is pressed again.
    done.textContent = "";
    setTimeout(() => { done.textContent = done.dataset.done; }, 50);
  });
}
