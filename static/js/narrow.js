// A box that narrows a long list of choices. Without this module the box stays hidden and the list is whole.
// <div data-narrow="id-of-list" data-said="Shown: {n}" hidden><input type="search"><output></output></div>
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function rowsOf(list) {
  return [...list.querySelectorAll("label")].map((label) => ({
    row: label.parentElement,
    choice: label.querySelector("input"),
    text: fold((label.querySelector("span") ?? label).textContent), // without the count
  }));
}

// Of a list that has its most frequent values only, whoever looks for one looks among all.
async function complete(list) {
  const more = list.closest(".facet")?.querySelector(".more a");
  if (!more) return;
  const answer = await fetch(more.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const whole = page.getElementById(list.id);
  if (!whole) return;
  const ticked = new Map([...list.querySelectorAll("input")].map((choice) => [choice.value, choice.checked]));
  for (const choice of whole.querySelectorAll("input")) choice.checked = ticked.get(choice.value) ?? choice.checked;
  const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
  list.replaceChildren(...whole.childNodes);
  if (focused !== null) [...list.querySelectorAll("input")].find((choice) => choice.value === focused)?.focus({ preventScroll: true });
  more.parentElement.remove();
}

function bind(box) {
  const input = box.querySelector("input");
  const said = box.querySelector("output");
  const list = document.getElementById(box.dataset.narrow);
  let rows = rowsOf(list);
  let asked;

  const narrow = () => {
    const wanted = fold(input.value.trim());
    let shown = 0;
    for (const { row, choice, text } of rows) {
      // What is ticked stays in sight: it will be sent.
      row.hidden = !(text.includes(wanted) || choice?.checked);
      if (!row.hidden) shown += 1;
    }
    said.value = wanted ? box.dataset.said.replace("{n}", shown) : "";
    // Where something is shown, whoever sees it need not be told.
    said.classList.toggle("visually-hidden", shown > 0);
  };

  box.hidden = false;
  input.addEventListener("input", () => {
    narrow();
    asked ??= complete(list).then(
      () => {
        rows = rowsOf(list);
        narrow();
      },
      () => (asked = undefined), // the link is still there, and the next letter tries again
    );
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // narrows; does not send the form
  });
  narrow(); // the browser may have kept what was typed
}

function bindAll() {
  for (const box of document.querySelectorAll("[data-narrow][hidden]")) bind(box);
}
bindAll();
document.addEventListener("list:shown", bindAll); // js/list.js replaced the list
