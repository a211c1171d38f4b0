// Draws each figure of the page with Plotly, below the table that says the same. Nothing is fetched.
"use strict";
const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
const line = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
for (const source of document.querySelectorAll("script.figure")) {
  const place = source.parentElement;
  const figure = JSON.parse(source.textContent);
  figure.layout.font = { ...figure.layout.font, color: ink };
  for (const axis of ["xaxis", "yaxis"]) figure.layout[axis] = { ...figure.layout[axis], gridcolor: line, zerolinecolor: line };
  figure.layout.legend = { ...figure.layout.legend, traceorder: "normal", y: -0.2 };
  if (place.clientWidth < 500) figure.layout.height += 24 * figure.data.length;
  const options = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  Plotly.newPlot(place, figure.data, figure.layout, options).then(() => {
    for (const drawing of place.querySelectorAll("svg")) drawing.setAttribute("aria-hidden", "true");
    place.classList.add("drawn");
  });
}
