// What a scenario changes: a broad band below what is new, ticks across what is gone, dashes below what is different, and words.

const CHANGED = ["added", "removed", "changed"];
const BANDS = { added: [], removed: [2, 7], changed: [12, 7] };
const BAND = 10; // its width in pixels

// The band of a change, as a style of a line.
function bandStyle(kind, palette) {
  return { stroke: palette.accent, width: BAND - 1, dash: BANDS[kind], alpha: 0.4 };
}

// What is changed, shown in the picture, and not faded.
function changesShown(skip) {
  if (!state.highlight) return [];
  const shown = (thing) => (thing < N ? level.node[thing] : level.tie[thing - N]) === SHOWN;
  return [...changeOf].filter(([thing]) => shown(thing) && !skip?.has(thing)).map(([thing, [kind]]) => ({ thing, kind: CHANGED[kind] }));
}

// Below the lines: a ring of dashes or ticks goes around a node as the band goes along a line.
function drawChangeBands(surface, view, palette, skip) {
  for (const { thing, kind } of changesShown(skip)) {
    const style = bandStyle(kind, palette);
    if (thing >= N) {
      strokeCurves(surface, [curveOf(thing - N, view)], style);
      continue;
    }
    surface.begin(style);
    surface.circle(screenX(thing, view), screenY(thing, view), radiusOf(thing, view) + BAND / 2 + 1);
    surface.end();
  }
}

// Above everything: the word for each change, on its line or above its node, where it covers no name and no other such word; where
// there is no such place, it may cover names.
const ON_LINE = [0.5, 0.4, 0.6, 0.3, 0.7];
function drawChangeWords(surface, view, palette, skip) {
  const words = new Room();
  for (const { thing, kind } of changesShown(skip)) {
    const word = t(`change.${kind}`);
    const half = widthOf(word, 600) / 2 + 5;
    const boxes = wordPlaces(thing, view).map(({ x, y }) => ({ left: x - half, right: x + half, top: y - 8, bottom: y + 8, node: -1 }));
    const free = boxes.filter((box) => words.free(box, null, 0));
    const box = free.find((each) => taken.free(each, null, 0)) ?? free[0];
    if (!box) continue;
    words.take(box);
    taken.take(box);
    drawTag(surface, word, box, palette);
  }
}

function wordPlaces(thing, view) {
  if (thing < N) return [{ x: screenX(thing, view), y: screenY(thing, view) - radiusOf(thing, view) - BAND - 9 }];
  const curve = curveOf(thing - N, view);
  return ON_LINE.map((share) => along(curve, share));
}

function drawTag(surface, words, { left, right, top, bottom }, palette) {
  surface.begin({ fill: palette.back, stroke: palette.accent, width: 1.2 });
  surface.move(left, top);
  surface.line(right, top);
  surface.line(right, bottom);
  surface.line(left, bottom);
  surface.close();
  surface.end();
  surface.text((left + right) / 2, (top + bottom) / 2 + 0.5, words, { size: NAME_SIZE, weight: 600, fill: palette.accent });
}

// Each kind of change that is shown, for the key of a saved picture.
function changeKeys() {
  const kinds = [...new Set(changesShown().map(({ kind }) => kind))];
  return CHANGED.filter((kind) => kinds.includes(kind)).map((kind) => ({
    name: t("change.in", { what: t(`change.${kind}`) }),
    draw: (surface, x, y, colours) => {
      surface.begin(bandStyle(kind, colours));
      surface.move(x - 13, y);
      surface.line(x + 13, y);
      surface.end();
    },
  }));
}

// What a change is, in a sentence: its word, and each property today and then.
function changeText(thing) {
  const [kind, said] = changeOf.get(thing) ?? [];
  if (kind === undefined) return "";
  const details = said.map(([heading, today, then]) => t("change.detail", { what: text(heading), today: text(today), then: text(then) }));
  return [t(`change.${CHANGED[kind]}`), ...details].join(t("text.between"));
}
