/** Files moved and their octets, as sessions and tables add them up. */
import type { Transfer } from './model.ts';

export interface Traffic {
  downloads: number;
  uploads: number;
  /** Octets of those whose size is in the log. */
  bytesDown: number;
  bytesUp: number;
  /** Files without a size in the log. */
  unsizedDown: number;
  unsizedUp: number;
}

export const trafficKeys = ['downloads', 'uploads', 'bytesDown', 'bytesUp', 'unsizedDown', 'unsizedUp'] as const;

export function noTraffic(): Traffic {
  return { downloads: 0, uploads: 0, bytesDown: 0, bytesUp: 0, unsizedDown: 0, unsizedUp: 0 };
}

/** Counts a transfer. */
export function addTransfer(traffic: Traffic, { direction, bytes }: Transfer): void {
  if (direction === 'download') {
    traffic.downloads++;
    if (bytes < 0) traffic.unsizedDown++;
    else traffic.bytesDown += bytes;
  } else {
    traffic.uploads++;
    if (bytes < 0) traffic.unsizedUp++;
    else traffic.bytesUp += bytes;
  }
}
