// Filters: what the rows say, with counts; what is unchecked is left out of pictures and tables.

const filterBox = byId("filter-box");

function showFilters() {
  const open = new Set([...document.querySelectorAll("#filters details[open]")].map((each) => each.dataset.facet));
  byId("filters").replaceChildren(...page.facets.map((facet, place) => facetBox(facet, open.size ? open.has(facet.id) : place < 2)));
  byId("reset").disabled = !page.facets.some((facet) => state.off[facet.id]?.size) && !state.find;
  filterBox.hidden = !page.facets.length;
}

function facetBox(facet, open) {
  const rows = [...rowOf.values()].filter((row) => facetsOf(row).has(facet.id));
  const counts = new Map();
  for (const row of rows) for (const value of row.values[facet.id] ?? [""]) counts.set(value, (counts.get(value) ?? 0) + 1);
  const { compare } = new Intl.Collator(lang, { numeric: true });
  const known = facet.ordered ? facet.entries : [...facet.entries].sort(([, a], [, b]) => compare(text(a), text(b)));
  const entries = [...known, ["", null]].filter(([id]) => counts.has(id));
  const off = state.off[facet.id] ?? new Set();
  const out = entries.filter(([id]) => off.has(id)).length;
  const boxes = entries.map(([id, label]) => {
    const box = el("input", { type: "checkbox", dataset: { entry: id } });
    box.checked = !off.has(id);
    box.addEventListener("change", () => {
      const chosen = (state.off[facet.id] ??= new Set());
      chosen[box.checked ? "delete" : "add"](id);
      changed("filters");
      document.querySelector(`[data-facet="${CSS.escape(facet.id)}"] [data-entry="${CSS.escape(id)}"]`)?.focus();
    });
    return el("label", { class: "entry" }, box, plain(label === null ? t("none.value") : text(label)), el("span", { class: "count" }, number(counts.get(id))));
  });
  const summary = el("summary", {}, el("h3", {}, text(facet.heading)), " ", el("span", { class: "count" }, out ? t("legend.off", { n: out }) : ""));
  const all = (key, act) => el("button", { type: "button", class: "small", onclick: () => {
    state.off[facet.id] = act();
    changed("filters");
  } }, t(key));
  const both = el("p", { class: "all" }, all("legend.all", () => new Set()), all("legend.none", () => new Set(entries.map(([id]) => id))));
  return el("details", { class: "facet", dataset: { facet: facet.id }, open }, summary, both, ...boxes);
}

byId("reset").addEventListener("click", () => {
  state.off = {};
  state.find = "";
  byId("search").value = "";
  changed("filters");
});

byId("search").addEventListener("input", (event) => {
  state.find = event.target.value;
  changed("filters");
  say(byId("counts").textContent);
});
