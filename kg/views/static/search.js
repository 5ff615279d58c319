// Search with suggestions: names in every language, acronyms and aliases, without regard to accents and case.

const SUGGESTIONS = 12;
const searchBox = byId("search");
const searchList = byId("suggestions");
let searchIndex = null;
let suggested = [];
let active = -1;

function namesOf(node) {
  const labels = nodes.label[node];
  const names = [typeof labels === "string" ? [labels] : Object.values(labels), nodes.acronym[node], nodes.short[node], nodes.aliases[node], nodes.id[node]];
  return [...new Set(names.flat().filter(Boolean))];
}

// For each node all its names, folded, in one text; the index is made when somebody first searches, a piece at a time.
const BETWEEN = "\n";
const foldedNames = (node) => namesOf(node).map((name) => fold(name).replaceAll(BETWEEN, " ")).join(BETWEEN);

const PIECE = 5000;
async function indexNames() {
  const made = (searchIndex = []);
  while (made.length < N) {
    for (let node = made.length, end = Math.min(N, node + PIECE); node < end; node++) made.push(foldedNames(node));
    if (N > PIECE) await pause();
  }
  if (N > PIECE && searchBox.value.trim()) suggest();
}

// How well a name answers: whole, from its start, from a word's start, anywhere; 0 where it does not.
function quality(folded, { words, later, whole }) {
  if (folded.startsWith(whole)) return folded.length === whole.length ? 5 : 4;
  if (words.every((word, place) => folded.startsWith(word) || folded.includes(later[place]))) return 3;
  if (folded.includes(whole)) return 2;
  return words.every((word) => folded.includes(word)) ? 1 : 0;
}

function find(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const query = { words, later: words.map((word) => ` ${word}`), whole: words.join(" ") };
  const found = [];
  if (!searchIndex) indexNames();
  searchIndex.forEach((names, node) => {
    if (!words.every((word) => names.includes(word))) return;
    let [best, place] = [0, 0];
    names.split(BETWEEN).forEach((folded, index) => {
      const score = quality(folded, query);
      if (score > best) [best, place] = [score, index];
    });
    if (best) found.push({ node, place, rank: best * RANKS + degree[node] });
  });
  return found;
}

// The best of what was found: whole names first, then who has many relations. Only those that come into question are
// compared by name, which takes long.
const RANKS = 1e6;
function bestOf(found) {
  const least = Float64Array.from(found, ({ rank }) => rank).sort().at(-SUGGESTIONS) ?? 0;
  const named = found.filter(({ rank }) => rank >= least).map(({ node, place, rank }) => ({ node, rank, name: namesOf(node)[place] }));
  const order = new Intl.Collator(lang);
  return named.sort((a, b) => b.rank - a.rank || order.compare(a.name, b.name)).slice(0, SUGGESTIONS);
}

function suggest() {
  const query = searchBox.value.trim();
  const found = find(query);
  suggested = bestOf(found);
  active = -1;
  searchList.replaceChildren(...suggested.map(suggestion));
  if (query && !found.length) searchList.append(el("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("search.nothing")));
  showList(query !== "");
  if (query) say(found.length ? t("search.found", { n: found.length }) : t("search.nothing"));
}

function suggestion({ node, name }, place) {
  const parts = [plain(nodeName(node))];
  if (name !== nodeName(node)) parts.push(el("span", { class: "by" }, plain(name)));
  const type = nodes.type[node] >= 0 ? entryName("type", nodes.type[node]) : "";
  const where = nodes.country[node].map((country) => entryName("country", country)).join(", ");
  parts.push(el("span", { class: "what" }, [type, where].filter(Boolean).join(" · ")));
  const option = el("li", { id: `suggestion-${place}`, role: "option", "aria-selected": "false" }, ...parts);
  option.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the keyboard
  option.addEventListener("click", () => choose(place));
  return option;
}

function showList(open) {
  searchList.hidden = !open;
  searchBox.setAttribute("aria-expanded", String(open));
  if (!open) activate(-1);
}

function activate(place) {
  active = place;
  [...searchList.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
  if (place >= 0) {
    searchBox.setAttribute("aria-activedescendant", `suggestion-${place}`);
    searchList.children[place].scrollIntoView({ block: "nearest" });
  } else {
    searchBox.removeAttribute("aria-activedescendant");
  }
}

function choose(place) {
  const { node } = suggested[place];
  searchBox.value = nodeName(node);
  showList(false);
  select(node);
}

searchBox.addEventListener("input", suggest);
searchBox.addEventListener("focus", () => searchBox.value.trim() && suggested.length && showList(true));
searchBox.addEventListener("blur", () => showList(false));
searchBox.addEventListener("keydown", (event) => {
  const last = suggested.length - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (searchList.hidden) suggest();
    if (!suggested.length) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    activate(active < 0 ? (step > 0 ? 0 : suggested.length - 1) : (active + step + suggested.length) % suggested.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (last >= 0 && !searchList.hidden) choose(Math.max(active, 0));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (!searchList.hidden) showList(false);
    else searchBox.value = "";
  }
});
