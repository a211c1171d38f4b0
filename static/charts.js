// Draws each figure of the page with Plotly, below the table that says the same. Nothing is fetched.
"use strict";
const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
const line = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
const draw = (place, source) => {
  const { data, layout } = JSON.parse(source.textContent);
  layout.font = { ...layout.font, color: ink };
  layout.xaxis = { ...layout.xaxis, gridcolor: line, zerolinecolor: line };
  layout.legend = { ...layout.legend, traceorder: "normal", y: 1, yanchor: "bottom" };
  if (place.clientWidth < 500) layout.height += 20 * (data.length - 2);
  const options = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  Plotly.newPlot(place, data, layout, options).then(() => {
    for (const drawing of place.querySelectorAll("svg")) drawing.setAttribute("aria-hidden", "true");
    place.classList.add("drawn");
  });
};
for (const source of document.querySelectorAll("script.figure")) {
  const place = source.parentElement;
  const fold = place.closest("details:not([open])"); // it has no width before it is opened
  if (fold) fold.addEventListener("toggle", () => draw(place, source), { once: true });
  else draw(place, source);
}
