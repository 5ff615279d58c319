// The page's data: read once, unpacked where it is compressed.

const byId = (id) => document.getElementById(id);

async function readData() {
  const element = byId("data");
  if (element.dataset.encoding === "json") return JSON.parse(element.textContent);
  const text = atob(element.textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(element.dataset.encoding));
  return new Response(unpacked).json();
}

const page = await readData();

// Text without accents and case, for finding.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
