// A box that narrows a long list of choices. Without this module the box stays hidden and the list is whole.
// <div data-narrow="id-of-list" data-said="Shown: {n}" hidden><input type="search"><output></output></div>
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function bind(box) {
  const input = box.querySelector("input");
  const said = box.querySelector("output");
  const rows = [...document.getElementById(box.dataset.narrow).querySelectorAll("label")].map((label) => ({
    row: label.parentElement,
    choice: label.querySelector("input"),
    text: fold((label.querySelector("span") ?? label).textContent), // without the count
  }));

  const narrow = () => {
    const wanted = fold(input.value.trim());
    let shown = 0;
    for (const { row, choice, text } of rows) {
      // What is ticked stays in sight: it will be sent.
      row.hidden = !(text.includes(wanted) || choice?.checked);
      if (!row.hidden) shown += 1;
    }
    said.value = wanted ? box.dataset.said.replace("{n}", shown) : "";
  };

  box.hidden = false;
  input.addEventListener("input", narrow);
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
