// The page's data, which started to unpack with the program, and how texts are compared.

const byId = (id) => document.getElementById(id);

// Lets the browser do other things: nothing here keeps it busy for long, however large the page.
const pause = () => new Promise((done) => setTimeout(done));
const BUSY = 60; // milliseconds after which it is time for a pause
let rested = performance.now();
async function calm() {
  if (performance.now() - rested < BUSY) return;
  await pause();
  rested = performance.now();
}

// Data: one JSON value; of large pages the columns follow, each a JSON value in a line of its own.
async function readData(packed) {
  const written = await packed;
  let start = 0;
  const next = () => {
    const end = written.indexOf("\n", start);
    const value = JSON.parse(written.slice(start, end < 0 ? undefined : end));
    start = end + 1;
    return value;
  };
  const read = next();
  for (const [table, name] of read.columns ?? []) {
    await calm();
    read[table][name] = next();
  }
  return read;
}

const page = await readData(globalThis.pageData);

// Text without accents and case, for finding.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
