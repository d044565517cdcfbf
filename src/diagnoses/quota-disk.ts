/** There is no room. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const quotaDisk: Diagnosis = {
  id: 'quota-disk',
  title: 'There is no room',
  cause: 'The disk, or the quota of the account, is full.',
  who: 'server',
  place: 6,
  on: ['quota', '452', '552'],
  settle: 'df -h and df -i on the server, or the quota of the account.',
  cures: [
    { who: 'server', product: '', text: 'Make room: disk, inodes and quota.' },
    { who: 'server', product: 'proftpd', text: 'Check QuotaLimitTable and MaxStoreFileSize.' },
    {
      who: 'server',
      product: 'pure-ftpd',
      text: 'Check Quota (-n), MaxDiskUsage (-k), and .ftpquota with pure-quotacheck.',
    },
  ],
  find(c) {
    const said = c.said('quota');
    const bare = c.units.filter(
      ({ verb, code }) => (verb === 'STOR' || verb === 'APPE') && (code === 452 || code === 552),
    );
    if (said.length + bare.length === 0) return undefined;
    const isPlain = said.some(
      (one) => !('text' in one) || !/Failure writing|Error during write|^None; /.test(one.text),
    );
    const isHidden = said.length > 0 && said.every((one) => 'text' in one && one.text.startsWith('None; '));
    return { certainty: isHidden ? 'possible' : isPlain ? 'certain' : 'likely', lines: placesOf([...said, ...bare]) };
  },
};
