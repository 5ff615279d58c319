// The page's data, which started to unpack with the program, and how texts are compared.

const byId = (id) => document.getElementById(id);

// Lets the browser do other things: nothing here keeps it busy for long, however large the page.
const pause = () => new Promise((done) => setTimeout(done));
const BUSY = 60; // milliseconds after which it is time for a pause
let rested = performance.now();
const isBusy = () => performance.now() - rested >= BUSY;
async function calm() {
  if (!isBusy()) return;
  await pause();
  rested = performance.now();
}

// Goes through the steps of something that takes long, with pauses; returns what it returns.
async function calmly(steps) {
  let step = steps.next();
  while (!step.done) {
    await calm();
    step = steps.next();
  }
  return step.value;
}

// Does something with each number below `size`, with pauses.
async function eachCalmly(size, act) {
  for (let i = 0; i < size; i++) {
    act(i);
    if (i % 4096 === 4095) await calm();
  }
}

// Data: one JSON value; of large pages pieces of columns follow, in elements of their own.
async function readData(id, packed = unpacked(id)) {
  const read = JSON.parse(await packed);
  for (const [piece, [table, name]] of (read.columns ?? []).entries()) {
    const written = await unpacked(`${id}-${piece + 1}`);
    await calm();
    goOn(read[table][name], JSON.parse(written));
  }
  return read;
}

// Values of a column: all of them, or each once and which one stands where.
function goOn(column, values) {
  if (Array.isArray(values)) for (const value of values) column.push(value);
  else for (const place of values.at) column.push(values.each[place]);
}

const page = await readData("data", globalThis.pageData);

// Text without accents and case, for finding.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
