// What every page of the wall shares: the stream, how old everything is by this page's own
// clock, and what is said when nothing comes. Nothing in here draws a machine.

const SILENT = 3000; // milliseconds without a turn after which nothing is live
const GIVE_UP = 8000; // after which an open line is taken to be dead
const LATE = 3000; // a turn that was so long under way waited in a queue
const LONGEST_WAIT = 10000;

export function element(tag, className, parent) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}

export function say(node, text) {
  if (node.shownText === text) return;
  node.shownText = text;
  node.textContent = text;
}

export function toggle(node, className, on) {
  if (node.classList.contains(className) !== on) node.classList.toggle(className, on);
}

export function filled(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in gaps ? String(gaps[name]) : whole));
}

// A duration in few characters, cut off: 0:07, 12:30, 3:05 h, 2 d.
export function duration(milliseconds, words) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  if (seconds < 2 * 86400) {
    const minutes = two(Math.floor((seconds % 3600) / 60));
    return filled(words.hours, { hours: Math.floor(seconds / 3600), minutes });
  }
  return filled(words.days, { days: Math.floor(seconds / 86400) });
}

// How long ago something was by this page's clock. A computer that slept wakes with a clock of
// the day that went on, and another one that may have stood still: the longer of the two counts.
export class Since {
  constructor() {
    this.steady = performance.now();
    this.day = Date.now();
  }

  get milliseconds() {
    return Math.max(performance.now() - this.steady, Date.now() - this.day, 0);
  }
}

// A stream of turns. `heard(turn)` and `course(lines)` get what comes; `slow(on)` is told when
// there is no stream to be had at all, and when there is one again.
export class Line {
  constructor(url, heard, course, slow) {
    Object.assign(this, { url, heard, course, slow });
    this.last = null; // since the newest turn
    this.late = 0; // how long that one was under way, beyond the quickest
    this.quickest = Infinity;
    this.delays = 0;
    this.failed = 0;
    this.streamed = false;
    this.isSlow = false;
    this.refused = 0; // the status with which the stream was refused
    this.begun = new Since();
    this.source = null;
    this.waiting = 0;
    this.open();
  }

  // Milliseconds to be added to every age that the newest turn told.
  get passed() {
    return this.last === null ? 0 : this.last.milliseconds + this.late;
  }

  get lost() {
    const silent = this.isSlow ? 3 * SILENT : SILENT;
    return this.last === null || this.last.milliseconds > silent;
  }

  get waited() {
    return (this.last ?? this.begun).milliseconds;
  }

  open() {
    this.waiting = 0;
    this.begun = new Since();
    if (typeof EventSource === "undefined") {
      this.fallBack();
      return;
    }
    const source = new EventSource(this.url);
    this.source = source;
    source.addEventListener("turn", (event) => this.take(JSON.parse(event.data), true));
    source.addEventListener("sparks", (event) => this.course(JSON.parse(event.data)));
    source.onerror = () => this.again();
  }

  // A turn from the stream, or from a page that asks without one.
  take(turn, streamed) {
    const delay = performance.timeOrigin + performance.now() - turn.at;
    this.quickest = Math.min(this.quickest, delay);
    this.late = delay - this.quickest;
    this.last = new Since();
    if (streamed) {
      this.failed = 0;
      this.refused = 0;
      this.streamed = true;
      this.fallForward();
      this.judge(delay);
    }
    this.heard(turn);
  }

  // Turns that waited in a queue on the way are as old as they are. A new line has no queue; if
  // three lines in a row are late by themselves, it was the server's clock that was set.
  judge(delay) {
    if (this.late <= LATE) {
      this.delays = 0;
    } else if (++this.delays < 3) {
      this.again();
    } else {
      this.quickest = delay;
      this.late = 0;
      this.delays = 0;
    }
  }

  again() {
    if (this.waiting) return;
    this.source?.close();
    this.source = null;
    this.failed += 1;
    if (this.failed >= 2) this.ask();
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.failed) * (0.75 + Math.random() / 2);
    this.waiting = setTimeout(() => this.open(), wait);
  }

  // Why there is no stream: the browser does not tell, an ordinary question does.
  async ask() {
    const stop = new AbortController();
    try {
      const answer = await fetch(this.url, { signal: stop.signal, cache: "no-store" });
      this.refused = answer.ok ? 0 : answer.status;
    } catch {
      this.refused = 0;
    }
    stop.abort();
    if (![401, 403, 404].includes(this.refused)) this.fallBack();
  }

  // To be called again and again: a line that is open and silent is dead.
  check() {
    const silent = Math.min(this.waited, this.begun.milliseconds);
    if (this.source && !this.isSlow && silent > GIVE_UP) this.again();
    else if (this.source && this.isSlow && this.begun.milliseconds > 30000) this.again();
  }

  fallBack() {
    if (this.isSlow) return;
    this.isSlow = true;
    this.slow(true);
  }

  fallForward() {
    if (!this.isSlow) return;
    this.isSlow = false;
    this.slow(false);
  }

  close() {
    clearTimeout(this.waiting);
    this.waiting = 1;
    this.source?.close();
  }
}

// What to say of the connection; nothing if all is well.
export function trouble(line, words) {
  if (line.refused === 401 || line.refused === 403) return { text: words.signed_out, sign: true };
  if (line.refused === 404) return { text: words.closed };
  const age = duration(line.waited, words);
  if (line.isSlow) return { text: filled(words.slow, { age }), mild: !line.lost };
  if (line.last === null) return line.waited < SILENT ? { text: words.wait, mild: true }
    : { text: filled(words.lost_link, { age }) };
  return line.lost ? { text: filled(words.lost_link, { age }) } : null;
}
