// Sets the theme before anything is painted, so that nothing flashes. A classic script: modules come later.
(function () {
  var kept = null;
  try {
    kept = localStorage.getItem('drover.theme');
  } catch (denied) {
    // Storage may be switched off; then the system's theme it is.
  }
  var dark = kept ? kept === 'dark' : !matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
