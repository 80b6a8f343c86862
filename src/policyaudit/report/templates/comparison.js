"use strict";
(function () {
  function filled(text, values) { return text.replace(/\{(\w+)\}/g, function (whole, name) { return values[name]; }); }
  function get(id) { return document.getElementById(id); }
  function all(what, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(what)); }
  var region = get("by-region"), kind = get("by-kind"), section = get("by-section");
  var heads = all(".heatmap thead th").slice(1);
  var rows = all(".heatmap tr[data-p]");
  var placed = all("[data-r]");
  var here = null, data = null;

  // ---- filters
  function apply() {
    var regions = region.value.split(" ").filter(Boolean);
    var shown = heads.map(function (head) {
      return (!kind.value || head.dataset.k.split(" ").indexOf(kind.value) >= 0) && (!section.value || head.dataset.s === section.value);
    });
    placed.forEach(function (one) {
      one.toggleAttribute("hidden", regions.length > 0 && regions.indexOf(one.dataset.r) < 0);
    });
    heads.forEach(function (head, number) { head.hidden = !shown[number]; });
    rows.forEach(function (row) {
      for (var number = 0; number < shown.length; number++) row.cells[number + 1].hidden = !shown[number];
    });
    all(".multiple").forEach(function (one) { one.hidden = Boolean(section.value) && one.dataset.s !== section.value; });
    all(".heatmap tbody").forEach(function (body) { body.hidden = !body.querySelector("tr[data-p]:not([hidden])"); });
    var many = rows.filter(function (row) { return !row.hidden; }).length;
    get("told").textContent = region.value || kind.value || section.value
      ? filled(get("told").dataset.told, { rows: many, all: rows.length, shown: shown.filter(Boolean).length, criteria: heads.length })
      : "";
    if (here && here.closest("[hidden]")) close();
  }

  // ---- the quotation behind a cell
  function unpack() {
    var packed = get("packed").textContent;
    if (data || !packed || !window.DecompressionStream) return Promise.resolve(data);
    var bytes = Uint8Array.from(atob(packed), function (one) { return one.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text().then(function (text) { return (data = JSON.parse(text)); });
  }
  var words = {}, said = get("panel").dataset;
  all(".key li").forEach(function (one) { words[one.firstChild.className] = one.lastChild.textContent; });

  function show(cell) {
    if (here) here.classList.remove("here");
    here = cell;
    cell.classList.add("here");
    var row = cell.parentNode, number = cell.cellIndex - 1;
    unpack().then(function (known) {
      if (cell !== here) return;
      var one = known ? known[1][row.dataset.p][number] : [0, 0, 0];
      get("panel-title").textContent = row.cells[0].firstChild.textContent + " · " + heads[number].textContent + " " + heads[number].title;
      var status = cell.className.replace("here", "").trim();
      get("panel-status").textContent = words[status] + (one[1] && "mpnc".indexOf(status) >= 0 ? ": " + filled(said.found, { some: one[0], all: one[1] }) : "") + (one[7] ? " · " + said.weaker : "");
      get("panel-reason").textContent = known ? known[0][one[2]] : said.elsewhere;
      get("panel-quote").textContent = one[3] || "";
      get("panel-place").textContent = one.length > 3
        ? [known[0][one[4]], one[5] ? filled(said.page, { page: one[5] }) : "", known[0][one[6]]].filter(Boolean).join(" · ")
        : "";
      get("panel").hidden = false;
    });
  }
  function close() {
    if (here) here.classList.remove("here");
    here = null;
    get("panel").hidden = true;
  }
  function next(cell, side, down) {
    var open = rows.filter(function (row) { return !row.hidden; });
    if (!cell) return open.length ? open[0].querySelector("td:not([hidden])") : null;
    var row = open[open.indexOf(cell.parentNode) + down] || cell.parentNode;
    var one = row.cells[cell.cellIndex];
    while (side && one) {
      one = side > 0 ? one.nextElementSibling : one.previousElementSibling;
      if (one && one.tagName !== "TD") one = null;
      if (one && !one.hidden) break;
    }
    return one || cell;
  }
  var moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Enter: [0, 0] };
  get("cells").addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
    var move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    var cell = next(here, move[0], move[1]);
    if (cell) { show(cell); cell.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  });
  get("cells").addEventListener("click", function (event) {
    var cell = event.target.closest("td");
    if (cell) show(cell);
  });
  get("close").addEventListener("click", close);
  [region, kind, section].forEach(function (one) { one.addEventListener("change", apply); });
  get("filters").addEventListener("reset", function () { setTimeout(apply, 0); });
  get("filters").addEventListener("submit", function (event) { event.preventDefault(); });
  get("filters").hidden = get("how").hidden = false;
})();
