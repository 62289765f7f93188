// Comforts of the submission form; each part works without this file.

// A second click while the first is on its way does nothing; after two seconds it may be meant.
for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < 2000) event.preventDefault();
    else sent = event.timeStamp;
  });
  addEventListener("pageshow", () => { sent = -Infinity; });
}

// "Add another" adds at once instead of asking the server.
function empty(node) {
  for (const field of node.querySelectorAll("input, select, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const error of node.querySelectorAll(".errorlist, .error, [data-kept]")) error.remove();
  for (const field of node.querySelectorAll(".invalid")) field.classList.remove("invalid");
}

function addBox(group) {
  const boxes = group.querySelectorAll("input");
  const last = boxes[boxes.length - 1];
  const box = last.cloneNode();
  box.value = "";
  box.removeAttribute("value");
  box.id = last.id.replace(/\d+$/, boxes.length);
  box.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+/, boxes.length + 1));
  last.after(box);
  box.focus();
}

function addRow(fieldset) {
  const total = fieldset.querySelector('input[name$="-TOTAL_FORMS"]');
  const number = Number(total.value);
  const last = fieldset.querySelector(".rows > li:last-child");
  const row = document.createElement("li");
  row.innerHTML = last.innerHTML.replace(/-\d+-/g, `-${number}-`);
  empty(row);
  const legend = row.querySelector("legend");
  if (legend) legend.textContent = legend.textContent.replace(/\d+/, number + 1);
  last.after(row);
  total.value = number + 1;
  row.querySelector("input:not([type=hidden]), select")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="add"]');
  if (!button) return;
  const group = button.closest("[data-repeated]");
  const rows = button.closest("fieldset")?.querySelector(".rows");
  if (!group && !rows) return;
  event.preventDefault();
  if (group) addBox(group);
  else addRow(button.closest("fieldset"));
});

// Cities are offered while they are typed; what was offered before stays until the next answer.
for (const group of document.querySelectorAll("[data-source]")) {
  let waiting;
  group.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (target.value.trim().length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${group.dataset.source}?q=${encodeURIComponent(target.value)}`);
      if (!answer.ok) return;
      const { names } = await answer.json();
      group.querySelector("datalist").replaceChildren(...names.map((name) => new Option("", name)));
    }, 200);
  });
}
