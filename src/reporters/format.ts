/** Numbers and times as people read them; the same on every machine. */

/** 1234567 → `1,234,567`. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 line`, `2,000 lines`. */
export function counted(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** 20000 → `19.5 KiB`. */
export function byteSize(n: number): string {
  let value = n;
  let unit = 0;
  while (value >= 1024 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${byteUnits[unit]}`;
}

/** 840 → `840 ms`, 61000 → `1m01s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 60) return `${s.toFixed(s < 10 ? 1 : 0)} s`;
  const whole = Math.round(s);
  const m = Math.floor(whole / 60);
  if (m < 60) return `${m}m${pad(whole % 60)}s`;
  const h = Math.floor(m / 60);
  return h < 24 ? `${h}h${pad(m % 60)}m` : `${Math.floor(h / 24)}d${pad(h % 24)}h`;
}

/** As {@link duration}, of a log that tells whole seconds only: 0 → `0 s`, 3000 → `3 s`. */
export function wholeSeconds(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : duration(ms);
}

/** `2026-11-22T09:58:57.123Z` → `2026-11-22 09:58:57`. */
export function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** 0.1234 → `12.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
