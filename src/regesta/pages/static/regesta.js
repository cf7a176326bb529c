// What makes reading easier where a browser runs it. Every page works without.
"use strict";

// A claim may be several pieces of text: whoever points at one, or comes from a link to it, sees them all.
const pieces = (id) => document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"], a[data-claim="${CSS.escape(id)}"]`);
const light = (ids, name, on) => {
  for (const id of ids) for (const piece of pieces(id)) piece.classList.toggle(name, on);
};
const claimsOf = (target) => {
  const found = target instanceof Element && target.closest("[data-claim], mark[data-claims]");
  return found ? (found.dataset.claim || found.dataset.claims).split(" ") : [];
};
for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(begin, (event) => light(claimsOf(event.target), "lit", true));
  document.addEventListener(end, (event) => light(claimsOf(event.target), "lit", false));
}

let reached = [];
const arrive = () => {
  light(reached, "reached", false);
  const id = decodeURIComponent(location.hash.slice(1));
  reached = id.startsWith("c-") ? [id.slice(2, 8)] : [];
  light(reached, "reached", true);
};
addEventListener("hashchange", arrive);
arrive();

// A narrow screen shows lists short: what folds is closed there, and open again where there is room or on paper.
const narrow = matchMedia("(max-width: 40rem)");
const folds = document.querySelectorAll("details.fold");
const fold = () => folds.forEach((one) => { one.open = !narrow.matches; });
fold();
narrow.addEventListener("change", fold);
addEventListener("beforeprint", () => folds.forEach((one) => { one.open = true; }));
addEventListener("afterprint", fold);
if (narrow.matches) {
  for (const one of document.querySelectorAll(".facets details[open]")) one.open = one.querySelector("[aria-current]") !== null;
}

// "/" goes to the search, as in most places where people read.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  const field = document.querySelector(".find input");
  if (field) {
    event.preventDefault();
    field.focus();
  }
});

// Names are suggested while somebody types into a search field; without this, or without an answer, the field is as before.
for (const field of document.querySelectorAll(".find input[name=q], .searching input[name=q]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id || "find"}-names`;
  field.after(list);
  field.setAttribute("list", list.id);
  let last = 0;
  field.addEventListener("input", (event) => {
    const typed = field.value.trim();
    clearTimeout(last);
    if (typed.length < 2 || event.inputType === "insertReplacementText") return;
    last = setTimeout(async () => {
      try {
        const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed.slice(0, 100))}`);
        if (!answer.ok || field.value.trim() !== typed) return;
        list.replaceChildren(...(await answer.json()).items.map(({ label }) => new Option(label, label)));
      } catch {
        list.replaceChildren();
      }
    }, 150);
  });
}
