/** A dialect of JSON records whose records may tell a password under a key of their own, whatever the record is about. */
import { besideSecret } from '../decoding/event.ts';
import type { Concealed, Decoder, DecoderOptions, Dialect, EventSink } from '../model.ts';
import { recordSecret } from '../protocol/secret-record.ts';

/**
 * The decoder of a dialect; events of records of JSON carry the secrets of their record. `heard`: told of those of a record
 * that states nothing.
 */
export function openHearing(
  dialect: Dialect,
  options: DecoderOptions,
  emit: EventSink,
  heard: (secret: Concealed) => void,
): Decoder {
  if (!dialect.example.startsWith('{')) return dialect.open(options, emit);
  let secret: Concealed | undefined;
  let told = false;
  const decoder = dialect.open(options, (event) => {
    told = true;
    emit(secret === undefined ? event : besideSecret(event, secret));
  });
  return {
    line(text, line, envelope) {
      secret = recordSecret(text);
      if (secret === undefined) return decoder.line(text, line, envelope);
      told = false;
      const what = decoder.line(text, line, envelope);
      if (!told) heard(secret);
      secret = undefined;
      return what;
    },
    end: () => decoder.end?.(),
    inData: () => decoder.inData?.() === true,
  };
}
