// Starts the page: unpacks the program that stands in it and hands it to the browser, whose policy knows its hash.

function unpacked(id) {
  const { dataset, textContent } = document.getElementById(id);
  if (dataset.encoding === "json") return new Response(textContent);
  const text = atob(textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(dataset.encoding)));
}

globalThis.pageData = unpacked("data").text();
const program = document.createElement("script");
program.type = "module";
program.textContent = await unpacked("program").text();
document.body.append(program);
