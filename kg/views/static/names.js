// Names in the picture: as many as find room, the important ones first, none on top of another or of a node.

const NAME_SIZE = 12;
const NAME_LINE = 22; // characters in a line
const NAME_LONGEST = 26; // where a name would not fit otherwise
const MAJOR = 24; // so many of the most important nodes have their name in any case
const BREAKS = /[^\S\u00a0\u202f]+/; // no-break spaces hold together what they stand in
const widths = new Map();
const measure = document.createElement("canvas").getContext("2d");

function widthOf(words, weight) {
  const key = `${weight} ${words}`;
  if (!widths.has(key)) {
    measure.font = `${weight} ${NAME_SIZE}px ${FONT}`;
    widths.set(key, measure.measureText(words).width);
  }
  return widths.get(key);
}

// A name in lines of about the same length, at most so many; a longer one loses its middle: names that begin alike often
// differ at the end.
function nameLines(name, most) {
  const words = name.split(BREAKS).filter(Boolean);
  if (name.length <= NAME_LINE) return [name];
  for (let rows = 1; rows <= most; rows++) {
    for (let wide = Math.ceil(name.length / rows); wide <= NAME_LONGEST; wide++) {
      const lines = filled(words, wide);
      if (lines.length <= rows && lines.every((line) => line.length <= wide)) return lines;
    }
  }
  const lines = filled(words, NAME_LINE).slice(0, most - 1);
  const left = words.slice(lines.join(" ").split(" ").length);
  const last = [];
  for (const word of left.reverse()) {
    if (last.length && [word, ...last].join(" ").length + 2 > NAME_LONGEST) break;
    last.unshift(word);
  }
  return [...lines, last.length < left.length ? `… ${last.join(" ")}` : last.join(" ")].map((line) => cut(line, NAME_LONGEST));
}

// Words in lines of at most `wide` characters, longer words in a line of their own.
function filled(words, wide) {
  const lines = [];
  for (const word of words) {
    if (lines.length && lines.at(-1).length + 1 + word.length <= wide) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

// The text without its middle where it is longer than `size`.
function cut(line, size) {
  const characters = [...line];
  if (characters.length <= size) return line;
  const head = Math.ceil(size * 0.6) - 1;
  return `${characters.slice(0, head).join("").trimEnd()}…${characters.slice(head + 1 - size).join("").trimStart()}`;
}

// The lines of a name: near by there is room for three.
const NEAR = 0.9; // the scale from which on it is
let namesFor = "";
const namesCache = [];
function linesOf(node, view) {
  const most = view.k >= NEAR ? 3 : 2;
  if (namesFor !== `${lang} ${most}`) {
    namesCache.length = 0;
    namesFor = `${lang} ${most}`;
  }
  return (namesCache[node] ??= nameLines(nodeShort(node), most));
}

const MINOR = 1; // dots that a name may cover
const ANY = 2;

// Rectangles that are taken, in a grid so that only near ones are compared.
class Room {
  constructor() {
    this.cells = new Map();
  }

  cellsOf(box) {
    const cells = [];
    for (let i = Math.floor(box.left / 64); i <= Math.floor(box.right / 64); i++) {
      for (let j = Math.floor(box.top / 64); j <= Math.floor(box.bottom / 64); j++) cells.push(i * 100003 + j);
    }
    return cells;
  }

  take(box) {
    for (const cell of this.cellsOf(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  // Whether nothing but the node's own dot is in the way, and, for important names, minor dots, for the chosen one's any dots.
  free(box, own, over) {
    for (const cell of this.cellsOf(box)) {
      for (const other of this.cells.get(cell) ?? NONE) {
        if (other.node === own || (over && other.minor) || (over === ANY && other.node >= 0)) continue;
        if (other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top) return false;
      }
    }
    return true;
  }
}

function importance(node) {
  if (node === state.selected || node === state.trail.at(-1) || (state.layout === "radial" && node === state.centre)) return 1e6;
  return (highlighted.has(node) ? 1e5 : 0) + prominence(node);
}

// How much a node stands out: by what its size stands for, then by its relations.
function prominence(node) {
  return state.size === "relations" ? degree[node] : (baseRadius(node) - LEAST) * 5e3 + Math.min(degree[node], 999) / 1e3;
}

const TRIED = 1200; // so many names at most look for room
const NAMED = 320; // and so many get it

function drawNames(...how) {
  return atOnce(naming(...how));
}

let taken = null; // the room of the last drawing, for what is written after the names
// Of a drawing that is larger than the screen (by `dx` and `dy` on each side), the screen gets its names first, and whole.
function* naming(surface, view, size, palette, skip) {
  const { dx = 0, dy = 0 } = size;
  const screen = { left: dx, top: dy, right: size.width - dx, bottom: size.height - dy };
  const whole = { left: 0, top: 0, right: size.width, bottom: size.height };
  const room = (taken = new Room());
  const wanted = [];
  const beside = state.highlight && highlighted.size && state.selected === null; // what is not highlighted is named too, paler
  for (let node = 0; node < N; node++) {
    if (node % STRETCH === STRETCH - 1) yield 0;
    if (!level.node[node] || skip?.has(node)) continue;
    const [x, y, r] = [screenX(node, view), screenY(node, view), radiusOf(node, view)];
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    if ((level.node[node] !== SHOWN && !beside) || (home.aside.has(node) && node !== state.selected)) continue;
    const seen = x >= screen.left && x <= screen.right && y >= screen.top && y <= screen.bottom;
    const rank = importance(node) - (level.node[node] === SHOWN ? 0 : 1e6);
    wanted.push({ node, x, y, r, rank, order: rank + (seen ? 1e7 : 0), frame: seen ? screen : whole });
  }
  for (const box of [...guideNames(view).map((guide) => guide.box), ...discBoxes]) room.take(box);
  if (dx || size === screen_) takeButtons(room, screen);
  nameOutlines(surface, room, palette);
  const least = Float64Array.from(wanted, ({ order }) => order).sort().at(-TRIED) ?? -Infinity; // sorting all by everything takes long
  const first = wanted.filter(({ order }) => order >= least).sort((a, b) => b.order - a.order || a.node - b.node).slice(0, TRIED);
  const major = new Set(first.filter(({ rank }) => rank >= 0).slice(0, MAJOR));
  for (const [place, each] of wanted.entries()) {
    if (place % STRETCH === STRETCH - 1) yield 0;
    const { node, x, y, r } = each;
    room.take({ left: x - r, right: x + r, top: y - r, bottom: y + r, node, minor: !major.has(each) });
  }
  let placed = 0;
  for (const each of first) {
    if (placed >= NAMED) break;
    const over = each.rank >= 1e6 ? ANY : major.has(each) ? MINOR : 0; // dots at most, never other names
    if (placeName(surface, each, room, palette, over, linesOf(each.node, view), isBold(each, major))) placed++;
  }
  return placed;
}

// The buttons for zooming lie on the picture.
function takeButtons(room, { right, bottom }) {
  const { offsetWidth, offsetHeight } = byId("zoom");
  room.take({ left: right - offsetWidth - 14, right, top: bottom - offsetHeight - 14, bottom, node: -1 });
}

// The names of what is looked at, and of those of the most important that are large.
const LARGE_NODE = 10.8; // radius at scale 1, about that of 12 relations
const isBold = (each, major) => each.rank >= 1e6 || (major.has(each) && baseRadius(each.node) >= LARGE_NODE);

function placeName(surface, { node, x, y, r, rank, frame }, room, palette, over, lines, bold) {
  const weight = bold ? 600 : 400;
  const wide = Math.max(...lines.map((line) => widthOf(line, weight)));
  const high = lines.length * (NAME_SIZE + 2);
  const spots = [
    [x - wide / 2, y + r + 3],
    [x - wide / 2, y - r - 3 - high],
    [x + r + 4, y - high / 2],
    [x - r - 4 - wide, y - high / 2],
  ];
  const tries = [...spots.map((spot) => [spot, 0]), ...(over ? [[spots[0], MINOR]] : []), ...(over === ANY ? [[spots[0], ANY], [spots[1], ANY]] : [])];
  for (const [[left, top], overNodes] of tries) {
    const box = { left: left - 1, right: left + wide + 1, top, bottom: top + high, node };
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (!inside || !room.free(box, node, overNodes)) continue;
    room.take({ ...box, node: -1 });
    if (top === spots[0][1]) surface.below?.(node);
    lines.forEach((line, row) => {
      const style = { size: NAME_SIZE, weight, fill: rank < 0 ? palette.soft : palette.ink, halo: palette.back };
      surface.text(left + wide / 2, top + (row + 0.5) * (NAME_SIZE + 2), line, style);
    });
    return true;
  }
  return false;
}
