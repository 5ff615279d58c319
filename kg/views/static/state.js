// What the reader has chosen, and its place in the address: everything but the defaults stands after the #.

const state = {
  view: "picture",
  table: "ties",
  sort: { ties: null, nodes: null },
  theme: "auto",
  selected: null, // a node's index, or N + a tie's
  trail: page.focus >= 0 ? [page.focus] : [], // nodes focused one after the other, the last counts
  steps: page.steps,
  off: {}, // facet to the set of its entries that are switched off
  years: null, // [first, last] where not all years are shown
  undated: true, // whether relations without a date are shown
  fade: false,
  lonely: true, // whether nodes without a visible tie are shown
  highlight: page.highlight.length > 0,
  camera: null, // {x, y, k} where the reader moved, else everything is fitted
  pinned: new Set(),
  open: new Set(), // communities of the overview whose members are shown
  story: null, // the step of the story that is told
  layout: "force",
  centre: 0, // the node around which the others stand in the radial layout
  colour: "type", // what colour, size and outlines stand for
  size: "relations",
  outline: "",
};
const OPENING = { layout: "force", colour: "type", size: "relations", outline: "" };

function idOf(thing) {
  return thing < N ? nodes.id[thing] : ties.id[thing - N];
}

function thingOf(id) {
  if (indexOfNode.has(id)) return indexOfNode.get(id);
  const tie = ties.id.indexOf(id); // an address names one at most
  return tie < 0 ? null : N + tie;
}

function stateToHash() {
  const parts = [];
  const put = (name, value) => parts.push(`${name}=${value}`);
  if (lang !== page.lang) put("lang", lang);
  if (state.theme !== "auto") put("theme", state.theme);
  if (state.story !== null) put("story", state.story + 1);
  if (state.view === "table") put("table", state.table);
  for (const table of ["ties", "nodes"]) {
    if (state.sort[table]) put(`sort.${table}`, pack([state.sort[table].column, state.sort[table].down ? "down" : "up"]));
  }
  if (state.selected !== null) put("selected", pack([idOf(state.selected)]));
  const opened = page.focus >= 0 ? [page.focus] : [];
  if (state.trail.join() !== opened.join()) put("focus", pack(state.trail.map((node) => nodes.id[node])));
  if (state.steps !== page.steps) put("steps", state.steps);
  for (const [facet, entries] of Object.entries(state.off)) {
    if (entries.size) put(`off.${facet}`, pack([...entries].sort((a, b) => a - b).map((entry) => lists[facet][entry]?.id ?? "")));
  }
  if (state.years) put("years", state.years.join("-"));
  if (!state.undated) put("undated", "hide");
  if (state.fade) put("others", "fade");
  if (!state.lonely) put("unconnected", "hide");
  if (page.highlight.length && !state.highlight) put("highlight", "off");
  for (const [name, usual] of Object.entries(OPENING)) {
    if (state[name] !== usual) put(name, pack([state[name], ...(state[name] === "radial" ? [nodes.id[state.centre]] : [])]));
  }
  if (state.open.size) put("open", state.open.size === CLUSTERS ? "all" : pack([...state.open].sort((a, b) => a - b)));
  if (state.camera) put("camera", [state.camera.x, state.camera.y].map(Math.round).concat(state.camera.k.toFixed(3)).join());
  if (state.pinned.size) {
    put("pinned", pack([...state.pinned].flatMap((node) => [nodes.id[node], Math.round(X[node]), Math.round(Y[node])])));
  }
  return parts.join("&");
}

// The state that a hash stands for; what is unknown or out of range in it is passed over (`findPassedOver` says so).
function stateFromHash(hash) {
  const given = givenIn(hash);
  const nodesOf = (name) => unpack(given.get(name) ?? "").map((id) => indexOfNode.get(id)).filter((node) => node !== undefined);
  lang = page.words["language.name"][given.get("lang")] ? given.get("lang") : page.lang;
  state.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "auto";
  const communities = given.get("open") === "all" ? [...discs.keys()] : unpack(given.get("open") ?? "").map((each) => (each === "" ? -1 : Number(each)));
  state.open = new Set(communities.filter((each) => discs[each]));
  const step = Number(given.get("story")) - 1;
  state.story = Number.isInteger(step) && step >= 0 && step < page.story.length ? step : null;
  state.view = given.has("table") ? "table" : "picture";
  state.table = given.get("table") === "nodes" ? "nodes" : "ties";
  for (const table of ["ties", "nodes"]) {
    const [column, way] = unpack(given.get(`sort.${table}`) ?? "");
    state.sort[table] = column ? { column, down: way === "down" } : null;
  }
  state.selected = given.has("selected") ? thingOf(unpack(given.get("selected"))[0]) : null;
  state.trail = given.has("focus") ? nodesOf("focus") : page.focus >= 0 ? [page.focus] : [];
  state.steps = /^[123]$/.test(given.get("steps")) ? Number(given.get("steps")) : page.steps;
  state.off = {};
  for (const facet of FACETS) {
    if (!given.has(`off.${facet.name}`)) continue;
    const ids = unpack(given.get(`off.${facet.name}`));
    const entries = ids.map((id) => (id === "" ? facet.none : lists[facet.name].findIndex((each) => each.id === id)));
    state.off[facet.name] = new Set(entries.filter((entry) => entry >= 0));
  }
  const chosen = /^(\d{1,4})-(\d{1,4})$/.exec(given.get("years") ?? "");
  state.years = chosen && span && Number(chosen[1]) <= Number(chosen[2]) ? [Number(chosen[1]), Number(chosen[2])] : null;
  state.undated = given.get("undated") !== "hide";
  state.fade = given.get("others") === "fade";
  state.lonely = given.get("unconnected") !== "hide";
  state.highlight = page.highlight.length > 0 && given.get("highlight") !== "off";
  const [x, y, k] = (given.get("camera") ?? "").split(",").map(Number);
  state.camera = k > 0 && Number.isFinite(x + y + k) ? { x, y, k: Math.min(Math.max(k, CLOSEST.out), CLOSEST.in) } : null;
  state.layout = "force";
  const [layout] = unpack(given.get("layout") ?? "");
  if (!given.has("open") && layoutChoices().includes(layout)) openFor(layout);
  restoreLooks((name) => unpack(given.get(name) ?? ""));
  pinnedInHash = unpack(given.get("pinned") ?? "");
}

let pinnedInHash = []; // places count once the layout is made, which needs the filters

function restoreLooks(given) {
  const known = { layout: layoutChoices(), colour: [...GROUPED, ...MEASURES.keys()], size: [...MEASURES.keys()], outline: OUTLINED };
  for (const [name, usual] of Object.entries(OPENING)) {
    const [value, centre] = given(name);
    state[name] = known[name].includes(value) ? value : usual;
    if (name === "layout" && value === "radial") state.centre = indexOfNode.get(centre) ?? mostConnected(everyNode()) ?? 0; // nothing passes yet
  }
}

function restorePinned(parts) {
  for (const node of state.pinned) [X[node], Y[node]] = [home.x[node], home.y[node]];
  state.pinned.clear();
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const node = indexOfNode.get(parts[i]);
    const [x, y] = [Number(parts[i + 1]), Number(parts[i + 2])];
    if (node === undefined || !Number.isFinite(x + y)) continue;
    [X[node], Y[node]] = [x, y];
    state.pinned.add(node);
  }
}

let hashTimer = 0;
function rememberState() {
  clearTimeout(hashTimer);
  hashTimer = setTimeout(() => {
    const hash = stateToHash() || (page.state ? "whole" : ""); // not what the page opens with
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
  }, 150);
}
