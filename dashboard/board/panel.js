// The panel beside the board: a patient's week and wishes, what a pending move would do, and
// the buttons that do it. With nothing chosen it explains the signs.

function drawLegend(board) {
  const box = el("div", "legend");
  box.append(el("h3", "", board.words.legend));
  const list = el("dl");
  for (const [sign, meaning, fill] of board.legend) {
    const dt = el("dt", "", sign);
    if (fill) dt.style.background = fill;
    list.append(dt, el("dd", "", meaning));
  }
  box.append(list, el("p", "keys", board.words.keys));
  return box;
}

function drawLines(board, lines) {
  const list = el("ul", "lines");
  for (const line of lines) {
    const item = el("li", "k-" + line.kind);
    item.append(el("b", "kind", board.words["kind_" + line.kind]), el("b", "rule", line.rule));
    item.append(el("span", "said", line.said));
    list.append(item);
  }
  return list;
}

function drawPending(state, acts) {
  const { board, verdict, target } = state;
  if (!target) return null;
  const box = el("section", "pending");
  if (!verdict) {
    box.append(el("p", "asking", board.words.asking));
    return box;
  }
  box.classList.add("g-" + verdict.grade);
  box.append(el("p", "what", verdict.title), el("p", "head", verdict.headline));
  const hard = verdict.lines.filter((line) => line.kind === "broken");
  box.append(drawLines(board, hard), decision(state, acts));
  box.append(drawLines(board, verdict.lines.filter((line) => line.kind !== "broken")));
  return box;
}

// What is asked before a session is put down: a button, and a reason where a rule is broken.
function decision(state, acts) {
  const { board, verdict, target } = state;
  const box = el("div", "decision");
  if (!board.editable || !target.fixed) return box;
  let reason = null;
  if (verdict.grade === "breaks") {
    if (!board.override) {
      box.append(el("p", "refused", board.words.may_not), cancelOnly(state, acts));
      return box;
    }
    box.append(el("p", "refused", board.words.needs_reason));
    const label = el("label", "why", board.words.reason);
    reason = el("textarea", "reason");
    reason.rows = 2;
    reason.maxLength = 500;
    label.append(reason);
    box.append(label);
  }
  box.append(pendingButtons(state, acts, reason));
  return box;
}

function cancelOnly(state, acts) {
  const row = el("div", "btns");
  row.append(button("b2", state.board.words.cancel, acts.cancel));
  return row;
}

function pendingButtons(state, acts, reason) {
  const { board, verdict } = state;
  const row = el("div", "btns");
  const text = reason ? board.words.anyway : board.words[verdict.verb];
  const go = button(reason ? "b1 danger" : "b1", text, () => acts.commit(reason ? reason.value : ""));
  if (reason) {
    go.disabled = true;
    reason.addEventListener("input", () => (go.disabled = !reason.value.trim()));
  }
  row.append(go, button("b2", board.words.cancel, acts.cancel));
  return row;
}

function drawPerson(state, acts) {
  const { board, person } = state;
  const box = el("section", "person");
  const head = el("header");
  head.append(el("h2", "", person.name), el("span", "code", person.code));
  head.append(button("close", "×", acts.close));
  head.lastChild.title = board.words.close;
  head.lastChild.setAttribute("aria-label", board.words.close);
  box.append(head);
  return box;
}

function drawWeek(state, acts) {
  const { board, person, carry } = state;
  const box = el("section", "week");
  box.append(el("h3", "", board.words.week));
  const list = el("ul", "sess");
  for (const one of person.sessions) {
    const here = carry && carry.from && sameSpot(carry.from, one.at);
    const item = button(here ? "s on" : "s", one.said, () => acts.choose(person.code, one.at));
    item.setAttribute("aria-pressed", here ? "true" : "false");
    const li = el("li");
    li.append(item);
    list.append(li);
  }
  if (person.missing) list.append(el("li", "short", person.missing));
  box.append(list, drawWhy(person.why));
  if (state.grades && !state.target) box.append(drawKey(board));
  if (board.editable && carry && carry.from && !carry.over) box.append(sessionButtons(state, acts));
  return box;
}

function drawWhy(why) {
  const way = el("a", "why", why.said);
  way.href = why.address;
  way.target = "_self";
  return way;
}

function drawKey(board) {
  const key = el("p", "key");
  for (const [sign, name] of [["✓", "good"], ["~", "costs"], ["–", "breaks"]]) {
    const one = el("span", "k" + name);
    one.append(el("b", "", sign), document.createTextNode(" " + board.words[name]));
    key.append(one);
  }
  return key;
}

function sessionButtons(state, acts) {
  const { board, carry } = state;
  const row = el("div", "btns small");
  const lock = carry.locked ? "unlock" : "lock";
  row.append(button("b2", board.words[lock], () => acts.lock(!carry.locked)));
  row.append(button("b2", board.words.take_out, acts.takeOut));
  return row;
}

function drawFacts(state) {
  const { board, person } = state;
  const box = el("section", "facts");
  const list = el("dl");
  for (const [name, said] of person.facts) list.append(el("dt", "", name), el("dd", "", said));
  box.append(list);
  if (person.wishes.length) {
    box.append(el("h3", "", board.words.wishes));
    const wishes = el("ul");
    for (const one of person.wishes) wishes.append(el("li", "", one));
    box.append(wishes);
  }
  box.append(el("h3", "", board.words.rules));
  if (person.lines.length) box.append(drawLines(board, person.lines));
  else box.append(el("p", "fine", board.words.nothing));
  return box;
}

function drawPanel(state, acts) {
  const panel = state.nodes.panel;
  const typed = panel.querySelector("textarea.reason");
  const kept = typed ? typed.value : "";
  const about = [state.person && state.person.code, state.verdict && state.verdict.title].join();
  if (state.about !== about) panel.scrollTop = 0;
  state.about = about;
  panel.replaceChildren();
  if (state.notice) {
    const note = el("p", "notice " + state.notice.kind, state.notice.said);
    note.setAttribute("role", "status");
    panel.append(note);
  }
  if (!state.person) {
    if (state.carry) panel.append(el("p", "asking", state.board.words.asking));
    else panel.append(drawLegend(state.board));
    return;
  }
  panel.append(drawPerson(state, acts));
  if (state.held && !state.target) panel.append(el("p", "held", state.board.words.held));
  const pending = drawPending(state, acts);
  if (pending) panel.append(pending);
  panel.append(drawWeek(state, acts), drawFacts(state));
  const again = panel.querySelector("textarea.reason");
  if (again && kept) {
    again.value = kept;
    again.dispatchEvent(new Event("input"));
  }
}
