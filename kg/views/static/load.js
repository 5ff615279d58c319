// The page's data, which started to unpack with the program, and how texts are compared.

const byId = (id) => document.getElementById(id);

// Lets the browser do other things: nothing here keeps it busy for long, however large the page.
const pause = () => new Promise((done) => setTimeout(done));

// The data: one JSON value; of large pages the columns follow, each a JSON value in a line of its own.
async function readPage() {
  const written = await globalThis.pageData;
  let start = 0;
  const next = () => {
    const end = written.indexOf("\n", start);
    const value = JSON.parse(written.slice(start, end < 0 ? undefined : end));
    start = end + 1;
    return value;
  };
  const read = next();
  for (const [table, name] of read.columns ?? []) {
    await pause();
    read[table][name] = next();
  }
  return read;
}

const page = await readPage();

// Text without accents and case, for finding.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
