// The legend is the filter: every entry with its look, its name, how many it shows, and a switch.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const CHANGE_FACETS = ["nodechange", "tiechange"]; // what a scenario changes comes first
const OPEN_AT_FIRST = new Set(["type", "relation", "sign", ...(changeOf.size ? CHANGE_FACETS : [])]); // and what the colours stand for
const opened = new Map(); // section or group to whether the reader has it open
const BY_NAME = new Set(["type", "country", "issue", "source"]); // lists that have no order of their own
let legendRows = [];

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function buildLegend() {
  legendRows = [];
  const wanted = (each) => each.used.size > 1 || (each.used.size && OPEN_AT_FIRST.has(each.name));
  const rank = ({ name }) => (CHANGE_FACETS.includes(name) ? 0 : name === state.colour ? 1 : 2); // what the colours mean is seen at once
  const order = [...FACETS].sort((a, b) => rank(a) - rank(b));
  const sections = order.filter((each) => wanted(each) && !(each.name === "kind" && kindsAddNothing())).map(section);
  byId("legend").replaceChildren(...sections, timeSection() ?? "");
  updateLegend();
}

function section(each) {
  const body = el("div", { class: "entries" });
  const tops = tree(each);
  if (tops.length > 4 || tops.some((top) => top.below.length)) {
    const all = (on) => el("button", { type: "button", class: "small", onclick: () => switchEntries(each.name, [...each.used], on) }, t(on ? "legend.all" : "legend.none"));
    body.append(el("div", { class: "all" }, all(true), all(false)));
  }
  const folded = tops.flatMap((top) => top.below).length > 9;
  for (const top of tops) body.append(...rows(each, top, folded));
  const heading = el("summary", {}, el("h3", {}, t(`facet.${each.name}`)), el("span", { class: "count", dataset: { off: each.name } }));
  const open = opened.get(each.name) ?? (OPEN_AT_FIRST.has(each.name) || each.name === state.colour);
  const details = el("details", { class: "facet", open, dataset: { facet: each.name } }, heading, body);
  details.addEventListener("toggle", () => opened.set(each.name, details.open));
  return details;
}

// The used entries of a facet, those with a broader entry below it.
function tree(each) {
  const list = lists[each.name];
  const place = new Map(list.map((entry, index) => [entry.id, index]));
  const tops = new Map();
  for (const entry of [...each.used].sort((a, b) => a - b)) {
    let top = entry;
    while (place.has(list[top]?.broader)) top = place.get(list[top].broader);
    if (!tops.has(top)) tops.set(top, { entry: top, below: [] });
    if (top !== entry) tops.get(top).below.push(entry);
  }
  const found = [...tops.values()];
  if (BY_NAME.has(each.name)) {
    const { compare } = new Intl.Collator(lang, { numeric: true });
    const byName = (a, b) => (a === each.none) - (b === each.none) || compare(nameOf(each, a), nameOf(each, b));
    found.sort((a, b) => byName(a.entry, b.entry));
    for (const top of found) top.below.sort(byName);
  }
  for (const top of found) {
    if (top.below.length && each.used.has(top.entry)) top.below.unshift(top.entry);
    top.entries = top.below.length ? top.below : [top.entry];
  }
  // A group of one says no more than its entry.
  return found.map((top) => (top.entries.length === 1 ? { entry: top.entries[0], below: [], entries: top.entries } : top));
}

function rows(each, top, folded) {
  if (!top.below.length) return [row(each, top.entry, top.entries, false)];
  const key = `${each.name} ${top.entry}`;
  const open = opened.get(key) ?? !folded;
  const inner = el("div", { class: "below", hidden: !open }, ...top.below.map((entry) => row(each, entry, [entry], false)));
  const more = el("button", { type: "button", class: "more", "aria-expanded": String(open), "aria-label": t("legend.types.of", { name: nameOf(each, top.entry) }) });
  more.addEventListener("click", () => {
    inner.hidden = !inner.hidden;
    opened.set(key, !inner.hidden);
    more.setAttribute("aria-expanded", String(!inner.hidden));
  });
  const head = row(each, top.entry, top.below, true);
  return [el("div", { class: "group" }, more, head), inner];
}

function nameOf(each, entry) {
  return each.name !== "sign" && entry === each.none ? t("none.value") : entryName(each.name, entry);
}

function row(each, entry, entries, isGroup) {
  const box = el("input", { type: "checkbox", onchange: () => switchEntries(each.name, entries, box.checked) });
  const count = el("span", { class: "count" });
  const entryRow = el("label", { class: isGroup ? "entry head" : "entry" }, box, swatch(each, entry), plain(nameOf(each, entry)), count);
  legendRows.push({ each, entries, box, count, name: nameOf(each, entry) });
  return entryRow;
}

function updateLegend() {
  for (const { each, entries, box, count } of legendRows) {
    const off = state.off[each.name] ?? new Set();
    const on = entries.filter((entry) => !off.has(entry)).length;
    box.checked = on > 0;
    box.indeterminate = on > 0 && on < entries.length;
    count.textContent = number(entries.reduce((sum, entry) => sum + (counts[each.name]?.[entry] ?? 0), 0));
  }
  for (const element of document.querySelectorAll("[data-off]")) {
    const size = state.off[element.dataset.off]?.size ?? 0;
    element.textContent = size ? t("legend.off", { n: size }) : "";
  }
  updateTime();
  byId("reset").disabled = !anyFilter();
  byId("fade").checked = state.fade;
  byId("lonely").checked = state.lonely;
}

// A small picture of how an entry looks: the colour, the form, the line, the sign in the middle of a line.
function swatch(each, entry) {
  const dark = palette.dark;
  const wide = each.of === "tie" ? 30 : 18; // a line needs more room than a form
  const picture = svg("svg", { width: wide, height: 16, viewBox: `${15 - wide / 2} 0 ${wide} 16`, "aria-hidden": "true", class: "swatch" });
  const id = lists[each.name][entry]?.id;
  if (each.name === "type") {
    const colour = state.colour === "type" ? entryColour("type", entry, dark) : palette.soft;
    picture.append(svg("path", { d: shapeOutline(shapeOfType(each, entry), 15, 8, 6), fill: colour, "fill-rule": "evenodd" }));
  } else if (each.name === state.colour || each.name === state.outline) {
    picture.append(svg("path", { d: shapeOutline("circle", 15, 8, 6), fill: entryColour(each.name, entry === each.none ? -1 : entry, dark) }));
  } else if (each.name === "nodechange" || each.name === "tiechange") {
    if (BANDS[id]) picture.append(bandSwatch(id));
    picture.append(each.name === "tiechange" ? lineSwatch(palette.soft, "solid", 2, false) : svg("circle", { cx: 15, cy: 8, r: 4, fill: palette.soft }));
  } else if (each.name === "fit") {
    picture.append(lineSwatch(palette.soft, "solid", 2, false));
    if (id === "against") picture.append(badgeSwatch(AGAINST, palette.soft));
  } else if (each.name === "kind") {
    picture.append(svg("path", { d: shapeOutline(lists.kind[entry]?.shape, 15, 8, 6), fill: palette.soft, "fill-rule": "evenodd" }));
  } else if (each.name === "relation") {
    const type = lists.relation[entry];
    const broad = relationLook(each, entry);
    picture.append(lineSwatch(broad.colour[dark], broad.pattern, 2, broad === type && !type.mutual));
  } else if (each.name === "sign") {
    const type = lists.relation.find((one) => 1 - one.sign === entry);
    picture.append(lineSwatch(type.colour[dark], type.pattern, 2, false), badgeSwatch(SIGN_MARK[entry], palette.ink));
  } else if (each.name === "confidence") {
    picture.append(lineSwatch(palette.soft, "solid", confidenceWidth[entry] ?? 1.8, false));
  } else if (each.name === "modality" || each.name === "status") {
    picture.append(lineSwatch(palette.soft, "solid", id === "recommended" ? 4.5 : 2, false));
    if (id === "recommended") picture.append(lineSwatch(palette.back, "solid", 2, false));
    if (BADGES[id]) picture.append(badgeSwatch(BADGES[id], palette.soft));
  } else {
    return null;
  }
  return picture;
}

// Which forms the nodes of each type have.
const formsOfType = new Map();
for (let node = 0; node < N; node++) {
  const type = nodes.type[node];
  if (!formsOfType.has(type)) formsOfType.set(type, new Set());
  formsOfType.get(type).add(lists.kind[nodes.kind[node]]?.shape);
}

// The form of the nodes of a type, or of a group of types, where they all have the same.
function shapeOfType(each, entry) {
  const list = lists.type;
  const own = (type) => type === entry || list[type]?.broader === list[entry]?.id;
  const shapes = new Set([...formsOfType].flatMap(([type, forms]) => (own(type < 0 ? each.none : type) ? [...forms] : [])));
  return shapes.size === 1 ? [...shapes][0] : "circle";
}

// Kinds that divide the nodes just as the groups of types do say nothing more.
function kindsAddNothing() {
  const list = lists.type;
  const place = new Map(list.map((entry, index) => [entry.id, index]));
  const groupOfType = list.map((entry, type) => place.get(entry.broader) ?? type);
  const group = (node) => groupOfType[nodes.type[node]] ?? -1;
  const [pairs, groups, kinds] = [new Set(), new Set(), new Set(nodes.kind)];
  for (let node = 0; node < N; node++) {
    groups.add(group(node));
    pairs.add(group(node) * (lists.kind.length + 1) + nodes.kind[node]);
  }
  return pairs.size === groups.size && pairs.size === kinds.size;
}

// The look of a relation type; of a family, that of its first used type.
function relationLook(each, entry) {
  const list = lists.relation;
  const below = [...each.used].find((one) => list[one]?.broader === list[entry].id);
  return each.used.has(entry) || below === undefined ? list[entry] : list[below];
}

function lineSwatch(colour, pattern, width, arrow) {
  const group = svg("g", { stroke: colour, fill: colour });
  group.append(svg("line", { x1: 1, y1: 8, x2: arrow ? 24 : 29, y2: 8, "stroke-width": width, "stroke-dasharray": DASHES[pattern].join(" ") || "none" }));
  if (arrow) group.append(svg("path", { d: "M22 4 L29 8 L22 12 Z", stroke: "none" }));
  return group;
}

function bandSwatch(kind) {
  const { stroke, width, dash, alpha } = bandStyle(kind, palette);
  return svg("line", { x1: 1, y1: 8, x2: 29, y2: 8, stroke, "stroke-width": width, "stroke-dasharray": dash.join(" ") || "none", opacity: alpha });
}

function badgeSwatch(mark, colour) {
  const word = svg("text", { x: 15, y: 12, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: colour });
  word.textContent = mark;
  return svg("g", {}, svg("circle", { cx: 15, cy: 8, r: 7, fill: palette.back, stroke: colour }), word);
}

function shapeOutline(shape, x, y, r) {
  const outline = new SvgSurface();
  outline.begin({});
  shapePath(outline, shape, x, y, r);
  return outline.path.join("");
}

byId("reset").addEventListener("click", () => {
  clearFilters();
  changed("filters");
  byId("search").focus();
});
byId("fade").addEventListener("change", (event) => {
  state.fade = event.target.checked;
  changed("filters");
});
byId("lonely").addEventListener("change", (event) => {
  state.lonely = event.target.checked;
  changed("filters");
});
