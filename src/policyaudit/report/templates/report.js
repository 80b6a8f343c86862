"use strict";
(function () {
  var form = document.getElementById("filter");
  var section = document.getElementById("by-section");
  var status = document.getElementById("by-status");
  var told = document.getElementById("filtered");
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding[data-status]"));
  var holders = Array.prototype.slice.call(document.querySelectorAll(".part"));

  var folds = Array.prototype.slice.call(document.querySelectorAll("details.open-fold"));

  function apply() {
    var shown = 0;
    findings.forEach(function (one) {
      one.hidden =
        (section.value && one.dataset.section !== section.value) || (status.value && one.dataset.status !== status.value);
      if (!one.hidden) shown += 1;
    });
    holders.forEach(function (one) {
      one.hidden = !one.querySelector(".finding:not([hidden])");
    });
    var active = section.value || status.value;
    folds.forEach(function (one) {
      one.open = Boolean(active) && !one.hidden;
    });
    document.body.classList.toggle("is-filtered", Boolean(active));
    var what = [section, status].filter(function (one) { return one.value; }).map(function (one) {
      return one.options[one.selectedIndex].text;
    }).join(" · ");
    var values = { what: what, shown: shown, all: findings.length };
    told.textContent = active
      ? told.dataset.told.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; })
      : "";
  }

  // A link must lead somewhere, also into a folded part or past the filter.
  function reveal() {
    var name = decodeURIComponent(location.hash.slice(1));
    var target = name && document.getElementById(name);
    if (!target) return;
    if (target.closest("[hidden]")) {
      section.value = status.value = "";
      apply();
    }
    for (var one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    var inside = target.querySelector(":scope > details.fold");
    if (inside) inside.open = true;
    target.scrollIntoView();
    // In a large report what stands above gets its true height only now: look again.
    requestAnimationFrame(function () {
      requestAnimationFrame(function () { target.scrollIntoView(); });
    });
  }

  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details.near:not([open]), details.matrix:not([open])"));
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
  });

  section.addEventListener("change", apply);
  status.addEventListener("change", apply);
  document.getElementById("clear").addEventListener("click", function () {
    section.value = status.value = "";
    apply();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  form.hidden = "off" in form.dataset;
  apply();
  reveal();
})();
