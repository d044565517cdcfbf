/** A diagnosis as reports carry it (schema version 1). */
import type { Certainty, Who } from '../model.ts';
import { about, count, listOf, maybe, objectOf, oneOf, optional, text, time, type ValueOf } from '../shapes.ts';

const whos: readonly Who[] = ['client', 'server', 'network', 'host'];
const certainties: readonly Certainty[] = ['certain', 'likely', 'possible'];

export const diagnosisShape = objectOf({
  id: text,
  certainty: oneOf(certainties),
  who: about('Who must act.', oneOf(whos)),
  title: text,
  cause: text,
  cure: listOf(
    objectOf({
      who: oneOf(whos),
      product: about('Empty if it holds for any.', text),
      text,
      weakens: about('What is given up with it.', optional(text)),
    }),
  ),
  settle: about('What would prove it.', text),
  subject: objectOf({ client: optional(text), server: optional(text), session: optional(text) }),
  evidence: about(
    'In the order of the log; `decides`: without it there would be no diagnosis.',
    listOf(objectOf({ source: text, line: count, role: oneOf(['decides', 'shows']) })),
  ),
  count: about('Sessions that show it.', count),
  firstTime: maybe(time),
  lastTime: maybe(time),
});

export type DiagnosisRow = ValueOf<typeof diagnosisShape>;
