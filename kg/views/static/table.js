// The table twin: everything the picture shows, in rows that can be sorted, with the same filters.

const CHUNK = LARGE ? 100 : 300;
const TABLES = { ties: { rows: visibleTies, columns: tieColumns }, nodes: { rows: visibleNodes, columns: nodeColumns } };
let shownRows = CHUNK;

// Columns: a key for headings and the address, the value as text, and where it is more than text, what is shown.
function tieColumns() {
  const entry = (name) => (tie) => (ties[name][tie] < 0 ? "" : entryName(name, ties[name][tie]));
  return [
    { key: "from", heading: t("table.from"), value: (tie) => endName(ties.source[tie]) },
    { key: "relation", heading: t("facet.relation"), value: entry("relation"), thing: (tie) => N + tie },
    { key: "to", heading: t("table.to"), value: (tie) => endName(ties.target[tie]) },
    { key: "sign", heading: t("facet.sign"), value: (tie) => `${SIGN_MARK[ties.sign[tie]]} ${entryName("sign", ties.sign[tie])}` },
    { key: "direction", heading: t("panel.direction"), value: (tie) => t(lists.relation[ties.relation[tie]].mutual ? "direction.mutual" : "direction.one") },
    { key: "tiechange", heading: t("facet.tiechange"), value: (tie) => changeText(N + tie) },
    { key: "fit", heading: t("facet.fit"), value: entry("fit") },
    { key: "modality", heading: t("facet.modality"), value: entry("modality") },
    { key: "status", heading: t("facet.status"), value: entry("status") },
    { key: "confidence", heading: t("facet.confidence"), value: entry("confidence"), order: (tie) => ties.confidence[tie] },
    { key: "start", heading: t("table.start"), value: (tie) => ties.start[tie] },
    { key: "end", heading: t("table.end"), value: (tie) => ties.end[tie] },
    { key: "hedge", heading: t("panel.hedge"), value: (tie) => ties.hedge[tie].map((hedge) => entryName("hedge", hedge)).join(", ") },
    { key: "view", heading: t("facet.view"), value: viewOf },
    { key: "issue", heading: t("facet.issue"), value: (tie) => ties.issue[tie].map((issue) => entryName("issue", issue)).join(", ") },
    { key: "source", heading: t("facet.source"), value: (tie) => ties.sources[tie].map((source) => page.sources[source].title).join("; ") },
  ];
}

function nodeColumns() {
  const entry = (name) => (node) => (nodes[name][node] < 0 ? "" : entryName(name, nodes[name][node]));
  return [
    { key: "name", heading: t("table.name"), value: nodeName, thing: (node) => node },
    { key: "nodechange", heading: t("facet.nodechange"), value: changeText },
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

// Items in the order that the reader chose; equal ones as they come.
function sortedRows(name, columns, items = TABLES[name].rows()) {
  const sort = state.sort[name];
  const column = sort && columns.find((each) => each.key === sort.column);
  if (!column) return items;
  const collator = new Intl.Collator(lang, { numeric: true });
  const keys = items.map(column.order ?? column.value);
  const order = [...new Set(keys)].sort(column.order ? (a, b) => a - b : collator.compare); // far fewer than rows
  let rank = 0; // texts that differ may be equal to a collator
  const ranks = new Map(order.map((key, place) => [key, place && (column.order || collator.compare(order[place - 1], key)) ? ++rank : rank]));
  const turn = sort.down ? -1 : 1;
  return keys.map((key, place) => [ranks.get(key) * turn, items[place]]).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
}

// Columns that say the same nothing in every row are left out.
function usedColumns(name, items) {
  return TABLES[name].columns().filter((column) => ["from", "to", "name"].includes(column.key) || items.some((item) => column.value(item) !== ""));
}

function showTable(all = false) {
  const name = state.table;
  const rows = TABLES[name].rows();
  const columns = usedColumns(name, rows);
  const items = sortedRows(name, columns, rows);
  const limit = all ? items.length : shownRows;
  const heads = columns.map((column) => headCell(name, column));
  const body = items.slice(0, limit).map((item) => bodyRow(name, columns, item));
  const caption = t(`table.caption.${name}`, { n: items.length, all: number(name === "ties" ? M : N) });
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...body));
  const more = items.length > limit ? el("button", { type: "button", id: "more-rows", onclick: moreRows }, t("table.more", { n: items.length - limit })) : null;
  byId("table").replaceChildren(table, ...(more ? [more] : []));
  byId("table").setAttribute("aria-label", caption);
  for (const each of ["ties", "nodes"]) byId(`table-${each}`).setAttribute("aria-pressed", String(each === name));
}

function moreRows() {
  shownRows += CHUNK;
  showTable();
}

function headCell(name, column) {
  const sort = state.sort[name]?.column === column.key ? state.sort[name] : null;
  const button = el("button", { type: "button", dataset: { column: column.key } }, column.heading, el("span", { "aria-hidden": "true", class: "way" }, sort ? (sort.down ? "▼" : "▲") : ""));
  button.addEventListener("click", () => {
    state.sort[name] = { column: column.key, down: sort ? !sort.down : false };
    showTable();
    rememberState();
    document.querySelector(`#table [data-column="${column.key}"]`).focus();
  });
  return el("th", { scope: "col", "aria-sort": sort ? (sort.down ? "descending" : "ascending") : undefined }, button);
}

function bodyRow(name, columns, item) {
  const thing = name === "ties" ? N + item : item;
  const cells = columns.map((column, index) => {
    const content = column.thing
      ? el("button", { type: "button", class: "link", onclick: () => select(thing) }, plain(column.value(item)))
      : plain(column.value(item));
    return index === 0 ? el("th", { scope: "row" }, content) : el("td", {}, content);
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
