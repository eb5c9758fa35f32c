/* Draws the picture of a page and saves it as a file, in the browser. */
"use strict";

const picture = document.getElementById("picture");
const figure = JSON.parse(document.getElementById("figure").textContent);
const size = { width: figure.layout.width, height: figure.layout.height };
const scale = Number(picture.dataset.scale);
/* An SVG has no grain; a PNG is twice as large, so that it has none on a wall. */
const SCALES = { svg: scale, png: 2 * scale };

async function show() {
  picture.src = await Plotly.toImage(figure, { ...size, format: "svg" });
  await picture.decode();
  picture.hidden = false;
  document.getElementById("ways").hidden = false;
}

async function save(event) {
  const format = event.currentTarget.dataset.format;
  const filename = picture.dataset.file;
  await Plotly.downloadImage(figure, { ...size, format, scale: SCALES[format], filename });
}

function complain(error) {
  console.error(error);
  document.getElementById("trouble").hidden = false;
}

for (const button of document.querySelectorAll("[data-format]")) {
  button.addEventListener("click", (event) => save(event).catch(complain));
}
show().catch(complain);
