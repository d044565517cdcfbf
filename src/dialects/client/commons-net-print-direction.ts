/**
 * Apache Commons Net's PrintCommandListener with directions (3.9, recorded): `> ` a command, `< ` the first line of a
 * reply; the further lines of a reply are bare.
 */

import { declared } from '../../decoding/declared.ts';

/** What curl shows beside the directions. */
const curl = /^(?:\* |[{}] \[)/;

export const commonsNetPrintDirection = declared({
  id: 'commons-net-print-direction',
  title: 'Apache Commons Net, PrintCommandListener with directions',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '> PASS *******',
  lines: [
    ['reply', '< {said}'],
    ['sent', '> {said}'],
    ['also', '{said}'],
    ['noise', '{_}'],
  ],
  voice: 'conversation',
  holdsData: true,
  marks: ['< 1', '< 2', '< 3', '< 4', '< 5', '< 6'],
  needs: [/^< [1-6]\d\d(?:[ -]|$)/, /^> [A-Z]{3,16}(?: |$)/],
  weight: ({ texts }) => (texts.some((text) => curl.test(text)) ? 0 : 0.85),
});
