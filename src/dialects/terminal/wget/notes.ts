/** What Wget says beside the conversation, by default and with `-d`. */

import { Beginnings } from '../../../decoding/beginnings.ts';

const notes = new Beginnings(`
  DEBUG output created by Wget… Setting --… Reading HSTS… URI encoding… Converted file name… Using ‘… Using \`…
  Removed ‘… Removed \`… Created socket … Releasing 0x… Deleting unused … Caching … Found … Closed fd … Closed …
  conaddr is… trying to connect to … Will listen… Master socket… Prepended initial PWD… ␣␣␣pwd: … ␣␣␣old: … ␣␣new: …
  Logged in!… Logging in as … Login incorrect… Length: … done… couldn… (skipping "… UNIX TYPE… DIRECTORY; …
  PLAINFILE; … SYMLINK; … OTHER; … Ignoring … Skipping… FINISHED --… Total wall clock… Downloaded: … No such …
  Resolving … Retrying.… Giving up.… Saving to: … Remote file … Server file … The sizes do not match… File …
  Rejecting … Not descending… Will not… Invalid … Write failed… Error in server… Loaded CA certificate…
  Certificates loaded… WARNING: … ERROR: … Initiating SSL… Handshake successful… Recursion … Enqueuing … Dequeuing …
  Queue count… Continuing… Symlinks… Wrote HTML… merge(… Connecting to … ␣␣␣␣␣␣␣␣␣␣␣=> …
`);

export function isWgetNote(text: string): boolean {
  return notes.begin(text) || isProgress(text) || isNumber(text) || isDownloaded(text);
}

/** `     0K .......... .........    100%  183M=0s`, `a.txt   100%[=====>]  19.5K  --.-KB/s`, `[ skipping 50K ]`. */
function isProgress(text: string): boolean {
  if (text.includes('%[') && text.includes(']')) return true;
  const k = text.indexOf('K ');
  if (k > 0 && k < 12 && text.trimStart().startsWith(text.slice(0, k).trim()) && isNumber(text.slice(0, k).trim()))
    return true;
  return text.trimStart().startsWith('[ ') && text.endsWith(' ]');
}

/** `2026-11-22 15:45:37 URL: ftp://192.0.2.7/a.txt [2800] -> "a.txt" [1]` of `-nv`. */
function isDownloaded(text: string): boolean {
  return text.startsWith(' URL: ', 19) && text.includes('] -> "');
}

/** The answer to SIZE as it stands below its step. */
function isNumber(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return text.length > 0;
}
