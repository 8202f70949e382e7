// Light or dark as it was chosen here (`ui::theme` keeps it), before anything is painted: the page must not flash.
try {
  const shade = localStorage.getItem("naze.shade");
  if (shade) document.documentElement.dataset.theme = shade;
} catch {}
