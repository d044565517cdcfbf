/**
 * What the HTML report can do with script: sort and filter tables, shorten long ones, zoom the timeline, open the session
 * a link leads to. Without script everything is there and readable.
 */

export const script: string = String.raw`
(() => {
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const usualRows = 25;

function valueOf(row, column) {
  const cell = row.cells[column];
  if (!cell) return '';
  const { v } = cell.dataset;
  return v === undefined ? cell.textContent : Number(v);
}

function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function live(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const name = table.dataset.name;
  const firstRows = Number(table.dataset.first || usualRows);
  const count = make('output', {});
  const input = make('input', { type: 'search', placeholder: 'Filter' });
  input.setAttribute('aria-label', 'Filter ' + name);
  const more = make('button', { type: 'button', className: 'tool' });
  let whole = rows.length <= firstRows;
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let hits = 0;
    for (const row of body.rows) {
      const text = words.length > 0 ? row.textContent.toLowerCase() : '';
      const hit = words.every((word) => text.includes(word));
      if (hit) hits++;
      row.hidden = !hit || (!whole && hits > firstRows);
    }
    const shown = whole ? hits : Math.min(hits, firstRows);
    count.textContent = shown === rows.length ? rows.length + ' rows' : shown + ' of ' + rows.length + ' rows';
    more.hidden = whole || hits <= firstRows;
    more.textContent = 'Show all ' + hits;
  };
  more.addEventListener('click', () => { whole = true; show(); input.focus(); });
  input.addEventListener('input', show);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.dataset.plain !== undefined) return;
    const button = make('button', { type: 'button' }, head.textContent);
    button.addEventListener('click', () => {
      const number = rows.some((row) => typeof valueOf(row, column) === 'number');
      const before = head.getAttribute('aria-sort');
      const down = before === null ? number : before === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const sorted = [...rows].sort((a, b) => {
        const x = valueOf(a, column);
        const y = valueOf(b, column);
        if ((x === '') !== (y === '')) return x === '' ? 1 : -1;
        return down ? compare(y, x) : compare(x, y);
      });
      body.append(...sorted);
      show();
    });
    head.replaceChildren(button);
  });
  if (rows.length > 8) table.closest('.scroll').before(make('div', { className: 'tools' }, input, count, more));
  show();
}

function timeline(box) {
  const charts = all('svg', box);
  const labels = all('.axis span', box);
  const { start, step, steps } = Object.fromEntries(Object.entries(box.dataset).map(([key, text]) => [key, Number(text)]));
  let from = 0;
  let to = steps;
  const shown = make('output', {});
  const timeOf = (at) => new Date(start + at * step * 1000).toISOString().replace('T', ' ');
  const draw = () => {
    for (const svg of charts) svg.setAttribute('viewBox', from + ' 0 ' + (to - from) + ' 100');
    const span = (to - from) * step;
    labels.forEach((label, i) => {
      const time = timeOf(from + ((to - from) * i) / (labels.length - 1));
      label.textContent = span > 172800 ? time.slice(5, 16) : span < 300 ? time.slice(11, 19) : time.slice(11, 16);
    });
    const zoomed = from > 0 || to < steps;
    shown.textContent = zoomed ? timeOf(from).slice(0, 19) + ' to ' + timeOf(to).slice(0, 19) : 'Drag over a chart to zoom in';
    reset.hidden = !zoomed;
  };
  const range = (a, b) => {
    const width = Math.min(steps, Math.max(4, b - a));
    from = Math.max(0, Math.min(steps - width, a));
    to = from + width;
    draw();
  };
  const zoom = (factor) => {
    const middle = (from + to) / 2;
    const half = ((to - from) * factor) / 2;
    range(middle - half, middle + half);
  };
  const tool = (text, title, act) => {
    const button = make('button', { type: 'button', className: 'tool', title }, text);
    button.setAttribute('aria-label', title);
    button.addEventListener('click', act);
    return button;
  };
  const reset = tool('Show all', 'Show the whole time', () => range(0, steps));
  const pan = (share) => { const by = (to - from) * share; range(from + by, to + by); };
  box.prepend(make('div', { className: 'tools' },
    tool('+', 'Zoom in', () => zoom(0.5)), tool('−', 'Zoom out', () => zoom(2)),
    tool('←', 'Earlier', () => pan(-0.5)), tool('→', 'Later', () => pan(0.5)), reset, shown));
  box.classList.add('zoomable');
  for (const svg of charts) {
    const at = (event) => {
      const { left, width } = svg.getBoundingClientRect();
      return from + (Math.min(1, Math.max(0, (event.clientX - left) / width))) * (to - from);
    };
    let begin;
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    mark.setAttribute('class', 'sel');
    mark.setAttribute('height', '100');
    svg.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      begin = at(event);
      svg.setPointerCapture(event.pointerId);
      mark.setAttribute('width', '0');
      svg.append(mark);
    });
    svg.addEventListener('pointermove', (event) => {
      if (begin === undefined) return;
      const now = at(event);
      mark.setAttribute('x', String(Math.min(begin, now)));
      mark.setAttribute('width', String(Math.abs(now - begin)));
    });
    const end = (event) => {
      if (begin === undefined) return;
      const now = at(event);
      const first = begin;
      begin = undefined;
      mark.remove();
      if (event.type === 'pointerup' && Math.abs(now - first) * 50 > to - from) range(Math.floor(Math.min(first, now)), Math.ceil(Math.max(first, now)));
    };
    svg.addEventListener('pointerup', end);
    svg.addEventListener('pointercancel', end);
  }
  draw();
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  for (let element = target; element !== null; element = element.parentElement) if (element.tagName === 'DETAILS') element.open = true;
  target.scrollIntoView({ block: 'center' });
}

for (const table of all('table.live')) live(table);
for (const box of all('[data-steps]')) timeline(box);
addEventListener('hashchange', openTarget);
if (location.hash.length > 1) openTarget();
})();
`;
