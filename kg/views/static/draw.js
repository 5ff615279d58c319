// Drawing, once for all: on a canvas (screen, PNG) or as SVG. A surface takes paths between begin and end, and texts.

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const DASHES = { solid: [], dashed: [8, 5], dotted: [1.5, 4] };
const AGAINST = "≠";
const BADGES = { recommended: "!", possible: "?", denied: "×", absent: "×", inferred: "i", estimated: "≈" };

class CanvasSurface {
  constructor(context) {
    this.context = context;
  }

  begin(style) {
    const c = this.context;
    c.globalAlpha = style.alpha ?? 1;
    if (style.stroke) {
      c.strokeStyle = style.stroke;
      c.lineWidth = style.width ?? 1;
      c.setLineDash(style.dash ?? []);
      c.lineCap = style.dash?.[0] < 3 ? "round" : "butt";
    }
    if (style.fill) c.fillStyle = style.fill;
    this.style = style;
    c.beginPath();
  }

  move(x, y) {
    this.context.moveTo(x, y);
  }

  line(x, y) {
    this.context.lineTo(x, y);
  }

  cubic(a, b, c, d, x, y) {
    this.context.bezierCurveTo(a, b, c, d, x, y);
  }

  circle(x, y, r) {
    this.context.moveTo(x + r, y);
    this.context.arc(x, y, r, 0, 2 * Math.PI);
  }

  close() {
    this.context.closePath();
  }

  end() {
    if (this.style.fill) this.context.fill("evenodd");
    if (this.style.stroke) this.context.stroke();
    this.context.globalAlpha = 1;
  }

  text(x, y, words, style) {
    const c = this.context;
    c.font = `${style.weight ?? 400} ${style.size}px ${FONT}`;
    c.textAlign = style.align ?? "center";
    c.textBaseline = "middle";
    c.globalAlpha = style.alpha ?? 1;
    if (style.halo) {
      c.setLineDash([]);
      c.lineJoin = "round";
      c.lineWidth = 3.5;
      c.strokeStyle = style.halo;
      c.strokeText(words, x, y);
    }
    c.fillStyle = style.fill;
    c.fillText(words, x, y);
    c.globalAlpha = 1;
  }
}

// The colours of the page as it is shown, light or dark, from its style sheet.
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const pick = (name) => style.getPropertyValue(`--${name}`).trim();
  return { dark: pick("dark") === "1" ? 1 : 0, back: pick("drawing"), ink: pick("ink"), soft: pick("soft"), line: pick("line"), accent: pick("accent") };
}

const confidenceWidth = lists.confidence.map((_, place, all) => (all.length < 2 ? 2 : 2.6 - (1.5 * place) / (all.length - 1)));

// The sign in the middle of a line that contradicts the camps that are shown, or is not simply stated and asserted.
function badgeOf(tie) {
  if (lists.fit[ties.fit[tie]]?.id === "against" && campsShown()) return AGAINST;
  const modality = lists.modality[ties.modality[tie]]?.id;
  if (BADGES[modality]) return BADGES[modality];
  return BADGES[lists.status[ties.status[tie]]?.id] ?? "";
}

// How much a tie is in the way of what the layout shows: 2 where it leads to a node that has no place there, 1 where it leads
// from one group to another, else 0.
function astray(tie) {
  const [source, target] = [ties.source[tie], ties.target[tie]];
  if (home.aside.size && (home.aside.has(source) || home.aside.has(target))) return 2;
  return home.group && groupOf(home.group, source) !== groupOf(home.group, target) ? 1 : 0;
}

const HAIR = 1; // pixels: without a graphics card, wider lines take ten times as long

// `dense` is 0, or how opaque lines are where there are too many to tell apart. Others are not see-through: their colours have the
// contrast of marks, 3:1, as they are.
function tieStyle(tie, palette, dense, scale = 1) {
  const type = lists.relation[ties.relation[tie]];
  const faded = level.tie[tie] === FADED;
  const usual = confidenceWidth[ties.confidence[tie]] ?? 1.8;
  const width = dense ? Math.min(HAIR, usual * 0.55) : usual * scale;
  const modality = lists.modality[ties.modality[tie]]?.id;
  const away = astray(tie);
  return {
    stroke: type.colour[palette.dark],
    width: faded ? Math.min(width, 1) : width,
    dash: dense && type.sign >= 0 ? [] : DASHES[type.pattern],
    alpha: faded ? Math.min(PALE.tie[palette.dark] * (away === 2 ? 0.3 : 1), dense || 1) : dense || (away === 1 ? 0.5 : 1),
    hollow: modality === "recommended" && !dense && !faded,
  };
}

// The first picture is lines and nodes; names and signs follow with everything else: text takes as long as both.
let bare = true;

// Goes through the steps of a drawing without a stop; returns what it returns.
function atOnce(steps) {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

// Draws what passes into a surface of that size; returns how many nodes got a name.
function drawNetwork(surface, view, size, palette, skip = null) {
  return atOnce(drawing(surface, view, size, palette, skip));
}

const STRETCH = 2000; // so many nodes or ties are gone through from one step to the next
const ENOUGH = 8000; // marks that become pixels without keeping a browser busy
const MANY = 1500; // lines from which on they are too many to tell apart in a picture that shows the whole
const CROWD = 6000; // and in any picture, where so many of them are on the screen

// Goes through the steps of a drawing with pauses, in which what is drawn so far becomes pixels, not all at the end.
// Ends early, and returns false, where by then it is not wanted any more.
async function paintCalmly(steps, surface, wanted = () => true, enough = ENOUGH) {
  const elsewhere = new OffscreenCanvas(1, 1).getContext("2d");
  let made = 0;
  for (const marks of steps) {
    made += marks;
    if (made < enough && !isBusy()) continue;
    elsewhere.drawImage(surface.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
    made = 0;
    await calm();
    if (!wanted()) return false;
  }
  return true;
}

// The steps of finding whether there are too many lines to tell apart: they are then thin and see-through.
function* crowding(drawn, view, size) {
  if (drawn.length <= MANY || view.k < 0.55) return drawn.length > MANY;
  let seen = 0;
  for (let place = 0; place < drawn.length && drawn.length > CROWD; place++) {
    if (place % STRETCH === STRETCH - 1) yield 0;
    if (!isPlainlyOutside(drawn[place], view, size)) seen++;
  }
  return seen > CROWD;
}

// The steps of drawing everything; each tells how many marks it made.
function* drawing(surface, view, size, palette, skip = null) {
  const inside = (x, y, room) => x > -room && y > -room && x < size.width + room && y < size.height + room;
  drawGuides(surface, view, palette);
  drawOutlines(surface, view, palette);
  yield* overviewing(surface, view, size, palette);
  const drawn = [];
  for (let tie = 0; tie < M; tie++) if (level.tie[tie] && !skip?.has(N + tie)) drawn.push(tie);
  yield 0;
  const dense = (yield* crowding(drawn, view, size)) ? Math.max(0.14, 18 / Math.sqrt(drawn.length)) : 0;
  if (changeOf.size) drawChangeBands(surface, view, palette, skip);
  yield 0;
  yield* tying(surface, drawn.filter((tie) => level.tie[tie] === FADED), view, size, palette, dense);
  yield* tying(surface, drawn.filter((tie) => level.tie[tie] === SHOWN), view, size, palette, dense);
  for (const strength of [FADED, SHOWN]) {
    for (let node = 0; node < N; node++) {
      if (level.node[node] !== strength || skip?.has(node)) continue;
      if (inside(screenX(node, view), screenY(node, view), 40)) drawNode(surface, node, view, palette);
      if (node % STRETCH === 0) yield STRETCH;
    }
  }
  nameGuides(surface, view, palette);
  const named = bare ? 0 : yield* naming(surface, view, size, palette, skip);
  if (changeOf.size && !bare) drawChangeWords(surface, view, palette, skip);
  return named;
}

function outside(c, size) {
  return (
    Math.max(c.x0, c.x1, c.x2, c.x3) < 0 || Math.min(c.x0, c.x1, c.x2, c.x3) > size.width ||
    Math.max(c.y0, c.y1, c.y2, c.y3) < 0 || Math.min(c.y0, c.y1, c.y2, c.y3) > size.height
  );
}

// A number that is the same for ties whose style is the same.
const LOOKS = ["relation", "confidence", "modality", "status", "fit"].map((name) => [ties[name], lists[name].length + 1]);
function lookOf(tie) {
  let look = level.tie[tie] * 3 + astray(tie);
  for (const [column, size] of LOOKS) look = look * size + column[tie] + 1;
  return look;
}

function drawTies(...how) {
  atOnce(tying(...how));
}

// Lines of one style go into one path: a stroke costs far more than a segment.
function* tying(surface, which, view, size, palette, dense) {
  const scale = Math.max(0.65, Math.min(1.25, Math.sqrt(view.k)));
  const groups = new Map();
  const groupOfLook = new Map(); // thousands of ties have a few dozen looks
  const arrows = new Map();
  const badges = [];
  for (const [place, tie] of which.entries()) {
    if (place % STRETCH === STRETCH - 1) yield 0;
    if (isPlainlyOutside(tie, view, size)) continue;
    const curve = curveOf(tie, view);
    if (outside(curve, size)) continue;
    const look = lookOf(tie);
    let group = groupOfLook.get(look);
    if (!group) {
      const style = tieStyle(tie, palette, dense, scale);
      const key = `${style.stroke} ${style.width} ${style.dash} ${style.alpha} ${style.hollow}`;
      group = groups.get(key) ?? { style, curves: [] };
      groups.set(key, group);
      groupOfLook.set(look, group);
    }
    const { style } = group;
    group.curves.push(curve);
    if (!lists.relation[ties.relation[tie]].mutual && !dense) {
      const head = `${style.stroke} ${style.alpha}`;
      if (!arrows.has(head)) arrows.set(head, { style, curves: [] });
      arrows.get(head).curves.push({ curve, width: style.width });
    }
    const long = Math.abs(curve.x3 - curve.x0) + Math.abs(curve.y3 - curve.y0) > 44 || curve.x3 === curve.x0;
    if (!bare && !dense && long && which.length < 900 && level.tie[tie] === SHOWN && badgeOf(tie)) badges.push({ tie, curve, style });
  }
  for (const { style, curves } of groups.values()) {
    const cost = dense && !style.dash.length ? 1 : 5; // wide lines and broken ones take long
    const longest = (size.portion ?? ENOUGH) / cost;
    for (let start = 0; start < curves.length; start += longest) {
      const some = curves.slice(start, start + longest);
      strokeCurves(surface, some, style.hollow ? { ...style, width: style.width + 2.4 } : style);
      if (style.hollow) strokeCurves(surface, some, { ...style, stroke: palette.back, dash: [], alpha: 1 });
      yield some.length * cost;
    }
  }
  for (const { style, curves } of arrows.values()) {
    surface.begin({ fill: style.stroke, alpha: style.alpha });
    for (const each of curves) arrowHead(surface, each.curve, each.width);
    surface.end();
    yield curves.length;
  }
  const radius = Math.max(4.4, Math.min(7, 5.2 * Math.sqrt(view.k)));
  for (const each of badges) drawBadge(surface, each, radius, palette);
}

function strokeCurves(surface, curves, style) {
  surface.begin(style);
  for (const c of curves) {
    surface.move(c.x0, c.y0);
    if (c.straight) surface.line(c.x3, c.y3);
    else surface.cubic(c.x1, c.y1, c.x2, c.y2, c.x3, c.y3);
  }
  surface.end();
}

function arrowHead(surface, c, width) {
  const back = along(c, 0.9);
  const turn = Math.atan2(c.y3 - back.y, c.x3 - back.x);
  const length = 3.5 + width * 2.6;
  surface.move(c.x3 + Math.cos(turn), c.y3 + Math.sin(turn));
  for (const side of [-0.42, 0.42]) {
    surface.line(c.x3 - Math.cos(turn + side) * length, c.y3 - Math.sin(turn + side) * length);
  }
  surface.close();
}

function drawBadge(surface, { tie, curve, style }, radius, palette) {
  const { x, y } = middleOf(curve);
  surface.begin({ fill: palette.back, stroke: style.stroke, width: 1 });
  surface.circle(x, y, radius);
  surface.end();
  surface.text(x, y + 0.5, badgeOf(tie), { size: radius * 1.6, weight: 700, fill: palette.soft });
}

function drawNode(surface, node, view, palette) {
  const faded = level.node[node] === FADED;
  const colour = nodeColour(node, palette.dark);
  const [x, y, r] = [screenX(node, view), screenY(node, view), radiusOf(node, view)];
  const stated = lists.status[nodes.status[node]]?.id === "stated" || nodes.status[node] < 0;
  const shape = lists.kind[nodes.kind[node]]?.shape;
  const ring = shape === "ring" && stated; // small as it may be, its hole stays open
  const solid = ring ? { fill: palette.back, stroke: colour, width: r * 0.55 } : { fill: colour, stroke: palette.back, width: Math.min(1.5, r * 0.3) };
  const broken = { fill: palette.back, stroke: colour, width: 2.2, dash: [3.5, 2.5] };
  surface.begin({ ...(stated ? solid : broken), alpha: faded ? PALE.node[palette.dark] : 1 });
  shapePath(surface, ring ? "circle" : shape, x, y, ring ? r * 0.75 : r);
  surface.end();
  if (state.pinned.has(node)) {
    surface.begin({ fill: stated ? palette.back : colour });
    surface.circle(x, y, Math.max(1.6, r * 0.28));
    surface.end();
  }
}

// Corners of the forms for a radius of 1; what is not here is round.
const regular = (corners, turn, grow, inner = grow) => Array.from({ length: corners }, (_, i) => {
  const angle = turn + (2 * Math.PI * i) / corners;
  const reach = i % 2 ? inner : grow;
  return [Math.cos(angle) * reach, Math.sin(angle) * reach];
});
const FORMS = {
  square: regular(4, -Math.PI / 4, 1.15),
  diamond: regular(4, 0, 1.2),
  triangle: regular(3, -Math.PI / 2, 1.25),
  down: regular(3, Math.PI / 2, 1.25),
  hexagon: regular(6, 0, 1.08),
  star: regular(10, -Math.PI / 2, 1.45, 0.7),
  page: [[-0.8, -1.1], [0.3, -1.1], [0.8, -0.6], [0.8, 1.1], [-0.8, 1.1]],
};

function shapePath(surface, shape, x, y, r) {
  const form = FORMS[shape];
  if (form) {
    form.forEach(([dx, dy], i) => surface[i ? "line" : "move"](x + dx * r, y + dy * r));
    surface.close();
    return;
  }
  surface.circle(x, y, r);
  if (shape === "ring") surface.circle(x, y, r * 0.5);
}

// What is pointed at, selected, or highlighted, on top of the picture.
function drawMarks(surface, view, palette, hovered) {
  if (state.highlight) for (const thing of page.highlight) if (thing < N) drawRing(surface, thing, view, palette.accent, 2);
  for (const [thing, width] of [[hovered, 2], [state.selected, 3.5]]) {
    if (thing === null) continue;
    if (thing < N && level.node[thing]) drawRing(surface, thing, view, palette.accent, width);
    if (thing >= N && level.tie[thing - N]) {
      const tie = thing - N;
      const curve = curveOf(tie, view);
      strokeCurves(surface, [curve], { stroke: palette.accent, width: width + 4, alpha: 0.3 });
      strokeCurves(surface, [curve], { ...tieStyle(tie, palette, 0), alpha: 1 });
      drawSign(surface, tie, curve, palette);
    }
  }
}

function drawRing(surface, node, view, colour, width) {
  surface.begin({ stroke: colour, width });
  surface.circle(screenX(node, view), screenY(node, view), radiusOf(node, view) + 2 + width);
  surface.end();
}

// The sign in words of one character, on the line that is looked at.
function drawSign(surface, tie, curve, palette) {
  const { x, y } = middleOf(curve);
  surface.begin({ fill: palette.back, stroke: lists.relation[ties.relation[tie]].colour[palette.dark], width: 1.5 });
  surface.circle(x, y, 8);
  surface.end();
  surface.text(x, y + 0.5, SIGN_MARK[ties.sign[tie]], { size: 13, weight: 700, fill: palette.ink });
}
