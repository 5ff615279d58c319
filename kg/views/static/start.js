// Starts the page: unpacks the program that stands in it and hands it to the browser, whose policy knows its hash.

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// The text of an element that may stand packed in the page.
function unpacked(id) {
  const { dataset, textContent } = document.getElementById(id);
  if (dataset.encoding === "json") return textContent;
  const stream = new DecompressionStream(dataset.encoding);
  const writer = stream.writable.getWriter();
  writer.write(bytesOf(textContent));
  writer.close();
  return new Response(stream.readable).text();
}

(async () => {
  globalThis.pageData = unpacked("data"); // on its way with the program
  const program = document.createElement("script");
  program.type = "module";
  program.textContent = await unpacked("program");
  document.body.append(program);
})();
