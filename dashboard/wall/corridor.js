// The display in the corridor: stations, what happens there, and minutes. Large type.
import { Line, Since, element, filled, say, toggle, trouble } from "./live.js";

const TICK = 500;
const parent = document.getElementById("corridor");
const data = JSON.parse(parent.dataset.wall);
const words = data.words;
const cards = new Map();
let turn = null;
let held = null;
let told = ""; // why nothing could be read

const head = element("header", "head", parent);
const title = element("h1", "", head);
const mark = element("span", "gen", head);
const clock = element("time", "clock", head);
const banner = element("p", "banner", parent);
const grid = element("div", "cards", parent);
const foot = element("footer", "notice", parent);
banner.setAttribute("role", "status");
say(title, data.title);
for (const [index, text] of words.notice.entries()) {
  const line = element("span", "", foot);
  line.lang = ["en", "zh"][index];
  say(line, text);
}

const line = new Line(data.url, take, () => {}, () => {});
setInterval(tick, TICK);
addEventListener("resize", fit);
tick();

function take(news) {
  told = news.rows ? "" : (news.banners?.[0]?.t ?? "");
  if (news.rows) {
    turn = news;
    held = { since: new Since(), late: line.late };
    draw();
  } else if (turn) {
    turn = { ...turn, at: news.at, blind: true };
  }
  tick();
}

function draw() {
  const wanted = turn.rows.map((row) => card(row).node);
  const there = grid.children;
  const same = there.length === wanted.length && wanted.every((node, at) => there[at] === node);
  if (!same) {
    grid.replaceChildren(...wanted);
    fit();
  }
  say(mark, turn.gen);
}

function card(row) {
  if (!cards.has(row.s)) {
    const node = element("section", "card");
    const made = { node, station: element("b", "station", node),
      state: element("span", "state", node), left: element("span", "minutes", node) };
    cards.set(row.s, made);
  }
  const one = cards.get(row.s);
  say(one.station, row.s);
  return one;
}

function tick() {
  line.check();
  const wrong = trouble(line, words);
  const dark = line.lost || Boolean(turn?.blind);
  toggle(document.body, "dark", dark);
  const empty = turn && !turn.rows.length ? words.none : "";
  say(banner, wrong ? wrong.text : told || empty);
  banner.hidden = !banner.textContent;
  if (turn) {
    const at = new Date(turn.at + line.passed);
    const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: turn.tz };
    say(clock, at.toLocaleTimeString("en-GB", parts));
  }
  const passed = held ? held.since.milliseconds + held.late : 0;
  for (const row of turn?.rows ?? []) age(cards.get(row.s), row, passed, dark);
}

function age({ node, state, left }, row, passed, dark) {
  const stale = dark || row.age === null || row.age + passed > row.keep;
  const kind = stale ? "silent" : row.st;
  if (node.dataset.state !== kind) node.dataset.state = kind;
  say(state, stale ? words.silent : row.t);
  const minutes = row.min === null || stale ? "" : filled(row.about ? words.about : words.minutes, { minutes: row.min });
  say(left, minutes);
}

// As many columns as make the cards largest.
function fit() {
  const count = grid.children.length;
  if (!count) return;
  const { clientWidth: width, clientHeight: height } = grid;
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(width / columns / 1.9, height / rows);
    if (size > best.size) best = { columns, size };
  }
  const narrow = window.innerWidth < 700;
  document.body.style.setProperty("--columns", narrow ? 1 : best.columns);
  toggle(document.body, "narrow", narrow);
}
