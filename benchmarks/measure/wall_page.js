// Notes when a tile has shown what: `window.noted` gets [milliseconds of the clock, machine, kind,
// text] for every venous pressure and every alarm, once the frame with it has been painted.
(() => {
  window.noted = [];
  const grid = (root) => {
    const own = root.querySelector(".wall .grid");
    if (own) return own;
    for (const node of root.querySelectorAll("*")) {
      const inner = node.shadowRoot && grid(node.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  const changed = (records) => {
    const found = [];
    for (const { target } of records) {
      const node = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const machine = node?.closest(".tile")?.dataset.machine;
      if (!machine) continue;
      if (node.matches(".row.ven .v")) found.push([machine, "sample", node.textContent]);
      if (node.matches(".chip .what")) found.push([machine, "alarm", node.textContent]);
    }
    if (!found.length) return;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        const now = Date.now();
        for (const one of found) window.noted.push([now, ...one]);
      };
      painted.port2.postMessage(0);
    });
  };
  const begin = () => {
    const there = document.body && grid(document);
    if (!there || !there.querySelector(".tile")) return setTimeout(begin, 100);
    window.ready = true;
    const options = { subtree: true, childList: true, characterData: true };
    return new MutationObserver(changed).observe(there, options);
  };
  begin();
})();
