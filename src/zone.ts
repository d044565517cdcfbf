/** A zone's offset at a local time: a fixed offset, or a name of the IANA database with its daylight saving. */
import { offsetAt } from './timestamp.ts';

/** What a zone may be, for messages. */
export const zoneForm = 'a name such as Europe/Berlin, or an offset from -18:00 to +18:00';

/** Gives the minutes east of UTC at a local time, in ms as if it were UTC. */
export type ZoneOffset = (localMs: number) => number;

/** The offset of a zone; undefined if there is no such zone. */
export function zoneOffset(zone: string): ZoneOffset | undefined {
  if (/^[+-]/.test(zone)) {
    const minutes = fixedOffset(zone);
    return Number.isNaN(minutes) ? undefined : (): number => minutes;
  }
  const format = formatOf(zone);
  if (format === undefined) return undefined;
  const quarterHour = 15 * 60_000;
  let slot = Number.NaN;
  let minutes = 0;
  return (localMs: number): number => {
    const wanted = Math.floor(localMs / quarterHour);
    if (wanted === slot) return minutes;
    slot = wanted;
    // A first guess from the local time read as UTC; the second look is right except in the hour that does not exist.
    const guess = utcOffset(format, localMs);
    minutes = utcOffset(format, localMs - guess * 60_000);
    return minutes;
  };
}

/** `+2`, `+02`, `+0200`, `+02:00`: as the offsets of stamps, with the same range; NaN for anything else. */
function fixedOffset(zone: string): number {
  return /^[+-]\d{1,2}(?::?\d{2})?$/.test(zone) ? offsetAt(`GMT${zone}`, 0) : Number.NaN;
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function utcOffset(format: Intl.DateTimeFormat, utcMs: number): number {
  const name = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const minutes = offsetAt(name, 0);
  return Number.isNaN(minutes) ? 0 : minutes;
}
