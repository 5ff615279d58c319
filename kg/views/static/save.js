// What leaves the page: pictures, tables, the link, the positions, and paper.

class SvgSurface {
  constructor(root = null) {
    this.root = root;
    this.path = [];
  }

  begin(style) {
    this.style = style;
    this.path = [];
  }

  move(x, y) {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  line(x, y) {
    this.path.push(`L${short(x)} ${short(y)}`);
  }

  cubic(a, b, c, d, x, y) {
    this.path.push(`C${[a, b, c, d, x, y].map(short).join(" ")}`);
  }

  circle(x, y, r) {
    const [half, turn] = [short(r), "0 1 0"];
    this.path.push(`M${short(x - r)} ${short(y)}a${half} ${half} ${turn} ${short(2 * r)} 0a${half} ${half} ${turn} ${short(-2 * r)} 0Z`);
  }

  close() {
    this.path.push("Z");
  }

  end() {
    if (!this.path.length) return;
    const { fill, stroke, width, dash, alpha } = this.style;
    const attributes = { d: this.path.join(""), fill: fill ?? "none" };
    if (fill) attributes["fill-rule"] = "evenodd";
    if (stroke) Object.assign(attributes, { stroke, "stroke-width": short(width ?? 1) });
    if (dash?.length) Object.assign(attributes, { "stroke-dasharray": dash.join(" "), ...(dash[0] < 3 ? { "stroke-linecap": "round" } : {}) }); // dots
    if (alpha !== undefined && alpha < 1) attributes.opacity = alpha;
    this.root.append(svg("path", attributes));
  }

  text(x, y, words, style) {
    const anchor = { left: "start", right: "end" }[style.align] ?? "middle";
    const attributes = { x: short(x), y: short(y), "font-size": style.size, "font-weight": style.weight ?? 400, fill: style.fill, "text-anchor": anchor, "dominant-baseline": "central" };
    if (style.halo) Object.assign(attributes, { stroke: style.halo, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" });
    const element = svg("text", attributes);
    element.textContent = words;
    this.root.append(element);
  }
}

const short = (value) => Math.round(value * 10) / 10;

// What is shown of something that takes long, from a moment on; the reader may go on meanwhile.
const MOMENT = 400; // milliseconds
async function waiting(act) {
  const line = byId("waiting");
  const timer = setTimeout(() => {
    line.textContent = t("save.waiting");
    line.hidden = false;
    say(line.textContent);
  }, MOMENT);
  try {
    await act();
  } finally {
    clearTimeout(timer);
    line.hidden = true;
  }
}

// A picture with twice as many pixels as it is wide and high.
async function paintedFigure(size, at, colours) {
  const picture = el("canvas", { width: size.width * 2, height: size.height * 2 });
  const pen = picture.getContext("2d");
  pen.scale(2, 2);
  const portion = ENOUGH / 8; // four times as many pixels, in twice as many steps as on the screen
  await paintCalmly(figuring(new CanvasSurface(pen), { ...size, portion }, at, colours), pen, undefined, portion);
  return picture;
}

async function savePng() {
  const picture = await paintedFigure({ width: screen_.width, height: figureHeight() }, view, palette);
  saveFile(fileName("png"), await new Promise((done) => picture.toBlob(done, "image/png")));
}

function svgRoot(size) {
  const root = svg("svg", { xmlns: SVG_NAMESPACE, width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT, role: "img" });
  const [title, description] = [svg("title", {}), svg("desc", {})];
  title.textContent = text(page.title);
  description.textContent = [text(page.facts), t("figure.counts", figureCounts())].join(" ");
  root.append(title, description);
  return root;
}

function svgFigure(size, at, colours) {
  const root = svgRoot(size);
  drawFigure(new SvgSurface(root), size, at, colours);
  return root;
}

async function saveSvg() {
  const size = { width: screen_.width, height: figureHeight() };
  const [root, xml] = [svgRoot(size), new XMLSerializer()];
  const parts = [`<?xml version="1.0" encoding="UTF-8"?>\n${xml.serializeToString(root).replace(/<\/svg>$/, "")}`];
  const head = root.childElementCount;
  await calmly(figuring(new SvgSurface(root), size, view, palette));
  for (const drawn of [...root.children].slice(head)) {
    parts.push(xml.serializeToString(drawn).replace(` xmlns="${SVG_NAMESPACE}"`, "")); // the root has it
    await calm();
  }
  saveFile(fileName("svg"), new Blob([...parts, "</svg>\n"], { type: "image/svg+xml" }));
}

const IN_A_PART = 500; // rows that become text without keeping a browser busy

// Further columns of actors: other names, and one for each property that is told of any actor, whatever is visible.
async function toldColumns() {
  const headings = new Set();
  await eachCalmly(N, (node) => nodes.attributes[node].forEach(([labels]) => headings.add(text(labels))));
  const told = (heading) => (node) => nodes.attributes[node].filter(([labels]) => text(labels) === heading).map(([, value, start, end]) => value + whenOf(start, end)).join("; ");
  return [
    { heading: t("panel.aliases"), value: (node) => nodes.aliases[node].join("; ") },
    ...[...headings].map((heading) => ({ heading, value: told(heading) })),
  ];
}

async function csvOf(name) {
  const columns = [...TABLES[name].columns()];
  if (name === "nodes") columns.push(...(await toldColumns()));
  if (name === "ties") columns.push({ heading: t("evidence.heading"), value: (tie) => ties.evidence[tie].map((item) => text(page.evidence.paraphrase[item])).join(" | ") });
  if (name === "ties") for (const [heading, end] of [["subject", "source"], ["object", "target"]]) columns.push({ heading, value: (tie) => page.base + idOf(ties[end][tie]) });
  columns.push({ heading: "id", value: (item) => page.base + (name === "ties" ? ties.id : nodes.id)[item] });
  const items = await calmly(ordering(name, columns, TABLES[name].rows()));
  const line = (cells) => `${cells.map(csvCell).join(",")}\r\n`;
  const parts = [`\ufeff${line(columns.map((column) => column.heading))}`]; // the mark tells spreadsheets that this is UTF-8
  for (let at = 0; at < items.length; at += IN_A_PART) {
    const lines = items.slice(at, at + IN_A_PART).map((item) => line(columns.map((column) => column.value(item))));
    parts.push(new Blob(lines)); // a browser takes long over one text of all
    await calm();
  }
  return new Blob(parts, { type: "text/csv" });
}

async function savePositions() {
  const parts = [];
  await eachCalmly(N, (node) => {
    parts.push(` ${JSON.stringify(page.base + nodes.id[node])}: [${short(X[node])}, ${short(Y[node])}]`);
  });
  saveFile(fileName("positions.json"), `{\n${parts.join(",\n")}\n}\n`, "application/json");
}

async function copyLink() {
  history.replaceState(null, "", `#${stateToHash()}`);
  say((await copyText(location.href)) ? t("copied") : t("copy.failed"));
}

const SAVES = {
  "save-png": savePng,
  "save-svg": saveSvg,
  "save-ties": async () => saveFile(fileName("relations.csv"), await csvOf("ties")),
  "save-nodes": async () => saveFile(fileName("actors.csv"), await csvOf("nodes")),
  "save-positions": savePositions,
  "copy-link": copyLink,
  print: printCalmly,
};
for (const [id, act] of Object.entries(SAVES)) {
  byId(id).addEventListener("click", () => {
    byId("save-menu").open = false;
    waiting(act);
  });
}

// On paper: everything visible, in light colours, and every visible row; of a large network the first rows.
const PAPER = { width: 1000, height: 660 }; // a sheet without its margins
const PRINTED = LARGE ? 1000 : Infinity;

// The view and the colours of the paper.
function paperLook() {
  const root = document.documentElement;
  root.dataset.theme = "light";
  const light = readPalette();
  root.dataset.theme = state.theme;
  return [PAPER, fitView(visibleNodes(), PAPER.width, PAPER.height - 140), light];
}

// What takes long is made before the browser asks for it, since then it waits for everything.
async function printCalmly() {
  if (LARGE) byId("paper").replaceChildren(await paintedFigure(...paperLook()));
  if (LARGE) await showTable(PRINTED);
  window.print();
}

window.addEventListener("beforeprint", () => {
  const paper = byId("paper");
  if (!LARGE) paper.replaceChildren(svgFigure(...paperLook()));
  else if (!paper.hasChildNodes()) { // the browser's own command
    paper.replaceChildren(screenCopy());
    const rows = TABLES[state.table].rows();
    putTable(state.table, ...atOnce(listing(state.table, rows.slice(0, PRINTED))), rows.length, PRINTED);
  }
  if (!LARGE) showTable(PRINTED);
});
window.addEventListener("afterprint", () => {
  byId("paper").replaceChildren();
  showTable();
});

function screenCopy() {
  const copy = el("canvas", { width: canvas.width, height: canvas.height });
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}
