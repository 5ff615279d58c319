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
    if (dash?.length) Object.assign(attributes, { "stroke-dasharray": dash.join(" ") });
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

async function savePng() {
  const picture = el("canvas", { width: screen_.width * 2, height: figureHeight() * 2 });
  const pen = picture.getContext("2d");
  pen.scale(2, 2);
  drawFigure(new CanvasSurface(pen), { width: screen_.width, height: figureHeight() }, view, palette);
  saveFile(fileName("png"), await new Promise((done) => picture.toBlob(done, "image/png")));
}

function svgFigure(size, at, colours) {
  const root = svg("svg", { xmlns: SVG_NAMESPACE, width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT, role: "img" });
  const [title, description] = [svg("title", {}), svg("desc", {})];
  title.textContent = text(page.title);
  description.textContent = [text(page.facts), t("figure.counts", figureCounts())].join(" ");
  root.append(title, description);
  drawFigure(new SvgSurface(root), size, at, colours);
  return root;
}

function saveSvg() {
  const root = svgFigure({ width: screen_.width, height: figureHeight() }, view, palette);
  saveFile(fileName("svg"), `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`, "image/svg+xml");
}

function csvOf(name) {
  const columns = [...TABLES[name].columns()];
  if (name === "ties") columns.push({ heading: t("evidence.heading"), value: (tie) => ties.evidence[tie].map((item) => text(page.evidence.paraphrase[item])).join(" | ") });
  columns.push({ heading: "id", value: (item) => page.base + (name === "ties" ? ties.id : nodes.id)[item] });
  const rows = sortedRows(name, columns).map((item) => columns.map((column) => csvCell(column.value(item))));
  const lines = [columns.map((column) => csvCell(column.heading)), ...rows].map((cells) => cells.join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`; // the mark tells spreadsheets that this is UTF-8
}

function savePositions() {
  const places = Object.fromEntries(nodes.id.map((id, node) => [page.base + id, [short(X[node]), short(Y[node])]]));
  saveFile(fileName("positions.json"), `${JSON.stringify(places, null, 1)}\n`, "application/json");
}

async function copyLink() {
  history.replaceState(null, "", `#${stateToHash()}`);
  say((await copyText(location.href)) ? t("copied") : t("copy.failed"));
}

const SAVES = {
  "save-png": savePng,
  "save-svg": saveSvg,
  "save-ties": () => saveFile(fileName("relations.csv"), csvOf("ties"), "text/csv"),
  "save-nodes": () => saveFile(fileName("actors.csv"), csvOf("nodes"), "text/csv"),
  "save-positions": savePositions,
  "copy-link": copyLink,
  print: () => window.print(),
};
for (const [id, act] of Object.entries(SAVES)) {
  byId(id).addEventListener("click", () => {
    byId("save-menu").open = false;
    act();
  });
}

// On paper: the picture as it stands, in light colours, and every visible row.
window.addEventListener("beforeprint", () => {
  const root = document.documentElement;
  root.dataset.theme = "light";
  const size = { width: 1000, height: 760 };
  const seen = visibleNodes();
  const at = fitView(seen, size.width, size.height - 140);
  byId("paper").replaceChildren(svgFigure(size, at, readPalette()));
  showTable(true);
  root.dataset.theme = state.theme;
});
window.addEventListener("afterprint", () => {
  byId("paper").replaceChildren();
  showTable();
});
