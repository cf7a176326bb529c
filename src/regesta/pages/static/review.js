// Review from the keyboard, words chosen in a text, and the state of the build. Every form works without.
"use strict";

const isTyping = (target) => target instanceof Element && target.closest("input:not([type=radio]), textarea, select");
const why = document.querySelector("#ask #why");

// One key an answer: it picks the answer, and leads to the reason. Links and buttons with a key are followed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
    return;
  }
  if (isTyping(event.target)) return;
  if (event.key === "?") {
    const keys = document.querySelector("#keys");
    if (!keys) return;
    event.preventDefault();
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input")) {
    wanted.checked = true;
    if (why) why.focus();
  } else {
    wanted.click();
  }
});

// The page asks how far the chronicle is, whether the log can be reached, and whether somebody else decided on what is shown;
// the new chronicle is shown when nobody has typed anything.
const bar = document.querySelector(".review-bar");
const untouched = () => !why || (!why.value && !document.querySelector("#ask input:checked"));
const asksFor = () => {
  const sent = (name) => (document.querySelector(`#ask input[name="${name}"]`) || { value: "" }).value;
  return sent("about") ? `?${new URLSearchParams({ about: sent("about"), known: sent("known") })}` : "";
};
const isBusy = (status) => status === "building" || status === "waiting";
const look = async () => {
  let told = null;
  if (!document.hidden) {
    try {
      const answer = await fetch(bar.dataset.state + asksFor(), { headers: { accept: "application/json" } });
      if (answer.ok) told = await answer.json();
      else if (answer.status === 403) return;
    } catch {
      told = null;
    }
  }
  if (told) {
    bar.querySelector(".others").hidden = !told.others;
    if (told.status !== bar.dataset.status) bar.querySelector("[role=status]").textContent = told.words;
    const isNew = told.chronicle !== bar.dataset.chronicle;
    const isOther = told.status !== bar.dataset.status && [told.status, bar.dataset.status].some((one) => one === "lost" || one === "failed");
    if (!isBusy(told.status) && (isNew || isOther)) {
      if (untouched() && told.status !== "failed") return location.reload();
      bar.querySelector(".fresh").hidden = !isNew;
    }
  }
  setTimeout(look, isBusy(told ? told.status : bar.dataset.status) ? 700 : 4000);
};
if (bar) setTimeout(look, isBusy(bar.dataset.status) ? 500 : 4000);

// Words chosen in a text become the words of a claim: where they begin and end is counted in code points.
const choose = document.querySelector("#choose");
if (choose) {
  const hint = choose.querySelector(".scripted");
  if (hint) hint.hidden = false;
  const offset = (node, inside) => {
    const element = node instanceof Element ? node : node.parentElement;
    const piece = element && element.closest("[data-at]");
    if (!piece || !piece.closest(".text")) return null;
    const range = document.createRange();
    range.selectNodeContents(piece);
    range.setEnd(node, inside);
    return Number(piece.dataset.at) + [...range.toString()].length;
  };
  const offer = document.createElement("div");
  offer.className = "chosen-words";
  offer.setAttribute("role", "status");
  offer.hidden = true;
  const words = document.createElement("q");
  const go = document.createElement("a");
  go.textContent = choose.dataset.words;
  go.dataset.key = "a";
  offer.append(words, go);
  document.body.append(offer);
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen && chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const start = range && offset(range.startContainer, range.startOffset);
    const end = range && offset(range.endContainer, range.endOffset);
    const is_right = start !== null && end !== null && range && end > start && end - start <= 500;
    offer.hidden = !is_right;
    if (!is_right) return;
    words.textContent = range.toString().replace(/\s+/g, " ").slice(0, 160);
    go.href = `${choose.dataset.address}&start=${start}&end=${end}`;
  });
}
