// The table twin: everything the picture shows, in rows that can be sorted, with the same filters.

const CHUNK = LARGE ? 60 : 300;
const TABLES = { ties: { rows: visibleTies, columns: tieColumns }, nodes: { rows: visibleNodes, columns: nodeColumns } };
let shownRows = CHUNK;
const BRIEF = 22; // characters that stay in one line

// Columns: a key for headings and the address, the value as text, and where it is more than text, what is shown.
function tieColumns() {
  const entry = (name) => (tie) => (ties[name][tie] < 0 ? "" : entryName(name, ties[name][tie]));
  return [
    { key: "from", heading: t("table.from"), value: (tie) => endName(ties.source[tie]) },
    { key: "relation", heading: t("facet.relation"), value: entry("relation"), thing: (tie) => N + tie },
    { key: "to", heading: t("table.to"), value: (tie) => endName(ties.target[tie]) },
    { key: "sign", heading: t("facet.sign"), value: (tie) => `${SIGN_MARK[ties.sign[tie]]} ${entryName("sign", ties.sign[tie])}` },
    { key: "direction", heading: t("panel.direction"), value: (tie) => t(lists.relation[ties.relation[tie]].mutual ? "direction.mutual" : "direction.one") },
    ...(changeOf.size ? [{ key: "tiechange", heading: t("facet.tiechange"), value: (tie) => changeText(N + tie) }] : []),
    { key: "fit", heading: t("facet.fit"), value: entry("fit") },
    { key: "modality", heading: t("facet.modality"), value: entry("modality") },
    { key: "status", heading: t("facet.status"), value: entry("status") },
    { key: "confidence", heading: t("facet.confidence"), value: entry("confidence"), order: (tie) => ties.confidence[tie] },
    { key: "start", heading: t("table.start"), value: (tie) => ties.start[tie] },
    { key: "end", heading: t("table.end"), value: (tie) => ties.end[tie] },
    { key: "hedge", heading: t("panel.hedge"), value: (tie) => ties.hedge[tie].map((hedge) => entryName("hedge", hedge)).join(", ") },
    { key: "view", heading: t("facet.view"), value: viewOf },
    { key: "issue", heading: t("facet.issue"), value: (tie) => ties.issue[tie].map((issue) => entryName("issue", issue)).join(", ") },
    { key: "source", heading: t("facet.source"), value: (tie) => ties.sources[tie].map((source) => page.sources[source].title).join(t("text.between")) },
  ];
}

function nodeColumns() {
  const entry = (name) => (node) => (nodes[name][node] < 0 ? "" : entryName(name, nodes[name][node]));
  return [
    { key: "name", heading: t("table.name"), value: nodeName, thing: (node) => node },
    ...(changeOf.size ? [{ key: "nodechange", heading: t("facet.nodechange"), value: changeText }] : []),
    { key: "acronym", heading: t("panel.acronym"), value: (node) => nodes.acronym[node] },
    { key: "type", heading: t("facet.type"), value: entry("type") },
    { key: "kind", heading: t("facet.kind"), value: entry("kind") },
    { key: "country", heading: t("facet.country"), value: (node) => nodes.country[node].map((country) => entryName("country", country)).join(", ") },
    { key: "status", heading: t("facet.status"), value: entry("status") },
    ...page.groupings.map(({ id }) => ({ key: id, heading: t(`facet.${id}`), value: entry(id), order: (node) => nodes[id][node] })),
    ...[...MEASURES].map(([id, measure]) => ({ key: id, heading: t(`measure.${id}`), value: (node) => measureText(measure, node), order: (node) => shareOf(measure, node) ?? -1 })),
    { key: "relations", heading: t("table.relations"), value: (node) => number(visibleDegree(node)), order: visibleDegree },
  ];
}

function visibleDegree(node) {
  return tiesAt[node].filter((tie) => passes.tie[tie]).length;
}

// The steps of a merge sort: a browser's own sort of very many does not rest.
function* sorting(values, compare) {
  let runs = [];
  for (let at = 0; at < values.length; at += STRETCH) {
    runs.push(values.slice(at, at + STRETCH).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer = [];
    for (let at = 0; at < runs.length; at += 2) longer.push(yield* merging(runs[at], runs[at + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merging(first, second, compare) {
  const merged = [];
  let [i, j] = [0, 0];
  while (i < first.length && j < second.length) {
    merged.push(compare(second[j], first[i]) < 0 ? second[j++] : first[i++]);
    if (merged.length % STRETCH === 0) yield;
  }
  return merged.concat(first.slice(i), second.slice(j));
}

// The steps of bringing items into the order that the reader chose; equal ones stay as they come, and those of which nothing is
// known stand last either way.
function* ordering(name, columns, items) {
  const sort = state.sort[name];
  const column = sort && columns.find((each) => each.key === sort.column);
  if (!column) return items;
  const compare = column.order ? (a, b) => a - b : new Intl.Collator(lang, { numeric: true }).compare;
  const [of, keys, distinct] = [column.order ?? column.value, [], new Set()];
  for (const [place, item] of items.entries()) {
    if (place % STRETCH === STRETCH - 1) yield;
    keys.push(of(item));
    distinct.add(keys[place]);
  }
  const order = yield* sorting([...distinct], compare); // far fewer than rows
  const ranks = new Map();
  const rows = []; // rank to items: texts that differ may be equal to a collator
  for (const [place, key] of order.entries()) {
    if (place % STRETCH === STRETCH - 1) yield;
    if (!place || compare(order[place - 1], key)) rows.push([]);
    ranks.set(key, rows.at(-1));
  }
  for (const [place, item] of items.entries()) {
    if (place % STRETCH === STRETCH - 1) yield;
    ranks.get(keys[place]).push(item);
  }
  const ordered = [];
  const unknown = order.findIndex((key) => key === "" || key === -1); // the least of all, where there is one
  const last = unknown < 0 ? [] : rows.splice(rows.indexOf(ranks.get(order[unknown])), 1);
  for (const row of [...(sort.down ? rows.reverse() : rows), ...last]) for (const item of row) ordered.push(item);
  return ordered;
}

// The steps of finding columns in which something is said, and the items in order.
function* listing(name, items) {
  const columns = [];
  for (const column of TABLES[name].columns()) {
    let used = ["from", "to", "name"].includes(column.key);
    for (let place = 0; place < items.length && !used; place++) {
      if (place % STRETCH === STRETCH - 1) yield;
      used = column.value(items[place]) !== "";
    }
    if (used) columns.push(column);
  }
  return [columns, yield* ordering(name, columns, items)];
}

let listings = 0; // of which only the last is shown

// Shows the table, of a large network as soon as it is ready, with `most` rows at most.
async function showTable(most = shownRows) {
  const own = ++listings;
  const name = state.table;
  const steps = listing(name, TABLES[name].rows());
  const [columns, items] = LARGE ? await calmly(steps) : atOnce(steps);
  if (own !== listings) return;
  putTable(name, columns, items, items.length, most);
}

// A table of the first of the items, of which there are `all` in all.
function putTable(name, columns, items, all, most) {
  const limit = Math.min(most, items.length);
  const heads = columns.map((column) => headCell(name, column));
  const body = items.slice(0, limit).map((item) => bodyRow(name, columns, item));
  const caption = t(`table.caption.${name}`, { n: all, all: number(name === "ties" ? M : N) });
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...body));
  const more = all > limit ? [
    el("button", { type: "button", id: "more-rows", onclick: moreRows }, t("table.more", { n: all - limit })),
    el("p", { class: "on-paper" }, t("table.first", { n: number(limit), all: number(all) })),
  ] : [];
  byId("table").replaceChildren(table, ...more);
  byId("table").setAttribute("aria-label", caption);
  for (const each of ["ties", "nodes"]) byId(`table-${each}`).setAttribute("aria-pressed", String(each === name));
}

async function moreRows() {
  const before = shownRows;
  shownRows += CHUNK;
  await showTable();
  document.querySelectorAll("#table tbody tr")[before]?.querySelector("button").focus(); // the first of those that came
}

function headCell(name, column) {
  const sort = state.sort[name]?.column === column.key ? state.sort[name] : null;
  const button = el("button", { type: "button", dataset: { column: column.key } }, column.heading, el("span", { "aria-hidden": "true", class: "way" }, sort ? (sort.down ? "▼" : "▲") : ""));
  button.addEventListener("click", async () => {
    state.sort[name] = { column: column.key, down: sort ? !sort.down : false };
    rememberState();
    await showTable();
    document.querySelector(`#table [data-column="${column.key}"]`)?.focus(); // gone where the reader went on to the other table
  });
  return el("th", { scope: "col", "aria-sort": sort ? (sort.down ? "descending" : "ascending") : undefined }, button);
}

function bodyRow(name, columns, item) {
  const thing = name === "ties" ? N + item : item;
  const cells = columns.map((column, index) => {
    const value = column.value(item);
    const content = column.thing ? el("button", { type: "button", class: "link", onclick: () => select(thing) }, plain(value)) : plain(value);
    return index === 0 ? el("th", { scope: "row" }, content) : el("td", { class: value.length <= BRIEF ? "brief" : undefined }, content);
  });
  const look = [thing === state.selected ? "selected" : "", state.highlight && highlighted.has(thing) ? "highlighted" : ""].filter(Boolean);
  return el("tr", { dataset: { id: idOf(thing) }, class: look.join(" ") || undefined }, ...cells);
}

for (const name of ["ties", "nodes"]) {
  byId(`table-${name}`).addEventListener("click", () => {
    state.table = name;
    shownRows = CHUNK;
    showTable();
    rememberState();
  });
}
