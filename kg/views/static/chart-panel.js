// The panel: a row in full, the facts that it rests on, and the passages behind each.

const panel = byId("panel");
let lastSaid = "";
let cameFrom = null;

function say(words) {
  lastSaid = words === lastSaid ? `${words}\u00a0` : words; // the same words again are said again
  byId("live").textContent = lastSaid;
}

// Chooses rows; none closes the panel. With `read`, the reader is led into it.
function select(ids, read = false) {
  if (ids.length && !state.selected.length) cameFrom = document.activeElement;
  state.selected = ids;
  changed("selection");
  if (ids.length) say(ids.map((id) => text(rowOf.get(id).name)).join(". "));
  if (read && ids.length) byId("panel-title").focus();
  if (ids.length && narrowScreen.matches) panel.scrollIntoView({ block: "start" });
}

function closePanel() {
  const [row] = state.selected;
  select([]);
  const back = cameFrom?.isConnected ? cameFrom : document.querySelector(`#figures [role=button][data-row="${CSS.escape(row ?? "")}"], #tables tr[data-id="${CSS.escape(row ?? "")}"] button`);
  (back ?? byId("main")).focus();
}

function showPanel() {
  panel.hidden = !state.selected.length;
  const rows = state.selected.map((id) => rowOf.get(id));
  byId("details").replaceChildren(...rows.flatMap((row, place) => rowDetails(row, place === 0)));
  panel.scrollTo(0, 0);
}

function rowDetails(row, first) {
  const columns = tableOf.get(row.id).columns;
  const pairs = columns.map(([, heading], at) => [text(heading), cellText(row.cells[at])]).filter(([, value]) => value !== "");
  const list = pairs.flatMap(([heading, value]) => [el("dt", {}, heading), el("dd", {}, dataOrLink(value))]);
  const facts = row.facts.map(([, statement, terms, items], place) => factBlock(text(statement), terms, items, place < 3));
  return [
    el("h2", { id: first ? "panel-title" : undefined, tabindex: "-1" }, plain(text(row.name))),
    passing.has(row.id) ? null : el("p", { class: "notice" }, t("chart.hidden")),
    el("dl", {}, ...list),
    el("p", { class: "quiet" }, row.facts.length ? t("chart.facts", { n: row.facts.length }) : t("chart.no.facts")),
    ...facts,
  ].filter(Boolean);
}

function factBlock(statement, terms, items, open) {
  const list = terms.flatMap(([heading, value]) => [el("dt", {}, text(heading)), el("dd", {}, plain(text(value)))]);
  return el("section", { class: "fact" }, el("h3", {}, plain(statement)), el("dl", {}, ...list), evidenceBlock(items, () => statement, open));
}

byId("close-panel").addEventListener("click", closePanel);
