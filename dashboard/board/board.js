// What people do on the board. A session is chosen (its week lights up), shown over a place (the
// server says what that would break) and put down. All judging is done by the server.

const HOVER_MS = 140;
const PATIENCE_MS = 10000;
const CHIP_FILTERS = ["night", "shop", "guest", "locked", "moved", "edited", "broken"];

function sameSpot(a, b) {
  return Boolean(a && b) && a.day === b.day && a.shift === b.shift && a.station === b.station;
}

function spotAt(board, t, r) {
  const turn = board.turns[t];
  return { day: turn.day, shift: turn.shift, station: board.rows[r].code };
}

function place(spot) {
  return spot ? [spot.day, spot.shift, spot.station] : null;
}

function begin(root) {
  const state = {
    root, nodes: {}, n: 0, waiting: null, later: null, text: "", board: null, drawn: null, seen: 0,
    carry: null, held: false, target: null, verdict: null, grades: null, person: null,
    notice: null, query: "", zone: "", shift: "", on: new Set(), codes: null, focus: [0, 0],
    hover: 0, drag: false, send: null,
  };
  state.acts = actsOf(state);
  const n = state.nodes;
  n.bar = el("div", "bar");
  n.banner = el("div", "banner");
  n.scroll = el("div", "scroll");
  n.tray = el("div", "trays");
  n.panel = el("aside", "panel");
  const left = el("div", "left");
  left.append(n.scroll, n.tray);
  const body = el("div", "body");
  body.append(left, n.panel);
  root.replaceChildren(n.banner, n.bar, body);
  listen(state);
  return state;
}

// --- talking to the server: one question at a time, the newest question waits its turn ------

function ask(state, act, extra) {
  const message = { act, ...extra };
  if (state.waiting !== null && Date.now() - state.since < PATIENCE_MS) {
    if (act !== "ask" || !state.later || state.later.act === "ask") state.later = message;
    return;
  }
  state.n += 1;
  state.waiting = state.n;
  state.since = Date.now();
  state.asked = message;
  state.root.classList.add("busy");
  state.send("deed", { n: state.session + "-" + state.n, ...message });
}

function answered(state, answer) {
  if (!answer || state.waiting === null) return;
  if (answer.n !== state.session + "-" + state.waiting) return;
  state.waiting = null;
  state.root.classList.remove("busy");
  state.notice = answer.notice || null;
  const asked = state.asked;
  if (answer.person !== undefined && state.carry && answer.person
      && answer.person.code === state.carry.p) state.person = answer.person;
  if (answer.grades !== undefined && sameCarry(state, asked)) state.grades = answer.grades;
  if (answer.verdict && state.target && sameCarry(state, asked)
      && sameTarget(state.target, asked)) {
    state.verdict = answer.verdict;
    if (asked.act === "put") state.target.fixed = true;
  }
  if (answer.done) finished(state, answer);
  if (answer.refused && asked.act !== "ask") {
    state.target = null;
    state.verdict = null;
  }
  const next = state.later;
  state.later = null;
  if (next) ask(state, next.act, (delete next.act, next));
}

function sameCarry(state, asked) {
  if (!state.carry || asked.p !== state.carry.p) return false;
  return JSON.stringify(asked.from || null) === JSON.stringify(place(state.carry.from));
}

function sameTarget(target, asked) {
  return JSON.stringify(asked.to || null) === JSON.stringify(place(target.spot));
}

function finished(state, answer) {
  state.target = null;
  state.verdict = null;
  state.held = false;
  state.drag = false;
  state.grades = null;
  if (state.carry && !["undo", "redo"].includes(state.asked.act)) {
    state.again = { p: state.carry.p, at: answer.at || null, out: !state.asked.from };
  } else letGoQuietly(state, state.week);
}

// After a move the panel tells the patient's week anew; who still lacks sessions stays in hand.
function goOn(state) {
  const again = state.again;
  state.again = null;
  if (!again) return;
  const { notice } = state;
  const lacks = state.board.tray.some((one) => one.p === again.p);
  if (again.out && lacks) choose(state, again.p, null, true);
  else if (again.at) choose(state, again.p, again.at, false);
  else letGoQuietly(state, state.week);
  state.notice = notice;
  if (again.at) {
    const cell = cellAt(state.board, again.p, again.at);
    if (cell) state.focus = [cell.t, cell.r];
  }
  // The button that was pressed is gone: keys go on from the session.
  focusCell(state, ...state.focus, true);
}

// --- what can be done -----------------------------------------------------------------------

function actsOf(state) {
  return {
    choose: (p, spot) => choose(state, p, spot, false),
    cancel: () => (letGo(state, false), focusCell(state, ...state.focus, true)),
    close: () => (letGo(state, true), focusCell(state, ...state.focus, true)),
    commit: (reason) => commit(state, reason),
    lock: (locked) => ask(state, "lock", { p: state.carry.p, from: place(state.carry.from), locked }),
    takeOut: () => show(state, null, true),
  };
}

function choose(state, p, spot, held) {
  const cell = spot ? cellAt(state.board, p, spot) : null;
  state.carry = { p, from: spot, over: cell ? state.board.turns[cell.t].over : false,
    locked: Boolean(cell && cell.locked) };
  state.held = held;
  state.target = null;
  state.verdict = null;
  state.grades = null;
  state.notice = null;
  if (!state.person || state.person.code !== p) state.person = null;
  ask(state, "show", { p, from: place(spot) });
  paint(state);
}

function cellAt(board, p, spot) {
  return board.cells.find((cell) => cell.p === p && sameSpot(spotAt(board, cell.t, cell.r), spot));
}

function letGo(state, whole) {
  const had = state.target || state.held;
  state.target = null;
  state.verdict = null;
  state.held = false;
  state.later = null;
  state.notice = null;
  if (whole || !had) {
    state.carry = null;
    state.person = null;
    state.grades = null;
  }
  paint(state);
}

// Shows a place to the server; `put` asks for it to be done at once if nothing gets worse.
function show(state, spot, put) {
  if (!state.carry || !state.board.editable || state.carry.over) return;
  if (spot && sameSpot(spot, state.carry.from)) return;
  const known = state.target && sameOrNull(state.target.spot, spot) && state.verdict;
  const target = { spot, fixed: put };
  if (!known) state.verdict = null;
  state.target = target;
  const extra = { p: state.carry.p, from: place(state.carry.from), to: place(spot) };
  if (put && !(known && state.verdict.grade !== "good")) ask(state, "put", extra);
  else if (!known) ask(state, "ask", extra);
  paint(state);
  if (put) focusButton(state);
}

function sameOrNull(a, b) {
  return a === b || sameSpot(a, b);
}

function commit(state, reason) {
  if (!state.target) return;
  ask(state, "do", {
    p: state.carry.p, from: place(state.carry.from), to: place(state.target.spot), reason,
  });
  state.root.classList.add("busy");
}

function focusButton(state) {
  const go = state.nodes.panel.querySelector(".pending .reason, .pending .b1");
  if (go && !state.drag) go.focus();
}

function mayDrop(state, t, r) {
  const turn = state.board.turns[t];
  return state.carry && state.board.editable && !state.carry.over && !turn.over
    && !sameSpot(spotAt(state.board, t, r), state.carry.from);
}

// --- painting what changes often ------------------------------------------------------------

function paint(state) {
  drawPanel(state, state.acts);
  light(state);
}

function light(state) {
  const { nodes, carry, grades, target, board } = state;
  state.root.classList.toggle("lit", Boolean(carry));
  state.root.classList.toggle("is-held", state.held || state.drag);
  for (const chip of nodes.left.querySelectorAll(".chip")) {
    chip.classList.toggle("on", Boolean(carry) && chip.dataset.p === carry.p);
  }
  for (const td of nodes.scroll.querySelectorAll("td.c")) {
    const [t, r] = [Number(td.dataset.t), Number(td.dataset.r)];
    const grade = grades && !board.turns[t].over ? grades[t][r] : "";
    td.classList.toggle("g-good", grade === "g");
    td.classList.toggle("g-costs", grade === "c");
    td.classList.toggle("g-breaks", grade === "b");
    const spot = spotAt(board, t, r);
    td.classList.toggle("from", Boolean(carry) && sameSpot(carry.from, spot));
    td.classList.toggle("to", Boolean(target) && sameSpot(target.spot, spot));
  }
}

function filter(state) {
  const { nodes, board, on, zone, shift } = state;
  const query = state.query.trim().toLowerCase();
  const wanted = (code) =>
    !query || code.toLowerCase().includes(query)
    || (board.people[code] || "").toLowerCase().includes(query);
  let found = 0;
  for (const chip of nodes.left.querySelectorAll(".chip")) {
    const fits = wanted(chip.dataset.p)
      && [...on].every((name) => chip.classList.contains("is-" + name) || chip.dataset.tray);
    chip.classList.toggle("faint", !fits);
    found += fits ? 1 : 0;
  }
  state.root.classList.toggle("sifted", Boolean(query) || on.size > 0);
  for (const body of nodes.scroll.querySelectorAll("tbody")) {
    body.hidden = Boolean(zone) && body.dataset.zone !== zone;
  }
  hideShifts(state, shift);
  nodes.none.hidden = found > 0 || !query;
}

function hideShifts(state, shift) {
  const { nodes, board } = state;
  const off = board.turns.map((turn) => Boolean(shift) && turn.shift !== shift);
  for (const cell of nodes.scroll.querySelectorAll("[data-t]")) cell.hidden = off[cell.dataset.t];
  const left = board.days.filter((day) => day.turns).map(
    (day) => board.turns.filter((turn, t) => turn.day === day.iso && !off[t]).length,
  );
  nodes.scroll.querySelectorAll("th.day").forEach((th, place_) => {
    th.colSpan = Math.max(1, left[place_]);
    th.hidden = !left[place_];
  });
}

// --- bar, banner, whole drawing -------------------------------------------------------------

function drawBar(state) {
  const { board, nodes } = state;
  const say = board.words;
  nodes.bar.replaceChildren();
  const search = el("input", "search");
  search.type = "search";
  search.placeholder = say.search;
  search.setAttribute("aria-label", say.search);
  search.value = state.query;
  search.addEventListener("input", () => ((state.query = search.value), filter(state)));
  nodes.search = search;
  nodes.none = el("span", "none", say.none_found);
  nodes.none.hidden = true;
  nodes.bar.append(search, nodes.none);
  nodes.bar.append(choice(state, "zone", say.zone, say.all_zones,
    board.zones.map((zone) => [zone.code, zone.name])));
  nodes.bar.append(choice(state, "shift", say.shift, say.all_shifts, board.shifts));
  for (const name of CHIP_FILTERS) nodes.bar.append(toggle(state, name));
  const codes = button("tg names", "", () => {
    state.codes = !state.codes;
    draw(state);
  });
  codes.textContent = state.codes ? say.names : say.codes;
  nodes.bar.append(codes);
}

function choice(state, field, label, all, options) {
  const select = el("select", "pick");
  select.setAttribute("aria-label", label);
  for (const [value, text] of [["", all], ...options]) {
    const option = el("option", "", text);
    option.value = value;
    select.append(option);
  }
  select.value = state[field];
  select.addEventListener("change", () => ((state[field] = select.value), filter(state)));
  return select;
}

function toggle(state, name) {
  const { board, on } = state;
  const text = name === "locked" ? board.words.locked_only : board.words[name];
  const count = board.cells.filter((cell) => cell[name]).length;
  const node = button("tg", "", () => {
    if (!on.delete(name)) on.add(name);
    node.classList.toggle("on", on.has(name));
    node.setAttribute("aria-pressed", on.has(name));
    filter(state);
  });
  node.append(el("span", "", text), el("span", "num", count));
  node.classList.toggle("on", on.has(name));
  node.classList.toggle("bad", name === "broken" && count > 0);
  node.disabled = !count && !on.has(name);
  return node;
}

function drawBanner(state) {
  const { banner } = state.board;
  state.nodes.banner.className = "banner t-" + banner.tone;
  state.nodes.banner.replaceChildren(...banner.said.map((said) => el("span", "", said)));
}

function draw(state) {
  const { nodes, board } = state;
  const focused = nodes.scroll.contains(state.root.getRootNode().activeElement);
  if (state.codes === null) {
    state.codes = !Object.values(board.people).some((name) => /[\u3400-\u9fff]/.test(name));
  }
  drawBanner(state);
  drawBar(state);
  drawPlaces(state);
  nodes.tray.replaceChildren(drawTray(board));
  state.root.classList.toggle("has-tray", board.tray.length > 0);
  nodes.left = state.root.querySelector(".left");
  filter(state);
  focusCell(state, ...state.focus, focused);
}

function drawPlaces(state) {
  const { nodes, board, drawn, codes } = state;
  const frame = frameOf(board, codes);
  if (drawn && drawn.frame === frame) {
    redrawPlaces(nodes.scroll.firstChild, drawn.board, board, codes);
  } else {
    const [x, y] = [nodes.scroll.scrollLeft, nodes.scroll.scrollTop];
    nodes.scroll.replaceChildren(drawTable(board, codes));
    nodes.scroll.scrollTo(x, y);
  }
  state.drawn = { frame, board };
}

function focusCell(state, t, r, really) {
  for (const old of state.nodes.scroll.querySelectorAll('td.c[tabindex="0"]')) old.tabIndex = -1;
  const td = state.nodes.scroll.querySelector(`td.c[data-t="${t}"][data-r="${r}"]`);
  if (!td) return;
  td.tabIndex = 0;
  state.focus = [t, r];
  if (really) td.focus({ preventScroll: false });
}

function update(state, component) {
  const { data, setTriggerValue } = component;
  state.send = setTriggerValue;
  state.session = state.session || data.session;
  const fresh = data.board !== state.text;
  if (fresh) {
    state.text = data.board;
    state.board = JSON.parse(data.board);
  }
  answered(state, data.answer);
  if (fresh) {
    if (state.week !== data.week) letGoQuietly(state, data.week);
    if (!state.again) stillThere(state);
    draw(state);
  }
  goOn(state);
  paint(state);
}

function letGoQuietly(state, week) {
  state.week = week;
  state.carry = state.person = state.target = state.verdict = state.grades = null;
  state.held = false;
}

// Somebody else may have moved what is being carried.
function stillThere(state) {
  const { carry, board } = state;
  if (!carry || !carry.from) return;
  const cell = cellAt(board, carry.p, carry.from);
  if (!cell) {
    carry.from = null;
    letGoQuietly(state, state.week);
  } else carry.locked = Boolean(cell.locked);
}

export default function (component) {
  const root = component.parentElement.querySelector(".wb");
  root.board = root.board || begin(root);
  update(root.board, component);
}
