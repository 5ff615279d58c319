// Time: how many dated relations hold in each year, two handles for the years to show, and a way to run through them.

const PLAY = 900; // milliseconds a year is shown
const yearOf = remembered((date) => (/^\d{4}/.test(date) ? Number(date.slice(0, 4)) : null));
await calm();
const years = { from: ties.start.map(yearOf), to: ties.end.map(yearOf) };
await calm();
const dated = ties.start.map((_, tie) => years.from[tie] !== null || years.to[tie] !== null);
const datedCount = dated.reduce((sum, each) => sum + each, 0);
await calm();
const span = yearSpan();
let playing = 0;

// The first and last year that any relation or the page names; null where there are not two.
function yearSpan() {
  const named = [...new Set([...new Set(years.from), ...new Set(years.to), yearOf(page.reference)])].filter((year) => year !== null);
  const [first, last] = [Math.min(...named), Math.max(...named)];
  return datedCount && first < last ? { first, last } : null;
}

// Whether a relation holds at some time in the years that are chosen; what has no date is asked for apart.
function inTime(tie) {
  if (!dated[tie]) return state.undated;
  if (!state.years) return true;
  return (years.from[tie] ?? -Infinity) <= state.years[1] && (years.to[tie] ?? Infinity) >= state.years[0];
}

function timeSection() {
  if (!span) return null;
  const { first, last } = span;
  const handle = (which, name) => el("input", { type: "range", id: `year-${which}`, min: first, max: last, step: 1, "aria-label": t(name), oninput: moveHandle });
  const play = el("button", { type: "button", id: "play", class: "small", onclick: () => (playing ? stopPlaying() : startPlaying()) }, t("time.play"));
  const all = el("button", { type: "button", class: "small", onclick: showAllYears }, t("time.all"));
  const undated = el("input", { type: "checkbox", id: "undated", onchange: () => setUndated(undated.checked) });
  const count = el("span", { class: "count" }, number(M - datedCount));
  const scope = page.reference ? el("p", { class: "quiet" }, t("time.scope", { date: page.reference })) : null;
  const body = el("div", { class: "entries" }, scope, histogram(), handle("from", "time.from"), handle("to", "time.to"), el("p", { id: "years", class: "quiet" }), el("div", { class: "all" }, play, all), el("label", { class: "entry" }, undated, plain(t("time.undated")), count));
  const open = opened.get("time") ?? state.years !== null;
  const details = el("details", { class: "facet", open, dataset: { facet: "time" } }, el("summary", {}, el("h3", {}, t("time.heading"))), body);
  details.addEventListener("toggle", () => opened.set("time", details.open));
  return details;
}

// One bar for each year, as high as the number of dated relations that hold in it.
function histogram() {
  const { first, last } = span;
  const change = new Array(last - first + 2).fill(0); // how many more relations than in the year before
  for (let tie = 0; tie < M; tie++) {
    const [from, to] = [years.from[tie] ?? first, years.to[tie] ?? last];
    if (!dated[tie] || from > to) continue;
    change[from - first]++;
    change[to - first + 1]--;
  }
  let sum = 0;
  const held = change.slice(0, -1).map((more) => (sum += more));
  const most = Math.max(...held);
  const picture = svg("svg", { viewBox: `0 0 ${held.length} 40`, preserveAspectRatio: "none", class: "histogram", role: "img", "aria-label": t("time.histogram", { first: String(first), last: String(last), most }) });
  held.forEach((size, place) => {
    const high = (40 * size) / most;
    picture.append(svg("rect", { x: place + 0.06, y: 40 - high, width: 0.88, height: high, "data-year": first + place }));
  });
  return picture;
}

function updateTime() {
  if (!span) return;
  const [from, to] = state.years ?? [span.first, span.last];
  byId("year-from").value = from;
  byId("year-to").value = to;
  byId("undated").checked = state.undated;
  byId("years").textContent = yearsText(from, to);
  byId("play").textContent = t(playing ? "time.stop" : "time.play");
  for (const bar of document.querySelectorAll(".histogram rect")) {
    bar.classList.toggle("out", bar.dataset.year < from || bar.dataset.year > to);
  }
}

function yearsText(from, to) {
  return from === to ? String(from) : t("dates.between", { start: String(from), end: String(to) });
}

// A handle that passes the other takes it along.
function moveHandle(event) {
  const [from, to] = [Number(byId("year-from").value), Number(byId("year-to").value)];
  stopPlaying();
  setYears(event.target.id === "year-from" ? [from, Math.max(from, to)] : [Math.min(from, to), to]);
}

function setYears(chosen) {
  const whole = chosen && chosen[0] <= span.first && chosen[1] >= span.last;
  state.years = whole ? null : chosen;
  changed("filters");
}

function showAllYears() {
  stopPlaying();
  if (undatedBefore) state.undated = true;
  undatedBefore = false;
  setYears(null);
}

function setUndated(shown) {
  state.undated = shown;
  changed("filters");
}

// Year by year from the chosen one; who wants less motion gets one year for each press. What has no date would hide what changes.
let undatedBefore = false; // whether playing has hidden them
function startPlaying() {
  undatedBefore ||= state.undated;
  state.undated = false;
  const next = () => {
    const now = state.years && state.years[0] === state.years[1] ? state.years[0] : null;
    if (now === span.last) return stopPlaying();
    const year = now === null ? state.years?.[0] ?? span.first : now + 1;
    return setYears([year, year]);
  };
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) playing = setInterval(next, PLAY);
  next();
}

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  updateTime();
}
