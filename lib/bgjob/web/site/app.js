// What all pages share: news of all jobs, times, questions before an ending, keys.
(() => {
  'use strict';
  const page = document.body.dataset.page;
  const live = document.getElementById('live');
  const say = (state, text) => { live.dataset.state = state; live.textContent = text; };

  // ---- times, in the reader's zone ----
  const near = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const far = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const times = root => {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      if (isNaN(at)) continue;
      time.title = at.toString();
      time.textContent = (at.toDateString() === new Date().toDateString() ? near : far).format(at);
    }
  };
  times(document);
  document.addEventListener('htmx:afterSwap', () => times(document));
  document.addEventListener('htmx:afterSettle', () => times(document));

  // ---- how long running jobs have run, every second ----
  const seen = new WeakMap();
  const two = n => String(n).padStart(2, '0');
  const span = s => s < 60 ? s + 's' : s < 3600 ? Math.floor(s / 60) + 'm ' + two(s % 60) + 's' : s < 86400
    ? Math.floor(s / 3600) + 'h ' + two(Math.floor(s % 3600 / 60)) + 'm' : Math.floor(s / 86400) + 'd ' + two(Math.floor(s % 86400 / 3600)) + 'h';
  setInterval(() => {
    for (const took of document.querySelectorAll('[data-took]')) {
      if (!seen.has(took)) seen.set(took, performance.now() - 1000 * Number(took.dataset.took));
      took.textContent = span(Math.floor((performance.now() - seen.get(took)) / 1000));
    }
  }, 1000);

  // ---- a question before a job is ended ----
  document.addEventListener('submit', event => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // ---- the newest list, at most once a second, and not under the reader's hands ----
  let waiting = 0, last = 0;
  const changed = () => {
    if (waiting) return;
    waiting = setTimeout(() => {
      waiting = 0;
      last = Date.now();
      document.body.dispatchEvent(new Event('bgjob:changed'));
    }, Math.max(150, last + 1000 - Date.now()));
  };

  // ---- server-sent events; where they fail, asking every two seconds ----
  let asking = 0;
  const ask = () => {
    if (asking) return;
    say('asking', 'polling');
    asking = setInterval(() => {
      fetch('/api/jobs?limit=1').then(answer => { say(answer.ok ? 'asking' : 'off', answer.ok ? 'polling' : 'offline'); changed(); },
        () => say('off', 'offline'));
    }, 2000);
  };
  /** Calls when the page has been out of sight for ten seconds, and when it is in sight again: browsers open few connections to a host. */
  const sight = (lost, again) => {
    let timer = 0, gone = false;
    document.addEventListener('visibilitychange', () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => { gone = true; lost(); }, 10000);
      else if (gone) { gone = false; again(); }
    });
  };
  let events = null;
  const listen = () => {
    if (!window.EventSource) { ask(); return; }
    events = new EventSource('/api/events');
    let failures = 0;
    events.onopen = () => { failures = 0; say('on', 'live'); };
    events.addEventListener('job', changed);
    events.addEventListener('reset', changed);
    events.onerror = () => {
      say('off', 'offline');
      if (events.readyState === EventSource.CLOSED && ++failures > 0) {
        events.close();
        fetch('/api/jobs?limit=1').then(answer => { if (answer.status === 401) say('off', 'signed out'); else setTimeout(listen, 2000); },
          () => setTimeout(listen, 2000));
      }
    };
  };
  addEventListener('pagehide', () => events?.close());
  if (page === 'home' || page === 'jobs') {
    listen();
    sight(() => events?.close(), () => { changed(); listen(); });
  } else if (page === 'job') say('on', 'live');
  else say('', '');
  window.bgjob = { say, sight };

  // ---- keys ----
  document.addEventListener('keydown', event => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === 'Escape' && typing) { event.target.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      const box = document.getElementById('q') || document.getElementById('find-text');
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === 'n') location.href = '/';
    else if (event.key === 'g') location.href = '/jobs';
    else if ((event.key === 'j' || event.key === 'k') && page !== 'job') {
      const links = [...document.querySelectorAll('a.job')];
      const at = links.indexOf(document.activeElement);
      const next = links[Math.max(0, Math.min(links.length - 1, at + (event.key === 'j' ? 1 : -1)))];
      if (next) { event.preventDefault(); next.focus(); }
    }
  });
})();
