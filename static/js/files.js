// Says at once that a file is too large, before it is sent over a slow line; the server says so in any case.

addEventListener("change", ({ target }) => {
  if (target.type !== "file") return;
  const field = target.closest(".field");
  const id = `${target.id}_too_large`;
  document.getElementById(id)?.remove();
  const tooLarge = (target.files[0]?.size ?? 0) > Number(target.dataset.limit);
  field?.classList.toggle("invalid", tooLarge);
  if (!tooLarge) return;
  target.value = "";
  const error = document.createElement("p");
  error.id = id;
  error.className = "errorlist";
  error.setAttribute("role", "alert");
  error.textContent = target.dataset.tooLarge;
  target.before(error);
});
