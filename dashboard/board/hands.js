// Mouse, touch and keys.

function listen(state) {
  const { root } = state;
  root.addEventListener("click", (event) => clicked(state, event));
  root.addEventListener("dblclick", (event) => {
    if (event.target.closest(".chip")) hold(state);
  });
  root.addEventListener("pointerover", (event) => hovered(state, event));
  root.addEventListener("pointerleave", () => glow(state, null));
  root.addEventListener("dragstart", (event) => dragged(state, event));
  root.addEventListener("dragover", (event) => draggedOver(state, event));
  root.addEventListener("drop", (event) => dropped(state, event));
  root.addEventListener("dragend", () => {
    state.drag = false;
    root.classList.toggle("is-held", state.held);
  });
  root.addEventListener("keydown", (event) => pressed(state, event));
}

function spotOf(state, td) {
  return spotAt(state.board, Number(td.dataset.t), Number(td.dataset.r));
}

function hold(state) {
  if (!state.carry || state.carry.over || !state.board.editable) return;
  state.held = true;
  paint(state);
}

function clicked(state, event) {
  const chip = event.target.closest(".chip");
  const td = event.target.closest("td.c");
  if (td) focusCell(state, Number(td.dataset.t), Number(td.dataset.r), false);
  const own = chip && state.carry && chip.dataset.p === state.carry.p;
  if (td && state.carry && (!chip || (state.held && !own))) {
    if (droppable(state, td)) show(state, spotOf(state, td), true);
    else if (!chip) letGo(state, true);
  } else if (chip) {
    choose(state, chip.dataset.p, td ? spotOf(state, td) : null, !td);
  }
}

function droppable(state, td) {
  return mayDrop(state, Number(td.dataset.t), Number(td.dataset.r));
}

// A place that is shown but not put down yet; what is put down waits for its button.
function hovered(state, event) {
  const chip = event.target.closest(".chip");
  glow(state, chip ? chip.dataset.p : null);
  const td = event.target.closest("td.c");
  if (!td || (chip && !state.held)) return;
  consider(state, td);
}

function consider(state, td) {
  if (!state.carry || (state.target && state.target.fixed && !state.drag)) return;
  if (!droppable(state, td)) return;
  const spot = spotOf(state, td);
  if (state.target && sameSpot(state.target.spot, spot)) return;
  clearTimeout(state.hover);
  state.hover = setTimeout(() => {
    if (state.carry && !(state.target && state.target.fixed)) show(state, spot, false);
  }, HOVER_MS);
}

function glow(state, p) {
  if (state.glows === p) return;
  state.glows = p;
  for (const chip of state.nodes.left.querySelectorAll(".chip")) {
    chip.classList.toggle("glow", chip.dataset.p === p);
  }
}

function dragged(state, event) {
  const chip = event.target.closest(".chip");
  if (!chip || !chip.draggable) return;
  const td = chip.closest("td.c");
  const spot = td ? spotOf(state, td) : null;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", chip.dataset.p);
  state.drag = true;
  const { carry } = state;
  if (!carry || carry.p !== chip.dataset.p || !sameOrNull(carry.from, spot)) {
    // Chrome ends a drag whose element changes while it starts.
    setTimeout(() => choose(state, chip.dataset.p, spot, true), 0);
  } else state.held = true;
}

function draggedOver(state, event) {
  if (!state.drag) return;
  const td = event.target.closest("td.c");
  const tray = event.target.closest(".trays");
  if (tray && state.carry && state.carry.from) event.preventDefault();
  if (!td || !droppable(state, td)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (state.target && state.target.fixed) state.target = null;
  consider(state, td);
}

function dropped(state, event) {
  if (!state.drag) return;
  event.preventDefault();
  clearTimeout(state.hover);
  const td = event.target.closest("td.c");
  state.drag = false;
  if (td && droppable(state, td)) show(state, spotOf(state, td), true);
  else if (!td && event.target.closest(".trays") && state.carry.from) show(state, null, true);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pressed(state, event) {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape") return escaped(state, event);
  if (typing) return;
  if (event.key === "/") {
    event.preventDefault();
    state.nodes.search.focus();
  } else if (event.ctrlKey || event.metaKey) takenBack(state, event);
  else if (event.target.closest("td.c")) pressedOnCell(state, event);
  else if (event.key === "Enter" && event.target.closest(".chip.out")) {
    choose(state, event.target.closest(".chip.out").dataset.p, null, true);
    focusCell(state, ...state.focus, true);
  }
}

// Ctrl+Z takes back; Ctrl+Y and Ctrl+Shift+Z bring back.
function takenBack(state, event) {
  const key = event.key.toLowerCase();
  if ((key !== "z" && key !== "y") || !state.board.editable) return;
  event.preventDefault();
  ask(state, key === "y" || event.shiftKey ? "redo" : "undo", {});
}

function escaped(state, event) {
  event.preventDefault();
  letGo(state, false);
  focusCell(state, ...state.focus, true);
}

function pressedOnCell(state, event) {
  const td = event.target.closest("td.c");
  const [t, r] = [Number(td.dataset.t), Number(td.dataset.r)];
  if (ARROWS[event.key]) {
    event.preventDefault();
    step(state, t, r, ...ARROWS[event.key]);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    putOrPick(state, td);
  } else if (event.key.toLowerCase() === "l") lockHere(state, td);
}

function putOrPick(state, td) {
  const chip = td.querySelector(".chip");
  if (state.held && droppable(state, td)) show(state, spotOf(state, td), true);
  else if (chip) choose(state, chip.dataset.p, spotOf(state, td), !state.held);
}

function lockHere(state, td) {
  const chip = td.querySelector(".chip");
  if (!chip || !state.board.editable) return;
  choose(state, chip.dataset.p, spotOf(state, td), false);
  state.later = { act: "lock", p: chip.dataset.p, from: place(spotOf(state, td)),
    locked: !chip.classList.contains("is-locked") };
}

// To the next place that is shown; the board scrolls along.
function step(state, t, r, right, down) {
  const { board, nodes } = state;
  let [nt, nr] = [t + right, r + down];
  while (nt >= 0 && nt < board.turns.length && nr >= 0 && nr < board.rows.length) {
    const td = nodes.scroll.querySelector(`td.c[data-t="${nt}"][data-r="${nr}"]`);
    if (td && td.offsetParent !== null) {
      focusCell(state, nt, nr, true);
      if (state.held) consider(state, td);
      return;
    }
    nt += right;
    nr += down;
  }
}
