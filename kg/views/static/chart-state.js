// What the reader has chosen, and its place in the address: everything but the defaults stands after the #.

const state = {
  theme: "auto",
  selected: [], // ids of rows
  off: {}, // facet to the set of entries that are switched off; "" is the entry of rows that say nothing
  whole: new Set(), // pictures that draw all, where they draw only the first at first
  sort: {}, // table to {column, down}
  find: "",
};

for (const table of page.tables) for (const row of table.rows) row.facts = row.facts.map((fact) => page.known[fact]);
const rowOf = new Map(page.tables.flatMap((table) => table.rows.map((row) => [row.id, row])));
const tableOf = new Map(page.tables.flatMap((table) => table.rows.map((row) => [row.id, table])));

function stateToHash() {
  const parts = [];
  const put = (name, value) => parts.push(`${name}=${value}`);
  if (lang !== page.lang) put("lang", lang);
  if (state.theme !== "auto") put("theme", state.theme);
  if (state.selected.length) put("selected", pack(state.selected));
  for (const facet of page.facets) {
    const off = [...(state.off[facet.id] ?? [])];
    if (off.length) put(`off.${facet.id}`, pack(off.sort()));
  }
  if (state.whole.size) put("whole", pack([...state.whole].sort()));
  for (const [table, sort] of Object.entries(state.sort)) {
    if (sort) put(`sort.${table}`, pack([sort.column, sort.down ? "down" : "up"]));
  }
  if (state.find) put("find", pack([state.find]));
  return parts.join("&");
}

// The state that a hash stands for; what is unknown in it is passed over (`findPassedOver` says so).
function stateFromHash(hash) {
  const given = givenIn(hash);
  lang = page.words["language.name"][given.get("lang")] ? given.get("lang") : page.lang;
  state.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "auto";
  state.selected = unpack(given.get("selected") ?? "").filter((id) => rowOf.has(id));
  state.off = {};
  for (const facet of page.facets) {
    if (!given.has(`off.${facet.id}`)) continue;
    const known = new Set(["", ...facet.entries.map(([id]) => id)]);
    state.off[facet.id] = new Set(unpack(given.get(`off.${facet.id}`)).filter((id) => known.has(id)));
  }
  state.whole = new Set(unpack(given.get("whole") ?? "").filter((id) => page.figures.some((figure) => figure.id === id && figure.first)));
  state.sort = {};
  for (const table of page.tables) {
    const [column, way] = unpack(given.get(`sort.${table.id}`) ?? "");
    if (table.columns.some(([id]) => id === column)) state.sort[table.id] = { column, down: way === "down" };
  }
  state.find = given.has("find") ? unpack(given.get("find"))[0] : "";
}

let hashTimer = 0;
function rememberState() {
  clearTimeout(hashTimer);
  hashTimer = setTimeout(() => {
    const hash = stateToHash();
    if (location.protocol === "about:") return; // inside a notebook there is no address
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
  }, 150);
}

// Rows that the filters and the search let through. A row passes a facet when one of what it says is switched on.
let passing = new Set();
function applyFilters() {
  const words = fold(state.find).split(/\s+/).filter(Boolean);
  passing = new Set();
  for (const [id, row] of rowOf) {
    const through = page.facets.every((facet) => {
      const off = state.off[facet.id];
      if (!off?.size || !facetsOf(row).has(facet.id)) return true;
      return (row.values[facet.id] ?? [""]).some((value) => !off.has(value));
    });
    if (through && (!words.length || words.every((word) => searched(row).includes(word)))) passing.add(id);
  }
}

// Rows that a picture draws: of those that pass the first, in the order of the tables, and what is chosen.
function drawnRows(figure) {
  const own = new Set(sceneOf(figure)?.groups.map(([row]) => row));
  const through = [...passing].filter((id) => own.has(id));
  if (!figure.first || state.whole.has(figure.id) || through.length <= figure.first) return { drawn: passing, all: through.length };
  const chosen = new Set(state.selected);
  return { drawn: new Set(through.filter((id, place) => place < figure.first || chosen.has(id))), all: through.length };
}

// A facet that no row of a table has does not filter that table.
const facetsIn = new Map(page.tables.map((table) => [table, new Set(table.rows.flatMap((row) => Object.keys(row.values)))]));
const facetsOf = (row) => facetsIn.get(tableOf.get(row.id));

function searched(row) {
  return fold([text(row.name), ...row.cells.map(cellText), ...row.facts.map(([, statement]) => text(statement))].join(" "));
}

function cellText(cell) {
  return typeof cell === "number" ? number(cell) : text(cell);
}
