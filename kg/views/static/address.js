// What a page's address holds after the #: names with values, joined by &.

// Ids may hold anything, so what separates them is escaped in them.
const pack = (parts) => parts.map((part) => encodeURIComponent(part).replace(/~/g, "%7E")).join("~");
const unpack = (packed) => packed.split("~").map((part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // somebody cut or changed the address: an unknown id is passed over below
  }
});

// Name to value of everything given in a hash.
function givenIn(hash) {
  const given = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut > 0) given.set(part.slice(0, cut), part.slice(cut + 1));
  }
  return given;
}

// The other pages of a site open in the language and the colours that were chosen on this one.
function followOnLinks() {
  const chosen = [lang === page.lang ? "" : `lang=${lang}`, state.theme === "auto" ? "" : `theme=${state.theme}`];
  for (const link of document.querySelectorAll("#pages a, #cards a")) link.hash = chosen.filter(Boolean).join("&");
}
