// The wall: one tile a machine. A Streamlit component for the staff, and the page of the display
// in the staff's own room. All texts come with the data and are only ever set as text.
import { Line, Since, duration, element, filled, say, toggle, trouble } from "./live.js";

const SVG = "http://www.w3.org/2000/svg";
const TICK = 500;
const YOUNG = 5000; // milliseconds up to which an age is not worth a word
const POINTS = 30;
const SPREAD = { art: 80, ven: 80, tmp: 60 }; // the least that a small line spans, in mmHg
const LEAST = { width: 200, height: 172 }; // a tile that is smaller cannot be read: then scroll
const USUAL = { width: 236, height: 238 };
const EMS = { width: 18.2, height: 18 }; // that a tile needs of its own type
const GAP = 6;
const HEAD = 26; // of a zone on the floor plan
const KEY = "clearshift.wall";
const opened = new WeakMap();
const clocks = new Map();

export default function wall(component) {
  const { parentElement } = component;
  let one = opened.get(parentElement);
  if (!one) {
    one = new Wall(parentElement, component);
    opened.set(parentElement, one);
  }
  one.update(component);
  return () => {
    one.close();
    opened.delete(parentElement);
  };
}

class Wall {
  constructor(parent, { data }) {
    this.data = data;
    this.words = data.words;
    this.tiles = new Map();
    this.zones = [];
    this.course = null;
    this.turn = null;
    this.turnShown = 0;
    this.choice = { filter: "all", order: "worst", fill: window.innerWidth >= 1000, ...stored() };
    this.build(parent);
    this.line = new Line(
      data.url,
      (turn) => this.take(turn),
      (course) => this.takeCourse(course),
      (slow) => this.setState?.("slow", slow),
    );
    this.ticking = setInterval(() => this.tick(), TICK);
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.root);
    this.showChoice();
    this.tick();
  }

  update({ data, setStateValue }) {
    this.setState = setStateValue;
    this.data = data;
    if (data.turn && data.turn.at !== this.turnShown) {
      this.turnShown = data.turn.at;
      if (data.course) this.takeCourse(data.course);
      this.line.take(data.turn, false);
    }
  }

  close() {
    clearInterval(this.ticking);
    this.resized.disconnect();
    this.line.close();
    this.root.remove();
  }

  // --- what is there from the beginning ------------------------------------------------------

  build(parent) {
    this.root = element("section", "wall cs cs-dark", parent);
    this.root.lang = this.data.language;
    const head = element("header", "head", this.root);
    this.buildHead(head);
    this.banners = element("div", "banners", this.root);
    this.banners.setAttribute("role", "status");
    this.grid = element("div", "grid", this.root);
    this.empty = element("p", "empty", this.root);
    const foot = element("footer", "legend", this.root);
    say(element("span", "", foot), this.words.legend);
    say(element("span", "", foot), this.words.reckoned);
    say(element("span", "", foot), this.words.marks);
  }

  buildHead(head) {
    this.fillButton = element("button", "fill", head);
    this.fillButton.type = "button";
    this.fillButton.addEventListener("click", () => this.choose({ fill: !this.choice.fill }));
    this.fillButton.hidden = !this.data.machine;
    this.clock = element("time", "clock", head);
    this.counts = {};
    const counts = element("div", "counts", head);
    for (const key of ["treating", "high", "medium", "low", "lost"]) {
      const count = element("span", `count ${key}`, counts);
      this.counts[key] = { all: count, number: element("b", "", count) };
      say(element("span", "", count), this.words[key]);
    }
    const notice = element("div", "notice", head);
    for (const [index, text] of this.words.notice.entries()) {
      const line = element("span", "", notice);
      line.lang = ["en", "zh"][index];
      say(line, text);
    }
    this.filter = this.select(head, this.words.show, () => ({ filter: this.filter.value }));
    this.order = this.select(head, this.words.order, () => ({ order: this.order.value }));
    options(this.order, [["worst", this.words.worst], ["plan", this.words.plan]]);
    this.showZones();
  }

  select(head, label, chosen) {
    const made = element("select", "choice", head);
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("change", () => this.choose(chosen()));
    return made;
  }

  showZones() {
    const fixed = [["all", this.words.all], ["alarms", this.words.alarms]];
    options(this.filter, [...fixed, ...this.zones.map((name, index) => [`zone ${index}`, name])]);
    this.filter.value = this.choice.filter;
    if (!this.filter.value) this.filter.value = "all";
  }

  choose(change) {
    Object.assign(this.choice, change);
    try {
      localStorage.setItem(KEY, JSON.stringify(this.choice));
    } catch {
      // A browser that keeps nothing: the choice holds as long as the page.
    }
    this.showChoice();
  }

  showChoice() {
    const full = this.choice.fill || !this.data.machine;
    this.order.value = this.choice.order;
    say(this.fillButton, full ? this.words.menu : this.words.fill);
    toggle(this.root, "full", full);
    if (full && this.data.machine) {
      this.root.popover = "manual"; // above everything, whatever is around it
      if (!this.root.matches(":popover-open")) this.root.showPopover();
    } else {
      this.root.popover = null;
    }
    this.draw();
  }

  // --- what comes ----------------------------------------------------------------------------

  take(turn) {
    // Where nothing could be read, the last picture stays and grows old, and none of it is live.
    if (turn.tiles || !this.turn) {
      this.turn = turn;
      this.held = { since: new Since(), late: this.line.late };
    } else {
      this.turn = { ...this.turn, ...turn, tiles: this.turn.tiles };
    }
    if (turn.zones && turn.zones.join("\n") !== this.zones.join("\n")) {
      this.zones = turn.zones;
      this.showZones();
    }
    this.draw();
    this.tick();
  }

  takeCourse(course) {
    this.course = course;
    for (const [machine, tile] of this.tiles) tile.spark(course.lines[machine]);
  }

  // --- drawing -------------------------------------------------------------------------------

  draw() {
    const all = this.turn?.tiles ?? [];
    for (const row of all) {
      let tile = this.tiles.get(row.m);
      if (!tile) {
        tile = new Tile(row.m, this.words, this.data.machine);
        this.tiles.set(row.m, tile);
        if (this.course) tile.spark(this.course.lines[row.m]);
      }
      tile.show(row);
    }
    this.place(all.filter((row) => this.wanted(row)));
    this.showCounts(this.turn?.counts ?? {});
    say(this.empty, this.nothing(all));
    this.empty.hidden = !this.empty.textContent;
  }

  wanted(row) {
    const filter = this.filter.value;
    if (filter === "alarms") return row.al.length > 0;
    return filter === "all" || row.z === Number(filter.slice(5));
  }

  nothing(all) {
    if (!this.turn?.tiles || this.shown?.length) return "";
    if (!all.length) return this.words.none;
    return this.filter.value === "alarms" ? this.words.no_match : this.words.no_zone;
  }

  place(rows) {
    const byPlan = this.order.value === "plan";
    if (byPlan) rows = [...rows].sort((a, b) => a.o - b.o || (a.m < b.m ? -1 : 1));
    this.shown = rows;
    const wanted = [];
    let zone = null;
    for (const row of rows) {
      if (byPlan && row.z !== zone) wanted.push(this.zoneHead((zone = row.z)));
      wanted.push(this.tiles.get(row.m).node);
    }
    const there = this.grid.children;
    const same = there.length === wanted.length && wanted.every((node, at) => there[at] === node);
    if (!same) {
      this.grid.replaceChildren(...wanted);
      this.fit();
    }
  }

  zoneHead(index) {
    this.heads ??= new Map();
    if (!this.heads.has(index)) this.heads.set(index, element("h2", "zone"));
    const head = this.heads.get(index);
    say(head, index < 0 ? this.words.nowhere : this.zones[index]);
    return head;
  }

  showCounts(found) {
    for (const [key, { all, number }] of Object.entries(this.counts)) {
      say(number, String(found[key] ?? 0));
      toggle(all, "none", !found[key]);
    }
  }

  // As many columns as make the tiles largest; if they would be too small, the page scrolls.
  fit() {
    if (!this.shown?.length) return;
    const full = this.root.classList.contains("full");
    const width = this.grid.clientWidth - 2 * GAP;
    const height = this.grid.clientHeight - 2 * GAP;
    const best = full && window.innerWidth >= 1000 ? bestFit(this.groups(), width, height) : null;
    const columns = best?.columns ?? Math.max(1, Math.floor((width + GAP) / (USUAL.width + GAP)));
    const tall = best?.height ?? USUAL.height;
    this.root.style.setProperty("--columns", columns);
    this.root.style.setProperty("--tall", `${tall}px`);
    const wide = (width - GAP * (columns - 1)) / columns;
    const em = Math.min(wide / EMS.width, tall / EMS.height);
    this.root.style.setProperty("--em", `${em.toFixed(2)}px`);
    toggle(this.root, "scrolls", !best);
  }

  groups() {
    if (this.order.value !== "plan") return { sizes: [this.shown.length], heads: 0 };
    const found = new Map();
    for (const row of this.shown) found.set(row.z, (found.get(row.z) ?? 0) + 1);
    return { sizes: [...found.values()], heads: found.size };
  }

  // --- time passes ---------------------------------------------------------------------------

  tick() {
    this.line.check();
    const passed = this.line.passed;
    const wrong = trouble(this.line, this.words);
    const dark = this.line.lost || Boolean(this.turn?.blind);
    toggle(this.root, "dark", dark);
    const since = this.held ? this.held.since.milliseconds + this.held.late : 0;
    for (const row of this.turn?.tiles ?? []) this.tiles.get(row.m).age(row, since, dark);
    this.showBanners(wrong, passed);
    if (this.turn) say(this.clock, clock(this.turn, passed));
    toggle(this.clock, "stopped", this.line.lost);
  }

  showBanners(wrong, passed) {
    const found = (this.turn?.banners ?? []).map(({ k, t, age }) => ({
      kind: k,
      text: filled(t, { age: duration((age ?? 0) + passed, this.words) }),
    }));
    if (wrong) found.unshift({ kind: wrong.mild ? "mild" : "dark", ...wrong });
    while (this.banners.children.length > found.length) this.banners.lastChild.remove();
    for (const [at, { kind, text, sign }] of found.entries()) {
      const line = this.banners.children[at] ?? element("p", "", this.banners);
      if (line.className !== `banner ${kind}`) line.className = `banner ${kind}`;
      say(line, text);
      if (sign && !line.querySelector("a")) link(line, "/signin", this.words.sign_in);
    }
    if (this.bannerCount !== found.length) {
      this.bannerCount = found.length;
      this.fit();
    }
  }
}

class Tile {
  constructor(machine, words, address) {
    this.words = words;
    this.node = element("a", "tile");
    if (address) this.node.href = address + encodeURIComponent(machine);
    this.node.dataset.machine = machine;
    this.buildHead();
    this.buildGoal();
    this.values = {};
    this.lines = {};
    for (const key of ["art", "ven", "tmp"]) this.buildRow(key);
    const pair = element("div", "pair", this.node);
    for (const key of ["cond", "temp"]) {
      const half = element("span", "half", pair);
      say(element("span", "label", half), words[key]);
      this.values[key] = element("b", "v", half);
    }
    this.alarms = element("ul", "alarms", this.node);
    const foot = element("div", "foot", this.node);
    this.link = element("span", "link", foot);
    this.bypass = element("span", "bypass", foot);
    this.old = element("span", "age", foot);
  }

  buildHead() {
    const head = element("div", "top", this.node);
    this.station = element("b", "station", head);
    this.code = element("span", "code", head);
    this.mark = element("span", "gen", head);
    this.phase = element("span", "phase", head);
  }

  buildGoal() {
    const goal = element("div", "goal", this.node);
    const left = element("span", "left", goal);
    this.left = element("b", "v", left);
    say(element("span", "label", left), this.words.left);
    const removed = element("span", "uf", goal);
    say(element("span", "label", removed), this.words.uf);
    this.done = element("b", "v", removed);
    this.target = element("span", "v target", removed);
    say(element("span", "label", removed), this.words.ml);
    this.bar = element("span", "bar", goal);
    this.part = element("span", "part", this.bar);
  }

  buildRow(key) {
    const row = element("div", `row ${key}`, this.node);
    say(element("span", "label", row), this.words[key]);
    const svg = row.appendChild(document.createElementNS(SVG, "svg"));
    svg.setAttribute("viewBox", "0 0 90 20");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    this.lines[key] = svg.appendChild(document.createElementNS(SVG, "path"));
    this.values[key] = element("b", "v", row);
  }

  show(row) {
    this.node.dataset.level = row.lv;
    this.node.dataset.phase = row.ph;
    say(this.station, row.s || row.m);
    say(this.code, row.s ? row.m : "");
    say(this.mark, row.gen);
    say(this.phase, row.pht || "--");
    const [left, leftShown, reckoned] = row.left;
    value(this.left, left, leftShown, reckoned ? "\u2248" : "");
    const [done, goal, share, shown] = row.uf;
    value(this.done, done, shown);
    value(this.target, goal, shown, "/ ");
    this.bar.hidden = share === null;
    this.part.style.width = `${share ?? 0}%`;
    for (const [key, node] of Object.entries(this.values)) value(node, ...row.v[key]);
    say(this.bypass, row.by ? this.words.bypass : "");
    say(this.link, row.linkt || "--");
    toggle(this.link, "bad", row.link !== "online");
    this.node.title = row.claims.length
      ? filled(this.words.claims, { names: row.claims.join(", ") }) : "";
    toggle(this.node, "claimed", row.claims.length > 0);
    this.showAlarms(row.al);
  }

  showAlarms(alarms) {
    const room = alarms.length > 2 ? 1 : 2; // lines: two for the first alarm, one for the next
    const shown = alarms.slice(0, room);
    const wanted = shown.length + (alarms.length > room ? 1 : 0);
    while (this.alarms.children.length > wanted) this.alarms.lastChild.remove();
    this.ages = [];
    for (const [at, alarm] of shown.entries()) {
      const chip = this.chip(at);
      const kind = `chip ${alarm.p}${alarm.over ? " over" : ""}${alarm.up ? " up" : ""}`;
      if (chip.node.className !== kind) chip.node.className = kind;
      say(chip.sign, alarm.sign);
      chip.sign.title = alarm.pt;
      say(chip.text, alarm.t);
      say(chip.notes, alarm.w.join(" · "));
      chip.node.title = `${alarm.pt}: ${alarm.t} (${alarm.w.join(", ")})`;
      this.ages.push([chip.age, alarm.age]);
    }
    if (alarms.length > room) this.more(room, alarms.length - room);
  }

  chip(at) {
    const there = this.alarms.children[at];
    if (there?.parts) return there.parts;
    there?.remove();
    const node = element("li", "chip");
    this.alarms.insertBefore(node, this.alarms.children[at] ?? null);
    node.parts = { node, sign: element("b", "sign", node), text: element("span", "what", node),
      notes: element("span", "notes", node), age: element("span", "since", node) };
    return node.parts;
  }

  more(at, count) {
    const there = this.alarms.children[at];
    if (there?.parts) there.remove();
    const line = this.alarms.children[at] ?? element("li", "", this.alarms);
    line.className = "chip more";
    say(line, filled(this.words.more, { count }));
  }

  // Ages by this page's own clock; what has become too old is struck through, whoever told it.
  age(row, passed, dark) {
    const old = row.age === null ? null : row.age + passed;
    const stale = old === null || old > row.keep || !row.fresh;
    toggle(this.node, "stale", dark || stale);
    toggle(this.node, "unheard", old === null);
    say(this.old, this.ageSaid(old, stale || dark));
    for (const [node, began] of this.ages ?? []) say(node, duration(began + passed, this.words));
  }

  ageSaid(old, stale) {
    if (old === null) return this.words.never;
    const age = duration(old, this.words);
    if (stale) return filled(this.words.old, { age });
    return old < YOUNG ? "" : age;
  }

  spark(lines) {
    for (const [at, key] of ["art", "ven", "tmp"].entries()) {
      const path = lines ? course(lines[at], SPREAD[key]) : "";
      this.lines[key].setAttribute("d", path);
    }
  }
}

// A small line; where nothing was measured there is none. A single minute is a dot.
function course(values, spread) {
  const there = values.filter((value) => value !== null);
  if (!there.length) return "";
  const low = Math.min(...there);
  const high = Math.max(...there);
  const span = Math.max(high - low, spread);
  const floor = (low + high - span) / 2;
  let path = "";
  values.forEach((value, at) => {
    if (value === null) return;
    const x = ((at + 1) * 90) / POINTS;
    const y = 18.5 - (17 * (value - floor)) / span;
    const first = at === 0 || values[at - 1] === null;
    path += first ? `M${x.toFixed(1)} ${y.toFixed(1)}h.1` : `L${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return path;
}

function value(node, text, shown, before = "") {
  const missing = shown === "missing" || text === "";
  say(node, missing ? `${before}--` : `${before}${text}${shown === "doubtful" ? "?" : ""}`);
  const kind = missing ? "missing" : shown;
  if (node.dataset.shown !== kind) node.dataset.shown = kind;
}

function bestFit({ sizes, heads }, width, height) {
  let best = null;
  const most = Math.max(...sizes);
  for (let columns = 1; columns <= most; columns += 1) {
    const rows = sizes.reduce((sum, size) => sum + Math.ceil(size / columns), 0);
    const wide = (width - GAP * (columns - 1)) / columns;
    const free = height - heads * (HEAD + GAP) - GAP * (rows - 1);
    const tall = Math.min(Math.floor(free / rows), 1.4 * wide, 420);
    const size = Math.min(wide / EMS.width, tall / EMS.height);
    const fits = wide >= LEAST.width && tall >= LEAST.height;
    if (fits && (!best || size > best.size)) best = { columns, height: tall, size };
  }
  return best;
}

function clock(turn, passed) {
  if (!clocks.has(turn.tz)) {
    const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
    clocks.set(turn.tz, new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: turn.tz }));
  }
  return clocks.get(turn.tz).format(turn.at + passed);
}

function options(select, pairs) {
  const text = JSON.stringify(pairs);
  if (select.shownPairs === text) return;
  select.shownPairs = text;
  const before = select.value;
  select.replaceChildren(...pairs.map(([key, name]) => new Option(name, key)));
  if (before) select.value = before;
}

function link(line, address, text) {
  const made = element("a", "", line);
  made.href = address;
  made.target = "_self";
  made.textContent = ` ${text}`;
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
