// Drawing: header, zones with their counts, stations with their sessions, tray. Data is only
// ever set as text; every word comes from the server.

// What is short and rare comes first: a narrow column cuts off at the end.
const MARK_ORDER = ["broken", "edited", "locked", "moved", "guest", "mode", "shop", "work", "night"];

function el(tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function button(cls, text, act) {
  const node = el("button", cls, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

function shortName(board, code, codes) {
  const name = board.people[code] || code;
  if (codes) return code;
  if (/[\u3400-\u9fff\u{20000}-\u{3ffff}]/u.test(name)) return name;
  const parts = name.trim().split(/\s+/);
  return parts[parts.length - 1];
}

function spotKey(t, r) {
  return t + ":" + r;
}

function chipTitle(board, cell) {
  const turn = board.turns[cell.t];
  const row = board.rows[cell.r];
  return [board.people[cell.p], cell.p, turn.said, row.code].join(", ");
}

function signsOf(board, cell) {
  const signs = board.signs;
  const found = [];
  if (cell.letters) found.push(["let", cell.letters]);
  for (const name of MARK_ORDER) {
    if (cell[name]) found.push(["sign s-" + name, signs[name] || cell[name]]);
  }
  return found;
}

function drawChip(board, cell, codes) {
  const chip = el("div", "chip");
  chip.dataset.p = cell.p;
  if (cell.fill) chip.style.setProperty("--fill", cell.fill);
  for (const name of ["locked", "moved", "edited", "broken", "night", "shop", "guest"]) {
    if (cell[name]) chip.classList.add("is-" + name);
  }
  const name = shortName(board, cell.p, codes);
  const size = /^[ -~]{6,}$/.test(name) ? "nm long" : /[\u3400-\u9fff]/.test(name) ? "nm cjk" : "nm";
  chip.append(el("span", size, name));
  const marks = el("span", "mk");
  for (const [cls, text] of signsOf(board, cell)) marks.append(el("span", cls, text));
  chip.append(marks);
  chip.title = chipTitle(board, cell);
  chip.draggable = board.editable && !board.turns[cell.t].over;
  return chip;
}

function drawHead(board) {
  const head = el("thead");
  const days = el("tr", "days");
  const corner = el("th", "corner", board.words.station);
  corner.rowSpan = 2;
  days.append(corner);
  for (const day of board.days) {
    if (!day.turns) continue;
    const th = el("th", day.today ? "day today" : "day", day.name);
    th.colSpan = day.turns;
    th.title = day.name;
    th.scope = "colgroup";
    days.append(th);
  }
  const turns = el("tr", "turns");
  board.turns.forEach((turn, t) => {
    const th = el("th", "turn" + edge(board, t) + tone(turn));
    th.dataset.t = t;
    th.scope = "col";
    th.append(el("span", "tn", turn.name), el("span", "tf", turn.from));
    th.title = [turn.said, turn.from + "–" + turn.to].join(" ");
    turns.append(th);
  });
  head.append(days, turns);
  return head;
}

function edge(board, t) {
  return t > 0 && board.turns[t - 1].day === board.turns[t].day ? "" : " first";
}

function tone(turn) {
  return (turn.night ? " night" : "") + (turn.over ? " past" : "");
}

function drawZone(board, zone) {
  const tr = el("tr", "zone");
  tr.dataset.zone = zone.code;
  const th = el("th", "zn", zone.name);
  th.scope = "rowgroup";
  th.title = zone.name;
  tr.append(th);
  zone.counts.forEach((count, t) => tr.append(drawCount(board, count, t)));
  return tr;
}

function drawCount(board, count, t) {
  const td = el("td", "cnt " + count.state + edge(board, t) + tone(board.turns[t]));
  td.dataset.t = t;
  const share = count.of ? Math.min(100, Math.round((100 * count.n) / count.of)) : 0;
  td.style.setProperty("--share", share + "%");
  const text = count.state === "shut" ? "–" : count.n + "/" + count.of;
  td.append(el("span", "c1", (count.state === "over" ? "!" : "") + text));
  if (count.nursed) td.append(el("span", "c2", count.nursed));
  td.title = count.said;
  return td;
}

function drawRow(board, row, r, bySpot, shut, codes) {
  const tr = el("tr", "st");
  tr.dataset.zone = row.zone;
  tr.dataset.r = r;
  const th = el("th", "sn");
  th.scope = "row";
  th.append(el("span", "sc", row.code));
  if (row.kinds) th.append(el("span", "sk", row.kinds));
  th.title = row.said;
  tr.append(th);
  board.turns.forEach((turn, t) => {
    const cells = bySpot.get(spotKey(t, r)) || [];
    const closed = shut.has(spotKey(t, r));
    const td = el("td", "c" + edge(board, t) + tone(turn) + (closed ? " shut" : ""));
    td.dataset.t = t;
    td.dataset.r = r;
    td.tabIndex = -1;
    fillPlace(td, board, cells, codes);
    tr.append(td);
  });
  return tr;
}

function fillPlace(td, board, cells, codes) {
  const shut = td.classList.contains("shut") && !cells.length;
  td.replaceChildren(...(shut ? [el("span", "x", "×")] : []),
    ...cells.map((cell) => drawChip(board, cell, codes)));
  td.classList.toggle("full", cells.length > 0);
  td.classList.toggle("many", cells.length > 1);
}

function cellsBySpot(board) {
  const bySpot = new Map();
  for (const cell of board.cells) {
    const key = spotKey(cell.t, cell.r);
    if (!bySpot.has(key)) bySpot.set(key, []);
    bySpot.get(key).push(cell);
  }
  return bySpot;
}

// All that a drawn table shows, but for the sessions in their places and the zones' counts.
function frameOf(board, codes) {
  const { cells, banner, tray, ...frame } = board;
  const zones = board.zones.map((zone) => ({ ...zone, counts: zone.counts.length }));
  return JSON.stringify({ ...frame, zones, codes });
}

// A move changes a few places of a thousand; the browser lays out and paints what is replaced.
function redrawPlaces(table, before, board, codes) {
  const [old, now] = [cellsBySpot(before), cellsBySpot(board)];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const cells = now.get(key) || [];
    if (JSON.stringify(old.get(key) || []) === JSON.stringify(cells)) continue;
    const [t, r] = key.split(":");
    fillPlace(table.querySelector(`td.c[data-t="${t}"][data-r="${r}"]`), board, cells, codes);
  }
  board.zones.forEach((zone, z) => {
    const drawn = table.tBodies[z].querySelectorAll(".cnt");
    zone.counts.forEach((count, t) => {
      if (JSON.stringify(before.zones[z].counts[t]) === JSON.stringify(count)) return;
      drawn[t].replaceWith(drawCount(board, count, t));
    });
  });
}

function drawTable(board, codes) {
  const bySpot = cellsBySpot(board);
  const shut = new Set(board.shut.map(([t, r]) => spotKey(t, r)));
  const table = el("table", "grid");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", board.words.board);
  table.append(drawHead(board));
  for (const zone of board.zones) {
    const body = el("tbody");
    body.dataset.zone = zone.code;
    body.append(drawZone(board, zone));
    board.rows.forEach((row, r) => {
      if (row.zone === zone.code) body.append(drawRow(board, row, r, bySpot, shut, codes));
    });
    table.append(body);
  }
  return table;
}

function drawTray(board) {
  const tray = el("div", "tray");
  if (!board.tray.length) return tray;
  tray.append(el("b", "th", board.words.tray + " (" + board.tray.length + ")"));
  for (const one of board.tray) {
    const chip = el("div", "chip out");
    chip.dataset.p = one.p;
    chip.dataset.tray = "1";
    chip.tabIndex = 0;
    chip.setAttribute("role", "button");
    chip.draggable = board.editable;
    chip.append(el("span", "nm", board.people[one.p]), el("span", "mk", one.said));
    chip.title = one.p;
    tray.append(chip);
  }
  if (board.editable) tray.append(el("span", "hint", board.words.tray_hint));
  return tray;
}
