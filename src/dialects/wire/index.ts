/** Transcripts of the wire itself, with or without marks for the direction. */
import type { Dialect } from '../../model.ts';
import { csTranscript } from './cs-transcript.ts';
import { markedTranscript } from './marked-transcript.ts';
import { rawControl } from './raw-control.ts';
import { rawRepliesOnly } from './raw-replies-only.ts';
import { socatV } from './socat-v.ts';

export const wire: readonly Dialect[] = [socatV, csTranscript, markedTranscript, rawControl, rawRepliesOnly];
