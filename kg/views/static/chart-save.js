// What leaves the page: pictures, rows, the link, and paper.

function pictureOf(figure) {
  const scene = sceneOf(figure);
  const root = drawScene(scene);
  const { drawn } = drawnRows(figure);
  const [title, description] = [svg("title", {}, scene.title ? t("text.pair", { heading: text(page.title), text: scene.title }) : text(page.title)), svg("desc", {}, scene.description)];
  root.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  for (const group of root.querySelectorAll("[data-role=extent]")) group.remove();
  for (const group of root.querySelectorAll("[data-row]")) group.classList.toggle("out", !drawn.has(group.dataset.row));
  closeUp(root);
  for (const group of root.querySelectorAll(".out")) group.remove();
  root.prepend(title, description, svg("rect", { width: "100%", height: "100%", fill: groundColour() }));
  return root;
}

function pictureText(picture) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
}

function saveSvg(figure) {
  saveFile(fileName(`${figure.id}.svg`), pictureText(pictureOf(figure)), "image/svg+xml");
}

async function savePng(figure) {
  const picture = pictureOf(figure);
  const { width, height } = picture.viewBox.baseVal;
  const address = URL.createObjectURL(new Blob([pictureText(picture)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = el("canvas", { width: Math.ceil(width * 2), height: Math.ceil(height * 2) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  saveFile(fileName(`${figure.id}.png`), await new Promise((done) => canvas.toBlob(done, "image/png")));
}

function saveCsv(table) {
  const heads = [...table.columns.map(([, heading]) => text(heading)), t("chart.open"), "id"];
  const rows = visibleRows(table).map((row) => {
    const items = [...new Set(row.facts.flatMap(([, , , evidence]) => evidence))];
    return [...row.cells.map(cellText), items.map((item) => text(page.evidence.paraphrase[item])).join(" | "), row.id];
  });
  const lines = [heads, ...rows].map((cells) => cells.map(csvCell).join(","));
  saveFile(fileName(`${table.id}.csv`), `\ufeff${lines.join("\r\n")}\r\n`, "text/csv"); // the mark tells spreadsheets that this is UTF-8
}

byId("copy-link").addEventListener("click", async () => {
  byId("save-menu").open = false;
  history.replaceState(null, "", `#${stateToHash()}`);
  say((await copyText(location.href)) ? t("copied") : t("copy.failed"));
});
byId("print").addEventListener("click", () => {
  byId("save-menu").open = false;
  window.print();
});

const SHEET = 1.3; // height to width of what a sheet of paper holds beside a heading
const FIRST_SHEET = 1.1; // the first one bears the title, too
const ABREAST = 24; // columns of a grid that a sheet has room for

// A picture that is higher than a sheet becomes several, cut where neither a sign nor a name stands; its head, if it has one, comes
// again on each.
function cutForPaper(picture) {
  const { width, height } = picture.viewBox.baseVal;
  if (height <= width * SHEET) return;
  const taken = [...picture.querySelectorAll("text, [data-row]")].filter((each) => !each.closest(".out")).map(boxOf).filter((box) => box.height < width / 4);
  const parts = [];
  const again = Number(picture.dataset.head ?? 0);
  for (let top = 0; top < height; ) {
    let bottom = Math.min(height, top + width * (top ? SHEET : FIRST_SHEET) - (top ? again : 0));
    for (let across = true; across && bottom < height; ) {
      across = taken.find((box) => box.y < bottom && box.y + box.height > bottom && box.y > top + 1);
      if (across) bottom = across.y - 1;
    }
    parts.push(top && again ? under(stripe(picture, 0, again), stripe(picture, top, bottom)) : stripe(picture, top, bottom));
    top = bottom;
  }
  picture.replaceWith(...parts);
}

function stripe(picture, top, bottom) {
  const part = picture.cloneNode(true);
  part.setAttribute("viewBox", `0 ${top} ${picture.viewBox.baseVal.width} ${bottom - top}`);
  part.setAttribute("height", bottom - top);
  return part;
}

// A grid of more columns than a sheet has room for becomes several of about the same width, each with the names of the lines.
function cutGridForPaper(grid) {
  const count = grid.rows[0].cells.length - 1;
  const parts = Math.ceil(count / ABREAST);
  if (parts < 2) return;
  const edges = Array.from({ length: parts + 1 }, (_, part) => Math.round((part * count) / parts));
  const cut = edges.slice(1).map((end, part) => {
    const copy = grid.cloneNode(true);
    for (const row of copy.rows) [...row.cells].forEach((cell, at) => at && (at <= edges[part] || at > end) && cell.remove());
    return copy;
  });
  grid.replaceWith(...cut);
}

// Two pictures of the same width as one, which no sheet tears apart.
function under(upper, lower) {
  const heights = [upper, lower].map((each) => Number(each.getAttribute("height")));
  lower.setAttribute("y", heights[0]);
  const height = heights[0] + heights[1];
  const width = upper.getAttribute("width");
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group" }, upper, lower);
}

// On paper: light colours, whatever the screen shows.
window.addEventListener("beforeprint", () => {
  document.documentElement.dataset.theme = "light";
  showFigures();
  markFigures();
  for (const picture of document.querySelectorAll("#figures figure > svg")) cutForPaper(picture);
  for (const grid of document.querySelectorAll("#figures table.grid")) cutGridForPaper(grid);
});
window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = state.theme;
  showFigures();
  markFigures();
});
