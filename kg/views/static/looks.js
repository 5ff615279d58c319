// How nodes look: what their colour and their size stand for, and which groups have an outline.

// Lists whose entries can have a colour each, and measures, which have steps of one colour.
const GROUPED = ["type", "country", ...page.groupings.map((each) => each.id)].filter((name) => lists[name].length);
const MEASURES = new Map(page.measures.map((each) => [each.id, each]));
const OUTLINED = GROUPED.filter((name) => name !== "type");
const PAD = 10; // pixels between a node and the outline of its group

// The entry of a list that a node belongs to: of several countries none, since it has one colour only.
function groupOf(name, node) {
  const value = nodes[name][node];
  return Array.isArray(value) ? (value.length === 1 ? value[0] : -1) : value;
}

// Where a node stands on the scale of a measure, 0 to 1; null where nothing is known.
function shareOf(measure, node) {
  const low = measure.low[node];
  if (low === null) return null;
  const [least, most] = measure.scale;
  return most > least ? ((low + (measure.high?.[node] ?? low)) / 2 - least) / (most - least) : 0.5;
}

const decimals = remembered((tag) => new Intl.NumberFormat(tag, { maximumSignificantDigits: 3 }));

// The value of a measure as a reader wants it: one number, or both ends of an interval.
function measureText(measure, node) {
  const [low, high] = [measure.low[node], measure.high?.[node] ?? measure.low[node]];
  if (low === null) return "";
  const show = decimals(lang).format;
  return low === high ? show(low) : t("measure.between", { low: show(low), high: show(high) });
}

function stepOf(share) {
  return Math.min(page.ramp[0].length - 1, Math.floor(share * page.ramp[0].length));
}

// The colour of an entry of a list; beyond the palette, and for what is in no group, the neutral one.
function entryColour(name, entry, dark) {
  const colours = name === "type" ? lists.type[entry]?.colour : page.palette[entry];
  return (entry >= 0 && colours?.[dark]) || (dark ? "#9da7b3" : "#57606a");
}

function nodeColour(node, dark) {
  const measure = MEASURES.get(state.colour);
  if (measure) {
    const share = shareOf(measure, node);
    return share === null ? entryColour("", -1, dark) : page.ramp[dark][stepOf(share)];
  }
  if (state.colour !== "type") return entryColour(state.colour, groupOf(state.colour, node), dark);
  return nodes.colour[node] ? nodes.colour[node][dark] : entryColour("type", nodes.type[node], dark);
}

// Radii at scale 1, made anew when the size comes to stand for something else.
const radii = new Float32Array(N);
const LEAST = 4;
let radiiFor = "";
function baseRadius(node) {
  if (radiiFor !== state.size) {
    radiiFor = state.size;
    const measure = MEASURES.get(state.size);
    for (let each = 0; each < N; each++) {
      const share = measure ? shareOf(measure, each) : null;
      radii[each] = measure ? (share === null ? LEAST : 5 + 15 * Math.sqrt(share)) : 5 + Math.min(15, 1.7 * Math.sqrt(degree[each]));
    }
  }
  return radii[node];
}

// The visible members of each group that is outlined, in the parts that visible ties hold together.
function outlinedParts() {
  const parts = [];
  const seen = new Set();
  const together = state.layout === `by.${state.outline}`; // there a group is one area
  for (let start = 0; state.outline && start < N; start++) {
    const entry = passes.node[start] ? groupOf(state.outline, start) : -1;
    if (entry < 0 || seen.has(start)) continue;
    const members = together ? visibleNodes().filter((node) => groupOf(state.outline, node) === entry) : [start];
    for (let at = 0; at < members.length && !together; at++) {
      seen.add(members[at]);
      for (const other of neighbours(members[at]).keys()) {
        if (!seen.has(other) && groupOf(state.outline, other) === entry) seen.add(other), members.push(other);
      }
    }
    for (const node of members) seen.add(node);
    parts.push([entry, members]);
  }
  return parts;
}

// A soft area around each part of a group, with the group's name on top where it is more than a pair.
let outlineTitles = []; // the names of groups in the picture that is being drawn, each with corners it may stand at
function drawOutlines(surface, view, palette) {
  outlineTitles = [];
  for (const [entry, members] of outlinedParts()) {
    if (members.length < 2 && state.colour === state.outline) continue; // its colour says it already
    const rim = members.flatMap((node) => {
      const [x, y, r] = [screenX(node, view), screenY(node, view), radiusOf(node, view) + PAD];
      return Array.from({ length: 8 }, (_, i) => [x + r * Math.cos((i * Math.PI) / 4), y + r * Math.sin((i * Math.PI) / 4)]);
    });
    const corners = convexHull(rim);
    const colour = entryColour(state.outline, entry, palette.dark);
    for (const style of [{ fill: colour, alpha: 0.07 }, { stroke: colour, width: 1.6, dash: [6, 4], alpha: 0.8 }]) {
      surface.begin(style);
      corners.forEach(([x, y], i) => surface[i ? "line" : "move"](x, y));
      surface.close();
      surface.end();
    }
    if (members.length < 3 || state.layout === `by.${state.outline}`) continue;
    outlineTitles.push({ words: groupName(state.outline, entry), colour, corners: [...corners].sort((a, b) => a[1] - b[1]) });
  }
}

// The names of groups above their outlines, or beside the next corner, over everything but other such names.
function nameOutlines(surface, room, palette) {
  for (const { words, colour, corners } of outlineTitles) {
    const half = widthOf(words, 700) * 0.55;
    const boxes = corners.map(([x, y]) => ({ left: x - half, right: x + half, top: y - 18, bottom: y, node: -1 }));
    const box = boxes.find((each) => room.free(each, null, ANY));
    if (!box) continue;
    room.take(box);
    surface.text((box.left + box.right) / 2, box.top + 9, words, { size: 13, weight: 700, fill: colour, halo: palette.back });
  }
}

// Corners of the smallest convex area around points (Andrew's monotone chain).
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (all) => {
    const chain = [];
    for (const point of all) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function campsShown() {
  return [state.colour, state.outline, state.layout.slice(3)].includes("camp");
}

// What a colour or size stands for, in words.
function lookName(what) {
  if (what === "relations") return t("look.relations");
  return MEASURES.has(what) ? t(`measure.${what}`) : t(`facet.${what}`);
}
