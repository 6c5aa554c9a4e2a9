// Charts of what bgjob stats tells; the table has the same numbers for those who cannot see them.
(() => {
  'use strict';
  const root = document.getElementById('stats');
  document.querySelector('#range')?.addEventListener('change', event => event.currentTarget.submit());
  if (!root) return;
  const query = new URLSearchParams({ repo: root.dataset.repo });
  if (root.dataset.since) query.set('since', root.dataset.since);
  const span = s => s == null ? '–' : s < 10 ? s.toFixed(1) + ' s' : s < 60 ? Math.round(s) + ' s' : s < 3600 ? Math.floor(s / 60) + ' min '
    + Math.round(s % 60) + ' s' : Math.floor(s / 3600) + ' h ' + Math.round(s % 3600 / 60) + ' min';
  /** A tick of an axis: so precise that it differs from the one beside it. */
  const tick = (n, i, ticks) => {
    const step = ticks.length > 1 ? ticks[1].value - ticks[0].value : 1;
    const digits = (String(Number(step.toPrecision(3))).split('.')[1] || '').length;
    return ticks[ticks.length - 1].value < 60 && n > 0 ? n.toFixed(digits) + ' s' : span(n);
  };
  const percent = rate => rate == null ? '–' : Math.round(rate * 1000) / 10 + ' %';
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const cell = (row, text, number) => { const td = row.insertCell(); td.textContent = text; if (number) td.className = 'num'; return td; };
  const colours = { completed: '--ok', failed: '--bad', stopped: '--still', 'timed-out': '--bad', lost: '--odd', running: '--run', paused: '--wait', queued: '--wait' };
  let charts = [];

  const figures = total => {
    const list = document.getElementById('figures');
    const add = (name, value) => {
      const box = document.createElement('div'), dt = document.createElement('dt'), dd = document.createElement('dd');
      dt.textContent = name; dd.textContent = value; box.append(dt, dd); list.append(box);
    };
    list.replaceChildren();
    add('runs', total.runs);
    add('success rate', percent(total.success_rate));
    add('median', span(total.duration_seconds?.median));
    add('failed', total.failed + total.timed_out + total.lost);
    add('running', total.running);
  };

  const table = groups => {
    const body = document.querySelector('#labels tbody');
    const names = [...document.querySelectorAll('#labels th')].map(th => th.textContent);
    body.replaceChildren();
    for (const group of groups) {
      const row = body.insertRow();
      const name = document.createElement('a');
      name.href = '/jobs?label=' + encodeURIComponent(group.label) + '&repo=' + encodeURIComponent(root.dataset.repo);
      name.textContent = group.label;
      row.insertCell().append(name);
      cell(row, group.runs, true);
      cell(row, percent(group.success_rate), true);
      cell(row, span(group.duration_seconds?.median), true);
      cell(row, span(group.duration_seconds?.p95), true);
      cell(row, span(group.duration_seconds?.max), true);
      if (group.last_failure) {
        const link = document.createElement('a');
        link.href = '/jobs/' + encodeURIComponent(group.last_failure.id) + '?repo=' + encodeURIComponent(root.dataset.repo);
        link.textContent = group.last_failure.id;
        row.insertCell().append(link);
      } else cell(row, '–');
      [...row.cells].forEach((td, i) => { td.dataset.name = names[i]; }); // on a card the header is out of sight
    }
  };

  const draw = (stats, jobs) => {
    charts.forEach(chart => chart.destroy());
    charts = [];
    const text = style('--pico-muted-color'), grid = style('--line');
    Chart.defaults.color = text;
    Chart.defaults.borderColor = grid;
    Chart.defaults.font.family = 'system-ui, sans-serif';
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    const shown = stats.groups.slice(0, 12);
    const judged = shown.filter(group => group.success_rate != null);
    document.getElementById('rate').parentElement.style.height = Math.max(225, judged.length * 20 + 40) + 'px';
    charts.push(new Chart('rate', { type: 'bar',
      data: { labels: judged.map(group => group.label), datasets: [{ data: judged.map(group => group.success_rate * 100), maxBarThickness: 22,
        backgroundColor: judged.map(group => style(group.success_rate >= 0.9 ? '--ok' : group.success_rate >= 0.5 ? '--wait' : '--bad')) }] },
      options: { indexAxis: 'y', plugins: { legend: { display: false } }, scales: { x: { min: 0, max: 100, ticks: { maxRotation: 0, stepSize: 25, callback: n => n + ' %' } }, y: { ticks: { autoSkip: false } } } } }));
    const hues = ['--run', '--ok', '--wait', '--bad', '--odd', '--still'];
    const trends = shown.filter(group => group.trend.length > 1).slice(0, hues.length);
    const most = Math.max(2, ...trends.map(group => group.trend.length));
    charts.push(new Chart('durations', { type: 'line',
      data: { labels: Array.from({ length: most }, (unused, i) => i - most + 1),
        datasets: trends.map((group, i) => ({ label: group.label, data: [...Array(most - group.trend.length).fill(null), ...group.trend],
          borderColor: style(hues[i]), backgroundColor: style(hues[i]), pointRadius: 2, borderWidth: 2, tension: 0.2 })) },
      options: { plugins: { legend: { position: 'bottom', labels: { boxWidth: 12 } } }, scales: { x: { ticks: { callback: function (v) { const n = this.getLabelForValue(v); return n === 0 ? 'newest' : n; } } },
        y: { beginAtZero: true, ticks: { callback: tick } } } } }));
    const now = Date.now();
    const ran = jobs.filter(job => job.started_at).slice(0, 40).map(job => ({ job, from: Date.parse(job.started_at),
      to: job.duration_seconds != null && !['running', 'paused'].includes(job.state) ? Date.parse(job.started_at) + job.duration_seconds * 1000
        : job.finished_at ? Date.parse(job.finished_at) : now }));
    const end = Math.max(...ran.map(one => one.to)), begin = Math.min(...ran.map(one => one.from));
    const least = Math.max(1, (end - begin) / 300);
    document.querySelector('.chart.timeline').style.height = Math.max(140, ran.length * 20 + 50) + 'px';
    const clock = new Intl.DateTimeFormat(undefined, end - begin > 86400000 ? { day: 'numeric', month: 'short', hour: '2-digit', hourCycle: 'h23' } : { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    charts.push(new Chart('timeline', { type: 'bar',
      data: { labels: ran.map(one => one.job.label), datasets: [{ data: ran.map(one => [one.from, Math.max(one.to, one.from + least)]), barPercentage: 0.75,
        backgroundColor: ran.map(one => style(colours[one.job.state] || '--still')) }] },
      options: { indexAxis: 'y', plugins: { legend: { display: false }, tooltip: { callbacks: { title: items => ran[items[0].dataIndex].job.id,
        label: item => ran[item.dataIndex].job.state + ', ' + span(ran[item.dataIndex].job.duration_seconds) } } },
        scales: { x: { type: 'linear', min: begin, max: end, ticks: { maxTicksLimit: 8, maxRotation: 0, callback: n => clock.format(new Date(n)) } },
          y: { ticks: { autoSkip: false } } } } }));
  };

  const ask = path => fetch(path).then(answer => { if (!answer.ok) throw new Error(answer.status); return answer.json(); });
  Promise.all([ask('/api/stats?' + query), ask('/api/timeline?repo=' + encodeURIComponent(root.dataset.repo))]).then(([stats, jobs]) => {
    figures(stats.total);
    table(stats.groups);
    draw(stats, jobs);
    root.dataset.drawn = 'true';
    document.addEventListener('bgjob:theme', () => draw(stats, jobs));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw(stats, jobs));
  }).catch(e => {
    const wrong = document.createElement('p');
    wrong.className = 'wrong';
    wrong.textContent = 'The statistics could not be read: ' + e.message;
    root.prepend(wrong);
  });
})();
