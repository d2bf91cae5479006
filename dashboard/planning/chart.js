/* Draws what it is given: for each tier its figures, the cost as a line, the bound as a dashed
   one, and what lies between. Knows no rule and no language. */
const NS = "http://www.w3.org/2000/svg";
const WIDE = 400;
const HIGH = 40;

function made(name, css, text) {
  const one = document.createElement(name);
  one.className = css;
  if (text !== undefined) {
    one.textContent = text;
  }
  return one;
}

function shape(name, css, given) {
  const one = document.createElementNS(NS, name);
  one.setAttribute("class", css);
  for (const key of Object.keys(given)) {
    one.setAttribute(key, given[key]);
  }
  return one;
}

function scaled(points, data) {
  const all = points.flatMap((one) => [one[1], one[2]]).filter((one) => one !== null);
  const low = Math.min(...all);
  const high = Math.max(...all, low + 1);
  const x = (seconds) => (WIDE * (seconds - data.begin)) / (data.end - data.begin);
  const y = (value) => HIGH - 2 - ((HIGH - 4) * (value - low)) / (high - low);
  return { x, y };
}

function steps(points, at, end, scale) {
  const known = points.filter((one) => one[at] !== null);
  const path = [];
  for (let n = 0; n < known.length; n += 1) {
    const until = n + 1 < known.length ? known[n + 1][0] : end;
    path.push([scale.x(known[n][0]), scale.y(known[n][at])]);
    path.push([scale.x(until), scale.y(known[n][at])]);
  }
  return path;
}

function written(path) {
  return path.map((one, n) => `${n ? "L" : "M"}${one[0].toFixed(1)} ${one[1].toFixed(1)}`).join("");
}

function chart(row, data) {
  const svg = shape("svg", "", {
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": `${data.words.course}: ${row.name}`,
  });
  const ends = row.proven ? row.points[row.points.length - 1][0] : data.end;
  const scale = scaled(row.points, data);
  const seen = Math.max(ends, row.points[0][0] + (data.end - data.begin) / 100);
  const cost = steps(row.points, 1, seen, scale);
  const bound = steps(row.points, 2, seen, scale);
  svg.append(shape("line", "ct-base", { x1: 0, x2: WIDE, y1: HIGH - 1, y2: HIGH - 1 }));
  if (bound.length) {
    svg.append(shape("path", "ct-gap", { d: `${written([...cost, ...bound.reverse()])}Z` }));
    bound.reverse();
    svg.append(shape("path", "ct-bound", { d: written(bound) }));
  }
  svg.append(shape("path", "ct-line", { d: written(cost) }));
  return svg;
}

function line(row, data) {
  const one = made("div", row.proven ? "ct-row ct-done" : "ct-row");
  one.append(
    made("div", "ct-name", row.name),
    made("div", "ct-cost", row.cost),
    made("div", "ct-known", row.known),
    chart(row, data),
  );
  return one;
}

function sign(css, text) {
  const one = made("span", "");
  const svg = shape("svg", "", { viewBox: "0 0 24 10", "aria-hidden": "true" });
  svg.append(shape("path", css, { d: "M0 5L24 5" }));
  one.append(svg, document.createTextNode(text));
  return one;
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".ct");
  if (!root || !data) {
    return;
  }
  if (!data.rows.length) {
    root.replaceChildren(made("div", "ct-none", data.words.none));
    return;
  }
  const foot = made("div", "ct-foot");
  foot.append(
    sign("ct-line", data.words.cost),
    sign("ct-bound", data.words.bound),
    made("span", "", data.words.span),
  );
  root.replaceChildren(...data.rows.map((row) => line(row, data)), foot);
}
