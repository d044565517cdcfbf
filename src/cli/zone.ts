/** A zone's offset at a local time: a fixed offset, or a name of the IANA database with its daylight saving. */
import { UsageError } from './flags.ts';

/** Minutes east of UTC at a local time, given in ms as if it were UTC. */
export function zoneOffset(zone: string): (localMs: number) => number {
  const fixed = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (fixed !== null) {
    const minutes = (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
    return () => minutes;
  }
  const format = formatOf(zone);
  const quarterHour = 15 * 60_000;
  let slot = Number.NaN;
  let minutes = 0;
  return (localMs: number): number => {
    const wanted = Math.floor(localMs / quarterHour);
    if (wanted === slot) return minutes;
    slot = wanted;
    // A first guess from the local time read as UTC; the second look is right except in the hour that does not exist.
    const guess = offsetAt(format, localMs);
    minutes = offsetAt(format, localMs - guess * 60_000);
    return minutes;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError)
      throw new UsageError(`unknown time zone '${zone}' — a name such as Europe/Berlin, or +02:00`);
    throw error;
  }
}

function offsetAt(format: Intl.DateTimeFormat, utcMs: number): number {
  const name = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}
