// Dark or light: the system's choice until somebody makes one here.

export function theme() {
  return document.documentElement.dataset.theme;
}

export function toggleTheme() {
  const next = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('drover.theme', next);
  } catch (denied) {
    // Then it holds for this page.
  }
}
