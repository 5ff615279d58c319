// Pictures: scenes as SVG elements, grids as tables; both lead to the rows that they stand for.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const LEAST = 0.86; // of its size, at which a picture still stands beside another
const UPRIGHT = 7; // columns of a grid beyond which their names stand upright
const narrowScreen = matchMedia("(max-width: 700px)");

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function isDark() {
  return getComputedStyle(document.documentElement).getPropertyValue("--dark").trim() === "1" ? 1 : 0;
}

const short = (value) => Math.round(value * 10) / 10;

function paint(index, dark) {
  return index < 0 ? "none" : page.palette[index][dark];
}

function looks([fill, stroke, width, dash, opacity], dark) {
  const attributes = { fill: paint(fill, dark) };
  if (fill >= 0 && opacity < 1) attributes["fill-opacity"] = opacity;
  if (stroke >= 0) Object.assign(attributes, { stroke: paint(stroke, dark), "stroke-width": width });
  if (stroke >= 0 && dash.length) attributes["stroke-dasharray"] = dash.join(" ");
  return attributes;
}

function drawItem([kind, ...rest], dark, ground) {
  if (kind === "d") {
    const [x, y, radius, look] = rest;
    return [svg("circle", { cx: x, cy: y, r: radius, ...looks(look, dark) })];
  }
  if (kind === "t") return [drawWords(rest, dark, ground)];
  const [points, look, closed, arrow] = rest;
  const line = svg("path", { d: `M${points.map((point) => point.join(" ")).join("L")}${closed ? "Z" : ""}`, ...looks(look, dark) });
  const head = arrow ? arrowhead(points) : [];
  return head.length ? [line, svg("polygon", { points: head.map((point) => point.map(short).join()).join(" "), fill: paint(look[1], dark) })] : [line];
}

function drawWords([x, y, words, size, anchor, colour, flags], dark, ground) {
  const attributes = { x, y, "font-size": size, fill: paint(colour, dark), "text-anchor": anchor };
  if (flags & 1) attributes["font-weight"] = 600;
  if (flags & 2) Object.assign(attributes, { stroke: ground, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" });
  if (flags & 4) attributes.transform = `rotate(-90 ${x} ${y})`;
  return svg("text", attributes, words);
}

function arrowhead(points, size = 8) {
  const [[x1, y1], [x2, y2]] = points.slice(-2);
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (!length) return [];
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [x, y, half] = [x2 - dx * size, y2 - dy * size, size * 0.45];
  return [[x2, y2], [x - dy * half, y + dx * half], [x + dy * half, y - dx * half]];
}

function groundColour() {
  return getComputedStyle(document.documentElement).getPropertyValue("--drawing").trim();
}

// A scene as an SVG element; with `live`, its signs can be reached and chosen.
function drawScene(scene, { live = false, name = "", dark = isDark(), ground = groundColour() } = {}) {
  const root = svg("svg", { xmlns: SVG_NAMESPACE, viewBox: `0 0 ${scene.width} ${scene.height}`, width: scene.width, height: scene.height });
  if (scene.head) root.dataset.head = scene.head;
  if (live) Object.assign(root, { onkeydown: walkSigns }).setAttribute("role", "group");
  if (live) root.setAttribute("aria-label", t("chart.picture", { name }));
  for (const [row, label, role, items, height = 0] of scene.groups) {
    const drawn = items.flatMap((item) => drawItem(item, dark, ground));
    const line = height ? { "data-height": height } : {};
    if (!row) {
      root.append(svg("g", live ? { "aria-hidden": "true", ...line } : line, ...drawn));
      continue;
    }
    const group = svg("g", { "data-row": row, "data-role": role, ...line }, ...drawn);
    if (live && label) makeSign(group, row, label);
    else if (live) group.setAttribute("aria-hidden", "true");
    root.append(group);
  }
  const first = root.querySelector("[role=button]");
  first?.setAttribute("tabindex", "0");
  return root;
}

function makeSign(group, row, label) {
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", label);
  group.addEventListener("click", () => select([row]));
  group.addEventListener("pointerenter", () => showExtent(group, true));
  group.addEventListener("pointerleave", () => showExtent(group, false));
  group.addEventListener("focus", () => showExtent(group, true));
  group.addEventListener("blur", () => showExtent(group, false));
}

function showExtent(group, on) {
  for (const extent of group.ownerSVGElement.querySelectorAll("[data-role=extent]")) {
    if (extent.dataset.row === group.dataset.row) extent.classList.toggle("seen", on);
  }
}

// In a picture of lines, those that are left close up; a heading goes with the last of its lines.
function closeUp(picture) {
  const lines = [...picture.querySelectorAll("[data-height]")];
  if (!lines.length) return;
  let [gone, kept] = [0, false];
  for (const line of lines.toReversed()) {
    if (line.dataset.row) kept ||= !line.classList.contains("out");
    else {
      line.classList.toggle("out", !kept);
      kept = false;
    }
  }
  for (const line of lines) {
    line.dataset.up = gone;
    line.setAttribute("transform", `translate(0 ${-gone})`);
    if (line.classList.contains("out")) gone += Number(line.dataset.height);
  }
  const { width } = picture.viewBox.baseVal;
  picture.dataset.full ??= picture.getAttribute("height");
  const height = Math.max(Number(picture.dataset.full) - gone, 60);
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("height", height);
}

// Where something is drawn: its own box, moved up with its line.
function boxOf(drawn) {
  const box = drawn.getBBox();
  return { x: box.x, y: box.y - Number(drawn.closest("[data-up]")?.dataset.up ?? 0), width: box.width, height: box.height };
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

// Arrow keys go to the nearest sign in their direction, Home and End to the first and last, Enter opens.
function walkSigns(event) {
  const here = event.target.closest("[role=button]");
  if (!here) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    select([here.dataset.row], true);
    return;
  }
  const signs = [...here.ownerSVGElement.querySelectorAll("[role=button]:not(.out)")];
  const to = event.key === "Home" ? signs[0] : event.key === "End" ? signs.at(-1) : nearest(here, signs, ARROWS[event.key]);
  if (!to) return;
  event.preventDefault();
  here.setAttribute("tabindex", "-1");
  to.setAttribute("tabindex", "0");
  to.focus();
}

function nearest(here, signs, way) {
  if (!way) return null;
  const centre = (sign) => {
    const box = boxOf(sign.querySelector("path, circle, text") ?? sign);
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = centre(here);
  let best = null;
  let least = Infinity;
  for (const sign of signs) {
    if (sign === here) continue;
    const [dx, dy] = [centre(sign)[0] - x, centre(sign)[1] - y];
    const along = dx * way[0] + dy * way[1];
    const cost = along + 2 * Math.abs(dx * way[1] + dy * way[0]);
    if (along > 0.5 && cost < least) [best, least] = [sign, cost];
  }
  return best;
}

function sceneOf(figure) {
  const scenes = narrowScreen.matches && Object.keys(figure.narrow).length ? figure.narrow : figure.scenes;
  return scenes[lang] ?? scenes[page.lang] ?? Object.values(scenes)[0];
}

function showFigures() {
  const drawn = page.figures.map((figure) => {
    const scene = sceneOf(figure);
    const picture = scene ? drawScene(scene, { live: true, name: text(figure.title) }) : null;
    const grid = figure.grid ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": text(figure.title) }, drawGrid(figure)) : null;
    const saves = scene ? el("p", { class: "saves" }, saveButton("save.svg", () => saveSvg(figure)), saveButton("save.png", () => savePng(figure))) : null;
    return el(
      "figure",
      { id: `figure-${figure.id}`, class: scene ? "drawn" : "gridded" },
      el("figcaption", {}, el("h2", { class: figure.beside ? "unseen" : undefined }, plain(text(figure.title))), figure.note ? el("p", { class: "quiet" }, noted(text(figure.note))) : null),
      figure.first ? firstOf(figure) : null,
      picture,
      grid,
      saves,
    );
  });
  const beside = page.figures.filter((figure) => figure.beside);
  const pictures = el("div", { class: beside.length > 1 ? "several" : undefined }, ...drawn);
  if (beside.length > 1) pictures.style.setProperty("--least", `${Math.max(...beside.map((figure) => sceneOf(figure).width)) * LEAST}px`);
  byId("figures").replaceChildren(showKey(), pictures);
}

// Says how many are drawn, with a way to the others and back.
function firstOf(figure) {
  const turn = el("button", { type: "button", class: "small" });
  turn.addEventListener("click", () => {
    state.whole[state.whole.has(figure.id) ? "delete" : "add"](figure.id);
    markFigures();
    rememberState();
    say(turn.parentElement.textContent);
  });
  return el("p", { class: "first quiet" }, el("span", {}), " ", turn);
}

function tellFirst(figure, shown, { drawn, all }) {
  const line = shown.querySelector(".first");
  if (!line) return;
  const whole = state.whole.has(figure.id);
  line.hidden = all <= figure.first;
  line.querySelector("span").textContent = whole ? t("chart.first.whole", { n: all }) : t("chart.first", { n: Math.min(drawn.size, all), all });
  line.querySelector("button").textContent = whole ? t("chart.first.fewer", { n: figure.first }) : t("chart.first.all", { n: all });
}

function saveButton(key, act) {
  return el("button", { type: "button", class: "small", onclick: act }, t(key));
}

// The signs of all pictures, each once.
function showKey() {
  const keys = page.figures.map((figure) => figure.key).sort((a, b) => b.length - a.length); // the fullest has the best order
  const entries = new Map(keys.flat().map(([sign, words]) => [text(words), sign]));
  if (!entries.size) return "";
  const items = [...entries].map(([words, sign]) => {
    const picture = drawScene(sign.groups ? sign : sign[lang]);
    picture.setAttribute("aria-hidden", "true");
    return el("li", {}, picture, plain(words));
  });
  return el("section", { id: "key" }, el("h2", {}, t("chart.key")), el("ul", {}, ...items));
}

function drawGrid(figure) {
  const { corner, columns, lines } = figure.grid;
  const heads = columns.map((column) => el("th", { scope: "col" }, plain(text(column))));
  const body = lines.map(([name, cells]) => el("tr", {}, el("th", { scope: "row" }, plain(text(name))), ...cells.map(gridCell)));
  return el("table", { class: columns.length > UPRIGHT ? "grid many" : "grid" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, plain(text(corner))), ...heads)), el("tbody", {}, ...body));
}

function gridCell([sign, words, rows, colour, label]) {
  const shown = [sign ? el("span", { class: "sign", "aria-hidden": "true" }, sign) : null, words ? plain(text(words)) : null];
  const cell = el("td", {});
  if (colour >= 0) cell.style.backgroundColor = paint(colour, isDark());
  if (!rows.length) {
    cell.append(...shown.filter(Boolean));
    return cell;
  }
  const button = el("button", { type: "button", class: "cell", dataset: { rows: pack(rows) }, onclick: (event) => select(rows, !event.detail) }, ...shown); // chosen by key it leads to the details
  if (label) button.setAttribute("aria-label", text(label));
  cell.append(button);
  return cell;
}

// What the filters hide and what is chosen, shown in every picture.
function markFigures() {
  const chosen = new Set(state.selected);
  for (const figure of page.figures) {
    const shown = byId(`figure-${figure.id}`);
    const rows = drawnRows(figure);
    for (const group of shown.querySelectorAll("[data-row]")) {
      group.classList.toggle("out", !rows.drawn.has(group.dataset.row));
      group.classList.toggle("chosen", chosen.has(group.dataset.row));
      if (group.getAttribute("role") === "button") group.setAttribute("aria-pressed", String(chosen.has(group.dataset.row)));
    }
    tellFirst(figure, shown, rows);
  }
  for (const picture of document.querySelectorAll("#figures figure > svg")) closeUp(picture);
  for (const button of document.querySelectorAll("#figures button.cell")) {
    const rows = unpack(button.dataset.rows);
    button.classList.toggle("out", !rows.some((row) => passing.has(row)));
    button.setAttribute("aria-pressed", String(rows.length > 0 && rows.every((row) => chosen.has(row))));
  }
}
