// Before anything is painted: the theme that was chosen, or the system's.
(() => {
  'use strict';
  const themes = ['auto', 'light', 'dark'];
  const read = () => { try { return localStorage.getItem('theme') || 'auto'; } catch (e) { return 'auto'; } };
  const set = theme => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
  };
  set(read());
  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const show = () => { button.textContent = 'Theme: ' + read(); };
    show();
    button.addEventListener('click', () => {
      const next = themes[(themes.indexOf(read()) + 1) % themes.length];
      try { localStorage.setItem('theme', next); } catch (e) { /* for this page only */ }
      set(next);
      show();
      document.dispatchEvent(new Event('bgjob:theme'));
    });
  });
})();
