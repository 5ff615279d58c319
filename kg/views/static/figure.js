// A figure that explains itself: title, the sentence on the facts, the network, and the key to its signs.

const FIGURE_HEAD = 76;
const KEY_ROW = 20;

function figureHeight() {
  return screen_.height + FIGURE_HEAD + keyRows(screen_.width - 32).length * KEY_ROW + 12;
}

function figureCounts() {
  return { nodes: number(visibleNodes().length), ties: number(visibleTies().length) };
}

function drawFigure(...how) {
  atOnce(figuring(...how));
}

function* figuring(surface, size, at, colours) {
  const rows = keyRows(size.width - 32);
  const foot = size.height - rows.length * KEY_ROW - 12;
  fillBox(surface, 0, size.height, size.width, colours.back);
  yield* drawing(surface, { ...at, y: at.y + FIGURE_HEAD }, { ...size, height: foot }, colours);
  fillBox(surface, 0, FIGURE_HEAD, size.width, colours.back);
  fillBox(surface, foot, size.height, size.width, colours.back);
  const looks = ["colour", "size"].filter((name) => state[name] !== OPENING[name]).map((name) => `${t("text.pair", { heading: t(`look.${name}`), text: lookName(state[name]) })}.`);
  const words = [state.highlight ? highlightText() : "", text(page.facts), text(page.withheld), t("figure.counts", figureCounts()), ...looks].filter(Boolean).join(" ");
  surface.text(16, 20, text(page.title), { size: 17, weight: 700, fill: colours.ink, align: "left" });
  wrapped(words, size.width - 32).slice(0, 2).forEach((line, row) => {
    surface.text(16, 42 + row * 16, line, { size: NAME_SIZE, fill: colours.soft, align: "left" });
  });
  rows.forEach((row, place) => {
    let x = 16;
    for (const item of row) {
      const y = foot + 8 + (place + 0.5) * KEY_ROW;
      item.draw(surface, x + 12, y, colours);
      surface.text(x + 30, y, item.name, { size: NAME_SIZE, fill: colours.ink, align: "left" });
      x += item.width;
    }
  });
}

function fillBox(surface, top, bottom, width, colour) {
  surface.begin({ fill: colour });
  surface.move(0, top);
  surface.line(width, top);
  surface.line(width, bottom);
  surface.line(0, bottom);
  surface.close();
  surface.end();
}

function wrapped(words, width) {
  const lines = [""];
  for (const word of words.split(BREAKS)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (widthOf(longer, 400) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// What the picture holds, as rows of the key that are no wider than `width`.
function keyRows(width) {
  const rows = [[]];
  let used = 0;
  for (const item of keyItems()) {
    item.width = widthOf(item.name, 400) + 52;
    if (used + item.width > width && rows.at(-1).length) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1).push(item);
    used += item.width;
  }
  return rows;
}

function keyItems() {
  const [seenNodes, seenTies] = [visibleNodes(), visibleTies()];
  const used = (list, column, seen) => [...new Set(seen.map((item) => column[item]))].filter((entry) => entry >= 0).sort((a, b) => a - b).map((entry) => [entry, entryName(list, entry)]);
  const top = (entry) => {
    const above = lists.type.findIndex((each) => each.id === lists.type[entry].broader);
    return above < 0 ? entry : top(above);
  };
  const types = state.colour === "type" ? [...new Set(used("type", nodes.type, seenNodes).map(([entry]) => top(entry)))] : [];
  const kinds = used("kind", nodes.kind, seenNodes);
  const items = types.map((entry) => ({ name: entryName("type", entry), draw: dot(entry) }));
  if (GROUPED.includes(state.colour) && !types.length) {
    items.push(...used(state.colour, seenNodes.map((node) => groupOf(state.colour, node)), seenNodes.keys()).map(([entry, name]) => ({ name, draw: dotOf(entry) })));
  }
  if (kinds.length > 1 && !kindsAddNothing()) items.push(...kinds.map(([entry, name]) => ({ name, draw: outlineOf(entry) })));
  items.push(...used("sign", ties.sign, seenTies).map(([entry, name]) => ({ name: `${SIGN_MARK[entry]} ${name}`, draw: lineOf(entry) })));
  const marked = [...used("modality", ties.modality, seenTies).map(([entry, name]) => [lists.modality[entry].id, name]), ...used("status", ties.status, seenTies).map(([entry, name]) => [lists.status[entry].id, name])];
  items.push(...marked.filter(([id]) => BADGES[id]).map(([id, name]) => ({ name, draw: markOf(BADGES[id]) })));
  items.push(...changeKeys());
  return items;
}

const dot = (entry) => (surface, x, y, colours) => {
  surface.begin({ fill: lists.type[entry].colour[colours.dark] });
  shapePath(surface, shapeOfType(FACETS[0], entry), x, y, 6);
  surface.end();
};

const dotOf = (entry) => (surface, x, y, colours) => {
  surface.begin({ fill: entryColour(state.colour, entry, colours.dark) });
  surface.circle(x, y, 6);
  surface.end();
};

const outlineOf = (entry) => (surface, x, y, colours) => {
  surface.begin({ fill: colours.soft });
  shapePath(surface, lists.kind[entry].shape, x, y, 6);
  surface.end();
};

const lineOf = (sign) => (surface, x, y, colours) => {
  const type = lists.relation.find((each) => 1 - each.sign === sign);
  surface.begin({ stroke: type.colour[colours.dark], width: 2.2, dash: DASHES[type.pattern] });
  surface.move(x - 13, y);
  surface.line(x + 13, y);
  surface.end();
};

const markOf = (mark) => (surface, x, y, colours) => {
  surface.begin({ fill: colours.back, stroke: colours.soft, width: 1.2 });
  surface.circle(x, y, 7);
  surface.end();
  surface.text(x, y + 0.5, mark, { size: 10, weight: 700, fill: colours.soft });
};
