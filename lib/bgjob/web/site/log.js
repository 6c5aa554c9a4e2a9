// The live log of one job. What is shown is always one part of the log, [first, next) in bytes; it grows at its end by
// server-sent events whose ids are bytes, and at both ends by reading on. A log of any length costs no more than its part.
(() => {
  'use strict';
  const root = document.getElementById('log');
  const view = document.getElementById('view');
  const where = document.getElementById('where');
  const followButton = document.getElementById('follow');
  const id = encodeURIComponent(root.dataset.id);
  const repo = root.dataset.repo ? 'repo=' + encodeURIComponent(root.dataset.repo) + '&' : '';
  const item = Number(root.dataset.item), whose = item ? repo + 'item=' + item + '&' : repo;
  const PART = 1 << 18, MOST_LINES = 6000, LONGEST = 1 << 16, NEAR = 40, COPIED = 4 << 20;
  const encoder = new TextEncoder();

  let size = Number(root.dataset.size), active = root.dataset.active === 'true';
  let first = 0, next = 0, following = true, loading = false, events = null, poll = 0;
  let ansi = new Ansi(), open = null; // open: the last line while it has no end: its element, text, and the state it began with
  let waiting = [], drawing = false;

  const ask = (path) => fetch(`/api/jobs/${id}/logs${path}${path.includes('?') ? '&' : '?'}${whose}`).then(answer => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  });
  const units = n => n < 10240 ? n + ' bytes' : n < 10485760 ? Math.round(n / 1024) + ' KiB' : n < 1073741824 ? Math.round(n / 1048576) + ' MiB' : (n / 1073741824).toFixed(1) + ' GiB';
  const tell = () => {
    where.textContent = size === 0 ? active ? 'no output yet' : 'no output'
      : first === 0 && next >= size ? units(size) : `bytes ${first.toLocaleString()} to ${next.toLocaleString()} of ${size.toLocaleString()} (${units(size)})`;
    followButton.hidden = following || !(active || next < size);
    followButton.textContent = active ? 'Follow the end' : 'Go to the end';
  };

  // ---- drawing ----
  const state = a => ({ fg: a.fg, bg: a.bg, faces: new Set(a.faces) });
  const line = () => { const element = document.createElement('div'); element.className = 'line'; return element; };
  const draw = (text, from, into) => {
    let at = from;
    if (open) { text = open.text + text; Object.assign(ansi, open.state); at = open.from; }
    const lines = text.split('\n');
    const rest = lines.pop();
    lines.forEach((one, i) => {
      const element = i === 0 && open ? open.element : line();
      element.textContent = '';
      element.dataset.from = at;
      at += encoder.encode(one).length + 1;
      ansi.line(one, element);
      into.append(element);
    });
    if (!rest) { open = null; return; }
    const element = lines.length === 0 && open ? open.element : line();
    const began = state(ansi);
    element.textContent = '';
    element.dataset.from = at;
    ansi.line(rest, element);
    into.append(element);
    open = rest.length > LONGEST ? null : { element, text: rest, state: began, from: at };
  };
  const atEnd = () => view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
  const toEnd = () => { view.scrollTop = view.scrollHeight; };
  const trim = () => {
    const surplus = view.childElementCount - MOST_LINES;
    if (surplus <= 0) return;
    for (let i = 0; i < surplus; i++) view.firstElementChild.remove();
    first = Number(view.firstElementChild.dataset.from);
  };
  const clear = () => { view.textContent = ''; ansi = new Ansi(); open = null; waiting = []; };

  /** Draws what has come since the last frame, together. */
  const flush = () => {
    drawing = false;
    let length = waiting.reduce((sum, part) => sum + part.text.length, 0);
    if (length > 4 * PART) { // more than anybody reads: the end of it
      while (waiting.length > 1 && length > PART) length -= waiting.shift().text.length;
      const kept = waiting;
      clear();
      waiting = kept;
      first = kept[0].from;
    }
    const fresh = document.createDocumentFragment();
    for (const part of waiting) draw(part.text, part.from, fresh);
    waiting = [];
    view.append(fresh);
    if (following) { trim(); toEnd(); } else if (view.childElementCount > 3 * MOST_LINES) detach();
    tell();
  };
  const add = part => {
    if (part.from !== next || part.next === part.from) return; // already there
    next = part.next;
    size = Math.max(size, part.size || 0, next);
    waiting.push(part);
    if (!drawing) { drawing = true; document.hidden ? setTimeout(flush, 50) : requestAnimationFrame(flush); }
  };
  const show = part => { // a part anew
    clear();
    first = part.from; next = part.next; size = part.size;
    draw(part.text, part.from, view);
    tell();
  };

  // ---- the job's news ----
  let itemsDue = 0;
  const progress = job => {
    if (!itemsDue && document.getElementById('items')) {
      itemsDue = setTimeout(() => { itemsDue = 0; document.body.dispatchEvent(new Event('bgjob:items')); }, 1000);
    }
    const bar = document.getElementById('progress');
    const p = job.progress;
    bar.hidden = !p || !active;
    if (!p) return;
    const meter = bar.querySelector('progress');
    if (p.percent == null) meter.removeAttribute('value'); else meter.value = p.percent;
    const span = s => s < 60 ? s + 's' : s < 3600 ? Math.floor(s / 60) + 'm ' + s % 60 + 's' : Math.floor(s / 3600) + 'h ' + Math.floor(s % 3600 / 60) + 'm';
    document.getElementById('progress-text').textContent = [p.phase, p.current == null ? null : p.total == null ? p.current : p.current + '/' + p.total,
      p.percent == null ? null : p.percent + ' %', p.item, p.rate == null ? null : Math.round(p.rate * 10) / 10 + '/s',
      p.eta_seconds == null ? null : span(p.eta_seconds) + ' left', p.source === 'protocol' ? null : p.source === 'history' ? 'by earlier runs' : 'read from ' + p.source]
      .filter(part => part != null).join(' · ');
  };
  let shown = document.getElementById('state').textContent;
  const job = now => {
    active = ['running', 'queued'].includes(now.state) || now.state === 'paused' && now.exit_code == null || now.state == null;
    progress(now);
    const word = now.state || 'unknown';
    if (word !== shown || !active) {
      shown = word;
      document.body.dispatchEvent(new Event('bgjob:state'));
    }
    tell();
  };

  // ---- following ----
  const detach = () => { if (events) { events.close(); events = null; } clearInterval(poll); poll = 0; };
  const askAgain = () => {
    if (poll) return;
    bgjob.say('asking', 'polling');
    poll = setInterval(() => Promise.all([ask('?since=' + next), fetch(`/api/jobs/${id}?${repo}`).then(answer => answer.json())]).then(([part, now]) => {
      bgjob.say('asking', 'polling');
      add(part);
      job(now);
      if (!active && part.next >= part.size) { detach(); bgjob.say('', ''); }
    }, () => bgjob.say('off', 'offline')), 2000);
  };
  const attach = () => {
    detach();
    if (!active) { bgjob.say('', ''); return; }
    if (!window.EventSource || item) { askAgain(); return; } // events tell of the whole log
    const source = events = new EventSource(`/api/jobs/${id}/events?${repo}since=${next}`);
    source.onopen = () => bgjob.say('on', 'live');
    source.addEventListener('log', event => add(JSON.parse(event.data)));
    source.addEventListener('state', event => job(JSON.parse(event.data)));
    source.addEventListener('progress', event => job(JSON.parse(event.data)));
    source.addEventListener('reset', () => { clear(); first = next = size = 0; });
    source.addEventListener('end', event => {
      detach();
      job(JSON.parse(event.data).job);
      bgjob.say('', '');
    });
    source.onerror = () => {
      bgjob.say('off', 'offline');
      if (source.readyState === EventSource.CLOSED && events === source) { events = null; setTimeout(() => { if (!events) attach(); }, 2000); }
    };
  };
  addEventListener('pagehide', detach);
  let attached = false;
  bgjob.sight(() => { attached = events !== null || poll !== 0; detach(); }, () => { if (attached) attach(); });
  const end = () => ask('?tail=1000&limit=' + PART).then(part => {
    following = true;
    show(part);
    toEnd();
    attach();
  });

  // ---- reading on, at both ends ----
  const more = () => {
    if (loading) return;
    if (view.scrollTop < NEAR && first > 0) {
      loading = true;
      ask(`?before=${first}&limit=${PART}`).then(part => {
        if (part.next !== first || part.from === part.next) return;
        const before = view.scrollHeight, kept = { ansi, open };
        ansi = new Ansi(); open = null;
        const fresh = document.createDocumentFragment();
        draw(part.text, part.from, fresh);
        ({ ansi, open } = kept);
        view.prepend(fresh);
        first = part.from;
        view.scrollTop += view.scrollHeight - before;
        while (view.childElementCount > 3 * MOST_LINES) { detach(); next = Number(view.lastElementChild.dataset.from); view.lastElementChild.remove(); open = null; }
        tell();
      }).finally(() => { loading = false; });
    } else if (atEnd() && next < size && !events && !poll) {
      loading = true;
      ask(`?since=${next}&limit=${PART}`).then(part => {
        add(part);
        size = part.size;
        if (active && part.next >= part.size) attach();
      }).finally(() => { loading = false; });
    }
  };
  view.addEventListener('scroll', () => {
    following = atEnd() && (next >= size || events !== null || poll !== 0);
    tell();
    more();
  }, { passive: true });

  // ---- tools ----
  document.getElementById('log-start').addEventListener('click', () => {
    detach();
    following = false;
    ask('?since=0&limit=' + PART).then(part => { show(part); view.scrollTop = 0; if (next >= size) { attach(); following = false; tell(); } });
  });
  document.getElementById('log-end').addEventListener('click', end);
  followButton.addEventListener('click', end);
  document.getElementById('wrap').addEventListener('change', event => view.classList.toggle('nowrap', !event.target.checked));
  const copyButton = document.getElementById('copy');
  copyButton.addEventListener('click', async () => {
    try {
      const all = size <= COPIED;
      const text = all ? await fetch(`/jobs/${id}/log?${whose}`).then(answer => answer.text())
        : [...view.children].map(element => element.textContent).join('\n') + '\n';
      await navigator.clipboard.writeText(text);
      copyButton.textContent = all ? 'Copied' : 'Copied what is shown';
    } catch (e) {
      copyButton.textContent = 'Not copied';
    }
    setTimeout(() => { copyButton.textContent = 'Copy'; }, 2000);
  });

  // ---- searching, on the server ----
  const found = document.getElementById('found');
  const goTo = from => {
    detach();
    following = false;
    ask(`?before=${from}&limit=8192`).then(before => ask(`?since=${before.from}&limit=${PART}`))
      .then(part => part.next > from ? part : ask(`?since=${from}&limit=${PART}`)).then(part => { // a part ends where the log was cut

      show(part);
      const hit = [...view.children].filter(element => Number(element.dataset.from) <= from).pop();
      if (hit) { hit.classList.add('hit'); hit.scrollIntoView({ block: 'center' }); }
      if (active && next >= size) attach();
      following = false;
      tell();
    });
  };
  const search = (text, since) => ask(`/search?q=${encodeURIComponent(text)}&since=${since}`).then(result => {
    if (since === 0) found.textContent = '';
    found.querySelector('.again')?.remove();
    for (const match of result.matches) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'match';
      new Ansi().line(match.text, button);
      button.addEventListener('click', () => goTo(match.from));
      found.append(button);
    }
    const rest = document.createElement(result.next == null ? 'p' : 'button');
    rest.className = result.next == null ? 'muted' : 'again small quiet';
    const n = found.querySelectorAll('.match').length;
    rest.textContent = result.next == null ? n === 0 ? 'Nothing found' : n === 1 ? '1 line' : n + ' lines' : `${n} lines in the first ${units(result.next)}; search on`;
    if (result.next != null) rest.addEventListener('click', () => search(text, result.next));
    found.append(rest);
    found.hidden = false;
  });
  document.getElementById('find').addEventListener('submit', event => {
    event.preventDefault();
    const text = document.getElementById('find-text').value;
    if (text) search(text, 0); else found.hidden = true;
  });
  document.getElementById('find-text').addEventListener('input', event => { if (!event.target.value) found.hidden = true; });

  end();
})();
