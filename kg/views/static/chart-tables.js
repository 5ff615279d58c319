// The tables: everything that pictures show, in rows that can be sorted, with the same filters.

const LONG = 60; // characters of a cell whose column is kept from becoming a narrow tower of words

function visibleRows(table) {
  const rows = table.rows.filter((row) => passing.has(row.id));
  const sort = state.sort[table.id];
  if (!sort) return rows;
  const at = table.columns.findIndex(([id]) => id === sort.column);
  const collator = new Intl.Collator(lang, { numeric: true });
  const compare = (a, b) => {
    const [left, right] = [a.cells[at], b.cells[at]];
    return typeof left === "number" && typeof right === "number" ? left - right : collator.compare(cellText(left), cellText(right));
  };
  return rows.sort((a, b) => (sort.down ? compare(b, a) : compare(a, b)));
}

function showTables() {
  byId("tables").replaceChildren(...page.tables.map(tableSection));
  const shown = page.tables.reduce((sum, table) => sum + table.rows.filter((row) => passing.has(row.id)).length, 0);
  if (rowOf.size) byId("counts").textContent = t("chart.counts", { n: shown, all: number(rowOf.size) });
}

function tableSection(table) {
  const rows = visibleRows(table);
  const used = table.columns.map((column, at) => [column, at]).filter(([, at]) => table.rows.some((row) => cellText(row.cells[at]) !== ""));
  const note = table.note ? el("p", { class: "quiet" }, noted(text(table.note))) : null;
  const head = el("h2", {}, plain(text(table.title)));
  if (!table.rows.length) return el("section", { class: "table" }, head, el("p", { class: "quiet" }, t("chart.empty")), note);
  const caption = el("caption", { class: "unseen" }, `${text(table.title)}. ${t("chart.counts", { n: rows.length, all: number(table.rows.length) })}`);
  const content = rows.length
    ? el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": t("text.pair", { heading: text(table.title), text: t("shell.table") }) },
        el("table", { id: `table-${table.id}` }, caption, el("thead", {}, el("tr", {}, ...used.map(([column]) => headCell(table, column)))), el("tbody", {}, ...rows.map((row) => bodyRow(row, used)))))
    : el("p", { class: "notice" }, t("chart.filtered"));
  return el("section", { class: "table" }, head, note, content, el("p", { class: "saves" }, saveButton("chart.save.csv", () => saveCsv(table))));
}

function headCell(table, [id, heading]) {
  const sort = state.sort[table.id]?.column === id ? state.sort[table.id] : null;
  const button = el("button", { type: "button", dataset: { column: id } }, text(heading), el("span", { "aria-hidden": "true", class: "way" }, sort ? (sort.down ? "▼" : "▲") : ""));
  button.addEventListener("click", () => {
    state.sort[table.id] = { column: id, down: sort ? !sort.down : false };
    showTables();
    rememberState();
    document.querySelector(`#table-${CSS.escape(table.id)} [data-column="${CSS.escape(id)}"]`).focus();
  });
  return el("th", { scope: "col", "aria-sort": sort ? (sort.down ? "descending" : "ascending") : undefined }, button);
}

function bodyRow(row, used) {
  const cells = used.map(([[, , isNumber], at], place) => {
    const shown = plain(cellText(row.cells[at]));
    if (place > 0) return el("td", { class: isNumber ? "number" : cellText(row.cells[at]).length > LONG ? "long" : undefined }, shown);
    return el("th", { scope: "row" }, el("button", { type: "button", class: "link", onclick: (event) => select([row.id], !event.detail) }, shown));
  });
  const look = [state.selected.includes(row.id) ? "selected" : "", row.estimated ? "estimated" : ""].filter(Boolean);
  return el("tr", { dataset: { id: row.id }, class: look.join(" ") || undefined }, ...cells);
}
