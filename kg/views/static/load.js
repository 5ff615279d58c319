// The page's data, which started to unpack with the program, and how texts are compared.

const byId = (id) => document.getElementById(id);
const page = await globalThis.pageData;

// Text without accents and case, for finding.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
