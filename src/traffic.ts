/** Files moved and their octets, as sessions and tables add them up. */
import { counterKeys, counters } from './counters.ts';
import type { Traffic, Transfer } from './model.ts';

export type { Traffic } from './model.ts';

export const trafficKeys = counterKeys.filter((key): key is keyof Traffic => counters[key] === 'transfers');

export function noTraffic(): Traffic {
  return { downloads: 0, uploads: 0, bytesDown: 0, bytesUp: 0, unsizedDown: 0, unsizedUp: 0 };
}

/** Adds what was moved. By name, not by key: it is done for every session, and takes a twentieth of the time. */
export function addTraffic(into: Traffic, from: Readonly<Traffic>): void {
  into.downloads += from.downloads;
  into.uploads += from.uploads;
  into.bytesDown += from.bytesDown;
  into.bytesUp += from.bytesUp;
  into.unsizedDown += from.unsizedDown;
  into.unsizedUp += from.unsizedUp;
}

/** Counts a transfer; `times` -1: it was counted, and is not any more. */
export function addTransfer(traffic: Traffic, { direction, bytes }: Transfer, times = 1): void {
  if (direction === 'download') {
    traffic.downloads += times;
    if (bytes < 0) traffic.unsizedDown += times;
    else traffic.bytesDown += bytes * times;
  } else {
    traffic.uploads += times;
    if (bytes < 0) traffic.unsizedUp += times;
    else traffic.bytesUp += bytes * times;
  }
}
