// Search in a folder of files. The index is in script files, because a page that was opened from a file may load nothing else.
"use strict";

const SPELLED = [
  ["sch", "s"], ["tch", "c"], ["sh", "s"], ["ch", "c"], ["kh", "k"], ["th", "t"], ["ph", "p"], ["gh", "k"], ["rh", "l"],
  ["ng", "n"], ["ck", "k"], ["x", "ks"],
];
const CLASSES = Object.fromEntries("bp cc dt fp gk hh jc kk ll mn nn pp qk rl ss tt vp zc".split(" ").map((pair) => [...pair]));
const PLAIN = { ł: "l", ø: "o", đ: "d", ı: "i", ħ: "h", æ: "ae", œ: "oe", ß: "ss", ð: "d", þ: "th" };
const ONSETS = ["k", "k", "n", "t", "t", "l", "n", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h"];
const CODAS = [
  "", "k", "k", "k", "n", "n", "n", "t", "l", "l", "n", "l", "l", "l", "l", "l", "n", "p", "p", "t", "t", "n", "t", "t", "k",
  "t", "p", "",
];
const AT_ONCE = 20;

// The same as `folded`, `words_of_name` and `sound` of seeking.py; a test holds them together.
const folded = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/[łøđıħæœßðþ]/g, (c) => PLAIN[c]).replace(/\p{Mn}/gu, "").normalize("NFC");
const apart = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const isShort = (word) => word.length < 2 && /^[\x00-\x7f]/.test(word);
const sound = (name) => {
  let found = "";
  for (const word of apart(folded(name.slice(0, 80)))) {
    let spelled = word;
    for (const [letters, plain] of SPELLED) spelled = spelled.replaceAll(letters, plain);
    let last = "";
    for (const char of spelled) {
      const at = char.codePointAt(0) - 0xac00;
      if (at >= 0 && at <= 11171) {
        found += ONSETS[Math.floor(at / 588)] + CODAS[at % 28];
        last = "";
        continue;
      }
      const here = CLASSES[char] || "";
      if (here && here !== last) found += here;
      last = here;
    }
  }
  return found;
};

const form = document.getElementById("searching");
const field = document.getElementById("for");
const told = document.getElementById("told");
const list = document.getElementById("hits");
const more = document.getElementById("more");
const root = form.dataset.root;

// A piece is a script that calls `regesta`; each is loaded once.
const loaded = new Map();
const given = new Map();
globalThis.regesta = {
  pieces: (names, [n, size]) => given.set("pieces", { names, n, size }),
  piece: (name, words) => given.set(`piece ${name}`, words),
  cards: (number, cards) => given.set(`cards ${number}`, cards),
};
const load = (file) => {
  if (!loaded.has(file)) {
    loaded.set(file, new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `${root}search/${file}.js`;
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new Error(file)));
      document.head.append(script);
    }));
  }
  return loaded.get(file);
};
const fileOf = (beginning) => {
  const name = [...beginning].map((c) => (/[A-Za-z0-9_]/.test(c) ? c : `u${c.codePointAt(0).toString(16)}`)).join("");
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(name) ? `${name}-` : name;
};

// Numbers of the entries that have a word which begins so, each with whether it is the whole word.
const beginning = async (word, isWhole) => {
  const { names } = given.get("pieces");
  const wanted = names.filter((name) => word.startsWith(name) || (!isWhole && name.startsWith(word)));
  await Promise.all(wanted.map((name) => load(fileOf(name))));
  const found = new Map();
  for (const name of wanted) {
    for (const [other, ...numbers] of given.get(`piece ${name}`)) {
      if (other === word || (!isWhole && other.startsWith(word))) {
        for (const number of numbers) found.set(number, found.get(number) || other === word);
      }
    }
  }
  return found;
};
const search = async (query) => {
  await load("pieces");
  const words = apart(folded(query)).filter((word) => !isShort(word)).slice(0, 8);
  const heard = sound(query);
  const every = await Promise.all(words.map((word) => beginning(word, false)));
  const alike = heard.length > 1 ? await beginning(`_${heard}`, true) : new Map();
  const scored = new Map();
  for (const number of every.length ? every[0].keys() : []) {
    if (every.every((some) => some.has(number))) {
      scored.set(number, every.filter((some) => some.get(number)).length * 2);
    }
  }
  for (const number of alike.keys()) scored.set(number, (scored.get(number) || 0) + 1);
  return [...scored.keys()].sort((a, b) => scored.get(b) - scored.get(a) || a - b);
};

const shown = (card) => {
  const [address, label, kind, n, year] = card;
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { className: "who", textContent: label });
  link.href = root + (document.documentElement.lang === "en" ? "" : `${document.documentElement.lang}/`) + encodeURI(address);
  const what = Object.assign(document.createElement("span"), { className: "what", textContent: list.dataset[kind] || kind });
  const when = Object.assign(document.createElement("span"), { className: "when", textContent: year || "" });
  const count = Object.assign(document.createElement("span"), { className: "n" });
  if (n) count.textContent = (n === 1 ? list.dataset.claim : list.dataset.claims).replace("{n}", n.toLocaleString("en"));
  item.append(link, " ", what, " ", when, " ", count);
  return item;
};
let turn = 0;
let rest = [];
const show = async () => {
  const mine = turn;
  const { size } = given.get("pieces");
  const numbers = rest.splice(0, AT_ONCE);
  await Promise.all([...new Set(numbers.map((n) => Math.floor(n / size)))].map((n) => load(`cards-${n}`)));
  if (mine !== turn) return;
  list.append(...numbers.map((n) => shown(given.get(`cards ${Math.floor(n / size)}`)[n % size])));
  more.hidden = rest.length === 0;
};
const find = async () => {
  const query = field.value.trim();
  const mine = ++turn;
  list.replaceChildren();
  more.hidden = true;
  told.hidden = !query;
  if (!query) return;
  try {
    const found = await search(query);
    if (mine !== turn) return;
    const isNone = !apart(folded(query)).some((word) => !isShort(word));
    const words = isNone && !found.length ? told.dataset.short : found.length === 0 ? told.dataset.none : found.length === 1 ? told.dataset.one : told.dataset.some;
    told.textContent = words.replace("{n}", found.length.toLocaleString("en"));
    rest = found;
    await show();
  } catch {
    told.textContent = told.dataset.failed;
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(location.href);
  address.search = new URLSearchParams({ for: field.value });
  history.replaceState(null, "", address);
  find();
});
let last = 0;
field.addEventListener("input", () => {
  clearTimeout(last);
  last = setTimeout(find, 150);
});
more.querySelector("button").addEventListener("click", show);
field.value = new URLSearchParams(location.search).get("for") || "";
find();
